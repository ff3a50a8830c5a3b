"""Every command of the page on the article is run, and prints what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from detente.cli.main import ANSWERED, main

PAGE = Path(__file__).parents[2] / "docs" / "reading-the-article.md"
PARTS = 20


def _commands() -> list[tuple[str, list[str]]]:
    """Each command of a console block, with the lines that it must print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S):
        for line in block.splitlines():
            if line.startswith("$ detente "):
                found.append((line.removeprefix("$ detente "), []))
            else:
                found[-1][1].append(line)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("command", "lines"), _commands(), ids=[each for each, _ in _commands()])
def test_a_command_of_the_page_prints_what_the_page_says(
    command: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(command)) == ANSWERED
    printed = _plain(capsys.readouterr().out)
    assert lines
    for line in lines:
        assert _plain(line) in printed


def test_the_page_reads_all_twenty_parts_in_order() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.M)] == [
        *range(1, PARTS + 1)
    ]


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_every_part_is_asked_as_known_then_and_now(part: int) -> None:
    sections = re.split(r"^## \d+\. ", PAGE.read_text(encoding="utf-8"), flags=re.M)
    commands = [each for each in sections[part].splitlines() if each.startswith("$ detente ")]
    then = [each for each in commands if "--known-on 2025-11-02" in each]
    # The table of supply has no clock of its own: a year of figures stands for what was known.
    then += [each for each in commands if "--year" in each and "--on 2025-11-02" in each]
    assert then, "no command is asked as known on the day of the article"
    assert set(commands) - set(then), "no command is asked as known now"


def test_no_command_of_the_page_leans_on_the_day_it_is_run() -> None:
    for command, _ in _commands():
        assert re.search(r"--(on|from) 20\d\d-\d\d-\d\d", command), command


def test_no_part_is_left_for_a_later_version() -> None:
    text = PAGE.read_text(encoding="utf-8").lower()
    assert "not yet" not in text
    assert "later version" not in text
