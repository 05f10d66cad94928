import asyncio


async def slow():
    try:
        await asyncio.sleep(30)
    finally:
        print("cleaning up")


async def main():
    try:
        await asyncio.wait_for(slow(), timeout=0.02)
    except asyncio.TimeoutError as error:
        print("caught", type(error).__name__)


asyncio.run(main())
# Output:
# cleaning up
# caught TimeoutError
