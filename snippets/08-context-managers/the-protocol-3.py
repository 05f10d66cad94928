class Ignore:
    def __init__(self, *types):
        self.types = types
        self.ignored = []

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, traceback):
        if exc_type is not None and issubclass(exc_type, self.types):
            self.ignored.append(exc_type.__name__)
            return True
        return False


with Ignore(KeyError, ZeroDivisionError) as quiet:
    {}["missing"]

print(quiet.ignored)  # ['KeyError']

with quiet:
    1 / 0
print(quiet.ignored)  # => ['KeyError', 'ZeroDivisionError']

with quiet:
    [].pop()  # IndexError: pop from empty list
