"""Lists whose codes are named in running text, and checked against it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from encode.list_files import CodeList, Row, expect
from encode.us_lists.annexes import law_text
from encode.us_lists.legal_text import Note, digits
from encode.us_lists.metals import copper_codes


def printed(
    notes: Mapping[int, Note], reference: Path, name: str, spec: Mapping[str, Any]
) -> CodeList:
    """A list of `printed`, its codes from the specification or from the file that it names.

    Raises:
        ValueError: the text that must name a code does not, or a count differs.
    """
    rows: list[Row] = []
    for entry in spec["rows"]:
        codes = entry.get("codes")
        if codes is None:
            codes = sorted(copper_codes(reference / spec["file"]))
            expect(name, spec["file"], len(codes), spec["count"], "U.S. note 36(b)")
        rows += [
            Row(
                code,
                entry["from"],
                entry.get("until", ""),
                entry["announced"],
                note=entry.get("note", ""),
                state=entry.get("state", ""),
            )
            for code in codes
        ]
    if "check" in spec:
        _must_print(name, {row.code for row in rows}, notes, reference, spec["check"])
    meta = (
        ("title", spec["title"]),
        ("source", spec["source"]),
        ("place", spec["place"]),
        *((("heading", spec["heading"]),) if spec["heading"] else ()),
        ("count", f"{len({row.code for row in rows})} (named in the text)"),
        ("grade", spec["grade"]),
    )
    return CodeList(name, meta, tuple(rows))


def _must_print(
    name: str,
    codes: set[str],
    notes: Mapping[int, Note],
    reference: Path,
    check: Mapping[str, Any],
) -> None:
    if "note" in check:
        text = "\n".join(notes[check["note"]].lines)
    else:
        text = law_text(reference, check["law"])
    words = {digits(word.strip(".,;()")) for word in text.split()}
    missing = sorted(codes - words - set(check.get("also", ())))
    if missing:
        raise ValueError(f"List {name}: {', '.join(missing)} do not stand in {_place(check)}.")


def _place(check: Mapping[str, Any]) -> str:
    """The text that a check names, for a message."""
    return f"U.S. note {check['note']}" if "note" in check else f"the order of {check['law']}"
