import asyncio


async def double(number):
    await asyncio.sleep(0)
    return 2 * number


async def main():
    first = await double(4)
    second = await double(first)
    print(first, second)  # 8 16
    return first + second


total = asyncio.run(main())  # 24
