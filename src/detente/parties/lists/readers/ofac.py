"""OFAC's lists as it publishes them: `sdn.csv` with `alt.csv` and `add.csv` beside it.

The lists that are no SDN list come together as `cons_prim.csv`, with `cons_alt.csv` and
`cons_add.csv` beside it; what is read from there is the list `NON-SDN`.

The files have no header; `-0-` is an empty cell, and the last line may be an end-of-file mark.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detente.core.figures import counted
from detente.core.tables.reading import BYTE_ORDER_MARK, marked_encoding
from detente.core.tables.records import Records
from detente.core.watched import open_text
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    check_size,
    countries_named,
    cut_off,
    kind_of,
    name_fault,
    unlike,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.encoded import Decoding
from detente.parties.lists.readers.packed import unpacked
from detente.parties.lists.readers.printed_names import names_of

WHAT = "SDN list of OFAC"
SDN, NON_SDN = "SDN", "NON-SDN"
NAMED = ((re.compile(r"cons|prim|non[-_ ]?sdn", re.I), NON_SDN), (re.compile("sdn", re.I), SDN))
"""What the name of a file has in it, and the list that it holds; the first one that fits."""
PRIMARY = ("prim", "sdn", "consolidated")
"""What in the name of a list another word stands for in those of the files beside it."""
INSTEAD = {"consolidated": "cons_{}"}
"""That word, where it is not the kind of the file alone."""
COLUMNS = 12  # number, name, kind, programme, title, six of ships, remarks
BESIDE = {"alt": 5, "add": 6}
"""Cells of a row in the files beside: number, number of the row, kind, name, remarks; or number,
number of the row, street, city, country, remarks."""
MOST_ABOVE = 100
"""Rows that are none which may stand above the first one that is."""
EMPTY = "-0-"
REMARKS = 11
"""The cell of remarks, in which further names stand that OFAC calls weak, and in no file beside."""
CALLED = r"(?:^|; )(?:alt\. )?[afn]\.k\.a\. '"
WEAK = re.compile(CALLED + r"(.+?)'(?=;|\.?$)")
"""A name in remarks; it may have apostrophes of its own, but none before a semicolon."""
CUT = re.compile(CALLED + r"(?!.*'(?:;|\.?$))")
"""A name that does not end: OFAC cuts remarks off at a thousand characters."""
UTF_8 = ("utf-8", "utf-8-sig")
OF = re.compile(r"(?:^|; )(?:alt\. )?(?:nationality|citizen) (.+?)(?=;|\.?$)")
"""A country in remarks whose citizen a person is."""
END_OF_FILE = "\x1a"
"""What may stand alone in the last line."""


def read_ofac(path: str, named: str = "", encoding: str | None = None) -> ListReading:
    """Read `sdn.csv`; names and addresses come from the files beside it, where they stand.

    Args:
        path: the file.
        named: the file that was named, where `path` is what was packed in it: the others stand
            beside that one, packed or not.
        encoding: of all of them; None for the mark of each, else UTF-8, with names in the code page
            of Windows among it.

    Raises:
        ValueError: the file is something else, or one beside it is damaged.
    """
    check_size(path, LARGEST_STREAMED)
    stem = os.path.basename(path)
    mark = next((each for each in PRIMARY if each in stem.lower()), "")
    code = list_named(stem, os.path.basename(named))
    names: dict[str, list[str]] = {}
    countries: dict[str, list[str]] = {}
    addresses: dict[str, list[str]] = {}
    numbers: dict[str, set[str]] = {}
    faults: list[str] = []
    for name, column_of, column in (("alt", names, 3), ("add", countries, 4)):
        instead = INSTEAD.get(mark, "{}").format(name)
        beside = _beside(named or path, stem, mark, instead) if mark else None
        if beside is None:
            other = stem.lower().replace(mark, instead) if mark else f"{name}.csv"
            faults.append(f"{other} is not beside it: entries have no such rows")
            continue
        check_size(beside, LARGEST_STREAMED)
        told_of = numbers.setdefault(os.path.basename(beside), set())
        with unpacked(beside) as content:
            for cells in _rows_beside(content, name, faults, encoding):
                told_of.add(cells[0])
                if cells[column]:
                    column_of.setdefault(cells[0], []).append(cells[column])
                if name == "add" and (line_of := written_out(cells[2 : column + 1])):
                    addresses.setdefault(cells[0], []).append(line_of)
    entries, rows, is_known = [], 0, False
    for line, cells, broken in _rows(path, COLUMNS, encoding):
        rows += 1
        if len(cells) != COLUMNS or not cells[0].isdigit():
            if rows > MOST_ABOVE and not is_known:
                break
            faults.append(f"line {line}: {broken or _fault_of(cells, COLUMNS)}")
            continue
        is_known = True
        for told_of in numbers.values():
            told_of.discard(cells[0])
        fault = name_fault(cells[1])
        if fault:
            faults.append(f"line {line}: {fault}")
            continue
        if CUT.search(cells[REMARKS]):
            faults.append(f"line {line}: its remarks break off within a name, which is not kept")
        key = cells[0]
        entry = _entry(cells, code, names.get(key, ()))
        entries.append(
            entry._replace(
                countries=countries_named((*countries.get(key, ()), *OF.findall(cells[REMARKS]))),
                addresses=tuple(addresses.get(key, ())),
            )
        )
    if not rows:
        raise wrong_file(path, WHAT, "it has no rows of cells between commas")
    if not is_known:
        want = f"its rows have a number and {COLUMNS} cells"
        if any(part in stem.lower() for part in ("alt", "add")):
            want += "; name sdn.csv, and the other files are read beside it"
        raise wrong_file(path, WHAT, want)
    if not code:
        raise unnamed(path, "csv")
    faults += _of_nobody(numbers)
    return ListReading("ofac", "", tuple(unlike(entries)), rows, (), tuple(faults))


def _entry(cells: Sequence[str], code: str, also: Iterable[str]) -> ListedEntry:
    """What a row says, with the names of the file beside it."""
    return ListedEntry(
        list=code,
        key=cells[0],
        names=names_of([cells[1], *also, *WEAK.findall(cells[REMARKS])]),
        kind=kind_of(cells[2]) or "entity",
        programme=cells[3].replace("] [", "; ").strip("[]"),
        note=cells[REMARKS],
    )


def list_named(*names: str) -> str:
    """Which list of OFAC a file is, by its name or that of the one in which it is packed; or ""."""
    found = (code for name in names for mark, code in NAMED if mark.search(name))
    return next(found, "")


def unnamed(path: str, suffix: str) -> ValueError:
    """The error for a list of OFAC that does not say which one it is."""
    other = "cons_prim" if suffix == "csv" else "consolidated"
    return ValueError(
        f"{path} may be the SDN list of OFAC or the one of all others, and does not say which: "
        f"call it sdn.{suffix} or {other}.{suffix}, as OFAC does"
    )


def _beside(named: str, stem: str, mark: str, name: str) -> str | None:
    """The file of further names or of addresses; None where it is not there.

    Where it stands both packed and not, the one that is as the list itself is goes first.

    Args:
        named: the list, or the file in which it is packed.
        stem: how the list itself is called.
        mark: what tells the list in both.
        name: what tells the other file.
    """
    folder, own = os.path.split(os.path.abspath(named))
    # OFAC serves SDN.CSV and ALT.CSV, and whoever keeps them may write them small.
    known = {each.lower(): each for each in sorted(os.listdir(folder))}
    like, other = (each.lower().replace(mark, name) for each in (own, stem))
    packed = (f"{other}.gz", f"{other}.zip", f"{os.path.splitext(other)[0]}.zip")
    for each in (like, other, *packed):
        # A name without the mark leads back to the list itself, which is none beside it.
        if each not in (own.lower(), stem.lower()) and each in known:
            path = os.path.join(folder, known[each])
            if os.path.isfile(path):
                return path
    return None


def _rows_beside(
    path: str, name: str, faults: list[str], encoding: str | None
) -> Iterator[list[str]]:
    """The rows of a file of further names or of addresses; one that is none is told.

    Raises:
        ValueError: none of its rows is one.
    """
    width, found, odd = BESIDE[name], False, 0
    for line, cells, broken in _rows(path, width, encoding):
        if len(cells) == width and cells[0].isdigit():
            found = True
            yield cells
        else:
            odd += 1
            fault = broken or _fault_of(cells, width)
            faults.append(f"{os.path.basename(path)}, line {line}: {fault}")
    if not found:
        rows = f"none of its {odd} rows has a number and {width} cells" if odd else "it has no rows"
        raise ValueError(
            f"{path} is no file that OFAC gives beside its list: {rows}. Download it again"
        )


def _of_nobody(numbers: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What files beside a list say of parties that it has not: they are of another day.

    Args:
        numbers: by the name of a file, those of the parties in its rows that the list has not.
    """
    for name, others in numbers.items():
        if others:
            parties = counted(len(others), "party", "parties")
            yield (
                f"{name} tells of {parties} that the list has not, such as number "
                f"{min(others, key=int)}: look whether both are of one day"
            )


