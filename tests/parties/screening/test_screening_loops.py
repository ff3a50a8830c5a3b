"""The compiled loops against the code for one name, where the two could part ways."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.parties.names import candidates, comparing, policy, spelling
from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameWord, first_letters, is_han
from detente.parties.names.packed_words import unpack
from detente.parties.names.spelling import plain_edits
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import Screen, open_built_in, open_user
from tests.entries import thinned
from tests.parties.screening.screening_support import questions

pytest.importorskip("numba")

import numpy as np

from detente.parties.names import kernels, query_words
from detente.parties.screening import indexed, many

Form = tuple[NameWord, ...]
Candidate = tuple[int, Sequence[NameWord], int]

MISSPELLED = (
    "Jules Mutebi",
    "Huawei Technologies Co., Ltdd", "Hikvisian", "Hangzhou Hikvison", "Zhejiang Dahau Technology",
    "Kingston Technology Hong Kong", "Concorde Catering", "Batman Diesel", "Jnko Semiconductor",
    "Xinsheng Jnko Semiconductor", "Sergei Vetroff", "Qnizhi", "Bonjour Commodity",
    "Toriquddan", "A. Stanekzai", "Sher Abbas Stanekzai", "Abas Stanekzay", "Murad Margosvilli",
    "Inspur Grop Company", "Fadil Mahmud Ghxriq", "M. Yahya Mujahid", "M. Margoshvili",
    "Ramzi Mohamed Binalshibb", "Mohamed Ali", "Murad Margoshbili Murad", "Murad Nargoshvili",
    "Sher Sher Abas Stanekzai", "Shir Abbas Stanekzai", "M. Margoshvily", "Fadil Mahmud Ghalip",
    "Fadil Mahmud Sharib",
    "Fadil Mahmud Gharib", "Sergey Petrovich Tsekov", "Sergey Tsekov", "Murad A. Margoshvily",
    "Arce Rodrigo Eugxnio", "Sergej Tsekow", "Haji Sher Mohammad Stanekzai", "Mur ad Margoshvili",
    "Bahtpur Mohammed Mohammed", "Konferoum LLC", "Terry Tang", "Anton E. Vayno",
    "Rincon Casillo Drug Trafficking Organization",
    "Oriental Blue Sky Titanium",
    "Charitable Society to Msp the Noble Al-Aqsa",
    "Fo San Ignacio S.P.R. de R.L. de C.V.", "Char Society to Help the Noble Al-Aqsa",
    "Muhammad bin Salman al-Saud", "Ladin bin Usama", "Ali ben Noureddine", "Paolo Mauro",
    "Shanghai Fudai Microelectronics (HK) Co., Ltd.", "Zhang Shulong", "Zhang Shi Long",
    "Quantum Corporation", "Wuhan Ligong University", "JT", "Hitachi, Ltd.", "Glory, Ltd.",
    "Harmonix Corporation", "Pacific Rim Trading Company", "Umansky Elevator JSC", "Barco NV",
    "Ningbo Nata Optoelectronic Material", "Muhammad Ben Aiadi", "Euro. Engineering EAD",
    "Abdul Reza Shahidi", "Jong Un Kim", "Kim Un Jong", "Kim Man Chol", "Oscar Guillermo Silva",
    "Paul Herbert Oquist Kelleyer", "Kesaev Bgor Albertovich", "Bung Thet Thet",
)  # fmt: skip


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Screen().lists[0]


@pytest.fixture(scope="module")
def ready(lists: Lists) -> many.ManyNames:
    return many.ManyNames(lists)


@pytest.fixture(scope="module")
def forms(lists: Lists) -> list[Form]:
    return [
        form
        for name in (*(each.name for each in questions(open_built_in(), 60)), *MISSPELLED)
        if any(map(str.isalpha, name))
        for form, _ in lists.forms(name)
    ]


@pytest.fixture(scope="module", autouse=True)
def _edits_are_counted_once() -> Iterator[None]:
    """Edits between two words depend on no number to decide by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "edits", cache(plain_edits))
        yield


def candidates_of(lists: Lists, form: Form) -> list[Candidate]:
    """Number, words and kind of party of each name that a form is compared with."""
    return [(number, unpack(packed), party) for number, _, packed, party in lists._candidates(form)]


def one_by_one(lists: Lists, form: Form, among: list[Candidate]) -> list[tuple[int, float]]:
    """The names that a form is compared with, and their scores, as for one name."""
    found = []
    for number, listed, party in among:
        score, _ = lists.compared(form, None, listed, party)
        found.append((number, score))
    return found


