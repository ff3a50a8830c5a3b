"""Answers as a person reads them, of small answers written by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from types import SimpleNamespace
from typing import Any

import pytest

from detente.cli.duties.goods_import import _listed as _lines_of_edition
from detente.cli.duties.show_agree import _unexplained
from detente.cli.duties.show_audit import show as show_audit
from detente.cli.duties.show_average import _listed
from detente.cli.duties.show_check import _parties
from detente.cli.duties.show_layers import _weighed
from detente.cli.law.show_events import _provisions
from detente.cli.law.update_command import _print as print_update
from detente.cli.law.watch_command import _lines as watched_lines
from detente.cli.law.watch_command import _touched
from detente.cli.output_file import _cell
from detente.cli.parties.show_items import _more
from detente.cli.parties.show_owners import _list
from detente.cli.parties.show_owners import show as show_owners
from detente.cli.parties.show_owners_count import show as show_count
from detente.cli.parties.show_party import show as show_party
from detente.cli.parties.vendors_command import _print as print_screened
from detente.cli.show_rests import rests_on
from detente.cli.show_terms import terms
from detente.cli.show_touching import touching
from detente.cli.transaction.show_assess import _working
from detente.cli.transaction.show_verify import show as show_verify
from detente.cli.what_if.show_impact import _origins, show_worlds
from detente.cli.what_if.show_scenario import _basket
from detente.cli.what_if.show_supply import _stopped
from detente.parties.masters.screened import COLUMNS


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
    company = {"share_from": "0.5", "share_to": None, "owners": "A", "sources": "register"}
    companies = [{"company": f"c{at}", **company} for at in range(22)]
    answer: Any = {
        "sentence": "22 companies are owned.",
        "files": [
            {"name": "one.csv", "rows": 1, "with_share": 1200, "left_out": 3,
             "left_out_first": ["line 4: no owner"], "sha256": "0123456789abcdef" * 4}
        ],
        "companies": companies,
        "possibly": [],
        "red_flags": [{"id": f"f{at}", "why": "look"} for at in range(21)],
        "ambiguous": ["r1"],
        "notes": ["Shares of one day."],
    }  # fmt: skip
    lines = show_count(answer).split("\n")
    assert lines[:5] == [
        "22 companies are owned.",
        "  one.csv: 1 row, 1,200 with a share, 3 left out; sha256 0123456789abcdef",
        "    line 4: no owner",
        "    and 2 more; --json and -o FILE give them all",
        "  + c0: 50% held by A (register)",
    ]
    assert lines[5:24] == [f"  + c{at}: 50% held by A (register)" for at in range(1, 20)]
    assert lines[24:27] == ["  and 2 more; -o FILE writes them all", "Look closer", "  f0: look"]
    assert lines[46:] == [
        "  and 1 more; --json gives them all", "Hold each other up", "  r1",
        "  ! Shares of one day.",
    ]  # fmt: skip
    answer |= {"red_flags": [], "ambiguous": []}
    may_be = [{**each, "share_from": "0", "share_to": "0.5"} for each in companies]
    lines = show_count({**answer, "companies": [], "possibly": may_be}).split("\n")
    assert lines[4] == "  ? c0: 0% to 50% held by A (register)"
    assert lines[24] == "  and 2 more that may be; -o FILE writes them too"
    answer["companies"] = companies[:20]
    answer["files"][0]["left_out"] = 1
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


def of_numbers(**row: Any) -> Callable[[int], Any]:
    """Makes so many rows, each with its number in the place of an ellipsis."""

    def rows(count: int) -> Any:
        return [
            {key: f"<{at}>" if value is ... else value for key, value in row.items()}
            for at in range(count)
        ]

    return rows


def of_audit(count: int) -> Any:
    differing = of_numbers(id=..., status="over", difference="1.00", why="w", reasons=["x"],
                           refund=None, deadlines=[])  # fmt: skip
    totals = {"rows": {"unresolved": 0}, "by_reason": []}
    sums = dict.fromkeys(("declared", "owed", "over", "under", "rounding", "refundable"), "0.00")
    return show_audit({"totals": {"entries": count, **totals, **sums}, "warnings": [],
                       "rows": differing(count), "basis": "b"})  # fmt: skip


def of_owners(key: str) -> Callable[[int], str]:
    def shown(count: int) -> str:
        company = of_numbers(id=..., name="", country="", branch_of="", kind="", holdings=[],
                             share=["0.5", "0.5"], share_exact=None, requirement="r")  # fmt: skip
        rows = {"covered": [], "possibly_covered": [], key: company(count)}
        answer: Any = {
            "on": "2025-10-15", "regime": "us", "in_force": True, "title": "t", "red_flags": [],
            "ambiguous": [], "notes": [], "finding": "", "reading": "law", "coverage": [], **rows,
        }  # fmt: skip
        return show_owners(answer)

    return shown


def of_screened(count: int) -> str:
    found = [
        SimpleNamespace(
            parties=["p"], cells=lambda: [""] * len(COLUMNS), related="", row=at,
            standing=SimpleNamespace(state=""), listing=["", "", "key"], name=f"<{at}>",
            decides=f"<{at}>",
        )
        for at in range(count)
    ]  # fmt: skip
    return printed(print_screened, SimpleNamespace(found=found))


def of_update(count: int) -> str:
    manifest = SimpleNamespace(name="law", areas={})
    taken = SimpleNamespace(manifest=manifest, signed_by="k", forgotten=[])
    rows = of_numbers(on="d", code=..., origin="CN", before="0", after="0", what="w")(count)
    return printed(print_update, taken, rows, SimpleNamespace(dry_run=True))


def printed(function: Callable[..., None], *given: Any) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        function(*given)
    return out.getvalue()


def of_watched(count: int) -> str:
    rows = of_numbers(known=True, published="", source="fr", document=..., title="t", url="",
                      touches=[])  # fmt: skip
    answer: Any = {"areas": [], "unread": rows(count), "quiet": {}, "unwatched": [], "indexes": []}
    return "\n".join(watched_lines(answer, False))


def of_basket(count: int) -> str:
    effect = of_numbers(on="2026-01-01", code=..., origin="CN", before="0", after="0.1", what="w")
    answer: Any = {"days": ["2026-01-01"], "basket": {"goods": 60, "effects": effect(count)}}
    return _basket(answer)


def of_names(count: int) -> str:
    return of_party([{"text": "e"}, *of_numbers(text=..., lists=["EL"])(count)], [])


def of_addresses(count: int) -> str:
    return of_party([{"text": "e"}], [each["text"] for each in of_numbers(text=...)(count)])


def of_party(names: list[dict[str, Any]], addresses: list[Any]) -> str:
    party = {"entry": "e", "countries": [], "key": "k", "names": names, "addresses": addresses}
    answer: Any = {
        "party": party,
        "on": "2026-08-01",
        "lists": [],
        "days": [],
        "related": [],
        "namesakes": [],
        "owners": "",
        "near": [],
        "coverage": [],
        "beside": [],
    }
    return show_party(answer)


def of_partners(count: int) -> str:
    partners = of_numbers(origin=..., share="0.01")(count)
    weighting = {"title": "t", "value": "1000"}
    answer: Any = {"weighting": weighting, "partners": partners, "weights": "w"}
    return _weighed(answer)


def of_neighbours(count: int) -> str:
    none: dict[str, Any] = dict.fromkeys(("of", "measures", "reasons", "tests", "also", "code"))
    hit: Any = {**none, "codes": [], "neighbours": of_numbers(item=..., title="t")(count)}
    return "\n".join(_more(hit, True))


def of_agreement(count: int) -> str:
    cell = of_numbers(code=..., origin="CN", on="d", family="f", theirs="0", ours="0", status="s")
    answer: Any = {"unexplained": cell(count), "totals": {"unexplained": count}}
    return _unexplained(answer)


def of_hits(count: int) -> str:
    hits = of_numbers(name=..., listed="l")(count)
    parties: Any = {"names": count, "by_status": {}, "reasons": [], "hits": hits, "related": []}
    return "\n".join(_parties(parties))


def of_origins(count: int) -> str:
    amounts = ("value_before", "value_after", "change", "duty_before", "duty_static", "duty_after",
               "average_before", "average_static")  # fmt: skip
    return _origins(of_numbers(name=..., **dict.fromkeys(amounts, "0"))(count))


def of_coverage(count: int) -> str:
    rows = of_numbers(what=..., state="partly", scope="s")(count)
    return rests_on({"status": "open", "coverage": [{"state": "read"}, *rows]})


CUT: dict[str, tuple[Callable[[int], str], int, str]] = {
    "rates that do not agree": (of_agreement, 12, "… 1 more: -o FILE"),
    "names of a file": (of_hits, 12, "… 1 more: -o FILE"),
    "codes left out of an average": (
        lambda count: _listed("w", of_numbers(code=..., value="1", why="y")(count)),
        5,
        "and 1 more, $1 (--json",
    ),
    "partners of an average": (of_partners, 6, "and 1 more."),
    "audited entries": (of_audit, 20, "and 1 more: write"),
    "names of a party": (of_names, 12, "and 1 more"),
    "addresses of a party": (of_addresses, 4, "and 1 more"),
    "items nearby": (of_neighbours, 6, "and 1 more near it"),
    "what was read in part": (of_coverage, 6, "and 1 more (--json"),
    "covered companies": (of_owners("covered"), 40, "and 1 more; --json"),
    "possibly covered companies": (of_owners("possibly_covered"), 40, "and 1 more; --json"),
    "notes on owners": (
        lambda count: _list("Notes", [f"<{at}>" for at in range(count)]),
        40,
        "and 1 more; --json",
    ),
    "origins of imports": (of_origins, 12, "and 1 more (--json"),
    "goods of a basket": (of_basket, 40, "and 1 more, with --json"),
    "provisions": (lambda count: _provisions(f"<{at}>" for at in range(count)), 3, "4 provisions:"),
    "screened rows": (of_screened, 25, "and 1 more rows;"),
    "duties after an update": (of_update, 40, "and 1 more"),
    "documents not read": (of_watched, 60, "and 1 more (--json"),
    "what a document touches": (
        lambda count: "\n".join(_touched(of_numbers(kind="k", name=..., ours=[])(count))),
        8,
        "touches 1 more",
    ),
    "lines of an edition": (
        lambda count: "\n".join(_lines_of_edition("t", [f"<{at}>" for at in range(count)])),
        20,
        "and 1 more, with --json",
    ),
}
"""What is cut short: how it is printed, how many are shown, and what is said of one more."""


@pytest.mark.parametrize("name", CUT)
def test_a_list_is_shown_whole_up_to_its_number_and_one_more_is_counted(name: str) -> None:
    shown, most, more = CUT[name]
    whole, cut = shown(most), shown(most + 1)
    numbers = [f"<{at}>" for at in range(most)]
    assert re.findall(r"<\d+>", whole) == numbers == re.findall(r"<\d+>", cut)
    assert more in cut
    assert "more" not in whole
    assert more not in whole


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ([None, "0.5"], "what part of the imports it stops is not known"),
        (["0.5", None], "what part of the imports it stops is not known"),
        (["0.5", "0.5"], "50% of the imports of 2021 to 2024 stopped"),
        (["0", "0.5"], "0% to 50% of the imports of 2021 to 2024 stopped"),
    ],
)
def test_what_is_stopped_is_known_between_two_ends(ends: Any, words: str) -> None:
    assert _stopped(ends) == words


def test_nothing_that_touches_goods_is_no_line() -> None:
    assert touching([]) == ""


@pytest.mark.parametrize(
    ("register", "answer", "lines"),
    [
        (None, None, []),
        ({"at_hand": None, "same": None}, {}, []),
        ({"at_hand": "r2", "same": True}, {}, []),
        (
            {"at_hand": "r2", "same": False},
            {"pay_then": "1", "pay": "2", "decision_then": "none", "decision": "none"},
            ["  to pay, then: 1", "  to pay, now: 2"],
        ),
        (
            {"at_hand": "r2", "same": False},
            {"pay_then": "1", "pay": "1", "decision_then": "none", "decision": "required"},
            ["  licence, then: none", "  licence, now: required"],
        ),
        (
            {"at_hand": "r2", "same": False},
            {"pay_then": "1", "pay": "1", "decision_then": "none", "decision": "none"},
            ["  What is paid and whether a licence is needed are the same now as then."],
        ),
    ],
)
def test_a_memo_of_another_register_is_told_with_what_differs(
    register: dict[str, Any] | None, answer: dict[str, Any] | None, lines: list[str]
) -> None:
    if register is not None:
        register = {"memo": "r1", "version_at_hand": "1.1", "version_memo": "1.0", **register}
    found: Any = {"memo": "m.md", "outcome": "holds", "because": "b", "register": register,
                  "answer": answer}  # fmt: skip
    first, *more = show_verify(found).split("\n")
    assert first == "m.md: HOLDS: b"
    if lines:
        assert more[0] == (
            "The register at hand is another: r2 (version 1.1), and the memo states r1 "
            "(version 1.0)."
        )
    assert more[1:] == lines


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ({"a": "贸"}, '{"a": "贸"}'),
        ([{"a": 1}, "b"], '[{"a": 1}, "b"]'),
        (["b", ["c"]], '["b", ["c"]]'),
        (["a", "b"], ["a", "b"]),
        ("a", "a"),
        (None, None),
    ],
)
def test_what_stands_below_a_cell_is_written_as_json(value: Any, cell: Any) -> None:
    assert _cell(value) == cell
