"""A batch under a scenario is answered by the law beneath it, but where the scenario reaches."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars
import pytest

from detente.batch.answer import Batch
from detente.batch.cells import text_columns
from detente.batch.reach import ALWAYS, record_changes
from detente.batch.supposed import Supposed, batch_of
from detente.core.clock import last_minute_of
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.reading import read
from detente.scenario.scenario import find_scenario, with_scenario
from tests.entries import random_entries

OWN = {
    # What began long before the last day that was read ends, and the ordinary duty stays.
    "wood-ends": "  - {do: end, measure: us-232-wood, from: 2026-02-01}\n",
    # A record of one's own, on goods that no list names so and in a place by itself.
    "own-duty": (
        "  - {do: enact, measure: us-mine, title: Toys of Viet Nam, by: US, places: VN,"
        ' goods: "9503", from: 2026-02-01, rate: "7%"}\n'
    ),
}
DAYS = ("2025-06-30", "2026-01-31", "2026-02-01", "2026-11-09", "2026-11-10", "2027-01-10")


def _supposed(name: str, folder: Path) -> Register:
    register = Register.built_in()
    if name == "announced":
        return read(register, "announced")
    if name in OWN:
        path = folder / f"{name}.yaml"
        path.write_text(f"name: {name}\nevents:\n{OWN[name]}", encoding="utf-8")
        name = str(path)
    return with_scenario(register, find_scenario(register, name))


@pytest.fixture(scope="module")
def entries() -> polars.DataFrame:
    """Entries of all days, and as many on the days of the changes, from where these reach."""
    draw, count = Random(11), 200
    found = random_entries(2 * count, 12, with_facts=0.2)
    days, origins = found["on"].to_list(), found["origin"].to_list()
    for at in range(count):
        days[at] = draw.choice(DAYS)
        origins[at] = draw.choice(("CN", "HK", "MO", "VN", origins[at]))
    found = found.with_columns(polars.Series("on", days), polars.Series("origin", origins))
    touched = [
        {"code": code, "origin": origin, "on": day, "value": "1000"}
        for code in ("9503.00.00.71", "4407.11.00.02", "8541.10.00.40", "8716.90.50.47")
        for origin in ("VN", "CN")
        for day in DAYS
    ]
    return polars.concat([found, polars.DataFrame(touched)], how="diagonal").fill_null("")


@pytest.fixture(scope="module")
def law(entries: polars.DataFrame) -> list[str]:
    """How the entries are filed and charged by the law alone."""
    return _filed(text_columns(batch_of(Register.built_in(), Schedule()).answer(entries)))


def _filed(found: dict[str, list[str]]) -> list[str]:
    return [f"{one} {two}" for one, two in zip(found["headings"], found["layers"], strict=True)]


@pytest.mark.once
@pytest.mark.parametrize("name", ["truce-extended", "threat-100", "announced", *OWN])
def test_every_row_is_what_it_is_without_the_law_beneath(
    name: str, tmp_path: Path, entries: polars.DataFrame, law: list[str]
) -> None:
    register, schedule = _supposed(name, tmp_path), Schedule()
    quick, whole = batch_of(register, schedule), Batch(register, schedule, compiled=False)
    assert isinstance(quick, Supposed)
    supposed = []
    for table in (entries.head(300), entries[300:]):  # the second has what the first did not
        found = text_columns(quick.answer(table))
        assert found == text_columns(whole.answer(table))
        supposed += _filed(found)
    pairs = zip(entries["on"], law, supposed, strict=True)
    changed = [day for day, one, two in pairs if one != two]
    first = min(each.start for each in record_changes(register, register.beneath, "us/tariff"))
    assert changed
    assert all(last_minute_of(day) >= first for day in changed)


def test_a_change_of_the_whole_record_reaches_every_day() -> None:
    register = Register.built_in()
    metals = register.measure("us-232-metals")
    made = register.with_measures([metals._replace(places=("CN",))], "test")
    (found,) = record_changes(made, register, "us/tariff")
    assert found.start == ALWAYS
    assert {provision.id for provision in found.provisions} == {
        provision.id for provision in metals.provisions
    }


def test_a_register_in_which_nothing_is_changed_needs_no_law_beneath() -> None:
    assert isinstance(batch_of(Register.built_in(), Schedule()), Batch)
