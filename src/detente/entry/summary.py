"""An entry summary as it is given: the facts of its header, and its lines.

A table names the header's facts as columns, the same on every row; JSON has them beside ``lines``.
Rows of one ``line`` are one line: a row under chapter 98 or 99 adds its heading to the number that
the goods have in chapters 1 to 97.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import digits_of
from detente.core.tables.written import MONTH_FIRST, order_of
from detente.core.vocabulary import nearest
from detente.duty.question import QuestionError
from detente.entry.cells import DAYS, HEADER, MANY, is_special, key_of, words_of

if TYPE_CHECKING:
    from typing import Any

FACT = "fact."
MOST_LINES = 998
"""Lines of one entry summary; a customs entry has no more."""


class SummaryLine(NamedTuple):
    """A line of an entry summary, as text.

    Attributes:
        id: as it is given, or its place from 1.
        code: 8 or 10 digits of chapters 1 to 97; of chapter 98 where nothing else is given.
        origin: country of origin.
        value: entered value in dollars.
        stated: headings of chapters 98 and 99 that are given beside the code.
        quantities, facts: as a question about duty has them.
        base: an ordinary rate that the register does not hold.
        filed: what only this room reads: ``zone_status, admission_date, adcvd, adcvd_rate,
            adcvd_deposit, tax, cotton_fee, other_fees, mpf_exempt``.
    """

    id: str
    code: str
    origin: str
    value: str
    stated: tuple[str, ...] = ()
    quantities: Mapping[str, str] = {}
    facts: Mapping[str, str] = {}
    base: str | None = None
    filed: Mapping[str, str] = {}


class Summary(NamedTuple):
    """An entry summary: facts of the header by key, its lines, and columns that nobody reads."""

    header: Mapping[str, str]
    lines: tuple[SummaryLine, ...]
    unread: tuple[str, ...] = ()


def of_object(body: Any, header: Mapping[str, str] | None = None) -> Summary:
    """An entry summary from JSON: an object with ``lines``, or a list of lines.

    Args:
        body: what was parsed.
        header: facts of the header that are given beside it; they come first.

    Raises:
        QuestionError: a key is unknown, or what stands under it is not what it must be.
    """
    if isinstance(body, list):
        body = {"lines": body}
    if not isinstance(body, Mapping) or not isinstance(body.get("lines"), list):
        raise QuestionError('an entry is an object with "lines": a list of lines', "lines")
    facts = {}
    for key, value in body.items():
        if key == "lines" or value in (None, ""):
            continue
        known = key_of(str(key))
        if known not in HEADER:
            raise _unknown(str(key), HEADER, "the entry")
        facts[known] = words_of(known, value)
    rows = []
    for number, each in enumerate(body["lines"], 1):
        if not isinstance(each, Mapping):
            raise QuestionError(f"line {number} is not an object with code, origin and value")
        rows.append(_flat(each, number))
    # What is given beside the file stands over what is in it.
    return _summary({**facts, **(header or {})}, rows, ())


def of_rows(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], header: Mapping[str, str]
) -> Summary:
    """An entry summary from a table.

    Args:
        columns: as the first line names them.
        rows: cells by those names.
        header: facts of the header that are given beside the table; they come first.

    Raises:
        QuestionError: rows say different things of the header, or a line lacks what it needs.
    """
    named = {name: key_of(name) for name in columns if name.strip()}
    known = {name: key for name, key in named.items() if key in (*HEADER, *MANY) or _is_fact(key)}
    doubled = sorted({key for key in known.values() if list(known.values()).count(key) > 1})
    if doubled:
        both = " and ".join(name for name, key in known.items() if key == doubled[0])
        raise QuestionError(f"the columns {both} both mean {doubled[0]}: keep one")
    if "code" not in known.values():
        raise QuestionError("no column names the tariff number: call it code or HTS Number")
    rows = list(rows)
    # A file is written one way: all its days together tell whether the month stands first.
    days = [row[name] for row in rows for name, key in known.items() if key in DAYS]
    order = order_of(days, MONTH_FIRST)
    facts: dict[str, str] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        written = {key: row[name] for name, key in known.items() if row[name].strip()}
        cells = {key: words_of(key, text, order) for key, text in written.items()}
        for key in [key for key in cells if key in HEADER]:
            text = cells.pop(key)
            if facts.setdefault(key, text) != text:
                raise QuestionError(
                    f"row {number} has {key} {text}, and a row before it {facts[key]}: a file is "
                    "one entry summary"
                )
        # A row that had facts of the header alone is no line.
        if cells:
            lines.append(cells)
    unread = tuple(name for name in named if name not in known)
    return _summary({**facts, **header}, lines, unread)


def _is_fact(key: str) -> bool:
    return key.startswith(FACT)


def _unknown(key: str, known: Iterable[str], where: str) -> QuestionError:
    names = list(known)
    near = nearest(key, names, 1, 0.6)
    hint = f"did you mean {near[0]}? " if near else ""
    return QuestionError(
        f"unknown key {key!r} of {where}: {hint}the keys are {', '.join(names)}", key
    )


def _flat(values: Mapping[str, Any], number: int) -> dict[str, str]:
    """A line of JSON as the cells of a row."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        if name == "facts" and isinstance(value, Mapping):
            cells |= {f"{FACT}{key}": words_of(key, each) for key, each in value.items()}
        elif name == "quantities" and isinstance(value, Mapping):
            for place, (unit, each) in enumerate(value.items(), 1):
                end = "" if place == 1 else str(place)
                cells |= {f"quantity{end}": words_of("quantity", each), f"unit{end}": str(unit)}
        elif value not in (None, "", []):
            key = key_of(str(name))
            if key not in MANY and not _is_fact(key):
                raise _unknown(str(name), (*MANY, "facts", "quantities"), f"line {number}")
            cells[key] = words_of(key, value)
    return cells


