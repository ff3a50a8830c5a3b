"""Make the register's code lists from the legal notes of chapter 99 and what stands beside them.

Run it where the originals lie::

    python -m encode.us_lists.chapter99 REFERENCE [REGISTER]

It reads every original anew, checks each list against its published count, and replaces the files
in ``register/lists``. The same originals give the same bytes.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from encode import list_files
from encode.list_files import CodeList
from encode.us_lists import (
    annexes,
    brazil,
    exclusions,
    footnote_check,
    metals,
    plain,
    printed,
    section_301,
)
from encode.us_lists.editions import Editions, read_editions
from encode.us_lists.legal_text import Note, notes, read_lines
from encode.us_lists.lists_2018 import read_table

SPECS = Path(__file__).with_name("lists.yaml")
TEXT = "chapter99/chapter99_2026_rev_6.txt"
TABLE = "tariff-2017/China-Tariffs.xlsx"
EDITIONS = "hts"
AUGUST = "lists/budget-lab/s232_derivative_products.csv"
NOTICE = "uslaw/history/us_232_inclusions_2025_08_18.csv"
COPPER = "lists/budget-lab/s232_copper_products.csv"
LAW = ("2025-04-11", "2025-07-30-addressing-threats", "2025-09-05", "2026-07-31")
WANTED = {2, 16, 17, 18, 20, 30, 31, 33, 35, 37, 38, 39}


def build(reference: Path) -> dict[str, str]:
    """Text of every list file by file name, with the record of disagreements and of originals."""
    specs = yaml.safe_load(SPECS.read_text(encoding="utf-8"))
    editions = read_editions(reference / EDITIONS)
    lists = [
        _with_ends(_with_edition(made, reference), specs["ends"].get(made.name, {}))
        for made in _lists(reference, editions, specs)
    ]
    files = {f"{made.name}.tsv": list_files.render(made) for made in lists}
    if len(files) != len(lists):
        raise ValueError("Two lists have the same name.")
    found = footnote_check.findings(lists, specs["compare"], editions)
    files["_disagreements.tsv"] = footnote_check.decided(found, specs["disagreements"])
    files["SOURCE.yaml"] = _source(reference, lists)
    return files


def _lists(reference: Path, editions: Editions, specs: dict[str, Any]) -> list[CodeList]:
    texts = notes(read_lines(reference / TEXT), WANTED)
    lists = _section_301(reference, texts, specs)
    lists += [plain.plain(texts, name, spec) for name, spec in specs["plain"].items()]
    lists += _metals(reference, texts, editions, specs)
    lists += [
        printed.printed(texts, reference, name, spec) for name, spec in specs["printed"].items()
    ]
    copper = metals.copper_codes(reference / COPPER)
    lists.append(annexes.annex_ii(texts[2], reference, copper, specs["annex_ii"]))
    lists.append(brazil.brazil_exempt(texts[2], reference, specs["brazil"]))
    return lists


def _with_edition(made: CodeList, reference: Path) -> CodeList:
    """Name the edition that was read, for a list that stands in the legal notes."""
    meta = []
    for key, value in made.meta:
        meta.append((key, value))
        if key == "source" and "htsus-99-note" in value:
            read = f"2026 Revision 6, SHA-256 {list_files.sha256(reference / TEXT)}"
            meta.append(("edition", read))
    return replace(made, meta=tuple(meta))


def _with_ends(made: CodeList, ends: dict[str, str]) -> CodeList:
    """Say when the end of a row became known, where an order later than the row's own set it."""
    rows = (replace(row, end_announced=ends.get(row.until, row.end_announced)) for row in made.rows)
    return replace(made, rows=tuple(rows))


def _source(reference: Path, lists: list[CodeList]) -> str:
    """What was read and what came of it, as YAML."""
    read = [TEXT, TABLE, AUGUST, NOTICE, COPPER]
    read += [f"{EDITIONS}/{path.name}" for path in sorted((reference / EDITIONS).iterdir())]
    read += [f"law/{path.name}" for day in LAW for path in [annexes.law_file(reference, day)]]
    record = {
        "publication": (
            "Harmonized Tariff Schedule of the United States: notes of chapter 99 (2026 Revision 6)"
            " and 44 exports; the Commission's table of tariffs on China of 1 January 2020; orders"
            " of the President"
        ),
        "publisher": "United States International Trade Commission; the White House",
        "terms": "work of the United States government, public domain; the lists of the Budget Lab"
        " at Yale under the MIT licence (NOTICE)",
        "command": "python -m encode.us_lists.chapter99",
        "rows": {made.name: len(set(made.rows)) for made in lists},
        "read": [{"file": name, "sha256": list_files.sha256(reference / name)} for name in read],
        "kept_by_hand": [
            {"file": f"encode/inputs/{path.name}", "sha256": list_files.sha256(path)}
            for path in sorted(metals.INPUTS.glob("*.txt"))
        ],
    }
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=100))


def _section_301(reference: Path, texts: dict[int, Note], specs: dict[str, Any]) -> list[CodeList]:
    later = section_301.note_31(texts, specs["note_31"])
    earlier = section_301.note_20(
        texts,
        read_table(reference / TABLE),
        specs["section_301"],
        specs["nomenclature"],
        specs["carried"],
        section_301.taken_by_note_31(later),
    )
    relief: list[CodeList] = []
    for name, spec in specs["exclusions"].items():
        relief += exclusions.exclusions(texts[20], name, spec)
    for name, spec in specs["derived_rates"].items():
        relief.append(exclusions.derived_rates(texts[20], name, spec))
    return earlier + later + relief


def _metals(
    reference: Path, texts: dict[int, Note], editions: Editions, specs: dict[str, Any]
) -> list[CodeList]:
    now = metals.lists_of_2026(texts[16], specs["metals_2026"])
    codes = {item.name.rsplit("-", 1)[1]: [row.code for row in item.rows] for item in now}
    budget_lab = metals.august_codes(reference / AUGUST, specs["metals_before"]["august"])
    notice = metals.notice_codes(reference / NOTICE)
    before = metals.lists_before_2026(
        {"steel": codes["iii"], "aluminum": codes["i"]},
        editions,
        {metal: budget_lab[metal] | printed_codes for metal, printed_codes in notice.items()},
        specs["metals_before"],
    )
    return [
        *now,
        metals.parts_for_equipment(now, specs["metals_2026"], specs["equipment_parts"]),
        *before,
    ]


def main(arguments: list[str]) -> None:
    """Entry point: ``REFERENCE [REGISTER]``, or the folder named by DETENTE_REFERENCE."""
    reference = arguments[0] if arguments else os.environ.get("DETENTE_REFERENCE")
    if not reference:
        sys.exit("Name the folder of the originals: python -m encode.us_lists.chapter99 REFERENCE")
    register = Path(arguments[1]) if len(arguments) > 1 else SPECS.parents[1] / "register"
    files = build(Path(reference))
    list_files.write(register / "lists", files)
    print(f"{len(files)} files written to {register / 'lists'}")


if __name__ == "__main__":
    main(sys.argv[1:])
