"""Lists that stand whole in one subdivision of the notes, or in one file."""

import re
from collections.abc import Mapping
from typing import Any

from encode.list_files import CodeList, Row, expect, unique
from encode.us_lists.legal_text import Note, codes_in_prose, codes_in_rows, digits, items
from encode.us_lists.section_301 import note_key

IN_SUBHEADING = re.compile(r"\(classifiable in subheading (\d{4}\.\d{2}\.\d{2})\)")


def plain(notes: Mapping[int, Note], name: str, spec: Mapping[str, Any]) -> CodeList:
    """A list of one subdivision.

    `read` says how: ``rows`` of a table, ``prose``, or ``described`` (numbered articles, each
    classifiable in one subheading, whose description becomes the note of the row).
    """
    lines = notes[spec["note"]].part(*spec["path"])
    start, announced = spec["from"], spec["announced"]
    if spec["read"] == "described":
        rows = [_described(name, number, text, spec) for number, text in items(lines)]
    else:
        read = codes_in_rows if spec["read"] == "rows" else codes_in_prose
        rows = [Row(code, start, "", announced) for code in unique(name, read(lines))]
    counted = spec.get("counted", "counted in the note, and confirmed in a second reading")
    expect(name, spec["place"], len(rows), spec["count"], counted)
    meta = (
        ("title", spec["title"]),
        ("source", note_key(spec["note"])),
        ("place", spec["place"]),
        ("heading", spec["heading"]),
        ("count", f"{spec['count']} ({counted})"),
        ("grade", "primary"),
    )
    return CodeList(name, meta, tuple(rows))


def _described(name: str, number: int, text: str, spec: Mapping[str, Any]) -> Row:
    found = IN_SUBHEADING.findall(text)
    if len(found) != 1:
        raise ValueError(f"List {name}, item {number}: expected one subheading in {text!r}.")
    words = IN_SUBHEADING.sub("", text).strip(" ;.")
    words = re.sub(r"[;.,]?\s*(?:and)?$", "", words).strip()
    return Row(digits(found[0]), spec["from"], "", spec["announced"], note=words)
