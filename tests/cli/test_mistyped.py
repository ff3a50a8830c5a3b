"""What is said to a name of an option that there is not, for every option of every command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import Any

import pytest

from detente.cli.completion_tree import FILE, _words_of, commands, described
from detente.cli.mistyped import all_parsers, hint_of
from detente.cli.options import parser
from detente.core.synonyms import meant
from tests.cli.conftest import Run


def slips(name: str) -> Iterator[str]:
    """A name with one letter dropped, doubled or exchanged with the next."""
    for at, letter in enumerate(name):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        if at + 1 < len(name) and name[at + 1] != letter:
            yield name[:at] + name[at + 1] + letter + name[at + 2 :]


def test_every_option_with_one_letter_wrong_suggests_itself_first() -> None:
    tried = 0
    seen = set()
    for command in commands():
        parser = described(*command.path)
        known = {name for each in all_parsers(parser) for name in each._option_string_actions}
        key = frozenset(known)
        if key in seen:
            continue
        seen.add(key)
        for option in sorted(name for name in known if name.startswith("--")):
            for slip in slips(option[2:]):
                word = f"--{slip}"
                if word in known or len(slip) < 2:
                    continue
                hint = hint_of(parser, [word])
                first = hint.partition("did you mean ")[2].rstrip("?").split(" or ")
                # Of two letters, `--ot` is nearer to `--to` than to `--out`.
                assert option in first or len(slip) == 2, f"{command.path} {word}: {hint}"
                # Beside it stands only what is one slip away as well: `--ut` is out, or cut.
                assert all(slip in slips(each[2:]) for each in first), f"{word}: {hint}"
                tried += 1
    assert tried > 5_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("duty", "8507600010", "--from", "CN"), "no option --from: did you mean --origin?"),
        (("duty", "8507600010", "--country", "CN"), "did you mean --origin?"),
        (("duty", "8507600010", "--origin", "CN", "--date", "2026-01-01"), "did you mean --on?"),
        (("duty", "--cod", "8507600010", "--origin", "CN"), "CODE stands by itself"),
        (("duty", "8507600010", "-origin", "CN"), "no option -origin: did you mean --origin?"),
        (("duty", "8507600010", "\u2014origin", "CN"), "did you mean --origin?"),
        (("duty", "8507600010", "--origin", "CN", "--dest", "US"), "did you mean --to?"),
        (("licence", "--from", "CN", "--to", "US", "--eccn", "3A090"), "did you mean --item?"),
        (("licence", "--from", "CN", "--to", "US", "--hs", "8112"), "did you mean --code?"),
        (("licence", "--from", "CN", "--to", "US", "--buyer", "X"), "did you mean --end-user?"),
        (("average", "--origin", "CN", "--since", "2018-01-01"), "did you mean --from-date?"),
        (("average", "--origin", "CN", "--until", "2018-01-01"), "did you mean --to-date?"),
        (("batch", "--file", "a.csv", "-o", "b.csv"), "INPUT stands by itself"),
        (("timeline", "--country", "US"), "did you mean --by?"),
    ],
)
def test_words_of_the_field_lead_to_the_option(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert said in ran.err


def test_a_name_may_be_meant_for_two() -> None:
    assert meant("o", ["on", "to", "value"]) == ["on", "to"]
    assert meant("orgin", ["origin", "on"]) == ["origin"]
    assert meant("from", ["code", "origin", "on"]) == ["origin"]
    assert meant("entry_dte", ["entry_date", "import_date"]) == ["entry_date"]
    assert meant("zzzzzz", ["code", "origin"]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("duty", "8507600010", "CN"), "give --origin\nSuch as: detente duty 8507.60.00.10"),
        (("duty",), "give CODE and --origin\n"),
        (("duty", "8507", "60", "--origin", "CN"), "a value follows its option"),
        (("licence", "--from", "CN", "--to", "US", "gallium"), "give --item or --code\n"),
        (("upcoming", "--days", "soon"), "--days is a whole number, not 'soon'"),
        (("diff", "--from", "2025-01-01"), "give --to-date\nSuch as: detente diff --from"),
        (("search",), "give WORDS\nSuch as: detente search"),
        (("duty", "8507600010", "--origin", "CN", "--on", "2026/11/27"), "write 2026-11-27"),
        (("duty", "8507600010", "--origin", "CN", "--on", "2026年11月27日"), "write 2026-11-27"),
        (("truce", "--on", "27.11.2026"), "write 2026-11-27"),
        (("screen", "Huawei", "--on", "2026.08.01"), "write 2026-08-01"),
        (
            ("history", "8507600010", "--origin", "CN", "--from", "2025"),
            "'2025' is not a day of the calendar: write it as YYYY-MM-DD",
        ),
        (
            ("duty", "8507600010", "--origin", "CN", "--fact", "foo=1", "--fact", "bar=2"),
            "unknown too is 'bar'",
        ),
        (("duty", "8507600010", "--origin", "CN", "--fact", "auto_part"), "auto_part=true"),
        (("duty", "soybeans", "--origin", "CN"), "\nSuch as: detente search soybeans\n"),
        (
            ("duty", "rare earth", "--origin", "US", "--to", "China"),
            "\nSuch as: detente search 'rare earth' --to China\n",
        ),
    ],
)
def test_a_mistake_of_a_newcomer_is_answered_with_what_to_write(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert said in ran.err
    assert "usage:" not in ran.err


def test_digits_as_wide_as_chinese_characters_are_digits(run: Run) -> None:
    words = ("--origin", "CN", "--on", "2025-11-12", "--json")
    assert run("duty", "８５０７６０００１０", *words).out == run("duty", "8507600010", *words).out


def test_the_default_that_help_tells_is_the_one_that_is_taken() -> None:
    told = {}
    for command in commands():
        for each in described(*command.path)._actions:
            found = re.search(r"\(default:? ([\w.]+)\)", each.help or "")
            if found and re.match(r"\d", found[1]) and each.default is not None:
                told[*command.path, each.dest] = (found[1], str(each.default))
    assert ("assistant", "port") in told
    assert [(path, both) for path, both in told.items() if both[0] != both[1]] == []


def test_a_command_of_verbs_asks_for_one_and_says_which_there_are(run: Run) -> None:
    tried = 0
    for command in commands():
        if len(command.path) > 1 or not command.verbs:
            continue
        made = described(*command.path)
        if not any(each.required for each in made._actions if each.dest in ("verb", "kind")):
            continue
        ran = run(*command.path)
        assert (ran.code, ran.out) == (2, ""), command.path
        assert "Traceback" not in ran.err
        tried += 1
    assert tried >= 2


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"choices": ("a", "b")}, ("a", "b")),
        ({"metavar": "csv|json"}, ("csv", "json")),
        ({"metavar": "CC|all"}, ()),
        ({"metavar": "day"}, ()),
        ({"metavar": "NAME|FILE"}, (FILE,)),
        ({"metavar": "Files"}, (FILE,)),
        ({"metavar": ("A", "B")}, ()),
    ],
)
def test_words_that_may_follow_an_option_are_those_that_it_names(
    action: dict[str, Any], words: tuple[str, ...]
) -> None:
    several = 2 if isinstance(action.get("metavar"), tuple) else None
    made = argparse.ArgumentParser().add_argument("--x", nargs=several, **action)
    assert _words_of(made) == words


@pytest.mark.parametrize(("count", "more"), [(8, ""), (9, " and 1 more")])
def test_of_many_verbs_eight_are_named(count: int, more: str) -> None:
    verbs = [f"verb-{at}" for at in range(count)]
    hint = hint_of(parser("x", "s", "e", verbs), ["zzzzzzzz"])
    assert hint == f"'zzzzzzzz' is none of its verbs: there are {', '.join(verbs[:8])}{more}"


DAYS_GIVEN_EMPTY = [
    (["screen", "Huawei", "--on", ""], "--on"),
    (["duty", "8507.60.00.10", "--origin", "CN", "--known-on="], "--known-on"),
    (["lists", "--on", ""], "--on"),
    (["lists", "diff", "--from-date", "2026-01-01", "--to-date", ""], "--to-date"),
    (["lists", "import", "x.csv", "--as-of", ""], "--as-of"),
    (["vendors", "decide", "a", "b", "cleared", "--until", ""], "--until"),
    (["vendors", "screen", "v.csv", "--on", ""], "--on"),
    (["watch", "--since", ""], "--since"),
]


@pytest.mark.parametrize(("words", "option"), DAYS_GIVEN_EMPTY)
def test_a_day_that_is_given_and_empty_is_refused_and_never_read_as_today(
    run: Run, words: list[str], option: str
) -> None:
    code, out, error = run(*words)
    assert (code, out) == (2, "")
    assert f"{option} is empty, as where a variable of the shell is not set" in error


def test_an_empty_day_is_refused_in_python_too() -> None:
    import detente

    for ask in (
        lambda: detente.screen(["Huawei"], on=""),
        lambda: detente.duty("8507.60.00.10", origin="CN", known_on=""),
        lambda: detente.assess({"code": "8507.60.00.10", "origin": "CN"}, on=""),
    ):
        with pytest.raises(ValueError, match="on is empty: write a day as YYYY-MM-DD"):
            ask()
