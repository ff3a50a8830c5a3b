"""What changed on the lists between two days, and taking newer files with checks."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.lists.listed_days import is_reworded
from detente.parties.lists.model import ALSO, BACKGROUND, CHINESE, OFFICIAL, Name
from detente.parties.screening.importing import import_list
from detente.parties.screening.list_changes import changes_between
from detente.parties.screening.list_coverage import lists_read
from detente.parties.screening.store import Screen
from detente.parties.screening.updating import UpdateRequest, from_folder
from detente.store.fetching import fetch


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def un(path: Path, day: str, *names: str) -> None:
    rows = "".join(
        f"<ENTITY><DATAID>{at}</DATAID><FIRST_NAME>{name}</FIRST_NAME></ENTITY>"
        for at, name in enumerate(names)
    )
    path.write_text(
        f'<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z"><ENTITIES>{rows}</ENTITIES>'
        "</CONSOLIDATED_LIST>",
        encoding="utf-8",
    )


def test_the_43_entities_of_3_august_2026_are_added_in_the_week_around_it() -> None:
    found = changes_between("2026-08-01", "2026-08-08", {"UFLPA"})
    assert [each.what for each in found.changes] == ["added"] * 43
    assert {each.entry.since for each in found.changes} == {"2026-08-03"}
    assert found.unread == []


def test_spans_that_meet_tell_every_entry_of_a_day_once_also_within_its_open_days() -> None:
    # Of the rules of 16 September and 9 October 2025 the publication alone is held, so that their
    # entries may have been listed in the seven days before.
    days = ["2025-09-01", "2025-09-12", "2025-09-16", "2025-10-05", "2025-10-31"]
    told = [
        change.entry
        for first, last in pairwise(days)
        for change in changes_between(first, last, {"EL"}).changes
        if change.what == "added" and first < change.entry.since <= last
    ]
    whole = changes_between(days[0], days[-1], {"EL"}).changes
    added = [each.entry.key for each in whole if each.what == "added"]
    assert sorted(each.key for each in told) == sorted(added)
    assert {(each.since, each.maybe_since) for each in told} == {
        ("2025-09-16", "2025-09-09"), ("2025-10-09", "2025-10-02"),
    }  # fmt: skip


def test_an_entry_without_a_day_is_not_said_to_have_come() -> None:
    found = changes_between("2025-09-01", "2026-07-31", {"EL"})
    assert all(each.entry.since > "2025-09-01" for each in found.changes if each.what == "added")
    assert {row["what"] for row in found.unread} == {"EL"}  # removals before November 2025


def test_days_in_the_other_order_are_refused() -> None:
    with pytest.raises(ValueError, match="name the earlier day first"):
        changes_between("2026-08-08", "2026-08-01")


CHINESE_LISTS = {"CN-CONTROL", "CN-UEL"}


def test_a_suspension_that_begins_or_ends_is_a_change_with_its_day() -> None:
    began = changes_between("2025-05-01", "2025-06-01", CHINESE_LISTS).changes
    assert {(each.what, each.row()["on"]) for each in began} == {("suspended", "2025-05-14")}
    assert ("CN-UEL", "Skydio Inc.") in {(e.entry.list, e.entry.names[0].text) for e in began}
    ended = changes_between("2026-11-01", "2026-11-30", CHINESE_LISTS).changes
    days = {(each.what, each.row()["on"]) for each in ended}
    assert days == {("no_longer_suspended", "2026-11-11")}
    assert changes_between("2025-05-14", "2025-06-01", CHINESE_LISTS).changes == []
    # Over both days each is told, though the party stands in the end as it stood.
    whole = changes_between("2025-05-01", "2026-11-30", {"CN-UEL"}).changes
    skydio = [each.what for each in whole if each.entry.names[0].text == "Skydio Inc."]
    assert skydio == ["suspended", "no_longer_suspended"]


def test_a_day_before_a_list_begins_compares_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["lists", "diff", "EL", "--to-date", "2026-07-31", "--from-date"]
    assert main([*words, "1997-06-29"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1997-06-29 to 2026-07-31: nothing was compared",
        "Not compared, held from 1997-06-30 on only: EL",
    ]
    assert main([*words, "1997-06-30"]) == 0
    assert "3,385 added" in capsys.readouterr().out
    assert changes_between("1997-06-29", "2026-07-31", {"EL"}).compared == []


def test_a_removal_is_told_with_its_day_also_of_a_name_in_a_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = home / "names.csv"
    names.write_text("name\nSkydio\nAcme Bakery\n", encoding="utf-8")
    words = ["lists", "diff", "CN-CONTROL", "--from-date", "2025-11-01", "--to-date", "2025-11-30"]
    assert main([*words, "--file", str(names)]) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert first == "- CN-CONTROL Skydio: Skydio, Inc.  2025-11-10"


def test_a_file_of_names_sees_who_of_it_was_added(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = home / "names.csv"
    names.write_text("name\nTBEA Co Ltd\nAcme Bakery\n", encoding="utf-8")
    words = ["--from-date", "2026-08-01", "--to-date", "2026-08-08", "--file", str(names), "--json"]
    assert main(["lists", "diff", "UFLPA", *words]) == 0
    described = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["what"], row["listed_on"]) for row in described["changes"]] == [
        ("TBEA Co Ltd", "added", "2026-08-03")
    ]


def test_a_newer_file_is_taken_once_and_a_shrunken_one_is_refused(home: Path) -> None:
    many = [f"Zorblax Works Number {at}" for at in range(20)]
    un(home / "un.xml", "2026-09-01", *many)
    (taken,) = from_folder(str(home))
    assert (taken.refused, len(taken.changes["UN-SC"].added)) == ("", 20)
    (again,) = from_folder(str(home))
    assert "nothing changed" in again.refused
    un(home / "un.xml", "2026-10-01", *many[:17])
    (shrunk,) = from_folder(str(home))  # 17 is less than nine tenths of 20
    assert "17 entries where it had 20: more than a tenth fewer" in shrunk.refused
    assert Screen().counting["UN-SC"].day == "2026-09-01"
    un(home / "un.xml", "2026-10-01", *many[:18])
    (smaller,) = from_folder(str(home))
    assert smaller.refused == ""


def test_a_folder_without_lists_is_an_error_and_a_damaged_file_is_told(home: Path) -> None:
    (home / "notes.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="no file that begins like a list"):
        list(from_folder(str(home)))
    (home / "un.xml").write_text("<CONSOLIDATED_LIST>\n<ENTITIES>", encoding="utf-8")
    damaged, notes = from_folder(str(home))
    assert "no XML" in damaged.refused
    assert (notes.file, notes.unchanged) == ("notes.txt", True)


def test_only_https_is_fetched(tmp_path: Path) -> None:
    assert "not an https address" in fetch("file:///etc/hostname", str(tmp_path / "x"))


def test_since_a_recorded_screening_a_name_that_was_listed_meanwhile_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    un(home / "un.xml", "2026-03-01", "Quux Holdings", "Old Foe")
    assert main(["lists", "import", str(home / "un.xml"), "--fewer"]) == 0
    names = ["Zebra Quay Works", "Old Foe", "Acme Bakery"]
    assert main(["screen", *names, "--record"]) == 0
    un(home / "un2.xml", "2026-04-01", "Quux Holdings", "Zebra Quay Works")
    assert main(["lists", "import", str(home / "un2.xml")]) == 0
    capsys.readouterr()
    with Ledger() as ledger:
        found = since_recorded(recorded_screening(ledger), "2026-11-26")
    described = {row["name"]: (row["came"], row["went"]) for row in found["names"]}
    assert described == {
        "Zebra Quay Works": (["UN-SC: Zebra Quay Works"], []),
        "Old Foe": ([], ["UN-SC: Old Foe"]),
    }
    states = {row["list"]: row["state"] for row in found["lists"]}
    assert (states["UN-SC"], states["EL"]) == ("newer", "nothing_newer_was_read")
    described = [(row["what"], row["entry"]) for row in found["changes"] if row["list"] == "UN-SC"]
    assert described == [("changed", "Zebra Quay Works")], "the UN gave it the number of the other"
    assert main(["lists", "diff", "--since-ledger"]) == 0
    out = capsys.readouterr().out
    assert "! Zebra Quay Works: partly then, hit now" in out
    assert "Nothing newer was read since of" in out


def test_since_a_recorded_screening_a_listing_that_was_suspended_or_ended_meanwhile_is_told(
    home: Path,
) -> None:
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    words = ["--on", "2025-05-10", "--record"]
    assert main(["screen", "Skydio", "General Dynamics", *words]) == 0
    with Ledger() as ledger:
        entry = recorded_screening(ledger)
        found = {day: since_recorded(entry, day) for day in ("2025-05-14", "2025-11-30")}
    (skydio,) = found["2025-05-14"]["names"]
    assert skydio["stands"] == ["CN-UEL: Skydio Inc.: suspended (in force before)"]
    whats = {(row["what"], row["on"]) for row in found["2025-05-14"]["changes"]}
    assert whats == {("suspended", "2025-05-14")}
    assert "CN-CONTROL: Skydio, Inc.: ended (in force before)" in next(
        row["stands"] for row in found["2025-11-30"]["names"] if row["name"] == "Skydio"
    )


def test_since_a_recorded_screening_a_list_read_again_of_its_day_or_taken_out_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = home / "house.csv"
    words = ["lists", "import", str(listed), "--name", "HOUSE", "--as-of"]
    for day, names in (("2026-07-01", "Blorf"), ("2026-07-02", "Blorf")):
        listed.write_text(f"name\n{names}\n", encoding="utf-8")
        assert main([*words, day]) == 0
    assert main(["screen", "Zorblax Widgets", "--on", "2026-07-20", "--record"]) == 0
    listed.write_text("name\nBlorf\nZorblax Widgets\n", encoding="utf-8")
    assert main([*words, "2026-07-02"]) == 0
    capsys.readouterr()
    assert main(["lists", "diff", "--since-ledger"]) == 0
    out = capsys.readouterr().out
    assert "+ HOUSE: Zorblax Widgets" in out
    assert "Read again of the same day from other files" in out
    assert "these names alone: HOUSE 2026-07-02\n" in out
    assert main(["lists", "remove", "HOUSE", "--as-of", "2026-07-02"]) == 0
    assert main(["lists", "diff", "--since-ledger"]) == 0
    assert (
        "An earlier version counts than was read then: HOUSE 2026-07-01" in capsys.readouterr().out
    )


def test_since_a_recorded_screening_what_its_own_version_said_of_the_days_before_is_not_told_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    listed = home / "house.csv"
    words = ["lists", "import", str(listed), "--name", "HOUSE", "--as-of"]
    rows = ["name,since,until,suspended_from", "Gone Widgets,2020-01-01,2026-07-10,",
            "Late Widgets,2026-07-10,,", "Still Widgets,2020-01-01,,2026-07-10",
            "Next Widgets,2020-01-01,2026-08-10,"]  # fmt: skip
    listed.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main([*words, "2026-07-01"]) == 0
    assert main(["screen", "Zorblax Widgets", "--on", "2026-07-20", "--record"]) == 0
    listed.write_text("\n".join([*rows, "New Widgets,,,"]) + "\n", encoding="utf-8")
    assert main([*words, "2026-08-01"]) == 0
    with Ledger() as ledger:
        found = since_recorded(recorded_screening(ledger), "2026-08-20")
    # By the version that was read, Gone had gone, Late had come and Still was suspended that day.
    told = [
        (row["what"], row["entry"], row["on"]) for row in found["changes"] if row["list"] == "HOUSE"
    ]
    assert told == [("added", "New Widgets", None), ("removed", "Next Widgets", "2026-08-10")]
    target = home / "since.json"
    capsys.readouterr()
    assert main(["lists", "diff", "--since-ledger", "-o", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["recorded"]["on"] == "2026-07-20"
    for more in (["-o", str(home / "since.csv")], ["--columns", "entry"]):
        assert main(["lists", "diff", "--since-ledger", *more]) == 2
        assert "--since-ledger writes no table" in capsys.readouterr().err


def test_who_is_new_on_a_list_and_may_not_stand_is_perhaps_added(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    denied = "Denied Persons List (DPL) - Bureau of Industry and Security"
    orders = [{"name": f"BLORF {at} LTD", "source": denied, "start_date": "2019-01-01",
               "end_date": "2027-01-01"} for at in range(20)]  # fmt: skip
    new = {"name": "QUUX LTD", "source": denied, "start_date": "2026-08-20"}
    for day, results in (("2026-08-01", orders), ("2026-09-01", [*orders, new])):
        path = home / "csl.json"
        path.write_text(json.dumps({"search_performed_at": day, "results": results}))
        import_list(str(path), fewer=True)
    between = ["DPL", "--from-date", "2026-08-01", "--to-date", "2026-09-01"]
    assert main(["lists", "diff", *between]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == (
        "+ DPL        QUUX LTD  perhaps, as it is not known whether it stands; 2026-08-20"
    )
    assert "0 added" in out[1]
    assert out[1].endswith(", 1 perhaps added")
    # It is neither new nor gone afterwards.
    assert changes_between("2026-09-01", "2026-09-20", {"DPL"}).changes == []


def test_an_entry_that_was_reworded_under_its_old_notices_was_changed_on_no_day_that_is_held(
    home: Path,
) -> None:
    house = home / "house.csv"
    for day, policy in (("2026-08-01", "presumption of denial"), ("2026-09-01", "case by case")):
        house.write_text(f"name,since,policy\nKepler Ltd,2020-01-01,{policy}\n", encoding="utf-8")
        import_list(str(house), name="HOUSE", source_date=day)
    (change,) = changes_between("2026-08-01", "2026-09-01", {"HOUSE"}).changes
    assert (change.what, change.row()["on"]) == ("changed", None)


def test_without_a_recorded_screening_the_command_says_how_to_record_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lists", "diff", "--since-ledger"]) == 2
    assert "--record" in capsys.readouterr().err


def csl(path: Path, day: str, *rows: tuple[str, str]) -> None:
    """A Consolidated Screening List of a day, each party of the Military End-User List."""
    source = "Military End User (MEU) List - Bureau of Industry and Security"
    results = [
        {"name": name, "source": source, "federal_register_notice": citation}
        for name, citation in rows
    ]
    described = {"search_performed_at": day, "results": results}
    path.write_text(json.dumps(described), encoding="utf-8")


def test_an_entry_whose_citations_grow_was_changed_and_did_not_go_and_come(home: Path) -> None:
    many = [(f"Zorblax Works Number {at}", "85 FR 1") for at in range(20)]
    path = home / "consolidated.json"
    csl(path, "2026-10-01", *many)
    import_list(str(path), fewer=True)
    # One is changed by a later rule, of one the citation has a blank more, one row is doubled.
    new = [("Zorblax Works Number 0", "85 FR 1; 91 FR 2"), ("Zorblax Works Number 1", "85  FR 1"),
           *many[2:], many[5], ("Quux Foundry", "91 FR 2")]  # fmt: skip
    csl(path, "2026-11-01", *new)
    (taken,) = from_folder(str(home))
    differs = taken.changes["MEU"]
    assert [each.names[0].text for each in differs.added] == ["Quux Foundry"]
    assert differs.removed == ()
    found = changes_between("2026-10-15", "2026-11-15", {"MEU"})
    assert [(each.what, each.entry.names[0].text) for each in found.changes] == [
        ("added", "Quux Foundry"), ("changed", "Zorblax Works Number 0"),
    ]  # fmt: skip


def test_the_denied_persons_follow_on_those_of_the_screening_list(home: Path) -> None:
    heads = "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\t"
    heads += "Expiration_Date\tStandard_Order\tLast_Update\tAction\tFR_Citation\n"
    row = "DAQING  ZHOU\t\t\t\tCN\t\t11/09/2006\t\tY\t2026-10-01\t\t71 F.R. 65775 11/9/06\n"
    path = home / "dpl.txt"
    path.write_text(heads + row, encoding="utf-8")
    _, differs = import_list(str(path), fewer=True, dry_run=True)
    assert differs["DPL"].added == ()
    assert "DAQING ZHOU" not in {each.names[0].text for each in differs["DPL"].removed}


@pytest.mark.once
def test_no_chinese_name_that_came_with_the_package_is_lost_by_an_update(home: Path) -> None:
    built_in = Screen(today="2026-07-31")
    listed = [
        entry
        for lists in built_in.lists
        for _, entry in lists.bodies()
        if entry.list in ("EL", "MEU", "CMIC")
    ]
    header = "name,id,list\n"
    rows = (f'"{each.names[0].text.replace(chr(34), chr(34) * 2)}",{at},{each.list}\n'
            for at, each in enumerate(listed))  # fmt: skip
    path = home / "lists.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    import_list(str(path), source_date="2026-08-10", fewer=True)
    after = {
        (entry.list, entry.key): entry
        for lists in Screen("2026-08-15", "2026-08-15").lists
        for _, entry in lists.bodies()
    }
    lacking = []
    for at, each in enumerate(listed):
        chinese = {name.text for name in each.names if name.kind == CHINESE}
        if not chinese <= {name.text for name in after[each.list, str(at)].names}:
            lacking.append(each.names[0].text)
    assert lacking == []


def test_a_file_of_a_day_that_has_not_come_is_refused(home: Path) -> None:
    path = home / "consolidated.json"
    csl(path, "2062-11-20", ("Zorblax Works", "85 FR 1"))
    (taken,) = from_folder(str(home), UpdateRequest(today="2026-11-28"))
    assert "is of 2062-11-20, which has not come" in taken.refused
    with pytest.raises(ValueError, match="name its day with --as-of"):
        import_list(str(path), fewer=True, today="2026-11-28")
    # A publisher east of here may write tomorrow.
    csl(path, "2026-11-29", ("Zorblax Works", "85 FR 1"))
    reading, _ = import_list(str(path), fewer=True, today="2026-11-28")
    assert not any("says that it is of" in each for each in reading.notes)


def test_a_day_that_is_named_does_not_make_a_file_younger_than_it_says(home: Path) -> None:
    path = home / "un.xml"
    un(path, "2026-09-01", *(f"Zorblax Works Number {at}" for at in range(20)))
    (taken,) = from_folder(str(home), UpdateRequest(day="2026-11-20", today="2026-11-28"))
    assert taken.refused == ""
    assert Screen().counting["UN-SC"].day == "2026-09-01"
    reading, _ = import_list(str(path), source_date="2026-09-02", today="2026-11-28")
    assert "the file says that it is of 2026-09-01; it is kept as of 2026-09-02" in " ".join(
        reading.notes
    )


def test_a_chinese_name_that_no_list_prints_is_no_change_of_an_entry() -> None:
    entry = next(
        entry
        for lists in Screen(today="2026-07-31").lists
        for _, entry in lists.bodies()
        if any(name.grade == BACKGROUND for name in entry.names)
    )
    without = entry._replace(names=tuple(n for n in entry.names if n.grade == OFFICIAL))
    assert not is_reworded(entry, without)
    assert is_reworded(entry, entry._replace(names=(*entry.names, Name("Quux Foundry", ALSO))))


def test_an_entry_that_is_an_address_keeps_its_text_or_leaves_the_list_in_part(home: Path) -> None:
    source = "Entity List (EL) - Bureau of Industry and Security"
    rows = [
        # Built in with its text, which this file does not print.
        {"name": "Address 07", "source": source, "federal_register_notice": "89 FR 51653",
         "addresses": [{"country": "HK"}]},
        {"name": "Address 12", "source": source, "federal_register_notice": "89 FR 87264",
         "addresses": [{"country": "HK"}]},
        {"name": "Address 19", "source": source, "federal_register_notice": "91 FR 1",
         "addresses": [{"address": "12 Zorblax Street", "city": "Kowloon", "country": "HK"}]},
    ]  # fmt: skip
    path = home / "consolidated.json"
    described = {"search_performed_at": "2026-11-01", "results": rows}
    path.write_text(json.dumps(described), encoding="utf-8")
    reading, _ = import_list(str(path), fewer=True)
    assert any("1 entry is an address whose text is not in the file" in x for x in reading.notes)
    screen = Screen("2026-11-01", "2026-11-01")
    for asked, key in (
        ("Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok", "Address 07"),
        ("12 Zorblax Street, Kowloon", "Address 19"),
    ):
        (hit,) = [each for each in screen.parties("Quux", None, 5, None, asked)
                  if each.entry.list == "EL" and each.entry.names[0].text == key]  # fmt: skip
        assert hit.why
    (row,) = [each for each in lists_read(screen).values() if each.what == "EL"]
    assert row.state == "partly"
    assert "not held: the text of 1 entry that is an address" in row.scope
    assert "not understood" not in row.scope
    # A second file of the day has the same address, which is no row that was not understood.
    second = home / "second.json"
    second.write_text(json.dumps(described), encoding="utf-8")
    import_list(str(second), fewer=True)
    screen = Screen("2026-11-01", "2026-11-01")
    (row,) = [each for each in lists_read(screen).values() if each.what == "EL"]
    assert row.scope.endswith("not held: the text of 1 entry that is an address")
    assert main(["lists", "remove", "EL", "--source", "second.json"]) == 0
    path.write_text(json.dumps({**described, "results": [*rows, {"name": ""}]}), encoding="utf-8")
    import_list(str(path), fewer=True)
    screen = Screen("2026-11-01", "2026-11-01")
    (row,) = [each for each in lists_read(screen).values() if each.what == "EL"]
    assert "the text of 1 entry that is an address; 1 row was not understood" in row.scope


IN_SEPTEMBER = ["--from-date", "2025-09-01", "--to-date", "2025-09-30"]


@pytest.mark.parametrize("heading", ["name", "Vendor Name", "供应商名称", "Lieferant"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_names_that_changes_concern_are_read_as_a_table_of_partners(
    home: Path, heading: str, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "names.csv"
    table = f"{heading},国家\nAR Sales Pvt Ltd,印度\n深圳某某科技有限公司,中国\n,中国\n"
    path.write_bytes(table.encode(encoding))
    words = ["lists", "diff", "EL", *IN_SEPTEMBER, "--json", "--file", str(path)]
    assert main(words) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["name"], change["what"]) == ("AR Sales Pvt Ltd", "added")
    assert main([*words, "--encoding", encoding]) == 0
    assert main([*words, "--sheet", "Names"]) == 2
    assert "only a workbook has sheets" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("Foo,Bar\nAcme,x\n", "no column that is known to hold names, but Foo, Bar: call the one"),
        ("Vendor,Bar\n1001,x\n", "'Vendor' holds numbers or codes and no names"),
        ("name,country\nAcme,CN,x\n", "names.csv, line 2: 3 cells under 2 columns"),
        ("name,name\nAcme,Acme\n", "the column name stands twice; keep one"),
    ],
)
def test_a_table_whose_names_cannot_be_read_is_refused_with_what_to_do(
    home: Path, table: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "names.csv"
    path.write_text(table)
    assert main(["lists", "diff", *IN_SEPTEMBER, "--file", str(path)]) == 2
    assert told in capsys.readouterr().err


def test_how_a_table_is_read_is_refused_where_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for more in (IN_SEPTEMBER, ["--since-ledger"]):
        assert main(["lists", "diff", *more, "--encoding", "gb18030"]) == 2
    assert main(["lists", "diff", *IN_SEPTEMBER, "--encoding", "gb18030"]) == 2
    assert "encoding: of a table of names" in capsys.readouterr().err
