def reader():
    try:
        yield "line 1"
        yield "line 2"
    finally:
        print("file closed")


lines = reader()
next(lines)  # 'line 1'
lines.close()
#> file closed
print(list(lines))  # []
