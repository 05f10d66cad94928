import json
from collections import defaultdict


def tree():
    return defaultdict(tree)


config = tree()
config["server"]["port"] = 8080
config["server"]["tls"]["enabled"] = True
print(json.dumps(config, indent=2))
