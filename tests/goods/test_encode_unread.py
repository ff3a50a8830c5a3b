"""The lists of goods that unread law may touch are what the publications give."""

from __future__ import annotations

from pathlib import Path

import pytest

from encode.us_lists.unread import REGISTER, build


@pytest.mark.reference
def test_the_committed_lists_are_what_the_publications_give(reference: Path) -> None:
    files = build(reference)
    for name, text in files.items():
        assert (REGISTER / name).read_text(encoding="utf-8") == text, name
