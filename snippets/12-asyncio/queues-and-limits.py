import asyncio


async def produce(queue):
    for number in (1, 2, 3):
        await queue.put(number)
    await queue.put(None)


async def consume(queue):
    while (number := await queue.get()) is not None:
        print(number * 100)  # 100, 200, 300


async def main():
    queue = asyncio.Queue(maxsize=1)
    await asyncio.gather(produce(queue), consume(queue))
    print(queue.qsize())  # Left: 0


asyncio.run(main())
