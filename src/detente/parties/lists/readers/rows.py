"""Lists that their publishers give as rows of a table, each by the columns it really has.

The Consolidated Screening List of trade.gov as CSV, the Denied Persons List of BIS, the financial
sanctions of the European Union with a row a name, the sanctions list of the United Kingdom, and the
simple targets of OpenSanctions. One bad row is told with its line and does not stop the file.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from detente.core.tables.reading import BYTE_ORDER_MARK, SEPARATORS
from detente.core.tables.records import Record, Records
from detente.core.watched import open_text
from detente.parties.lists.model import ListedEntry, ListReading, Name
from detente.parties.lists.readers.common import (
    BREAKS_OFF,
    LARGEST_STREAMED,
    MalformedError,
    RowFaults,
    check_size,
    countries_named,
    cut_off,
    day_after,
    day_if_any,
    kind_of,
    name_fault,
    no_uk_xml,
    one_line,
    texts,
    unlike,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.csl import entry_of_row
from detente.parties.lists.readers.encoded import Decoding, encoding_of
from detente.parties.lists.readers.european_union import (
    PARTS_OF_ADDRESS,
    Regulation,
    eu_address,
    eu_days,
)
from detente.parties.lists.readers.printed_names import each_of, names_of

Row = Mapping[str, str]
ReadRow = Mapping[str, str | None]
"""A row as it stands; None for a cell that it lacks."""

EU_ADDRESS = tuple(f"Address_{part}" for part in PARTS_OF_ADDRESS)
EU_COUNTRIES = ("Address_CountryIso2Code", "Citizenship_CountryIso2Code")
UK_ADDRESS = (
    *(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code", "Address Country",
)  # fmt: skip
"""Columns of an address, its country last."""


def rows_of(
    path: str,
    what: str,
    wanted: set[str],
    faults: RowFaults,
    skip: int = 0,
    encoding: str | None = None,
    needed: Collection[str] = (),
) -> Iterator[tuple[int, Row]]:
    """The rows under a header, each with its line; what cannot be one is told and passed over.

    Publishers give one list with commas and with tabs, and whoever saves it again with semicolons:
    what stands most often in the header stands between the cells.

    Args:
        path: the file.
        what: what it is expected to be.
        wanted: columns that it must have.
        faults: takes what was left out.
        skip: lines above the header.
        encoding: of the file; None for the one that its mark or its letters tell.
        needed: columns of which a row must have a cell where there are any.

    Raises:
        ValueError: the file lacks a column, or is in no encoding that is known.
    """
    check_size(path, LARGEST_STREAMED)
    used, faults.told = (encoding, "") if encoding else encoding_of(path)
    decoding = Decoding(path, used)
    with open_text(path, used, "surrogateescape", "") as file:
        first = file.readline().removeprefix(BYTE_ORDER_MARK)
        for _ in range(skip):
            first = file.readline()
        records = Records(
            chain([first] if first else [], file), max(SEPARATORS, key=first.count), above=skip
        )
        heading = next(records, Record(skip + 1, skip + 1, []))
        if heading.fault:
            raise wrong_file(path, what, f"its header cannot be read ({heading.fault})")
        columns = [column.strip() for column in heading.cells]
        if missing := wanted - set(columns):
            raise wrong_file(path, what, f"its header lacks {', '.join(sorted(missing))}")
        if doubled := sorted(each for each in wanted if columns.count(each) > 1):
            raise wrong_file(path, what, f"the column {', '.join(doubled)} stands twice")
        faults.doubled = tuple(
            dict.fromkeys(each for each in columns if each and columns.count(each) > 1)
        )
        records.width = len(columns)
        cells = wanted | set(needed).intersection(columns)
        yield from _whole(_read(records, columns, decoding, faults), cells, faults)
    decoding.check()


def _read(
    records: Records, columns: Sequence[str], decoding: Decoding, faults: RowFaults
) -> Iterator[tuple[int, ReadRow]]:
    """The rows of a table, each with its line; a cell that a row lacks is None."""
    for line, last, cells, fault in records:
        if last > line:
            cells = list(map(one_line, cells))
        fault = cut_off(fault) or decoding.fault("".join(cells), line)
        if fault:
            faults.append(f"line {line}: {fault}")
        elif len(cells) > len(columns):
            faults.append(f"line {line}: more cells than columns")
        elif cells:
            row = dict(zip_longest(columns, cells))
            for column in faults.doubled:
                own = [cell for name, cell in zip_longest(columns, cells) if name == column]
                row[column] = next(filter(str.strip, filter(None, own)), own[0])
            yield line, row


def _whole(
    rows: Iterator[tuple[int, ReadRow]], wanted: set[str], faults: RowFaults
) -> Iterator[tuple[int, Row]]:
    """Rows that have a cell under each column, or lack some that no reader needs."""
    held: tuple[int, ReadRow] | None = None
    for line, row in rows:
        if held is not None:
            at, short = held
            if any(short[each] is None for each in wanted):
                # Its other half stands on this line, or nowhere.
                faults.append(f"line {at}: fewer cells than columns")
            else:
                faults.are_short(at)
                yield at, _plain(short)
            held = None
        if None in row.values():
            held = line, row
        else:
            yield line, _plain(row)
    if held is not None:
        # A download breaks off in its last row, and maybe in the middle of a name.
        faults.append(f"line {held[0]}: fewer cells than columns: {BREAKS_OFF}")


def _plain(row: ReadRow) -> Row:
    """The cells of a row without the blanks around them; "" for one that it lacks."""
    return {key: (cell or "").strip() for key, cell in row.items()}


def _each(
    rows: Iterator[tuple[int, Row]], make: Callable[[Row], ListedEntry], faults: list[str]
) -> Iterator[tuple[str, ListedEntry]]:
    """What is made of rows, each with where it stands."""
    for line, row in rows:
        try:
            yield f"line {line}", make(row)
        except MalformedError as error:
            faults.append(f"line {line}: {error}")


def read_csl_csv(path: str, encoding: str | None = None) -> ListReading:
    """Read the CSV form of the Consolidated Screening List; it does not say its day."""
    what = "Consolidated Screening List as CSV"
    faults = RowFaults()
    found = rows_of(
        path, what, {"source", "name", "alt_names", "addresses"}, faults, encoding=encoding
    )
    made = list(_each(found, _of_csl, faults))
    entries, count = tuple(unlike(entry for _, entry in made)), len(made) + len(faults)
    places = tuple(place for place, _ in made)
    return ListReading("csl-csv", "", entries, count, (), tuple(faults), faults.notes(), places)


def _of_csl(row: Row) -> ListedEntry:
    addresses = texts(row["addresses"])
    places = [each.rpartition(",")[2].strip() for each in addresses]
    entry = entry_of_row({**row, "addresses": [], "countries": [p for p in places if len(p) == 2]})
    # A country alone is no address.
    return entry._replace(addresses=tuple(each for each in addresses if len(each.strip(" ,")) > 2))


def read_dpl(path: str, encoding: str | None = None) -> ListReading:
    """Read the Denied Persons List, `dpl.txt`; an order that prints no end stands until it does."""
    faults = RowFaults()
    found = rows_of(
        path,
        "Denied Persons List",
        {"Name", "Effective_Date", "Expiration_Date"},
        faults,
        encoding=encoding,
        # The half of a row may have a day in the place of the other one.
        needed=("FR_Citation",),
    )
    stamps = [""]

    def entry_of(row: Row) -> ListedEntry:
        stamp = row.get("Last_Update") or ""
        stamps.append(day_if_any(stamp, "%Y-%m-%d", "%m/%d/%Y") or stamp)
        return _of_dpl(row)

    made = list(_each(found, entry_of, faults))
    entries, count = tuple(unlike(entry for _, entry in made)), len(made) + len(faults)
    places = tuple(place for place, _ in made)
    return ListReading(
        "dpl", max(stamps), entries, count, (), tuple(faults), faults.notes(), places
    )


def _of_dpl(row: Row) -> ListedEntry:
    if fault := name_fault(row["Name"]):
        raise MalformedError(fault)
    # A day in another form is told, and the party is kept without it.
    stated = (row[f"{each}_Date"] for each in ("Effective", "Expiration"))
    since, ends = (day_if_any(text, "%m/%d/%Y") or text for text in stated)
    place = (row.get(each, "") for each in ("Street_Address", "City", "State", "Postal_Code"))
    name, citation = (" ".join(row.get(each, "").split()) for each in ("Name", "FR_Citation"))
    return ListedEntry(
        list="DPL",
        # As the Consolidated Screening List has it, so that either follows on the other.
        key=f"{name} [{citation}]",
        names=(Name(name),),
        countries=(row["Country"],) if row.get("Country") else (),
        citation=citation,
        since=since,
        until=day_after(ends),
        note=row.get("Action", ""),
        addresses=tuple(filter(None, [", ".join(filter(None, place))])),
    )


def _grouped(
    rows: Iterator[tuple[int, Row]], key: str, faults: list[str], otherwise: str = ""
) -> Iterator[tuple[int, str, list[Row]]]:
    """Rows by the party that they are of, with its first line; a row without its number is told.

    Args:
        rows: of the table, each with its line.
        key: column of the number of a party.
        faults: takes the rows without one.
        otherwise: column of another number, for parties that have not that one; "" for none.
    """
    found: dict[str, tuple[int, list[Row]]] = {}
    for line, row in rows:
        if number := row[key] or row.get(otherwise, ""):
            found.setdefault(number, (line, []))[1].append(row)
        else:
            faults.append(f"line {line}: no {key}")
    for number, (line, own) in found.items():
        yield line, number, own


def read_eu_csv(path: str, encoding: str | None = None) -> ListReading:
    """Read the financial sanctions of the European Union as CSV, a row a name."""
    what, key = "list of the European Union as CSV", "Entity_EU_ReferenceNumber"
    faults = RowFaults()
    wanted = {key, "NameAlias_WholeName", "fileGenerationDate"}
    rows_read = rows_of(path, what, wanted, faults, encoding=encoding)
    # As in the XML, the number that the Union's own database has.
    found = list(_grouped(rows_read, key, faults, "Entity_LogicalId"))
    entries, places = [], []
    stamps = dict.fromkeys(rows[0]["fileGenerationDate"] for _, _, rows in found)
    days = (day_if_any(stamp, "%d/%m/%Y") for stamp in stamps)
    day = next(filter(None, days), "")
    for line, number, rows in found:
        try:
            entries.append(_of_eu(number, rows))
            places.append(f"line {line} ({number})")
        except MalformedError as error:
            faults.append(f"line {line} ({number}): {error}")
    count = len(entries) + len(faults)
    return ListReading(
        "eu-csv", day, tuple(entries), count, (), tuple(faults), faults.notes(), tuple(places)
    )


def _of_eu(number: str, rows: list[Row]) -> ListedEntry:
    own = (column for column in rows[0] if column.startswith("Entity_"))
    row = {column: _first(rows, column) for column in own}
    whose = dict.fromkeys(column.partition("_Regulation_")[0] for column in rows[0]
                          if "_Regulation_" in column)  # fmt: skip
    days = eu_days(
        row.get("Entity_DesignationDate", ""),
        _regulation(row, "Entity"),
        (_regulation(each, what) for each in rows for what in whose),
    )
    return ListedEntry(
        list="EU-FSF",
        key=number,
        names=names_of(row["NameAlias_WholeName"] for row in rows),
        kind=kind_of(row.get("Entity_SubjectType_ClassificationCode", "")),
        # The Union writes `00` for a country that is not known.
        countries=tuple(place for place in _distinct(rows, EU_COUNTRIES) if place != "00"),
        programme=row.get("Entity_Regulation_Programme", ""),
        citation=row.get("Entity_Regulation_NumberTitle", ""),
        source=row.get("Entity_Regulation_PublicationUrl", ""),
        since=days.since,
        changes=days.changes,
        note=days.behind(row.get("Entity_Remark", "")),
        addresses=_addresses(rows, EU_ADDRESS, eu_address),
    )


def _regulation(row: Row, of: str) -> Regulation:
    parts = ("NumberTitle", "EntryIntoForceDate", "PublicationDate", "Type")
    return Regulation(*(row.get(f"{of}_Regulation_{part}", "") for part in parts))


BETWEEN = re.compile(r"[;/|]|\(\d+\)")
"""What may stand between several nationalities, or before each."""
UK_DAYS = ("%d/%m/%Y", "%d-%b-%Y", "%d %b %Y", "%d-%B-%Y", "%d %B %Y", "%Y-%m-%d")
"""How the list of the United Kingdom writes days: editions differ."""


def read_uk(path: str, encoding: str | None = None) -> ListReading:
    """Read the sanctions list of the United Kingdom, whose first line is the day of the report."""
    what, key = "sanctions list of the United Kingdom", "Unique ID"
    check_size(path, LARGEST_STREAMED)
    used = encoding or encoding_of(path)[0]
    with open(path, encoding=used, errors="surrogateescape") as file:
        first = file.readline().removeprefix(BYTE_ORDER_MARK)
    if first.lstrip().startswith("<"):
        raise no_uk_xml(path)
    reported = first.casefold().startswith(("report date", '"report date'))
    stated = first.partition(":")[2].strip(' ",\r\n') if reported else ""
    day = day_if_any(stated, *UK_DAYS)
    faults = RowFaults()
    found = rows_of(
        path, what, {key, "Name 6", "Name type"}, faults, skip=int(reported), encoding=encoding
    )
    entries, places = [], []
    for line, number, rows in _grouped(found, key, faults):
        # Stable, so that all other names keep the order of the file.
        rows.sort(key=lambda row: row["Name type"].casefold() != "primary name")
        names = [_uk_name(row) for row in rows]
        names += each_of(row.get("Name non-latin script", "") for row in rows)
        try:
            entries.append(_of_uk(number, rows, names))
            places.append(f"line {line} ({number})")
        except MalformedError as error:
            faults.append(f"line {line} ({number}): {error}")
    count = len(entries) + len(faults)
    return ListReading(
        "uk", day, tuple(entries), count, (), tuple(faults), faults.notes(), tuple(places)
    )


def _uk_name(row: Row) -> str:
    parts = [row.get(f"Name {number}", "") for number in (1, 2, 3, 4, 5, 6)]
    return " ".join(filter(None, parts))


def _of_uk(number: str, rows: list[Row], names: list[str]) -> ListedEntry:
    stated = _first(rows, "Date Designated")
    return ListedEntry(
        list="UK",
        key=number,
        names=names_of(names),
        kind=kind_of(_first(rows, "Individual, Entity, Ship")),
        countries=countries_named((*_distinct(rows, ("Address Country",)), *_nationalities(rows))),
        programme="; ".join(_distinct(rows, ("Regime Name",))),
        # A day in none of these forms is told, and the party is kept without it.
        since=day_if_any(stated, *UK_DAYS) or stated,
        note="; ".join(_distinct(rows, ("Other Information",))),
        addresses=_addresses(rows, UK_ADDRESS),
    )


def _nationalities(rows: list[Row]) -> list[str]:
    """The countries of nationality of a person, of which a cell may have several."""
    cells = _distinct(rows, ("Nationality(/ies)",))
    named = (part.strip() for cell in cells for part in BETWEEN.split(cell))
    return list(filter(None, named))


def _first(rows: list[Row], column: str) -> str:
    """What stands in a column of a party's rows, in the first that has anything."""
    return next(iter(_distinct(rows, (column,))), "")


