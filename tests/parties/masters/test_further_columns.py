"""Tables that name a party more than once: each name is screened, told and decided on."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.masters.columns import columns_of
from detente.parties.masters.deciding import StatedDecision, decide
from detente.parties.masters.decisions import Decisions
from detente.parties.masters.further_columns import FurtherColumns
from detente.parties.masters.hits import HITS, HitQuery, StoredHits, hits_written
from detente.parties.masters.job import ScreenedTable, answer
from detente.parties.masters.screened import ScreenedRow
from detente.parties.masters.stored import Master, Masters
from detente.parties.screening.store import Screen
from detente.register.book import Register

TODAY = "2026-08-01"
TABLE = (
    "Vendor,Vendor Name,DBA,Trading Name,Beneficial Owner,Carrier,Country\n"
    "V1,Zorbix Pottery,Huawei Technologies Co Ltd,,,,CN\n"
    "V2,Quux Works,,Yangtze Memory Technologies,,,CN\n"
    "V3,Blorf Ltd,n/a,,Viktor Bout,,RU\n"
    "V4,,SMIC,,,,CN\n"
    "V5,Kepler Ltd,Zorb,,,IRISL,\n"
    "V6,Bout Viktor Anatolijevitch,Viktor Bout,,,,RU\n"
    "V7,Acme Ltd,,,,,US\n"
    "V8,n/a,Zorb Works,,,,US\n"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, TODAY)


def asked(path: Path, screen: Screen) -> ScreenedTable:
    return answer(path, screen, Register.load(), Decisions(), TODAY, Master("", path.name))


def found(path: Path, screen: Screen) -> dict[int, ScreenedRow]:
    return {each.row: each for each in asked(path, screen).found}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "vendors.csv"
    path.write_text(TABLE)
    return path


def test_each_name_of_a_row_is_screened_and_a_hit_says_its_column(
    table: Path, screen: Screen
) -> None:
    rows = found(table, screen)
    why = {at: str(row.by_column()["why"]) for at, row in rows.items()}
    for row, column, name in (
        (2, "DBA", "Huawei Technologies Co Ltd"),
        (3, "Trading Name", "Yangtze Memory Technologies"),
        (4, "Beneficial Owner", "Viktor Bout"),
        (5, "DBA", "SMIC"),
        (6, "Carrier", "IRISL"),
    ):
        assert rows[row].status == "hit"
        assert f"in the column {column}: {name}" in why[row]
        assert rows[row].decides == name
    assert rows[7].decides == "Bout Viktor Anatolijevitch"
    assert "also in the column DBA: Viktor Bout" in why[7]
    assert rows[7].others == len(rows[7].parties) - 1, "a party is one hit, whatever found it"
    assert rows[8].status == "partly"
    assert rows[9].status == "unresolved", "what it is called otherwise does not settle a row"
    assert "nobody listed comes close to what stands in DBA" in rows[9].reason
    told = asked(table, screen)
    assert told.further == ["DBA", "Trading Name", "Beneficial Owner", "Carrier"]
    assert (told.column, told.unread) == ("Vendor Name", [])


def test_a_second_name_in_the_next_cell_is_screened_and_one_that_goes_on_is_not() -> None:
    headings = ["Name 1", "Name 2"]
    further = FurtherColumns(headings, columns_of(headings))
    told = further.of(["Zorbix Ltd", "Huawei Technologies"])
    assert [(each.column, each.name, each.is_part) for each in told] == [
        ("Name 1", "Zorbix Ltd", True), ("Name 2", "Huawei Technologies", True),
    ]  # fmt: skip
    assert further.of(["Semiconductor Manufacturing Intl", "Corporation"]) == ()
    assert further.of(["Zorbix Ltd", ""]) == (), "it is the name of the row"
    assert further.screened == [], "what is read as one is told as such"


def test_what_only_goes_on_with_a_name_is_asked_for_nobody(tmp_path: Path, screen: Screen) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Name 1,Name 2\nZorbix,Technology\nQuux,Viktor Bout\nQuux,o/b/o Huawei\n")
    rows = found(path, screen)
    assert rows[2].status == "partly"
    assert (rows[3].status, rows[3].decides) == ("hit", "Viktor Bout")
    assert rows[4].decides == "Quux o/b/o Huawei", "what is read as one holds its parts"


def test_parts_of_names_of_persons_and_addresses_of_others_are_told_as_unread() -> None:
    headings = ["Company", "First Name", "Last Name", "Ship-to Address", "listed_name", "Alias"]
    headings += ["Address", "own_listed_name", "listed_name_2"]
    further = FurtherColumns(headings, columns_of(headings))
    told = further.of(
        ["Zorbix", "Viktor", "Bout", "5 Quux Road", "Huawei", "3M", "2 Quux Road", "ZTE", "ZTE"]
    )
    assert [each.name for each in told] == ["3M"]
    assert further.unread == ["First Name", "Last Name", "Ship-to Address"]


def stated(name: str, party: str, verdict: str = "cleared") -> StatedDecision:
    return StatedDecision(name, "", party, verdict, "looked at", "R. Roe")


def test_a_decision_is_about_the_name_that_found_the_party(table: Path, screen: Screen) -> None:
    how = Masters().keep(table.name, table, Master("", ""))
    path = Masters().table(how)
    bout = str(found(path, screen)[4].by_column()["party"])
    taken = decide(screen, stated("Viktor Bout", bout), TODAY)
    assert [each.row for each in taken.rows] == [4, 7]
    rows = found(path, screen)
    assert rows[4].by_column()["decision"] == rows[4].status == "cleared"
    # The row has that party by its own name, too, which nobody cleared.
    assert (rows[7].status, rows[7].decides) == ("hit", "Bout Viktor Anatolijevitch")
    decide(screen, stated("Viktor Bout", bout, "true_match"), TODAY)
    assert {found(path, screen)[at].status for at in (4, 7)} == {"true_match"}
    with pytest.raises(ValueError, match=r"'Blorf Ltd' comes close to no .* write the one that"):
        decide(screen, stated("Blorf Ltd", bout), TODAY)


def test_a_page_finds_the_rows_of_a_further_name(
    table: Path, screen: Screen, tmp_path: Path
) -> None:
    path, decisions = tmp_path / HITS, Decisions()
    with hits_written(path, decisions, TODAY) as keep:
        answer(
            table, screen, Register.load(), decisions, TODAY, Master("", ""), keep=keep
        )  # fmt: skip
    with StoredHits(path, TODAY) as stored:
        lists = {each for _, each in stored.counts()}
        found_so = stored.rows(HitQuery(("",), lists, "viktor bout"), 0, 9)
        assert sorted(each.row for each in found_so) == [4, 7], "further names are looked for, too"
        (row,) = stored.rows(HitQuery(("",), lists, "blorf"), 0, 9)
        assert (row.row, row.name, row.decides) == (4, "Blorf Ltd", "Viktor Bout")
        (party,) = stored.parties("Viktor Bout", "RU") or ()
        assert party.key == row.by_column()["party"]
        assert stored.parties("Blorf Ltd", "RU") is None, "nobody was found by that name"
    decide(screen, stated("Viktor Bout", party.key)._replace(country="RU"), TODAY, [party])
    with StoredHits(path, TODAY) as stored:
        (row,) = stored.rows(HitQuery(("cleared",), lists, ""), 0, 9)
        assert row.row == 4


def test_the_shell_says_which_name_found_a_party(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vendors", "screen", str(table)]) == 0
    printed = capsys.readouterr()
    assert "found by the name 'Viktor Bout'" in printed.out
    assert "Screened, too: DBA, Trading Name, Beneficial Owner, Carrier." in printed.err
