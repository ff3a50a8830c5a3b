"""What words of a name are signs of: no reading is lost by which of them are tried."""

from __future__ import annotations

import itertools
import re
import sqlite3
import time
from contextlib import closing

import pytest

from detente.parties.names import comparing, policy
from detente.parties.names.document_words import words_of
from detente.parties.names.names import LONGEST_NAME, latin_words
from detente.parties.names.packed_words import unpack
from detente.parties.names.patterns import PhrasePattern
from detente.parties.names.reading.documents import HAS_SIGN, has_hint
from detente.parties.names.reading.word_readings import ANY, FOREIGN, JOINED, MISREAD, OTHER_NAME
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import Screen, open_built_in, read_tables
from tests.entries import thinned

BY_HAND = (
    "Youxian Gongsi", "gu fen you xian gong si", "Jinan Gongsi", "JC Smith", "B. K. Rao", "H3C",
    "Chang Zhou Steel", "Tsing Hua", "Zhang Wei", "Hsu Chih Wei", "Dr Ali", "Dr.Ali", "& Dr Ali",
    "_Dr Ali", "'Messrs Ali", "Messrs Ali", "m/s Ali", "Public Joint Stock Comp Rostvertol",
    "Limited Liability Compan Zorblax", "Abu Zorblax", "Inspur Co.,Ltd", "Tex-Co Logistics",
    "SiemensAG", "Zorblax, Shanghai", "Zorblax, or order", "Zorblax or order &, Ltd", "Zor8lax",
    "Memory Zorblax, Procurement Department", "中国 Ltd", "Zorblax 佐布拉",
    "Acme [Beta Trading] Ltd", "1 st", "No 5", "-",
)  # fmt: skip


def _listed(database: sqlite3.Connection) -> list[str]:
    return [text for (text,) in database.execute("SELECT text FROM names WHERE id % 23 = 0")]


def _names(database: sqlite3.Connection) -> list[str]:
    listed = _listed(database)
    around = [text for (text,) in database.execute("SELECT text FROM document_words")]
    together = [f"{one} {other}" for one, other in zip(around, itertools.cycle(listed))]
    typed = [name.lower() for name in listed[::3]] + [name.title() for name in listed[1::3]]
    return [*BY_HAND, *listed, *typed, *together]


