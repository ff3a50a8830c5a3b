"""What was meant by an option or a word that a command does not have."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence

from detente.core.synonyms import meant
from detente.core.vocabulary import nearest

LONG_DASHES = ("\u2014", "\u2013")
"""What writing programs make of two hyphens."""

DASHES = "-\u2014\u2013"

FEW = 8
"""As many words are listed where none is near."""


def hint_of(parser: argparse.ArgumentParser, words: Sequence[str]) -> str:
    """What is wrong with words and what was meant; empty where no word is unknown.

    Args:
        parser: what refused them.
        words: as they were given to it.
    """
    known = {option for each in all_parsers(parser) for option in each._option_string_actions}
    for word in words:
        if word == "--":
            break
        name = word.partition("=")[0]
        if name.startswith(("--", *LONG_DASHES)) and name not in known:
            return f"there is no option {name}{_option_near(parser, name.lstrip(DASHES), known)}"
    verbs = verbs_of(parser)
    first = next((word for word in words if not word.startswith("-")), "")
    if verbs and first and first not in verbs and not _takes_words(parser):
        return f"{first!r} is none of its verbs{_near(first, verbs) or _all(verbs)}"
    return ""


def in_words(parser: argparse.ArgumentParser, message: str) -> str:
    """What a parser refuses, as people say it, with the first example of its command.

    Args:
        parser: what refused.
        message: its own, in the words of the standard library.
    """
    example = f"\nSuch as: {_example(parser)}" if _example(parser) else ""
    if found := re.fullmatch(r"the following arguments are required: (.+)", message):
        names = [
            each.replace("/--", " or --") if each.startswith("-") else each.upper()
            for each in found[1].split(", ")
        ]
        return f"give {' and '.join(names)}{example}"
    if found := re.fullmatch(r"one of the arguments (.+) is required", message):
        return f"give {' or '.join(found[1].split())}{example}"
    if found := re.fullmatch(r"unrecognized arguments: (.+)", message):
        return (
            f"{found[1]!r} is more than is read here: a value follows its option, and one with "
            f"blanks stands in quotes{example}"
        )
    if found := re.fullmatch(r"argument (\S+): invalid int value: (.+)", message):
        return f"{found[1].rpartition('/')[2]} is a whole number, not {found[2]}"
    if found := re.fullmatch(r"argument (\S+): expected one argument", message):
        return f"{found[1].rpartition('/')[2]} needs a value after it{example}"
    return f"{message}{example}"


def _example(parser: argparse.ArgumentParser) -> str:
    """The first example of a command's help; "" where it has none."""
    lines = (parser.epilog or "").splitlines()
    return next((line.strip() for line in lines if line.strip().startswith("detente ")), "")


def single_dash(parser: argparse.ArgumentParser, words: Sequence[str]) -> str:
    """A long option behind one dash, which would be read as a short one with a value; or ""."""
    known = {option for each in all_parsers(parser) for option in each._option_string_actions}
    for word in words:
        name = word.partition("=")[0]
        if name.startswith("-") and f"-{name}" in known and name not in known:
            return f"there is no option {name}: did you mean -{name}?"
    return ""


def _option_near(parser: argparse.ArgumentParser, name: str, known: Iterable[str]) -> str:
    """The options that a name was meant to be, or the word that stands without one."""
    # Dashes are alike in all of them, and would make any two look near.
    options = {each.lstrip("-"): each for each in sorted(known, reverse=True)}
    places = {
        action.dest: action.metavar or action.dest.upper()
        for each in all_parsers(parser)
        for action in each._actions
        if not action.option_strings and not isinstance(action, argparse._SubParsersAction)
    }
    near = meant(name, [each for each in (*options, *places) if len(each) > 1])
    shown = [options[each] for each in near if each in options]
    if shown:
        return f": did you mean {' or '.join(shown)}?"
    if near:
        return f": {places[near[0]]} stands by itself, without an option before it"
    return ""


def all_parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its verbs."""
    yield parser
    for each in parsers_of(parser).values():
        yield from all_parsers(each)


def parsers_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the verbs of a parser, by verb."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found.update(action.choices)
    return found


def verbs_of(parser: argparse.ArgumentParser) -> list[str]:
    """The verbs of a parser, its own and those that its command reads by itself."""
    return [*parsers_of(parser), *getattr(parser, "verbs", ())]


def _takes_words(parser: argparse.ArgumentParser) -> bool:
    """Whether a first word may be anything."""
    return any(
        not action.option_strings and not isinstance(action, argparse._SubParsersAction)
        for action in parser._actions
    )


def _near(word: str, known: Sequence[str]) -> str:
    near = nearest(word, sorted(known), 1)
    return f": did you mean {near[0]}?" if near else ""


def _all(words: Sequence[str]) -> str:
    more = f" and {len(words) - FEW} more" if len(words) > FEW else ""
    return f": there are {', '.join(words[:FEW])}{more}"
