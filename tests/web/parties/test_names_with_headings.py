"""Tables of names: a first line that is surely a heading, and rows of another width."""

from __future__ import annotations

import csv

import pytest

from detente.api.refusals import RefusedError
from detente.web.parties.pasted_names import read_names
from tests.served import Client, main_of


@pytest.mark.parametrize(
    "heading",
    ["nmae", "Nam", "names", "Company", "Vendor,PO", "id,nmae,country", "Suplier,Country",
     "Consignee", "Empfänger", "公司", "Kreditor;Ort der Ware"],
)  # fmt: skip
def test_a_heading_that_names_no_column_of_names_is_refused(heading: str) -> None:
    cells = ["Huawei"] * (heading.replace(";", ",").count(",") + 1)
    with pytest.raises(RefusedError) as refused:
        read_names(f"{heading}\n{','.join(cells)}\n", "")
    assert refused.value.refusal.what.startswith("Is the first line a heading?")
    assert "Call the column of names `name`" in refused.value.refusal.do


@pytest.mark.parametrize(
    ("heading", "row", "called"),
    [
        ("Kreditor,Land", "Zorblax,CN", "Kreditor"),
        ("Fournisseur;Pays", "Zorblax;CN", "Fournisseur"),
        ("供应商名称,国家", "Zorblax,CN", "供应商名称"),
        ("Firma|Land", "Zorblax|CN", "Firma"),
        ("Lieferant\tLand", "Zorblax\tCN", "Lieferant"),
        ("Consignee,Country", "Zorblax,CN", "Consignee"),
        ("id,Full Name,country", "7,Zorblax,CN", "Full Name"),
        ("Nr,Empfänger,Land", "7,Zorblax,CN", "Empfänger"),
        ("name,Land", "Zorblax,CN", ""),
        ("id,公司名称", "7,Zorblax", "公司名称"),
        ("编号,供应商名称", "7,Zorblax", "供应商名称"),
        ("公司名称", "Zorblax", "公司名称"),
        ("Company Name", "Zorblax", "Company Name"),
    ],
)
def test_a_table_is_read_by_headings_of_other_systems_and_languages(
    heading: str, row: str, called: str
) -> None:
    table = read_names(f"{heading}\n{row}\n", "")
    (read,) = table.rows
    assert (read.name, read.country) == ("Zorblax", "CN" if row.endswith("CN") else "")
    assert table.called == called


def test_a_column_of_codes_under_a_heading_of_names_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        read_names("Kreditor,Land\n100001,CN\n100002,DE\n", "")
    assert "'Kreditor' holds numbers or codes and no names" in refused.value.refusal.what


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Suppliers of 2026\nKreditor;Land\nZorblax;CN\n", "Line 2 names columns"),
        ("Kreditor,Land,Land\nZorblax,CN,CN\n", "The column Land stands twice"),
    ],
)
def test_headings_that_cannot_be_read_are_told(text: str, told: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_names(text, "")
    assert told.lower() in refused.value.refusal.what.lower()


def test_both_pages_of_names_read_the_columns(client: Client) -> None:
    for table in (
        "Kreditor,Land\nHuawei Technologies,CN\n",
        "name;country\nHuawei Technologies;CN",
    ):
        shown = main_of(client.post("/screen", data={"names": table}).text)
        assert "1 name: 1 hit" in shown
        assert ("Names were read in the column Kreditor ." in shown) == table.startswith("Kreditor")
    days = {"from": "2025-09-01", "to_date": "2025-09-30"}
    table = "Lieferant;Land;Alias\nSMIC Example;CN;\nHuawei;CN;Zorb\n;CN;\n12345;CN;\n"
    shown = main_of(client.post("/lists", data={**days, "names": table}).text)
    assert "one of your 3 names" in shown
    assert "1 row without a name: nothing was compared with it." in shown
    assert "Nothing was compared with what is no name: 12345." in shown
    assert "Names were read in the column Lieferant ." in shown
    assert "Names in the column Alias were compared, too." in shown
    one = main_of(client.post("/lists", data={**days, "names": "Zorbix Pottery"}).text)
    assert "of these changes meet your one name." in one
    for none in ("name,country\n,CN\n", "12345\n"):
        answered = client.post("/lists", data={**days, "names": none})
        assert answered.status_code == 422, "all changes are not those that meet nobody"
    refused = client.post("/lists", data={**days, "names": "name,country\nAcme,CN,x\n"})
    assert refused.status_code == 422
    assert "Line 2: 3 cells under 2 columns" in main_of(refused.text)


@pytest.mark.parametrize(
    "text",
    [
        "Huawei\nZTE", "Fame\nZTE", "Acme, Company\nZTE", "Company", "Nano Person Ltd\nZTE",
        "Zorblax,Zorblax\nZTE", "Acme, City\nZTE",
    ],
)  # fmt: skip
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
