def first_of_each(groups):
    for group in groups:
        yield next(iter(group))


firsts = first_of_each(["ab", "", "cd"])
next(firsts)  # 'a'
next(firsts)  # RuntimeError: generator raised StopIteration
