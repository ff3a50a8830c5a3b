"""What a new order reaches: an exemption stays with its duty, and a like duty is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli.main import main
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError
from detente.register.local.overlay import try_order
from detente.register.local.template import template

ORDER = """\
area: us/tariff
sources:
  proclamation: {{citation: "91 Fed. Reg. 1", title: "Small drones"}}
records:
  - id: us-small-drones
    title: Small drones
    by: US
    family: "{family}"
    authority: [proclamation]
    places: all
    provisions:
      - {{id: exempt, heading: "9903.00.02", {goods}when: {{usmca: {{is: true}}}}}}
      - {{id: main, heading: "9903.00.01", goods: ["8806.22.00"]}}
    events:
      - announced: 2026-09-01
        source: proclamation
        periods:
          - {{provision: main, from: 2026-09-05, add: "25%"}}
          - {{provision: exempt, from: 2026-09-05, free: true}}
    verified: {{day: 2026-10-10, grade: primary}}
{more}"""
YIELD = """\
yields:
  - {yielding: us-small-drones, prevailing: us-232-unmanned-aircraft, basis: article,
     announced: 2026-09-01, from: 2026-09-05, source: proclamation}
"""
OWN = 'goods: ["8806.22.00"], '


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


def order(tmp_path: Path, goods: str = OWN, family: str = "232", more: str = "") -> Path:
    path = tmp_path / "small-drones.yaml"
    path.write_text(ORDER.format(goods=goods, family=family, more=more), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("goods", "message"),
    [
        ("", "the provision `exempt` names no goods, and the duty of us-small-drones does"),
        ('goods: ["8806"], ', "the provision `exempt` names 8806, which us-small-drones does not"),
        ('goods: ["9403.60.80"], ', "names 94036080, which us-small-drones does not charge"),
    ],
)
def test_an_exemption_that_reaches_beyond_the_goods_of_its_duty_is_refused(
    register: Register, tmp_path: Path, goods: str, message: str
) -> None:
    with pytest.raises(RegisterError, match=message):
        try_order(order(tmp_path, goods), register)


def test_check_and_add_refuse_it_with_its_line_and_keep_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = str(order(tmp_path, ""))
    for verb in ("check", "add"):
        assert main(["register", verb, path]) == 2
        assert "small-drones.yaml:5: the provision `exempt`" in capsys.readouterr().err
    assert not (tmp_path / "home" / "orders").exists()


def test_an_exemption_of_its_own_goods_is_filed_for_them_alone(
    register: Register, tmp_path: Path
) -> None:
    trial = try_order(order(tmp_path), register)

    def filed(code: str) -> list[str]:
        facts = {"usmca": "true"}
        question = DutyQuestion(code, "MX", "2026-10-09", facts=facts)
        headings: list[str] = answer_duty(trial.register, Schedule(), question)["filing"]
        return headings

    assert "9903.00.02" in filed("8806.22.00.00")
    assert "9903.00.02" not in filed("9403.60.80.40")


def test_an_exemption_that_stands_beside_no_charge_of_its_measure_is_not_filed(
    register: Register,
) -> None:
    # The list of aircraft parts is that of the reciprocal duty too: a tube of plastic is no metal.
    question = DutyQuestion("3917.21.00.00", "GB", "2026-05-01", facts={"civil_aircraft": "true"})
    answer = answer_duty(register, Schedule(), question)
    measures = {row["measure"] for row in (*answer["layers"], *answer["not_applied"])}
    assert "us-232-metals" not in measures
    assert "9903.96.01" not in answer["filing"]


def test_a_duty_of_the_same_kind_on_the_same_goods_is_told(
    register: Register, tmp_path: Path
) -> None:
    (row,) = try_order(order(tmp_path), register).added.beside
    assert row.old.startswith("us-232-unmanned-aircraft/")
    assert "charges goods of code 88062200 too from 2026-09-05" in str(row)


def test_another_family_or_a_yield_between_them_is_no_double(
    register: Register, tmp_path: Path
) -> None:
    assert try_order(order(tmp_path, family="122"), register).added.beside == ()
    assert try_order(order(tmp_path, more=YIELD), register).added.beside == ()


def test_the_template_passes_its_own_check(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "robots.yaml"
    path.write_text(template("us/tariff", "robots"), encoding="utf-8")
    assert try_order(path, register).added.records == ("us-robots",)
    written = path.read_text(encoding="utf-8")
    broken = written.replace('        goods: ["8479.50.00"]\n', "")
    assert broken != written
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(RegisterError, match="the provision `donation` names no goods"):
        try_order(path, register)
