"""Readers of the answers that official indexes give: one function for each format.

Each takes the text of an answer and gives a ``IndexPage``, or raises ``FormatError``. An index that
was redesigned, a page that asks who one is, and half a file are told apart from an empty list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

from detente._shapes import TYPE_CHECKING
from detente.freshness.found import FormatError, IndexedDocument, IndexPage, plain

if TYPE_CHECKING:
    from typing import Any


def _json(text: str) -> Any:
    """The value of an answer that should be JSON."""
    start = text.lstrip()[:1]
    if start == "<":
        raise FormatError("a page came in place of data: the site may ask who is asking")
    try:
        return json.loads(text)
    except ValueError as error:
        raise FormatError(f"it is not whole JSON: {error}") from error


def _rows(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise FormatError(f"it has no list of {what}: the format has changed")
    return value


def _cell(row: Any, key: str) -> str:
    """A text of a row; a missing one is a change of format, an empty one is not."""
    if not isinstance(row, dict) or key not in row:
        raise FormatError(f"an entry has no `{key}`: the format has changed")
    return "" if row[key] is None else str(row[key])


def federal_register(text: str) -> IndexPage:
    """Search results of the Federal Register, also those of public inspection."""
    value = _json(text)
    if isinstance(value, dict) and "errors" in value:
        raise FormatError(f"the index refused the question: {value['errors']}")
    if not isinstance(value, dict) or "count" not in value:
        raise FormatError("it has no `count`: the format has changed")
    rows = _rows(value.get("results", [] if value["count"] == 0 else None), "results")
    return IndexPage(
        [_of_federal_register(row) for row in rows],
        str(value.get("next_page_url") or ""),
        int(value["count"]),
        str(value.get("description") or ""),
    )


def _of_federal_register(row: Any) -> IndexedDocument:
    number, title = _cell(row, "document_number"), plain(_cell(row, "title"))
    order = row.get("executive_order_number") or row.get("proclamation_number")
    more = [str(row.get(key) or "") for key in ("abstract", "dates", "action", "type")]
    more += [str(each.get("slug") or "") for each in row.get("agencies") or ()]
    if order:
        kind = "Executive Order" if row.get("executive_order_number") else "Proclamation"
        more.append(f"{kind} {order}")
    return IndexedDocument(
        id=number,
        published=_cell(row, "publication_date"),
        title=title,
        address=str(row.get("html_url") or ""),
        citation=str(row.get("citation") or ""),
        effective=str(row.get("effective_on") or ""),
        text=plain(" ".join(more)),
        full=str(row.get("raw_text_url") or ""),
    )


def releases(text: str) -> IndexPage:
    """The list of editions of the Harmonized Tariff Schedule."""
    found = []
    for row in _rows(_json(text), "editions"):
        name = _cell(row, "name")
        if re.fullmatch(r"\d{4}HTS(?:Rev\d+|Basic)", name):
            day = _day(_cell(row, "releaseStartDate"), "%m/%d/%Y")
            found.append(
                IndexedDocument(name, day, _cell(row, "title"), text=_cell(row, "description"))
            )
    return _some(found, "edition")


_EDITION = re.compile(r"(\d{4}) (?:HTS )?(Basic|Revision (\d+))[^(<]*\((\w+ \d{1,2}, \d{4})\)")


def archive(text: str) -> IndexPage:
    """The archive page of editions, with the notices that each one carries out."""
    found = []
    marks = [*_EDITION.finditer(text)]
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        block = text[mark.end() : end]
        name = f"{mark[1]}HTS{'Basic' if mark[3] is None else f'Rev{mark[3]}'}"
        notices = re.findall(r'href="(https?://www\.federalregister\.gov/[^"]+)"', block)
        day = _day(mark[4], "%B %d, %Y")
        found.append(IndexedDocument(name, day, plain(mark[0]), text=" ".join(notices)))
    return _some(found, "edition")


def ecfr_versions(text: str) -> IndexPage:
    """Versions of the sections and supplements of a part of the Code of Federal Regulations."""
    value = _json(text)
    rows = _rows(value.get("content_versions") if isinstance(value, dict) else None, "versions")
    title = str(value.get("meta", {}).get("title", ""))
    found = []
    for row in rows:
        day, place = _cell(row, "date"), _cell(row, "identifier")
        kind = "" if row.get("substantive", True) else " (editorial)"
        number = f"{title} CFR {place} of {day}"
        found.append(
            IndexedDocument(number, day, f"{plain(_cell(row, 'name'))}{kind}", text=f"§ {place}")
        )
    return IndexPage(found)


def sls_changes(text: str) -> IndexPage:
    """Publications of the sanctions list service."""
    found = []
    for row in _rows(_json(text), "publications"):
        number, day = _cell(row, "publicationID"), _cell(row, "datePublished")[:10]
        found.append(
            IndexedDocument(f"SLS {number}", day, f"Sanctions lists, publication {number}")
        )
    return IndexPage(found)


def bulletins(text: str) -> IndexPage:
    """The widget of customs messages: JSON, or a call with it as its argument."""
    inner = re.search(r"\.update\((\[.*\])\)", text, re.DOTALL)
    rows = _rows(_json(inner[1] if inner else text), "messages")
    found = [_bulletin(_cell(r, "subject"), _cell(r, "pub_date"), r.get("href")) for r in rows]
    return IndexPage(found)


def _bulletin(subject: str, day: str, address: str | None) -> IndexedDocument:
    mark = re.match(r"\s*CSMS\s*#?\s*(\d+)\s*[-–:]?\s*(.*)", subject, re.DOTALL)
    number, title = (mark[1], mark[2]) if mark else (subject, subject)
    when = _day(day.split()[0], "%m/%d/%Y") if day else ""
    return IndexedDocument(number, when, plain(title), (address or "").partition("?")[0])


def feed(text: str) -> IndexPage:
    """A feed of news: RSS."""
    from xml.etree import ElementTree

    if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text:
        raise FormatError("it is a page, or has a document type, and not a feed")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise FormatError(f"it is not a whole feed: {error}") from error
    items = [each for each in root.iter() if each.tag.rpartition("}")[2] == "item"]
    if root.tag != "rss":
        raise FormatError(f"it begins with `{root.tag}` and not with `rss`")
    found = []
    for item in items:
        cells = {each.tag.rpartition("}")[2]: each.text or "" for each in item}
        title, day = plain(cells.get("title", "")), _feed_day(cells.get("pubDate", ""))
        if title.startswith("CSMS"):
            row = _bulletin(title, "", cells.get("link"))
            found.append(row._replace(published=day))
        else:
            number = f"{day} {title}"[:80]
            text_ = plain(cells.get("description", ""))
            found.append(IndexedDocument(number, day, title, cells.get("link", ""), text=text_))
    return IndexPage(found)


def _feed_day(text: str) -> str:
    from email.utils import parsedate_to_datetime

    if not text or re.match(r"\d{4}-\d\d-\d\d", text):
        return text[:10]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError) as error:
        raise FormatError(f"an entry has the day {text!r}: the format has changed") from error


class _Links(HTMLParser):
    """Items of a list: a link with its title, and the day beside it.

    In a table the link may be a number alone, and the row says the rest.
    """

    def __init__(self) -> None:
        super().__init__()
        self.items: list[tuple[str, str, str]] = []
        self._link: tuple[str, str] | None = None
        self._text = ""
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("li", "tr") or (
            tag == "div" and "views-row" in (dict(attrs).get("class") or "")
        ):
            self._close()
            self._within = tag
        attributes = dict(attrs)
        if tag == "a" and self._within and self._link is None:
            self._link = attributes.get("href") or "", attributes.get("title") or ""
            # A zero byte, which no page has, marks where the text of the link begins and ends.
            self._text += "\0"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "tr"):
            self._close()
            self._within = ""
        if tag == "td" and self._within == "tr":
            self._text += " "
        if tag == "a" and self._text.count("\0") == 1:
            self._text += "\0"

    def handle_data(self, data: str) -> None:
        if self._within:
            self._text += data

    def _close(self) -> None:
        if self._link is not None:
            before, title, after = [*self._text.split("\0"), ""][:3]
            beside = f"{before} {after}"
            described = f"{title} {beside}" if self._within == "tr" else self._link[1] or title
            self.items.append((self._link[0], described, beside))
        self._link, self._text = None, ""

    def close(self) -> None:
        super().close()
        self._close()


_LONG = re.compile(r"\b([A-Z][a-z]+ \d{1,2}, \d{4})\b")


def links(text: str) -> IndexPage:
    """A page, or a unit of one, that lists documents as links with days beside them."""
    if text.lstrip()[:1] in "{[":
        value = _json(text)
        data = value.get("data") if isinstance(value, dict) else None
        if not isinstance(data, dict) or "html" not in data:
            raise FormatError("it has no `data.html`: the format has changed")
        text = str(data["html"])
    reader = _Links()
    reader.feed(text)
    reader.close()
    found = []
    for address, title, beside in reader.items:
        day = _day_beside(beside)
        if day:
            words = plain(title)
            found.append(IndexedDocument(_number(words, address, day), day, words, address))
    return _some(found, "document with a day beside it")


def _some(found: list[IndexedDocument], what: str) -> IndexPage:
    """A list that is never empty."""
    if not found:
        raise FormatError(f"no {what} is listed: the page was redesigned")
    return IndexPage(found)


def _day_beside(text: str) -> str:
    iso = re.search(r"\d{4}-\d\d-\d\d", text)
    if iso:
        return iso[0]
    american = re.search(r"\b\d\d/\d\d/\d{4}\b", text)
    if american:
        return _day(american[0], "%m/%d/%Y")
    long = _LONG.search(text)
    return _day(long[1], "%B %d, %Y") if long else ""


ANNOUNCEMENT = re.compile(r"(\S*?(?:公告|令))\s*(\d{4})年第\s*(\d+)\s*号")
"""The number of an announcement of an authority of China, as its title begins."""


def _number(title: str, address: str, day: str) -> str:
    """The number of an announcement, or else the end of its address, or its day and title."""
    mark = ANNOUNCEMENT.match(title)
    if mark:
        return f"{mark[1]}{mark[2]}年第{mark[3]}号"
    action = re.search(r"/recent-actions/(\d{8}(?:_\d+)?)$", address)
    return action[1] if action else f"{day} {title}"[:80]


def _day(text: str, form: str) -> str:
    try:
        return datetime.strptime(text.strip(), form).date().isoformat()
    except ValueError as error:
        raise FormatError(f"{text!r} is not a day as it was: the format has changed") from error


FORMATS: dict[str, Callable[[str], IndexPage]] = {
    "federal-register": federal_register,
    "releases": releases,
    "archive": archive,
    "ecfr-versions": ecfr_versions,
    "sls-changes": sls_changes,
    "bulletins": bulletins,
    "feed": feed,
    "links": links,
}
"""Readers by the word that a setting names them by."""