def _fault_of(cells: list[str], width: int) -> str:
    """Why cells are no row of so many, the first of which is a number."""
    if len(cells) != width:
        return f"{counted(len(cells), 'cell')}, not {width}"
    return f"{cells[0]!r} is not a number"


def _rows(path: str, width: int, encoding: str | None) -> Iterator[tuple[int, list[str], str]]:
    """Line and cells of each row of a file whose rows have so many; or no cells, and why."""
    used = encoding or marked_encoding(Path(path))
    decoding = Decoding(path, used)
    # OFAC writes names with accents in the code page of Windows in older files.
    clean = _clean if used in UTF_8 and encoding is None else _told
    with open_text(path, used, "surrogateescape", "") as file:
        for line, _, cells, fault in Records(_without_mark(file), ",", width=width):
            if fault or "".join(cells).strip(f" {END_OF_FILE}"):
                found = [clean(cell) for cell in cells]
                fault = cut_off(fault) or decoding.fault("".join(found), line)
                yield line, [] if fault else found, fault
    decoding.check()


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Lines without the mark of an encoding, which whoever saves the file again puts before it."""
    rest = iter(lines)
    if first := next(rest, ""):
        yield first.removeprefix(BYTE_ORDER_MARK)
    yield from rest


def _told(cell: str) -> str:
    """A cell without the blanks around it; "" for an empty one."""
    text = cell.strip()
    return "" if text == EMPTY else text


def _clean(cell: str) -> str:
    """A cell as `_told` gives it, in either of the encodings of OFAC."""
    # A cell at a time, since one file may hold names in both encodings.
    raw = _told(cell).encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
