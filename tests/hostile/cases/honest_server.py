# No harm: a server on the loopback device.
# ends: passed
# ends level 2: incomplete: needs the network
import socket
import threading

with socket.create_server(("127.0.0.1", 0)) as server:
    address = server.getsockname()
    threading.Thread(target=lambda: server.accept()[0].sendall(b"hello")).start()
    with socket.create_connection(address) as client:
        print(client.recv(5))  # b'hello'
