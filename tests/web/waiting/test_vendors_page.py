"""The page of a vendor master: taken, screened in the background, decided, screened again."""

from __future__ import annotations

import csv
import gzip
import re
import zipfile
from html import escape, unescape
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from detente.store.jobs.shelf import Jobs
from tests.served import Client

TABLE = "Vendor Name,Country\nAcme Widgets,US\n中芯国际,CN\nPeridot Shipping Lines Limited,\n"


def sent(asked: Client, jobs: Jobs, body: bytes, name: str = "v.csv", **more: str) -> str:
    """The address of the job of a table, once it has ended."""
    answer = asked.post("/vendors", files={"file": (name, body)}, data=more)
    assert answer.status_code == 303, answer.text
    jobs.wait(120)
    return str(answer.headers["location"])


def test_a_table_in_gb18030_is_screened_and_can_be_taken_away(asked: Client, jobs: Jobs) -> None:
    at = sent(asked, jobs, TABLE.encode("gb18030"))
    described = asked.get(f"{at}?format=json").json()
    assert described["state"] == "done", described["message"]
    assert (described["summary"]["encoding"], described["summary"]["column"]) == (
        "gb18030",
        "Vendor Name",
    )
    assert described["summary"]["rows"] == 3
    assert [each["name"] for each in described["files"]] == ["screened.csv", "screened.xlsx"]
    page = asked.get(at).text
    assert "Semiconductor Manufacturing International Corporation" in page
    rows = asked.get(described["files"][0]["url"]).text.splitlines()
    assert len(rows) == 4
    assert rows[-1].startswith("2,"), "the row without a hit stands last: line 2 of the table"


def test_a_packed_table_is_screened_as_the_one_in_it(asked: Client, jobs: Jobs) -> None:
    at = sent(asked, jobs, gzip.compress(TABLE.encode("gb18030")), "v.csv.gz")
    assert asked.get(f"{at}?format=json").json()["summary"]["rows"] == 3
    refused = asked.post("/vendors", files={"file": ("v.gz", gzip.compress(b"A" * (17 << 20)))})
    assert refused.status_code == 413
    assert "The file v.gz unpacks to more than 16,777,216 bytes" in refused.text


def test_a_workbook_is_screened_by_its_saved_values(asked: Client, jobs: Jobs) -> None:
    import xlsxwriter

    whole = BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Supplier", "Sum"])
        sheet.write_row(1, 0, ["Huawei Technologies Co., Ltd."])
        sheet.write_formula(1, 1, "=1+1", None, 7)
    described = asked.get(f"{sent(asked, jobs, whole.getvalue(), 'v.xlsx')}?format=json").json()
    assert described["summary"]["counts"] == {"hit": 1}
    assert asked.get(described["files"][0]["url"]).text.splitlines()[1].endswith(",7")


def test_a_decision_is_kept_and_counts_when_the_table_is_screened_again(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, TABLE.encode(), keep="yes")
    shown = asked.get(f"{at}?format=json").json()["summary"]["shown"]
    (near,) = [each for each in shown if each["name"].startswith("Peridot")]
    given = {"name": near["name"], "country": "", "party": near["party"]}
    more = {"verdict": "cleared", "why": "another owner", "by": "R. Roe", "until": ""}
    answer = asked.post("/vendors/decide", data={**given, **more})
    assert (answer.status_code, answer.headers["location"]) == (303, "/vendors#decisions")
    page = asked.get("/vendors").text
    assert "another owner" in page
    (again,) = re.findall(r'action="(/vendors/[0-9a-f]{12}/again)"', page)
    location = asked.post(again).headers["location"]
    jobs.wait(120)
    described = asked.get(f"{location}?format=json").json()["summary"]
    assert (described["counts"]["cleared"], described["changed"]) == (1, 0)
    (shown,) = [each for each in described["shown"] if each["name"].startswith("Peridot")]
    assert (shown["status"], shown["decision"]) == ("cleared", "cleared")
    assert "Peridot" not in asked.get(location).text
    assert '<span class="mark">cleared</span>' in asked.get(f"{location}?show=cleared").text
    assert "another owner" in asked.get("/vendors?format=csv").text


