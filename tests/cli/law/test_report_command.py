"""What a person holds wrong becomes a case that the tests of settled answers take as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import in_yaml
from tests.cli.conftest import Run
from tests.settled import faces
from tests.settled.test_settled import _check

DUTY = (
    "duty",
    "8507.60.00.10",
    "--origin",
    "CN",
    "--on",
    "2025-11-12",
    "--fact",
    "auto_part=false",
)
WHY = ("--because", "3.4 + 301 25 + fentanyl 7.5", "--source", "91 Fed. Reg. 70000")


def written(path: Path) -> dict[str, Any]:
    """The case as the tests of settled answers read it."""
    (case,) = in_yaml.texts(path)
    return dict(case)


def test_a_report_holds_the_question_both_answers_and_the_law(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    ran = run("report", "--expect", "total.ad_valorem=0.359", *WHY, "-o", str(path), "--", *DUTY)
    assert ran.code == 0, ran.err
    assert "total.ad_valorem: 0.484 -> 0.359" in ran.out
    case = written(path)
    assert case["ask"] == {
        "question": "duty",
        "code": "8507.60.00.10",
        "origin": "CN",
        "on": "2025-11-12",
        "facts": {"auto_part": "false"},
    }
    assert case["expect"] == {"total.ad_valorem": "0.359"}
    assert case["answered"] == {"total.ad_valorem": "0.484"}  # 3.4 + 25 + 10 + 10
    assert case["source"] == "91 Fed. Reg. 70000"
    assert case["register"]["reviewed_through"] == "2026-10-10"
    assert len(case["register"]["sha256"]) == 64


def test_the_case_fails_as_a_test_until_the_law_says_so_and_then_holds(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    run("report", "--expect", "total.ad_valorem=0.359", *WHY, "-o", str(path), "--", *DUTY)
    case = written(path)
    answer = faces.cli(case["ask"], tmp_path, capsys)
    with pytest.raises(AssertionError):
        _check(answer, case)
    _check(answer, {**case, "expect": case["answered"]})


@pytest.mark.parametrize(
    ("expect", "question"),
    [
        ("decision=none", ("licence", "--item", "3A001", "--from", "US", "--to", "CN")),
        ("results.0.status=clear", ("screen", "Huawei", "--on", "2026-07-31")),
        ("measures.0.id=x", ("status", "--by", "CN", "--on", "2026-01-01")),
    ],
)
def test_other_questions_are_reported_alike(
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    expect: str,
    question: tuple[str, ...],
) -> None:
    path = tmp_path / "case.yaml"
    words = ("--because", "so it is", "--source", "a text", "-o", str(path))
    ran = run("report", "--expect", expect, *words, "--", *question)
    assert ran.code == 0, ran.err
    case = written(path)
    answer = faces.cli(case["ask"], tmp_path, capsys)
    _check(answer, {**case, "expect": case["answered"]})


def test_a_question_that_is_refused_is_reported_with_what_was_said(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    question = ("duty", "8507.60.00.1", "--origin", "CN", "--on", "2025-11-12")
    ran = run("report", "--expect", "status=ok", *WHY, "-o", str(path), "--", *question)
    assert ran.code == 0, ran.err
    assert "has 9 digits" in written(path)["answered"]["refused"]


@pytest.mark.parametrize(
    ("words", "described"),
    [
        (("--expect", "total.rate=1", *WHY, "--", *DUTY), "total has no 'rate', but ad_valorem"),
        (("--expect", "total.ad_valorem=0.484", *WHY, "--", *DUTY), "says so already"),
        (("--expect", "total", *WHY, "--", *DUTY), "write PATH=VALUE"),
        (("--expect", "x=1", *WHY, "--", "serve"), "is not a question of one answer"),
    ],
)
def test_a_report_that_says_nothing_is_not_written(
    run: Run, tmp_path: Path, words: tuple[str, ...], described: str
) -> None:
    ran = run("report", "-o", str(tmp_path / "case.yaml"), *words)
    assert (ran.code, described in ran.err) == (2, True), ran.err
    assert not (tmp_path / "case.yaml").exists()


def test_words_of_one_s_own_stand_in_the_case_as_they_were_written(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    question = ("assess", *DUTY[1:4], "--to", "US", *DUTY[4:], "--stated-by", "True North")
    ran = run("report", "--expect", "verdict=x", *WHY, "-o", str(path), "--", *question)
    assert ran.code == 0, ran.err
    assert written(path)["ask"]["stated_by"] == "True North"
