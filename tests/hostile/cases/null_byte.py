# Compiles a null byte.
# ends: errored
eval("a" + chr(0))
