"""The power goes while something is kept: torn and reordered writes at moments by lot.

A small share of what `make soak` tries; see `tools/soak/power`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from detente.store.heads import Head, append_head, read_heads
from tools.soak.power.replay import Change, Disk, Inode, crashes
from tools.soak.power.runs import recording_server, updated_lists

needs_compiler = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")


@needs_compiler
def test_no_confirmed_answer_of_a_recording_server_is_lost(tmp_path: Path) -> None:
    found = recording_server(tmp_path, answers=25, losses=80, seed=1)
    assert found.confirmed > 400  # of 80 moments over 25 answers: about 80 times 12
    assert found.lost == []


@needs_compiler
def test_no_list_that_was_kept_is_lost_and_none_is_half(tmp_path: Path) -> None:
    found = updated_lists(tmp_path, days=3, losses=80, seed=1)
    assert found.confirmed > 40
    assert found.lost == []


ROOT = "/home"
FILE = f"{ROOT}/a"


def after(*run: tuple[str, str, int, bytes]) -> set[bytes | None]:
    """What a file may hold after a power loss at the end of a run; None where it has no name."""
    found: set[bytes | None] = set()
    for seed in range(200):
        disk = Disk()
        for change in run:
            disk.play(Change(*change))
        random = Random(seed)
        inode = disk.names_after(random).get(FILE)
        found.add(None if inode is None else inode.after(random))
    return found


def test_what_was_not_synced_may_be_there_or_not_in_any_parts() -> None:
    body = bytes([1]) * 512 + bytes([2]) * 512
    made = after(("C", FILE, 0, b""), ("D", ROOT, 0, b""), ("W", FILE, 0, body))
    assert made == {b"", body, body[:512], bytes(512) + body[512:]}


def test_what_was_synced_is_there() -> None:
    body = b"x" * 2000
    made = after(
        ("C", FILE, 0, b""), ("W", FILE, 0, body), ("S", FILE, 0, b""), ("D", ROOT, 0, b"")
    )
    assert made == {body}


def test_a_name_without_a_synced_folder_may_be_missing_and_a_renamed_file_empty() -> None:
    beside = f"{ROOT}/b"
    made = after(
        ("C", FILE, 0, b""), ("W", FILE, 0, b"old"), ("S", FILE, 0, b""), ("D", ROOT, 0, b""),
        ("C", beside, 0, b""), ("W", beside, 0, b"new"), ("R", beside, 0, FILE.encode()),
    )  # fmt: skip
    # Neither was the new file synced before it took the name: the old one is gone for nothing.
    assert made == {b"old", b"new", b""}


def test_a_shortened_file_is_shortened() -> None:
    inode = Inode(b"abcdef", [Change("T", FILE, 2, b""), Change("W", FILE, 3, b"x")])
    assert inode.now() == b"ab\0x"


def test_a_crash_before_anything_was_written_leaves_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"")
    with pytest.raises(ValueError, match="nothing"):
        next(crashes(log, tmp_path, tmp_path / "after", 1, 1))


def test_a_noted_head_is_durable_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    path = str(tmp_path / "heads.jsonl")
    for number in (1, 2):
        append_head(path, Head(number, "ab" * 32, "2026-01-01", "2026-01-02"))
    assert [each.entries for each in read_heads(path)] == [1, 2]
