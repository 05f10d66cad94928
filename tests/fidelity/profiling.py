# shows: cProfile, a trace function, a profile function, tracemalloc
import cProfile
import io
import pstats
import sys
import tracemalloc


def inner():
    return sum(range(10))


def outer():
    return [inner() for _ in range(3)]


profile = cProfile.Profile()
profile.runcall(outer)
text = io.StringIO()
pstats.Stats(profile, stream=text).strip_dirs().print_stats("inner|outer")
print("function calls" in text.getvalue(), "(inner)" in text.getvalue())
seen = []


def trace(frame, event, argument):
    seen.append((event, frame.f_code.co_name, frame.f_lineno))
    return trace


sys.settrace(trace)
inner()
sys.settrace(None)
print(seen)
calls = []
sys.setprofile(lambda frame, event, argument: calls.append((event, frame.f_code.co_name)))
outer()
sys.setprofile(None)
print(calls)
tracemalloc.start()
kept = [bytes(1000) for _ in range(50)]
snapshot = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
print(snapshot.statistics("lineno")[0].traceback[0].lineno, snapshot.statistics("lineno")[0].count)
print(tracemalloc.get_object_traceback(kept[0])[0].lineno, tracemalloc.get_traced_memory()[0] > 50_000)
tracemalloc.stop()
cProfile.run("outer()", filename="out.prof")
print(pstats.Stats("out.prof").total_calls > 3)
