from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest

from detente.parties.names import comparing
from detente.parties.names.candidates import finders, pieces
from detente.parties.names.names import parts
from detente.parties.screening import crowd
from detente.parties.screening.hits import THRESHOLD
from detente.parties.screening.importing import import_list
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import NameHits, RelatedParties
from detente.parties.screening.store import NEAR, Screen, open_built_in
from tests.entries import scaled, thinned
from tests.parties.screening.screening_support import questions

pytest.importorskip("numba")

import numpy as np

from detente.parties.names.query_words import QueryWords
from detente.parties.screening import many


def test_many_names_at_once_give_the_hits_of_one_by_one() -> None:
    screen = Screen()
    every = questions(open_built_in(), scaled(200))
    ready, beside = many.ready(screen), RelatedParties(screen)
    for top, several in ((50, every[::3]), (3, every), (1, every[1::3])):
        found = ready(several, top)
        alone = [crowd.one(screen, each, top, beside) for each in several]
        assert found == alone
        related = [[] if isinstance(each, str) else each.related for each in found]
        assert related == [[] if isinstance(each, str) else each.related for each in alone]
        assert sum(map(bool, related)) > len(several) * 10 / 323
        hits = sum(bool(each) and not isinstance(each, str) for each in found)
        assert hits > len(several) * 200 / 323


