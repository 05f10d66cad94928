import asyncio
import time


async def fetch(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    return await asyncio.gather(fetch("a", 0.06), fetch("b", 0.02), fetch("c", 0.04))


started = time.perf_counter()
print(asyncio.run(main()))  # ['a', 'b', 'c']
print(f"{time.perf_counter() - started:.2f} s")  # ~0.06 seconds
