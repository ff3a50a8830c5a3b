"""A vendor master: read as exported, sorted by consequence, decided on, screened again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from detente.check.columns import ROLES, recognise
from detente.cli.main import main
from detente.core.tables.headings import meaning_of
from detente.parties.masters import job
from detente.parties.masters.columns import columns_of, encoding_of, open_master
from detente.parties.masters.deciding import StatedDecision, decide, decide_all
from detente.parties.masters.decisions import Decision, Decisions, ReviewedParty, party_of
from detente.parties.masters.further_columns import FurtherColumns
from detente.parties.masters.job import ScreenedTable, answer
from detente.parties.masters.screened import table_of
from detente.parties.masters.stored import Master, Masters, changes
from detente.parties.screening.store import Screen
from detente.register.book import Register
from detente.store.jobs.budget import Budget
from detente.store.jobs.state import DONE, Job, read_state, write_state
from detente.store.jobs.work import Work

if TYPE_CHECKING:
    from detente.parties.lists.versions import ListsRead

TODAY = "2026-08-01"
NOTHING_READ: ListsRead = {"sha256": "older lists", "lists": {}, "versions": {}}
ROWS = (
    "Vendor Name,Country,PO\nAcme Widgets,US,=1+1\n中芯国际,CN,2\n"
    "Peridot Shipping Lines Limited,,3\nHuawei Technologies,Wonderland,4\n"
)
"""Two names of listed parties, one that comes close to a third, one of nobody; a formula."""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(None, TODAY)


def asked(path: Path, screen: Screen, today: str = TODAY) -> ScreenedTable:
    return answer(path, screen, Register.load(), Decisions(), today, Master("", path.name))


def further_in(headings: list[str], rows: list[list[str]]) -> tuple[list[str], list[str]]:
    """The headings of further names in a table, and those that seem to hold some and are unread."""
    further = FurtherColumns(headings, columns_of(headings))
    for cells in rows:
        further.of(cells)
    return further.screened, further.unread


def saved(tmp_path: Path, encoding: str = "utf-8") -> Path:
    path = tmp_path / "vendors.csv"
    path.write_bytes(ROWS.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-32", "utf-8-sig"])
def test_a_text_is_read_in_the_encoding_that_it_has(tmp_path: Path, encoding: str) -> None:
    assert encoding_of(saved(tmp_path, encoding)) == encoding


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("big5", "華為技術有限公司 中芯國際集成電路製造有限公司"),
        ("shift_jis", "株式会社村田製作所 ロスアトム"),
        ("euc-kr", "조선광업개발무역회사 단군무역회사"),
        ("windows-1251", "Ростех Роснефть"),
        ("koi8-r", "Ростех Роснефть"),
    ],
)
def test_a_text_of_another_script_is_not_read_as_chinese(
    tmp_path: Path, encoding: str, names: str
) -> None:
    rows = "\n".join(["name", *names.split()]).encode(encoding)
    rows.decode("gb18030")  # which would have been no hit, and no word of it
    path = tmp_path / "vendors.csv"
    path.write_bytes(rows)
    assert encoding_of(path) == ""
    with (
        pytest.raises(ValueError, match="name the file's encoding"),
        open_master(path) as (read, _),
    ):
        list(read)


def test_traditional_writing_in_the_encoding_of_the_mainland_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes("name\n華為技術有限公司\n中芯國際集成電路製造有限公司\n".encode("gb18030"))
    assert encoding_of(path) == "gb18030"


def test_the_column_of_names_is_found_by_the_headings_of_systems_and_never_guessed() -> None:
    assert columns_of(["PO", "Vendor_Name", "City"]).name == 1
    assert columns_of(["编号", "供应商名称"]).name == 1
    assert columns_of(["a", "b"], "B").name == 1
    assert columns_of(["Vendor", "Name 1", "Cty", "City"])[:3] == (1, 2, 3), "a vendor is a number"
    assert columns_of(["Company", "Supplier_Name", "国家/地区", "城市"])[:3] == (1, 2, 3)
    assert columns_of(["Customer", "Country of Origin"])[:4] == (0, 1, None, None)
    with pytest.raises(ValueError, match="no column that is known to hold names, but a, b"):
        columns_of(["a", "b"])


@pytest.mark.parametrize(
    "heading",
    [
        "Consignee", "Beneficiary", "Firma", "Lieferant", "Nombre", "Bill-to Name",
        "Supplier name (legal)", "Fournisseur", "Raison sociale", "Razón social", "Proveedor",
        "Fornitore", "Ragione sociale", "Nazwa firmy", "Поставщик", "供應商", "会社名",
        "Ship-to Name", "Notify Party", "Payee", "End User", "Hersteller",
    ],
)  # fmt: skip
def test_names_are_found_under_headings_of_many_languages_and_documents(heading: str) -> None:
    headings = ["Nr", heading, "País", "Ort", "Straße"]
    assert columns_of(headings)[:4] == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("headings", "names", "addresses", "further"),
    [
        (["Name 1", "Name 2", "Name3"], "Name 1 + Name 2 + Name3", "", []),
        (["NAME2", "NAME1", "ORT01"], "NAME1 + NAME2", "", []),
        (["Vendor Name", "Vendor Name 2"], "Vendor Name + Vendor Name 2", "", []),
        # The first may be the whole of what stands in parts beside it.
        (["Name", "Name 1", "Name 2"], "Name", "", ["Name 1", "Name 2"]),
        (
            ["Company", "Address line 1", "Address Line 2"],
            "Company", "Address line 1 + Address Line 2", [],
        ),
        (["Firma", "Street", "Street 2", "Street 3"], "Firma", "Street + Street 2 + Street 3", []),
        (["供应商名称", "地址1", "地址2"], "供应商名称", "地址1 + 地址2", []),
        # A second supplier is another one.
        (["Supplier", "Supplier 2"], "Supplier", "", ["Supplier 2"]),
        (["Vendor Name", "Consignee", "PO"], "Vendor Name", "", ["Consignee"]),
        (["Company", "Notify Party Name"], "Company", "", ["Notify Party Name"]),
        (["Vendor #", "Vendor"], "Vendor", "", []),
    ],
)  # fmt: skip
def test_a_name_or_an_address_in_several_columns_is_read_as_one(
    headings: list[str], names: str, addresses: str, further: list[str]
) -> None:
    found = columns_of(headings)
    assert found.names_in(headings) == names
    assert found.addresses_in(headings) == addresses
    assert further_in(headings, [[f"Zorbix {each}" for each in headings]]) == (further, [])


@pytest.mark.parametrize(
    "heading",
    [
        "Doing Business As", "D/B/A", "DBA", "Trade Name", "Alias", "AKA", "Also Known As",
        "English Name", "Chinese Name", "Local Name", "Vendor Name (English)", "Name (local)",
        "Other Name", "Former Name", "Alternate Name", "Short Name", "Parent Company",
        "Ultimate Parent", "Beneficial Owner", "别名", "英文名称", "曾用名", "Trading as",
    ],
)  # fmt: skip
def test_a_column_of_further_names_is_told_where_names_stand_in_it(heading: str) -> None:
    headings = ["Vendor Name", "PO", heading]
    assert columns_of(headings).names_in(headings) == "Vendor Name"
    late = [["Zorbix", "1", ""], ["Quux", "2", " "], ["Acme", "3", "Zorb Works Ltd"]]
    assert further_in(headings, late) == ([heading], []), "the first rows have none"
    codes = [["Zorbix", "1", "V1001"], ["Acme", "2", "Y"], ["Quux", "3", "20"], ["", "", ""]]
    assert further_in(headings, codes) == ([], [])


@pytest.mark.parametrize(
    "heading",
    [
        "Product Name", "Item Name", "Country Name", "City", "英文品名", "Economic zone",
        "Currency name", "Ownership", "Terms", "Owner type",
    ],
)  # fmt: skip
def test_a_column_that_names_no_parties_is_not_told_as_one(heading: str) -> None:
    headings = ["Vendor Name", heading]
    assert further_in(headings, [["Zorbix", "Some words"]]) == ([], [])


def test_a_table_of_addresses_alone_needs_no_column_of_names() -> None:
    headings = ["ID", "Street", "Street 2", "Country", "City", "Row #"]
    found = columns_of(headings)
    assert (found.name, found.country, found.city) == (None, 3, 4)
    assert found.addresses_in(headings) == "Street + Street 2"
    cells = ["7", "5 Quux Road", "Room 8", "CN", "Zorb", "1"]
    assert (found.name_of(cells), found.address_of(cells)) == ("", "5 Quux Road, Room 8")
    assert found.names_in(headings) == ""
    # Names may stand in a column that is not known, or that has no heading.
    for other in (["Anbieter", "Address"], ["Address", ""], ["Country", "City"]):
        with pytest.raises(ValueError, match="no column that is known to hold names"):
            columns_of(other)
    assert columns_of(["Address", "Vendor"]).name == 1


def test_columns_that_are_named_are_read_and_no_others() -> None:
    headings = ["Part a", "Part b", "Name 1", "Name 2"]
    assert columns_of(headings, "part A + part B").names_in(headings) == "Part a + Part b"
    alone = columns_of(headings, "Name 1")
    assert alone.names_in(headings) == "Name 1"
    numbers = ["Vendor #", "Vendor", "vendor."]
    for named in numbers:
        assert columns_of(numbers, named).names_in(numbers) == named
    with pytest.raises(ValueError, match=r"no column 'Name 1 \+ Nme', but Part a"):
        columns_of(headings, "Name 1 + Nme")


PARTS = """Name 1,Name 2,Address 1,Address 2
Semiconductor Manufacturing,International Corporation,,
Acme,o/b/o Huawei Technologies,,
Acme Widgets,,803 Chevalier House,45-51 Chatham Rd S
,,803 Chevalier House,45-51 Chatham Rd S
,,1 Nowhere Street,
---,,803 Chevalier House,45-51 Chatham Rd S
Acme,Acme,,
"""


def test_rows_whose_name_and_address_are_in_parts_are_screened_whole(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "parts.csv"
    path.write_text(PARTS, encoding="utf-8")
    done = asked(path, screen)
    rows = {each.row: each for each in done.found}
    assert rows[2].name == "Semiconductor Manufacturing International Corporation"
    assert [rows[at].status for at in (2, 3, 4)] == ["hit", "hit", "hit"]
    assert all("Address " in rows[at].parties[0] for at in (4, 5, 7))
    # Who has no name is whoever stands at the address.
    assert rows[5].status == rows[7].status == "hit"
    assert rows[6].reason == "no name is given; its address is none that is listed"
    assert rows[8].name == "Acme"
    assert (done.column, done.addresses) == ("Name 1 + Name 2", "Address 1 + Address 2")


def test_a_kept_table_in_parts_is_decided_by_its_whole_names(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "parts.csv"
    path.write_text(PARTS, encoding="utf-8")
    Masters().keep("parts.csv", path)
    smic = party_of(screen.parties("中芯国际")[0]).key
    name = "Semiconductor Manufacturing International Corporation"
    stated = StatedDecision(name, "", smic, "true_match", "the same", "R. Roe")
    taken = decide(screen, stated, TODAY)
    assert [each.row for each in taken.rows] == [2]


def test_a_name_that_is_a_formula_without_a_value_says_so(tmp_path: Path, screen: Screen) -> None:
    book = openpyxl.Workbook()
    for cells in (["Name"], ["=A3"], ["Huawei"]):
        book.active.append(cells)
    book.create_sheet("Notes").append(["Name"])
    book.save(tmp_path / "formula.xlsx")
    path = tmp_path / "formula.xlsx"
    how = Master("", path.name, sheet="Sheet")
    done = answer(path, screen, Register.load(), Decisions(), TODAY, how)
    assert {each.row: each.status for each in done.found} == {2: "unresolved", 3: "hit"}
    (reason,) = [each.reason for each in done.found if each.row == 2]
    assert reason == "the cell of the name is a formula with no saved value"
    assert "formulas was not saved (A2)" in done.notes[0]


def test_of_kept_tables_of_one_name_the_last_is_screened_and_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "v.csv"
    ids = []
    for at, name in enumerate(("Acme", "Huawei", "Peridot Shipping Lines Limited")):
        path.write_text(f"Name\n{name}\n", encoding="utf-8")
        assert main(["vendors", "screen", str(path), "--keep", "--on", TODAY]) == 0
        err = capsys.readouterr().err
        ids.append(err.split("Kept as ")[1].split(":")[0])
        assert ("other kept table is called v.csv" in err) == (at == 1)
        assert ("2 other kept tables are called v.csv" in err) == (at == 2)
    first = Masters().table(Masters().get(ids[0]))
    os.utime(first, ns=(0, 0))
    assert main(["vendors", "again", "v.csv", "--on", TODAY]) == 0
    printed = capsys.readouterr()
    assert "Peridot" in printed.out
    assert f"the one that was kept last, {ids[2]}, is screened" in printed.err
    assert main(["vendors", "again", ids[1], "--on", TODAY]) == 0
    printed = capsys.readouterr()
    assert "Huawei" in printed.out
    assert "kept last" not in printed.err
    # What is removed is never guessed.
    assert main(["vendors", "remove", str(path)]) == 2
    err = capsys.readouterr().err
    assert "is the name of several: write an id, or --all for every one" in err
    assert all(f"{each}, screened {TODAY}" in err for each in ids)
    assert main(["vendors", "remove", str(path), "--all"]) == 0
    assert capsys.readouterr().out.count("Removed v.csv (") == 3
    assert Masters().all() == []


def rows_of(path: Path, screen: Screen) -> dict[int, str]:
    """The names of a table by the row that is told of each."""
    return {each.row: each.name for each in asked(path, screen).found}


def a_workbook(path: Path, cells: dict[str, str]) -> Path:
    """A workbook with texts in some of its cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, text in cells.items():
            sheet.write_string(place, text)
    return path


