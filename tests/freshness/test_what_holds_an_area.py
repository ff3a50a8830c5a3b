"""Which unread documents hold the day of an area back."""

from __future__ import annotations

from detente.freshness.watching import _holding
from detente.register.documents import Document

NOTHING = dict.fromkeys(Document._fields, "")


def document(name: str, day: str, **more: str) -> Document:
    return Document(**{**NOTHING, "id": name, "effective": day, "published": day, **more})


def test_what_begins_after_the_day_holds_it_where_the_indexes_reach_further() -> None:
    unread = [document("a", "2026-10-02"), document("b", "2026-10-05")]
    read = document("read", "2026-10-01", effect="none: of others")
    confined = document("confined", "2026-10-01", touches="code:8507")
    # Read to 1 October; both stand behind it.
    assert _holding([read, confined, *unread], ["2026-10-10", "2026-10-20"]) == ["a", "b"]
    # An index that itself reaches no further holds the day, and no document does.
    assert _holding([document("a", "2026-10-11")], ["2026-10-10", "2026-10-20"]) == []
    assert _holding(unread, ["2026-10-01", "2026-10-20"]) == []
    assert _holding(unread, []) == []
    assert _holding([read], ["2026-10-10"]) == []


def test_twenty_are_named() -> None:
    many = [document(f"{at:02}", "2026-10-02") for at in range(22)]
    assert _holding(many, ["2026-10-10"]) == [f"{at:02}" for at in range(20)]
