"""Which entry of a later version of a list is which of an earlier one."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.parties.lists.keys import same_entries
from detente.parties.lists.model import ALSO, ListedEntry, Name
from detente.parties.screening.importing import import_list
from detente.parties.screening.list_changes import changes_between


def version(code: str = "HOUSE", **names: str) -> dict[str, ListedEntry]:
    """Entries by key, each by its names with a stroke between."""
    return {
        key: ListedEntry(code, key, tuple(Name(text, ALSO) for text in told.split("/")))
        for key, told in names.items()
    }


@pytest.mark.parametrize(
    ("old", "new", "house", "official"),
    [
        # A name that stays, one with other signs, one that is another of the same party.
        ({"a": "Zorblax"}, {"a": "ZORBLAX."}, {"a": "a"}, {"a": "a"}),
        ({"a": "Zorblax/Quux"}, {"a": "Vantor/Quux"}, {"a": "a"}, {"a": "a"}),
        # A letter that was wrong.
        ({"a": "Zorblax Shipping"}, {"a": "Zorblaks Shipping"}, {"a": "a"}, {"a": "a"}),
        # Another name wholly: of an authority's number it is the party under a new name.
        ({"a": "Zorblax"}, {"a": "Vantor Mills"}, {}, {"a": "a"}),
        # Rows that moved: whoever is called so goes with the name.
        ({"a": "Zorblax", "b": "Quux"}, {"a": "Vantor Mills", "b": "Zorblax", "c": "Quux"},
         {"a": "b", "b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "Zorblax", "b": "Quux"}, {"a": "Quux", "b": "Zorblax"},
         {"a": "b", "b": "a"}, {"a": "b", "b": "a"}),
        ({"a": "Zorblax", "b": "Quux"}, {"a": "Quux"}, {"b": "a"}, {"b": "a"}),
    ],
)  # fmt: skip
def test_a_number_is_the_same_party_only_with_a_name_that_it_had(
    old: dict[str, str], new: dict[str, str], house: dict[str, str], official: dict[str, str]
) -> None:
    versions = version(**old), version(**new)
    assert same_entries(*versions, numbered=()) == house
    assert same_entries(*versions, numbered={"HOUSE"}) == official
    assert same_entries(*versions) == official


def test_who_has_the_row_number_of_another_is_new_and_does_not_take_its_first_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = tmp_path / "house.csv"
    path.write_text("id,name,since\n1,Zorblax,2020-01-01\n2,Quux Mills,2021-01-01\n")
    import_list(str(path), source_date="2026-08-01", name="HOUSE")
    path.write_text("id,name\n1,Vantor\n2,Zorblax\n3,Quux Mills\n")
    _, changes = import_list(str(path), source_date="2026-09-01", name="HOUSE")
    (added,) = changes["HOUSE"].added
    assert (added.names[0].text, added.since, changes["HOUSE"].removed) == ("Vantor", "", ())
    path.write_text("id,name\n1,Vantor\n2,Zorblax\n3,Mertz Foundry\n")
    _, changes = import_list(str(path), source_date="2026-10-01", name="HOUSE", fewer=True)
    assert [each.names[0].text for each in changes["HOUSE"].added] == ["Mertz Foundry"]
    assert [each.names[0].text for each in changes["HOUSE"].removed] == ["Quux Mills"]
    found = changes_between("2026-08-15", "2026-10-01", {"HOUSE"}).changes
    told = {(each.what, each.entry.names[0].text) for each in found}
    assert {("added", "Vantor"), ("added", "Mertz Foundry"), ("removed", "Quux Mills")} <= told
    assert not [each for each in told if each[1] == "Zorblax"]
