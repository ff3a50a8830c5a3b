"""Addresses on the page of names: typed beside one, or in a column of a table."""

from __future__ import annotations

import csv

from tests.served import Client, main_of

AT = "Room 803, Chevalier House, 45-51 Chatham Road South"


def test_a_typed_address_is_compared_with_listed_addresses(client: Client) -> None:
    page = client.get("/screen", params={"name": "Kim Trading", "address": AT}).text
    assert "Kim Trading: hit, 1 listed party" in main_of(page)
    assert f'value="{AT}"' in page
    assert "Address 04" in page
    plain = client.get("/screen", params={"name": "Kim Trading"}).text
    assert "Kim Trading: partly screened" in main_of(plain)


def test_an_address_alone_is_asked(client: Client) -> None:
    page = client.get("/screen", params={"address": AT}).text
    assert f"{AT}: hit, 1 listed party" in main_of(page)
    assert f'value="{AT}"' in page
    answer = client.get("/screen", params={"address": AT, "format": "json"}).json()
    assert [each["hits"][0]["entry"] for each in answer["results"]] == ["Address 04"]
    elsewhere = client.get("/screen", params={"address": "5 Long Road, Harbour"}).text
    assert "5 Long Road, Harbour: partly screened" in main_of(elsewhere)


def test_a_column_of_addresses_is_read(client: Client) -> None:
    table = f'name,address\nKim Trading,"{AT}"\nAcme Bakery,\n'
    answer = client.post("/screen", data={"names": table, "format": "csv"})
    found = list(csv.DictReader(answer.text.splitlines()))
    assert [(row["status"], row["entry"]) for row in found] == [
        ("hit", "Address 04"),
        ("partly", ""),
    ]
    assert [row["address"] for row in found] == [AT, ""]
