"""Make `data/parties/others.tsv`: the lists of parties beside the Consolidated Screening List.

    python -m encode.parties.parties_others [REFERENCE] [--to data/parties]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE); under
`parties/2026-11/` and `china/2026-11/` it holds one table a list, whose PROVENANCE.md says how each
was read. What is checked here: the sums of the list of the Uyghur Forced Labor Prevention Act
against every announcement; that a row of grade C of section 1260H does not ship.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import yaml

from detente.core.clock import long_day
from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ALSO, CHINESE, ListedEntry, Name
from detente.parties.names.names import is_han
from encode.parties.parties import FIELDS, TARGET, cells, listed_as, write
from encode.program import folders

FOLDER = Path("parties/2026-11")
CHINA = Path("china/2026-11/cn_afsl_parties.csv")

READ = (
    "uflpa_entity_list.csv", "dod_1260h_list_of_2026-06-08.csv", "fcc_covered_list.csv",
    "statute_named_parties.csv", "dod_1286_list_fy24.csv", "cbp_wro_findings_active_2026-07.csv",
    "meti_end_user_list_2025-09-29.csv", "un_parties_cn_hk_2026-02-27.csv",
    "eu_fsf_parties_cn_hk_2024-05-13.csv", "samples/eu_fsf_full_1.1_2024-05-13_trim.xml",
)  # fmt: skip

ANNOUNCED = {
    "2022-06-21": 20, "2023-06-12": 10, "2023-08-02": 3, "2023-09-27": 3, "2023-12-11": 3,
    "2024-05-17": 26, "2024-06-12": 3, "2024-08-09": 5, "2024-10-03": 2, "2024-11-01": 3,
    "2024-11-25": 29, "2025-01-15": 37, "2026-08-03": 43,
}  # fmt: skip
"""Entities that each announcement of the Department of Homeland Security added to its list."""

EDITION = "2026-06-08"
"""The day of the edition of section 1260H, which was published two days later."""

FIRST_EDITION = "2021-06-03"
"""The day of the first edition of that list (86 FR 33994), before which nobody was on it."""

ELSEWHERE = frozenset(
    f"1260h-2026-{number:03}"
    for number in (
        12, 37, 51, 62, 65, 75, 96, 98, 101, 103, 105, 107, 108, 131, 136, 137, 138, 140, 175, 176,
        192,
    )
)  # fmt: skip
"""Rows of that list whose name or legal form is of another country than China, or that are known as
companies of one. The list prints no country, and the readings of it write China beside everybody.
"""

GRADES = {"A": "official", "A-": "official", "B": "secondary", "C": "background"}
ADDRESS = {
    "UFLPA": "https://www.dhs.gov/uflpa-entity-list",
    "1260H": "https://www.federalregister.gov/d/2026-11571",
    "FCC": "https://www.fcc.gov/supplychain/coveredlist",
    "1286": "",
    "WRO": "https://www.cbp.gov/trade/forced-labor/withhold-release-orders-and-findings",
    "JP-EUL": "https://www.meti.go.jp/press/2025/09/20250929006/20250929006.html",
    "UN-SC": "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
    "EU-FSF": "https://webgate.ec.europa.eu/fsd/fsf",
}
STATUTE = "https://www.congress.gov/{0}/plaws/publ{1}/PLAW-{0}publ{1}.pdf"
JAPANESE = {
    "Islamic Republic of Afghanistan": "AF", "Islamic Republic of Iran": "IR",
    "Islamic Republic of Pakistan": "PK", "People’s Republic of China": "CN",
    "People's Republic of China": "CN", "Hong Kong": "HK", "Syrian Arab Republic": "SY",
    "Russian Federation": "RU", "United Arab Emirates": "AE", "Lebanon": "LB", "Taiwan": "TW",
    "India": "IN", "Israel": "IL", "Egypt": "EG", "Turkey": "TR", "Türkiye": "TR", "Yemen": "YE",
    "Democratic People's Republic of Korea": "KP", "Democratic People’s Republic of Korea": "KP",
    "North Korea": "KP", "Republic of Yemen": "YE",
    "Republic of Lebanon": "LB", "Arab Republic of Egypt": "EG", "State of Israel": "IL",
}  # fmt: skip
"""Places as the Japanese list prints them, for what it prints otherwise than the ISO name."""

GOES_ON = frozenset(
    f"1286-{number:03}"
    for number in (
        38, 51, 56, 63, 64, 68, 70, 71, 73, 74, 79, 81, 83, 87, 88, 90, 91, 93, 95, 96, 97, 106,
        109, 138, 144, 149,
    )
)  # fmt: skip
"""Rows that are lines of the row before them: what is printed there ends or goes on in them."""

JOINED = {
    "wro-020": "Nanhu Tree Farm;Zhejiang Sanmei Tea Co., Ltd.;"
    "Imaizumi Tea Manufacturing & Trading Co., Ltd.",
    "wro-038": "Xinjiang Production and Construction Corporation;XPCC",
    "wro-041": "Dalian Ocean Fishing Co. Ltd",
}
"""The parties of a row whose name is those of several, with nothing but a comma between them, or is
of what is theirs: their subordinates, their vessels."""

NOT_READ = "names not read"
"""The note of a row that stands for parties of an order whose names nobody read."""

ABROAD = {"Australia": "AU", "Canada": "CA"}
"""Countries by which companies are called that an order names beside those of the United States."""

FOOTNOTE = re.compile(r"(?<=[a-z)])\d$")
"""The mark of a footnote behind a name."""


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def named(row: dict[str, str]) -> tuple[Name, ...]:
    """The name of a row with its aliases, each once."""
    row["name"] = row["name"].replace("Error! Bookmark not defined", "")  # left by a word processor
    aliases = [" ".join(each.split()) for each in row.get("aliases", "").split(";")]
    names = [Name(" ".join(row["name"].split()))]
    names += [
        Name(each, CHINESE if is_han(each[0]) else ALSO)
        for each in aliases
        if each and each != "and"  # between the last two
    ]
    found: dict[str, Name] = {}
    for each in names:
        found.setdefault(each.text, each)
    return tuple(found.values())


def uflpa(folder: Path) -> Iterator[ListedEntry]:
    """One entry an entity, however many sections it stands under and ways it is spelled.

    Raises:
        ValueError: the entities of a day are not as many as were announced.
    """
    found: dict[str, list[dict[str, str]]] = {}
    for row in read(folder / "uflpa_entity_list.csv"):
        found.setdefault(re.sub(r"\(.*?\)|\W", "", row["name"]).lower(), []).append(row)
    counted = dict.fromkeys(ANNOUNCED, 0)
    for rows in found.values():
        rows.sort(key=lambda row: row["listed_on"])
        first = rows[0]
        counted[first["listed_on"]] += 1
        names = tuple(dict.fromkeys(name for row in rows for name in named(row)))
        names = (names[0], *(name._replace(kind=ALSO) for name in names[1:]))
        notes = dict.fromkeys(row["note"] for row in rows if row["note"])
        days = dict.fromkeys(row["listed_on"] for row in rows)
        yield ListedEntry(
            "UFLPA", first["entry_id"], names, kind="entity", countries=("CN",),
            programme="; ".join(dict.fromkeys(f"section {row['section']}" for row in rows)),
            citation="; ".join(dict.fromkeys(row["citation"] for row in rows)),
            source=ADDRESS["UFLPA"], since=first["listed_on"], note="; ".join(notes),
            changes="; ".join(f"{row['citation']}={row['listed_on']}" for row in rows)
            if len(days) > 1 else "",
            grade=GRADES[first["grade"]],
        )  # fmt: skip
    if counted != ANNOUNCED:
        raise ValueError(f"entities by day are {counted}, and {ANNOUNCED} were announced")


def of_1260h(folder: Path) -> Iterator[ListedEntry]:
    """The edition of 8 June 2026, without rows that one reading alone has."""
    rows = [row for row in read(folder / "dod_1260h_list_of_2026-06-08.csv") if row["grade"] != "C"]
    printed = {name.text for row in rows for name in named(row)}
    for row in rows:
        names = named(row)
        parent = listed_as(row["listed_as_subsidiary_of"], printed)
        if any(name.text == parent for name in names):
            parent = ""  # several names became one without their brackets: it is nobody's own
        note = f"on the edition of {long_day(EDITION)}; since which edition is not held"
        yield ListedEntry(
            "1260H", row["entry_id"], names, kind="entity",
            countries=() if row["entry_id"] in ELSEWHERE else (row["country"],),
            citation=row["citation"], source=ADDRESS["1260H"], grade=GRADES[row["grade"]],
            note=f"listed as a subsidiary of {parent}; {note}" if parent else note,
            doubt="earlier editions are not held", doubt_before=EDITION, maybe_since=FIRST_EDITION,
        )  # fmt: skip


def fcc(folder: Path) -> Iterator[ListedEntry]:
    """Named entities; categories of equipment are questions about goods, and no names."""
    rows = [row for row in read(folder / "fcc_covered_list.csv") if row["kind"] == "entity"]
    for row in rows:
        yield ListedEntry(
            "FCC", row["entry_id"], named(row), kind="entity", programme=scope_of(row, rows),
            citation=row["citation"], source=ADDRESS["FCC"], since=row["listed_on"],
            grade=GRADES[row["grade"]],
        )  # fmt: skip


def scope_of(row: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> str:
    """The scope of an entity in words, where its row refers to that of another: "as Hytera".

    Raises:
        ValueError: no entity, or more than one, has a name that begins so.
    """
    scope = row["scope_short"]
    if not scope.startswith("as "):
        return scope
    meant = [each["scope_short"] for each in rows if each["name"].startswith(scope[3:] + " ")]
    if len(meant) != 1:
        raise ValueError(f"{row['entry_id']}: {scope!r} names {len(meant)} entities, not one")
    return meant[0]


def statutes(folder: Path) -> Iterator[ListedEntry]:
    """Parties that a statute names itself, each statute a list."""
    for number, row in enumerate(read(folder / "statute_named_parties.csv"), 1):
        day = re.match(r"\d{4}-\d{2}-\d{2}", row["in_force_from"])
        law = re.match(r"Pub\. L\. (\d+)-(\d+)", row["citation"])
        assert day is not None
        assert law is not None
        yield ListedEntry(
            row["list"].removeprefix("US-"), f"statute-{number:02}", named(row), kind="entity",
            countries=("CN",), programme=row["what"], citation=row["citation"], since=day[0],
            source=STATUTE.format(*law.groups()),
            grade=GRADES[row["grade"]], note=f"in force from {row['in_force_from']}",
        )  # fmt: skip


def plain(folder: Path, name: str, code: str) -> Iterator[ListedEntry]:
    """A list with a name, aliases and a note a row."""
    for row in unbroken(read(folder / name)):
        row["aliases"] = ";".join(filter(None, (row["aliases"], JOINED.get(row["entry_id"]))))
        yield ListedEntry(
            code, row["entry_id"], named(row), source=ADDRESS[code], grade=GRADES[row["grade"]],
            note=row.get("note", ""),
        )  # fmt: skip


def unbroken(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of a list with those put together again that its page broke in lines.

    The first cell of such a line goes on where the last left off: in the name, or in an alias.
    """
    whole: list[dict[str, str]] = []
    for row in rows:
        row["name"] = FOOTNOTE.sub("", row["name"])
        if row["entry_id"] not in GOES_ON:
            whole.append(row)
            continue
        last = whole[-1]
        cell = "aliases" if last["aliases"] else "name"
        last[cell] = f"{last[cell]} {row['name']}"
        last["aliases"] = ";".join(filter(None, (last["aliases"], row["aliases"])))
    return whole


