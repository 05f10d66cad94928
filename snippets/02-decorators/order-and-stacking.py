def tag(name):
    def decorate(func):
        def wrapper(text):
            return f"<{name}>{func(text)}</{name}>"

        return wrapper

    return decorate


@tag("b")
@tag("i")
def show(text):
    return text


print(show("hi"))
#> <b><i>hi</i></b>

# Swapping the two lines swaps the two tags.
tag("i")(tag("b")(str))("hi")  # '<i><b>hi</b></i>'
