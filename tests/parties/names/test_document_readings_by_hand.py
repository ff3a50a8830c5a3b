"""What is cut from a line of a document, with a handful of words of documents."""

from __future__ import annotations

import pickle
import re

import pytest

from detente.parties.names.document_words import (
    ADDRESS,
    ALONE,
    BRANCH,
    LEAD,
    PART,
    TAIL,
    THROUGH,
    TITLE,
    words_of,
)
from detente.parties.names.kinds import BRAND, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.cuts import (
    CUT_ADDRESS,
    CUT_BRACKETS,
    CUT_LEAD,
    CUT_PART,
    CUT_ROLE,
    CUT_WITHIN,
    IN_BRACKETS,
    REGISTRATION,
)
from detente.parties.names.reading.documents import readings
from detente.parties.names.reading.located import run_on
from detente.parties.names.sounds import spelled_in_pinyin

WORDS = words_of([
    (LEAD, "consignee"), (ALONE, "to the order of"), (TAIL, "attn"), (TITLE, "dr"),
    (ADDRESS, "room"), (ADDRESS, "road"), (PART, "sales department"), (BRANCH, "branch"),
    (THROUGH, "c/o"),
])  # fmt: skip
KINDS = {"ltd": LEGAL, "co": LEGAL, "shanghai": PLACE, "china": PLACE,
         "institute": INDUSTRY}  # fmt: skip


def kinds(text: str) -> frozenset[str]:
    words = text.lower().replace(",", " ").replace(".", " ").split()
    return frozenset(NUMBER if word.isdigit() else KINDS.get(word, BRAND) for word in words)


def read(text: str, described: bool = False) -> list[tuple[str, str]]:
    return list(readings(text, described, WORDS, kinds))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Trading Ltd", []),
        # a plain name with a place behind it
        ("Acme Trading, Shanghai", [("Acme Trading", CUT_ADDRESS)]),
        # two words that may be a person's, and what they are
        ("Acme Trading, Beta", [("Acme Trading", CUT_ROLE)]),
        ("Acme, Beta", []),
        (", Shanghai", []),
        # words of forms, one behind another
        ("Consignee: Acme Trading", [("Acme Trading", CUT_LEAD)]),
        ("Buyer: Acme Trading", [("Acme Trading", CUT_LEAD)]),  # whatever stands before a colon
        ("To the order of Acme Trading", [("Acme Trading", CUT_LEAD)]),
        ("Consignee: To the order of: Acme Trading attn", [("Acme Trading", CUT_LEAD)]),
        # a title: the person, and the name behind it
        ("Dr. Wu, Acme Trading", [("Wu, Acme Trading", CUT_LEAD), ("Acme Trading", CUT_LEAD)]),
        # what is too short to be a name is none
        ("Consignee: A", []),
        # the mark of an aircraft, in a name of several words
        ("Aircraft RA-12345", [("RA-12345", REGISTRATION)]),
        ("RA-12345", []),
    ],
)  # fmt: skip
def test_a_line_is_read_without_words_of_forms(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text)
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # to the break behind which an address is
        ("Acme Ltd, Room 5, Shanghai", {"Acme Ltd", "Acme Ltd, Room 5"}),
        ("Acme Ltd, 12 Long, Shanghai", {"Acme Ltd", "Acme Ltd, 12 Long"}),
        ("Acme, Beta, China, Shanghai", {"Acme, Beta, China", "Acme, Beta"}),
        # the first piece alone, where it has three words, and more stands between
        ("Acme Big Trading, Beta, Room 5", {"Acme Big Trading, Beta", "Acme Big Trading"}),
        ("Acme Trading, Beta, Room 5", {"Acme Trading, Beta"}),
        # a person, behind a word of forms or a title, before what is said of them
        ("Consignee: Ann Lee, holder of a pass", {"Ann Lee"}),
        ("Director: Ann Lee (Shanghai)", {"Ann Lee"}),
        ("Dr Dr Ann Lee, born 1970", {"Ann Lee"}),
        ("Consignee: Lee, Ann", set()),  # a family name alone is nobody
        ("Consignee: Institute Lee, holder of a pass", set()),  # no person
        # to the last of several pieces that end in a legal form
        ("Acme, Ltd, 5 Shop", {"Acme, Ltd"}),
        # behind which more of the name does not stand
        ("Acme Big Co., Ltd. (ABC Long) Third Institute", set()),
        ("Acme Big Co., Ltd. (ABC Long) Third Shop", {"Acme Big Co"}),
        ("Acme Big Co., Institute (ABC Long)", {"Acme Big Co"}),
    ],
)
def test_what_stands_before_an_address_is_a_name(text: str, names: set[str]) -> None:
    assert {name for name, how in read(text) if how == CUT_ADDRESS} == names


