"""A sieve lets through all that it was made of, and little else."""

from __future__ import annotations

import pytest

from detente.parties.names.sieve import BITS_A_TEXT, may_hold, sieve_of


@pytest.mark.parametrize("count", [0, 1, 7, 1000, 30_000])
def test_a_sieve_holds_its_texts_and_few_others(count: int) -> None:
    texts = [f"ñame{at}公司" for at in range(count)]
    sieve = sieve_of(texts)
    assert all(may_hold(sieve, text) for text in texts)
    others = sum(may_hold(sieve, f"other{at}") for at in range(20_000))
    assert others <= 20_000 / BITS_A_TEXT * 1.2


def test_where_there_is_no_sieve_anything_may_be_held() -> None:
    assert may_hold(b"", "acme")
