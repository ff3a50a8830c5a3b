"""A first line that is surely a heading is asked about, and never screened as a party."""

from __future__ import annotations

import pytest

from detente.api.refusals import RefusedError
from detente.web.parties.screening import read_names


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
