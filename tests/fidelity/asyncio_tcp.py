# shows: a TCP server and its client on the loopback, in one loop
import asyncio


async def echo(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    for text in ("one", "two"):
        writer.write((text + "\n").encode())
        await writer.drain()
        print((await reader.readline()).decode().strip())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection(host, port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno)


asyncio.run(main())
