"""What a person meets at the terminal: width, colors, and what is said to a slip of the keys."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from detente.cli.colors import BOLD, PLAIN, RED, YELLOW, colored
from detente.cli.main import COMMANDS
from tests.cli.conftest import Run

DUTY = ("duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--value", "10000")
ESCAPE = "\x1b["


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        (("--versoin",), "unknown option '--versoin': did you mean `--version`?"),
        (("dutty",), "unknown command 'dutty': did you mean `duty`?"),
        (("duty", "8507", "--orign", "CN"), "there is no option --orign: did you mean --origin?"),
        (("duty", "8507", "--orign=CN"), "there is no option --orign: did you mean --origin?"),
        (("batch", "a.csv", "--ouptut", "b.csv"), "did you mean --output?"),
        (("impact", "partil"), "'partil' is none of its verbs: did you mean partial?"),
        (("impact", "partial", "--scenaro", "x"), "did you mean --scenario?"),
        (("lists", "updte"), "'updte' is none of its verbs: did you mean update?"),
        (("lists", "diff", "--form-date", "2025-01-01"), "did you mean --from-date?"),
        (("vendors", "scren"), "'scren' is none of its verbs: did you mean screen?"),
    ],
)
def test_a_slip_of_the_keys_is_answered_with_what_was_meant(
    run: Run, words: tuple[str, ...], stated: str
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert stated in ran.err
    assert ran.out == ""


def test_what_is_missing_is_said_where_nothing_is_mistyped(run: Run) -> None:
    ran = run("duty", "8507.60.00.10")
    assert ran.code == 2
    assert "give --origin\nSuch as: detente duty 8507.60.00.10 --origin CN" in ran.err


def test_an_answer_that_no_terminal_shows_has_no_colors_and_is_96_wide(run: Run) -> None:
    ran = run(*DUTY)
    assert ESCAPE not in ran.out
    assert 90 < max(map(len, ran.out.split("\n"))) <= 96


def on_a_terminal(columns: int, **environment: str) -> str:
    """What a command prints on a terminal so wide."""
    import pty

    reading, writing = pty.openpty()
    own = {key: text for key, text in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-m", "detente.cli.main", *DUTY],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**own, "TERM": "xterm", "COLUMNS": str(columns), **environment},
    ):
        os.close(writing)
        found = b""
        while True:
            try:
                piece = os.read(reading, 1 << 16)
            except OSError:  # Linux says so where the other end is closed
                break
            if not piece:
                break
            found += piece
    os.close(reading)
    return found.decode().replace("\r\n", "\n")


def test_a_terminal_has_colors_and_lines_of_its_width() -> None:
    text = on_a_terminal(70)
    assert text.startswith(f"{BOLD}8507.60.00.10 from CN into US, entered 12 November 2025{PLAIN}")
    assert f"{YELLOW}Open: " in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    running = [line for line in plain.split("\n") if line.startswith("  ") and line[2:3].isalpha()]
    assert max(map(len, running)) <= 70


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_whoever_wants_no_colors_has_none(environment: dict[str, str]) -> None:
    assert ESCAPE not in on_a_terminal(200, **environment)


def test_colors_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    text = (
        "gallium from CN\n\n  LICENCE NEEDED\nRules:\n  ! heed this\n    and this\n  not this\n"
        "  total  5%\nsee https://example.org/a b"
    )
    found = colored(text)
    assert re.sub(r"\x1b\[[0-9;]*m", "", found) == text
    assert f"{RED}  LICENCE NEEDED{PLAIN}" in found
    assert f"{YELLOW}    and this{PLAIN}\n  not this\n" in found
    assert f"{BOLD}  total  5%{PLAIN}" in found


def test_the_list_of_commands_fits_a_terminal(run: Run) -> None:
    lines = run("--help").out.split("\n")
    assert max(map(len, lines)) <= 96
    assert sum(line.strip().split(" ")[0] in COMMANDS for line in lines) >= len(COMMANDS)


B, Y, R, D, P = "\x1b[1m", "\x1b[33m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"
"""Bold, yellow, red, dim and plain again, as terminals have them."""

COLORED = (
    ("gallium from CN", f"{B}gallium from CN{P}"),
    ("", ""),
    ("Rules:", f"{B}Rules:{P}"),
    ("  below it:", "  below it:"),
    ("  ! heed this", f"{Y}  ! heed this{P}"),
    ("    and this", f"{Y}    and this{P}"),
    ("  not this", "  not this"),
    ("! again", f"{Y}! again{P}"),
    ("  and its end", f"{Y}  and its end{P}"),
    ("", ""),
    ("  after a blank line", "  after a blank line"),
    ("Open: an entry fact", f"{Y}Open: an entry fact{P}"),
    ("  Open: further in", "  Open: further in"),
    ("Warning: of what", f"{Y}Warning: of what{P}"),
    ("Not covered: what", f"{Y}Not covered: what{P}"),
    ("    BARRED by a list", f"{R}    BARRED by a list{P}"),
    ("STOP", f"{R}STOP{P}"),
    ("a HIT within", "a HIT within"),
    ("  total  5%", f"{B}  total  5%{P}"),
    ("  totals", "  totals"),
    ("    total of a part", "    total of a part"),
    ("see https://a.example/b c", f"see {D}https://a.example/b{P} c"),
)


def test_each_kind_of_line_has_its_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    found = colored("\n".join(plain for plain, _ in COLORED))
    assert found.split("\n") == [shown for _, shown in COLORED]
