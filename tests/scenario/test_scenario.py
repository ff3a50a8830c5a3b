"""Scenarios: short words and whole events, each one period more, and the register left as it
was.
"""

from __future__ import annotations

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError
from detente.register.runs import runs
from detente.scenario.scenario import read_scenario, with_scenario


@pytest.fixture(scope="module")
def register():
    return Register.built_in()


@pytest.fixture
def suppose(tmp_path, register):
    def make(events):
        file = tmp_path / "scenario.yaml"
        file.write_text(f"name: test\nevents:\n{events}\n", encoding="utf-8")
        return with_scenario(register, read_scenario(file))

    return make


def _total(register, on, code="9503.00.00", **facts):
    answer = answer_duty(register, Schedule(), DutyQuestion(code, "CN", on, facts=facts))
    return answer["total"]["ad_valorem"]


def test_to_end_a_measure_takes_its_duty_from_that_day(suppose):
    supposed = suppose("  - {do: end, measure: us-301-forced-labor, from: 2026-11-01}")
    assert (_total(supposed, "2026-10-31"), _total(supposed, "2026-11-01")) == ("0.125", "0")


def test_to_extend_goes_on_with_what_shows_on_the_day_before(suppose):
    supposed = suppose(
        "  - {do: extend, measure: us-301-technology, provision: excluded-described,"
        " from: 2026-11-10, until: 2027-01-10}"
    )
    totals = [
        _total(supposed, day, "2805.11.00.00", exclusion="true")
        for day in ("2026-11-10", "2027-01-09", "2027-01-10")
    ]
    # 5.3 + forced labor 12.5, and list 3 adds 25 when the exclusion is over
    assert totals == ["0.178", "0.178", "0.428"]


def test_to_revive_shows_what_lies_beneath_a_suspension(suppose):
    supposed = suppose(
        "  - {do: revive, measure: us-ieepa-reciprocal-china, provision: main,"
        " from: 2025-12-01, until: 2026-01-01}"
    )
    # fentanyl 10 + reciprocal: 34 is what the suspension of 24 points stands on
    assert (_total(supposed, "2025-11-30"), _total(supposed, "2025-12-01")) == ("0.2", "0.44")


def test_to_set_a_rate_changes_it_over_its_days_alone(suppose):
    supposed = suppose(
        "  - {do: set_rate, measure: us-301-technology, provision: list-1, from: 2026-12-01,"
        ' until: 2026-12-31, rate: "60%"}'
    )
    totals = [_total(supposed, day, "8413.91.90") for day in ("2026-11-30", "2026-12-01")]
    # 0 + list 1 (25, then 60) + forced labor 12.5
    assert totals == ["0.375", "0.725"]


def test_a_whole_event_is_written_as_in_the_register(suppose):
    supposed = suppose(
        "  - {measure: us-122-surcharge, announced: 2026-07-01, source: proclamation-11012,"
        ' periods: [{provision: main, from: 2026-07-24, until: 2026-12-01, add: "15%"}]}'
    )
    assert _total(supposed, "2026-08-01") == "0.275"


def test_a_scenario_leaves_the_register_as_it_was(suppose, register):
    before = _total(register, "2026-11-01")
    suppose("  - {do: end, measure: us-301-forced-labor, from: 2026-11-01}")
    assert _total(register, "2026-11-01") == before


def test_a_scenario_has_a_hash_of_its_own(suppose, register):
    supposed = suppose("  - {do: end, measure: us-301-forced-labor, from: 2026-11-01}")
    assert supposed.sha256 != register.sha256


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("{do: end, measure: us-nothing, from: 2026-11-01}", "no record `us-nothing`"),
        ("{do: stop, measure: us-mfn, from: 2026-11-01}", "unknown word `stop`"),
        ("{do: end, measure: us-mfn, from: tomorrow}", "neither a day nor an instant"),
        ("{do: set_rate, measure: us-mfn, provision: main, from: 2026-11-01}", "needs a rate"),
        (
            "{do: end, measure: us-mfn, provision: minor, from: 2026-11-01}",
            "unknown provision `minor`",
        ),
        (
            "{do: end, measure: us-mfn, from: 2026-11-01, until: 2026-10-01}",
            "`until` is not after `from`",
        ),
        ('{do: enact_threat, measure: us-mfn, from: 2026-11-01, rate: "1%"}', "takes a threat"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_its_line(suppose, event, message):
    with pytest.raises(RegisterError, match=rf"scenario\.yaml:3: .*{message}"):
        suppose(f"  - {event}")


def test_what_is_revived_ends_on_the_day_of_its_own(suppose, register):
    supposed = suppose("  - {do: revive, measure: us-301-maritime, from: 2026-11-10}")
    # the relief for cranes under a contract before 17 April 2025 runs to 18 April 2027
    for name in ("contract-2025", "chassis"):
        before = runs(register.measure("us-301-maritime").provision(name))
        after = runs(supposed.measure("us-301-maritime").provision(name))
        assert [run[:4] for run in after] == [run[:4] for run in before]


def test_a_short_word_stands_over_a_whole_event_that_comes_after_it(suppose):
    supposed = suppose(
        "  - {do: end, measure: us-301-forced-labor, from: 2026-11-01}\n"
        "  - {measure: us-301-forced-labor, announced: 2026-12-01, source: scenario,"
        ' periods: [{provision: listed, from: 2026-12-01, add: "1%"}]}'
    )
    assert _total(supposed, "2026-12-02") == "0"


def test_a_record_of_one_s_own_charges_its_goods_from_its_places(suppose):
    supposed = suppose(
        "  - {do: enact, measure: us-mine, title: Mine, by: US, places: CN, from: 2026-11-01,"
        ' until: 2026-12-01, goods: "9503", rate: "5%"}'
    )
    assert _total(supposed, "2026-11-30") == "0.175"
    assert _total(supposed, "2026-12-01") == "0.125"
    assert _total(supposed, "2026-11-30", "8413.91.90") == "0.375"


def test_a_scenario_builds_on_those_of_the_register(tmp_path, register):
    file = tmp_path / "more.yaml"
    file.write_text(
        "name: more\nbuilds_on: [decoupling]\nevents:\n"
        "  - {do: end, measure: us-supposed-duty-china, from: 2026-12-01}\n",
        encoding="utf-8",
    )
    supposed = with_scenario(register, read_scenario(file))
    assert [_total(supposed, day) for day in ("2026-11-30", "2026-12-01")] == ["1.575", "0.125"]
    assert supposed.supposed == ("more",)


def test_a_code_that_a_scenario_writes_out_is_asked_about_as_one_of_the_register_is(suppose):
    supposed = suppose(
        "  - {do: enact, measure: us-mine, title: Mine, by: US, places: CN, from: 2026-09-01,"
        ' until: 2026-12-01, goods: "9503000071", rate: "30%"}'
    )
    answer = answer_duty(supposed, Schedule(), DutyQuestion("9503.00.00", "CN", "2026-09-02"))
    (asked,) = [each for each in answer["open_questions"] if each["kind"] == "list"]
    # forced labor 12.5, and 30 more for the number that the scenario names
    assert asked["by_code"] == {"9503.00.00.71": "0.425"}
