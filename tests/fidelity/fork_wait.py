# shows: forks of the program itself: exit codes, signals, output of both in order
import os
import signal
import sys
import time

print("once")
child = os.fork()
if child == 0:
    print("in the child")
    sys.exit(6)
_, status = os.waitpid(child, 0)
print(os.WEXITSTATUS(status), os.WIFEXITED(status))
child = os.fork()
if child == 0:
    time.sleep(60)
os.kill(child, signal.SIGKILL)
_, status = os.wait()
print(os.WTERMSIG(status), os.WIFSIGNALED(status))
child = os.fork()
if child == 0:
    raise ValueError("in the child")
print(os.waitpid(child, 0)[1] >> 8)
try:
    os.wait()
except ChildProcessError as error:
    print(error)
child = os.spawnlp(os.P_WAIT, "sh", "sh", "-c", "exit 4")
print(child)
child = os.fork()
if child == 0:
    os.execlp("echo", "echo", "executed")
print(os.waitpid(child, 0)[1])
