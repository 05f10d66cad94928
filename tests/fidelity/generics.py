# shows: type parameters of functions, classes and aliases
# from: 3.12
type Pair[T] = tuple[T, T]


def first[T](pair: Pair[T]) -> T:
    return pair[0]


class Box[T]:
    item: T


print(first((1, 2)), Pair, first.__type_params__, Box[int], Box.__parameters__)
print(f"{'nested ' + f"{'quotes'}"}")
