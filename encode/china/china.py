"""Make China's code lists on goods of the United States from what can be read of them.

Run it where the originals lie::

    python -m encode.china.china REFERENCE [REGISTER]

The list of 2 April 2018 stands in the annex to the notice itself, at eight digits. The rounds of
2018 and 2019 come from tables of tariff lines (``china_lines``). The lists of 2025 are known at six
digits (``china_2025``).

Subheadings that the Harmonized System got in 2022 stand in no table of 2019. They are a list of
their own, whose membership is unknown, so that an answer asks instead of passing them over.
"""

import csv
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import yaml
from openpyxl import load_workbook

from encode.china.china_2025 import BY_DUTY, MARCH, lists_of_2025
from encode.china.china_exclusions import CODES, lists_of_exclusions
from encode.china.china_lines import (
    AT_ORDINARY_RATE,
    LINES,
    RATES_OF_2025,
    SEPTEMBER_2019,
    TARIFF,
    divide,
    lists_of_2018_and_2019,
    rest_of,
    tariff_of_2019,
)
from encode.list_files import CodeList, Row, expect, render, sha256, write

NOTICE = "china/cn_2018-04-02_128_items.xlsx"
GOODS = Path(__file__).parents[2] / "data" / "goods" / "us" / "lines.tsv"

READ = (NOTICE, LINES, TARIFF, SEPTEMBER_2019, RATES_OF_2025, AT_ORDINARY_RATE, CODES, BY_DUTY)

COUNTED = {"15": 120, "25": 8}
"""Items of the notice of 2018 by rate: 128 in all."""

LAST_CHAPTER = "97"
HEADING = 4
HS_2022 = "2022-01-01"
SECOND_BATCH = "2019-12-15"


def build(reference: Path) -> dict[str, str]:
    """Text of every list file by file name, with the record of what was read."""
    tariff = tariff_of_2019(reference)
    lists = [*_notice_of_2018(reference / NOTICE, tariff), *lists_of_2018_and_2019(reference)]
    lists += lists_of_exclusions(reference)
    lists += [_second_batch(), _unseen(tariff)]
    lists += lists_of_2025(reference)
    files = {f"{made.name}.tsv": render(made) for made in lists}
    files["SOURCE-china.yaml"] = _source(reference, lists)
    return files


def _notice_of_2018(path: Path, tariff: Mapping[str, Collection[str]]) -> list[CodeList]:
    """The annex to the notice of April 2018, whole, by rate, with what it leaves open."""
    listed: dict[str, list[str]] = {rate: [] for rate in COUNTED}
    with closing(load_workbook(path, read_only=True)) as workbook:
        for _, code, _, rate in workbook.worksheets[0].iter_rows(max_col=4, values_only=True):
            digits = str(code or "").strip()
            if digits.isdigit():
                listed[str(rate)].append(digits)
    lists = []
    for rate, lines in listed.items():
        name = f"cn-232-list-{rate}"
        expect(name, "the annex", len(lines), COUNTED[rate], "120 at 15 and 8 at 25, 128 in all")
        whole, parts = divide(lines, tariff)
        rows = [Row(code) for code in whole]
        rows += [Row(line) for found in parts.values() for line in found]
        count = f"{len(lines)} lines of eight digits, counted in the annex, in {len(rows)} rows"
        title = f"China, 2 April 2018, {rate} percent"
        lists.append(CodeList(name, _of_the_annex(title, count), tuple(rows)))
        rest = [*rest_of(parts, tariff), *_later_subheadings(lines, tariff)]
        title += ", lines opened later in what is listed in part"
        count = f"{len([row for row in rest if row.state])} subheadings"
        lists.append(CodeList(f"{name}-part", _of_the_annex(title, count), tuple(rest)))
    return lists


def _of_the_annex(title: str, count: str) -> tuple[tuple[str, str], ...]:
    return (
        ("title", title),
        ("source", "sctc-notice-2018-04-01"),
        ("place", "annex to the notice, tariff of 2018 at eight digits"),
        ("count", count),
        ("grade", "primary"),
    )


def _later_subheadings(
    lines: Collection[str], tariff: Mapping[str, Collection[str]]
) -> Iterator[Row]:
    """Subheadings of 2022 in headings that hold listed lines: the goods may be those of a line."""
    headings = {line[:HEADING] for line in lines}
    for code in sorted(_subheadings_of_2022() - tariff.keys()):
        if code[:HEADING] in headings:
            note = "not in the tariff of 2019: the goods had other subheadings of this heading then"
            yield Row(code, HS_2022, note=note, state="unknown")


def _second_batch() -> CodeList:
    """The batch of December 2019, which never began: no table holds it."""
    meta = (
        ("title", "China, 15 December 2019, the second batch"),
        ("source", "sctc-4-2019"),
        ("place", "the annex was not read"),
        ("grade", "background"),
    )
    unknown = (f"{SECOND_BATCH} - the annex was not read",)
    return CodeList("cn-301-list-4-batch-2", meta, (), unknown)


def _subheadings_of_2022() -> set[str]:
    """Every subheading of today's schedule."""
    with GOODS.open(encoding="utf-8", newline="") as file:
        return {
            row["code"][:6]
            for row in csv.DictReader(file, delimiter="\t")
            if len(row["code"]) >= 6 and row["code"][:2] <= LAST_CHAPTER
        }


def _unseen(known: Collection[str]) -> CodeList:
    """Subheadings of today's schedule that China's tariff of 2019 did not have."""
    codes = _subheadings_of_2022()
    note = "not in the tariff of 2019: the goods had other subheadings then"
    rows = tuple(Row(code, HS_2022, note=note, state="unknown") for code in codes - set(known))
    meta = (
        ("title", "Subheadings new in the Harmonized System of 2022, unknown to China's lists"),
        ("source", "bown-jung-zhang-2019"),
        ("place", "China carries its lists of 2018 and 2019 forward in tables that were not read"),
        ("count", f"{len(rows)} subheadings"),
        ("grade", "secondary"),
    )
    return CodeList("cn-301-hs-2022", meta, rows)


def _source(reference: Path, lists: list[CodeList]) -> str:
    record = {
        "publication": (
            "Annex to the notice of the State Council Tariff Commission of 1 April 2018; a table of"
            " the lines of China's tariff with its lists of 2018 and 2019; a comparison of two"
            " series of total duties for the list of September 2019; the lists of February and"
            " March 2025"
        ),
        "publisher": (
            "State Council Tariff Commission; C. Bown, E. Jung, E. Zhang (Peterson Institute for"
            " International Economics, 12 June 2019); M. E. Waugh; WTO; Trade War Redux 2025"
        ),
        "terms": "facts; the compilations are named in NOTICE",
        "command": "python -m encode.china.china",
        "rows": {made.name: len(set(made.rows)) for made in lists},
        "read": [
            {"file": name, "sha256": sha256(reference / name)} for name in (*READ, *MARCH.values())
        ],
    }
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=100))


def main(arguments: list[str]) -> None:
    """Entry point: ``REFERENCE [REGISTER]``, or the folder named by DETENTE_REFERENCE."""
    reference = arguments[0] if arguments else os.environ.get("DETENTE_REFERENCE")
    if not reference:
        sys.exit("Name the folder of the originals: python -m encode.china.china REFERENCE")
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[2] / "register"
    files = build(Path(reference))
    write(root / "lists", files)
    print(f"{len(files)} files written to {root / 'lists'}")


if __name__ == "__main__":
    main(sys.argv[1:])
