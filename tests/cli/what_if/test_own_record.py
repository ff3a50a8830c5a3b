"""Every question over a register in which a scenario enacts a record of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.questions import NAMES, find
from detente.questions.parameters import EVERYWHERE
from tests.cli.conftest import Run

SCENARIO = """name: mine
note: "Five percent on toys"
events:
  - {do: enact, measure: us-mine, title: "Five percent on toys", by: US, places: CN,
     goods: "9503", from: 2026-01-01, rate: "5%"}
"""
TOY = ("9503.00.00.73", "--origin", "CN", "--on", "2026-09-01", "--value", "1000")
NEEDED = {
    "feed": ("-o", "{folder}/feed.atom"),
    "batch": ("{folder}/entries.csv", "-o", "{folder}/duties.csv"),
    "panel": ("--origins", "CN", "--from", "2026-09-01", "--to", "2026-09-02",
              "-o", "{folder}/panel.csv"),
    "owners": ("{folder}/shares.csv",),
    "owners count": ("{folder}/shares.csv",),
    "verify": ("{folder}/memo.md",),
}  # fmt: skip
"""Files that some questions cannot be asked without, in a folder."""

FILES = {
    "entries.csv": "code,origin,on,value\n9503.00.00.73,CN,2026-09-01,1000\n",
    "shares.csv": "owner,owned,share\nHuawei Technologies,Sub Ltd,60%\n",
}
TAKING = [
    name for name in NAMES if any("--scenario" in each.options for each in find(name).parameters)
]


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(SCENARIO)
    return str(path)


def words_of(name: str) -> list[str]:
    """The sample of a question as words of its command."""
    question = find(name)
    known = {each.name: each for each in question.parameters_in(EVERYWHERE)}
    words = name.split()
    for key, value in question.sample():
        if key == "scenario":
            continue
        parameter = known[key]
        if not parameter.options[0].startswith("-"):
            words.append(value)
        elif parameter.kind == "flag":
            words.append(parameter.options[0])
        else:
            words += [parameter.options[0], value]
    return words


ASKED = [
    pytest.param(name, form, id=f"{name}-{'json' if form else 'text'}")
    for name in TAKING
    for form in ((), ("--json",))
    if not form or name not in ("batch", "panel")  # they write tables alone
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "form"), ASKED)
def test_a_question_answers_over_a_scenarios_own_record(
    run: Run, scenario: str, name: str, form: tuple[str, ...]
) -> None:
    folder = Path(scenario).parent
    for file, text in FILES.items():
        (folder / file).write_text(text)
    if name == "verify":
        described = ("--code", TOY[0], "--origin", "CN", "--to", "US", "--on", "2026-09-01")
        memo = run("assess", *described, "--scenario", scenario, "--memo", str(folder / "memo.md"))
        assert memo.code == 0, memo.err
    needed = [word.format(folder=folder) for word in NEEDED.get(name, ())]
    ran = run(*words_of(name), *needed, "--scenario", scenario, *form)
    assert ran.code == 0, ran.err
    assert ran.out.strip() or ran.err.strip()


def test_the_record_is_shown_and_charged(run: Run, scenario: str) -> None:
    shown = run("measure", "us-mine", "--scenario", scenario)
    assert (shown.code, "Five percent on toys" in shown.out) == (0, True)
    charged = run("duty", *TOY, "--scenario", scenario, "--why")
    # Five percent of $1,000.
    assert (charged.code, "$50.00" in charged.out) == (0, True)
