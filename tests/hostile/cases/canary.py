# Does all that can be done to a file outside.
# ends: passed
# ends level 2: passed
import os

canary = "CANARY"
folder = os.path.dirname(canary)


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


attempt("read", lambda: open(canary).read())
attempt("write", lambda: open(canary, "w"))
attempt("append", lambda: open(canary, "a"))
attempt("truncate", lambda: os.truncate(canary, 0))
attempt("unlink", lambda: os.unlink(canary))
attempt("rename", lambda: os.rename(canary, canary + "2"))
attempt("replace", lambda: os.replace("/etc/hostname", canary))
attempt("chmod", lambda: os.chmod(canary, 0))
attempt("chown", lambda: os.chown(canary, 0, 0))
attempt("utime", lambda: os.utime(canary, (0, 0)))
attempt("attribute", lambda: os.setxattr(canary, "user.x", b"1"))
attempt("link", lambda: os.link(canary, "link"))
attempt("list", lambda: os.listdir(folder))
attempt("create", lambda: open(folder + "/new", "x"))
attempt("mkdir", lambda: os.mkdir(folder + "/new"))
attempt("rmdir", lambda: os.rmdir(folder))
attempt("execute", lambda: os.posix_spawn(canary, [canary], {}))
