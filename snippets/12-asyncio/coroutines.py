import asyncio


async def answer():
    return 42


pending = answer()
type(pending)  # <class 'coroutine'>
asyncio.iscoroutine(pending)  # True
asyncio.run(pending)  # 42
asyncio.run(pending)  # RuntimeError: cannot reuse already awaited coroutine
