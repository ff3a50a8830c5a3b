"""Memos that were edited and sealed again, beside the ledger and without it.

Whoever edits knows the program: the hash at the end is made anew, and what the memo states of
itself may be made to fit. With the ledger each is found; without it, with the register that
answered; and nothing that was edited ever holds.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.store.ledger import Ledger
from detente.transaction import assessment
from detente.transaction.assessment import Assessment, Assessor
from detente.transaction.memo.blocks import BLANK
from detente.transaction.memo.check import check_memo
from detente.transaction.memo.ledger import KIND, LedgerRecords, difference
from detente.transaction.memo.memo import memo_of, render, seal_of
from detente.transaction.memo.reading import DamagedMemoError, read_memo
from detente.transaction.shipment import Owner, Party, Shipment

ON = "2025-11-12"
RECORDED = "2026-11-24T19:00:00.000+00:00"
LATER = "2026-11-24T20:00:00.000+00:00"

SCHEDULE = Schedule()

Edit = Callable[[str], str]


def swap(old: str, new: str, count: int = -1) -> Edit:
    return lambda text: text.replace(old, new, count)


def carried(**changes: Any) -> Edit:
    """Edit the block that a program reads, in either form."""

    def edit(text: str) -> str:
        from html import escape, unescape

        found = list(re.finditer(r"```json\n(.*?)\n```|<pre>(.*?)</pre>", text, re.DOTALL))[-1]
        html = found[1] is None
        described = json.loads(unescape(found[2]) if html else found[1])
        for key, value in changes.items():
            part, _, name = key.rpartition("__")
            (described[part] if part else described)[name] = value
        block = json.dumps(described, ensure_ascii=False, indent=1)
        at = 2 if html else 1
        return text[: found.start(at)] + (escape(block) if html else block) + text[found.end(at) :]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for each in edits:
            text = each(text)
        return text

    return edit


def without(start: str, end: str) -> Edit:
    """Cut out everything from one text up to another."""

    def edit(text: str) -> str:
        before, found, rest = text.partition(start)
        return before + rest[rest.index(end) :] if found else text

    return edit


AMOUNT = swap("$4,840.00", "$4,480.00")
ANOTHER = {"register_sha256": "ab" * 32}

EDITS: dict[str, Edit] = {
    "an amount": AMOUNT,
    "one amount of several": swap("$4,840.00", "$4,480.00", 1),
    "a rate": swap("48.4%", "44.8%"),
    "a rate's last digit": swap("48.4%", "48.3%", 1),
    "a party": swap("Shenzhen Battery Works", "Shanghai Battery Works"),
    "a party, and the question": both(
        swap("Shenzhen Battery Works", "Shanghai Battery Works"),
        carried(question__parties=[]),
    ),
    "what a list says of a party": swap("listed", "clear"),
    "the verdict": swap("prohibited", "no licence", 1),
    "a heading of the tariff": swap("9903.91.01", "9903.91.02", 1),
    "the day in words": swap("12 November 2025", "13 November 2025"),
    "the day of the question": carried(question__on="2025-11-13"),
    "the day everywhere": both(
        swap("12 November 2025", "13 November 2025"), swap("2025-11-12", "2025-11-13")
    ),
    "the instant of writing": both(
        swap("2026-11-24 19:00:00", "2026-11-20 19:00:00"),
        carried(written=RECORDED.replace("11-24", "11-20")),
    ),
    "the hash of the answer": carried(answer_sha256="cd" * 32),
    "an amount, and the hash of the answer": both(AMOUNT, carried(answer_sha256="cd" * 32)),
    "an amount, and no hash of the answer": both(AMOUNT, carried(answer_sha256=None)),
    "an amount, and the hash of the register": both(AMOUNT, carried(**ANOTHER)),
    "an amount, and the version": both(AMOUNT, carried(version="9.9.9")),
    "an amount, and everything that it states": both(
        AMOUNT, carried(**ANOTHER, version="9.9.9", answer_sha256="cd" * 32, written=LATER)
    ),
    "the hash of the register in its table": lambda text: re.sub(
        r"(SHA-256(?: \| |</th><td>))[0-9a-f]{4}", r"\g<1>0000", text, count=1
    ),
    "a caveat cut out": without("Caveats", "Sources"),
    "sources cut out": without("Sources", "Register"),
    "parties cut out": without("Parties", "Caveats"),
    "the advice at its end": swap("not legal advice", "legal advice"),
    "a space more": swap("Verdict", "Verdict ", 1),
    "a space that does not break": swap("Pay: ", "Pay:\u00a0", 1),
    "a sign of no width": swap("Pay: ", "Pay: \u200b", 1),
    "a letter of another script": swap("Pay", "P\u0430y", 1),
    "a digit of another script": swap("4,840", "\uff14,840", 1),
    "a sign that turns the line": swap("$4,840.00", "\u202e00.048,4$\u202c", 1),
    "a line of its own": swap("\n", "\n\n", 1),
    "another system's line ends in one place": swap("\n", "\r", 1),
    "a text before it": lambda text: f"Approved by the authority.\n\n{text}",
}

HTML_EDITS: dict[str, Edit] = {
    "a text that is hidden": swap("<h2>Verdict", "<p hidden>Nothing is owed.</p>\n<h2>Verdict"),
    "a part that is hidden": swap("<h2>Parties", "<h2 hidden>Parties"),
    "a comment": swap("<h1>", "<!-- checked --><h1>"),
    "a style that hides": swap("</style>", "li small { display: none; }</style>"),
    "a label for readers alone": swap('aria-label="Layers of duty"', 'aria-label="No duty"'),
    "an address of a source": swap('href="https://www', 'href="https://vvv', 1),
    "a script": swap("</main>", "<script>document.title = 'Free'</script></main>"),
    "a policy that lets scripts run": swap("default-src 'none'", "default-src 'self'"),
    "a second block for programs": swap(
        "<h1>", '<pre>{\n "question": {"code": "9999"}\n}</pre><h1>', 1
    ),
    "an entity in place of a letter": swap("Verdict", "&#86;erdict", 1),
    "the title of the window": swap("<title>Assessment", "<title>Approval"),
    "a footer more": swap("<footer>", "<footer><p>Checked.</p>", 1),
}

MARKDOWN_EDITS: dict[str, Edit] = {
    "a comment": swap("# Assessment", "<!-- checked -->\n# Assessment", 1),
    "a link behind words": swap("## Sources", "## [Sources](https://example.org)"),
    "a second block for programs": swap(
        "## Verdict", '```json\n{\n "question": {"code": "9999"}\n}\n```\n\n## Verdict', 1
    ),
    "a row more in the table": swap(
        "| total |", "| none | Rebate | -40% | | -$4,000.00 | | |\n| total |"
    ),
}


def sealed(text: str) -> str:
    """A memo with its hash made anew, as its forger does."""
    head, _, tail = text.rpartition(BLANK)
    return f"{head}{seal_of(text)}{tail}"


@pytest.fixture(scope="module", autouse=True)
def _one_assessor() -> Iterator[None]:
    """Hundreds of memos of one question are checked here: what they share is read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assessment, "Assessor", cache(Assessor))
        yield


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def newer(register: Register) -> Register:
    return register.with_measures([], "newer")


