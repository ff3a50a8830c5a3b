"""A large table of which little will be used.

A library of arrays asks for its memory in huge pages where the system has them: then one number
that is written fills two megabytes with zeros, and a table of a quarter of a gigabyte with sixty
thousand numbers in it takes half a second. In pages of the usual size it takes a tenth of that, and
what is not used takes no room.
"""

from __future__ import annotations

import mmap
from math import prod

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

BYTES = 4


def sparse_table(shape: Sequence[int]) -> numpy.ndarray:
    """Zeros of 32 bits.

    Args:
        shape: of the table.
    """
    import numpy

    size = prod(shape) * BYTES
    if not size or not hasattr(mmap, "MADV_NOHUGEPAGE"):
        return numpy.zeros(shape, numpy.int32)
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_NOHUGEPAGE)
    # The array holds the memory, which is given back with it.
    return numpy.frombuffer(memory, numpy.int32).reshape(shape)
