"""The page of speeds keeps what was measured where an input is not at hand."""

from __future__ import annotations

from benchmarks.__main__ import SECTIONS, with_section
from benchmarks.processes import NOT_MEASURED


def test_a_section_that_cannot_be_measured_here_leaves_the_older_rows() -> None:
    names = SECTIONS["names"]
    old = f"# Measured\n\n## {names.title}\n\n24,005 names/s\n"
    missing = f"## {names.title}\n\n| {NOT_MEASURED} the list is not here |"
    assert with_section(old, names, missing) == old
    assert NOT_MEASURED in with_section("# Measured\n", names, missing)
    measured = with_section(old, names, f"## {names.title}\n\n25,000 names/s")
    assert "25,000" in measured
    assert "24,005" not in measured
