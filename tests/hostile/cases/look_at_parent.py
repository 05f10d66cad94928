# Looks into other processes by way of /proc.
# ends: passed
import os


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


for process in ("1", str(os.getppid())):
    for name in ("mem", "environ", "maps", "auxv", "syscall"):
        attempt(name, lambda: open(f"/proc/{process}/{name}", "rb").read(1)[0])
    for name in ("root", "cwd", "exe", "fd/0", "fd/1", "fd/5"):
        attempt(name, lambda: os.stat(f"/proc/{process}/{name}"))
    attempt("write", lambda: open(f"/proc/{process}/mem", "wb"))
    attempt("score", lambda: open(f"/proc/{process}/oom_score_adj", "w").write("1000"))
