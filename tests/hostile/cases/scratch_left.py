# Leaves files wherever it may write, and changes the folders themselves.
# ends: passed
import os


def attempt(call, *given):
    try:
        call(*given)
    except OSError:
        pass


for folder in ("..", "../home", "../tmp", "."):
    attempt(os.setxattr, folder, "user.hostile", b"1")
    attempt(os.symlink, "/", folder + "/hostile-link")
    attempt(os.mkfifo, folder + "/hostile pipe\n")
    for number in range(3):
        attempt(os.makedirs, "%s/hostile/%d" % (folder, number))
    attempt(os.chmod, folder + "/hostile", 0)
for folder in ("..", "../home", "/dev/shm"):
    attempt(os.chmod, folder, 0o700)
