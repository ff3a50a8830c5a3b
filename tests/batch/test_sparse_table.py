"""A table of which little is used is zeros, can be written, and stands while it is looked at."""

from __future__ import annotations

import gc
import mmap

import numpy
import pytest

from detente.batch.engine.sparse_table import sparse_table


@pytest.mark.parametrize("huge", [True, False])
@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 4), (1_000, 2_000), (0, 7), (4, 0, 2)])
def test_it_is_a_table_of_zeros_that_can_be_written(
    shape: tuple[int, ...], huge: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not huge:
        monkeypatch.delattr(mmap, "MADV_NOHUGEPAGE", raising=False)
    table = sparse_table(shape)
    assert (table.shape, table.dtype) == (shape, numpy.int32)
    assert not table.any()
    if table.size:
        table[(-1,) * len(shape)] = 7
        flat = table.reshape(-1)
        flat[0] += 1
        assert table.sum() == 8


def test_a_part_of_it_stands_when_the_table_is_gone() -> None:
    part = sparse_table((100, 100))[3:5]
    gc.collect()
    part[:] = 4
    assert part.sum() == 800
