# shows: another Python started by this one: output, input, exit codes, environment, errors
import os
import subprocess
import sys

print("first, and in order")
subprocess.run([sys.executable, "-c", "print('from the child')"])
done = subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, input()); sys.exit(3)", "x"], input="given", capture_output=True, text=True)
print(done.returncode, done.stdout, repr(done.stderr))
print(subprocess.check_output("echo $VALUE; pwd", shell=True, env={**os.environ, "VALUE": "5"}, text=True).split("\n")[0])
try:
    subprocess.run([sys.executable, "-c", "1/0"], check=True, stderr=subprocess.DEVNULL)
except subprocess.CalledProcessError as error:
    print(error.returncode)
try:
    subprocess.run(["no-such-program"])
except FileNotFoundError as error:
    print(error)
try:
    subprocess.run(["sleep", "9"], timeout=0.05)
except subprocess.TimeoutExpired as error:
    print(error.cmd, type(error).__name__)
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
    print(process.communicate(b"through a pipe"), process.returncode, process.poll())
first = subprocess.Popen(["printf", "b\\na\\n"], stdout=subprocess.PIPE)
print(subprocess.check_output(["sort"], stdin=first.stdout).split(), first.wait())
print(os.system("exit 3") >> 8, os.popen("echo popen").read(), end="")
print(subprocess.run([sys.executable, __file__ + ".missing"], capture_output=True).returncode)
print(subprocess.run([sys.executable, "-m", "this"], stdout=subprocess.DEVNULL).returncode)
