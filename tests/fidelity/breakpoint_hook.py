# shows: a breakpoint with a hook of its own, and with none
import os
import sys

sys.breakpointhook = lambda *given: print("hook", given)
breakpoint(1)
sys.breakpointhook = sys.__breakpointhook__
os.environ["PYTHONBREAKPOINT"] = "0"
breakpoint()
print("after")
