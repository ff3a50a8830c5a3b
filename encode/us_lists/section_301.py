"""The lists of Section 301 duties on China: notes 20 and 31, in the codes of each time.

Notes 20 and 31 show the latest state only. The table of 1 January 2020 shows the codes of the
schedule before 27 January 2022. A code of both holds from the start of its list; a code of the
table alone holds until the schedule of 2022, or until the day on which note 31 took it; a code of
the note alone holds from the schedule of 2022.
"""

import re
from collections.abc import Mapping
from typing import Any

from encode.list_files import CodeList, Row, expect, merged, unique
from encode.us_lists.legal_text import Note, codes_in_prose, codes_in_rows, digits, items

Spec = Mapping[str, Any]
STATISTICAL = re.compile(r"(?<![\d.])\d{4}\.\d{2}\.\d{4}(?!\d)")
SUBHEADING = re.compile(r"(?<![\d.])\d{4}\.\d{2}\.\d{2}(?!\d)")
LIMIT = (
    "codes that ended before 1 January 2020, or that lived only between that day and 27 January"
    " 2022, stand in neither reading"
)
TABLE = "us-itc-china-tariffs-2020"


def note_key(number: int) -> str:
    """Key of a U.S. note of subchapter III, chapter 99, in the register's sources."""
    return f"htsus-99-note-{number}"


def note_31(notes: Mapping[int, Note], specs: Spec) -> list[CodeList]:
    """The provisions of note 31, each a list."""
    lists = []
    for name, spec in specs.items():
        lines = notes[31].part(*spec["path"])
        read = codes_in_rows if spec["read"] == "rows" else codes_in_prose
        codes = list(dict.fromkeys(read(lines)))
        counted = spec.get("counted", "counted in the note, and confirmed in a second reading")
        expect(name, spec["place"], len(codes), spec["count"], counted)
        start, until, announced = spec["from"], spec.get("until", ""), spec["announced"]
        note = spec.get("row_note", "")
        rows = [Row(code, start, until, announced, note=note) for code in codes]
        for extra in spec.get("plus", ()):
            rows += [
                Row(code, start, extra["until"], announced, note=extra["note"])
                for code in extra["codes"]
            ]
        meta = _meta(spec, note_key(31), f"{spec['count']} ({counted})", "primary")
        lists.append(CodeList(name, meta, tuple(rows)))
    return lists


def taken_by_note_31(lists: list[CodeList]) -> dict[str, str]:
    """First day on which note 31 covers an eight-digit code whole."""
    first: dict[str, str] = {}
    for code_list in lists:
        for row in code_list.rows:
            if len(row.code) == 8 and not code_list.name.endswith(("31k", "31l")):
                first[row.code] = min(row.start, first.get(row.code, row.start))
    return first


def note_20(
    notes: Mapping[int, Note],
    table: Mapping[str, set[str]],
    specs: Spec,
    nomenclature: Mapping[str, str],
    carried: list[Mapping[str, str]],
    taken: Mapping[str, str],
) -> list[CodeList]:
    """Lists 1, 2, 3, 4A and 4B, with the codes of before 2022."""
    lists = []
    for name, spec in specs.items():
        codes = unique(name, codes_in_rows(notes[20].part(*spec["path"])))
        counted = "counted in the note, and confirmed in a second reading"
        expect(name, spec["place"], len(codes), spec["count"], counted)
        listed = table[spec["heading"]]
        expect(name, f"{TABLE}, {spec['heading']}", len(listed), spec["table_count"], "its rows")
        articles = spec.get("articles")
        in_part = _articles(name, notes[20], spec) if articles else []
        old = {code for code in listed if len(code) == 8} - {row.code for row in in_part}
        rows = _dated(set(codes), old, spec, nomenclature, taken) + in_part
        rows += [_carried(item, nomenclature) for item in carried if item["list"] == name]
        total = f"{spec['count']} in the note ({counted}); {len(listed)} in the table of 2020"
        if articles:
            total += f"; {articles['count']} subheadings less named statistical numbers"
        meta = _meta(spec, f"{note_key(20)}, {TABLE}", total, "primary")
        meta += (("limit", LIMIT),)
        lists.append(CodeList(name, meta, tuple(merged(rows))))
    return lists


def _carried(item: Mapping[str, str], nomenclature: Mapping[str, str]) -> Row:
    """A row that the text read no longer shows."""
    if "out_from" in item:
        return Row(
            item["code"], item["out_from"], "", item["announced"], out=True, note=item["note"]
        )
    start, announced = nomenclature["from"], nomenclature["announced"]
    return Row(item["code"], start, item["until"], announced, note=item["note"])


def _dated(
    new: set[str],
    old: set[str],
    spec: Spec,
    nomenclature: Mapping[str, str],
    taken: Mapping[str, str],
) -> list[Row]:
    start, announced = spec["from"], spec["announced"]
    rows = []
    for code in sorted(new | old):
        if code in new and code in old:
            rows.append(Row(code, start, "", announced))
        elif code in new:
            rows.append(Row(code, nomenclature["from"], "", nomenclature["announced"]))
        elif code in taken:
            note = "moved to note 31"
            rows.append(Row(code, start, taken[code], announced, note=note))
        else:
            rows.append(Row(code, start, nomenclature["from"], announced))
    return rows


def _articles(name: str, note: Note, spec: Spec) -> list[Row]:
    """Subheadings less the statistical numbers that the item takes out."""
    articles = spec["articles"]
    found = items(note.part(*articles["path"]))
    expect(name, "numbered articles", len(found), articles["count"], "items of the note")
    rows = []
    for number, text in found:
        place = f"{spec['note']}{''.join(f'({step})' for step in articles['path'])} item {number}"
        included, _, excluded = text.partition("except for such")
        if not excluded:
            # One item names what it takes out instead of pointing at it.
            included, _, excluded = text.partition("except for respirators")
        whole = SUBHEADING.findall(included)
        out = STATISTICAL.findall(excluded)
        if len(whole) != 1 or not out:
            raise ValueError(f"List {name}, {place}: cannot read {text!r}.")
        rows.append(Row(digits(whole[0]), spec["from"], "", spec["announced"], note=place))
        for code in map(digits, out):
            start, announced = articles.get("out_from", {}).get(
                code, (spec["from"], spec["announced"])
            )
            rows.append(Row(code, start, "", announced, out=True, note=place))
    return rows


def _meta(spec: Spec, source: str, count: str, grade: str) -> tuple[tuple[str, str], ...]:
    return (
        ("title", spec["title"]),
        ("source", source),
        ("place", spec["place"]),
        ("heading", spec["heading"]),
        ("count", count),
        ("grade", grade),
    )
