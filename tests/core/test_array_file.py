"""Arrays in one file are read only as they were written, and to the last bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.core.array_file import keep_arrays, read_arrays

KEPT = np.array([3, 1, 2, 2], np.uint64)


def numbers(path: Path) -> list[int] | None:
    found = read_arrays(str(path), "key")
    return None if found is None else found["numbers"].tolist()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "kept.arrays"
    keep_arrays(str(path), "key", {"numbers": KEPT, "letters": np.frombuffer(b"abc", np.uint8)})
    return path


def test_what_was_kept_is_read(kept: Path) -> None:
    assert numbers(kept) == [3, 1, 2, 2]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param([1, 3, 2, 2], id="two words swapped"),
        pytest.param([3, 2, 1, 2], id="two others swapped"),
        pytest.param([2, 2, 2, 2], id="one less here and one more there"),
        pytest.param([3, 1, 2, 3], id="the last bit"),
    ],
)
def test_a_file_that_changed_is_not_read_though_its_words_add_up(
    kept: Path, changed: list[int]
) -> None:
    body = kept.read_bytes()
    assert body.count(KEPT.tobytes()) == 1
    kept.write_bytes(body.replace(KEPT.tobytes(), np.array(changed, np.uint64).tobytes()))
    assert numbers(kept) is None


def test_a_file_cut_short_is_not_read(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-1])
    assert numbers(kept) is None
