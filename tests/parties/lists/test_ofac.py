"""The lists of OFAC: all names that they print, wherever these stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListReading

SIX = ",".join(["-0- "] * 7)


def put(tmp_path: Path, *remarks: str) -> ListReading:
    """The list of parties with these remarks, numbered from 1."""
    path = tmp_path / "sdn.csv"
    rows = [f'{at},"ZORBLAX {at}",-0- ,"X",{SIX},"{text}"' for at, text in enumerate(remarks, 1)]
    path.write_text("\n".join([*rows, ""]), encoding="utf-8")
    (tmp_path / "alt.csv").write_text('1,2,"aka","ZORB WORKS",-0-\n', encoding="utf-8")
    (tmp_path / "add.csv").write_text('1,3,"Elm St 1","Zug","Switzerland",-0-\n')
    return read_list(str(path))


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        ("a.k.a. 'ZBX'.", ["ZBX"]),
        ("Tax ID 1; a.k.a. 'Z'B LI'; alt. a.k.a. 'ZORB'; f.k.a. 'ZB'", ["Z'B LI", "ZORB", "ZB"]),
        ("n.k.a. ''ABD AL-ZORB'; DOB 1970.", ["'ABD AL-ZORB"]),
        ("a.k.a. 'ZORB, Abu Shaima''; POB Zug.", ["ZORB, Abu Shaima'"]),
        ("a.k.a. 'ZORB WORKS'; a.k.a. 'ZORBLAX 1'.", []),
        ("Secondary sanctions risk; Linked To: ZORB 'QUUX'.", []),
    ],
)  # fmt: skip
def test_names_that_ofac_calls_weak_are_read_out_of_the_remarks(
    tmp_path: Path, remarks: str, names: list[str]
) -> None:
    reading = put(tmp_path, remarks)
    (entry,) = reading.entries
    assert [(name.text, name.kind) for name in entry.names] == [
        ("ZORBLAX 1", "name"), *((text, "aka") for text in ["ZORB WORKS", *names]),
    ]  # fmt: skip
    assert (entry.note, reading.not_understood) == (remarks, ())


def test_a_name_within_which_remarks_are_cut_off_is_told_and_those_before_it_are_kept(
    tmp_path: Path,
) -> None:
    reading = put(tmp_path, "a.k.a. 'ZBX'; a.k.a. 'zorbs", "a.k.a. 'QX'.")
    assert [[name.text for name in each.names] for each in reading.entries] == [
        ["ZORBLAX 1", "ZORB WORKS", "ZBX"], ["ZORBLAX 2", "QX"],
    ]  # fmt: skip
    assert reading.not_understood == (
        "line 1: its remarks break off within a name, which is not kept",
    )
