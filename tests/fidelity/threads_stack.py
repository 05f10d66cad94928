# shows: how large the stack of a thread is
# differs: a smaller stack, as several hundred threads would else use up the memory that a program may have
import threading

print(threading.stack_size())
