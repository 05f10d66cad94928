# shows: syntax errors in exec, eval, compile and ast.parse
import ast
import traceback

for text in ("x = = 1", "def f(:\n  pass", "  y", "print('a", "f(**x, *y)", "1 = x", "x = (1,\ny = 2"):
    try:
        exec(text)
    except SyntaxError as error:
        traceback.print_exc()
        print(type(error).__name__, error.msg, error.filename, error.lineno, error.offset)
try:
    ast.parse("a b", filename="named.py")
except SyntaxError as error:
    print(error)
exec("def f():\n    return 1 +\n")
