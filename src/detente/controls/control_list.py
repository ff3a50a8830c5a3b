"""The compiled Commerce Control List of one day: entries, control lines, chart, exceptions."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.files import data_file, open_read_only

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = data_file("controls.sqlite")
WHOLE = "*"
"""The entry as a whole, in place of a paragraph."""

FIREARMS = "firearms"
"""Numbers of category 0 whose third place is 5, by which the list counts firearms."""

LEFT_OUT = "not: "
"""Before words that say what a line leaves out, and not what it applies to."""


class ControlEntry(NamedTuple):
    """An entry of the list.

    Attributes:
        eccn: its number.
        category, group: first and second place of the number, as the list names them.
        series: ``600 series``, ``9x515`` or empty.
        jurisdiction: ``itar`` where the heading says that these items are another department's.
        reasons: the reasons for control that the entry names, by their letters.
        heading: as printed.
        related: what the entry says of controls near it, as printed.
        sta: special conditions for License Exception STA, as printed.
    """

    eccn: str
    category: str
    group: str
    series: str
    jurisdiction: str
    reasons: str
    heading: str
    related: str
    sta: str


class EntryControl(NamedTuple):
    """One control of an entry.

    Attributes:
        eccn: the entry.
        reason: letters of the reason for control, or ``sanctions``.
        column: the column of the Country Chart; empty for a line in words.
        to: for a line in words, countries, or ``all``, or ``all but CA``.
        open: countries, or ``all``, for which the line was not read.
        state: ``not_enforced``, or empty.
        ruled: ``yes`` where a rule of the register decides it.
        door: the measure that says which goods are subject to it.
        applies, but_not: paragraphs, ``*`` for the whole entry.
        words: a condition that no paragraph settles; see ``LEFT_OUT``.
        citation, grade, text, note: where it stands, how it was read, its text, what to know.
    """

    eccn: str
    reason: str
    column: str
    to: str
    open: str
    state: str
    ruled: str
    door: str
    applies: str
    but_not: str
    words: str
    citation: str
    grade: str
    text: str
    note: str


class EntryParagraph(NamedTuple):
    """A paragraph of an entry: its number without the entry's (``a.1``), and its text."""

    eccn: str
    paragraph: str
    kind: str
    text: str


class Destination(NamedTuple):
    """A row of the Country Chart with its groups.

    ``marks`` are the columns with a mark, ``pointer`` what an embargoed row says instead,
    ``open_for`` entries for which a footnote adds what the marks do not show.
    """

    country: str
    name: str
    marks: tuple[str, ...]
    groups: tuple[str, ...]
    footnotes: str
    pointer: str
    open_for: tuple[str, ...]


class GroupChange(NamedTuple):
    """That a country was in a group on some days alone: half-open, ISO, empty for no bound."""

    country: str
    group: str
    start: str
    until: str
    citation: str
    grade: str


class Offer(NamedTuple):
    """A licence exception of which an entry speaks.

    ``offered`` is ``yes``, ``no`` or ``part`` (on conditions that stand in ``text``); ``limit``
    the value of a shipment in dollars, where one holds for the entry as a whole.
    """

    eccn: str
    code: str
    offered: str
    limit: str
    text: str


class Section(NamedTuple):
    """A licence exception, with its paragraph."""

    code: str
    citation: str
    title: str


class ReviewPolicy(NamedTuple):
    """How applications are reviewed that a reason for control makes necessary.

    Attributes:
        reason, column: those of a line; for one in words the column is its citation.
        series: the series of its items, or ``firearms``; empty for every item.
        to: destinations; ``all`` alone for every one.
        end_use: words of end use, one of which must be said; empty for every use.
        policy: the word of the register; empty where it was not read.
        citation, grade, text: where it stands, how it was read, what it says in our words.
    """

    reason: str
    column: str
    series: str
    to: tuple[str, ...]
    end_use: tuple[str, ...]
    policy: str
    citation: str
    grade: str
    text: str


class Gate(NamedTuple):
    """A restriction on all exceptions but those of ``leaves``, for some items.

    ``to`` are destinations, or ``all``; ``headquarters`` those of a party that bring it in wherever
    it is; ``series`` and ``reasons`` bring in items by their series and by a reason that asks a
    licence; ``measures`` are measures of the register, one of which must ask a licence. An empty
    part asks nothing. ``perhaps`` are items that it shuts in part: software and technology, for
    such items alone.
    """

    items: tuple[str, ...]
    to: tuple[str, ...]
    headquarters: tuple[str, ...]
    leaves: tuple[str, ...]
    citation: str
    why: str
    series: tuple[str, ...]
    reasons: tuple[str, ...]
    measures: tuple[str, ...]
    perhaps: tuple[str, ...]


