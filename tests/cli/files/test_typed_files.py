"""Answers of commands that read files hold what their types say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from detente.api.schemas import Schemas
from detente.cli.main import main
from detente.goods.schedule import Schedule
from detente.questions import NAMES, find
from detente.questions.over import ProgramRequest
from detente.questions.python import value_of
from detente.register.book import Register

CRITICAL = """input: something
cut: 0.9
months: 6
stock_months: 1
substitution: 0.5
unit: bn dollars
users:
  - {name: somebody, value_added: 10, cost_share: 0.01}
"""

ASKED = {
    "agree": ("agree {rates}", "agree --rates code=8507.60.00.10,origin=CN,base=3.4%,301=25%"),
    "check": ("check {goods}", "check {names}"),
    "audit": ("audit examples/audit.csv",),
    "owners count": ("owners count {owners} --country CN",),
    "verify": ("verify {memo}", "verify {broken}"),
    "scenario tree": (
        "scenario tree examples/trees/november.yaml --code 8507.60.00.10 --origin CN "
        "--value 10000 --draws 50 --seed 1",
    ),
    "impact critical": ("impact critical {critical}",),
}
"""What is asked of every question that no address can ask, and of one that an address asks less."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("typed")
    texts = {
        "rates": "code,origin,on,base,total\n8507.60.00.10,CN,2025-11-12,3.4%,1%\n",
        "goods": "code,origin,value\n8507.60.00.10,CN,10000\n7326.90.86.88,DE,20\n",
        "names": "supplier,country\nHuawei Technologies,CN\nBobby Unheard,US\n",
        "owners": "owner,company,share\nHuawei Technologies Co Ltd,Some Company,60\n",
    }
    found = {"folder": str(folder)}
    for name, text in texts.items():
        found[name] = str(folder / f"{name}.csv")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    found["critical"] = str(folder / "critical.yaml")
    Path(found["critical"]).write_text(CRITICAL, encoding="utf-8")
    found["memo"], found["broken"] = str(folder / "memo.md"), str(folder / "broken.md")
    words = ["assess", "examples/shipments/drone.json", "--on", "2026-08-01"]
    main([*words, "--memo", found["memo"]])
    memo = Path(found["memo"]).read_text(encoding="utf-8")
    Path(found["broken"]).write_text(memo.rstrip().rpartition("\n")[0], encoding="utf-8")
    return found


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, every in ASKED.items() for words in every]
)
def test_an_answer_of_a_file_is_of_its_type(
    name: str, words: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main([*words.format(**files).split(), "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    validate(name, answer)


def validate(name: str, answer: dict[str, Any]) -> None:
    schemas = Schemas()
    schema = schemas.of_answer(find(name).typed)
    jsonschema.validate(answer, {**schema, "components": {"schemas": schemas.named}})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("batch", {"input": "examples/entries.csv"}),
        ("panel", {"origins": "CN", "from": "2025-11-11", "to": "2025-11-13"}),
    ],
)
def test_what_came_of_a_written_table_is_of_its_type(
    name: str, given: dict[str, str], tmp_path: Path
) -> None:
    question = find(name)
    named = {**given, "output": str(tmp_path / "out.csv")}
    given_of = {each.name: value_of(each, named.get(each.name)) for each in question.parameters}
    over = (Register.built_in(), Schedule())
    asked = ProgramRequest(question.parameters, given_of, lambda: "2026-11-26", over, files=True)
    validate(name, dict(question.answer(asked)))


def test_every_question_has_a_typed_answer() -> None:
    assert [name for name in NAMES if not find(name).typed] == []
