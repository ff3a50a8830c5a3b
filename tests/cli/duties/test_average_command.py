"""`detente average` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def weights(tmp_path: Path) -> str:
    """Toys for 300 and an electric car's battery for 100."""
    file = tmp_path / "mine.csv"
    file.write_text("code,value\n9503.00.00.73,300\n8507.60.00.10,100\n", encoding="utf-8")
    return str(file)


def test_one_day_is_one_line_with_its_families_and_weights(run: Run, weights: str) -> None:
    ran = run("average", "--origin", "CN", "--on", "2025-11-12", "--weights", weights)
    assert ran.code == 0
    # Toys: 10 + 10 = 20; battery: 3.4 + 25 + 10 + 10 = 48.4; (300 x 20 + 100 x 48.4) / 400 = 27.1
    (line,) = [each for each in ran.out.splitlines() if each.startswith("2025-11-12")]
    assert line.split()[1] == "27.10"
    assert "mine.csv: values in mine.csv; each line weighs its own value." in " ".join(
        ran.out.split()
    )


def test_json_has_the_keys_of_the_interface(run: Run, weights: str) -> None:
    ran = run(
        "average", "--origin", "CN", "--from", "2025-11-01", "--to-date", "2025-11-12",
        "--weights", weights, "--json",
    )  # fmt: skip
    answer = json.loads(ran.out)
    assert {"weights", "series", "unmatched", "unresolved", "notes", "register"} <= answer.keys()
    # The fentanyl duty falls by ten points on the tenth.
    assert [(each["on"], each["average"]) for each in answer["series"]] == [
        ("2025-11-01", "0.371"),
        ("2025-11-10", "0.271"),
    ]
    # Base: 100 x 3.4 / 400; Section 301: 100 x 25 / 400
    assert answer["series"][0]["by_family"] == {"base": "0.0085", "301": "0.0625", "ieepa": "0.3"}
    assert answer["unmatched"] == []


def test_a_chart_is_written_beside_the_answer(run: Run, weights: str, tmp_path: Path) -> None:
    target = tmp_path / "average.svg"
    ran = run(
        "average", "--origin", "CN", "--from", "2025-11-01", "--to-date", "2025-11-12",
        "--weights", weights, "--chart", str(target),
    )  # fmt: skip
    assert ran.code == 0
    svg = target.read_text(encoding="utf-8")
    assert "Average duty of US on goods of CN, 2025-11-01 to 2025-11-12" in svg
    assert "IEEPA" in svg


def test_a_code_that_no_edition_prints_is_shown_with_its_value(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,value\n9503000073,300\n0000000000,100\n", encoding="utf-8")
    ran = run("average", "--origin", "CN", "--on", "2025-11-12", "--weights", str(file))
    assert "0000000000  $100.00  no edition of the schedule prints this code" in ran.out
    (line,) = [each for each in ran.out.splitlines() if each.startswith("2025-11-12")]
    assert line.split()[-1] == "75.00"


def test_a_line_without_a_rate_is_shown_with_its_value_and_the_reason(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,value\n9802008015,1000\n8507600010,1000\n", encoding="utf-8")
    ran = run("average", "--origin", "CN", "--on", "2025-11-12", "--weights", str(file))
    out = " ".join(ran.out.split())
    assert "Without a rate, and so not in the average: 1 9802008015 $1,000.00 its" in out
    assert "'A duty upon the full value of the imported article, less …', is not known" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--on", "2025-11-12", "--from", "2025-01-01"), "take one"),
        (("--to-date", "2025-01-01"), "--to-date needs --from"),
        (("--on", "12.11.2025"), "not a day of the calendar"),
        (("--on", "2025-11-12", "--chart", "out.gif"), "has no suffix of a picture"),
        (
            ("--on", "2025-11-12", "--chart", "out.png"),
            "draws steps over days and one day has none",
        ),
        (("--on", "2025-11-12", "--weights", "nothing"), "is neither a weighting nor a file"),
        (("--on", "2025-11-12", "--band", "0.25"), "--band 0.25 is not a percentage"),
        (
            ("--on", "2025-11-12", "--fact", "steel_value=0.5"),
            "steel_value=0.5 is not a percentage",
        ),
    ],
)
def test_what_cannot_be_understood_exits_2_and_says_what_to_do(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    ran = run("average", "--origin", "CN", *words)
    assert ran.code == 2
    assert message in ran.err


@pytest.fixture
def soybeans(tmp_path: Path) -> str:
    """Soybeans alone, by their subheading."""
    file = tmp_path / "soybeans.csv"
    file.write_text("code,value\n1201.90,100\n", encoding="utf-8")
    return str(file)


def test_goods_into_china_show_what_is_averaged_and_both_ends(run: Run, soybeans: str) -> None:
    ran = run(
        "average", "--origin", "US", "--to", "CN", "--on", "2025-11-12", "--weights", soybeans
    )  # fmt: skip
    assert ran.code == 0
    assert "Averaged: additional duties alone" in ran.out
    (line,) = [each for each in ran.out.splitlines() if each.startswith("2025-11-12")]
    # List 1 25, first batch 5 halved 2.5, 10 kept; nothing open: the two ends are the same.
    assert line.split()[1:3] == ["37.50", "37.50"]
    assert line.split()[-1] == "0.00"


def test_a_base_rate_belongs_to_china_alone(run: Run, soybeans: str) -> None:
    ran = run(
        "average", "--origin", "US", "--to", "CN", "--on", "2025-11-12", "--weights", soybeans,
        "--base", "3%", "--json",
    )  # fmt: skip
    assert json.loads(ran.out)["series"][0]["average"] == "0.405"
    refused = run("average", "--origin", "CN", "--on", "2025-11-12", "--base", "3%")
    assert refused.code == 2
    assert "leave --base out" in refused.err


def test_both_directions_are_answered_and_drawn_together(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "both.csv"
    ran = run(
        "average", "--origin", "CN", "--from", "2025-11-01", "--to-date", "2025-11-12",
        "--both", "--chart", str(target), "--json",
    )  # fmt: skip
    answer = json.loads(ran.out)
    assert answer["weights"] == "us-imports-2024"
    assert answer["other_side"]["weights"] == "us-exports-world-2017"
    assert answer["other_side"]["question"]["origin"] == "US"
    by_name = run("average", "--origin", "china", "--on", "2025-11-12", "--both", "--json")
    assert json.loads(by_name.out)["other_side"]["question"]["destination"] == "CN"
    refused = run("average", "--origin", "VN", "--on", "2025-11-12", "--both")
    assert refused.code == 2
    assert "no duties of Vietnam are in the register; leave --both out" in refused.err
    drawn = target.read_text(encoding="utf-8")
    assert drawn.startswith("on,name,rate,high,kind,title\n")
    for words in ("US on goods of CN", "CN on goods of US", "one year of truce"):
        assert words in drawn