class OfferFact(NamedTuple):
    """A fact of the goods or their way by which an exception does not serve.

    Attributes:
        code: letters of the exception.
        items: entries or paragraphs.
        to: destinations; empty for all.
        fact, value: an entry fact and its value; empty where the items alone settle it.
        measure: a measure of the register that says so where it asks a licence, in place of goods.
        citation, why: where it stands, and what it says in our words.
    """

    code: str
    items: tuple[str, ...]
    to: tuple[str, ...]
    fact: str
    value: str
    measure: str
    citation: str
    why: str


class OfferRule(NamedTuple):
    """What an exception asks of every item, before its own conditions; an empty part asks nothing.

    Attributes:
        code: its letters.
        groups: country groups that it reaches.
        kinds: product groups, ``A`` to ``E``.
        items: entries; ``named`` for those whose entry or rule names it.
        to: destinations.
        decides: whether this and the entry settle it.
        why: the same in words.
        reasons: reasons for control that it answers; where another asks a licence too, it does not.
        not_to: destinations that it leaves out.
        conditions: what must hold beside, which no answer settles.
    """

    code: str
    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    items: tuple[str, ...]
    to: tuple[str, ...]
    decides: bool
    why: str
    reasons: tuple[str, ...]
    not_to: tuple[str, ...]
    conditions: tuple[str, ...]


class ControlList:
    """The list and the chart, as they stood on one day."""

    def __init__(self, file: str = FILE) -> None:
        """Open the compiled file.

        Raises:
            FileNotFoundError: it was not compiled.
        """
        self._database = open_read_only(file)
        self.day: str = self._database.execute(
            "SELECT value FROM about WHERE key='day'"
        ).fetchone()[0]
        """ISO day of the state that is held."""

    def entry(self, eccn: str) -> ControlEntry | None:
        """The entry of a number of five places."""
        row = self._database.execute("SELECT * FROM entries WHERE eccn = ?", (eccn,)).fetchone()
        return None if row is None else ControlEntry._make(row)

    def entries(self) -> Iterator[ControlEntry]:
        """Every entry, by number."""
        yield from map(
            ControlEntry._make, self._database.execute("SELECT * FROM entries ORDER BY eccn")
        )

    def lines(self, eccn: str) -> list[EntryControl]:
        """The controls of an entry, as printed."""
        found = self._database.execute("SELECT * FROM lines WHERE eccn = ? ORDER BY place", (eccn,))
        return [EntryControl._make(row[1:]) for row in found]

    def paragraphs(self, eccn: str) -> list[EntryParagraph]:
        """The paragraphs of an entry, as printed; none are held for categories 0, 2 and 6 to 9."""
        found = self._database.execute(
            "SELECT * FROM paragraphs WHERE eccn = ? ORDER BY place", (eccn,)
        )
        return [EntryParagraph._make(row[1:]) for row in found]

    def texts(self, eccn: str) -> dict[str, str]:
        """The text of each paragraph of an entry.

        Notes among them have letters and numbers of their own. The entry's own paragraphs run in
        order: the longest run in order is theirs, and what breaks it is a note's.
        """
        rows = [each for each in self.paragraphs(eccn) if each.kind == "item"]
        return {row.paragraph: row.text for row in _longest_run(list(_without_notes(rows)))}

    def all_paragraphs(self) -> Iterator[EntryParagraph]:
        """Every paragraph that is held."""
        for row in self._database.execute("SELECT * FROM paragraphs ORDER BY place"):
            yield EntryParagraph._make(row[1:])

    def destination(self, country: str) -> Destination | None:
        """The row of a country; None where the chart has none."""
        row = self._database.execute("SELECT * FROM chart WHERE country = ?", (country,)).fetchone()
        return None if row is None else _destination(row)

    def destinations(self) -> tuple[Destination, ...]:
        """Every row of the chart, by country."""
        return self._chart

    @cached_property
    def _chart(self) -> tuple[Destination, ...]:
        rows = self._database.execute("SELECT * FROM chart ORDER BY country")
        return tuple(map(_destination, rows))

    def group_changes(self, country: str) -> list[GroupChange]:
        """The changes of a country's groups that are known; others may have been."""
        found = self._database.execute(
            "SELECT * FROM group_changes WHERE country = ? ORDER BY place", (country,)
        )
        return [GroupChange._make(row[1:]) for row in found]

    def groups_on(self, country: str, day: str) -> list[str]:
        """A country's groups on a day: those of the list's day, with the known changes undone."""
        row = self.destination(country)
        groups = list(row.groups) if row else []
        for each in self.group_changes(country):
            inside = each.start <= day and (not each.until or day < each.until)
            if inside and each.group not in groups:
                groups.append(each.group)
            elif not inside and each.group in groups:
                groups.remove(each.group)
        return sorted(groups)

    def offers(self, eccn: str) -> list[Offer]:
        """What an entry says of licence exceptions."""
        found = self._database.execute(
            "SELECT * FROM exceptions WHERE eccn = ? ORDER BY place", (eccn,)
        )
        return [Offer._make(row[1:]) for row in found]

    def policies(self, line: EntryControl, entry: ControlEntry) -> list[ReviewPolicy]:
        """How applications under a control are reviewed: of the rows that fit the first counts."""
        found = self._database.execute(
            'SELECT * FROM policies WHERE reason = ? AND "column" = ? ORDER BY place',
            # A control without a column is known by its citation.
            (line.reason, line.column or line.citation),
        )
        rows = [
            ReviewPolicy._make((*row[1:4], tuple(row[4].split()), tuple(row[5].split()), *row[6:]))
            for row in found
        ]
        firearm = entry.eccn[0] == "0" and entry.eccn[2] == "5"
        kind = entry.series or (FIREARMS if firearm else "")
        return [row for row in rows if not row.series or kind in row.series.split("; ")]

    def gates(self) -> Iterator[Gate]:
        """Restrictions on exceptions."""
        for row in self._database.execute("SELECT * FROM gates ORDER BY place"):
            _, items, to, headquarters, leaves, citation, why, series, reasons, *rest = row
            yield Gate(
                tuple(items.split()), tuple(to.split()), tuple(headquarters.split()),
                tuple(leaves.split()), citation, why, tuple(series.split()),
                tuple(reasons.split()), *(tuple(each.split()) for each in rest),
            )  # fmt: skip

    def offer_facts(self) -> Iterator[OfferFact]:
        """Facts by which exceptions do not serve."""
        for row in self._database.execute("SELECT * FROM offer_facts ORDER BY place"):
            _, code, items, to, *rest = row
            yield OfferFact(code, tuple(items.split()), tuple(to.split()), *rest)

    def offer_rules(self) -> dict[str, OfferRule]:
        """What exceptions ask of every item, by their letters."""
        found = {}
        for row in self._database.execute("SELECT * FROM offer_rules ORDER BY code"):
            code, groups, kinds, items, to, decides, why, reasons, not_to, conditions = row
            found[code] = OfferRule(
                code, tuple(groups.split()), tuple(kinds.split()), tuple(items.split()),
                tuple(to.split()), decides == "yes", why, tuple(reasons.split()),
                tuple(not_to.split()), tuple(filter(None, conditions.split("; "))),
            )  # fmt: skip
        return found

    def red_flags(self) -> list[tuple[str, str, str]]:
        """Red flags in our words: key, text, and the sign in an answer by which one is seen."""
        rows = self._database.execute("SELECT key, text, seen FROM red_flags ORDER BY place")
        return [(key, text, seen) for key, text, seen in rows]

    def sections(self) -> dict[str, Section]:
        """Every licence exception, by its letters."""
        found = self._database.execute(
            # By length first, so that 740.9 stands before 740.10.
            "SELECT * FROM sections ORDER BY length(citation), citation, code"
        )
        return {row[0]: Section._make(row) for row in found}


