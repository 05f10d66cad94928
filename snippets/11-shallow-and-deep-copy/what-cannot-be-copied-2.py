import copy
import json

value = {1: (2, 3)}
json.loads(json.dumps(value))  # {'1': [2, 3]}
copy.deepcopy(value)  # {1: (2, 3)}
json.dumps({"when": {1, 2}})  # TypeError: Object of type set is not JSON serializable
