# shows: what stands in the environment, how it is changed, and who sees it
import os
import subprocess

print(sorted(os.environ))
os.environ["GIVEN"] = "yes"
print(subprocess.check_output(["sh", "-c", "echo $GIVEN"]), os.getenv("NOT_GIVEN", "default"), os.path.expandvars("$GIVEN!"))
del os.environ["GIVEN"]
print("GIVEN" in os.environ, os.environb[b"LANG"], os.getenv("HOME") == os.path.expanduser("~"))
try:
    os.environ["GIVEN"]
except KeyError as error:
    print(error)
print(type(os.environ), os.get_exec_path()[1:])