def test_a_row_without_a_name_is_decided_from_the_page(asked: Client, jobs: Jobs) -> None:
    at = "Room 803, Chevalier House, 45-51 Chatham Road South"
    table = f'Vendor,Country,Address\n,HK,"{at}"\n,HK,"{at}, Kowloon"\nTBD,HK,"{at}"\n'
    here = sent(asked, jobs, table.encode())
    for state, rows in (("cleared", [4]), ("true_match", [2])):
        page = asked.get(here).text
        form = page[page.index(f'id="row-{rows[0]}"') :]
        names = "name|country|party|address|back|seen"
        given = {
            name: unescape(value)
            for name, value in re.findall(rf'name="({names})" value="([^"]*)"', form)[:6]
        }
        more = {"verdict": state, "why": "seen", "by": "R. Roe"}
        answer = asked.post("/vendors/decide", data=given | more)
        assert (answer.status_code, answer.headers["location"]) == (303, given["back"])
        assert rows_of(asked.get(f"{here}?show={state}").text) == rows
    assert rows_of(asked.get(here).text) == [3]
    page = asked.get("/vendors").text
    assert f"(no name), {at}" in page
    assert page.count(f'name="address" value="{at}"') == 2, "both can be withdrawn"
    refused = asked.post("/vendors/decide", data=given | more | {"why": ""})
    assert refused.status_code == 422
    assert f'name="address" value="{at}"' in refused.text


def test_a_table_without_a_column_of_names_is_refused_with_what_stands_there(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, b"a,b\n1,2\n")
    assert "No column that is known to hold names, but a, b" in asked.get(at).text


def test_a_cell_that_no_workbook_holds_leaves_the_text_and_says_so(
    asked: Client, jobs: Jobs
) -> None:
    table = f"Vendor Name\n{'A' * 40_000}\nHuawei Technologies\n"
    at = sent(asked, jobs, table.encode())
    described = asked.get(f"{at}?format=json").json()
    assert [each["name"] for each in described["files"]] == ["screened.csv"]
    assert described["summary"]["counts"] == {"hit": 1, "unresolved": 1}
    page = asked.get(at).text
    assert "There is no screened.xlsx: row 2: a cell of a workbook holds 32,767 signs" in page
    assert "is too long for a name" in page
    assert "A" * 100 not in page


def test_an_empty_or_broken_file_is_told_in_plain_words(asked: Client, jobs: Jobs) -> None:
    empty = asked.post("/vendors", files={"file": ("v.csv", b"")})
    assert empty.status_code == 422
    assert "The file v.csv is empty." in empty.text
    page = asked.get(sent(asked, jobs, b"Name,Country\n", "v.xlsx")).text
    assert "it is not a workbook, whatever its name says" in page
    assert "calamine" not in page


def test_a_party_that_a_further_name_of_a_row_found_is_decided_by_that_name(
    asked: Client, jobs: Jobs
) -> None:
    table = b"Vendor Name,Beneficial Owner,Country\nZorbix Pottery,Viktor Bout,RU\nQuux,,US\n"
    at = sent(asked, jobs, table)
    page = asked.get(at).text
    assert "Names in the column <b>Beneficial Owner</b> were screened, too" in page
    assert "in the column Beneficial Owner: Viktor Bout" in page
    assert "The decision is about the name <b>Viktor Bout</b>." in page
    (form,) = re.findall(r'<form method="post" action="/vendors/decide".*?</form>', page, re.S)
    given = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert given["name"] == "Viktor Bout"
    given = {key: unescape(value) for key, value in given.items()}
    more = {"verdict": "true_match", "why": "his company", "by": "R. Roe"}
    assert asked.post("/vendors/decide", data={**given, **more}).status_code == 303
    assert "0 to decide, 1 true match, 0 cleared" in asked.get(at).text
    other = asked.post("/vendors/decide", data={**given, **more, "name": "Zorbix Pottery"})
    assert other.status_code == 422, "nobody was found by the name of the row"


