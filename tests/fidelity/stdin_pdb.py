# shows: breakpoint with nobody to type
def f(n):
    doubled = n * 2
    breakpoint()
    return doubled


print("before")
print(f(4))
