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
