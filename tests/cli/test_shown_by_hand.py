"""Answers as a person reads them, of small answers written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from detente.cli.parties.show_owners_count import show as show_count
from detente.cli.show_terms import terms
from detente.cli.transaction.show_assess import _working
from detente.cli.what_if.show_impact import show_worlds


@pytest.mark.parametrize(
    ("described", "lines"),
    [
        ({}, []),
        ({"speaker": "the ministry"}, ["Said by the ministry."]),
        ({"test": "the duty of 2026"}, ["Tested by: the duty of 2026"]),
        (
            {
                "promised": [
                    {"what": "soybeans", "amount": "25", "unit": "million t", "from": "2026",
                     "until": "2028"},
                    {"what": "talks", "amount": "", "unit": "", "from": "", "until": ""},
                    {"what": "oil", "amount": "", "unit": "t", "from": "", "until": "2027"},
                ]
            },
            [
                "promised: soybeans, 25 million t, from 2026, until 2028",
                "promised: talks",
                "promised: oil, until 2027",
            ],
        ),
        (
            {
                "progress": [{"on": "2026-01-02", "text": "12 bought", "sources": ["a", "b"]}],
                "instruments": [{"verb": "ends", "what": "20%", "measure": "m", "limb": "x"}],
            },
            ["2026-01-02: 12 bought [a; b]", "ends: 20% (m/x)"],
        ),
    ],
)  # fmt: skip
def test_claims_and_commitments_are_told_part_by_part(
    described: dict[str, Any], lines: list[str]
) -> None:
    assert terms(described) == lines


def test_a_count_of_owned_companies_shows_twenty_and_says_how_many_more() -> None:
    company = {"share_from": "0.5", "owners": "A", "sources": "register"}
    companies = [{"company": f"c{at}", **company} for at in range(22)]
    answer: Any = {
        "sentence": "22 companies are owned.",
        "files": [
            {"name": "one.csv", "rows": 1, "with_share": 1200, "left_out": 3,
             "left_out_first": ["line 4: no owner"], "sha256": "0123456789abcdef" * 4}
        ],
        "companies": companies,
        "notes": ["Shares of one day."],
    }  # fmt: skip
    lines = show_count(answer).split("\n")
    assert lines[:4] == [
        "22 companies are owned.",
        "  one.csv: 1 row, 1,200 with a share, 3 left out; sha256 0123456789abcdef",
        "    line 4: no owner",
        "  + c0: 0.5 held by A (register)",
    ]
    assert lines[4:23] == [f"  + c{at}: 0.5 held by A (register)" for at in range(1, 20)]
    assert lines[23:] == ["  and 2 more; -o FILE writes them all", "  ! Shares of one day."]
    answer["companies"] = companies[:20]
    assert "more;" not in show_count(answer)


def test_the_working_of_a_transaction_names_every_hit_and_every_rule_of_owners() -> None:
    hit = {
        "score": "0.912", "list": "EL", "entry": "Acme", "why": ["agree: acme", "city"],
        "standing": "in_force",
    }  # fmt: skip
    rule = {"title": "Affiliates", "result": "possibly_covered", "state": "not_in_force"}
    answer: Any = {
        "duty": {"applies": False},
        "parties": [
            {
                "name": "Acme Ltd",
                "hits": [hit],
                "owners": [{**rule, "paths": [["a", "b"], ["c", "b"]]}, {**rule, "paths": []}],
            },
            {"name": "Nobody", "hits": [], "owners": []},
        ],
    }
    # A party of which nothing was found has no part of its own.
    assert _working(answer) == [
        "Names like Acme Ltd\n"
        "  - 0.912  EL  Acme: agree: acme; city [in force]\n"
        "  - Affiliates: possibly covered (a > b; c > b) [not in force]\n"
        "  - Affiliates: possibly covered [not in force]"
    ]


def test_worlds_stand_side_by_side_with_their_range() -> None:
    def world(data: str, year: str, welfare: dict[str, str], bands: Any) -> dict[str, Any]:
        return {"data": data, "year": year, "sectors": 20, "welfare": welfare, "bands": bands}

    answer: Any = {
        "worlds": [
            world("small", "2017", {"US": "-0.1", "CN": "-0.3"},
                  {"welfare": {"US": ["-0.2", "0.0"], "CN": ["-0.4", "-0.2"]}}),
            world("old", "", {"US": "-0.1", "CN": "-0.5"}, None),
        ],
        "welfare": {"US": ["-0.1", "-0.1"], "CN": ["-0.5", "-0.3"]},
        "welfare_measure": "real income",
        "closure": "held",
        "without": [{"data": "large", "why": "its data is not at hand"}],
        "notes": [],
        "change": {"kind": "duty", "points": "25", "from": "US", "on": "CN"},
        "coverage": [],
        "status": "ok",
    }  # fmt: skip
    import detente.cli.what_if.show_impact as shown

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shown, "_change", lambda _: "A change")
        patch.setattr(shown, "rests_on", lambda _: "")
        parts = show_worlds(answer).split("\n\n")
    assert " ".join(parts[0].split()) == (
        "A change: range over 2 worlds: small (2017, 20 sectors); old (no year, 20 sectors). Real "
        "income welfare, percent, deficits held; in brackets 5 to 95% of draws of elasticities. "
        "--world NAME gives one world and its other figures."
    )
    table = [line.split() for line in parts[1].split("\n")]
    assert table[0] == ["welfare", "small", "old"]
    assert table[1] == ["US", "-0.1", "-0.1", "[-0.2", "to", "0.0]", "-0.1"]
    assert table[2] == ["CN", "-0.5", "to", "-0.3", "-0.3", "[-0.4", "to", "-0.2]", "-0.5"]
    assert parts[2] == "- large: its data is not at hand"
    assert len(parts) == 4  # without notes no empty part