def japan(folder: Path) -> Iterator[ListedEntry]:
    """The End User List of the Ministry of Economy, Trade and Industry."""
    for row in read(folder / "meti_end_user_list_2025-09-29.csv"):
        printed = row["country_as_printed"]
        if not row["name"]:  # some rows have country and name in one cell
            place = next(each for each in JAPANESE if printed.startswith(each))
            row["name"], printed = printed[len(place) :].strip(), place
        places = [JAPANESE.get(each.strip(), each.strip()) for each in printed.split(";")]
        yield ListedEntry(
            "JP-EUL", row["entry_id"], named(row), countries=tuple(filter(None, places)),
            programme=row["concern"], citation=row["citation"], source=ADDRESS["JP-EUL"],
            grade=GRADES[row["grade"]],
        )  # fmt: skip


def sanctions(folder: Path) -> Iterator[ListedEntry]:
    """Parties with an address in China or Hong Kong on the lists of the UN and the EU.

    The table of the EU has the day of the last regulation where the list states no designation.
    """
    days = {each.key: each.since for each in read_list(str(folder / READ[-1])).entries}
    for name, code in (("un_parties_cn_hk_2026-02-27.csv", "UN-SC"),
                       ("eu_fsf_parties_cn_hk_2024-05-13.csv", "EU-FSF")):  # fmt: skip
        for row in read(folder / name):
            person = row["type"] == "person"
            places = tuple(re.findall(r"\b[A-Z]{2}\b", row["country"])) if code == "EU-FSF" else ()
            yield ListedEntry(
                code, row["entry_id"], named(row), kind="individual" if person else "entity",
                countries=places, programme=row["programme"],
                since=days.get(row["entry_id"]) or row["listed_on"],
                citation=row.get("regulation", ""), source=ADDRESS[code],
                addresses=tuple(filter(None, map(str.strip, row["address"].split(" | ")))),
                grade=GRADES[row["grade"]],
            )  # fmt: skip


