"""Make the tables of fees and of antidumping and countervailing orders that a whole entry needs.

The bounds of the merchandise processing fee are published by fiscal year; the fee of an informal
entry is the same base amount of the statute times the same factor, so it is worked out here. Orders
are those of the monthly notices that were read, with the tariff codes of their scope as prefixes.
Their days are those of titles of notices since 2020, and of ``encode/inputs/order_days.tsv``: a
table of October 2020 that lists order, continuation and notice (in the repository
zhouyusen-github/Scrape_antidumping_public_log_of_America, d1d6479), and single notices.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from pathlib import Path

from detente.entry.compile import COLUMNS
from encode.goods.schedule import write_table
from encode.program import lines_of_read, write_tables

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "data" / "entry"
BOUNDS = Path("uslaw/fees/mpf_by_fiscal_year.csv")
RATES = Path("uslaw/fees/fees_other.csv")
ORDERS = Path("uslaw/adcvd/adcvd_orders_cn.csv")
CODES = Path("uslaw/adcvd/adcvd_hts_cn.csv")
NOTICES = Path("watch/universe/fr_adcvd_orders_china.csv")
DAYS = Path("encode/inputs/order_days.tsv")
MORE = Path("encode/inputs/more_orders.tsv")
RELATIVES = Path("encode/inputs/order_relatives.tsv")
READ = (BOUNDS, RATES, ORDERS, CODES, NOTICES)

GRADES = {"A": "primary", "B": "secondary", "C": "secondary"}
BASE_MAXIMUM, BASE_INFORMAL = Decimal(485), Decimal(2)
"""Of the fiscal year 2014, to which the adjustments are made: 19 CFR part 24, appendix B."""

KINDS = {"AD": "Antidumping", "CVD": "Countervailing"}
PLAIN = {"a", "and", "certain", "for", "from", "in", "not", "of", "or", "parts", "product"} | {
    "products",
    "the",
    "thereof",
    "whether",
}
"""Words of a title that tell no product."""
LISTED, CUT = "listed", "subheadings"
"""Whether the codes are those of the scope, or the six-digit subheadings that hold them."""

Row = tuple[str, ...]


def bound_rows(path: Path) -> list[Row]:
    """The bounds of each fiscal year, and its fee of an informal entry.

    Raises:
        ValueError: a minimum and maximum are not the same multiple of the statute's amounts.
    """
    rows: list[Row] = []
    for each in _rows(path):
        most = Decimal(each["max_usd"])
        least = Decimal(each["min_usd"])
        # One factor adjusts both bounds, so a figure that was misread breaks their proportion.
        if abs(most * 25 / BASE_MAXIMUM - least) > Decimal("0.01"):
            raise ValueError(f"{path.name}: {least} and {most} are not one multiple of 25 and 485")
        informal = (most * BASE_INFORMAL / BASE_MAXIMUM).quantize(Decimal("0.01"), ROUND_HALF_UP)
        rows.append(
            (
                each["from"],
                each["until"] or f"{each['fiscal_year']}-10-01",
                each["fiscal_year"],
                each["min_usd"],
                each["max_usd"],
                str(informal),
                each["source"],
                GRADES[each["grade"]],
            )
        )
    return rows


def product_words(text: str) -> frozenset[str]:
    """The words by which a title, or a list, names a product; what follows "From" is no part."""
    named = re.split(r" From |: ", text.replace("\u2019", "'"))[0]
    found = re.findall(r"[a-z0-9-]+", named.casefold())
    # Titles and lists differ in singular and plural of the same product.
    return frozenset(word.rstrip("s") for word in found if word not in PLAIN)


def days_of(
    order: dict[str, str], notices: Iterable[dict[str, str]], kept: Mapping[str, dict[str, str]]
) -> tuple[str, str, str, str, str]:
    """Day and document of an order, and of its last continuation, and the grade of the order's day.

    `kept` are days by case, from other texts: its day of the order goes before that of a title, and
    of continuations the later counts.

    A title is one of the order where it names the same product, the same kind of duty and China;
    a correction or a revocation is neither. "" where there is none.
    """
    words, kind = product_words(order["product"]), KINDS[order["kind"]]
    ordered, continued = ("", ""), ("", "")
    for each in notices:
        title = each["title"]
        if product_words(title) != words or kind not in title or "China" not in title:
            continue
        if "Correction" in title or ("Revocation" in title and "(China" not in title):
            continue
        found = (each["published"], each["id"])
        if "Continuation" in title:
            continued = max(continued, found)
        elif not ordered[0] or found < ordered:
            ordered = found
    grade = "primary" if ordered[0] else ""
    if (row := kept.get(order["case"])) is not None:
        ordered, grade = (row["ordered"], row["ordered_in"]), row["grade"]
        continued = max(continued, (row["continued"], row["continued_in"]))
    return (*ordered, *continued, grade)


def order_rows(path: Path, notices: Path, days: Path, more: Path = ROOT / MORE) -> list[Row]:
    """The orders: the notice that lists each, the one whose scope was read, and their days.

    `more` are orders of other texts, whose scope was not read.
    """
    titles = list(_rows(notices))
    kept = {row["case"]: row for row in _rows(days, "\t")}
    others = (
        (
            each["case"],
            each["kind"],
            "CN",
            each["product"],
            CUT,
            each["listed_in"],
            "",
            "",
            each["ordered"],
            "",
            "",
            "",
            each["grade"],
        )
        for each in _rows(more, "\t")
    )
    return sorted(chain(others, _listed(path, titles, kept)))


def _listed(
    path: Path, titles: list[dict[str, str]], kept: dict[str, dict[str, str]]
) -> Iterator[Row]:
    """The orders of the monthly notices."""
    yield from (
        (
            each["case"],
            each["kind"],
            each["country"],
            each["product"],
            LISTED if each["hts_grain"] == "as listed" else CUT,
            each["listed_in_fr_doc"],
            each["scope_fr_doc"],
            each["scope_day"],
            *days_of(each, titles, kept),
        )
        for each in _rows(path)
    )


def code_rows(path: Path, orders: Iterable[Row]) -> list[Row]:
    """The codes by order.

    Raises:
        ValueError: a code belongs to an order that is not there.
    """
    known = {row[0] for row in orders}
    named = chain.from_iterable(_rows(ROOT / table, "\t") for table in (MORE, RELATIVES))
    others = {(code, each["case"]) for each in named for code in each["codes"].split()}
    rows: list[Row] = sorted({(each["hts_prefix"], each["case"]) for each in _rows(path)} | others)
    for code, case in rows:
        if case not in known or not code.isdigit():
            raise ValueError(f"{path.name}: {code} of {case}: no such order, or no code")
    return rows


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the tables; return their numbers of rows.

    Raises:
        FileNotFoundError: a publication is missing from `reference`.
    """
    target.mkdir(parents=True, exist_ok=True)
    orders = order_rows(reference / ORDERS, reference / NOTICES, ROOT / DAYS)
    codes = code_rows(reference / CODES, orders)
    counts = {
        "bounds.tsv": write_table(
            target / "bounds.tsv", COLUMNS["bounds"], bound_rows(reference / BOUNDS)
        ),
        "orders.tsv": write_table(target / "orders.tsv", COLUMNS["orders"], orders),
        "order_codes.tsv": write_table(target / "order_codes.tsv", ("code", "case"), codes),
    }
    through = max(row[7] for row in orders)
    text = _source(reference, READ, counts, through)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")
    return counts


