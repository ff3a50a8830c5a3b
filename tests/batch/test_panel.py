"""A panel says of every line, origin and day what one question about it would be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import polars
import pytest

from detente.batch.engine.engine import Engine
from detente.batch.panels import panel_pages
from detente.batch.panels.panel import Panel
from detente.batch.panels.panel_file import PanelSpan, panel_of, write_panel
from detente.duty.answer import answer_duty
from detente.duty.case import build_case
from detente.duty.question import DutyQuestion
from detente.duty.rates.text import EmptyRateError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.entries import scaled
from tests.small_register import small_register

FIRST, UNTIL = "2018-01-01", "2027-06-01"
ORIGINS = ("CN", "HK", "MX", "DE", "JP", "RU", "BR", "VN", "MO", "CH")
CELLS = scaled(1_500)


@pytest.fixture(scope="module")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> polars.DataFrame:
    target = tmp_path_factory.mktemp("panel") / "panel.parquet"
    write_panel(Register.built_in(), Schedule(), PanelSpan(ORIGINS, FIRST, UNTIL), target)
    texts = polars.col("code", "origin").cast(polars.String)
    return polars.read_parquet(target).with_columns(texts).rechunk()


@pytest.mark.once
def test_sampled_cells_are_the_answers_of_single_questions(written: polars.DataFrame) -> None:
    register, schedule, draw = Register.built_in(), Schedule(), Random(4)
    names = [name for name in written.columns if name.startswith("rate_")]
    for at in (draw.randrange(len(written)) for _ in range(CELLS)):
        row = written.row(at, named=True)
        days = (row["until"] - row["from"]).days
        day = row["from"] + timedelta(draw.randrange(days))
        asked = DutyQuestion(row["code"], row["origin"], day.isoformat())
        case = build_case(register, schedule, asked)
        try:
            figures = case.figures(case.stack)
        except EmptyRateError:  # the schedule prints no rate: there is none to say
            assert {row[name] for name in ("ad_valorem", *names)} == {None}
            continue
        assert scaled(figures.share) == millionths(row["ad_valorem"]), row
        for name in names:
            shares = [
                layer.share
                for layer in figures.layers
                if layer.term.measure.family == name.removeprefix("rate_")
            ]
            known = [share for share in shares if share is not None]
            total = sum(known, Fraction(0)) if len(known) == len(shares) else None
            assert scaled(total) == millionths(row[name]), (name, row)


def scaled(share: Fraction | None) -> int | None:
    return None if share is None else round(share * 10**6)


def millionths(rate: object) -> int | None:
    return None if rate is None else int(Fraction(str(rate)) * 10**6)


def test_the_runs_of_a_line_tile_its_days_and_neighbors_differ(written: polars.DataFrame) -> None:
    rates = [name for name in written.columns if name.startswith(("ad_valorem", "rate_"))]
    code, origin = polars.col("code"), polars.col("origin")
    here = (code == code.shift(-1)) & (origin == origin.shift(-1))
    touching = here & (polars.col("until") == polars.col("from").shift(-1))
    overlapping = here & (polars.col("until") > polars.col("from").shift(-1))
    alike = polars.all_horizontal(
        polars.col(name).eq_missing(polars.col(name).shift(-1)) for name in rates
    )
    counted = written.select(
        ends=polars.col("until").max(),
        begins=polars.col("from").min(),
        empty=(polars.col("from") >= polars.col("until")).sum(),
        overlapping=overlapping.sum(),
        not_merged=(touching & alike).sum(),
    ).row(0, named=True)
    assert counted == {
        "ends": date.fromisoformat(UNTIL),
        "begins": date.fromisoformat(FIRST),
        "empty": 0,
        "overlapping": 0,
        "not_merged": 0,
    }


def codes_of(schedule: Schedule, number: int) -> list[str]:
    """The codes of an edition alone: to read its lines with all that they print takes seconds."""
    found = schedule.database.execute(
        "SELECT code FROM lines WHERE first <= ? AND ? < until AND length(code) >= 8",
        (number, number),
    )
    return [code for (code,) in found]


def test_a_panel_as_a_table_is_the_file_of_some_groups_of_rows(
    schedule: Schedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_pages, "ROWS", 100_000)
    span = PanelSpan(["CN", "DE", "RU", "FR"], "2025-04-01", "2025-06-05")
    rows = write_panel(Register.built_in(), schedule, span, tmp_path / "panel.parquet")
    table = panel_of(Register.built_in(), schedule, span).collect()
    found = polars.read_parquet(tmp_path / "panel.parquet")
    assert rows > 2 * panel_pages.ROWS
    scanned = polars.scan_parquet(tmp_path / "panel.parquet")
    for origin in ("CN", "RU"):
        mine = polars.col("origin") == origin
        assert scanned.filter(mine).collect().height == table.filter(mine).height > 0
    assert found.schema == table.schema
    assert len(found) == rows
    texts = polars.col("code", "origin").cast(polars.String)
    assert found.with_columns(texts).equals(table.with_columns(texts))


@pytest.mark.once
def test_every_origin_has_every_line_of_the_schedule_on_every_day_of_change(
    written: polars.DataFrame, schedule: Schedule
) -> None:
    first, until = date.fromisoformat(FIRST), date.fromisoformat(UNTIL)
    days = {row for column in ("from", "until") for row in written[column].unique()}
    days |= {each.start for each in schedule.editions}
    days = {day for day in days if first <= day < until}
    assert len(days) > 70
    # Rows that begin less those that end, added up over the days, are the rows of each day.
    edges = polars.concat(
        written.group_by("origin", day=column).agg(count=sign * polars.len().cast(polars.Int64))
        for column, sign in (("from", 1), ("until", -1))
    )
    counts = {
        (origin, day): count
        for origin, day, count in edges.group_by("origin", "day")
        .agg(polars.col("count").sum())
        .sort("day")
        .with_columns(polars.col("count").cum_sum().over("origin"))
        .iter_rows()
    }
    lines: dict[int, int] = {}
    found = dict.fromkeys(ORIGINS, 0)
    assert found.keys() == set(written["origin"].unique())
    for day in sorted(days):
        number = schedule.edition_on(day).number
        if number not in lines:
            codes = codes_of(schedule, number)
            divided = {code[:8] for code in codes if len(code) > 8}
            lines[number] = len([code for code in codes if code not in divided])
        found |= {each: counts.get((each, day), found[each]) for each in ORIGINS}
        assert found == dict.fromkeys(ORIGINS, lines[number]), day


def test_a_range_over_two_editions_has_the_rows_of_both_ranges_apart(
    written: polars.DataFrame, tmp_path: Path
) -> None:
    # The editions before 27 January 2022 print rate lines alone, those from then on statistical
    # lines: a rate line of the first has its rows though the later ones divide it.
    turn = "2022-01-27"
    write_panel(
        Register.built_in(), Schedule(), PanelSpan(["CN"], FIRST, turn), tmp_path / "one.parquet"
    )
    texts = polars.col("code", "origin").cast(polars.String)
    alone = polars.read_parquet(tmp_path / "one.parquet").with_columns(texts)
    before = written.filter(
        (polars.col("origin") == "CN") & (polars.col("from") < date.fromisoformat(turn))
    ).with_columns(polars.min_horizontal("until", polars.lit(date.fromisoformat(turn))))
    key = ["code", "from"]
    assert alone.sort(key).equals(before.sort(key))
    rows = alone.filter(polars.col("code") == "85076000")
    assert rows["until"].max() == date.fromisoformat(turn)


def test_a_number_that_only_the_edition_beside_prints_has_no_row_and_a_single_answer(
    written: polars.DataFrame,
) -> None:
    # The edition of 1 February 2026 leaves 7602.00.00.35 out, that of 13 February prints it again;
    # in between entries under it are accepted.
    rows = written.filter((polars.col("code") == "7602000035") & (polars.col("origin") == "CN"))
    before = rows.filter(polars.col("until") == date(2026, 2, 1))
    after = rows.filter(polars.col("from") == date(2026, 2, 13))
    assert (len(before), len(after)) == (1, 1)
    between = (polars.col("from") < date(2026, 2, 13)) & (polars.col("until") > date(2026, 2, 1))
    assert rows.filter(between).is_empty()
    register, schedule = Register.built_in(), Schedule()
    asked = DutyQuestion("7602000035", "CN", "2026-02-05")
    answer = answer_duty(register, schedule, asked)
    assert "not in hts_2026_rev_2, the edition used on 2026-02-05, and is accepted" in " ".join(
        answer["notes"]
    )
    # 25 of list 3, 10 and 10 under IEEPA: as on the days before and after
    rates = {str(row["ad_valorem"]) for row in (*before.rows(named=True), *after.rows(named=True))}
    assert (answer["total"]["ad_valorem"], rates) == ("0.45", {"0.450000"})


def test_the_small_register_gives_the_rates_that_it_says(
    tmp_path: Path, schedule: Schedule
) -> None:
    engine = Engine(small_register(tmp_path), schedule, with_questions=False)
    panel = Panel(engine, "2025-01-01", "2025-06-05")
    (block,) = panel.blocks(["CN"])
    at = panel.codes.index("8507600010")
    mine = block.code == at
    family = panel.families.index("301") + 1
    rows = [
        (start, panel.rates[rates][0], panel.rates[rates][family])
        for start, rates in zip(block.start[mine].tolist(), block.rates[mine].tolist(), strict=True)
    ]
    # 3.4% alone; with 10% from 4 February, day 20,123; the list leaves the line on 1 June.
    assert rows == [(20_089, 34_000, 0), (20_123, 134_000, 100_000), (20_240, 34_000, 0)]


def test_days_that_are_none_are_refused(tmp_path: Path, schedule: Schedule) -> None:
    engine = Engine(small_register(tmp_path), schedule, with_questions=False)
    with pytest.raises(ValueError, match="give a later end"):
        Panel(engine, "2025-06-01", "2025-06-01")
