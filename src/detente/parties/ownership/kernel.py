"""A compiled loop for the closure on columns, the same set and tiers as `ownership_columns`.

Companies wait in a queue in the order in which they came in, so a tier is done before the next one
begins; every holding of a covered owner is looked at once, and no other. Needs numba, which the
extra ``parties`` brings.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def reach(held: Any, need: int, tiers: Array, sums: Array, queue: Array, count: int) -> int:
    """Go down from the companies that wait in the queue; gives how many are covered in the end.

    Args:
        held: start, owned and units as `ownership_columns.Columns` has them.
        need: units at which a company comes in.
        tiers: (entities,) 0 for the listed, -1 for all others; filled in.
        sums: (entities,) what covered owners hold of each, in units; -1 for one that is covered.
        queue: (entities,) numbers of the listed, then room.
        count: how many are listed.
    """
    start, owned, units = held
    head, tail = 0, count
    while head < tail:
        owner = queue[head]
        head += 1
        tier = tiers[owner] + 1
        for place in range(start[owner], start[owner + 1]):
            company = owned[place]
            held_so_far = sums[company]
            if held_so_far < 0:
                continue
            held_so_far += units[place]
            if held_so_far >= need:
                sums[company] = -1
                tiers[company] = tier
                queue[tail] = company
                tail += 1
            else:
                sums[company] = held_so_far
    return tail