@pytest.fixture(scope="module")
def answer(register: Register) -> Assessment:
    return Assessor(register, SCHEDULE).assess(shipment(), ON)


def shipment() -> Shipment:
    return Shipment(
        "8507.60.00.10",
        "CN",
        "10000",
        parties=(
            Party("Shenzhen Battery Works", "maker", "CN"),
            Party(
                "Huawei Technologies Co., Ltd.",
                "supplier",
                "CN",
                (Owner("Some Holding", "30%", "CN"),),
            ),
        ),
    )


@pytest.fixture(scope="module")
def other(register: Register) -> Assessment:
    return Assessor(register, SCHEDULE).assess(Shipment("8541.42.00.10", "CN", "5000"), ON)


@pytest.fixture(scope="module")
def ledger(answer: Assessment, other: Assessment, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    clock = iter((RECORDED, LATER))
    with Ledger(path, create=True) as kept:
        for each in (answer, other):
            register = each["register"]
            kept.append(
                KIND,
                each["question"],
                each,
                register=register["sha256"],
                version=register["version"],
                clock=lambda: next(clock),
            )
    return path


def checked(text: str, register: Register, ledger: str | None) -> dict[str, Any]:
    read = read_memo(text, "memo")
    if ledger is None:
        return check_memo(register, SCHEDULE, read)
    with Ledger(ledger) as kept:
        records = LedgerRecords(ledger, kept.verify(), kept.entries(KIND), kept.hash_of)
        return check_memo(register, SCHEDULE, read, records)


FORMS = ("markdown", "html")


@pytest.mark.parametrize("form", FORMS)
def test_the_memo_of_an_entry_holds_by_the_ledger_and_by_the_register(
    answer: Assessment, register: Register, ledger: str, form: str
) -> None:
    text = sealed(render(memo_of(answer, RECORDED), form))
    found = checked(text, register, ledger)
    assert (found["outcome"], found["ledger"]) == ("holds", 1), found["because"]
    assert checked(text, register, None)["outcome"] == "holds"


@pytest.mark.parametrize("form", FORMS)
def test_the_ledger_suffices_where_the_register_is_another_by_now(
    answer: Assessment, newer: Register, ledger: str, form: str
) -> None:
    text = sealed(render(memo_of(answer, RECORDED), form))
    assert checked(text, newer, ledger)["outcome"] == "holds"
    assert checked(text, newer, None)["outcome"] == "cannot_tell"


CASES = [
    *((form, name, edit) for form in FORMS for name, edit in EDITS.items()),
    *(("html", name, edit) for name, edit in HTML_EDITS.items()),
    *(("markdown", name, edit) for name, edit in MARKDOWN_EDITS.items()),
]
IDS = [f"{form}: {name}" for form, name, _ in CASES]

UNTOLD = {"the instant of writing"}
"""Edits that only the ledger can contradict: the memo alone says when it was written."""


def edited(answer: Assessment, form: str, edit: Edit) -> str:
    text = render(memo_of(answer, RECORDED), form)
    changed = edit(text)
    if changed == text:
        pytest.fail("the edit does not touch this memo")
    return changed


@pytest.mark.once
@pytest.mark.parametrize("later", [False, True], ids=["same register", "another register"])
@pytest.mark.parametrize(("form", "name", "edit"), CASES, ids=IDS)
def test_an_edited_memo_that_was_sealed_again_is_found_by_the_ledger(
    answer: Assessment,
    register: Register,
    newer: Register,
    ledger: str,
    form: str,
    name: str,
    edit: Edit,
    later: bool,
) -> None:
    text = edited(answer, form, edit)
    asked = newer if later else register
    try:
        found = checked(sealed(text), asked, ledger)
    except DamagedMemoError:
        return
    expected = "cannot_tell" if name in UNTOLD else "changed"
    assert found["outcome"] == expected, found["because"]
    assert found["holds"] is False


@pytest.mark.once
@pytest.mark.parametrize(("form", "name", "edit"), CASES, ids=IDS)
def test_an_edited_memo_never_holds_without_the_ledger_except_for_its_instant(
    answer: Assessment, register: Register, form: str, name: str, edit: Edit
) -> None:
    text = edited(answer, form, edit)
    try:
        found = checked(sealed(text), register, None)
    except DamagedMemoError:
        return
    if name in UNTOLD:
        assert "rests on the memo's own word" in found["because"]
        return
    assert found["outcome"] in ("changed", "cannot_tell")
    states_another = "register" in name or "version" in name or "everything" in name
    unasked = "question" in name or "the day" in name
    if not states_another and not unasked:
        assert found["outcome"] == "changed", found["because"]


def forged(answer: Assessment, form: str = "markdown", written: str = RECORDED) -> str:
    return render(memo_of(answer, written), form)


@pytest.mark.parametrize("form", FORMS)
def test_a_memo_that_bears_the_question_of_another_entry_is_found(
    answer: Assessment, other: Assessment, register: Register, ledger: str, form: str
) -> None:
    block = {
        "question": answer["question"],
        "answer_sha256": answer["sha256"],
        "register_sha256": answer["register"]["sha256"],
        "pay": answer["verdict"]["pay"],
    }
    text = sealed(carried(**block)(forged(other, form, LATER)))
    found = checked(text, register, ledger)
    assert found["outcome"] == "changed"


@pytest.mark.parametrize("form", FORMS)
def test_no_edit_of_one_character_holds(
    answer: Assessment, register: Register, ledger: str, form: str
) -> None:
    text = forged(answer, form)
    random = Random(1)
    with Ledger(ledger) as kept:
        chain, entries = kept.verify(), list(kept.entries(KIND))
    for _ in range(25):
        at = random.randrange(len(text) - 200)  # what ends a memo is tried below
        edits = (text[at] + text[at], "", random.choice("0123456789 .$|<>\n\u00a0е"))
        changed = text[:at] + random.choice(edits) + text[at + 1 :]
        if changed == text:
            continue
        try:
            read = read_memo(sealed(changed), "memo")
        except DamagedMemoError:
            continue
        found = check_memo(
            register, SCHEDULE, read, LedgerRecords(ledger, chain, entries, lambda _: None)
        )
        assert found["outcome"] == "changed", (at, text[at - 20 : at + 20], found["because"])


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text[:-3] + "\n",
        lambda text: text.replace("SHA-256 of this memo", "Hash"),
        lambda text: text.replace("0" * 64, "0" * 63),
        lambda text: f"{text}\nApproved.\n",
        lambda text: re.sub(r"```json.*?```|<pre>.*?</pre>", "", text, flags=re.DOTALL),
        lambda text: re.sub(r'("|&quot;)question\1:', r"\1asked\1:", text),
        lambda text: re.sub(r'("|&quot;)question\1:', "question:", text),
    ],
    ids=["end", "line", "digit", "after", "block", "key", "quotes"],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_memo_without_one_of_its_parts_is_a_damaged_memo(
    answer: Assessment, form: str, edit: Edit
) -> None:
    with pytest.raises(DamagedMemoError, match="changed"):
        read_memo(edit(forged(answer, form)), "memo")


