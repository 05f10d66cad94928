# shows: the arguments of the program and how Python was called
import argparse
import sys

print(len(sys.argv), sys.argv[0] == __file__, sys.argv[1:])
parser = argparse.ArgumentParser()
parser.add_argument("--count", type=int, default=3)
print(parser.parse_args(), parser.prog.endswith(".py"))
print(sys.flags)
print(sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, sys.pycache_prefix)
print(len(getattr(sys, "orig_argv", "12")))
argparse.ArgumentParser(prog="tool").parse_args(["--bad"])
