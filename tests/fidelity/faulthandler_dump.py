# shows: faulthandler tells where a program is, and is not on by itself
# differs: one frame of the program that runs the code stands below the module's
import faulthandler
import sys

print(faulthandler.is_enabled())


def f():
    faulthandler.dump_traceback(all_threads=False)


f()
faulthandler.enable()
print(faulthandler.is_enabled())
faulthandler.dump_traceback_later(60)
faulthandler.cancel_dump_traceback_later()
