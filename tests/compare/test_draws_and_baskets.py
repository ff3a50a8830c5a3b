"""Draws held against their exact distribution, baskets as they are read, tests of claims."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import sqrt
from pathlib import Path
from types import SimpleNamespace

import pytest

from detente.compare import answer as comparisons
from detente.compare import claims as of_claims
from detente.compare.answer import (
    RegisterPair,
    compare_basket,
    compare_good,
    days_between,
    named_register,
    shipped_pair,
)
from detente.compare.claims import ClaimsQuery
from detente.compare.goods import Good, find_basket
from detente.compare.tree_draws import MOST, draw
from detente.compare.tree_duties import Duties, TreeShipment
from detente.core.clock import day_text
from detente.duty.question import DutyQuestion
from detente.goods.codes import CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.events import Query, records
from detente.register.model import ANNOUNCED
from detente.scenario.forks import Spread

np = pytest.importorskip("numpy")

SEVEN_TENTHS = (Fraction(7, 10), Fraction(3, 10))


# --- draws ---------------------------------------------------------------------------------------


def drawn(
    table: list[Duties],
    odds: tuple[Fraction, ...] = SEVEN_TENTHS,
    values: tuple[int, ...] = (100,),
    *,
    money: bool = True,
    count: int = 40_000,
    base: Duties | None = None,
    elasticity: Spread | None = None,
    pass_through: Spread | None = None,
    seed: int = 5,
) -> dict[str, object]:
    tree = SimpleNamespace(elasticity=elasticity, pass_through=pass_through)
    ways = [SimpleNamespace(probability=each) for each in odds]
    shipment = TreeShipment(
        (), tuple(map(Fraction, values)), Fraction(sum(values)) if money else None
    )
    nothing = duties("2026-11-09", *((Fraction(0),) * len(values) for _ in odds))
    return draw(tree, ways, shipment, base or nothing, table, count, seed)  # type: ignore[arg-type,return-value]


def duties(day: str, *shares: tuple[Fraction | None, ...]) -> Duties:
    return Duties(day, (), tuple(shares))


TENTH, HALF = Fraction(1, 10), Fraction(1, 2)


def test_draws_of_two_ways_have_their_mean_quantiles_and_standard_error() -> None:
    # 10 dollars with 0.7 and 50 with 0.3: mean 22, variance 0.7 x 0.3 x 40 x 40 = 336
    count = 40_000
    (row,) = drawn([duties("2026-11-12", (TENTH,), (HALF,))], count=count)["distribution"]  # type: ignore[misc]
    error = sqrt(336 / count)
    assert float(row["mean"]) == pytest.approx(22, abs=4 * error)
    assert float(row["standard_error"]) == pytest.approx(error, abs=0.006)
    assert (row["p10"], row["p50"], row["p90"]) == ("10.00", "10.00", "50.00")
    assert (row["arrive"], row["quantity"]) == ("2026-11-12", "1.000000")


def test_without_a_value_figures_are_shares_of_six_places() -> None:
    table = [duties("d", (TENTH,), (HALF,))]
    (row,) = drawn(table, values=(1,), money=False)["distribution"]  # type: ignore[misc]
    assert (row["p10"], row["p90"]) == ("0.100000", "0.500000")


def test_the_duties_of_goods_are_added_by_their_values() -> None:
    table = [duties("d", (TENTH, HALF), (TENTH, HALF))]
    (row,) = drawn(table, values=(100, 10))["distribution"]  # type: ignore[misc]
    # 100 x 0.1 + 10 x 0.5, whatever the way
    assert (row["mean"], row["p10"], row["p90"], row["standard_error"]) == (
        "15.00", "15.00", "15.00", "0.00",
    )  # fmt: skip


def test_fewer_goods_are_bought_where_buyers_respond() -> None:
    table = [duties("d", (HALF, Fraction(0)), (HALF, Fraction(0)))]
    found = drawn(table, values=(100, 300), elasticity=Spread("fixed", (Fraction(2),)))
    (row,) = found["distribution"]  # type: ignore[misc]
    # the first falls to 1.5 ** -2 = 4/9, the other stays: (4/9 x 100 + 300) / 400
    assert row["quantity"] == f"{(100 * 4 / 9 + 300) / 400:.6f}"
    assert row["mean"] == "22.22"  # 100 x 4/9 x 0.5
    assert (found["elasticity"], found["pass_through"]) == (
        "fixed 2.0", "1 (not given: buyers bear the duty)",
    )  # fmt: skip


def test_what_sellers_bear_lowers_the_price_and_the_duty() -> None:
    table = [duties("d", (HALF,), (HALF,))]
    found = drawn(table, pass_through=Spread("fixed", (Fraction(0),)))
    (row,) = found["distribution"]  # type: ignore[misc]
    # the price with duty stays: 100 / 1.5 is paid to the seller, and half of that is duty
    assert row["mean"] == "33.33"
    assert (found["elasticity"], found["pass_through"]) == (
        "0 (not given: quantities stay)", "fixed 0.0",
    )  # fmt: skip


def test_the_change_is_reckoned_from_the_rate_before_the_first_fork() -> None:
    base = duties("b", (HALF,), (TENTH,))
    table = [duties("d", (HALF,), (TENTH,))]
    found = drawn(table, base=base, elasticity=Spread("fixed", (Fraction(3),)))
    (row,) = found["distribution"]  # type: ignore[misc]
    assert row["quantity"] == "1.000000"  # no way changes its own rate


def test_a_way_whose_duty_is_not_known_makes_the_day_unknown_where_it_can_happen() -> None:
    table = [duties("d", (TENTH,), (None,))]
    (row,) = drawn(table)["distribution"]  # type: ignore[misc]
    assert row == {
        "arrive": "d", "mean": None, "p10": None, "p50": None, "p90": None,
        "standard_error": None, "quantity": None,
    }  # fmt: skip
    (row,) = drawn(table, odds=(Fraction(1), Fraction(0)))["distribution"]  # type: ignore[misc]
    assert row["mean"] == "10.00"
    (row,) = drawn(table[:1], base=duties("b", (None,), (None,)))["distribution"]  # type: ignore[misc]
    assert row["mean"] is None


def test_the_most_draws_are_ten_million() -> None:
    assert MOST == 10_000_000
    with pytest.raises(ValueError, match="--draws takes at most 10,000,000"):
        drawn([], count=MOST + 1)
    found = drawn([], count=7, seed=11)
    assert (found["count"], found["seed"], found["distribution"]) == (7, 11, [])


# --- baskets -------------------------------------------------------------------------------------


def test_a_basket_is_read_with_all_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(
        "# what we buy\n"
        "code,origin,what,destination,value,quantity,base,facts,fact.steel_value\n"
        "9503.00.00,CN,toys,US,100.50,3kg;2doz,0,usmca=true auto_part=false,40%\n"
        "1201.90.00,US,,,,,,,\n",
        encoding="utf-8",
    )
    first, second = find_basket(Register.built_in(), str(path))
    assert first == Good(
        "9503.00.00 CN toys",
        DutyQuestion(
            code="9503.00.00", origin="CN", on="", destination="US", value="100.50",
            quantities=first.question.quantities, base="0",
            facts={"usmca": "true", "auto_part": "false", "steel_value": "40%"},
        ),
    )  # fmt: skip
    assert dict(first.question.quantities) == {"kg": "3", "doz": "2"}
    assert second == Good("1201.90.00 US", DutyQuestion("1201.90.00", "US", "", facts={}))


def test_the_basket_of_the_register_has_its_goods_in_their_order(register: Register) -> None:
    goods = find_basket(register, "register")
    assert [(good.question.code, good.question.origin) for good in goods] == [
        (each.code, each.origin) for each in register.basket
    ]
    one = register.basket[0]
    assert goods[0].name == f"{one.code} {one.origin} {one.what}"
    with pytest.raises(FileNotFoundError, match=r"gone\.csv.*or `register` for its own goods"):
        find_basket(register, "gone.csv")


# --- two registers -------------------------------------------------------------------------------


def test_a_name_is_the_law_a_reading_or_a_scenario(register: Register) -> None:
    assert named_register(register, "law") is register
    assert named_register(register, "none") is register
    assert named_register(register, ANNOUNCED).reading == ANNOUNCED
    told = "no scenario 'x' is shipped: write one of law, announced, "
    with pytest.raises(ValueError, match=told):
        named_register(register, "x")
    pair = shipped_pair(register, "law", "threat-100")
    assert (pair.base, pair.before, pair.scenario) == ("law", register, "threat-100")
    assert pair.after.sha256 != register.sha256


def test_days_between_begin_with_the_first_and_end_with_the_last(register: Register) -> None:
    pair = RegisterPair("a", register, "b", register)
    question = DutyQuestion("9503.00.00.73", "CN", "2025-02-04")
    # 4 February and 4 March 2025: the emergency duties of 10% and of 20%
    assert days_between(pair, question, "2025-03-04")[0] == "2025-02-04"
    assert days_between(pair, question, "2025-03-04")[-1] == "2025-03-04"
    assert "2025-03-04" not in days_between(pair, question, "2025-03-03")
    assert days_between(pair, question, "2025-02-04") == ["2025-02-04"]
    with pytest.raises(ValueError, match="2025-02-03, lies before the first, 2025-02-04: turn"):
        days_between(pair, question, "2025-02-03")


def test_a_basket_is_summed_unless_a_good_of_it_has_no_line(
    register: Register, schedule: Schedule
) -> None:
    pair = shipped_pair(register, "law", "threat-100")
    toys = Good("toys", DutyQuestion("9503.00.00.73", "CN", "", value="100"))
    cells = Good("cells", DutyQuestion("8507.60.00.10", "CN", "", value="1000"))
    gone = Good("gone", DutyQuestion("9999.99.99.99", "CN", "", value="1"))
    found = compare_basket(pair, schedule, [toys, cells], ["2026-12-01"])
    rows = {row["what"]: row for row in found["rows"]}
    shares = {name: rows[name] for name in ("toys", "cells")}
    for side in ("before", "after", "difference"):
        dollars = sum(
            Fraction(str(shares[name][side])) * worth  # type: ignore[literal-required]
            for name, worth in (("toys", 100), ("cells", 1000))
        )
        assert Fraction(str(rows["all, duty"][side])) == dollars  # type: ignore[literal-required]
    found = compare_basket(pair, schedule, [toys, gone], ["2026-12-01"])
    total = found["rows"][-1]
    assert (total["what"], total["before"], total["after"]) == ("all, duty", None, None)
    assert found["notes"][0].startswith("gone on 2026-12-01: ")
    # without a value of one good there is no sum at all
    bare = Good("toys", toys.question._replace(value=None))
    found = compare_basket(pair, schedule, [bare, cells], ["2026-12-01"])
    assert [row["what"] for row in found["rows"]] == ["toys", "cells"]
    with pytest.raises(ValueError, match="the basket is empty"):
        compare_basket(pair, schedule, [], ["2026-12-01"])
    with pytest.raises(CodeError):
        compare_good(pair, schedule, gone.question._replace(on="2026-12-01"))


def test_equal_totals_of_days_stand_once(register: Register, schedule: Schedule) -> None:
    pair = shipped_pair(register, "law", "threat-100")
    question = DutyQuestion("9503.00.00.73", "CN", "2025-01-01")
    found = compare_good(pair, schedule, question, "2026-12-01")
    shown = [(row["before"], row["after"]) for row in found["rows"]]
    assert all(one != other for one, other in pairwise(shown))
    assert found["rows"][0]["on"] == "2025-01-01"
    by_day = {row["on"]: row for row in found["rows"]}
    # each row is the duty of its day by both registers
    for day in list(by_day)[:3] + list(by_day)[-1:]:
        sides = [
            comparisons.total(each, schedule, question._replace(on=str(day)))[0]
            for each in (pair.before, pair.after)
        ]
        assert sides == [by_day[day]["before"], by_day[day]["after"]]


# --- tests of claims -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("detente law", "is not a test of a claim: write detente measure, duty, average or"),
        ("measure us-301-china", "is not a test of a claim"),
        ("detente measure", "a test names one record or one code, not \\[\\]"),
        ("detente duty 8507 8508", "one record or one code, not \\['8507', '8508'\\]"),
        ("detente average CN", "a test names no record and no code, not \\['CN'\\]"),
        ("detente duty 8507 --value 3", "'--value' is not an option of a test: --origin, --to"),
    ],
)
def test_a_test_that_cannot_be_one_is_refused(
    register: Register, schedule: Schedule, test: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        of_claims.ClaimTests(register, schedule, None, "2026-08-01").answer(test)


@pytest.mark.parametrize(
    ("test", "told"),
    [
        # the day of the test, else the one asked for
        ("detente duty 8507.60.00.10 --origin CN --on 2025-11-12", "48.4% on 2025-11-12"),
        ("detente duty 8507.60.00.10 --origin CN", "40.9% on 2026-03-01"),
        # a fact of the test
        ("detente duty 9018.31.00.80 --origin CN --on 2025-06-01 --fact donation=true",
         "8.7% on 2025-06-01"),
        ("detente duty 1201.90.00 --origin US --to CN --base 3% --on 2025-11-12", None),
        ("detente average --origin CN --on 2025-11-12", None),
    ],
)  # fmt: skip
def test_the_answer_of_a_test_is_that_of_its_command(
    register: Register, schedule: Schedule, test: str, told: str | None
) -> None:
    from detente.duty.answer import answer_duty

    found = of_claims.ClaimTests(register, schedule, None, "2026-03-01").answer(test)
    if test.startswith("detente average"):
        assert found.endswith(" on 2025-11-12, weights us-imports-2024")
        return
    words = test.split()
    options = dict(zip(words[3::2], words[4::2], strict=True))
    key, _, value = options.get("--fact", "").partition("=")
    question = DutyQuestion(
        words[2], options["--origin"], options.get("--on", "2026-03-01"),
        destination=options.get("--to", "US"), base=options.get("--base"),
        facts={key: value} if key else {},
    )  # fmt: skip
    total = answer_duty(register, schedule, question)["total"]["ad_valorem"]
    assert total is not None
    share = Fraction(total) * 100
    assert found.startswith(f"{float(share):g}% on {question.on}")


def test_claims_of_days_count_their_ends(register: Register) -> None:
    measures = records(register, Query(kinds=("claim",)))
    days = {each.id: day_text(each.events[0].announced) for each in measures}
    one = sorted(days.values())[len(days) // 2]
    for first, last in ((one, one), (one, ""), ("", one), ("", "")):
        found = of_claims._stated(measures, ClaimsQuery("", first, last))
        assert {each.id for each in found} == {
            name for name, day in days.items() if first <= day and (not last or day <= last)
        }
    with pytest.raises(ValueError, match="the last day, 2025-01-01, lies before the first"):
        of_claims._stated(measures, ClaimsQuery("", "2025-01-02", "2025-01-01"))
