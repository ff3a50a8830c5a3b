"""Any answer laid out for a page: facts, lists and tables, by the shape of its values alone.

An answer of a question that has no page of its own is shown by it, so that no field of it stays
unseen: what does not fit is counted and stands whole in the JSON and the CSV.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from detente._shapes import NamedTuple
from detente.core.figures import counted, percent
from detente.web.frame.words import DAY_WRITTEN, day_words, prose, sentence

ROWS = 40
"""Rows of a table that a page shows; the rest is counted."""

COLUMNS = 7
"""Columns of texts that a page has room for beside each other."""

NARROW = 0.6
"""The room of a column of numbers, of that of texts."""

LONG = 160
"""Characters after which a text in a cell is cut."""

APART = (
    "question",
    "register",
    "coverage",
    "notes",
    "announced",
    "seconds",
    "status",
    "reading",
    "headline",
)
"""Keys of an answer that a page shows in a way of its own, or not at all."""

HIDDEN = (
    "title_zh",
    "title_zh_own",
    "sources_zh",
    "grade",
    "confirmed_through",
    "limb_title_zh",
    "speaker_zh",
)

FRACTIONS = (
    "average", "average_low", "average_high", "covered_share", "refundable", "share", "change",
    "ad_valorem", "duty_change", "price", "own_share", "average_before", "average_after",
    "average_static", "won_share", "before_share", "after_share", "total_ad_valorem", "claimed",
    "collected", "tracker", "gap", "share_of_income", "share_of_spending", "price_level",
    "price_level_at_border", "chinese_inputs", "cost_of_output", "rise",
)  # fmt: skip
"""Fields that are fractions of one, written as percent."""

FINE = 0.01
"""A fraction below which a percent is written to two digits."""

LARGEST = 20
"""A field that is a fraction elsewhere counts dollars or tons in a column that reaches this."""

KEYED = 4
"""Keys from which on mappings of one kind of thing are a table, with a row for each key."""

NAMES = ("code", "heading", "id", "item", "year", "line", "subheading", "chapter", "key", "list")
"""Fields whose digits are a name and not a number."""

PLACES = (
    "by", "country", "destination", "economy", "exporter", "importer", "origin", "partner",
    "importers", "origins", "partners", "economies", "countries",
)  # fmt: skip
"""Fields that hold a code of a country, of two letters or three, which a page writes out."""

_CODE = re.compile(r"[A-Z]{2,3}\Z")
_DAY = re.compile(DAY_WRITTEN + r"(\Z|T)")

RECORD = "Record"
"""What heads a column of records that are linked by their titles."""

NO_BREAK = "\u00a0"
"""A blank at which a line is not broken, so that a day stands on one line of its column."""

WORDS = "_in_words"
"""How the key ends of what another key says in ids; a page shows the words alone."""

CITATIONS = ("citation", "source", "sources")


def _that_fit(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns that a page has room for, in their order: numbers and texts before lists."""
    sample = {
        name: next((row[name] for row in rows if row.get(name) not in (None, "")), "")
        for name in names
    }
    chosen, room = set(), float(COLUMNS)
    sparse = {
        name: 2 * sum(row.get(name) in (None, "", [], {}) for row in rows) > len(rows)
        for name in names
    }
    for name in sorted(
        names, key=lambda each: (isinstance(sample[each], Mapping | list), sparse[each])
    ):
        value = sample[name]
        plain = name not in NAMES and isinstance(value, str | int | float)
        room -= NARROW if plain and _is_number(str(value)) else 1
        if room < 0:
            break
        chosen.add(name)
    return [name for name in names if name in chosen]


class LinkedText(NamedTuple):
    """A value in words, with the addresses of what it names: pairs of words and link."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    number: bool = False


class PlainTable(NamedTuple):
    """Rows of a kind: title, columns in words, cells, the number of rows, and what all share."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[LinkedText, ...], ...]
    number: int
    left_out: tuple[str, ...]
    common: tuple[tuple[str, LinkedText], ...] = ()


class Facts(NamedTuple):
    """Names and values under a title."""

    title: str
    rows: tuple[tuple[str, LinkedText], ...]


class TextList(NamedTuple):
    """A list of texts under a title."""

    title: str
    rows: tuple[LinkedText, ...]


class AnswerLayout(NamedTuple):
    """What a page shows of an answer; ``first`` is the table of what the question is about."""

    facts: tuple[Facts, ...]
    first: PlainTable | None
    tables: tuple[PlainTable, ...]
    texts: tuple[TextList, ...]


