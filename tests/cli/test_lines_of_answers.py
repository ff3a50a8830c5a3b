"""Lines of answers: how wide they are, where they break, and what a scheduled law is said with."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest

from detente.cli import wrapped as lines
from detente.cli.replies import print_json, reply
from detente.cli.wrapped import NARROWEST, WIDTH, readings, say, width, wrapped


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: str | None, room: int = 80) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    if columns is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((room, 20)))


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ("60", 60), ("39", NARROWEST), ("40", 40), ("96", WIDTH), ("97", WIDTH), ("0", WIDTH),
        ("-5", WIDTH), ("wide", WIDTH), (None, 80), ("", 80),
    ],
)  # fmt: skip
def test_a_line_is_as_wide_as_the_terminal_within_bounds(
    columns: str | None, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch, columns)
    assert width() == found


def test_a_line_is_of_one_width_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert width() == WIDTH
    on_a_terminal(monkeypatch, None)

    def none(number: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", none)
    assert width() == WIDTH


def test_a_text_that_fits_stays_as_it_is_and_a_longer_one_hangs_below_its_mark() -> None:
    room = WIDTH - 4
    assert wrapped("a" * room, "  ", "! ") == f"  ! {'a' * room}"
    # A letter more needs a second line, which begins below the text.
    text = f"{'a' * (room - 1)} b"
    assert wrapped(text, "  ", "! ") == f"  ! {'a' * (room - 1)}\n    b"
    assert wrapped(" a \n b ", "  ") == "  a   b"
    assert wrapped(f"{'a' * WIDTH}  b", "  ") == f"  {'a' * WIDTH}\n  b"
    address = f"https://example.org/{'a-b/' * 40}"
    assert wrapped(f"See {address} there", "  ") == f"  See\n  {address}\n  there"
    chinese = "字" * (WIDTH - 2)
    assert wrapped(f"{chinese}末 2019", "  ") == f"  {chinese}\n  末 2019"
    assert wrapped("", "  ", "! ") == ""


def test_what_was_announced_and_what_is_scheduled_are_said_in_order() -> None:
    answer: Any = {
        "reading": "announced", "announced": {"text": "One."}, "scheduled": {"text": "Two."},
    }  # fmt: skip
    first = "  ! This follows what was announced, which is not the law as read."
    assert readings(answer) == f"{first}\n  ! One.\n  ! Two."
    assert readings({**answer, "reading": "law", "announced": None}) == "  ! Two."
    assert readings({"reading": "law", "announced": None, "scheduled": None}) == ""  # type: ignore[arg-type]


def test_an_answer_is_json_or_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"b": "中", "a": [1]}
    reply(answer, True, lambda _: "words")
    out = capsys.readouterr().out
    assert out == '{\n  "b": "中",\n  "a": [\n    1\n  ]\n}\n'
    assert json.loads(out) == answer
    print_json(answer)
    assert capsys.readouterr().out == out
    reply(answer, False, lambda found: f"words of {found['a']}")
    assert capsys.readouterr().out == "words of [1]\n"
    on_a_terminal(monkeypatch, "80")
    monkeypatch.setattr("detente.cli.colors.colored", lambda text: f"<{text}>")
    say("x")
    assert capsys.readouterr().out == "<x>\n"
    assert lines.WIDTH == 96
