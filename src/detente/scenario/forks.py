"""A tree of scenarios: branches that part on dated days, with the user's probabilities.

    name: november
    note: what parts the branches
    at: 2026-11-10
    branches:
      - name: extended
        probability: "60%"
        scenario: truce-extended
        then:
          at: 2027-01-10
          branches:
            - {name: lapses, probability: 1/2, scenario: law}
            - {name: goes on, probability: 1/2, events: [{do: extend, …}]}
      - {name: lapses, probability: "40%", scenario: truce-lapses}
    holding: {share_a_day: "0.02%", dollars_a_day: "12"}
    uncertain:
      elasticity: {uniform: ["1", "3"]}
      pass_through: {triangular: ["0.6", "0.9", "1"]}

A branch is a scenario by its name or file, events of its own, or ``law``: nothing added. What it
supposes lies over what the branches above it suppose, and may change no day before its fork.
Probabilities come from the file alone; those of a fork add up to one, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from detente._callable import ask_by_name
from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_number, day_text
from detente.core.figures import percent
from detente.core.missing_files import no_file
from detente.register.book import Register
from detente.register.load.yaml_reader import YamlNode, parse_yaml
from detente.scenario.changes import changes
from detente.scenario.scenario import (
    Scenario,
    find_scenario,
    touched,
    with_scenario,
)

ask_by_name(__name__)

LAW = "law"
KEYS = ("name", "note", "at", "branches", "holding", "uncertain")
BRANCH = ("name", "probability", "scenario", "events", "note", "then")
SHAPES = {"fixed": 1, "uniform": 2, "triangular": 3, "sample": 0}
"""Distributions by the count of their numbers; 0 for any."""

DEPTH = 8
NUMBER = re.compile(r"(?P<top>\d+(\.\d+)?)(/(?P<bottom>\d+)|(?P<percent>%))?")


class Spread(NamedTuple):
    """A distribution of the user's: its shape and its numbers.

    ``fixed`` is one number, ``uniform`` lies between two, ``triangular`` has low, mode and high,
    ``sample`` takes each of its numbers equally often.
    """

    shape: str
    numbers: tuple[Fraction, ...]


class Branch(NamedTuple):
    """One way on from a fork; ``scenario`` is None where nothing is added to the law."""

    name: str
    odds: str
    probability: Fraction
    scenario: Scenario | None
    then: Fork | None
    item: YamlNode


class Fork(NamedTuple):
    """A day on which branches part."""

    at: str
    branches: tuple[Branch, ...]


class Tree(NamedTuple):
    """A tree as read.

    Attributes:
        name: what it is called.
        note: what it is about.
        fork: its first fork.
        share_a_day: what holding goods costs a day, as a share of their value.
        dollars_a_day: what holding them costs a day besides.
        elasticity: how imports answer their price; None where the user gives none.
        pass_through: the part of a duty that the buyer bears; None where the user gives none.
    """

    name: str
    note: str
    fork: Fork
    share_a_day: Fraction
    dollars_a_day: Fraction
    elasticity: Spread | None
    pass_through: Spread | None


class Leaf(NamedTuple):
    """One way through a tree to its end: names, joint probability, and the register there.

    ``odds`` are the probabilities of its branches as the user wrote them.
    """

    path: tuple[str, ...]
    odds: tuple[str, ...]
    probability: Fraction
    register: Register


def read_tree(register: Register, path: Path) -> Tree:
    """A tree from its file.

    Args:
        register: the register whose scenarios branches may name.
        path: a YAML file; scenario files are looked for beside it.

    Raises:
        RegisterError: the file is not a tree; the message says line and what to do.
        FileNotFoundError: there is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(no_file(path, "name a tree of scenarios"))
    return tree_of(register, path.read_bytes(), path.name, path.parent)


def tree_of(register: Register, data: bytes, name: str, folder: Path | None = None) -> Tree:
    """A tree from the bytes of its file.

    Args:
        register: the register whose scenarios branches may name.
        data: YAML.
        name: of the file, for messages.
        folder: where scenario files are looked for; None where branches may name none.

    Raises:
        RegisterError: the bytes are not a tree; the message says line and what to do.
    """
    root = parse_yaml(data, name)
    entries = root.mapping(KEYS, ("name", "at", "branches"))
    reader = _ForkReader(register, data.decode("utf-8"), folder)
    share, dollars = _holding(entries["holding"]) if "holding" in entries else (Fraction(0),) * 2
    elasticity, pass_through = None, None
    if "uncertain" in entries:
        spreads = entries["uncertain"].mapping(("elasticity", "pass_through"))
        if "elasticity" in spreads:
            elasticity = _spread(spreads["elasticity"])
        if "pass_through" in spreads:
            pass_through = _spread(spreads["pass_through"])
            if max(pass_through.numbers) > 1:
                spreads["pass_through"].fail(
                    "a buyer bears at most the whole duty", "Write numbers from 0 to 1"
                )
    return Tree(
        name=entries["name"].text(),
        note=entries["note"].text() if "note" in entries else "",
        fork=reader.fork(entries, None, 1),
        share_a_day=share,
        dollars_a_day=dollars,
        elasticity=elasticity,
        pass_through=pass_through,
    )