WILD: tuple[Any, ...] = (None, 1e400, "", [[]], {"a": {"b": []}}, "\ud800")


@pytest.mark.parametrize("key", ["answer_sha256", "written", "register_sha256", "version", "pay"])
def test_whatever_stands_in_the_block_for_programs_is_an_outcome_and_no_fault(
    answer: Assessment, register: Register, ledger: str, key: str
) -> None:
    for value in WILD:
        found = checked(sealed(carried(**{key: value})(forged(answer))), register, ledger)
        assert found["outcome"] == "changed", (value, found["because"])


@pytest.mark.parametrize("key", ["code", "on", "known_on", "parties", "facts", "value", "extra"])
def test_whatever_stands_in_the_question_is_an_outcome_and_no_fault(
    answer: Assessment, register: Register, ledger: str, key: str
) -> None:
    for value in WILD:
        if key in answer["question"] and value == answer["question"][key]:
            continue
        text = sealed(carried(**{f"question__{key}": value})(forged(answer)))
        assert checked(text, register, ledger)["outcome"] == "changed"
        assert checked(text, register, None)["outcome"] in ("changed", "cannot_tell")


def test_an_answer_that_was_recorded_at_another_instant_leaves_the_day_of_a_memo_open(
    answer: Assessment, register: Register, ledger: str
) -> None:
    found = checked(sealed(forged(answer, written=LATER)), register, ledger)
    assert found["outcome"] == "cannot_tell"
    assert f"recorded at {RECORDED}" in found["because"]


