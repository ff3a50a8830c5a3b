"""The unit of systemd, as systemd itself reads and judges it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli.completion_tree import described

UNIT = Path("deploy/detente.service")
MOST_EXPOSED = 1.5
"""Of 10, by systemd's own list; services of the machine stand between 2 and 9."""


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program of this machine in the place of the installed one."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    program = Path(sys.executable).parent / "detente"
    text = UNIT.read_text()
    assert "/usr/local/detente/bin/detente" in text
    target = tmp_path / UNIT.name
    target.write_text(text.replace("/usr/local/detente/bin/detente", str(program)))
    return target


def analyzed(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path) -> None:
    ran = analyzed("verify", "--man=no", str(unit))
    assert (ran.returncode, ran.stderr) == (0, "")


def test_systemd_would_say_so_if_something_were_wrong(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=very"))
    assert "ProtectSystem" in analyzed("verify", "--man=no", str(unit)).stderr


def test_the_service_may_do_little(unit: Path) -> None:
    ran = analyzed("security", "--offline=true", "--no-pager", str(unit))
    found = re.search(r"exposure level for \S+: (\d+\.\d+)", ran.stdout)
    assert found is not None, ran.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_its_command_is_understood_and_its_keys_are_a_credential() -> None:
    line = next(each for each in UNIT.read_text().split("\n") if each.startswith("ExecStart="))
    program, command, *words = line.removeprefix("ExecStart=").split()
    assert (Path(program).name, command) == ("detente", "serve")
    given = described("serve").parse_args(words)
    assert (given.keys, given.proxy, given.host) == ("%d/keys", ["127.0.0.1"], "127.0.0.1")
    assert "LoadCredential=keys:" in UNIT.read_text()
