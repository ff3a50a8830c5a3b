"""From a stack to cents: layers add up, parts add up, and nothing unknown counts as zero."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.applicability.entry_facts import FactError
from detente.core.figures import money, rate
from detente.duty.amounts import DutyLayer
from detente.duty.question import DutyQuestion
from detente.register.book import Register
from tests.small_register import DUTY, Reckoned, reckon, small_register


def with_period(folder: Path, period: str, provision: str = "", more: str = "") -> Register:
    """The small register, its duty on everything of China with another period or base."""
    text = DUTY.replace(", goods: small-list", provision).replace('add: "10%"', period)
    return small_register(
        folder, {"us/tariff/duty.yaml": text, "us/tariff/more.yaml": more or None}
    )


def ask(
    register: Register,
    value: str | None = "1000",
    general: str = "2.5%",
    quantities: dict[str, str] | None = None,
    **facts: str,
) -> Reckoned:
    asked = DutyQuestion(
        "8507.60.00", "CN", "2025-07-01", value=value, quantities=quantities or {}, facts=facts
    )
    return reckon(register, asked, general)


def duty(reckoned: Reckoned) -> DutyLayer:
    return next(layer for layer in reckoned.amounts.layers if layer.term.measure.id == "us-duty")


@pytest.fixture(scope="module")
def steel_and_rest(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """One duty of 7.5% on the steel and one of 12.5% on all the rest."""
    rest = DUTY.replace("us-duty", "us-rest").replace("goods: small-list", "base: not_steel")
    return with_period(
        tmp_path_factory.mktemp("parts"),
        'add: "7.5%"',
        ", base: steel",
        rest.replace('"10%"', '"12.5%"'),
    )


CENTS = st.integers(0, 10**11)
SHARES = st.fractions(0, 1, max_denominator=10**6)


@given(cents=CENTS, share=SHARES)
def test_a_part_and_the_rest_add_up_to_the_value(
    steel_and_rest: Register, cents: int, share: Fraction
) -> None:
    reckoned = ask(steel_and_rest, str(money(cents)), steel_value=f"{share * 100}%")
    bases = {layer.term.measure.id: layer.base for layer in reckoned.amounts.layers}
    assert (bases["us-duty"] or 0) + (bases["us-rest"] or 0) == cents
    # The part is rounded half up to the cent, and the rest is what remains.
    assert bases["us-duty"] == (2 * share * cents + 1) // 2


@given(cents=CENTS, share=SHARES)
def test_layers_are_rounded_half_up_each_and_add_up_to_the_total(
    steel_and_rest: Register, cents: int, share: Fraction
) -> None:
    figures = ask(steel_and_rest, str(money(cents)), steel_value=f"{share * 100}%").amounts
    for layer in figures.layers:
        assert layer.base is not None
        charged = {"us-mfn": 25, "us-duty": 75, "us-rest": 125}[layer.term.measure.id]
        assert layer.cents == (2 * layer.base * charged + 1000) // 2000  # half up, in thousandths
    assert figures.cents == sum(layer.cents or 0 for layer in figures.layers)


@given(cents=CENTS, share=SHARES)
def test_the_share_of_a_part_is_exact_whatever_the_cents_are(
    steel_and_rest: Register, cents: int, share: Fraction
) -> None:
    figures = ask(steel_and_rest, str(money(cents)), steel_value=f"{share * 100}%").amounts
    exact = Fraction(25, 1000) + share * Fraction(75, 1000) + (1 - share) * Fraction(125, 1000)
    assert figures.share == exact


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("0.04", 0),  # 10% of 4 cents is 0.4
        ("0.05", 1),  # 0.5 goes up
        ("0.14", 1),  # 1.4
        ("0.15", 2),  # 1.5 goes up, not to the even 1
        ("0.25", 3),  # 2.5 goes up, not to the even 2
        ("0", 0),
    ],
)
def test_half_a_cent_goes_up(tmp_path: Path, value: str, cents: int) -> None:
    assert duty(ask(with_period(tmp_path, 'add: "10%"'), value)).cents == cents


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(5, 10**7), "0"),  # half a millionth goes to the even 0
        (Fraction(15, 10**7), "0.000002"),  # one and a half goes to the even 2
        (Fraction(25, 10**7), "0.000002"),  # two and a half goes to the even 2
        (Fraction(484, 1000), "0.484"),
        (Fraction(1), "1"),
        (Fraction(0), "0"),
        (Fraction(10**7 + 1, 10**7), "1"),
    ],
)
def test_an_effective_rate_has_six_places_half_even(share: Fraction, text: str) -> None:
    assert rate(share) == text


@pytest.mark.parametrize("given_as", ["1/3", "33 1/3%", "100/300"])
def test_a_share_is_exact_however_it_is_written(tmp_path: Path, given_as: str) -> None:
    register = with_period(tmp_path, 'add: "10%"', ", base: not_us_part")
    if " " in given_as:
        with pytest.raises(FactError, match="us_content is a number such as"):
            ask(register, us_content=given_as)
        return
    layer = duty(ask(register, "1000.01", us_content=given_as))
    # A third of 1000.01 is 333.34 (333.3366…); the rest is 666.67; 10% of that is 66.67.
    assert (layer.base, layer.cents) == (66_667, 6_667)
    assert layer.share == Fraction(2, 30)


@pytest.mark.parametrize("given_as", ["400", "400.00", "$400", "40%", "40.0 %"])
def test_a_part_in_dollars_and_as_a_share_charge_the_same(tmp_path: Path, given_as: str) -> None:
    layer = duty(ask(with_period(tmp_path, 'add: "10%"', ", base: steel"), steel_value=given_as))
    assert (layer.base, layer.cents, layer.share) == (40_000, 4_000, Fraction(4, 100))


def test_a_part_that_exceeds_the_value_is_an_error(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'add: "10%"', ", base: steel")
    with pytest.raises(
        FactError, match=r"steel_value is 1000\.01, more than the value of 1000\.00"
    ):
        ask(register, steel_value="1000.01")
    assert duty(ask(register, steel_value="1000.00")).cents == 10_000


def test_a_share_above_the_whole_is_an_error(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'add: "10%"', ", base: steel")
    with pytest.raises(FactError, match="from 0% to 100%"):
        ask(register, steel_value="100.1%")


def test_two_parts_that_exceed_the_value_together_are_an_error(tmp_path: Path) -> None:
    steel = DUTY.replace("us-duty", "us-steel").replace("goods: small-list", "base: steel")
    other = DUTY.replace("us-duty", "us-other").replace("goods: small-list", "base: other")
    row = (
        "- {{yielding: us-duty, prevailing: {}, basis: content, announced: 2025-02-01, "
        "from: 2025-02-04, source: order-1}}\n"
    )
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": DUTY.replace(", goods: small-list", ""),
        "us/tariff/steel.yaml": steel,
        "us/tariff/other.yaml": other,
        "yields.yaml": row.format("us-steel") + row.format("us-other"),
    }
    register = small_register(tmp_path, files)
    with pytest.raises(FactError, match="add up to more than the value"):
        ask(register, steel_value="60%", other_value="50%")
    # Contents that nobody gave are each the whole value, and leave nothing; they are no error.
    layer = duty(ask(register))
    assert (layer.base, layer.cents) == (0, 0)


def test_an_unknown_content_counts_as_the_whole_value_and_leaves_nothing(
    steel_and_rest: Register,
) -> None:
    figures = ask(steel_and_rest).amounts
    bases = {layer.term.measure.id: layer.base for layer in figures.layers}
    assert (bases["us-duty"], bases["us-rest"]) == (100_000, 0)


def test_an_unknown_rate_stays_unknown(tmp_path: Path) -> None:
    figures = ask(with_period(tmp_path, "add: unknown")).amounts
    assert (figures.cents, figures.share, figures.extra_share) == (None, None, None)
    layer = next(each for each in figures.layers if each.form == "unknown")
    assert layer.cents is None
    assert [missing.kind for missing in layer.missing] == ["rate"]


def test_without_a_value_there_are_rates_and_no_amounts(tmp_path: Path) -> None:
    figures = ask(with_period(tmp_path, 'add: "10%"'), None).amounts
    assert figures.cents is None
    assert figures.share == Fraction(125, 1000)  # 2.5 + 10


def test_a_cap_lifts_column_1_to_the_cap_and_no_further(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'cap: "15%"')
    for general, wanted in (("2.5%", 12_500), ("15%", 0), ("20%", 0), ("Free", 15_000)):
        layer = duty(ask(register, general=general))
        assert layer.cents == wanted, general  # of 1000.00: 15% less column 1


def test_a_cap_on_a_part_lifts_column_1_on_that_part_alone(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'cap: "15%"', ", base: not_us_part")
    layer = duty(ask(register, us_content="40%"))
    # The rate is 15 less 2.5, on 600.00 of 1000.00.
    assert (layer.base, layer.cents, layer.share) == (60_000, 7_500, Fraction(75, 1000))


@pytest.mark.parametrize("general", ["2.5%", "Free", "4.4¢/kg + 8%"])
def test_nothing_is_owed_on_a_value_of_nothing(tmp_path: Path, general: str) -> None:
    register = with_period(tmp_path, 'cap: "15%"')
    assert duty(ask(register, "0", general, {"kg": "0"})).cents == 0


def test_a_cap_over_a_compound_rate_needs_its_quantity(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'cap: "15%"')
    compound = "4.4¢/kg + 8%"
    known = ask(register, general=compound, quantities={"kg": "500"})
    # Column 1: 4.4 cents on 500 kg is 22.00, 8% of 1000.00 is 80.00, together 102.00.
    # The cap: 15% of 1000.00 is 150.00; what lifts 102.00 to it is 48.00.
    assert [layer.cents for layer in known.amounts.layers] == [4_800, 10_200]
    assert known.amounts.cents == 15_000
    assert known.amounts.share == Fraction(15, 100)
    unknown = ask(register, general=compound)
    assert (unknown.amounts.cents, unknown.amounts.share) == (None, None)
    assert {missing.name for layer in unknown.amounts.layers for missing in layer.missing} == {"kg"}


def test_a_specific_duty_is_the_price_of_a_unit_times_the_quantity(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'specific: "$0.22/kg"')
    assert duty(ask(register, quantities={"kg": "12.5"})).cents == 275  # 0.22 x 12.5 = 2.75
    assert duty(ask(register)).cents is None


def test_a_quota_needs_to_be_told_whether_it_is_in_or_over(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'quota: {in: "20%", over: "50%"}')
    assert duty(ask(register, quota="in")).cents == 20_000
    assert duty(ask(register, quota="over")).cents == 50_000
    assert duty(ask(register)).cents is None


def test_a_minimum_price_takes_all_of_it_without_a_certificate(tmp_path: Path) -> None:
    register = with_period(tmp_path, 'minimum_price: "$3.00/kg"')
    kilograms = {"kg": "400"}  # the least price is 1200.00, the value 1000.00
    assert duty(ask(register, quantities=kilograms)).cents == 120_000
    assert duty(ask(register, quantities=kilograms, price_certificate="true")).cents == 20_000
    assert duty(ask(register, "1300", quantities=kilograms, price_certificate="true")).cents == 0
