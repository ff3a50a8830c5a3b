"""Make China's code lists on goods of the United States from what can be read of them.

Run it where the originals lie::

    python -m encode.china REFERENCE [REGISTER]

Three things are read. The list of 2 April 2018 stands in the annex to the notice itself, at eight
digits. For the rounds of 2018 to 2020 no annex is in hand, only a table of China's duties on goods
of the United States at six digits and on twelve days (``new_tariff_list_2020.csv``): where the duty
of a subheading rose between two days by a whole step of the announcement, all of it counts as
listed; where it rose by anything else, only a part of it can be, and the row says ``unknown`` with
both steps. The lists of March 2025 come at six digits as well.

Subheadings that the Harmonized System got in 2022 stand in no table of 2020. They are a list of
their own, whose membership is unknown, so that an answer asks instead of passing them over.
"""

import csv
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import yaml
from openpyxl import load_workbook

from encode.list_files import CodeList, Row, expect, render, sha256, write

NOTICE = "china/cn_2018-04-02_128_items.xlsx"
TABLE = "china/new_tariff_list_2020.csv"
MARCH = {"15": "china/china-15-percent-US-exports-030425.csv"}
MARCH["10"] = "china/china-10-percent-US-exports-030425.csv"
GOODS = Path(__file__).parents[1] / "data" / "goods" / "us" / "lines.tsv"

COUNTED = {"15": 120, "25": 8}
"""Items of the notice of 2018 by rate: 128 in all."""

LAST_CHAPTER = "97"
HS_2022 = "2022-01-01"
SECOND_BATCH = "2019-12-15"
MOTOR_VEHICLES = "87"
DERIVED = "HS6, derived from a table of total duties, not the announcement's own list"


@dataclass(frozen=True)
class Steps:
    """By how many points the duty on one subheading rose from one day of the table to the next."""

    july: float
    august: float
    september: float
    new_year: float
    june: float
    next_september: float

    def is_suspended_vehicle(self, step: float) -> bool:
        """Whether the duty fell on 1 January 2019 by what it had risen: the relief of vehicles."""
        return step > 0 and self.new_year == -step


def read_table(path: Path) -> dict[str, Steps | None]:
    """Steps by subheading; None where the table gives no ad valorem duty.

    Raises:
        ValueError: a subheading lacks a day.
    """
    duties: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            duties.setdefault(row["hs6"], {})[row["time_of_tariff"]] = row["tariff"]
    return {code: _steps(code, days) for code, days in duties.items()}


def _steps(code: str, days: Mapping[str, str]) -> Steps | None:
    if len(days) != 12:
        raise ValueError(f"{code}: the table has {len(days)} days, expected 12.")
    if not all(days.values()):
        return None

    def step(first: str, last: str) -> float:
        return round(float(days[last]) - float(days[first]), 3)

    return Steps(
        july=step("2018-07-01", "2018-07-06"),
        august=step("2018-07-06", "2018-08-23"),
        september=step("2018-08-23", "2018-09-24"),
        new_year=step("2018-11-01", "2019-01-02"),
        june=step("2019-01-02", "2019-06-01"),
        next_september=step("2019-06-01", "2019-09-01"),
    )


def place_25(code: str, step: float, steps: Steps) -> str:
    """Where a subheading stands in one of the two rounds at 25 percent: a list, part, or ""."""
    if step == 0:
        return ""
    if step != 25:
        return "part"
    if code.startswith(MOTOR_VEHICLES) and steps.is_suspended_vehicle(step):
        return "vehicles"
    return "main"


def place_list_3(code: str, steps: Steps) -> str:
    """Where a subheading stands in the round of September 2018, by its later step too."""
    first, second = steps.september, steps.june
    if first == 0 and second == 0:
        return ""
    if code.startswith(MOTOR_VEHICLES) and steps.is_suspended_vehicle(first):
        return "vehicles"
    whole: dict[tuple[float, float], str] = {
        (10, 15): "to-25",
        (10, 10): "to-20",
        (5, 5): "to-10",
        (5, 0): "at-5",
    }
    return whole.get((first, second), "part")


