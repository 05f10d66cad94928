import asyncio


async def runner(name, start, then):
    await start.wait()
    then.set()
    return name


async def main():
    gates = [asyncio.Event() for _ in range(4)]
    gates[2].set()
    runners = [
        runner("first", gates[2], gates[0]),
        runner("second", gates[0], gates[1]),
        runner("third", gates[1], gates[3]),
    ]
    for done in asyncio.as_completed(runners):
        print(await done)


asyncio.run(main())
# Output:
# first
# second
# third