def lay_out(
    answer: Mapping[str, Any],
    titles: Mapping[str, str],
    first: str = "",
    link: Callable[[str], str | None] = lambda citation: None,
    name: Callable[[str], str] = str,
) -> AnswerLayout:
    """The parts of an answer.

    Args:
        answer: as JSON has it.
        titles: titles of measures by id, each of which gets a link.
        first: the key of the rows that the question is about; their table stands first.
        link: gives the address of a citation.
        name: names a country by its code.
    """
    layer = _Layer(titles, link, name)
    layer.read("", {key: value for key, value in answer.items() if key not in APART})
    wanted = _title(first)
    leading = next((table for table in layer.tables if table.title == wanted), None)
    rest = tuple(table for table in layer.tables if table is not leading)
    facts = tuple(each for each in layer.facts if each.rows)
    return AnswerLayout(facts, leading, rest, tuple(layer.texts))


class _Layer:
    """Goes through an answer and collects what it finds."""

    def __init__(
        self,
        titles: Mapping[str, str],
        link: Callable[[str], str | None],
        name: Callable[[str], str],
    ) -> None:
        self.titles = titles
        self.link = link
        self.name = name
        self.facts: list[Facts] = []
        self.tables: list[PlainTable] = []
        self.texts: list[TextList] = []

    def read(self, title: str, part: Mapping[str, Any], of: str = "") -> None:
        plain: list[tuple[str, LinkedText]] = []
        # The place is taken now, so that what lies within comes behind it.
        self.facts.append(Facts(title, ()))
        at = len(self.facts) - 1
        keyed = _keyed(part)
        for keys, names in keyed.items():
            named = [self.name(each) for each in keys]
            # Where every key has another name, all are countries, which alone have names here.
            countries = all(one != other for one, other in zip(keys, named, strict=True))
            rows = [
                {"of": shown, **{name: _ends(part[name][each]) for name in names}}
                for each, shown in zip(keys, named if countries else keys, strict=True)
            ]
            self.tables.append(self.table(_title_of(title, names), rows))
        apart = {name for names in keyed.values() for name in names}
        for key, value in part.items():
            if key in apart:
                continue
            if key in HIDDEN or value is None or value in ("", [], {}) or f"{key}{WORDS}" in part:
                continue
            key = key.removesuffix(WORDS)
            name = _title(key) if not title else f"{title}: {_title(key).lower()}"
            if isinstance(value, Mapping):
                self.read(name, value, key)
            elif isinstance(value, list) and value and isinstance(value[0], Mapping):
                self.tables.append(self.table(name, value))
            elif isinstance(value, list) and len(value) > 1 and key not in CITATIONS:
                self.texts.append(TextList(name, tuple(self.cell(key, each) for each in value)))
            else:
                plain.append(
                    (
                        _title(self.name(key) if _CODE.match(key) else key),
                        self.cell(of if of in FRACTIONS else key, value),
                    )
                )
        self.facts[at] = Facts(title, tuple(plain))

    def table(self, title: str, rows: Sequence[Mapping[str, Any]]) -> PlainTable:
        names = list(dict.fromkeys(key for row in rows for key in row))
        used = [
            name
            for name in names
            if name not in HIDDEN and any(row.get(name) not in (None, "", [], {}) for row in rows)
        ]
        same = [
            name
            for name in used
            if len(rows) > 1 and len({repr(row.get(name)) for row in rows}) == 1
        ]
        shown = [name for name in used if name not in same] or used
        linked = all(row.get("id") in self.titles for row in rows)
        if "id" in shown and linked:
            # The link of the record is its title, and a claim's title is what was said.
            shown = [name for name in shown if name not in ("title", "text")]
        elif "id" in shown and {"measure", "title"} & set(shown):
            shown = [name for name in shown if name != "id"]
        twin = next((name for name in shown if name in PLACES and self.named(name, rows)), "")
        # The name of a place beside its code would stand there twice.
        shown = [name for name in shown if not twin or name != "name"]
        columns = _that_fit(shown, rows)
        counts = {
            name
            for name in columns
            if _is_fraction(name) and any(_is_large(row.get(name)) for row in rows)
        }
        cells = tuple(
            tuple(self.cell("" if name in counts else name, row.get(name)) for name in columns)
            for row in rows[:ROWS]
        )
        left = tuple(_title(name) for name in shown if name not in columns)
        common = tuple((_title(name), self.cell(name, rows[0][name])) for name in same)
        names_shown = tuple(RECORD if linked and name == "id" else _title(name) for name in columns)
        return PlainTable(
            title, names_shown, cells, len(rows), left, common if shown != used else ()
        )

    def named(self, place: str, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Whether every row says the name of its place beside the code."""
        return all(row.get("name") == self.name(str(row.get(place))) for row in rows)

    def cell(self, key: str, value: Any) -> LinkedText:
        if isinstance(value, bool):
            return LinkedText("yes" if value else "no")
        if value is None:
            return LinkedText("–")
        if isinstance(value, Mapping):
            return self.mapping(key, value)
        if isinstance(value, list):
            return self.several(key, value)
        text = str(value)
        if text in self.titles and key in ("measure", "measures", "id", "answers"):
            return LinkedText("", ((self.titles[text], f"/measures/{text}"),))
        if key in ("url", "address") and text.startswith("https://"):
            return LinkedText("", ((text.removeprefix("https://").partition("/")[0], text),))
        if key in CITATIONS:
            link = self.link(text)
            return LinkedText("", ((text, link),)) if link else LinkedText(text)
        if _is_fraction(key) and _is_number(text) and not _is_large(text):
            digits = 2 if 0 < abs(float(text)) < FINE else 1
            return LinkedText(percent(text, digits), number=True)
        if _is_number(text) and key not in NAMES:
            return LinkedText(_grouped(text), number=True)
        if _DAY.match(text):
            return LinkedText(day_words(text).replace(" ", NO_BREAK))
        if key in PLACES and _CODE.match(text):
            return LinkedText(self.name(text))
        words = text.replace("_", " ") if text.islower() and " " not in text else prose(text)
        return LinkedText(words if len(words) <= LONG else f"{words[:LONG].rsplit(' ', 1)[0]} …")

    def mapping(self, key: str, value: Mapping[str, Any]) -> LinkedText:
        if not value:
            return LinkedText("–")
        parts = []
        for name, each in value.items():
            # Parts `by_` something are shares, under keys that are no fields: any of those will do.
            inner = FRACTIONS[0] if key.startswith("by_") and _is_number(str(each)) else name
            cell = self.cell(inner, each)
            words = cell.text or ", ".join(word for word, _ in cell.links)
            parts.append(f"{name.replace('_', ' ')} {words}")
        return LinkedText("; ".join(parts))

    def several(self, key: str, value: Sequence[Any]) -> LinkedText:
        if not value:
            return LinkedText("–")
        if isinstance(value[0], Mapping):
            return LinkedText(counted(len(value), "entry", "entries"))
        cells = [self.cell(key, each) for each in value]
        links = tuple(link for each in cells for link in each.links)
        return LinkedText(", ".join(each.text for each in cells if each.text), links)


def _keyed(part: Mapping[str, Any]) -> dict[tuple[str, ...], list[str]]:
    """Fields that map the same things, such as countries, to figures: their names by the things.

    A field that is alone in this is a list of facts, and no table.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for key, value in part.items():
        if key in APART or not isinstance(value, Mapping) or len(value) < KEYED:
            continue
        if all(_is_figure(each) for each in value.values()):
            found.setdefault(tuple(value), []).append(key)
    return {things: names for things, names in found.items() if len(names) > 1}


def _is_figure(value: Any) -> bool:
    """Whether a value is a number, the two ends of one, or not known."""
    ends = value if isinstance(value, list) else [value]
    return len(ends) in (1, 2) and all(each is None or _is_number(str(each)) for each in ends)


def _is_fraction(key: str) -> bool:
    return key in FRACTIONS or key.endswith("ad_valorem")


def _is_large(value: Any) -> bool:
    return _is_number(str(value)) and abs(float(value)) >= LARGEST


def _ends(value: Any) -> Any:
    return " to ".join(map(str, value)) if isinstance(value, list) else value


def _title_of(title: str, names: Sequence[str]) -> str:
    """The title of a table of fields: that of the part, or the fields themselves."""
    words = ", ".join(_title(name) if number == 0 else _title(name).lower()
                      for number, name in enumerate(names))  # fmt: skip
    return f"{title}: {words.lower()}" if title else words


def flat_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Rows as a table of texts, with a column for each field, and one for each part of a field."""
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    return columns, [[row.get(name, "") for name in columns] for row in flat]


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list):
            yield name, "; ".join(_stated(each) for each in value)
        else:
            yield name, "" if value is None else str(value)


def _stated(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {each}" for key, each in _flat(value) if each)
    return str(value)


def _title(key: str) -> str:
    return sentence(key.replace("_", " "))


def _is_number(text: str) -> bool:
    head, _, tail = text.removeprefix("-").partition(".")
    return head.isascii() and head.isdigit() and (not tail or tail.isdigit()) and len(text) < 20


def _grouped(text: str) -> str:
    """A number with its thousands apart; a year and a code stay as they are."""
    head, point, tail = text.partition(".")
    digits = head.removeprefix("-")
    if len(digits) <= 4 or digits.startswith("0"):
        return text
    return f"{int(head):,}{point}{tail}"
