"""The page of a vendor master: taken, screened in the background, decided, screened again."""

from __future__ import annotations

import re
from io import BytesIO

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
    assert '<span class="mark">cleared</span>' in asked.get(location).text
    assert "another owner" in asked.get("/vendors?format=csv").text


def test_a_table_without_a_column_of_names_is_refused_with_what_stands_there(
    asked: Client, jobs: Jobs
) -> None:
    at = sent(asked, jobs, b"a,b\n1,2\n")
    assert "No column that is known to hold names, but a, b" in asked.get(at).text


def test_a_decision_without_a_reason_is_refused(asked: Client) -> None:
    answer = asked.post("/vendors/decide", data={"name": "Huawei", "party": "EL-00000000",
                                                 "verdict": "cleared"})  # fmt: skip
    assert answer.status_code == 422
    assert "does not come close" in answer.text
