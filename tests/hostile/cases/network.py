# Asks the world.
# ends: passed
import socket
import urllib.request


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


socket.setdefaulttimeout(0.5)
attempt("tcp", lambda: socket.create_connection(("192.0.2.1", 80)))
attempt("name", lambda: socket.getaddrinfo("example.com", 80))
attempt("http", lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=0.5))
attempt("machine", lambda: socket.create_connection(("127.0.0.1", int("PORT"))))
attempt("tcp 6", lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80)))
for family, address in ((socket.AF_INET, ("192.0.2.1", 53)), (socket.AF_INET6, ("2001:db8::1", 53))):
    attempt("udp", lambda: socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", address))
    attempt("fast open", lambda: socket.socket(family).sendto(b"x", 0x20000000, address))
attempt("everyone", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("255.255.255.255", 9)))
