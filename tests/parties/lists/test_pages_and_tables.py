"""The FCC's Covered List as its page has it, and Japan's End User List as a table from its PDF."""

from __future__ import annotations

import csv
import html
import os
import re
from datetime import date
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import OFFICIAL, ListedEntry
from detente.parties.lists.versions import versions_of
from detente.parties.screening.importing import import_list
from detente.parties.screening.store import open_built_in, version_entries

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
HEADINGS = (
    "<tr><th>Covered Equipment or Services*</th><th>Date of Inclusion on Covered List</th></tr>"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


def built_in(code: str) -> list[ListedEntry]:
    database = open_built_in()
    versions = [each for each in versions_of(database, True) if each.list == code]
    return list(version_entries(database, versions))


def fcc_page(path: Path, rows: str) -> str:
    path.write_text(
        f'<html><a href="https://www.fcc.gov/supplychain/coveredlist">List</a><table>{HEADINGS}'
        f"{rows}</table></html>",
        encoding="utf-8",
    )
    return str(path)


def fcc_row(name: str, day: str) -> str:
    printed = f"{date.fromisoformat(day):%B %-d, %Y}"
    return (
        f"<tr><td>Telecommunications services provided by <strong>{html.escape(name)}</strong>"
        f" subject to section 214.</td><td><p>{printed}</p>"
        "</td></tr>"
    )


def test_a_page_of_the_parties_that_are_held_adds_and_removes_none(tmp_path: Path) -> None:
    held = built_in("FCC")
    # The page prints the full stop of a name behind the bold letters.
    rows = "".join(fcc_row(each.names[0].text.rstrip("."), each.since) for each in held)
    reading, changes = import_list(fcc_page(tmp_path / "page.html", rows), source_date="2026-11-20")
    assert (len(reading.entries), reading.not_understood) == (len(held), ())
    assert (changes["FCC"].added, changes["FCC"].removed) == ((), ())
    before = {each.key: each for each in held}
    for now in changes["FCC"].changed:
        assert now.names == before[now.key].names
        assert now.since == before[now.key].since


def test_rows_of_equipment_are_told_by_how_they_begin_and_a_maker_is_a_party(
    tmp_path: Path,
) -> None:
    made = fcc_row("Quux Devices, Inc.", "2026-09-01").replace("provided", "manufactured")
    other = fcc_row("Blorf Radios", "2026-09-01").replace("provided by", "of")
    reading = read_list(fcc_page(tmp_path / "page.html", made + other))
    assert [each.names[0].text for each in reading.entries] == ["Quux Devices, Inc."]
    # Whoever reads the note sees whether the row has a party after all.
    (note,) = reading.notes
    assert note.startswith("1 row names a kind of equipment and no party, as far as is read")
    assert "'Telecommunications services of Blorf Radios" in note


def test_a_page_without_its_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>supplychain/coveredlist<table><tr><td>x</td></tr></table></html>")
    with pytest.raises(ValueError, match="it has no table of covered equipment"):
        read_list(str(path))


def test_a_page_that_names_fewer_is_refused(tmp_path: Path) -> None:
    rows = "".join(fcc_row(each.names[0].text, each.since) for each in built_in("FCC")[:-2])
    with pytest.raises(ValueError, match="FCC has 11 entries where it had 13"):
        import_list(fcc_page(tmp_path / "page.html", rows), source_date="2026-11-20")


def pieces(entry: ListedEntry) -> set[str]:
    """The printed names of an entry, what stands in brackets by itself."""
    texts = (each.text for each in entry.names if each.grade == OFFICIAL)
    parts = (part for text in texts for part in re.split("[()（）]", text))
    return {re.sub(r"[\W_]+", "", part.casefold()) for part in parts} - {""}


METI = (
    "No.,国名、地域名 Country or Region,企業名、組織名 Company or Organization,"
    "別名 Also Known As,懸念区分\n"
)


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")
def test_a_table_of_the_parties_that_are_held_of_japan_adds_and_removes_none(
    tmp_path: Path,
) -> None:
    source = Path(REFERENCE) / "parties/2026-11/meti_end_user_list_2025-09-29.csv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = built_in("JP-EUL")
    names = {each.key: each.names[0].text for each in held}
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(METI)
        writer = csv.writer(file)
        for number, row in enumerate(rows, 1):
            others = [each for each in row["aliases"].split(";") if each]
            # The copy has some names behind the country.
            name = row["name"] or names[row["entry_id"]]
            country = f"国\n{row['country_as_printed'].removesuffix(name).strip()}"
            listed = "\n".join(f"・{each}" for each in others)
            writer.writerow([number, country, name, listed, row["concern"]])
    reading, changes = import_list(str(path), source_date="2026-11-20")
    assert (len(reading.entries), reading.not_understood) == (len(rows), ())
    assert (changes["JP-EUL"].added, changes["JP-EUL"].removed) == ((), ())
    before = {each.key: each for each in held}
    for now in changes["JP-EUL"].changed:
        was = before[now.key]
        assert (now.names[0], now.countries) == (was.names[0], was.countries)
        assert pieces(was) <= pieces(now), now.key


def test_a_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"%PDF-1.7\n%")
    with pytest.raises(ValueError, match="take its table out as a workbook or CSV"):
        read_list(str(path))


def test_a_table_with_other_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Company or Organization,x\nAlpha,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="its headings are"):
        read_list(str(path))
