"""Every character that a command prints is as it was read: the transcripts, run again."""

from __future__ import annotations

import re
from difflib import unified_diff

import pytest

from tools.transcripts import FOLDER, commands, place, run

SHOWN = 60
"""Lines of a difference that a failure shows."""


def test_one_of_a_thing_is_never_said_as_many() -> None:
    many = r"(?<![\w.,:/-])1 (?:[a-z]+ )?(?:companies|entries|parties|[a-z]{3,}s)\b"
    # What a status counts, what an article does, and a count of what follows are no plurals.
    fine = {"agrees", "stays", "unless", "is", "class", "has", "was", "lies", "stands"}
    found = [
        f"{path.name}: {said}"
        for path in sorted(FOLDER.glob("*.txt"))
        for said in re.findall(many, path.read_text("utf-8"))
        if said.split()[-1] not in fine
    ]
    assert not found


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_commands_print_what_their_transcript_holds(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    with place() as folder:
        for command, printed in commands(text):
            found = run(command, folder).rstrip("\n")
            difference = list(
                unified_diff(printed.split("\n"), found.split("\n"), "recorded", "now", lineterm="")
            )
            assert not difference, "\n".join(
                [
                    f"$ {command}",
                    *difference[:SHOWN],
                    f"If this is right: python tools/transcripts.py {name}, and read what changed.",
                ]
            )