def _called(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Short names of parties, and no names, each before a longer one."""
    rows = database.execute(
        "SELECT short.squashed, long.text FROM names short JOIN names long USING (entry)"
        " WHERE length(short.squashed) < 9 AND length(long.squashed) > 12"
    ).fetchall()
    return [*rows[::60], *((f"{key[:3]}q", text) for key, text in rows[::120])]


def _forms(lists: Lists, name: str) -> object:
    try:
        return lists.forms(name)
    except ValueError as error:
        return str(error)


@pytest.mark.once
def test_every_reading_of_a_name_has_its_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    lists, names = Screen().lists[0], _names(open_built_in())[:: thinned(2)]
    read = [_forms(lists, name) for name in names]
    signs = [lists.reader.signs(latin_words(name)) for name in names if name.isascii()]
    # Most names of the lists are tried in one way alone, and each sign is that of some name.
    rows = open_built_in().execute("SELECT text FROM names WHERE grade = 'official'")
    listed = [name for (name,) in rows]
    plain = [lists.reader.signs(latin_words(name)) for name in listed if name.isascii()]
    assert sum(each == FOREIGN for each in plain) > 0.49 * len(plain)
    assert all(
        any(each & sign for each in signs) for sign in (1, 2, 4, 8, 16, FOREIGN, MISREAD, JOINED)
    )
    told = lists.reader.signs
    in_all_ways = ANY & ~OTHER_NAME  # which brand has another name is no doubt
    monkeypatch.setattr(
        lists.reader, "signs", lambda stated: told(stated) & OTHER_NAME | in_all_ways
    )
    assert read == [_forms(lists, name) for name in names]


def _opened() -> Lists:
    database = open_built_in()
    spellings = dict(database.execute("SELECT spelling, pinyin FROM cantonese"))
    return Lists(database, read_tables(database), spellings)


@pytest.mark.once
def test_a_name_is_read_the_same_where_its_bare_words_are_known() -> None:
    names, unknowing, knowing = _names(open_built_in()), _opened(), _opened()
    knowing.know_words()
    names += [f"{key.upper()} {name}" for key, name in _called(open_built_in())]
    names = names[:: thinned(3)]
    assert not unknowing.tables.bare
    assert len(knowing.tables.bare) > 10_000
    read = [_forms(knowing, name) for name in names]
    assert read == [_forms(unknowing, name) for name in names]
    assert sum("without its acronym" in str(each) for each in read) > 100 / thinned(3)
    assert all(unknowing.reader.signs.is_bare(word) for word in sorted(knowing.tables.bare)[::20])
    for word in ("trading", "shanghai", "co", "9", "zhang", "hsu", "jc", "china", "limitted"):
        assert not unknowing.reader.signs.is_bare(word)


def test_a_file_that_says_no_words_has_none() -> None:
    lists = _opened()
    with closing(sqlite3.connect(":memory:")) as empty:
        lists._database = empty
        lists.know_words()
    assert not lists.tables.bare


def test_a_word_of_documents_is_hinted_at_where_it_is_found() -> None:
    words, names = Screen().lists[0].tables.documents, _names(open_built_in())
    hinted = [has_hint(name, words) for name in names]
    in_the_net = re.compile(r"www\.").search
    patterns = HAS_SIGN, in_the_net, words.chinese_parent.search, words.opening.whole().search
    assert hinted == [any(search(name) for search in patterns) for name in names]
    assert 100 < sum(hinted) < len(names) - 100
    signs = [sign for sign in map(chr, range(128)) if HAS_SIGN(f"Acme {sign}")]
    assert signs == [sign for sign in map(chr, range(128)) if has_hint(f"Acme {sign}", words)]
    assert "[" in signs


def test_a_pattern_of_the_phrases_of_a_text_fits_as_that_of_all_phrases() -> None:
    words, names = Screen().lists[0].tables.documents, _names(open_built_in())
    around = [text for (text,) in open_built_in().execute("SELECT text FROM document_words")]
    ways = "{}: Acme", "{}. Acme", "Acme, {}", "ACME ({}) of Acme", "Acme {} No. 12-b", "Ağır {}"
    lines = [way.format(text) for text in around for way in ways]
    lines = [line.upper() if at % 2 else line for at, line in enumerate(lines)]
    texts = [*names[:: thinned(6)], *lines[::5], "ACME TİCARET, İTHALAT", "ACME 5/F"]
    texts += ["Surname: Vasile; given names: Ana Maria", "Vorname: Ana, Nachname: Vasile"]
    patterns = [each for each in words if isinstance(each, PhrasePattern)]
    assert len(patterns) > 10
    for each in patterns:
        fits = list(map(each.whole().search, texts))
        assert [_span(each.search(text)) for text in texts] == list(map(_span, fits))
        assert 0 < sum(match is not None for match in fits) < len(texts) / 2


def test_patterns_of_phrases_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.parties.names.patterns.MOST_PATTERNS", 2)
    stated = "closed", "deceased", "or order", "and others", "in liquidation"
    tail = words_of(("tail", text) for text in stated).tail
    assert [tail.sub("", f"Acme, {each}") for each in stated] == ["Acme"] * 5
    assert 0 < len(tail._patterns) <= 2


@pytest.mark.once
def test_no_line_takes_long_that_repeats_a_phrase_of_documents() -> None:
    lists, database = Screen().lists[0], open_built_in()
    lists.forms("Acme, Attn: Jane")
    rows = database.execute("SELECT kind, text FROM document_words WHERE kind <> 'common'")
    phrases = {kind: text for kind, text in rows if " " in text.strip("* ")}
    assert len(phrases) > 10
    for phrase in ("solar panels", *phrases.values()):
        bare = phrase.partition("=")[0].strip("* ")
        for way in ("{} ", "{}, ", "1 {} ", "{}-12/", " {} of", "{} x1, "):
            text = ("Acme " + 300 * way.format(bare))[:LONGEST_NAME]
            started = time.thread_time()
            _forms(lists, text)
            assert time.thread_time() - started < 2, text[:40]


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match and match.span()


def test_what_a_score_alone_says_is_what_the_comparison_says() -> None:
    lists = Screen().lists[0]
    rows = [row for row in lists.all_names() if row[0] % 41 == 0]
    told = set()
    for (_, _, packed, *_, party), (_, _, other, *_) in itertools.pairwise(rows):
        for one in (unpack(packed), unpack(packed)[:-1], unpack(other)):
            if not one:
                continue
            score, why = lists.compared(one, None, unpack(packed), party)
            said = comparing.why_whole(score, packed)
            assert said in ([], why)
            told.update(said)
    assert told == {feature.says for feature in policy.WHOLE[:2]}
    assert comparing.why_whole(policy.RULES.same, "lltd lco") == []
    assert comparing.why_whole(policy.RULES.most, "bzorblax") == []