def test_the_sheet_of_a_workbook_is_named_and_joined_columns_are_told(
    asked: Client, jobs: Jobs
) -> None:
    import openpyxl

    whole, book = BytesIO(), openpyxl.Workbook()
    head = ["Name 1", "Name 2", "Consignee", "Street", "Street 2", "DBA", "Ship-to Address"]
    for cells in (head, ["Acme", "o/b/o Huawei", "Quux", "", "", "Zorb"], ["=A2"]):
        book.active.append(cells)
    book.create_sheet("Notes").append(["Name"])
    book.save(whole)
    page = asked.get(sent(asked, jobs, whole.getvalue(), "v.xlsx")).text
    assert "name the one of the table in the form." in page
    at = sent(asked, jobs, whole.getvalue(), "v.xlsx", sheet="Sheet", keep="yes")
    page = asked.get(at).text
    assert "read in the columns <b>Name 1 + Name 2</b>" in page
    assert "Addresses were read in the columns <b>Street + Street 2</b>" in page
    assert "Names in the columns <b>Consignee, DBA</b> were screened, too" in page
    assert "Not read: Ship-to Address. What stands there was not screened." in page
    assert "formulas was not saved (A3)" in page
    assert "called v.xlsx, too" not in page
    again = asked.get(sent(asked, jobs, whole.getvalue(), "v.xlsx", sheet="Sheet", keep="yes"))
    assert "1 other kept table is called v.xlsx, too." in again.text


def test_a_text_that_is_none_is_refused_under_its_own_name(asked: Client, jobs: Jobs) -> None:
    page = asked.get(sent(asked, jobs, b"\x89PNG\r\n\x1a\n\xff\xfe\xfd")).text
    assert "<p>v.csv, line 1: this is not UTF-8; name the file&#39;s encoding in the form," in page


def test_a_decision_without_a_reason_is_refused(asked: Client) -> None:
    answer = asked.post("/vendors/decide", data={"name": "Huawei", "party": "EL-00000000",
                                                 "verdict": "cleared"})  # fmt: skip
    assert answer.status_code == 422
    assert "does not come close" in answer.text


def rows_of(page: str) -> list[int]:
    """The rows that a page of a screened table shows, in their order."""
    return [int(row) for row in re.findall(r'<article class="hit" id="row-(\d+)">', page)]


MANY = "Vendor Name\n" + "SMIC\n" * 60 + "Peridot Shipping Lines Limited\nAcme Widgets\n"


def test_a_form_that_cannot_be_taken_keeps_what_was_typed_into_it(asked: Client) -> None:
    typed = {"column": "Name 1 + Name 2", "sheet": "A&B", "encoding": "big5", "on": "2026-08-01"}
    for more, body, wrong in (
        ({"country": "Chnia"}, b"Name\nAcme\n", "Unknown country"),
        ({"country": "CN"}, b"", "is empty"),
    ):
        sent = {**typed, **more, "keep": "yes"}
        page = asked.post("/vendors", files={"file": ("v.csv", body)}, data=sent)
        assert (page.status_code, wrong in page.text) == (422, True)
        for name, text in (typed | more).items():
            assert re.findall(rf'name="{name}" type="\w+" value="([^"]*)"', page.text) == [
                escape(text)
            ]
        assert 'name="keep" value="yes" checked' in page.text
    for here, name, text, bad in (
        ("/batch", "facts", "x=1", {"dates": "never"}),
        ("/audit", "sheet", "May", {"encoding": "klingon"}),
        ("/check", "origins", "VN", {"ahead": "soon"}),
    ):
        data = {name: text, **bad}
        page = asked.post(here, files={"file": ("v.csv", b"x")}, data=data)
        assert (page.status_code, page.text.count(f' value="{text}"')) == (422, 1)
        assert "<details open>" in page.text


