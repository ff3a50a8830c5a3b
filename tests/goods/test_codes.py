"""The code as a type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.goods.codes import LEVELS, CodeError, TariffCode

digits = st.sampled_from(LEVELS).flatmap(
    lambda size: st.text(alphabet="0123456789", min_size=size, max_size=size)
)


@given(digits)
def test_a_code_written_with_dots_reads_back_as_itself(text: str) -> None:
    code = TariffCode.parse(text)
    assert code.digits == text
    assert TariffCode.parse(code.dotted) == code
    assert str(code) == code.dotted


@given(digits)
def test_prefixes_run_from_the_code_itself_to_its_chapter(text: str) -> None:
    prefixes = TariffCode(text).prefixes()
    assert prefixes[0] == text
    assert prefixes[-1] == TariffCode(text).chapter
    assert [len(prefix) for prefix in prefixes] == sorted(
        (size for size in LEVELS if size <= len(text)), reverse=True
    )
    assert all(text.startswith(prefix) for prefix in prefixes)


@pytest.mark.parametrize(
    "text",
    [
        "8507600010",
        "8507.60.00.10",
        "8507.60.0010",
        " 8507 60 00 10 ",
        "8507-60-0010",
        "８５０７６０００１０",
    ],
)
def test_every_way_of_writing_a_code_is_read(text: str) -> None:
    code = TariffCode.parse(text)
    assert code == TariffCode("8507600010")
    assert code.dotted == "8507.60.00.10"
    assert (code.chapter, code.heading, code.subheading, code.rate_line) == (
        "85",
        "8507",
        "850760",
        "85076000",
    )


@pytest.mark.parametrize("text", ["battery", "", "8507,60", "٨٥٠٧", "8507.6x"])
def test_text_that_is_no_code_is_refused_with_a_way_on(text: str) -> None:
    with pytest.raises(CodeError, match=r"is not a tariff code: write 8 or 10 digits"):
        TariffCode.parse(text)


@pytest.mark.parametrize(
    ("text", "hint"), [("101210010", "zero may have been lost"), ("85076000100", "after the tenth")]
)
def test_a_number_of_digits_that_no_level_has_is_refused_with_the_likely_cause(
    text: str, hint: str
) -> None:
    with pytest.raises(CodeError, match=f"has {len(text)} digits.*{hint}"):
        TariffCode.parse(text)
