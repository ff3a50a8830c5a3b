"""Forms of rates that are put together here: their text, their kind and what they need."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from detente.duty.rates import units
from detente.duty.rates.form import AdValorem, Limit, PerDegree, RateForm, Specific
from detente.duty.rates.units import UnitError, convert, find_quantity


def share(millionths: int, on: str = "", divisor: int = 1) -> AdValorem:
    return AdValorem(millionths, divisor, on)


CENTS = Specific(33_000_000, "kg")
DEGREES = PerDegree(20_668_000, "kg", 100)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (share(64_000), "6.4%"), (share(1), "0.0001%"), (share(1_000_000), "100%"),
        (share(100_000), "10%"), (share(0), "0%"),
        # thirds of a percent, as the schedule writes them
        (share(1_000_000, divisor=3), "33 1/3%"), (share(10_000, divisor=3), "1/3%"),
        (share(20_000, divisor=3), "2/3%"), (share(40_000, divisor=3), "1 1/3%"),
        (share(250_000, divisor=2), "12 1/2%"),
        (Specific(33_000_000, "kg"), "3.3¢/kg"), (Specific(1_500_000_000, "No."), "$1.50 each"),
        (Specific(1_000_000_000, "kg"), "$1/kg"), (Specific(1_100_000_000, "kg"), "$1.10/kg"),
        (Specific(1_110_000_000, "kg"), "$1.11/kg"), (Specific(1_035_000_000, "kg"), "$1.035/kg"),
        (Specific(999_900_000, "kg"), "99.99¢/kg"), (Specific(100, "kg"), "0.00001¢/kg"),
        (Specific(12_000_000_000, "t"), "$12/t"),
        (DEGREES, "2.0668¢/kg for each degree under 100 degrees (and fractions of a degree in "
                  "proportion)"),
    ],
)  # fmt: skip
def test_a_term_is_written_as_the_schedule_writes_it(term: Any, text: str) -> None:
    assert term.text() == text


FORMS: list[tuple[RateForm, str, str, tuple[str, ...], Fraction | None]] = [
    (RateForm(free=True), "free", "Free", (), Fraction(0)),
    (RateForm(free=True, words="if for a farm"), "free_conditional", "Free, if for a farm", (),
     Fraction(0)),
    (RateForm(words="see 9903", facts=("other",)), "derived", "see 9903", ("other",), None),
    (RateForm(words="??"), "unparsed", "??", (), None),
    (RateForm((share(64_000),)), "ad_valorem", "6.4%", (), Fraction(64, 1000)),
    (RateForm((share(64_000), share(1_000_000, divisor=3))), "ad_valorem", "6.4% + 33 1/3%", (),
     Fraction(64, 1000) + Fraction(1, 3)),
    (RateForm((CENTS,)), "specific", "3.3¢/kg", ("kg",), None),
    (RateForm((CENTS, share(64_000))), "compound", "3.3¢/kg + 6.4%", ("kg",), None),
    (RateForm((CENTS, share(64_000, "case"))), "component", "3.3¢/kg + 6.4% on the case",
     ("kg", "case"), None),
    (RateForm((share(64_000, "value"),)), "ad_valorem", "6.4% on the value", (),
     Fraction(64, 1000)),
    (RateForm((CENTS, DEGREES), floor=(share(64_000),)), "degrees",
     f"3.3¢/kg less {DEGREES.text()} but not less than 6.4%", ("kg", "degree"), None),
    (RateForm((CENTS,), floor=(share(10_000),), ceiling=(share(64_000),)), "minimum",
     "3.3¢/kg but not less than 1% but not more than 6.4%", ("kg",), None),
    (RateForm((CENTS,), ceiling=(Specific(50_000_000, "No."),)), "maximum",
     "3.3¢/kg but not more than 5¢ each", ("kg", "No."), None),
    (RateForm((CENTS,), limit=Limit("plate", "duty for the movement")), "capped",
     "3.3¢/kg, but if consisting in part of a plate not more than the duty for the movement",
     ("kg", "plate", "duty for the movement"), None),
]  # fmt: skip


@pytest.mark.parametrize(("form", "kind", "text", "needs", "exact"), FORMS)
def test_a_form_is_told_by_its_most_particular_feature(
    form: RateForm, kind: str, text: str, needs: tuple[str, ...], exact: Fraction | None
) -> None:
    assert (form.kind, form.needs(), form.ad_valorem(), form.text()) == (kind, needs, exact, text)


# --- units ----------------------------------------------------------------------------------------

INCH = Fraction("0.0254")
GALLON = 231 * INCH**3 * 1000  # liters
DEFINED: dict[str, tuple[str, Fraction | int]] = {
    "kg": ("kg", 1), "g": ("kg", Fraction(1, 1000)), "t": ("kg", 1000),
    "carat": ("kg", Fraction("0.0002")), "lb": ("kg", Fraction("0.45359237")),
    "No.": ("No.", 1), "doz.": ("No.", 12), "hundred": ("No.", 100), "gross": ("No.", 12 * 12),
    "thousand": ("No.", 1000), "pair": ("pair", 1), "doz. pairs": ("pair", 12),
    "piece": ("piece", 1), "doz. pieces": ("piece", 12), "liter": ("liter", 1),
    "hl": ("liter", 100), "m3": ("liter", 1000), "thousand m3": ("liter", 10**6),
    "gal": ("liter", GALLON), "bbl": ("liter", 42 * GALLON), "proof liter": ("proof liter", 1),
    "proof gal": ("proof liter", GALLON), "m": ("m", 1), "cm": ("m", Fraction(1, 100)),
    "thousand m": ("m", 1000), "m2": ("m2", 1), "cm2": ("m2", Fraction(1, 10_000)),
    "square": ("m2", 100 * (12 * INCH) ** 2), "W": ("W", 1), "kW": ("W", 1000), "MWh": ("MWh", 1),
    "pack": ("pack", 1), "jewel": ("jewel", 1), "gross line": ("gross line", 1),
    "other piece or part": ("other piece or part", 1),
    "plate or set of plates": ("plate or set of plates", 1), "degree": ("degree", 1),
}  # fmt: skip


def test_every_unit_is_as_large_as_it_is_defined_and_turns_into_its_own_kind_alone() -> None:
    assert set(DEFINED) == set(units._UNITS)
    for name, (base, size) in DEFINED.items():
        assert convert(1, name, base) == size, name
        for other, (its_base, its_size) in DEFINED.items():
            if base == its_base:
                assert convert(3, name, other) * its_size == 3 * size
            else:
                with pytest.raises(UnitError, match=r"exactly: give the quantity in"):
                    convert(3, name, other)


def test_every_other_word_for_a_unit_is_read_as_that_unit() -> None:
    for word, name in units._ALIASES.items():
        assert name in DEFINED
        for text in (word, word.upper(), f"  {word} "):
            assert units.read_unit(text).name == name
    assert units.known_units() == [*units._UNITS, *units._ALIASES]


@pytest.mark.parametrize(
    ("given", "unit", "found"),
    [
        ({"kg": 5}, "g", 5000), ({"kg": 5, "g": 5000}, "kg", 5), ({"liters": 5}, "kg", None),
        ({"jiffy": 5, "kg": 1}, "kg", 1), ({}, "kg", None), ({"kg": 0}, "kg", 0),
    ],
)  # fmt: skip
def test_a_quantity_is_found_in_whatever_unit_it_was_given(
    given: dict[str, int], unit: str, found: int | None
) -> None:
    assert find_quantity(given, unit) == found


def test_quantities_that_differ_or_are_below_nothing_are_refused() -> None:
    with pytest.raises(UnitError, match="the quantities 5 kg, 4 g disagree on the amount in kg"):
        find_quantity({"kg": 5, "g": 4}, "kg")
    with pytest.raises(ValueError, match="quantity -1 kg is negative"):
        find_quantity({"kg": -1}, "kg")
