# A number with a billion digits.
# ends: timed_out or limited
# limits: timeout=500ms memory=256MiB
number = 10**10**9
