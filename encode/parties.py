"""Make the tables of parties from the Consolidated Screening List and the tables of characters.

    python -m encode.parties [REFERENCE] [--to data/parties]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). It
holds, under `parties/`, the list of trade.gov as downloaded and reduced on one day. What is kept:
the Entity List, military end users, unverified parties, and designated entities whose programmes
stand in 15 CFR 744.8(a)(1), each with an address in China, Hong Kong or Macau; the list of
military-industrial companies whole, since all of it is Chinese. People are left out. The lists of
BIS do not print what is a person, so an entry is taken for one when its name is two or three words
of which none is an abbreviation, and either all are a family name and Mandarin syllables, or none
is a word of companies.

`han.tsv` (simplified form, Mandarin and Cantonese reading of a character) is made with opencc,
pypinyin and ToJyutping where these are installed, and left as it is where they are not. The other
tables are kept by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import Entry
from encode.program import folders

SOURCE = Path("parties/consolidated-screening-list-2026-07-31.json")
TARGET = Path("data/parties")
PLACES = {"CN", "HK", "MO"}
WHOLE = {"CMIC"}
LISTS = ("EL", "MEU", "UVL", "CMIC", "SDN")
FIELDS = (
    "list", "key", "kind", "countries", "programme", "requirement_text", "policy_text",
    "citation", "source",
)  # fmt: skip
HAN = range(0x4E00, 0x9FA6)


class Words(NamedTuple):
    """What tells a person's name from a company's."""

    surnames: set[str]
    syllables: set[str]
    of_companies: set[str]


def kept(entry: Entry, programmes: set[str], words: Words) -> bool:
    """Whether an entry is one that the product has built in."""
    if entry.list not in LISTS or entry.kind in ("individual", "vessel", "aircraft"):
        return False
    if entry.list not in WHOLE and not PLACES & set(entry.countries):
        return False
    if entry.list == "SDN" and not programmes & set(entry.programme.split("; ")):
        return False
    return entry.kind == "entity" or not is_person(entry.names[0].text, words)


def is_person(name: str, known: Words) -> bool:
    """Whether a name looks like a person's; see the head of this file."""
    words = re.findall(r"[A-Za-z']+", re.sub(r"\(.*?\)", "", name))
    if not 2 <= len(words) <= 3 or any(word.isupper() and len(word) > 1 for word in words):
        return False
    low = [word.lower().replace("'", "") for word in words]
    if not known.of_companies & set(low):
        return True
    return (low[0] in known.surnames or low[-1] in known.surnames) and all(
        word in known.syllables or splits(word, known.syllables) for word in low
    )


def splits(word: str, syllables: set[str]) -> bool:
    """Whether a word is two syllables written as one."""
    return any(word[:cut] in syllables and word[cut:] in syllables for cut in range(1, len(word)))


def han_rows() -> list[tuple[str, str, str, str]]:
    """Character, simplified form, Mandarin without tone, Cantonese without tone.

    Raises:
        ImportError: opencc, pypinyin or ToJyutping is not installed.
    """
    import opencc
    import ToJyutping
    from pypinyin import Style, lazy_pinyin

    convert = opencc.OpenCC("t2s").convert
    rows = []
    for number in HAN:
        char = chr(number)
        pinyin = lazy_pinyin(char, style=Style.NORMAL, errors="ignore", v_to_u=False)
        spoken = ToJyutping.get_jyutping_list(char)[0][1] or ""
        common = any(encodes(char, code) for code in ("gb2312", "big5"))
        if pinyin and common:
            rows.append((char, convert(char), pinyin[0], re.sub(r"\d.*", "", spoken)))
    return rows


def encodes(char: str, code: str) -> bool:
    """Whether a code page has a character."""
    try:
        char.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> int:
    """Write a table; returns its rows."""
    lines = ["\t".join(header)]
    lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1


def table(path: Path) -> list[list[str]]:
    """The rows of a table, without its header."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def main() -> None:
    """Make the tables and say where they come from."""
    reference, target = folders(__doc__, TARGET)
    try:
        write(target / "han.tsv", ("char", "simplified", "pinyin", "cantonese"), han_rows())
    except ImportError as error:
        print(f"han.tsv is left as it is: {error}")
    path = reference / SOURCE
    reading = read_list(str(path), "csl")
    programmes = {row[0] for row in table(target / "programmes.tsv")}
    words = Words(
        {row[0] for row in table(target / "surnames.tsv")},
        {row[2] for row in table(target / "han.tsv")},
        {row[0] for row in table(target / "words.tsv")},
    )
    entries = [each for each in reading.entries if kept(each, programmes, words)]
    rows = (
        [*(getattr(each, field) if field != "countries" else ";".join(each.countries)
           for field in FIELDS), "|".join(name.text for name in each.names)]
        for each in entries
    )  # fmt: skip
    count = write(target / "official.tsv", (*FIELDS, "names"), rows)
    by_list = {code: sum(each.list == code for each in entries) for code in LISTS}
    source = {
        "publication": "Consolidated Screening List",
        "publisher": "International Trade Administration, for Commerce, State and the Treasury",
        "terms": "work of the United States government, public domain",
        "address": "https://data.trade.gov/downloadable_consolidated_screening_list/v1/"
        "consolidated.json",
        "date": reading.source_date,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": "python -m encode.parties",
        "note": "official.tsv is made by the command from a reduced snapshot of the list. han.tsv "
        "is derived from the tables of opencc (Apache-2.0), pypinyin (MIT) and ToJyutping (BSD-2). "
        "china.tsv, china_announcements.tsv, chinese_names.tsv, lists.tsv, policies.tsv, "
        "programmes.tsv, words.tsv, surnames.tsv and cantonese.tsv are kept by hand; the grade of "
        "each name and fact stands in its row. A row of china.tsv names the public copy of the "
        "announcement in which its names were read.",
        "rows": {"official.tsv": count, **by_list},
    }
    (target / "SOURCE.yaml").write_text(
        yaml.safe_dump(source, sort_keys=False, allow_unicode=True, width=100), encoding="utf-8"
    )
    print(f"{count} entries: {by_list}")


if __name__ == "__main__":
    main()