def countermeasures(path: Path) -> Iterator[ListedEntry]:
    """Parties under orders by the Anti-Foreign Sanctions Law, as far as their names were read."""
    for number, row in enumerate(read(path), 1):
        if row["note"] == NOT_READ:
            continue
        place = ABROAD.get(row["name"].split()[-1], "US")
        yield ListedEntry(
            "CN-AFSL", f"afsl-{number:03}", named(row),
            kind="individual" if row["kind"] == "person" else "entity", countries=(place,),
            programme=row["measure"], citation=row["order"], since=row["from"], until=row["until"],
            source=row["source"], note=row["note"], grade=GRADES[row["grade"]],
        )  # fmt: skip


def entries(reference: Path) -> Iterable[ListedEntry]:
    """The entries of all these lists."""
    folder = reference / FOLDER
    yield from uflpa(folder)
    yield from of_1260h(folder)
    yield from fcc(folder)
    yield from statutes(folder)
    yield from plain(folder, "dod_1286_list_fy24.csv", "1286")
    yield from plain(folder, "cbp_wro_findings_active_2026-07.csv", "WRO")
    yield from japan(folder)
    yield from sanctions(folder)
    yield from countermeasures(reference / CHINA)


def main() -> None:
    """Make the table and count it."""
    reference, target = folders(__doc__, TARGET)
    found = list(entries(reference))
    write(target / "others.tsv", FIELDS, map(cells, found))
    counted: dict[str, int] = {}
    for each in found:
        counted[each.list] = counted.get(each.list, 0) + 1
    source = {
        "publications": "Uyghur Forced Labor Prevention Act Entity List; list of section 1260H; "
        "FCC Covered List; statutes; list of section 1286; withhold release orders; End User List "
        "of Japan; lists of the UN and the EU; orders under the Anti-Foreign Sanctions Law",
        "terms": "works of the United States government, public domain; lists of other authorities "
        "as facts, each with its address; the grade of each entry stands in its row",
        "command": "python -m encode.parties.parties_others",
        "rows": {"others.tsv": len(found), **counted},
        "read": [
            {"file": path.as_posix(), "sha256": sha256((reference / path).read_bytes()).hexdigest()}
            for path in (*(FOLDER / name for name in READ), CHINA)
        ],
    }
    (target / "SOURCE-others.yaml").write_text(
        yaml.safe_dump(source, sort_keys=False, allow_unicode=True, width=100), encoding="utf-8"
    )
    print(len(found), counted)


if __name__ == "__main__":
    main()
