"""Membership of Annex II to Executive Order 14257, in the five states it had.

The legal note shows the last state only. The states before it are built from the annex as first
published, from the lists that later orders print, and from the last text. They must meet: whatever
the orders do not explain would be left over, and nothing may be.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from encode.list_files import CodeList, Row, expect, unique
from encode.us_lists.legal_text import Note, codes_in_rows, digits

FIRST_STATE = Path(__file__).parents[1] / "inputs" / "annex-ii-eo-14257.txt"
PRINTED = re.compile(r"(?<![\d.])\d{4}\.\d{2}\.\d{2}(?:\d{2})?(?!\d|\.\d)")
BULLET = re.compile(r"^·\s+(\d{4,10})\s*$", re.MULTILINE)


def first_state() -> list[str]:
    """The annex as first published."""
    lines = FIRST_STATE.read_text(encoding="utf-8").splitlines()
    return [code for line in lines if not line.startswith("#") for code in line.split()]


def law_file(reference: Path, day: str) -> Path:
    """The one order of a day among the originals.

    Raises:
        FileNotFoundError: there is none, or more than one.
    """
    found = sorted((reference / "law").glob(f"{day}-*.md"))
    if len(found) != 1:
        raise FileNotFoundError(f"{reference / 'law'} holds {len(found)} orders of {day}.")
    return found[0]


def law_text(reference: Path, day: str) -> str:
    """The text of the one order of a day."""
    return law_file(reference, day).read_text(encoding="utf-8")


def electronics(text: str) -> list[str]:
    """Provisions of the memorandum of 11 April 2025, printed as bullets without dots."""
    return BULLET.findall(text)


def changes(text: str) -> tuple[list[str], list[str]]:
    """Additions and removals that Annex I of EO 14346 prints."""
    added, _, removed = text.partition("removing the following provisions")

    def read(part: str) -> list[str]:
        codes = [digits(code) for code in PRINTED.findall(part)]
        return [code for code in codes if not code.startswith("99")]

    return read(added), read(removed)


def annex_ii(note: Note, reference: Path, copper: set[str], spec: Mapping[str, Any]) -> CodeList:
    """The list with its days.

    Args:
        note: U.S. note 2.
        reference: folder of the originals.
        copper: codes of the copper duty, which the copper proclamation deleted from the annex.
        spec: names of the orders, dates and counts.

    Raises:
        ValueError: a count differs, or a code is left over that no order explains.
    """
    name = "us-reciprocal-annex-ii"
    counts = spec["counts"]
    original = unique(name, first_state())
    memo = electronics(law_text(reference, spec["memorandum"]))
    added, removed = changes(law_text(reference, spec["september"]))
    last = unique(name, codes_in_rows(note.part("v", "iii", "a")))
    for what, codes in (
        ("original", original),
        ("memorandum", memo),
        ("added", added),
        ("removed", removed),
        ("last", last),
    ):
        expect(name, f"{what} state", len(codes), counts[what], "printed list")
    _reconcile(original, memo, added, removed, last, copper, counts)
    rows = [
        Row(code, spec["start"], _until(code, set(last), set(removed), spec), spec["announced"])
        for code in original
    ]
    rows += [
        Row(code, spec["start"], "", spec["memorandum"], note="memorandum of 11 April, retroactive")
        for code in memo
        if code not in set(original)
    ]
    rows += [Row(code, spec["removal"], "", spec["september"], note="EO 14346") for code in added]
    known = {row.code for row in rows}
    rows += [
        Row(code, spec["farm"], "", spec["november"], note="EO 14360")
        for code in last
        if code not in known
    ]
    meta = (
        ("title", "Reciprocal duty: goods outside it (Annex II)"),
        ("source", "htsus-99-note-2, eo-14257, memo-2025-04-11, eo-14346, eo-14360"),
        ("place", "U.S. note 2(v)(iii)(a) to subchapter III, chapter 99; annexes of the orders"),
        ("heading", "9903.01.32"),
        ("count", f"{counts['last']} in the last text; {counts['original']} in the first annex"),
        (
            "grade",
            "primary for the last text, EO 14346 and the memorandum; secondary for the first annex,"
            " and so for the days before 13 November 2025",
        ),
    )
    return CodeList(name, meta, tuple(rows))


def _until(code: str, last: set[str], removed: set[str], spec: Mapping[str, Any]) -> str:
    if code in last:
        return ""
    if code in removed:
        return str(spec["removal"])
    return str(spec["copper"] if code.startswith("74") else spec["wood"])


def _reconcile(
    original: Sequence[str],
    memo: Sequence[str],
    added: Sequence[str],
    removed: Sequence[str],
    last: Sequence[str],
    copper: set[str],
    counts: Mapping[str, int],
) -> None:
    """What left must be copper or wood or removed by name; what came must be farm goods."""
    before = (set(original) | set(memo) | set(added)) - set(removed)
    gone, came = before - set(last), set(last) - before
    name = "us-reciprocal-annex-ii"
    metal = {code for code in gone if code.startswith("74")}
    wood = {code for code in gone if code.startswith("44")}
    farm = {code for code in came if int(code[:2]) <= 24 or code.startswith("31")}
    expect(name, "copper codes deleted", len(metal & copper), counts["copper"], "copper duty")
    expect(name, "chapter 44 removed", len(wood), counts["wood"], "difference of two states")
    expect(name, "farm goods added", len(farm), counts["farm"], "difference of two states")
    left = sorted((gone - metal - wood) | (metal - copper) | (came - farm))
    absent = sorted(set(removed) - set(original)) + sorted(set(memo) - set(last))
    if left or absent:
        raise ValueError(f"List {name}: no order explains {left + absent}.")
