"""Dated code lists as text: rows, their file, and the sum that identifies an input."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HEADER = ("code", "from", "until", "announced", "except", "note", "state", "end_announced")


@dataclass(frozen=True, order=True)
class Row:
    """Membership of a code over half-open days.

    Attributes:
        code: 2 to 10 digits, a prefix of the goods it covers.
        start: first day, ISO, or empty for always.
        until: first day no longer covered, ISO, or empty for no end.
        announced: day on which the membership became public, ISO.
        out: the row takes the code *out* of the membership of a shorter prefix.
        note: what the source says of this code, or why the row stands.
        state: empty, or ``unknown`` where the membership of those days is not in hand.
        end_announced: day on which the end became public, where that was after ``announced``.
    """

    code: str
    start: str = ""
    until: str = ""
    announced: str = ""
    out: bool = False
    note: str = ""
    state: str = ""
    end_announced: str = ""


@dataclass(frozen=True)
class CodeList:
    """A list with what is known about it."""

    name: str
    meta: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()


def render(code_list: CodeList) -> str:
    """The text of a list file: comment lines, a header, rows sorted by code and day."""
    lines = [f"# {key}: {value}" for key, value in code_list.meta]
    lines += [f"# unknown: {period}" for period in code_list.unknown]
    lines.append("\t".join(HEADER))
    for row in sorted(set(code_list.rows)):
        check(code_list.name, row)
        flag = "1" if row.out else ""
        days = (row.start, row.until, row.announced)
        cells = (row.code, *days, flag, row.note, row.state, row.end_announced)
        lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines) + "\n"


def check(name: str, row: Row) -> None:
    """Refuse a row that cannot be law.

    Raises:
        ValueError: the code is no code, or the days are empty.
    """
    if not (row.code.isascii() and row.code.isdigit() and 2 <= len(row.code) <= 10):
        raise ValueError(f"List {name}: {row.code!r} is not a code of 2 to 10 digits.")
    if row.start and row.until and row.start >= row.until:
        raise ValueError(f"List {name}, code {row.code}: {row.start} is not before {row.until}.")
    if "\t" in row.note or "\n" in row.note:
        raise ValueError(f"List {name}, code {row.code}: the note holds a tab or a line break.")


def parse(text: str) -> tuple[Row, ...]:
    """Rows of a list file."""
    rows = []
    for line in text.splitlines():
        if not line or line.startswith(("#", "code\t")):
            continue
        cells = line.split("\t") + [""] * len(HEADER)
        rows.append(
            Row(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                out=cells[4] == "1",
                note=cells[5],
                state=cells[6],
                end_announced=cells[7],
            )
        )
    return tuple(rows)


def merged(rows: Iterable[Row]) -> list[Row]:
    """Join rows of one code whose days touch and which say the same."""
    out: list[Row] = []
    for row in sorted(rows):
        last = out[-1] if out else None
        same = last and (last.code, last.out, last.state) == (row.code, row.out, row.state)
        if last and same and last.until and last.until == row.start:
            notes = "; ".join(dict.fromkeys(note for note in (last.note, row.note) if note))
            out[-1] = replace(last, until=row.until, note=notes)
        else:
            out.append(row)
    return out


def expect(name: str, what: str, found: int, expected: int, counted: str) -> None:
    """Fail loudly where a count differs from the published one.

    Raises:
        ValueError: the counts differ.
    """
    if found != expected:
        raise ValueError(
            f"List {name}: {what} gave {found}, expected {expected} ({counted})."
            " The edition or the reader has changed; nothing was written."
        )


def unique(name: str, codes: Sequence[str]) -> list[str]:
    """The codes, each once; a list that names a code twice is an error of reading."""
    repeated = sorted(code for code, times in Counter(codes).items() if times > 1)
    if repeated:
        raise ValueError(f"List {name}: read twice: {', '.join(repeated)}.")
    return list(codes)


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(folder: Path, lists: Mapping[str, str]) -> None:
    """Write files of text into a folder, replacing those of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sorted(lists.items()):
        (folder / name).write_text(text, encoding="utf-8")
