# shows: what a frame tells: no one stands outside the module
# differs: one frame of the program that runs the code stands below the module's
import sys
import traceback


def depth():
    frame, count = sys._getframe(), 0
    while frame:
        count, frame = count + 1, frame.f_back
    return count


def caller():
    return sys._getframe(1).f_code.co_name


print(depth(), caller(), sys._getframe().f_back)
print(len(traceback.extract_stack()), traceback.extract_stack()[0].name)
print(sys._getframe().f_code.co_name, sys._getframe().f_globals is globals(), sys._getframe().f_locals is locals())
print(len(sys._current_frames()), sys.gettrace(), sys.getprofile())
