"""The scenarios that come with the register change what they say, and nothing else."""

from __future__ import annotations

import pytest

from detente.core.clock import MINUTES, day_number
from detente.duty.answer import answer_duty
from detente.duty.effect import question
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.runs import run_at
from detente.register.views.truce import truce
from detente.scenario.changes import changes, days_of_change
from detente.scenario.scenario import find_scenario, shipped, touched, with_scenario

NAMES = ("back-to-2017", "decoupling", "threat-100", "truce-extended", "truce-lapses")
FIRST = "2026-11-10"
AFTER = "2026-11-12"
EXCLUDED = DutyQuestion("2805.11.00.00", "CN", AFTER, facts={"exclusion": "true"})


@pytest.fixture(scope="module")
def register():
    return Register.built_in()


@pytest.fixture(scope="module")
def supposed(register):
    return {name: with_scenario(register, shipped(register, name)) for name in NAMES}


@pytest.fixture(scope="module")
def schedule():
    return Schedule()


def _duties(register, schedule, day):
    """The total of every good of the basket, and its ordinary duty."""
    found = []
    for good in register.basket:
        answer = answer_duty(register, schedule, question(good, day))
        base = [each["ad_valorem"] for each in answer["layers"] if each["family"] == "base"]
        found.append((good, answer["total"]["ad_valorem"], base[0] if base else "0"))
    return found


def _all_changes(register, after):
    return changes(register, after, after.names())


def test_these_come_with_the_register(register):
    assert tuple(register.scenarios) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_says_what_it_supposes_and_names_sources_of_the_register(register, name):
    scenario = shipped(register, name)
    assert scenario.name == name
    assert scenario.note
    assert scenario.assumes
    assert set(scenario.sources) <= register.sources.keys()


@pytest.mark.parametrize("name", NAMES)
def test_each_leaves_every_day_before_its_first_as_it_was(register, supposed, name):
    found = _all_changes(register, supposed[name])
    assert all(each.start >= day_number(FIRST) * MINUTES for each in found)


@pytest.mark.parametrize("name", NAMES)
def test_each_changes_the_records_that_its_events_name_and_no_other(register, supposed, name):
    named = set(touched(register, shipped(register, name)))
    found = {each.measure.id for each in _all_changes(register, supposed[name])}
    assert found <= named
    # What truce-lapses writes down is the law as it stands; of the others no event is idle.
    idle = {"us-301-crane-owners"} if name == "truce-lapses" else set()
    assert (found == named) == (name not in ("truce-lapses", "decoupling")), found ^ named
    assert not idle & found


def test_each_has_a_hash_of_its_own(register, supposed):
    hashes = {each.sha256 for each in supposed.values()}
    assert len(hashes | {register.sha256}) == len(NAMES) + 1


def test_the_register_s_hash_covers_its_scenarios(tmp_path):
    from detente.register.load.compile import folder_hash

    (tmp_path / "scenarios").mkdir()
    file = tmp_path / "scenarios" / "a.yaml"
    file.write_text("name: a\nevents: []\n", encoding="utf-8")
    before = folder_hash(tmp_path)
    file.write_text("name: a\nnote: more\nevents: []\n", encoding="utf-8")
    assert folder_hash(tmp_path) != before


def test_truce_lapses_is_the_law_as_the_register_reads_it(register, supposed):
    assert _all_changes(register, supposed["truce-lapses"]) == []


def test_truce_lapses_stays_when_a_later_order_extends_the_truce(register, supposed):
    extended = supposed["truce-extended"]
    again = with_scenario(extended, shipped(register, "truce-lapses"))
    on = {row["measure"]: row["state"] for row in truce(again, None, "2026-11-29")["instruments"]}
    law = truce(register, None, "2026-11-29")["instruments"]
    assert on["us-affiliates-rule"] == on["cn-reciprocal-answer"] == "in_force"
    assert {name: on[name] for name in on if name != "us-301-technology"} == {
        row["measure"]: row["state"] for row in law if row["measure"] != "us-301-technology"
    }


