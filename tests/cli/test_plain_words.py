"""Words that need no parser are read as the parser reads them; the rest is left to it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from random import Random

import pytest

from detente.cli.ask import parser_of
from detente.cli.plain_words import plain_values
from detente.questions import NAMES, find
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

DRAWN = 30


def parsed(question: Question, words: list[str]) -> dict[str, object] | None:
    """What the parser reads; None where it refuses."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            return vars(parser_of(question).parse_args(words))
        except SystemExit:
            return None


def drawn(question: Question, random: Random) -> list[str]:
    """Words of a question, most of them as they should be."""
    parameters = list(question.at_shell)
    named = [each for each in parameters if not each.by_place]
    placed = [each for each in parameters if each.by_place]
    taken = [each for each in named if each.needed or random.random() < 0.25]
    random.shuffle(taken)
    parts = [list(_option(each, random)) for each in taken]
    words = [value for each in placed for value in _placed(each, random)]
    at = random.randint(0, len(parts))
    parts.insert(at, words)
    if random.random() < 0.2:
        parts.insert(random.randint(0, len(parts)), [random.choice(ODD)])
    return [word for part in parts for word in part]


ODD = ("--help", "-h", "--no-such", "word", "-1", "--", "--json=1", "-x", "", "--on", "--value=5")


def _option(each: Parameter, random: Random) -> Iterator[str]:
    for _ in range(random.randint(1, 2) if each.many else 1):
        spelled = random.choice(each.options)
        if each.kind == "flag":
            yield spelled
        elif spelled.startswith("--") and random.random() < 0.3:
            yield f"{spelled}={_value(each, random)}"
        else:
            yield spelled
            yield _value(each, random)


def _placed(each: Parameter, random: Random) -> Iterator[str]:
    if each.many:
        yield from (_value(each, random) for _ in range(random.randint(0, 3)))
    elif each.needed or random.random() < 0.6:
        yield _value(each, random)


def _value(each: Parameter, random: Random) -> str:
    if each.kind == "number":
        return random.choice(("1", "20", "7", " 3", "1_000", "x", "1.5"))
    if each.choices:
        return random.choice((*map(str, each.choices), "none of these"))
    return random.choice(
        ("CN", "2025-11-12", "a=b", "two words", "x,y", "", "50%", "-5", "=", "a-b")
    )


@pytest.mark.parametrize("name", NAMES)
def test_plain_words_are_read_as_the_parser_reads_them(name: str) -> None:
    question, random, plain = find(name), Random(name), 0
    for _ in range(DRAWN):
        words = drawn(question, random)
        values = plain_values(question.at_shell, words)
        if values is not None:
            plain += 1
            assert values == parsed(question, words), words
    either = any(each.either for each in question.at_shell)
    assert either or plain > DRAWN // 10  # else it compares nothing


@pytest.mark.parametrize("name", NAMES)
def test_what_a_parser_refuses_is_left_to_it(name: str) -> None:
    question = find(name)
    for words in (["--help"], ["--no-such-option"], ["--json=yes"], ["--", "x"], ["a"] * 9):
        values = plain_values(question.at_shell, words)
        assert values is None or values == parsed(question, words), words


def test_lists_of_two_questions_are_not_one() -> None:
    duty, words = find("duty"), ["8507600020", "--origin", "CN", "--on", "2025-11-12"]
    first = plain_values(duty.at_shell, [*words, "--fact", "a=b"])
    second = plain_values(duty.at_shell, words)
    assert first is not None
    assert second is not None
    assert [key for key, value in second.items() if value == ["a=b"]] == []


def test_common_questions_load_no_parser() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from detente.cli.main import main;"
        "main(['duty', '8507.60.00.20', '--origin', 'CN', '--on', '2025-11-12', '--json']);"
        "assert 'argparse' not in sys.modules, 'argparse'"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