def test_a_file_that_is_too_large_is_told_with_the_command_that_takes_it(
    asked: Client, jobs: Jobs
) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": str(2**40)}
    for here, command in (("/vendors", "vendors screen"), ("/audit", "audit")):
        page = asked.post(here, content=b"", headers=headers)
        assert page.status_code == 413
        assert f"The file is larger than {jobs.budget.bytes / 2**20:g} MiB." in page.text
        assert f"`detente {command} FILE` in a shell" in page.text


def test_a_decision_that_cannot_be_kept_stands_in_a_form_as_it_was_stated(asked: Client) -> None:
    stated = {
        "name": "中芯国际", "country": "CN", "party": "EL-83ac195a", "verdict": "cleared",
        "why": "another \"owner\"", "by": "R. Roe", "until": "2020-01-01", "seen": "",
    }  # fmt: skip
    page = asked.post("/vendors/decide", data=stated)
    assert page.status_code == 422
    assert "Until 2020-01-01 is not after" in page.text
    assert "It is the first day on which the decision no longer counts." in page.text
    form, _, _ = page.text.partition('id="table-title"')
    fields = re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', form)
    assert {name: unescape(text) for name, text in fields if name in stated} == {
        name: text for name, text in stated.items() if name != "verdict"
    }
    assert '<option value="cleared" selected>' in page.text
    again = asked.post("/vendors/decide", data=stated | {"until": ""})
    assert again.status_code == 303


def test_every_row_with_a_party_is_reached_by_pages_and_picked_by_list_and_words(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, MANY.encode())
    first, second = asked.get(at).text, asked.get(f"{at}?page=2").text
    # 60 rows of one party and one of another: 61, of which 50 stand on the first page.
    assert (len(rows_of(first)), len(rows_of(second))) == (50, 11)
    assert sorted(rows_of(first) + rows_of(second)) == list(range(2, 63))
    assert rows_of(asked.get(f"{at}?text=peridot").text) == [62]
    assert rows_of(asked.get(f"{at}?list=SDN").text) == [62]
    assert len(rows_of(asked.get(f"{at}?list=EL&page=2").text)) == 10
    page = asked.get(f"{at}?list=sdn").text
    assert rows_of(page) == [62]
    assert '<option value="SDN" selected>' in page
    none = asked.get(f"{at}?list=uflpa")
    assert (none.status_code, rows_of(none.text)) == (200, [])


def test_a_filter_that_does_not_exist_is_refused(asked: Client, jobs: Jobs) -> None:
    at = sent(asked, jobs, TABLE.encode())
    for wrong in ("show=perhaps", "page=0", "page=x", "state=open", "list=ZZZ"):
        assert asked.get(f"{at}?{wrong}").status_code == 422, wrong
    assert "SDN" in asked.get(f"{at}?list=sdnn").text


