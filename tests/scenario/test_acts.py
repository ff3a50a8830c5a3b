"""A short word reaches the provisions that it is about: a rate those that charge."""

from __future__ import annotations

import pytest

from detente.cli.main import main
from detente.core.clock import day_number
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError
from detente.register.periods import period_at
from detente.scenario.scenario import read_scenario, with_scenario

LAPTOPS, BATTERIES = "8471.30.01.00", "8507.60.00.10"
OWN = (
    '{do: enact, measure: us-mine, title: Mine, by: US, places: CN, from: 2026-11-01, rate: "10%"}'
)


@pytest.fixture(scope="module")
def register():
    return Register.built_in()


@pytest.fixture(scope="module")
def schedule():
    opened = Schedule()
    yield opened
    opened.close()


@pytest.fixture
def suppose(register, tmp_path):
    def made(*events):
        path = tmp_path / "what-if.yaml"
        rows = "".join(f"  - {event}\n" for event in events)
        path.write_text(f"name: what-if\nevents:\n{rows}", encoding="utf-8")
        return with_scenario(register, read_scenario(path))

    return made


@pytest.fixture
def charged(schedule):
    """Rate and heading of a measure on a line of China; None where it does not stand on it."""

    def found(register, code, on, measure="us-ieepa-reciprocal-china"):
        answer = answer_duty(register, schedule, DutyQuestion(code, "CN", on))
        for layer in answer["layers"]:
            if layer["measure"] == measure and layer["ad_valorem"] not in (None, "0"):
                return layer["ad_valorem"], layer["heading"]
        return None

    return found


RECIPROCAL = "measure: us-ieepa-reciprocal-china"


def test_a_set_rate_changes_what_is_charged_and_leaves_exempt_goods_exempt(suppose, charged):
    supposed = suppose(f'{{do: set_rate, {RECIPROCAL}, from: 2025-12-01, rate: "5%"}}')
    assert charged(supposed, BATTERIES, "2025-12-05") == ("0.05", "9903.01.25")
    assert charged(supposed, LAPTOPS, "2025-12-05") is None


@pytest.mark.parametrize("exemption", ["chapter-98", "donation", "informational", "annex-ii"])
def test_no_exemption_is_painted_by_a_rate(suppose, register, exemption):
    supposed = suppose(f'{{do: set_rate, {RECIPROCAL}, from: 2025-12-01, rate: "5%"}}')
    before = register.measure("us-ieepa-reciprocal-china").provision(exemption)
    assert (
        supposed.measure("us-ieepa-reciprocal-china").provision(exemption).periods == before.periods
    )


def test_every_measure_that_charges_one_rate_keeps_all_its_exemptions(suppose, register):
    minute = day_number("2026-11-01") * 1440
    tried = 0
    for name in register.names():
        measure = register.measure(name)
        shown = {
            provision.id: period_at(provision.periods, minute) for provision in measure.provisions
        }
        duties = {id: period.duty for id, period in shown.items() if period and period.duty}
        exempt = [id for id, duty in duties.items() if duty.form in ("free", "unknown")]
        rates = {duty.text for duty in duties.values() if duty.form not in ("free", "unknown")}
        if not exempt or len(rates) != 1 or measure.kind != "measure":
            continue
        tried += 1
        supposed = suppose(f'{{do: set_rate, measure: {name}, from: 2026-11-01, rate: "5%"}}')
        after = supposed.measure(name)
        for provision in exempt:
            assert after.provision(provision).periods == measure.provision(provision).periods, (
                name,
                provision,
            )
        changed = [
            provision.id
            for provision in after.provisions
            if provision.periods != measure.provision(provision.id).periods
        ]
        assert changed, name
        assert set(changed) <= set(duties), name
    assert tried > 3


def test_what_is_enacted_again_comes_back_with_its_exemptions(suppose, charged):
    supposed = suppose(f'{{do: enact, {RECIPROCAL}, from: 2026-11-10, rate: "5%"}}')
    assert charged(supposed, BATTERIES, "2026-11-12") == ("0.05", "9903.01.25")
    assert charged(supposed, LAPTOPS, "2026-11-12") is None
    # What was in transit in April 2025 had ended long before.
    sailed = supposed.measure("us-ieepa-reciprocal-china").provision("sailed-9-april")
    assert period_at(sailed.periods, day_number("2026-11-12") * 1440).state == "ended"


def test_what_has_ended_is_revived_with_its_exemptions_and_without_what_ended_before(
    suppose, charged
):
    supposed = suppose(f"{{do: revive, {RECIPROCAL}, from: 2026-11-10}}")
    # 34% lay beneath the suspension to 10% when the measure ended.
    assert charged(supposed, BATTERIES, "2026-11-12") == ("0.34", "9903.01.63")
    assert charged(supposed, LAPTOPS, "2026-11-12") is None
    sailed = supposed.measure("us-ieepa-reciprocal-china").provision("sailed-9-april")
    assert period_at(sailed.periods, day_number("2026-11-12") * 1440).state == "ended"


