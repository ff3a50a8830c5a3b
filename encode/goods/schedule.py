"""Make the tables of the US goods schedule from its official editions.

    python -m encode.goods.schedule [REFERENCE] [--to data/goods/us]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). It
holds `hts/hts_EDITION.json.gz`, the exports of the Harmonized Tariff Schedule by the United States
International Trade Commission, `tariff-2017/tariff_data_2017.zip`, its tariff database of 2017, and
the staged cuts on information technology that led from there to 2019 (`staged.py`).

One row of `lines.tsv` is a code and an unbroken run of editions in which it says the same. The days
of the editions are a judgement, kept by hand with its reasons in `edition_days.tsv` beside this
program, and checked here against what each edition shows for the first time. The words that traders
use in place of the schedule's own are kept by hand too, in `trade_words.tsv`.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from detente.goods.export import EditionRow, WordGroups, read_export
from detente.goods.moves import moves_between_trees, moves_of_editions
from encode.goods.staged import STEPS, with_cuts
from encode.goods.tariff2017 import read_2017
from encode.program import write_tables

DAYS = Path(__file__).with_name("edition_days.tsv")
TRADE_WORDS = Path(__file__).with_name("trade_words.tsv")
DATABASE_2017 = Path("tariff-2017/tariff_data_2017.zip")
TARGET = Path("data/goods/us")
Edition = dict[str, EditionRow]


def read_kept(path: Path) -> list[dict[str, str]]:
    """Read a table that is kept by hand, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def source_of(edition: str, reference: Path) -> Path:
    """Return the publication that an edition is read from."""
    if edition.startswith("hts_2017"):
        return reference / DATABASE_2017
    if edition.startswith(("hts_2018", "hts_2019")):
        return reference / STEPS
    return reference / "hts" / f"{edition}.json.gz"


def read_all(
    days: Sequence[Mapping[str, str]], reference: Path, groups: WordGroups
) -> list[Edition]:
    """Read every edition, in order.

    Raises:
        FileNotFoundError: A publication is missing from `reference`.
    """
    editions: list[Edition] = []
    for row in days:
        path = source_of(row["edition"], reference)
        if path.name == STEPS.name:
            editions.append(with_cuts(editions[-1], path, row["from"]))
        elif path.suffix == ".zip":
            editions.append(read_2017(path, date.fromisoformat(row["from"])))
        else:
            editions.append(read_export(path, groups).rows)
    return editions


def check_days(days: Sequence[Mapping[str, str]], editions: Sequence[Edition]) -> None:
    """Hold the days against the editions: order, and headings named as shown for the first time.

    Raises:
        ValueError: Days run backwards, or an edition says the same of a heading as the one before.
    """
    for at in range(1, len(days)):
        name, before, now = days[at]["edition"], editions[at - 1], editions[at]
        if days[at]["from"] < days[at - 1]["from"]:
            raise ValueError(f"{DAYS.name}: {name} is used before the edition that it follows")
        for heading in days[at]["shows"].split():
            code = heading.replace(".", "")
            if code not in now or now[code] == before.get(code):
                raise ValueError(f"{DAYS.name}: {name} does not show anything new in {heading}")


def intervals(
    names: Sequence[str], editions: Sequence[Edition]
) -> Iterator[tuple[str, str, str, EditionRow]]:
    """Yield code, first edition, first edition without, and row, for each run of equal content.

    The last edition is "" where the run reaches the end. Order: code, then edition.
    """
    for code in sorted(set().union(*editions)):
        # The closing None ends the runs that are still open.
        rows = [*(edition.get(code) for edition in editions), None]
        start = 0
        for at, row in enumerate(rows):
            if at and row == rows[at - 1]:
                continue
            held = rows[at - 1] if at else None
            if held is not None:
                yield code, names[start], names[at] if at < len(names) else "", held
            start = at


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table of text, tabs between, and return its number of rows.

    Raises:
        ValueError: A cell holds a tab or a line break.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(header) + "\n")
        for row in rows:
            # The tables know no quotation, so these cannot stand in a cell.
            if any(mark in cell for cell in row for mark in "\t\n\r"):
                raise ValueError(f"{path.name}: a cell of {row[0]} holds a tab or a line break")
            file.write("\t".join(row) + "\n")
            count += 1
    return count


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write every table of the US schedule into `target`; return the number of rows of each."""
    groups = WordGroups()
    days, words = read_kept(DAYS), read_kept(TRADE_WORDS)
    names = [row["edition"] for row in days]
    editions = read_all(days, reference, groups)
    check_days(days, editions)
    runs = list(intervals(names, editions))
    goods = [run for run in runs if not run[0].startswith("99")]
    special = [run for run in runs if run[0].startswith("99")]
    used = _used_groups(groups, goods)
    old, new = names.index("hts_2019_july"), names.index("hts_2025_basic")
    moves = [
        *moves_between_trees(names[old], names[new], editions[old], editions[new]),
        *moves_of_editions(names[new:], editions[new:], groups),
    ]
    target.mkdir(parents=True, exist_ok=True)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[str]]]] = {
        "lines.tsv": (
            ("code", "from", "until", *EditionRow._fields),
            ((code, start, until, *row) for code, start, until, row in goods),
        ),
        "groups.tsv": (("group", "parent", "text"), used),
        "headings99.tsv": (
            ("heading", "from", "until", "description", "general", "special", "other"),
            (
                (_dotted(code), start, until, row.description, row.general, row.special, row.other)
                for code, start, until, row in special
            ),
        ),
        "moves.tsv": (moves[0]._fields, moves),
        "editions.tsv": (list(days[0]), (list(row.values()) for row in days)),
        "trade-words.tsv": (list(words[0]), (list(row.values()) for row in words)),
    }
    counts = {name: write_table(target / name, *table) for name, table in tables.items()}
    (target / "SOURCE.yaml").write_text(_source(names, reference, counts), encoding="utf-8")
    return counts


def _used_groups(
    groups: WordGroups, goods: Iterable[tuple[str, str, str, EditionRow]]
) -> list[tuple[str, str, str]]:
    """Return the groups that a line stands under, directly or not."""
    known = {name: (name, parent, text) for name, parent, text in groups.rows()}
    wanted: set[str] = set()
    for _, _, _, row in goods:
        at = row.parent
        while at in known and at not in wanted:
            wanted.add(at)
            at = known[at][1]
    return sorted((known[name] for name in wanted), key=lambda group: _group_key(group[0]))


def _group_key(name: str) -> tuple[str, int]:
    stem, _, number = name.partition(":")
    return stem, int(number)


def _dotted(code: str) -> str:
    return ".".join((code[:4], *(code[at : at + 2] for at in range(4, len(code), 2))))


def _source(names: Sequence[str], reference: Path, counts: Mapping[str, int]) -> str:
    """Say where the tables come from, as YAML."""
    lines = [
        "publication: Harmonized Tariff Schedule of the United States, 44 exports, and the",
        "  tariff database of 2017; the yearly cuts of Proclamation 9466",
        "publisher: United States International Trade Commission",
        "terms: work of the United States government, public domain",
        "address: https://hts.usitc.gov",
        "note: Days in editions.tsv are judged from what the editions show; trade-words.tsv is",
        "  kept by hand.",
        "command: python -m encode.goods.schedule",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
    ]
    for path in dict.fromkeys(source_of(name, reference) for name in names):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines += [
            f"  - file: {path.relative_to(reference).as_posix()}",
            f"    edition: {path.name.removesuffix('.json.gz').removesuffix('.zip')}",
            f"    sha256: {digest}",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
