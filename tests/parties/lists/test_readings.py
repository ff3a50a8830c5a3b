"""A small file of every format, and the whole of what is read of it: `readings/NAME` and `.yaml`.

What is written down of an entry are the fields that have something in them; every one is compared.
"""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.parties.lists.lists import FORMATS, guess_format, read_list
from detente.parties.lists.model import MAIN, OFFICIAL, ListReading

FOLDER = Path(__file__).parent / "readings"
BESIDE = ("alt.csv", "add.csv")
"""Read with the file of OFAC that they stand beside."""
FILES = sorted(
    path for path in FOLDER.iterdir() if path.suffix != ".yaml" and path.name not in BESIDE
)


def written(reading: ListReading) -> dict[str, Any]:
    """A reading as the files of the folder write it."""
    rows: dict[str, Any] = reading._asdict()
    rows["entries"] = [
        {
            field: value
            for field, value in entry._replace(names=())._asdict().items()
            if value and value != OFFICIAL
        }
        | {"names": [each.text if each.kind == MAIN else f"{each.kind} {each.text}"
                     for each in entry.names]}
        for entry in reading.entries
    ]  # fmt: skip
    rows["holdings"] = [" | ".join(holding) for holding in reading.holdings]
    return {name: _listed(value) for name, value in rows.items() if value}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_all_that_is_read_of_a_file_is_what_is_written_beside_it(path: Path) -> None:
    beside = path.with_name(f"{path.name}.yaml")
    assert written(read_list(str(path))) == yaml.safe_load(beside.read_text("utf-8"))


def test_every_format_has_a_file_that_is_told_by_its_beginning() -> None:
    told = {guess_format(str(path)) for path in FILES}
    assert told == {each.name for each in FORMATS}


@pytest.mark.parametrize(("characters", "kept"), [(1000, True), (1001, False)])
def test_a_name_of_a_thousand_characters_is_the_longest_that_is_kept(
    tmp_path: Path, characters: int, kept: bool
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"name\n{'E' * characters}\nALPHA\n", encoding="utf-8")
    reading = read_list(str(path))
    assert [entry.names[0].text[:5] for entry in reading.entries] == ["EEEEE"] * kept + ["ALPHA"]
    assert reading.not_understood == (() if kept else ("line 2: a name of 1001 characters",))


UK = "Unique ID,Name 6,Name type\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "", "is empty: download the list again"),
        ("a.csv", "nothing\n", "begins like no list that is known: name its format with --format"),
        ("a.json", '{"results": [', "ends in line 1, within the array: download the list again"),
        ("a.json", '{"entries": [', "line 1: no JSON"),
        ("a.json", '{"entries": []}', "it has neither `results` nor `fieldKey`, `tables`"),
        ("a.json", '{"fieldKey": {}, "tables": {}, "entries": [{}]}', "do not fit its `tables`"),
        ("a.json", '[{"statementID": "s"}]', "are of BODS 0.3 or older: convert them to 0.4"),
        ("a.json", '[{"statementId": "s", "statementType": "x"}]', "are of BODS 0.3 or older"),
        ("a.json", '[{"statementId": "s"}]', "its statements lack `statementId` or `recordType`"),
        (
            "a.json",
            '[1, {"statementId": "s"}]',
            "its statements lack `statementId` or `recordType`",
        ),
        ("a.json", '{"schema": 1, "properties": []}', "line 1 is not an object with `schema`"),
        ("a.csv", "Relationship.StartNode.NodeID\n", "its header lacks Relationship.EndNode"),
        ("a.csv", "Unique ID,Name 6\n", "its header lacks Name type. Name its format with"),
        ("a.csv", "Names,Country\nx,\n", "its header has no column `name`, but Names, Country."),
        ("alt.csv", "1,-0-\n", "name sdn.csv, and the other files are read beside it"),
        ("a.csv", '1,"x",-0-\n', "no SDN list of OFAC: its rows have a number and 12 cells."),
        ("a.xml", "<sdnList/>", "it has neither `sdnEntry` nor `DistinctParty`"),
        ("a.xml", "<x><CONSOLIDATED_LIST/></x>", "its first element is `x`"),
        ("a.xml", '<x y="eu.europa.ec/fpi/fsd/export"/>', "its first element is `x`"),
        ("a.xml", "<CONSOLIDATED_LIST><", "line 1: no XML"),
        ("a.xml", "<!-- <sdnList -->", "it has no element in its first megabyte"),
    ],
)
def test_a_file_that_cannot_be_a_list_is_refused_with_what_it_lacks(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(told)) as refused:
        read_list(str(path))
    assert str(refused.value).startswith(str(path))


def test_a_format_that_there_is_not_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\nALPHA\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown format 'xls': one of ftm, bods, csl, gleif"):
        read_list(str(path), "xls")


def test_the_files_of_ofac_that_are_not_beside_it_are_told(tmp_path: Path) -> None:
    path = tmp_path / "cons_prim.csv"
    path.write_bytes((FOLDER / "prim.csv").read_bytes())
    assert read_list(str(path)).not_understood == (
        "cons_alt.csv is not beside it: entries have no such rows",
        "cons_add.csv is not beside it: entries have no such rows",
    )


