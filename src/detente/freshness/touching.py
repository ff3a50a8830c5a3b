"""What of the register a text touches: headings, codes, citations, notes, items and places.

Patterns find names in a text whose white space is collapsed; each is then looked up, and what leads
nowhere here is told as new. A text that names nothing may still change everything: annexes are
often images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.register.book import Register


class TextTouch(NamedTuple):
    """One thing that a text names.

    Attributes:
        kind: a word of ``PATTERNS``, or ``name``.
        name: as the register writes it.
        ours: ids of records, lists or citations that it leads to; none where it is new.
    """

    kind: str
    name: str
    ours: tuple[str, ...]


PATTERNS = {
    "heading": r"\b99\d\d\.\d\d\.\d\d\b(?!\d)",
    "code": r"(?<![\d.,$])\b\d{4}\.\d\d(?:\.\d\d(?:\.?\d\d)?)?\b(?![\d%])",
    "page": r"\b\d{2} (?:FR|Fed\. ?Reg\.) ?(?:\d{1,3},\d{3}|\d{3,6})\b",
    "order": r"\b(?:Executive Order|E\.O\.) ?\d{5}\b",
    "proclamation": r"\bProclamations? (?:No\. )?\d{4,5}\b",
    "note": r"\bU\.S\. note \d+(?:\([a-z0-9]+\))*",
    "item": r"\b[0-9][A-E][0-9]{3}(?:\.[a-z](?:\.\d+)?)*\b",
    "place": r"(?:§ ?|\bsections? )7[3-7]\d\.\d+(?:\([a-z0-9]+\))*"
    r"|\bSupplement No\. \d+ to [Pp]art 7[3-7]\d",
    "announcement": r"\S*?(?:公告|令)\d{4}年第\d+号",
}
"""Our own expressions for what documents name, by kind."""

RANGE = re.compile(r"\b(99\d\d\.\d\d\.\d\d) (?:through|to) (99\d\d\.\d\d\.\d\d)\b")
"""Headings from one to another."""

AMENDS = re.compile(
    r"\b(?:amended by|is amended|striking|inserting|added|removed|revised|redesignated|terminated|"
    r"suspended|effective with respect to|on or after 12:01|before 12:01)\b"
    r"|暂停|停止|继续|自.{0,12}起",
    re.IGNORECASE,
)
"""Words by which a sentence changes law."""


class Touching:
    """The names of the register, to look texts up by."""

    def __init__(
        self, register: Register, names: Callable[[str], Iterable[str]] | None = None
    ) -> None:
        """Begin.

        Args:
            register: the register.
            names: gives the listed parties that a text names; None where nobody looks.
        """
        self.register = register
        self.names = names

    @cached_property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """The records that file each heading of chapter 99."""
        found: dict[str, list[str]] = {}
        for measure in self.register.measures():
            for heading in measure.headings():
                found.setdefault(heading, []).append(measure.id)
        return {heading: tuple(ids) for heading, ids in sorted(found.items())}

    @cached_property
    def citations(self) -> dict[str, str]:
        """Keys of sources by page, order and announcement."""
        found: dict[str, str] = {}
        for key, source in self.register.sources.items():
            text = f"{source.citation} {source.citation_zh}"
            for kind in ("page", "order", "proclamation", "announcement"):
                for name in re.findall(PATTERNS[kind], text):
                    found.setdefault(_written(kind, name), key)
        return found

    @cached_property
    def citing(self) -> dict[str, tuple[str, ...]]:
        """The records whose events cite each source."""
        found: dict[str, dict[str, None]] = {}
        for measure in self.register.measures():
            for event in measure.events:
                for key in event.sources:
                    found.setdefault(key, {})[measure.id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    def of(self, text: str) -> list[TextTouch]:
        """What a text touches, each once, by kind and name."""
        text = " ".join(text.split())
        found: dict[tuple[str, str], None] = {}
        for first, last in RANGE.findall(text):
            within = [each for each in self.headings if first <= each <= last]
            found.update(dict.fromkeys(("heading", each) for each in within))
        for kind, pattern in PATTERNS.items():
            for name in re.findall(pattern, text):
                written = _written(kind, name)
                if not (kind == "code" and (written.startswith("99") or written[:2] == "00")):
                    found[kind, written] = None
        for name in self.names(text) if self.names else ():
            found["name", name] = None
        rows = [TextTouch(kind, name, tuple(self._ours(kind, name))) for kind, name in found]
        return sorted(rows)

    def _ours(self, kind: str, name: str) -> Iterator[str]:
        if kind == "heading":
            yield from self.headings.get(name, ())
        elif kind == "code":
            yield from sorted(self.register.members(name.replace(".", "")))
        elif kind == "note":
            number = name.removeprefix("U.S. note ").partition("(")[0]
            key = f"htsus-99-note-{number}"
            yield from self.citing.get(key, (key,) if key in self.register.sources else ())
        elif kind in ("page", "order", "proclamation", "announcement"):
            key = self.citations.get(name, "")
            yield from self.citing.get(key, (key,) if key else ())
        elif kind == "item":
            for terms in self.register.controls.values():
                yield from (each.name for each in terms.items if each.name == name)
        elif kind == "name":
            yield name


def _written(kind: str, name: str) -> str:
    """A name as the register writes it."""
    if kind == "page":
        volume, page = re.findall(r"[\d,]+", name)
        return f"{volume} FR {page.replace(',', '')}"
    if kind in ("order", "proclamation"):
        number = re.findall(r"\d+", name)[-1]
        return f"{'Executive Order' if kind == 'order' else 'Proclamation'} {number}"
    return name.removeprefix("§").strip() if kind == "place" else name


def amendments(text: str, most: int = 12) -> list[str]:
    """The sentences of a text that change law, as they stand."""
    text = " ".join(text.split())
    sentences = re.split(r"(?<=[.;。；])\s+(?=[A-Z(\"“]|\d+\.)|(?<=[。；])", text)
    found = [each.strip() for each in sentences if AMENDS.search(each)]
    return [each[:600] for each in found[:most]]
