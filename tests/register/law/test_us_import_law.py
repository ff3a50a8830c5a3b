"""What must hold of the import law of the United States as a whole, whatever is added to it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detente.register.book import Register

AREA = Path(__file__).parents[3] / "register" / "us" / "tariff"


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


def _rows(table: str) -> list[dict[str, str]]:
    lines = (AREA / table).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if line[:1] != "#"), delimiter="\t"))


def test_every_duty_gives_way_to_the_low_value_rule(register: Register) -> None:
    duties = {measure.id for measure in register.measures("us/tariff", "measure")}
    yielding = {row.yielding for row in register.stacking_rules if row.prevailing == "us-low-value"}
    assert duties - yielding == {"us-low-value"}


def test_the_low_value_rule_displaces_with_every_limb_that_it_has(register: Register) -> None:
    provisions = next(each for each in register.measures() if each.id == "us-low-value").provisions
    for row in register.stacking_rules:
        if row.prevailing == "us-low-value":
            assert set(row.prevailing_provisions) == {provision.id for provision in provisions}, (
                row.yielding
            )


def test_no_threat_or_proposal_can_charge_anything(register: Register) -> None:
    stated = [each for each in register.measures() if each.kind in ("threat", "proposal")]
    assert stated
    assert not [each.id for each in stated if each.provisions]


def test_the_country_rates_are_those_of_the_two_annexes() -> None:
    # 57 partners in the annex of April less China; 69 in the annex of July less the European Union.
    groups = [row["group"] for row in _rows("ieepa-reciprocal-countries.tsv")]
    assert groups.count("april") == 57 - 1
    assert groups.count("country") == 69 - 1


def test_sixty_economies_owe_the_forced_labor_duty() -> None:
    # 17 at 10, the European Union and Taiwan capped at 10, three capped at 12.5, 38 at 12.5.
    rates = [(row["form"], row["rate"]) for row in _rows("301-forced-labor-economies.tsv")]
    counts = {rate: rates.count(rate) for rate in set(rates)}
    assert counts == {
        ("add", "10%"): 17,
        ("cap", "10%"): 2,
        ("cap", "12.5%"): 3,
        ("add", "12.5%"): 38,
    }
