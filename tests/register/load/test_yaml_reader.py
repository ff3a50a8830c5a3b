"""What other readers of YAML turn into something else is read as the text that it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from detente.core.clock import day_number, last_minute_of, minute_of, minute_text, start_of
from detente.core.figures import millionths_of, percent
from detente.register.load.loader import load_folder
from detente.register.load.yaml_reader import RegisterError, YamlNode, parse_yaml
from tests.small_register import DUTY, PLACES, write_register


def value(text: str) -> YamlNode:
    """The value of `key` in a file of one line."""
    return parse_yaml(f"key: {text}\n".encode(), "file.yaml").entries()["key"]


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "on", "yes", "Off", "13:01", "8541.10", "0x10", "010", "1_000", "~", "2025"],
)
def test_a_plain_value_is_the_text_that_stands_there(text: str) -> None:
    assert value(text).raw == text


@pytest.mark.parametrize("key", ["on", "NO", "y", "true", "13:01", "8541.10", "null"])
def test_a_key_is_the_text_that_stands_there(key: str) -> None:
    root = parse_yaml(f"{key}: text\n".encode(), "file.yaml")
    assert list(root.entries()) == [key]


@pytest.mark.parametrize(("text", "wanted"), [("true", True), ("false", False)])
def test_true_and_false_are_the_booleans(text: str, wanted: bool) -> None:
    assert value(text).boolean() is wanted


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "True", "FALSE", "y", "1", "0", '"true"']
)
def test_nothing_else_is_a_boolean(text: str) -> None:
    with pytest.raises(RegisterError, match="expected true or false"):
        value(text).boolean()


@pytest.mark.parametrize(
    "text", ["8541.10", "2025", "-3", "1_000", "1,000", "5e3", "7.5%", "0x1F", "~", "null"]
)
def test_a_text_that_other_tools_read_as_a_number_or_nothing_is_put_in_quotes(text: str) -> None:
    with pytest.raises(RegisterError) as caught:
        value(text).text()
    assert caught.value.do == f'Put it in quotes: "{text}"'
    assert value(f'"{text}"').text() == text


@pytest.mark.parametrize(
    "text", ["NO", "2025-04-09", "us-301-list-3", "Order 14257", "90 FR 50947"]
)
def test_a_text_that_is_no_number_needs_no_quotes(text: str) -> None:
    assert value(text).text() == text


def test_a_text_over_several_lines_is_one_line() -> None:
    assert (
        value(">\n  the first line\n  and   the second\n").text() == "the first line and the second"
    )


def test_norway_stays_norway(tmp_path: Path) -> None:
    places = PLACES.replace("  US:", "  NO: Norway\n  US:").replace("[CN, HK]", "[CN, NO]")
    contents = load_folder(write_register(tmp_path, {"places.yaml": places}))
    assert contents.countries["NO"] == "Norway"
    assert contents.places["china-hk"].countries == ("CN", "NO")


def test_a_code_in_quotes_keeps_its_closing_zero(tmp_path: Path) -> None:
    text = DUTY.replace("goods: small-list", 'goods: ["8541.10", "0307.43.00.10"]')
    contents = load_folder(write_register(tmp_path, {"us/tariff/duty.yaml": text}))
    assert contents.measures["us-duty"].provision("main").goods == ("854110", "0307430010")


def test_an_error_carries_its_parts() -> None:
    with pytest.raises(RegisterError) as caught:
        parse_yaml(b"a: 1\nb: 2\na: 3\n", "file.yaml").entries()
    error = caught.value
    assert (error.file, error.line) == ("file.yaml", 3)
    assert str(error) == "file.yaml:3: the key `a` stands twice. Keep one of the two"


def test_a_bare_day_is_its_start_wherever_it_is_read() -> None:
    assert minute_of("1970-01-02", "Asia/Shanghai") == 24 * 60
    assert minute_of("1970-01-02", "America/New_York") == 24 * 60
    assert last_minute_of("1970-01-02") == 2 * 24 * 60 - 1


def test_an_instant_is_turned_to_the_clock_of_the_side_that_acts() -> None:
    # 13:01 in Shanghai (UTC+8) is 05:01 UTC, which is 00:01 in New York in winter (UTC-5).
    instant = "2025-11-10T13:01+08:00"
    assert minute_of(instant, "Asia/Shanghai") == start_of("2025-11-10") + 13 * 60 + 1
    assert minute_of(instant, "America/New_York") == start_of("2025-11-10") + 1
    # In summer New York is at UTC-4: 12:01 in Shanghai is 00:01 there.
    assert minute_of("2025-04-09T12:01+08:00", "America/New_York") == start_of("2025-04-09") + 1


def test_an_instant_is_written_back_with_the_offset_of_its_clock() -> None:
    minute = minute_of("2025-11-10T13:01+08:00", "America/New_York")
    assert minute_text(minute, "America/New_York") == "2025-11-10T00:01-05:00"
    assert minute_text(start_of("2025-11-10"), "America/New_York") == "2025-11-10"


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-2-1", "20250201", "2025-W06-1", "01/02/2025", "2025-00-10", ""]
)
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reader that asked says what to do
        day_number(text)


def test_an_instant_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="has no offset"):
        minute_of("2025-11-10T13:01", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "millionths"),
    [("7.5%", 75_000), ("0%", 0), ("100%", 1_000_000), ("0.0001%", 1), ("1234.5678%", 12_345_678)],
)
def test_a_rate_is_exact_in_millionths_both_ways(text: str, millionths: int) -> None:
    assert millionths_of(text) == millionths
    assert percent(Fraction(millionths, 10**6)) == text


@pytest.mark.parametrize("text", ["7.5", "7,5%", "-5%", " 5%", "5 %", "1e1%", "7.12345%", "٥%"])
def test_what_is_no_rate_has_no_millionths(text: str) -> None:
    assert millionths_of(text) is None
