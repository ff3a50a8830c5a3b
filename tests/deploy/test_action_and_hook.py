"""The action that checks a table and the hook that checks orders: their steps run as scripts."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ACTION = Path("deploy/check-skus").resolve()
HOOKS = Path(".pre-commit-hooks.yaml")
ORDER = Path("examples/orders/eo-14195.yaml")
PROGRAMS = str(Path(sys.executable).parent)

GOODS = "sku,code,origin,value,on\nA,9503.00.00.73,VN,1000,2026-08-01\n"
LISTED = "supplier,country\nHuawei Technologies Co. Ltd.,CN\n"


class Ran(NamedTuple):
    """What a run of the action left."""

    code: int
    stated: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text())
    return found


def test_the_action_has_what_github_asks_of_one_of_several_steps(action: dict[str, Any]) -> None:
    assert set(action) == {
        "name", "description", "author", "branding", "inputs", "outputs", "runs",
    }  # fmt: skip
    assert action["runs"]["using"] == "composite"
    for each in action["inputs"].values():
        assert set(each) <= {"description", "required", "default"}
        assert each.get("required") or "default" in each
    for step in action["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        if "run" in step:
            assert step["shell"] == "bash"
        else:
            assert re.search(r"@v\d+", step["uses"])


def test_no_input_becomes_text_of_a_script(action: dict[str, Any]) -> None:
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    named = re.findall(r"inputs\.([a-z-]+)", (ACTION / "action.yml").read_text())
    assert set(named) == set(action["inputs"])


@pytest.mark.parametrize("script", sorted(ACTION.glob("*.sh")), ids=lambda path: path.name)
def test_each_script_is_one_that_bash_reads_and_stops_at_a_fault(script: Path) -> None:
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert "set -euo pipefail" in script.read_text()


def checked(action: dict[str, Any], folder: Path, table: str, **inputs: str) -> Ran:
    """Run the step that checks, with the variables that GitHub gives it."""
    (folder / "table.csv").write_text(table)
    given = {name: each.get("default", "") for name, each in action["inputs"].items()}
    given |= {"file": "table.csv", "day": "2026-08-01", "report": "report.csv"}
    given |= {name.replace("_", "-"): text for name, text in inputs.items()}
    step = next(each for each in action["runs"]["steps"] if each.get("id") == "check")
    variables = {
        name: given[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)[1]]  # type: ignore[index]
        for name, text in step["env"].items()
    }
    output, summary = folder / "output", folder / "summary"
    output.touch()
    summary.touch()
    environment = {
        "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        "HOME": str(folder),
        "DETENTE_HOME": str(folder / "home"),
        "GITHUB_ACTION_PATH": str(ACTION),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        **variables,
    }
    ran = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    pairs = (line.partition("=") for line in output.read_text().split("\n") if line)
    return Ran(
        ran.returncode, ran.stdout + ran.stderr, {name: text for name, _, text in pairs},
        summary.read_text(),
    )  # fmt: skip


def test_a_table_is_checked_and_its_report_and_summary_are_there(
    action: dict[str, Any], tmp_path: Path
) -> None:
    ran = checked(action, tmp_path, GOODS)
    assert ran.code == 0, ran.stated
    assert ran.outputs["report"] == "report.csv"
    assert ran.outputs["status"] in ("ok", "partly")
    assert "9503.00.00.73" in (tmp_path / "report.csv").read_text()
    assert ran.summary.startswith("# ")


@pytest.mark.parametrize(("fail_on", "code"), [("hit", 1), ("partly", 1), ("never", 0)])
def test_a_name_that_may_be_listed_fails_the_run_where_it_shall(
    action: dict[str, Any], tmp_path: Path, fail_on: str, code: int
) -> None:
    ran = checked(action, tmp_path, LISTED, fail_on=fail_on)
    assert (ran.code, ran.outputs["status"]) == (code, "hit")
    assert ("::error::" in ran.stated) == bool(code)
    assert "Huawei" in ran.summary


def test_a_table_that_cannot_be_read_fails_the_run_with_the_reason(
    action: dict[str, Any], tmp_path: Path
) -> None:
    ran = checked(action, tmp_path, "a,b\n1,2\n", fail_on="never")
    assert ran.code == 2
    assert "::error file=table.csv::detente check: " in ran.stated
    assert "no column with tariff codes" in ran.stated
    assert not ran.outputs


def test_an_unknown_word_for_when_to_fail_fails(action: dict[str, Any], tmp_path: Path) -> None:
    assert checked(action, tmp_path, GOODS, fail_on="always").code == 2


def test_what_stands_in_an_input_is_never_run(action: dict[str, Any], tmp_path: Path) -> None:
    evil = "$(touch evil); touch evil `touch evil`"
    for inputs in ({"origins": evil}, {"columns": evil}, {"file": evil}, {"report": evil}):
        checked(action, tmp_path, GOODS, **inputs)
        assert not (tmp_path / "evil").exists()


def test_the_checkout_that_comes_with_the_action_is_what_is_installed(tmp_path: Path) -> None:
    described = tmp_path / "told"
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{shlex.quote(str(described))}\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_ACTION_PATH": str(ACTION),
    }  # fmt: skip
    subprocess.run(["bash", str(ACTION / "install.sh")], env=environment, check=True)
    words = described.read_text().split("\n")
    assert words[:3] == ["-m", "pip", "install"]
    assert Path(words[words.index("--constraint") + 1]).is_file()
    checkout = next(each for each in words if each.endswith("[batch,sheets,parties]"))
    assert (Path(checkout.partition("[")[0]) / "pyproject.toml").is_file()


def hooked(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: its entry, then the names of files."""
    (hook,) = yaml.safe_load(HOOKS.read_text())
    words = [*shlex.split(hook["entry"]), *map(str, files)]
    environment = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    return subprocess.run(words, capture_output=True, text=True, env=environment, check=False)


def test_the_hook_has_the_keys_of_a_hook_and_takes_the_orders_of_a_repository() -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text())
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert set(hook) <= {
        "id", "name", "description", "entry", "language", "types", "files", "require_serial",
    }  # fmt: skip
    assert re.search(hook["files"], ORDER.as_posix())
    assert not re.search(hook["files"], "docs/borders/a.yaml")


def test_the_hook_lets_good_orders_pass_and_says_nothing() -> None:
    ran = hooked(ORDER)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_hook_names_file_line_and_what_to_do_of_each_bad_order(tmp_path: Path) -> None:
    text = ORDER.read_text()
    bad, worse = tmp_path / "bad.yaml", tmp_path / "worse.yaml"
    bad.write_text(text.replace("announced:", "anounced:", 1))
    worse.write_text("- not an order\n")
    ran = hooked(bad, ORDER, worse)
    assert ran.returncode != 0
    assert re.search(r"bad\.yaml:\d+", ran.stderr)
    assert "announced" in ran.stderr
    assert "worse.yaml" in ran.stderr
