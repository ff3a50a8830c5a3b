"""Options that several commands share, and how they are read."""

from __future__ import annotations

import argparse
from itertools import pairwise

from detente._shapes import TYPE_CHECKING
from detente.core.stated import pairs as pairs
from detente.core.stated import quantities as quantities
from detente.questions import common
from detente.questions.parameters import DAY, SHELL, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn


DRY_RUN = Parameter("dry_run", "say what would change, and keep nothing", kind="flag", where=SHELL)
"""Of a command that keeps something."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as it is written: asking the terminal for its width costs on every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=96)


DESCRIBE = "--describe-options"
"""The word that asks a parser for itself: the completion of a shell is made of what it declares."""


class Described(SystemExit):
    """A parser that was asked for itself, raised where it would have read words."""

    def __init__(self, parser: HintingParser) -> None:
        super().__init__(0)
        self.parser = parser


class HintingParser(argparse.ArgumentParser):
    """A parser whose refusals name the option or word that was meant.

    Attributes:
        verbs: words that may stand first, where the command reads them by itself.
    """

    verbs: tuple[str, ...] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read words, and remember them for a refusal."""
        self._words = list(args or ())
        if self._words == [DESCRIBE]:
            raise Described(self)
        if any(word[:1] == "-" != word[1:2] and len(word) > len("-o") for word in self._words):
            from detente.cli.mistyped import single_dash

            if hint := single_dash(self, self._words):
                self._refuse(hint)
        found = super().parse_known_args(args, namespace)
        if "" in self._words or any(word[-1:] == "=" for word in self._words):
            self._refuse_empty_days()
        return found

    def _refuse_empty_days(self) -> None:
        """Refuse a day that is given and empty, which would be read as none, and so as today."""
        given = {*pairwise(self._words)}
        for action in self._actions:
            for each in action.option_strings if action.metavar == DAY else ():
                if (each, "") in given or f"{each}=" in self._words:
                    self._refuse(
                        f"{each} is empty, as where a variable of the shell is not set: write a "
                        "day as YYYY-MM-DD, or leave it out"
                    )

    def error(self, message: str) -> NoReturn:
        """Refuse: an option that there is not comes before what it leaves missing."""
        from detente.cli.mistyped import hint_of

        hint = hint_of(self, self._words)
        from detente.cli.mistyped import in_words

        self._refuse(hint or in_words(self, message))

    def _refuse(self, hint: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {hint}\n`{self.prog} --help` lists the options.\n")


def parser(
    command: str, summary: str, examples: str, verbs: Iterable[str] = ()
) -> argparse.ArgumentParser:
    """A parser with examples at the end of its help.

    Args:
        command: after ``detente``.
        summary: what it does.
        examples: command lines.
        verbs: words that may stand first and that the command reads by itself.
    """
    named = tuple(verbs)
    if named:
        summary += f"\n\nverbs: {', '.join(named)}; `detente {command} VERB --help` tells of one"
    made = HintingParser(
        prog=f"detente {command}",
        description=summary,
        epilog=f"examples:\n{_examples_of(command, examples)}",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    made.verbs = named
    return made


def _examples_of(command: str, examples: str) -> str:
    """The examples of a verb, where it shares those of its command; what stands below them."""
    if " " not in command:
        return examples
    lines, blank, below = examples.partition("\n\n")
    each = lines.replace("\n  detente ", "\0  detente ").split("\0")
    own = [example for example in each if example.startswith(f"  detente {command}")]
    return "\n".join(own or each) + blank + below


def add(options: argparse.ArgumentParser, parameters: Iterable[Parameter]) -> None:
    """Give a parser parameters as they are declared, in their order."""
    groups: dict[str, argparse._MutuallyExclusiveGroup] = {}
    for each in parameters:
        within: argparse._ActionsContainer = options
        if each.either:
            if each.either not in groups:
                groups[each.either] = options.add_mutually_exclusive_group(required=True)
            within = groups[each.either]
        within.add_argument(*each.options, **_settings(each))


def _settings(each: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if each.help:
        found["help"] = each.help
    if each.kind == "flag":
        return {**found, "action": "store_true"}
    if each.metavar:
        found["metavar"] = each.metavar
    if each.kind == "number":
        found["type"] = int
    if each.choices:
        found["choices"] = each.choices
    if each.by_place:
        if each.many:
            found["nargs"] = "+" if each.is_required else "*"
        elif not each.needed:
            found["nargs"] = "?"
        return found
    if each.many:
        found |= {"action": "append", "default": []}
    else:
        found["default"] = each.default
    if each.is_required:
        found["required"] = True
    return {**found, "dest": each.name}


def add_scenario_option(options: argparse.ArgumentParser) -> None:
    """What is supposed: a scenario of the register, or one from a file; and by which reading."""
    add(options, (common.SCENARIO, common.READING))


def add_reading_option(options: argparse.ArgumentParser) -> None:
    """By which reading: law as enacted, or with what was only announced."""
    add(options, (common.READING,))
