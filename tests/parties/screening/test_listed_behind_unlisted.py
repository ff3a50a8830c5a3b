"""What is said of a name does not depend on how many of its parties are shown.

Whoever has the name as it is asked may have left the list, or may not stand there yet, while
another party whose name comes close is listed on the day.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.masters import screened as screened_rows
from detente.parties.masters.decisions import Decision, Decisions, party_of
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.importing import import_list
from detente.parties.screening.list_coverage import screened
from detente.parties.screening.store import Screen

NAME = "Zorblaxian Quuxwerk"
DAY = "2026-08-20"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


def house(folder: Path, rows: str) -> None:
    path = folder / "house.csv"
    path.write_text(f"name,since,until\n{rows}", encoding="utf-8")
    import_list(str(path), source_date=DAY, name="HOUSE")


ENDED = f"{NAME},2019-01-01,2020-01-01\n"
LISTED = f"{NAME} Hannover,2019-01-01,\n"


def table(folder: Path, *names: str) -> str:
    path = folder / "names.csv"
    path.write_text("name\n" + "".join(f"{each}\n" for each in names), encoding="utf-8")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("copies", [1, 300])  # one by one, and in loops
def test_a_listed_party_behind_one_that_is_not_is_a_hit_on_every_face(
    home: Path, copies: int
) -> None:
    house(home, ENDED + LISTED)
    screen = Screen(DAY, DAY)
    assert [hit.entry.names[0].text for hit in screen.parties(NAME)] == [NAME, f"{NAME} Hannover"]
    for top in (1, 2, 10):
        (result,) = answer_screen(screen, [NAME], top=top)["results"]
        assert result["status"] == "hit", top
    names = table(home, *[NAME] * copies)
    for words in (["screen", "--file"], ["vendors", "screen"]):
        out = home / "out.csv"
        assert main([*words, names, "--on", DAY, "-o", str(out)]) == 0
        assert {(row["status"], row["entry"], row["standing"]) for row in rows(out)} == {
            ("hit", f"{NAME} Hannover", "in_force")
        }


def test_a_party_of_whom_it_is_not_known_goes_before_one_that_is_not_listed(home: Path) -> None:
    house(home, ENDED)
    found = Screen(DAY, DAY).parties(NAME, None, 1)
    assert [hit.entry.names[0].text for hit in found] == [NAME]
    assert screened(Screen(DAY, DAY)).status_of(found) != "hit"


def test_a_row_is_open_as_long_as_a_listed_party_behind_those_decided_on_may_be_meant(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screened_rows, "SHOWN", 2)
    house(
        home, "".join(f"{NAME} {town},2019-01-01,\n" for town in ("Trading", "Logistics", "Foods"))
    )
    names, out = table(home, NAME), home / "out.csv"
    hits = Screen(DAY, DAY).parties(NAME)
    assert len(hits) == 3
    kept = Decisions()
    for number in (1, 2):
        party = party_of(hits[number - 1])
        kept.add(Decision(NAME, "", party, "cleared", "seen", "Bea", DAY, ""))
        assert main(["vendors", "screen", names, "--on", DAY, "-o", str(out)]) == 0
        (row,) = rows(out)
        assert row["decision"] == ""
        assert ("more may come close" in row["reason"]) == (number == 2)
    monkeypatch.setattr(screened_rows, "SHOWN", 50)
    kept.add(Decision(NAME, "", party_of(hits[2]), "cleared", "seen", "Bea", DAY, ""))
    assert main(["vendors", "screen", names, "--on", DAY, "-o", str(out)]) == 0
    assert [row["decision"] for row in rows(out)] == ["cleared"]
