"""A file that is not there is told of in one wording, whichever command was to read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.missing_files import no_file
from tests.cli.conftest import Run

COMMANDS = [
    ("agree", "{}"),
    ("audit", "{}"),
    ("batch", "{}", "-o", "out.csv"),
    ("check", "{}"),
    ("entry", "{}"),
    ("owners", "{}"),
    ("verify", "{}"),
    ("screen", "--file", "{}"),
    ("lists", "import", "{}"),
    ("register", "add", "{}"),
    ("compare", "law", "truce-extended", "--basket", "{}"),
    ("ledger", "verify", "{}"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_command_says_alike_that_a_file_is_missing(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ran = run(*(each.format(tmp_path / "nowhere.csv") for each in words))
    assert ran.code == 2
    assert f"there is no file {tmp_path}/nowhere.csv" in ran.err


def test_a_missing_folder_and_a_folder_in_the_place_of_a_file_are_told_apart(
    tmp_path: Path,
) -> None:
    assert no_file(tmp_path / "away" / "in.csv") == f"there is no folder {tmp_path}/away"
    assert no_file(tmp_path, "name a memo") == f"{tmp_path} is a folder, not a file: name a memo"
