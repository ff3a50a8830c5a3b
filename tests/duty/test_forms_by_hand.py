"""Forms of rates that are put together here: their text, their kind and what they need."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from detente.duty.rates.form import AdValorem, Limit, PerDegree, RateForm, Specific


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
