"""Taking decisions on names and listed parties, as lists have them: one, or those of a table."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.stated_days import named_day
from detente.core.tables.cells import as_before_csv_safe
from detente.parties.lists.keys import folded, key_of
from detente.parties.masters.columns import open_master
from detente.parties.masters.decisions import (
    COLUMNS,
    REOPENED,
    Decision,
    Decisions,
    check,
    decision_row,
    mark_of,
    party_of,
)
from detente.parties.masters.row_countries import country_meant, rows_of_names
from detente.parties.masters.screened import SHOWN, no_name
from detente.parties.screening.listed.addresses import CALLED
from detente.parties.screening.party import hit_of_key, key_of_text
from detente.parties.screening.queries import known_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from detente.parties.masters.decisions import ReviewedParty
    from detente.parties.masters.row_countries import NamedRow
    from detente.parties.screening.store import Screen


class StatedDecision(NamedTuple):
    """A decision as somebody states it.

    Attributes:
        name: as the table writes it.
        country: of its row: a code, a name of the country, or "".
        party: the key of a listed party that the name comes close to, such as EL-1a2b3c4d.
        verdict: see ``decisions.VERDICTS``.
        why: what it rests on.
        by: who decides.
        until: ISO day, the first on which it no longer counts; "" for none.
        address: of the row, where it has no name, or what stands in place of one.
    """

    name: str
    country: str
    party: str
    verdict: str
    why: str
    by: str
    until: str = ""
    address: str = ""


DECIDED = "decided"
"""A column of decisions that were taken; a row of a table that states one anew has none."""

NEEDED, ALSO = ("name", "party", "verdict", "why", "by"), ("country", "until", "address")
"""Columns of a table of decisions: those that it must have, and those that it may."""


OF_SEVERAL = "; of a row with several names write the one that found the party, as `why` tells it"
"""What is said where a name comes close to another party, and rows have it."""


class UnknownPartyError(ValueError):
    """A name comes close to no party with the key that is stated, such as one that has gone."""


def reviewed(
    screen: Screen,
    name: str,
    country: str,
    party: str,
    then: Collection[str] = (),
    at: Collection[str] | None = None,
) -> ReviewedParty:
    """The party with a key that a name comes close to, or that is the address of its row.

    Args:
        screen: the lists of the day.
        name: as a table writes it; it may be none where an address is stated.
        country: of its row, or "".
        party: the key.
        then: keys of the entries that the party had when it was decided on; one may have gone.
        at: addresses of the rows that are meant; None where they are not known.

    Raises:
        UnknownPartyError: the name comes close to others alone.
    """
    near_to = [] if no_name(screen, name) else screen.parties(name, country or None, SHOWN)
    for address in dict.fromkeys(at or ()):
        near_to += screen.with_addresses([], name, address, SHOWN)
    hits = [party_of(hit) for hit in near_to]
    found = next((each for each in hits if party in (each.key, *each.keys)), None)
    if found is None:
        found = next((each for each in hits if set(then) & {each.key, *each.keys}), None)
    if found is not None:
        return found
    # Whoever stands at a listed address came close to it by no name.
    hit = hit_of_key(screen, party)
    if at is None and hit is not None and is_address(party_of(hit)):
        return party_of(hit)
    near = ", ".join(f"{each.key} ({each.entry})" for each in hits)
    places = {each for each in at or () if each.strip()}
    told = " at ".join(
        map(repr, filter(None, (name.strip(), *(places if len(places) == 1 else ()))))
    )
    # Rows that are kept may have found it by another of their names.
    further = OF_SEVERAL if at else ""
    if near:
        raise UnknownPartyError(f"{told} does not come close to {party!r}, but to {near}{further}")
    wrong = f"{told} comes close to no listed party, and so not to {party!r}"
    if hit is not None and is_address(party_of(hit)) and not at:
        wrong += f" ({party_of(hit).entry}): state the address of its row, too (`address`)"
    raise UnknownPartyError(f"{wrong}{further}")


def is_address(party: ReviewedParty) -> bool:
    """Whether a listed party is an address, at which whoever stands is meant."""
    return CALLED.fullmatch(party.entry) is not None


class TakenDecision(NamedTuple):
    """A decision that is kept, and the rows of kept tables for which it counts."""

    decision: Decision
    rows: list[NamedRow]


class _Deciding:
    """What decisions are checked against: lists, kept decisions and rows of kept tables."""

    def __init__(self, screen: Screen, today: str, names: Collection[str]) -> None:
        self._screen, self._today = screen, today
        self._rows = rows_of_names(names)
        self.kept = Decisions()

    def made(
        self,
        stated: StatedDecision,
        shown: Collection[ReviewedParty] | None = None,
        seen: str | None = None,
        is_past: bool = False,
    ) -> TakenDecision:
        """A decision as it is to be kept; see ``decide``.

        One that was taken elsewhere is about rows of a table that need not be kept here.
        """
        country = known_country(stated.country) or ""
        key = key_of_text(self._screen, stated.party)
        stated = stated._replace(party=key or stated.party)
        address, rows = self._meant(stated)
        before = self.kept.of_entry(stated.name, country, stated.party, address)
        then = () if before is None else (before.party.key, *before.party.keys)
        at = _addresses(stated, rows, shown, is_past or before is not None)
        try:
            party = reviewed(self._screen, stated.name, country, stated.party, then, at)
        except UnknownPartyError:
            # What was decided of a party that has left the lists can still be taken back.
            if before is None or stated.verdict != REOPENED:
                raise
            party = before.party
        stands = self.kept.standing(stated.name, country, party, self._today, address).decision
        if seen is not None and seen != mark_of(stands):
            raise ValueError(_decided_meanwhile(stands))
        keys = {party.key, *party.keys}
        same = [each for each in shown or () if keys & {each.key, *each.keys}]
        if same and party.listings not in [each.listings for each in same]:
            raise ValueError(
                f"the listings of {party.entry} are not those that the table was screened against: "
                "screen it again, and decide on what is listed now"
            )
        # What is withdrawn is a decision that is kept, whatever rows there are by now.
        withdrawn = stated.verdict == REOPENED and stands is not None
        if shown is None and not withdrawn:
            country = country_meant(stated.name, country, rows)
        made = Decision(
            stated.name, country, party, stated.verdict, stated.why, stated.by, self._today,
            stated.until, address,
        )  # fmt: skip
        check(made)
        rows = [each for each in rows if each.country == country]
        return TakenDecision(made, self._at(party, rows) if is_address(party) else rows)

    def _meant(self, stated: StatedDecision) -> tuple[str, list[NamedRow]]:
        """The address that tells rows without a name apart, and the kept rows that are meant.

        Raises:
            ValueError: there is no name, and no address is stated.
        """
        rows = self._rows[folded(stated.name)]
        wrong = no_name(self._screen, stated.name)
        if not wrong:
            return "", rows
        if not stated.address.strip():
            raise ValueError(
                f"{wrong}: state the address of its row, too (`address`), by which it is decided"
            )
        address = stated.address.strip()
        return address, [each for each in rows if folded(each.address) == folded(address)]

    def _at(self, party: ReviewedParty, rows: Iterable[NamedRow]) -> list[NamedRow]:
        """Those of some rows that stand at a listed address."""
        return [
            each
            for each in rows
            if any(
                party.key == key_of(hit.entry)
                for hit in self._screen.with_addresses([], each.name, each.address, SHOWN)
            )
        ]


def _addresses(
    stated: StatedDecision,
    rows: Collection[NamedRow],
    shown: Collection[ReviewedParty] | None,
    is_taken: bool,
) -> list[str] | None:
    """The addresses that the party of a decision may be found by; None where that is not known.

    Args:
        stated: the decision.
        rows: of kept tables that are meant.
        shown: see ``decide``.
        is_taken: whether it was taken before, on a row that may stand in no kept table.
    """
    if stated.address.strip():
        return [stated.address.strip()]
    # What was shown was found, whatever other tables say of a row of that name.
    if any(stated.party in (each.key, *each.keys) for each in shown or ()):
        return None
    if not rows and is_taken:
        return None
    return [each.address for each in rows]


def _decided_meanwhile(latest: Decision | None) -> str:
    """That somebody decided after a page was loaded, in words."""
    what = "it was taken back"
    if latest is not None:
        what = f"{latest.by}, {latest.verdict.replace('_', ' ')} ({latest.why})"
    return f"somebody decided on this row since the page was loaded: {what}; look at it again"


def decide(
    screen: Screen,
    stated: StatedDecision,
    today: str,
    shown: Collection[ReviewedParty] | None = None,
    seen: str | None = None,
) -> TakenDecision:
    """Keep a decision in the user's folder.

    It is about the rows of its name and its country. Where no country is stated and all rows of
    kept tables with that name have one, that is meant.

    Args:
        screen: the lists of the day on which the row was screened; a clearance is one of the
            listings in them.
        stated: the decision.
        today: ISO day.
        shown: the parties of the row that was looked at, as they were listed then, of a table that
            need not be kept; None where no row was.
        seen: the mark of the decision that was shown with the row; see ``mark_of``. None where
            nobody says.

    Raises:
        ValueError: the country is none, the name does not come close to the party, the decision
            would count for no row of that name, somebody decided meanwhile, the listings changed
            since they were shown, or see ``Decisions.add``.
    """
    deciding = _Deciding(screen, today, (stated.name,))
    taken = deciding.made(stated, shown, seen)
    deciding.kept.add(taken.decision)
    return taken


class DecidedTable(NamedTuple):
    """What came of a table of decisions.

    Attributes:
        taken: the decisions that are kept.
        before: rows that are decisions as they were kept before, which states nothing anew.
        past: rows of decisions taken elsewhere that can count no longer, each with why.
    """

    taken: list[TakenDecision]
    before: int
    past: list[tuple[int, str]]


def decide_all(
    screen: Screen, path: Path, today: str, encoding: str = "", sheet: str = ""
) -> DecidedTable:
    """Keep the decisions of a table, all that it states anew or none.

    A row that is a decision as it is kept is passed over: it would renew a clearance that lapsed.
    Of a decision that was taken elsewhere, which has a day in the column ``decided``, it is told
    where its party has gone or its time is over.

    Args:
        screen: the lists of the day.
        path: a table with the columns ``NEEDED`` and perhaps ``ALSO``, such as
            `detente vendors decisions` writes; a row without a verdict is passed over.
        today: ISO day.
        encoding: of a text; "" to find it.
        sheet: of a workbook; "" for the only one that has cells.

    Raises:
        ValueError: a column is missing, or a row cannot be kept (see ``decide``); the message
            names its line.
    """
    stated = list(_stated(path, encoding, sheet))
    deciding = _Deciding(screen, today, [each.stated.name for each in stated])
    kept = {_as_read(decision_row(each)) for each in Decisions().history()}
    found = DecidedTable([], sum(each.row in kept for each in stated), [])
    for each in stated:
        if each.row in kept:
            continue
        until = each.stated.until
        try:
            if until:
                named_day(until, "until")
            if each.is_past and until and until <= today:
                found.past.append((each.line, f"it counted until {until}"))
            else:
                found.taken.append(deciding.made(each.stated, is_past=each.is_past))
        except ValueError as error:
            if each.is_past and isinstance(error, UnknownPartyError):
                found.past.append((each.line, str(error)))
                continue
            raise ValueError(f"{path}, line {each.line}: {error}; nothing was kept") from None
    deciding.kept.add(*(each.decision for each in found.taken))
    return found


class _StatedRow(NamedTuple):
    """A row of a table of decisions.

    Attributes:
        line: its row as a spreadsheet counts them.
        stated: the decision.
        is_past: whether it says when it was taken.
        row: its cells; see ``_as_read``.
    """

    line: int
    stated: StatedDecision
    is_past: bool
    row: tuple[str, ...]


def _as_read(row: Mapping[str, object]) -> tuple[str, ...]:
    """The cells of a decision under ``COLUMNS`` as a table is read that has them."""
    return tuple(as_before_csv_safe(str(row.get(each, "")).strip()) for each in COLUMNS)


def _stated(path: Path, encoding: str, sheet: str) -> Iterator[_StatedRow]:
    """The decisions that a table states.

    Raises:
        ValueError: a column is missing, or a day on which a decision was taken is none.
    """
    with open_master(path, encoding, sheet) as (rows, _):
        columns = [each.strip().lower() for each in rows.columns]
        if missing := [each for each in NEEDED if each not in columns]:
            raise ValueError(
                f"no column {', '.join(missing)}: write {', '.join((*NEEDED, *ALSO))}, as "
                "`detente vendors decisions -o FILE` does"
            )
        for cells in rows:
            # The name is compared as its table writes it, and not as a spreadsheet is shown it.
            plain = (as_before_csv_safe(each.strip()) for each in cells)
            row = dict(zip(columns, plain, strict=True))
            if not row["verdict"]:
                continue
            try:
                if day := row.get(DECIDED, ""):
                    named_day(day, DECIDED)
            except ValueError as error:
                raise ValueError(f"{path}, line {rows.row}: {error}; nothing was kept") from None
            stated = StatedDecision(*(row.get(each, "") for each in StatedDecision._fields))
            yield _StatedRow(rows.row, stated, bool(day), _as_read(row))
