class Tracer:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        self.saw = exc_type
        self.text = str(exc)


tracer = Tracer()
try:
    with tracer as same:
        int("seven")
except ValueError:
    pass

print(tracer.saw)  # <class 'ValueError'>
tracer.text  # "invalid literal for int() with base 10: 'seven'"
same is tracer  # True
