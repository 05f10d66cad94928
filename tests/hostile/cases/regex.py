# A pattern that takes for ever.
# ends: timed_out
# limits: timeout=500ms
import re

re.match("(a+)+$", "a" * 60 + "b")
