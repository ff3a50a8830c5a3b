"""The command `detente impact` as a user types it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import main

LITHIUM = [
    "impact",
    "partial",
    "--from",
    "2025-01-01",
    "--to-date",
    "2025-11-12",
    "--code",
    "850760",
]


@pytest.fixture(scope="module")
def threat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario") / "threat.yaml"
    path.write_text(
        "name: threat\nnote: a duty\nevents:\n"
        "  - {do: enact_threat, measure: us-threat-china-100-percent, places: CN, "
        'from: 2026-11-10, rate: "100%"}\n',
        encoding="utf-8",
    )
    return path


def described(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture(scope="module", name="lithium")
def _lithium(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """One answer, and its lines, for several tests."""
    out = tmp_path_factory.mktemp("lines") / "lines.csv"
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        assert main([*LITHIUM, "-o", str(out), "--json"]) == 0
    return json.loads(text.getvalue()), out


def test_static_and_behavioural_figures_stand_side_by_side(
    lithium: tuple[dict[str, Any], Path],
) -> None:
    answer, _ = lithium
    totals = answer["totals"]
    assert float(totals["duty_before"]) < float(totals["duty_after"]) < float(totals["duty_static"])
    assert float(totals["change"]) < 0
    rows = {row["origin"]: row for row in answer["by_origin"]}
    # 3.4% and 7.5% of section 301 before; 25%, 10% of fentanyl and 10% reciprocal were added.
    assert float(rows["CN"]["average_before"]) < 0.20 < float(rows["CN"]["average_static"])
    sums = {
        key: sum(float(row[key]) for row in rows.values()) for key in ("value_after", "duty_after")
    }
    assert sums == pytest.approx({key: float(totals[key]) for key in sums}, rel=1e-6)
    ends = answer["bands"]
    assert ends["low_sigma"]["duty_after"] != ends["high_sigma"]["duty_after"]
    assert answer["elasticities"]["source"] == "Broda-Weinstein"


def test_duties_of_one_origin_may_change_alone_with_the_others_in_the_market(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = described(capsys, *LITHIUM, "--origin", "CN")
    rows = {row["origin"]: row for row in answer["by_origin"]}
    assert rows["KR"]["average_before"] == rows["KR"]["average_static"]
    # What Korea, Japan and others win is a part of what China loses.
    assert float(rows["KR"]["change"]) > 0 > float(rows["CN"]["change"])
    assert 0 < float(answer["diversion"]["won_share"]) < 1
    first, second = (float(answer["concentration"][key]) for key in ("before", "after"))
    assert 0 < second < first < 1


def test_concentration_is_that_of_the_shares_in_the_file(
    lithium: tuple[dict[str, Any], Path],
) -> None:
    answer, out = lithium
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values: dict[str, list[float]] = {}
    for row in rows:
        values.setdefault(row["code"], []).append(float(row["value_before"]))
    total = sum(map(sum, values.values()))
    index = sum(sum(x * x for x in line) / sum(line) for line in values.values()) / total
    assert float(answer["concentration"]["before"]) == pytest.approx(index, abs=1e-6)
    assert sum(float(row["duty_static"]) for row in rows) == pytest.approx(
        float(answer["totals"]["duty_static"]), rel=1e-6
    )


def test_a_scenario_is_compared_on_the_day_of_its_last_change(
    threat: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "origins.svg"
    words = ["impact", "partial", "--scenario", str(threat), "--code", "850760"]
    answer = described(capsys, *words, "--chart", str(picture))
    assert answer["question"]["to_date"] == "2026-11-10"
    china = next(row for row in answer["by_origin"] if row["origin"] == "CN")
    added = float(china["average_static"]) - float(china["average_before"])
    assert added == pytest.approx(1, abs=1e-6)
    assert "Change of US imports by origin" in picture.read_text(encoding="utf-8")


def test_a_claimed_preference_lowers_the_duty(
    lithium: tuple[dict[str, Any], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    plain, _ = lithium
    claimed = described(capsys, *LITHIUM, "--claimed", "MX=100%")

    def mexico(answer: dict[str, Any]) -> float:
        rows = {row["origin"]: row for row in answer["by_origin"]}
        return float(rows["MX"]["average_static"])

    assert mexico(claimed) < mexico(plain)


def test_the_text_says_what_was_asked_and_what_is_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*LITHIUM, "--sigma", "3"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Duties of 2025-11-12 in place of those of 2025-01-01: codes 850760")
    assert "Sigma 3" in text
    assert "nothing\n  else of the economy moves" in text
    assert text.rstrip().endswith("A planning aid, neither legal advice nor a forecast.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name two days, --from and --to-date, or a scenario"),
        (["--from", "2025-01-01", "--to-date", "2025-13-01"], "'2025-13-01' is not a day"),
        ([*LITHIUM[2:6], "--origin", "XX"], "no imports from 'XX' at hand"),
        ([*LITHIUM[2:6], "--code", "x"], "'x' is not a beginning of a code"),
        ([*LITHIUM[2:6], "--code", "77"], "no imports at hand have such a code"),
        ([*LITHIUM[2:6], "--sigma", "-1"], "a sigma of -1 is none"),
        ([*LITHIUM[2:6], "--eta", "much"], "--eta 'much' is not a number"),
        ([*LITHIUM[2:6], "--spread", "0.5"], "--spread 0.5 is below 1"),
        ([*LITHIUM[2:], "--pass-through", "2"], "a pass-through of 2"),
        ([*LITHIUM[2:6], "--claimed", "VN=1"], "no preference that goods of VN may claim"),
        ([*LITHIUM[2:6], "--claimed", "CA=2"], "--claimed CA=2: write a share"),
        ([*LITHIUM[2:6], "-o", "lines.txt"], "a table is written as .csv"),
        ([*LITHIUM[2:6], "--chart", "lines.csv"], "-o OUT.csv writes the lines"),
    ],
)
def test_a_question_that_cannot_be_understood_says_what_to_write(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impact", "partial", *words]) == 2
    assert message in capsys.readouterr().err


def test_duties_of_the_register_come_into_the_sectors_of_a_model(
    threat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["impact", "equilibrium", "--world", "cp2015", "--scenario", str(threat)]
    words += ["--theta-spread", "0.2"]
    answer = described(capsys, *words, "--draws", "5")
    # A hundred points on every sector of Chinese goods with trade, and on nothing else.
    assert {row["exporter"] for row in answer["tariffs"]} == {"CHN"}
    assert len(answer["tariffs"]) == 20
    points = [float(row["after"]) - float(row["before"]) for row in answer["tariffs"]]
    assert points == pytest.approx([1] * 20, abs=1e-6)
    assert float(answer["welfare"]["CHN"]) < 0
    assert max(map(float, answer["residuals"].values())) < 1e-9
    low, high = map(float, answer["bands"]["welfare"]["CHN"])
    assert low < high
    assert answer["bands"]["draws"] == 5
    assert answer["notes"][0] == (
        "The data are of 1993: a question about 2026-11-10 is answered for the economy of another "
        "year."
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--scenario", "nafta", "--from", "2025-01-01"], "has no days and claims"),
        (["--scenario", "nafta", "--theta-spread", "-1"], "a spread of -1 is none"),
        (
            ["--scenario", "nafta", "--theta-spread", "0.1", "--draws", "-1"],
            "--draws -1 is too little: write 0 or more",
        ),
    ],
)
def test_a_model_that_cannot_be_asked_so_says_why(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impact", "equilibrium", *words]) == 2
    assert message in capsys.readouterr().err
