"""Make the list of the codes that antidumping and countervailing orders on goods of China name.

It reads the tables of orders that ``encode.entry`` made, so that law and entry summaries know the
same orders::

    python -m encode.us_lists.remedies [REFERENCE] [--to REGISTER]
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from encode.list_files import CodeList, render, sha256
from encode.list_files import Row as ListRow
from encode.program import folders

ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT / "register" / "lists"
ENTRY = Path("data/entry")
ORDERS, CODES = ENTRY / "orders.tsv", ENTRY / "order_codes.tsv"
RATE_LINE = 8
"""Digits of a line of the schedule; an order that names longer codes is asked of the whole line."""
HELD_FROM = "2017-01-01"
"""The first day that the register answers for; an order from before it stands on all its days."""

Row = dict[str, str]


def build(root: Path = ROOT) -> dict[str, str]:
    """Text of the list by file name, with the record of what was read."""
    found = list_of(_rows(root / ORDERS), _rows(root / CODES))
    return {f"{found.name}.tsv": render(found), "SOURCE-remedies.yaml": _source(root, found)}


def list_of(orders: Iterable[Row], codes: Iterable[Row]) -> CodeList:
    """The codes that orders name, with the cases that name each, as a list of the register.

    A longer code is cut to its line of the schedule. Of a line that several codes name the note
    tells the cases of all of them; it begins with the first order, or before all days.
    """
    known = {row["case"]: row for row in orders}
    cases: dict[str, set[str]] = defaultdict(set)
    for row in codes:
        cases[row["code"][:RATE_LINE]].add(row["case"])
    rows = []
    for code in cases:
        fit = {case for other, found in cases.items() if code.startswith(other) for case in found}
        first = min(known[case]["ordered"] or HELD_FROM for case in fit)
        start = first if first > HELD_FROM else ""
        rows.append(ListRow(code, start, "", start, note=_cases_told(known[case] for case in fit)))
    meta = {
        "title": "Antidumping and countervailing orders on goods of China, by the codes they name",
        "source": "ad-cvd-orders",
        "place": "the scope of each order, whose codes are a convenience: its description decides",
        "count": str(len(rows)),
        "grade": "secondary",
    }
    return CodeList("us-ad-cvd-china", tuple(meta.items()), tuple(rows))


def _cases_told(orders: Iterable[Row]) -> str:
    """Cases by their product: "A-570-967, C-570-968, aluminum extrusions (FR Doc. 2025-24162)"."""
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(orders, key=lambda row: row["case"]):
        cases[row["product"]].append(row)
    return "; ".join(
        f"{', '.join(row['case'] for row in rows)}, {product[0].lower() + product[1:]}"
        f" ({_cited(rows[0]['scope_in'] or rows[0]['listed_in'])})"
        for product, rows in sorted(cases.items(), key=lambda item: item[1][0]["case"])
    )


def _cited(document: str) -> str:
    return document if " FR " in document else f"FR Doc. {document}"


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _source(root: Path, found: CodeList) -> str:
    lines = [
        "publication: orders of antidumping and countervailing duty, as held in data/entry",
        "publisher: Department of Commerce, in the Federal Register",
        "terms: facts of notices of the United States government",
        "command: python -m encode.us_lists.remedies",
        "rows:",
        f"  {found.name}: {len(found.rows)}",
        "read:",
    ]
    for path in (ORDERS, CODES):
        lines += [f"- file: {path.as_posix()}", f"  sha256: {sha256(root / path)}"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the list and print how many rows it has."""
    _, to = folders(__doc__, REGISTER)
    files = build()
    for name, text in files.items():
        (to / name).write_text(text, encoding="utf-8")
    print(f"{to}: {len(files) - 1} list")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
