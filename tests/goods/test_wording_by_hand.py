"""Sentences about codes that name several lines, or none, over lines that are written here."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from detente.goods.codes import TariffCode
from detente.goods.lines import SuggestedLine
from detente.goods.wording import _short, incomplete, listed, unknown

USED: Any = SimpleNamespace(id="hts_2026", start=date(2026, 1, 1))


def lines(*digits: str, text: str = "batteries") -> tuple[SuggestedLine, ...]:
    return tuple(SuggestedLine(TariffCode(each), text) for each in digits)


def moves(*pairs: tuple[str, str]) -> list[Any]:
    return [SimpleNamespace(from_code=old, to_code=new) for old, new in pairs]


def test_lines_are_named_six_at_most_and_the_others_are_counted() -> None:
    assert listed(lines("85076000")) == "Rate lines there: 8507.60.00 batteries."
    assert listed(lines("8507600010", "8507600020")) == (
        "Lines there: 8507.60.00.10 batteries; 8507.60.00.20 batteries."
    )
    six = [f"850760{at}0" for at in range(6)]
    assert "more" not in listed(lines(*six))
    assert listed(lines(*six, "85076070")).endswith("8507.60.50 batteries; and 1 more.")
    assert listed(lines(*six, "85076070", "85076080")).endswith("; and 2 more.")


@pytest.mark.parametrize(("size", "kept"), [(69, 69), (70, 70), (71, 69), (200, 69)])
def test_of_a_long_text_the_end_is_kept(size: int, kept: int) -> None:
    text = "".join(chr(97 + at % 26) for at in range(size))
    found = _short(text)
    assert len(found) <= 70
    assert found == (text if kept == size else f"…{text[-kept:]}")


def test_a_code_that_is_not_whole_says_what_it_covers() -> None:
    code = TariffCode("850760")
    assert incomplete(code, lines("85076000")) == (
        "8507.60 has 6 digits and covers 1 rate line; give 8 or 10 digits. "
        "Rate lines there: 8507.60.00 batteries."
    )
    assert "covers 2 rate lines; give" in incomplete(code, lines("85076000", "85076010"))


def test_a_code_that_an_edition_lacks_says_what_it_became_was_or_stands_near() -> None:
    code = TariffCode("85076000")
    begins = "8507.60.00 is not in hts_2026, the edition used from 2026-01-01."
    new, old = moves(("85076000", "85076010")), moves(("85075000", "85076000"))
    near = lines("85076020")
    assert unknown(code, USED, (), (), ()) == (
        f"{begins} Nothing there begins with its first four digits; search by words."
    )
    assert unknown(code, USED, (), new, ()) == f"{begins} It became 8507.60.10."
    assert unknown(code, USED, (), (), old) == f"{begins} On earlier days it was 8507.50.00."
    assert unknown(code, USED, near, new, old) == (
        f"{begins} It became 8507.60.10. On earlier days it was 8507.50.00. "
        "Rate lines there: 8507.60.20 batteries."
    )
    assert unknown(code, USED, near, (), ()) == f"{begins} Rate lines there: 8507.60.20 batteries."
    # Codes are named once each, six at most.
    many = moves(*(("85076000", f"850760{at}0") for at in (1, 1, 2, 3, 4, 5, 6)))
    assert "8507.60.10, 8507.60.20" in unknown(code, USED, (), many, ())
    assert "more" not in unknown(code, USED, (), many, ())
    more = unknown(code, USED, (), [*many, *moves(("85076000", "85076070"))], ())
    assert more.endswith("8507.60.60 and 1 more.")
    heading = unknown(TariffCode("99038803"), USED, near, (), ())
    assert heading.startswith("9903.88.03 is a heading of chapter 99, which changes the duty")
