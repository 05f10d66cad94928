# shows: context variables, in tasks and in threads
import asyncio
import contextvars
import threading

name = contextvars.ContextVar("name", default="nobody")


async def task(value):
    name.set(value)
    await asyncio.sleep(0)
    return name.get()


async def main():
    print(await asyncio.gather(task("a"), task("b")), name.get())


name.set("outer")
asyncio.run(main())
thread = threading.Thread(target=lambda: print(name.get()), daemon=False)
context = contextvars.copy_context()
context.run(name.set, "inner")
print(name.get(), context[name], len(contextvars.copy_context()), str(name).split(" at ")[0])
