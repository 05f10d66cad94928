# Looks for secrets in its environment, and in that of its ancestors.
# ends: passed
import os

secret = "hostile-" + "secret"
if any(secret in value for value in os.environ.values()):
    print("REACHED the environment")
for process in ("self", "1", str(os.getppid())):
    for name in ("environ", "cmdline"):
        try:
            if secret.encode() in open(f"/proc/{process}/{name}", "rb").read():
                print("REACHED", process, name)
        except OSError:
            pass
