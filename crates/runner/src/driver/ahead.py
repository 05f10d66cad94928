# Makes a process ready to be forked for work units.

# What will run the work unit, made before the fork.
ready = None

# What Python itself would call in each copy, here put off until the unit has begun: its own list, and what was in it.
at_fork, put_off = [], []


def reseed():
    """Gives a copy random numbers of its own; see `put_off_hooks`."""


def rehearse(environment, texts):
    """Makes this process ready to be forked for work units, and does with these what each copy of it will do.

    What Python makes at the first use is there in the copies then, and they need not make it anew, each in
    memory of its own.
    """
    global ready
    os.environ.clear()
    os.environ.update(_decode(environment, 0)[0])
    # The folder for the user's own packages is one of the home that snippets have.
    site = sys.modules["site"]
    site.USER_BASE = site.USER_SITE = None
    site.getusersitepackages()
    sys.path.insert(0, "")  # where the snippet's folder will be
    tracemalloc = sys.modules.get("tracemalloc")
    kept = [os.dup(1), os.dup(2)]
    pipe = os.pipe()  # streams are made for one, as snippets will have it
    os.dup2(pipe[1], 1)
    os.dup2(pipe[1], 2)
    for text in texts * REHEARSALS:
        unit, _ = _decode(text, 0)
        ready = make_ready(unit)
        main(text, leave=_str)
        let_go(ready)
        os.read(pipe[0], 1 << 16)
    ready = make_ready(unit)
    for number, copy in enumerate(kept, 1):
        os.dup2(copy, number)
    for descriptor in kept + _list(pipe):
        os.close(descriptor)
    delattr(builtins, HOOK)
    sys.modules.pop("tracemalloc")
    if tracemalloc is not None:
        sys.modules["tracemalloc"] = tracemalloc
    sys.path_importer_cache.pop(unit["folder"], None)
    gc.unfreeze()
    put_off_hooks()


def put_off_hooks():
    """Takes from each copy what Python does in it for threads and random numbers.

    In a process of one thread the former changes nothing, and both together touch more memory than a small
    snippet. For random numbers `reseed` does the same by a shorter way.
    """
    global at_fork, put_off, reseed
    import random
    import threading

    hooks = [random.seed, threading._after_fork]
    lists = [one for one in gc.get_referrers(threading._after_fork) if _type(one) is list]
    for found in lists:
        if random.seed in found and found is not hooks:
            at_fork, put_off = found, found[:]
            found[:] = [hook for hook in found if hook not in hooks]
            reseed = super(random.Random, random._inst).seed
            reseed()
            return