def at_once(ready: many.ManyNames, forms: list[Form]) -> list[list[tuple[int, float]]]:
    """The same from the compiled loops."""
    begins, numbers, scores = ready.scores(forms, [None] * len(forms))
    pairs = list(zip(numbers.tolist(), scores.tolist(), strict=True))
    return [pairs[first:last] for first, last in pairwise(begins.tolist())]


@pytest.fixture(scope="module")
def among(lists: Lists, forms: list[Form]) -> list[list[Candidate]]:
    return [candidates_of(lists, form) for form in forms]


@pytest.fixture(scope="module")
def scores(
    lists: Lists, forms: list[Form], among: list[list[Candidate]]
) -> list[list[tuple[int, float]]]:
    return [one_by_one(lists, *each) for each in zip(forms, among, strict=True)]


def test_a_score_of_any_height_is_the_same_from_the_compiled_loops(
    ready: many.ManyNames, forms: list[Form], scores: list[list[tuple[int, float]]]
) -> None:
    assert at_once(ready, forms) == scores


@pytest.mark.parametrize("each", [1, 7, 900])
def test_names_that_do_not_count_change_nothing_for_those_that_do(
    each: int, forms: list[Form]
) -> None:
    lists = Screen().lists[0]
    lists.members = frozenset(sorted(lists.members)[::each])
    lists._near = candidates.Nearest(lists._database, lists.members)
    ready = many.ManyNames(lists)
    counting = int(ready._indexed.member.sum())
    assert len(ready._indexed.index[6]) == (counting if each > 1 else counting + 1)
    some = forms[::9]
    assert at_once(ready, some) == [
        one_by_one(lists, form, candidates_of(lists, form)) for form in some
    ]


@pytest.mark.parametrize("top", [1, 2, 5])
def test_scores_that_are_left_out_are_below_those_of_the_entries_wanted(
    top: int, ready: many.ManyNames, forms: list[Form]
) -> None:
    begins, numbers, scores = ready.scores(forms, [None] * len(forms), top, 0.78)
    entries = ready._indexed.entries
    for at, every in enumerate(at_once(ready, forms)):
        place = slice(*begins[at : at + 2].tolist())
        kept = dict(zip(numbers[place].tolist(), scores[place].tolist(), strict=True))
        hits = {number: score for number, score in every if score >= 0.78}
        assert kept.items() <= hits.items()
        best: dict[int, float] = {}
        for number, score in hits.items():
            best[entries[number]] = max(round(score, 3), best.get(entries[number], 0.0))
        if hits:
            least = sorted(best.values(), reverse=True)[:top][-1]
            assert {each for each in hits if round(hits[each], 3) >= least} <= kept.keys()


def test_the_loops_know_parties_and_slips_by_the_numbers_of_the_comparison() -> None:
    names = "CRAFT", "PERSON", "MARK", "SLIP", "MEANT", "SON", "TITLE", "SHARED"
    assert [getattr(kernels, f"_{name}") for name in names] == [
        getattr(comparing, name) for name in names
    ]


FIELDS = {"MOST_CANDIDATES": "retained"}
"""Numbers that the loops have under another name."""

EVERY = thinned(9)
"""Of so many forms one is compared where a changed number changes nothing of it; each number looks
at others."""

