"""Make the table of everyday words from the list that is kept by hand.

    python -m encode.goods.everyday [--to DIR]

`everyday_words.tsv` has a row for one or several headings of the Harmonized System, with the words
in English and Chinese that people say for their goods. Its words were placed by knowledge of
the headings, not each by reading its text again; no ruling was consulted. The grade of a word is
computed here: `printed` where the schedule itself has its words in the lines of one of the
headings, `judged` where a reader placed it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from detente.goods.plain import stems

WORDS = Path(__file__).with_name("everyday_words.tsv")
GOODS = Path("data/goods/us")
CHAPTERS = Path(__file__).with_name("chapters.tsv")
TARGET = Path("data/words")
LANGUAGES = ("en", "zh")
COLUMNS = ("word", "language", "codes", "source", "grade")
PRINTED, JUDGED = "printed", "judged"
CHAPTER, HEADING = 2, 4
CHANGES = "99"


def encode(words: Path, goods: Path, to: Path) -> int:
    """Write everyday.tsv and SOURCE.yaml; returns the number of words.

    Raises:
        ValueError: a heading is in no line of the last edition, or a word stands in two rows.
    """
    edition, texts = _newest_texts(goods)
    rows = list(_rows(words, edition, texts))
    to.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in sorted(rows))]
    (to / "everyday.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    titles = CHAPTERS.read_text(encoding="utf-8")
    _check_titles(titles, set(texts))
    (to / "chapters.tsv").write_text(titles, encoding="utf-8", newline="\n")
    (to / "SOURCE.yaml").write_text(
        _source(words, goods, edition, len(rows), titles), encoding="utf-8"
    )
    return len(rows)


def _check_titles(titles: str, headings: set[str]) -> None:
    """Refuse titles that leave out a chapter of the schedule or name one that it has not.

    Raises:
        ValueError: the chapters differ; the message names them.
    """
    rows = [line.split("\t") for line in titles.splitlines()[1:]]
    named = {chapters for section, chapters, _ in rows if not section}
    differ = named ^ {heading[:CHAPTER] for heading in headings if heading[:CHAPTER] != CHANGES}
    if differ:
        raise ValueError(f"{CHAPTERS.name}: these chapters are named or held, not both: {differ}")


def _newest_texts(goods: Path) -> tuple[str, dict[str, set[str]]]:
    """The name of the last edition, and the stems that it prints under each heading."""
    with (goods / "editions.tsv").open(encoding="utf-8", newline="") as file:
        edition = [row["edition"] for row in csv.DictReader(file, delimiter="\t")][-1]
    with (goods / "groups.tsv").open(encoding="utf-8", newline="") as file:
        groups = {
            row["group"]: row["text"]
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    texts: dict[str, set[str]] = defaultdict(set)
    with (goods / "lines.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row["until"]:
                own = f"{row['description']} {groups.get(row['parent'], '')}"
                texts[row["code"][:HEADING]].update(stems(own))
    return edition, texts


def _rows(words: Path, edition: str, texts: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    seen: dict[str, int] = {}
    with words.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            codes = row["codes"].split()
            missing = [code for code in codes if code[:HEADING] not in texts]
            if missing:
                raise ValueError(f"{words.name}:{number}: {missing} has no line in {edition}")
            for language in LANGUAGES:
                for word in filter(None, map(str.strip, row[language].split(";"))):
                    if word.lower() in seen:
                        raise ValueError(
                            f"{words.name}:{number}: {word!r} stands on line {seen[word.lower()]} "
                            "too: give it one row with all its headings"
                        )
                    seen[word.lower()] = number
                    stated = stems(word)
                    printed = any(stated <= texts[code[:HEADING]] for code in codes)
                    grade = PRINTED if printed else JUDGED
                    yield word, language, " ".join(codes), edition, grade


def _source(words: Path, goods: Path, edition: str, count: int, titles: str) -> str:
    """What was read, with checksums."""
    read = (words, CHAPTERS, goods / "lines.tsv")
    rows = [
        "publication: >-",
        "  Words that people say for goods, placed by hand at the headings of",
        f"  {edition} of the Harmonized Tariff Schedule of the United States",
        "publisher: Détente; the texts are of the United States International Trade Commission",
        "terms: our own words, under the licence of the data (LICENSE-DATA)",
        "address: https://hts.usitc.gov",
        "note: >-",
        "  The first four digits are the same in every country. `printed`: the schedule has the",
        "  word in lines of the heading. `judged`: a reader placed it; no ruling was consulted,",
        "  and goods of the name can belong elsewhere by material, use or make. Titles in",
        "  chapters.tsv are kept by hand; titles have no force in law.",
        "command: python -m encode.goods.everyday",
        "rows:",
        f"  everyday.tsv: {count}",
        f"  chapters.tsv: {titles.count(chr(10)) - 1}",
        "read:",
    ]
    for path in read:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        rows += [f"- file: {path.name}", f"  sha256: {digest}"]
    return "\n".join(rows) + "\n"


def main() -> int:
    """Run the program; returns its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--to", type=Path, default=TARGET)
    to = parser.parse_args().to
    try:
        print(f"{to / 'everyday.tsv'}: {encode(WORDS, GOODS, to):,} rows")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
