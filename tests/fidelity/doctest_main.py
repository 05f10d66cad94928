# shows: doctest of the functions of this file
import doctest


def double(n):
    """Doubles.

    >>> double(4)
    8
    >>> double("a")
    'aaa'
    >>> double(None)
    Traceback (most recent call last):
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    """
    return n * 2


print(doctest.testmod())
