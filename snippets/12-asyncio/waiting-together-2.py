import asyncio


async def nap():
    await asyncio.sleep(0.1)


async def count():
    return sum(range(3_000_000))


async def naps():
    # One after the other: 0.3 seconds
    for _ in range(3):
        await nap()

    # Side by side: 0.1 seconds
    await asyncio.gather(nap(), nap(), nap())


async def counts():
    # Once: 0.05 seconds
    await count()

    # Side by side, and no speedup
    await asyncio.gather(count(), count(), count())


asyncio.run(naps())
asyncio.run(counts())
