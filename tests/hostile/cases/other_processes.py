# Changes limits and priorities of others.
# ends: passed
import os
import resource

parent = os.getppid()


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


attempt("limits", lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE, (0, 0)))
attempt("everyone of a user", lambda: os.setpriority(os.PRIO_USER, 0xFFFF, 19))
attempt("affinity", lambda: os.sched_setaffinity(parent, {0}))
