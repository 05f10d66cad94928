# shows: the names that a module begins with
print(list(globals()))
print(dir())
print(__name__, __doc__, __package__, __spec__, type(__loader__).__name__)
print(__builtins__.__name__, type(__annotations__) if "__annotations__" in globals() else None, "__cached__" in globals())
print(globals() is locals() is vars(), vars()["__file__"] == __file__, __loader__.name, __loader__.path == __file__)
print([name for name in dir(__builtins__) if not name.isidentifier()], "_" in dir(__builtins__))
