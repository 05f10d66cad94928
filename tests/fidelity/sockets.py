# shows: sockets on the loopback, of UNIX and in pairs
import os
import socket
import socketserver
import threading

ours, theirs = socket.socketpair()
ours.sendall(b"pair")
print(theirs.recv(10))
ours.close()
theirs.close()
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
accepted, address = server.accept()
client.sendall(b"tcp")
print(accepted.recv(10), address[0], address == client.getsockname(), server.family.name)
for one in (client, accepted, server):
    one.close()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    receiver.bind(("127.0.0.1", 0))
    sender.sendto(b"udp", receiver.getsockname())
    print(receiver.recvfrom(10)[0])
with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
    listener.bind("here.sock")
    listener.listen()
    caller.connect("here.sock")
    accepted, _ = listener.accept()
    accepted.sendall(b"unix")
    print(caller.recv(10), os.path.exists("here.sock"))
    accepted.close()


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline().upper())


with socketserver.ThreadingTCPServer(("localhost", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with socket.create_connection(server.server_address) as client:
        client.sendall(b"words\n")
        print(client.makefile().readline())
    server.shutdown()
    thread.join()
with socket.socket() as client:
    client.settimeout(5)
    print(client.connect_ex(("127.0.0.1", 1)) != 0)
print(socket.gethostbyname("localhost"), socket.inet_aton("127.0.0.1"), socket.htons(1))
