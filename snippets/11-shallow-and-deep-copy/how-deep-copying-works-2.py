import copy

logger = ["a big shared object"]
job = {"log": logger, "steps": [1, 2]}

clone = copy.deepcopy(job, {id(logger): logger})
clone["log"] is logger  # True -- shared on purpose
clone["steps"] is job["steps"]  # False
