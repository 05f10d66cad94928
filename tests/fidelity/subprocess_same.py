# shows: a Python that is started looks as this one does
import json
import subprocess
import sys

code = "import sys, json; print(json.dumps([sys.version, sys.executable, sys.prefix, sys.base_prefix, sys.path[1:], list(sys.flags)]))"
theirs = json.loads(subprocess.check_output([sys.executable, "-c", code]))
ours = [sys.version, sys.executable, sys.prefix, sys.base_prefix, sys.path[1:], list(sys.flags)]
for one, other in zip(ours, theirs):
    print(one == other, "" if one == other else (one, other))
