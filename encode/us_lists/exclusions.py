"""Exclusions from the Section 301 duties, and the subheadings of derived rates.

An exclusion is either a whole statistical number, which needs no word of the importer, or a product
described inside one. A statistical number that changed carries the days of each number in its text:
"described in statistical reporting number X prior to July 1, 2022; ... Y effective July 1, 2022".
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from encode.list_files import CodeList, Row, expect
from encode.us_lists.legal_text import Note, codes_in_prose, digits, items
from encode.us_lists.section_301 import STATISTICAL, note_key

DAY = r"([A-Z][a-z]+ \d{1,2}, \d{4})"
PRIOR = re.compile(rf"prior to {DAY}")
EFFECTIVE = re.compile(rf"effective {DAY}")
THROUGH = re.compile(rf"through {DAY}")
DESCRIBED = re.compile(r"\s*\((?:as )?described in (?:statistical reporting number|subheading).*$")
CLAUSE = re.compile(r"\((?:as )?described in")
LONGEST_NOTE = 160


def exclusions(note: Note, name: str, spec: Mapping[str, Any]) -> list[CodeList]:
    """The exclusions of one subdivision: described products, and whole numbers if there are any."""
    whole: list[Row] = []
    described: list[Row] = []
    for part in spec["parts"]:
        label = "".join(f"({step})" for step in part["path"])
        found = items(note.part(*part["path"]))
        expect(name, f"items of 20{label}", len(found), part["count"], "numbers of the items")
        numbers = [text for _, text in found if STATISTICAL.match(text)]
        expect(name, f"whole numbers in 20{label}", len(numbers), part["whole"], "counted")
        for number, text in found:
            rows = whole if STATISTICAL.match(text) else described
            place = f"{label.strip('()').replace(')(', ' ')} {number}"
            rows += _rows(text, place, part["relieves"], spec)
    for change in spec.get("amended", ()):
        whole, described = _amended(whole, change), _amended(described, change)
    lists = []
    for suffix, rows in (("-whole", whole), ("-described", described)):
        if rows:
            ending = suffix if whole else ""
            count = sum(part["whole"] for part in spec["parts"])
            if suffix == "-described":
                count = sum(part["count"] for part in spec["parts"]) - count
            lists.append(_list(f"{name}{ending}", spec, f"{count} exclusions", rows))
    return lists


def _rows(text: str, place: str, relieves: str, spec: Mapping[str, Any]) -> list[Row]:
    """A row for each statistical number of an item that is alive when the exclusion begins."""
    words = "" if STATISTICAL.match(text) else f": {_short(DESCRIBED.sub('', text))}"
    of = f" [{relieves}]" if relieves else ""
    opens = [match.start() for match in CLAUSE.finditer(text)]
    # A description may cite numbers of its own; the last clause is the one that places the goods.
    clause = text if STATISTICAL.match(text) else text[opens[-1] :]
    pieces = re.split(r";\s|,\s(?=described)", clause)
    starts = [EFFECTIVE.search(piece) for piece in pieces]
    rows = []
    for k, piece in enumerate(pieces):
        start = _day(EFFECTIVE.search(piece))
        until = _day(PRIOR.search(piece))
        if through := _day(THROUGH.search(piece)):
            # Printed as the last day; days here are half-open.
            until = through + timedelta(days=1)
        following = starts[k + 1] if k + 1 < len(starts) else None
        if until is None and following:
            until = _day(following)
        first = max(start.isoformat() if start else "", spec["from"])
        last = until.isoformat() if until else ""
        if last and last <= first:
            continue
        for code in map(digits, STATISTICAL.findall(piece)):
            rows.append(Row(code, first, last, spec["announced"], note=f"{place}{of}{words}"))
    if not rows:
        raise ValueError(f"Exclusion {place} names no statistical number: {text!r}.")
    return rows


def _amended(rows: list[Row], change: Mapping[str, Any]) -> list[Row]:
    """The rows with one item in the numbers that a later revision gives it."""
    out = []
    for row in rows:
        if row.until or not row.note.startswith(f"{change['place']} "):
            out.append(row)
            continue
        out.append(replace(row, until=change["from"], end_announced=change["announced"]))
        days = (change["from"], "", change["announced"])
        out += [Row(code, *days, note=row.note) for code in change["codes"]]
    return out


def _day(match: re.Match[str] | None) -> date | None:
    return datetime.strptime(match.group(1), "%B %d, %Y").date() if match else None


def _short(text: str) -> str:
    if len(text) <= LONGEST_NOTE:
        return text
    return text[:LONGEST_NOTE].rsplit(" ", 1)[0].rstrip(",;") + " ..."


def _list(name: str, spec: Mapping[str, Any], count: str, rows: list[Row]) -> CodeList:
    meta = (
        ("title", spec["title"]),
        ("source", ", ".join((note_key(20), *spec.get("sources", ())))),
        ("place", spec["place"]),
        ("heading", spec["heading"]),
        ("count", f"{count}; a number that changed has a row for each of its numbers"),
        ("grade", "primary"),
    )
    return CodeList(name, meta, tuple(rows))


def derived_rates(note: Note, name: str, spec: Mapping[str, Any]) -> CodeList:
    """Subheadings that four subdivisions name alike.

    Raises:
        ValueError: the subdivisions differ, or the count does.
    """
    sets = [codes_in_prose(note.part(*path)) for path in spec["paths"]]
    if any(codes != sets[0] for codes in sets):
        raise ValueError(f"List {name}: {spec['place']} do not name the same subheadings.")
    expect(name, spec["place"], len(sets[0]), spec["count"], "named alike in four subdivisions")
    rows = tuple(
        Row(code, spec["from"], "", spec["announced"], note="start of the list it belongs to")
        for code in sets[0]
    )
    meta = (
        ("title", spec["title"]),
        ("source", note_key(20)),
        ("place", spec["place"]),
        ("heading", spec["headings"]),
        ("count", f"{spec['count']} (named alike in four subdivisions)"),
        ("grade", "primary for the codes, background for the first day"),
    )
    return CodeList(name, meta, rows)
