"""What the page of an audited table shows: what differs first, and how much more there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.audit import job
from detente.store.jobs.budget import Budget
from detente.store.jobs.shelf import Jobs
from detente.store.jobs.work import Work, do

# Toys on 1 August 2026 owe 12.5% of $1,000.
TABLE = """id,code,origin,on,value,declared_amount
right,9503.00.00.73,CN,2026-08-01,1000,125.00
none,nothing,CN,2026-08-01,1000,125.00
much,9503.00.00.73,CN,2026-08-01,1000,130.00
"""
ASKED = {"encoding": "", "known_on": "", "percent": "", "dates": ""}


@pytest.mark.parametrize(("shown", "listed", "more"), [(40, ["none", "much"], 0), (1, ["none"], 1)])
def test_entries_that_agree_are_left_out_and_those_beyond_what_is_shown_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: int, listed: list[str], more: int
) -> None:
    monkeypatch.setattr(job, "SHOWN", shown)
    jobs = Jobs({"audit": "detente.audit.job:audit_table"}, tmp_path)
    made = jobs.submit("audit", "entries.csv", ASKED, TABLE.encode())
    do(Work(tmp_path / made.id, Budget()), job.audit_table)
    found = jobs.summary(made.id)
    assert [each["id"] for each in found["entries"]] == listed
    assert found["more"] == more
    assert found["entries"][0]["status"] == "unresolved"


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_page_shows_forty_entries_and_forty_claims(beyond: int) -> None:
    keys = ("code", "on", "declared", "owed", "difference", "refundable", "why")
    row = {**dict.fromkeys(keys, ""), "status": "over", "reasons": ["x"], "refund": {"text": "c"}}
    fine = {**row, "id": "fine", "status": "agrees", "reasons": [], "refund": None}
    rows = [fine, *({**row, "id": str(at)} for at in range(40 + beyond)), fine]
    answer: Any = {"rows": rows, "totals": {}, "basis": "b", "warnings": []}
    found = job._in_short(answer)
    assert [each["id"] for each in found["entries"]] == [str(at) for at in range(40)]
    assert found["more"] == beyond
    assert len(found["claims"]) == 40
    # What agrees in full has still something to say where a heading is not right, or is to claim.
    for said in ({"reasons": ["heading"]}, {"refund": {"text": "c"}}, {"status": "over"}):
        short = job._in_short({**answer, "rows": [{**fine, **said}, fine]})
        assert len(short["entries"]) == 1
