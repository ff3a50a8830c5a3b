"""Orders laid over the register: kept, named in answers, forgotten, and met by a later release."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from detente.duty.answer import answer_duty
from detente.duty.effect import effects, own_goods
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register import book
from detente.register.book import Register
from detente.register.load.compile import build_register
from detente.register.load.yaml_reader import RegisterError
from detente.register.local.overlay import add, orders, remove, try_order
from tests import in_yaml

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "orders" / "eo-14195.yaml"
EXTENSION = """
area: us/tariff
sources:
  notice: {citation: "91 Fed. Reg. 1", title: "Extension of exclusions"}
amend:
  - measure: us-301-technology
    events:
      - announced: 2026-11-05
        source: notice
        periods:
          - {provision: excluded-described, from: 2026-11-10, until: 2027-01-10, free: true}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _answer(register, code, on, **facts):
    return answer_duty(register, Schedule(), DutyQuestion(code, "CN", on, facts=facts))


def _without(tmp_path, name, file):
    """The register's folder without one measure and whatever yields to it or before it."""
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "register", folder)
    (folder / "us" / "tariff" / file).unlink()
    shutil.rmtree(folder / "both")  # agreements name the measure that is taken out
    path = folder / "yields.yaml"
    stated = in_yaml.texts(path)
    stated["rows"] = [
        row for row in stated["rows"] if name not in f"{row['yielding']} {row['prevailing']}"
    ]
    path.write_text(_as_yaml(stated), encoding="utf-8")
    return folder


def _as_yaml(rows):
    """Rows with every text in quotes, as the strict loader wants codes and headings."""
    return (
        yaml.dump(rows, default_style='"', allow_unicode=True)
        .replace('"true"', "true")
        .replace('"false"', "false")
    )


def test_the_order_of_the_guide_gives_the_answers_of_the_register_it_was_taken_out_of(tmp_path):
    folder = _without(tmp_path, "us-ieepa-fentanyl-china", "ieepa-fentanyl-china.yaml")
    bare = Register.load(folder)
    trial = try_order(EXAMPLE, bare)
    assert trial.added.records == ("us-opioid-duty",)
    whole = Register.built_in()
    # The order as first given holds until the second order of 3 March 2025.
    days = ["2025-02-03", "2025-02-04", "2025-03-03"]
    differing = [
        row
        for row in effects(whole, trial.register, Schedule(), days)
        if row.before != row.after or row.filing_before != row.filing_after
    ]
    assert differing == []
    moved = list(effects(bare, trial.register, Schedule(), ["2025-02-04"]))
    assert len(moved) > 30


ON_LITHIUM = """
area: us/tariff
sources:
  order: {citation: "Proclamation 99999", title: "Lithium salts"}
records:
  - id: us-lithium-salts
    title: Duty on lithium salts
    by: US
    family: "232"
    authority: [order]
    places: all
    provisions:
      - id: sailed
        heading: "9903.99.01"
        goods: ["2836.91.00"]
        when: {loaded_on: {before: 2026-12-15}}
      - {id: allies, title: "Of Japan", heading: "9903.99.02", goods: ["2836.91.00"], places: [JP]}
      - {id: main, title: "Carbonate", heading: "9903.99.03", goods: ["2836.91.00"]}
    events:
      - announced: 2026-11-20
        source: order
        periods:
          - {provision: main, from: 2026-12-15, add: "20%"}
          - {provision: allies, from: 2026-12-15, cap: "15%"}
          - {provision: sailed, from: 2026-12-15, free: true}
    verified: {day: 2026-11-27, grade: primary}
"""


def test_an_order_on_goods_outside_the_basket_is_shown_on_its_own_goods(tmp_path):
    path = tmp_path / "lithium-salts.yaml"
    path.write_text(ON_LITHIUM)
    base = Register.built_in()
    trial = try_order(path, base)
    own = own_goods(trial.register, trial.added.records)
    assert [(good.code, good.origin, good.what) for good in own] == [
        ("2836.91.00", "JP", "Of Japan"),
        ("2836.91.00", "CN", "Carbonate"),
    ]
    assert list(effects(base, trial.register, Schedule(), ["2026-12-15"])) == []
    found = {
        row.good.origin: (Fraction(row.before), Fraction(row.after))
        for row in effects(base, trial.register, Schedule(), ["2026-12-15"], own)
    }
    # Column 1 is 3.7%: lifted to 15% for Japan; for China 20 points more.
    assert found["JP"] == (Fraction("0.037"), Fraction("0.15"))
    assert found["CN"][1] - found["CN"][0] == Fraction("0.2")


