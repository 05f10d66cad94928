"""A module.

>>> 2 * 3
7
"""


def double(x):
    """Doubles.

    >>> "é" * 2
    'é'
    >>> (1, 2)
    (1, 3)
    """
    return x * 2
