"""The map and the walk through the rooms name what is there, and the walk goes where it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "detente"
WALK = (ROOT / "docs" / "the-house.md").read_text(encoding="utf-8")
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

TOLD_APART = {"batch/columns.py", "parties/names/kernels.py", "batch/engine/finder.py",
              "applicability/stack.py"}  # fmt: skip
"""Files that a walk names beside its way: what is data, or is entered where its rows do not go."""

PROGRAM = """
import inspect, os, sys, threading
from detente.cli.main import main
import detente
os.sched_getaffinity = lambda pid: {0}  # what a copy of this process enters is not seen here
root = os.path.dirname(detente.__file__) + os.sep
entered = set()
def enter(frame, event, _):
    if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:  # no import, no class
        entered.add(frame.f_code.co_filename)
threading.setprofile(enter)
sys.setprofile(enter)
main(sys.argv[1:])
sys.setprofile(None)
for name in sorted(entered):
    if name.startswith(root):
        print(name[len(root):], file=sys.stderr)
"""


def rooms() -> list[str]:
    """Every room, and every room inside one, relative to the package."""
    found = (path.parent.relative_to(SOURCE) for path in SOURCE.rglob("__init__.py"))
    return sorted(path.as_posix() for path in found if path.parts)


def files_in(text: str) -> list[str]:
    return re.findall(r"`([a-z_/]+\.py)`", text)


def walks() -> list[tuple[str, str]]:
    """The parts of the page that begin with a command: the command, and the text."""
    found = re.findall(r"\$ detente ([^\n]+)\n```\n(.*?)(?=\n## |\Z)", WALK, re.DOTALL)
    assert len(found) == 3
    return found


def test_every_file_that_the_walk_names_exists() -> None:
    named = files_in(WALK)
    assert len(named) > 40
    assert [name for name in named if not (SOURCE / name).is_file()] == []
    folders = re.findall(r"`(register|parties/lists/readers|questions|_data)/`", WALK)
    assert [
        each for each in folders if not ((SOURCE / each).is_dir() or (ROOT / each).is_dir())
    ] == []


@pytest.mark.parametrize(("command", "text"), walks())
def test_the_walk_enters_every_file_that_it_names(command: str, text: str, tmp_path: Path) -> None:
    words = command.replace('"Hua Wei Technologies"', "Hua-Wei-Technologies").split()
    words = [str(tmp_path / word) if word == "duties.parquet" else word for word in words]
    words = [word.replace("Hua-Wei-Technologies", "Hua Wei Technologies") for word in words]
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "DETENTE_HOME": str(tmp_path / "home")},
    )
    entered = set(run.stderr.split())
    missing = set(files_in(text)) - entered - TOLD_APART
    assert sorted(missing) == [], run.stderr[-300:]


def test_the_map_names_every_room() -> None:
    named = set(re.findall(r"`([a-z_]+)`", MAP))
    missing = [room for room in rooms() if not set(room.split("/")) <= {*named, "readers"}]
    assert missing == []


def test_a_room_is_small_enough_to_be_looked_over() -> None:
    sizes = {room: len([*(SOURCE / room).glob("*.py")]) for room in rooms()}
    assert [room for room, size in sizes.items() if size > 25 and room != "questions"] == []


def test_the_map_names_no_room_that_is_not_there() -> None:
    table = MAP.partition("| room | what |")[2].partition("\n\n")[0]
    first = [re.findall(r"`([a-z_]+)`", line.split("|")[1]) for line in table.splitlines()[2:]]
    named = [name for cells in first for name in cells]
    tops = sorted(room for room in rooms() if "/" not in room)
    assert sorted(named) == tops


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_when_to_reach_for_it(room: str) -> None:
    text = (SOURCE / room / "__init__.py").read_text(encoding="utf-8")
    doc = text.split('"""')[1] if '"""' in text else ""
    assert len(doc.split()) > 5, room
