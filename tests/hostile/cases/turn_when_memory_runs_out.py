# Asks when its turn is, should memory run out: before that of its slot and of anything that the user runs.
# ends: passed
with open("/proc/self/oom_score_adj") as file:
    turn = int(file.read())
print(turn)  # 1000
