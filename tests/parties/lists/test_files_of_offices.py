"""Lists as offices and programs save them: titles, formulas, days, breaks, nulls, half characters.

What a file holds is read or told; nothing of it goes without a word.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from detente.cli.main import main
from detente.parties.lists.lists import guess_format, read_list
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.ownership.file import read_all
from detente.parties.screening.importing import import_list


def put(tmp_path: Path, name: str, text: str | bytes, encoding: str = "utf-8") -> str:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return str(path)


def read(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> ListReading:
    return read_list(put(tmp_path, name, text, encoding))


def names(reading: ListReading) -> list[list[str]]:
    return [[name.text for name in entry.names] for entry in reading.entries]


def book_of(tmp_path: Path, *rows: list[Any], merged: str = "") -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(tmp_path / "house.xlsx")
    return str(tmp_path / "house.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nName;Country\r\nZorblax;China\r\n",
        "Refused customers of July\r\n\r\nName,Country\r\nZorblax,China\r\n",
        '"Refused customers"\n"Name",Country\nZorblax,China\n',
        "Refused customers\rCountry,name\rChina,Zorblax\r",
    ],
)
def test_a_heading_may_stand_below_a_title_or_what_names_the_separator(
    tmp_path: Path, text: str
) -> None:
    path = put(tmp_path, "house.csv", text)
    assert guess_format(path) == "csv"
    (entry,) = read_list(path).entries
    assert (entry.names[0].text, entry.countries) == ("Zorblax", ("CN",))


def test_a_text_without_a_heading_is_still_no_list(tmp_path: Path) -> None:
    path = put(tmp_path, "letter.txt", "Dear Sir,\nin the name of the house\nyours\n")
    with pytest.raises(ValueError, match="begins like no list that is known"):
        read_list(path)


def test_a_workbook_may_have_a_title_and_what_was_read_into_its_cells_is_told(
    tmp_path: Path,
) -> None:
    path = book_of(
        tmp_path, ["Refused customers"], [None], ["Name", "Aliases"], ["Zorblax", "=A4&1"]
    )
    reading = read_list(path)
    assert names(reading) == [["Zorblax"]]
    (told,) = reading.notes
    assert told.startswith("what was calculated in cells with formulas was not saved (B4)")
    merged = book_of(
        tmp_path, ["Name", "Aliases"], ["Zorblax", "Zorb"], [None, "Quux"], merged="A2:A3"
    )
    (told,) = read_list(merged).notes
    assert told == "cells are merged (A2:A3): what stands there was read for every row of them"


def test_what_was_read_into_cells_is_told_of_owners_and_of_the_list_of_japan_too(
    tmp_path: Path,
) -> None:
    path = book_of(tmp_path, ["owner", "owned", "share", "until"], ["A", "B", 60, "=TODAY()"])
    notes = read_all(Path(path)).notes
    assert any(note.startswith("house.xlsx: what was calculated in cells") for note in notes)
    head = ["No.", "Country or Region", "Company or Organization", "Also Known As"]
    path = book_of(tmp_path, head, [1, "China", "Zorblax", "=C2"])
    assert any("was not saved (D2)" in note for note in read_list(path, "meti").notes)


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("2026-1-5", "2026-01-05"), ("2026/03/04", "2026-03-04"), ("20260304", "2026-03-04"),
        ("2026年3月4日", "2026-03-04"), ("4 Mar 2026", "2026-03-04"), ("04.03.2026", "2026-03-04"),
        ("March 4, 2026", "2026-03-04"), ("2026-03-04 00:00:00", "2026-03-04"),
        ("2026-03-04T23:10:00Z", "2026-03-04"), ("2026-03", "2026-04-01"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_form_that_means_one_day_alone(
    tmp_path: Path, since: str, day: str
) -> None:
    reading = read(tmp_path, "house.csv", f'name,since\nZorblax,"{since}"\n')
    assert (reading.entries[0].since, reading.not_understood) == (day, ())


@pytest.mark.parametrize("since", ["01/02/2026", "46000", "202615", "soon"])
def test_a_day_of_which_the_month_is_open_is_told_and_not_guessed(
    tmp_path: Path, since: str
) -> None:
    reading = read(tmp_path, "house.csv", f"name,since\nZorblax,{since}\n")
    assert reading.entries[0].since == ""
    assert reading.not_understood == (
        f"line 2: Zorblax: since {since!r} is not a day; the party is kept without",
    )


def test_an_end_within_a_day_is_the_next_day_since_the_day_itself_still_counts(
    tmp_path: Path,
) -> None:
    text = "name,until\nA,2026-03-04T10:30:00\nB,2026-03-04T00:00:00\n"
    ends = [entry.until for entry in read(tmp_path, "house.csv", text).entries]
    assert ends == ["2026-03-05", "2026-03-04"]


def test_a_name_is_one_line_and_signs_alone_are_none(tmp_path: Path) -> None:
    text = 'name,aliases,note\n"Zorblax\r\nWorks",Zorb AG,"one\ntwo"\n-,,\n\u200b,,\n'
    reading = read(tmp_path, "house.csv", text)
    (entry,) = reading.entries
    assert (entry.key, names(reading), entry.note) == (
        "Zorblax Works", [["Zorblax Works", "Zorb AG"]], "one two",
    )  # fmt: skip
    assert reading.not_understood == ("line 5: no name", "line 6: no name")


@pytest.mark.parametrize("between", [";", "; ", "；", "\n", "\r\n", ";\n"])
def test_several_names_and_countries_of_a_cell_have_a_semicolon_or_a_line_each(
    tmp_path: Path, between: str
) -> None:
    cells = (between.join(each) for each in (("Zorb", "ZX"), ("佐尔布", "佐厂"), ("CN", "Iran")))
    text = "name,aliases,name_zh,countries\nZorblax," + ",".join(f'"{cell}"' for cell in cells)
    reading = read(tmp_path, "house.csv", text + "\n")
    assert names(reading) == [["Zorblax", "Zorb", "ZX", "佐尔布", "佐厂"]]
    assert reading.entries[0].countries == ("CN", "IR")


def test_a_cell_of_several_lines_in_the_table_of_an_authority_is_one_line(tmp_path: Path) -> None:
    text = 'Unique ID,Name 6,Name type,Other Information\nA1,"ZORB\nLAX",Alias,"one\r\ntwo"\n'
    reading = read(tmp_path, "uk.csv", text)
    assert (names(reading), reading.entries[0].note) == ([["ZORB LAX"]], "one two")


def test_an_alias_that_is_too_long_is_told_and_a_dash_is_none(tmp_path: Path) -> None:
    text = f"name,aliases\nZorblax,{'E' * 1001}; Zorb\nQuux,-\n"
    reading = read(tmp_path, "house.csv", text)
    assert names(reading) == [["Zorblax", "Zorb"], ["Quux"]]
    assert reading.not_understood == (
        "line 2: a name of 1001 characters among its aliases is not kept",
    )


def test_what_stands_where_nobody_is_named_is_no_name_of_a_list_of_a_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    text = "name,aliases\nZorblax,n/a; Zorb\nTBD,\nQuux,NULL\n"
    path = put(tmp_path, "house.csv", text)
    reading, changes = import_list(path, source_date="2026-08-01", dry_run=True)
    assert [each.names[0].text for each in changes["HOUSE"].added] == ["Zorblax", "Quux"]
    assert [[name.text for name in each.names] for each in changes["HOUSE"].added] == [
        ["Zorblax", "Zorb"], ["Quux"],
    ]  # fmt: skip
    assert reading.notes[:2] == (
        "1 party was not kept: TBD stands in place of a name",
        "2 aliases were not kept: n/a, NULL stand in place of a name",
    )
    with pytest.raises(
        ValueError, match="holds no party to keep: 1 party was not kept: N/A stands"
    ):
        import_list(put(tmp_path, "other.csv", "name\nN/A\n"), source_date="2026-08-01")


def test_the_day_of_denied_persons_is_read_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    head = "Name\tEffective_Date\tExpiration_Date\tFR_Citation\tLast_Update\n"
    text = (
        head + "Zorblax\t11/9/2006\t\t1 F.R. 1\t8/9/2022\nQuux\t11/9/2006\t\t1 F.R. 1\t12/1/2021\n"
    )
    assert read(tmp_path, "dpl.txt", text).source_date == "2022-08-09"


CSL = ("source", "name", "alt_names", "addresses", "federal_register_notice", "end_date")


def test_of_a_column_that_stands_twice_the_cell_with_something_in_it_is_read(
    tmp_path: Path,
) -> None:
    rows = (
        ",".join((*CSL, "remarks", "end_date", "remarks")),
        "Entity List (EL) - BIS,Zorblax,,,90 FR 1,2027-01-01,one,,two",
        "Entity List (EL) - BIS,Quux,,,90 FR 1,,,2027-01-02,three",
    )
    reading = read(tmp_path, "csl.csv", "\n".join(rows) + "\n")
    found = [(entry.until, entry.note) for entry in reading.entries]
    assert found == [("2027-01-02", "one"), ("2027-01-03", "three")]
    assert reading.notes == (
        "2 columns stand more than once (end_date, remarks): of each row the first cell that is "
        "not empty was read",
    )


PARTY = {
    "source": "Entity List (EL) - BIS",
    "name": "Zorblax",
    "federal_register_notice": "90 FR 1",
}


@pytest.mark.parametrize(
    "more",
    [
        {"alt_names": [None, "Zorb"], "citizenships": [None], "programs": [None]},
        {"alt_names": ["Zorb"], "addresses": [None, {"address": "Elm St 1", "country": "CH"}]},
        {"alt_names": "Zorb; "},
    ],
)
def test_what_is_null_in_a_list_is_nothing_and_no_name(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    reading = read(tmp_path, "csl.json", json.dumps({"results": [{**PARTY, **more}]}))
    assert (names(reading), reading.not_understood) == ([["Zorblax", "Zorb"]], ())
    assert "None" not in str(reading.entries[0].countries)


@pytest.mark.parametrize(("total", "whole"), [(1, True), (2300, False)])
def test_a_page_of_an_interface_that_is_not_all_that_it_found_is_told(
    tmp_path: Path, total: int, *, whole: bool
) -> None:
    text = json.dumps({"total": total, "results": [PARTY]})
    told = ("the file says that it has 2,300 records, and it has 1: it may not be whole",)
    assert read(tmp_path, "csl.json", text).notes == (() if whole else told)


def test_what_is_no_text_in_a_list_of_names_is_told(tmp_path: Path) -> None:
    rows = [{**PARTY, "alt_names": [{"name": "Zorb"}]}, {**PARTY, "name": "Quux"}]
    reading = read(tmp_path, "csl.json", json.dumps({"results": rows}))
    assert names(reading) == [["Quux"]]
    assert reading.not_understood == ("entry 1, line 1: `alt_names` is not a list of texts",)


def entity(key: str, name: str) -> dict[str, Any]:
    return {"id": key, "schema": "Company", "properties": {"name": [name, None]}}


def statement(key: str, name: str) -> dict[str, Any]:
    return {"statementId": key, "recordId": key, "recordType": "entity",
            "recordDetails": {"name": name, "alternateNames": [None]}}  # fmt: skip


TEXTS = {
    "csl.json": lambda *called: json.dumps({"results": [{**PARTY, "name": n} for n in called]}),
    "house.ftm.json": lambda *called: "\n".join(json.dumps(entity(n, n)) for n in called) + "\n",
    "bods.json": lambda *called: json.dumps([statement(n, n) for n in called]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_half_of_a_character_is_told_with_its_record_and_the_others_are_read(
    tmp_path: Path, name: str
) -> None:
    reading = read(tmp_path, name, TEXTS[name]("Zorblax", "Quux \ud83d", "Plugh \U0001f600"))
    assert names(reading) == [["Zorblax"], ["Plugh \U0001f600"]]
    (told,) = reading.not_understood
    assert told.endswith("a text of it has half of a character (\\ud83d)")
    assert "line" in told


@pytest.mark.parametrize("name", TEXTS)
def test_json_is_read_in_utf_16_by_its_mark(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, name, TEXTS[name]("Zorblax", "佐尔布"), "utf-16")
    assert (names(reading), reading.not_understood) == ([["Zorblax"], ["佐尔布"]], ())


SDN = '36,"ZORBLAX","individual","X",' + ",".join(["-0- "] * 7)


def ofac(tmp_path: Path, alt: str, add: str = '36,1,"Elm St 1","Zug","Switzerland",-0- \n') -> str:
    put(tmp_path, "alt.csv", alt)
    put(tmp_path, "add.csv", add)
    remarks = "DOB 1960; nationality China; alt. citizen Korea, North; a.k.a. 'ZORB'."
    return put(tmp_path, "sdn.csv", f'{SDN},"{remarks}"\n')


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("", "alt.csv is empty: download the list again"),
        ("\x1a", "alt.csv is no file that OFAC gives beside its list: it has no rows."),
    ],
)
def test_a_file_beside_the_list_of_ofac_that_is_empty_is_refused(
    tmp_path: Path, alt: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        read_list(ofac(tmp_path, alt))


def test_names_of_parties_that_the_list_of_ofac_has_not_are_told(tmp_path: Path) -> None:
    alt = '36,2,"aka","ZORB WORKS",-0- \n40,3,"aka","QUUX",-0- \n40,4,"aka","QUUX AG",-0- \n'
    reading = read_list(ofac(tmp_path, alt))
    assert names(reading) == [["ZORBLAX", "ZORB WORKS", "ZORB"]]
    assert reading.not_understood == (
        "alt.csv tells of 1 party that the list has not, such as number 40: look whether both are "
        "of one day",
    )


def of_plain_xml(tmp_path: Path) -> ListedEntry:
    path = put(
        tmp_path, "sdn.xml",
        "<sdnList><publshInformation><Publish_Date>01/02/2026</Publish_Date><Record_Count>2"
        "</Record_Count></publshInformation><sdnEntry><uid>36</uid><lastName>ZORBLAX</lastName>"
        "<sdnType>Individual</sdnType><addressList><address><country>Switzerland</country>"
        "</address></addressList><nationalityList><nationality><country>China</country>"
        "</nationality></nationalityList><citizenshipList><citizenship><country>Korea, North"
        "</country></citizenship></citizenshipList></sdnEntry></sdnList>",
    )  # fmt: skip
    reading = read_list(path)
    assert reading.notes == (
        "the file says that it has 2 records, and it has 1: it may not be whole",
    )
    return reading.entries[0]


def of_advanced_xml(tmp_path: Path) -> ListedEntry:
    features = {"10": "Nationality Country", "11": "Citizenship Country", "25": "Location"}
    countries = {"1": "China", "2": "Korea, North", "3": "Switzerland"}
    typed = "".join(f'<FeatureType ID="{a}">{b}</FeatureType>' for a, b in features.items())
    named = "".join(f'<Country ID="{a}">{b}</Country>' for a, b in countries.items())
    places = "".join(
        f'<Location ID="{each}"><LocationCountry CountryID="{each}"/></Location>'
        for each in countries
    )
    told = "".join(
        f'<Feature FeatureTypeID="{feature}"><FeatureVersion><VersionLocation LocationID="{place}"'
        "/></FeatureVersion></Feature>"
        for feature, place in zip(features, countries, strict=True)
    )
    path = put(
        tmp_path, "sdn_advanced.xml",
        f"<Sanctions><ReferenceValueSets><FeatureTypeValues>{typed}</FeatureTypeValues>"
        f"<CountryValues>{named}</CountryValues></ReferenceValueSets><Locations>{places}"
        '</Locations><DistinctParties><DistinctParty><Profile ID="36" PartySubTypeID="4">'
        '<Identity><Alias Primary="true"><DocumentedName><DocumentedNamePart><NamePartValue>'
        "ZORBLAX</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>"
        f"{told}</Profile></DistinctParty></DistinctParties></Sanctions>",
    )  # fmt: skip
    return read_list(path).entries[0]


def of_csv(tmp_path: Path) -> ListedEntry:
    return read_list(ofac(tmp_path, '36,2,"aka","ZORB WORKS",-0- \n')).entries[0]


@pytest.mark.parametrize("make", [of_csv, of_plain_xml, of_advanced_xml])
def test_whose_citizen_somebody_is_is_a_country_of_them_in_every_form_of_ofac(
    tmp_path: Path, make: Any
) -> None:
    assert make(tmp_path).countries == ("CH", "CN", "KP")


@pytest.mark.parametrize(("stated", "whole"), [("1", True), ("5", False), ("many", True)])
def test_a_golden_copy_that_has_other_records_than_it_says_is_told(
    tmp_path: Path, stated: str, *, whole: bool
) -> None:
    header = f"<LEIHeader><RecordCount>{stated}</RecordCount></LEIHeader>"
    record = f"<LEI>{'A' * 20}</LEI><Entity><LegalName>Zorblax</LegalName></Entity>"
    text = f"<LEIData>{header}<LEIRecords><LEIRecord>{record}</LEIRecord></LEIRecords></LEIData>"
    assert bool(read(tmp_path, "lei.xml", text).notes) is not whole


def test_what_any_row_of_a_party_says_counts_whichever_stands_first(tmp_path: Path) -> None:
    uk = (
        "Unique ID,Name 6,Name type,Regime Name,Date Designated,Other Information\n"
        "A1,ZORB,Alias,Quux,04/03/2026,second\n"
        "A1,ZORBLAX,Primary Name,,,\n"
    )
    (entry,) = read(tmp_path, "uk.csv", uk).entries
    assert (entry.names[0].text, entry.programme, entry.since, entry.note) == (
        "ZORBLAX", "Quux", "2026-03-04", "second",
    )  # fmt: skip
    eu = (
        "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;NameAlias_WholeName;"
        "Entity_Remark;Entity_SubjectType_ClassificationCode\n"
        "01/02/2026;13;;Zorblax;;\n"
        "01/02/2026;13;;Zorb;a remark;enterprise\n"
    )
    reading = read(tmp_path, "eu.csv", eu)
    (entry,) = reading.entries
    assert (entry.key, names(reading)) == ("13", [["Zorblax", "Zorb"]])
    assert (entry.kind, entry.note) == ("entity", "a remark")


def owned(tmp_path: Path, **told: list[str]) -> ListReading:
    row = {"id": "r", "schema": "Ownership", "properties": told}
    rows = [entity("a", "Zorblax"), row]
    return read(tmp_path, "house.ftm.json", "\n".join(map(json.dumps, rows)) + "\n")


@pytest.mark.parametrize(
    ("told", "share", "since", "until"),
    [
        ({"percentage": ["25", "50%"]}, "25-50", "", ""),
        ({"percentage": ["60", " 60 %"]}, "60", "", ""),
        ({"percentage": ["25", "half"]}, "25 or half", "", ""),
        ({"startDate": ["2022", "2020-05"], "endDate": ["2021", "2023"]}, "unknown", "2020-05",
         "2023"),
    ],
)  # fmt: skip
def test_an_ownership_with_several_shares_and_days_is_read_with_all_of_them(
    tmp_path: Path, told: dict[str, list[str]], share: str, since: str, until: str
) -> None:
    (held,) = owned(tmp_path, owner=["a"], asset=["b"], **told).holdings
    assert (held.share, held.since, held.until) == (share, since, until)


@pytest.mark.parametrize(
    ("told", "lacking"),
    [({"owner": ["a"]}, "asset"), ({"asset": ["a"], "owner": []}, "owner")],
)
def test_an_ownership_without_one_of_its_ends_is_told(
    tmp_path: Path, told: dict[str, list[str]], lacking: str
) -> None:
    reading = owned(tmp_path, **told)
    assert reading.holdings == ()
    assert reading.not_understood == (f"line 2: an ownership without `{lacking}`",)


def test_several_names_that_the_united_nations_put_into_one_are_each_a_name(
    tmp_path: Path,
) -> None:
    text = (
        '<CONSOLIDATED_LIST dateGenerated="2026-02-27"><ENTITIES><ENTITY><REFERENCE_NUMBER>E1'
        "</REFERENCE_NUMBER><FIRST_NAME>ZORBLAX; and any successor</FIRST_NAME><ENTITY_ALIAS>"
        "<ALIAS_NAME>Zorb; ZX</ALIAS_NAME></ENTITY_ALIAS><ENTITY_ALIAS><ALIAS_NAME>Quux; including "
        "its parts</ALIAS_NAME></ENTITY_ALIAS><NAME_ORIGINAL_SCRIPT>佐尔布; 佐厂"
        "</NAME_ORIGINAL_SCRIPT></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
    )
    assert names(read(tmp_path, "un.xml", text)) == [
        ["ZORBLAX; and any successor", "Zorb", "ZX", "Quux; including its parts", "佐尔布", "佐厂"],
    ]


def test_several_names_in_other_letters_are_each_a_name_too(tmp_path: Path) -> None:
    uk = "Unique ID,Name 6,Name type,Name non-latin script\nA1,ZORBLAX,Primary Name,佐尔布；佐厂\n"
    assert names(read(tmp_path, "uk.csv", uk)) == [["ZORBLAX", "佐尔布", "佐厂"]]
    properties = {"name": ["Zorblax"], "alias": ["Zorb; and any successor", "佐尔布; 佐厂"]}
    row = {"id": "a", "schema": "Company", "properties": properties}
    assert names(read(tmp_path, "a.ftm.json", json.dumps(row) + "\n")) == [
        ["Zorblax", "Zorb; and any successor", "佐尔布; 佐厂", "佐尔布", "佐厂"],
    ]


@pytest.mark.parametrize("column", ["program_ids", "first_seen", "last_change"])
def test_simple_targets_of_any_age_are_known(tmp_path: Path, column: str) -> None:
    text = f"id,schema,name,aliases,addresses,{column}\na,Company,Zorblax,Zorb,Elm St 1,\n"
    reading = read(tmp_path, "house.csv", text)
    assert (reading.format, reading.entries[0].addresses) == ("targets", ("Elm St 1",))


def told_by(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["lists", "import", *words, "--as-of", "2026-08-01", "--dry-run"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_every_row_that_was_not_understood_is_told_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = put(tmp_path, "house.csv", "name,note\nZorblax,\n" + "-,\n" * 30)
    code, out, _ = told_by(capsys, path)
    assert (code, out.count("no name")) == (0, 20)
    assert "    and 10 more; --all tells them" in out
    code, out, _ = told_by(capsys, path, "--all")
    assert (code, out.count("no name"), "--all" in out) == (0, 30, False)
    assert "    line 32: no name" in out


def test_files_behind_one_that_is_refused_are_named_since_they_were_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    paths = [
        put(tmp_path, f"{name}.csv", f"{head}\nZorblax\n")
        for name, head in (("a", "name"), ("b", "Company"), ("c", "name"), ("d", "name"))
    ]
    code, out, err = told_by(capsys, *paths)
    assert (code, out.count("1 entry")) == (2, 1)
    stands = f"not read, since they stand behind {paths[1]}, which was not taken"
    assert err.startswith(f"{paths[2]}, {paths[3]}: {stands}\n")
    _, _, err = told_by(capsys, *paths[:3])
    assert err.startswith(f"{paths[2]}: not read, since it stands behind")
    assert "not read" not in told_by(capsys, *paths[:2])[2]


def test_a_list_that_is_brought_for_the_first_time_is_compared_with_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    text = "Report Date: 01/10/2026\nUnique ID,Name 6,Name type\nA1,ZORBLAX,Primary Name\n"
    put(tmp_path / "in", "UK-Sanctions-List.csv", text)
    told = ["lists", "update", "--source", str(tmp_path / "in"), "--fetched", "2026-10-05"]
    assert main(told) == 0
    assert "  UK: 1 added, 0 removed, 0 changed\n" in capsys.readouterr().out
