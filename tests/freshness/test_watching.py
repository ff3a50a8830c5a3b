"""A look at the indexes says what is unread, and never takes a fault for an empty list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.freshness.answers import from_addresses, from_folder
from detente.freshness.touching import Touching
from detente.freshness.watching import answer, watch
from detente.register.book import Register
from detente.register.documents import Watched
from detente.register.load.yaml_reader import RegisterError
from tests.freshness.stub import Reply, gone, half, refused, serving, silent
from tests.small_register import DOCUMENTS, READ, write_register

INDEXES = """\
indexes:
  orders: {title: "Orders", listed: {us/tariff: 2025-03-01}}
  news: {title: "News", listed: {}}
  editions: {title: "Editions", listed: {us/tariff: 2025-03-01}}
topics:
  duties: {title: "Duties", areas: [us/tariff]}
  talk: {title: "Talk", areas: [], why: "It changes nothing"}
"""
WATCH = """\
- {file: orders.json, index: orders, topic: duties, format: federal-register, expect: "the Office",
   address: "https://example.org/orders?since={since}"}
- {file: news.rss, index: news, topic: talk, format: feed, address: "https://example.org/news"}
- {file: editions.html, index: editions, topic: duties, format: archive, least: 2,
   address: "https://example.org/editions"}
"""
HEAD = DOCUMENTS.splitlines()[0]
ROW = "\t\t\tduties\tsource: order-1\t\ta reader\t2026-10-10\tprimary\n"
EDITIONS = (
    f"{HEAD}\n2025HTSRev1\t2025-02-04\t\tRevision 1{ROW}"
    f"2025HTSRev2\t2025-02-12\t\tRevision 2{ROW}2025HTSRev3\t2025-02-28\t\tRevision 3{ROW}"
)


def order(number: str, day: str, title: str, **more: str) -> dict[str, str]:
    return {"document_number": number, "publication_date": day, "title": title, **more}


def orders(*rows: dict[str, str], **more: object) -> bytes:
    described = {"description": "Documents from the Office", "count": len(rows), "results": rows}
    return json.dumps({**described, **more}).encode()


NEW = order(
    "2025-00002",
    "2025-03-04",
    "Second order",
    abstract="Heading 9903.99.01 is amended by striking 10 percent; see Order 1, 8507.60.00.",
    html_url="https://example.org/2025-00002",
)
OLD = order("2025-00001", "2025-02-03", "First order")
NEWS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>A speech</title><link>https://example.org/a-speech</link>
<pubDate>Tue, 04 Mar 2025 09:00:00 -0500</pubDate></item>
<item><title>An older speech</title><link>https://example.org/older</link>
<pubDate>Tue, 25 Feb 2025 09:00:00 -0500</pubDate></item></channel></rss>"""
ARCHIVE = b"""<div class="hts-archive-index">
<span>2025 HTS Revision 4 (March 4, 2025)</span>
<a href="https://www.federalregister.gov/documents/2025/03/03/2025-00002/second-order">x</a>
<span>2025 HTS Revision 3 (February 28, 2025)</span>
<span>2025 HTS Revision 2 (February 12, 2025)</span></div>"""
WHOLE: dict[str, Reply] = {
    "orders.json": orders(NEW, OLD),
    "news.rss": NEWS,
    "editions.html": ARCHIVE,
}


@pytest.fixture
def small(tmp_path: Path) -> Register:
    files = {
        **READ,
        "read/_sources.yaml": INDEXES,
        "read/_watch.yaml": WATCH,
        "read/editions.tsv": EDITIONS,
        "read/news.tsv": f"{HEAD}\n",
    }
    return Register.load(write_register(tmp_path, files))


def look(
    small: Register, replies: dict[str, Reply], since: str = "2025-03-01"
) -> dict[str, object]:
    with serving(replies) as address:
        reader = from_addresses(address, seconds=0.3, pause=0.0)
        return answer(small, watch(small, reader, since), Touching(small))


def unread(described: dict[str, object]) -> list[str]:
    return [row["document"] for row in described["unread"]]  # type: ignore[attr-defined]


def faults(described: dict[str, object]) -> dict[str, str]:
    rows = described["indexes"]
    return {row["answer"]: row["fault"] for row in rows if row["fault"]}  # type: ignore[attr-defined]


