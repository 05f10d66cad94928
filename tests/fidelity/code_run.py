# shows: exec, eval, compile, runpy and code with namespaces of their own
import code
import runpy
import types

space = {}
exec("x = 5\ndef f():\n    return x + 1", space)
print(space["f"](), sorted(k for k in space if k != "__builtins__"), eval("x * 2", space))
exec("made_here = 7")
print(made_here, eval("made_here + 1", {"made_here": 1}))
module = types.ModuleType("made")
exec(compile("def g():\n    raise ValueError('in g')", "made.py", "exec"), module.__dict__)
with open("tool.py", "w") as file:
    file.write("import sys\nprint('run', __name__, sys.argv[1:])\nRESULT = 3\n")
print(runpy.run_path("tool.py", run_name="__main__")["RESULT"], runpy.run_path("tool.py")["__name__"])
console = code.InteractiveInterpreter({"n": 2})
console.runsource("n + 40")
console.runsource("1 / 0")
print(console.runsource("if n:"))
print(sorted(k for k in globals() if not k.startswith("_")))
module.g()
