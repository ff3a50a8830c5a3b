"""China's lists of 2018 and 2019 at eight digits, from a table of its tariff lines.

Two tables are read. One gives each of the 11,790 lines of China's tariff of 2018 and 2019 (8,547
codes of eight digits) with the list that it is on; the counts of its lists are those of the
announcements. The other derives the list of 1 September 2019 at six digits from two series of
total duties; a subheading on which the series do not agree is marked as unknown.

A list is written as short as it can be without saying more than the tables do. Where every line of
a subheading is on a list, the row names the subheading, so that a line which China opened inside
it later is covered. Where only some lines are, the row names those lines; the rest of the
subheading goes to a list of its own, in which the lines of 2019 stand as not listed and every
later line as unknown.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from encode.list_files import CodeList, Row, expect

LINES = "china/2026-11/cn_retaliation_2018_2019.csv.gz"
TARIFF = "china/2026-11/cn_mfn_2018_2019.csv.gz"
SEPTEMBER_2019 = "china/2026-11/cn_301_list4a_hs6.csv.gz"
RATES_OF_2025 = "china/2026-11/cn_mfn_hs6_2025_derived.csv.gz"
AT_ORDINARY_RATE = "china/2026-11/cn_listed_but_wto_shows_mfn_only_hs6.csv"

SUBHEADING = 6
RATE_LINE = 8
RELIEVED = "vehicle suspension"
SECTION_232 = "232-answer"
LEAST_DUTY = 2.5
"""The lower rate of the list of September 2019 since it was halved, in percent."""
CLOSE = 0.01
"""Points by which a mean may differ from another: the table rounds its residuals."""
FIRST_BATCH = ("10", "5")

NAMES = {
    "L1": "cn-301-list-1-main",
    "L2": "cn-301-list-2-main",
    "L3-25": "cn-301-list-3-to-25",
    "L3-20": "cn-301-list-3-to-20",
    "L3-10": "cn-301-list-3-to-10",
    "L3-5": "cn-301-list-3-at-5",
}
"""The list file of each list of the table; its motor vehicles stand in another."""

TITLES = {
    "cn-301-list-1-main": "China, 6 July 2018",
    "cn-301-list-1-vehicles": "China, 6 July 2018, motor vehicles and parts",
    "cn-301-list-2-main": "China, 23 August 2018",
    "cn-301-list-2-vehicles": "China, 23 August 2018, motor vehicles and parts",
    "cn-301-list-3-to-25": "China, 24 September 2018, 10, then 25 percent",
    "cn-301-list-3-to-20": "China, 24 September 2018, 10, then 20 percent",
    "cn-301-list-3-to-10": "China, 24 September 2018, 5, then 10 percent",
    "cn-301-list-3-at-5": "China, 24 September 2018, 5 percent",
    "cn-301-list-3-vehicles": "China, 24 September 2018, motor vehicles and parts",
    "cn-301-list-4-10": "China, 1 September 2019, 10 percent",
    "cn-301-list-4-5": "China, 1 September 2019, 5 percent",
}

ANNOUNCED = {"1": "sctc-5-2018", "2": "sctc-7-2018", "3": "sctc-8-2018", "4": "sctc-4-2019"}
"""The announcement of each list, by the number in its name."""

SOYBEANS = "120190"
YELLOW_SOYBEANS = ("12019010", "12019011", "12019019")
BLACK_SOYBEANS = "12019020"
OTHER_SOYBEANS = ("12019030", "12019090")
"""Lines of soybeans. The table leaves out the other ones, on which nothing was imported.

Goods asked by the subheading alone are taken as yellow or black, the soybeans that are traded. A
public table of mid-2025 (chinesetariff) tells the list of September 2019: the 47.5 points on yellow
soybeans are 25, 2.5, 10 and 10; the 35 on black ones are 25 and 10; the 15 on others are 10 and 5
of a list that was not read.
"""

COUNTED = {
    "cn-301-list-1-main": 517,
    "cn-301-list-1-vehicles": 28,
    "cn-301-list-2-main": 217,
    "cn-301-list-2-vehicles": 116,
    "cn-301-list-3-to-25": 2493,
    "cn-301-list-3-to-20": 1078,
    "cn-301-list-3-to-10": 974,
    "cn-301-list-3-at-5": 595,
    "cn-301-list-3-vehicles": 67,
}
"""Lines of eight digits: 545 in July, 333 in August and 5,207 in September 2018."""


def lists_of_2018_and_2019(reference: Path) -> list[CodeList]:
    """Every list of the four rounds, with the lines that its partial subheadings leave open."""
    tariff = tariff_of_2019(reference)
    made: list[CodeList] = []
    for name, codes in sorted(_listed(reference / LINES).items()):
        expect(name, "the table", len(codes), COUNTED[name], "lines of the announcement")
        whole, parts = divide(codes, tariff)
        made += _of_lines(name, whole, parts, tariff)
    return made + _of_september_2019(reference, tariff)


def tariff_of_2019(reference: Path) -> dict[str, list[str]]:
    """Every line of China's tariff of 2019, eight digits, by its subheading."""
    return _lines_by_subheading(row["hs8"] for row in _rows(reference / TARIFF))


