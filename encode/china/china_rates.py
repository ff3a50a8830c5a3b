"""Make the table of China's ordinary duties from what can be read of its tariff.

Run it where the originals lie::

    python -m encode.china.china_rates REFERENCE

Three sources are read. A table of the lines of 2018 and 2019 gives the rates that were applied,
provisional rates included, on the days on which they changed, up to 12 June 2019. A comparison of
total duties of 2025 shows of which subheadings the rate of 2019 still stood, without provisional
rates. And a page of the tariff of 2026 gives its lines exactly.

Each row of ``rates.tsv`` says how well its rate is known: ``exact``, or ``about`` with a reason by
its key in ``reasons.tsv``. Years between are not filled in.
"""

import csv
import gzip
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from openpyxl import load_workbook

from encode.list_files import sha256

LINES = "china/2026-11/cn_mfn_2018_2019.csv.gz"
OF_2025 = "china/2026-11/cn_mfn_hs6_2025_derived.csv.gz"
SEPTEMBER_2019 = "china/2026-11/cn_301_list4a_hs6.csv.gz"
OF_2026 = "china/2026-11/cn_mfn_2026_sample_hs8.csv"
NAMES = "china/cn_2018-04-02_128_items.xlsx"
TARGET = Path(__file__).parents[2] / "data" / "goods" / "cn"

DAYS = ("2018-01-01", "2018-05-01", "2018-07-01", "2018-11-01", "2019-01-01")
"""Days of the first table: rates were cut on each of them."""

READ_UNTIL = "2019-06-13"
"""The first table ends the day before; rates of information technology fell on 1 July 2019."""

END_OF_2019 = "2020-01-01"
TWO_YEARS = ("2025-01-01", "2027-01-01")
YEAR_2026 = ("2026-01-01", "2027-01-01")

QUOTA = ("1001", "1005", "1006", "1101", "1102", "1103", "1104", "1701", "5101", "5103", "5105")
QUOTA_LINES = ("5201", "5203", "310210", "310520", "310530")
QUOTA_FROM = 20.0
"""Goods under tariff-rate quotas: a rate of this height or more is the one over the quota."""

EQUIVALENT_DIGITS = 3
"""Digits behind the point by which a share that stands for a specific duty is known."""


@dataclass(frozen=True, order=True)
class Rate:
    """The ordinary rate of a code over half-open days.

    Attributes:
        code: 6 to 10 digits.
        start: first day, ISO.
        until: first day after, ISO.
        percent: the rate in percent; "" where it was not read.
        state: ``exact``, ``about`` or ``none``.
        reason: key of the reason why it is about.
        source: key of the source.
    """

    code: str
    start: str
    until: str
    percent: str
    state: str = "exact"
    reason: str = ""
    source: str = ""


WHISKY = Rate("220830", "2026-02-02", "2027-01-01", "5", source="sctc-1-2026")
"""A provisional rate that a notice of its own sets."""

SOYBEANS = ("120190", "12019011", "12019019", "12019020", "12019030", "12019090")
SOYBEAN_PERCENT = "3"
"""Lines of soybeans in a public table of mid-2025; the subheading cannot be told by its duties."""

REASONS = {
    "carried": (
        "the table of lines ends on 12 June 2019; rates of information technology and some"
        " provisional rates changed on 1 July"
    ),
    "six-digits": (
        "known at six digits, by comparison of total duties of 2025 with the rate of 2019;"
        " a provisional rate may be lower"
    ),
    "beside-list": (
        "known at six digits, by total duties of 2025 that may also be those of a higher rate"
        " without a duty of the list of September 2019; a provisional rate may be lower"
    ),
    "public-table": "a public table of mid-2025 has it; a provisional rate may be lower",
    "specific": "a duty by quantity, told here as the share of the value that it came to",
    "quota": "the rate over a tariff-rate quota; within the quota another one applies",
    "price": "the rate up to a price; above it, a sum for each article applies",
}


def rates_of_2018_and_2019(rows: Iterable[dict[str, str]]) -> Iterator[Rate]:
    """Rates of the lines of two years: a code of eight digits where all of its lines agree."""
    lines: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    split = set()
    for row in rows:
        if row["valuation_split"]:
            split.add(row["code"][:8])
        rates = tuple(row[f"mfn_{day.replace('-', '_')}"] for day in DAYS)
        if all(rates):
            lines[row["code"][:8]][row["code"][:10]] = rates
    for code, below in sorted(lines.items()):
        alike = len(set(below.values())) == 1
        for line, rates in {code: next(iter(below.values()))}.items() if alike else below.items():
            yield from _segments(line, rates, "price" if code in split else "")


def _segments(code: str, rates: Sequence[str], reason: str) -> Iterator[Rate]:
    """One row for each stretch of days with one rate, and one for the rest of 2019."""
    begun = [
        DAYS[0],
        *(
            day
            for day, before, rate in zip(DAYS[1:], rates, rates[1:], strict=False)
            if rate != before
        ),
    ]
    for start, until in zip(begun, [*begun[1:], READ_UNTIL], strict=True):
        rate = rates[DAYS.index(start)]
        why = reason or _about(code, rate)
        state = "about" if why else "exact"
        yield Rate(code, start, until, rate, state, why, "bown-jung-zhang-2019")
    last = Rate(code, READ_UNTIL, END_OF_2019, rates[-1], "about", source="bown-jung-zhang-2019")
    yield replace(last, reason=reason or _about(code, rates[-1]) or "carried")


