"""A listed document is met again under any of its names; what is unread is a feed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from detente.freshness.found import IndexedDocument
from detente.freshness.known import NEAR, Known
from detente.freshness.unread_feed import unread_feed
from detente.freshness.watching import since_of


def held(**more: Any) -> Any:
    return SimpleNamespace(
        **{
            "source": "fr",
            "id": "x-1",
            "citation": "",
            "address": "",
            "title": "Held",
            "published": "2025-11-10",
            **more,
        }
    )


def listed(**more: Any) -> IndexedDocument:
    return IndexedDocument(
        **{"id": "x-2", "published": "2025-11-10", "title": "Listed", "address": "", **more}
    )


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        (held(id="7"), listed(id="7"), "fr"),
        (held(id="2025-20000"), listed(id="C1-9", address="https://x/2025-20000/a"), "gov"),
        (held(id="R1-2025-20000"), listed(id="R1-2025-20000"), "gov"),
        (held(address="https://x/a/"), listed(address="https://x/a"), "gov"),
        (held(citation="90 FR 50711"), listed(text="see 90 FR 50711", citation=""), "gov"),
        (held(citation="Executive Order 14357"), listed(citation="Executive Order 14357"), "gov"),
        (held(citation="商务部公告2025年第70号"), listed(id="商务部公告2025年第70号"), "gov"),
    ],
)
def test_a_document_is_met_again_under_each_of_its_names(
    one: Any, other: IndexedDocument, index: str
) -> None:
    assert Known([held(id="other", title="Other"), one]).find(index, other) is one


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        (held(id="7"), listed(id="7"), "gov"),  # the number of another index
        (held(id="2025-2000"), listed(id="a 2025-2000 b"), "gov"),  # four digits are none
        (held(citation="90 FR 50711"), listed(text="90 FR 50712"), "gov"),
        (held(), listed(), "gov"),
        # What a long text only mentions is another document.
        (held(citation="Executive Order 14357"),
         listed(text=f"As Executive Order 14357 says, {'and so on, ' * 9}"), "gov"),
        (held(citation="90 FR 1000  and 90 FR 2000"), listed(text="90 FR 2000"), "gov"),
    ],
)  # fmt: skip
def test_what_is_called_otherwise_is_another_document(
    one: Any, other: IndexedDocument, index: str
) -> None:
    assert Known([one]).find(index, other) is None


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("2025-11-10", True),
        ("2025-12-01", True),  # 21 days
        ("2025-10-20", True),
        ("2025-12-02", False),
        ("2025-10-19", False),
        ("2025-11", True),  # a month alone
        ("2025-12", False),
        ("", False),
    ],
)
def test_an_equal_title_counts_near_its_day_alone(published: str, found: bool) -> None:
    assert NEAR == 21
    known = Known([held(title="Executive Order 14357: Duties, of China")])
    other = listed(title="duties of CHINA (signed November 4, 2025)", published=published)
    assert (known.find("gov", other) is not None) is found


def test_an_order_is_known_by_its_title_with_and_without_its_kind() -> None:
    known = Known([held(title="A Proclamation on Adjusting Imports")])
    assert known.find("gov", listed(title="Proclamation 10908: Adjusting imports")) is not None
    assert known.find("gov", listed(title="Adjusting exports")) is None


def row(**more: Any) -> dict[str, Any]:
    return {
        "source": "fr", "document": "2025-1", "published": "2025-11-10", "title": "Duties",
        "url": "https://x/a", "areas": ["us/tariff", "cn/tariff"], "touches": [], **more,
    }  # fmt: skip


def test_what_is_unread_is_a_feed_with_an_entry_a_document() -> None:
    touches = [{"kind": "code", "name": f"{at:04}", "ours": []} for at in range(21)]
    rows = [
        row(touches=touches),
        row(document="2", published="2025-09", url=None, areas=[], source="gov"),
        row(document="3", published=None),
    ]
    feed = unread_feed({"unread": rows})  # type: ignore[typeddict-item]
    assert feed.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns=")
    assert feed.endswith(b"</feed>\n")
    root = ElementTree.fromstring(feed)
    atom = {"a": "http://www.w3.org/2005/Atom"}

    def texts(path: str) -> list[str | None]:
        return [each.text for each in root.findall(path, atom)]

    assert texts("a:title") == ["Détente: documents that nobody has read"]
    assert texts("a:updated") == ["2025-11-10T00:00:00Z"]
    assert texts("a:author/a:name") == ["Détente"]
    assert texts("a:entry/a:title") == ["2025-1: Duties", "2: Duties", "3: Duties"]
    assert texts("a:entry/a:updated") == [
        "2025-11-10T00:00:00Z", "2025-09-01T00:00:00Z", "1970-01-01T00:00:00Z",
    ]  # fmt: skip
    named = ", ".join(f"code {at:04}" for at in range(20))
    assert texts("a:entry/a:summary") == [
        f"Listed by fr; bears on us/tariff, cn/tariff. It names {named}.",
        "Listed by gov; bears on no area of law.",
        "Listed by fr; bears on us/tariff, cn/tariff.",
    ]
    links = [each.get("href") for each in root.findall("a:entry/a:link", atom)]
    assert links == ["https://x/a", "https://x/a"]
    ids = texts("a:entry/a:id")
    assert len(set(ids)) == 3
    assert ids[:1] == [each.text for each in ElementTree.fromstring(
        unread_feed({"unread": [row(title="Another title")]})  # type: ignore[typeddict-item]
    ).findall("a:entry/a:id", atom)]  # fmt: skip


def test_a_feed_without_entries_is_of_the_first_day() -> None:
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in unread_feed({"unread": []})  # type: ignore[typeddict-item]


def test_an_index_is_asked_from_the_day_through_which_it_was_gone_through() -> None:
    both = (("us/tariff", "2026-10-10"), ("us/control", "2026-08-03"))
    register: Any = SimpleNamespace(
        indexes={
            "fr": SimpleNamespace(listed=both),
            "gov": SimpleNamespace(listed=()),
        },
        areas={
            "us/tariff": SimpleNamespace(start="2017-03-01"),
            "us/control": SimpleNamespace(start="2017-02-01"),
            "both": SimpleNamespace(start=None),
        },
    )  # fmt: skip
    documents = [held(source="gov", published="2025-01-02"), held(published="2026-11-01")]
    assert since_of(register, "fr", documents) == "2026-08-03"
    assert since_of(register, "gov", documents) == "2025-01-02"
    assert since_of(register, "gov", []) == "2017-02-01"
