"""The one box: a code, goods, a company, a measure, a mineral or a country leads to its page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import NamedTuple
from detente.api.parameters import encoded
from detente.api.responses import NO_STORE
from detente.core.figures import counted, percent
from detente.duty.question import DutyQuestion
from detente.goods.codes import CodeError
from detente.goods.search import everyday, search
from detente.register.events import Query
from detente.register.views import law_by_day as views
from detente.supply.tables import Minerals
from detente.web.frame.filters import has_words, read_filters
from detente.web.frame.page_query import address
from detente.web.frame.site import Site

AnyRequest = Request[Any, Any, Any]

FEW = 6
"""Hits of each kind that are shown."""

OFFERED = 10
"""Words that are offered to who is typing."""

TYPED = 60
"""Characters of what is being typed that are looked at."""

WHOLE = (8, 10)
"""Digits of a code that a duty can be asked of."""

PARTNER = "CN"
"""The origin that is meant where none is named."""


class BoxHit(NamedTuple):
    """Something found: its address, its words, and what is said beside them."""

    link: str
    words: str
    beside: str


class HitGroup(NamedTuple):
    """Hits of one kind: its title, the hits, and the address and words of all of that kind."""

    title: str
    hits: tuple[BoxHit, ...]
    more: str
    more_words: str


class Box:
    """The page of what was found over a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site; tables are read when something is first looked for."""
        self.site = site
        self.service = site.service
        self._minerals: Minerals | None = None

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """What has the words, or the one page that they can only mean."""
        words = read_filters(request, ("q",)).get("q")
        if not words:
            return _lead("/")
        link = self._only(words)
        if link:
            return _lead(link)
        groups = await asyncio.to_thread(self._found, words)
        return self.site.page("find.html", "", headers=NO_STORE, words=words, groups=groups)

    def beginning(self, request: AnyRequest) -> Response[bytes]:
        """Everyday words that begin as a text does, with their headings, for who is typing it."""
        text = read_filters(request, ("q",)).get("q")[:TYPED]
        rows = [
            {"word": word, "headings": codes.split()}
            for word, codes in everyday().beginning(text, OFFERED)
        ]
        headers = {"cache-control": "public, max-age=3600"}
        body = msgspec.json.encode({"words": rows})
        return Response(body, media_type="application/json", headers=headers)

    def _only(self, words: str) -> str:
        """The address of the one thing that words can mean; "" where there may be more."""
        digits = words.replace(".", "").replace(" ", "")
        if digits.isascii() and digits.isdigit() and len(digits) in WHOLE:
            pairs = [("code", words.replace(" ", "")), ("origin", PARTNER)]
            return f"/?{encoded([*pairs, ('on', self.service.today())])}"
        return f"/measures/{words}" if words in self.service.titles else ""

    def _found(self, words: str) -> list[HitGroup]:
        finders: tuple[Callable[[str], HitGroup], ...] = (
            self._goods, self._parties, self._measures, self._supply, self._items, self._places,
            self._pages,
        )  # fmt: skip
        return [group for group in (find(words) for find in finders) if group.hits]

    def _goods(self, words: str) -> HitGroup:
        today = self.service.today()
        try:
            found = search(self.service.schedule, words, date.fromisoformat(today), FEW)
        except CodeError:
            found = ()
        hits = []
        for each in found:
            question = DutyQuestion(each.code.dotted, PARTNER, today)
            text = " › ".join((*each.path[-2:], each.text))
            hits.append(
                BoxHit(
                    address(question, self.service.sha256),
                    each.code.dotted,
                    text + self._rate(question),
                )
            )
        more = f"/?{encoded([('code', words)])}"
        return HitGroup(
            "Goods, and what they owe from China today", tuple(hits), more, "More goods"
        )

    def _rate(self, question: DutyQuestion) -> str:
        rate = self.service.answer(question)["total"]["ad_valorem"]
        return f": {percent(rate)}" if rate is not None else ""

    def _parties(self, words: str) -> HitGroup:
        from detente.parties.screening.store import Screen

        lists = Screen(None, self.service.today())
        try:
            found = lists.parties(words, None, FEW)
        except ValueError:
            found = []
        link = f"/screen?{encoded([('name', words)])}"
        hits = tuple(
            BoxHit(
                link, each.entry.names[0].text, f"{each.entry.list}, {percent(each.score, 0)} alike"
            )
            for each in found
        )
        return HitGroup(
            "Listed parties", hits, link, f"Screen “{words}” with every list and its policy"
        )

    def _measures(self, words: str) -> HitGroup:
        rows = views.status(self.service.register, Query(), self.service.today())["measures"]
        found = [
            BoxHit(f"/measures/{row['id']}", row["title"], row["state"].replace("_", " "))
            for row in rows
            if has_words(words, row["id"], row["title"], row["title_zh"])
        ]
        more = f"/measures?{encoded([('text', words)])}"
        return HitGroup(
            "Measures", tuple(found[:FEW]), more, f"See {counted(len(found), 'measure')}"
        )

    def _supply(self, words: str) -> HitGroup:
        self._minerals = self._minerals or Minerals()
        found = [
            BoxHit(f"/supply?mineral={each.key}", each.name, "who mines, refines and makes it")
            for each in self._minerals.minerals.values()
            if has_words(words, each.key, each.name, each.name_zh)
        ]
        return HitGroup("Minerals", tuple(found[:FEW]), "/supply", "All minerals")

    def _items(self, words: str) -> HitGroup:
        from detente.licence.items import find_items

        try:
            found = find_items(self.service.register, words, FEW)["hits"]
        except ValueError:  # nothing has the words
            found = []
        hits = tuple(
            BoxHit(
                f"/ask/items?{encoded([('words', each['item'])])}",
                each["item"],
                f"{each['title']}, {self.service.register.countries[each['by']]}",
            )
            for each in found
        )
        more = f"/ask/items?{encoded([('words', words)])}"
        return HitGroup("Controlled items", hits, more, "More controlled items")

    def _places(self, words: str) -> HitGroup:
        register = self.service.register
        code = register.country_words.find(words)
        if code is None:
            return HitGroup("Countries", (), "", "")
        name = register.countries[code]
        link = encoded([("origin", code), ("on", self.service.today())])
        hits = (BoxHit(f"/ask/average?{link}", name, "the average duty on its goods today"),)
        return HitGroup("Countries", hits, "", "")

    def _pages(self, words: str) -> HitGroup:
        places = [place for menu in self.site.menus.values() for place in menu]
        found = tuple(
            BoxHit(each.path, each.words, "page") for each in places if has_words(words, each.words)
        )
        return HitGroup("Pages", found, "/ask", "Every question")


def _lead(link: str) -> Response[bytes]:
    headers = {"location": link, **NO_STORE}
    return Response(b"", status_code=303, headers=headers)


def box(made: Box) -> list[HTTPRouteHandler]:
    """The routes of the box: what was found, and words that begin as what is being typed."""

    @get("/find/words", sync_to_thread=False)
    def get_words(request: AnyRequest) -> Response[bytes]:
        return made.beginning(request)

    @get("/find")
    async def get_find(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    return [get_find, get_words]