def place_list_4(steps: Steps) -> str:
    """Where a subheading stands in the round of September 2019."""
    whole: dict[float, str] = {0: "", 10: "10", 5: "5"}
    return whole.get(steps.next_september, "part")


def build(reference: Path) -> dict[str, str]:
    """Text of every list file by file name, with the record of what was read."""
    table = read_table(reference / TABLE)
    lists = [*_notice_of_2018(reference / NOTICE)]
    lists += _round(table, "cn-301-list-1", "China, 6 July 2018", "sctc-5-2018", _july)
    lists += _round(table, "cn-301-list-2", "China, 23 August 2018", "sctc-7-2018", _august)
    lists += _round(table, "cn-301-list-3", "China, 24 September 2018", "sctc-8-2018", _september)
    lists += _round(table, "cn-301-list-4", "China, 1 September 2019", "sctc-4-2019", _next)
    lists += [_second_batch(), _unseen(table)]
    lists += [_march(reference / name, rate) for rate, name in MARCH.items()]
    files = {f"{made.name}.tsv": render(made) for made in lists}
    files["SOURCE-china.yaml"] = _source(reference, lists)
    return files


def _july(code: str, steps: Steps) -> tuple[str, str]:
    return place_25(code, steps.july, steps), f"{steps.july:g} on 6 July 2018"


def _august(code: str, steps: Steps) -> tuple[str, str]:
    return place_25(code, steps.august, steps), f"{steps.august:g} on 23 August 2018"


def _september(code: str, steps: Steps) -> tuple[str, str]:
    ends = f"{steps.september:g} on 24 September 2018, {steps.june:g} on 1 June 2019"
    return place_list_3(code, steps), ends


def _next(code: str, steps: Steps) -> tuple[str, str]:
    return place_list_4(steps), f"{steps.next_september:g} on 1 September 2019"


def _round(
    table: Mapping[str, Steps | None],
    name: str,
    title: str,
    source: str,
    place: Callable[[str, Steps], tuple[str, str]],
) -> list[CodeList]:
    """The lists of one round: one for each rate, one for what is listed in part."""
    found: dict[str, list[Row]] = {"part": []}
    for code, steps in sorted(table.items()):
        if steps is None:
            note = "the table gives no ad valorem duty"
            found["part"].append(Row(code, note=note, state="unknown"))
            continue
        where, ends = place(code, steps)
        if where == "part":
            note = f"in part: the duty of the subheading moved by {ends}"
            found["part"].append(Row(code, note=note, state="unknown"))
        elif where:
            found.setdefault(where, []).append(Row(code))
    return [
        CodeList(f"{name}-{where}", _meta(title, where, source, len(rows)), tuple(rows))
        for where, rows in sorted(found.items())
        if rows
    ]


def _meta(title: str, where: str, source: str, count: int) -> tuple[tuple[str, str], ...]:
    words = {
        "part": "subheadings of which a part may be listed",
        "vehicles": "motor vehicles and parts, relieved since 1 January 2019",
        "main": "",
        "to-25": "10, then 25 percent",
        "to-20": "10, then 20 percent",
        "to-10": "5, then 10 percent",
        "at-5": "5 percent",
        "10": "10 percent",
        "5": "5 percent",
    }[where]
    return (
        ("title", f"{title}, {words}" if words else title),
        ("source", f"{source}, waugh-tariffs"),
        ("place", DERIVED),
        ("count", f"{count} subheadings of the Harmonized System of 2017"),
        ("grade", "secondary"),
    )


