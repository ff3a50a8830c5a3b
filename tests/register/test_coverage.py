"""Which headings of chapter 99 a register models, and which it says that it does not."""

from __future__ import annotations

from pathlib import Path

from detente.register.views.coverage import coverage
from tests.small_register import small_register


def test_a_heading_is_modelled_or_listed_or_in_neither(tmp_path: Path) -> None:
    gaps = """\
- {id: range, what: "A range", why: "It was not read", headings: ["9903.41.05-9903.41.15"]}
- {id: begun, what: "A subchapter", why: "It is another", headings: ["9902"]}
- {id: alone, what: "One", why: "It stands alone", headings: ["9903.99.03"]}
"""
    stacking_rules = """\
- yielding: us-duty
  prevailing: us-mfn
  basis: article
  heading: "9903.99.05"
  announced: 2025-02-01
  from: 2025-02-04
  source: order-1
"""
    register = small_register(tmp_path, {"not-modelled.yaml": gaps, "yields.yaml": stacking_rules})
    printed = [
        "9902.01.01",
        "9903.41.05",
        "9903.41.10",
        "9903.41.15",
        "9903.41.20",
        "9903.99",  # only leads to others
        "9903.99.01",
        "9903.99.03",
        "9903.99.05",
    ]
    answer = coverage(register, "edition", printed)
    stands = {
        row["heading"]: row.get("measure") or row["not_modelled"] for row in answer["headings"]
    }
    assert stands == {
        "9902.01.01": "It is another",
        "9903.41.05": "It was not read",
        "9903.41.10": "It was not read",
        "9903.41.15": "It was not read",
        "9903.99.01": "us-duty",
        "9903.99.03": "It stands alone",
        "9903.99.05": "us-duty",
    }
    assert answer["unmodelled"] == ["9903.41.20"]
    assert answer["counts"]["9903"] == {
        "headings": 7,
        "modelled": 2,
        "not_modelled": 4,
        "unmodelled": 1,
    }


def test_the_headings_of_paints_and_of_caps_that_are_reached_count_as_modelled(
    tmp_path: Path,
) -> None:
    duty = """\
id: us-cap
title: A cap
by: US
family: "232"
places: everywhere
provisions:
  - {id: main, heading: "9903.94.41", at_cap: "9903.94.40"}
events:
  - announced: 2025-02-01
    source: order-1
    periods: [{provision: main, from: 2025-02-04, cap: "15%", heading: "9903.94.43"}]
verified: {day: 2026-10-10, grade: primary}
"""
    register = small_register(tmp_path, {"us/tariff/cap.yaml": duty})
    printed = ["9903.94.40", "9903.94.41", "9903.94.43"]
    answer = coverage(register, "edition", printed)
    assert [row["measure"] for row in answer["headings"]] == ["us-cap"] * 3
