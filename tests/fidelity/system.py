# shows: what the system gives: umask, cores, limits that can be lowered, the process and its parent
import os
import platform
import resource
import sys

print(oct(os.umask(0o027)), oct(os.umask(0o022)))
os.mkdir("made", 0o777)
print(oct(os.stat("made").st_mode), os.cpu_count() == len(os.sched_getaffinity(0)), os.cpu_count() >= 1)
print(os.getpid() > 0, os.getppid() >= 0, os.getpgrp() > 0, os.getpid() == int(os.readlink("/proc/self")))
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
try:
    files = [open("/dev/null") for _ in range(100)]
except OSError as error:
    print(error.strerror)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0, resource.getpagesize(), sys.maxsize, sys.byteorder)
print(platform.system(), platform.machine(), platform.python_implementation(), platform.libc_ver()[0], os.name, sys.platform)
print(os.get_terminal_size.__name__, __import__("shutil").get_terminal_size(), os.getloadavg()[0] >= 0)
try:
    os.get_terminal_size()
except OSError as error:
    print(error.strerror)
print(os.nice(0), os.path.exists("/dev/null"), len(os.urandom(4)), open("/proc/self/comm").read() != "", os.uname().sysname)