@pytest.fixture
def beside_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the built-in lists that a list of the house has too, each beside another one."""
    rows = open_built_in().execute("SELECT text FROM names WHERE kind = 'name' ORDER BY id")
    shared = [text for (text,) in rows][:: thinned(100)]
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    file = tmp_path / "house.csv"
    others = (f"{name.split()[0]} Zorblax {at}" for at, name in enumerate(shared))
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([["name"], *([each] for each in (*shared, *others))])
    import_list(str(file), source_date="2026-01-01", name="HOUSE")
    return shared


@pytest.mark.once
def test_what_one_file_finds_bounds_the_others_and_changes_no_answer(
    beside_house: list[str],
) -> None:
    screen = Screen()
    several = [*questions(open_built_in(), scaled(60)), *map(NameQuery, beside_house)]
    beside = RelatedParties(screen)
    found = many.ready(screen)(several, 1)
    assert found == [crowd.one(screen, each, 1, beside) for each in several]
    hits = [each[0] for each in found if each and not isinstance(each, str)]
    assert sum({"HOUSE"} < {entry.list for entry in hit.entries} for hit in hits) > 50


def test_less_is_wanted_of_other_files_than_one_has_found(beside_house: list[str]) -> None:
    screen = Screen()
    built_in = many.ManyNames(screen.lists[0], QueryWords())
    names = [*beside_house, "Zorblax Nobody Quux"]
    read = [many.read(screen.lists[0], NameQuery(name)) for name in names]
    asked, least = many.asked_of(read, built_in._asked), np.full(len(read), THRESHOLD)
    hits, wanted = built_in.screen(asked, 1, least)
    assert not hits[-1]
    assert wanted[-1] == THRESHOLD
    assert (wanted[:-1] > 0.98 - NEAR).sum() > len(beside_house) / 2
    assert (built_in.screen(asked, 3, least).least == THRESHOLD).all()


def _names(hits: NameHits | str) -> list[str] | str:
    return hits if isinstance(hits, str) else [hit.name for hit in (*hits, *hits.others)]


@pytest.mark.parametrize("top", [1, 2])
def test_others_that_come_as_close_are_told_whoever_asks(top: int) -> None:
    several = questions(open_built_in(), 400)
    screen = Screen()
    beside = RelatedParties(screen)
    for query, found in zip(several, many.ready(screen)(several, top), strict=True):
        assert _names(found) == _names(crowd.one(screen, query, top, beside)), query
        if isinstance(found, NameHits) and found.others:
            assert len(found) == top
            assert found.others[0].score >= round(found[0].score - NEAR, 3)
            assert not {hit.entry for hit in found} & {hit.entry for hit in found.others}


def test_a_crowd_is_answered_in_its_order_however_it_is_split(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several = questions(open_built_in(), 60)
    one_by_one = list(crowd.screen_all(Screen(), several, 3, _names))
    monkeypatch.setattr(crowd, "FEW", 10)
    monkeypatch.setattr(crowd, "FEW_UNREAD", 10)
    monkeypatch.setattr(crowd, "FEW_AT_FIRST", 10)
    monkeypatch.setattr(crowd, "AT_ONCE", 7)
    assert list(crowd.screen_all(Screen(), several, 3, _names, processes=1)) == one_by_one
    assert list(crowd.screen_all(Screen(), several, 3, _names, processes=2)) == one_by_one


@pytest.mark.parametrize(
    ("names", "sizes"),
    [(0, []), (1, [1]), (3, [2, 1]), (10, [4, 4, 1, 1]), (11, [4, 4, 2, 1]), (16, [4] * 4)],
)
def test_processes_are_given_pieces_of_the_same_size_to_the_last(
    names: int, sizes: list[int]
) -> None:
    queries = [NameQuery(str(each)) for each in range(names)]
    chunks = list(crowd.in_even_chunks(iter(queries), 4, 2))
    assert [len(each) for each in chunks] == sizes
    assert [each for chunk in chunks for each in chunk] == queries


def test_names_that_are_asked_one_by_one_are_shared_out_where_they_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several = questions(open_built_in(), 10)
    monkeypatch.setattr(crowd, "FEW", len(several))
    one_by_one = list(crowd.screen_all(Screen(), several, 3, _names, processes=1))
    assert sum(map(bool, one_by_one)) > len(several) / 2
    shared: list[int | None] = []
    split = crowd._shared

    def counted(screen: Screen, work: object, chunks: object, processes: int | None) -> object:
        shared.append(processes)
        return split(screen, work, chunks, processes)  # type: ignore[arg-type]

    monkeypatch.setattr(crowd, "_shared", counted)
    monkeypatch.setattr(crowd, "_may_share", lambda: True)
    monkeypatch.setattr(crowd, "AT_ONCE_ALONE", 4)
    assert list(crowd.screen_all(Screen(), several, 3, _names, processes=2)) == one_by_one
    assert shared == []
    monkeypatch.setattr(crowd, "FEWEST_SHARED", len(several))
    assert list(crowd.screen_all(Screen(), several, 3, _names, processes=2)) == one_by_one
    assert shared == [2]


def test_the_loops_wait_for_more_names_where_something_must_be_made_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = questions(open_built_in(), 60)
    monkeypatch.setattr(crowd, "FEW", 10)
    monkeypatch.setattr(crowd, "FEW_UNREAD", 20)
    monkeypatch.setattr(crowd, "FEW_AT_FIRST", 40)
    monkeypatch.setattr(crowd, "made_ahead", lambda: False)
    for at_hand, most in ((True, 10), (False, 40)):
        monkeypatch.setattr(crowd, "at_hand", lambda at_hand=at_hand: at_hand)
        for count in (most, most + 1):
            rest = iter(several[:count])
            first, are_few = crowd._first_of(rest)
            assert [*first, *rest] == several[:count]
            assert are_few == (count == most)
    monkeypatch.setattr(crowd, "made_ahead", lambda: True)
    assert crowd._first_of(iter(several[:21])) == (several[:21], False)
    assert crowd._first_of(iter(several[:20])) == (several[:20], True)


def test_nothing_is_made_for_the_built_in_lists_and_for_others_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    assert not crowd.ran_before()
    assert crowd.at_hand()
    names = tmp_path / "house.csv"
    names.write_text("name\nZorblax Technology\n", encoding="utf-8")
    import_list(str(names), source_date="2026-01-01", name="HOUSE")
    assert not crowd.at_hand()
    many.ready(Screen())
    assert crowd.ran_before()
    assert crowd.at_hand()
    for kept in tmp_path.glob("screening-*.arrays"):
        os.utime(kept, (0, 0))
    assert not crowd.ran_before()
    assert not crowd.at_hand()


def test_work_beside_is_done_when_the_own_work_is(tmp_path: Path) -> None:
    written = tmp_path / "written"
    with crowd.split_off(lambda: time.sleep(0.1) or written.touch()):
        assert not written.exists()
    assert written.exists()


def test_work_beside_that_fails_leaves_the_own_work_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fails() -> None:
        raise ValueError("no room")

    with crowd.split_off(fails):
        pass
    assert capfd.readouterr() == ("", "")


def test_a_short_name_with_one_slip_shares_a_finder_with_the_right_one() -> None:
    assert finders("clio", ()) & finders("cloi", ())
    assert finders("snois", ()) & finders("sonis", ())
    assert not pieces("clio") & pieces("lcoi")


@pytest.mark.parametrize("name", ["huawei", "深圳华为", "abc深圳"])
def test_the_pieces_of_a_name_are_of_two_characters_where_it_is_chinese(name: str) -> None:
    han = [piece for piece in pieces(name) if not piece.isascii()]
    assert all(len(piece) == 2 for piece in han)
    assert all(len(piece) == 3 for piece in pieces(name) - set(han))


def test_a_city_counts_where_only_the_listed_name_has_it(screen: Screen) -> None:
    lists = screen.lists[0]
    listed = parts("Shenzhen Zorblax Technology Co Ltd", lists.tables)
    one = parts("Zorblax Technology", lists.tables)
    without = comparing.compare(one, listed, lists.weight)[0]
    city, elsewhere = lists.place("Shenzhen"), lists.place("Wuhan")
    scores = [
        comparing.compare(comparing.with_city(one, listed, place), listed, lists.weight)[0]
        for place in (city, elsewhere)
    ]
    assert scores[0] > without == scores[1]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("AT1AS Trading", "Atlas Trading", "the same name"),
        ("浪潮电子信息产业", "Inspur Electronic Information Industry", "the same name"),
        ("Yangtze Memory", "YMTC", "the same name"),
        ("KeplerCorporation", "Kepler", "the same name"),
        ("Zorblax Manufac Wuhan", "Wuhan Zorblax Manufacturing", "manufac = manufacturing"),
        ("Zorblax Manufac. Wuhan", "Wuhan Zorblax Manufacturing", "the same name"),
    ],
)
def test_a_name_in_another_form_agrees_and_says_why(
    one: str, other: str, why: str, screen: Screen
) -> None:
    lists = screen.lists[0]
    score, reasons = max(
        comparing.compare(a, b, lists.weight)
        for a, _ in lists.forms(one)
        for b, _ in lists.forms(other)
    )
    assert score >= 0.78
    assert why in " ".join(reasons)


def test_lists_read_with_older_words_are_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.parties.screening.store import open_user

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    file = tmp_path / "house.csv"
    file.write_text("name\nZorblax Technology\n")
    import_list(str(file), source_date="2026-01-01")
    kept = open_user()
    with kept:
        kept.execute("UPDATE facts SET value = 'older' WHERE fact = 'read with'")
        kept.execute("UPDATE names SET words = 'bnothing', squashed = 'nothing'")
    assert [hit.name for hit in Screen().hits("Zorblax Tech")] == ["Zorblax Technology"]
