# Sockets of every other kind.
# ends: passed
import socket


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


for family in range(3, 46):
    if family == 10:
        continue
    for kind in (1, 2, 3, 5, 10):
        attempt(f"family {family} kind {kind}", lambda: socket.socket(family, kind))
for family in (2, 10):
    for protocol in (0, 1, 58, 255):
        attempt(f"raw {family} {protocol}", lambda: socket.socket(family, socket.SOCK_RAW, protocol))
