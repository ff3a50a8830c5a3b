"""A row of an index becomes a document with everything that is looked at later."""

from __future__ import annotations

import json

import pytest

from detente.freshness.formats import FORMATS
from detente.freshness.found import FormatError, IndexedDocument, IndexPage

ROW = {
    "document_number": "2026-00001",
    "title": "A <i>rule</i>",
    "publication_date": "2026-03-02",
    "html_url": "https://www.federalregister.gov/d/2026-00001",
    "raw_text_url": "https://www.federalregister.gov/documents/full_text/2026-00001.txt",
    "citation": "91 FR 1",
    "effective_on": "2026-03-05",
    "abstract": "Of batteries",
    "agencies": [{"slug": "trade-representative"}],
    "proclamation_number": "12345",
}


def test_a_document_of_the_federal_register_keeps_its_days_addresses_and_words() -> None:
    described = json.dumps({"count": 1, "results": [ROW]})
    (found,) = FORMATS["federal-register"](described).found
    assert (found.id, found.title, found.citation) == ("2026-00001", "A rule", "91 FR 1")
    assert (found.published, found.effective) == ("2026-03-02", "2026-03-05")
    assert (found.address, found.full) == (ROW["html_url"], ROW["raw_text_url"])
    for word in ("Of batteries", "trade-representative", "Proclamation 12345"):
        assert word in found.text


def test_a_document_without_addresses_has_none() -> None:
    bare = {**ROW, "html_url": None, "raw_text_url": None}
    (found,) = FORMATS["federal-register"](json.dumps({"count": 1, "results": [bare]})).found
    assert (found.address, found.full) == ("", "")


PAGE = """<ul><li>2026-01-02 by <a href="/a" title="In full">short</a> after</li>
<li><a href="/b">Of <i>robots</i></a> with <a href="/c">a second link</a> January 5, 2026</li>
<li><a href="/none">No day beside it, but 2026-01-06 in it</a></li></ul>
<table><tr><td><a href="/d">No. 5</a></td><td>Of drones</td><td>01/07/2026</td></tr></table>
<p><a href="/outside">2026-01-08</a></p><div class="views-row">2026-02-02 <a>Not closed"""


def test_a_list_of_links_gives_the_title_of_each_with_the_day_before_or_after_it() -> None:
    found = FORMATS["links"](PAGE).found
    assert [(each.published, each.title, each.address) for each in found] == [
        ("2026-01-02", "In full", "/a"),
        ("2026-01-05", "Of robots", "/b"),
        ("2026-01-07", "No. 5 Of drones 01/07/2026", "/d"),
        ("2026-02-02", "Not closed", ""),
    ]


@pytest.mark.parametrize(
    ("beside", "day"),
    [
        ("2026-01-02 and 01/03/2026", "2026-01-02"),  # the order of the readers, not of the text
        ("January 4, 2026, or 01/03/2026", "2026-01-03"),
        ("January 4, 2026, or 2026-01-02", "2026-01-02"),
        ("on January 14, 2026", "2026-01-14"),
    ],
)
def test_of_several_days_beside_a_link_the_plainest_is_taken(beside: str, day: str) -> None:
    (found,) = FORMATS["links"](f'<li>{beside} <a href="/a">A rule</a></li>').found
    assert (found.published, found.id) == (day, f"{day} A rule")


@pytest.mark.parametrize(
    ("title", "address", "number"),
    [
        ("公告2026年第 7 号关于", "/x", "公告2026年第7号"),
        ("A rule", "/recent-actions/20260102_33", "20260102_33"),
        ("A rule", "/recent-actions/20260102", "20260102"),
        ("A rule", "/recent-actions/2026010", "2026-01-02 A rule"),
        ("A rule", "/recent-actions/20260102/more", "2026-01-02 A rule"),
        ("x" * 100, "/x", f"2026-01-02 {'x' * 69}"),
    ],
)
def test_a_document_is_known_by_its_number_its_address_or_its_day_and_title(
    title: str, address: str, number: str
) -> None:
    page = f'<li>2026-01-02 <a href="{address}">{title}</a></li>'
    assert [each.id for each in FORMATS["links"](page).found] == [number]


def test_a_page_of_links_without_a_day_is_refused_as_redesigned() -> None:
    with pytest.raises(FormatError, match="no document with a day beside it"):
        FORMATS["links"]('<li>1/3/2026 <a href="/a">A rule</a></li>')


