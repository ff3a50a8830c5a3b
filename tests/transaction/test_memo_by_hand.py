"""A memo beside a ledger whose entries are written here: which of them it is held against."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente._version import __version__
from detente.transaction.memo import check, ledger
from detente.transaction.memo.attested import Attested, with_attested, without_attested
from detente.transaction.memo.check import Again, LedgerRecords

QUESTION = {"code": "8507.60.00.10"}
WRITTEN, LATER = "2026-01-02T03:04:05", "2026-01-02T03:04:06"
HASH = "a" * 64


def memo(text: str = "one\ntwo\nthree", **more: Any) -> Any:
    again = {"question": QUESTION, "answer_sha256": HASH} | more.pop("again", {})
    kept = {
        "text": text, "again": again, "written": WRITTEN, "form": "markdown", "unchanged": True,
        "computed": "c", "stated": "s", "attested": Attested(),
    } | more  # fmt: skip
    return SimpleNamespace(**kept)


def entry(number: int, **more: Any) -> Any:
    kept = {
        "number": number, "kind": ledger.KIND, "question": ledger.canonical(QUESTION),
        "recorded": LATER, "answer": '{"text":"another"}', "version": __version__,
    } | more  # fmt: skip
    return SimpleNamespace(**kept)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry's memo is the text of its answer."""
    monkeypatch.setattr(ledger, "memo_of", lambda answer, written: answer["text"])
    monkeypatch.setattr(ledger, "render", lambda made, form: made)


def text_of(lines: str) -> str:
    return '{"text":"' + lines.replace("\n", "\\n") + '"}'


@pytest.mark.parametrize(
    ("more", "leads"),
    [
        ({}, True),  # by its question
        ({"question": "{}"}, False),
        ({"question": "{}", "recorded": WRITTEN}, True),  # by its instant
        ({"question": "{}", "answer": f'{{"text":"x","sha256":"{HASH}"}}'}, True),  # by its hash
        ({"question": "{}", "answer": f'{{"text":"x","hash":"{HASH}"}}'}, False),
        ({"kind": "duty"}, False),
        ({"kind": "duty", "recorded": WRITTEN}, False),
    ],
)
def test_an_entry_is_held_against_a_memo_that_leads_to_it(
    more: dict[str, Any], leads: bool
) -> None:
    found = ledger.compare(memo(), [entry(1, **more)])
    assert [each.entry.number for each in found] == [1] * leads


def test_a_hash_that_is_no_text_leads_nowhere() -> None:
    odd = memo(again={"answer_sha256": 5})
    assert ledger.compare(odd, [entry(1, question="{}", answer='{"text":"x","sha256":5}')]) == []


def test_the_entry_of_the_text_and_the_instant_stands_first_then_the_likest() -> None:
    entries = [
        entry(1, answer=text_of("nothing")),
        entry(2, answer=text_of("one\nTWO\nthree")),
        entry(3, answer=text_of("one\ntwo\nthree")),
        entry(4, answer=text_of("one\ntwo\nthree"), recorded=WRITTEN),
        entry(5, answer=text_of("one"), recorded=WRITTEN),
        entry(6, answer="no answer"),
    ]
    found = ledger.compare(memo(), entries)
    assert [each.entry.number for each in found] == [4, 3, 2, 5, 1, 6]
    assert [(each.same, each.bound, each.dated, each.text == "") for each in found] == [
        (True, True, True, False), (True, False, False, False), (False, False, False, False),
        (False, True, False, False), (False, False, False, False), (False, False, False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "written", "told"),
    [
        ("a\nb", "a\nb", "only line ends differ"),
        ("a\nb", "a\nc", "line 2 says 'b', where 'c' was written"),
        ("a", "a\nc", "line 2 says '', where 'c' was written"),
        ("a\nb", "a", "line 2 says 'b', where '' was written"),
        ("x\nb", "y\nc", "line 1 says 'x', where 'y' was written"),
        ("a\u200bb", "ab", "line 1 says 'a\\u200bb' (with ZERO WIDTH SPACE), where 'ab' was"),
    ],
)
def test_the_first_line_that_differs_is_told(stated: str, written: str, told: str) -> None:
    assert ledger.difference(stated, written).startswith(told)


@pytest.mark.parametrize(("before", "after", "shown"), [
    (10, 10, "'" + "a" * 10 + "X" + "a" * 10 + "'"),
    (80, 79, "'" + "a" * 80 + "X" + "a" * 79 + "'"),
    (80, 80, "'" + "a" * 80 + "X" + "a" * 79 + "…'"),
    (81, 0, "'…" + "a" * 80 + "X'"),
    (90, 90, "'…" + "a" * 80 + "X" + "a" * 79 + "…'"),
])  # fmt: skip
def test_a_long_line_is_cut_around_the_place_that_differs(
    before: int, after: int, shown: str
) -> None:
    line, other = ("a" * before + sign + "a" * after for sign in "XY")
    assert ledger._shown(line, other) == shown


# --- the judgment --------------------------------------------------------------------------------

AGAIN = Again({"register": {"sha256": "r"}}, "", "one\ntwo\nthree", True)  # type: ignore[typeddict-item]


def records(
    *entries: Any, fault: Any = None, hashes: dict[int, str] | None = None
) -> LedgerRecords:
    chain: Any = SimpleNamespace(faults=[fault] if fault else [])
    return LedgerRecords("home", chain, entries, (hashes or {}).get)


