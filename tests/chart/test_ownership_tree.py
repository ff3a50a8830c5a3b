"""The tree of an ownership answer."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from typing import Any

from detente.chart.ownership_tree import MOST, ownership_tree


def step(owner: str, owned: str, share: str, **more: str) -> dict[str, Any]:
    step = {"owner": owner, "owned": owned, "share": share, "share_to": None, "kind": "share"}
    return {**step, **more}


def row(name: str, tier: int, *ways: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "name": f"{name} & <Co>", "tier": tier, "holdings": list(ways)}


def answer(covered: list[Any], possible: list[Any]) -> Any:
    return {"regime": "bis", "on": "2025-11-09", "threshold": "0.5", "in_force": True,
            "covered": covered, "possibly_covered": possible}  # fmt: skip


def words(svg: str) -> str:
    return "".join(Tree.fromstring(svg).itertext())


def test_each_holding_is_drawn_once_with_its_share_and_each_company_once() -> None:
    first, second = step("X", "A", "0.5"), step("A", "B", "1")
    svg = ownership_tree(answer([row("A", 1, [first]), row("B", 2, [first, second])], []))
    assert svg.count("<path ") == 2
    assert svg.count("<rect x=") == 3
    assert "50%" in words(svg)
    assert "A & <Co>" in words(svg)


def test_a_range_and_an_unknown_share_are_not_drawn_as_a_number() -> None:
    blurred = row("A", 1, [step("X", "A", "0.25", share_to="0.75")])
    unknown = row("B", 1, [step("X", "B", "unknown", share_to="1")])
    found = words(ownership_tree(answer([], [blurred, unknown])))
    assert "25%–75%" in found
    assert "?" in found


def test_a_holding_past_a_tier_names_its_owner() -> None:
    steps = [step("X", "A", "1"), step("A", "B", "0.4"), step("X", "B", "0.1")]
    svg = ownership_tree(answer([row("A", 1, steps[:1]), row("B", 2, steps[:2], steps[2:])], []))
    assert "10% X" in words(svg)


def test_more_companies_than_make_a_picture_are_counted() -> None:
    rows = [row(f"C{number}", 1, [step("X", f"C{number}", "1")]) for number in range(MOST + 5)]
    assert "5 more are not drawn" in words(ownership_tree(answer(rows, [])))


def test_nobody_covered_is_a_picture_that_says_so() -> None:
    assert "0 covered, 0 possibly covered" in words(ownership_tree(answer([], [])))