def _notice_of_2018(path: Path) -> list[CodeList]:
    """The annex to the notice of April 2018, whole, by rate."""
    rows: dict[str, list[Row]] = {rate: [] for rate in COUNTED}
    with closing(load_workbook(path, read_only=True)) as workbook:
        for _, code, _, rate in workbook.worksheets[0].iter_rows(max_col=4, values_only=True):
            digits = str(code or "").strip()
            if digits.isdigit():
                rows[str(rate)].append(Row(digits))
    lists = []
    for rate, listed in rows.items():
        name = f"cn-232-list-{rate}"
        expect(name, "the annex", len(listed), COUNTED[rate], "120 at 15 and 8 at 25, 128 in all")
        meta = (
            ("title", f"China, 2 April 2018, {rate} percent"),
            ("source", "sctc-notice-2018-04-01"),
            ("place", "annex to the notice, tariff of 2018 at eight digits"),
            ("count", f"{len(listed)} (counted in the annex)"),
            ("grade", "primary"),
        )
        lists.append(CodeList(name, meta, tuple(listed)))
    return lists


def _second_batch() -> CodeList:
    """The batch of December 2019, which never began: no table holds it."""
    meta = (
        ("title", "China, 15 December 2019, the second batch"),
        ("source", "sctc-4-2019"),
        ("place", "the annex was not read"),
        ("grade", "background"),
    )
    unknown = (f"{SECOND_BATCH} - the annex was not read",)
    return CodeList("cn-301-list-4-batch-2", meta, (), unknown)


def _unseen(table: Mapping[str, Steps | None]) -> CodeList:
    """Subheadings of today's schedule that the table of 2020 does not have."""
    with GOODS.open(encoding="utf-8", newline="") as file:
        codes = {
            row["code"][:6]
            for row in csv.DictReader(file, delimiter="\t")
            if len(row["code"]) >= 6 and row["code"][:2] <= LAST_CHAPTER
        }
    note = "in no table of 2020: the goods had other subheadings then"
    rows = tuple(Row(code, HS_2022, note=note, state="unknown") for code in codes - table.keys())
    meta = (
        ("title", "Subheadings new in the Harmonized System of 2022, unknown to China's lists"),
        ("source", "waugh-tariffs"),
        ("place", "China carries its lists of 2018 and 2019 forward in tables that were not read"),
        ("count", f"{len(rows)} subheadings"),
        ("grade", "secondary"),
    )
    return CodeList("cn-301-hs-2022", meta, rows)


def _march(path: Path, rate: str) -> CodeList:
    """One of the two lists of 10 March 2025, at six digits."""
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    if {float(row["tariff"]) for row in read} != {float(rate)}:
        raise ValueError(f"{path.name}: not every row is at {rate} percent.")
    rows = tuple(Row(row["hs-code"]) for row in read)
    meta = (
        ("title", f"China, 10 March 2025, {rate} percent"),
        ("source", "sctc-2-2025, trade-war-redux"),
        ("place", "HS6, as a public compilation gives it, not the announcement's own list"),
        ("count", f"{len(rows)} subheadings"),
        ("grade", "secondary"),
    )
    return CodeList(f"cn-march-2025-{rate}", meta, rows)


def _source(reference: Path, lists: list[CodeList]) -> str:
    record = {
        "publication": (
            "Annex to the notice of the State Council Tariff Commission of 1 April 2018; a table of"
            " China's duties on goods of the United States, 2018 to 2019; lists of March 2025"
        ),
        "publisher": "State Council Tariff Commission; M. E. Waugh; Trade War Redux 2025",
        "terms": "facts; the two compilations under the MIT licence (NOTICE)",
        "command": "python -m encode.china",
        "rows": {made.name: len(set(made.rows)) for made in lists},
        "read": [
            {"file": name, "sha256": sha256(reference / name)}
            for name in (NOTICE, TABLE, *MARCH.values())
        ],
    }
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=100))


def main(arguments: list[str]) -> None:
    """Entry point: ``REFERENCE [REGISTER]``, or the folder named by DETENTE_REFERENCE."""
    reference = arguments[0] if arguments else os.environ.get("DETENTE_REFERENCE")
    if not reference:
        sys.exit("Name the folder of the originals: python -m encode.china REFERENCE")
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[1] / "register"
    files = build(Path(reference))
    write(root / "lists", files)
    print(f"{len(files)} files written to {root / 'lists'}")


if __name__ == "__main__":
    main(sys.argv[1:])
