"""A broken row of a list is told with its line, and the rows around it are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.records import OPEN
from detente.parties.lists.lists import read_list

EMPTY = "-0- ," * 7 + "-0-"


def names_of(path: Path, form: str | None = None) -> tuple[list[str], tuple[str, ...], int]:
    reading = read_list(str(path), form)
    return (
        [each.names[0].text for each in reading.entries],
        reading.not_understood,
        reading.rows,
    )


def test_a_table_of_ones_own_loses_the_broken_row_alone(tmp_path: Path) -> None:
    file = tmp_path / "house.csv"
    file.write_text(
        'name,country\nAlpha Ltd,CN\n"Bad"quote,DE\nBeta Ltd,US\n'
        '"Open,US\nGamma Ltd,DE\n"Last,US\n',
        encoding="utf-8",
    )
    assert names_of(file) == (
        ["Alpha Ltd", "Beta Ltd", "Gamma Ltd"],
        ("line 3: ',' expected after '\"'", f"line 5: {OPEN}", "line 7: unexpected end of data"),
        6,
    )


def test_a_row_of_ofac_with_an_open_quote_does_not_take_the_next_entry(tmp_path: Path) -> None:
    file = tmp_path / "sdn.csv"
    rows = [f'{number},"ZORBLAX {number}",-0- ,"CUBA",{EMPTY}' for number in (1, 2, 3)]
    file.write_text("\n".join([rows[0], '9,"BAD ROW', *rows[1:], ""]), encoding="utf-8")
    names = '1,1,"aka","ZRB",-0- \n1,2,"aka","ZRX\n2,3,"aka","QUUX",-0- \n'
    (tmp_path / "alt.csv").write_text(names, encoding="utf-8")
    found, faults, count = names_of(file)
    assert (found, count) == (["ZORBLAX 1", "ZORBLAX 2", "ZORBLAX 3"], 4)
    assert f"line 2: {OPEN}" in faults
    assert f"alt.csv, line 2: {OPEN}" in faults
    entries = read_list(str(file)).entries
    assert [[name.text for name in each.names[1:]] for each in entries] == [["ZRB"], ["QUUX"], []]


def test_a_screening_list_with_an_open_quote_keeps_the_next_row(tmp_path: Path) -> None:
    heads = "source,name,alt_names,addresses,federal_register_notice,start_date\n"
    source = '"Entity List (EL) - Bureau"'
    file = tmp_path / "csl.csv"
    file.write_text(
        f'{heads}{source},Alpha Ltd,"","","90 FR 1",2020-13-01\n{source},"Bad\n'
        f'{source},Beta Ltd,"","","90 FR 1",2020-01-02\n',
        encoding="utf-8",
    )
    assert names_of(file) == (
        ["Alpha Ltd", "Beta Ltd"],
        (f"line 3: {OPEN}",
         "line 2: Alpha Ltd: since '2020-13-01' is not a day; the party is kept without"),
        3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("2020-01-01,2019-01-01", "until 2019-01-01 is not after since 2020-01-01"),
        ("01/02/2020,", "since '01/02/2020' is not a day"),
        (",notaday", "until 'notaday' is not a day"),
    ],
)
def test_a_day_that_is_none_is_told_with_the_line_of_its_row(
    tmp_path: Path, cells: str, told: str
) -> None:
    file = tmp_path / "house.csv"
    text = f"name,since,until\nAlpha Ltd,2020-01-01,\n\nBeta Ltd,{cells}\n"
    file.write_text(text, encoding="utf-8")
    (fault,) = read_list(str(file)).not_understood
    assert fault.startswith(f"line 4: Beta Ltd: {told}")


UN = """<CONSOLIDATED_LIST dateGenerated="2026-02-27">
<ENTITY><FIRST_NAME>ZORBLAX</FIRST_NAME><REFERENCE_NUMBER>E.1</REFERENCE_NUMBER>
<LISTED_ON>2020-01-01</LISTED_ON></ENTITY>
<ENTITY/>
<ENTITY><FIRST_NAME>QUUX</FIRST_NAME><REFERENCE_NUMBER>E.2</REFERENCE_NUMBER>
<LISTED_ON>2020-13-01</LISTED_ON></ENTITY></CONSOLIDATED_LIST>
"""
EU = """<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-05-13T10:00">
<sanctionEntity euReferenceNumber="EU.1.1"><nameAlias wholeName="ZORBLAX"/></sanctionEntity>
<sanctionEntity euReferenceNumber="EU.2.2" designationDate="2020-13-01">
<nameAlias wholeName="QUUX"/></sanctionEntity></export>
"""


@pytest.mark.parametrize(
    ("text", "place", "count"), [(UN, "line 5 (E.2)", 2), (EU, "line 3 (EU.2.2)", 1)]
)
def test_a_day_of_xml_that_is_none_is_told_with_the_line_of_its_record(
    tmp_path: Path, text: str, place: str, count: int
) -> None:
    file = tmp_path / "list.xml"
    file.write_text(text, encoding="utf-8")
    reading = read_list(str(file))
    told = f"{place}: QUUX: since '2020-13-01' is not a day; the party is kept without"
    assert reading.not_understood[-1] == told
    assert (len(reading.not_understood), len(reading.entries)) == (count, 2)
    file.write_text(text.replace("-13-", "-12-"), encoding="utf-8")
    assert len(read_list(str(file)).not_understood) == count - 1


def test_a_denied_person_whose_day_is_none_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "dpl.txt"
    heads = ("Name", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
    rows = (heads, ("ZORBLAX", "CN", "2/30/2020", "1/1/2030", "85 F.R. 1"),
            ("QUUX", "CN", "1/2/2020", "never", "85 F.R. 2"))  # fmt: skip
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    reading = read_list(str(file))
    assert [(each.since, each.until) for each in reading.entries] == [
        ("", "2030-01-02"), ("2020-01-02", ""),
    ]  # fmt: skip
    assert reading.not_understood == (
        "line 2: ZORBLAX: since '2/30/2020' is not a day; the party is kept without",
        "line 3: QUUX: until 'never' is not a day; the party is kept without",
    )


def test_a_broken_row_of_the_list_of_japan_does_not_stop_it(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "readings" / "meti.csv").read_text(encoding="utf-8")
    file = tmp_path / "meti.csv"
    file.write_text(text, encoding="utf-8")
    whole, told, _ = names_of(file)
    file.write_text(f'{text.rstrip()}\n"9"9,Nowhere\n', encoding="utf-8")
    found, faults, _ = names_of(file)
    assert found == whole
    line = text.rstrip().count("\n") + 2
    assert set(faults) - set(told) == {f"line {line}: ',' expected after '\"'"}
