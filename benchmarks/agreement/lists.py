"""Our lists of goods beside those that another keeps, line by line of the schedule.

Each pair of lists.yaml names a table of codes, the lists of the register that say the same, and a
day. A line that only one of them holds has a decision in the pair, by the beginning of its code; a
decision says how many lines it was about when it was read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Set
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from detente.batch.engine.engine import Engine
from detente.batch.panels.panel import Panel
from detente.core.clock import last_minute_of
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.lists import membership, prefixes
from detente.register.load.yaml_reader import YamlNode, read_yaml
from detente.register.model import Member

PAIRS = Path(__file__).with_name("lists.yaml")
SIDES = ("ours", "theirs")
COMMENT = "#"


class Decision(NamedTuple):
    """Lines that only one side holds, and why.

    Attributes:
        side: who holds them.
        codes: beginnings of their codes; all lines of that side where none is named.
        lines: how many they were.
        why: the decision; ours is right in all.
    """

    side: str
    codes: tuple[str, ...]
    lines: int
    why: str


class Pair(NamedTuple):
    """A list of another's beside ours."""

    name: str
    file: str
    column: str
    where: dict[str, tuple[str, ...]]
    ours: tuple[str, ...]
    on: str
    decisions: tuple[Decision, ...]


class Compared(NamedTuple):
    """A pair, compared: lines that both hold, those that one holds, and what is to be looked at."""

    pair: Pair
    both: int
    only: dict[str, list[str]]
    faults: list[str]


def pairs() -> list[Pair]:
    """The pairs of lists.yaml."""
    return [_pair(item) for item in read_yaml(PAIRS).items()]


def _pair(item: YamlNode) -> Pair:
    keys = ("name", "file", "column", "where", "ours", "on", "differ")
    given = item.mapping(keys, ("name", "file", "ours", "on"))
    where = given["where"].entries() if "where" in given else {}
    differ = given["differ"].items() if "differ" in given else []
    return Pair(
        given["name"].text(),
        given["file"].text(),
        given["column"].text() if "column" in given else "",
        {key: tuple(each.raw for each in value.one_or_many()) for key, value in where.items()},
        tuple(each.text() for each in given["ours"].one_or_many()),
        given["on"].raw,
        tuple(_decision(each) for each in differ),
    )


def _decision(item: YamlNode) -> Decision:
    given = item.mapping(("side", "codes", "lines", "why"), ("side", "lines", "why"))
    codes = given["codes"].one_or_many() if "codes" in given else []
    return Decision(
        given["side"].word(SIDES),
        tuple(_digits(each.raw) for each in codes),
        int(given["lines"].raw),
        given["why"].text(),
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def compared() -> Iterator[Compared]:
    """Each pair whose table is at hand."""
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        return
    lists = _members(Register.built_in())
    for pair in pairs():
        path = Path(folder, pair.file)
        if path.exists():
            lines = _lines(pair.on)
            theirs = _theirs(pair, path, lines)
            yield _compare(pair, _ours(pair, lists, lines), theirs)


def _compare(pair: Pair, ours: set[str], theirs: set[str]) -> Compared:
    only = {"ours": sorted(ours - theirs), "theirs": sorted(theirs - ours)}
    left, faults = {side: set(codes) for side, codes in only.items()}, []
    for each in pair.decisions:
        about = {code for code in left[each.side] if not each.codes or code.startswith(each.codes)}
        left[each.side] -= about
        if len(about) != each.lines:
            which = f"{each.side} alone, {', '.join(each.codes) or 'all others'}"
            faults.append(f"{pair.name}: {which}: {len(about)} lines, {each.lines} were read")
    for side, codes in left.items():
        if codes:
            some = ", ".join(sorted(codes)[:5])
            faults.append(f"{pair.name}: {len(codes)} lines of {side} alone have no reason: {some}")
    return Compared(pair, len(ours & theirs), only, faults)


def _members(register: Register) -> dict[str, dict[str, list[Member]]]:
    found: dict[str, dict[str, list[Member]]] = {}
    for member in register.all_members():
        found.setdefault(member.list, {}).setdefault(member.code, []).append(member)
    return found


@cache
def _lines(on: str) -> dict[str, list[str]]:
    """The lines of the schedule on a day, with the prefixes of each."""
    following = date.fromisoformat(on) + timedelta(days=1)
    return {code: prefixes(code) for code in Panel(_engine(), on, following.isoformat()).codes}


@cache
def _engine() -> Engine:
    return Engine(Register.built_in(), Schedule())


def _ours(
    pair: Pair, lists: dict[str, dict[str, list[Member]]], lines: dict[str, list[str]]
) -> set[str]:
    minute = last_minute_of(pair.on)
    found = set()
    for name in pair.ours:
        members = lists[name]
        for code in _named(members.keys(), lines):
            rows = [row for each in lines[code] for row in members.get(each, ())]
            if membership(rows, minute).listed is not False:
                found.add(code)
    return found


def _named(codes: Set[str], lines: dict[str, list[str]]) -> list[str]:
    """The lines of which a prefix is among the codes."""
    return [line for line, heads in lines.items() if not codes.isdisjoint(heads)]


def _theirs(pair: Pair, path: Path, lines: dict[str, list[str]]) -> set[str]:
    text = path.read_text(encoding="utf-8").splitlines()
    rows = [line for line in text if line and not line.startswith(COMMENT)]
    if pair.column:
        table = csv.DictReader(rows)
        wanted = pair.where.items()
        rows = [row[pair.column] for row in table if all(row[key] in of for key, of in wanted)]
    codes = {_digits(row) for row in rows}
    return {*_named(codes, lines)}
