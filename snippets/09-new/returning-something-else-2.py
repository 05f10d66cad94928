class Strange:
    def __new__(cls):
        return 42

    def __init__(self):
        raise RuntimeError("not called")


answer = Strange()  # 42
type(answer)  # int
isinstance(answer, Strange)  # False