def _distinct(rows: list[Row], columns: Collection[str]) -> list[str]:
    """What stands in some columns of a party's rows, each once."""
    found = (row.get(column, "") for row in rows for column in columns)
    return list(dict.fromkeys(filter(None, found)))


def _addresses(
    rows: list[Row],
    columns: Collection[str],
    written: Callable[..., str] = lambda *parts: written_out(parts),
) -> tuple[str, ...]:
    """The addresses of a party, each as one line."""
    found = (written(*(row.get(column, "") for column in columns)) for row in rows)
    return tuple(dict.fromkeys(filter(None, found)))


def read_targets(path: str, encoding: str | None = None) -> ListReading:
    """Read the simple targets of OpenSanctions; the file is the list of its own name."""
    faults = RowFaults()
    what = "file of simple targets"
    code = os.path.basename(path).partition(".")[0].upper() or "TARGETS"
    latest, entries = "", []
    columns = {"id", "schema", "name", "aliases"}
    for line, row in rows_of(path, what, columns, faults, encoding=encoding):
        latest = max(latest, row.get("last_change", "")[:10])
        if fault := name_fault(row["name"]):
            faults.append(f"line {line}: {fault}")
            continue
        entries.append(
            ListedEntry(
                code,
                row["id"],
                names_of([row["name"], *_values(row["aliases"])]),
                kind_of(row["schema"]),
                tuple(each.upper() for each in _values(row.get("countries", ""))),
                programme="; ".join(_values(row.get("program_ids", ""))),
                note="; ".join(_values(row.get("sanctions", ""))),
                addresses=tuple(_values(row.get("addresses", ""))),
            )
        )
    count = len(entries) + len(faults)
    return ListReading(
        "targets", latest, tuple(unlike(entries)), count, (), tuple(faults), faults.notes()
    )


def _values(cell: str) -> list[str]:
    """The values of a cell with `;` between; one that has that sign itself stands in quotes."""
    if '"' not in cell:
        return texts(cell)
    values = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    return [text for each in values if (text := each.strip())]
