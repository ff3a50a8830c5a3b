"""Entries as they were declared: rows of a table read, cleaned, and gathered by entry.

Rows of one ``id``, code, origin and day form an entry, one row a heading. A row that stands alone
and names no heading, or several between semicolons, declares totals. Nothing is dropped: what
cannot be read becomes the entry's ``fault``, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.answer.figures import dotted
from detente.answer.question import QuestionError
from detente.duty.entry_facts import FactError, dollars
from detente.duty.rate_text import parse_rate

COLUMNS = (
    "id",
    "line",
    "code",
    "origin",
    "on",
    "destination",
    "value",
    "heading",
    "declared_rate",
    "declared_amount",
    "quantity",
    "unit",
    "quantity2",
    "unit2",
)
REQUIRED = ("code", "origin", "on")
OTHER_NAMES = {
    "entry number": "id",
    "entry summary number": "id",
    "entry summary line number": "line",
    "line number": "line",
    "country of origin": "origin",
    "country of origin code": "origin",
    "entry date": "on",
    "entered value": "value",
    "line tariff goods value amount": "value",
    "hts number": "code",
    "hts number full": "code",
    "duty rate": "declared_rate",
    "duty amount": "declared_amount",
    "line tariff duty amount": "declared_amount",
}
"""Names that reports of the customs service give these columns."""

FACT = "fact."
LINE = "line"
"""Key of the ordinary duty, which is declared under the code itself."""

FEE_DIGITS = 3
HEADING_DIGITS = 8
SPECIAL_CHAPTERS = ("98", "99")
DOUBTFUL = 1
"""A bare rate above this may be a percentage without its sign: only its amount can tell."""


class Declared(NamedTuple):
    """One heading as declared: share of the value, cents, and on how many rows."""

    key: str
    heading: str
    share: Fraction | None
    rate: str
    cents: int | None
    rows: tuple[int, ...]


class Entry(NamedTuple):
    """One entry as declared.

    Attributes:
        id: as the table names it, or the number of its row.
        rows: numbers of its rows, from 0.
        cells: what a question about it is made from.
        lines: its headings, where each is declared by itself.
        total: its total, where only that is declared.
        headings: keys of the headings listed beside a total; None where none are.
        outside: rows that are no duty of this register (fees, antidumping): class code and cents.
        fault: why it cannot be read; "" where it can.
    """

    id: str
    rows: tuple[int, ...]
    cells: Mapping[str, str]
    lines: tuple[Declared, ...] = ()
    total: Declared | None = None
    headings: tuple[str, ...] | None = None
    outside: tuple[Declared, ...] = ()
    fault: str = ""


def name_columns(names: Iterable[str]) -> dict[str, str]:
    """The column of this table that each name of a header means; others are left as they are.

    Raises:
        QuestionError: a needed column is missing, or two names mean the same.
    """
    found: dict[str, str] = {}
    for name in names:
        plain = " ".join(name.replace("_", " ").replace("-", " ").lower().split())
        column = plain.replace(" ", "_")
        if name.strip().lower().startswith(FACT):
            found[name] = name.strip().lower()
        elif column in COLUMNS:
            found[name] = column
        else:
            found[name] = OTHER_NAMES.get(plain, name)
    missing = [column for column in REQUIRED if column not in found.values()]
    if missing:
        raise QuestionError(
            f"the column {' and '.join(missing)} is missing: a table has at least "
            f"{', '.join(REQUIRED)}, and declared_rate or declared_amount"
        )
    if not {"declared_rate", "declared_amount"} & set(found.values()):
        raise QuestionError("nothing is declared: add a column declared_rate or declared_amount")
    for column in set(found.values()):
        twice = [name for name, means in found.items() if means == column]
        if len(twice) > 1:
            raise QuestionError(f"the columns {' and '.join(twice)} both mean {column}: keep one")
    return found


def entries_of(rows: Iterable[Mapping[str, str]], percent: bool = False) -> list[Entry]:
    """The entries of a table, in order of their first rows.

    Args:
        rows: cells by column; empty cells are "not given".
        percent: whether rates without a percent sign are percentages and not fractions of one.
    """
    groups: list[list[tuple[int, dict[str, str]]]] = []
    by_id: dict[str, list[list[tuple[int, dict[str, str]]]]] = {}
    for number, row in enumerate(rows):
        cells = _clean(row)
        name = cells.get("id", "")
        group = next((each for each in by_id.get(name, ()) if name and _joins(each, cells)), None)
        if group is None:
            group = []
            groups.append(group)
            by_id.setdefault(name, []).append(group)
        group.append((number, cells))
    return [_entry(group, percent) for group in groups]


def _clean(row: Mapping[str, str]) -> dict[str, str]:
    """Cells without blanks and padding; an additional heading in the code's place moves over."""
    cells = {key: text.strip() for key, text in row.items() if text and text.strip()}
    code = _digits(cells.get("code", ""))
    if code[:2] in SPECIAL_CHAPTERS and "heading" not in cells:
        cells["heading"] = cells.pop("code")
    if "on" in cells:
        cells["on"] = _day(cells["on"])
    for key in ("value", "declared_amount"):
        if key in cells:
            cells[key] = _trimmed(cells[key])
    return cells


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _day(text: str) -> str:
    """A day as the customs service writes it, month first, or without hyphens, as an ISO day."""
    parts = text.split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[0].zfill(2)}-{parts[1].zfill(2)}"
    if len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def _trimmed(text: str) -> str:
    """Dollars without signs and without zeros beyond the cent."""
    plain = text.replace("$", "").replace("USD", "").replace(",", "").strip()
    whole, point, part = plain.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}" if point else whole


