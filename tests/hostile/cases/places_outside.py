# Writes where programs look, and reads what is private.
# ends: passed
import glob
import os


def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


for path in (
    "/new", "/usr/new", "/usr/bin/new", "/etc/new", "/etc/passwd", "/etc/ld.so.preload", "/var/new", "/var/tmp/new",
    "/root/new", "/home/new", "/opt/new", "/run/new", "/srv/new", "/dev/new", "/sys/new", "/lib/new", "/boot/new",
):
    attempt("write " + path, lambda: open(path, "a"))
for path in ("/etc/shadow", "/etc/sudoers", "/root/.bashrc", "/root/.ssh/id_rsa", "/var/log/syslog", "/run/utmp"):
    attempt("read " + path, lambda: open(path, "rb").read(1))
for folder in ("/home", "/var", "/run", "/srv", "/mnt", "/media", "/opt", "/boot"):
    attempt("list " + folder, lambda: 1 / len(os.listdir(folder)))