def test_only_whole_names_of_editions_are_editions() -> None:
    names = (
        "2026HTSRev5",
        "2026HTSBasic",
        "2026HTSRev",
        "2026HTSRev5a",
        "26HTSRev5",
        "x2026HTSRev5",
    )
    rows = [
        {"name": name, "releaseStartDate": "03/02/2026", "title": "t", "description": "d"}
        for name in names
    ]
    found = FORMATS["releases"](json.dumps(rows)).found
    assert [(each.id, each.published) for each in found] == [
        ("2026HTSRev5", "2026-03-02"),
        ("2026HTSBasic", "2026-03-02"),
    ]
    with pytest.raises(FormatError, match="no edition is listed"):
        FORMATS["releases"](json.dumps(rows[2:]))


def test_a_notice_belongs_to_the_edition_that_it_stands_under() -> None:
    link = '<a href="https://www.federalregister.gov/d/2026-{}">notice</a>'
    page = (
        f"{link.format(0)} 2026 HTS Revision 2 (March 2, 2026) {link.format(1)} {link.format(2)}"
        f" 2026 Basic (January 1, 2026) {link.format(3)}"
    )
    found = FORMATS["archive"](page).found
    assert [(each.id, each.published, each.text.split()) for each in found] == [
        (
            "2026HTSRev2",
            "2026-03-02",
            [f"https://www.federalregister.gov/d/2026-{n}" for n in (1, 2)],
        ),
        ("2026HTSBasic", "2026-01-01", ["https://www.federalregister.gov/d/2026-3"]),
    ]


@pytest.mark.parametrize(
    ("title", "day", "number", "published"),
    [
        ("CSMS # 123 - Of duties", "Mon, 02 Mar 2026 12:00:00 +0000", "123", "2026-03-02"),
        ("A notice", "2026-03-02T23:00:00", "2026-03-02 A notice", "2026-03-02"),
        ("A notice", "", " A notice", ""),
        ("x" * 100, "2026-03-02", f"2026-03-02 {'x' * 69}", "2026-03-02"),
    ],
)
def test_an_item_of_a_feed_is_known_by_its_message_or_its_day_and_title(
    title: str, day: str, number: str, published: str
) -> None:
    item = f"<item><title>{title}</title><pubDate>{day}</pubDate><link>/a</link></item>"
    (found,) = FORMATS["feed"](f"<rss><channel>{item}</channel></rss>").found
    assert (found.id, found.published, found.address) == (number, published, "/a")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<!DOCTYPE html><rss></rss>", "it is a page"),
        ("<feed></feed>", "begins with `feed`"),
        ("<rss><channel>", "not a whole feed"),
        ("<rss><item><pubDate>soon</pubDate></item></rss>", "has the day 'soon'"),
    ],
)
def test_what_is_no_feed_is_told_apart_from_an_empty_one(text: str, refusal: str) -> None:
    with pytest.raises(FormatError, match=refusal):
        FORMATS["feed"](text)
    assert FORMATS["feed"]("<rss></rss>").found == []


FEDERAL = {
    "count": 7, "results": [ROW], "next_page_url": "https://x/2", "description": "a search",
}  # fmt: skip
WORDS_OF_ROW = "Of batteries trade-representative Proclamation 12345"
VERSIONS = {
    "meta": {"title": "15"},
    "content_versions": [
        {"date": "2026-03-02", "identifier": "744.1", "name": "§ 744.1 <i>End</i> use"},
        {"date": "2026-03-03", "identifier": "744.2", "name": "A", "substantive": False},
        {"date": "2026-03-04", "identifier": "744.3", "name": "B", "substantive": True},
    ],
}
MESSAGES = [
    {"subject": "CSMS # 67 - Of <b>duties</b>", "pub_date": "03/02/2026 10:00", "href": "/a?b=1"},
    {"subject": "No number", "pub_date": "", "href": None},
]
ITEM = (
    "<item><title>A notice</title><pubDate>2026-03-02</pubDate><link>/a</link>"
    "<description>Of &lt;i>steel&lt;/i></description></item>"
)
NUMBERED = "<item><title>CSMS 67: Of duties</title><link>/a?b=1</link></item>"


