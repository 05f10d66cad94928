# The same work twice, in one of several ways. The last line, which is the one that is timed, follows.

WORK = {
    # Python's own code: one thread at a time where there is a lock around the interpreter.
    "cpu": """
def work():
    total = 0
    for number in range(1_500_000):
        total += number * number
""",
    # Nothing but time passes.
    "sleep": """
import time

def work():
    time.sleep(0.2)
""",
    # C code that works on much at a time, and lets others run meanwhile.
    "hash 32 MB": """
import hashlib

data = bytes(32 << 20)

def work():
    for _ in range(3):
        hashlib.sha256(data).digest()
""",
    # The same C code on so little that it does not.
    "hash 1 kB": """
import hashlib

data = bytes(1 << 10)

def work():
    for _ in range(80_000):
        hashlib.sha256(data).digest()
""",
    "compress": """
import zlib

data = bytes(range(256)) * (1 << 14)

def work():
    for _ in range(6):
        zlib.compress(data)
""",
}


def one_by_one(work, text):
    def run():
        work()
        work()

    return run


def together(makers):
    def run():
        workers = [make() for make in makers]
        for one in workers:
            one.start()
        for one in workers:
            one.join()

    return run


def threads(work, text):
    import threading

    return together([lambda: threading.Thread(target=work)] * 2)


def processes(work, text):
    import multiprocessing

    context = multiprocessing.get_context("fork")
    return together([lambda: context.Process(target=work)] * 2)


def interpreters(work, text):
    import threading

    try:
        import _interpreters as module

        execute = module.exec
    except ImportError:
        import _xxsubinterpreters as module

        execute = module.run_string
    both = [module.create() for _ in range(2)]
    for one in both:
        execute(one, text)
    return together([lambda one=one: threading.Thread(target=execute, args=(one, "work()")) for one in both])


def tasks(work, text):
    import asyncio

    async def one():
        if "sleep" in text:
            await asyncio.sleep(0.2)
        else:
            work()

    async def both():
        await asyncio.gather(one(), one())

    return lambda: asyncio.run(both())


def ready(way, name):
    text = WORK[name]
    space = {"__name__": "work"}
    exec(text, space)
    return way(space["work"], text)

