"""The lists of OFAC: all names that they print, wherever these stand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListReading
from detente.parties.lists.readers.ofac_xml import written_name

SIX = ",".join(["-0- "] * 7)


def put(tmp_path: Path, *remarks: str) -> ListReading:
    """The list of parties with these remarks, numbered from 1."""
    path = tmp_path / "sdn.csv"
    rows = [f'{at},"ZORBLAX {at}",-0- ,"X",{SIX},"{text}"' for at, text in enumerate(remarks, 1)]
    path.write_text("\n".join([*rows, ""]), encoding="utf-8")
    (tmp_path / "alt.csv").write_text('1,2,"aka","ZORB WORKS",-0-\n', encoding="utf-8")
    (tmp_path / "add.csv").write_text('1,3,"Elm St 1","Zug","Switzerland",-0-\n')
    return read_list(str(path))


def test_a_first_row_that_is_none_is_told_and_does_not_stop_the_file(tmp_path: Path) -> None:
    put(tmp_path, "")
    path = tmp_path / "sdn.csv"
    row = path.read_text()
    for first in ("ent_num,SDN_Name\n", "x" + row):
        path.write_text(first + row)
        reading = read_list(str(path))
        assert [entry.key for entry in reading.entries] == ["1"]
        assert [each.partition(":")[0] for each in reading.not_understood] == ["line 1"]
    for count in (1, 100, 101):
        path.write_text("x,y\n" * count + row * (count > 100))
        with pytest.raises(ValueError, match="its rows have a number and 12 cells"):
            read_list(str(path), "ofac")


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


@pytest.mark.parametrize(
    ("parts", "person", "chinese", "name"),
    [
        ("first name=Bea|last name=ZORB|patronymic=Quuxovna", True, False, "ZORB, Bea Quuxovna"),
        ("last name=ZORB|matronymic=QUUX|middle name=B|first name=Bea", True, False,
         "ZORB QUUX, Bea B"),
        ("nickname=BEE", True, False, "BEE"),
        ("last name=ZORB", True, False, "ZORB"),
        ("=ZORB|=Bea|=Third", True, False, "ZORB, Bea Third"),
        ("=ZORB|=Bea", True, True, "ZORBBea"),
        ("first name=示例|last name=佐", True, False, "佐示例"),
        ("entity name=ZORBLAX WORKS", False, False, "ZORBLAX WORKS"),
        ("=ZORBLAX|=WORKS", False, False, "ZORBLAX WORKS"),
        ("vessel name=ZORB|=II", False, False, "ZORB II"),
    ],
)  # fmt: skip
def test_all_parts_of_a_name_are_written_as_the_plain_form_does(
    parts: str, person: bool, chinese: bool, name: str
) -> None:
    told = [(what, text) for each in parts.split("|") for what, _, text in [each.partition("=")]]
    assert written_name(told, person, chinese) == name


ADVANCED = """<Sanctions xmlns="http://example.org/adv">
<ReferenceValueSets><ListValues><List ID="1">SDN List</List><List ID="2">Consolidated List</List>
</ListValues><NamePartTypeValues><NamePartType ID="20">Last Name</NamePartType>
<NamePartType ID="21">First Name</NamePartType></NamePartTypeValues>
<ScriptValues><Script ID="9">Chinese - Simplified</Script></ScriptValues></ReferenceValueSets>
<DistinctParties><DistinctParty FixedRef="7"><Profile ID="7" PartySubTypeID="4"><Identity>
<Alias Primary="true"><DocumentedName>
<DocumentedNamePart><NamePartValue NamePartGroupID="31">Bea</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="30">ZORB</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias><NamePartGroups><MasterNamePartGroup>
<NamePartGroup ID="30" NamePartTypeID="20"/></MasterNamePartGroup><MasterNamePartGroup>
<NamePartGroup ID="31" NamePartTypeID="21"/></MasterNamePartGroup></NamePartGroups>
</Identity></Profile></DistinctParty></DistinctParties>
<SanctionsEntries>{}</SanctionsEntries></Sanctions>
"""
SANCTION = """<SanctionsEntry ProfileID="7" ListID="{}"><EntryEvent><Date><Year>{}</Year>
<Month>3</Month><Day>{}</Day></Date></EntryEvent>
<SanctionsMeasure><Comment>{}</Comment></SanctionsMeasure></SanctionsEntry>
"""


def advanced(tmp_path: Path, name: str, *sanctions: str) -> ListReading:
    path = tmp_path / name
    path.write_text(ADVANCED.format("".join(sanctions)), encoding="utf-8")
    return read_list(str(path))


def test_a_party_on_both_lists_of_the_advanced_form_is_an_entry_of_either(tmp_path: Path) -> None:
    rows = (SANCTION.format(1, 2015, 2, "P1"), SANCTION.format(2, 2022, 3, "P2"),
            SANCTION.format(1, 2012, 4, "P3"), SANCTION.format(1, 2018, 4, "P1"))  # fmt: skip
    entries = advanced(tmp_path, "anything.xml", *rows).entries
    assert [(each.list, each.key, each.since, each.programme) for each in entries] == [
        ("SDN", "7", "2012-03-04", "P1; P3"), ("NON-SDN", "7", "2022-03-03", "P2"),
    ]  # fmt: skip
    assert {each.names[0].text for each in entries} == {"ZORB, Bea"}


def test_a_day_of_the_advanced_form_that_is_none_is_told_with_the_line_of_its_sanction(
    tmp_path: Path,
) -> None:
    reading = advanced(tmp_path, "sdn.xml", SANCTION.format(1, 2015, 32, "P1"))
    line = ADVANCED.partition("<SanctionsEntries>")[0].count("\n") + 1
    assert reading.not_understood == (
        f"line {line} (7): ZORB, Bea: since '2015-03-32' is not a day; the party is kept without",
    )


PLAIN = "<sdnList><sdnEntry><uid>1</uid><lastName>ZORBLAX</lastName></sdnEntry></sdnList>"
ROW = f'36,"ZORBLAX",-0- ,"X",{SIX},-0- \n'


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sdn.xml", "SDN"), ("SDN.XML", "SDN"), ("consolidated.xml", "NON-SDN"),
        ("non-sdn.xml", "NON-SDN"), ("sdn.csv", "SDN"), ("cons_prim.csv", "NON-SDN"),
        ("consolidated.csv", "NON-SDN"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_tells_which_list_it_is(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(PLAIN if name.lower().endswith("xml") else ROW, encoding="utf-8")
    assert [each.list for each in read_list(str(path)).entries] == [code]


@pytest.mark.parametrize(("name", "call"), [("list.xml", "sdn.xml or consolidated.xml"),
                                            ("ofac.csv", "sdn.csv or cons_prim.csv")])  # fmt: skip
def test_a_file_whose_name_tells_no_list_is_refused(tmp_path: Path, name: str, call: str) -> None:
    path = tmp_path / name
    path.write_text(PLAIN if name.endswith("xml") else ROW, encoding="utf-8")
    with pytest.raises(ValueError, match=f"does not say which: call it {call}"):
        read_list(str(path))
    if name.endswith("xml"):
        with pytest.raises(ValueError, match="does not say which: call it"):
            advanced(tmp_path, name)


def test_the_names_beside_consolidated_csv_are_found_and_it_is_never_its_own(
    tmp_path: Path,
) -> None:
    path = tmp_path / "consolidated.csv"
    path.write_text(ROW, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "consolidated.zip", "w") as archive:
        archive.writestr("consolidated.csv", ROW)
    (tmp_path / "cons_alt.csv").write_text('36,2,"aka","ZORB WORKS",-0-\n', encoding="utf-8")
    reading = read_list(str(path))
    assert [name.text for name in reading.entries[0].names] == ["ZORBLAX", "ZORB WORKS"]
    assert reading.not_understood == ("cons_add.csv is not beside it: entries have no such rows",)


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-16", None), ("utf-16-le", "utf-16-le"), ("gb18030", "GB18030")]
)
def test_files_of_ofac_are_read_in_the_encoding_that_is_named_or_marked(
    tmp_path: Path, encoding: str, named: str | None
) -> None:
    path = tmp_path / "sdn.csv"
    path.write_text(ROW.replace("ZORBLAX", "佐尔布"), encoding=encoding)
    (tmp_path / "alt.csv").write_text('36,2,"aka","佐尔布厂",-0-\n', encoding=encoding)
    entry = read_list(str(path), "ofac", named).entries[0]
    assert [name.text for name in entry.names] == ["佐尔布", "佐尔布厂"]


def test_files_of_ofac_in_another_encoding_than_is_named_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sdn.csv"
    path.write_text(ROW + ROW.replace("ZORBLAX", "ZORBLÄX"), encoding="cp1252")
    with pytest.raises(ValueError, match="line 2: this is not UTF-8, as most of it is not"):
        read_list(str(path), "ofac", "utf-8")
    assert read_list(str(path)).entries[1].names[0].text == "ZORBLÄX"