@pytest.mark.parametrize(
    ("piece", "goes_on", "cuts"),
    [
        # behind a legal form: a number, a word of an address, or a later piece of one
        ("Acme Ltd 5 Long", False, ["Acme Ltd"]),
        ("Acme Ltd Long Road", False, ["Acme Ltd"]),
        ("Acme Ltd Long", False, []),
        ("Acme Ltd Long", True, ["Acme Ltd"]),
        ("Acme Ltd", True, []),
        ("Acme Co Ltd 5", False, ["Acme Co Ltd"]),  # the last form of several in a row
        ("Acme Co Beta Ltd 5", False, ["Acme Co Beta Ltd"]),
        ("Acme Co Beta Ltd", True, []),  # another company
        ("Acme Ltd Long Institute", True, []),  # an institute or a part of it, and no address
        # the number of a room or a house, behind two words at least
        ("Acme Trading Room 5", False, ["Acme Trading "]),
        ("Acme Room 5", False, []),
        ("Acme Trading 12 Long Street", False, ["Acme Trading "]),
        ("Acme 12 Long Street", False, []),
        ("Acme Trading", True, []),
    ],
)
def test_a_name_behind_which_an_address_runs_on_ends_at_its_form_or_at_a_number(
    piece: str, goes_on: bool, cuts: list[str]
) -> None:
    assert list(run_on(piece, goes_on, WORDS, kinds)) == cuts


@pytest.mark.parametrize(
    ("text", "described", "parts"),
    [
        ("Acme Trading, Sales Department", True, {"Acme Trading"}),
        ("Acme Trading, Sales Department", False, set()),  # nobody looked for one
        ("Acme Trading Long Branch", True, {"Acme Trading"}),
        ("Branch of the Acme Trading", True, {"Acme Trading"}),
        ("Acme Trading c/o Beta Ltd", False, {"Acme Trading", "Beta Ltd"}),
        # two names of one party, of three words each
        ("Acme Big Trading - Beta", False, {"Acme Big Trading"}),
        ("Acme Trading - Beta", False, set()),
    ],
)
def test_a_part_of_an_organization_and_a_second_name_are_cut(
    text: str, described: bool, parts: set[str]
) -> None:
    cut = {name for name, how in read(text, described) if how in (CUT_PART, CUT_ADDRESS)}
    assert cut == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # within a name they may tell one company of several
        ("Acme (Beta Trading) Ltd", {("Acme Ltd", CUT_WITHIN), ("Beta Trading", IN_BRACKETS)}),
        ("Acme [Beta Trading] Ltd", {("Acme Ltd", CUT_WITHIN), ("Beta Trading", IN_BRACKETS)}),
        ("Acme Ltd (Beta Inc)", {("Acme Ltd", CUT_BRACKETS)}),
        ("Acme (BETA) Ltd", {("Acme Ltd", CUT_BRACKETS)}),  # an acronym is no name here
        ("Acme (Beta Inc) Ltd", {("Acme Ltd", CUT_WITHIN)}),  # one long word alone
        ("Acme (Shanghai) Ltd", set()),  # a place is a part of the name
        ("(Beta Trading) Ltd", {("Beta Trading", IN_BRACKETS)}),
    ],
)
def test_what_stands_in_brackets_is_cut_or_a_name_of_its_own(
    text: str, expected: set[tuple[str, str]]
) -> None:
    kinds = CUT_BRACKETS, CUT_WITHIN, IN_BRACKETS
    assert {each for each in read(text) if each[1] in kinds} == expected


@pytest.mark.parametrize(
    ("words", "syllables"), [(["zhong", "guo"], 2), (["zhong", "acme"], 0), ([], 0), (["xian"], 2)]
)
def test_syllables_are_counted_where_every_word_is_made_of_them(
    words: list[str], syllables: int
) -> None:
    known = {"zhong": 1, "guo": 1, "xian": 2}
    assert spelled_in_pinyin(words, lambda word: known.get(word, 0)) == syllables


def test_a_late_pattern_says_what_the_same_pattern_says_and_can_be_handed_on() -> None:
    late, now = late_pattern(r"\bno\.? \d+", re.IGNORECASE), re.compile(r"\bno\.? \d+", re.I)
    for text in ("12 Long Road", "No. 7 Institute", "casino 3, no 4 and NO 5"):
        assert late.findall(text) == now.findall(text)
        assert late.sub("-", text) == now.sub("-", text)
    assert pickle.loads(pickle.dumps(late_pattern("a+"))).fullmatch("aaa")
    with pytest.raises(AttributeError):
        late.no_such_method  # noqa: B018
