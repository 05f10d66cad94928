# Starts programs that run with more rights.
# ends: passed
import subprocess

for program in (["su", "-c", "id -u"], ["sudo", "-n", "id", "-u"], ["pkexec", "id", "-u"], ["mount", "-t", "tmpfs", "x", "/mnt"]):
    try:
        done = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, timeout=3)
        if done.returncode == 0:
            print("REACHED", program, done.stdout)
    except (OSError, subprocess.TimeoutExpired):
        pass
