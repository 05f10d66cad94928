import asyncio


async def invert(number):
    await asyncio.sleep(0)
    return 1 / number


async def main():
    return await asyncio.gather(invert(4), invert(0), return_exceptions=True)


asyncio.run(main())  # [0.25, ZeroDivisionError('division by zero')]
asyncio.run(invert(8))  # 0.125
asyncio.run(invert(0))  # ZeroDivisionError: division by zero