def divide(
    listed: Collection[str], tariff: Mapping[str, Collection[str]]
) -> tuple[list[str], dict[str, list[str]]]:
    """Subheadings that are listed whole, and the listed lines of those listed in part.

    Args:
        listed: codes of eight digits on a list.
        tariff: every line of eight digits by its subheading.
    """
    by_subheading = _lines_by_subheading(listed)
    whole = [code for code, lines in by_subheading.items() if set(lines) == set(tariff[code])]
    parts = {code: lines for code, lines in by_subheading.items() if code not in set(whole)}
    return sorted(whole), {code: [*lines] for code, lines in parts.items()}


def _of_lines(
    name: str,
    whole: list[str],
    parts: Mapping[str, list[str]],
    tariff: Mapping[str, Collection[str]],
) -> Iterable[CodeList]:
    """One list, and what its partial subheadings leave open: all but their lines of 2019."""
    place = "table of tariff lines of 2018 and 2019, eight digits"
    rows = [Row(code) for code in whole]
    rows += [Row(line, out=True) for line in OTHER_SOYBEANS if SOYBEANS in whole]
    rows += [Row(line) for lines in parts.values() for line in lines]
    count = f"{COUNTED[name]} lines of eight digits in {len(rows)} rows"
    yield CodeList(name, _meta(name, TITLES[name], place, count), tuple(rows))
    meta = _meta(name, f"{TITLES[name]}, subheadings listed in part", place, f"{len(parts)}")
    yield CodeList(f"{name.removesuffix('-main')}-part", meta, tuple(rest_of(parts, tariff)))


def rest_of(parts: Mapping[str, list[str]], tariff: Mapping[str, Collection[str]]) -> Iterable[Row]:
    """What subheadings listed in part leave open: every line but those of 2019."""
    for code, lines in parts.items():
        note = f"{len(lines)} of its {len(tariff[code])} lines of 2019 are listed"
        yield Row(code, note=note, state="unknown")
        yield from (Row(line, out=True) for line in tariff[code])


def _of_september_2019(reference: Path, tariff: Mapping[str, Collection[str]]) -> list[CodeList]:
    """The first batch of September 2019 by subheading and rate, as far as two series agree on it.

    ``alone``: the one series rose by a whole rate and the other does not confirm it. ``part``:
    every other subheading on which the series do not agree, and those that the other series does
    not have, since it is written in the codes of 2022.
    """
    rows: dict[tuple[str, str], list[Row]] = {
        (state, rate): [] for state in _STATES for rate in FIRST_BATCH
    }
    leftovers = Leftovers.read(reference, tariff)
    compared = _rows(reference / SEPTEMBER_2019)
    for row in compared:
        code, rate = row["hs6"], _plain(row["rate_2019_09_01_to_2020_02_13"])
        step = _plain(row["mit_step_2019_09_max"])
        if row["grade"] == "B":
            if rate in FIRST_BATCH:
                rows["", rate].append(Row(code))
        elif step in FIRST_BATCH:
            rows["alone", step].append(Row(code, note=f"not confirmed: {row['why']}"))
        elif not (step == "0" and leftovers.rules_out(row)):
            likely = rate if rate in FIRST_BATCH else FIRST_BATCH[0]
            note = f"may be listed: {row['why']}"
            rows["part", likely].append(Row(code, note=note, state="unknown"))
    for code in sorted(tariff.keys() - {row["hs6"] for row in compared}):
        note = "may be listed: no subheading of 2022, so that no second series has it"
        rows["part", FIRST_BATCH[0]].append(Row(code, note=note, state="unknown"))
    others = (BLACK_SOYBEANS, *OTHER_SOYBEANS)
    rows["alone", "5"] = [row for row in rows["alone", "5"] if row.code != SOYBEANS]
    rows["", "5"] += [Row(SOYBEANS), *(Row(line, out=True) for line in others)]
    rows["part", "10"] += [
        Row(line, note="5 points of a list that was not read", state="unknown")
        for line in OTHER_SOYBEANS
    ]
    return [
        CodeList(name, _meta(name, title, _SEPTEMBER_PLACE, f"{len(found)} rows"), (*found,))
        for (state, rate), found in rows.items()
        for name, title in [_september_name(state, rate)]
    ]


