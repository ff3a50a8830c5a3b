"""What the exports of the tariff schedule say in their footnotes, edition by edition."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import msgspec

NOTE = re.compile(r"note (\d+) to\s+subchapter III")
HEADING = re.compile(r"99\d{2}\.\d{2}\.\d{2}")
NAME = re.compile(r"hts_(\d{4})_(basic|rev_(\d+))\.json\.gz$")


class Footnote(msgspec.Struct):
    """A footnote of a row of an export."""

    value: str | None = None


class FootnotedRow(msgspec.Struct):
    """What is read here of a row of an export."""

    htsno: str
    footnotes: list[Footnote] | None


READER = msgspec.json.Decoder(list[FootnotedRow])


@dataclass(frozen=True)
class Editions:
    """Footnotes and lines of the exports, in the order in which they were published.

    Attributes:
        names: e.g. ``("2025_basic", "2025_rev_1", ...)``.
        notes: for each code (digits) and heading of chapter 99 (or ``note 16`` and the like) the
            editions whose row of that code points there. Codes stand as printed: where a
            subheading has one statistical line, only the ten-digit row exists and carries it.
        lines: codes printed in each edition.
    """

    names: tuple[str, ...]
    notes: dict[str, dict[str, list[str]]]
    lines: dict[str, set[str]]

    def of_note(self, number: str, edition: str) -> set[str]:
        """Codes whose row points at a U.S. note of subchapter III, in one edition."""
        return {
            code
            for code, places in self.notes.items()
            if edition in places.get(f"note {number}", ())
        }

    def codes(self, heading: str, edition: str | None = None) -> set[str]:
        """Codes whose row points at a heading, in one edition or in any."""
        return {
            code
            for code, headings in self.notes.items()
            if heading in headings and (edition is None or edition in headings[heading])
        }

    @cached_property
    def ever(self) -> set[str]:
        """Every code that any edition prints."""
        return set().union(*self.lines.values())


def read_editions(folder: Path) -> Editions:
    """Read every export in a folder.

    Raises:
        FileNotFoundError: there is none.
    """
    files = sorted(
        (match, path) for path in folder.iterdir() if (match := _order(path.name)) is not None
    )
    if not files:
        raise FileNotFoundError(f"{folder} holds no file named like hts_2025_rev_1.json.gz.")
    notes: dict[str, dict[str, list[str]]] = {}
    lines: dict[str, set[str]] = {}
    for _, path in files:
        edition = path.name.removeprefix("hts_").removesuffix(".json.gz")
        rows = READER.decode(gzip.decompress(path.read_bytes()))
        lines[edition] = {code for row in rows if (code := row.htsno.replace(".", ""))}
        for code, heading in _footnotes(rows):
            notes.setdefault(code, {}).setdefault(heading, []).append(edition)
    return Editions(tuple(lines), notes, lines)


def _order(name: str) -> tuple[int, int] | None:
    match = NAME.search(name)
    # As numbers, or revision 10 would stand before revision 2.
    return (int(match.group(1)), int(match.group(3) or 0)) if match else None


def _footnotes(rows: Iterable[FootnotedRow]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for row in rows:
        code = row.htsno.replace(".", "")
        if not row.footnotes or not code or code.startswith("99"):
            continue
        for footnote in row.footnotes:
            found.update((code, place) for place in _places(footnote.value or ""))
    return found


@cache
def _places(footnote: str) -> tuple[str, ...]:
    """The headings of chapter 99 and the notes that a footnote points at."""
    # A hard blank may stand within what is looked for.
    text = footnote.replace("\xa0", " ")
    return (*HEADING.findall(text), *(f"note {number}" for number in NOTE.findall(text)))
