"""What is kept of the lists for many names: made once, made anew when it is not theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.core.array_file import read_arrays
from detente.parties.names.kinds import BRAND, LEGAL, PLACE
from detente.parties.names.names import NameWord
from detente.parties.screening.importing import import_list
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

pytest.importorskip("numba")

import numpy as np

from detente.parties.names import query_words
from detente.parties.names.query_words import QueryWords
from detente.parties.screening import indexed, many

NAMES = ("Zorblax Technology Co Ltd", "深圳佐布拉有限公司", "Kepler Instruments", "第十四研究所")


def hits(screen: Screen) -> list[list[str] | str]:
    found = many.ready(screen)([NameQuery(name) for name in (*NAMES, "Zorbluk Tech", "--")], 5)
    return [each if isinstance(each, str) else [hit.name for hit in each] for each in found]


def house(folder: Path, names: tuple[str, ...], day: str) -> None:
    file = folder / "house.csv"
    file.write_text("\n".join(("name", *names)), encoding="utf-8")
    import_list(str(file), source_date=day, name="HOUSE")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    house(tmp_path, NAMES, "2026-01-01")
    return tmp_path


def test_what_is_kept_gives_the_hits_of_what_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hits(Screen())
    assert len(list(folder.glob("screening-*.arrays"))) == 1  # the built-in ones are laid out
    assert not list(folder.glob("*.new"))

    def never(_: object) -> indexed.StoredArrays:
        raise AssertionError("made again")

    monkeypatch.setattr(indexed, "made_of", never)
    assert hits(Screen()) == made
    assert made[0] == ["Zorblax Technology Co Ltd"]


def test_lists_that_change_are_made_anew(folder: Path) -> None:
    hits(Screen())
    house(folder, (*NAMES, "Zorbluk Tech"), "2026-02-01")
    assert hits(Screen())[4] == ["Zorbluk Tech"]
    assert "Zorbluk Tech" not in hits(Screen("2026-01-15"))[4]


def test_what_is_kept_serves_every_day(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house(folder, (*NAMES, "Zorbluk Tech"), "2026-02-01")
    earlier = hits(Screen("2026-01-15"))
    monkeypatch.setattr(indexed, "made_of", None)
    assert hits(Screen())[4] == ["Zorbluk Tech"]
    assert hits(Screen("2026-01-15")) == earlier
    assert "Zorbluk Tech" not in earlier[4]


def test_a_file_that_is_cut_off_is_made_anew(folder: Path) -> None:
    made = hits(Screen())
    for file in folder.glob("screening-*.arrays"):
        file.write_bytes(file.read_bytes()[:5000])
    assert hits(Screen()) == made


def test_a_file_in_which_a_byte_is_another_is_made_anew(folder: Path) -> None:
    made = hits(Screen())
    for file in folder.glob("screening-*.arrays"):
        body = bytearray(file.read_bytes())
        body[len(body) // 2] ^= 1
        file.write_bytes(body)
    assert read_arrays(*indexed.place_of(Screen().lists[1])) is None
    assert hits(Screen()) == made
    assert read_arrays(*indexed.place_of(Screen().lists[1])) is not None


def test_what_the_build_laid_out_is_what_is_made_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in, house = Screen().lists
    laid_out, made = indexed._laid_out(built_in), indexed.made_of(built_in)
    assert laid_out is not None
    assert laid_out.keys() == made.keys()
    for name, each in made.items():
        assert laid_out[name].tobytes() == each.tobytes(), name
    assert indexed._laid_out(house) is None
    monkeypatch.setattr(indexed, "made_of", lambda _: made)
    again = tmp_path / "again.arrays"
    indexed.lay_out(built_in, str(again))
    assert again.read_bytes() == Path(indexed.LAID_OUT).read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"no arrays at all"])
def test_what_was_laid_out_is_made_here_where_it_is_missing_or_damaged(
    content: bytes | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = indexed._laid_out(Screen().lists[0])
    made = hits(Screen())
    file = folder / "laid out"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(indexed, "LAID_OUT", str(file))
    monkeypatch.setattr(indexed, "made_of", lambda _: laid_out)
    assert hits(Screen()) == made
    assert len(list(folder.glob("screening-*.arrays"))) == 2


def test_where_numba_compiles_what_is_read_is_kept_in_the_user_s_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexed, "is_usable", lambda: False)
    assert indexed._laid_out(Screen().lists[0]) is None


def test_a_folder_that_cannot_be_written_still_gives_hits(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    indexed.keep(str(blocked / "kept.arrays"), "key", {"one": np.zeros(1)})
    assert read_arrays(str(blocked / "kept.arrays"), "key") is None
    assert blocked.read_text() == "no folder"


def test_texts_come_back_as_they_went() -> None:
    texts = ["", "a b", "深圳", "x"]
    assert indexed.texts_from(indexed.texts_into(texts)) == texts
    assert indexed.texts_from(indexed.texts_into([])) == []


# --- arrays --------------------------------------------------------------------------------------


def test_rows_of_different_lengths_are_one_array_and_where_each_begins() -> None:
    rows = indexed.RaggedRows()
    for row in ([5, 6], [], [7]):
        rows.add(row)
    flat, begins = rows.arrays()
    assert (flat.tolist(), begins.tolist()) == ([5, 6, 7], [0, 2, 2, 3])
    assert [each.tolist() for each in indexed.RaggedRows().arrays()] == [[], [0]]
    assert indexed.begins_of([2, 0, 1]).tolist() == [0, 2, 2, 3]
    assert indexed.begins_of([]).tolist() == [0]


def test_letters_of_texts_are_bits_and_a_text_without_letters_has_none() -> None:
    letters = indexed.Letters(["ab", "", "ba", "a", "深"])
    assert letters.letters.tolist() == [97, 98, 98, 97, 97, ord("深")]
    assert letters.begins.tolist() == [0, 2, 2, 4, 5, 6]
    a, b, deep = (1 << ord(each) % 63 for each in "ab深")
    assert letters.which().tolist() == [a | b, 0, a | b, a, deep]
    assert indexed.Letters(["", "a", ""]).which().tolist() == [0, a, 0]
    assert indexed.Letters([]).which().tolist() == []


def test_rows_are_put_after_the_first_ones_and_room_is_made_where_there_is_none() -> None:
    held = np.array([1, 2, 3, 4])
    same = indexed.with_rows(held, 2, np.array([8, 9]))
    assert same is held
    assert held.tolist() == [1, 2, 8, 9]
    longer = indexed.with_rows(held, 3, np.array([5, 6]))
    assert len(longer) == 10
    assert longer[:5].tolist() == [1, 2, 8, 5, 6]
    assert held.tolist() == [1, 2, 8, 9]


def test_every_text_is_found_by_its_hash_among_those_of_its_kind() -> None:
    texts = ["abc", "b", "", "深圳", "abcd"]
    hashes, values, begins = indexed.keys_of((1, texts), (2, ["b", "abc"]))
    assert (hashes[1:] >= hashes[:-1]).all()
    assert len(begins) == 2**16 + 1
    assert (begins[0], begins[-1]) == (0, 7)

    def places(what: int, text: str) -> list[int]:
        (hashed,) = indexed.hashes_of_texts(what, [text])
        bucket = int(hashed) >> 48
        near = range(begins[bucket], begins[bucket + 1])
        return [int(values[at]) for at in near if hashes[at] == hashed]

    assert [places(1, text) for text in texts] == [[0], [1], [2], [3], [4]]
    assert [places(2, text) for text in ("b", "abc", "abcd")] == [[0], [1], []]
    assert places(3, "abc") == []


def test_what_is_told_of_words_is_their_kind_letters_and_sound() -> None:
    words = [NameWord(BRAND, "zorb"), NameWord(LEGAL, "ltd"), NameWord(BRAND, "xi")]
    table, letters = indexed.rows_of(
        words,
        lambda text: text == "xi",
        lambda text: "" if text == "xi" else text.upper(),
        lambda text: "" if text == "xi" else text[::-1],
    )
    assert letters.tobytes().decode("utf-32-le") == "zorbltdxi"
    assert table["begin"].tolist() == [0, 4, 7]
    assert table["size"].tolist() == [4, 3, 2]
    assert [chr(each) for each in table["first"]] == ["z", "l", "x"]
    assert table["syllables"].tolist() == [False, False, True]
    kinds = indexed.kernels.KINDS
    assert table["kind"].tolist() == [kinds[BRAND], kinds[LEGAL], kinds[BRAND]]
    # The legal form has no sound that counts, and the last one none at all.
    assert table["sound"].tolist() == [indexed.crc32(b"ZORB"), 0, 0]
    assert table["heard"].tolist() == [indexed.crc32(b"broz"), 0, 0]


def test_postings_of_names_that_do_not_count_are_left_out() -> None:
    postings, begins = np.array([0, 2, 1, 2, 0, 1], np.uint32), np.array([0, 2, 3, 3, 6], np.int64)
    moved = np.array([0, -1, 1], np.int32)
    kept, kept_begins = np.empty_like(postings), np.empty_like(begins)
    count = indexed.kernels.leave_out(postings, begins, moved, kept, kept_begins)
    assert kept[:count].tolist() == [0, 1, 1, 0]
    assert kept_begins.tolist() == [0, 2, 2, 2, 4]


def test_arrays_are_read_under_their_own_hash_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "folder" / "kept.arrays")
    indexed.keep(path, "one", {"numbers": np.array([1, 2]), "none": np.zeros(0)})
    found = read_arrays(path, "one")
    assert found is not None
    assert {name: each.tolist() for name, each in found.items()} == {"numbers": [1, 2], "none": []}
    assert read_arrays(path, "two") is None
    np.savez(tmp_path / "others.npz", numbers=np.zeros(1))
    os.replace(tmp_path / "others.npz", path)
    assert read_arrays(path, "one") is None
    assert [each.name for each in (tmp_path / "folder").iterdir()] == ["kept.arrays"]


def test_words_that_are_asked_come_after_the_listed_ones_until_they_are_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = Screen().lists[1]
    words, asked = indexed.Indexed(lists).words, QueryWords()
    listed = len(words._listed)

    def numbers(*parts: NameWord) -> list[int]:
        forms = asked.forms([parts], [None])
        return [int(each) for each in words.numbers(asked)[forms.words]]

    zorblax, quuxly, blorfy = (NameWord(BRAND, each) for each in ("zorblax", "quuxly", "blorfy"))
    (known,) = numbers(zorblax)
    assert known < listed
    assert numbers(quuxly, zorblax, quuxly) == [listed, known, listed]
    assert numbers(blorfy, quuxly) == [listed + 1, listed]
    table, letters = words.both
    for number, text in ((known, "zorblax"), (listed, "quuxly"), (listed + 1, "blorfy")):
        row = table[number]
        spelled = letters[row["begin"] : row["begin"] + row["size"]]
        assert spelled.tobytes().decode("utf-32-le") == text
        assert row["text"] == number
        assert row["weight"] == lists.weight(NameWord(BRAND, text))
        assert row["stands"] == lists.stands(text)

    # The same text of another kind has one number with the listed one.
    (number,) = numbers(NameWord(LEGAL, "zorblax"))
    assert words.table["text"][number] == words.table["text"][known]

    assert numbers(quuxly) == [listed]  # too few were met to be forgotten
    monkeypatch.setattr(query_words, "MOST_MET", 3)
    assert numbers(NameWord(BRAND, "vexx")) == [listed]
    assert words.table["size"][listed] == 4


def test_a_city_that_is_asked_has_the_number_of_its_word() -> None:
    asked = QueryWords()
    zorb, beijing = NameWord(BRAND, "zorb"), NameWord(PLACE, "beijing")
    words, begins, cities = asked.forms([(zorb,), (beijing, zorb)], [beijing, None])
    assert (words.tolist(), begins.tolist()) == ([0, 1, 0], [0, 1, 3])
    assert cities.tolist() == [1, -1]
    assert asked.words == [zorb, beijing]


def test_some_of_many_forms_keep_their_words_and_cities() -> None:
    queries = (
        np.array([5, 6, 7, 8, 9], np.uint32),
        np.array([0, 2, 2, 3, 5], np.int64),
        np.array([-1, 4, -1, 3], np.int32),
    )
    stated, begins, cities = indexed.some_of(queries, np.array([0, 1, 3]))
    assert stated.tolist() == [5, 6, 8, 9]
    assert (begins.tolist(), cities.tolist()) == ([0, 2, 2, 4], [-1, 4, 3])
    assert [each.dtype for each in (stated, begins, cities)] == [each.dtype for each in queries]


def test_a_name_that_is_listed_as_a_whole_is_compared_with_no_other() -> None:
    screen = Screen()
    names = many.ManyNames(screen.lists[0])
    forms = [screen.lists[0].forms(each)[0][0] for each in ("Huawei Technologies", "Huawei Tecnh")]
    begins, _, scores = names.scores(forms, [None, None], 1, 0.5)
    alone, _, _ = names.scores(forms[:1], [None], 1, 0.5)
    every, _, _ = names.scores(forms, [None, None], 0, 0.5)
    assert begins[1] == alone[1] < every[1]
    assert scores[: begins[1]].max() > 0.98 > scores[begins[1] :].max()
