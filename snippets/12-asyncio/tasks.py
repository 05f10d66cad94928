import asyncio

log = []


async def worker(name):
    log.append(f"{name} starts")
    await asyncio.sleep(0)
    log.append(f"{name} ends")


async def main():
    task = asyncio.create_task(worker("w1"))
    log.append("main goes on")
    print(task.done())  # False
    await task
    print(task.done())  # True


asyncio.run(main())
print(log)  # ['main goes on', 'w1 starts', 'w1 ends']
