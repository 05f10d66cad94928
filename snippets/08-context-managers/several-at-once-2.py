from contextlib import ExitStack, contextmanager

events = []


@contextmanager
def resource(number):
    events.append(f"+{number}")
    yield number * 10
    events.append(f"-{number}")


with ExitStack() as stack:
    values = [stack.enter_context(resource(n)) for n in range(3)]
    stack.callback(events.append, "cb")

print(values)  # [0, 10, 20]
print(events)
# ['+0', '+1', '+2', 'cb', '-2', '-1', '-0']