def test_what_an_index_lists_and_the_register_does_not_know_is_unread(small: Register) -> None:
    described = look(small, WHOLE)
    assert unread(described) == ["2025HTSRev4", "2025-03-04 A speech", "2025-00002"]
    assert faults(described) == {}


def test_an_unread_document_says_what_of_ours_it_names(small: Register) -> None:
    described = look(small, WHOLE)
    (row,) = [each for each in described["unread"] if each["document"] == "2025-00002"]  # type: ignore[attr-defined]
    assert {each["name"]: each["ours"] for each in row["touches"]} == {
        "9903.99.01": ["us-duty"],
        "8507.60.00": ["small-list"],
    }
    assert row["areas"] == ["us/tariff"]


def test_an_area_could_be_read_to_the_newest_day_that_all_its_indexes_list(small: Register) -> None:
    (row,) = [each for each in look(small, WHOLE)["areas"] if each["area"] == "us/tariff"]  # type: ignore[attr-defined]
    assert (row["through"], row["could_be"]) == ("2025-03-01", "2025-03-04")


def test_an_index_that_was_asked_was_gone_through_to_the_day_before(small: Register) -> None:
    quiet: dict[str, Reply] = {**WHOLE, "orders.json": orders()}
    for asked, could_be in (("2025-03-10", "2025-03-09"), ("", "2025-03-01")):
        with serving(quiet) as address:
            reader = from_addresses(address, seconds=0.3, pause=0.0)
            watching = watch(small, reader, "2025-03-01", queried_on=asked)
            described = answer(small, watching, Touching(small))
        assert faults(described) == {}
        (row,) = [each for each in described["areas"] if each["area"] == "us/tariff"]
        assert row["could_be"] == could_be


def test_a_known_document_amid_a_list_does_not_prove_that_it_reaches_back(small: Register) -> None:
    item = (
        b"<item><title>Revision 2</title><pubDate>Tue, 04 Mar 2025 10:00:00 -0500</pubDate></item>"
    )
    news = NEWS.replace(b"</title>\n", b"</title>" + item, 1)
    described = look(small, {**WHOLE, "news.rss": news}, since="2025-02-20")
    assert "it begins on 2025-02-25" in faults(described)["news.rss"]


def test_an_index_that_nobody_watches_is_named_with_its_reason_or_refused(tmp_path: Path) -> None:
    row = 'speeches: {title: "Speeches", why: "Nobody lists them.", touches: "Talk.", instead: "x"'
    files = {
        **READ,
        "read/_sources.yaml": INDEXES,
        "read/_watch.yaml": WATCH.split("- {file: n")[0],
    }
    files |= {"read/editions.tsv": EDITIONS, "read/news.tsv": f"{HEAD}\n"}
    named = {**files, "read/_unwatched.yaml": f"{row}, index: news}}\nb{row}, index: editions}}\n"}
    register = Register.load(write_register(tmp_path / "named", named))
    assert [each.source for each in register.unwatched] == ["news", "editions"]
    described = answer(register, watch(register), Touching(register))
    assert described["unwatched"][0]["why"] == "Nobody lists them."
    silent_about = {**files, "read/_unwatched.yaml": f"{row}, index: news}}\n"}
    with pytest.raises(RegisterError, match="nobody watches editions"):
        Register.load(write_register(tmp_path / "silent", silent_about))


def test_an_index_that_was_not_seen_holds_its_areas_where_they_were(small: Register) -> None:
    described = look(small, {**WHOLE, "orders.json": silent})
    (row,) = [each for each in described["areas"] if each["area"] == "us/tariff"]  # type: ignore[attr-defined]
    assert row["could_be"] == "2025-03-01"


