"""Imports: what counts of each list afterwards, what never gets lost, and taking one out again."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListedEntry
from detente.parties.screening import importing
from detente.parties.screening.importing import import_list, remove_list
from detente.parties.screening.list_coverage import screened
from detente.parties.screening.listed.index import add_version
from detente.parties.screening.losses import LossError, OlderError
from detente.parties.screening.store import (
    Screen,
    listed,
    open_built_in,
    open_user,
    read_tables,
    user_file,
)

EMPTY = "-0- ," * 7 + "-0-"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


def csl(path: Path, day: str, *rows: tuple[str, str]) -> str:
    """A Consolidated Screening List of some rows, each the short name of its list and a name."""
    results = [
        {
            "name": name,
            "source": f"A list ({code}) - Bureau",
            "entity_number": name,
            "countries": ["CN"],
        }
        for code, name in rows
    ]
    loaded = {"search_performed_at": day, "results": results}
    path.write_text(json.dumps(loaded), encoding="utf-8")
    return str(path)


def ofac(path: Path, number: int, name: str) -> str:
    path.write_text(f'{number},"{name}",-0- ,"CUBA",{EMPTY}\n', encoding="utf-8")
    return str(path)


def ftm(path: Path, key: str, name: str, day: str) -> str:
    row = {"id": key, "schema": "Company", "properties": {"name": [name]}, "last_seen": day}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return str(path)


def lists_of(name: str, on: str | None = None) -> list[str]:
    return [entry.list for hit in Screen(on).parties(name, None, 1) for entry in hit.entries]


def test_an_imported_list_replaces_the_built_in_one_from_its_day(home: Path) -> None:
    others = ["1260H", "FCC", "NDAA-889", "CMIC"]
    assert lists_of("Hangzhou Hikvision Digital Technology") == ["EL", *others]
    _, changes = import_list(
        csl(home / "csl.json", "2026-08-20", ("EL", "Zorblax Widgets")), fewer=True
    )
    assert changes["EL"].before == "2026-07-31"
    assert len(changes["EL"].removed) > 1000
    assert lists_of("Hangzhou Hikvision Digital Technology") == others
    assert lists_of("Hangzhou Hikvision Digital Technology", "2026-08-19") == ["EL", *others]
    assert lists_of("Zorblax Widgets", "2026-08-20") == ["EL"]


def test_a_list_that_is_built_in_and_imported_gives_each_hit_once(home: Path) -> None:
    name = "Hangzhou Hikvision Digital Technology Co., Ltd."
    import_list(csl(home / "csl.json", "2026-08-20", ("EL", name), ("CMIC", name)), fewer=True)
    (hit,) = Screen("2026-08-20").parties(name, None, 1)
    assert [entry.list for entry in hit.entries] == ["EL", "1260H", "FCC", "NDAA-889", "CMIC"]


def test_an_imported_entry_keeps_the_chinese_names_that_the_list_does_not_print(home: Path) -> None:
    name = "Hangzhou Hikvision Digital Technology Co., Ltd."
    assert "EL" in lists_of("杭州海康威视数字技术股份有限公司")
    import_list(csl(home / "csl.json", "2026-08-20", ("EL", name), ("CMIC", name)), fewer=True)
    assert "EL" in lists_of("杭州海康威视数字技术股份有限公司")


def test_the_lists_of_one_day_that_two_files_hold_never_destroy_one_another(home: Path) -> None:
    import_list(
        ofac(home / "sdn.csv", 36, "ZORBLAX HOLDINGS"), source_date="2026-08-01", fewer=True
    )
    import_list(ofac(home / "cons_prim.csv", 99, "QUUXLY FOUNDRY"), source_date="2026-08-01")
    assert lists_of("Zorblax Holdings") == ["SDN"]
    assert lists_of("Quuxly Foundry") == ["NON-SDN"]


def test_two_sources_of_one_list_and_day_count_beside_each_other(home: Path) -> None:
    first, second = home / "north.csv", home / "south.csv"
    first.write_text("name\nZorblax Widgets\n")
    second.write_text("name\nQuuxly Foundry\n")
    import_list(str(first), source_date="2026-08-01", name="HOUSE")
    reading, changes = import_list(str(second), source_date="2026-08-01", name="HOUSE")
    assert lists_of("Zorblax Widgets") == lists_of("Quuxly Foundry") == ["HOUSE"]
    assert [entry.names[0].text for entry in changes["HOUSE"].added] == ["Quuxly Foundry"]
    assert changes["HOUSE"].removed == ()
    assert "north.csv of 2026-08-01 counts beside it" in " ".join(reading.notes)
    (house,) = [each for each in listed() if each.list == "HOUSE"]
    assert (house.entries, house.sources) == (2, ("north.csv", "south.csv"))


@pytest.mark.parametrize("stated", ["option", "column"])
def test_a_list_is_the_one_that_is_known_whatever_the_case_of_its_letters(
    home: Path, stated: str
) -> None:
    path = home / "some.csv"
    name = "el" if stated == "option" else None
    path.write_text("name,list\nZorblax Widgets,El\n", encoding="utf-8")
    with pytest.raises(LossError, match="EL"):
        import_list(str(path), source_date="2026-08-28", name=name)
    _, changes = import_list(str(path), source_date="2026-08-28", name=name, fewer=True)
    assert list(changes) == ["EL"]
    assert lists_of("Zorblax Widgets") == ["EL"]


def test_a_list_of_the_users_own_keeps_the_letters_of_its_first_version(home: Path) -> None:
    path = home / "some.csv"
    path.write_text("name,list\nZorblax Widgets,House\nQuuxly Foundry,HOUSE\n", encoding="utf-8")
    _, changes = import_list(str(path), source_date="2026-08-28")
    assert list(changes) == ["House"]
    _, changes = import_list(str(path), source_date="2026-08-29", name="house")
    assert (list(changes), changes["House"].added) == (["House"], ())


def test_two_files_of_followthemoney_are_two_lists(home: Path) -> None:
    import_list(ftm(home / "one.json", "a", "Vexomatic Tools", "2026-08-01"))
    import_list(ftm(home / "two.json", "b", "Frobnitz Works", "2026-08-03"))
    assert lists_of("Vexomatic Tools") == ["ONE"]
    assert lists_of("Frobnitz Works") == ["TWO"]


def test_a_newer_day_of_a_list_supersedes_every_source_of_the_older_one_and_says_so(
    home: Path,
) -> None:
    import_list(
        ofac(home / "sdn.csv", 36, "ZORBLAX HOLDINGS"), source_date="2026-08-01", fewer=True
    )
    reading, _ = import_list(
        csl(home / "csl.json", "2026-08-20", ("SDN", "Quuxly Foundry")), fewer=True
    )
    assert "version from sdn.csv of 2026-08-01 (1 entry) counts no longer" in reading.notes[0]
    assert lists_of("Zorblax Holdings", "2026-08-19") == ["SDN"]
    assert lists_of("Zorblax Holdings", "2026-08-20") == []


def test_a_dry_run_says_what_would_be_lost_and_keeps_nothing(home: Path) -> None:
    path = csl(home / "csl.json", "2026-08-20", ("EL", "Zorblax Widgets"))
    reading, changes = import_list(path, dry_run=True, fewer=True)
    assert len(changes["EL"].removed) > 1000
    assert "the built-in version of 2026-07-31 (3,420 entries) counts no longer" in reading.notes[1]
    assert lists_of("Zorblax Widgets") == []
    assert all(each.built_in for each in listed())


def test_what_was_imported_can_be_taken_out_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csl(
        home / "csl.json", "2026-08-20", ("EL", "Zorblax Widgets"), ("DPL", "Quuxly Foundry")
    )
    import_list(path, fewer=True)
    gone, _ = remove_list("EL", dry_run=True)
    assert [(each.day, each.source) for each in gone] == [("2026-08-20", "csl.json")]
    assert lists_of("Zorblax Widgets") == ["EL"]
    assert main(["lists", "remove", "el"]) == 0
    assert "3,420 entries count, of the built-in version of 2026-07-31" in capsys.readouterr().out
    assert lists_of("Zorblax Widgets") == []
    assert lists_of("Quuxly Foundry") == ["DPL"]
    assert lists_of("Hangzhou Hikvision Digital Technology")[0] == "EL"
    kept = open_user()
    assert kept.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    kept.close()


@pytest.mark.parametrize(
    ("words", "described"),
    [
        (["EL"], "what came with the package cannot be taken out"),
        (["HOUS"], "did you mean HOUSE"),
        (["HOUSE", "--as-of", "2026-09-01"], "--as-of 2026-08-01 --source house.csv"),
    ],
)
def test_what_cannot_be_taken_out_is_an_error_that_names_what_can(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], described: str
) -> None:
    (home / "house.csv").write_text("name\nZorblax Widgets\n")
    import_list(str(home / "house.csv"), source_date="2026-08-01")
    assert main(["lists", "remove", *words]) == 2
    assert described in capsys.readouterr().err


def test_a_file_of_lists_that_kept_one_version_a_day_is_taken_over(home: Path) -> None:
    (home / "house.csv").write_text("name\nZorblax Widgets\n")
    import_list(str(home / "house.csv"), source_date="2026-08-01")
    kept = sqlite3.connect(user_file())
    with kept:
        kept.executescript(
            "CREATE TABLE older (id INTEGER PRIMARY KEY, list TEXT, source_date TEXT, format TEXT,"
            " rows INTEGER, file TEXT, sha256 TEXT, members BLOB, UNIQUE (list, source_date));"
            "INSERT INTO older SELECT id, list, source_date, format, rows, file, sha256, members"
            " FROM versions; DROP TABLE versions; ALTER TABLE older RENAME TO versions;"
        )
    kept.close()
    assert lists_of("Zorblax Widgets") == ["HOUSE"]
    (home / "other.csv").write_text("name\nQuuxly Foundry\n")
    import_list(str(home / "other.csv"), source_date="2026-08-01", name="HOUSE")
    assert lists_of("Zorblax Widgets") == lists_of("Quuxly Foundry") == ["HOUSE"]


def test_a_file_of_nobody_under_the_name_of_an_official_list_is_not_taken_for_the_whole_list(
    home: Path,
) -> None:
    (home / "el.csv").write_text("name\nZorblax Widgets\n")
    import_list(str(home / "el.csv"), source_date="2026-08-20", name="EL", fewer=True)
    rows = {row["what"]: row for row in screened(Screen("2026-08-20")).rows}
    assert rows["EL"]["state"] == "partly"
    assert "whether that is the whole list the file does not say" in rows["EL"]["scope"]


def test_rows_that_were_not_understood_leave_a_list_in_part(home: Path) -> None:
    (home / "house.csv").write_text("name,colour\nZorblax Widgets,red\n,\n")
    import_list(str(home / "house.csv"), source_date="2026-08-20")
    rows = {row["what"]: row for row in screened(Screen("2026-08-20")).rows}
    assert rows["HOUSE"]["state"] == "partly"
    assert "2 rows were not understood" in rows["HOUSE"]["scope"]


def house(path: Path, count: int, more: str = "") -> str:
    rows = "".join(f"Zorblax Quux {at}\n" for at in range(count))
    path.write_text(f"name\n{rows}{more}")
    return str(path)


def test_a_list_that_lost_more_than_a_tenth_is_refused_until_it_is_said_to_be_right(
    home: Path,
) -> None:
    import_list(house(home / "a.csv", 20), source_date="2026-08-01", name="HOUSE")
    # nine tenths are enough
    import_list(house(home / "b.csv", 18), source_date="2026-08-02", name="HOUSE")
    short = house(home / "c.csv", 16)
    for dry_run in (False, True):
        with pytest.raises(LossError, match="HOUSE has 16 entries where it had 18: more than a"):
            import_list(short, source_date="2026-08-03", name="HOUSE", dry_run=dry_run)
    assert [each.versions for each in listed() if each.list == "HOUSE"] == [
        ("2026-08-01", "2026-08-02")
    ]
    reading, changes = import_list(short, source_date="2026-08-03", name="HOUSE", fewer=True)
    assert len(changes["HOUSE"].removed) == 2
    assert reading.notes[0].startswith("HOUSE has 16 entries where it had 18")


def test_a_file_beside_another_of_its_day_may_be_small_and_one_of_an_older_day_too(
    home: Path,
) -> None:
    import_list(house(home / "a.csv", 20), source_date="2026-08-02", name="HOUSE")
    import_list(house(home / "b.csv", 0, "Blorf\n"), source_date="2026-08-02", name="HOUSE")
    import_list(house(home / "c.csv", 1), source_date="2026-08-01", name="HOUSE", history=True)
    # of the source itself the rows count that it had
    with pytest.raises(LossError, match="HOUSE has 2 entries where it had 21"):
        import_list(house(home / "a.csv", 1), source_date="2026-08-02", name="HOUSE")
    assert lists_of("Zorblax Quux 19") == ["HOUSE"]


def test_two_sources_of_a_day_that_have_the_same_parties_are_not_twice_as_many(home: Path) -> None:
    import_list(house(home / "a.csv", 20), source_date="2026-08-02", name="HOUSE")
    import_list(house(home / "b.csv", 20, "Blorf\n"), source_date="2026-08-02", name="HOUSE")
    with pytest.raises(LossError, match="HOUSE has 18 entries where it had 21"):
        import_list(house(home / "a.csv", 18), source_date="2026-08-09", name="HOUSE")
    import_list(house(home / "a.csv", 19), source_date="2026-08-09", name="HOUSE")
    assert lists_of("Zorblax Quux 18") == ["HOUSE"]


def test_an_import_waits_for_another_and_sees_what_that_one_kept(home: Path) -> None:
    path = house(home / "a.csv", 20)
    import_list(path, source_date="2026-08-02", name="HOUSE")
    remove_list("HOUSE")
    with closing(open_user()) as other:
        other.execute("BEGIN IMMEDIATE")
        files = importing.Files(open_built_in(), other)
        entries = read_list(path).entries
        version = ("HOUSE", "2026-08-02", "csv", 20, "b.csv", "", 0, "")
        kept = [each._replace(list="HOUSE") for each in entries]
        add_version(other, version, kept, read_tables(files.built_in))
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(import_list, path, None, "2026-08-02", "HOUSE")
            with pytest.raises(TimeoutError):
                done.result(0.5)
            other.commit()
            _, changes = done.result(30)
        files.built_in.close()
    assert (changes["HOUSE"].before, changes["HOUSE"].added) == ("2026-08-02", ())
    assert [each.sources for each in listed() if each.list == "HOUSE"] == [("a.csv", "b.csv")]


def test_a_file_of_an_earlier_day_than_what_is_held_is_refused_with_both_days(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_list(house(home / "new.csv", 3), source_date="2026-09-01", name="HOUSE")
    old = house(home / "old.csv", 2, "Blorf Ancient\n")
    before = ["lists", "import", old, "--name", "HOUSE", "--as-of", "2026-07-01"]
    for more in ([], ["--dry-run"], ["--fewer"]):
        assert main([*before, *more]) == 2, more
        shown = capsys.readouterr().err
        assert "the file is of 2026-07-01, and HOUSE of 2026-09-01 is held" in shown
        assert "lists import --older" in shown
    assert lists_of("Blorf Ancient") == []
    assert main([*before, "--older"]) == 0
    assert "which counts from then on" in capsys.readouterr().out
    # The later version counts now; the one taken as history counts for the days before it.
    assert lists_of("Blorf Ancient") == []
    assert lists_of("Zorblax Quux 2") == ["HOUSE"]
    then = Screen("2026-08-01").parties("Blorf Ancient")
    assert [each.entry.list for each in then] == ["HOUSE"]


def test_of_a_file_with_several_lists_those_that_are_held_later_are_named(home: Path) -> None:
    both = [("ZORB", "Zorblax Quux"), ("QUUX", "Blorf Quux")]
    import_list(csl(home / "csl.json", "2026-08-02", *both))
    import_list(csl(home / "zorb.json", "2026-08-09", both[0]))
    with pytest.raises(OlderError, match="of 2026-08-05, and ZORB of 2026-08-09 is held"):
        import_list(csl(home / "csl.json", "2026-08-05", *both))
    # Of the day itself nothing is older.
    import_list(csl(home / "csl.json", "2026-08-09", *both))


def test_a_file_without_a_list_that_it_held_before_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("ZORB", f"Zorblax {at}") for at in range(3)]
    import_list(csl(home / "csl.json", "2026-08-01", *rows, ("QUUX", "Blorf Quux")))
    path = csl(home / "csl.json", "2026-08-02", *rows)
    assert main(["lists", "import", path]) == 2
    shown = capsys.readouterr().err
    assert "QUUX is not in it, of which it had 1 entry for 2026-08-01" in shown
    assert "lists import --fewer" in shown
    assert main(["lists", "import", path, "--fewer"]) == 0
    assert "! QUUX is not in it" in capsys.readouterr().out


def test_a_day_that_is_none_is_asked_for(home: Path) -> None:
    with pytest.raises(ValueError, match="is of 'last week', which is not a day: name it with"):
        import_list(ftm(home / "one.json", "a", "Vexomatic Tools", "last week"))


def entity_list(path: Path, day: str, *rows: tuple[str, str | None]) -> str:
    """A file of the Entity List alone, each row a name and the day that the file has of it."""
    source = "Entity List (EL) - Bureau of Industry and Security"
    results = [
        {"name": name, "source": source, "countries": ["CN"], "start_date": since}
        for name, since in rows
    ]
    loaded = {"search_performed_at": day, "results": results}
    path.write_text(json.dumps(loaded), encoding="utf-8")
    return str(path)


def of_entity_list(name: str, day: str) -> ListedEntry:
    hits = Screen(day).parties(name, None, 20)
    return next(each for hit in hits for each in hit.entries if each.list == "EL")


HUAWEI = "Huawei Technologies Co., Ltd. (Huawei)"


@pytest.mark.parametrize(
    ("since", "first", "note"),
    [
        # effective 16 May 2019, published on the 21st, which is what official files have
        ("2019-05-21", "2019-05-16", "listed on 2019-05-16 as held before; the file says"),
        (None, "2019-05-16", ""),
        ("2019-05-01", "2019-05-01", ""),  # earlier than what is held: the file knows more
        ("2026-08-10", "2026-08-10", ""),  # after the version that is held: listed anew
    ],
)
def test_an_entry_that_is_held_keeps_its_first_day_where_a_file_has_a_later_one_or_none(
    home: Path, since: str | None, first: str, note: str
) -> None:
    path = entity_list(home / "csl.json", "2026-08-20", (HUAWEI, since), ("Quuxly Foundry", None))
    reading, _ = import_list(path, fewer=True)
    found = of_entity_list(HUAWEI, "2026-08-20")
    assert found.since == first
    assert found.note.startswith(note)
    assert bool(found.note) == bool(note)
    assert of_entity_list("Quuxly Foundry", "2026-08-20").since == ""
    told = [each for each in reading.notes if "the first day of 1 entry" in each]
    assert bool(told) == (first == "2019-05-16")
    # What was kept is what the next file meets.
    path = entity_list(home / "csl.json", "2026-08-27", (HUAWEI, since), ("Quuxly Foundry", None))
    import_list(path, fewer=True)
    again = of_entity_list(HUAWEI, "2026-08-27")
    assert (again.since, again.note) == (first, found.note)


def test_an_entry_that_is_held_keeps_the_days_of_the_notices_that_its_file_still_cites(
    home: Path,
) -> None:
    held = of_entity_list(HUAWEI, "2026-08-01")
    assert held.changed == "2022-09-09"
    rows = [(HUAWEI, held.citation), ("Quuxly Foundry", "91 FR 1")]
    path = entity_list(home / "csl.json", "2026-08-20", *((name, None) for name, _ in rows))
    loaded = json.loads(Path(path).read_text(encoding="utf-8"))
    for row, (_, cited) in zip(loaded["results"], rows, strict=True):
        row["federal_register_notice"] = cited
    Path(path).write_text(json.dumps(loaded), encoding="utf-8")
    import_list(path, fewer=True)
    found = of_entity_list(HUAWEI, "2026-08-20")
    assert (found.changed, found.changes) == (held.changed, held.changes)
    loaded["search_performed_at"] = "2026-08-27"
    loaded["results"][0]["federal_register_notice"] += "; 91 FR 2"
    Path(path).write_text(json.dumps(loaded), encoding="utf-8")
    _, changes = import_list(path)
    assert [each.names[0].text for each in changes["EL"].changed] == [HUAWEI]
    found = of_entity_list(HUAWEI, "2026-08-27")
    # Of the new notice no day is held: it came by that of the file.
    assert (found.changed, found.changes) == ("2026-08-27", f"{held.changes};91 FR 2=")


def test_what_the_version_before_does_not_say_is_no_change(home: Path) -> None:
    name = "Acme Zorblax"
    path = csl(home / "csl.json", "2026-08-20", ("HOUSE", name))
    import_list(path)
    loaded = json.loads(Path(path).read_text(encoding="utf-8"))
    del loaded["results"][0]["countries"]
    for day, town, changed in (
        ("2026-08-21", "Wuhan", 0),  # an address where none was held
        ("2026-08-22", "Wuhan", 0),
        ("2026-08-23", "Ningbo", 1),
    ):
        loaded["search_performed_at"] = day
        loaded["results"][0]["addresses"] = [{"city": town, "country": "CN"}]
        Path(path).write_text(json.dumps(loaded), encoding="utf-8")
        _, changes = import_list(path)
        assert len(changes["HOUSE"].changed) == changed, day


def test_a_first_file_without_a_list_that_others_of_its_kind_have_is_told(home: Path) -> None:
    path = csl(home / "csl.json", "2026-08-20", ("SDN", "Quuxly Foundry"))
    reading, _ = import_list(path, fewer=True)
    (told,) = (each for each in reading.notes if each.startswith("not in the file"))
    assert "EL (of 2026-07-31 is held), MEU (of 2026-07-31 is held)" in told
    assert "SDN" not in told
    # Under a name of one's own a file is one list.
    mine, _ = import_list(path, name="HOUSE", source_date="2026-08-21")
    assert not [each for each in mine.notes if each.startswith("not in the file")]


def test_parties_without_a_number_or_with_the_same_one_are_counted_each(home: Path) -> None:
    path = home / "targets.csv"
    rows = ("k1,Company,Zorblax", "k1,Company,Quux Works", ",Company,Vexo", ",Company,Plod Foundry")
    text = "id,schema,name,aliases,program_ids\n" + "".join(f"{row},,\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    _, changes = import_list(str(path), source_date="2026-08-01", name="HOUSE")
    assert [each.key for each in changes["HOUSE"].added] == ["k1", "k1#2", "Vexo", "Plod Foundry"]
    assert next(each for each in listed(None) if each.list == "HOUSE").entries == 4
    sdn = home / "sdn.csv"
    lines = "".join(f'7,"{name}",-0- ,"CUBA",{EMPTY}\n' for name in ("Zorblax", "Quux Works"))
    sdn.write_text(lines, encoding="utf-8")
    assert [each.key for each in read_list(str(sdn)).entries] == ["7", "7#2"]


def test_a_name_that_the_file_prints_is_no_longer_one_that_no_list_prints(home: Path) -> None:
    built_in = open_built_in()
    with closing(built_in):
        known, main_name = built_in.execute(
            "SELECT n.text, m.text FROM names n JOIN names m ON m.entry = n.entry AND "
            "m.kind = 'name' AND m.grade = 'official' WHERE n.kind = 'known' AND "
            "length(n.text) > 4 LIMIT 1"
        ).fetchone()
    row = {"name": main_name, "alt_names": [known], "source": "A list (HOUSE)"}
    path = home / "house.json"
    path.write_text(json.dumps({"search_performed_at": "2026-08-01", "results": [row]}))
    import_list(str(path))
    with closing(open_user()) as own:
        (body,) = own.execute("SELECT body FROM entries").fetchone()
    names = [name for name in json.loads(body)[2] if name[0].casefold() == known.casefold()]
    assert [name[2] for name in names] == ["official"]
