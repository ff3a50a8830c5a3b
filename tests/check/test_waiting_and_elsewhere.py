"""When and from where goods owe least, with what they owe written down."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from detente.check import goods as made
from detente.check.goods import NOT_CHEAPER, Elsewhere, RowOwed, Waiting, elsewhere, waiting

ON = "2025-11-01"
DAYS = ("2025-11-10", "2025-12-01", "2026-01-01")


def owes(rate: str | None, amount: str | None = None) -> RowOwed:
    return RowOwed(*(None if each is None else Decimal(each) for each in (rate, amount)))


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "owed", lambda rows: rows)


def rows(**by_key: list[RowOwed]) -> Any:
    """Rows of goods that owe what is written under a day or an origin."""
    return SimpleNamespace(
        change_days=lambda after, days: [*DAYS],
        described=lambda on="", origin="": by_key[(on or origin).replace("-", "_")],
        columns={"on": [ON]},
    )


@pytest.mark.parametrize(
    ("here", "later", "found"),
    [
        # The first of two equal days, until the one that is dearer again.
        (owes("0.3", "300"), [owes("0.2", "200"), owes("0.2", "200"), owes("0.25")],
         Waiting(DAYS[0], DAYS[2], "0.2", Decimal(100))),
        # The least of all, and nothing ends it.
        (owes("0.3", "300"), [owes("0.25"), owes("0.2"), owes("0.1", "100")],
         Waiting(DAYS[2], None, "0.1", Decimal(200))),
        # A day that is not known ends what is surely cheaper.
        (owes("0.3", "300"), [owes("0.1"), owes(None), owes("0.1")],
         Waiting(DAYS[0], DAYS[1], "0.1", None)),
        (owes("0.3"), [owes("0", "0"), owes("0"), owes("0")], Waiting(DAYS[0], None, "0", None)),
        (owes("0.3", "300"), [owes("0.3"), owes("0.4"), owes(None)], NOT_CHEAPER),
        (owes(None), [owes("0.1"), owes("0.1"), owes("0.1")], NOT_CHEAPER),
        (owes("0.3"), [owes(None), owes(None), owes(None)], NOT_CHEAPER),
    ],
)  # fmt: skip
def test_waiting_names_the_first_day_of_the_least_and_the_one_that_ends_it(
    here: RowOwed, later: list[RowOwed], found: Waiting
) -> None:
    given = rows(**{day.replace("-", "_"): [each] for day, each in zip(DAYS, later, strict=True)})
    assert waiting(given, [here], ON, 90) == [found]  # type: ignore[arg-type]


def test_a_row_of_another_day_does_not_wait() -> None:
    given = rows(**{day.replace("-", "_"): [owes("0.1")] for day in DAYS})
    assert waiting(given, [owes("0.3")], "2025-11-02", 90) == [NOT_CHEAPER]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        (owes("0.3", "300"), {"VN": owes("0.2", "200"), "IN": owes("0.1", "100")},
         Elsewhere("IN", "0.1", Decimal(200))),
        # Of equal rates the origin first by its code.
        (owes("0.3", "300"), {"VN": owes("0.1", "100"), "IN": owes("0.1", "90")},
         Elsewhere("IN", "0.1", Decimal(210))),
        (owes("0.3", "300"), {"VN": owes("0.1"), "IN": owes(None)}, Elsewhere("VN", "0.1", None)),
        (owes("0.3"), {"VN": owes("0", "0")}, Elsewhere("VN", "0", None)),
        (owes("0.3"), {"VN": owes("0.3")}, Elsewhere(None, None, None)),
        (owes("0.3"), {"VN": owes("0.4"), "IN": owes(None)}, Elsewhere(None, None, None)),
        (owes(None), {"VN": owes("0.1")}, Elsewhere(None, None, None)),
        (owes("0.3"), {}, Elsewhere(None, None, None)),
    ],
)  # fmt: skip
def test_elsewhere_is_the_least_of_the_places_that_are_known(
    here: RowOwed, there: dict[str, RowOwed], found: Elsewhere
) -> None:
    given = rows(**{origin: [each] for origin, each in there.items()})
    assert elsewhere(given, [here], list(there)) == [found]  # type: ignore[arg-type]