def _summary(
    header: Mapping[str, str], rows: list[dict[str, str]], unread: tuple[str, ...]
) -> Summary:
    groups: list[list[dict[str, str]]] = []
    for cells in rows:
        name = cells.get("line")
        # Only rows that follow one another are of one line.
        if name and groups and groups[-1][0].get("line") == name:
            groups[-1].append(cells)
        else:
            groups.append([cells])
    lines = [line for place, group in enumerate(groups, 1) for line in _lines(group, place)]
    if not lines:
        raise QuestionError("the entry has no line: give code, origin and value of each", "lines")
    if len(lines) > MOST_LINES:
        raise QuestionError(f"{len(lines)} lines: an entry summary has at most {MOST_LINES}")
    return Summary(header, tuple(lines), unread)


def _lines(rows: list[dict[str, str]], place: int) -> list[SummaryLine]:
    """The articles of the rows of one line; headings beside them belong to the first."""
    name = rows[0].get("line", str(place))
    stated, articles = [], []
    for cells in rows:
        codes = [*_codes(cells.get("code", "")), *_codes(cells.get("heading", ""))]
        special = [code for code in codes if is_special(code)]
        plain = [code for code in codes if not is_special(code)]
        if len(plain) > 1:
            raise QuestionError(f"line {name}, {' and '.join(plain)} are two articles: a row each")
        stated += special
        if plain:
            articles.append({**cells, "code": plain[0]})
        elif len(rows) == 1 and special:
            articles.append({**cells, "code": special[0]})
        elif not codes:
            raise QuestionError(f"line {name}, its code is missing", "code")
    if not articles:
        raise QuestionError(f"line {name}, it has headings of chapters 98 and 99 alone", "code")
    found = []
    for number, cells in enumerate(articles, 1):
        beside = [code for code in stated if code != cells["code"]] if number == 1 else []
        label = name if number == 1 else f"{name} ({number})"
        found.append(_line(label, _with_rest(cells, rows, len(articles)), beside))
    return found


def _with_rest(cells: dict[str, str], rows: list[dict[str, str]], articles: int) -> dict[str, str]:
    """A sole article takes from the rows of its headings what its own row leaves out."""
    if articles > 1:
        return cells
    rest = {key: text for row in rows for key, text in row.items() if key != "heading"}
    if not cells.get("value", "").strip("0.$, "):
        cells = {key: text for key, text in cells.items() if key != "value"}
        known = [row["value"] for row in rows if row.get("value", "").strip("0.$, ")]
        rest |= {"value": known[0]} if known else {}
    return {**rest, **cells}


def _line(name: str, cells: Mapping[str, str], stated: list[str]) -> SummaryLine:
    for key in ("origin", "value"):
        if not cells.get(key):
            raise QuestionError(f"line {name}, its {key} is missing", key)
    facts = {key[len(FACT) :]: text for key, text in cells.items() if _is_fact(key)}
    quantities = {
        cells[f"unit{end}"]: cells[f"quantity{end}"].replace(",", "")
        for end in ("", "2", "3")
        if cells.get(f"quantity{end}") and cells.get(f"unit{end}")
    }
    own = ("line", "code", "origin", "value", "heading", "base")
    filed = {
        key: text
        for key, text in cells.items()
        if key not in own and not _is_fact(key) and not key.startswith(("quantity", "unit"))
    }
    return SummaryLine(
        name, cells["code"], cells["origin"], cells["value"], tuple(stated), quantities, facts,
        cells.get("base"), filed,
    )  # fmt: skip


def _codes(text: str) -> list[str]:
    parts = text.replace("/", ";").replace("+", ";").replace(",", ";").replace("\n", ";")
    return [part.strip() for part in parts.split(";") if digits_of(part)]
