"""What may follow each word of a command line: commands, verbs, options and their words."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.cli.options import DESCRIBE, Described

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

FILE = "FILE"
"""Stands for names of files among the words of an option."""

FILE_NAMES = ("FILE", "OUT", "DIR", "FILE.md", "NAME|FILE")
"""Values, as the help names them, that are files."""


class CommandOption(NamedTuple):
    """An option.

    Attributes:
        names: its spellings.
        help: its meaning.
        words: what may follow; FILE for names of files; none where anything may.
        takes: whether something follows.
    """

    names: tuple[str, ...]
    help: str
    words: tuple[str, ...]
    takes: bool


class ShellCommand(NamedTuple):
    """A command, or a verb of one: the words that lead to it, and what may follow."""

    path: tuple[str, ...]
    help: str
    verbs: tuple[str, ...]
    options: tuple[CommandOption, ...]
    takes_file: bool


def commands() -> Iterator[ShellCommand]:
    """Every command and verb with its options, as their parsers have them."""
    from detente.cli.main import COMMANDS

    for name, summary in COMMANDS.items():
        yield from _commands((name,), summary, described(name))


def described(command: str, *verbs: str) -> argparse.ArgumentParser:
    """The parser of a command, or of a verb that the command reads by itself.

    Raises:
        LookupError: it has none.
    """
    from detente.cli.main import runner_of

    try:
        runner_of(command)([*verbs, DESCRIBE])
    except Described as found:
        return found.parser
    raise LookupError(f"detente {command} reads its words without a parser")


def _commands(
    path: tuple[str, ...], summary: str, made: argparse.ArgumentParser
) -> Iterator[ShellCommand]:
    from detente.cli.mistyped import parsers_of

    below = parsers_of(made)
    own = tuple(getattr(made, "verbs", ()))
    options = tuple(_options(made))
    takes_file = any(
        not each.option_strings and _words_of(each) == (FILE,) for each in made._actions
    )
    yield ShellCommand(path, summary, (*below, *own), options, takes_file)
    for verb, each in below.items():
        yield from _commands((*path, verb), each.description or "", each)
    for verb in own:
        each = described(*path, verb)
        yield from _commands((*path, verb), each.description or "", each)


def _options(made: argparse.ArgumentParser) -> Iterator[CommandOption]:
    for each in made._actions:
        if each.option_strings:
            help = (each.help or "").replace("%%", "%")
            yield CommandOption(tuple(each.option_strings), help, _words_of(each), each.nargs != 0)


def _words_of(action: argparse.Action) -> tuple[str, ...]:
    """What may follow an option or stand in a place, as far as it is known."""
    if action.choices:
        return tuple(map(str, action.choices))
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if name in FILE_NAMES or name.lower() in ("file", "files", "input", "output"):
        return (FILE,)
    if "|" in name and name.islower():
        return tuple(name.split("|"))
    return ()