CHANGES: list[tuple[ModuleType, dict[str, float]]] = [
    (candidates, {"MOST_CANDIDATES": 7}),
    (candidates, {"TOUCHED": 300}),
    (candidates, {"TOUCHED": 10, "ALWAYS": 1}),
    (candidates, {"FAR": 0.6}),
    (candidates, {"SHORT": 2}),
    (policy, {"SHORT_BRAND": 9}),
    (policy, {"LONGEST_MANDARIN": 2}),
    (policy, {"CLOSE": 0.85}),
    (policy, {"WHOLE": 0.95}),
    (policy, {"NEAR": 0.7}),
    (policy, {"NEAR_COUNTS": 0.25}),
    (policy, {"SPELLING": 0.02}),
    (policy, {"SHORTEST_WHOLE": 60}),
    (policy, {"SHORTEST_SHORTENED": 9}),
    (policy, {"SHORTEST_TELLING": 2}),
    (policy, {"SHORTEST_FORM": 9}),
    (policy, {"SHORTEST_MISSPELLED": 9}),
    (policy, {"SHORTEST_OTHER_WORD": 99}),
    (policy, {"SHORTEST_ANY_START": 2}),
    (policy, {"MOST_EDITS": 1}),
    (policy, {"NEAR_MOST": 0.65}),
    (policy, {"SAME_CRAFT": 0.1}),
    (policy, {"SHORTEST_CRAFT": 1, "SAME_CRAFT": 0.1}),
    (policy, {"SHORTENED": 0.9}),
    (policy, {"SLIP": 0.85}),
    (policy, {"SHORTEST_SLIP": 7}),
    (policy, {"SOUNDS": 0.85}),
    (policy, {"INITIAL": 0.7}),
    (policy, {"INITIALS_ALONE": 0.5}),
    (policy, {"LONE_NUMBER": 0.5}),
    (policy, {"LONE_BRAND": 0.5}),
    (policy, {"OTHER_BRAND": 0.11}),
    (policy, {"LONE_PLACE": 0.5}),
    (policy, {"NUMBERS_DIFFER": 0.11}),
    (policy, {"BRANDS_DIFFER": 0.11}),
    (policy, {"PLACES_DIFFER": 0.11}),
    (policy, {"NO_BRAND": 0.11}),
    (policy, {"UNBRANDED_TRADE": 0.11}),
    (policy, {"TRADES_DIFFER": 0.11}),
    (policy, {"OTHER_TRADES": 0.11}),
    (policy, {"BARE_BRAND": 0.11}),
    (policy, {"LONE_WORD": 0.11}),
    (policy, {"FEW_LETTERS": 0.11}),
    (policy, {"SHORTEST_BARE": 9}),
    (policy, {"SAME": 0.97}),
    (policy, {"OTHER_FORM": 0.9}),
    (policy, {"SAME_WORDS": 0.9}),
    (policy, {"SWAPPED": 0.9}),
    (policy, {"SHORTEST_SWAPPED": 99}),
    (policy, {"OTHER_ORDER": 0.9}),
    (policy, {"MOST": 0.9}),
    (policy, {"LETTERS_A_VOWEL": 1}),
    (policy, {"SHORTEST_ALONE": 99}),
    (policy, {"SHORTEST_WELL_KNOWN": 99}),
    (policy, {"WEIGHT_WELL_KNOWN": 99.0}),
    (policy, {"TELLS_ALONE": 2}),
    (policy, {"TELLS_UNBRANDED": 9}),
    (policy, {"SAME_PARTY": 0.5}),
    (policy, {"PERSON": 0.87}),
    (policy, {"INITIAL_TELLS": 19.0}),
    (policy, {"TOLD": 1.0}),
    (policy, {"SHORTEST_IN_PERSON": 99}),
    (policy, {"TOLD_SLIP": 99.0}),
    (policy, {"TOLD_TWO_SLIPS": 1.0}),
    (policy, {"TOLD_INITIAL": 99.0}),
    (policy, {"TOLD_BESIDE": 9.0}),
    (policy, {"TOLD_BETWEEN": 99.0}),
    (policy, {"SHORTEST_TWO_SLIPS": 99}),
    (policy, {"SHORTEST_TWO_APART": 6}),
    (policy, {"LONGEST_PARTICLE": 0}),
    (policy, {"LONGEST_FAMILY": 0}),
    (policy, {"SHORTEST_OTHER_START": 99}),
    (policy, {"SHORTEST_START_BESIDE": 2, "SHARED_BESIDE_START": 1}),
    (policy, {"SHARED_BESIDE_START": 1}),
    (policy, {"SHORTEST_SLIP_BESIDE": 99}),
    (policy, {"SHORTEST_BESIDE": 99}),
    (policy, {"SHORTEST_ONE_WORD": 99}),
    (policy, {"ONE_WORD": 0.99}),
    (policy, {"UNBEFITTING": 0.5}),
    (policy, {"SLIPPED": 0.6}),
    (policy, {"SHORTEST_BESIDE_SLIP": 1}),
    (policy, {"SURE_BESIDE_SLIP": 99}),
    (policy, {"WEIGHT_BEST_KNOWN": 9.0}),
    (policy, {"SAID_OF_PERSON": 0.5}),
]


