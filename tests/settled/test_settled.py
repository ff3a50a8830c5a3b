"""Answers that must not look settled, and words that must not be dropped, through every face.

The cases are data, beside this file: a question, what its answer must say, and why. See
``faces.py`` for how a question is written.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import main
from detente.core.coverage import READ, SETTLED
from tests import in_yaml
from tests.settled import faces
from tests.settled.faces import RefusedError

CASES = Path(__file__).parent
FACES = ("cli", "api", "assistant", "page")
FEWEST = 280
"""As many cases at least."""


def _cases() -> list[dict[str, Any]]:
    rows = []
    for path in sorted(CASES.glob("*.yaml")):
        rows.extend({**row, "file": path.stem} for row in in_yaml.texts(path))
    return rows


ALL = _cases()


def _asked(face: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{face}: {case['name']}")
        for case in ALL
        if face in case.get("faces", [*FACES, "batch"]) and faces.can_ask(face, case["ask"])
    ]


def _at(answer: Any, path: str) -> Any:
    """What stands under a dotted path; KeyError or IndexError where nothing does."""
    for step in path.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def _holds(found: Any, wanted: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return _text(found) == wanted
    for test, value in wanted.items():
        if test == "not":
            held = _text(found) != value
        elif test == "contains":
            held = value.casefold() in _text(found).casefold()
        elif test == "lacks":
            held = value.casefold() not in _text(found).casefold()
        elif test == "at_least":
            held = (len(found) if isinstance(found, list | dict) else float(found)) >= float(value)
        elif test == "at_most":
            held = (len(found) if isinstance(found, list | dict) else float(found)) <= float(value)
        elif test == "in":
            held = _text(found) in value
        else:
            raise AssertionError(f"{test!r} is not a test of a case")
        if not held:
            return False
    return True


def _check(answer: dict[str, Any], case: Mapping[str, Any]) -> None:
    assert "refused" not in case, f"answered, though {case['refused']!r} must be refused: {answer}"
    for path, wanted in case["expect"].items():
        if isinstance(wanted, Mapping) and "absent" in wanted:
            with pytest.raises((KeyError, IndexError)):
                _at(answer, path)
            continue
        found = _at(answer, path)
        assert _holds(found, wanted), (path, found, wanted, case.get("because"))
    _bears(answer)


def _bears(part: Any) -> None:
    """No settled verdict anywhere in an answer stands over something that was not read."""
    if isinstance(part, list):
        for each in part:
            _bears(each)
    elif isinstance(part, dict):
        verdicts = {part.get(key) for key in ("status", "decision")}
        if verdicts & SETTLED and "coverage" in part:
            assert part["coverage"]
            assert all(row["state"] == READ for row in part["coverage"]), part["coverage"]
        for each in part.values():
            _bears(each)


def _refused(error: RefusedError, case: Mapping[str, Any]) -> None:
    assert "refused" in case, f"refused: {error}"
    # Pages and JSON write quotation marks in their own ways.
    described = str(error).replace("&#39;", "'").replace("&#34;", '"').replace('\\"', '"')
    assert case["refused"].casefold() in described.casefold()


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in ALL]
    assert len(names) == len(set(names))
    assert len(names) >= FEWEST


@pytest.mark.parametrize("case", _asked("cli"))
def test_the_command_says(case, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    try:
        answer = faces.cli(case["ask"], tmp_path, capsys)
    except RefusedError as error:
        _refused(error, case)
    else:
        _check(answer, case)


@pytest.mark.parametrize("case", _asked("api"))
def test_the_route_says(case, client) -> None:
    try:
        answer = faces.api(case["ask"], client)
    except RefusedError as error:
        _refused(error, case)
    else:
        _check(answer, case)


@pytest.mark.parametrize("case", _asked("assistant"))
def test_the_tool_says(case, tools) -> None:
    try:
        answer = faces.assistant(case["ask"], tools)
    except RefusedError as error:
        _refused(error, case)
    else:
        _check(answer, case)


@pytest.mark.parametrize("case", _asked("page"))
def test_the_page_says(case, client) -> None:
    try:
        text = faces.page(case["ask"], client)
    except RefusedError as error:
        _refused(error, case)
        return
    assert "refused" not in case, "the page answered"
    wanted = case["expect"].get("status", case["expect"].get("results.0.status"))
    if isinstance(wanted, str):
        assert f'data-status="{wanted}"' in text, case.get("because")


def test_a_batch_says_the_same_of_every_row(tmp_path, capsys) -> None:
    cases = [parameter.values[0] for parameter in _asked("batch")]
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    _write_rows(cases, path)
    assert main(["batch", str(path), "-o", str(out)]) == 0, capsys.readouterr().err
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(cases)
    wrong = []
    for case, row in zip(cases, found, strict=True):
        wanted = "unresolved" if "refused" in case else case["expect"].get("status")
        if wanted == "not_covered":
            wanted = "unresolved"
        if isinstance(wanted, str) and row["status"] != wanted:
            wrong.append((case["name"], wanted, row["status"], row["reason"]))
    assert not wrong


def _write_rows(cases: list[dict[str, Any]], path: Path) -> None:
    facts = sorted({key for case in cases for key in case["ask"].get("facts", {})})
    columns = ["code", "origin", "destination", "on", "value", "quantity", "unit"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *(f"fact.{key}" for key in facts)], restval="")
        writer.writeheader()
        for case in cases:
            ask = case["ask"]
            row = {key: ask[key] for key in ("code", "origin", "on", "value") if key in ask}
            row["destination"] = ask.get("to", "US")
            for unit, number in list(ask.get("quantities", {}).items())[:1]:
                row["quantity"], row["unit"] = number, unit
            row.update({f"fact.{key}": text for key, text in ask.get("facts", {}).items()})
            writer.writerow(row)
