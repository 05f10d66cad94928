# Source text that is small and makes a large program.
# ends: errored or limited or timed_out or passed
# limits: timeout=3s
compile("x = " + "[" * 90 + "0," * 10**6 + "]" * 90, "bomb", "exec")
eval("-" * 10**6 + "1")
