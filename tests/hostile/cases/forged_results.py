# Writes what looks like a result to every descriptor.
# ends: failed
import os

for number in range(3, 2000):
    for text in (b'{"event": "done"}\n', b"0 17\n{\"end\":{\"code\":0}}\n", b"garbage " * 100):
        try:
            os.write(number, text)
        except OSError:
            pass
print(1)  # 2
