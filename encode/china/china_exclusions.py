"""Goods that China's published lists exclude from its answer to section 301, as far as known.

A notice names a code whole, or a part of it by description ("ex"). A whole code is a fact of the
code and needs no claim; goods of a part are excluded if they answer the description, which the
importer says. The notices were extended year after year; where the codes of an extension were not
read, whether the code stayed excluded is unknown.
"""

import csv
from pathlib import Path

from encode.list_files import CodeList, Row

CODES = "china/2026-11/cn_exclusion_codes.csv"

# First day, first day on which the state of the codes is no longer known, and the announcement.
FIRST = ("2019-09-17", "2020-09-17", "2019-09-11")
OF_MAY_2020 = ("2020-05-19", "2022-01-01", "2020-05-12")
CHEMICALS = ("2019-12-26", "2021-12-26", "2019-12-19")
DAYS = {"X02a": FIRST, "X02b": FIRST, "X03": CHEMICALS, "X06": OF_MAY_2020}

WORDS_OF_CHEMICALS = ("2710", "2712", "3901", "3902")
"""Headings of the six chemicals of December 2019, whose codes were not found."""

STAYS = "extended by later notices whose codes were not read"


def lists_of_exclusions(reference: Path) -> list[CodeList]:
    """Whole codes, and codes of which a described part is excluded."""
    with (reference / CODES).open(encoding="utf-8", newline="") as file:
        read = [row for row in csv.DictReader(file) if row["code"]]
    described = {(row["code"], DAYS[row["notice_id"]], "") for row in read if row["ex"]}
    described |= {(code, CHEMICALS, "by its words") for code in WORDS_OF_CHEMICALS}
    whole = {(row["code"], DAYS[row["notice_id"]]) for row in read if not row["ex"]}
    certain = [Row(code, start, end, announced) for code, (start, end, announced) in sorted(whole)]
    later = [
        Row(code, end, announced=announced, note=STAYS, state="unknown")
        for code, (_, end, announced) in sorted(whole)
    ]
    parts = [Row(code, days[0], announced=days[2], note=note) for code, days, note in described]
    place = "notices of 2019 and 2020 through others; most codes of the later ones were not found"
    return [
        CodeList(
            "cn-301-excluded-whole",
            (
                ("title", "China, goods excluded from its answer to section 301, whole codes"),
                ("source", "sctc-6-2019, sctc-4-2020"),
                ("place", place),
                ("count", f"{len(certain)} codes"),
                ("grade", "secondary"),
            ),
            tuple(certain + later),
        ),
        CodeList(
            "cn-301-excluded-described",
            (
                ("title", "China, goods excluded from its answer to section 301, as described"),
                ("source", "sctc-6-2019, sctc-2019-12-19, sctc-4-2020"),
                ("place", place),
                ("count", f"{len(parts)} codes"),
                ("grade", "secondary"),
            ),
            tuple(parts),
        ),
    ]
