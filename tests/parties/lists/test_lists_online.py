"""Lists fetched from their publishers, who are played here: what is asked, kept and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.parties.screening import updating
from detente.parties.screening.importing import remove_list
from detente.parties.screening.store import Screen, UpdateSource
from detente.parties.screening.updating import Update, UpdateRequest, from_folder, online
from detente.store.fetching import Fetched

ADDRESS, OTHER = "https://example.org/uk", "https://example.org/un"
SOURCES = [
    UpdateSource("uk", ("UK",), "uk.csv", ADDRESS),
    UpdateSource("un", ("UN-SC", "X"), "un.xml", OTHER),
]


class Publishers:
    """Files by address, each with its state; what was asked is kept."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, str]] = {}
        self.asked: list[tuple[str, str]] = []

    def fetch(self, address: str, path: str, tag: str) -> Fetched:
        self.asked.append((address, tag))
        if address not in self.files:
            return Fetched(f"{address} is gone")
        state, text = self.files[address]
        if state and state == tag:
            return Fetched("", tag, True)
        Path(path).write_text(text, encoding="utf-8")
        return Fetched("", state)


@pytest.fixture
def publishers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Publishers:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(updating, "update_sources", lambda database: SOURCES)
    made = Publishers()
    monkeypatch.setattr(updating, "fetch_newer", made.fetch)
    return made


def uk(*names: str, day: str = "01/10/2026") -> str:
    rows = "".join(f"U{at},{name},Primary name\n" for at, name in enumerate(names))
    return f"Report Date: {day}\nUnique ID,Name 6,Name type\n{rows}"


def told(found: list[Update]) -> list[tuple[str, int, str, bool]]:
    return [
        (each.file, sum(len(one.added) for one in each.changes.values()), each.refused,
         each.unchanged)
        for each in found
    ]  # fmt: skip


def test_a_file_is_taken_once_and_its_state_named_the_next_time(publishers: Publishers) -> None:
    publishers.files[ADDRESS] = ('"one"', uk("Zorblax Quux", "Blorfy Quux"))
    assert told(list(online(UpdateRequest(("UK",))))) == [("uk.csv", 2, "", False)]
    assert Screen().counting["UK"].day == "2026-10-01"
    words = "its publisher still has the file that was taken before: nothing changed"
    assert told(list(online(UpdateRequest(("UK",))))) == [("uk.csv", 0, words, True)]
    assert publishers.asked == [(ADDRESS, ""), (ADDRESS, '"one"')]
    # the same file under another state is known by its content, and its new state is kept
    publishers.files[ADDRESS] = ('"two"', publishers.files[ADDRESS][1])
    (again,) = online(UpdateRequest(("UK",)))
    assert (again.unchanged, again.changes) == (True, {})
    assert "it is the file that was taken before" in again.refused
    list(online(UpdateRequest(("UK",))))
    assert publishers.asked[-2:] == [(ADDRESS, '"one"'), (ADDRESS, '"two"')]


def test_what_was_removed_is_fetched_anew(publishers: Publishers) -> None:
    publishers.files[ADDRESS] = ('"one"', uk("Zorblax Quux"))
    list(online(UpdateRequest(("UK",))))
    remove_list("UK", "2026-10-01")
    assert told(list(online(UpdateRequest(("UK",))))) == [("uk.csv", 1, "", False)]
    assert publishers.asked[-1] == (ADDRESS, "")


def test_a_trial_and_a_refused_file_keep_no_state(publishers: Publishers) -> None:
    publishers.files[ADDRESS] = ('"one"', uk(*(f"Zorblax Quux {at}" for at in range(10))))
    assert told(list(online(UpdateRequest(("UK",), dry_run=True)))) == [("uk.csv", 10, "", False)]
    assert "UK" not in Screen().counting
    list(online(UpdateRequest(("UK",))))
    publishers.files[ADDRESS] = ('"two"', uk("Zorblax Quux 1", day="02/10/2026"))
    (shrunk,) = online(UpdateRequest(("UK",)))
    assert shrunk.refused.startswith("UK has 1 entry where it had 10: more than a tenth fewer.")
    assert not shrunk.unchanged
    publishers.files[ADDRESS] = ('"three"', "<html>")
    (broken,) = online(UpdateRequest(("UK",)))
    assert "begins like no list that is known; if it is a page" in broken.refused
    assert "name its format" not in broken.refused, "an update has no such option"
    assert "`detente lists import FILE --format NAME`" in broken.refused
    list(online(UpdateRequest(("UK",))))
    assert {tag for _, tag in publishers.asked[1:]} == {"", '"one"'}
    # nine of ten are enough
    nine = uk(*(f"Zorblax Quux {at}" for at in range(9)), day="02/10/2026")
    publishers.files[ADDRESS] = ("", nine)
    assert told(list(online(UpdateRequest(("UK",))))) == [("uk.csv", 0, "", False)]
    assert Screen().counting["UK"].day == "2026-10-02"