@pytest.mark.once
@pytest.mark.parametrize(("module", "changes"), CHANGES)
def test_a_number_to_decide_by_that_changes_needs_no_other_machine_code(
    module: ModuleType,
    changes: dict[str, float],
    lists: Lists,
    ready: many.ManyNames,
    forms: list[Form],
    among: list[list[Candidate]],
    scores: list[list[tuple[int, float]]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What the loops say of every form is checked where they say another thing, and of some."""
    numbers = {FIELDS.get(name, name.lower()): value for name, value in changes.items()}
    if module is policy:
        monkeypatch.setattr(policy, "RULES", policy.RULES._replace(**numbers))
    else:
        for constant, value in changes.items():
            monkeypatch.setattr(module, constant, value)
        among = [candidates_of(lists, form) for form in forms]
    rules = indexed.RULES._replace(**numbers)
    monkeypatch.setattr(many, "RULES", rules)
    if "SHORTEST_FORM" in changes:  # what words may be is kept, too
        monkeypatch.setattr(indexed, "RULES", rules)
        monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
        ready = many.ManyNames(lists)
    found = at_once(ready, forms)
    changed = {at for at, before in enumerate(scores) if found[at] != before}
    assert changed
    for at in changed.union(range(CHANGES.index((module, changes)) % EVERY, len(forms), EVERY)):
        assert found[at] == one_by_one(lists, forms[at], among[at])


def test_words_with_one_unread_are_found_by_their_initials_in_neither_way(
    lists: Lists, ready: many.ManyNames
) -> None:
    rows = open_built_in().execute("SELECT words FROM names WHERE kind = 'unread'")
    letters = sorted({first_letters(unpack(words)) for (words,) in rows} - {""})[:200]
    asked: list[Form] = [(NameWord(BRAND, each),) for each in letters]
    assert len(asked) == 200
    for form, found in zip(asked, at_once(ready, asked), strict=True):
        assert found == one_by_one(lists, form, candidates_of(lists, form))


def test_every_weight_of_the_policy_is_changed_above() -> None:
    changed = {name.lower() for module, changes in CHANGES if module is policy for name in changes}
    assert changed == set(policy.weights())


def test_the_file_of_the_loops_takes_nothing_but_the_kinds_of_words_from_other_files() -> None:
    tree = ast.parse(Path(kernels.__file__).read_text(encoding="utf-8"))
    taken = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("detente")
        for name in node.names
    }
    # How a loop is compiled decides nothing.
    compiled = {"inner", "outer", "instruction"}
    assert taken - compiled == {"LEGAL", "FILLER", "BRAND", "PLACE", "INDUSTRY", "NUMBER"}


def test_the_loops_know_chinese_characters_by_the_same_bounds() -> None:
    first, last = kernels._HAN_FROM, kernels._HAN_TO
    assert [is_han(chr(each)) for each in (first - 1, first, last, last + 1)] == [
        False, True, True, False
    ]  # fmt: skip


def by_table(one: str, other: str) -> int:
    """The edits between two words by the definition: the whole table of their beginnings."""
    table = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, goal in enumerate(other, 1):
            cost = min(table[-1][to] + 1, row[to - 1] + 1, table[-1][to - 1] + (letter != goal))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == goal:
                cost = min(cost, table[-2][to - 2] + 1)
            row.append(cost)
        table.append(row)
    return table[-1][-1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
@settings(max_examples=300, deadline=None)
def test_edits_counted_in_bits_are_those_of_the_whole_table(one: str, other: str) -> None:
    assert plain_edits(one, other) == by_table(one, other)


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_bounded_edits_are_the_edits_up_to_the_bound(one: str, other: str, most: int) -> None:
    letters = [np.array(list(map(ord, text)), np.int32) for text in (one, other)]
    rows = np.zeros((3, 32), np.int32)
    edits = getattr(kernels.edits, "py_func", kernels.edits)  # as it is written
    found = edits(letters[0], 0, len(one), letters[1], 0, len(other), most, rows)
    true = plain_edits(one, other)
    assert found == true if true <= most else found > most


def test_words_that_were_asked_may_be_forgotten(
    lists: Lists, forms: list[Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = many.ManyNames(lists)
    whole = at_once(ready, forms)
    monkeypatch.setattr(query_words, "MOST_MET", 5)
    assert [each for form in forms for each in at_once(ready, [form])] == whole
    assert len(ready._asked.words) < 100


def test_a_file_without_names_gives_no_hits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    open_user().close()
    screen = Screen()
    screen.lists = screen.lists[1:]
    assert many.ready(screen)([NameQuery("Huawei"), NameQuery("华为")], 3) == [[], []]


def test_arrays_that_were_made_and_read_run_the_same_machine_code(
    lists: Lists, forms: list[Form], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    for _ in range(2):
        at_once(many.ManyNames(lists), forms[:3])
    indexed.compile_score()
    for loop in (kernels.find, kernels.score):  # the build's code refuses any other types
        assert len(getattr(loop, "signatures", [""])) == 1
