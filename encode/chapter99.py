"""Make the register's code lists from the legal notes of chapter 99 and what stands beside them.

Run it where the originals lie::

    python -m encode.chapter99 REFERENCE [REGISTER]

It reads every original anew, checks each list against its published count, and replaces the files
in ``register/lists``. The same originals give the same bytes.
"""

import os
import sys
from pathlib import Path
from typing import Any

import yaml

from encode import annexes, exclusions, list_files, metals, plain, section_301
from encode.editions import read_editions
from encode.legal_text import Note, notes, read_lines
from encode.list_files import CodeList
from encode.lists_2018 import read_table

SPECS = Path(__file__).with_name("lists.yaml")
TEXT = "chapter99/chapter99_2026_rev_6.txt"
TABLE = "tariff-2017/China-Tariffs.xlsx"
FORCED_LABOR = "lists/derived/s301fl_exempt_note52b_2026rev21.txt"
EDITIONS = "hts"
AUGUST = "lists/budget-lab/s232_derivative_products.csv"
COPPER = "lists/budget-lab/s232_copper_products.csv"
WANTED = {2, 16, 17, 18, 20, 31, 33, 37, 38, 39}


def build(reference: Path) -> dict[str, str]:
    """Text of every list file by file name."""
    specs = yaml.safe_load(SPECS.read_text(encoding="utf-8"))
    texts = notes(read_lines(reference / TEXT), WANTED)
    lists = _section_301(reference, texts, specs)
    lists += [plain.plain(texts, name, spec) for name, spec in specs["plain"].items()]
    lists.append(plain.forced_labor_exempt(reference / FORCED_LABOR, specs["forced_labor"]))
    copper = metals.copper_codes(reference / COPPER)
    lists += _metals(reference, texts, specs)
    lists.append(annexes.annex_ii(texts[2], reference / "law", copper, specs["annex_ii"]))
    return {f"{code_list.name}.tsv": list_files.render(code_list) for code_list in lists}


def _section_301(
    reference: Path, texts: dict[int, Note], specs: dict[str, Any]
) -> list[CodeList]:
    later = section_301.note_31(texts, specs["note_31"])
    semiconductors = next(item for item in later if item.name == "us-301-note-31f")
    gloves_2026 = next(item for item in later if item.name == "us-301-note-31i")
    later.append(section_301.gloves(semiconductors, gloves_2026.rows[0].start))
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
    reference: Path, texts: dict[int, Note], specs: dict[str, Any]
) -> list[CodeList]:
    now = metals.lists_of_2026(texts[16], specs["metals_2026"])
    codes = {item.name.rsplit("-", 1)[1]: [row.code for row in item.rows] for item in now}
    before = metals.lists_before_2026(
        {"steel": codes["iii"], "aluminum": codes["i"]},
        read_editions(reference / EDITIONS),
        metals.august_codes(reference / AUGUST, specs["metals_before"]["august"]),
        specs["metals_before"],
    )
    return now + before


def main(arguments: list[str]) -> None:
    """Entry point: ``REFERENCE [REGISTER]``, or the folder named by DETENTE_REFERENCE."""
    reference = arguments[0] if arguments else os.environ.get("DETENTE_REFERENCE")
    if not reference:
        sys.exit("Name the folder of the originals: python -m encode.chapter99 REFERENCE")
    register = Path(arguments[1]) if len(arguments) > 1 else SPECS.parents[1] / "register"
    files = build(Path(reference))
    list_files.write(register / "lists", files)
    print(f"{len(files)} files written to {register / 'lists'}")


if __name__ == "__main__":
    main(sys.argv[1:])