def _alike(key: str, before: str, text: str) -> bool:
    if key == "code":
        return _digits(before) == _digits(text)
    return key == "value" and not text.strip("0.")


def _joins(group: list[tuple[int, dict[str, str]]], cells: Mapping[str, str]) -> bool:
    """Whether a row belongs to an entry: nothing that it says of the goods is another thing."""
    for key in ("code", "origin", "on", "line"):
        said = next((each[key] for _, each in group if key in each), None)
        text = cells.get(key)
        if text is None or said is None or text.upper() == said.upper():
            continue
        if not _alike(key, said, text):
            return False
    return True


def _entry(group: list[tuple[int, dict[str, str]]], percent: bool) -> Entry:
    numbers = tuple(number for number, _ in group)
    name = next((cells["id"] for _, cells in group if "id" in cells), f"row {numbers[0] + 1}")
    entry = Entry(name, numbers, {})
    try:
        entry = entry._replace(cells=_shared(group))
        code = _digits(entry.cells.get("code", ""))
        if len(group) == 1:
            number, cells = group[0]
            listed = [each for each in cells.get("heading", "").split(";") if each.strip()]
            if len(listed) != 1:
                return _in_total(entry, number, cells, listed, percent)
        read = [_declared(number, cells, code, percent) for number, cells in group]
        fees = tuple(each for each in read if len(_digits(each.heading)) == FEE_DIGITS)
        return entry._replace(
            lines=tuple(_together(each for each in read if each not in fees)), outside=fees
        )
    except ValueError as error:
        return entry._replace(fault=str(error))


def _in_total(
    entry: Entry, number: int, cells: Mapping[str, str], listed: list[str], percent: bool
) -> Entry:
    code = _digits(entry.cells.get("code", ""))
    total = _declared(number, {**cells, "heading": ""}, code, percent)
    if total.cents is None and total.share is None and not total.rate:
        raise QuestionError("neither declared_rate nor declared_amount is given")
    keys = tuple(dict.fromkeys(heading_key(each, code)[0] for each in listed)) if listed else None
    return entry._replace(total=total._replace(heading=""), headings=keys)


