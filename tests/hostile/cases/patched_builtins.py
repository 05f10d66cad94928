# Takes away what others need.
# ends: passed
import builtins
import sys

sys.modules.clear()
builtins.print = None
builtins.len = None
builtins.open = None
sys.stdout = None
