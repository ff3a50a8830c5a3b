"""The page of agreement keeps what other releases published and writes the one at hand anew."""

from __future__ import annotations

from benchmarks.agreement.page import HEAD, PAGE, with_section
from detente import __version__

OLD = "## 0.0.9\n\nDuties, read through 1 May 2026.\n\n### peer\n\nAll equal.\n"


def test_the_section_of_a_release_replaces_its_own_and_no_other() -> None:
    first = with_section(f"{HEAD}\n{OLD}", "## 0.1.0\n\nfirst\n")
    assert first.index("## 0.1.0") < first.index("## 0.0.9")
    second = with_section(first, "## 0.1.0\n\nsecond\n")
    assert "first" not in second
    assert OLD.rstrip() in second
    assert with_section(second, "## 0.1.0\n\nsecond\n") == second


def test_the_release_at_hand_is_published() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"\n## {__version__}\n" in page
    assert " 0 unexplained." in page
