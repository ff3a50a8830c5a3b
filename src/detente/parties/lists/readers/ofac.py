"""OFAC's lists as it publishes them: `sdn.csv` with `alt.csv` and `add.csv` beside it.

The lists that are no SDN list come together as `cons_prim.csv`, with `cons_alt.csv` and
`cons_add.csv` beside it; what is read from there is the list `NON-SDN`.

The files have no header; `-0-` is an empty cell, and the last line may be an end-of-file mark.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator

from detente.parties.lists.model import ALSO, ListedEntry, ListReading, Name
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    check_size,
    countries_named,
    kind_of,
    name_fault,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.watched import open_text

WHAT = "SDN list of OFAC"
SDN, NON_SDN = "SDN", "NON-SDN"
PRIMARY = {"sdn": SDN, "prim": NON_SDN}
"""What the name of a primary file has in it, and the list that it holds."""
COLUMNS = 12  # number, name, kind, programme, title, six of ships, remarks
EMPTY = "-0-"


def read_ofac(path: str) -> ListReading:
    """Read `sdn.csv`; names and addresses come from the files beside it, where they stand.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path, LARGEST_STREAMED)
    folder = os.path.dirname(os.path.abspath(path))
    stem = os.path.basename(path)
    mark = "prim" if "prim" in stem.lower() else "sdn"
    other = {name: stem.lower().replace(mark, name) for name in ("alt", "add")}
    names: dict[str, list[str]] = {}
    countries: dict[str, list[str]] = {}
    addresses: dict[str, list[str]] = {}
    faults = []
    for name, column_of, column in (("alt", names, 3), ("add", countries, 4)):
        beside = os.path.join(folder, other[name])
        # A name with neither mark in it leads back to the file itself, which is none beside it.
        if other[name] == stem.lower() or not os.path.isfile(beside):
            faults.append(f"{other[name]} is not beside it: entries have no such rows")
            continue
        for _, cells in _rows(beside):
            if len(cells) > column and cells[column]:
                column_of.setdefault(cells[0], []).append(cells[column])
            if name == "add" and (line_of := written_out(cells[2 : column + 1])):
                addresses.setdefault(cells[0], []).append(line_of)
    entries, rows = [], 0
    for line, cells in _rows(path):
        rows += 1
        if len(cells) != COLUMNS or not cells[0].isdigit():
            if rows == 1:
                want = f"its rows have a number and {COLUMNS} cells"
                if any(part in stem.lower() for part in ("alt", "add")):
                    want += "; name sdn.csv, and the other files are read beside it"
                raise wrong_file(path, WHAT, want)
            faults.append(
                f"line {line}: {len(cells)} cells, not {COLUMNS}"
                if len(cells) != COLUMNS
                else f"line {line}: {cells[0]!r} is not a number"
            )
            continue
        fault = name_fault(cells[1])
        if fault:
            faults.append(f"line {line}: {fault}")
            continue
        entries.append(
            ListedEntry(
                list=PRIMARY[mark],
                key=cells[0],
                names=(Name(cells[1]), *(Name(text, ALSO) for text in names.get(cells[0], ()))),
                kind=kind_of(cells[2]) or "entity",
                countries=countries_named(countries.get(cells[0], ())),
                addresses=tuple(addresses.get(cells[0], ())),
                programme=cells[3].replace("] [", "; ").strip("[]"),
                note=cells[11],
            )
        )
    if not rows:
        raise wrong_file(path, WHAT, "it has no rows of cells between commas")
    return ListReading("ofac", "", tuple(entries), rows, (), tuple(faults))


def _rows(path: str) -> Iterator[tuple[int, list[str]]]:
    # OFAC writes names with accents in the code page of Windows in older files.
    with open_text(path, "utf-8", "surrogateescape", "") as file:
        reader = csv.reader(file)
        try:
            for cells in reader:
                if len(cells) < 2:
                    continue
                yield reader.line_num, [_clean(cell) for cell in cells]
        except csv.Error as error:
            raise ValueError(f"{path}, line {reader.line_num}: {error}") from error


def _clean(cell: str) -> str:
    text = cell.strip()
    if text == EMPTY:
        return ""
    # A cell at a time, since one file may hold names in both encodings.
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