class _ForkReader:
    """Reads forks and their branches; ``text`` of the file goes into the hash of each branch."""

    def __init__(self, register: Register, text: str, folder: Path | None) -> None:
        self._register = register
        self._folder = folder
        self._text = text

    def fork(self, entries: dict[str, YamlNode], after: str | None, depth: int) -> Fork:
        at = _day(entries["at"])
        if after is not None and at <= after:
            entries["at"].fail(
                f"this fork lies on {at}, not after the one above it", f"Write a day after {after}"
            )
        if depth > DEPTH:
            entries["at"].fail(f"forks lie {depth} deep", f"{DEPTH} are the most")
        branches = tuple(self._branch(each, at, depth) for each in entries["branches"].items())
        names = [branch.name for branch in branches]
        for branch in branches:
            if names.count(branch.name) > 1:
                branch.item.fail(f"two branches are called `{branch.name}`", "Name them apart")
        whole = sum((branch.probability for branch in branches), Fraction(0))
        if whole != 1:
            entries["branches"].fail(
                f"the probabilities of this fork add up to {_words(whole)}",
                "They add up to 1, exactly; a third is written 1/3",
            )
        return Fork(at, branches)

    def _branch(self, item: YamlNode, at: str, depth: int) -> Branch:
        entries = item.mapping(BRANCH, ("name",))
        name = entries["name"].text()
        if "probability" not in entries:
            item.fail(
                f"the branch `{name}` has no probability",
                "Write your own, such as probability: 40%; none is supplied here",
            )
        probability = _number(entries["probability"], "a probability")
        if probability > 1:
            entries["probability"].fail("a probability is at most 1", "Write 40%, 0.4 or 2/5")
        then = None
        if "then" in entries:
            further = entries["then"].mapping(("at", "branches"), ("at", "branches"))
            then = self.fork(further, at, depth + 1)
        return Branch(
            name, entries["probability"].raw, probability, self._scenario(entries, item, name),
            then, item,
        )  # fmt: skip

    def _scenario(self, entries: dict[str, YamlNode], item: YamlNode, name: str) -> Scenario | None:
        if ("scenario" in entries) == ("events" in entries):
            item.fail(
                f"the branch `{name}` says nothing of its own, or two things",
                "Write scenario: NAME, a file or law; or events:",
            )
        if "events" in entries:
            return Scenario(
                name, "", (), (), (), tuple(entries["events"].items()), f"{name} {self._text}"
            )
        word = entries["scenario"].text()
        if word == LAW:
            return None
        if self._folder is not None and word not in self._register.scenarios:
            beside = self._folder / word
            word = str(beside) if beside.is_file() else word
        try:
            return find_scenario(self._register, word)
        except FileNotFoundError as error:
            entries["scenario"].fail(str(error), "Name one of them, a file beside this, or law")


def leaves(register: Register, fork: Fork) -> list[Leaf]:
    """Every way through a fork to an end, with the register at it.

    Raises:
        RegisterError: a branch cannot be, or changes days before its fork.
    """
    return list(_leaves(register, fork, (), (), Fraction(1)))


def _leaves(
    register: Register,
    fork: Fork,
    path: tuple[str, ...],
    odds_so_far: tuple[str, ...],
    probability: Fraction,
) -> Iterator[Leaf]:
    for branch in fork.branches:
        here = register if branch.scenario is None else _grown(register, fork, branch)
        way = (*path, branch.name)
        odds = (*odds_so_far, branch.odds)
        joint = probability * branch.probability
        if branch.then is None:
            yield Leaf(way, odds, joint, here)
        else:
            yield from _leaves(here, branch.then, way, odds, joint)


def _grown(register: Register, fork: Fork, branch: Branch) -> Register:
    """The register of a branch, once it is sure that days before the fork are as they were."""
    assert branch.scenario is not None
    grown = with_scenario(register, branch.scenario)
    found = changes(register, grown, touched(register, branch.scenario))
    first = min((change.start for change in found), default=None)
    if first is not None and first < day_number(fork.at) * MINUTES:
        change = next(each for each in found if each.start == first)
        branch.item.fail(
            f"the branch `{branch.name}` changes {change.measure.id} from "
            f"{day_text(first // MINUTES)}, before its fork on {fork.at}",
            "Let its events begin on the day of the fork or later",
        )
    return grown


def _holding(item: YamlNode) -> tuple[Fraction, Fraction]:
    entries = item.mapping(("share_a_day", "dollars_a_day"))
    return (
        _number(entries["share_a_day"], "a share") if "share_a_day" in entries else Fraction(0),
        _number(entries["dollars_a_day"], "an amount")
        if "dollars_a_day" in entries
        else Fraction(0),
    )


def _spread(item: YamlNode) -> Spread:
    entries = item.mapping(tuple(SHAPES))
    if len(entries) != 1:
        item.fail("a distribution has one shape", f"Write one of {', '.join(SHAPES)}")
    shape, numbers_node = next(iter(entries.items()))
    numbers = tuple(_number(each, "a number") for each in numbers_node.one_or_many())
    count = SHAPES[shape]
    if (count and len(numbers) != count) or not numbers:
        numbers_node.fail(
            f"{shape} takes {count or 'some'} numbers", "Write them as a list, low first"
        )
    if shape != "sample" and list(numbers) != sorted(numbers):
        numbers_node.fail(f"the numbers of {shape} do not rise", "Write the low one first")
    return Spread(shape, numbers)


def _number(item: YamlNode, what: str) -> Fraction:
    """A number from zero: 0.4, 2/5 or 40%."""
    found = NUMBER.fullmatch(item.raw.strip())
    bottom = int(found["bottom"] or 1) if found else 0
    if found is None or not bottom:
        item.fail(f"`{item.raw}` is not {what}", "Write 0.4, 2/5 or 40%")
    value = Fraction(found["top"]) / bottom
    return value / 100 if found["percent"] else value


def _day(item: YamlNode) -> str:
    text = item.raw.strip()
    try:
        return day_text(day_number(text))
    except ValueError:
        item.fail(f"`{text}` is not a day", "Write it as YYYY-MM-DD")


def _words(number: Fraction) -> str:
    whole = (number * 100).denominator == 1
    return percent(number) if whole else f"{number} ({percent(number)})"
