"""Make the lists of goods that law which was not read may touch.

Run it where the originals lie::

    python -m encode.us_lists.unread REFERENCE [REGISTER]

The note on large civil aircraft was read in its last state; the schedule itself tells which lines
pointed to temporary rates and to the safeguards on farm goods, and which codes ended before the
lists of section 301 could be read. No notice behind them was read, so no duty is charged or freed
by these lists: an answer about goods on them is open.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from encode.list_files import CodeList, Row, render, sha256
from encode.program import folders

NOTE_21 = Path("uslaw/history/us_301_aircraft_dispute_note21.csv")
ROOT = Path(__file__).parents[2]
GOODS = ROOT / "data" / "goods" / "us"
REGISTER = ROOT / "register" / "lists"

NUMBER = re.compile(r"\b(\d{4}\.\d\d\.\d\d)\b")


def build(reference: Path, goods: Path = GOODS, register: Path = REGISTER) -> dict[str, str]:
    """Text of every list file by file name, with the record of what was read."""
    lists = [*_aircraft(reference / NOTE_21)]
    lists += [*_temporary(goods), _farm(goods), _ended(goods, register)]
    files = {f"{each.name}.tsv": render(each) for each in lists}
    files["SOURCE-unread.yaml"] = _source(reference, lists)
    return files


def _list(
    name: str,
    title: str,
    source: str,
    place: str,
    codes: Iterable[str],
    days: tuple[str, str],
    until: str = "",
    grade: str = "secondary",
) -> CodeList:
    rows = tuple(Row(code, days[0], until, days[1]) for code in sorted(set(codes)))
    meta = {
        "title": title,
        "source": source,
        "place": place,
        "count": str(len(rows)),
        "grade": grade,
    }
    return CodeList(name, tuple(meta.items()), rows)


def _aircraft(path: Path) -> Iterable[CodeList]:
    """The subdivisions of the note on large civil aircraft."""
    found: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["note"][-2]].add(row["code"].replace(".", ""))
    for letter, codes in sorted(found.items()):
        yield _list(
            f"us-301-aircraft-{letter}",
            f"Section 301, dispute on large civil aircraft: U.S. note 21({letter})",
            "htsus-99-note-21",
            f"U.S. note 21({letter}) to subchapter III, chapter 99, last state; "
            "earlier states were not read",
            codes,
            ("2019-10-18", "2019-10-18"),
        )


def _table(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _temporary(goods: Path) -> Iterable[CodeList]:
    """Lines that headings of subchapter II name, by whether every one of them frees."""
    rates: dict[str, set[str]] = defaultdict(set)
    for row in _table(goods / "headings99.tsv"):
        if row["heading"].startswith("9902."):
            for code in NUMBER.findall(row["description"]):
                rates[code.replace(".", "")].add(row["general"].strip().lower())
    free = {code for code, found in rates.items() if found == {"free"}}
    place = (
        "headings of subchapter II, chapter 99, that name the subheading: editions of 2025; goods "
        "are described in words"
    )
    for name, words, codes in (
        ("free", "made free", free),
        ("reduced", "at lower rates", rates.keys() - free),
    ):
        title = f"Temporary rates of 2018 to 2020: lines with products {words}"
        days = ("2018-10-13", "2018-09-13")
        source = "htsus-2025-basic"
        yield _list(f"us-temporary-{name}", title, source, place, codes, days, "2021-01-01")


def _farm(goods: Path) -> CodeList:
    """Lines whose footnotes point to the safeguards of subchapter IV."""
    codes = {
        row["code"][:8]
        for row in _table(goods / "lines.tsv")
        if any(heading.startswith("9904") for heading in row["headings"].split())
    }
    return _list(
        "us-farm-safeguards",
        "Farm goods over quota whose lines point to the safeguard duties of subchapter IV",
        "htsus-2025-basic",
        "footnotes of the lines, all editions at hand",
        codes,
        ("2017-01-01", "2017-01-01"),
    )


def _ended(goods: Path, register: Path) -> CodeList:
    """Codes of July 2017 that the edition of 2022 lacks and that no list of section 301 names."""
    rows = list(_table(goods / "editions.tsv"))
    editions = [row["edition"] for row in rows]
    at = {name: number for number, name in enumerate(editions)}
    # A derived edition prints nothing of its own.
    read = [at[row["edition"]] for row in rows if row["grade"] != "derived"]
    old: set[str] = set()
    new: set[str] = set()
    for row in _table(goods / "lines.tsv"):
        first, until = at[row["from"]], at.get(row["until"], len(editions))
        if len(row["code"]) >= 8:
            for number, codes in ((read[1], old), (read[2], new)):
                if first <= number < until:
                    codes.add(row["code"][:8])
    listed: set[str] = set()
    for name in ("1", "2", "3", "4a", "4b"):
        text = (register / f"us-301-list-{name}.tsv").read_text(encoding="utf-8")
        listed |= {line[:8] for line in text.splitlines() if line[:1].isdigit()}
    codes = {code for code in old - new - listed if code < "98"}
    return _list(
        "us-301-codes-before-2020",
        "Codes that ended before 2022 and stand on no list of section 301 that was read",
        "us-itc-china-tariffs-2020",
        "numbers of the edition of July 2017 that the edition of 2022 does not print, and that "
        "neither the table of January 2020 nor the notes name",
        codes,
        ("2018-07-06", "2018-06-20"),
        "2020-01-01",
    )


def _source(reference: Path, lists: Iterable[CodeList]) -> str:
    lines = [
        "publication: U.S. note 21 to subchapter III of chapter 99; the schedule",
        "publisher: United States International Trade Commission",
        "terms: work of the United States government, public domain",
        "command: python -m encode.us_lists.unread",
        "rows:",
        *(f"  {each.name}: {len(each.rows)}" for each in lists),
        "read:",
    ]
    lines += [f"- file: {NOTE_21.as_posix()}", f"  sha256: {sha256(reference / NOTE_21)}"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the lists and print how many there are."""
    reference, to = folders(__doc__, REGISTER)
    files = build(reference, register=to)
    for name, text in files.items():
        (to / name).write_text(text, encoding="utf-8")
    print(f"{to}: {len(files) - 1} lists")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
