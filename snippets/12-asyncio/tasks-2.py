import asyncio

counter = 0


async def careless():
    global counter
    seen = counter
    await asyncio.sleep(0)
    counter = seen + 1


async def careful():
    global counter
    await asyncio.sleep(0)
    counter += 1


async def ten(function):
    await asyncio.gather(*(function() for _ in range(10)))


asyncio.run(ten(careless))
print(counter)  # 1 -- nine updates are lost
counter = 0
asyncio.run(ten(careful))
print(counter)  # 10