def test_truce_extended_moves_the_return_of_all_that_has_a_term(register, supposed):
    def flat(rows):
        return [each for row in rows for each in (row, *row["also"])]

    before = flat(truce(register, None, FIRST)["instruments"])
    after = flat(truce(supposed["truce-extended"], None, FIRST)["instruments"])
    for old, new in zip(before, after, strict=True):
        expected = old["returns_on"] and "2027-01-10"
        assert (new["returns_on"] or "")[:10] == (expected or ""), new["measure"]


def test_truce_extended_settles_the_doubtful_last_days(register, supposed):
    provision = supposed["truce-extended"].measure("cn-mofcom-2025-57").provision("holmium")
    run = run_at(provision, day_number("2026-11-10") * MINUTES)
    assert (run.state, run.last.boundary) == ("suspended", "")


@pytest.mark.parametrize(
    ("name", "day", "total"),
    [
        # 5.3 + forced labor 12.5; list 3 adds 25 where the exclusion is over
        ("truce-lapses", "2026-11-09", "0.178"),
        ("truce-lapses", "2026-11-10", "0.428"),
        ("truce-extended", "2026-11-10", "0.178"),
        ("truce-extended", "2027-01-09", "0.178"),
        ("truce-extended", "2027-01-10", "0.428"),
        ("threat-100", "2026-11-10", "1.428"),
        ("decoupling", "2026-11-10", "1.878"),
        ("back-to-2017", "2026-11-10", "0.053"),
    ],
)
def test_goods_under_an_exclusion_owe_what_the_scenario_says(supposed, schedule, name, day, total):
    answer = answer_duty(supposed[name], schedule, EXCLUDED._replace(on=day))
    assert answer["total"]["ad_valorem"] == total


@pytest.mark.parametrize(
    ("name", "total"),
    [
        # 25 of list 1 and 34, 10 or 125 in answer to the reciprocal duty, 10 of February 2025
        ("truce-lapses", "0.645"),
        ("truce-extended", "0.405"),
        ("decoupling", "1.655"),
        ("back-to-2017", "0.03"),
    ],
)
def test_soybeans_into_china_owe_what_the_scenario_says(supposed, schedule, name, total):
    asked = DutyQuestion("1201.90", "US", AFTER, destination="CN", base="3%")
    assert answer_duty(supposed[name], schedule, asked)["total"]["ad_valorem"] == total


def test_threat_100_adds_100_points_to_every_good_of_china_and_none_to_others(
    register, supposed, schedule
):
    before = _duties(register, schedule, AFTER)
    after = _duties(supposed["threat-100"], schedule, AFTER)
    for (good, old, _), (_, new, _) in zip(before, after, strict=True):
        if old is not None:
            points = round((float(new) - float(old)) * 100, 4)
            assert points == (100 if good.origin == "CN" else 0), good


@pytest.mark.parametrize("day", [AFTER, "2027-01-02", "2027-02-10", "2027-06-24"])
def test_back_to_2017_leaves_goods_of_china_their_ordinary_duty_alone(supposed, schedule, day):
    for good, total, base in _duties(supposed["back-to-2017"], schedule, day):
        if good.origin == "CN":
            assert total == base, (good, day)


def test_what_is_supposed_holds_whatever_was_known(register, supposed, schedule):
    asked = EXCLUDED._replace(known_on="2025-12-01")
    law = answer_duty(register, schedule, asked)["total"]["ad_valorem"]
    threat = answer_duty(supposed["threat-100"], schedule, asked)["total"]["ad_valorem"]
    assert round(float(threat) - float(law), 6) == 1


def test_an_answer_says_that_it_is_supposed(supposed, schedule):
    answer = answer_duty(supposed["decoupling"], schedule, EXCLUDED)
    stated = [note for note in answer["notes"] if "supposes the scenario" in note]
    assert stated == ["This supposes the scenario decoupling, which is not the law."]


def test_days_of_change_are_those_on_which_a_difference_begins_or_ends(register, supposed):
    found = changes(register, supposed["threat-100"], ["us-threat-china-100-percent"])
    assert days_of_change(found) == [FIRST]
    extended = supposed["truce-extended"]
    days = days_of_change(changes(register, extended, ["us-301-technology"]))
    assert days == [FIRST, "2027-01-10"]


def test_a_word_that_is_neither_a_name_nor_a_file_is_told_the_names(register):
    with pytest.raises(FileNotFoundError, match="Scenarios: back-to-2017, decoupling"):
        find_scenario(register, "truce-forever")