def test_a_ledger_whose_chain_is_broken_is_no_evidence(
    answer: Assessment, register: Register, newer: Register, ledger: str, tmp_path: Path
) -> None:
    broken = str(tmp_path / "ledger.sqlite")
    with closing(sqlite3.connect(ledger)) as kept, closing(sqlite3.connect(broken)) as copy:
        kept.backup(copy)
        copy.execute("DROP TRIGGER entry_stays_as_it_is")
        copy.execute("UPDATE entry SET answer = replace(answer, '$4,840.00', '$4,480.00')")
        copy.commit()
    text = sealed(AMOUNT(forged(answer)))
    found = checked(text, newer, broken)
    assert found["outcome"] == "cannot_tell"
    assert "is not evidence, since its chain does not hold (entry 1" in found["because"]
    assert checked(text, register, broken)["outcome"] == "changed"


def test_an_entry_of_another_version_is_worded_otherwise_and_nobody_can_tell(
    answer: Assessment, register: Register, tmp_path: Path
) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger(path, create=True) as kept:
        kept.append(
            KIND, answer["question"], answer, register="", version="0.0.9", clock=lambda: RECORDED
        )
    assert checked(sealed(forged(answer)), register, path)["outcome"] == "holds"
    found = checked(sealed(AMOUNT(forged(answer))), register, path)
    assert found["outcome"] == "cannot_tell"
    assert "recorded by version 0.0.9" in found["because"]


