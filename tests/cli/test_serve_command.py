"""``detente serve``: what it refuses to start, and that it answers once it is started."""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.served import running_server

KEY = "a-key-of-at-least-twenty-characters"


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        (("--host", "0.0.0.0"), "--keys"),
        (("--host", "192.0.2.1"), "--without-keys"),
        (("--keys", "k", "--without-keys"), "contradict"),
        (("--store", "s", "--scenario", "t"), "--store serves a register as it is"),
        (("--workers", "0"), "from 1"),
        (("--proxy", "0.0.0.0/0"), "believe everyone"),
        (("--proxy", "*"), "neither an address nor a network"),
        (("--proxy", "proxy.example"), "neither an address nor a network"),
        (("--setting", "row=5"), "rows"),
        (("--port", "70000"), "0 to 65535"),
        (("--max-body", "0"), "from 1"),
        (("--keys", "no-such-file"), "no-such-file"),
        (("--store", "no-such-file"), "no-such-file"),
        (("--register", "no-such-folder"), "not a folder"),
    ],
)
def test_settings_that_cannot_hold_are_refused_with_what_to_do(
    run: Run, words: tuple[str, ...], stated: str
) -> None:
    ran = run("serve", *words)
    assert ran.code == 2
    assert stated in ran.err


def test_a_short_key_is_refused_with_its_line(run: Run, tmp_path: Path) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text("broker secret\n")
    keys.chmod(0o600)
    ran = run("serve", "--host", "0.0.0.0", "--keys", str(keys))
    assert ran.code == 2
    assert f"{keys}, line 1" in ran.err


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "litestar", None)
    ran = run("serve")
    assert ran.code == 2
    assert 'pip install "detente[web]"' in ran.err


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_answers_and_stops_when_told(tmp_path: Path, workers: str) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text(f"broker {KEY}\n")
    keys.chmod(0o600)
    with running_server("--workers", workers, "--keys", str(keys)) as server:
        asked = urllib.request.Request(
            f"{server.address}/v1/duty?code=8507.60.00.10&origin=CN&on=2025-11-12",
            headers={"Authorization": f"Bearer {KEY}"},
        )
        with urllib.request.urlopen(asked, timeout=30) as response:
            assert json.load(response)["total"]["ad_valorem"] == "0.484"
    # Told to stop by a signal, a server says so in its exit code or ends plainly.
    assert server.process.returncode in (0, -15)


def test_the_command_lists_its_settings(run: Run) -> None:
    ran = run("serve", "--settings")
    assert (ran.code, "header_seconds" in ran.out) == (0, True)


def test_a_file_of_keys_that_others_can_read_is_refused(run: Run, tmp_path: Path) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text(f"broker {KEY}\n")
    keys.chmod(0o640)
    ran = run("serve", "--host", "0.0.0.0", "--keys", str(keys))
    assert (ran.code, "chmod 600" in ran.err) == (2, True)
