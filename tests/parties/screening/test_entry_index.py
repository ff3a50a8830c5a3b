"""What is kept of an entry's names, and which entries are taken for one party."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator

import pytest

from detente.parties.lists.model import ALSO, CHINESE, SECONDARY, ListedEntry, Name
from detente.parties.names.comparing import CRAFT, PERSON
from detente.parties.names.names import NameTables
from detente.parties.names.packed_words import pack, unpack
from detente.parties.screening.listed.index import (
    SCHEMA,
    add_version,
    body,
    build_postings,
    entry_of,
)
from detente.parties.screening.listed.kinds_of_names import PRINTED
from detente.parties.screening.store import open_built_in, read_tables


@pytest.fixture(scope="module")
def tables() -> NameTables:
    database = open_built_in()
    try:
        return read_tables(database)
    finally:
        database.close()


@pytest.fixture
def kept() -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    yield database
    database.close()


def listed(key: str, *names: str | Name, **fields: object) -> ListedEntry:
    own = tuple(
        each if isinstance(each, Name) else Name(each, ALSO if at else "name")
        for at, each in enumerate(names)
    )
    return ListedEntry(**{"list": "A", "key": key, "names": own} | fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        ("Zorblax Blorfy Co., Ltd.", "", {"name": "zorblaxblorfy"}),
        # as it is said in Mandarin and in Cantonese; pinyin would be the first of them again
        ("阿尔法", "", {"name": "阿尔法", "said": {"aerfa", "aajifaat"}}),
        ("Zorblax Blorfy (ZBXB)", "", {"name": "zorblaxblorfyzbxb", "acronym": "zbxb",
                                       "bare": "zorblaxblorfy"}),
        # brackets of Chinese and Japanese print, of both kinds, and square ones
        ("Zorblax Blorfy（ZBXB）", "", {"name": "zorblaxblorfyzbxb", "acronym": "zbxb",
                                      "bare": "zorblaxblorfy"}),
        ("Zorblax Blorfy (ZBXB）Xuul", "", {"name": "zorblaxblorfyzbxbxuul",
                                           "bare": "zorblaxblorfyxuul"}),
        ("Zorblax Blorfy [ZBXB]", "", {"name": "zorblaxblorfyzbxb", "acronym": "zbxb",
                                       "bare": "zorblaxblorfy"}),
        # what goes on behind the brackets is a part of the body whose acronym it is
        ("Zorblax Blorfy (ZBXB) 1st Academy", "", {"name": "zorblaxblorfyzbxb1institute",
                                                   "unread": "zorblaxblorfyzbxb1academy",
                                                   "bare": "zorblaxblorfy1institute"}),
        ("Zorblax Blorfy 1st Academy (ZBXB 1), Quux", "",
         {"name": "zorblaxblorfy1institutezbxb1quux", "acronym": "zbxb1",
          "unread": "zorblaxblorfy1academyzbxb1quux", "bare": "zorblaxblorfy1institutequux"}),
        ("1st Academy of Zorblax Blorfy Xuul Union (ZBXU)", "",
         {"name": "1institutezorblaxblorfyxuulunionzbxu",
          "unread": "1academyzorblaxblorfyxuulunionzbxu",
          "bare": "1institutezorblaxblorfyxuulunion"}),
        # three letters tell no party by themselves
        ("Zorblax Blorfy (ZBX)", "", {"name": "zorblaxblorfyzbx", "bare": "zorblaxblorfy"}),
        # a place in brackets is no acronym, and takes nothing away from the name
        ("Zorblax Blorfy (Beijing)", "", {"name": "zorblaxblorfybeijing"}),
        ("Zorblax Blorfy, a.k.a. Quuxly", "", {"name": "zorblaxblorfyakaquuxly",
                                               "bare": {"zorblaxblorfy", "quuxly"}}),
        ("Zorblax Blorfy (f.k.a. Quuxly)", "", {"name": "zorblaxblorfyfkaquuxly",
                                                "bare": {"zorblaxblorfy", "quuxly"}}),
        ("Zorblax (阿尔法)", "", {"name": "zorblax阿尔法", "bare": {"zorblax", "阿尔法"},
                               "said": {"aerfa", "aajifaat", "zorblaxaerfa", "zorblaxaajifaat"}}),
        ("Zorblax (ZBXB) Blorfy (阿尔法)", "",
         {"name": "zorblaxzbxbblorfy阿尔法", "bare": {"zorblaxblorfy", "阿尔法"},
          "said": {"aerfa", "aajifaat", "zorblaxzbxbblorfyaerfa", "zorblaxzbxbblorfyaajifaat"}}),
        ("Ivan Petrovich Zorblaxov", "individual",
         {"name": "ivanpetrovichzorblaxov", "no patronymic": "ivanzorblaxov"}),
        ("Ivan Zorblaxov Petrovich", "individual",
         {"name": "ivanzorblaxovpetrovich", "no patronymic": "ivanzorblaxov"}),
        ("Zorblaxov, Ivan Petrovich", "individual",
         {"name": "zorblaxovivanpetrovich", "no patronymic": "zorblaxovivan"}),
        ("Zorblaxov, Petrovich", "individual", {"name": "zorblaxovpetrovich"}),
        ("Petrovich Ivan Zorblaxov", "individual", {"name": "petrovichivanzorblaxov"}),
        ("Ivan Petrovich Zorblaxov", "entity", {"name": "ivanpetrovichzorblaxov"}),
    ],
)  # fmt: skip
def test_an_entry_is_kept_under_every_form_of_its_name(
    kept: sqlite3.Connection, tables: NameTables, name: str, kind: str, forms: dict[str, object]
) -> None:
    add_version(kept, ("A", "2026", "f", 1, "", "", 0, ""), [listed("1", name, kind=kind)], tables)
    found: dict[str, set[str]] = {}
    for form, squash in kept.execute("SELECT kind, squashed FROM names ORDER BY id"):
        found.setdefault(form, set()).add(squash)
    assert found == {form: {want} if isinstance(want, str) else want
                     for form, want in forms.items()}  # fmt: skip


def test_names_keep_their_grade_their_place_and_what_the_party_is(
    kept: sqlite3.Connection, tables: NameTables
) -> None:
    entries = [
        listed("1", "Zorblax", Name("阿尔法", CHINESE, SECONDARY, "a page"), kind="vessel"),
        listed("2", "Quuxly", kind="individual"),
        listed("3", "Co., Ltd."),
    ]
    add_version(kept, ("A", "2026", "f", 3, "", "", 0, ""), entries, tables)
    rows = kept.execute("SELECT entry, text, kind, grade, place, party FROM names ORDER BY id")
    assert [row for row in rows if row[2] in PRINTED] == [
        (1, "Zorblax", "name", "official", "", CRAFT),
        (1, "阿尔法", "zh", "secondary", "a page", CRAFT),
        (2, "Quuxly", "name", "official", "", PERSON),
        (3, "Co., Ltd.", "name", "official", "", 0),  # of legal forms alone, and yet to be found
    ]


def test_a_body_gives_the_entry_and_packed_words_the_words(tables: NameTables) -> None:
    entry = listed("1", "Zorblax", "Quuxly", countries=("CN", "HK"), addresses=("1 Road",))
    assert entry_of(body(entry)) == entry
    short = body(entry).rsplit(",", 9)[0] + "]"  # as an older release kept it
    assert entry_of(short)[:5] == entry[:5]
    kept = sqlite3.connect(":memory:")
    kept.executescript(SCHEMA)
    add_version(kept, ("A", "2026", "f", 1, "", "", 0, ""), [entry], tables)
    for (words,) in kept.execute("SELECT words FROM names"):
        assert pack(unpack(words)) == words
    kept.close()


CN, HK = {"countries": ("CN",)}, {"countries": ("HK",)}
US, NOWHERE = {"countries": ("US",)}, {}


@pytest.mark.parametrize(
    ("entries", "pairs"),
    [
        # the same main name on two lists
        ([listed("1", "Zorblax"), listed("2", "Zorblax", list="B")], {2: 1}),
        # the main name of one is a further name of the other
        ([listed("1", "Quuxly", "Zorblax"), listed("2", "Zorblax", list="B")], {2: 1}),
        # further names that agree tell nothing
        ([listed("1", "Quuxly", "Zorblax"), listed("2", "Blorfy", "Zorblax", list="B")], {}),
        # on one list a further name tells nothing, the same main name does
        ([listed("1", "Quuxly", "Zorblax"), listed("2", "Zorblax")], {}),
        ([listed("1", "Zorblax"), listed("2", "Zorblax")], {2: 1}),
        # a short name tells nothing; two Chinese signs do
        ([listed("1", "Zorb"), listed("2", "Zorb", list="B")], {}),
        ([listed("1", "Zorbl"), listed("2", "Zorbl", list="B")], {2: 1}),
        ([listed("1", "阿法"), listed("2", "阿法", list="B")], {2: 1}),
        # written out with its legal form a short one tells, and in one country by itself
        ([listed("1", "Zor Corporation"), listed("2", "ZOR CORPORATION", list="B")], {2: 1}),
        ([listed("1", "Zor Corporation"), listed("2", "Zor Ltd", list="B")], {}),
        ([listed("1", "Zor Corporation"), listed("2", "Q", "Zor Corporation", list="B")], {}),
        ([listed("1", "Zo-R", **CN), listed("2", "Zo-r", list="B", **CN)], {2: 1}),
        # words of a trade alone tell where they are the same words
        ([listed("1", "China Telecom Group"), listed("2", "China Communications Group", list="B")],
         {}),
        ([listed("1", "China Telecom Group"), listed("2", "China Telecoms Group", list="B")],
         {2: 1}),
        ([listed("1", "Zorblax Telecom"), listed("2", "Zorblax Communications", list="B")],
         {2: 1}),
        # countries that differ, that are shared, and one that is not stated
        ([listed("1", "Zorblax", **CN), listed("2", "Zorblax", list="B", **US)], {}),
        ([listed("1", "Zorblax", countries=("CN", "HK")),
          listed("2", "Zorblax", list="B", **HK)], {2: 1}),
        ([listed("1", "Zorblax", **CN), listed("2", "Zorblax", list="B", **NOWHERE)], {2: 1}),
        # lists print an address in Hong Kong under either: the same main name is one party
        ([listed("1", "Zorblax", **CN), listed("2", "Zorblax", list="B", **HK)], {2: 1}),
        ([listed("1", "Zorblax Ltd", **CN), listed("2", "Zorblax Inc", list="B", **HK)], {}),
        # an entry without a country does not join two parties of different countries
        ([listed("1", "Zorblax", **CN), listed("2", "Zorblax", list="B", **US),
          listed("3", "Zorblax", list="C")], {3: 1}),
        # and goes to whom it is named like, letter by letter, whoever stands first
        ([listed("1", "Zorblax Technology", **US), listed("2", "Zorblax Technologies Co.", **CN),
          listed("3", "Zorblax Technologies Co.", list="B")], {3: 2}),
        # a name that the list does not print itself tells nothing
        ([listed("1", "Quuxly", Name("Zorblax", ALSO, SECONDARY)),
          listed("2", "Zorblax", list="B")], {}),
        # the same three words in another order on another list, unless they are syllables
        ([listed("1", "Zorblax Ivan Quux"), listed("2", "QUUX, Ivan Zorblax", list="B")], {2: 1}),
        ([listed("1", "Zorblax Ivan Quux"), listed("2", "QUUX, Ivan Zorblax")], {}),
        ([listed("1", "Zorblax Quux"), listed("2", "QUUX, Zorblax", list="B")], {2: 1}),
        ([listed("1", "Zorblax Quux"), listed("2", "QUUX, Zorblax", list="B"),
          *(listed(str(at), f"Zorblax Q{letter}z") for at, letter in enumerate("abcd", 3))], {}),
        ([listed("1", "Li Jing Ping"), listed("2", "PING, Li Jing", list="B")], {}),
        ([listed("1", "Zorblax Ivan Quux", **CN),
          listed("2", "QUUX, Ivan Zorblax", list="B", **US)], {}),
        # three in a row come to the first
        ([listed("1", "Zorblax", "Quuxly"), listed("2", "Quuxly", "Blorfy", list="B"),
          listed("3", "Blorfy", list="C")], {2: 1, 3: 1}),
    ],
)  # fmt: skip
def test_entries_of_one_party(
    kept: sqlite3.Connection,
    tables: NameTables,
    entries: list[ListedEntry],
    pairs: dict[int, int],
) -> None:
    add_version(kept, ("A", "2026", "f", len(entries), "", "", 0, ""), entries, tables)
    build_postings(kept, tables)
    (bytes_of,) = kept.execute("SELECT value FROM facts WHERE fact = 'one party'").fetchone()
    found = array("I", bytes_of)
    assert dict(zip(found[::2], found[1::2], strict=True)) == pairs


def test_a_list_kept_again_for_its_day_takes_the_place_of_the_one_before(
    kept: sqlite3.Connection, tables: NameTables
) -> None:
    version = ("A", "2026-01-01", "csv", 2, "a.csv", "x", 1, "2025-01-01")
    add_version(kept, version, [listed("1", "Zorblax"), listed("2", "Quuxly")], tables)
    again = (*version[:3], 1, *version[4:6], 0, version[7])
    add_version(kept, again, [listed("2", "Quuxly")], tables)
    rows = kept.execute("SELECT list, source_date, format, rows, left_out, start, members"
                        " FROM versions").fetchall()  # fmt: skip
    assert len(rows) == 1
    assert rows[0][:6] == ("A", "2026-01-01", "csv", 1, 0, "2025-01-01")
    assert list(array("I", rows[0][6])) == [2]
    # an entry is kept once however often it is listed
    assert kept.execute("SELECT count(*) FROM entries").fetchone() == (2,)


@pytest.mark.parametrize("earlier", [False, True])
def test_entries_that_begin_alike_are_kept_each_and_the_same_one_once(
    kept: sqlite3.Connection, tables: NameTables, earlier: bool
) -> None:
    if earlier:  # files of earlier releases had a copy of every body in an index
        kept.execute("DROP TABLE entries")
        kept.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE)")
    long = "Zorblax " * 30
    entries = [listed("1", f"{long}示{at}") for at in ("", "Quux", "")]
    add_version(kept, ("A", "2026-01-01", "csv", 3, "a.csv", "x", 0, ""), entries, tables)
    (members,) = kept.execute("SELECT members FROM versions").fetchone()
    assert list(array("I", members)) == [1, 2, 1]


def test_looking_for_an_entry_reads_no_other(kept: sqlite3.Connection) -> None:
    query = "SELECT id FROM entries WHERE substr(body, 1, 120) = ? AND body = ?"
    (plan,) = kept.execute(f"EXPLAIN QUERY PLAN {query}", ("", "")).fetchall()
    assert "USING INDEX entries_begin" in plan[3]


def test_it_is_told_how_many_names_are_indexed(
    kept: sqlite3.Connection, tables: NameTables
) -> None:
    entries = [listed("1", "Zorblax"), listed("2", "Quuxly")]
    add_version(kept, ("A", "2026-01-01", "csv", 2, "a.csv", "x", 0, ""), entries, tables)
    told: list[tuple[int, int]] = []
    build_postings(kept, tables, progress=lambda *counts: told.append(counts))
    assert told == [(1, 2), (2, 2)]
