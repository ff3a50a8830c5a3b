"""The Entity List by day in the text of the eCFR: constructed files, since no copy could be had.

The rows are those that are held, set as the tables of the eCFR are, each with an invented address.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from detente.parties.lists.as_held import as_held
from detente.parties.lists.keys import key_of
from detente.parties.lists.lists import read_list
from detente.parties.lists.model import CHINESE, KNOWN, ListedEntry
from detente.parties.lists.readers.entity_cell import AFFILIATE, read_cell
from detente.parties.lists.versions import versions_of
from detente.parties.screening import losses, updating
from detente.parties.screening.importing import import_list, remove_list
from detente.parties.screening.list_changes import changes_between
from detente.parties.screening.store import Screen, open_built_in, version_entries
from detente.parties.screening.updating import UpdateRequest, confirm, from_folder
from detente.store.fetching import Fetched

PLACES = {"CN": "Shanghai, China", "HK": "Kowloon, Hong Kong", "RU": "Moscow, Russia"}
HEADINGS = (
    "<TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH>"
    "<TH>License review policy</TH><TH>Federal Register citation</TH></TR>"
)
TITLES = {"EL": (4, "Entity List"), "MEU": (7, "'Military End-User' (MEU) List")}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def held() -> dict[str, list[ListedEntry]]:
    """The built-in entries of both lists."""
    database = open_built_in()
    versions = versions_of(database, True)
    return {
        code: list(version_entries(database, [each for each in versions if each.list == code]))
        for code in TITLES
    }


def cited(entry: ListedEntry) -> str:
    """The notices of an entry with their days, as the column has them."""
    notices = [each.partition("=") for each in entry.changes.split(";") if each]
    if not notices:
        return entry.citation
    parts = []
    for notice, _, day in notices:
        year, month, of_month = (day or "0-0-0").split("-")
        parts.append(f"{notice}, {int(month)}/{int(of_month)}/{year[2:]}." if day else f"{notice}.")
    return " ".join(parts)


def cell_of(entry: ListedEntry, number: int) -> str:
    """The cell of a party: its names, and an invented address in each of its countries."""
    name, *others = (each.text for each in entry.names if each.kind not in (CHINESE, KNOWN))
    places = entry.addresses or tuple(
        f"No. {number} Sample Road, {PLACES.get(place, place.title())}" for place in entry.countries
    )
    behind = "; <I>and</I> ".join(html.escape(each) for each in places)
    parent, mark, own = name.partition(AFFILIATE)
    before = f"{html.escape(parent)}<br/><I>Affiliated entities:</I><br/>" if mark else ""
    name = html.escape(own or name)
    if not others:
        return f"{before}{name}, {behind}."
    listed = "; ".join(f"<br/>&#x2014;{html.escape(each)}" for each in others)
    return f"{before}{name}, a.k.a., the following {len(others)} aliases:{listed}.<br/>{behind}."


def row(country: str, entity: str, requirement: str, policy: str, citation: str) -> str:
    cells = (html.escape(country), entity, html.escape(requirement), html.escape(policy), citation)
    return f"<TR>{''.join(f'<TD>{each}</TD>' for each in cells)}</TR>\n"


def rows_of(entries: Iterable[ListedEntry]) -> str:
    """The rows of entries, each with its country before it."""
    return "".join(
        row(
            entry.countries[0] if entry.countries else "CN",
            cell_of(entry, number),
            entry.requirement_text.replace("§7", "§ 7"),
            entry.policy_text.rstrip("."),
            cited(entry),
        )
        for number, entry in enumerate(entries, 1)
    )


def text_of(path: Path, **tables: str) -> str:
    """A file of part 744 with the rows of a table for each list that is named."""
    supplements = "".join(
        f'<DIV9 N="Supplement No. {TITLES[code][0]} to Part 744" TYPE="APPENDIX">\n'
        f"<HEAD>Supplement No. {TITLES[code][0]} to Part 744—{TITLES[code][1]}</HEAD>\n"
        f"<TABLE><THEAD>{HEADINGS}</THEAD>\n{rows}</TABLE></DIV9>\n"
        for code, rows in tables.items()
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<DIV5 N="744" TYPE="PART">\n'
        f"<HEAD>PART 744—CONTROL POLICY</HEAD>\n{supplements}</DIV5>\n",
        encoding="utf-8",
    )
    return str(path)


def plain(text: str) -> str:
    """A text without what two spellings of it differ in."""
    return re.sub(r"[\W_]+", "", text.casefold())


@pytest.mark.once
@pytest.mark.parametrize("code", TITLES)
def test_a_text_with_the_very_entries_that_are_held_adds_and_removes_none(
    tmp_path: Path, held: dict[str, list[ListedEntry]], code: str
) -> None:
    path = text_of(tmp_path / "title-15.xml", **{code: rows_of(held[code])})
    reading, changes = import_list(path, source_date="2026-11-20")
    assert reading.not_understood == ()
    found = changes[code]
    assert ([e.names[0].text for e in found.added], [e.names[0].text for e in found.removed]) == (
        [], [],
    )  # fmt: skip
    before = {each.key: each for each in held[code]}
    assert [each.entries for each in Screen("2026-11-20").counting[code].versions] == [len(before)]
    wider = []
    for now in found.changed:
        was = before[now.key]
        assert now.names[0] == was.names[0]
        assert (now.requirement, now.policy) == (was.requirement, was.policy)
        assert plain(now.requirement_text) == plain(was.requirement_text)
        assert now.policy_text == was.policy_text
        if was.since:
            assert (now.since, now.maybe_since) == (was.since, was.maybe_since), now.key
            assert (now.citation, now.changes) == (was.citation, was.changes), now.key
        printed = {plain(each.text) for each in was.names if each.kind not in (CHINESE, KNOWN)}
        names = {plain(each.text) for each in now.names if each.kind not in (CHINESE, KNOWN)}
        assert printed <= names
        wider += [now.names[0].text] if names != printed else []
        assert now.addresses or not was.countries, now.key
    # What a comparison tells is what the text has and what is held has not.
    compared = changes_between("2026-08-01", "2026-11-20", {code}).changes
    notes = [each.names[0].text for each in held[code] if each.note]
    assert sorted(each.entry.names[0].text for each in compared) == sorted(
        each for each in (*notes, *wider) if code == "EL"
    )
    # One main name is held with another name in it, which is another name as the text prints it.
    assert [each.partition(",")[0] for each in wider] == (
        ["Chitron Electronics Company Ltd."] if code == "EL" else []
    )


@pytest.mark.once
def test_entries_that_are_addresses_come_with_their_text(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    printed = "Room 1906, 19/F Sample Tower, 77 Invented Road, Kowloon, Hong Kong"
    entries = [
        each._replace(addresses=(printed,)) if each.key.startswith("Address 12") else each
        for each in held["EL"]
    ]
    path = text_of(tmp_path / "title-15.xml", EL=rows_of(entries))
    reading, changes = import_list(path, source_date="2026-11-20")
    called = [each for each in changes["EL"].changed if each.names[0].text.startswith("Address ")]
    assert len(called) == 19
    assert all(each.addresses for each in called)
    assert not any("address whose text" in note for note in reading.notes)
    found = Screen("2026-11-20").parties(f"Zorblaxia, {printed}")
    assert [each.entry.names[0].text for each in found] == ["Address 12"]


DENIED = ("For all items subject to the EAR", "Presumption of denial")
CHINA = "CHINA, PEOPLE'S REPUBLIC OF"
ALPHA = row(CHINA, "Alpha Chips Co., Ltd., No. 1 Sample Road, China.", *DENIED, "90 FR 1, 9/16/25.")
ONE_ALIAS = "Beta Optics, a.k.a., the following one alias: &#x2014;Bei Ta. 2 Sample Road, China."
BETA = row("", ONE_ALIAS, *DENIED, "91 FR 2, 8/21/26.")


def named(entries: Iterable[ListedEntry]) -> list[list[str]]:
    return [[each.text for each in entry.names] for entry in entries]


@pytest.mark.once
def test_two_days_of_the_text_are_compared(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    first, *others = held["EL"]
    text_of(folder / "title-15_2026-08-20.xml", EL=rows_of(held["EL"]))
    reworded = others[0]._replace(policy_text="Case-by-case basis.")
    rows = rows_of([reworded, *others[1:]])
    text_of(folder / "title-15_2026-08-21.xml", EL=rows + ALPHA.replace("9/16/25", "8/24/26"))
    taken = list(from_folder(str(folder), UpdateRequest(fetched="2026-08-22")))
    assert [each.refused for each in taken] == ["", ""]
    # That it was fetched later says nothing of the days since: it is the text of a day.
    assert Screen("2026-08-22").counting["EL"].through == "2026-08-21"
    found = changes_between("2026-08-20", "2026-08-21", {"EL"})
    assert sorted((each.what, each.entry.names[0].text) for each in found.changes) == [
        ("added", "Alpha Chips Co., Ltd."),
        ("changed", others[0].names[0].text),
        ("removed", first.names[0].text),
    ]
    added = next(each.entry for each in found.changes if each.what == "added")
    # The notice came out three days later, but the text has the party.
    assert (added.since, added.maybe_since) == ("2026-08-21", "2026-08-17")
    # So the later text leaves open whether it was listed on the day before.
    assert [(each["on"], each["state"]) for each in found.unread] == [("2026-08-20", "partly")]


def test_a_text_of_an_earlier_day_is_kept_beside_a_later_version(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    later = tmp_path / "later.csv"
    with later.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name"])
        writer.writerows([each.names[0].text] for each in held["MEU"])
    import_list(str(later), source_date="2026-11-28", name="MEU")
    text_of(folder / "title-15_2026-11-20.xml", MEU=rows_of(held["MEU"]))
    (taken,) = from_folder(str(folder))
    assert taken.refused == ""
    assert any("the file is older than the version of 2026-11-28" in note for note in taken.notes)
    days = [Screen(day).counting["MEU"].day for day in ("2026-11-20", "2026-11-27", "2026-11-28")]
    assert days == ["2026-11-20", "2026-11-20", "2026-11-28"]


def test_two_days_before_what_came_with_the_package_are_compared(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    by_then = [each for each in held["EL"] if each.since and each.since < "2020-01-01"][:200]
    gone = row(
        "RUSSIA", "Vanished Trading, 1 Sample Road, Moscow, Russia.", *DENIED, "76 FR 1, 1/3/11."
    )
    text_of(folder / "part-744_2020-01-02.xml", EL=rows_of(by_then) + gone)
    text_of(folder / "part-744_2020-06-01.xml", EL=rows_of(by_then))
    first, second = from_folder(str(folder))
    assert (first.refused, second.refused) == ("", "")
    assert any("counts for 2020-01-02, the" in note for note in first.notes)
    found = changes_between("2020-01-02", "2020-06-01", {"EL"})
    assert [(each.what, each.entry.names[0].text) for each in found.changes] == [
        ("removed", "Vanished Trading")
    ]
    assert found.unread == []
    days = {
        day: len(Screen(day).parties("Vanished Trading"))
        for day in ("2020-01-01", "2020-01-02", "2020-01-03", "2020-06-01", "2020-06-02")
    }
    # Listed since 2011, and gone on a day between those of the two files.
    assert list(days.values()) == [1, 1, 1, 0, 0]
    (open_,) = Screen("2020-01-03").parties("Vanished Trading")
    assert Screen("2020-01-03").standing(open_.entry) == "unknown"


@pytest.mark.once
def test_one_folder_with_files_of_several_publishers_is_read_in_one_run(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    text_of(folder / "title-15_2026-11-26.xml", EL=rows_of(held["EL"]), MEU=rows_of(held["MEU"]))
    (folder / "un.xml").write_text(
        '<CONSOLIDATED_LIST dateGenerated="2026-11-25T00:00:00Z"><ENTITIES>'
        + "".join(
            f"<ENTITY><DATAID>{at}</DATAID><FIRST_NAME>Sample {at}</FIRST_NAME></ENTITY>"
            for at in range(9)
        )
        + "</ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    covered = "".join(
        f"<tr><td>Services provided by <b>{each}</b>.</td><td>March 12, 2021</td></tr>"
        for each in range(13)
    )
    (folder / "coveredlist.html").write_text(
        "<html>fcc.gov/supplychain/coveredlist<table><tr><th>Covered Equipment or Services</th>"
        f"<th>Date of Inclusion on Covered List</th></tr>{covered}</table></html>",
        encoding="utf-8",
    )
    taken = list(from_folder(str(folder), UpdateRequest(fetched="2026-11-28")))
    assert [(each.file, each.refused) for each in taken] == [
        ("coveredlist.html", ""), ("title-15_2026-11-26.xml", ""), ("un.xml", ""),
    ]  # fmt: skip
    days = {
        code: (counting.day, counting.through)
        for code, counting in Screen("2026-11-28").counting.items()
        if code in ("EL", "MEU", "UN-SC", "FCC")
    }
    assert days == {
        "EL": ("2026-11-26", "2026-11-26"),
        "MEU": ("2026-11-26", "2026-11-26"),
        "UN-SC": ("2026-11-25", "2026-11-28"),
        "FCC": ("2026-11-28", "2026-11-28"),
    }
    confirm(["EL", "MEU"], "2026-11-28", "J. Doe", "the eCFR", "2026-11-28")
    through = {code: Screen("2026-11-28").counting[code].through for code in TITLES}
    assert through == dict.fromkeys(TITLES, "2026-11-28")


def test_another_page_of_the_notice_that_is_cited_is_no_change(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    bare = [each._replace(changes="", since="") for each in held["MEU"]]
    moved = [
        each._replace(changes=each.changes.replace("83799=", "83801=")) for each in held["MEU"]
    ]
    text = text_of(tmp_path / "title-15.xml", MEU=rows_of(moved))
    entries = as_held(bare, read_list(text).entries, "2026-11-20")
    assert [each.citation for each in entries] == [each.citation for each in bare]
    assert [each.changes for each in entries] == [each.changes for each in moved]


def test_the_days_between_are_settled_by_whoever_looked(tmp_path: Path) -> None:
    path = text_of(tmp_path / "part-744.xml", EL=ALPHA)
    import_list(path, source_date="2026-11-20", fewer=True)
    confirm(["EL"], "2026-11-27", "J. Doe", "the eCFR", "2026-11-28")
    held = Screen("2026-11-27").counting["EL"]
    assert (held.day, held.through) == ("2026-11-20", "2026-11-27")
    gone, _ = remove_list("EL")
    assert len(gone) == 1


def test_a_day_is_needed_where_the_name_of_the_file_has_none(tmp_path: Path) -> None:
    path = text_of(tmp_path / "title-15.xml", EL=ALPHA)
    with pytest.raises(ValueError, match="name it with --as-of DAY"):
        import_list(path)
    for asked, told in (
        (UpdateRequest(fetched="2026-11-20"), "does not say of which day it is"),
        (UpdateRequest(day="2026-11-20"), "EL has 1 entry where it had 3420"),
    ):
        (update,) = from_folder(str(tmp_path), asked)
        assert told in update.refused
    assert read_list(text_of(tmp_path / "a_2026-08-20_2026-08-21.xml", EL=ALPHA)).source_date == ""


def test_the_day_in_an_address_is_that_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = text_of(tmp_path / "title-15.xml", MEU=ALPHA)

    def fetched(address: str, target: str, tag: str) -> Fetched:
        Path(target).write_bytes(Path(source).read_bytes())
        return Fetched("", "", False)

    monkeypatch.setattr(updating, "fetch_newer", fetched)
    monkeypatch.setattr(losses, "SHRINKS", 0)
    address = "https://example.org/full/2026-08-20/title-15.xml?part=744"
    update = updating.from_address(address, UpdateRequest(today="2026-11-20"))
    assert update.refused == ""
    held = Screen("2026-11-20").counting["MEU"]
    assert (held.day, held.through) == ("2026-08-20", "2026-08-20")


@pytest.mark.once
def test_a_text_that_lost_the_rows_of_one_country_is_refused(
    tmp_path: Path, held: dict[str, list[ListedEntry]]
) -> None:
    few = [each for each in held["EL"] if each.countries != ("TR",)]
    assert len(few) > 0.95 * len(held["EL"])
    path = text_of(tmp_path / "title-15.xml", EL=rows_of(few))
    with pytest.raises(ValueError, match=r"EL has \d+ entr\w+ of TR where it had \d+"):
        import_list(path, source_date="2026-11-20")


def test_a_party_under_two_countries_is_one_and_two_parties_of_one_name_stay_two(
    tmp_path: Path,
) -> None:
    alike = "Twin Trading, 3 Sample Road, "
    rows = (
        row("AFGHANISTAN", f"{alike}Kabul, Afghanistan.", *DENIED, "90 FR 1, 9/16/25.")
        + row("PAKISTAN", f"{alike}Lahore, Pakistan.", *DENIED, "90 FR 1, 9/16/25.")
        + row("", "Twin Trading, 4 Sample Road, Multan, Pakistan.", *DENIED, "91 FR 2, 8/21/26.")
    )
    path = text_of(tmp_path / "title-15.xml", EL=rows)
    _, changes = import_list(path, source_date="2026-11-20", fewer=True)
    one, two = changes["EL"].added
    assert (one.countries, len(one.addresses)) == (("AF", "PK"), 2)
    assert (two.countries, two.since) == (("PK",), "2026-08-21")
    assert key_of(one) == key_of(two)


def test_a_row_that_cannot_be_read_is_told_with_its_line_and_stops_nothing(tmp_path: Path) -> None:
    rows = ALPHA + row("", "", "", "", "") + "<TR><TD/><TD>x</TD></TR>\n" + row(
        "", "Delta" * 300, "For all items", "Presumption of denial", "90 FR 1, 9/16/25."
    ) + BETA  # fmt: skip
    reading = read_list(text_of(tmp_path / "title-15.xml", EL=rows))
    assert named(reading.entries) == [["Alpha Chips Co., Ltd."], ["Beta Optics", "Bei Ta"]]
    assert reading.not_understood == (
        "line 9: the row has 2 cells", "line 10: a name of 1500 characters",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda text: text.replace("No. 4", "No. 5"),
            "it has no table of Supplement No. 4 or No. 7",
        ),
        (lambda text: text[:-30], "no XML"),
        (lambda text: text.replace("?>", "?><!DOCTYPE x>", 1), "document type"),
    ],
)
def test_a_file_that_is_no_such_text_is_refused(
    tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    path = Path(text_of(tmp_path / "title-15.xml", EL=ALPHA))
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        read_list(str(path), "ecfr")


@pytest.mark.parametrize(
    ("cell", "names", "addresses"),
    [
        ("A. Example Ltd.; Sample 19, Haifa, Israel", ["A. Example Ltd."],
         ["Sample 19, Haifa, Israel"]),
        ("Example Concern, JSC Sample Institute (ESI), 5 Ulitsa Sample, Moscow, Russia",
         ["Example Concern, JSC Sample Institute (ESI)"], ["5 Ulitsa Sample, Moscow, Russia"]),
        ("Example (f.k.a., Sample Trading, Ltd), Room 1, Hong Kong",
         ["Example (f.k.a., Sample Trading, Ltd)"], ["Room 1, Hong Kong"]),
        ("Example – Azimut, a.k.a. the following aliases: —Azimut, and the following one "
         "subordinate: —Azimut West. 1 Sample St, Moscow",
         ["Example – Azimut", "Azimut", "Azimut West"], ["1 Sample St, Moscow"]),
        ("Example Co., Ltd., a.k.a., the following two aliases:\n—Ex Co., Ltd.; and\n—Sample.\n"
         "Addresses for Example Co., Ltd.: 1 Sample Road, China; and 2 Sample Road, China; (See "
         "alternate address under Pakistan).", ["Example Co., Ltd.", "Ex Co., Ltd.", "Sample"],
         ["1 Sample Road, China", "2 Sample Road, China"]),
        ("Example Person", ["Example Person"], []),
    ],
)  # fmt: skip
def test_names_and_addresses_of_a_cell_are_told_apart(
    cell: str, names: list[str], addresses: list[str]
) -> None:
    found = read_cell(cell)
    assert [found.name, *found.others] == names
    assert list(found.addresses) == addresses


def test_the_affiliates_of_a_cell_are_parties_of_their_own() -> None:
    lines = (
        "Example Co., Ltd. (Example), a.k.a., the following two aliases:",
        "—Sample One; and",
        "—Sample Two, and to include the following addresses and the following two affiliated "
        "entities:",
        "Addresses for Example Co., Ltd.: Example Base, Sample District, China; and No. 2 Sample "
        "Road, China.",
        "Affiliated entities:",
        "Example Marine Co., Ltd., a.k.a., the following one alias:",
        "—Example Sea.",
        "Q80-3, 3rd Floor, Beijing, China.",
        "Example Cloud Co., Ltd., Room 5, Hangzhou, China.",
    )
    found = read_cell("\n".join(lines))
    assert (found.name, found.others) == (
        "Example Co., Ltd. (Example)",
        ("Sample One", "Sample Two"),
    )
    assert found.addresses == (
        "Example Base, Sample District, China", "No. 2 Sample Road, China",
    )  # fmt: skip
    assert [(each.name, each.others, each.addresses) for each in found.affiliated] == [
        ("Example Marine Co., Ltd.", ("Example Sea",), ("Q80-3, 3rd Floor, Beijing, China",)),
        ("Example Cloud Co., Ltd.", (), ("Room 5, Hangzhou, China",)),
    ]


def test_a_cell_of_a_damaged_row_is_told_and_not_taken_apart(tmp_path: Path) -> None:
    rows = ALPHA + row("", "A. B, " * 4000, *DENIED, "90 FR 1, 9/16/25.")
    reading = read_list(text_of(tmp_path / "title-15.xml", EL=rows))
    assert reading.not_understood == ("line 8: a cell of 23999 characters",)
