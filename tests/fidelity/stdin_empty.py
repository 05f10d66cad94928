# shows: input and stdin, when there is nothing
import sys

print(sys.stdin.isatty(), sys.stdin.fileno(), sys.stdin.name, sys.stdin.mode)
print(repr(sys.stdin.read()), list(sys.stdin), repr(sys.stdin.readline()))
try:
    input("name? ")
except EOFError as error:
    print("no:", error)
age = int(input("age? "))
