"""Make the lists of the notes of chapter 99 that are later than the last edition at hand.

Run it where the originals lie::

    python -m encode.us_lists.notes_2026 REFERENCE [REGISTER]

Revisions 9 to 21 of 2026 established U.S. notes 35(c), 40, 50, 51 and 52. Two readings of them
stand among the publications; ``notes_2026.yaml`` says how many codes each note has, and a count
that differs stops the program.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from encode.list_files import CodeList, Row, expect, render, sha256, unique
from encode.program import folders

QUOTED = Path("uslaw/lists/us_lists.csv.gz")
SPECS = Path(__file__).with_name("notes_2026.yaml")
REGISTER = Path(__file__).parents[2] / "register" / "lists"

PRIMARY = "primary: the note as printed, read by program; counted a second time"
"""Grade of a list whose note was read."""


class Quoted(NamedTuple):
    """A row of the readings: a code, its days, and what the note says beside it."""

    code: str
    start: str
    until: str
    words: str


def build(reference: Path) -> dict[str, str]:
    """Text of every list file by file name, with the record of what was read."""
    specs = yaml.safe_load(SPECS.read_text(encoding="utf-8"))
    read = read_quoted(reference / QUOTED)
    lists = [_plain(name, spec, read, specs) for name, spec in specs["lists"].items()]
    for key, spec in specs["economies"].items():
        lists += _economy(key, spec, read, specs["announced"]["us-forced-labor"])
    lists.append(_textiles(read, specs["announced"]["us-forced-labor"]))
    files = {f"{each.name}.tsv": render(each) for each in lists}
    files["SOURCE-notes-2026.yaml"] = _source(reference, lists)
    return files


def read_quoted(path: Path) -> dict[str, list[Quoted]]:
    """Rows of each list as the readings have them, the codes without their dots."""
    found: dict[str, list[Quoted]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"].replace(".", "")
            found[row["list"]].append(Quoted(code, row["from"], row["until"], row["except"]))
    return found


def _plain(
    name: str, spec: Mapping[str, Any], read: Mapping[str, Sequence[Quoted]], specs: Any
) -> CodeList:
    """A list with one state, or two where the note changed."""
    rows = read[spec.get("quoted", name)]
    states = _states(rows, spec.get("from", ""))
    expect(name, "states", len(states), len(spec["count"]), "the notes")
    first = _announced(name, specs["announced"])
    made = []
    for (days, codes), count in zip(sorted(states.items()), spec["count"], strict=True):
        found = unique(name, [each.code for each in codes])
        expect(name, f"state of {days[0]}", len(found), count, spec["place"])
        described = spec.get("changed", {}).get(days[0], first)
        for each in codes:
            words = each.words.removeprefix("only: ") if spec.get("words") else ""
            made.append(Row(_whole(each.code, days, spec), *days, described, note=words))
    return CodeList(name, _meta(spec, spec["count"]), tuple(_joined(made)))


def _states(rows: Iterable[Quoted], start: str) -> dict[tuple[str, str], list[Quoted]]:
    """The rows by their days; ``start`` stands where the reading names no first day."""
    states: dict[tuple[str, str], list[Quoted]] = defaultdict(list)
    for row in rows:
        states[row.start or start, row.until].append(row)
    return states


def _whole(code: str, days: tuple[str, str], spec: Mapping[str, Any]) -> str:
    """A code of a state older than the split of its subheading stands for the subheading."""
    old = "split_on" in spec and days[1]
    return code[:8] if old and len(code) == 10 and code.endswith("00") else code


def _joined(rows: Iterable[Row]) -> list[Row]:
    """Rows of one code that stand in both states become one."""
    out: list[Row] = []
    for row in sorted(rows):
        last = out[-1] if out else None
        if last and last.code == row.code and last.until == row.start and last.note == row.note:
            out[-1] = replace(last, until=row.until)
        else:
            out.append(row)
    return out


def _announced(name: str, days: Mapping[str, str]) -> str:
    """The day of the longest name that a list begins with."""
    return days[max((key for key in days if name.startswith(key)), key=len)]


def _meta(spec: Mapping[str, Any], counts: Sequence[int]) -> tuple[tuple[str, str], ...]:
    meta = {
        "title": spec["title"],
        "source": spec["source"],
        "place": spec["place"],
        "heading": spec.get("heading", ""),
        "count": ", then ".join(str(count) for count in counts),
        "grade": spec.get("grade", PRIMARY),
    }
    return tuple((key, value) for key, value in meta.items() if value)


def _economy(
    key: str, spec: Mapping[str, Any], read: Mapping[str, Sequence[Quoted]], announced: str
) -> Iterable[CodeList]:
    """The list of an economy in note 52(j), and the described goods beside it."""
    base = {"source": "htsus-99-note-52"}
    whole = base | {
        "title": f"Forced-labor duty: goods outside it for {spec['name']}",
        "place": f"U.S. note 52(j){spec['place']}",
        "heading": spec["heading"],
    }
    yield _one(
        f"us-forced-labor-{key}",
        whole,
        read[f"us-301-forced-labor-{key}"],
        spec["count"],
        announced,
    )
    if "described" in spec:
        heading, count = spec["described"]
        some = base | {
            "title": f"Forced-labor duty: described goods outside it for {spec['name']}",
            "place": f"U.S. note 52(j){spec['place']}(ii)",
            "heading": heading,
            "words": True,
        }
        rows = read[f"us-301-forced-labor-{key}-described"]
        yield _one(f"us-forced-labor-{key}-described", some, rows, count, announced)


def _one(
    name: str, spec: Mapping[str, Any], rows: Sequence[Quoted], count: int, announced: str
) -> CodeList:
    codes = unique(name, [row.code for row in rows])
    expect(name, "the note", len(codes), count, spec["place"])
    made = [
        Row(
            row.code,
            row.start,
            row.until,
            announced,
            note=_described(row) if "words" in spec else "",
        )
        for row in rows
    ]
    return CodeList(name, _meta(spec, [count]), tuple(made))


def _described(row: Quoted) -> str:
    """What an article of a number must be, without the heading that the reading adds."""
    return row.words.partition(" (heading")[0].removesuffix(" only")


def _textiles(read: Mapping[str, Sequence[Quoted]], announced: str) -> CodeList:
    """Textiles of Guatemala and El Salvador: only how many codes they have was read."""
    name = "us-forced-labor-textiles"
    spec = {
        "title": "Forced-labor duty: textiles outside it for Guatemala and El Salvador",
        "source": "htsus-99-note-52",
        "place": "U.S. note 52(j)(6)(iii) and (7)(iii); of 1,707 codes for El Salvador thirty too"
        " many stand here, between 5801.22 and 6506.99",
        "heading": "9903.06.06, 9903.06.09",
        "grade": "background: the textiles of Jordan's list stand for both",
    }
    return _one(name, spec, read["us-301-forced-labor-gt-textiles"], 1737, announced)


def _source(reference: Path, lists: Sequence[CodeList]) -> str:
    lines = [
        "publication: U.S. notes 35, 40, 50, 51 and 52 to subchapter III of chapter 99, revisions"
        " 9 to 21 of 2026; annexes to Proclamations 11061 to 11063",
        "publisher: United States International Trade Commission; the White House",
        "terms: work of the United States government, public domain; read through public files",
        "command: python -m encode.us_lists.notes_2026",
        "rows:",
        *(f"  {each.name}: {len(each.rows)}" for each in lists),
        "read:",
        f"- file: {QUOTED.as_posix()}",
        f"  sha256: {sha256(reference / QUOTED)}",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the lists and print how many there are."""
    reference, to = folders(__doc__, REGISTER)
    files = build(reference)
    for name, text in files.items():
        (to / name).write_text(text, encoding="utf-8")
    print(f"{to}: {len(files) - 1} lists")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
