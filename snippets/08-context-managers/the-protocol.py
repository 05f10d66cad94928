class Tracer:
    def __enter__(self):
        print("enter")
        return "handle"

    def __exit__(self, exc_type, exc, traceback):
        print("exit", exc_type)


with Tracer() as handle:
    print("working with", handle)

# Output:
# enter
# working with handle
# exit None
