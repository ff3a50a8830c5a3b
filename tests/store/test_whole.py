"""Files come into their place whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from detente.store import whole
from detente.store.whole import write_whole, written_whole


@pytest.fixture(params=["without a name", "beside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the file is written until it is whole."""
    if request.param == "beside":
        monkeypatch.delattr(whole.os, "O_TMPFILE", raising=False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_the_file_is_there_at_the_end_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with written_whole(target) as beside:
        beside.write_text("new", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "new"
    write_whole(target, b"newer")
    assert target.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("way")
def test_a_fault_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", encoding="utf-8")

    def stumble() -> None:
        with written_whole(target) as beside:
            beside.write_text("half", encoding="utf-8")
            raise ValueError("too much")

    with pytest.raises(ValueError, match="too much"):
        stumble()
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_two_at_once_do_not_meet_and_the_last_one_stands(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with written_whole(target) as first, written_whole(target) as second:
        first.write_text("first", encoding="utf-8")
        second.write_text("second", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "first"


def test_a_file_of_the_users_own_beside_it_stays(tmp_path: Path) -> None:
    own = tmp_path / "out.txt.part"
    own.write_text("mine", encoding="utf-8")
    write_whole(tmp_path / "out.txt", b"new")
    assert own.read_text(encoding="utf-8") == "mine"
    assert sorted(os.listdir(tmp_path)) == ["out.txt", "out.txt.part"]


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        RuntimeError("underlying IO error: No space left on device (os error 28)"),
    ],
    ids=["disk", "quota", "a library's words"],
)
def test_a_full_disk_is_told_with_the_file_that_has_no_room(
    tmp_path: Path, error: Exception
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="there is no room for") as described, written_whole(target):
        raise error
    assert "out.txt, and nothing of it was written" in str(described.value)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_that_has_to_do_with_room_in_no_way_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="other"), written_whole(tmp_path / "out.txt"):
        raise RuntimeError("other")
