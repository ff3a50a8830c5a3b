"""Goods outside the duty of July 2025 on Brazil, in the two states that the list had.

The order prints its first list; the legal note shows the last. Whatever stands in the last and
not in the first came with the order of November 2025, and nothing may have left.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from encode.list_files import CodeList, Row, expect, unique
from encode.us_lists.annexes import PRINTED, law_text
from encode.us_lists.legal_text import Note, codes_in_rows, digits
from encode.us_lists.section_301 import note_key

LIST_OPENS = "As provided in heading 9903.01.81"
AIRCRAFT_OPENS = "As provided in heading 9903.01.82"


def brazil_exempt(note: Note, reference: Path, spec: Mapping[str, Any]) -> CodeList:
    """The list with its days.

    Args:
        note: U.S. note 2.
        reference: folder of the originals.
        spec: name of the order, dates and counts.

    Raises:
        ValueError: a count differs, a code left the list, or the civil aircraft of the order are
            not those of the note.
    """
    name = "us-brazil-exempt"
    counts = spec["counts"]
    words = " ".join(law_text(reference, spec["law"]).split())  # paragraphs run over lines
    _, _, text = words.partition(LIST_OPENS)
    listed, _, aircraft = text.partition(AIRCRAFT_OPENS)
    first = unique(name, _codes(listed))
    flown = set(_codes(aircraft))
    last = unique(name, codes_in_rows(note.part("x", "iii", "a")))
    for what, found in (("first", first), ("last", last), ("aircraft", flown)):
        expect(name, f"{what} state", len(found), counts[what], "printed list")
    gone = sorted(set(first) - set(last))
    other = sorted(flown ^ set(codes_in_rows(note.part("x", "iv"))))
    if gone or other:
        raise ValueError(f"List {name}: no order explains {gone + other}.")
    rows = [Row(code, spec["start"], "", spec["announced"]) for code in first]
    rows += [
        Row(code, spec["november"], "", spec["november_announced"], note="order of November 2025")
        for code in last
        if code not in set(first)
    ]
    meta = (
        ("title", spec["title"]),
        ("source", f"{note_key(2)}, eo-14323, eo-14361"),
        ("place", spec["place"]),
        ("heading", spec["heading"]),
        ("count", f"{counts['last']} in the last text; {counts['first']} in the first"),
        ("grade", "primary for the codes; background for the day of the November order"),
    )
    return CodeList(name, meta, tuple(rows))


def _codes(text: str) -> list[str]:
    """Codes of a text without the headings of chapter 99 that it cites."""
    codes = [digits(code) for code in PRINTED.findall(text)]
    return [code for code in codes if not code.startswith("99")]