def _shared(group: list[tuple[int, dict[str, str]]]) -> dict[str, str]:
    """What the rows of an entry say together of its goods.

    Raises:
        QuestionError: two rows say different things.
    """
    own = ("id", "heading", "declared_rate", "declared_amount")
    found: dict[str, str] = {}
    for _, cells in group:
        for key, text in cells.items():
            if key in own or not (key in COLUMNS or key.startswith(FACT)):
                continue
            before = found.setdefault(key, text)
            if key == "value" and not before.strip("0."):
                # Reports put the value on one row of an entry and zero on the others.
                found[key] = text
            elif before.upper() != text.upper() and not _alike(key, before, text):
                raise QuestionError(
                    f"its rows differ in {key}: {before} and {text}; lines of one entry are "
                    "told apart by a column `line`"
                )
    return found


def _declared(number: int, cells: Mapping[str, str], code: str, percent: bool) -> Declared:
    key, heading = heading_key(cells.get("heading", ""), code)
    amount = cells.get("declared_amount")
    cents = None if amount is None else dollars(amount, "declared_amount")
    value = dollars(cells["value"], "value") if "value" in cells else 0
    implied = Fraction(cents, value) if cents is not None and value else None
    share, rate = read_rate(cells.get("declared_rate", ""), percent, implied)
    return Declared(key, heading, share, rate, cents, (number,))


def heading_key(text: str, code: str) -> tuple[str, str]:
    """The key by which a heading is compared, and how it is written.

    Args:
        text: the heading as declared; empty means the line itself.
        code: digits of the entry's code.

    Raises:
        QuestionError: the text is no heading.
    """
    digits = _digits(text)
    if not text.strip() or (digits and code.startswith(digits[:HEADING_DIGITS])):
        return LINE, dotted(code)
    if any(letter not in "0123456789. -" for letter in text.strip()):
        raise QuestionError(f"{text!r} is no heading: write it as 9903.88.03")
    if len(digits) == FEE_DIGITS:
        return digits, digits
    if len(digits) < HEADING_DIGITS:
        raise QuestionError(
            f"the heading {text!r} has {len(digits)} digits: write it as 9903.88.03"
        )
    if digits[:2] in SPECIAL_CHAPTERS:
        digits = digits[:HEADING_DIGITS]
    return dotted(digits), dotted(digits)


def read_rate(
    text: str, percent: bool, implied: Fraction | None = None
) -> tuple[Fraction | None, str]:
    """A declared rate: its share of the value, where it has one, and its words.

    Args:
        text: as declared; a number without a percent sign is a fraction of one.
        percent: whether such a number is a percentage instead.
        implied: amount over value, where both are declared.

    Raises:
        FactError: it is no rate, or a bare number that seems to be a percentage.
    """
    text = text.strip()
    if not text:
        return None, ""
    try:
        bare = Fraction(text.replace(",", ""))
    except ValueError:
        form = parse_rate(text.replace(" %", "%"))
        if form.kind in ("unparsed", "derived"):
            raise FactError(f"{text!r} is no rate: write 25%, 0.25, Free or 2.8¢/kg") from None
        return form.ad_valorem(), form.text()
    share = bare / 100 if percent else bare
    # Within a hundredth, so that rounding of small amounts does not matter.
    borne_out = implied is not None and abs(share - implied) * 100 <= share
    if share > DOUBTFUL and not percent and not borne_out:
        raise FactError(
            f"the rate {text} without a percent sign is a fraction of one: write {text}%, or say "
            "with --percent that bare rates are percentages"
        )
    return share, _percent_words(share)


def _percent_words(share: Fraction) -> str:
    from detente.answer.figures import percent, rate

    return percent(rate(share))


def _together(lines: Iterable[Declared]) -> Iterator[Declared]:
    """Lines by heading, amounts of a heading that stands on several rows added up."""
    found: dict[str, Declared] = {}
    for line in lines:
        before = found.get(line.key)
        if before is None:
            found[line.key] = line
            continue
        known = [each for each in (before.cents, line.cents) if each is not None]
        found[line.key] = before._replace(
            cents=sum(known) if known else None, rows=(*before.rows, *line.rows)
        )
    yield from found.values()
