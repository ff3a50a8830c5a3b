"""What people decided of hits: cleared, or truly the listed party; why, by whom, until when.

Decisions stand in the user's folder and are only ever added to. The newest one of a name and a
party counts, as long as its time runs and the party's listings are those that were looked at. A
clearance of other listings, such as those of a past day, leaves an earlier one of these standing.
Where a row has no name, its address stands for one.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from hashlib import sha256

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.stated_days import named_day
from detente.parties.lists.keys import folded, key_of, lists_cell
from detente.store.home import home

if TYPE_CHECKING:
    from detente.answers.parties import PartnerDecision
    from detente.parties.screening.hits import NameHit

    DecidedPlace = tuple[str, str, str, str]

FILE = "decisions.sqlite"

CLEARED, TRUE_MATCH, REOPENED = "cleared", "true_match", "reopened"
VERDICTS = (CLEARED, TRUE_MATCH, REOPENED)
"""Another party than the listed one; the listed one; to be looked at again."""

LAPSED = "lapsed"
"""What a clearance is whose time is over, or whose party's listings changed since."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, country TEXT NOT NULL,
    party TEXT NOT NULL, entry TEXT NOT NULL, lists TEXT NOT NULL, listings TEXT NOT NULL,
    verdict TEXT NOT NULL, why TEXT NOT NULL, by TEXT NOT NULL, decided TEXT NOT NULL,
    until TEXT NOT NULL, keys TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS by_name ON decisions (folded, country, party);
