# Asks for a dump of its memory.
# ends: errored: ended by SIGQUIT
import os
import resource
import signal

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("REACHED core dumps")
except (OSError, ValueError):
    pass
os.kill(os.getpid(), signal.SIGQUIT)
