# shows: gather, timeouts, cancelled tasks, a queue, names of tasks
import asyncio


async def work(name, delay, log):
    try:
        await asyncio.sleep(delay)
        log.append(name)
        return name.upper()
    except asyncio.CancelledError:
        log.append(name + " cancelled")
        raise


async def fail():
    raise LookupError("no such thing")


async def main():
    log = []
    print(await asyncio.gather(work("b", 0.02, log), work("a", 0.01, log)), log)
    print(await asyncio.gather(fail(), work("c", 0, log), return_exceptions=True))
    try:
        await asyncio.wait_for(work("slow", 5, log), 0.01)
    except asyncio.TimeoutError as error:
        print(type(error).__name__, log[-1])
    task = asyncio.create_task(work("named", 0, log), name="mine")
    print(task.get_name(), await task, task.done())
    queue = asyncio.Queue(maxsize=1)
    await queue.put(1)
    print(queue.full(), await queue.get(), queue.empty())
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, [1, 2, 3]), type(loop).__name__)


asyncio.run(main())
