import sys

sys.getswitchinterval()  # 0.005

sys.setswitchinterval(0.01)
print(sys.getswitchinterval())  # 0.01