def _about(code: str, percent: str) -> str:
    """Why a rate is no plain share of the value, or nothing."""
    if len(percent.partition(".")[2]) >= EQUIVALENT_DIGITS:
        return "specific"
    if code.startswith((*QUOTA, *QUOTA_LINES)) and float(percent) >= QUOTA_FROM:
        return "quota"
    return ""


def rates_of_2025(
    rows: Iterable[dict[str, str]], lists: Iterable[dict[str, str]]
) -> Iterator[Rate]:
    """Rates at six digits that the total duties of 2025 confirm.

    Args:
        rows: rates of 2025 by subheading.
        lists: the list of September 2019 by subheading; where its duty was told by the same total
            duties alone, a higher rate without it explains them as well.
    """
    agreed = {row["hs6"] for row in lists if row["grade"] == "B"}
    for row in rows:
        if row["grade"] == "B":
            percent = f"{float(row['mfn_2025_mean']):g}"
            confirmed = "six-digits" if row["hs6"] in agreed else "beside-list"
            why = _about(row["hs6"], percent) or confirmed
            yield Rate(row["hs6"], *TWO_YEARS, percent, "about", why, "wto-tariff-tracker")


def rates_of_2026(rows: Iterable[dict[str, str]]) -> Iterator[Rate]:
    """Lines of the tariff of 2026; the provisional rate is the one that is applied.

    A line whose rate was lost on the page has none, so that the lines beside it do not speak for
    it.
    """
    for row in rows:
        percent = row["provisional_2026"] or row["mfn_2026"]
        state = "exact" if percent else "none"
        yield Rate(row["hs8"], *YEAR_2026, percent, state, source="cn-tariff-2026")


def single_rates() -> Iterator[Rate]:
    """Rates of single goods from elsewhere."""
    yield WHISKY
    for code in SOYBEANS:
        yield Rate(code, *TWO_YEARS, SOYBEAN_PERCENT, "about", "public-table", "chinesetariff")


def build(reference: Path) -> dict[str, str]:
    """Text of every table by file name."""
    rates = [
        *rates_of_2018_and_2019(_table(reference / LINES)),
        *rates_of_2025(_table(reference / OF_2025), _table(reference / SEPTEMBER_2019)),
        *rates_of_2026(_table(reference / OF_2026)),
        *single_rates(),
    ]
    names = list(_names(reference / NAMES))
    return {
        "rates.tsv": _text(
            ("code", "from", "until", "percent", "state", "reason", "source"),
            (_cells(rate) for rate in sorted(rates)),
        ),
        "reasons.tsv": _text(("key", "reason"), sorted(REASONS.items())),
        "names.tsv": _text(("code", "language", "name"), names),
        "SOURCE.yaml": _source(reference, len(rates), len(names)),
    }


def _cells(rate: Rate) -> tuple[str, ...]:
    return (rate.code, rate.start, rate.until, rate.percent, rate.state, rate.reason, rate.source)


def _names(path: Path) -> Iterator[tuple[str, str, str]]:
    """Chinese names of the lines in the annex of April 2018."""
    with closing(load_workbook(path, read_only=True)) as workbook:
        for _, code, name, _ in workbook.worksheets[0].iter_rows(max_col=4, values_only=True):
            digits = str(code or "").strip()
            if digits.isdigit():
                yield digits, "zh", " ".join(str(name).split())


def _table(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    with path.open(encoding="utf-8", newline="") as plain:
        return list(csv.DictReader(plain))


def _text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))


def _source(reference: Path, rates: int, names: int) -> str:
    record = {
        "publication": (
            "Ordinary rates of China by tariff line, 2018 and 2019; the same at six digits as far"
            " as total duties of 2025 confirm them; lines of the tariff of 2026 (chapters 74 and"
            " 75); names from the annex to the notice of 1 April 2018"
        ),
        "publisher": (
            "C. Bown, E. Jung, E. Zhang (Peterson Institute for International Economics, 12 June"
            " 2019); WTO and IMF Tariff Tracker; Ministry of Finance of China"
        ),
        "terms": "rates are facts of law; the compilations are named in NOTICE",
        "command": "python -m encode.china.china_rates",
        "note": ("taxes.tsv is kept by hand: its rules are known, and no text of them was read."),
        "rows": {"rates.tsv": rates, "names.tsv": names},
        "read": [
            {"file": name, "sha256": sha256(reference / name)}
            for name in (LINES, OF_2025, SEPTEMBER_2019, OF_2026, NAMES)
        ],
    }
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=100))


def main(arguments: list[str]) -> None:
    """Entry point: ``REFERENCE``, or the folder named by DETENTE_REFERENCE."""
    reference = arguments[0] if arguments else os.environ.get("DETENTE_REFERENCE")
    if not reference:
        sys.exit("Name the folder of the originals: python -m encode.china.china_rates REFERENCE")
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in build(Path(reference)).items():
        (TARGET / name).write_text(text, encoding="utf-8")
    print(f"tables written to {TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
