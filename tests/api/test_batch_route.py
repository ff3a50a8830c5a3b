"""``/v1/batch``: a table in, the same table answered out."""

from __future__ import annotations

import csv
import io
import json

import pytest

from detente.api.guard import Limits
from tests.entries import random_entries
from tests.served import Client, client_of, make_service

CSV = {"content-type": "text/csv; charset=utf-8"}
LINES = {"content-type": "application/x-ndjson"}
HEAD = "id,code,origin,on,value\n"
ROW = "a,8507.60.00.10,CN,2025-11-12,10000\n"


def test_a_table_comes_back_with_as_many_rows_in_the_same_order(client: Client) -> None:
    body = HEAD + ROW + "b,nothing,CN,2025-11-12,1\n" + "c,8507.60.00.10,CN,2025-11-09,10000\n"
    response = client.post("/v1/batch", content=body, headers=CSV)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [row["status"] for row in rows] == ["open", "unresolved", "open"]
    # 9 November 2025: 3.4 + 25 + 20 + 10; on the 10th the 20 became 10.
    assert [row["total_amount"] for row in rows] == ["4840.00", "", "5840.00"]


def test_lines_of_json_come_back_as_lines_of_json(client: Client) -> None:
    rows = [
        {"id": 1, "code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": 10000},
        {"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "fact.auto_part": True},
    ]
    body = "".join(json.dumps(row) + "\n" for row in rows)
    response = client.post("/v1/batch", content=body, headers=LINES)
    assert response.headers["content-type"].startswith("application/x-ndjson")
    first, second = [json.loads(line) for line in response.text.splitlines()]
    assert (first["id"], first["total_amount"]) == ("1", "4840.00")
    # As a vehicle part 25% takes the place of the 10% reciprocal duty: 48.4 - 10 + 25 = 63.4.
    assert (second["fact.auto_part"], second["total_ad_valorem"]) == ("true", "0.634")


def test_facts_of_the_query_hold_for_rows_that_say_nothing(client: Client) -> None:
    body = "code,origin,on,fact.auto_part\n8507.60.00.10,CN,2025-11-12,\n"
    body += "8507.60.00.10,CN,2025-11-12,false\n"
    response = client.post("/v1/batch?fact=auto_part=true", content=body, headers=CSV)
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["total_ad_valorem"] for row in rows] == ["0.634", "0.484"]


def test_more_rows_than_one_piece_all_come_back(client: Client) -> None:
    body = HEAD + "".join(f"{number},x,CN,2025-11-12,1\n" for number in range(50))
    response = client.post("/v1/batch", content=body, headers=CSV)
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["id"] for row in rows] == [str(number) for number in range(50)]


@pytest.mark.parametrize("kind", [CSV, LINES])
def test_many_rows_are_answered_together_as_they_are_one_by_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: dict[str, str]
) -> None:
    rows = random_entries(200, seed=6, with_facts=0.3).to_dicts()
    rows += [{"code": code, "origin": "CN", "on": "2025-11-12"} for code in ("x", "85", "")]
    if kind == CSV:
        columns = list(rows[0])
        file = io.StringIO()
        csv.DictWriter(file, columns, restval="").writeheader()
        csv.DictWriter(file, columns, restval="").writerows(rows)
        body = file.getvalue()
    else:
        body = "".join(json.dumps(row) + "\n" for row in rows)
    one_by_one = client.post("/v1/batch?fact=donation=false", content=body, headers=kind).text
    monkeypatch.setattr("detente.api.rows.MANY", 100)
    monkeypatch.setattr("detente.api.rows.MANY_PIECE", 70)
    together = client.post("/v1/batch?fact=donation=false", content=body, headers=kind).text
    assert together == one_by_one
    assert len(together.splitlines()) >= len(rows)


@pytest.mark.parametrize("fact", ["nope=1", "auto_part=perhaps"])
def test_a_fact_of_every_row_that_cannot_be_read_is_refused(client: Client, fact: str) -> None:
    response = client.post(f"/v1/batch?fact={fact}", content=HEAD + ROW, headers=CSV)
    assert response.status_code == 422
    assert response.json()["error"]["where"] == f"fact {fact.partition('=')[0]}"


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_text(client: Client) -> None:
    body = HEAD + '"=HYPERLINK(""x"")",8507.60.00.10,CN,2025-11-12,1\n'
    response = client.post("/v1/batch", content=body, headers=CSV)
    assert next(csv.DictReader(io.StringIO(response.text)))["id"].startswith("'=")


@pytest.mark.parametrize(
    ("body", "headers", "status", "where"),
    [
        (HEAD + ROW, {"content-type": "application/pdf"}, 415, "body"),
        (HEAD + ROW, {}, 415, "body"),
        ("code,on\n", CSV, 422, ""),
        (HEAD + "a,b\n", CSV, 422, "line 2"),
        (HEAD + ROW + '"open\n', CSV, 422, "line 3"),
        (b"\xff\xfe", CSV, 422, "body"),
        ('{"code": "1", "origin": "CN", "on": "x"}\n{"code": }\n', LINES, 422, "line 2"),
        ('["code"]\n', LINES, 422, "line 1"),
        ('{"code": "1", "origin": "CN", "on": {}}\n', LINES, 422, "line 1"),
        ('{"code": "1"}\n', LINES, 422, ""),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_before_a_row_is_answered(
    client: Client, body: str | bytes, headers: dict[str, str], status: int, where: str
) -> None:
    response = client.post("/v1/batch", content=body, headers=headers)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["where"] == where
    assert error["do"]


def test_an_unknown_parameter_is_refused(client: Client) -> None:
    response = client.post("/v1/batch?facts=a=b", content=HEAD + ROW, headers=CSV)
    assert response.status_code == 422
    assert "fact" in response.json()["error"]["do"]


def test_a_body_above_the_limit_is_refused_whether_or_not_its_length_was_told() -> None:
    with client_of(make_service(), limits=Limits(body=200)) as small:
        body = (HEAD + ROW * 10).encode()
        described = small.post("/v1/batch", content=body, headers=CSV)
        pieces = small.post("/v1/batch", content=iter([body[:100], body[100:]]), headers=CSV)
        fits = small.post("/v1/batch", content=HEAD + ROW, headers=CSV)
    assert (described.status_code, pieces.status_code, fits.status_code) == (413, 413, 200)
    assert "detente batch" in described.json()["error"]["do"]
