# shows: half a line and what is written around it
# differs: a line is kept until it ends, as in a terminal, and not written piece by piece as PYTHONUNBUFFERED has it
import os

print("half a line", end="")
os.write(1, b" (written meanwhile) ")
print(" and its end")