def judged(read: Any, kept: LedgerRecords | None, again: Again = AGAIN) -> tuple[str, str, Any]:
    found = check._judge(read, kept, again)
    return found.outcome, found.because, found.entry


def test_a_memo_whose_hash_is_another_was_changed() -> None:
    outcome, because, number = judged(memo(unchanged=False), records(entry(7)))
    assert (outcome, number) == (check.CHANGED, 7)
    assert because == (
        "its SHA-256 is c, and it states s: it was changed after it was written."
    )  # fmt: skip


def test_the_entry_of_its_text_and_instant_makes_a_memo_hold() -> None:
    own = entry(3, answer=text_of("one\ntwo\nthree"), recorded=WRITTEN)
    assert judged(memo(), records(entry(2), own)) == (
        check.HOLDS, "entry 3 of the ledger makes this memo, word for word, and of this day.", 3,
    )  # fmt: skip
    other = own.__class__(**{**vars(own), "recorded": LATER})
    outcome, because, number = judged(memo(), records(other))
    assert (outcome, number) == (check.CANNOT_TELL, 3)
    assert f"recorded at {LATER}, and nothing shows that the memo was written at {WRITTEN}" in (
        because
    )


def test_another_answer_of_the_ledger_changes_a_memo_unless_the_register_makes_it() -> None:
    outcome, because, _ = judged(memo(), records(entry(2)))
    assert outcome == check.HOLDS  # the register at hand makes it
    assert because.startswith("the same register, asked again, makes this memo, word for word. "
                              "The ledger holds another answer to the same question.")  # fmt: skip
    bound = entry(2, recorded=WRITTEN)
    assert judged(memo(), records(bound)) == (
        check.CHANGED,
        "entry 2 of the ledger makes another memo: line 1 says 'one', where 'another' was written.",
        2,
    )
    unlike = AGAIN._replace(text="one")
    assert judged(memo(), records(entry(2)), unlike)[0] == check.CHANGED
    old = entry(2, version="0.0")
    outcome, because, number = judged(memo(), records(old), unlike)
    assert (outcome, number) == (check.CANNOT_TELL, 2)
    assert because == (
        f"entry 2 of the ledger was recorded by version 0.0, and this is {__version__}, which "
        "words its memo otherwise. Verify with that version."
    )


def test_a_ledger_that_is_no_evidence_leaves_the_register_to_say() -> None:
    own = entry(3, answer=text_of("one\ntwo\nthree"), recorded=WRITTEN)
    for number, where in ((4, "entry 4"), (0, "as a whole")):
        fault = SimpleNamespace(number=number, what="it is cut")
        outcome, because, _ = judged(memo(), records(own, fault=fault))
        assert outcome == check.HOLDS
        assert f"is not evidence, since its chain does not hold ({where}: it is cut)." in because
    attested = memo(attested=Attested(3, "h"))
    assert judged(attested, records(own, hashes={3: "h"}))[2] == 3
    gone = judged(attested, records(own, hashes={3: "i"}))
    assert gone[2] is None
    assert "recorded as entry 3 with the hash h, and that entry is not there" in gone[1]
    none = judged(memo(), records(entry(2, kind="duty")))
    assert "The ledger home holds no answer to this question." in none[1]
    assert "holds no answer" not in judged(memo(), None)[1]


def test_the_register_at_hand_tells_only_where_it_is_the_one_that_answered() -> None:
    assert judged(memo(), None)[0] == check.HOLDS
    outcome, because, _ = judged(memo(), None, AGAIN._replace(text="one\n2\nthree"))
    assert outcome == check.CHANGED
    assert because == (
        "the same register, asked again, makes another memo: line 2 says 'two', where '2' was "
        "written."
    )
    other = AGAIN._replace(comparable=False)
    stated = memo(again={"register_sha256": "q", "version": "0.0"})
    outcome, because, _ = judged(stated, None, other)
    assert outcome == check.CANNOT_TELL
    assert because == (
        "it was made by register and lists of SHA-256 q and version 0.0 of the program, and at "
        f"hand are r and version {__version__}. Verify where those are, or beside a ledger that "
        "holds the answer."
    )
    same = memo(again={"register_sha256": "r", "version": "0.0"})
    assert "it was made by version 0.0 of the program, and at hand" in judged(same, None, other)[1]
    lost = Again(None, "no such code", "", False)
    assert judged(memo(), None, lost)[1] == (
        "its question cannot be asked again here: no such code."
    )  # fmt: skip


# --- what stands below the hash ------------------------------------------------------------------


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize(
    "made",
    [
        Attested(7, "b" * 64),
        Attested(None, None, "KEY", "SIGN"),
        Attested(7, "b" * 64, "KEY", "SIGN"),
    ],
)
def test_what_is_attested_is_taken_off_again(form: str, made: Attested) -> None:
    bare = "A memo\n" if form == "markdown" else "<p>A memo</p>\n</footer>\n</body>\n</html>\n"
    text = with_attested(bare, made, form)
    assert text != bare
    assert without_attested(text) == (bare, made)
    assert without_attested(bare) == (bare, Attested())
    # within a memo it does not pass for what stands below its hash
    inside = text + ("more\n" if form == "markdown" else "<p>more</p>\n")
    assert without_attested(inside) == (inside, Attested())


def test_what_is_signed_names_hash_entry_and_key() -> None:
    assert Attested(7, "h", "KEY").text_of("seal") == "detente memo 1\nseal\n7\nh\nKEY"
    assert Attested().text_of("seal") == "detente memo 1\nseal\n\n\n"
