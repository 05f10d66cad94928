"""A module.

>>> 2 * 3
6
"""


def double(x):
    """Doubles.

    >>> "é" * 2
    'éé'
    >>> (1, 2)
    (1, 2)
    """
    return x * 2
