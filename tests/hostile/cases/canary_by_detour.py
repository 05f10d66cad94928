# Goes to a file outside by links and by way of /proc.
# ends: passed
import os

canary = "CANARY"


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


os.symlink(canary, "symbolic")
attempt("symbolic link", lambda: open("symbolic").read())
os.symlink("/", "top")
attempt("link to the root", lambda: open("top" + canary).read())
attempt("root of a process", lambda: open("/proc/self/root" + canary).read())
attempt("root of another", lambda: open("/proc/1/root" + canary).read())
attempt("thread", lambda: open("/proc/thread-self/root" + canary).read())
attempt("upward", lambda: open("../" * 40 + canary.lstrip("/")).read())
path = os.open("/", os.O_PATH)
attempt("relative", lambda: os.open(canary.lstrip("/"), os.O_RDONLY, dir_fd=path))
attempt("change", lambda: (os.fchdir(path), open(canary.lstrip("/")).read()))
attempt("path", lambda: os.open(canary.lstrip("/"), os.O_WRONLY, dir_fd=path))
