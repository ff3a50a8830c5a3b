from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from detente.store.jobs import runner
from detente.store.jobs.budget import Budget, OverBudgetError
from detente.store.jobs.shelf import Jobs
from detente.store.jobs.state import DONE, FAILED, QUEUED, REFUSED, RUNNING, Job, JobGoneError

KINDS = {
    name: f"tests.store.working:{name}"
    for name in ("count_lines", "sleep", "work_alone", "refuse", "break_down", "hoard")
}
LINES = b"a\nb\nc\nd\ne\nf\ng\n"
ENOUGH = 30.0

Make = Callable[..., Jobs]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made = []

    def opened(budget: Budget = Budget(), **more: object) -> Jobs:  # noqa: B008
        made.append(Jobs(KINDS, tmp_path / "jobs", budget, **more))  # type: ignore[arg-type]
        return made[-1]

    yield opened
    for each in made:
        each.close()


def counted(jobs: Jobs, marks: Path, **options: str) -> Job:
    marks.mkdir(exist_ok=True)
    return jobs.submit("count_lines", "lines.CSV", {"marks": str(marks), **options}, LINES)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + ENOUGH
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_job_tells_its_progress_and_gives_its_results(make: Make, tmp_path: Path) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    assert (job.state, job.name, job.source) == (QUEUED, "lines.CSV", "source.csv")
    jobs.wait(ENOUGH)
    job = jobs.get(job.id)
    assert (job.state, job.done, job.total, job.attempts) == (DONE, 4, 4, 1)
    assert jobs.summary(job.id) == {"lines": 7}
    assert jobs.files(job.id) == [("count.txt", 1)]
    assert jobs.file(job.id, "count.txt") == b"7"


def test_jobs_are_done_in_the_order_in_which_they_came(make: Make, tmp_path: Path) -> None:
    jobs = make()
    ids = [counted(jobs, tmp_path / "marks").id for _ in range(3)]
    jobs.wait(ENOUGH)
    ended = [jobs.get(each).ended for each in ids]
    assert ended == sorted(ended)
    assert len(set(ended)) == 3


