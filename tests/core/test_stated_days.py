"""What is said to a day that is not written as ISO has it."""

from __future__ import annotations

import pytest

from detente.core.clock import day_number
from detente.core.stated_days import how_to_write, named_day, neither_words


@pytest.mark.parametrize(
    ("text", "do"),
    [
        ("2026/11/27", "write 2026-11-27"),
        ("27.11.2026", "write 2026-11-27"),
        ("11/27/2026", "write 2026-11-27"),
        ("20261127", "write 2026-11-27"),
        ("2026年11月27日", "write 2026-11-27"),
        ("２０２６-１１-２７", "write 2026-11-27"),
        ("November 27, 2026", "write 2026-11-27"),
        ("11/10/2026", "it may be one of two days: write it as YYYY-MM-DD, such as 2025-11-12"),
        ("2026-02-30", "write it as YYYY-MM-DD, such as 2025-11-12"),
        ("2025-W06-1", "write it as YYYY-MM-DD, such as 2025-11-12"),
        ("soon", "write it as YYYY-MM-DD, such as 2025-11-12"),
        ("", "write it as YYYY-MM-DD, such as 2025-11-12"),
    ],
)
def test_a_day_in_another_form_is_told_as_iso_writes_it(text: str, do: str) -> None:
    assert how_to_write(text) == do
    with pytest.raises(ValueError, match=r"--known-on .* is not a day: "):
        named_day(text, "--known-on")


def test_an_iso_day_is_read_and_an_instant_may_stand_in_its_place() -> None:
    assert named_day("2025-11-12", "on") == day_number("2025-11-12")
    assert neither_words("soon").endswith("write 2025-11-12, or 2025-11-10T13:01+08:00")
    assert neither_words("2026年11月27日").endswith("nor an instant: write 2026-11-27")