def test_to_revive_touches_only_what_is_suspended(suppose, register):
    supposed = suppose("{do: revive, measure: us-301-technology, from: 2026-10-10}")
    before, after = register.measure("us-301-technology"), supposed.measure("us-301-technology")
    changed = [
        provision.id
        for provision in after.provisions
        if provision.periods != before.provision(provision.id).periods
    ]
    assert changed == ["list-4b"]


def test_another_rate_of_a_cap_is_a_cap_and_keeps_its_heading(suppose, register):
    measure, minute = "us-232-autos", day_number("2026-11-01") * 1440
    provision, shown = next(
        (provision.id, period)
        for provision in register.measure(measure).provisions
        if (period := period_at(provision.periods, minute))
        and period.duty
        and period.duty.form == "cap"
    )
    supposed = suppose(
        f"{{do: set_rate, measure: {measure}, provision: {provision}, "
        'from: 2026-11-01, rate: "20%"}'
    )
    after = period_at(supposed.measure(measure).provision(provision).periods, minute)
    assert (after.duty.form, after.duty.rate) == ("cap", 200_000)
    assert after.heading == shown.heading


@pytest.mark.parametrize(
    ("event", "stated"),
    [
        (f'{{do: set_rate, {RECIPROCAL}, from: 2026-11-10, rate: "5%"}}', "charges nothing"),
        (
            f'{{do: set_rate, {RECIPROCAL}, provision: annex-ii, from: 2025-12-01, rate: "5%"}}',
            "`annex-ii` charges nothing on this day that another rate could replace",
        ),
        (
            '{do: set_rate, measure: us-301-technology, from: 2026-11-10, rate: "5%"}',
            "charges several rates, .*7.5%.*Name the provisions",
        ),
        (
            "{do: set_rate, measure: us-301-technology, provision: list-4b, from: 2026-10-10, "
            'rate: "5%"}',
            "`list-4b` charges nothing .* end a suspension",
        ),
        ('{do: enact, measure: us-affiliates-rule, from: 2026-10-10, rate: "5%"}', "never charged"),
        (f"{{do: extend, {RECIPROCAL}, from: 2026-11-10}}", "nothing to extend"),
        (f"{{do: end, {RECIPROCAL}, from: 2026-11-10}}", "nothing to end"),
        (
            f"{{do: extend, {RECIPROCAL}, provision: [main, sailed-9-april], from: 2026-01-10}}",
            "nothing to extend on `sailed-9-april`",
        ),
        ("{do: revive, measure: us-122-surcharge, from: 2026-03-10}", "nothing to revive"),
    ],
)
def test_a_word_that_reaches_nothing_or_too_much_is_refused(suppose, event, stated):
    with pytest.raises(RegisterError, match=stated):
        suppose(event)


def test_a_named_exemption_is_charged_where_it_is_enacted(suppose, charged):
    supposed = suppose(
        f'{{do: enact, {RECIPROCAL}, provision: annex-ii, from: 2025-12-01, rate: "5%"}}'
    )
    assert charged(supposed, "2805.30.00", "2025-12-05")[0] == "0.05"


@pytest.mark.parametrize(
    "words",
    [
        ["measure", "us-mine"],
        ["measure", "us-mine", "--json"],
        ["measure", "us-mine", "--on", "2026-10-01"],
        ["status", "--on", "2026-11-20"],
        ["timeline", "--from", "2026-10-01"],
        ["upcoming", "--on", "2026-10-20"],
        ["diff", "--from", "2026-10-01", "--to-date", "2026-12-01"],
        ["truce", "--on", "2026-11-20"],
        ["duty", BATTERIES, "--origin", "CN", "--on", "2026-11-20", "--why"],
        ["average", "--origin", "CN", "--from", "2026-11-20"],
        ["licence", "--from", "US", "--to", "CN", "--item", "3A090", "--on", "2026-11-20"],
    ],
    ids=lambda words: " ".join(words),
)
def test_every_command_answers_over_a_record_of_the_scenario(tmp_path, capsys, words):
    path = tmp_path / "own.yaml"
    path.write_text(f"name: own\nevents:\n  - {OWN}\n", encoding="utf-8")
    assert main([*words, "--scenario", str(path)]) == 0, capsys.readouterr().err
    printed = capsys.readouterr().out
    if words[:2] == ["measure", "us-mine"] and "--json" not in words:
        assert "Supposed in a scenario: no source was checked." in printed
        assert "10%" in printed