def test_a_kept_table_is_screened_again_whatever_its_size(
    asked: Client, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(asked, jobs, TABLE.encode(), keep="yes")
    (again,) = re.findall(r'action="(/vendors/[0-9a-f]{12}/again)"', asked.get("/vendors").text)
    monkeypatch.setattr(jobs, "budget", jobs.budget._replace(bytes=10))
    answer = asked.post(again)
    assert answer.status_code == 303
    jobs.wait(120)
    assert asked.get(f"{answer.headers['location']}?format=json").json()["summary"]["rows"] == 3
    assert asked.post("/vendors", files={"file": ("v.csv", TABLE.encode())}).status_code == 413
    monkeypatch.setattr(jobs, "budget", jobs.budget._replace(waiting=0))
    refused = asked.post(again)
    assert refused.status_code == 413
    assert f"detente vendors again {again.split('/')[2]}" in refused.text


def test_a_packed_file_keeps_its_name_in_what_is_said_of_it(asked: Client) -> None:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("one.csv", "two.csv"):
            archive.writestr(name, TABLE)
    refused = asked.post("/vendors", files={"file": ("a.zip", whole.getvalue())})
    assert refused.status_code == 422
    assert "The file a.zip holds 2 files (one.csv, two.csv)." in refused.text
    assert "Unpack it, and send the file that has the table." in refused.text
    broken = asked.post("/vendors", files={"file": ("b.csv.gz", gzip.compress(b"Name\n")[:-9])})
    assert broken.status_code == 422
    assert "The file b.csv.gz is packed, and cannot be unpacked" in broken.text
    assert "Download it again." in broken.text
    assert ".gz,.zip" in asked.get("/vendors").text


def test_a_decision_leads_back_to_the_rows_and_counts_there_at_once(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, TABLE.encode())
    page = asked.get(at).text
    assert rows_of(page) == [4, 3]
    given = dict(re.findall(r'name="(name|country|party|back)" value="([^"]*)"', page))
    back = given["back"].replace("&amp;", "&")
    given |= {"verdict": "true_match", "why": "the same address", "by": "R. Roe", "back": back}
    answer = asked.post("/vendors/decide", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, back)
    assert back.startswith(at)
    rest = asked.get(at).text
    assert rows_of(rest) == [4]
    assert "1 to decide, 1 true match, 0 cleared" in rest
    assert rows_of(asked.get(f"{at}?show=true_match").text) == [3]
    assert "the same address" in asked.get(f"{at}?show=all").text


def test_of_two_who_decide_on_a_row_the_second_is_told_of_the_first(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, b"Vendor Name\nPeridot Shipping Lines Limited\n")
    page = asked.get(at).text
    given = dict(re.findall(r'name="(name|country|party|back|seen)" value="([^"]*)"', page))
    given["back"] = given["back"].replace("&amp;", "&")
    given |= {"verdict": "true_match", "why": "the same address", "by": "R. Roe"}
    assert asked.post("/vendors/decide", data=given).status_code == 303
    stale = asked.post("/vendors/decide", data={**given, "verdict": "cleared", "by": "J. Doe"})
    assert stale.status_code == 422
    assert "decided on this row since the page was loaded." in stale.text
    assert "R. Roe, true match (the same address); look at it again." in stale.text
    rows = f"{at}?show=true_match"
    assert len(rows_of(asked.get(rows).text)) == 1
    # Whoever has seen it may decide otherwise.
    seen = re.findall(r'name="seen" value="([^"]*)"', asked.get(rows).text)[0]
    again = {**given, "verdict": "cleared", "by": "J. Doe", "seen": seen}
    assert asked.post("/vendors/decide", data=again).status_code == 303


def test_a_row_whose_party_was_listed_otherwise_meanwhile_is_screened_again_first(
    asked: Client, jobs: Jobs, tmp_path: Path
) -> None:
    from detente.parties.screening.importing import import_list

    listed = tmp_path / "house.csv"
    listed.write_text("name,programme\nZorblaxian Quuxwerk,A\n", encoding="utf-8")
    import_list(str(listed), source_date="2026-07-01", name="HOUSE")
    at = sent(asked, jobs, b"Vendor Name\nZorblaxian Quuxwerk\n")
    page = asked.get(at).text
    given = dict(re.findall(r'name="(name|country|party|back|seen)" value="([^"]*)"', page))
    given["back"] = given["back"].replace("&amp;", "&")
    given |= {"verdict": "cleared", "why": "another owner", "by": "R. Roe"}
    listed.write_text("name,programme\nZorblaxian Quuxwerk,B\n", encoding="utf-8")
    import_list(str(listed), source_date="2026-07-02", name="HOUSE")
    answer = asked.post("/vendors/decide", data=given)
    assert answer.status_code == 422
    assert "not those that the table was screened against" in answer.text


def test_a_table_of_a_past_day_is_decided_by_the_listings_of_that_day(
    asked: Client, jobs: Jobs, tmp_path: Path
) -> None:
    from detente.parties.screening.importing import import_list

    listed = tmp_path / "house.csv"
    for day, programme in (("2026-07-01", "A"), ("2026-09-01", "B")):
        listed.write_text(f"name,programme\nZorblaxian Quuxwerk,{programme}\n", encoding="utf-8")
        import_list(str(listed), source_date=day, name="HOUSE")
    table = b"Vendor Name\nZorblaxian Quuxwerk\n"
    past, now = sent(asked, jobs, table, on="2026-08-01"), sent(asked, jobs, table)

    def cleared(at: str, why: str) -> None:
        page = asked.get(at).text
        given = dict(re.findall(r'name="(name|country|party|back|seen)" value="([^"]*)"', page))
        given["back"] = given["back"].replace("&amp;", "&")
        given |= {"verdict": "cleared", "why": why, "by": "R. Roe"}
        answer = asked.post("/vendors/decide", data=given)
        assert answer.status_code == 303, answer.text

    def states(at: str) -> str:
        return re.findall(r"(\d to decide[^<]*) true match", asked.get(at).text)[0]

    cleared(past, "another owner then")
    assert states(past) == "0 to decide, 0"
    assert states(now) == "1 to decide (1 lapsed), 0", "B was looked at by nobody"
    cleared(now, "another owner now")
    assert [states(past), states(now)] == ["0 to decide, 0"] * 2, "each by its own clearance"
    page = asked.get("/vendors").text
    assert page.count("Withdraw") == 2, "both count"
    assert "another owner then" in asked.get(f"{past}?show=cleared").text
    assert "another owner now" in asked.get(f"{now}?show=cleared").text


def test_a_decision_leads_to_no_address_of_a_stranger(asked: Client, jobs: Jobs) -> None:
    sent(asked, jobs, TABLE.encode())
    given = {"name": "中芯国际", "country": "CN", "party": "", "verdict": "cleared", "why": "-",
             "by": "R. Roe"}  # fmt: skip
    from detente.parties.masters.decisions import party_of
    from detente.parties.screening.store import Screen

    given["party"] = party_of(Screen(None, "2026-08-01").parties("中芯国际", "CN", 1)[0]).key
    for back in ("https://example.com/", "//example.com", "/jobs/../vendors"):
        answer = asked.post("/vendors/decide", data={**given, "back": back})
        assert answer.headers["location"] == "/vendors#decisions", back


def test_a_decision_is_withdrawn_from_the_page_and_its_row_is_open_again(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, TABLE.encode())
    fields = re.findall(r'name="(name|country|party)" value="([^"]*)"', asked.get(at).text)
    given = dict(fields[:3])
    given |= {"verdict": "cleared", "why": "another owner", "by": "R. Roe"}
    asked.post("/vendors/decide", data=given)
    assert len(rows_of(asked.get(at).text)) == 1
    page = asked.get("/vendors").text
    assert page.count("<summary>Withdraw</summary>") == 1
    form = page[page.index("<summary>Withdraw") :]
    fields = dict(re.findall(r'name="(name|country|party|verdict)" value="([^"]*)"', form))
    asked.post("/vendors/decide", data={**fields, "why": "a slip", "by": "J. Doe"})
    assert len(rows_of(asked.get(at).text)) == 2
    page = asked.get("/vendors").text
    assert "<summary>Withdraw</summary>" not in page
    assert page.count("no longer counts") == 1


def test_rows_that_could_not_be_screened_are_named(asked: Client, jobs: Jobs) -> None:
    at = sent(asked, jobs, b"Vendor Name,Country\nAcme Widgets,US\n,CN\n???,CN\n")
    described = asked.get(f"{at}?format=json").json()["summary"]["unresolved"]
    assert [(each["row"], each["name"]) for each in described] == [(3, ""), (4, "???")]
    assert "Row 4, <b>???</b>" in asked.get(at).text


def test_a_row_says_what_follows_where_its_list_states_no_licence(
    asked: Client, jobs: Jobs
) -> None:
    page = asked.get(sent(asked, jobs, b"name\nPeridot Shipping and Trading LLC\n")).text
    assert "SDN: <b>prohibited</b>. Exports from the United States to a blocked person" in page


@pytest.mark.parametrize(
    ("day", "is_told"), [("2026-11-10", False), ("2026-12-01", True), ("2027-01-11", False)]
)
def test_a_row_says_how_its_party_stands_by_what_was_only_announced(
    asked: Client, jobs: Jobs, day: str, is_told: bool
) -> None:
    page = asked.get(sent(asked, jobs, b"name\nSkydio Inc.\n", on=day)).text
    told = "CN-UEL, <b>by what was announced suspended through 2027-01-10</b>"
    assert (told in page) is is_told


def test_page_and_file_read_what_follows_alike(asked: Client, jobs: Jobs) -> None:
    at = sent(asked, jobs, "name\nSMIC\n中芯国际\n".encode(), on="2021-06-04")
    (row, _) = csv.DictReader(StringIO(asked.get(f"{at}/files/screened.csv").text))
    clauses = dict(each.split(": ", 1) for each in row["follows"].split("; "))
    assert clauses["EL"] == "licence"
    page = asked.get(at).text
    assert "EL: <b>licence needed</b>." in page
    assert "case by case" not in page, "the policy of a later day"
    assert clauses["NDAA-5949"] == "not yet listed"
    assert "NDAA-5949, <b>not yet listed</b>." in page
    # Section 1260H said nothing of contracts yet on that day.
    assert clauses["1260H"].startswith("what follows is not held")
    assert "what follows is not held; read the list" in page


def test_a_decision_of_the_page_that_counts_for_no_row_is_refused_with_the_rows(
    asked: Client, jobs: Jobs
) -> None:
    table = "Vendor Name,Country\nPeridot Shipping Lines Limited,CN\n"
    kept = sent(asked, jobs, table.encode(), keep="yes")
    beside = sent(asked, jobs, table.replace("CN", "VN").encode())
    (near,) = asked.get(f"{kept}?format=json").json()["summary"]["shown"]
    given = {"name": near["name"], "country": "VN", "party": near["party"],
             "verdict": "cleared", "why": "another owner", "by": "R. Roe"}  # fmt: skip
    answer = asked.post("/vendors/decide", data=given)
    assert answer.status_code == 422
    assert "row 2 of v.csv (CN)" in answer.text
    # The row of a table that is not kept, as its page sends it, is known to be there.
    assert asked.post("/vendors/decide", data={**given, "back": beside}).status_code == 303
    assert "1 cleared" in asked.get(f"{beside}?show=all").text


def test_a_row_to_which_a_party_came_is_marked_new_and_reached_from_the_changes(
    asked: Client, jobs: Jobs
) -> None:
    from detente.parties.masters.stored import Masters

    sent(asked, jobs, TABLE.encode(), keep="yes")
    (kept,) = Masters().all()
    # As if the party of row 3 had not been listed when the table was screened first, and one of
    # row 2 had been.
    before = {at: parties for at, parties in kept.parties.items() if at != "1"}
    before["0"] = ["SDN-0 ACME"]
    Masters()._write(kept._replace(parties=before, entries={}, read=None))
    at = asked.post(f"/vendors/{kept.id}/again").headers["location"]
    jobs.wait(120)
    page = asked.get(at).text
    assert page.count('<span class="state live">new</span>') == 1
    ((link, row),) = re.findall(r'<a href="([^"]*)">Row (\d+)</a>', page)
    assert row == "3"
    assert "Row 2, <b>Acme Widgets</b>: gone:" in page
    assert rows_of(asked.get(link.replace("&amp;", "&")).text) == [3]
