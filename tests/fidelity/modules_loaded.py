# shows: which modules a program finds loaded before it imports anything
# differs: modules that many programs import are loaded already; a program cannot use one without importing it
import sys

print(len(sys.modules) < 100, "asyncio" in sys.modules or "json" in sys.modules)
