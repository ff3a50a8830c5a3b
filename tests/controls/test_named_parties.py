"""Whether a party bears the name of a class: as whole words, or within a Chinese name."""

from __future__ import annotations

import pytest

from detente.licence.parties import _bears


@pytest.mark.parametrize(
    ("name", "listed", "bears"),
    [
        ("Nexperia China", "Nexperia", True),
        ("NEXPERIA (China) Ltd", "nexperia", True),
        ("Nexperias", "Nexperia", False),
        ("aNexperia", "Nexperia", False),
        ("Acme (Beijing)", "Acme (Beijing)", True),
        ("Acme (Beijing)x", "Acme (Beijing)", False),
        ("Acme xBeijing", "Acme (Beijing)", False),
        ("安世半导体（中国）有限公司", "安世半导体", True),
        ("安世", "安世半导体", False),
    ],
)
def test_a_name_bears_another_as_whole_words(name: str, listed: str, bears: bool) -> None:
    assert _bears(name, listed) is bears