"""

LATER = ("keys", "address")
"""Columns that a file of an earlier edition lacks; it gets them when it is written to."""

STORED = (
    "name", "country", "party", "entry", "lists", "listings", "verdict", "why", "by", "decided",
    "until",
)  # fmt: skip
"""Columns of a decision, in the order of ``Decision`` and of the party in it."""


class ReviewedParty(NamedTuple):
    """A listed party as it was looked at.

    Attributes:
        key: see ``key_of``, of its strictest entry.
        entry: its name there.
        lists: every list it stands on.
        listings: a hash over what its entries say that a decision may rest on.
        keys: of all its entries, since another may become the strictest, and one may go; none of a
            party that was kept with the strictest alone.
    """

    key: str
    entry: str
    lists: str
    listings: str
    keys: tuple[str, ...] = ()


class Decision(NamedTuple):
    """A decision.

    ``until`` is the first day on which it no longer counts, "" for no such day. ``address`` is that
    of a row without a name, of which it is decided; "" where the name says who is meant.
    """

    name: str
    country: str
    party: ReviewedParty
    verdict: str
    why: str
    by: str
    decided: str
    until: str
    address: str = ""


class HitStanding(NamedTuple):
    """How a hit stands: ``state`` is a verdict, ``lapsed``, or "" where nobody decided.

    ``because`` says why a decision lapsed.
    """

    state: str
    decision: Decision | None = None
    because: str = ""


OPEN = HitStanding("")


def party_of(hit: NameHit) -> ReviewedParty:
    """The party of a hit, as it is listed now."""
    described = sorted(
        (
            each.list, each.key, each.since, each.until, each.changed, each.programme,
            each.requirement_text, each.policy_text, each.suspended_from, each.suspended_until,
            tuple(name.text for name in each.names),
        )
        for each in hit.entries
    )  # fmt: skip
    return ReviewedParty(
        key_of(hit.entry),
        hit.entry.names[0].text,
        lists_cell(hit.entries),
        sha256(repr(described).encode()).hexdigest()[:16],
        tuple(map(key_of, hit.entries)),
    )


def mark_of(decision: Decision | None) -> str:
    """What tells a decision from any other; "" for none."""
    if decision is None:
        return ""
    described = repr((*decision[:2], decision.party[:4], *decision[3:]))
    return sha256(described.encode()).hexdigest()[:16]


def check(decision: Decision) -> None:
    """Refuse a decision that cannot be kept.

    Raises:
        ValueError: it has no reason or no name of who took it, an unknown verdict, or a day that is
            none or not after the day on which it is taken.
    """
    if decision.verdict not in VERDICTS:
        raise ValueError(f"verdict {decision.verdict!r}: write {', '.join(VERDICTS)}")
    if not decision.why.strip():
        raise ValueError("why: say what the decision rests on")
    if not decision.by.strip():
        raise ValueError("by: say who decides")
    if decision.until:
        named_day(decision.until, "until")
        if decision.until <= decision.decided:
            raise ValueError(
                f"until {decision.until} is not after {decision.decided}: it is the first day "
                "on which the decision no longer counts"
            )


class ChangedDecisions(NamedTuple):
    """What changed of decisions since some were read.

    Attributes:
        number: of the latest decision; 0 for none.
        names: as they are compared, of which a decision is new or its time ran out; None where
            those that were read are there no longer.
    """

    number: int
    names: list[str] | None


def _rows(file: str, names: Collection[str] | None) -> Iterator[tuple[int, Decision]]:
    """Decisions with their numbers, the oldest first."""
    if not os.path.isfile(file):
        return
    values = []
    with closing(sqlite3.connect(file)) as database:
        lacking = _lacking(database)
        later = ["''" if each in lacking else each for each in LATER]
        query = f"SELECT id, {', '.join((*later, *STORED))} FROM decisions"
        if names is not None:
            query += " WHERE folded IN (SELECT value FROM json_each(?))"
            values.append(json.dumps([folded(each) for each in names]))
        rows = database.execute(f"{query} ORDER BY id", values).fetchall()
    for number, keys, address, name, country, *party, verdict, why, by, decided, until in rows:
        reviewed = ReviewedParty(*party)._replace(keys=tuple(keys.splitlines()))
        yield number, Decision(name, country, reviewed, verdict, why, by, decided, until, address)


def _lacking(database: sqlite3.Connection) -> list[str]:
    """The columns that a file of an earlier edition does not have."""
    held = {row[1] for row in database.execute("PRAGMA table_info(decisions)")}
    return [each for each in LATER if each not in held]


class Decisions:
    """The decisions of the user's folder.

    Attributes:
        number: of the latest decision that was read; 0 for none.
    """

    def __init__(self, file: str = "", names: Collection[str] | None = None) -> None:
        """Read them.

        Args:
            file: another file than that of the user's folder.
            names: of which alone decisions are read, as tables write them; None for all.
        """
        self._file = file or os.path.join(home(), FILE)
        self._latest: dict[DecidedPlace, Decision] = {}
        self._of_entry: dict[DecidedPlace, tuple[int, Decision]] = {}
        self._clearances: dict[DecidedPlace, dict[str, tuple[int, Decision]]] = {}
        self._taken = self.number = 0
        for number, each in _rows(self._file, names):
            self.number = number
            self._take(each)

    @staticmethod
    def changed(number: int, day: str, today: str, file: str = "") -> ChangedDecisions:
        """What changed since decisions were read.

        Args:
            number: of the latest decision then.
            day: ISO day on which they counted.
            today: ISO day on which they count now.
            file: another file than that of the user's folder.
        """
        at = file or os.path.join(home(), FILE)
        if not os.path.isfile(at):
            return ChangedDecisions(0, None if number else [])
        with closing(sqlite3.connect(at)) as database:
            latest = database.execute("SELECT ifnull(max(id), 0) FROM decisions").fetchone()[0]
            found = database.execute(
                "SELECT DISTINCT folded FROM decisions WHERE id > ? OR (until > ? AND until <= ?)",
                (number, min(day, today), max(day, today)),
            )
            return ChangedDecisions(
                latest, None if latest < number else [name for (name,) in found]
            )

    def __len__(self) -> int:
        """How many count by their number, lapsed ones too."""
        return len(self._latest)

    def _take(self, decision: Decision) -> None:
        party = decision.party
        self._latest[_place(decision.name, decision.country, decision.address, party.key)] = (
            decision
        )
        self._taken += 1
        for place in _places(decision.name, decision.country, party, decision.address):
            self._of_entry[place] = self._taken, decision
            if decision.verdict == CLEARED:
                self._clearances.setdefault(place, {})[party.listings] = self._taken, decision
            else:
                self._clearances.pop(place, None)

    def counts(self, decision: Decision) -> bool:
        """Whether a decision is the latest of its name and an entry of its party, and stands.

        A clearance may be the latest of its listings alone.
        """
        if decision.verdict == REOPENED:
            return False
        party = decision.party
        places = _places(decision.name, decision.country, party, decision.address)
        if decision.verdict == CLEARED:
            found = [self._clearances.get(each, {}).get(party.listings) for each in places]
            return any(each is not None and each[1] == decision for each in found)
        return any(self._of_entry[each][1] == decision for each in places)

    def of_entry(self, name: str, country: str, key: str, address: str = "") -> Decision | None:
        """The latest decision on a name and the party that had an entry with a key then."""
        found = self._of_entry.get(_place(name, country, address, key))
        return None if found is None else found[1]

    def history(self) -> Iterator[Decision]:
        """Every decision that was ever taken, the oldest first."""
        return (each for _, each in _rows(self._file, None))

    def add(self, *decisions: Decision) -> None:
        """Keep decisions, all of them or none.

        Raises:
            ValueError: see ``check``.
        """
        for decision in decisions:
            check(decision)
        os.makedirs(os.path.dirname(self._file), mode=0o700, exist_ok=True)
        with closing(sqlite3.connect(self._file)) as database, database:
            database.executescript(SCHEMA)
            database.execute("BEGIN IMMEDIATE")
            for each in _lacking(database):
                database.execute(
                    f"ALTER TABLE decisions ADD COLUMN {each} TEXT NOT NULL DEFAULT ''"
                )
            database.executemany(
                "INSERT INTO decisions (name, folded, country, party, entry, lists, listings, "
                "verdict, why, by, decided, until, keys, address) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(each.name, folded(each.name), each.country, *each.party[:4], each.verdict,
                  each.why.strip(), each.by.strip(), each.decided, each.until,
                  "\n".join(each.party.keys), each.address)
                 for each in decisions],
            )  # fmt: skip
        for decision in decisions:
            self._take(decision)

    def latest(
        self, name: str, country: str, party: ReviewedParty, address: str = ""
    ) -> Decision | None:
        """The latest decision on a name and a party, whichever entries it had then."""
        asked = _places(name, country, party, address)
        found = [self._of_entry[each] for each in asked if each in self._of_entry]
        return max(found)[1] if found else None

    def _speaks(
        self, name: str, country: str, party: ReviewedParty, address: str
    ) -> Decision | None:
        """The decision that is to be asked of a party as it is listed.

        It is the latest, but where that cleared other listings an earlier clearance of these.
        """
        latest = self.latest(name, country, party, address)
        if latest is None or latest.verdict != CLEARED:
            return latest
        asked = _places(name, country, party, address)
        found = [self._clearances.get(each, {}).get(party.listings) for each in asked]
        return max((each for each in found if each is not None), default=(0, latest))[1]

    def standing(
        self, name: str, country: str, party: ReviewedParty, today: str, address: str = ""
    ) -> HitStanding:
        """How a hit of a name stands.

        Args:
            name: as the table writes it.
            country: of the row, "" for none.
            party: the listed party, as it is listed now.
            today: ISO day.
            address: of a row without a name; "" where the name says who is meant.
        """
        found = self._speaks(name, country, party, address)
        if found is None or found.verdict == REOPENED:
            return OPEN if found is None else HitStanding("", found)
        if found.until and today >= found.until:
            return HitStanding(LAPSED, found, f"it counted until {found.until}")
        if found.verdict == CLEARED and found.party.listings != party.listings:
            return HitStanding(LAPSED, found, "the party's listings changed since")
        return HitStanding(found.verdict, found)


def _place(name: str, country: str, address: str, key: str) -> DecidedPlace:
    """Where decisions on a name and an entry stand."""
    return folded(name), country, folded(address), key


def _places(name: str, country: str, party: ReviewedParty, address: str) -> set[DecidedPlace]:
    """Where decisions on a name and any entry of a party stand."""
    return {_place(name, country, address, each) for each in (party.key, *party.keys)}


COLUMNS = (
    "name", "country", "entry", "lists", "party", "verdict", "why", "by", "decided", "until",
    "address",
)  # fmt: skip
"""Columns of decisions in a file."""


def rows_of(decisions: Iterable[Decision]) -> Iterator[tuple[str, ...]]:
    """Decisions as rows under ``COLUMNS``."""
    for each in decisions:
        yield tuple(str(cell) for cell in decision_row(each).values())


def decision_row(decision: Decision) -> PartnerDecision:
    """A decision under the keys of the interface."""
    party = decision.party
    return {
        "name": decision.name,
        "country": decision.country,
        "entry": party.entry,
        "lists": party.lists,
        "party": party.key,
        "verdict": decision.verdict,
        "why": decision.why,
        "by": decision.by,
        "decided": decision.decided,
        "until": decision.until,
        "address": decision.address,
    }
