# Leaves a module where the next one may look for its own.
# ends: passed
with open("random.py", "w") as file:
    file.write("raise SystemExit('not the real one')")
with open("json.py", "w") as file:
    file.write("raise SystemExit('not the real one')")
