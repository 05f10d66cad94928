# shows: random numbers of a forked process go on from where the parent was, and seeds repeat
import os
import random

random.seed(7)
print(random.random(), random.sample(range(100), 3))
state = random.getstate()
reader, writer = os.pipe()
if os.fork() == 0:
    os.write(writer, repr(random.random()).encode())
    os._exit(0)
os.wait()
theirs = os.read(reader, 100).decode()
ours = random.random()
random.seed()
print(theirs == repr(ours), random.random() != random.random())
random.setstate(state)
print(random.random() == ours, hash("a"), hash((1, "b")), {"x", "y", "z"})
