# shows: handlers, an alarm, an interval timer, a signal to itself
import os
import signal
import time

seen = []


def handler(number, frame):
    seen.append((signal.Signals(number).name, frame.f_code.co_name))


for name in ("SIGALRM", "SIGUSR1", "SIGTERM", "SIGHUP"):
    print(name, signal.signal(getattr(signal, name), handler) == signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGTERM)
signal.raise_signal(signal.SIGHUP)
signal.setitimer(signal.ITIMER_REAL, 0.01)
while len(seen) < 4:
    time.sleep(0.01)
print(seen)
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(signal.getsignal(signal.SIGPIPE), signal.getsignal(signal.SIGCHLD))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
