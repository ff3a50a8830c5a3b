"""Columns of people's files: taken for what they are, and never for what nobody said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from detente.check.columns import recognise, stated_columns
from detente.check.goods import days_known
from detente.check.job import read_file


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (
            ["SKU", "HTS Number", "Country of Origin", "Line Goods Value"],
            {"item": "SKU", "code": "HTS Number", "origin": "Country of Origin",
             "value": "Line Goods Value"},
        ),
        (
            ["Material", "Commodity Code", "COO", "Extended Price", "UoM"],
            {"item": "Material", "code": "Commodity Code", "origin": "COO",
             "value": "Extended Price", "unit": "UoM"},
        ),
        (["税号", "原产国", "货值"], {"code": "税号", "origin": "原产国", "value": "货值"}),
        (["Vendor Name", "Vendor_Country"],
         {"supplier": "Vendor Name", "country": "Vendor_Country"}),
        (["供应商名称", "国家"], {"supplier": "供应商名称", "country": "国家"}),
    ],
)  # fmt: skip
def test_headings_of_reports_systems_and_vendor_lists_are_recognised(
    names: list[str], meant: dict[str, str]
) -> None:
    assert recognise(names, {}).columns == meant


def test_a_name_that_goes_on_in_numbered_columns_is_read_as_one() -> None:
    read = recognise(["Name 1", "Name 2", "Supplier", "Supplier 2", "Name 3"], {"Name 3": "-"})
    assert read.columns == {"name": "Name 1", "supplier": "Supplier"}
    assert read.more["name"] == ("Name 2",)
    # Another supplier is not the rest of the name of the first.
    assert read.unread == ("Supplier 2", "Name 3")
    row = {"Name 1": "Hua ", "Name 2": "Wei", "Supplier": "Acme", "Supplier 2": "", "Name 3": "x"}
    assert [read.name_of(role, row) for role in read.roles] == ["Acme", "Hua Wei"]


def test_an_address_that_goes_on_is_read_as_one_and_of_several_the_likeliest() -> None:
    names = ["Ship to street", "Vendor", "Address 1", "Address 2", "Location", "City"]
    read = recognise(names, {})
    assert read.columns == {"supplier": "Vendor", "address": "Address 1", "city": "City"}
    assert read.unread == ("Ship to street", "Location")
    row = dict(zip(names, ("x", "Acme", "5 Long Road ", " Harbour", "y", "Hong Kong"), strict=True))
    assert read.address_of(row) == "5 Long Road, Harbour"
    assert read.cell("city", row) == "Hong Kong"
    assert (read.cell("country", row), recognise(["Vendor"], {}).address_of(row)) == ("", "")
    told = recognise(names, {"Ship to street": "address"})
    assert told.columns["address"] == "Ship to street"
    with pytest.raises(ValueError, match="both seem to mean address"):
        recognise(names, {"Ship to street": "address", "Address 1": "address"})


def test_where_goods_are_says_nothing_of_a_party() -> None:
    read = recognise(["hts", "origin", "Location"], {})
    assert (read.columns, read.unread) == ({"code": "hts", "origin": "origin"}, ("Location",))


def test_what_is_not_recognised_is_told_and_not_read() -> None:
    read = recognise(["hts", "made in", "Remarks", "fact.postal"], {})
    assert read.unread == ("Remarks",)
    assert read.facts == {"postal": "fact.postal"}


def test_what_is_said_of_a_column_goes_before_its_name() -> None:
    stated = stated_columns(["Prod=code", "HTS=-"])
    read = recognise(["Prod", "HTS", "origin"], stated)
    assert read.columns["code"] == "Prod"
    assert read.unread == ("HTS",)


@pytest.mark.parametrize(
    ("names", "stated", "message"),
    [
        (["hts", "tariff code", "origin"], [], "both seem to mean code"),
        (["Remarks"], [], "no column with tariff codes"),
        (["hts", "Remarks"], [], "no column with countries of origin"),
        (["hts", "origin"], ["Prod=code"], "there is no column 'Prod'"),
        (["hts", "origin"], ["hts=coed"], "did you mean code"),
        (["hts", "origin"], ["hts"], "write NAME=MEANING"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    names: list[str], stated: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        recognise(names, stated_columns(stated))


@pytest.mark.parametrize(
    ("texts", "dates", "days"),
    [
        (["13/04/2025", "03/04/2025"], "", ["2025-04-13", "2025-04-03"]),
        (["04/13/2025", "03/04/2025"], "", ["2025-04-13", "2025-03-04"]),
        (["03/04/2025"], "day-first", ["2025-04-03"]),
        (["03/04/2025"], "month-first", ["2025-03-04"]),
        (["2025-03-04", ""], "", ["2025-03-04", "2026-08-01"]),
        (["03/04/2025"], "", "row 1: "),
        (["2025-01-02", "2025-02-30"], "", "row 2: '2025-02-30' is not a day"),
    ],
)
def test_the_day_of_a_row_is_read_as_said_or_as_its_column_tells(
    texts: list[str], dates: str, days: list[str] | str
) -> None:
    if isinstance(days, list):
        assert days_known(texts, "2026-08-01", dates, Counter()) == days
        return
    with pytest.raises(ValueError, match=f"^{days}"):
        days_known(texts, "2026-08-01", dates, Counter())


@pytest.mark.parametrize(
    ("written", "named"),
    [("utf-8", ""), ("gb18030", ""), ("utf-16", ""), ("gb18030", "gb18030"), ("cp1252", "cp1252")],
)
def test_a_file_is_read_in_the_encoding_that_is_named_or_found(
    tmp_path: Path, written: str, named: str
) -> None:
    word = "Größe" if written == "cp1252" else "供应商名称"
    path = tmp_path / "table.csv"
    path.write_bytes(f"{word},code\n{word},8507\n".encode(written))
    found = read_file(path, named)
    assert list(found.columns) == [word, "code"]
    assert [dict(row) for row in found.rows] == [{word: word, "code": "8507"}]
