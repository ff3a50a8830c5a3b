"""A memo: what it holds, that it is readable and safe, and that a change of it is found."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.reading import read
from detente.store.ledger import canonical
from detente.transaction.assessment import Assessment, Assessor, answer_sha256
from detente.transaction.memo.blocks import BLANK
from detente.transaction.memo.check import check_memo, read_memo
from detente.transaction.memo.memo import form_of, memo_of, render, seal_of, write_memo
from detente.transaction.memo.reading import DamagedMemoError
from detente.transaction.shipment import Owner, Party, Shipment

WRITTEN = "2026-11-24T19:00:00.000+00:00"
NASTY = "Evil <script>alert(1)</script> | `x` [a](b)\nSHA-256 of this memo: `" + "a" * 64 + "`"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def answer(register: Register) -> Assessment:
    shipment = Shipment(
        "8507.60.00.10",
        "CN",
        "10000",
        parties=(Party(NASTY, "supplier", "CN", (Owner("Huawei Technologies Co., Ltd.", "60%"),)),),
    )
    return Assessor(register, Schedule()).assess(shipment, "2025-11-12")


@pytest.fixture(params=["md", "html"])
def memo(request: pytest.FixtureRequest, answer: Assessment, tmp_path: Path) -> Path:
    path = tmp_path / f"memo.{request.param}"
    write_memo(str(path), answer, WRITTEN)
    return path


def checked(path: Path, register: Register) -> dict[str, object]:
    text = path.read_text(encoding="utf-8")
    return check_memo(register, Schedule(), read_memo(text, path.name))


def test_a_memo_holds_inputs_working_sources_with_addresses_and_hashes(
    memo: Path, answer: Assessment
) -> None:
    text = memo.read_text(encoding="utf-8").replace("\\", "")
    for part in (
        "8507.60.00.10",
        "10000",
        "9903.91.01",
        "$2,500.00",
        "48.4%",
        "https://www.federalregister.gov/executive-order/14357",
        "not legal advice",
        answer["sha256"],
        answer["register"]["sha256"],
    ):
        assert part in text


def test_a_memo_that_nobody_touched_holds(memo: Path, register: Register) -> None:
    found = checked(memo, register)
    assert found["holds"] is True
    assert found["answer"]["same"] is True  # type: ignore[index]


def test_line_ends_of_another_system_change_nothing(memo: Path, register: Register) -> None:
    memo.write_bytes(memo.read_bytes().replace(b"\n", b"\r\n"))
    text = memo.read_bytes().decode()
    assert check_memo(register, Schedule(), read_memo(text, "m"))["holds"] is True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("48.4%", "38.4%"),
        ("2,500.00", "2,400.00"),
        ("12 November", "13 November"),
        ("advice", "Advice"),
    ],
)
def test_a_changed_word_is_found(memo: Path, register: Register, old: str, new: str) -> None:
    text = memo.read_text(encoding="utf-8")
    assert old in text
    memo.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = checked(memo, register)
    assert found["unchanged"] is False
    assert found["holds"] is False


def test_a_changed_word_is_found_even_when_the_hash_was_made_anew(
    memo: Path, register: Register
) -> None:
    read = read_memo(memo.read_text(encoding="utf-8"), "m")
    forged = read.text.replace("$4,840.00", "$4,480.00")
    assert forged != read.text
    before, _, after = forged.rpartition(BLANK)
    memo.write_text(f"{before}{seal_of(forged)}{after}", encoding="utf-8")
    found = checked(memo, register)
    assert found["unchanged"] is True
    assert found["holds"] is False


def test_with_another_register_nobody_can_tell_and_the_difference_is_told(
    memo: Path, register: Register
) -> None:
    other = register.with_measures([], "another")
    found = checked(memo, other)
    assert found["outcome"] == "cannot_tell"
    assert found["holds"] is False
    assert "register and lists of SHA-256" in str(found["because"])
    assert found["answer"]["same"] is None  # type: ignore[index]
    assert found["register"]["same"] is False  # type: ignore[index]
    assert found["answer"]["pay"] == found["answer"]["pay_then"]  # type: ignore[index]


@pytest.mark.parametrize("cut", [200, 3000])
def test_a_memo_that_was_cut_off_is_refused(memo: Path, cut: int) -> None:
    text = memo.read_text(encoding="utf-8")[:-cut]
    with pytest.raises(DamagedMemoError, match="does not end with the line"):
        read_memo(text, "m")


def test_a_memo_without_its_question_is_refused(memo: Path) -> None:
    text = memo.read_text(encoding="utf-8")
    text = re.sub(r"```json.*?```|<pre>.*?</pre>", "", text, flags=re.DOTALL)
    with pytest.raises(DamagedMemoError, match="no longer carries the question"):
        read_memo(text, "m")


class Tags(HTMLParser):
    """Tags and attributes of a page, and whether what is opened is closed."""

    void = ("meta", "br", "hr", "img", "link")

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def tags(answer: Assessment) -> Tags:
    page = Tags()
    page.feed(render(memo_of(answer, WRITTEN), "html"))
    assert page.open == []
    return page


def test_the_page_runs_no_script_and_loads_nothing(tags: Tags) -> None:
    names = {name for name, _ in tags.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form"}
    attributes = {key for _, given in tags.tags for key in given}
    assert not {key for key in attributes if key.startswith("on") or key in ("src", "style")}


def test_the_page_has_a_language_a_title_one_main_heading_and_headed_tables(tags: Tags) -> None:
    names = [name for name, _ in tags.tags]
    assert ("html", {"lang": "en"}) in tags.tags
    assert names.count("h1") == names.count("title") == names.count("main") == 1
    assert names.count("table") == names.count("caption") > 1
    assert all(given.get("scope") in ("col", "row") for name, given in tags.tags if name == "th")


def test_headings_of_the_page_do_not_skip_a_level(tags: Tags) -> None:
    levels = [int(name[1]) for name, _ in tags.tags if re.fullmatch(r"h\d", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_party_named_like_markup_is_text_in_both_forms(answer: Assessment) -> None:
    page = render(memo_of(answer, WRITTEN), "html")
    assert "<script" not in page
    text = render(memo_of(answer, WRITTEN), "markdown")
    before = text.partition("```json")[0]
    assert not re.search(r"(?<!\\)<script", before)
    assert not re.search(r"(?<!\\)\[a\]\(b\)", before)


def test_the_answers_hash_is_over_its_canonical_json(answer: Assessment) -> None:
    assert answer["sha256"] == answer_sha256(answer)
    changed = json.loads(json.dumps(answer))
    changed["verdict"]["amount"] = "0.00"
    assert answer_sha256(changed) != answer["sha256"]


def test_a_memo_has_one_of_two_forms() -> None:
    assert form_of("A.HTML") == "html"
    with pytest.raises(ValueError, match=r"ends in \.md or \.html"):
        form_of("memo.pdf")


def test_a_memo_that_cannot_be_written_leaves_nothing(answer: Assessment, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a folder; make it first"):
        write_memo(str(tmp_path / "missing" / "memo.md"), answer, WRITTEN)
    assert list(tmp_path.iterdir()) == []


def test_a_memo_says_what_every_part_of_its_answer_rests_on(answer: Assessment) -> None:
    row = {"what": "X-LIST", "from": "2025-01-01", "through": None, "scope": "<none>"}
    described = json.loads(json.dumps(answer))
    for part in (described, described["duty"], described["licence"], described["parties"][0]):
        part["coverage"] = [{**row, "state": "unread"}]
    text = render(memo_of(described, WRITTEN), "markdown")
    assert text.count(r"| X-LIST | \<none\> | 2025-01-01 |  | unread |") == 1


def test_a_memo_of_what_was_announced_is_asked_again_by_that_reading(
    register: Register, tmp_path: Path
) -> None:
    announced = read(register, "announced")
    described = Assessor(announced, Schedule()).assess(
        Shipment("8507.60.00.10", "CN"), "2026-11-20"
    )
    path = tmp_path / "memo.md"
    write_memo(str(path), described, WRITTEN)
    assert "| by the reading | announced |" in path.read_text(encoding="utf-8")
    assert checked(path, register)["outcome"] == "holds"


def test_an_answer_out_of_the_ledger_makes_the_same_memo_as_the_answer_itself(
    answer: Assessment,
) -> None:
    stored = json.loads(canonical(answer))
    assert list(stored) != list(answer)
    for form in ("markdown", "html"):
        assert render(memo_of(stored, WRITTEN), form) == render(memo_of(answer, WRITTEN), form)


@pytest.fixture(scope="module")
def exported(register: Register) -> Assessment:
    """A classical entry to a listed party: what an auditor of export controls is handed."""
    shipment = Shipment(
        "",
        "US",
        "5000",
        item="3A001.b.2",
        destination="CN",
        parties=(Party("SMIC Beijing", "consignee"),),
    )
    return Assessor(register, Schedule()).assess(shipment, "2026-08-01")


@pytest.mark.parametrize(
    "part",
    [
        "Stated by whoever asked",
        "| reasons for control | NS2, AT1 |",
        "| marked in the Country Chart for CN | NS2 |",
        "| country groups of the destination | D:1, D:3, D:4, D:5 |",
        "| subject to the law of US | yes: it leaves the United States |",
        "NS applies to entire entry: NS Column 2.",
        "| LVS, GBS, SPP, TSR,",
        "VEU | not available | 15 CFR 744.11(a), 744.16(b): For a party on the Entity List",
        "(us-entity-list, listed): licence needed (presumption of denial). ",
        "| The customer, or its address, is like one of the parties on a list. | seen |",
        "| The customer would pay in cash where such a sale is financed otherwise. | to be asked |",
        "What would change it",
        "the controls were read to 3 August 2026",
    ],
)
def test_a_memo_of_an_export_holds_what_an_auditor_asks(exported: Assessment, part: str) -> None:
    text = render(memo_of(exported, WRITTEN), "markdown")
    assert part in text.replace("\\", "")


def test_exceptions_of_one_reason_stand_together_and_what_was_not_read_is_told_apart(
    register: Register,
) -> None:
    shipment = Shipment("", "US", "5000", item="3A001.b.2", destination="CN")
    text = render(
        memo_of(Assessor(register, Schedule()).assess(shipment, "2026-08-01"), WRITTEN), "markdown"
    )
    assert (
        "| LVS | not available | CN is not in group B. Commodities to group B, to the value" in text
    )
    assert "| AGR, CCD, SCP | not available | Not for this destination. For Cuba." in text
    assert "| TMP, RPL, GOV, GFT, BAG, AVS, APR, MED, RFF | conditions not read |" in text
    assert (
        "| VEU | possible, on conditions | To validated end users in China and India. The" in text
    )


def test_an_older_answer_without_these_parts_still_makes_its_memo(exported: Assessment) -> None:
    older = json.loads(canonical(exported))
    for key in ("classification", "quoted", "subject", "red_flags", "reasons_if", "transfer"):
        del older["licence"][key]
    for each in older["licence"]["exceptions"]:
        del each["available"]
    assert "Red flags" not in render(memo_of(older, WRITTEN), "markdown")


def markdown(register: Register, shipment: Shipment) -> str:
    assessed = Assessor(register, Schedule()).assess(shipment, "2026-08-01", None)
    return render(memo_of(assessed, "2026-11-26T10:00:00+00:00"), "md")


def test_a_memo_of_a_release_speaks_of_no_goods(register: Register) -> None:
    person = Party("A. Person", "end_user", "IN")
    text = markdown(
        register, Shipment(item="5E002", leaves_from="US", deemed_to="IN", parties=(person,))
    )
    assert text.startswith("# Assessment: release of 5E002 in US to a citizen of IN\n")
    assert "Pay: Technology released to a person enters nowhere." in text
    assert "the goods leave" not in text
    assert "Before the release: the controls were read to" in text
    assert "- To be known: which of the things under Classification" in text
    assert "the names were screened without a hit" in text


def test_a_memo_says_what_is_known_of_a_named_chip_and_what_was_taken_for_granted(
    register: Register,
) -> None:
    text = markdown(register, Shipment(item="h200", leaves_from="US", destination="CN"))
    assert "| known of h200 here: tpp | 15832 |" in text
    # Rules ask a licence, and no entry of the list was named whose exceptions could be told.
    assert "no rule read here asks a licence" not in text
    assert "None was considered: the rules name none" in text
    assert "end use is civil, as nothing else was said" in text


def test_a_rule_older_than_the_register_has_no_first_day_of_the_register(
    register: Register,
) -> None:
    listed = Party("Inspur Electronic Information Industry Co., Ltd.", "end_user", "CN")
    text = markdown(
        register, Shipment(item="h200", leaves_from="US", destination="CN", parties=(listed,))
    )
    assert "in force from the first day held here, 2017-01-01" in text
    assert "since 2017-01-01" not in text


def test_a_memo_says_who_stated_the_facts_and_still_holds(
    register: Register, tmp_path: Path
) -> None:
    by = "A. Broker | compliance\n# Not a heading"
    shipment = Shipment("8507.60.00.10", "CN", "10000", stated_by=by)
    asked = Assessor(register, Schedule()).assess(shipment, "2025-11-12")
    path = tmp_path / "memo.md"
    write_memo(str(path), asked, WRITTEN)
    text = path.read_text(encoding="utf-8")
    (line,) = [each for each in text.splitlines() if each.startswith("Stated by ")]
    assert "A. Broker" in line
    assert "nothing of it was verified here." in line
    assert "\n# Not a heading" not in text
    assert checked(path, register)["outcome"] == "holds"
