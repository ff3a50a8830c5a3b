"""Codes that the register's lists have not seen: what they inherit, and what stays open.

The lists were read with the built-in editions at hand. A code that first stands in an imported
edition is on none of them by its own digits, and yet the law goes on: a list that names a shorter
code covers it, and where the goods had another code before, they keep what that code was on. Where
the codes before disagree, or none can be named, membership is an open question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.core.figures import dotted
from detente.goods.codes import RATE_LINE
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import Member

Members = dict[str, list[Member]]
HEADING, SUBHEADING = 4, 6
NAMED = 4  # how many codes a sentence names


class OpenList(NamedTuple):
    """A list on which a new code may stand.

    Attributes:
        list: Name of the list.
        rows: The rows by which the code would be on it.
        because: Why it may, as a sentence.
    """

    list: str
    rows: tuple[Member, ...]
    because: str


class Inheritance(NamedTuple):
    """What the lists say of a code that they have not seen.

    Attributes:
        members: The rows of every list that hold for the code, as `Register.members` gives them.
        sources: Digits of the codes that it inherits from.
        lists: Names of the lists whose rows it has from them.
        open: Lists on which it may stand besides, or in another way.
        notes: What a reader must know.
    """

    members: Members
    sources: tuple[str, ...]
    lists: tuple[str, ...]
    open: tuple[OpenList, ...]
    notes: tuple[str, ...]


def inherit(register: Register, schedule: Schedule, code: str) -> Inheritance | None:
    """What a code inherits; None where the lists have seen it, or no edition prints it.

    Args:
        register: Whose lists are asked.
        schedule: The schedule, with imported editions or without.
        code: 8 or 10 digits.
    """
    if not schedule.imported_sha256:
        return None
    first = schedule.first_edition(code)
    if first is None or not first.imported:
        return None
    sources, whole = _sources(schedule, code)
    if sources:
        return _from_sources(register, code, first.id, sources, whole)
    # Where the subheading itself is new, what lies beside it stands under the same heading.
    size = HEADING if _is_new(schedule, code[:SUBHEADING]) else SUBHEADING
    return _from_siblings(register, code, first.id, size)


def _sources(schedule: Schedule, code: str) -> tuple[tuple[str, ...], bool]:
    """Codes that the lists have seen and from which a code came, and whether these are all.

    A code whose own number has no predecessor may have one by its rate line.
    """
    found: dict[str, None] = {}
    whole = True
    left, done = [code], set()
    while left:
        at = left.pop()
        done.add(at)
        before = [move.from_code for move in schedule.predecessors(at) if move.from_code]
        if not before and len(at) > RATE_LINE:
            before = [at[:RATE_LINE]] if _is_new(schedule, at[:RATE_LINE]) else []
        whole = whole and bool(before)
        for each in before:
            if not _is_new(schedule, each):
                found[each] = None
            elif each not in done:
                left.append(each)
    return tuple(sorted(found)), whole


def _is_new(schedule: Schedule, code: str) -> bool:
    first = schedule.first_edition(code)
    return first is not None and first.imported


def _from_sources(
    register: Register, code: str, edition: str, sources: tuple[str, ...], whole: bool
) -> Inheritance:
    """Take over what the codes before were on, where they agree.

    Their rows stand for the code as they are: which row decides rests on the length of its code.
    """
    own = register.members(code)
    states = [register.members(each) for each in sources] + ([] if whole else [own])
    differ = f"The code first stands in {edition}, and the codes before it differ"
    members: Members = {}
    doubtful: list[OpenList] = []
    for name in sorted(set().union(*states)):
        ways = {_distinct(rows): rows for state in states for rows in [state.get(name, [])]}
        # The way with the fewest rows counts for now; every other is an open question.
        first, *others = sorted(ways.values(), key=len)
        if first:
            members[name] = first
        because = f"{differ}: {_codes(sources)}."
        doubtful.extend(OpenList(name, tuple(rows), because) for rows in others)
    doubtful.extend(_parts(register, edition, sources, members))
    lists = tuple(name for name, rows in members.items() if rows != own.get(name))
    if lists:
        place = f" its place on {_titles(register, lists)}"
    else:
        place = "; only shorter codes are on lists" if members else "; they are on no list"
    note = f"{_unseen(code, edition)}: it inherits from {_codes(sources)}{place}."
    return Inheritance(members, sources, lists, tuple(doubtful), (note,))


def _distinct(rows: Iterable[Member]) -> frozenset[tuple[object, ...]]:
    """What rows say, whichever code of the same length they name."""
    return frozenset((len(row.code), *row[2:-1]) for row in rows)


def _parts(
    register: Register, edition: str, sources: Iterable[str], members: Members
) -> Iterator[OpenList]:
    """Lists that name only parts of a code before: the new code may be such a part or not."""
    for source in sources:
        parts: Members = {}
        for digits, name in dict.fromkeys(register.listed_below(source)):
            named = register.members(digits)[name]
            parts.setdefault(name, []).extend(row for row in named if row.code == digits)
        because = (
            f"The code first stands in {edition}, and the list names only a part of "
            f"{dotted(source)}, its code before."
        )
        for name, rows in sorted(parts.items()):
            yield OpenList(name, (*members.get(name, ()), *rows), because)


def _from_siblings(register: Register, code: str, edition: str, size: int) -> Inheritance:
    """Nothing is known of where a code came from: only shorter codes on a list decide."""
    members = register.members(code)
    near: dict[str, dict[str, None]] = {}
    for digits, name in register.listed_below(code[:size]):
        if name not in members:
            near.setdefault(name, {})[digits] = None
    doubtful = []
    for name, siblings in sorted(near.items()):
        named = [row for digits in siblings for row in register.members(digits)[name]]
        rows = tuple(row for row in dict.fromkeys(named) if not row.excepted)
        because = (
            f"The code first stands in {edition}, no code before it can be named, and the list "
            f"holds {_codes(siblings)} beside it."
        )
        if rows:
            doubtful.append(OpenList(name, rows, because))
    held = f"; a shorter code stands on {_titles(register, members)}" if members else ""
    note = f"{_unseen(code, edition)}, and no code before it can be named{held}."
    return Inheritance(members, (), (), tuple(doubtful), (note,))


def _unseen(code: str, edition: str) -> str:
    return f"{dotted(code)} first stands in {edition}, which the register's lists have not seen"


def _codes(digits: Iterable[str]) -> str:
    codes = [dotted(each) for each in dict.fromkeys(digits)]
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return ", ".join(codes[:NAMED]) + more


def _titles(register: Register, names: Iterable[str]) -> str:
    titles = [register.lists[name].title for name in names]
    return f"the list{'s' if len(titles) > 1 else ''} of {'; '.join(titles)}"
