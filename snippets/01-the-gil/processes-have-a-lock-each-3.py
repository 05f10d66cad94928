import pickle

order = {"id": 7, "lines": [3, 4]}
received = pickle.loads(pickle.dumps(order))
received == order  # True
received is order  # False
received["lines"] is order["lines"]  # False -- a copy all the way down

pickle.dumps(lambda: order)  # Raises PicklingError
