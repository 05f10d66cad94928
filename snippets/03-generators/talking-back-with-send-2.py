def echo():
    while True:
        received = yield
        print("got", received)


fresh = echo()
fresh.send("too early")  # TypeError: can't send non-None value to a just-started generator
