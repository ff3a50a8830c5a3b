"""One cell of the Entity List: a party with its other names and its addresses, in running text.

A cell reads ``Name, a.k.a., the following two aliases: —One; and —Two. Address; and Address.`` Most
end lines before a dash and before the first address, but a copy may have lost them. Where no other
name stands between, a comma alone parts the name from the address: a name ends before the first
part behind a comma that is neither a legal form nor a body such as an institute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.parties.lists.readers.common import place_of

DASH = "—"
"""What stands before each of several other names."""

AFFILIATE = ". Affiliated Entity: "
"""Between a party and one of its affiliates that is listed in its cell, as the consolidated list
names these."""

_DASHES = re.compile(r"(?:^\s*(?:[—–]|--)|(?:(?<=[;:])|(?<=[;:] and)|(?<=; or))\s*—)\s*(?=\S)")
"""A dash before a name: in a line of its own, or behind the name before. Names have dashes too."""

_ALSO = re.compile(
    r"[,;]?\s+(?:a\.?\s?k\.?\s?a|f\.?\s?k\.?\s?a|also known as|formerly known as)\b[.,:;\s]*", re.I
)
_SEVERAL = re.compile(
    r"[,;]?\s*(?:and\s+|to include\s+|including\s+)*the following\b[^:—]*(?::|$)\s*", re.I
)
_AFFILIATED = re.compile(r"(?:^\s*|\.\s+)affiliated entit(?:y|ies)\s*:\s*", re.I | re.M)
"""Before affiliates; within a sentence these words only tell how many of them follow."""

_LABEL = re.compile(
    r"^(?:subordinate institut?ions?:?|address(?:es)? for [^:]*:|"
    r"the following address(?:es)? appl(?:y|ies)[^:]*:|address(?:es)?:)\s*",
    re.I,
)
_ELSEWHERE = re.compile(r"\(?\bsee (?:also )?alternate address(?:es)?\b[^);]*\)?\.?", re.I)
_BETWEEN = re.compile(r"\s*;\s*(?:and\b\s*)?")
_AND = re.compile(r"[;,]?\s*\b(?:and|or)$", re.I)

_SHORT = re.compile(
    r"(?:^|[\s.(])(?:Ltda?|Inc|Corp?|Co|Pvt|Pte|Sdn|Bhd|Sti|Jr|Sr|Tic|San|Cia|No|St|[A-Z]|"
    r"\S+\.\S+)\.$",
    re.I,
)
"""A word that is cut short, whose full stop ends no name."""

_FORM = re.compile(
    r"^(?:Ltda?|Limited|Inc|Incorporated|L\.?L\.?C|L\.?L\.?P|L\.?P|Co|Corp|Corporation|Company|"
    r"S\.?A|S\.?A\.?S|S\.?A\.?L|S\.?L|S\.?R\.?L|S\.?P\.?A|S\.?R\.?O|D\.?O\.?O|A\.?S|A\.?Ş|A\.?G|"
    r"GmbH|B\.?V|N\.?V|Pte|Pty|Pvt|Private|Sdn|Bhd|P?JSC|OJSC|CJSC|OOO|P?AO|ZAO|OAO|F\.?Z\.?E|"
    r"F\.?Z\.?C\.?O?|FZ-?LLC|DMCC|Plc|Jr|Sr|I{2,3}|Lda|K\.?K|MMC|Sti)\b[.\w\s&()-]*$",
    re.I,
)
_BODY = re.compile(
    r"\b(?:Institut\w*|Academ\w*|Universit\w*|Laborator\w*|Bureau|Factory|Plant|Department|"
    r"Branch|Division|Subsidiary|Enterprise|Association|Compan\w*|Corporation|Concern|Works|"
    r"Research Cent(?:er|re)|Group|Importers|Exporters|[OP]?JSC|GmbH|Joint Stock)\b",
    re.I,
)
_STREET = re.compile(
    r"^(?:No\.|#|P\.?\s?O\.?\s?Box|Room|Rm|Flat|Unit|Floor|Building|Bldg|Block|House|Suite|Office|c/o|"
    r"Plot|Km|Street|Shop|Level|Ul\.|Ulitsa|\d)|"
    r"\b(?:Road|Rd|Street|St|Avenue|Ave|District|Province|City|Zone|Park|Lane|Town|County|"
    r"Village|Highway|Boulevard|Blvd|Prospekt|Floor|Building)\b\.?$",
    re.I,
)


class EntityCell(NamedTuple):
    """What a cell says.

    Attributes:
        name: of the party.
        others: its other names, and those of bodies that the cell names as parts of it.
        addresses: as printed; the first begins where the name ends, where nothing stands between.
        affiliated: the parties that the cell lists as its affiliates.
    """

    name: str
    others: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    affiliated: tuple[EntityCell, ...] = ()


def read_cell(text: str) -> EntityCell:
    """The party of a cell; an empty name where the cell has none.

    Args:
        text: of the cell, a line for each of its lines.
    """
    own, *behind = _AFFILIATED.split(text)
    main = _party(_lines(own))
    named = tuple(map(_party, _parties(_lines("\n".join(behind)))))
    return main._replace(affiliated=tuple(each for each in named if each.name))


def parted(text: str) -> list[tuple[str, str]]:
    """The ways to part a text into a name and what follows it, at each comma or semicolon."""
    return [
        (text[: match.start()].rstrip(), text[match.end() :].lstrip())
        for match in re.finditer(r"[,;]\s+|$", text)
    ]


def countries_in(addresses: Iterable[str]) -> tuple[str, ...]:
    """The countries in which addresses end, ISO 3166 alpha-2, each once."""
    found = (place_of(_last(each)) for each in addresses)
    return tuple(dict.fromkeys(place for place in found if re.fullmatch("[A-Z]{2}", place)))


def _last(address: str) -> str:
    """The words behind the last comma; short for a country as long as three letters at least."""
    words = re.sub(r"[\d.]+", " ", address.rpartition(",")[2])
    plain = " ".join(words.split())
    return plain if len(plain.replace(" ", "")) > 2 else "?"


def _lines(text: str) -> list[str]:
    """The lines of a text, each of several other names in one of its own."""
    broken = (_DASHES.sub(f"\n{DASH}", line) for line in text.splitlines())
    plain = (" ".join(line.split()) for each in broken for line in each.splitlines())
    return [line for line in plain if line and line != DASH]


def _parties(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines of parties that stand one behind the other, each party by itself."""
    found: list[str] = []
    for line in lines:
        named = found and found[-1].startswith(DASH)
        # Behind other names comes the address; any other line begins the next party.
        if found and not line.startswith(DASH) and not (named and _is_address(line)):
            yield found
            found = []
        found.append(line)
    if found:
        yield found


