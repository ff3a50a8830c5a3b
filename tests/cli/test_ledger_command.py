"""``--record`` and ``detente ledger``, as a person uses them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from detente.store.ledger import ledger_file
from tests.cli.conftest import Run

DUTY = ("duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--value", "10000")


def test_an_answer_is_recorded_listed_and_shown_as_it_was_given(run: Run) -> None:
    plain = run(*DUTY)
    recorded = run(*DUTY, "--record")
    assert recorded.out == plain.out
    assert recorded.err.startswith("Recorded as entry 1, hash ")
    listed = run("ledger", "list")
    assert "duty" in listed.out
    assert "code 8507600010" in listed.out
    shown = run("ledger", "show", "1")
    assert plain.out.strip() in shown.out
    answer = json.loads(run("ledger", "show", "1", "--json").out)["answer"]
    assert answer == json.loads(run(*DUTY, "--json").out)


def test_without_record_nothing_is_kept(run: Run) -> None:
    run(*DUTY)
    assert not Path(ledger_file()).exists()
    assert run("ledger", "list").code == 2
    assert "recorded with --record" in run("ledger", "list").err


def test_a_ledger_verifies_and_a_change_is_found_with_exit_code_1(run: Run) -> None:
    for _ in range(3):
        run(*DUTY, "--record")
    told = json.loads(run("ledger", "verify", "--json").out)
    assert told["holds"] is True
    assert told["entries"] == 3
    assert run("ledger", "verify", "--head", told["head"]).code == 0
    kept = sqlite3.connect(ledger_file())
    kept.execute("DROP TRIGGER entry_stays_as_it_is")
    kept.execute("UPDATE entry SET answer = replace(answer, '4840.00', '4480.00') WHERE number = 2")
    kept.commit()
    kept.close()
    broken = run("ledger", "verify")
    assert broken.code == 1
    assert "entry 2: its hash is not that of what it holds" in broken.err


def test_an_export_is_written_whole_and_verifies_without_the_ledger(
    run: Run, tmp_path: Path
) -> None:
    run(*DUTY, "--record")
    run(*DUTY, "--record")
    for name in ("ledger.jsonl", "ledger.csv"):
        file = tmp_path / name
        assert run("ledger", "export", "-o", str(file)).code == 0
        assert not file.with_name(f"{name}.part").exists()
        Path(ledger_file()).rename(tmp_path / "away")
        assert run("ledger", "verify", str(file)).code == 0
        (tmp_path / "away").rename(ledger_file())
    assert run("ledger", "export", "-o", str(tmp_path / "ledger.txt")).code == 2
    assert run("ledger", "export").out == (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")


def test_an_entry_that_is_not_there_is_said_with_what_is(run: Run) -> None:
    run(*DUTY, "--record")
    shown = run("ledger", "show", "7")
    assert shown.code == 2
    assert "holds entries 1 to 1" in shown.err


def test_the_latest_entries_and_those_of_a_command_can_be_listed(run: Run) -> None:
    for _ in range(3):
        run(*DUTY, "--record")
    rows = json.loads(run("ledger", "list", "--last", "2", "--json").out)["entries"]
    assert [row["number"] for row in rows] == [2, 3]
    assert json.loads(run("ledger", "list", "--kind", "assess", "--json").out)["entries"] == []


def test_names_that_were_screened_are_recorded_with_the_days_of_the_lists(run: Run) -> None:
    assert run("screen", "Huawei Technologies", "--country", "CN", "--record").code == 0
    entry = json.loads(run("ledger", "show", "1", "--json").out)
    assert entry["question"] == {"names": ["Huawei Technologies"], "country": "CN", "on": None}
    assert entry["answer"]["results"][0]["hits"][0]["list"] == "EL"
    assert entry["answer"]["register"]["lists"]["EL"]
    assert entry["register"] == entry["answer"]["register"]["sha256"]


def test_a_licence_answer_is_recorded_as_it_was_given(run: Run) -> None:
    words = ("licence", "--from", "CN", "--to", "US", "--item", "gallium", "--on", "2026-01-01")
    told = json.loads(run(*words, "--json", "--record").out)
    entry = json.loads(run("ledger", "show", "1", "--json").out)
    assert entry["kind"] == "licence"
    assert entry["answer"] == told
    assert entry["question"] == told["question"]
