import asyncio


async def forever():
    while True:
        await asyncio.sleep(0.01)


async def main():
    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    print(task.cancel())  # True
    results = await asyncio.gather(task, return_exceptions=True)
    print(type(results[0]))  # CancelledError
    print(task.cancelled())  # -> True


asyncio.run(main())
