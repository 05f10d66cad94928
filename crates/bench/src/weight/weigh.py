# What an expression makes, weighed: made so many times, and all of it kept.

import gc
import json
import sys
import tracemalloc


def weigh(text, count, space):
    code = compile("(%s\n)" % text, "weigh", "eval")
    one = eval(code, space)
    own = sys.getsizeof(one)
    if count > 1 and hasattr(one, "__dict__"):
        own += sys.getsizeof(one.__dict__)
    del one
    kept = [None] * count
    gc.collect()
    tracemalloc.start()
    for number in range(count):
        kept[number] = eval(code, space)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print("\n" + json.dumps({"own": own, "traced": held // count, "peak": peak // count, "pss": 0}))
