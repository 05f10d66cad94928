# Never lets go of an object.
# ends: timed_out
# limits: timeout=500ms
class Clinging:
    def __del__(self):
        while True:
            pass


clinging = Clinging()
