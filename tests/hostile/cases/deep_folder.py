# Folders in folders, deeper than a path can be long.
# ends: passed
# limits: timeout=20s
import os

for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
