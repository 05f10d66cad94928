# shows: how the collector stands at the beginning
# differs: what was there before the program began is frozen, so that its own collections need not look at it
import gc

print(gc.get_freeze_count())
print(gc.get_threshold())