def test_an_answer_of_an_older_form_in_the_ledger_is_told_and_no_fault(
    answer: Assessment, register: Register, tmp_path: Path
) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Ledger(path, create=True) as kept:
        kept.append(
            KIND, answer["question"], {"verdict": []}, register="", version="", clock=lambda: LATER
        )
    found = checked(sealed(AMOUNT(forged(answer, written=LATER))), register, path)
    assert found["outcome"] == "cannot_tell"


def test_a_question_that_was_recorded_under_an_older_register_may_be_asked_anew(
    newer: Register, ledger: str
) -> None:
    again = Assessor(newer, SCHEDULE).assess(shipment(), ON)
    text = forged(again, written="2026-12-01T09:00:00.000+00:00")
    found = checked(sealed(text), newer, ledger)
    assert found["outcome"] == "holds"
    assert "another answer to the same question" in found["because"]
    assert checked(sealed(AMOUNT(text)), newer, ledger)["outcome"] == "changed"


def test_where_two_lines_look_alike_the_sign_that_differs_is_named(
    answer: Assessment, register: Register, ledger: str
) -> None:
    found = checked(sealed(swap("Pay", "P\u0430y", 1)(forged(answer))), register, ledger)
    assert "CYRILLIC SMALL LETTER A" in found["because"]


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [(0, False, True), (80, False, True), (81, True, True), (120, True, True), (121, True, False)],
)
def test_a_line_is_shown_80_signs_around_the_place_where_it_differs(
    at: int, before: bool, after: bool
) -> None:
    ours, theirs = (f"{'a' * at}{sign}{'b' * (200 - at)}" for sign in "xy")
    quoted = re.findall("'([^']*)'", difference(ours, theirs))
    assert [len(each.strip("…")) for each in quoted] == [160 if after else 201 - at + 80] * 2
    assert [each.startswith("…") for each in quoted] == [before] * 2
    assert [each.endswith("…") for each in quoted] == [after] * 2
    assert [each.strip("…")[min(at, 80)] for each in quoted] == ["x", "y"]


@pytest.mark.parametrize(
    ("memo", "written", "told"),
    [
        ("a\nb\n", "a\nb", "only line ends differ"),
        ("a\nb", "a", "line 2 says 'b', where '' was written"),
        ("a", "a\nb", "line 2 says '', where 'b' was written"),
        ("a\nc\nd", "a\nb\ne", "line 2 says 'c', where 'b' was written"),
        ("ab", "abc", "line 1 says 'ab', where 'abc' was written"),
    ],
)
def test_the_first_line_that_differs_is_told_and_one_that_is_missing_is_empty(
    memo: str, written: str, told: str
) -> None:
    assert difference(memo, written) == told
