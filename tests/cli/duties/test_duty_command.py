"""``detente duty``: exit codes, messages, and the same answer as text and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.cli.main import main
from tests.cli.conftest import Run
from tests.duty.test_answer import KEYS
from tests.small_register import DUTY, write_register

CODE = "8507.60.00.10"
DAY = ("--on", "2025-05-01")
CHINA = ("--origin", "CN")
PARTS = DUTY.replace("us-duty", "us-parts").replace(
    "{id: main,", "{id: main, when: {auto_part: {is: true}},"
)
LATER = DUTY.replace("us-duty", "us-later").replace("2025-02-01", "2025-04-20")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(write_register(tmp_path))


@pytest.fixture
def open_folder(tmp_path: Path) -> str:
    """The small register with a fact that nobody gave, which would add 10."""
    return str(write_register(tmp_path, {"us/tariff/parts.yaml": PARTS}))


def test_an_answered_question_exits_0(run: Run, folder: str) -> None:
    ran = run("duty", CODE, *CHINA, *DAY, "--value", "1000", "--register", folder)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"total +13\.4% +\$134\.00\n", ran.out)
    assert "File as: 9903.99.01, 8507.60.00.10" in ran.out


def test_json_has_every_key_of_the_interface(run: Run, open_folder: str) -> None:
    ran = run("duty", CODE, *CHINA, *DAY, "--json", "--register", open_folder)
    answer = json.loads(ran.out)
    assert answer.keys() >= KEYS.keys()
    for key, keys in KEYS.items():
        for row in answer[key] if isinstance(answer[key], list) else [answer[key]]:
            assert keys is None or row.keys() >= keys
    assert answer["question"]["code"] == "8507600010"
    assert answer["register"]["reviewed_through"] == "2026-10-10"
    assert answer["total"]["ad_valorem"] == "0.134"


def test_an_open_question_exits_3_only_where_it_is_strict(run: Run, open_folder: str) -> None:
    words = ("duty", CODE, *CHINA, *DAY, "--register", open_folder)
    assert run(*words).code == 0
    assert run(*words, "--strict").code == 3
    assert run(*words, "--strict", "--fact", "auto_part=false").code == 0


def test_a_day_after_the_last_reading_exits_3_only_where_it_is_strict(
    run: Run, folder: str
) -> None:
    words = ("duty", "9503.00.00", *CHINA, "--register", folder)
    assert run(*words, "--on", "2026-10-10", "--strict").code == 0
    assert run(*words, "--on", "2026-10-11", "--strict").code == 3
    assert run(*words, "--on", "2026-10-11").code == 0


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("battery", *CHINA, *DAY), ["'battery' is not a tariff code", "8 or 10 digits"]),
        (("850760001", *CHINA, *DAY), ["has 9 digits", "a leading or closing zero may"]),
        (("8507.60", *CHINA, *DAY), ["8507.60", "8507.60.00"]),
        (("8507.60.99", *CHINA, *DAY), ["8507.60.99", "8507.60.00"]),  # the nearest
        (("8541.40.60", *CHINA, "--on", "2025-05-01"), ["8541.40.60", "8541.4"]),  # what it became
        ((CODE, "--origin", "XX", *DAY), ["unknown country 'XX'", "two letters of ISO 3166"]),
        ((CODE, "--origin", "Chna", *DAY), ["unknown country 'Chna'", "perhaps CN China"]),
        ((CODE, "--origin", "US", *DAY), ["goods of United States are not imports into it"]),
        ((CODE, *CHINA, *DAY, "--to", "MX"), ["no duties of 'MX'", "--to takes US"]),
        ((CODE, *CHINA, "--on", "2025-02-30"), ["'2025-02-30' is not a day of the calendar"]),
        ((CODE, *CHINA, "--on", "2025-W18-4"), ["'2025-W18-4' is not a day of the calendar"]),
        ((CODE, *CHINA, "--on", "2025-05-01T12:00"), ["is neither a day nor an instant"]),
        ((CODE, *CHINA, *DAY, "--known-on", "yesterday"), ["'yesterday' is not a day"]),
        ((CODE, *CHINA, *DAY, "--value", "-5"), ["the value is -5: it must not be negative"]),
        ((CODE, *CHINA, *DAY, "--value", "1.234"), ["at most two decimals"]),
        ((CODE, *CHINA, *DAY, "--value", "much"), ["the value is dollars", "not 'much'"]),
        ((CODE, *CHINA, *DAY, "--fact", "autopart=true"), ["unknown fact 'autopart'", "auto_part"]),
        ((CODE, *CHINA, *DAY, "--fact", "auto_part=maybe"), ["auto_part is true or false"]),
        ((CODE, *CHINA, *DAY, "--fact", "auto_part"), ["a fact is written KEY=VALUE"]),
        ((CODE, *CHINA, *DAY, "--fact", "use=civil", "--fact", "use=military"), ["given twice"]),
        ((CODE, *CHINA, *DAY, "--quantity", "kg100"), ["a number and its unit, such as 100kg"]),
        ((CODE, *CHINA, *DAY, "--quantity", "100"), ["a number and its unit, such as 100kg"]),
        ((CODE, *CHINA, *DAY, "--quantity", "1kg", "--quantity", "2kg"), ["given twice"]),
        ((CODE, *DAY), ["--origin"]),
        ((CODE, *CHINA, "--known", "2025-05-01"), ["no option --known: did you mean --known-on?"]),
    ],
)
def test_a_question_that_cannot_be_understood_exits_2_and_says_what_to_do(
    run: Run, folder: str, words: tuple[str, ...], parts: list[str]
) -> None:
    ran = run("duty", *words, "--register", folder)
    assert (ran.code, ran.out) == (2, "")
    for part in parts:
        assert part in ran.err


def test_a_quantity_that_is_no_number_is_refused_where_it_is_needed(
    run: Run, tmp_path: Path
) -> None:
    specific = DUTY.replace('add: "10%"', 'specific: "$0.22/kg"')
    folder = str(write_register(tmp_path, {"us/tariff/duty.yaml": specific}))
    ran = run("duty", CODE, *CHINA, *DAY, "--quantity", "1.2.3kg", "--register", folder)
    assert ran.code == 2
    assert "1.2.3" in ran.err


def test_a_base_rate_over_the_schedules_is_told_and_one_that_is_none_is_refused(
    run: Run, folder: str
) -> None:
    words = ("duty", CODE, *CHINA, *DAY, "--value", "1000", "--register", folder, "--base")
    # 99% of 1000 and 10% of 1000
    assert "$1,090.00" in run(*words, "99%").out
    assert "one given, 99%; the schedule of the day has 3.4%" in run(*words, "99%").out
    ran = run(*words, "much")
    assert (ran.code, "the base rate 'much' is none that can be charged" in ran.err) == (2, True)


def test_knowledge_before_the_register_begins_is_refused(run: Run) -> None:
    ran = run("duty", CODE, *CHINA, *DAY, "--known-on", "2015-01-01")
    assert (ran.code, ran.out) == (2, "")
    assert "holds nothing that was known before 2017-01-01" in ran.err


def test_a_rate_in_words_stands_below_its_layer(run: Run) -> None:
    shown = run("duty", "9802.00.80.15", *CHINA, *DAY).out
    assert max(map(len, shown.splitlines())) <= 96
    assert "A duty upon the full value of the imported article" in shown


def test_what_is_known_later_is_left_out(run: Run, tmp_path: Path) -> None:
    folder = str(
        write_register(tmp_path, {"us/tariff/later.yaml": LATER.replace("02-04", "04-21")})
    )
    words = ("duty", CODE, *CHINA, *DAY, "--json", "--register", folder, "--known-on")
    totals = {
        day: json.loads(run(*words, day).out)["total"]["ad_valorem"]
        for day in ("2025-01-31", "2025-02-01", "2025-04-19", "2025-04-20")
    }
    # 3.4, with the duty of 10 from its announcement, and the later one of 10 from its own.
    assert list(totals.values()) == ["0.034", "0.134", "0.134", "0.234"]


def test_a_register_with_a_fault_is_refused_with_file_and_line(run: Run, tmp_path: Path) -> None:
    folder = str(write_register(tmp_path, {"us/tariff/duty.yaml": DUTY.replace('"10%"', "10%")}))
    ran = run("duty", CODE, *CHINA, "--register", folder)
    assert ran.code == 2
    assert "register/us/tariff/duty.yaml:11: the rate `10%` is not in quotes" in ran.err
    assert 'Write it as "10%"' in ran.err


def test_a_register_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("duty", CODE, *CHINA, "--register", str(tmp_path / "nowhere"))
    assert ran.code == 2
    assert "nowhere is not a folder: --register takes the folder of a register" in ran.err


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    ran = run("dutty")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown command 'dutty': did you mean `duty`?" in ran.err


@pytest.mark.parametrize("words", [(), ("--help",), ("--version",), ("duty", "--help")])
def test_help_and_version_exit_0(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 0
    assert "detente" in ran.out


QUESTIONS = st.tuples(
    st.sampled_from([CODE, "9503.00.00", "0402.10.50.00", "7202.11.10.00", "6110.11.00"]),
    st.sampled_from(["CN", "HK", "VN", "RU"]),
    st.sampled_from(["2018-07-06", "2019-06-01", "2025-04-09", "2025-11-12", "2026-02-24"]),
    st.sampled_from(["0", "0.05", "999.99", "1000.01", "123456789.87"]),
)


def asked(capsys: pytest.CaptureFixture[str], question: tuple[str, ...], *more: str) -> str:
    code, origin, on, value = question
    assert main(["duty", code, "--origin", origin, "--on", on, "--value", value, *more]) == 0
    return str(capsys.readouterr().out)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(question=QUESTIONS)
def test_text_and_json_give_the_same_cents(
    capsys: pytest.CaptureFixture[str], question: tuple[str, ...]
) -> None:
    answer: dict[str, Any] = json.loads(asked(capsys, question, "--json"))
    text = asked(capsys, question)
    amounts = [layer["amount"] for layer in answer["layers"]]
    layers, _, rest = text.partition("  total ")
    for amount in amounts:
        assert amount is None or f"${_grouped(amount)}" in layers
    total = answer["total"]["amount"]
    assert total is None or f"${_grouped(total)}" in rest.partition("\n")[0]
    assert total is None or sum(map(_cents, amounts)) == _cents(total)
    assert f"File as: {', '.join(answer['filing'])}" in text


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def _grouped(amount: str) -> str:
    whole, _, cents = amount.partition(".")
    return f"{int(whole):,}.{cents}"