def attempted(folder: Path, source: Path, **options: str) -> Path:
    """A job of a table that stands in a folder, before it is done."""
    folder.mkdir()
    (folder / "table.csv").write_bytes(source.read_bytes())
    write_state(folder, Job("0" * 32, "vendors", "table.csv", source.name, options))
    return folder


def test_a_job_that_is_interrupted_keeps_its_table_once_and_tells_what_is_new_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path)
    finish = Work.finish

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def twice(folder: Path) -> dict[str, object]:
        """Interrupt the first attempt where everything is done but to say so."""
        monkeypatch.setattr(Work, "finish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            job.screen(Work(folder, Budget()))
        monkeypatch.setattr(Work, "finish", finish)
        job.screen(Work(folder, Budget()))
        assert read_state(folder).state == DONE
        found: dict[str, object] = json.loads((folder / "summary.json").read_bytes())
        return found

    kept = twice(attempted(tmp_path / "first", path, keep="yes", today=TODAY))
    (master,) = Masters().all()
    assert (kept["kept"], kept["alike"], kept["hits"]) == (master.id, 0, 3)
    # As if nobody had been listed when it was screened first.
    Masters()._write(master._replace(parties={}, entries={}, standings={}))
    again = twice(attempted(tmp_path / "again", path, master=master.id, today=TODAY))
    assert (again["before"], again["changed"]) == (TODAY, 3)


@pytest.mark.parametrize(
    ("heading", "names", "message"),
    [
        ("Vendor,Description", ["100023,Huawei", "100024,Acme"], "'Vendor' holds numbers or codes"),
        ("Supplier,Text", ["V-1,Huawei", "V-2,Acme", "V-3,Acme"], "such as 'V-1'"),
        ("Vendor", ["1"], "name the column of the partners with --column"),
        ("party", ["EL-1a2b3c4d"], "such as 'EL-1a2b3c4d'"),
        ("Name,Country", [], r"no row below its headings \(Name, Country\)"),
    ],
)
def test_a_column_of_numbers_is_never_screened_as_names_nor_a_table_without_rows(
    tmp_path: Path, screen: Screen, heading: str, names: list[str], message: str
) -> None:
    path = tmp_path / "v.csv"
    path.write_text("\n".join([heading, *names, ""]), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        asked(path, screen)


def test_a_name_that_is_a_number_settles_nothing_unless_a_party_is_listed_under_it(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Name\n3M\n7-28\n100023\nHuawei Technologies\n", encoding="utf-8")
    found = {each.name: (each.status, each.reason) for each in asked(path, screen).found}
    assert found["100023"] == (
        "unresolved",
        "'100023' is not a name: it is a number, and no listed party is called so",
    )
    assert found["7-28"][0] == found["Huawei Technologies"][0] == "hit"
    assert found["3M"][0] != "unresolved"


def test_a_row_whose_cells_are_not_as_many_as_its_columns_stops_no_other(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "v.csv"
    rows = ["Huawei Technologies,CN,", "Hytera,CN", "Acme, Inc.,US,Boston", "Acme Widgets,US,"]
    path.write_text("\n".join(["Name,Country,City", *rows, "Zorblax,US,", ""]), encoding="utf-8")
    done = asked(path, screen)
    assert {each.at: each.status for each in done.found} == {
        0: "hit", 1: "unresolved", 2: "unresolved", 3: "partly", 4: "partly",
    }  # fmt: skip
    reasons = {each.at: each.reason for each in done.found if each.status == "unresolved"}
    assert reasons == {
        1: "line 3: 2 cells under 3 columns; put cells with commas in quotes",
        2: "line 4: 4 cells under 3 columns; put cells with commas in quotes",
    }
    assert [done.rows[1], done.rows[2]] == [["Hytera", "CN", ""], ["Acme", " Inc.", "US, Boston"]]


def test_a_file_whose_rows_mostly_fit_no_columns_is_refused(tmp_path: Path, screen: Screen) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Name,Country\nAcme, Inc.,US\nBeta, Ltd.,GB\nHuawei,CN\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"v\.csv, line 2: 3 cells under 2 columns; put cells"):
        asked(path, screen)


@pytest.mark.parametrize(
    "name",
    ["n/a", "N.A.", "TBD", "#N/A", "to order", "(unknown)", "Notify party: same as consignee",
     "Consignee:", "不详", "收货人：待定", "нет  данных", "True"],
)  # fmt: skip
def test_what_stands_in_place_of_a_name_clears_nobody(
    tmp_path: Path, screen: Screen, name: str
) -> None:
    path = tmp_path / "v.csv"
    path.write_text(f"Name\n{name}\nAcme Widgets\nHuawei Technologies\n", encoding="utf-8")
    found = {each.name: (each.status, each.reason) for each in asked(path, screen).found}
    status, reason = found.pop(name)
    assert status == "unresolved"
    assert "is not a name: it stands where nobody is named, and no listed party is " in reason
    assert {status for status, _ in found.values()} == {"hit", "partly"}


@pytest.mark.parametrize(
    "name", ["Nadia Testova", "Unknown Worlds", "To Order Kitchens", "Same Sky"]
)
def test_a_name_with_such_words_is_one(tmp_path: Path, screen: Screen, name: str) -> None:
    path = tmp_path / "v.csv"
    path.write_text(f"Name\n{name}\nAcme Widgets\n", encoding="utf-8")
    assert asked(path, screen).found[0].status != "unresolved"


@pytest.mark.parametrize("heading", ["Supplier", "Partner", "Name", "Customer Name"])
def test_a_file_that_was_screened_is_screened_again_by_its_own_names(
    tmp_path: Path, screen: Screen, heading: str
) -> None:
    path = tmp_path / "v.csv"
    path.write_text(f"{heading},Country\nAcme Widgets,US\nHuawei Technologies,CN\n", "utf-8")
    out = tmp_path / "screened.csv"
    assert main(["vendors", "screen", str(path), "-o", str(out), "--on", TODAY]) == 0
    done = asked(out, screen)
    assert (done.column, done.unread) == (heading, [])
    assert {each.name: each.status for each in done.found} == {
        "Huawei Technologies": "hit", "Acme Widgets": "partly",
    }  # fmt: skip
    assert recognise(done.headings, {}).roles == [meaning_of(heading, ROLES)]


def test_a_row_is_told_as_the_file_counts_it(tmp_path: Path, screen: Screen) -> None:
    text = tmp_path / "v.csv"
    text.write_text('\nname,at\nAcme,"Two\nlines"\n\n\nSMIC,x\n', encoding="utf-8")
    assert rows_of(text, screen) == {3: "Acme", 6: "SMIC"}, "a cell of two lines is one row"
    book = a_workbook(tmp_path / "v.xlsx", {"A2": "name", "A3": "Acme", "A9": "SMIC"})
    assert rows_of(book, screen) == {3: "Acme", 9: "SMIC"}
    Masters().keep("v.xlsx", book, Master("", "v.xlsx"))
    stated = StatedDecision("SMIC", "", "EL-83ac195a", "true_match", "it is", "R. Roe")
    assert [each.row for each in decide(screen, stated, TODAY).rows] == [9]


def test_the_headings_may_stand_below_a_title(tmp_path: Path, screen: Screen) -> None:
    title = {"A1": "Vendors 2026", "C1": "as of today", "A3": "No", "B3": "Vendor Name",
             "C3": "City", "D3": "Note", "B4": "Acme",
             "A5": "7", "B5": "SMIC", "D5": "x"}  # fmt: skip
    book = a_workbook(tmp_path / "v.xlsx", title)
    assert rows_of(book, screen) == {4: "Acme", 5: "SMIC"}
    done = asked(book, screen)
    assert (done.heading, done.headings) == (3, ["No", "Vendor Name", "City", "Note"])
    text = tmp_path / "v.csv"
    text.write_text("Vendors 2026,\n,\nVendor Name,City\nSMIC,Shanghai\n", encoding="utf-8")
    assert rows_of(text, screen) == {4: "SMIC"}


def test_a_row_of_a_table_is_not_taken_for_its_headings(tmp_path: Path, screen: Screen) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Kind,Who\nSupplier,Acme\nBuyer,SMIC\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column that is known to hold names, but Kind, Who"):
        asked(path, screen)


def test_rows_with_a_listed_party_stand_first_and_every_row_comes_back(
    tmp_path: Path, screen: Screen
) -> None:
    found = asked(saved(tmp_path, "gb18030"), screen).found
    assert sorted(each.at for each in found) == [0, 1, 2, 3]
    assert [bool(each.parties) for each in found] == [True, True, True, False]
    huawei = next(each for each in found if each.at == 3)
    assert (huawei.status, huawei.country) == ("hit", ""), "a country of no word hides no hit"
    assert "'Wonderland'" in huawei.note
    assert huawei.note in huawei.reason


def test_a_formula_in_a_cell_comes_back_as_text(tmp_path: Path, screen: Screen) -> None:
    from detente.core.tables.writing import table_file

    done = asked(saved(tmp_path), screen)
    columns, rows = table_of(done.headings, done.rows, done.found)
    text = table_file(Path("out.csv"), columns, rows).decode()
    assert "'=1+1" in text


def test_a_clearance_takes_a_row_out_of_the_hits_until_its_day(
    tmp_path: Path, screen: Screen
) -> None:
    name = "Peridot Shipping Lines Limited"
    path = saved(tmp_path)
    (hit,) = [each for each in asked(path, screen).found if each.name == name]
    decide(
        screen,
        StatedDecision(
            name, "", hit.listing[-1], "cleared", "another owner", "R. Roe", "2026-09-01"
        ),
        TODAY,
    )
    (cleared,) = [each for each in asked(path, screen).found if each.name == name]
    assert cleared.status == "cleared"
    assert cleared.cells()[:5] == ["cleared", "another owner", "R. Roe", TODAY, "2026-09-01"]
    (after,) = [each for each in asked(path, screen, "2026-09-01").found if each.name == name]
    assert after.status == "hit"
    assert after.cells()[0] == "lapsed (it counted until 2026-09-01)"


def test_a_clearance_ends_when_the_listings_of_the_party_change(screen: Screen) -> None:
    name = "Peridot Shipping Lines Limited"
    party = party_of(screen.parties(name)[0])
    decide(screen, StatedDecision(name, "", party.key, "cleared", "another owner", "R. Roe"), TODAY)
    decisions = Decisions()
    assert decisions.standing(name, "", party, TODAY).state == "cleared"
    changed = decisions.standing(name, "", party._replace(listings="other"), TODAY)
    assert (changed.state, changed.because) == ("lapsed", "the party's listings changed since")


def test_a_clearance_of_other_listings_leaves_an_earlier_one_and_a_match_does_not() -> None:
    then = ReviewedParty("HOUSE-1", "Zorblaxian Quuxwerk", "HOUSE", "then")
    now = then._replace(listings="now")

    def taken(party: ReviewedParty, verdict: str, why: str) -> Decision:
        return Decision("Zorblaxian Quuxwerk", "", party, verdict, why, "R. Roe", TODAY, "")

    first, second = taken(now, "cleared", "first"), taken(then, "cleared", "second")
    decisions = Decisions()
    decisions.add(first, second)
    for party, found in ((now, first), (then, second)):
        standing = decisions.standing(first.name, "", party, TODAY)
        assert (standing.state, standing.decision) == ("cleared", found)
        assert decisions.counts(found)
    decisions.add(match := taken(then, "true_match", "third"))
    for party in (now, then):
        assert decisions.standing(first.name, "", party, TODAY).decision == match
    assert not decisions.counts(first)
    decisions.add(taken(now, "reopened", "fourth"))
    assert decisions.standing(first.name, "", now, TODAY).state == ""


def test_a_decision_needs_a_reason_a_person_and_a_party_that_the_name_comes_close_to(
    screen: Screen,
) -> None:
    name = "Peridot Shipping Lines Limited"
    key = party_of(screen.parties(name)[0]).key
    with pytest.raises(ValueError, match="why: say what"):
        decide(screen, StatedDecision(name, "", key, "cleared", " ", "R. Roe"), TODAY)
    with pytest.raises(ValueError, match="by: say who"):
        decide(screen, StatedDecision(name, "", key, "cleared", "because", ""), TODAY)
    with pytest.raises(ValueError, match="is not after"):
        decide(screen, StatedDecision(name, "", key, "cleared", "because", "R. Roe", TODAY), TODAY)
    with pytest.raises(ValueError, match="does not come close to 'EL-00000000', but to"):
        decide(
            screen, StatedDecision(name, "", "EL-00000000", "cleared", "because", "R. Roe"), TODAY
        )
    assert len(Decisions()) == 0


def test_every_decision_stays_in_the_history_and_the_newest_counts(screen: Screen) -> None:
    name = "Peridot Shipping Lines Limited"
    party = party_of(screen.parties(name)[0])
    for verdict in ("cleared", "reopened"):
        decide(screen, StatedDecision(name, "", party.key, verdict, "because", "R. Roe"), TODAY)
    decisions = Decisions()
    assert [each.verdict for each in decisions.history()] == ["cleared", "reopened"]
    assert decisions.standing(name, "", party, TODAY).state == ""


def test_a_kept_table_tells_what_is_new_when_it_is_screened_again(
    tmp_path: Path, screen: Screen
) -> None:
    path, masters = saved(tmp_path), Masters()
    kept = masters.keep("vendors.csv", path)
    found = asked(masters.table(kept), screen).found
    # As if Huawei had not been listed, and Acme had: one party came to row 3, one went from row 0.
    before = [each._replace(parties=(), keys=()) if each.at == 3 else each for each in found]
    before = [each._replace(parties=("SDN-0 ACME",)) if each.at == 0 else each for each in before]
    kept = masters.remember(kept, TODAY, NOTHING_READ, before)
    assert masters.get("vendors.csv") == kept
    new = changes(masters.get(kept.id), found)
    assert [(each.at, bool(each.came), each.went) for each in new] == [
        (0, False, ("SDN-0 ACME",)),
        (3, True, ()),
    ]
    masters.remove(kept)
    with pytest.raises(ValueError, match="is not kept; kept: none"):
        masters.get("vendors.csv")


def test_a_clearance_that_lapsed_is_told_when_the_table_is_screened_again(
    tmp_path: Path, screen: Screen
) -> None:
    name = "Peridot Shipping Lines Limited"
    path, masters = saved(tmp_path), Masters()
    key = party_of(screen.parties(name)[0]).key
    decide(
        screen,
        StatedDecision(name, "", key, "cleared", "another owner", "R. Roe", "2026-09-01"),
        TODAY,
    )
    kept = masters.keep("vendors.csv", path)
    kept = masters.remember(kept, TODAY, NOTHING_READ, asked(path, screen).found)
    assert changes(masters.get(kept.id), asked(path, screen, "2026-08-31").found) == []
    (told,) = changes(masters.get(kept.id), asked(path, screen, "2026-09-01").found)
    assert (told.name, told.came, told.went) == (name, (), ())
    assert told.lapsed == "its clearance lapsed: it counted until 2026-09-01"


def test_a_listing_that_begins_to_count_is_told_when_the_table_is_screened_again(
    tmp_path: Path,
) -> None:
    # Section 154 counts from 1 October 2027 on; its lists are the same on both days.
    before, after = Screen("2027-09-30", "2027-09-30"), Screen("2027-10-01", "2027-10-01")
    path, masters = tmp_path / "v.csv", Masters()
    path.write_text("name\nEnvision Energy\nHuawei Technologies\n")
    kept = masters.keep("v.csv", path)
    found = asked(path, before, "2027-09-30").found
    kept = masters.remember(kept, "2027-09-30", NOTHING_READ, found)
    assert changes(masters.get(kept.id), asked(path, before, "2027-09-30").found) == []
    (told,) = changes(masters.get(kept.id), asked(path, after, "2027-10-01").found)
    assert (told.row, told.came, told.went, told.lapsed) == (2, (), (), "")
    assert told.stands == (
        "a listing stands otherwise: NDAA-154 Envision Energy, Limited in force (not yet before)"
    )


def test_every_suspension_that_begins_or_ends_is_told_though_another_list_counts_first(
    tmp_path: Path,
) -> None:
    # While its listing on CN-UEL is suspended, another list of the party is the strictest.
    path, masters = tmp_path / "v.csv", Masters()
    path.write_text("name\nSkydio\nTCOM\nHavocAI\nShield AI\nAcme Bakery\n")
    kept = masters.keep("v.csv", path)
    told: dict[str, list[str]] = {}
    for day in ("2025-05-10", "2025-06-01", "2025-11-30", "2026-11-30"):
        found = asked(path, Screen(day, day), day).found
        if kept.screened:
            new = changes(masters.get(kept.id), found)
            told[day] = [each.stands.partition(": ")[2] for each in new]
        kept = masters.remember(kept, day, NOTHING_READ, found)
    paused, ended = "suspended (in force before)", "ended"
    # Their notice lets them come back, and what was only announced does not.
    heard = "by what was announced suspended through 2027-01-10"
    again = f"in force, {heard} (suspended before)"
    assert told == {
        "2025-06-01": [
            f"CN-UEL Skydio Inc. {paused}",
            f"CN-CONTROL TCOM, Limited Partnership {paused}",
            f"CN-UEL HavocAI {paused}",
            f"CN-UEL Shield AI, Inc. {paused}",
        ],
        # 2025-11-10: what was added on 4 March 2025 ended, and the pause of 4 April went on.
        "2025-11-30": [
            f"CN-CONTROL Skydio, Inc. {ended} (in force before)",
            f"CN-UEL TCOM, Limited Partnership {ended} (in force before)",
            f"CN-CONTROL HavocAI {ended} (in force before)",
            f"CN-CONTROL Shield AI, Inc. {ended} (in force before)",
        ],
        "2026-11-30": [
            f"CN-UEL Skydio Inc. {again}",
            f"CN-CONTROL TCOM, Limited Partnership {again}",
            f"CN-UEL HavocAI {again}",
        ],
    }


AT = "Room 803, Chevalier House, 45-51 Chatham Road South"


def test_a_hit_by_its_address_alone_is_decided_like_any_other(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text(f'Name,Address\nKim Trading,"{AT}"\n')
    (hit,) = asked(path, screen).found
    decide(
        screen,
        StatedDecision(
            "Kim Trading", "", hit.listing[-1], "cleared", "moved in 2025", "R. Roe", "", AT
        ),
        TODAY,
    )
    (row,) = asked(path, screen).found
    assert row.status == "cleared"
    (kept,) = Decisions().history()
    assert kept.address == "", "the name says who is meant"
    other = party_of(screen.parties("Peridot Shipping Lines Limited")[0]).key
    with pytest.raises(ValueError, match="comes close to no listed party, and so not to 'SDN"):
        decide(screen, StatedDecision("Kim Trading", "", other, "cleared", "-", "R. Roe"), TODAY)


OTHER_AT = "Room 1319, Hollywood Plaza, 610 Nathan Road, Mong Kok"
"""Another listed address."""


@pytest.mark.parametrize("name", ["", "TBD"])
def test_a_row_without_a_name_is_decided_by_its_address(
    name: str, tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "vendors.csv"
    rows = f'{name},HK,"{AT}"\n{name},HK,"{AT.upper()}, Kowloon"\n{name},,"{AT}"\n'
    path.write_text(f'Name,Country,Address\n{rows}{name},HK,"{OTHER_AT}"\n')
    found = {each.row: each for each in asked(path, screen).found}
    assert [found[row].status for row in (2, 3, 4, 5)] == ["hit"] * 4
    assert found[2].address == AT
    key = found[2].listing[-1]
    stated = StatedDecision(name, "HK", key, "cleared", "moved in 2025", "R. Roe", "", AT)
    with pytest.raises(ValueError, match="state the address of its row"):
        decide(screen, stated._replace(address=""), TODAY)
    with pytest.raises(ValueError, match="comes close to no listed party"):
        decide(screen, stated._replace(address="5 Long Road, Harbour"), TODAY)
    Masters().keep("vendors.csv", path)
    made, counts_for = decide(screen, stated, TODAY)
    assert (made.name, made.address, [each.row for each in counts_for]) == (name, AT, [2])
    states = {each.row: each.status for each in asked(path, screen).found}
    assert states == {2: "cleared", 3: "hit", 4: "hit", 5: "hit"}
    file = tmp_path / "decisions.csv"
    assert main(["vendors", "decisions", "-o", str(file)]) == 0
    decide(screen, stated._replace(verdict="reopened"), TODAY)
    assert {each.status for each in asked(path, screen).found} == {"hit"}
    file.write_text(file.read_text().replace("2025", "2026"))
    decide_all(screen, file, TODAY)
    assert [each.row for each in asked(path, screen).found if each.status == "cleared"] == [2]


def test_the_shell_decides_on_a_row_without_a_name(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    (hit,) = screen.with_addresses([], "", AT, 1)
    words = ["vendors", "decide", "", party_of(hit).key, "true_match", "--why", "x", "--by", "Bea"]
    assert main(words) == 2
    assert "no name is given: state the address of its row" in capsys.readouterr().err
    assert main([*words, "--address", AT]) == 0
    assert f"(no name), {AT} and Address" in capsys.readouterr().out
    assert main([*words[:2], "--file", str(tmp_path / "any.csv")]) == 2


def test_a_name_that_no_row_has_is_decided_to_stand_at_an_address_that_is_stated(
    screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    (hit,) = screen.with_addresses([], "", AT, 1)
    key = party_of(hit).key
    words = ["vendors", "decide", "Zorbixx", key.lower(), "true_match", "--why", "x", "--by", "Bea"]
    assert main(words) == 2
    told = f"and so not to {key!r} ({hit.entry.names[0].text})"
    assert (
        f"'Zorbixx' comes close to no listed party, {told}: state the address of its row, too"
        in capsys.readouterr().err
    )
    assert not list(Decisions().history()), "a name that is mistyped is not kept"
    assert main([*words, "--address", "5 Long Road"]) == 2
    assert "'Zorbixx' at '5 Long Road' comes close to no" in capsys.readouterr().err
    assert main([*words[:2], "", *words[3:], "--address", "5 Long Road"]) == 2
    assert "vendors: '5 Long Road' comes close to no" in capsys.readouterr().err
    assert main([*words, "--address", AT]) == 0
    (kept,) = Decisions().history()
    assert kept.party.key == key, "a key may be written in small letters"
    # What is decided once is decided again, though no kept table has the row.
    assert main([*words[:4], "reopened", *words[5:]]) == 0


def test_a_decision_of_elsewhere_at_a_listed_address_is_kept(
    tmp_path: Path, screen: Screen
) -> None:
    (hit,) = screen.with_addresses([], "", AT, 1)
    file = tmp_path / "decisions.csv"
    row = f"Zorbixx,{party_of(hit).key},cleared,moved,Bea"
    file.write_text(f"name,party,verdict,why,by\n{row}\n")
    with pytest.raises(ValueError, match="line 2: 'Zorbixx' comes close to no listed party"):
        decide_all(screen, file, TODAY)
    file.write_text(f"name,party,verdict,why,by,decided\n{row},2026-01-01\n")
    assert len(decide_all(screen, file, TODAY).taken) == 1


def test_a_name_at_a_listed_address_is_decided_where_a_row_of_it_stands_there(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    (hit,) = screen.with_addresses([], "", AT, 1)
    path = tmp_path / "vendors.csv"
    path.write_text("Name,Address\nKim Trading,5 Long Road\n")
    first = Masters().keep("vendors.csv", path)
    words = ["vendors", "decide", "Kim Trading", party_of(hit).key, "cleared", "--why", "x"]
    assert main([*words, "--by", "Bea"]) == 2
    told = "'Kim Trading' at '5 Long Road' comes close to no listed party"
    assert told in capsys.readouterr().err
    path.write_text(f'Name,Address\nKim Trading,5 Long Road\nKim Trading,"{AT}"\n')
    second = Masters().keep("vendors.csv", path)
    assert main([*words, "--by", "Bea"]) == 0
    told = capsys.readouterr().out
    assert f"It counts for row 3 of vendors.csv ({second.id})." in told
    assert first.id not in told


def decided_file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "decided.csv"
    path.write_text("\n".join(("name,country,party,verdict,why,by,until,note", *rows)) + "\n")
    return path


def test_a_table_of_decisions_is_kept_whole(tmp_path: Path, screen: Screen) -> None:
    peridot = party_of(screen.parties("Peridot Shipping Lines Limited")[0]).key
    smic = party_of(screen.parties("中芯国际")[0]).key
    path = decided_file(
        tmp_path,
        f"Peridot Shipping Lines Limited,,{peridot},cleared,another owner,R. Roe,2027-01-01,x",
        f"中芯国际,China,{smic},true_match,the same number,R. Roe,,",
        "Acme Widgets,US,,,,,,not decided yet",
    )
    assert len(decide_all(screen, path, TODAY).taken) == 2
    rows = {each.name: each.status for each in asked(saved(tmp_path), screen).found}
    assert rows["Peridot Shipping Lines Limited"] == "cleared"
    assert rows["中芯国际"] == "true_match"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Peridot Shipping Lines Limited,,{key},cleared,,R. Roe,,", "line 3: why: say what"),
        ("Peridot Shipping Lines Limited,,{key},perhaps,-,R. Roe,,", "line 3: verdict 'perhaps'"),
        (
            "Acme Widgets,,{key},cleared,-,R. Roe,,",
            "line 3: 'Acme Widgets' comes close to no listed party",
        ),
        ("Peridot Shipping Lines Limited,Atlantis,{key},cleared,-,R. Roe,,", "line 3: .*Atlantis"),
        ("Peridot Shipping Lines Limited,,{key},cleared,-,R. Roe,2020-01-01,", "is not after"),
        (
            "Peridot Shipping Lines Limited,,{key},cleared,-,R. Roe,2020-13-01,",
            "line 3: until '2020-13-01' is not a day: write it as YYYY-MM-DD",
        ),
    ],
)
def test_of_a_table_with_a_wrong_decision_nothing_is_kept(
    tmp_path: Path, screen: Screen, row: str, message: str
) -> None:
    key = party_of(screen.parties("Peridot Shipping Lines Limited")[0]).key
    right = f"Peridot Shipping Lines Limited,,{key},cleared,another owner,R. Roe,,"
    with pytest.raises(ValueError, match=f"{message}.*; nothing was kept"):
        decide_all(screen, decided_file(tmp_path, right, row.format(key=key)), TODAY)
    assert len(Decisions()) == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_decisions_that_is_loaded_back_renews_none(
    kind: str, tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    smic = party_of(screen.parties("中芯国际")[0])
    name = "=Peridot Shipping Lines Limited"
    for each, listings in ((stated_for(screen, "CN"), "then"), (stated_for(screen, ""), "now")):
        party = party_of(screen.parties(NAMED)[0])._replace(listings=listings)
        made = Decision(name, each.country, party, "cleared", "-a note", "Bea", "2026-01-01", "")
        Decisions().add(made)
    gone = ReviewedParty("HOUSE-1a2b3c4d", "Zorblaxian Quuxwerk", "HOUSE", "then")
    Decisions().add(Decision(gone.entry, "", gone, "cleared", "x", "Bea", "2026-01-02", ""))
    over = Decision("中芯国际", "", smic, "cleared", "x", "Bea", "2026-01-02", "2026-02-01")
    Decisions().add(over)
    file = tmp_path / f"decisions.{kind}"
    assert main(["vendors", "decisions", "-o", str(file)]) == 0
    found = decide_all(screen, file, TODAY)
    assert (found.taken, found.before, found.past) == ([], 4, [])
    assert len(list(Decisions().history())) == 4
    assert main(["vendors", "decide", "--file", str(file)]) == 0
    told = capsys.readouterr().out
    assert "0 decisions kept." in told
    assert "4 rows passed over, as kept already" in told


def test_a_row_of_a_decision_that_was_changed_or_has_no_day_is_one_anew(
    tmp_path: Path, screen: Screen
) -> None:
    stated = stated_for(screen, "")
    old = "2026-01-01"
    party = party_of(screen.parties(NAMED)[0])
    Decisions().add(Decision(NAMED, "", party, "cleared", "another owner", "R. Roe", old, ""))
    head = "name,country,entry,lists,party,verdict,why,by,decided,until,address"
    path = tmp_path / "again.csv"
    start = f"{NAMED},,{party.entry},{party.lists},{stated.party},cleared"
    for rest, taken in (
        (f"another owner,R. Roe,{old},,", 0),
        (f"another owner,R. Roe,{old},2027-01-01,", 1),
        ("another owner,R. Roe,,,", 1),
        (f"looked again,R. Roe,{old},,", 1),
    ):
        path.write_text(f"{head}\n{start},{rest}\n")
        assert len(decide_all(screen, path, TODAY).taken) == taken, rest
    path.write_text(f"{head}\n{start},another owner,R. Roe,1/2/2026,,\n")
    with pytest.raises(ValueError, match="line 2: decided '1/2/2026' is not a day"):
        decide_all(screen, path, TODAY)


def test_decisions_of_elsewhere_that_can_count_no_longer_stop_no_other(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    key = stated_for(screen, "").party
    path = tmp_path / "decisions.csv"
    head = "name,party,verdict,why,by,decided,until\n"
    gone = "Zorblaxian Quuxwerk,HOUSE-1a2b3c4d,cleared,x,Bea"
    over = f"{NAMED},{key},cleared,x,Bea"
    stands = f"{NAMED},{key},true_match,y,Bea,2026-02-02,\n"
    path.write_text(f"{head}{gone},2026-01-01,\n{over},2026-01-01,2026-03-01\n{stands}")
    assert main(["vendors", "decide", "--file", str(path)]) == 0
    told = capsys.readouterr().out
    assert "1 decision kept." in told
    assert "2 rows not kept, of decisions that count no longer:" in told
    assert "line 2: 'Zorblaxian Quuxwerk' comes close to no listed party" in told
    assert "line 3: it counted until 2026-03-01" in told
    assert [each.verdict for each in Decisions().history()] == ["true_match"]
    # Stated anew it is a slip of whoever writes it.
    path.write_text(f"{head}{gone},,\n{stands}")
    with pytest.raises(ValueError, match=r"line 2: .*; nothing was kept"):
        decide_all(screen, path, TODAY)


def test_the_sheet_of_the_decisions_of_a_workbook_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (("name", "party", "verdict", "why", "by"), ("Acme", "", "", "", "")):
        book.active.append(cells)
    book.create_sheet("Notes").append(["a"])
    book.save(tmp_path / "decided.xlsx")
    words = ["vendors", "decide", "--file", str(tmp_path / "decided.xlsx")]
    assert main(words) == 2
    assert main([*words, "--sheet", "Notes"]) == 2
    assert main([*words, "--sheet", "Sheet"]) == 0


def test_a_table_without_the_columns_of_decisions_says_which(
    tmp_path: Path, screen: Screen
) -> None:
    path = tmp_path / "decided.csv"
    path.write_text("name,verdict\nAcme,cleared\n")
    with pytest.raises(ValueError, match="no column party, why, by"):
        decide_all(screen, path, TODAY)


def test_decisions_that_were_written_are_taken_in_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Peridot Shipping Lines Limited"
    key = party_of(Screen(None).parties(name)[0]).key
    words = ["--why", "another owner", "--by", "R. Roe"]
    assert main(["vendors", "decide", name, key, "cleared", *words]) == 0
    for kind in ("csv", "xlsx"):
        file = str(tmp_path / f"decisions.{kind}")
        assert main(["vendors", "decisions", "-o", file]) == 0
        monkeypatch.setenv("DETENTE_HOME", str(tmp_path / f"other-{kind}"))
        capsys.readouterr()
        assert main(["vendors", "decide", "--file", file]) == 0
        assert "1 decision kept" in capsys.readouterr().out
        (kept,) = Decisions().history()
        assert (kept.name, kept.party.key, kept.verdict) == (name, key, "cleared")
    assert main(["vendors", "decide", name, "--file", file]) == 2
    assert main(["vendors", "decide", name]) == 2


@pytest.mark.parametrize("sign", ["=", "+", "@", "'", "'="])
def test_a_name_that_a_spreadsheet_would_run_comes_back_as_its_table_writes_it(
    sign: str, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{sign}{NAMED}"
    decide(screen, stated_for(screen, "")._replace(name=name, why="=it is"), TODAY)
    files = [tmp_path / "decisions.csv", tmp_path / "decisions.xlsx"]
    for file in files:
        assert main(["vendors", "decisions", "-o", str(file)]) == 0
    for file in files:
        monkeypatch.setenv("DETENTE_HOME", str(tmp_path / file.suffix))
        decide_all(screen, file, TODAY)
        (kept,) = Decisions().history()
        # Whoever writes the sign of a text before a sign himself is told without it.
        assert (kept.name, kept.why) == (name.removeprefix("'") if "'=" in name else name, "=it is")


NAMED = "Peridot Shipping Lines Limited"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_name_that_a_spreadsheet_would_run_is_decided_on_in_a_table_that_was_screened(
    sign: str, tmp_path: Path, screen: Screen
) -> None:
    name, path, again = f"{sign}{NAMED}", tmp_path / "v.csv", tmp_path / "screened.csv"
    path.write_text(f'Name,Note\n{name},=1+1\n"\'{sign}Acme",x\n')
    decide(screen, stated_for(screen, "")._replace(name=name), TODAY)
    assert main(["vendors", "screen", str(path), "-o", str(again)]) == 0
    assert f"'{name}" in again.read_text()
    found = asked(again, screen).found
    assert {each.status for each in found if each.name == name} == {"cleared"}
    Masters().keep("screened.csv", again)
    made, rows = decide(screen, stated_for(screen, "")._replace(name=name), TODAY)
    assert (made.name, [each.table for each in rows]) == (name, ["screened.csv"])
    # The table that was not screened has its own signs.
    assert {each.name for each in asked(path, screen).found} == {name, f"'{sign}Acme"}


def kept_table(tmp_path: Path, *places: str, how: Master | None = None) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("\n".join(("Vendor Name,Country", *(f"{NAMED},{each}" for each in places))))
    Masters().keep("kept.csv", path, how)


def stated_for(screen: Screen, country: str, verdict: str = "cleared") -> StatedDecision:
    key = party_of(screen.parties(NAMED)[0]).key
    return StatedDecision(NAMED, country, key, verdict, "another owner", "R. Roe")


def test_a_decision_without_a_country_is_taken_for_the_one_country_that_its_rows_have(
    tmp_path: Path, screen: Screen
) -> None:
    kept_table(tmp_path, "China", "cn")
    made, rows = decide(screen, stated_for(screen, ""), TODAY)
    assert (made.country, [each.row for each in rows]) == ("CN", [2, 3])
    found = asked(tmp_path / "kept.csv", screen).found
    assert [each.status for each in found] == ["cleared", "cleared"]


@pytest.mark.parametrize(
    ("places", "country", "told"),
    [
        (
            ("China", "VNM"),
            "",
            r"has a country; .*row 2 of kept.csv \(CN\), row 3 of kept.csv \(VN\)",
        ),
        (("China",), "US", r"the country US; .*row 2 of kept.csv \(CN\)"),
        (("",), "CN", r"the country CN; .*row 2 of kept.csv \(none\)"),
        (("CN", "VN", "TH", "MY", "ID", "KH", "LA", "PH"), "", r"\(KH\) and 2 more rows"),
    ],
)
def test_a_decision_that_counts_for_no_row_of_its_name_is_refused_with_the_rows(
    tmp_path: Path, screen: Screen, places: tuple[str, ...], country: str, told: str
) -> None:
    kept_table(tmp_path, *places)
    with pytest.raises(ValueError, match=told):
        decide(screen, stated_for(screen, country), TODAY)
    key = stated_for(screen, "").party
    path = decided_file(tmp_path, f"{NAMED},{country},{key},cleared,another owner,R. Roe,,")
    with pytest.raises(ValueError, match=f"line 2: .*{told}.*; nothing was kept"):
        decide_all(screen, path, TODAY)
    assert len(Decisions()) == 0


def test_a_decision_counts_for_rows_of_the_country_that_the_table_was_kept_with(
    tmp_path: Path, screen: Screen
) -> None:
    kept_table(tmp_path, "", how=Master("", "", country="VN"))
    assert decide(screen, stated_for(screen, ""), TODAY).decision.country == "VN"


def test_a_decision_on_a_name_of_no_kept_table_is_kept_with_its_own_country(
    screen: Screen,
) -> None:
    made, rows = decide(screen, stated_for(screen, "Viet Nam"), TODAY)
    assert (made.country, rows) == ("VN", [])


def test_a_decision_is_withdrawn_though_its_row_says_another_country_by_now(
    tmp_path: Path, screen: Screen
) -> None:
    decide(screen, stated_for(screen, ""), TODAY)
    kept_table(tmp_path, "China")
    made, rows = decide(screen, stated_for(screen, "", "reopened"), TODAY)
    assert (made.country, rows) == ("", [])


def test_a_decision_is_withdrawn_though_its_party_left_the_lists(screen: Screen) -> None:
    gone = ReviewedParty("HOUSE-1", "Zorblaxian Quuxwerk", "HOUSE", "then")
    Decisions().add(Decision(gone.entry, "", gone, "cleared", "another", "R. Roe", TODAY, ""))
    stated = StatedDecision(gone.entry, "", gone.key, "reopened", "a slip", "R. Roe")
    with pytest.raises(ValueError, match="comes close to no listed party"):
        decide(screen, stated._replace(verdict="true_match"), TODAY)
    assert decide(screen, stated, TODAY).decision.party == gone
    assert Decisions().standing(gone.entry, "", gone, TODAY).state == ""


def test_the_shell_says_of_a_decision_for_which_rows_it_counts(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, key, verdict, why, by, *_ = stated_for(screen, "")
    words = ["vendors", "decide", NAMED, key, verdict, "--why", why, "--by", by]
    assert main(words) == 0
    assert "No kept table has a row of that name" in capsys.readouterr().out
    kept_table(tmp_path, "China")
    assert main(words) == 0
    out = capsys.readouterr().out
    assert f"{NAMED} (CN) and" in out
    assert "It counts for row 2 of kept.csv." in out
    assert main([*words, "--country", "US"]) == 2
    assert "row 2 of kept.csv (CN)" in capsys.readouterr().err