@pytest.mark.parametrize(
    ("file", "reply", "words"),
    [
        ("orders.json", silent, "timed out"),
        ("orders.json", half, "broke off: 52 of 520 bytes"),
        ("orders.json", refused, "429"),
        ("orders.json", gone, "could not be fetched"),
        ("orders.json", b"", "is empty"),
        ("orders.json", b'{"count": 2, "resul', "not whole JSON"),
        ("orders.json", b"<html>Request access</html>", "a page came in place of data"),
        ("orders.json", b'{"errors": {"per_page": "too many"}}', "refused the question"),
        ("orders.json", b'{"documents": []}', "no `count`"),
        (
            "orders.json",
            b'{"count": 1, "results": [{"id": 1}], "description": "x"}',
            "no `document",
        ),
        ("orders.json", orders(NEW, count=7), "half of a list: 1 of 7"),
        ("orders.json", b'{"count": 3, "description": "from the Office"}', "no list of results"),
        ("orders.json", orders(NEW, description="All documents"), "answers another question"),
        ("news.rss", b"<html><body>redesigned</body></html>", "begins with `html`"),
        ("news.rss", NEWS[:-30], "not a whole feed"),
        ("news.rss", NEWS.replace(b"Tue, 04 Mar 2025", b"yesterday"), "format has changed"),
        ("editions.html", b"<html><body>redesigned</body></html>", "was redesigned"),
        ("editions.html", ARCHIVE[:140], "shrunk: 1 where at least 2"),
        (
            "editions.html",
            ARCHIVE.replace(b"Revision 3 (February 28", b"Revision 1 (February 4"),
            "shrunk: 2025HTSRev3 stood in it",
        ),
    ],
)
def test_a_fault_is_told_and_is_never_an_empty_list(
    small: Register, file: str, reply: Reply, words: str
) -> None:
    described = look(small, {**WHOLE, file: reply})
    assert words in faults(described)[file]
    assert faults(described).keys() == {file}


def test_a_list_of_the_latest_that_does_not_reach_back_is_a_gap(small: Register) -> None:
    (fault,) = faults(look(small, WHOLE, since="2025-02-20")).values()
    assert fault == "it begins on 2025-02-25: what was listed from 2025-02-20 to then was not seen"


def test_further_pages_are_followed_on_the_same_host_alone(small: Register) -> None:
    host = "https://example.org/orders?page=2"
    first = orders(NEW, count=2, next_page_url=host)
    replies = {**WHOLE, "orders.json": first, "orders.json.2": orders(OLD, count=2)}
    assert faults(look(small, replies)) == {}
    elsewhere = orders(NEW, count=2, next_page_url="https://example.com/orders?page=2")
    described = look(small, {**replies, "orders.json": elsewhere})
    assert "another host" in faults(described)["orders.json"]


def test_pages_that_lead_in_a_circle_end(small: Register) -> None:
    host = "https://example.org/orders?page=2"
    page = orders(NEW, count=9, next_page_url=host)
    described = look(small, {**WHOLE, "orders.json": page, "orders.json.2": page})
    assert "half of a list: 2 of 9" in faults(described)["orders.json"]


def test_saved_answers_are_read_like_fetched_ones(small: Register, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for name, reply in WHOLE.items():
        assert isinstance(reply, bytes)
        (folder / name).write_bytes(reply)
    saved = answer(small, watch(small, from_folder(str(folder)), "2025-03-01"), Touching(small))
    assert saved == look(small, WHOLE)
    (folder / "news.rss").unlink()
    described = answer(small, watch(small, from_folder(str(folder)), "2025-03-01"), Touching(small))
    assert faults(described) == {"news.rss": "no saved answer of it"}


def test_without_an_answer_a_look_says_what_is_known_to_be_unread() -> None:
    register = Register.built_in()
    watching = watch(register)
    assert watching.seen == []
    numbers = {each.found.id for each in watching.unread}
    assert {"2026-16078", "2026-17231"} <= numbers
    assert "message" not in watching.quiet
    # Documents are counted once, by topic: those that bear on no area and touch nothing.
    bare = [
        each.topic
        for each in register.documents()
        if not each.is_read and not each.touches and not register.topics[each.topic].areas
    ]
    assert watching.quiet == {topic: bare.count(topic) for topic in bare}
    assert len(watching.unread) + len(bare) == sum(not d.is_read for d in register.documents())


def test_every_answer_that_the_register_watches_has_a_reader() -> None:
    from detente.freshness.formats import FORMATS

    watched: tuple[Watched, ...] = Register.built_in().watched
    assert {each.format for each in watched} <= FORMATS.keys()
    assert len({each.file for each in watched}) == len(watched)
