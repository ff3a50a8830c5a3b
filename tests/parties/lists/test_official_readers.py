"""Files as their publishers give them are read by the columns and elements they really have."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from detente.parties.lists.lists import guess_format, read_list
from detente.parties.lists.readers.common import countries_named

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
SAMPLES = Path(REFERENCE) / "parties/2026-11/samples"
needs_samples = pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")


@pytest.mark.reference
@needs_samples
@pytest.mark.parametrize(
    ("file", "form", "day", "entries", "first"),
    [
        ("csl_consolidated_2019_trim.csv", "csl-csv", "", 20, "ADRIAN MANUEL HERNANDEZ"),
        ("dpl_trim.txt", "dpl", "2022-08-29", 18, "ANTHONY CHAN"),
        ("eu_fsf_full_1.1_2024-05-13_trim.xml", "eu", "2024-05-13", 15, "Abdul Haq"),
        ("un_consolidated_2026-02-27_trim.xml", "un", "2026-02-27", 10, "ABDUL HAQ"),
        (
            "ofac_sdn_2024-05-07_trim.xml",
            "ofac-xml",
            "2024-05-07",
            15,
            "GLOBAL RELIEF FOUNDATION, INC.",
        ),
        (
            "ofac_consolidated_2024_trim.xml",
            "ofac-xml",
            "2024-05-06",
            10,
            "CHINA TELECOM CORPORATION LIMITED",
        ),
        (
            "CONSTRUCTED_ofac_sdn_advanced.xml",
            "ofac-xml",
            "2026-07-31",
            1,
            "EXAMPLE PETROCHEMICAL CO., LTD.",
        ),
        (
            "CONSTRUCTED_uk_sanctions_list.csv",
            "uk",
            "2026-10-01",
            1,
            "EXAMPLE TRADING (HONG KONG) LIMITED",
        ),
        ("PARTLY_REAL_eu_fsf.csv", "eu-csv", "2026-08-05", 1, "Saddam Hussein Al-Tikriti"),
    ],
)
def test_a_file_as_it_is_published_is_read_whole(
    file: str, form: str, day: str, entries: int, first: str
) -> None:
    reading = read_list(str(SAMPLES / file))
    assert (reading.format, reading.source_date, len(reading.entries)) == (form, day, entries)
    assert reading.entries[0].names[0].text == first
    assert not reading.not_understood


@pytest.mark.reference
@needs_samples
def test_the_lists_of_ofac_that_are_no_sdn_list_do_not_stand_for_it() -> None:
    read = {name: read_list(str(SAMPLES / name)).entries for name in
            ("ofac_sdn_2024-05-07_trim.xml", "ofac_consolidated_2024_trim.xml")}  # fmt: skip
    assert [{each.list for each in entries} for entries in read.values()] == [{"SDN"}, {"NON-SDN"}]


@pytest.mark.reference
@needs_samples
def test_a_relation_of_gleif_holds_in_its_own_period_and_not_in_that_of_accounts() -> None:
    for name in ("CONSTRUCTED_gleif_rr_golden_copy.csv", "PARTLY_REAL_gleif_rr.xml"):
        (holding,) = read_list(str(SAMPLES / name)).holdings
        assert (holding.since, holding.share) == ("2006-09-22", "unknown")


DPL = (
    "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\t"
    "Standard_Order\tLast_Update\tAction\tFR_Citation\n"
)


def test_a_bad_row_is_told_with_its_line_and_does_not_stop_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dpl.txt"
    file.write_text(
        DPL
        + "ALPHA\t1 Road\tX\t\tCN\t\t01/02/2020\t01/02/2030\tY\t2020-02-01\t\t85 F.R. 1\n"
        + "BETA\t\t\t\tCN\t\t31/31/2020\t\tY\t2020-02-01\t\t85 F.R. 2\n"
        + "GAMMA\t\t\t\tCN\t\t01/03/2020\t\tY\t2020-02-01\t\t85 F.R. 3\n",
        encoding="utf-8",
    )
    reading = read_list(str(file))
    assert [entry.names[0].text for entry in reading.entries] == ["ALPHA", "BETA", "GAMMA"]
    assert reading.not_understood == (
        "line 3: BETA: since '31/31/2020' is not a day; the party is kept without",
    )
    # The last day of an order still counts: it stands until the day after 2 January 2030.
    assert (reading.entries[0].since, reading.entries[0].until) == ("2020-01-02", "2030-01-03")


def test_a_document_type_is_refused_so_that_no_other_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sdn.xml"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        "<sdnList><sdnEntry><uid>1</uid><lastName>&x;</lastName></sdnEntry></sdnList>",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="document type"):
        read_list(str(file))


def test_xml_that_breaks_off_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "sdn.xml"
    file.write_text("<sdnList>\n<sdnEntry><uid>1</uid>\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3"):
        read_list(str(file))


def test_a_record_without_a_name_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "sdn.xml"
    file.write_text(
        "<sdnList><publshInformation><Publish_Date>07/31/2026</Publish_Date></publshInformation>"
        "<sdnEntry><uid>1</uid></sdnEntry><sdnEntry><uid>2</uid><lastName>Zorblax</lastName>"
        "<sdnType>Entity</sdnType></sdnEntry></sdnList>",
        encoding="utf-8",
    )
    reading = read_list(str(file))
    assert [entry.key for entry in reading.entries] == ["2"]
    assert reading.not_understood == ("line 1 (1): no name",)


def test_names_of_level_1_are_read_with_their_country(tmp_path: Path) -> None:
    file = tmp_path / "lei.csv"
    file.write_text(
        "LEI,Entity.LegalName,Entity.LegalAddress.Country\n"
        "097900BEJX0000001852,Zorblax AG,CH\nSHORT,Nobody,CH\n",
        encoding="utf-8",
    )
    reading = read_list(str(file))
    assert guess_format(str(file)) == "lei"
    assert [(e.key, e.names[0].text, e.countries) for e in reading.entries] == [
        ("097900BEJX0000001852", "Zorblax AG", ("CH",))
    ]
    assert reading.not_understood == ("line 3: no LEI or no name",)


def test_a_file_in_the_code_page_of_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "dpl.txt"
    row = "MÜLLER\t\t\t\tDE\t\t01/02/2020\t\tY\t2020-02-01\t\t85 F.R. 1\n"
    file.write_bytes((DPL + row).encode("cp1252"))
    assert read_list(str(file)).entries[0].names[0].text == "MÜLLER"


def test_a_table_in_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "house.csv"
    file.write_bytes("name,id\n华为技术有限公司,1\n".encode("gb18030"))
    assert read_list(str(file), "csv", "gb18030").entries[0].names[0].text == "华为技术有限公司"
    with pytest.raises(ValueError, match="is not UTF-8"):
        read_list(str(file), "csv")


def test_an_encoding_of_a_file_that_says_its_own_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sdn.xml"
    file.write_text("<sdnList></sdnList>", encoding="utf-8")
    with pytest.raises(ValueError, match="says its encoding itself"):
        read_list(str(file), "ofac-xml", "gb18030")


def test_a_party_of_followthemoney_has_its_addresses_and_all_its_countries(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "schema": "Company", "properties": {
            "name": ["Zorblax"], "jurisdiction": ["cn"], "country": ["hk", "cn"],
            "address": ["1 Road, Zorb"], "addressEntity": ["x", "y"]}},
        {"id": "x", "schema": "Address", "properties": {"full": ["2 Road, Quux"]}},
        {"id": "p", "schema": "Passport", "properties": {"number": ["1"]}},
        {"id": "w", "schema": "Widget", "properties": {}},
    ]  # fmt: skip
    file = tmp_path / "list.json"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    reading = read_list(str(file))
    (entry,) = reading.entries
    assert (entry.countries, entry.addresses) == (("HK", "CN"), ("1 Road, Zorb", "2 Road, Quux"))
    assert reading.not_understood == ("line 4: schema 'Widget'",)


@pytest.mark.parametrize(
    ("ends", "until"),
    [("2026-08-20", "2026-08-21"), ("2026-12-31T00:00", "2027-01-01"), ("9999-12-31", "9999-12-31"),
     (None, "")],
)  # fmt: skip
def test_an_order_stands_on_the_last_day_that_the_screening_list_names(
    tmp_path: Path, ends: str | None, until: str
) -> None:
    row = {"name": "Zorblax", "source": "Denied Persons List (DPL) - BIS", "end_date": ends}
    file = tmp_path / "csl.json"
    file.write_text(json.dumps({"search_performed_at": "2026-08-20", "results": [row]}), "utf-8")
    (entry,) = read_list(str(file)).entries
    assert entry.until == until


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("China, Hong Kong Special Administrative Region", "HK"),
        ("China, Macao Special Administrative Region", "MO"), ("China, Hong Kong", "HK"),
        ("Palestinian", "PS"), ("West Bank", "PS"), ("Region: Gaza", "PS"),
        ("St. Kitts and Nevis", "KN"), ("Bahamas, The", "BS"), ("Man, Isle of", "IM"),
        ("North Macedonia, The Republic of", "MK"), ("Congo, Republic of the", "CG"),
        ("Korea, North", "KP"), ("Region: Crimea", "Region: Crimea"), ("Zug, X", "Zug, X"),
    ],
)  # fmt: skip
def test_a_country_is_known_as_lists_write_it_and_what_is_none_stays(words: str, code: str) -> None:
    assert countries_named([words]) == (code,)


def test_an_address_of_the_united_nations_is_kept_whole(tmp_path: Path) -> None:
    parts = {"STREET": "Elm Hall", "CITY": "Zug", "STATE_PROVINCE": "Canton of Zug",
             "ZIP_CODE": "6300", "COUNTRY": "Switzerland", "NOTE": "as at Jul. 2016"}  # fmt: skip
    told = "".join(f"<{part}>{text}</{part}>" for part, text in parts.items())
    file = tmp_path / "un.xml"
    file.write_text(
        '<CONSOLIDATED_LIST dateGenerated="2026-02-27"><ENTITY><FIRST_NAME>ZORBLAX</FIRST_NAME>'
        f"<ENTITY_ADDRESS>{told}</ENTITY_ADDRESS><ENTITY_ADDRESS><NOTE>Zug and Bern</NOTE>"
        "</ENTITY_ADDRESS></ENTITY></CONSOLIDATED_LIST>"
    )
    (entry,) = read_list(str(file)).entries
    assert entry.addresses == ("Elm Hall, Zug, Canton of Zug, 6300, Switzerland", "Zug and Bern")


def test_a_country_alone_is_no_address(tmp_path: Path) -> None:
    row = {"name": "Zorblax", "source": "Entity List (EL)",
           "addresses": [{"country": "CH"}, {"city": "Zug", "country": "CH"}]}  # fmt: skip
    plain = "<address><country>Switzerland</country></address>"
    texts = {
        "csl.json": json.dumps({"results": [row]}),
        "csl.csv": "source,name,alt_names,addresses,federal_register_notice\n"
        'Entity List (EL),Zorblax,,"CH; Zug, CH",\n',
        "sdn.xml": "<sdnList><sdnEntry><uid>1</uid><lastName>ZORBLAX</lastName><addressList>"
        f"{plain}<address><city>Zug</city><country>Switzerland</country></address></addressList>"
        "</sdnEntry></sdnList>",
        "sdn.csv": '1,"ZORBLAX",' + ",".join(["-0- "] * 10) + "\n",
    }
    (tmp_path / "add.csv").write_text(
        '1,3,"-0- ","-0- ","Switzerland",-0-\n1,4,"-0- ","Zug","Switzerland",-0-\n'
    )
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        (entry,) = read_list(str(tmp_path / name)).entries
        assert entry.countries == ("CH",), name
        (address,) = entry.addresses
        assert address in ("Zug, CH", "Zug, Switzerland")


def test_the_list_of_the_united_kingdom_as_xml_is_refused_with_what_to_download(
    tmp_path: Path,
) -> None:
    file = tmp_path / "uk.xml"
    row = "<Designation><Names><Name><Name6>ZORBLAX</Name6></Name></Names></Designation>"
    file.write_text(f"<?xml version='1.0'?><Designations>{row}</Designations>")
    for form in (None, "uk"):
        with pytest.raises(ValueError, match=r"is not read: download it as CSV \(UK-Sanctions"):
            read_list(str(file), form)


def test_nationalities_in_the_list_of_the_united_kingdom_are_countries(tmp_path: Path) -> None:
    file = tmp_path / "uk.csv"
    file.write_text(
        "Unique ID,Name 6,Name type,Address Country,Nationality(/ies)\n"
        "1,Zorblax,Primary Name,Switzerland,(1) Russia (2) Belarus\n"
        "1,Zorb,Alias,,Russia; Cyprus\n2,Quux,Primary Name,,\n"
    )
    reading = read_list(str(file))
    assert [each.countries for each in reading.entries] == [("CH", "RU", "BY", "CY"), ()]


def test_a_party_of_the_screening_list_has_its_own_country_and_its_nationalities(
    tmp_path: Path,
) -> None:
    row = {"name": "Zorblax", "source": "Entity List (EL)", "addresses": [], "country": "CN"}
    person = row | {"addresses": [{"country": "AE"}], "country": None,
                    "nationalities": ["IR"], "citizenships": ["IR", "Syria"]}  # fmt: skip
    file = tmp_path / "csl.json"
    file.write_text(json.dumps({"results": [row, person, row | {"country": None}]}))
    entries = read_list(str(file)).entries
    assert [each.countries for each in entries] == [("CN",), ("AE", "IR", "SY"), ()]
