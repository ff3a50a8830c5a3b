"""Lists that hold on past the day of their file, since somebody looked and found nothing else."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.core.tables.tsv import read_tsv
from detente.core.vocabulary import UnknownWordError
from detente.parties.screening import updating
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.importing import import_list, remove_list
from detente.parties.screening.list_coverage import CLEAR, PART
from detente.parties.screening.store import Screen
from detente.parties.screening.updating import UpdateRequest, confirm, from_folder, unconfirm

LISTS = list(read_tsv(Path(__file__).parents[3] / "data" / "parties" / "lists.tsv"))
US = [row["list"] for row in LISTS if row["by"] == "US" and row["rests"] == "yes"]
OTHERS = [row["list"] for row in LISTS if row["by"] != "US" and row["rests"] == "yes"]
OF_DAY, TODAY, TOMORROW = "2026-09-01", "2026-09-10", "2026-09-11"
ANNOUNCED = "the announcements on mofcom.gov.cn"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


def file_of(folder: Path, codes: list[str], day: str = OF_DAY) -> Path:
    """A Consolidated Screening List with something on each of some lists."""
    folder.mkdir(exist_ok=True)
    results = [
        {"name": f"Nobody of {code}", "source": f"A list ({code}) - Bureau"} for code in codes
    ]
    path = folder / "consolidated.json"
    path.write_text(json.dumps({"search_performed_at": day, "results": results}))
    return path


def status(day: str) -> tuple[str, str]:
    (result,) = answer_screen(Screen(day), ["Acme Bakery"])["results"]
    return result["status"], result["reason"] or ""


def through(code: str, day: str) -> tuple[str | None, str, str]:
    rows = {row["what"]: row for row in answer_screen(Screen(day), ["Acme Bakery"])["coverage"]}
    return rows[code]["through"], rows[code]["state"], rows[code]["scope"]


def test_a_name_is_clear_of_today_where_each_list_was_read_or_compared(tmp_path: Path) -> None:
    import_list(str(file_of(tmp_path / "in", US)), fewer=True)
    assert status(TODAY)[0] == PART
    assert all(code in status(TODAY)[1] for code in OTHERS)
    confirm(OTHERS, TODAY, "J. Doe", ANNOUNCED, TODAY)
    assert status(TODAY)[0] == PART, "the file of the United States is of an earlier day"
    assert not any(code in status(TODAY)[1] for code in OTHERS)
    confirm(US, TODAY, "J. Doe", "trade.gov", TODAY)
    assert status(TODAY) == (CLEAR, "")
    assert status(OF_DAY)[0] == CLEAR, "the days between are settled too"
    assert status(TOMORROW)[0] == PART
    reached, state, scope = through(OTHERS[0], TODAY)
    assert (reached, state) == (TODAY, "read")
    assert f"by J. Doe, against {ANNOUNCED}" in scope, "the answer says on what it rests"


def test_what_was_compared_is_taken_back(tmp_path: Path) -> None:
    code = OTHERS[0]
    before = through(code, TODAY)
    (kept,) = confirm([code.lower()], TODAY, "J. Doe", ANNOUNCED, TODAY)
    assert (kept.list, kept.through) == (code, TODAY)
    assert through(code, TODAY) != before
    assert unconfirm([code], dry_run=True) == [kept]
    assert through(code, TODAY)[0] == TODAY
    assert unconfirm([code]) == [kept]
    assert through(code, TODAY) == before
    with pytest.raises(ValueError, match=f"{code} .* was not compared"):
        unconfirm([code])


def test_a_trial_keeps_nothing() -> None:
    before = through(OTHERS[0], TODAY)
    assert confirm(OTHERS, TODAY, "J. Doe", ANNOUNCED, TODAY, dry_run=True)
    assert through(OTHERS[0], TODAY) == before


def test_it_holds_for_these_versions_alone(tmp_path: Path) -> None:
    import_list(str(file_of(tmp_path / "in", ["UVL"])), fewer=True)
    confirm(["UVL"], TODAY, "J. Doe", "bis.gov", TODAY)
    assert through("UVL", TODAY)[1] == "read"
    other = file_of(tmp_path / "other", ["UVL"], "2026-09-02")
    import_list(str(other), fewer=True)
    assert through("UVL", TODAY)[:2] == ("2026-09-02", "beyond"), "nobody compared this file"
    remove_list("UVL", "2026-09-02")
    assert through("UVL", TODAY)[:2] == (TODAY, "read"), "the file that was compared counts again"


def test_another_file_of_the_same_day_was_not_compared(tmp_path: Path) -> None:
    import_list(str(file_of(tmp_path / "in", ["UVL"])), fewer=True)
    confirm(["UVL"], TODAY, "J. Doe", "bis.gov", TODAY)
    other = file_of(tmp_path / "other", ["UVL"])
    import_list(str(other.rename(other.with_name("other.json"))), fewer=True)
    assert through("UVL", TODAY)[:2] == (OF_DAY, "beyond")


def test_a_list_held_in_part_stays_so_however_often_it_is_compared() -> None:
    (part,) = [row["list"] for row in LISTS if row["held"] == "part" and row["rests"] == "yes"]
    confirm([part], TODAY, "J. Doe", "bis.gov", TODAY)
    assert through(part, TODAY)[:2] == (TODAY, "partly")


@pytest.mark.parametrize(
    ("day", "by", "against", "told"),
    [
        ("2026-01-01", "J. Doe", "x", "is held as of"),
        ("2026-12-01", "J. Doe", "x", "has not come"),
        ("1 September", "J. Doe", "x", "not a day"),
        (TODAY, " ", "x", "who compared"),
        (TODAY, "J. Doe", "", "with what"),
    ],
)
def test_what_cannot_have_been_compared_is_refused(
    day: str, by: str, against: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        confirm([OTHERS[0]], day, by, against, TODAY)


def test_one_unknown_list_leaves_all_as_they_were() -> None:
    with pytest.raises(UnknownWordError, match="NOLIST"):
        confirm([OTHERS[0], "NOLIST"], TODAY, "J. Doe", ANNOUNCED, TODAY)
    assert through(OTHERS[0], TODAY)[1] == "beyond"


def test_a_file_fetched_on_a_later_day_than_it_is_of_holds_through_that_day(
    tmp_path: Path,
) -> None:
    file_of(tmp_path / "in", ["QRS"])
    (first,) = from_folder(str(tmp_path / "in"), UpdateRequest(today=TODAY))
    assert not first.refused
    assert through("QRS", TODAY)[:2] == (OF_DAY, "beyond"), "nobody says when it was fetched"
    (again,) = from_folder(
        str(tmp_path / "in"), UpdateRequest(fetched=TODAY, dry_run=True, today=TODAY)
    )
    assert again.unchanged
    assert through("QRS", TODAY)[1] == "beyond", "it was a trial"
    (again,) = from_folder(str(tmp_path / "in"), UpdateRequest(fetched=TODAY, today=TODAY))
    assert again.unchanged
    assert f"on {TODAY} too" in " ".join(again.notes)
    reached, state, scope = through("QRS", TODAY)
    assert (reached, state) == (TODAY, "read")
    assert f"by {updating.UPDATING}, against consolidated.json" in scope
    with pytest.raises(ValueError, match="has not come"):
        list(from_folder(str(tmp_path / "in"), UpdateRequest(fetched="2026-12-01", today=TODAY)))


def test_a_file_is_not_taken_as_fetched_before_the_day_that_it_is_of(tmp_path: Path) -> None:
    file_of(tmp_path / "in", ["QRS"])
    early, eve = (
        UpdateRequest(fetched=(date.fromisoformat(OF_DAY) - timedelta(days)).isoformat())
        for days in (2, 1)
    )
    (taken,) = from_folder(str(tmp_path / "in"), early)
    assert taken.refused == (
        f"it is of {OF_DAY}, and nobody can have fetched it on {early.fetched}: name the day on "
        "which it was fetched with --fetched"
    )
    assert "QRS" not in Screen().counting
    (taken,) = from_folder(str(tmp_path / "in"), eve)
    assert not taken.refused, "a publisher may be a day ahead"
    (again,) = from_folder(str(tmp_path / "in"), early)
    assert "nobody can have fetched it" in again.refused, "nor one that is held"


def test_the_command_confirms_shows_and_takes_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.cli.parties.lists_changes.today", lambda: TODAY)
    words = ["lists", "confirm", OTHERS[0], "--on", TODAY, "--by", "J. Doe"]
    assert main([*words, "--against", ANNOUNCED, "--dry-run"]) == 0
    assert "nothing was kept" in capsys.readouterr().out
    assert main([*words, "--against", ANNOUNCED, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["confirmed"]
    assert (row["list"], row["through"], row["by"]) == (OTHERS[0], TODAY, "J. Doe")
    assert main(["lists", "--on", TODAY, "--json"]) == 0
    shown = {each["list"]: each for each in json.loads(capsys.readouterr().out)["lists"]}
    assert (shown[OTHERS[0]]["through"], shown[OTHERS[0]]["state"]) == (TODAY, "read")
    assert main(["lists", "confirm", OTHERS[0], "--withdraw"]) == 0
    assert "no longer holds" in capsys.readouterr().out
    assert main(words) != 0
    assert "--against" in capsys.readouterr().err
