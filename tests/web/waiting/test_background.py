"""The page of a job, for a kind of work that the tests bring along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.api.limits import limits_of
from detente.api.service import Service
from detente.store.jobs.budget import Budget
from detente.store.jobs.shelf import Jobs
from detente.web.frame.words import of_form
from detente.web.waiting import background
from detente.web.waiting.background import WorkKind, open_jobs
from tests.served import Client, client_of

WORK = "tests.store.working"
KINDS = {
    "sleep": WorkKind(f"{WORK}:sleep", "Sleep", "/screen", "job_removed.html"),
    "refuse": WorkKind(f"{WORK}:refuse", "Refuse", "/screen", "job_removed.html"),
}


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    made = Jobs({name: kind.run for name, kind in KINDS.items()}, tmp_path, Budget(bytes=1000))
    yield made
    made.close()


@pytest.fixture
def asked(service: Service, jobs: Jobs) -> Iterator[Client]:
    with client_of(service, jobs=jobs, kinds=KINDS) as client:
        yield client


def test_the_page_of_a_job_looks_again_by_itself_until_the_end(asked: Client, jobs: Jobs) -> None:
    job = jobs.submit("sleep", "May <b>.csv", {}, b"x")
    page = asked.get(f"/jobs/{job.id}")
    assert page.status_code == 200
    assert '<meta http-equiv="refresh" content="2">' in page.text
    assert "May &lt;b&gt;.csv" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_the_page_of_a_refused_job_says_why_and_does_not_look_again(
    asked: Client, jobs: Jobs
) -> None:
    job = jobs.submit("refuse", "May.csv", {}, b"x")
    jobs.wait(30)
    page = asked.get(f"/jobs/{job.id}")
    assert "May.csv, line 3: no code: write one." in page.text
    assert "refresh" not in page.text
    described = asked.get(f"/jobs/{job.id}?format=json").json()
    assert (described["state"], described["files"], described["summary"]) == ("refused", [], None)


def test_a_job_is_removed_from_its_page(asked: Client, jobs: Jobs) -> None:
    job = jobs.submit("sleep", "a.csv", {}, b"x")
    asked.get(f"/jobs/{job.id}")
    assert asked.post(f"/jobs/{job.id}/remove").status_code == 200
    assert jobs.all() == []
    assert asked.get(f"/jobs/{job.id}").status_code == 404
    assert asked.post(f"/jobs/{job.id}/remove").status_code == 404


def test_another_site_cannot_remove_a_job(asked: Client, jobs: Jobs) -> None:
    job = jobs.submit("sleep", "a.csv", {}, b"x")
    other = {"sec-fetch-site": "cross-site"}
    assert asked.post(f"/jobs/{job.id}/remove", headers=other).status_code == 403
    assert jobs.get(job.id)


@pytest.mark.parametrize("path", ["/jobs/x", f"/jobs/{'0' * 32}", f"/jobs/{'0' * 32}/files/a.csv"])
def test_what_is_no_job_is_not_found(asked: Client, path: str) -> None:
    assert asked.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["audit", "batch", "check", "vendors"])
def test_work_of_every_kind_ends_when_its_time_is_over(
    kind: str, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    # No process begins in so little time, so every table is too slow for it.
    budget = Budget(seconds=0.05)
    runs = {name: each.run for name, each in background.KINDS.items()}
    jobs = Jobs(runs, tmp_path / "jobs", budget)
    table = (
        b"entry,code,origin,on,value,declared_amount,supplier\n1,9503000073,CN,2025-11-12,9,0,A\n"
    )
    try:
        with client_of(service, jobs=jobs) as asked:
            at = asked.post(f"/{kind}", files={"file": ("t.csv", table)}).headers["location"]
            jobs.wait(60)
            found = asked.get(f"{at}?format=json").json()
            assert (found["state"], found["files"], found["summary"]) == ("failed", [], None)
            assert found["message"] == "It took longer than 0.05 seconds; send it in parts."
            assert "It took longer" in asked.get(at).text
    finally:
        jobs.close()


def test_limits_of_background_work_are_settings_of_the_server(tmp_path: Path) -> None:
    limits = limits_of(["job_rows=5", "job_seconds=2.5", "job_memory=7", "job_expanded=9"])
    budget = open_jobs(limits).budget
    assert (budget.rows, budget.seconds, budget.memory, budget.expanded) == (5, 2.5, 7, 9)


def test_a_page_says_what_is_wrong_by_its_fields_and_keeps_the_name_of_the_file() -> None:
    assert [of_form(text, "a --sheet.csv") for text in (
        "a --sheet.csv: only a workbook has sheets; leave --sheet out",
        "line 1: this is not UTF-8; name the file's encoding with --encoding, such as GB18030",
        "say which does not, with --column 'Supplier=-'",
        "nothing--wrong",
    )] == [
        "a --sheet.csv: only a workbook has sheets; leave sheet out",
        "line 1: this is not UTF-8; name the file's encoding in the form, such as GB18030",
        "say which does not, in the form: 'Supplier=-'",
        "nothing--wrong",
    ]  # fmt: skip
