# Asks programs that listen to do things.
# ends: passed
import socket


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


for address in (
    "SOCKET", "\0SOCKET", "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock",
    "/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket", "/run/systemd/private", "/run/user/1000/bus",
    "/dev/log", "\0/tmp/.X11-unix/X0", "/tmp/.X11-unix/X0",
):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        attempt(address, lambda: socket.socket(socket.AF_UNIX, kind).connect(address))
    attempt(address, lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", address))
