"""The page for a file of one's own: taken, looked over in the background, taken away."""

from __future__ import annotations

import pytest

from detente.store.jobs.shelf import Jobs
from tests.served import Client

TABLE = "HTS Code,COO,Customs Value,Vendor\n8507.60.00.10,CN,10000,Huawei Technologies\n"


def test_a_file_is_looked_over_and_its_reports_can_be_taken_away(asked: Client, jobs: Jobs) -> None:
    answer = asked.post("/check", files={"file": ("skus.csv", TABLE.encode())},
                        data={"on": "2025-11-12", "origins": "VN"})  # fmt: skip
    assert answer.status_code == 303, answer.text
    jobs.wait(180)
    described = asked.get(f"{answer.headers['location']}?format=json").json()
    assert described["state"] == "done", described["message"]
    assert described["summary"]["goods"]["origins"] == ["VN"]
    names = [each["name"] for each in described["files"]]
    assert sorted(names) == ["report.md", "report.xlsx", "rows.csv"]
    page = asked.get(answer.headers["location"]).text
    assert "HTS Code</b> as code" in page
    assert "Huawei Technologies" in page


def test_the_page_says_why_rows_and_names_are_not_settled(asked: Client, jobs: Jobs) -> None:
    table = f"{TABLE}9608.10.00.00,CN,10,Acme Pens\n"
    answer = asked.post("/check", files={"file": ("skus.csv", table.encode())},
                        data={"on": "2025-11-12", "origins": "VN"})  # fmt: skip
    jobs.wait(180)
    page = " ".join(asked.get(answer.headers["location"]).text.split())
    assert "1 row not settled: 0.8¢ each + 5.4%: 0.8¢ each needs the quantity" in page
    assert "1 name not settled: SDN, DPL," in page


@pytest.mark.parametrize(
    ("field", "text"),
    [("column", "Prod=coed"), ("encoding", "klingon"), ("origins", "VMN"), ("ahead", "soon")],
)
def test_what_cannot_be_understood_is_refused_before_it_waits(
    asked: Client, field: str, text: str
) -> None:
    answer = asked.post("/check", files={"file": ("skus.csv", TABLE.encode())}, data={field: text})
    assert answer.status_code == 422
    assert text.partition("=")[2] in answer.text


def test_a_file_that_cannot_be_read_says_what_to_do(asked: Client, jobs: Jobs) -> None:
    answer = asked.post("/check", files={"file": ("x.csv", b"Remarks\nnone\n")})
    jobs.wait(60)
    page = asked.get(answer.headers["location"]).text
    assert "No column with tariff codes" in page
