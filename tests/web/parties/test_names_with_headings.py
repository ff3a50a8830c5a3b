"""Tables of names: a first line that is surely a heading, and rows of another width."""

from __future__ import annotations

import csv

import pytest

from detente.api.refusals import RefusedError
from detente.web.parties.screening import read_names
from tests.served import Client, main_of


@pytest.mark.parametrize(
    "heading",
    ["nmae", "Nam", "names", "Company", "company name", "Vendor,Country", "id,nmae,country",
     "id,Full Name,country", "Consignee"],
)  # fmt: skip
def test_a_heading_that_names_no_column_of_names_is_refused(heading: str) -> None:
    cells = ["Huawei"] * (heading.count(",") + 1)
    with pytest.raises(RefusedError) as refused:
        read_names(f"{heading}\n{','.join(cells)}\n", "")
    assert refused.value.refusal.what.startswith("Is the first line a heading?")
    assert "Call the column of names `name`" in refused.value.refusal.do


@pytest.mark.parametrize(
    "text", ["Huawei\nZTE", "Fame\nZTE", "Acme, Company\nZTE", "Company", "Nano Person Ltd\nZTE"]
)
def test_names_of_parties_are_no_headings(text: str) -> None:
    assert [row.name for row in read_names(text, "").rows] == text.splitlines()


@pytest.mark.parametrize("above", ["\n \n", "sep=;\n", '"sep=;"\n\n'])
def test_lines_above_the_heading_are_no_names(above: str) -> None:
    read = read_names(f"{above}name;country\nHuawei;CN\n", "")
    assert [(row.name, row.country) for row in read.rows] == [("Huawei", "CN")]


RAGGED = (
    "\nname,country,note\nHuawei Technologies,CN,x\nHuawei, Technologies,CN,y\nHuawei\n\nAcme,,z\n"
)


def test_a_row_with_more_or_fewer_cells_than_columns_is_unresolved_and_the_others_are_answered(
    client: Client,
) -> None:
    answer = client.post("/screen", data={"names": RAGGED, "format": "csv"})
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [row["status"] for row in rows] == ["hit", "unresolved", "unresolved", "partly"]
    assert [row["reason"] for row in rows[1:3]] == [
        "line 4: 4 cells under 3 columns; put cells with commas in quotes",
        "line 5: 1 cell under 3 columns; put cells with commas in quotes",
    ]
    assert [(row["name"], row["country"], row["note"]) for row in rows] == [
        ("Huawei Technologies", "CN", "x"),
        ("Huawei", " Technologies", "CN, y"),
        ("Huawei", "", ""),
        ("Acme", "", "z"),
    ]
    page = client.post("/screen", data={"names": RAGGED})
    assert page.status_code == 200
    shown = main_of(page.text)
    assert "4 names: 1 hit, 2 unresolved, 1 partly screened" in shown
    assert "Huawei, Technologies, CN, y unresolved – – – line 4: 4 cells under 3 columns;" in shown


def test_broken_quotes_of_a_table_are_told_with_their_line(client: Client) -> None:
    refused = client.post("/screen", data={"names": '\nname\nAcme\n"Acme" Ltd\n'})
    assert refused.status_code == 422
    assert "Line 4:" in main_of(refused.text)
