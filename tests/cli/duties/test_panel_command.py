"""``detente panel``: a file of rates, or a reason why not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars
import pytest

from tests.cli.conftest import Run
from tests.small_register import write_register


@pytest.fixture
def register(tmp_path: Path) -> str:
    return str(write_register(tmp_path))


def test_a_panel_has_a_row_for_each_run_of_equal_rates(
    run: Run, register: str, tmp_path: Path
) -> None:
    target = tmp_path / "panel.parquet"
    words = ["panel", "--origins", "CN,Japan", "--from", "2025-02-01", "--to", "2025-02-10"]
    ran = run(*words, "-o", str(target), "--register", register)
    assert (ran.code, ran.err.split(" rows")[1]) == (0, ": 2 origins\n")
    rows = polars.read_parquet(target).with_columns(
        polars.col("code", "origin").cast(polars.String)
    )
    battery = rows.filter(polars.col("code") == "8507600010")
    assert battery.select("origin", "ad_valorem").rows() == [
        ("CN", Decimal("0.034")),
        ("CN", Decimal("0.134")),  # 10% from 4 February
        ("JP", Decimal("0.034")),
    ]
    assert rows.columns[:5] == ["code", "origin", "from", "until", "ad_valorem"]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"-o": "panel.sav"}, "a panel is a .parquet, .csv, .xlsx, .dta file"),
        ({"--origins": "CN,Atlantis"}, "unknown country 'Atlantis'"),
        ({"--origins": "US"}, "not imports: leave it out"),
        ({"--to": "2025-01-01"}, "give a later end"),
        ({"--to": "soon"}, "is not a day"),
        ({"--from": "1990-01-01"}, "the first is hts_2017_january, used from 2017-01-01"),
        ({"--origins": "all,US"}, "not imports: leave it out"),
        ({"--origins": "all,Atlantis"}, "unknown country 'Atlantis'"),
    ],
)
def test_a_panel_that_cannot_be_made_is_refused(
    run: Run, register: str, tmp_path: Path, changed: dict[str, str], message: str
) -> None:
    options = {
        "--origins": "CN",
        "--from": "2025-01-01",
        "--to": "2025-02-01",
        "-o": "panel.parquet",
    } | changed
    options["-o"] = str(tmp_path / options["-o"])
    words = [word for pair in options.items() for word in pair]
    ran = run("panel", *words, "--register", register)
    assert ran.code == 2
    assert message in ran.err
    assert not list(tmp_path.glob("panel.*"))


def test_all_among_the_origins_is_every_country(run: Run, register: str, tmp_path: Path) -> None:
    stated = []
    for number, origins in enumerate(("all", "all,CN")):
        words = ["panel", "--origins", origins, "--from", "2025-02-01", "--to", "2025-02-02"]
        ran = run(*words, "-o", str(tmp_path / f"{number}.parquet"), "--register", register)
        assert ran.code == 0, ran.err
        stated.append(ran.err)
    assert stated[0] == stated[1]


def test_days_past_the_horizon_are_said_to_be(run: Run, register: str, tmp_path: Path) -> None:
    words = ["panel", "--origins", "CN", "--from", "2040-01-01", "--to", "2040-02-01"]
    ran = run(*words, "-o", str(tmp_path / "panel.parquet"), "--register", register)
    assert ran.code == 0
    assert "for 31 January 2040 this assumes that nothing was ordered in between" in ran.err
