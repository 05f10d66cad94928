# shows: a task whose exception nobody asked for, and a coroutine that was never awaited
import asyncio
import gc


async def fail():
    raise RuntimeError("nobody asks")


async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(task.done())
    del task
    gc.collect()
    fail()


asyncio.run(main())
print("end")
