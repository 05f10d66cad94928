import asyncio


async def ticks(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


class Connection:
    async def __aenter__(self):
        print("connect")
        return self

    async def __aexit__(self, *exc_info):
        print("disconnect")


async def main():
    async with Connection():
        async for tick in ticks(3):
            print("tick", tick)
    return [tick async for tick in ticks(4) if tick % 2]


odd = asyncio.run(main())
# odd = [1, 3]