def _is_address(line: str) -> bool:
    """Whether a line behind other names is an address; else it begins the next party."""
    first = line.partition(",")[0]
    if _STREET.search(first) or _STREET.match(line):
        return True
    return any(map(str.isdigit, first)) and _BODY.search(first) is None


def _party(lines: list[str]) -> EntityCell:
    """The party of some lines."""
    if not lines:
        return EntityCell("")
    name, others, rest = _first(lines[0])
    places = [rest] if rest else []
    last = len(lines) - 1
    for at, line in enumerate(lines[1:], 1):
        if not line.startswith(DASH):
            places.append(_LABEL.sub("", line))
            continue
        other, place = line.removeprefix(DASH), ""
        if at == last or not lines[at + 1].startswith(DASH):
            other, place = _sentence(other)
        others.append(other)
        places += [place] if place else []
    cleaned = dict.fromkeys(filter(None, map(_plain, others)))
    return EntityCell(_plain(name), tuple(cleaned), _addresses(places))


def _first(line: str) -> tuple[str, list[str], str]:
    """The name with which a cell begins, other names in the same line, and what is behind them."""
    mark = next((each for each in _ALSO.finditer(line) if _is_outside(line, each.start())), None)
    if mark is None:
        several = _SEVERAL.search(line)
        if several:
            return line[: several.start()], [], line[several.end() :]
        name, rest = name_and_rest(line)
        return name, [], rest
    name, behind = line[: mark.start()], line[mark.end() :]
    if several := _SEVERAL.match(behind):
        listed = _BETWEEN.split(behind[several.end() :])
    else:
        listed = _ALSO.split(behind)
    *others, end = listed
    other, rest = _sentence(end) if several else name_and_rest(end)
    return name, [*others, other], rest


def _is_outside(line: str, at: int) -> bool:
    """Whether a place of a line stands in no brackets."""
    return line.count("(", 0, at) <= line.count(")", 0, at)


def name_and_rest(text: str) -> tuple[str, str]:
    """A text that begins with a name, parted where the name seems to end."""
    name, rest = "", text
    while rest:
        part, mark, behind = rest.partition(", ")
        part, semicolon, beyond = part.partition("; ")
        if name and name.count("(") <= name.count(")") and not _belongs(part):
            break
        name = f"{name}, {part}" if name else part
        if semicolon:
            return name, f"{beyond}{mark}{behind}"
        rest = behind
    return name, rest


def _belongs(part: str) -> bool:
    """Whether words behind a comma still belong to the name."""
    if _FORM.match(part.strip(" ,")):
        return True
    return _BODY.search(part) is not None and _STREET.search(part) is None


def _sentence(text: str) -> tuple[str, str]:
    """The last of several names, and the address that follows in the same line, if one does."""
    for match in re.finditer(r"\.\s+(?=[A-Z\d#]|ul\.|c/o\b)", text):
        name, rest = text[: match.start() + 1], text[match.end() :]
        forms = not _is_cut_short(name) or not _FORM.match(rest.partition(",")[0])
        if forms and (name_and_rest(rest)[1] or any(map(str.isdigit, rest))):
            return name, rest
    return text, ""


def _is_cut_short(name: str) -> bool:
    """Whether the last word of a name ends in a full stop of its own."""
    return _SHORT.search(name[name.rstrip().rfind(" ") + 1 :]) is not None


def _plain(name: str) -> str:
    """A name without the marks around it."""
    text = _SEVERAL.sub("", name).strip(" ,;:")
    while (shorter := _AND.sub("", text).strip(" ,;:")) != text:
        text = shorter
    return text if _is_cut_short(text) else text.rstrip(".")


def _addresses(places: Iterable[str]) -> tuple[str, ...]:
    """The addresses in what stands behind the names."""
    found = []
    for place in places:
        for each in _BETWEEN.split(_ELSEWHERE.sub("", place)):
            plain = _AND.sub("", each.strip(" ,;")).strip(" ,;").rstrip(".")
            if plain and any(map(str.isalnum, plain)):
                found.append(plain)
    return tuple(dict.fromkeys(found))
