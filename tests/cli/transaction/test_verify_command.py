"""``detente verify``: its outcomes, exit codes and ledgers, and files that are no memo."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from detente.cli.recording import now
from detente.store.ledger import ledger_file
from detente.transaction.memo.attested import with_attested, without_attested
from detente.transaction.memo.blocks import BLANK
from detente.transaction.memo.memo import FORMS, seal_of
from tests.cli.conftest import Run

SHIPMENT = ("--code", "8507.60.00.10", "--origin", "CN", "--to", "US", "--on", "2025-11-12")


@pytest.fixture(params=["md", "html"])
def memo(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> Path:
    """A memo that is recorded as it is written."""
    path = tmp_path / f"memo.{request.param}"
    ran = run("assess", *SHIPMENT, "--value", "10000", "--memo", str(path), "--record")
    assert ran.code == 0
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Edit a memo and seal it again; what stands below its hash stays."""
    form = FORMS[path.suffix]
    text, attested = without_attested(path.read_text("utf-8"))
    at = text.rindex("SHA-256 of this memo: ")
    text = text[:at] + re.sub("[0-9a-f]{64}", BLANK, text[at:])
    changed = text.replace(old, new)
    assert changed != text
    head, _, tail = changed.rpartition(BLANK)
    path.write_text(
        with_attested(f"{head}{seal_of(changed)}{tail}", attested, form), encoding="utf-8"
    )


def verified(run: Run, path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    ran = run("verify", str(path), "--json", *words)
    return ran.code, json.loads(ran.out)


def test_a_memo_that_is_in_the_ledger_holds(run: Run, memo: Path) -> None:
    code, described = verified(run, memo)
    assert (code, described["outcome"], described["signed_by"], described["ledger"]) == (
        0,
        "holds",
        None,
        1,
    )
    assert "entry 1 of the ledger" in described["because"]
    assert f"{memo}: HOLDS: " in run("verify", str(memo)).out


def test_a_memo_that_was_edited_and_sealed_again_is_found(run: Run, memo: Path) -> None:
    edit(memo, "$4,840.00", "$4,480.00")
    code, described = verified(run, memo)
    assert (code, described["outcome"], described["unchanged"]) == (4, "changed", True)
    assert "$4,480.00" in described["because"]
    assert "THE TEXT WAS CHANGED" in run("verify", str(memo)).out


def test_a_memo_that_states_another_register_is_found_by_the_ledger_and_not_without(
    run: Run, memo: Path, tmp_path: Path
) -> None:
    register = json.loads(run("ledger", "list", "--json").out)["entries"][0]["register"]
    edit(memo, register, "ab" * 32)
    assert verified(run, memo)[0] == 4
    Path(ledger_file()).rename(tmp_path / "away.sqlite")
    code, described = verified(run, memo)
    assert (code, described["outcome"]) == (3, "cannot_tell")
    assert "register and lists of SHA-256 abab" in described["because"]
    assert "CANNOT TELL" in run("verify", str(memo)).out


@pytest.mark.parametrize("name", ["export.jsonl", "export.csv", "copy.sqlite"])
def test_another_ledger_or_an_export_of_one_is_asked_where_it_is_named(
    run: Run, memo: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    if name.endswith("sqlite"):
        Path(ledger_file()).rename(file)
    else:
        assert run("ledger", "export", "-o", str(file)).code == 0
        Path(ledger_file()).unlink()
    code, described = verified(run, memo, "--ledger", str(file))
    assert (code, described["outcome"], described["ledger"]) == (0, "holds", 1)
    edit(memo, "48.4%", "44.8%")
    assert verified(run, memo, "--ledger", str(file))[0] == 4


@pytest.mark.parametrize("name", ["nowhere.sqlite", "nowhere.jsonl", "notes.txt"])
def test_a_ledger_that_is_none_is_refused(run: Run, memo: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("notes\n" * 1000, encoding="utf-8")
    ran = run("verify", str(memo), "--ledger", str(tmp_path / name))
    assert ran.code == 2
    assert name in ran.err


@pytest.mark.parametrize(
    "cut", [lambda text: text[:-40], lambda text: text.replace('question"', 'x"')]
)
def test_a_memo_that_lost_a_part_was_changed(run: Run, tmp_path: Path, cut: Any) -> None:
    path = tmp_path / "memo.md"
    run("assess", *SHIPMENT, "--memo", str(path))
    path.write_text(cut(path.read_text("utf-8")), encoding="utf-8")
    code, described = verified(run, path)
    assert (code, described["outcome"], described["signed_by"]) == (4, "changed", None)
    assert "changed" in described["because"]
    assert "THE TEXT WAS CHANGED" in run("verify", str(path)).out


NO_MEMOS: dict[str, bytes] = {
    "empty": b"",
    "a text": b"Nothing of the kind.\n",
    "a page": b"<!doctype html><title>Page</title><p>Nothing of the kind.</p>",
    "no text": b"\xff\xfe\x00\x01" * 50,
    "a line alone": b"SHA-256 of this memo: `" + b"0" * 64 + b"`\n",
}


@pytest.mark.parametrize("body", NO_MEMOS.values(), ids=NO_MEMOS.keys())
def test_a_file_that_is_no_memo_is_refused(run: Run, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "file.md"
    path.write_bytes(body)
    ran = run("verify", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert str(path) in ran.err


def test_a_file_that_is_not_there_and_a_folder_are_refused(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.md", tmp_path):
        ran = run("verify", str(path))
        assert ran.code == 2
        assert str(path) in ran.err


def test_a_memo_bears_the_instant_of_its_entry_and_that_of_now_without_one(
    run: Run, memo: Path, tmp_path: Path
) -> None:
    recorded = json.loads(run("ledger", "list", "--json").out)["entries"][0]["recorded"]
    assert recorded in memo.read_text("utf-8")
    before, other = now(), tmp_path / "other.md"
    run("assess", *SHIPMENT, "--memo", str(other))
    written = re.search(r'"written": "([^"]+)"', other.read_text("utf-8"))
    assert written is not None
    assert before <= written[1] <= now()
