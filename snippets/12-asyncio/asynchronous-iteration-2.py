import asyncio


async def head(host):
    reader, writer = await asyncio.open_connection(host, 80)
    writer.write(f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
    status = await reader.readline()
    writer.close()
    return status.decode().strip()


print(asyncio.run(head("example.org")))  # HTTP/1.0 200 OK
