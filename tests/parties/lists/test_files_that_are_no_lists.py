"""Files in which not everybody is listed, files that end early, and rows that cannot be read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.lists.lists import read_list
from detente.parties.screening.importing import import_list
from detente.parties.screening.losses import LossError
from detente.parties.screening.store import Screen


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


def ftm(path: Path, *rows: tuple[str, object, list[str]], more: str = "") -> str:
    """A FollowTheMoney file: names, whether each is a target, and its topics."""
    lines = [
        json.dumps({
            "id": f"q{at}", "schema": "Company", "properties": {"name": [name], "topics": topics},
            **({} if target is None else {"target": target}),
        })
        for at, (name, target, topics) in enumerate(rows)
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n" + more, encoding="utf-8")
    return str(path)


def is_hit(name: str) -> bool:
    return any(hit.score == 1 for hit in Screen().parties(name))


def test_whom_a_file_calls_no_target_is_not_listed_and_owners_still_read_him(
    tmp_path: Path,
) -> None:
    sanction = {"id": "s", "schema": "Sanction", "properties": {"entity": ["q3"]}}
    rows = [
        ("Zorblax Quux", True, ["sanction"]), ("Vantor Plod", False, []),
        ("Mertz Foo", False, ["reg.warn", "role.rca"]), ("Quibble Works", False, []),
        ("Nobble Said", None, []),
    ]  # fmt: skip
    path = ftm(tmp_path / "mine.ftm.json", *rows, more=json.dumps(sanction))
    reading, _ = import_list(path, source_date="2026-11-01")
    assert any(
        note.startswith("1 party of the file is no target, such as") for note in reading.notes
    )
    assert [is_hit(name) for name, _, _ in rows] == [True, False, True, True, True]
    assert len(read_list(path).entries) == 5
    (hit,) = [each for each in Screen().parties("Mertz Foo") if each.score == 1]
    assert hit.entry.programme == "reg.warn; role.rca"


def test_a_file_without_a_target_is_taken_only_as_a_list_that_is_named(tmp_path: Path) -> None:
    path = ftm(tmp_path / "graph.ftm.json", ("Zorblax Quux", False, []), ("Vantor", False, []))
    with pytest.raises(ValueError, match="calls none of its 2 parties a target"):
        import_list(path, source_date="2026-11-01")
    import_list(path, source_date="2026-11-01", name="HOUSE")
    assert is_hit("Zorblax Quux")


def test_the_import_of_a_register_says_that_it_restricts_nobody(tmp_path: Path) -> None:
    path = tmp_path / "lei.csv"
    path.write_text(
        "LEI,Entity.LegalName,Entity.LegalAddress.Country\n"
        "5493001KJTIIGC8Y1R12,Zorblax Quux Holdings,DE\n",
        encoding="utf-8",
    )
    reading, _ = import_list(str(path), source_date="2026-11-01")
    assert any("does not say that it restricts anybody" in note for note in reading.notes)


def test_a_file_that_ends_within_a_row_is_refused_and_taken_with_fewer(tmp_path: Path) -> None:
    half = json.dumps({"id": "q9", "schema": "Company", "properties": {"name": ["Half"]}})[:-12]
    lines = ftm(tmp_path / "cut.ftm.json", ("Zorblax Quux", True, ["sanction"]), more=half)
    table = tmp_path / "cut.csv"
    heads = "_id,source,name,alt_names,addresses,federal_register_notice"
    listed = "1,Entity List (EL) - Bureau of Industry and Security,Zorblax Foundry,,,85 FR 1"
    table.write_text(f"{heads}\n{listed}\n2,Entity List (EL) - Bur", encoding="utf-8")
    for path in (lines, str(table)):
        with pytest.raises(LossError, match="the file breaks off here"):
            import_list(path, source_date="2026-11-01")
    assert Screen().counting["EL"].versions[0].built_in
    reading, _ = import_list(lines, source_date="2026-11-01", fewer=True)
    assert reading.not_understood == ("line 2: no entity: the file breaks off here",)
    # A line that is no object, and ends as others do, is told and stops nothing.
    whole = ftm(tmp_path / "odd.ftm.json", ("Vantor Plod", True, ["sanction"]), more="[1]\n")
    reading, _ = import_list(whole, source_date="2026-11-01")
    assert reading.not_understood == ("line 2: no entity",)


EMPTY = ",".join(["-0- "] * 8)
CUT_OFF = {
    "uk.csv": (
        'Unique ID,Name 6,Name type,Date Designated\n1,"Zorblax",Primary Name,spring\n'
        '2,"Quux",Primary Name,"01/0'
    ),
    "targets.csv": (
        'id,schema,name,aliases,program_ids\n1,Company,"Zorblax","",""\n2,Company,"Quux","","US-Q'
    ),
    "sdn.csv": f'1,"Zorblax",-0- ,"X",{EMPTY}\n2,"Quux",-0- ,"X",{EMPTY[:-5]},"DOB 19',
}


@pytest.mark.parametrize("name", CUT_OFF)
def test_a_file_that_ends_within_a_cell_is_refused_and_taken_with_fewer(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(CUT_OFF[name], encoding="utf-8")
    with pytest.raises(LossError, match="within quotes: the file breaks off here"):
        import_list(str(path), source_date="2026-11-01")
    reading, _ = import_list(str(path), source_date="2026-11-01", fewer=True, name="HOUSE")
    assert [entry.names[0].text for entry in reading.entries] == ["Zorblax"]


def test_a_file_of_aliases_that_ends_within_a_cell_is_refused_with_its_list(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sdn.csv"
    path.write_text(f'1,"Zorblax",-0- ,"X",{EMPTY}\n', encoding="utf-8")
    (tmp_path / "alt.csv").write_text('1,2,"aka","Zorb",-0-\n1,3,"aka","Zorblax Wor')
    with pytest.raises(LossError, match=r"alt.csv, line 2: .*the file breaks off here"):
        import_list(str(path), source_date="2026-11-01")


def test_what_stands_broken_above_the_first_record_does_not_stop_the_file(tmp_path: Path) -> None:
    statement = {
        "statementId": "s", "recordType": "entity", "recordId": "r", "declarationSubject": "r",
        "statementDate": "2026-01-01",
        "recordDetails": {"name": "Zorblax Quux", "entityType": {"type": "registeredEntity"}},
    }  # fmt: skip
    path = tmp_path / "b.json"
    path.write_text(json.dumps([5, {"a": 1}, statement, 6]), encoding="utf-8")
    reading = read_list(str(path), "bods")
    assert [entry.names[0].text for entry in reading.entries] == ["Zorblax Quux"]
    assert [fault.partition(",")[0] for fault in reading.not_understood] == [
        "statement 1", "statement 2", "statement 4",
    ]  # fmt: skip
    lines = tmp_path / "f.ftm.json"
    good = {"id": "q", "schema": "Company", "properties": {"name": ["Zorblax Quux"]}}
    lines.write_text(f"oops\n{json.dumps(good)}\n", encoding="utf-8")
    reading = read_list(str(lines), "ftm")
    assert (len(reading.entries), reading.not_understood) == (1, ("line 1: no entity",))


@pytest.mark.parametrize("command", [["screen", "--file"], ["vendors", "screen"]])
def test_a_row_of_names_that_cannot_be_read_is_unresolved_and_stops_nothing(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "names.csv"
    long = "x" * 140_000
    rows = ['"Huawei Technologies,CN', "Acme Bakery,US", f"{long},CN", '"Two\nLines",DE',
            "ZTE Corporation,CN", '"unclosed,CN']  # fmt: skip
    table.write_text("name,country\n" + "\n".join(rows) + "\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    assert main([*command, str(table), "-o", str(out)]) == 0
    assert "3 unresolved" in capsys.readouterr().err
    before = csv.field_size_limit(1_000_000)
    with out.open(encoding="utf-8-sig", newline="") as file:
        found = {row["name"]: row for row in csv.DictReader(file)}
    csv.field_size_limit(before)
    status = {name[:12]: row["status"] for name, row in found.items()}
    assert status == {
        '"Huawei Tech': "unresolved", "Acme Bakery": "partly", "x" * 12: "unresolved",
        "Two\nLines": "partly", "ZTE Corporat": "hit", '"unclosed': "unresolved",
    }  # fmt: skip
    assert "line 2: a quote is opened and not closed" in found['"Huawei Technologies']["reason"]
    assert found['"Huawei Technologies']["country"] == "CN"
    assert "field larger than field limit" in found[long]["reason"]


def test_another_file_of_the_same_name_and_day_does_not_take_its_place(tmp_path: Path) -> None:
    for folder, name in (("one", "Zorblax Quux"), ("two", "Vantor Plod")):
        (tmp_path / folder).mkdir()
        text = f"name\n{name}\nBrimwick Foundry\n"
        (tmp_path / folder / "list.csv").write_text(text, encoding="utf-8")
    paths = [str(tmp_path / folder / "list.csv") for folder in ("one", "two")]
    import_list(paths[0], name="HOUSE", source_date="2026-09-01")
    import_list(paths[0], name="HOUSE", source_date="2026-09-01")
    with pytest.raises(LossError, match="1 party of the list"):
        import_list(paths[1], name="HOUSE", source_date="2026-09-01")
    assert Screen().parties("Zorblax Quux")
    import_list(paths[1], name="HOUSE", source_date="2026-09-01", fewer=True)
    assert not Screen().parties("Zorblax Quux")
