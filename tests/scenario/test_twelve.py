"""The twelve scenarios of the guide: each in at most three lines, each with the answer it gives."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import main
from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError
from detente.scenario.scenario import read_scenario, with_scenario

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/scenarios.md"
TEXT = GUIDE.read_text(encoding="utf-8")
TEXT = TEXT[TEXT.index("## Twelve in three lines") : TEXT.index("## Two beside each other")]
BLOCKS = re.findall(r"```yaml\n(.*?)```\n\n`([^`]+)` → ([^\n]+)", TEXT, re.DOTALL)


def answered(capsys: pytest.CaptureFixture[str], command: str, *more: str) -> dict[str, Any]:
    import json

    assert main([*shlex.split(command), *more, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_there_are_eleven_of_the_register_and_one_of_the_world_model() -> None:
    assert len(BLOCKS) == 11
    assert TEXT.count("```csv") == 1


@pytest.mark.parametrize(
    ("events", "command", "described"), BLOCKS, ids=[each[1] for each in BLOCKS]
)
def test_a_scenario_of_the_guide_gives_the_answer_that_it_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], events: str, command: str, described: str
) -> None:
    lines = events.splitlines()
    assert len(lines) <= 3
    file = tmp_path / "s.yaml"
    file.write_text("name: s\nevents:\n" + "".join(f"  {line}\n" for line in lines), "utf-8")
    law = answered(capsys, command)
    supposed = answered(capsys, command, "--scenario", str(file))
    if "decision" in supposed:
        decision, _, policy = described.partition(", ")
        assert supposed["decision"] == decision
        assert (supposed["policy"] or "").replace("_", " ") == policy
        return
    before, after = (round(float(each["total"]["ad_valorem"]) * 100, 4) for each in (law, supposed))
    number = float(re.match(r"[\d.]+", described)[0])  # type: ignore[index]
    assert before != after
    assert (after - before if "points more" in described else after) == pytest.approx(number)


def test_a_third_countrys_duty_on_china_is_a_tariff_of_the_world_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (text,) = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)
    assert len(text.splitlines()) <= 3
    file = tmp_path / "mexico.csv"
    file.write_text(text, encoding="utf-8")
    found = answered(capsys, f"impact equilibrium --scenario {file} --draws 0")
    assert len(found["worlds"]) >= 2
    assert all(float(end) < 0 for end in found["welfare"]["CHN"])


def test_a_rate_that_is_set_keeps_what_is_exempt_exempt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(
        "name: s\nevents:\n  - {do: set_rate, measure: us-301-forced-labor, provision: cn,"
        ' from: 2026-11-10, rate: "40%"}\n',
        "utf-8",
    )
    exempt = "duty 9503.00.00.13 --origin CN --on 2026-11-12 --fact donation=true"
    law, supposed = answered(capsys, exempt), answered(capsys, exempt, "--scenario", str(file))
    assert law["total"]["ad_valorem"] == supposed["total"]["ad_valorem"] == "0"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("{do: join, measure: us-mfn, places: CN, from: 2026-11-10}", "`join` needs `provision`"),
        (
            "{do: join, measure: us-mfn, provision: column-9, places: CN, from: 2026-11-10}",
            "unknown provision `column-9`",
        ),
        (
            "{do: join, measure: us-ieepa-fentanyl-china, provision: main, places: VN,"
            " from: 2025-11-10}",
            "does not reach VN at all",
        ),
        (
            "{do: decide, measure: us-mfn, provision: column-2, decision: prohibited, "
            "from: 2026-11-10}",
            "`column-2` decides nothing",
        ),
        (
            "{do: decide, measure: cn-mofcom-2025-18, provision: terbium, decision: maybe,"
            " from: 2026-11-10}",
            "maybe",
        ),
        (
            "{do: enact, measure: us-x, title: x, by: US, places: CN, but: CN, from: 2026-11-10, "
            'rate: "1%"}',
            "no place is left",
        ),
        (
            "{do: enact, measure: us-x, title: x, by: US, places: CN, from: 2026-11-10,"
            ' rate: "$5"}',
            "cannot read the price",
        ),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_what_to_do(
    tmp_path: Path, event: str, message: str
) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(f"name: s\nevents:\n  - {event}\n", "utf-8")
    with pytest.raises(RegisterError, match=re.escape(message)):
        with_scenario(Register.built_in(), read_scenario(file))
