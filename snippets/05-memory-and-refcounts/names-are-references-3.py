def collect(item, into=[]):
    into.append(item)
    return into


collect("a")  # ['a']
collect("b")  # ['a', 'b'] -- the same list again!
collect("c", [])  # ['c']
collect.__defaults__  # (['a', 'b'],)
