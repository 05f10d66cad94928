# shows: what the garbage collector finds, and that only the program's own objects count
import gc
import weakref


class Node:
    pass


print(gc.isenabled(), gc.get_debug(), gc.callbacks, gc.garbage)
print(gc.collect() >= 0, gc.collect())
node = Node()
node.me = node
ref = weakref.ref(node)
del node
print(ref() is None, gc.collect() > 0, ref() is None)
print(sum(isinstance(one, Node) for one in gc.get_objects()))
gc.disable()
print(gc.isenabled(), gc.is_tracked([]), gc.is_tracked(1))
holder = [Node()]
print([type(one).__name__ for one in gc.get_referrers(holder[0])])
print([one is holder for one in gc.get_referrers(holder[0])])
gc.set_debug(gc.DEBUG_SAVEALL)
again = Node()
again.me = again
del again
gc.collect()
print(len([one for one in gc.garbage if isinstance(one, Node)]))
gc.set_debug(0)
gc.garbage.clear()
