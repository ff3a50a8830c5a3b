"""``detente screen``: which entries of the lists a name may be."""

from __future__ import annotations

import csv
import os
import sys

from detente._shapes import TYPE_CHECKING
from detente.cli.lists_command import checked_day
from detente.cli.options import parser

if TYPE_CHECKING:
    from typing import Any

    from detente.parties.screening import Hit
    from detente.parties.store import Screen

EXAMPLES = """  detente screen "Huawei Technologies"
  detente screen 华为技术有限公司 --json
  detente screen --file partners.csv -o hits.csv --country CN

input columns: name; optional id, country, city; any others are kept. The same rows come out, in
their order, with `status` (clear, hit, unresolved), `score`, `entry`, `list`, `listed_name`, `why`.
A hit is a reason to look, not a finding."""

OUTPUT = ("status", "reason", "score", "entry", "list", "listed_name", "why")


def run(words: list[str]) -> int:
    """Screen names, or every row of a file."""
    options = parser("screen", "Which entries of the lists a name may be, and why.", EXAMPLES)
    options.add_argument("names", nargs="*", metavar="NAME")
    options.add_argument("--file", help="CSV file with a column `name`")
    options.add_argument("-o", "--output", help="CSV file to write (default: standard output)")
    options.add_argument("--country", metavar="CC", help="where the party is")
    options.add_argument("--top", type=int, default=10, metavar="K", help="hits shown")
    options.add_argument("--on", metavar="DAY", help="lists as of a day (default: the newest)")
    options.add_argument("--json", action="store_true", help="print as JSON")
    given = options.parse_args(words)
    if bool(given.names) == bool(given.file):
        raise ValueError("name either parties, or a file with --file")
    if given.top < 1:
        raise ValueError(f"--top {given.top}: ask for at least 1")

    from detente.parties.store import Screen

    screen = Screen(checked_day(given.on))
    if given.file:
        from detente.parties.spelling import use_library

        use_library()
        return _file(screen, given.file, given.output, given.country)
    results = [(name, screen.hits(name, given.country, given.top)) for name in given.names]
    if given.json:
        import json

        answer = [{"name": name, "hits": [shown(hit) for hit in hits]} for name, hits in results]
        json.dump({"results": answer}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for name, hits in results:
            _print(name, hits)
    return 0


def shown(hit: Hit) -> dict[str, Any]:
    """A hit as JSON."""
    entry = hit.entry
    answer = {
        "entry": entry.names[0].text,
        "list": entry.list,
        "name": hit.name,
        "score": str(hit.score),
        "why": list(hit.why),
        "requirement": entry.requirement_text or None,
        "requirement_normal": entry.requirement or None,
        "policy": entry.policy or None,
        "policy_text": entry.policy_text or None,
        "programme": entry.programme or None,
        "countries": list(entry.countries),
        "citation": entry.citation or None,
        "source": entry.source or None,
        "grade": entry.grade,
    }
    for field in ("since", "until", "suspended_from", "suspended_until", "note"):
        answer[field] = getattr(entry, field) or None
    return answer


def _print(name: str, hits: list[Hit]) -> None:
    print(f"{name}: {len(hits)} hit{'s' if len(hits) != 1 else ''}")
    for hit in hits:
        entry = hit.entry
        print(f"  {hit.score:.2f}  {entry.list:<11}{entry.names[0].text}")
        if hit.name != entry.names[0].text:
            print(f"{'':19}as {hit.name}")
        print(f"{'':19}{'; '.join(hit.why)}")
        if entry.requirement_text:
            print(f"{'':19}licence: {entry.requirement_text}; policy: {entry.policy_text}")
        dates = [
            f"{what} {day}"
            for what, day in (
                ("since", entry.since),
                ("until", entry.until),
                ("suspended from", entry.suspended_from),
                ("suspended until", entry.suspended_until),
            )
            if day
        ]
        where = [each for each in (entry.programme, entry.citation, *dates, entry.note) if each]
        if where:
            print(f"{'':19}{'; '.join(where)}")


def _file(screen: Screen, path: str, output: str | None, country: str | None) -> int:
    with open(path, encoding="utf-8-sig", newline="") as source:
        rows = csv.DictReader(source, strict=True)
        columns = list(rows.fieldnames or ())
        if "name" not in columns:
            raise ValueError(f"{path} has no column `name`, but {', '.join(columns[:8])}")
        taken = [column for column in columns if column in OUTPUT]
        if taken:
            raise ValueError(f"{path}: column {taken[0]!r} is one of the output: rename it")
        if output is None:
            return _rows(screen, rows, columns, csv.writer(sys.stdout), country)
        # Written beside and renamed at the end: a run that is stopped leaves no half file.
        beside = f"{output}.part"
        try:
            with open(beside, "w", encoding="utf-8", newline="") as target:
                done = _rows(screen, rows, columns, csv.writer(target), country)
            os.replace(beside, output)
        finally:
            if os.path.exists(beside):
                os.remove(beside)
        return done


def _rows(
    screen: Screen, rows: csv.DictReader[str], columns: list[str], writer: Any, country: str | None
) -> int:
    from detente.answer.cells import harmless

    writer.writerow([*map(harmless, columns), *OUTPUT])
    count: dict[str, int] = {}
    known: dict[tuple[str, str | None], list[str]] = {}
    tell = sys.stderr.isatty()
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise ValueError(f"line {rows.line_num}: not as many cells as columns; check quotes")
        asked = (row["name"], (row.get("country") or country or "").upper() or None)
        cells = known.get(asked)
        if cells is None:
            cells = known[asked] = _cells(screen, *asked)
        count[cells[0]] = count.get(cells[0], 0) + 1
        writer.writerow([harmless(cell) for cell in (*(row[each] for each in columns), *cells)])
        if tell and number % 500 == 0:
            print(f"\r{number} names", end="", file=sys.stderr)
    if tell:
        print("\r", end="", file=sys.stderr)
    counts = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    print(f"{sum(count.values())} rows: {counts or 'none'}", file=sys.stderr)
    return 0


def _cells(screen: Screen, name: str, country: str | None) -> list[str]:
    try:
        hits = screen.hits(name, country, 1)
    except ValueError as error:
        return ["unresolved", str(error), "", "", "", "", ""]
    if not hits:
        return ["clear", "", "", "", "", "", ""]
    hit = hits[0]
    entry = hit.entry
    return [
        "hit", "", str(hit.score), entry.names[0].text, entry.list, hit.name, "; ".join(hit.why),
    ]  # fmt: skip
