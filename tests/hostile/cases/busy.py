# Is busy for ever.
# ends: timed_out
# limits: timeout=500ms
while True:
    pass
