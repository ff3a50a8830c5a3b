"""The page of the UFLPA Entity List: constructed ones, since no copy of the page could be had."""

from __future__ import annotations

import csv
import html
import os
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import CHINESE, KNOWN, ListReading
from detente.parties.screening.importing import import_list
from detente.parties.screening.store import (
    Screen,
    open_built_in,
    version_entries,
    versions_of,
)

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
HEADINGS = "<tr><th>Name of Entity</th><th>Effective Date</th></tr>"


def page_of(path: Path, rows: str, beside: str = "", headings: str = HEADINGS) -> str:
    """A page with one table."""
    path.write_text(
        f"<html><title>UFLPA Entity List</title><p>{beside}</p>"
        f"<h2>Section 2(d)(2)(B)(ii)</h2><table>{headings}{rows}</table></html>",
        encoding="utf-8",
    )
    return str(path)


def row(name: str, day: str = "2024-11-25") -> str:
    return f"<tr><td>{html.escape(name)}</td><td>{day}</td></tr>"


def names_of(reading: ListReading) -> list[list[str]]:
    return [[name.text for name in entry.names] for entry in reading.entries]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")
def test_a_page_made_of_the_rows_that_were_read_from_it_is_the_built_in_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    with open(Path(REFERENCE) / "parties/2026-11/uflpa_entity_list.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = []
    for each in rows:
        also = [name for name in each["aliases"].split(";") if name]
        text = each["name"]
        if also:
            listed = "; and ".join(["; ".join(also[:-1]), also[-1]] if also[1:] else also)
            plural = "es" if also[1:] else ""
            text += f" (including {NUMBERS[len(also)]} alias{plural}: {listed})"
        note = each["note"].partition(";")[0]
        cells.append(row(f"{text} {note}" if note.startswith("and ") else text,
                         each["date_printed_on_page"]))  # fmt: skip
    path = page_of(tmp_path / "page.html", "".join(cells), "Total: 187 entities")
    reading, changes = import_list(path, source_date="2026-11-28")
    assert (len(reading.entries), reading.not_understood) == (187, ())
    assert (changes["UFLPA"].added, changes["UFLPA"].removed) == ((), ())
    database = open_built_in()
    versions = [each for each in versions_of(database, True) if each.list == "UFLPA"]
    built_in = {each.names[0].text: each for each in version_entries(database, versions)}
    apart = 0
    for entry in reading.entries:
        printed = {each.text for each in built_in[entry.names[0].text].names
                   if each.kind not in (CHINESE, KNOWN)}  # fmt: skip
        apart += printed != {each.text for each in entry.names}
    # Two cells that the copy keeps as one name name an earlier one behind "and formerly known as".
    assert apart == 2
    coverage = {each.list: each for each in Screen("2026-11-28").counting["UFLPA"].versions}
    assert coverage["UFLPA"].entries == 187


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Alpha Co., Ltd.", ["Alpha Co., Ltd."]),
        ("Alpha (Group) Co., Ltd.", ["Alpha (Group) Co., Ltd."]),
        ("Alpha (Hami)", ["Alpha (Hami)"]),
        ("Alpha Corps (AC)", ["Alpha Corps (AC)"]),
        ("Alpha (including one alias: Beta (Group))", ["Alpha", "Beta (Group)"]),
        ("Alpha (including two aliases: Beta; and Gamma)", ["Alpha", "Beta", "Gamma"]),
        ("Alpha (also known as Beta; Gamma; and Delta)", ["Alpha", "Beta", "Gamma", "Delta"]),
        ("Alpha (a.k.a. Beta; f.k.a. Gamma)", ["Alpha", "Beta", "Gamma"]),
        ("Alpha (formerly known as Beta) (including one alias: Gamma)", ["Alpha", "Beta", "Gamma"]),
        ("Alpha (including one alias: Beta) and subsidiaries", ["Alpha", "Beta"]),
        ("Alpha (including one alias: Beta and Sons)", ["Alpha", "Beta and Sons"]),
        ("Alpha and Sons Trading", ["Alpha and Sons Trading"]),
    ],
)
def test_names_are_told_apart_as_the_page_prints_them(
    tmp_path: Path, printed: str, names: list[str]
) -> None:
    reading = read_list(page_of(tmp_path / "page.html", row(printed)))
    assert names_of(reading) == [names]


@pytest.mark.parametrize("day", ["2024-11-25", "November 25, 2024", "11/25/2024", "Nov 25, 2024"])
def test_days_are_read_as_the_page_writes_them(tmp_path: Path, day: str) -> None:
    (entry,) = read_list(page_of(tmp_path / "page.html", row("Alpha", day))).entries
    assert entry.since == "2024-11-25"


def test_a_page_that_lacks_rows_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    rows = row("Alpha") + row("Beta")
    with pytest.raises(ValueError, match="says that 3 entities are listed, and 2 were read"):
        read_list(page_of(tmp_path / "page.html", rows, "Total: 3 entities"))
    reading = read_list(page_of(tmp_path / "page.html", rows, "The total is now 2 entities."))
    assert reading.notes == ()
    reading = read_list(page_of(tmp_path / "page.html", rows, "Last Updated: 08/03/2026"))
    told = " ".join(reading.notes)
    assert "prints no total" in told
    assert "last updated on 2026-08-03" in told


@pytest.mark.parametrize(
    "headings", ["", "<tr><th>Name</th></tr>", "<tr><td>Effective Date</td></tr>"]
)
def test_a_page_without_the_table_is_refused(tmp_path: Path, headings: str) -> None:
    path = page_of(tmp_path / "page.html", row("Alpha"), headings=headings)
    with pytest.raises(ValueError, match="no table of names and days"):
        read_list(path)


def test_the_page_says_no_day_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = page_of(tmp_path / "page.html", row("Alpha"), "Last Updated: August 3, 2026")
    with pytest.raises(ValueError, match="--as-of DAY"):
        import_list(path, fewer=True)
