"""What the schedule answers with: editions, lines, moves, and the errors that offer a way on."""

from __future__ import annotations

from detente._lean import date
from detente._shapes import NamedTuple
from detente.goods.codes import CodeError, TariffCode

DERIVED = "derived"
"""The grade of an edition that shows the one before it with cuts that the law had set."""

IMPORTED = "imported"  # grade of an edition that a user added, and so of its day


class Edition(NamedTuple):
    """One edition of the schedule.

    Attributes:
        id: Its name, the name of the export it was read from.
        number: Its place in the order of editions, from 0.
        start: The first day on which the register uses it.
        accepted_from: From this day its codes are accepted, with a note, although not yet in use.
        accepted_until: Until this day codes of the edition before are accepted, with a note.
        exact_from: Before this day it is used only as the nearest at hand.
        exact_until: From this day on it is used only as the nearest at hand.
        grade: How well `start` is known: primary, secondary or background; imported where a user
            added the edition and named the day.
        basis: Why `start` is that day.
    """

    id: str
    number: int
    start: date
    accepted_from: date | None
    accepted_until: date | None
    exact_from: date | None
    exact_until: date | None
    grade: str
    basis: str

    @property
    def imported(self) -> bool:
        """Whether a user added it."""
        return self.grade == IMPORTED

    def is_exact(self, day: date) -> bool:
        """Say whether this is the schedule of a day, and not only the nearest at hand."""
        begun = self.exact_from is None or self.exact_from <= day
        return begun and (self.exact_until is None or day < self.exact_until)


class TariffLine(NamedTuple):
    """One line of the schedule on one day.

    Attributes:
        code: The code that was asked for.
        description: The line's own words.
        path: The words of what it stands under, the heading first, without the line's own.
        units: Units of quantity in which an entry reports it, as printed.
        general: Column 1 general rate as printed; "" where the schedule prints none.
        special: Column 1 special rates as printed.
        other: Column 2 rate as printed.
        rate_code: Digits of the row on which the rates stand; None where no row has one.
        headings: Chapter 99 headings named in the footnotes of the line and of the rows above it,
            dotted; a range stays one word ("9903.52.00-9903.52.26").
        edition: The edition that answers.
        suffix_checked: Whether the schedule of that day is at hand and has this very code.
        notes: What a reader must know about how this was found.
    """

    code: TariffCode
    description: str
    path: tuple[str, ...]
    units: tuple[str, ...]
    general: str
    special: str
    other: str
    rate_code: str | None
    headings: tuple[str, ...]
    edition: str
    suffix_checked: bool
    notes: tuple[str, ...]


class BaseLine(NamedTuple):
    """What a line brings to a duty; fields as in `TariffLine`, the code as digits."""

    code: str
    rate_code: str | None
    general: str
    other: str
    units: tuple[str, ...]
    headings: tuple[str, ...]


class SuggestedLine(NamedTuple):
    """A line offered in place of a code that does not answer."""

    code: TariffCode
    text: str


class Move(NamedTuple):
    """One step from a code to a code between two editions.

    Attributes:
        from_code: Digits before; "" where no predecessor can be named.
        to_code: Digits after; "" where no successor can be named.
        from_edition: The last edition with the code before.
        to_edition: The first edition with the code after.
        kind: renumbered, split, merged, regrouped, carved, dropped, new or unknown.
        grade: exact (same words in the same place), likely (same rates, and place or words agree),
            line (nothing but the eight-digit line in common) or unknown.
    """

    from_code: str
    to_code: str
    from_edition: str
    to_edition: str
    kind: str
    grade: str


class PrintedHeading(NamedTuple):
    """A heading of chapter 99 as one edition prints it. That it is printed does not make it law."""

    heading: str
    description: str
    general: str
    special: str
    other: str


class NoEdition(CodeError):  # noqa: N818 - it says what is the matter
    """The day lies before the first edition at hand."""


class IncompleteCode(CodeError):  # noqa: N818
    """Fewer than eight digits: the code names several lines.

    Attributes:
        candidates: The rate lines under it.
    """

    def __init__(self, message: str, candidates: tuple[SuggestedLine, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class UnknownCode(CodeError):  # noqa: N818
    """The edition of the day does not have the code.

    Attributes:
        edition: The edition that was asked.
        nearest: Lines that share most leading digits.
        successors: What the code became.
        predecessors: What the code was.
    """

    def __init__(
        self,
        message: str,
        edition: str,
        nearest: tuple[SuggestedLine, ...],
        successors: tuple[Move, ...],
        predecessors: tuple[Move, ...],
    ) -> None:
        super().__init__(message)
        self.edition = edition
        self.nearest = nearest
        self.successors = successors
        self.predecessors = predecessors
