import asyncio

inside = 0
most = 0


async def visit(door):
    global inside, most
    async with door:
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.005)
        inside -= 1


async def main():
    door = asyncio.Semaphore(3)
    await asyncio.gather(*(visit(door) for _ in range(10)))


asyncio.run(main())
print(most)
#> 3
inside  # 0
