# shows: os.abort ends the program by a signal
import os

print("before")
os.abort()
