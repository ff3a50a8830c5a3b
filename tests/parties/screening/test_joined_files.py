"""Parties with entries in the built-in file and in the user's own: one party, as in one file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from detente.parties.lists.model import ListedEntry, Name
from detente.parties.names.document_words import words_of
from detente.parties.names.names import tables_of
from detente.parties.screening import crowd, many
from detente.parties.screening.importing import import_list, remove_list
from detente.parties.screening.listed.one_party import OF_PAIR, PrintedName, alike_across
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import RelatedParties
from detente.parties.screening.store import Screen, open_user

CSL = ("EL", "MEU", "UVL", "CMIC", "SDN", "SSI")
"""Lists that one file publishes, of which these tests import some parties."""

DAY = "2026-08-15"

PARTIES = (
    "China Aerodynamics Research and Development Center (CARDC)",
    "AECC South Industry Company Limited",
    "AVIC Leihua Electronic Technology Research Institute",
    "AVIC Aircraft Co. Ltd.",
    "Changhong Meiling Co. Ltd.",
    "Baimtec Material Co. Ltd.",
    "Ferrite-Domen Co.",
)
"""Parties of several lists, some of which are joined by a table alone, or by another's name."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


def lists_of(screen: Screen, name: str) -> list[tuple[str, str]]:
    hit = screen.parties(name, None, 1)[0]
    return [(each.list, each.key) for each in hit.entries]


def published(path: Path, entries: Iterable[ListedEntry]) -> str:
    """A screening list that says of some entries what is built in."""
    rows = [
        {
            "name": each.names[0].text, "source": f"A list ({each.list}) - Bureau",
            "alt_names": [name.text for name in each.names[1:] if name.grade == "official"],
            "countries": list(each.countries), "federal_register_notice": each.citation,
            "license_requirement": each.requirement_text, "license_policy": each.policy_text,
            "programs": each.programme, "type": each.kind,
            "entity_number": "" if each.key.endswith("]") else each.key,
        }
        for each in entries
    ]  # fmt: skip
    described = {"search_performed_at": DAY, "results": rows}
    path.write_text(json.dumps(described), encoding="utf-8")
    return str(path)


def test_lists_that_are_imported_again_leave_a_party_on_all_its_lists(home: Path) -> None:
    before = Screen()
    held = {name: lists_of(before, name) for name in PARTIES}
    assert all(len(lists) > 1 for lists in held.values())
    entries = {
        (each.list, each.key): each
        for name in PARTIES
        for each in before.parties(name, None, 1)[0].entries
        if each.list in CSL
    }
    import_list(published(home / "csl.json", entries.values()), fewer=True)
    after = Screen()
    assert {code for code, _ in entries} <= {each.list for each in _own(after)}
    assert {name: lists_of(after, name) for name in PARTIES} == held
    # The first day is that of the strictest list, as before.
    for name in PARTIES:
        was, now = (screen.parties(name, None, 1)[0] for screen in (before, after))
        assert (now.entry.since, now.score) == (was.entry.since, was.score)
    # Many names at once, whatever file finds them.
    queries = [NameQuery(name) for name in PARTIES]
    beside = RelatedParties(after)
    assert many.ready(after)(queries, 1) == [crowd.one(after, each, 1, beside) for each in queries]


def _own(screen: Screen) -> list[ListedEntry]:
    return [entry for _, entry in screen.lists[1].bodies()]


def test_two_parties_that_only_an_entry_of_the_user_joins_are_one_while_it_counts(
    home: Path,
) -> None:
    apart = "SenseTime Group, Inc.", "Changhong Meiling Co., Ltd."
    before = [lists_of(Screen(), name) for name in apart]
    assert not set(before[0]) & set(before[1])
    file = home / "house.csv"
    file.write_text(f'name,aliases\n"{apart[0]}","{apart[1]}"\n', encoding="utf-8")
    import_list(str(file), source_date=DAY, name="HOUSE")
    (own,) = [(each.list, each.key) for each in _own(Screen())]
    for name in apart:
        assert set(lists_of(Screen(), name)) == {*before[0], *before[1], own}
        found = Screen().parties(name, None, 10)
        parties = [{(each.list, each.key) for each in hit.entries} for hit in found]
        assert sum(own in party for party in parties) == 1, "the party is told once"
    remove_list("HOUSE")
    assert [lists_of(Screen(), name) for name in apart] == before


def test_an_entry_with_an_address_in_another_country_is_another_party(home: Path) -> None:
    name = "AVIC Aircraft Co. Ltd."
    before = lists_of(Screen(), name)
    file = home / "house.csv"
    file.write_text(f"name,countries\n{name},BR\n", encoding="utf-8")
    import_list(str(file), source_date=DAY, name="HOUSE")
    found = Screen().parties(name, "CN", 5)
    assert [(each.list, each.key) for each in found[0].entries] == before
    assert ["HOUSE"] in [[each.list for each in hit.entries] for hit in found]


def test_what_entries_are_alike_is_read_anew_with_the_names(home: Path) -> None:
    name = "AVIC Aircraft Co. Ltd."
    file = home / "house.csv"
    file.write_text(f"name,countries\n{name},CN\n", encoding="utf-8")
    import_list(str(file), source_date=DAY, name="HOUSE")
    joined = lists_of(Screen(), name)
    assert {"HOUSE", "MEU"} <= {code for code, _ in joined}
    with closing(open_user()) as database, database:
        database.execute("DELETE FROM facts WHERE fact = 'joined'")
    assert {code for code, _ in lists_of(Screen(), name)} != {code for code, _ in joined}
    with closing(open_user()) as database, database:
        database.execute("UPDATE facts SET value = 'older' WHERE fact = 'read with'")
    assert lists_of(Screen(), name) == joined


def test_pairs_across_files_are_of_two_lists_with_their_numbers_in_each_file() -> None:
    def listed(code: str, name: str) -> ListedEntry:
        return ListedEntry(code, name, (Name(name),))

    built_in = {7: listed("EL", "Zorblax"), 9: listed("SDN", "Zorblax"), 11: listed("EL", "Quuxly")}
    own = {7: listed("EL", "Zorblax"), 8: listed("UVL", "Quuxly")}
    files = [
        ([PrintedName(at, each.key, f"b{each.key}", each.key) for at, each in held.items()],
         held.__getitem__)
        for held in (built_in, own)
    ]  # fmt: skip
    tables = tables_of({}, {}, {}, words_of(()))
    found = alike_across(files, tables)
    assert len(found) == 2 * OF_PAIR
    pairs = {tuple(found[at : at + OF_PAIR]) for at in range(0, len(found), OF_PAIR)}
    assert pairs == {(9, 7, 0), (11, 8, 0)}, "the two of the Entity List are of one list"
    same = tables._replace(same=[("SDN", "Zorblax", "UVL", "Quuxly")])
    assert list(alike_across(files, same))[-OF_PAIR:] == [9, 8, 1]
