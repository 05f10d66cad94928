from ferry import fare

SAILINGS = ["08:15", "12:40", "18:05"]


def offer(people):
    return [f"{sailing} for {fare(people)}" for sailing in SAILINGS]
