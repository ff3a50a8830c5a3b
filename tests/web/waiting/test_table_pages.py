"""Pages of tables, panels, lists, trees and records: what they take, and what they refuse."""

from __future__ import annotations

import csv
import io

import pytest

from detente.store.jobs.shelf import Jobs
from tests.served import Client

ENTRIES = (
    "code,origin,on,value\n8507.60.00.10,CN,12-Nov-2025,10000\n8507.60.00.10,CN,03/04/2026,1\n"
)
TREE = "/trees?code=8507.60.00.10&origin=CN&at=2026-11-10&arrive=2026-11-01;2026-12-01"


def test_every_row_of_a_table_comes_back_and_a_day_that_may_be_two_says_so(
    asked: Client, jobs: Jobs
) -> None:
    answer = asked.post("/batch", files={"file": ("in.csv", ENTRIES.encode())},
                        data={"kind": ".csv", "facts": "auto_part=false"})  # fmt: skip
    assert answer.status_code == 303, answer.text
    jobs.wait(120)
    described = asked.get(f"{answer.headers['location']}?format=json").json()
    assert described["summary"]["statuses"] == {"ok": 1, "unresolved": 1}, described["message"]
    rows = list(csv.DictReader(io.StringIO(asked.get(described["files"][0]["url"]).text)))
    assert rows[0]["total_amount"] == "4840.00"
    assert rows[1]["reason"].startswith("'03/04/2026' is 2026-03-04 or 2026-04-03")
    assert "1 unresolved" in asked.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("here", "sent", "stated"),
    [
        ("/batch", {"encoding": "klingon"}, "klingon"),
        ("/batch", {"facts": "autopart=true"}, "auto_part"),
        ("/batch", {"dates": "year-first"}, "month-first, day-first"),
        ("/batch", {"kind": ".pdf"}, ".xlsx, .csv, .parquet"),
        ("/audit", {"known_on": "soon"}, "not a day of the calendar"),
    ],
)
def test_what_cannot_be_understood_is_refused_before_it_waits(
    asked: Client, here: str, sent: dict[str, str], stated: str
) -> None:
    answer = asked.post(here, files={"file": ("in.csv", ENTRIES.encode())}, data=sent)
    assert answer.status_code == 422
    assert stated in answer.text


@pytest.mark.parametrize(
    ("sent", "stated"),
    [
        ({"origins": "CN", "from": "2025-11-12", "to": "2025-11-12"}, "a first day and one after"),
        ({"origins": "all", "from": "2025-11-12", "to": "2025-11-13"}, "origins are asked for"),
        ({"origins": "Atlantis", "from": "2025-11-12", "to": "2025-11-13"}, "Atlantis"),
    ],
)
def test_a_panel_that_cannot_be_made_is_refused(
    asked: Client, sent: dict[str, str], stated: str
) -> None:
    answer = asked.post("/panel", data=sent)
    assert answer.status_code == 422
    assert stated in answer.text


def test_a_tree_gives_what_the_command_gives(client: Client) -> None:
    odds = "&p.law=60%25&p.threat-100=40%25&value=10000"
    described = client.get(f"{TREE}{odds}&format=json").json()
    before, after = described["distribution"]
    # 40.9% on 1 November; from the day on which the ways part, 40% of 100 points more are expected.
    assert before["expected"] == "4090.00"
    assert after["expected"] == "8090.00"
    page = client.get(f"{TREE}{odds}").text
    assert "$8090.00" in page
    assert client.get(f"{TREE}{odds}&format=csv").text.startswith("arrive,expected")
    assert client.get(f"{TREE}{odds}&format=svg").text.startswith("<svg")


@pytest.mark.parametrize(
    ("odds", "stated"),
    [
        ("", "No branch has a probability"),
        ("&p.law=60%25", "add up to 60%"),
        ("&p.law=much", "such as 60%, 0.6 or 3/5"),
    ],
)
def test_probabilities_that_are_none_are_refused_without_the_lines_of_a_file(
    client: Client, odds: str, stated: str
) -> None:
    answer = client.get(f"{TREE}{odds}")
    assert answer.status_code == 422
    assert stated in answer.text
    assert "tree.yaml" not in answer.text


def test_lists_are_refused_days_in_the_wrong_order_and_other_files_than_records(
    client: Client,
) -> None:
    answer = client.get("/lists?from=2026-07-01&to_date=2026-06-01")
    assert answer.status_code == 422
    assert "Name the earlier day first" in answer.text
    sent = client.post("/ledger", files={"file": ("a.md", b"# Not a memo\n")})
    assert sent.status_code == 422
    assert "Send a memo" in sent.text


def test_a_memo_is_checked_and_a_word_that_was_changed_is_found(client: Client) -> None:
    asked = "/assess?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000"
    memo = client.get(f"{asked}&format=md").text
    for text, outcome in ((memo, "holds"), (memo.replace("48.4%", "38.4%", 1), "changed")):
        page = client.post("/ledger", files={"file": ("m.md", text.encode())}).text
        assert f'data-outcome="{outcome}"' in page


def test_what_was_promised_and_what_came_of_it_stand_on_the_page_of_a_commitment(
    client: Client,
) -> None:
    page = client.get("/measures/cn-commitment-soybeans").text
    assert "12 million tonnes" in page
    assert "8.5 to 10 million tonnes booked" in page