def _without_notes(rows: list[EntryParagraph]) -> Iterator[EntryParagraph]:
    """The rows but those of a note that counts from ``a`` again, with nothing within a letter."""
    begun, last = False, ""
    for row, after in zip(rows, (*rows[1:], None), strict=False):
        letter = row.paragraph
        follows = bool(last) and letter == chr(ord(last) + 1)
        leads = after is not None and after.paragraph.startswith(f"{letter}.")
        if len(letter) == 1 and not leads and ((letter == "a" and begun) or follows):
            last = letter
            continue
        begun, last = begun or letter == "a", ""
        yield row


def _longest_run(rows: list[EntryParagraph]) -> list[EntryParagraph]:
    """The longest choice of rows whose numbers rise, in the order of the rows."""
    tails: list[tuple[tuple[int, ...], int]] = []
    before: list[int | None] = []
    for place, row in enumerate(rows):
        key = _outline(row.paragraph)
        # -1 lies before every place, so an equal number replaces the end of a run and lengthens
        # none.
        length = bisect_left(tails, (key, -1))
        before.append(tails[length - 1][1] if length else None)
        tails[length : length + 1] = [(key, place)]
    found: list[EntryParagraph] = []
    at = tails[-1][1] if tails else None
    while at is not None:
        found.append(rows[at])
        at = before[at]
    return found[::-1]


def _outline(paragraph: str) -> tuple[int, ...]:
    """A number as its parts, so that ``a.10`` comes after ``a.9`` and ``b`` after both."""
    return tuple(int(part) if part.isdigit() else ord(part[0]) for part in paragraph.split("."))


def _destination(row: tuple[str, ...]) -> Destination:
    country, name, marks, groups, footnotes, pointer, open_for = row
    return Destination(
        country, name, tuple(filter(None, marks.split(";"))), tuple(groups.split()), footnotes,
        pointer, tuple(open_for.split()),
    )  # fmt: skip
