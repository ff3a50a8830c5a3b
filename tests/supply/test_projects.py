"""Projects by day: their states, the climb to the full rate, and what a day knew of them."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.register.book import Register
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.capacity import outlook
from detente.supply.compile import build_supply
from detente.supply.elements import verdict_by_element
from detente.supply.projects import STATES, State, as_it_stood, status_of
from detente.supply.tables import Minerals
from tests.supply.test_capacity import project

DATA = Path(__file__).parents[2] / "data/supply"
MINE_AND_REFINE = ("mine", "separation")


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(tables, mineral, **given):
    asked = SupplyQuestion(mineral, given.pop("on", "2026-08-07"), **given)
    return answer_supply(Register.built_in(), tables, asked)


def stage(answer, key):
    return next(each for each in answer["stages"] if each["stage"] == key)


def named(answer, key, name):
    outside = stage(answer, key)["capacity_outside"]
    return next(
        each for each in (*outside["projects"], *outside["not_counted"]) if each["project"] == name
    )


def state(on, name):
    return State(on, name, "s", "primary", "")


# --- states --------------------------------------------------------------------------------------


def test_a_project_shows_its_states_by_day(tables):
    row = named(ask(tables, "ndpr", stage="magnet"), "magnet", "Benson")
    assert [(each["on"], each["state"]) for each in row["states"]] == [
        ("2025-11-03", "announced"),
        ("2025-11-03", "funded"),
        ("2025-11", "building"),
    ]
    assert row["states"][1]["source"]


def test_a_day_knows_only_the_states_that_were_public_by_then(tables):
    asked = {"on": "2025-11-10", "known_on": "2025-11-10", "stage": "magnet"}
    then = named(ask(tables, "ndpr", **asked), "magnet", "Benson")
    # Building is told of November, a month that is public once it is over.
    assert [each["state"] for each in then["states"]] == ["announced", "funded"]
    assert then["status"] == "funded"


def test_money_for_a_plant_that_produces_is_no_step_back():
    assert status_of([state("2018", "producing"), state("2025-07-10", "funded")], "") == "producing"
    assert status_of([state("2025", "announced"), state("2025-07", "funded")], "") == "funded"
    assert (
        status_of([state("2022", "producing"), state("2024", "interrupted")], "") == "interrupted"
    )


def test_a_project_whose_states_are_all_later_was_announced_at_most():
    later = project("a", status="building")._replace(states=(state("2026-01", "building"),))
    assert as_it_stood(later, "2025-11-02").status == "announced"
    assert as_it_stood(later, "2026-02-01").status == "building"


def test_every_state_belongs_to_a_project_and_most_projects_have_one(tables):
    with_states = [each for each in tables.projects if each.states]
    assert len(with_states) >= 60
    assert {one.state for each in with_states for one in each.states} <= set(STATES)
    # What the list says today and the last state with a day do not contradict each other.
    for each in with_states:
        last = status_of(each.states, "")
        if last in ("producing", "interrupted", "delayed", "uncertain"):
            assert last in each.status or each.status.startswith("ramping"), each.name


@pytest.mark.parametrize(
    ("old", "new", "stated"),
    [
        ("Benson\tmagnet\t2025-11\tbuilding", "Benson\tmagnet\t2025-11\tbuilt", "state"),
        ("Benson\tmagnet\t2025-11\tbuilding", "Bensen\tmagnet\t2025-11\tbuilding", "project"),
        ("Benson\tmagnet\t2025-11\tbuilding", "Benson\tmagnet\t2025-11-01\tbuilding", "in order"),
        ("Narva\tmagnet\t2025-09\tramping", "Narva\tmagnet\t2025-08\tramping", "before it was"),
    ],
)
def test_a_state_that_cannot_be_is_refused(tmp_path, old, new, stated):
    source = tmp_path / "supply"
    shutil.copytree(DATA, source)
    path = source / "project_states.tsv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=stated):
        build_supply(source, tmp_path / "out.sqlite")


# --- the climb to the full rate ------------------------------------------------------------------


def test_a_project_climbs_in_equal_steps_to_the_rate_that_its_owner_told():
    described = project("a", capacity="90", first="2026")._replace(full_rate="2028")
    found = outlook([described], ("CN",), 2026, 2029)
    # A third in 2026, two thirds in 2027, all in 2028
    assert [amount for _, amount, _ in found.by_year] == [30, 60, 90, 90]


def test_delay_moves_the_start_and_the_full_rate_alike():
    described = project("a", capacity="90", first="2026")._replace(full_rate="2028")
    found = outlook([described], ("CN",), 2026, 2030, 1, Fraction(1, 2))
    assert [amount for _, amount, _ in found.by_year] == [0, 30, 60, 90, 90]
    assert [amount for _, _, amount in found.by_year] == [0, 15, 30, 45, 45]


def test_years_of_climb_are_the_askers_where_no_source_tells_them():
    described = project("a", capacity="90", first="2026")._replace(full_rate="2026")
    untold = project("b", capacity="90", first="2026")
    found = outlook([described, untold], ("CN",), 2026, 2028, ramp=2)
    assert [amount for _, amount, _ in found.by_year] == [90 + 30, 90 + 60, 90 + 90]


def test_a_project_that_begins_between_two_years_counts_from_the_later_and_may_from_the_earlier():
    between = project("a", capacity="10", first="2028/2030")
    assert between.starts() == (2028, 2030)
    assert [between.part(year) for year in (2028, 2029, 2030)] == [0, 0, 1]
    only_full = project("b", capacity="10", first="")._replace(full_rate="2030")
    assert only_full.starts() == (0, 2030)
    assert [only_full.part(year) for year in (2029, 2030)] == [0, 1]


def test_the_gallium_of_greece_is_half_in_its_first_year(tables):
    row = named(ask(tables, "gallium"), "refining", "Agios Nikolaos")
    assert (row["counts_from"], row["full_from"]) == ("2027", "2028")
    ahead = {
        year["year"]: year["announced"]
        for year in stage(ask(tables, "gallium"), "refining")["capacity_outside"]["years"]
    }
    # 100 of Australia and 15 of Pavlodar in 2026; half of 50; the whole and 15 of Onsan
    assert (ahead["2026"], ahead["2027"], ahead["2028"]) == ("115", "140", "180")


def test_a_climb_that_is_none_is_refused():
    with pytest.raises(ValueError, match="write 0 or more"):
        outlook([project("a")], ("CN",), 2026, 2028, ramp=-1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.integers(2026, 2033), st.integers(0, 5)),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_a_longer_climb_or_a_delay_never_gives_more_and_capacity_never_falls(made, ramp, delay):
    projects = [
        project(str(n), capacity=str(c), first=str(y))._replace(full_rate=str(y + r) if r else "")
        for n, (c, y, r) in enumerate(made)
    ]
    slow, fast = (
        [each for _, each, _ in outlook(projects, ("CN",), 2026, 2045, *given).by_year]
        for given in ((delay, Fraction(1), (), "", None, ramp), ())
    )
    assert all(late <= early for late, early in zip(slow, fast, strict=True))
    assert slow == sorted(slow)
    assert slow[-1] == sum(capacity for capacity, _, _ in made)


# --- the projects of every mineral ---------------------------------------------------------------


def ends_of(answer):
    for part in answer["stages"]:
        for row in part["tests"]:
            low, high = row["supply"]
            yield (
                (row["mineral"], row["stage"], row["whose"], row["of"], row["need_year"]),
                (
                    Fraction(low),
                    None if high is None else Fraction(high),
                ),
            )


def test_no_project_less_helps_at_any_stage_of_any_mineral(tables):
    """Each project of each mineral with needs in hand is taken away, one at a time."""
    whole = tables.projects
    tried = 0
    try:
        for mineral in ("ndpr", "gallium", "germanium", "antimony", "graphite", "dysprosium"):
            asked = {"on": "2025-11-02", "within": 60}
            before = dict(ends_of(ask(tables, mineral, **asked)))
            makers = [
                each for each in whole if tables.named(mineral).key in each.minerals and before
            ]
            for gone in makers:
                tables.projects = [each for each in whole if each is not gone]
                for key, (low, high) in ends_of(ask(tables, mineral, **asked)):
                    assert low <= before[key][0], (gone.name, key)
                    # A plant of unknown size bounds nothing: without it there may be a bound.
                    assert before[key][1] is None or (high is not None and high <= before[key][1])
                    tried += 1
                tables.projects = whole
    finally:
        tables.projects = whole
    assert tried > 50


# --- a need of a group, element by element -------------------------------------------------------


def elements(answer):
    return {each["mineral"]: each for each in answer["by_element"]}


def test_a_need_of_magnet_rare_earths_is_split_by_the_published_use_of_each_element(tables):
    answer = ask(
        tables,
        "magnet-rare-earths",
        stage="separation",
        need=Fraction(10_000),
        on="2025-11-02",
        by="2027-11-02",
    )
    rows = elements(answer)
    # Of 18,855.088 t in clean technologies in 2024: 14,567 neodymium, 1,531.13 dysprosium
    (neodymium,) = rows["neodymium"]["tests"]
    assert float(neodymium["need"]) == pytest.approx(10_000 * 14_567 / 18_855.088, abs=0.001)
    (dysprosium,) = rows["dysprosium"]["tests"]
    assert float(dysprosium["need"]) == pytest.approx(10_000 * 1_531.13 / 18_855.088, abs=0.001)
    # They are 20.7 percent of all uses of 90,921.778 t, which the answer says.
    assert "20.7% of all uses" in dysprosium["of"]
    assert dysprosium["verdict"] == "unknown"
    # 11,000 t of the pair are announced as producing; 8,957.6 are needed.
    assert rows["neodymium-praseodymium"]["verdict"] == "met"
    assert answer["verdict"] == "unknown"


def test_the_parts_of_a_split_come_to_no_more_than_the_whole(tables):
    answer = ask(
        tables, "magnet-rare-earths", stage="separation", need=Fraction(1000), on="2025-11-02"
    )
    rows = elements(answer)
    alone = ("neodymium", "praseodymium", "dysprosium", "terbium")
    parts = sum(Fraction(rows[key]["tests"][0]["need"]) for key in alone)
    assert float(parts) == pytest.approx(1000, abs=0.01)


def test_a_need_without_a_published_split_is_not_known_of_any_element(tables):
    answer = ask(tables, "rare-earths", stage="separation", need=Fraction(5000))
    assert {each["verdict"] for each in answer["by_element"]} == {"unknown"}
    assert all("no source at hand tells" in each["because"][0] for each in answer["by_element"])
    assert answer["verdict"] == "unknown"


def test_magnets_are_counted_as_magnets_and_not_split(tables):
    answer = ask(tables, "rare-earths", stage="magnet", need=Fraction(5000), within=24)
    assert answer["by_element"] == []
    assert answer["verdict"] == "met"


def test_a_use_of_heavy_rare_earths_is_not_met_by_two_of_them(tables):
    answer = ask(tables, "heavy-rare-earths", stage="separation", on="2025-11-02", within=24)
    (row,) = stage(answer, "separation")["tests"]
    # 100 t a year are used; 200 t of dysprosium and terbium are none of holmium or lutetium.
    assert (row["need"], row["verdict"], row["first_year"]) == ("100", "unknown", None)
    assert row["supply"][0] == "0"


def test_a_cut_at_a_stage_that_an_element_lacks_is_no_error_of_the_group(tables):
    answer = ask(tables, "rare-earths", cut="CN@metal", on="2025-11-02", within=24)
    assert answer["by_element"]


def test_what_a_member_lacks_at_one_stage_says_nothing_of_another(tables):
    group = tables.named("magnet-rare-earths")
    answer = ask(tables, group.key, stage="separation", need=Fraction(1), on="2025-11-02")
    rows = answer["by_element"]
    for row in rows:
        assert [test["stage"] for test in row["tests"]] == ["separation"]
        row["tests"] = [{"stage": "separation", "verdict": "met"}]
        row["because"] = ["Mining: no source at hand tells which part of a need it is."]
    at = {key: verdict_by_element(tables, group, key, "t REO", rows) for key in MINE_AND_REFINE}
    assert at == {"mine": "unknown", "separation": "met"}
    rows[0]["tests"] = []
    assert verdict_by_element(tables, group, "separation", "t REO", rows) == "unknown"
    rows[1]["tests"] = [{"stage": "separation", "verdict": "not_met"}]
    assert verdict_by_element(tables, group, "separation", "t REO", rows) == "not_met"
