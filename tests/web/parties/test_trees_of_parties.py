"""A party's owners on the page of a transaction: how they are written, and their tree."""

from __future__ import annotations

import re
from typing import Any

import pytest

from detente.api.refusals import RefusedError
from detente.register.book import Register
from detente.web.transaction import _owner, _reaching, _share


def step(owner: str, owned: str, share: str = "0.6") -> dict[str, Any]:
    step = {"owner": owner, "owned": owned, "share": share, "share_to": None, "sources": []}
    return {**step, "kind": "share"}


def rule(
    *paths: list[dict[str, Any]], result: str = "covered", in_force: bool = True
) -> dict[str, Any]:
    return {
        "result": result, "regime": "bis", "holdings": list(paths), "share": ["0.5", "0.6"],
        "in_force": in_force,
    }  # fmt: skip


def party(*rules: dict[str, Any]) -> Any:
    return {"name": "C", "owners": list(rules)}


def test_the_tree_is_as_deep_as_the_longest_way_to_the_party(register: Register) -> None:
    ways = [step("A", "C")], [step("A", "B"), step("B", "C")]
    (found,) = _reaching(register, party(rule(*ways)), "2025-10-15")
    boxes = dict(re.findall(r"<title>(\w)[^<]*</title><rect x=\"(\d+)\"", str(found.tree)))
    # Three columns, 290 points from one to the next: A, B, C.
    assert boxes == {"A": "16", "B": "306", "C": "596"}
    assert 'width="762"' in found.tree
    assert "1 covered, 0 possibly covered. Threshold 50%." in found.tree
    assert found.described["share_in_words"] == "50% to 60%"


def test_a_party_that_may_be_covered_is_drawn_as_such_and_one_that_is_not_is_left_out(
    register: Register,
) -> None:
    perhaps, none = rule([step("A", "C")], result="possibly_covered"), rule(result="not_covered")
    (found,) = _reaching(register, party(none, perhaps), "2025-10-15")
    assert "C: possible" in found.tree
    assert "0 covered, 1 possibly covered" in found.tree
    over = rule([step("A", "C")], in_force=False)
    (found,) = _reaching(register, party(over), "2025-12-15")
    assert "not in force; 1 would be covered, and perhaps 0 more" in found.tree
    (without,) = _reaching(register, party(rule()), "2025-10-15")
    assert without.tree == ""


@pytest.mark.parametrize(
    ("ends", "words"), [(None, ""), (["0.5", "0.5"], "50%"), (["0", "1/3"], "0% to about 33.3333%")]
)
def test_a_share_is_said_with_both_ends(ends: list[str] | None, words: str) -> None:
    assert _share(ends) == words


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Acme: 50%", {"name": "Acme", "share": "50%"}),
        (" Acme Ltd : 25-30 : EL ", {"name": "Acme Ltd", "share": "25-30", "list": ["EL"]}),
        ("Acme: 50%:", {"name": "Acme", "share": "50%"}),
    ],
)
def test_an_owner_has_a_name_a_share_and_perhaps_a_list(text: str, owner: dict[str, Any]) -> None:
    assert _owner(text) == owner


@pytest.mark.parametrize("text", ["Acme", "Acme:", ": 50%", " : "])
def test_an_owner_without_a_share_or_a_name_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as told:
        _owner(text)
    assert told.value.refusal.what == f"{text!r} names no owner with a share."
    assert told.value.refusal.status == 422
