"""Arithmetic on a handful of vectors, without a numerical library in the daemon."""

from array import array
from collections.abc import Sequence
from math import sqrt
from operator import mul


def cosines(vector: bytes, others: Sequence[bytes]) -> list[float]:
    """Return the cosine between `vector` and each of the others, all float32.

    A vector without length is like nothing: its cosine is 0.
    """
    one = array("f", vector)
    length = sqrt(sum(map(mul, one, one)))
    found = []
    for other in others:
        two = array("f", other)
        both = length * sqrt(sum(map(mul, two, two)))
        found.append(sum(map(mul, one, two)) / both if both else 0.0)
    return found
