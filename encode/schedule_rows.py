"""Rows of one edition of the Harmonized Tariff Schedule, read from the official JSON export.

An export is the printed table, top to bottom. Three things of the page are turned into facts here:

* text carries markup, entities and repeated blanks: they are taken off;
* what a row lies under is shown by its indentation alone, and rows without a code ("Horses:") are
  part of that tree: every row gets the row above it as its parent;
* the headings of chapter 99 that concern a row are named in its footnotes: they are picked out.
"""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

MARKUP = re.compile(r"<[^>]*>")
# Zero-width blanks and soft hyphens of web pages are no part of the text.
INVISIBLE = str.maketrans("", "", "\u200b\u00ad\ufeff")
# A range ("9903.52.00-9903.52.26") is kept as one word: its members are not printed.
CHAPTER_99 = re.compile(r"\b99\d\d\.\d\d\.\d\d(?:-99\d\d\.\d\d\.\d\d)?\b")


class Note(msgspec.Struct):
    """A footnote of an export."""

    value: str


class Entry(msgspec.Struct):
    """One row of an export, as published; the code is "" where the row has none."""

    htsno: str
    indent: str
    description: str
    units: list[str] | None
    general: str | None
    special: str | None
    other: str | None
    footnotes: list[Note] | None


class Row(NamedTuple):
    """One numbered row of one edition; every field is text as it will stand in the table.

    Attributes:
        indent: Depth on the page, from 0.
        parent: What the row stands under: the digits of a code, the id of a group, or "".
        description: The row's own words.
        units: Units of quantity, ";" between.
        general: Column 1 general rate; "" where the row has none of its own.
        special: Column 1 special rates.
        other: Column 2 rate.
        headings: Chapter 99 headings named in the footnotes, ascending, blanks between.
    """

    indent: str
    parent: str
    description: str
    units: str
    general: str
    special: str
    other: str
    headings: str


class Groups:
    """The rows without a code, each kept once: the same words under the same parent are one group.

    Ids are the digits of the nearest numbered row above and a count in order of first appearance.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def id_of(self, parent: str, text: str) -> str:
        """Return the id of a group, making one where it is new."""
        if (parent, text) not in self._ids:
            stem = parent.partition(":")[0]
            self._counts[stem] = self._counts.get(stem, 0) + 1
            self._ids[parent, text] = f"{stem}:{self._counts[stem]}"
        return self._ids[parent, text]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, parent and text of every group."""
        for (parent, text), name in self._ids.items():
            yield name, parent, text


@cache
def clean(text: str | None) -> str:
    """Take markup, entities and repeated blanks off a text; most texts recur in every edition."""
    plain = MARKUP.sub("", html.unescape(text or "")).translate(INVISIBLE)
    return " ".join(plain.split())


def read_edition(path: Path, groups: Groups) -> dict[str, Row]:
    """Read one export.

    Returns:
        Digits of a code to its row, in the order of the page.

    Raises:
        ValueError: A code stands twice, or is written in a way that no level of the schedule has.
    """
    entries = msgspec.json.decode(gzip.decompress(path.read_bytes()), type=list[Entry])
    rows: dict[str, Row] = {}
    above: list[tuple[int, str]] = []
    for entry in entries:
        indent = int(entry.indent)
        while above and above[-1][0] >= indent:
            above.pop()
        parent = above[-1][1] if above else ""
        code = entry.htsno.replace(".", "")
        if code:
            if code in rows or len(code) not in (4, 6, 8, 10) or not code.isdigit():
                raise ValueError(f"{path.name}: {entry.htsno!r} stands twice or is no code")
            rows[code] = _row(entry, parent)
        above.append((indent, code or groups.id_of(parent, clean(entry.description))))
    return rows


def _row(entry: Entry, parent: str) -> Row:
    notes = " ".join(clean(note.value) for note in entry.footnotes or [])
    return Row(
        indent=entry.indent,
        parent=parent,
        description=clean(entry.description),
        units=";".join(filter(None, map(clean, entry.units or []))),
        general=clean(entry.general),
        special=clean(entry.special),
        other=clean(entry.other),
        headings=" ".join(sorted(set(CHAPTER_99.findall(notes)))),
    )