def test_every_publisher_is_asked_and_one_that_fails_stops_no_other(
    publishers: Publishers,
) -> None:
    publishers.files[ADDRESS] = ("", uk("Zorblax Quux"))
    assert told(list(online())) == [
        ("uk.csv", 1, "", False), ("un.xml", 0, f"{OTHER} is gone", False),
    ]  # fmt: skip
    publishers.asked.clear()
    list(online(UpdateRequest(("X",))))  # by any list that the file holds
    assert publishers.asked == [(OTHER, "")]
    with pytest.raises(ValueError, match="no address is known from which A could be fetched"):
        list(online(UpdateRequest(("X", "A"))))  # nothing is fetched where a part of it cannot be
    assert publishers.asked == [(OTHER, "")]


def test_a_file_of_another_list_than_is_asked_for_is_not_taken(publishers: Publishers) -> None:
    publishers.files[OTHER] = ('"one"', uk("Zorblax Quux"))
    (found,) = online(UpdateRequest(("X",)))
    assert found.refused == "it holds UK, which is not asked for"
    list(online(UpdateRequest(("X",))))
    assert publishers.asked == [(OTHER, ""), (OTHER, "")]


def test_the_lists_that_come_with_the_one_that_is_asked_for_are_told(
    publishers: Publishers, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    rows = [{"name": f"Zorblax {code}", "source": f"({code})"} for code in ("ONE", "TWO", "SIX")]
    described = {"search_performed_at": "2026-08-28", "results": rows}
    (folder / "csl.json").write_text(json.dumps(described), encoding="utf-8")
    remembered = "ONE, SIX: in the same file, and taken with what is asked for"
    for lists, is_told in (((), False), (("TWO",), True), (("ONE", "TWO", "SIX"), False)):
        (found,) = from_folder(str(folder), UpdateRequest(lists, dry_run=True))
        assert (found.refused, sorted(found.changes)) == ("", ["ONE", "SIX", "TWO"])
        assert (remembered in found.notes) is is_told


def test_of_a_folder_only_lists_of_authorities_are_taken_and_not_what_stands_beside_them(
    publishers: Publishers, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "b.csv").write_text(uk("Zorblax Quux"), encoding="utf-8")
    (folder / "mine.csv").write_text("name\nAcme\n", encoding="utf-8")
    (folder / "sdn_alt.csv").write_text('36,1,"aka","A",-0-\n', encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    passed_over = "it begins like no list of an authority, and was passed over"
    assert told(list(from_folder(str(folder), UpdateRequest(("UK",))))) == [
        ("b.csv", 1, "", False), ("mine.csv", 0, passed_over, True),
    ]  # fmt: skip
    other, _ = from_folder(str(folder), UpdateRequest(("SDN",)))
    assert other.refused == "it holds UK, which is not asked for"
    with pytest.raises(ValueError, match="is not a folder: name the one with the files of the"):
        list(from_folder(str(folder / "b.csv")))


def test_rows_that_were_not_understood_and_an_older_file_are_told(publishers: Publishers) -> None:
    publishers.files[ADDRESS] = ("", uk("Zorblax Quux", "", "Blorfy Quux"))
    (taken,) = online(UpdateRequest(("UK",)))
    assert (len(taken.changes["UK"].added), taken.notes) == (
        2, ("1 row was not understood: line 4 (U1): no name",),
    )  # fmt: skip
    publishers.files[ADDRESS] = ("", uk("Zorblax Quux", "Blorfy Quux", day="01/09/2026"))
    (older,) = online(UpdateRequest(("UK",)))
    assert older.refused.startswith("the file is of 2026-09-01, and UK of 2026-10-01 is held")
    assert not older.unchanged
    assert older.changes == {}


def test_what_is_wrong_with_a_fetched_file_is_told_of_its_address(publishers: Publishers) -> None:
    publishers.files[ADDRESS] = ("", "Unique ID,Name 6\n1,Zorblax\n")
    (found,) = online(UpdateRequest(("UK",)))
    assert found.refused.startswith(f"{ADDRESS} is no sanctions list of the United Kingdom")
