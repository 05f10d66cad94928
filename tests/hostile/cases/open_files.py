# Opens files until there are no more.
# ends: limited: line
kept = []
while True:
    kept.append(open("/dev/null"))
