"""Since when a party stands on the Entity List, which does not print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.controls import law_of
from detente.core.clock import day_number, day_text
from detente.licence.listing_days import ListingDays, first_cited, listing_of
from detente.parties.lists.model import ListedEntry, Name

if TYPE_CHECKING:
    from detente.controls.law import ControlLaw
    from detente.register.book import Register
    from tests.controls.conftest import Ask


@pytest.fixture(scope="module")
def law(register: Register) -> ControlLaw:
    return law_of(register)


def entry(citation: str, since: str = "") -> ListedEntry:
    return ListedEntry("EL", "1", (Name("Somebody"),), citation=citation, since=since)


def shown(listing: ListingDays) -> tuple[str | None, str | None]:
    since, certain = listing
    return (
        None if since is None else day_text(since),
        None if certain is None else day_text(certain),
    )


@pytest.mark.parametrize(
    ("citation", "first"),
    [
        ("85 FR 83420; 89 FR 96837", (85, 83420)),
        ("89 FR 96837; 85 FR 83420", (85, 83420)),
        ("84 FR 43495, 84 FR 22963", (84, 22963)),
        ("Announcement 1 of 2025", None),
    ],
)
def test_the_earliest_citation_is_by_volume_and_page(
    citation: str, first: tuple[int, int] | None
) -> None:
    assert first_cited(citation) == first


@pytest.mark.parametrize(
    ("citation", "days"),
    [
        # The round of Huawei took effect on 16 May 2019.
        ("84 FR 22963; 85 FR 29853", ("2019-05-16", None)),
        # No round is recorded: volume 88 is of 1935 + 88 = 2023, and the list of July 2026 is held.
        ("88 FR 13673", ("2023-01-01", "2026-07-31")),
        ("", (None, "2026-07-31")),
    ],
)
def test_the_round_that_is_cited_first_dates_the_listing(
    law: ControlLaw, citation: str, days: tuple[str | None, str | None]
) -> None:
    assert shown(listing_of(law, entry(citation), "2026-07-31")) == days


def test_a_day_on_the_entry_itself_goes_before(law: ControlLaw) -> None:
    dated = entry("88 FR 13673", since="2023-03-02")
    assert shown(listing_of(law, dated, "2026-07-31")) == ("2023-03-02", None)


def test_a_footnote_is_certain_from_the_list_that_prints_it(law: ControlLaw) -> None:
    listing = listing_of(law, entry("84 FR 22963"), "2026-07-31", by_words=True)
    assert shown(listing) == ("2019-05-16", "2026-07-31")


@pytest.mark.parametrize(
    ("day", "standing"),
    [("2022-12-31", "not_yet"), ("2023-01-01", "unknown"), ("2026-07-31", "in_force")],
)
def test_between_the_notice_and_the_list_nobody_knows(
    law: ControlLaw, day: str, standing: str
) -> None:
    listing = listing_of(law, entry("88 FR 13673"), "2026-07-31")
    assert listing.standing(day_number(day)) == standing


def test_a_hit_carries_the_words_of_its_entry_on_days_since_its_last_change(ask: Ask) -> None:
    asked = {"item": "EAR99", "end_user": "Huawei Technologies Co., Ltd."}
    now = ask("US", "CN", "2026-07-31", **asked)["parties"]
    entry = next(each for each in now if each["list"] == "EL" and each["score"] == "1.0")
    assert "subject to the EAR" in entry["requirement"]
    assert "84 FR 22961" in entry["citation"] or "84 FR 22963" in entry["citation"]
    before = ask("US", "CN", "2019-06-01", **asked)["parties"]
    assert {each["requirement"] for each in before if each["list"] == "EL"} == {None}
