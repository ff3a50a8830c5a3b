"""Figures of an invented mineral: shares, needs, projects and ends of what is left, by hand."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from detente.supply import criticality
from detente.supply.capacity import _unit_of, outlook
from detente.supply.carry import carried
from detente.supply.in_hand import months_shown, needs_in_hand
from detente.supply.needs import Existing, SupplyRange, existing, first_year, reach, verdict
from detente.supply.projects import (
    Project,
    State,
    as_it_stood,
    climbed,
    last_day,
    public,
    status_of,
)
from detente.supply.shares import Year, years_of
from detente.supply.tables import MineralFlow, PublishedFigure, Stage


def figure(country, low, high=None, what="production", year="2024", source="a", **more):
    fields = {"stage": "mine", "of": "world", "unit": "t", "note": ""} | more
    return PublishedFigure(
        "m", fields["stage"], what, country, fields["of"], year, low,
        low if high is None else high, fields["unit"], False, source, "primary", fields["note"],
    )  # fmt: skip


def flow(start, end, low, year="2024", measure="quantity"):
    return MineralFlow(
        "m", "mine", start, end, "", "ore", year, low, low, "t", measure, "", "s", "primary", ""
    )


def project(capacity="100", first="2027", status="building", **more):
    fields = {"unit": "t", "country": "US", "minerals": ("m",), "full_rate": ""} | more
    return Project(
        fields.pop("name", "a"), "", fields["country"], "mine", fields["minerals"], capacity,
        fields["unit"], first, fields["full_rate"], status, "", "s", "primary", "",
        fields.get("known_from", ""), "", fields.get("status_on", ""), fields.get("states", ()),
    )  # fmt: skip


# --- shares --------------------------------------------------------------------------------------


def test_shares_are_of_the_total_and_stand_with_the_largest_first():
    (year,) = years_of([
        figure("AU", "20"), figure("CN", "60"), figure("BR", "20"), figure("US", "0"),
        figure("other", "50"), figure("world", "120"),
    ])  # fmt: skip
    assert list(year.shares.items()) == [
        ("CN", Fraction(1, 2)), ("AU", Fraction(1, 6)), ("BR", Fraction(1, 6)),
    ]  # fmt: skip
    assert (year.rest, year.total, year.none_made) == (Fraction(1, 6), 120, ("US",))
    assert (year.made_by("AU"), year.made_by("US"), year.made_by("JP")) == (20, 0, None)
    # what is left without CN and a country that nothing is told of, which may be all the rest
    assert year.left_without(("CN", "CN")) == (Fraction(1, 2), Fraction(1, 2))
    assert year.left_without(("CN", "JP")) == (Fraction(1, 3), Fraction(1, 2))
    assert year.left_without(("US",)) == (1, 1)
    assert year.unnamed(("US", "JP", "CN")) == ["JP"]
    # 10,000 x (1/4 + 1/36 + 1/36), and the rest as one maker: + 1/36
    assert year.concentration() == (Fraction(110_000, 36), Fraction(120_000, 36))


def test_of_several_editions_that_with_quantities_leads_then_the_newest_then_the_first():
    share = [figure("CN", "70", what="share", source="new", unit="%")]
    old = [figure("CN", "6", source="old"), figure("world", "10", source="old")]
    mid = [figure("CN", "8", source="mid"), figure("world", "10", source="mid")]
    dates = {"new": "2026-03", "old": "2025-01", "mid": "2025-06"}
    (year,) = years_of([*share, *old, *mid], dates)
    assert year.shares["CN"] == Fraction(4, 5)
    assert [other.shares["CN"] for other in year.others] == [Fraction(3, 5), Fraction(7, 10)]
    (undated,) = years_of([*old, *mid])
    assert undated.shares["CN"] == Fraction(3, 5)
    both = years_of([*old, figure("CN", "1", what="share", year="2023")])
    assert [year.year for year in both] == ["2023", "2024"]


@pytest.mark.parametrize(
    "figures",
    [
        [figure("CN", "6")],  # no world
        [figure("world", "10")],  # no country
        [figure("CN", "6"), figure("world", "9", "10")],  # a range
        [figure("CN", "6", of="magnets"), figure("world", "10", of="magnets")],
        [figure("CN", "6", what="demand"), figure("world", "10", what="demand")],
        [figure("CN", "60", "70", what="share")],
    ],
)
def test_what_gives_no_shares_is_no_year(figures):
    assert years_of(figures) == []


def test_published_shares_leave_a_rest_and_never_come_to_more_than_the_whole():
    (year,) = years_of([figure("CN", "70", what="share"), figure("AU", "30", what="share")])
    assert (year.rest, year.total, year.unit) == (0, None, "")
    assert year.unnamed(("JP",)) == []  # nothing is left that could be anybody's
    with pytest.raises(ValueError, match="the shares of 2024 come to more than the whole"):
        years_of([figure("CN", "70", what="share"), figure("AU", "30.1", what="share")])


# --- a cut carried down --------------------------------------------------------------------------


def shares(**by_country):
    known = {name: Fraction(share, 10) for name, share in by_country.items()}
    return Year("2024", known, 1 - sum(known.values(), Fraction(0)), None, "", ())


def test_what_is_left_is_the_least_so_far_and_the_stage_that_sets_it_is_named():
    stages = [Stage("mine", ""), Stage("refine", "", "mine"), Stage("metal", "", "refine"),
              Stage("scrap", "")]  # fmt: skip
    latest = {"mine": shares(CN=6, AU=4), "refine": shares(CN=9), "metal": None,
              "scrap": shares(CN=2, US=8)}  # fmt: skip
    cut = dict.fromkeys(latest, ("CN",))
    found = carried(stages, latest, cut)
    ends = {name: (each.low * 10, each.high * 10, each.limit, each.unknown)
            for name, each in found.items()}  # fmt: skip
    assert ends == {
        "mine": (4, 4, "mine", ()),
        "refine": (1, 1, "refine", ()),
        # a stage without figures may be made anywhere: nothing, or all of what reaches it
        "metal": (0, 1, "refine", ("metal",)),
        # it begins anew
        "scrap": (8, 8, "scrap", ()),
    }
    # nobody is cut at the refinery: the mine limits what comes after, and equal ends too
    found = carried(stages[:2], latest, {"mine": ("CN",), "refine": ()})
    assert (found["refine"].high, found["refine"].limit) == (Fraction(2, 5), "mine")
    same = carried(stages[:2], latest | {"refine": shares(CN=6, US=4)}, cut)
    assert same["refine"].limit == "refine"
    none = carried(stages, latest, dict.fromkeys(latest, ()))
    assert {(each.low, each.high, each.unknown) for each in none.values()} == {(1, 1, ())}


# --- projects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "full_rate", "starts", "full"),
    [
        ("2027", "", (2027, 2027), 2030),
        ("2027-05", "2029-02", (2027, 2027), 2029),
        ("2028/2030", "", (2028, 2030), 2033),
        ("", "2029", (0, 2029), 2029),
        ("", "", None, None),
    ],
)
def test_years_of_a_project_are_read_of_what_was_announced(first, full_rate, starts, full):
    one = project(first=first, full_rate=full_rate)
    assert (one.starts(), one.full(3)) == (starts, full)


@pytest.mark.parametrize(
    ("first", "full", "year", "part"),
    [(2027, 2029, 2026, 0), (2027, 2029, 2027, Fraction(1, 3)), (2027, 2029, 2028, Fraction(2, 3)),
     (2027, 2029, 2029, 1), (2027, 2029, 2035, 1), (2027, 2027, 2027, 1), (2027, 2020, 2027, 1)],
)  # fmt: skip
def test_a_climb_is_in_equal_steps(first, full, year, part):
    assert climbed(first, full, year) == part


def states(*pairs):
    return tuple(State(on, state, "s", "primary", "") for on, state in pairs)


def test_a_status_is_the_last_state_and_money_for_what_is_built_changes_nothing():
    assert status_of(states(("2024", "studies"), ("2025", "funded")), "x") == "funded"
    assert status_of(states(("2024", "building"), ("2025", "funded")), "x") == "building"
    assert status_of(states(("2024", "delayed"), ("2025", "funded")), "x") == "delayed"
    assert status_of(states(("2024", "funded"), ("2025", "funded")), "x") == "funded"
    assert status_of((), "x") == "x"


def test_a_project_stands_as_its_states_of_the_day_and_its_own_status_once_that_was_public():
    own = states(("2024", "studies"), ("2025-03", "building"))
    one = project(status="ramping", status_on="2025-06", states=own)
    then = as_it_stood(one, "2025-03-30")
    assert (then.status, then.status_on, then.states) == ("studies", "2024", own[:1])
    assert as_it_stood(one, "2025-03-31").status == "building"
    assert as_it_stood(one, "2025-06-29").status == "building"
    assert as_it_stood(one, "2025-06-30").status == "building"
    assert as_it_stood(one, "2025-06-31").status == "ramping"
    undated = project(status="ramping", states=own)
    assert as_it_stood(undated, "2024-12-31").status == "studies"
    assert as_it_stood(undated, "2025-03-31").status == "ramping"
    early = as_it_stood(undated, "2024-12-30")
    assert (early.status, early.status_on) == ("announced", "")


@pytest.mark.parametrize(
    ("text", "day"), [("2025", "2025-12-31"), ("2025-03", "2025-03-31"), ("2025-03-04",) * 2]
)
def test_something_is_public_on_its_last_day(text, day):
    assert last_day(text) == day
    assert public(text, day)
    assert not public(text, day[:-1] + "0" if not day.endswith("0") else day[:-2] + "00")
    assert not public("", day)


def test_units_that_add_up_are_one_and_the_name_decides_between_equal_counts():
    assert _unit_of([], {}) == ""
    assert _unit_of(["t", "kg", "t"], {}) == "t"
    assert _unit_of(["t", "kg"], {}) == "t"
    sums = {"t Dy": "t REO", "t Tb": "t REO"}
    assert _unit_of(["t Dy", "t Tb", "kg"], sums) == "t REO"
    assert _unit_of(["t Dy", "t Dy", "kg"], sums) == "t Dy"


def test_a_capacity_counts_by_its_unit_its_minerals_and_the_day_it_was_known():
    found = outlook(
        [
            project(name="own", known_from="2025"),
            project(name="both", minerals=("m", "n"), known_from="2025"),
            project(name="undated"),
            project(name="kilos", unit="kg", known_from="2025"),
            project(name="running", status="producing", first="", known_from="2025"),
        ],
        (), 2026, 2028, of=("m",), known_on="2025-12-31",
    )  # fmt: skip
    assert [(each.project.name, each.start, each.full) for each in found.counted] == [
        ("own", 2027, 2027), ("running", 2026, 2026),
    ]  # fmt: skip
    assert {one.name: why for one, why in found.uncounted} == {
        "both": "its 100 t are of m and n together",
        "undated": "no source at hand says that it was announced by 2025-12-31",
        "kilos": "its capacity is in kg",
    }
    assert found.by_year == ((2026, 100, 100), (2027, 200, 200), (2028, 200, 200))
    assert outlook([project(country="CN")], ("CN",), 2026, 2027) is None
    assert outlook([project(capacity="")], (), 2026, 2027).by_year == ()


@pytest.mark.parametrize("success", [Fraction(0), Fraction(1)])
def test_nothing_and_all_are_rates_of_success(success):
    found = outlook([project(full_rate="2028")], (), 2027, 2028, 0, success)
    assert found.by_year == ((2027, 50, 50 * success), (2028, 100, 100 * success))


# --- needs ---------------------------------------------------------------------------------------


def tables(figures=(), flows=()):
    return SimpleNamespace(about=lambda *_: list(figures), sent=lambda *_: list(flows))


def told(found):
    return [(each.whose, each.basis, each.year, each.amount, each.at_least) for each in found]


def test_a_whole_year_goes_before_months_and_the_latest_before_the_others():
    figures = [
        figure("US", "5", what="consumption", year="2023"),
        figure("US", "6", what="consumption", year="2024"),
        figure("US", "7", what="consumption", year="2027"),  # an outlook
        figure("US", "7", "8", what="consumption"),  # a range
        figure("world", "90", what="demand", of="all uses"),
        figure("world", "30", what="demand", of="clean technologies", note="other uses were not "
                                                                          "counted"),
        figure("world", "31", what="demand", of="clean technologies", year="2025"),
        figure("world", "32", what="demand", of="solar pv"),
    ]  # fmt: skip
    found = needs_in_hand(tables(figures), "m", "mine", ("CN",), 2026)
    assert sorted(told(found)) == [
        ("US", "all", "2024", 6, False), ("world", "all", "2024", 30, True),
        ("world", "all", "2024", 90, False),
    ]  # fmt: skip


def test_what_those_who_are_cut_off_send_elsewhere_is_a_need_of_what_is_added():
    flows = [
        flow("CN", "US", "10", "2023"), flow("CN", "US", "12", "2024"),
        flow("CN", "US", "3", "2025-02"), flow("CN", "US", "4", "2025-01"),
        flow("CN", "JP", "1", "2025-01"), flow("CN", "DE", "5", "2024-07/2025-06"),
        flow("CN", "RU", "9"), flow("AU", "US", "9"), flow("CN", "KR", "9", measure="value"),
    ]  # fmt: skip
    found = needs_in_hand(tables((), flows), "m", "mine", ("CN", "RU"), 2025)
    assert sorted(told(found)) == [
        ("DE", "added", "2024-07/2025-06", 5, True), ("JP", "added", "2025-01/2025-01", 1, True),
        ("US", "added", "2024", 12, False),
    ]  # fmt: skip
    assert {each.of for each in found} == {"sent by CN"}
    assert (months_shown("2024-07/2025-06"), months_shown("2024")) == ("2024-07 to 2025-06", "2024")


def test_production_goes_on_in_the_unit_of_the_table_alone():
    (latest,) = years_of([figure("CN", "60"), figure("AU", "30"), figure("world", "100")])
    # without CN 40; without CN and a country that is not named, 30 to 40
    assert existing(latest, ("CN",), "") == Existing(2024, Fraction(40), Fraction(40))
    assert existing(latest, ("CN", "JP"), "t") == Existing(2024, Fraction(30), Fraction(40))
    for none in (existing(None, (), ""), existing(latest, ("CN",), "kg")):
        assert none == Existing(None, Fraction(0), None)


def test_what_is_there_lies_between_what_is_sure_and_what_may_be():
    ahead = outlook(
        [
            project(name="plant", first="2026/2028", full_rate="2029"),
            project(name="running", status="producing", capacity="7", first=""),
            project(name="begun", first="2024", capacity="20"),
            project(name="unknown", capacity="", first="2027"),
        ],
        (), 2026, 2030, 0, Fraction(1, 2),
    )  # fmt: skip
    made = Existing(2024, Fraction(40), Fraction(50))

    def ends(year, **more):
        found = reach(made, ahead, year, **more)
        return found.low, found.high, [each.name for each in found.unknown]

    # what had begun by the year of the table adds nothing for sure, and half of 20 at most
    assert ends(2025) == (40, 60, [])
    # from its first year on the plant may be there whole, and for sure from the second
    assert ends(2026) == (40, 110, [])
    assert ends(2028) == (40 + Fraction(100, 4), None, ["unknown"])
    assert ends(2029) == (40 + 50, None, ["unknown"])
    assert ends(2029, expected=False) == (140, None, ["unknown"])
    # without a table of production what runs is what is known of it
    assert reach(Existing(None, Fraction(0), None), ahead, 2026) == SupplyRange(
        Fraction(7 + 10), None, ()
    )
    assert reach(made, None, 2025) == SupplyRange(Fraction(40), Fraction(50), ())
    assert first_year(Fraction(65), made, ahead, range(2026, 2031), expected=True) == 2028
    assert first_year(Fraction(91), made, ahead, range(2026, 2031), expected=True) is None


@pytest.mark.parametrize(
    ("sure", "most", "found"),
    [(10, 10, "met"), (9, 10, "unknown"), (9, 9, "not_met"), (9, None, "unknown")],
)
def test_a_need_is_met_by_what_is_sure_and_missed_by_what_may_be(sure, most, found):
    ends = [SupplyRange(Fraction(sure), None, ()),
            SupplyRange(Fraction(0), None if most is None else Fraction(most), ())]  # fmt: skip
    assert verdict(Fraction(10), *ends) == found


# --- how critical --------------------------------------------------------------------------------


def test_the_open_parts_of_an_index_are_done_by_hand():
    figures = [
        figure("US", "50", "75", what="reliance", year="2023"),
        figure("US", "40", "", what="reliance", year="2024"),
        figure("CN", "9", what="reliance", year="2025"),
        figure("US", "80", what="consumption", year="2023"),
        figure("US", "50", what="consumption", year="2024"),
        figure("US", "5", what="recycling", year="2024"),
        figure("US", "10", what="recycling", year="2024"),
        figure("US", "9", what="recycling", year="2024", unit="kg"),
        figure("US", "9", what="recycling", year="2025"),
    ]
    latest = shares(CN=6, US=3)
    found = criticality.criticality(tables(figures), "m", "mine", latest)
    # without the United States: 0.6 x 0.6, and the rest of 0.1 as one maker
    foreign = 0.36 + 0.01
    assert found["us"]["disruption_potential_at_most"] == f"{foreign:.4f}"
    # the newest reliance is of more than 40%: up to the whole
    assert found["us"]["trade_exposure"] == ["0.4", "1"]
    assert found["us"]["index_at_most"] == f"{foreign ** (1 / 3):.3f}"
    assert found["eu"]["global_part_at_most"] == f"{10 * (foreign + 0.09):.2f}"
    assert found["eu"]["recycled_in_use_us"] == "0.3"  # 15 of 50
    nothing = criticality.criticality(tables(), "m", "mine", None)
    assert nothing["hhi"] is None
    assert nothing["us"]["index_at_most"] is nothing["us"]["trade_exposure"] is None
    assert nothing["eu"]["global_part_at_most"] is nothing["eu"]["recycled_in_use_us"] is None
    assert nothing["us"]["missing"]
    assert nothing["eu"]["missing"]
