"""End days of denial orders: what a newer file says, what is kept, and what is not known then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.parties.lists.end_days import RENEWED, cites_renewals, is_renewed, with_end_days
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.standing import UNKNOWN
from detente.parties.screening import importing
from detente.parties.screening.importing import import_list
from detente.parties.screening.store import Screen, open_built_in, read_facts

UNDATED = "the list keeps orders that have ended"
CITED = "71 F.R. 65775 11/9/06"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


def order(citation: str = CITED, **fields: str) -> ListedEntry:
    name = fields.pop("name", "ZORBLAX")
    return ListedEntry("DPL", f"{name} [{citation}]", (Name(name),), citation=citation)._replace(
        **fields
    )


HELD = order(since="2006-11-09", until="2026-11-10", grade="secondary")


@pytest.mark.parametrize(
    ("held", "new", "until", "doubt", "told"),
    [
        (HELD, order(), "2026-11-10", "", "the end day of 1 entry is the one held before"),
        # Named by notices of its first weeks alone: 2 January 2007 is 54 days after 9 November.
        (HELD, order(f"{CITED} 72 F.R. 5 1/2/07"), "2026-11-10", "", "the one held before"),
        # A renewal, or one notice of another order: until when that stands is not known.
        (HELD, order(f"{CITED} 91 F.R. 5 10/2/26"), "", RENEWED, "later notices are cited"),
        (HELD, order("91 F.R. 5"), "", RENEWED, "later notices are cited"),
        # What the file says of its days counts.
        (HELD, order(until="2030-01-01"), "2030-01-01", "", ""),
        (HELD, order(since="2006-11-09"), "",
         "the file prints its first day and no end day, where until 2026-11-10 was held",
         "the file has a first day and no end"),
        (order(doubt="why"), order(), "", "why", "1 entry without an end day"),
        (order(), order(), "", UNDATED, "1 entry without an end day"),
        (order(doubt="why"), order(until="2030-01-01"), "2030-01-01", "", ""),
        (order(name="QUUXLY"), order(), "", UNDATED, "1 entry without an end day"),
    ],
)  # fmt: skip
def test_an_order_keeps_its_end_day_while_it_is_the_same_and_its_file_has_none(
    held: ListedEntry, new: ListedEntry, until: str, doubt: str, told: str
) -> None:
    (entry,), notes = with_end_days({held.key: held}, [new], UNDATED)
    assert (entry.until, entry.doubt) == (until, doubt)
    assert len(notes) == bool(told)
    assert told in "".join(notes)


def test_a_notice_of_long_after_the_first_day_renews_an_order() -> None:
    assert not cites_renewals(CITED, "2006-11-09")
    assert cites_renewals(f"{CITED} 72 F.R. 5 2/9/07", "2006-11-09")
    assert cites_renewals(f"{CITED} 52 F.R. 9515 2/30/87", "2006-11-09"), "no day of the calendar"
    assert is_renewed("91 F.R. 5 1/2/07", HELD._replace(since="")), "nothing tells when it began"


def test_the_only_notice_of_an_order_renews_nothing_however_late_it_is() -> None:
    late = "76 F.R. 5 3/4/11"
    assert not cites_renewals(late, "2009-08-03")
    assert not cites_renewals(f"{late}; {late}", "2009-08-03")
    assert not cites_renewals("52 F.R. 9515 2/30/87", "1987-02-20")
    assert cites_renewals(f"{late} 77 F.R. 9 3/5/12", "2009-08-03")
    # On import alike: that which is held may cite none, and one that is respelled is the same.
    held = HELD._replace(since="2009-08-03", citation="")
    assert not is_renewed(late, held)
    assert not is_renewed(late, held._replace(citation="76.F.R. 5 3/4/11"))
    assert is_renewed(f"{late} 77 F.R. 9 3/5/12", held._replace(citation=late))
    assert is_renewed("77 F.R. 9 3/5/12", held._replace(citation=late)), "another order"


def screening_list(path: Path, day: str, rows: list[dict[str, str]]) -> str:
    source = {"source": "Denied Persons List (DPL) - Bureau of Industry and Security"}
    results = [{**source, **row} for row in rows]
    path.write_text(json.dumps({"search_performed_at": day, "results": results}), encoding="utf-8")
    return str(path)


def found(name: str, day: str) -> tuple[str, ListedEntry]:
    screen = Screen(day)
    entry = next(
        each for hit in screen.parties(name, None, 3) for each in hit.entries if each.list == "DPL"
    )
    return screen.standing(entry), entry


def test_a_screening_list_without_days_does_not_put_ended_orders_back_in_force(
    home: Path,
) -> None:
    names = "DAQING ZHOU", "ANDREE AGNESE", "WELL BEING ENTERPRISE CO., LTD."
    days = "2026-08-20", "2026-11-30", "2030-01-01"
    before = {(name, day): found(name, day) for name in names for day in days}
    rows = [
        {"name": each.names[0].text, "federal_register_notice": each.citation,
         "countries": ";".join(each.countries)}
        for _, each in (before[name, days[0]] for name in names)
    ]  # fmt: skip
    more = {"name": "ZORBLAX", "federal_register_notice": "91 F.R. 5 8/2/26"}
    path = screening_list(home / "csl.json", "2026-08-15", [*rows, more])
    reading, changes = import_list(path, fewer=True)
    assert changes["DPL"].changed == ()
    said = [each for each in reading.notes if "end day" in each]
    assert said[0].startswith("DPL: the end day of 2 entries is the one held before")
    assert said[1].startswith("DPL: 2 entries without an end day, in the file or held before")
    for (name, day), (standing, entry) in before.items():
        now, kept = found(name, day)
        assert now == standing, (name, day)
        assert (kept.since, kept.until, kept.doubt) == (entry.since, entry.until, entry.doubt)
    standing, entry = found("ZORBLAX", "2026-11-30")
    with open_built_in() as database:
        assert (standing, entry.doubt) == (UNKNOWN, read_facts(database)["DPL"].undated)
    database.close()


def test_a_file_of_before_the_version_that_is_held_has_its_end_days_too(home: Path) -> None:
    row = {"name": "DAQING ZHOU", "federal_register_notice": CITED}
    import_list(screening_list(home / "csl.json", "2026-05-01", [row]), history=True)
    _, entry = found("DAQING ZHOU", "2026-05-01")
    assert (entry.since, entry.until) == ("2006-11-09", "2026-11-10")


def test_an_entry_of_which_the_days_are_not_known_does_not_become_a_sure_one(home: Path) -> None:
    def doubted(day: str) -> dict[str, ListedEntry]:
        bodies = (entry for file in Screen(day).lists for _, entry in file.bodies({"EL"}))
        return {each.key: each for each in bodies if each.doubt}

    before = doubted("2026-08-01")
    rows = [
        {
            "name": each.names[0].text, "countries": list(each.countries),
            "source": "Entity List (EL) - Bureau of Industry and Security",
            "federal_register_notice": each.citation,
        }
        for each in before.values()
    ]  # fmt: skip
    rows[0]["federal_register_notice"] = "91 FR 5"
    path = home / "csl.json"
    path.write_text(json.dumps({"search_performed_at": "2026-08-15", "results": rows}), "utf-8")
    import_list(str(path), fewer=True)
    after = doubted("2026-08-15")
    assert len(before) > 10
    assert list(after) == list(before)[1:], "of other notices nothing is held"
    for key, each in after.items():
        held = before[key]
        assert (each.doubt_before, each.grade) == (held.doubt_before, held.grade)


def test_an_older_file_is_compared_with_who_was_listed_on_its_day(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Of the list at the end of 2021, as the version of 2026 has it, one entry is left out.
    day = "2021-12-31"
    screen = Screen(day)
    listed = [
        entry for file in screen.lists for _, entry in file.bodies({"EL"})
        if screen.standing(entry) == "in_force"
    ]  # fmt: skip
    left = next(each for each in listed if each.names[0].text.startswith("Huawei Technologies Co."))
    rows = [
        {"name": each.names[0].text, "countries": list(each.countries),
         "federal_register_notice": each.citation, "license_policy": each.policy_text,
         "license_requirement": each.requirement_text, "remarks": each.note,
         "alt_names": [name.text for name in each.names[1:] if name.grade == "official"]}
        for each in listed if each is not left
    ]  # fmt: skip
    results = [
        {**row, "source": "Entity List (EL) - Bureau of Industry and Security"}
        for row in (*rows, {"name": "Zorblax Foundry", "federal_register_notice": "86 FR 1"})
    ]
    path = home / "el.json"
    path.write_text(json.dumps({"search_performed_at": day, "results": results}), encoding="utf-8")
    reading, changes = import_list(str(path), dry_run=True, history=True)
    found = changes["EL"]
    assert [each.names[0].text for each in found.added] == ["Zorblax Foundry"]
    assert [each.names[0].text for each in found.removed] == [left.names[0].text]
    assert (found.changed, found.before, found.on) == ((), "2026-07-31", day)
    later = sum(each.changed > day for each in listed if each is not left)
    assert later > 100
    assert any(each.startswith(f"EL: {later:,} entries were changed") for each in reading.notes)
    from detente.cli.main import main

    assert main(["lists", "import", str(path), "--dry-run", "--older"]) == 0
    assert (
        "EL: 1 added, 1 removed, 0 changed beside who was listed on 2021-12-31 by the version of "
        "2026-07-31"
    ) in capsys.readouterr().out


def test_a_row_that_repeats_another_is_told_where_it_is_not_kept(home: Path) -> None:
    row = {"name": "ZORBLAX", "federal_register_notice": CITED}
    path = screening_list(home / "csl.json", "2026-08-15", [row, row])
    reading, changes = import_list(path, fewer=True)
    assert len(reading.entries) == 2
    assert len(changes["DPL"].added) == 1
    assert "1 entry repeats another word for word and is not kept twice" in reading.notes


def test_addresses_that_a_file_leaves_out_for_all_are_those_held(home: Path) -> None:
    def rows(*towns: str) -> list[dict[str, object]]:
        return [
            {"name": f"ZORBLAX {at}", "source": "A list (HOUSE)", "entity_number": str(at),
             "addresses": [{"city": town}] if town else []}
            for at, town in enumerate(towns)
        ]  # fmt: skip

    def read(day: str, *towns: str) -> tuple[list[tuple[str, ...]], list[str]]:
        path = home / "csl.json"
        described = {"search_performed_at": day, "results": rows(*towns)}
        path.write_text(json.dumps(described), encoding="utf-8")
        reading, changes = import_list(str(path))
        files = importing._opened()
        kept = files.entries(files.counting(day)["HOUSE"].versions)
        files.close()
        told = [each for each in reading.notes if "addresses" in each]
        assert changes["HOUSE"].changed == () or told == []
        return [kept[key].addresses for key in sorted(kept)], told

    assert read("2026-08-20", "Wuhan", "") == ([("Wuhan",), ()], [])
    kept, told = read("2026-08-21", "", "")
    assert kept == [("Wuhan",), ()]
    assert told == [
        "HOUSE: the addresses of 1 entry are those held before, since the file prints none"
    ]
    assert read("2026-08-22", "", "Ningbo") == ([(), ("Ningbo",)], []), "the file has addresses"
