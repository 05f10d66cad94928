# shows: a trace function sees nothing but the program's own calls when it prints
# differs: print tells what was written by which line, in calls that a trace or profile function sees
import sys

calls = []


def trace(frame, event, argument):
    calls.append((frame.f_code.co_name, event))
    return None


def f():
    print("inside")
    sys.stdout.write("written\n")


sys.settrace(trace)
f()
sys.settrace(None)
print(calls)
