"""Every character that a command prints is as it was read: the transcripts, run again."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from tools.transcripts import FOLDER, commands, place, run

SHOWN = 60
"""Lines of a difference that a failure shows."""


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