class Leftovers(NamedTuple):
    """What the total duties of 2025 leave when the lists of 2018 are taken off them.

    Attributes:
        ordinary: the ordinary rate of 2019 by subheading, the mean over its lines.
        faults: points by which two known faults of the series move a subheading: it still has the
            duty on motor vehicles that was suspended, and counts once where the answer to section
            232 meets a list.
        excluded: subheadings that it shows at the ordinary rate alone, as if all were excluded.
    """

    ordinary: dict[str, float]
    faults: dict[str, float]
    excluded: frozenset[str]

    @classmethod
    def read(cls, reference: Path, tariff: Mapping[str, Collection[str]]) -> "Leftovers":
        """From the tables beside the series."""
        faults: dict[str, float] = defaultdict(float)
        seen = set()
        for row in _rows(reference / LINES):
            line = row["code"][:RATE_LINE]
            relieved = row["until_event"] == RELIEVED
            if (relieved or row["list"] == SECTION_232) and (line, row["list"]) not in seen:
                seen.add((line, row["list"]))
                points = float(row["rate_points"]) / len(tariff[line[:SUBHEADING]])
                faults[line[:SUBHEADING]] += points if relieved else -points
        rates = _rows(reference / RATES_OF_2025)
        ordinary = {row["hs6"]: float(row["mfn_2019_01_01_mean"]) for row in rates}
        with (reference / AT_ORDINARY_RATE).open(encoding="utf-8", newline="") as file:
            excluded = frozenset(row["hs6"] for row in csv.DictReader(file))
        return cls(ordinary, faults, excluded)

    def rules_out(self, row: Mapping[str, str]) -> bool:
        """Whether what is left cannot hold a duty of the list of September 2019.

        It cannot where a known fault is all of the residual, nor where less is left, ordinary rate
        included, than the smallest duty of the list on one line of the subheading.
        """
        code = row["hs6"]
        if not row["wto_residual"] or code in self.excluded:
            return False
        residual, fault = float(row["wto_residual"]), self.faults.get(code, 0.0)
        if fault and abs(residual - fault) < CLOSE:
            return True
        left = self.ordinary[code] + residual - fault
        return -CLOSE <= left < LEAST_DUTY / int(row["n_hs8_2019"]) - CLOSE


_STATES = {
    "": "",
    "alone": ", by one series of total duties alone",
    "part": ", subheadings that may be listed",
}


def _september_name(state: str, rate: str) -> tuple[str, str]:
    name = f"cn-301-list-4-{rate}"
    return f"{name}-{state}".removesuffix("-"), f"{TITLES[name]}{_STATES[state]}"


_SEPTEMBER_PLACE = (
    "HS6, where two series of total duties agree (waugh-tariffs, wto-tariff-tracker);"
    " the announcement's own list was not read"
)


def _meta(name: str, title: str, place: str, count: str) -> tuple[tuple[str, str], ...]:
    number = name.removeprefix("cn-301-list-")[0]
    compiled = (
        "waugh-tariffs, wto-tariff-tracker, chinesetariff"
        if number == "4"
        else "bown-jung-zhang-2019"
    )
    return (
        ("title", title),
        ("source", f"{ANNOUNCED[number]}, {compiled}"),
        ("place", place),
        ("count", count),
        ("grade", "secondary"),
    )


def _listed(path: Path) -> dict[str, set[str]]:
    """Codes of eight digits by list file; motor vehicles that were relieved stand apart."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(path):
        name = NAMES.get(row["list"])
        if name is None:
            continue  # the answer to section 232, which is read from its own annex
        if row["until_event"] == RELIEVED:
            name = f"{name[: len('cn-301-list-0')]}-vehicles"
        found[name].add(row["code"][:RATE_LINE])
    return found


def _lines_by_subheading(codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        found[code[:SUBHEADING]].add(code)
    return {code: sorted(lines) for code, lines in found.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plain(number: str) -> str:
    """A number as it is written without needless zeros; nothing stays nothing."""
    return f"{float(number):g}" if number else ""
