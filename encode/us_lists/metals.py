"""Section 232 metals: articles and derivatives, with the day on which each joined.

The notes of 2025 were replaced on 6 April 2026, and their text is not among the originals. Four
readings stand in for it and check each other: a transcription of the last state of those notes
(``inputs/metals-2026-rev-4.txt``), the footnotes of the schedule's editions, the annex to the
notice of 18 August 2025, and the Budget Lab's table of what joined on that day. A code that no
reading dates is unknown before that state.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from encode.list_files import CodeList, Row, expect, unique
from encode.us_lists.editions import Editions
from encode.us_lists.legal_text import Note, codes_in_rows
from encode.us_lists.section_301 import note_key

INPUTS = Path(__file__).parents[1] / "inputs"
Sections = dict[str, list[str]]


def read_sections(path: Path) -> Sections:
    """Codes by section of an input file: ``[name]`` lines, codes, comments after ``#``."""
    sections: Sections = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current += line.split()
    return {name: unique(f"{path.name}, {name}", codes) for name, codes in sections.items()}


def copper_codes(path: Path) -> set[str]:
    """Codes of the copper duty of 2025, from a third party's reading of the note since deleted."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["hts10"] for row in csv.DictReader(stream)}


def august_codes(path: Path, day: str) -> dict[str, set[str]]:
    """Eight-digit codes by metal that the Budget Lab dates on a day."""
    found: dict[str, set[str]] = {"steel": set(), "aluminum": set()}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["effective_date"] == day:
                found[row["derivative_type"]].add(row["hts_prefix"])
    return found


def notice_codes(path: Path) -> dict[str, set[str]]:
    """Eight-digit codes by metal that the notice of 18 August 2025 (90 Fed. Reg. 40326) prints."""
    found: dict[str, set[str]] = {"steel": set(), "aluminum": set()}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["metal"] in found:
                found[row["metal"]].add(row["code"].replace(".", "")[:8])
    return found


def lists_of_2026(note: Note, spec: Mapping[str, Any]) -> list[CodeList]:
    """The lists of note 16(c), and what June 2026 changed in them."""
    lists = _read_16c(note)
    june = read_sections(INPUTS / "metals-june-2026.txt")
    leaving = {
        "vi": june["vi-out"],
        "vii": june["vii-out-to-xi"] + june["vii-out-to-x"],
    }
    joining = {
        "vi": june["vi-in"],
        "vii": june["vii-in"],
        "ix": june["ix-in"],
        "x": [c for c in june["vii-out-to-x"] if c not in june["vi-out"]] + june["x-in-besides"],
        "xi": june["vii-out-to-xi"],
    }
    made = []
    for number, entry in spec["lists"].items():
        name = f"us-232-note-16c-{number}"
        codes = lists.get(number, [])
        expect(name, f"note 16(c)({number})", len(codes), entry["count"], "counted in the note")
        absent = sorted(set(leaving.get(number, ())) - set(codes))
        if absent:
            raise ValueError(f"List {name}: {', '.join(absent)} cannot leave it.")
        out = set(leaving.get(number, ()))
        rows = [
            Row(code, spec["from"], spec["june"] if code in out else "", spec["announced"])
            for code in codes
        ]
        rows += [
            Row(code, spec["june"], "", spec["june_announced"], note="Proclamation 11032")
            for code in joining.get(number, ())
        ]
        made.append(CodeList(name, _meta_16c(number, entry), tuple(rows)))
    return made


def _read_16c(note: Note) -> dict[str, list[str]]:
    """Codes of (i) to (x). Lists (iii), (iv) and (v) share a page whose columns interleave.

    There the rows of (iii) end where the order starts over; copper is chapter 74, and (iv) is the
    rest.
    """
    alone = ("i", "ii", "vi", "vii", "viii", "ix", "x")
    lists = {number: codes_in_rows(note.part("c", number)) for number in alone}
    page = [code for number in ("iii", "iv", "v") for code in codes_in_rows(note.part("c", number))]
    over = next(
        k for k in range(1, len(page)) if page[k] < page[k - 1] and page[k][:4] != page[k - 1]
    )
    lists["iii"] = page[:over]
    lists["v"] = [code for code in page[over:] if code.startswith("74")]
    lists["iv"] = [code for code in page[over:] if not code.startswith("74")]
    return {number: unique(f"16(c)({number})", codes) for number, codes in lists.items()}


def _meta_16c(number: str, entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    grade = "primary until 8 June 2026; secondary from then (a reading of Revision 10)"
    count = f"{entry['count']} in Revision 6 (counted in the note)"
    return (
        ("title", f"Section 232 metals: {entry['title']}"),
        ("metal", entry["metal"]),
        ("source", f"{note_key(16)}, proclamation-11021, proclamation-11032"),
        ("place", f"U.S. note 16(c)({number}) to subchapter III, chapter 99"),
        ("heading", entry["heading"]),
        ("count", count),
        ("grade", grade),
    )


def lists_before_2026(
    articles: Mapping[str, Sequence[str]],
    editions: Editions,
    august: Mapping[str, set[str]],
    spec: Mapping[str, Any],
) -> list[CodeList]:
    """Articles since 2018 and derivatives by the day on which they joined.

    Args:
        articles: codes of the articles by metal, which 2026 lists as 2018 did.
        editions: footnotes, which tell what joined on 12 March 2025.
        august: what joined on 18 August 2025, eight digits.
        spec: names, dates, counts.
    """
    state = read_sections(INPUTS / "metals-2026-rev-4.txt")
    made = []
    for metal, entry in spec["articles"].items():
        name = f"us-232-{metal}-articles"
        rows = [Row(code, entry["from"], "", entry["announced"]) for code in articles[metal]]
        made.append(CodeList(name, _meta(entry, len(rows), "the same list in 2026"), tuple(rows)))
    for name, entry in spec["derivatives"].items():
        metal = entry["metal"]
        march = _march_2025(editions, entry["note"], spec["editions"])
        rows = [
            Row(code, entry["first"], "", entry["first_announced"], note="Proclamation 9980")
            for code in state[entry["first_section"]]
        ]
        if entry.get("footnotes_in"):
            chapter = entry["footnotes_in"]
            found = sorted(code for code in march if code.startswith(chapter))
            expect(name, f"footnotes of chapter {chapter}", len(found), entry["footnotes"], "")
            rows += [Row(code, spec["march"], "", spec["march_announced"]) for code in found]
        later = list(entry.get("besides", ())) + [
            code for section in entry["sections"] for code in state[section]
        ]
        rows += [
            dated for code in later for dated in _dated(code, march, august[metal], entry, spec)
        ]
        kept = [row for row in rows if row.code.startswith(entry["chapter"]) == entry["inside"]]
        expect(name, "rows", len(kept), entry["count"], "rows of the readings together")
        made.append(CodeList(name, _meta(entry, len(kept), "rows"), tuple(kept)))
    return made


def _march_2025(editions: Editions, note: str, between: Mapping[str, str]) -> set[str]:
    """Eight-digit codes that the footnotes point at a note from March 2025 on, not before."""
    before = {code[:8] for code in editions.of_note(note, between["before"])}
    after = {code[:8] for code in editions.of_note(note, between["after"])}
    return after - before - set(between["articles"])


def _dated(
    code: str,
    march: set[str],
    august: set[str],
    entry: Mapping[str, Any],
    spec: Mapping[str, Any],
) -> list[Row]:
    """When a derivative joined; unknown from March 2025 where no reading tells."""
    if code[:8] in march:
        return [Row(code, spec["march"], "", spec["march_announced"])]
    for batch in entry.get("batches", ()):
        if code in batch["codes"]:
            return [Row(code, batch["from"], "", batch["announced"], note=batch["note"])]
    if code[:8] in august:
        return [Row(code, spec["august"], "", spec["august_announced"])]
    last, announced = spec["last_state"], spec["march_announced"]
    note = "in the last state of the note; the day it joined is not in hand"
    return [
        Row(code, spec["march"], last, announced, note=note, state="unknown"),
        Row(code, last, "", announced, note=note),
    ]


def _meta(entry: Mapping[str, Any], count: int, counted: str) -> tuple[tuple[str, str], ...]:
    return (
        ("title", entry["title"]),
        ("metal", entry["metal"]),
        ("source", entry["source"]),
        ("place", entry["place"]),
        ("heading", entry["heading"]),
        ("count", f"{count} ({counted})"),
        ("grade", entry["grade"]),
    )


def parts_for_equipment(
    lists: Sequence[CodeList], days: Mapping[str, Any], spec: Mapping[str, Any]
) -> CodeList:
    """Note 16(k): codes of (c)(vi) to (viii) in chapters 84, 85 and 87 from June 2026 on."""
    day = days["june"]
    found = {
        row.code
        for code_list in lists
        if code_list.name.rsplit("-", 1)[1] in ("vi", "vii", "viii")
        for row in code_list.rows
        if row.start <= day and (not row.until or day < row.until)
    }
    codes = sorted(code for code in found if code[:2] in ("84", "85", "87"))
    name = "us-232-note-16k"
    expect(name, spec["place"], len(codes), spec["count"], "a public duty engine's reading")
    meta = (
        ("title", spec["title"]),
        ("source", f"{note_key(16)}, proclamation-11032"),
        ("place", spec["place"]),
        ("heading", spec["heading"]),
        ("count", f"{spec['count']} (the same as a public duty engine reads)"),
        ("grade", "secondary from its start: follows the lists of note 16(c) in Revision 10"),
    )
    rows = tuple(Row(code, day, "", days["june_announced"]) for code in codes)
    return CodeList(name, meta, rows)