def test_the_files_of_ofac_are_found_beside_it_in_large_letters_as_ofac_serves_them(
    tmp_path: Path,
) -> None:
    empty = ",".join(["-0-"] * 8)
    (tmp_path / "CONS_PRIM.CSV").write_text(f'1,"ZORBLAX",-0-,"X",{empty}\n')
    (tmp_path / "CONS_ALT.CSV").write_text('1,2,"aka","ZORB WORKS",-0-\n')
    (tmp_path / "CONS_ADD.CSV").write_text('1,3,"Elm St 1","Zug","Switzerland",-0-\n')
    found = read_list(str(tmp_path / "CONS_PRIM.CSV"))
    (entry,) = found.entries
    assert [name.text for name in entry.names] == ["ZORBLAX", "ZORB WORKS"]
    assert (entry.list, entry.countries, found.not_understood) == ("NON-SDN", ("CH",), ())


OF_OFAC = {
    "sdn.csv": '36,"ZORBLAX",-0-,"X",' + ",".join(["-0-"] * 8) + "\n",
    "alt.csv": '36,2,"aka","ZORB WORKS",-0-\n',
    "add.csv": '36,3,"Elm St 1","Zug","Switzerland",-0-\n',
}


def put_packed(folder: Path, name: str, content: str, inner: str) -> Path:
    path = folder / name
    if name.lower().endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inner, content)
    elif name.lower().endswith(".gz"):
        path.write_bytes(gzip.compress(content.encode()))
    else:
        path.write_text(content)
    return path


@pytest.mark.parametrize(
    "names",
    [
        ("sdn.csv.gz", "alt.csv.gz", "add.csv.gz"),
        ("SDN.CSV.GZ", "ALT.CSV.GZ", "ADD.CSV.GZ"),
        ("sdn.csv.zip", "alt.csv.zip", "add.csv.zip"),
        ("SDN.ZIP", "ALT.ZIP", "ADD.ZIP"),
        ("ofac-sdn.zip", "ofac-alt.zip", "ofac-add.zip"),
        ("sdn.csv.gz", "alt.csv", "ADD.zip"),
        ("sdn.csv", "alt.csv.gz", "add.zip"),
    ],
)
def test_the_files_of_ofac_are_found_beside_it_packed_or_not(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path, *_ = [
        put_packed(tmp_path, name, content, inner)
        for name, (inner, content) in zip(names, OF_OFAC.items(), strict=True)
    ]
    found = read_list(str(path))
    (entry,) = found.entries
    assert [name.text for name in entry.names] == ["ZORBLAX", "ZORB WORKS"]
    assert (entry.list, entry.countries, entry.addresses, found.not_understood) == (
        "SDN", ("CH",), ("Elm St 1, Zug, Switzerland",), (),
    )  # fmt: skip


def test_of_files_of_ofac_that_stand_packed_and_not_the_one_that_is_as_the_list_is_is_read(
    tmp_path: Path,
) -> None:
    for name, names in (("alt.csv", "OLD WORKS"), ("alt.csv.gz", "ZORB WORKS")):
        content = OF_OFAC["alt.csv"].replace("ZORB WORKS", names)
        put_packed(tmp_path, name, content, "alt.csv")
    path = put_packed(tmp_path, "sdn.csv.gz", OF_OFAC["sdn.csv"], "sdn.csv")
    found = read_list(str(path))
    assert [name.text for name in found.entries[0].names] == ["ZORBLAX", "ZORB WORKS"]
    assert found.not_understood == ("add.csv is not beside it: entries have no such rows",)


def test_a_damaged_file_beside_a_packed_list_of_ofac_is_refused_by_its_name(
    tmp_path: Path,
) -> None:
    path = put_packed(tmp_path, "sdn.csv.gz", OF_OFAC["sdn.csv"], "sdn.csv")
    beside = put_packed(tmp_path, "alt.csv.gz", OF_OFAC["alt.csv"] * 9, "alt.csv")
    beside.write_bytes(beside.read_bytes()[:-12])
    with pytest.raises(ValueError, match="cannot be unpacked") as refused:
        read_list(str(path))
    assert str(refused.value).startswith(str(beside))
    beside.write_bytes(gzip.compress(b"<html>Access denied"))
    with pytest.raises(ValueError, match="no file that OFAC gives beside its list") as refused:
        read_list(str(path))
    assert str(refused.value).startswith(str(beside))


def test_a_list_in_utf_16_is_read_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "uk.csv"
    path.write_text(f"{UK}1,ALPHA,Alias\n", encoding="utf-16")
    assert [entry.names[0].text for entry in read_list(str(path), "uk").entries] == ["ALPHA"]


@pytest.mark.parametrize("before", ["", "<!-- <sdnList> -->", "<?aside <sdnList> ?>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_hides(
    tmp_path: Path, before: str, encoding: str
) -> None:
    path = tmp_path / "sdn.xml"
    text = f'{before}<!DOCTYPE sdnList [<!ENTITY x "y">]><sdnList>&x;</sdnList>'
    path.write_text(text, encoding=encoding)
    with pytest.raises(ValueError, match="has a document type, which a list of OFAC in XML does"):
        read_list(str(path), "ofac-xml")