def test_an_order_that_is_added_is_in_every_answer_and_named_there(home, tmp_path):
    before = _answer(Register.load(), "9503.00.00", "2025-02-10")
    assert add(EXAMPLE, home).records == ("us-opioid-duty",)
    after = _answer(Register.load(), "9503.00.00", "2025-02-10")
    # The built-in fentanyl duty of 10 and the local one of 10.
    assert (before["total"]["ad_valorem"], after["total"]["ad_valorem"]) == ("0.1", "0.2")
    assert after["register"]["local_records"] == 1
    assert "With 1 local record: us-opioid-duty." in after["notes"]
    assert after["register"]["sha256"] != before["register"]["sha256"]


def test_an_order_that_is_removed_leaves_no_trace(home):
    before = _answer(Register.load(), "9503.00.00", "2025-02-10")
    add(EXAMPLE, home)
    assert remove("us-opioid-duty", home) == "eo-14195"
    assert _answer(Register.load(), "9503.00.00", "2025-02-10") == before
    assert orders(home) == {}


def test_events_on_an_old_measure_cover_its_days_and_no_others(home, tmp_path):
    file = tmp_path / "extension.yaml"
    file.write_text(EXTENSION, encoding="utf-8")
    add(file, home)
    register = Register.load()
    # Sodium: 5.3 + forced labor 12.5; without the exclusion list 3 adds 25.
    for day, total in (("2026-11-09", "0.178"), ("2026-11-10", "0.178"), ("2027-01-10", "0.428")):
        answer = _answer(register, "2805.11.00.00", day, exclusion="true")
        assert answer["total"]["ad_valorem"] == total, day


def test_an_order_with_a_mistake_is_not_kept(home, tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text(EXTENSION.replace("excluded-described", "excluded-describd"), encoding="utf-8")
    with pytest.raises(
        RegisterError, match=r"broken\.yaml:11: unknown provision `excluded-describd`"
    ):
        add(file, home)
    assert orders(home) == {}


def test_a_record_with_the_id_of_one_that_exists_is_refused_with_the_way_to_amend_it(
    home, tmp_path
):
    file = tmp_path / "again.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(text.replace("us-opioid-duty", "us-ieepa-fentanyl-china"), encoding="utf-8")
    with pytest.raises(RegisterError, match="add events under `amend:`"):
        add(file, home)


def test_a_later_release_that_has_the_record_leaves_the_local_one_out_and_says_so(
    home, tmp_path, monkeypatch
):
    add(EXAMPLE, home)
    later = tmp_path / "later"
    shutil.copytree(ROOT / "register", later)
    record = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["records"][0]
    text = EXAMPLE.read_text(encoding="utf-8")
    block = text[text.index("  - id: us-opioid-duty") :]
    lines = [line[4:] if line.startswith("    ") else line for line in block.splitlines()]
    lines[0] = f"id: {record['id']}"
    body = "\n".join(lines).replace("order-of-1-february-2025", "eo-14195")
    (later / "us" / "tariff" / "opioid.yaml").write_text(body, encoding="utf-8")
    release = tmp_path / "release.sqlite"
    build_register(later, release)
    monkeypatch.setattr(book, "BUILT_IN", str(release))
    answer = _answer(Register.load(), "9503.00.00", "2025-02-10")
    assert answer["register"]["local_records"] == 0
    assert any("has us-opioid-duty itself by now" in note for note in answer["notes"])


def test_an_order_of_the_same_name_is_not_overwritten(home):
    add(EXAMPLE, home)
    with pytest.raises(RegisterError, match="has a record `us-opioid-duty`"):
        add(EXAMPLE, home)