def test_a_job_whose_runner_was_killed_goes_on_after_its_last_finished_part(
    make: Make, tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    jobs = make()
    job = counted(jobs, marks, die="2")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == DONE
    assert jobs.get(job.id).attempts == 2
    # Parts 0 and 1 were made once; part 2, which killed the runner, twice; then part 3.
    made = sorted(int(each.name.partition("-")[0]) for each in marks.iterdir())
    assert made == [0, 1, 2, 2, 3]


def test_a_job_goes_on_when_the_server_stops_and_starts_again(make: Make, tmp_path: Path) -> None:
    first = make()
    job = first.submit("sleep", "a.csv", {}, b"x")
    first.run_waiting()
    until(lambda: first.get(job.id).done > 1)
    first.close()
    stopped = first.get(job.id)
    assert (stopped.state, stopped.attempts) == (QUEUED, 0)
    second = make()
    second.run_waiting()
    until(lambda: second.get(job.id).state == RUNNING)


def test_a_job_that_kills_its_process_fails_and_says_so(make: Make, tmp_path: Path) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks", die="1", loudly="yes")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == FAILED
    assert "ended unexpectedly (1)" in jobs.get(job.id).message


def test_what_is_wrong_with_a_file_is_told_under_the_name_that_it_had(make: Make) -> None:
    jobs = make()
    job = jobs.submit("refuse", "C:\\goods\\May.csv", {}, b"x")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == REFUSED
    assert jobs.get(job.id).message == "May.csv, line 3: no code: write one"


def test_a_fault_of_ours_is_not_told_to_be_the_senders(
    make: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    jobs = make()
    job = jobs.submit("break_down", "a.csv", {}, b"x")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == FAILED
    assert "ours" not in jobs.get(job.id).message.partition("fault of")[0]
    assert "KeyError: 'ours'" in capfd.readouterr().err


def test_a_job_that_takes_too_long_is_stopped(make: Make) -> None:
    jobs = make(Budget(seconds=1))
    job = jobs.submit("sleep", "a.csv", {}, b"x")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == FAILED
    assert jobs.get(job.id).message == "It took longer than 1 seconds; send it in parts."


def test_a_job_that_wants_too_much_memory_is_refused(make: Make) -> None:
    jobs = make(Budget(memory=2**31))
    job = jobs.submit("hoard", "a.csv", {}, b"x")
    jobs.wait(ENOUGH)
    assert jobs.get(job.id).state == REFUSED
    assert "memory" in jobs.get(job.id).message


def test_a_job_is_removed_on_request_with_all_that_was_sent(make: Make) -> None:
    jobs = make()
    job = jobs.submit("sleep", "a.csv", {}, b"secret")
    jobs.run_waiting()
    until(lambda: jobs.get(job.id).state == RUNNING)
    jobs.remove(job.id)
    with pytest.raises(JobGoneError):
        jobs.get(job.id)
    left = [each for each in jobs.folder.rglob("*") if each.is_file() and each.name != ".lock"]
    assert left == []
    with pytest.raises(JobGoneError):
        jobs.remove(job.id)


def test_work_that_is_alone_has_no_thread_beside_it(make: Make) -> None:
    jobs = make()
    job = jobs.submit("work_alone", "a.csv", {}, b"a")
    jobs.wait(ENOUGH)
    assert jobs.summary(job.id) == {"threads": [2, 1, 2]}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc on this system")
def test_a_job_that_is_removed_ends_while_it_is_alone_too(make: Make) -> None:
    jobs = make()
    job = jobs.submit("work_alone", "a.csv", {"tenths": "600"}, b"a")
    jobs.run_waiting()
    until(lambda: jobs.get(job.id).doing.isdigit())
    process = Path("/proc", jobs.get(job.id).doing)
    assert process.exists()
    jobs.remove(job.id)
    until(lambda: not process.exists())


def test_a_job_is_removed_by_itself_when_its_time_is_over(make: Make, tmp_path: Path) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    jobs.wait(ENOUGH)
    ended = jobs.get(job.id).ended
    early = make(clock=lambda: ended + 24 * 3600 - 1)
    assert early.sweep() == 0
    late = make(clock=lambda: ended + 24 * 3600)
    assert late.sweep() == 1
    assert late.all() == []


def test_a_server_that_starts_removes_what_is_over_and_goes_on_with_what_waits(
    make: Make, tmp_path: Path
) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    jobs.wait(ENOUGH)
    over = jobs.get(job.id).ended + 24 * 3600
    waits = counted(jobs, tmp_path / "marks")
    jobs.close()
    later = make(clock=lambda: over)
    later.start()
    until(lambda: job.id not in {each.id for each in later.all()})
    until(lambda: later.get(waits.id).state == DONE)


def test_the_folder_of_jobs_is_for_the_eyes_of_its_owner(make: Make, tmp_path: Path) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    assert jobs.folder.stat().st_mode & 0o077 == 0
    assert (jobs.folder / job.id).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("word", ["", "..", "../x", "A" * 32, "0" * 31])
def test_what_is_no_id_names_no_job(make: Make, word: str) -> None:
    jobs = make()
    with pytest.raises(JobGoneError):
        jobs.get(word)
    with pytest.raises(JobGoneError):
        jobs.remove(word)


def test_a_result_is_had_under_its_own_name_alone(make: Make, tmp_path: Path) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    jobs.wait(ENOUGH)
    with pytest.raises(JobGoneError):
        jobs.file(job.id, "../state.json")


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(make: Make) -> None:
    jobs = make(Budget(bytes=10))
    with pytest.raises(OverBudgetError, match="11 bytes"):
        jobs.submit("sleep", "a.csv", {}, b"x" * 11)
    assert jobs.all() == []


def test_an_archive_that_unpacks_to_too_much_is_refused_whatever_it_says_of_itself(
    make: Make,
) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet1.xml", b"0" * 2_000_000)
    body = packed.getvalue()
    assert len(body) < 10_000
    jobs = make(Budget(expanded=1_000_000))
    with pytest.raises(OverBudgetError, match="unpacks to more than 1,000,000 bytes"):
        jobs.submit("sleep", "a.xlsx", {}, body)
    assert list(jobs.folder.iterdir()) == []
    make(Budget(expanded=2_000_000)).submit("sleep", "a.xlsx", {}, body)


def test_an_archive_with_a_password_is_refused_with_what_to_do(make: Make) -> None:
    with pytest.raises(OverBudgetError, match="cannot be unpacked"):
        make().submit("sleep", "a.xlsx", {}, b"PK\x03\x04 broken")


def test_more_jobs_than_may_wait_are_refused(make: Make) -> None:
    jobs = make(Budget(waiting=2))
    for _ in range(2):
        jobs.submit("sleep", "a.csv", {}, b"x")
    with pytest.raises(OverBudgetError, match="2 jobs are waiting already"):
        jobs.submit("sleep", "a.csv", {}, b"x")


def test_more_bytes_than_all_jobs_may_keep_are_refused(make: Make) -> None:
    jobs = make(Budget(stored=2000))
    jobs.submit("sleep", "a.csv", {}, b"x" * 1500)
    with pytest.raises(OverBudgetError, match="no room is left"):
        jobs.submit("sleep", "a.csv", {}, b"x" * 1500)


def test_a_table_with_too_many_rows_or_cells_is_refused() -> None:
    budget = Budget(rows=100, cells=500)
    budget.check_rows(100, 5)
    with pytest.raises(OverBudgetError, match="101 rows"):
        budget.check_rows(101, 1)
    with pytest.raises(OverBudgetError, match="500 cells"):
        budget.check_rows(100, 6)


def test_a_clock_that_is_set_anew_ends_no_job(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = make()
    job = counted(jobs, tmp_path / "marks")
    days = iter(range(10_000))
    monkeypatch.setattr(runner.time, "time", lambda: next(days) * 86_400.0)
    runner.Runner(jobs, KINDS).work_through()
    monkeypatch.undo()
    assert jobs.get(job.id).state == DONE, jobs.get(job.id).message
