"""What a stranger deploys, held against the linters that its programs' communities keep."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
SCRIPTS = (
    Path(".ci/run"),
    *sorted(Path("deploy").rglob("*.sh")),
    *sorted(Path("tools").glob("*.sh")),
)
SCHEMAS = {
    Path("deploy/compose.yaml"): "vendor.compose-spec",
    Path("deploy/check-skus/action.yml"): "vendor.github-actions",
}


def lint(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / program), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_hadolint_finds_nothing_in_the_image() -> None:
    run = lint("hadolint", "deploy/Dockerfile")
    assert run.returncode == 0, run.stdout


def test_hadolint_would_say_so_if_something_were_wrong(tmp_path: Path) -> None:
    text = Path("deploy/Dockerfile").read_text()
    (tmp_path / "Dockerfile").write_text(f"{text}\nRUN cd /srv && sudo pip install detente\n")
    run = lint("hadolint", tmp_path / "Dockerfile")
    assert run.returncode == 1
    assert "DL3004" in run.stdout


@pytest.mark.parametrize("path", SCHEMAS, ids=str)
def test_compose_file_and_action_are_as_their_schemas_have_them(path: Path, tmp_path: Path) -> None:
    run = lint("check-jsonschema", "--builtin-schema", SCHEMAS[path], path)
    assert run.returncode == 0, run.stdout
    wrong = tmp_path / path.name
    wrong.write_text(path.read_text() + "\nsomething-that-nobody-reads: 1\n")
    assert lint("check-jsonschema", "--builtin-schema", SCHEMAS[path], wrong).returncode == 1


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_shellcheck_finds_nothing_in_a_script(script: Path) -> None:
    run = lint("shellcheck", script)
    assert run.returncode == 0, run.stdout
