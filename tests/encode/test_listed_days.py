"""The days of entries by the notices that they cite, on invented rows."""

from __future__ import annotations

import pytest

from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.standing import standing_of
from encode.parties.parties import CSL_DAY, listed_by


def listed(citation: str, published: str, dated: str, effective: str = "") -> ListedEntry:
    row = {
        "listed_published": published, "listed_effective": effective, "listed_grade": "A",
        "last_change_published": published, "citations_with_days": dated,
    }  # fmt: skip
    return listed_by(ListedEntry("EL", "1", (Name("Zorblax"),), citation=citation), row)


@pytest.mark.parametrize(
    ("citation", "dated", "effective", "maybe"),
    [
        ("77 FR 5", "77 FR 5=2012-09-19", "", "2012-09-12"),
        ("77 FR 5", "77 FR 5=2012-09-19", "2012-09-17", ""),
        # The day is that of the second notice: of the first the year is known.
        ("67 FR 2; 77 FR 5", "67 FR 2= ;77 FR 5=2012-09-19", "", "2002-01-01"),
        ("67 FR 2; 77 FR 5", "67 FR 2=2002-05-01;77 FR 5=2012-09-19", "", "2012-09-12"),
    ],
)
def test_a_listing_is_open_before_the_day_that_is_known_of_it(
    citation: str, dated: str, effective: str, maybe: str
) -> None:
    entry = listed(citation, "2012-09-19", dated, effective)
    assert (entry.since, entry.maybe_since) == (effective or "2012-09-19", maybe)
    assert standing_of(entry, "2012-09-19") == "in_force"
    assert standing_of(entry, "2001-12-31") == "not_yet"


def test_an_entry_without_a_day_is_open_before_that_of_the_list() -> None:
    entry = listed("67 FR 2", "", "67 FR 2=")
    assert (entry.since, entry.doubt_before) == ("", CSL_DAY)