@pytest.mark.parametrize(
    ("name", "answer", "page"),
    [
        (
            "federal-register",
            json.dumps(FEDERAL),
            IndexPage(
                [
                    IndexedDocument(
                        "2026-00001", "2026-03-02", "A rule", str(ROW["html_url"]), "91 FR 1",
                        "2026-03-05", WORDS_OF_ROW, str(ROW["raw_text_url"]),
                    )
                ],
                "https://x/2", 7, "a search",
            ),
        ),
        ("federal-register", '{"count": 0}', IndexPage([], "", 0, "")),
        (
            "releases",
            json.dumps([
                {"name": "2026HTSRev5", "releaseStartDate": "03/02/2026", "title": "Revision 5",
                 "description": "steel"}
            ]),
            IndexPage([IndexedDocument("2026HTSRev5", "2026-03-02", "Revision 5", text="steel")]),
        ),
        (
            "archive",
            '2026 HTS <a>x</a> 2026 HTS Revision 12 (March 2, 2026) <a '
            'href="https://www.federalregister.gov/d/1">',
            IndexPage([
                IndexedDocument(
                    "2026HTSRev12", "2026-03-02", "2026 HTS Revision 12 (March 2, 2026)",
                    text="https://www.federalregister.gov/d/1",
                )
            ]),
        ),
        (
            "ecfr-versions",
            json.dumps(VERSIONS),
            IndexPage([
                IndexedDocument("15 CFR 744.1 of 2026-03-02", "2026-03-02", "§ 744.1 End use",
                                text="§ 744.1"),
                IndexedDocument("15 CFR 744.2 of 2026-03-03", "2026-03-03", "A (editorial)",
                                text="§ 744.2"),
                IndexedDocument("15 CFR 744.3 of 2026-03-04", "2026-03-04", "B", text="§ 744.3"),
            ]),
        ),
        (
            "sls-changes",
            '[{"publicationID": 5, "datePublished": "2026-03-02T12:00:00"}]',
            IndexPage([IndexedDocument("SLS 5", "2026-03-02", "Sanctions lists, publication 5")]),
        ),
        *(
            (
                "bulletins",
                text,
                IndexPage([
                    IndexedDocument("67", "2026-03-02", "Of duties", "/a"),
                    IndexedDocument("No number", "", "No number"),
                ]),
            )
            for text in (json.dumps(MESSAGES), f"widget.update({json.dumps(MESSAGES)});")
        ),
        (
            "feed",
            f"<rss><channel>{ITEM}{NUMBERED}</channel></rss>",
            IndexPage([
                IndexedDocument("2026-03-02 A notice", "2026-03-02", "A notice", "/a",
                                text="Of steel"),
                IndexedDocument("67", "", "Of duties", "/a"),
            ]),
        ),
        (
            "links",
            json.dumps({"data": {"html": '<li><a href="/a">A rule</a> 2026-03-02</li>'}}),
            IndexPage([IndexedDocument("2026-03-02 A rule", "2026-03-02", "A rule", "/a")]),
        ),
    ],
)  # fmt: skip
def test_every_cell_of_an_answer_stands_where_it_belongs(
    name: str, answer: str, page: IndexPage
) -> None:
    assert FORMATS[name](answer) == page


@pytest.mark.parametrize(
    ("name", "answer", "refusal"),
    [
        ("federal-register", " <html>", "a page came in place of data"),
        ("federal-register", '{"count": 1', "it is not whole JSON"),
        ("federal-register", '{"errors": "no"}', "the index refused the question: no"),
        ("federal-register", "[]", "it has no `count`"),
        ("federal-register", '{"count": 1}', "it has no list of results"),
        ("federal-register", '{"count": 1, "results": [{}]}', "an entry has no `document_number`"),
        ("releases", "{}", "it has no list of editions"),
        ("releases", '[{"name": "2026HTSRev5", "releaseStartDate": "1"}]', "'1' is not a day"),
        ("archive", "2026", "no edition is listed"),
        ("ecfr-versions", "[]", "it has no list of versions"),
        ("sls-changes", "[1]", "an entry has no `publicationID`"),
        ("bulletins", "{}", "it has no list of messages"),
        ("links", "{}", "it has no `data.html`"),
        ("links", '[{"data": {"html": ""}}]', "it has no `data.html`"),
    ],
)
def test_an_answer_of_another_form_is_refused_with_what_it_lacks(
    name: str, answer: str, refusal: str
) -> None:
    with pytest.raises(FormatError, match=refusal):
        FORMATS[name](answer)