def _rows(path: Path, between: str = ",") -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=between)


def _source(reference: Path, read: Sequence[Path], counts: dict[str, int], through: str) -> str:
    lines = [
        "publication: Merchandise processing fee by fiscal year; antidumping and countervailing",
        "  orders on China with the codes of their scope",
        "publisher: U.S. Customs and Border Protection; Department of Commerce, in the Federal",
        "  Register",
        "terms: facts of notices of the United States government (case, product, codes, document)",
        "address: https://www.federalregister.gov",
        "note: rates.tsv, exemptions.tsv, types.tsv, modes.tsv, named.tsv, zone.tsv and",
        "  deciding.tsv are kept by hand; every row names its source and its grade. Orders are",
        f"  read through {through}; those with an anniversary in December are of a table of",
        "  October 2020 (encode/inputs/more_orders.tsv), their codes from memory. Orders on other",
        "  countries and orders that were revoked are not held, and no rate is. The days of orders",
        "  and of their continuations are by the titles of notices since 2020, where they name the",
        "  product in the words of the list, and by encode/inputs/order_days.tsv, which says the",
        "  source and grade of each. The title of a notice is known that revokes the",
        "  order on barium carbonate (A-570-880) in a sunset review, and not its day.",
        "command: python -m encode.entry",
        f'day: "{through}"',
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, read),
        *lines_of_read(ROOT, (DAYS, MORE, RELATIVES)),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the tables and print how many rows each has."""
    return write_tables(encode, __doc__, TARGET)


if __name__ == "__main__":
    sys.exit(main())
