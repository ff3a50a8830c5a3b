"""What a text of law names, as the register writes it, and what of ours that leads to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.freshness.drafting import file_name
from detente.freshness.forgotten import _missing
from detente.freshness.found import plain
from detente.freshness.touching import Touching, amendments


def measure(name: str, headings: tuple[str, ...], *sources: str) -> Any:
    return SimpleNamespace(
        id=name, headings=lambda: headings, events=[SimpleNamespace(sources=sources)]
    )


def source(citation: str, zh: str = "") -> Any:
    return SimpleNamespace(citation=citation, citation_zh=zh)


REGISTER: Any = SimpleNamespace(
    measures=lambda: [
        measure("us-a", ("9903.01.20", "9903.01.24"), "order", "note"),
        measure("us-b", ("9903.01.24", "9903.01.30"), "order"),
        measure("cn-a", (), "zh"),
    ],
    sources={
        "order": source("Executive Order 14195, 90 Fed. Reg. 9121"),
        "proclamation": source("Proclamation No. 10908"),
        "zh": source("No. 9 of 2025", "税委会公告2025年第9号"),
        "htsus-99-note-20": source("U.S. note 20"),
        "note": source("a note"),
    },
    members=lambda digits: {"list-b", "list-a"} if digits == "85076000" else set(),
    controls={"us": SimpleNamespace(items=[SimpleNamespace(name="3A090")])},
)


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("9903.01.24", [("heading", "9903.01.24", ("us-a", "us-b"))]),
        ("9903.99.99 is new", [("heading", "9903.99.99", ())]),
        ("9903.01.21 through 9903.01.30",
         [("heading", "9903.01.21", ()), ("heading", "9903.01.24", ("us-a", "us-b")),
          ("heading", "9903.01.30", ("us-b",))]),
        ("8507.60.00 and 8507.60.00", [("code", "8507.60.00", ("list-a", "list-b"))]),
        ("8507.60.00.10, 8507.60", [("code", "8507.60", ()), ("code", "8507.60.00.10", ())]),
        ("0000.00 and $1234.56 and 1234.50% and 12345.67", []),
        ("90 Fed. Reg. 9,121", [("page", "90 FR 9121", ("us-a", "us-b"))]),
        ("90 FR 9122", [("page", "90 FR 9122", ())]),
        ("E.O. 14195", [("order", "Executive Order 14195", ("us-a", "us-b"))]),
        ("Proclamation 10908", [("proclamation", "Proclamation 10908", ("proclamation",))]),
        ("U.S. note 20(f)", [("note", "U.S. note 20(f)", ("htsus-99-note-20",))]),
        ("U.S. note 21", [("note", "U.S. note 21", ())]),
        ("3A090 and 3A091.a.1", [("item", "3A090", ("3A090",)), ("item", "3A091.a.1", ())]),
        ("§ 744.11(a), section 736.2", [("place", "744.11(a)", ()),
                                         ("place", "section 736.2", ())]),
        ("据税委会公告2025年第9号", [("announcement", "据税委会公告2025年第9号", ())]),
        ("税委会公告2025年第9号", [("announcement", "税委会公告2025年第9号", ("cn-a",))]),
        ("nothing of law, at 12:01 a.m. of 2025-11-10", []),
    ],
)  # fmt: skip
def test_a_text_touches_what_it_names(
    text: str, touched: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert [tuple(each) for each in Touching(REGISTER).of(text)] == touched


def test_listed_parties_are_looked_up_where_somebody_looks() -> None:
    touching = Touching(REGISTER, lambda text: ["Acme"] if "Acme" in text else [])
    assert [tuple(each) for each in touching.of("of\n Acme")] == [("name", "Acme", ("Acme",))]
    assert touching.of("of others") == []


def test_sentences_that_change_law_are_quoted_as_they_stand() -> None:
    text = (
        "The duty is explained. Note 20 is amended by striking “a”; The rest stays. "
        "Heading 9903.01.24 is terminated.  A reader may ask. 自2025年11月10日起停止。其余不变。"
    )
    assert amendments(text) == [
        "Note 20 is amended by striking “a”;",
        "Heading 9903.01.24 is terminated.",
        "A reader may ask. 自2025年11月10日起停止。",
    ]
    assert amendments("It is added. " * 13) == ["It is added."] * 12
    assert amendments("It is added. " * 13, most=2) == ["It is added."] * 2
    assert amendments(f"It is added {'x' * 700}.") == [f"It is added {'x' * 588}"]


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("2025-12345", "2025-12345"),
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("MOFCOM Order 2026 No.2", "MOFCOM-Order-2026-No.2"),
        ("公告2025年第9号", "公告2025年第9号"),
        ("--a--", "a"),
        ("x" * 90, "x" * 80),
    ],
)
def test_a_number_from_outside_names_a_file_of_the_folder_alone(number: str, name: str) -> None:
    assert file_name(number) == name


def test_what_is_missing_is_named_up_to_five_and_counted_beyond() -> None:
    assert _missing("records", []) == ""
    assert _missing("records", ["b", "a"]) == "2 records are missing: a; b"
    five = ["a", "b", "c", "d", "e"]
    assert _missing("records", five) == "5 records are missing: a; b; c; d; e"
    assert _missing("records", [*five, "f", "g"]) == (
        "7 records are missing: a; b; c; d; e and 2 more"
    )


def test_a_text_loses_its_markup() -> None:
    assert plain(" <b>A &amp; B</b>\n<br/>  c&nbsp;d ") == "A & B c d"
