# Turns the knobs of the kernel, and opens its devices.
# ends: passed
def attempt(name, act):
    try:
        act()
    except Exception:
        return
    print("REACHED", name)


for path in (
    "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname",
    "/proc/sys/kernel/pid_max", "/proc/sys/kernel/modprobe", "/proc/self/oom_score_adj", "/proc/self/uid_map",
    "/proc/self/setgroups", "/sys/power/state", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs",
):
    attempt("write " + path, lambda: open(path, "w").write("0"))
for path in (
    "/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/port", "/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/loop0",
    "/dev/loop-control", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/dev/mapper/control", "/dev/userfaultfd",
    "/dev/tty", "/dev/console", "/dev/tty1", "/dev/ptmx", "/dev/input/event0", "/dev/snd/seq", "/dev/rtc0",
):
    for mode in ("rb", "wb"):
        attempt(mode + path, lambda: open(path, mode))
for path in ("/proc/kcore", "/proc/kmsg", "/sys/kernel/debug", "/sys/kernel/security"):
    attempt("read " + path, lambda: open(path, "rb").read(1))
