"""``--record`` and ``detente ledger``, as a person uses them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from detente.cli import recording
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
    described = json.loads(run("ledger", "verify", "--json").out)
    assert described["holds"] is True
    assert described["entries"] == 3
    assert run("ledger", "verify", "--head", described["head"]).code == 0
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
    described = json.loads(run(*words, "--json", "--record").out)
    entry = json.loads(run("ledger", "show", "1", "--json").out)
    assert entry["kind"] == "licence"
    assert entry["answer"] == described
    assert entry["question"] == described["question"]


LICENCE = ("licence", "--from", "CN", "--to", "US", "--item", "gallium", "--on", "2026-01-01")


def _owners(folder: Path) -> tuple[str, ...]:
    holdings, seeds = folder / "holdings.csv", folder / "seeds.csv"
    holdings.write_text("owner,owned,share\nalpha,delta,60\n", encoding="utf-8")
    seeds.write_text("id,list\nalpha,EL\n", encoding="utf-8")
    return ("owners", str(holdings), "--seeds", str(seeds), "--on", "2025-10-15")


def test_an_answer_about_owners_is_recorded_with_the_hashes_of_its_files(
    run: Run, tmp_path: Path
) -> None:
    words = _owners(tmp_path)
    described = json.loads(run(*words, "--json", "--record").out)
    entry = json.loads(run("ledger", "show", "1", "--json").out)
    assert (entry["kind"], entry["answer"]) == ("owners", described)
    held = sha256((tmp_path / "holdings.csv").read_bytes()).hexdigest()
    assert entry["question"]["files"]["holdings"] == {"name": "holdings.csv", "sha256": held}
    assert (entry["question"]["regime"], entry["question"]["on"]) == ("bis", "2025-10-15")


def test_every_kind_is_listed_shown_verified_and_exported(run: Run, tmp_path: Path) -> None:
    shipment = tmp_path / "shipment.json"
    described = {"code": "8507.60.00.10", "origin": "CN", "destination": "US", "on": "2025-11-12"}
    shipment.write_text(json.dumps(described), encoding="utf-8")
    asked = {
        "duty": DUTY,
        "assess": ("assess", str(shipment)),
        "licence": LICENCE,
        "screen": ("screen", "Huawei Technologies"),
        "owners": _owners(tmp_path),
    }
    for words in asked.values():
        assert run(*words, "--record").code == 0
    listed = run("ledger", "list").out.splitlines()
    for number, (kind, line) in enumerate(zip(asked, listed, strict=True), 1):
        assert kind in line
        assert run("ledger", "list", "--kind", kind).out.splitlines() == [line]
        plain = run(*asked[kind]).out.strip()
        shown = run("ledger", "show", str(number)).out
        assert kind == "screen" or plain in shown
    assert "files holdings.csv, seeds.csv" in listed[4]
    assert "Huawei Technologies" in run("ledger", "show", "4").out
    assert run("ledger", "verify").code == 0
    assert run("ledger", "export", "-o", str(tmp_path / "all.jsonl")).code == 0
    rows = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["kind"] for row in rows] == list(asked)


def test_a_kind_that_nothing_is_recorded_of_is_refused_with_the_nearest(run: Run) -> None:
    run(*DUTY, "--record")
    refused = run("ledger", "list", "--kind", "licnce")
    assert refused.code == 2
    assert "did you mean licence" in refused.err


def test_an_answer_is_not_recorded_onto_a_broken_chain_and_the_error_says_what_to_do(
    run: Run, tmp_path: Path
) -> None:
    for _ in range(2):
        run(*DUTY, "--record")
    with closing(sqlite3.connect(ledger_file())) as kept:
        kept.execute("DROP TRIGGER entry_stays_as_it_is")
        kept.execute("UPDATE entry SET answer = '{}' WHERE number = 1")
        kept.commit()
    memo = tmp_path / "memo.md"
    for words in (DUTY, LICENCE, ("screen", "Huawei"), _owners(tmp_path)):
        refused = run(*words, "--record")
        assert (refused.code, refused.out) == (2, "")
        assert "does not hold (entry 1" in refused.err
        assert "`detente ledger verify`" in refused.err
    shipment = ("--code", "8507.60.00.10", "--origin", "CN", "--to", "US", "--on", "2025-11-12")
    assert run("assess", *shipment, "--memo", str(memo), "--record").code == 2
    assert not memo.exists()
    assert len(json.loads(run("ledger", "list", "--json").out)["entries"]) == 2
    assert run("serve", "--record", "--port", "0").code == 2


def test_a_clock_that_went_back_is_told_and_nothing_is_recorded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*DUTY, "--record")
    monkeypatch.setattr(recording, "now", lambda: "2020-01-01T00:00:00.000+00:00")
    refused = run(*DUTY, "--record")
    assert refused.code == 2
    assert "Set the clock right" in refused.err
    assert len(json.loads(run("ledger", "list", "--json").out)["entries"]) == 1


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as kept:
        kept.execute("CREATE TABLE customers (name)")
        kept.commit()


DAMAGED: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.touch(),
    "text": lambda path: path.write_text("not a ledger\n" * 400, encoding="utf-8"),
    "another database": _foreign,
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED.keys())
@pytest.mark.parametrize("verb", ["list", "verify", "export", "show"])
def test_a_file_that_is_no_ledger_is_a_clear_error_of_every_verb(
    run: Run, make: Callable[[Path], object], verb: str
) -> None:
    path = Path(ledger_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    words = ("ledger", verb, "1") if verb == "show" else ("ledger", verb)
    refused = run(*words)
    assert refused.code == 2
    assert str(path) in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize("name", ["text", "another database", "a folder"])
def test_nothing_is_recorded_into_a_file_that_is_no_ledger(run: Run, name: str) -> None:
    path = Path(ledger_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    DAMAGED[name](path)
    before = path.read_bytes() if path.is_file() else b""
    refused = run(*DUTY, "--record")
    assert (refused.code, refused.out) == (2, "")
    assert str(path) in refused.err
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("text", ["", "x\n", '{"number":1}\n', "number,recorded\n"])
@pytest.mark.parametrize("end", [".jsonl", ".csv"])
def test_a_file_that_is_no_export_is_a_clear_error(
    run: Run, tmp_path: Path, text: str, end: str
) -> None:
    file = tmp_path / f"export{end}"
    file.write_text(text, encoding="utf-8")
    refused = run("ledger", "verify", str(file))
    assert refused.code == 2
    assert str(file) in refused.err


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("away.jsonl", "there is no file {folder}/away.jsonl"),
        ("gone/away.jsonl", "there is no folder {folder}/gone"),
        ("held.jsonl", "{folder}/held.jsonl is a folder, not a file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_named_in_words(
    run: Run, tmp_path: Path, name: str, described: str
) -> None:
    (tmp_path / "held.jsonl").mkdir()
    refused = run("ledger", "verify", str(tmp_path / name))
    assert refused.code == 2
    assert refused.err == f"detente ledger: {described.format(folder=tmp_path)}\n"
