"""``detente register bundle`` and ``detente update`` with the whole law, as people type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.freshness.law import bundle, key_of
from tests.freshness.stub import serving


def ask(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own: which law answers is found once for a process."""
    return subprocess.run(
        [sys.executable, "-m", "detente.cli.main", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "DETENTE_HOME": str(home)},
    )


def register_of(home: Path) -> dict[str, Any]:
    words = ("duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--json")
    described: dict[str, Any] = json.loads(ask(home, *words).stdout)
    return described["register"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A bundle of the law of this checkout, and the public key that signed it."""
    folder = tmp_path_factory.mktemp("maintainer")
    key = key_of(folder)
    target = folder / "whole.law"
    words = ("--key", str(folder / "signing" / "key.pem"), "-o", str(target), "--day", "2026-10-14")
    ran = ask(folder, "register", "bundle", *words)
    assert ran.returncode == 0, ran.stderr
    assert f"signed by {key.public}" in ran.stdout
    return target, key.public


def test_the_whole_law_travels_and_every_answer_names_its_bundle(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    target, public = made
    before = register_of(tmp_path)
    assert before["bundle"] is None
    refused = ask(tmp_path, "update", "--source", str(target))
    assert refused.returncode == 2
    assert "not trusted here" in refused.stderr
    assert ask(tmp_path, "update", "--trust", public, "A maintainer").returncode == 0
    taken = ask(tmp_path, "update", "--source", str(target), "--json")
    assert taken.returncode == 0, taken.stderr
    described = json.loads(taken.stdout)
    assert (described["signed_by"], described["taken"], described["effect"]) == (
        "A maintainer",
        True,
        [],
    )
    after = register_of(tmp_path)
    assert after["bundle"] == described["bundle"]
    assert after["sha256"] == before["sha256"]
    status = json.loads(ask(tmp_path, "status", "--json", "--on", "2026-08-01").stdout)
    assert status["register"]["bundle"] == described["bundle"]
    back = ask(tmp_path, "update", "--rollback")
    assert back.returncode == 0
    assert "The law of the package answers again" in back.stdout
    assert register_of(tmp_path)["bundle"] is None


def test_a_bundle_that_is_gone_or_for_another_release_is_told(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    (law / "current").write_text("2026-10-14-abc\t0.0.0\n")
    ran = ask(tmp_path, "duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12")
    assert ran.returncode == 0
    assert "The bundle of law 2026-10-14-abc was made for another release" in ran.stderr


def test_a_bundle_is_fetched_from_an_address(run: Run, tmp_path: Path) -> None:
    path = bundle(tmp_path / "small", key_of(tmp_path / "maintainer"))
    with serving({"small.law": path.read_bytes()}) as address:
        ran = run("update", "--source", f"{address}/small.law")
        assert "not trusted here" in ran.err
        ran = run("update", "--source", f"{address}/other.law")
        assert "404" in ran.err
    assert "not an https address" in run("update", "--source", "http://example.org/x.law").err


def test_one_thing_is_asked_at_a_time(run: Run) -> None:
    ran = run("update", "--rollback", "--source", "x.law")
    assert (ran.code, "give one of" in ran.err) == (2, True)
    assert run("update").out.startswith("The law of the package\n")
