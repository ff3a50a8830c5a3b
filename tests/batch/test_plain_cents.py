"""Amounts read from the bytes of a column beside those read one by one."""

from __future__ import annotations

import re

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.batch.pages import plain_cents
from detente.batch.pages.plain_cents import cents_of
from detente.core.tables.parquet_pages import LooseTexts

PLAIN = re.compile(r"[0-9]{1,8}\.[0-9]{2}")

AMOUNTS = st.decimals(0, 10**10, places=2).map(str)
ODD = st.text(st.sampled_from("0123456789./:-+ eé\0"), max_size=14)


def loose(texts: list[str]) -> LooseTexts:
    bodies = [text.encode() for text in texts]
    sizes = numpy.array([*map(len, bodies)])
    return LooseTexts(
        sizes.astype(numpy.min_scalar_type(max(map(len, bodies), default=0))), b"".join(bodies)
    )


@given(st.lists(AMOUNTS | ODD, max_size=40), st.sampled_from([1, 7, 1 << 14]))
def test_what_is_plain_is_its_cents_and_nothing_else_is_taken_for_plain(
    texts: list[str], block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_cents, "BLOCK", block)
        cents, plain = cents_of(loose(texts))
    assert plain.tolist() == [bool(PLAIN.fullmatch(text)) for text in texts]
    for text, found in zip(texts, cents.tolist(), strict=True):
        if PLAIN.fullmatch(text):
            assert found == int(text.replace(".", ""))


def test_digits_of_the_row_before_are_never_read() -> None:
    texts = ["99999999.99", "1.00", "0.05", "", "12345678.90", "7.5", "123456789.00", "00000000.01"]
    cents, plain = cents_of(loose(texts))
    assert plain.tolist() == [True, True, True, False, True, False, False, True]
    assert cents[plain].tolist() == [9_999_999_999, 100, 5, 1_234_567_890, 1]


def test_each_digit_counts_at_its_place_and_no_other_byte_is_one() -> None:
    texts = [
        "00000000.00"[:at] + chr(byte) + "00000000.00"[at + 1 :]
        for at in range(11)
        for byte in range(128)
    ]
    cents, plain = cents_of(loose(texts))
    assert plain.tolist() == [bool(PLAIN.fullmatch(text)) for text in texts]
    found = zip(texts, cents.tolist(), plain.tolist(), strict=True)
    assert all(each == int(text.replace(".", "")) for text, each, fits in found if fits)
