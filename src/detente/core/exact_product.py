"""Sums of products of whole numbers that pass 64 bits, exact, at the speed of a matrix product.

    sum over rows of a x b = sum over limbs i, j of 2^(20 (i + j)) x sum over rows of a_i x b_j

A limb has twenty bits, so the product of two has forty, and the sum of 2^13 such products is below
2^53: a float holds it exactly. Longer columns are taken a block at a time.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Matrix = numpy.ndarray

BITS = 20
ROWS = 2**13


def exact_product(left: Matrix, right: Matrix) -> list[list[int]]:
    """The product of a transposed matrix and another, as Python's whole numbers.

    Args:
        left: rows x m whole numbers, of 64 bits or Python's own.
        right: rows x n whole numbers, likewise.

    Returns:
        m lists of n sums.
    """
    import numpy

    found = numpy.zeros((left.shape[1], right.shape[1]), object)
    for first in range(0, len(left), ROWS):
        rows = slice(first, first + ROWS)
        if left.dtype == object or right.dtype == object:
            found += left[rows].astype(object).T @ right[rows].astype(object)
            continue
        others = _limbs(right[rows])
        for i, one in enumerate(_limbs(left[rows])):
            for j, other in enumerate(others):
                found += (one.T @ other).astype(numpy.int64).astype(object) << BITS * (i + j)
    sums: list[list[int]] = found.tolist()
    return sums


def _limbs(numbers: Matrix) -> list[Matrix]:
    """Numbers as floats of twenty bits each, the lowest first; the sign is in the highest."""
    import numpy

    found: list[Matrix] = []
    while len(found) < 63 // BITS and numpy.any((numbers != 0) & (numbers != -1)):
        found.append((numbers & (1 << BITS) - 1).astype(float))
        numbers = numbers >> BITS
    return [*found, numbers.astype(float)]
