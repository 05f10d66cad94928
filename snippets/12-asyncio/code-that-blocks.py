import asyncio
import threading

release = threading.Event()


def blocking():
    release.wait(timeout=5)
    return threading.current_thread() is threading.main_thread()


async def main():
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, blocking)
    for beat in range(3):
        await asyncio.sleep(0.001)
        print(beat, future.done())
    release.set()
    print("in the main thread:", await future)


asyncio.run(main())
# Output:
# 0 False
# 1 False
# 2 False
# in the main thread: False
