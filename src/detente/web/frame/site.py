"""What every page shares: the register asked, the frame around it, and how a page is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from litestar import MediaType, Request, Response
from markupsafe import Markup, escape

from detente._shapes import NamedTuple
from detente._version import __version__
from detente.api.responses import REVALIDATE, not_modified, unchanged
from detente.api.service import Service
from detente.core.figures import counted, long_day
from detente.licence.words import outcome
from detente.parties.screening.list_coverage import lacks_some
from detente.register.confirmed import read_words, unconfirmed_words
from detente.register.source_links import citations_in, link_of
from detente.register.views.chinese_titles import marked
from detente.web.frame.filters import Filters
from detente.web.frame.page_query import STATED
from detente.web.frame.rendering import Renderer
from detente.web.frame.words import day_words, days_words, state_class, state_words, through_words

AnyRequest = Request[Any, Any, Any]


class NavigationLink(NamedTuple):
    """A page that the navigation leads to.

    Attributes:
        path: its address.
        words: what the link says.
        menu: the menu in which it stands.
    """

    path: str
    words: str
    menu: str


DUTIES, LAW, PARTIES, EFFECTS, MORE = "Duties", "Law", "Parties", "Effects", "More"

PLACES = (
    NavigationLink("/duty", "Duty", DUTIES),
    NavigationLink("/browse", "Browse the tariff", DUTIES),
    NavigationLink("/history", "History of a duty", DUTIES),
    NavigationLink("/entry", "Whole entry", DUTIES),
    NavigationLink("/ask/average", "Average duty", DUTIES),
    NavigationLink("/compare", "Compare", DUTIES),
    NavigationLink("/trees", "By day of arrival", DUTIES),
    NavigationLink("/assess", "Whole transaction", DUTIES),
    NavigationLink("/check", "Your own file", DUTIES),
    NavigationLink("/batch", "Table of entries", DUTIES),
    NavigationLink("/audit", "Declared and owed", DUTIES),
    NavigationLink("/panel", "Panel of rates", DUTIES),
    NavigationLink("/truce", "Truce", LAW),
    NavigationLink("/timeline", "Timeline", LAW),
    NavigationLink("/measures", "Measures", LAW),
    NavigationLink("/ask/upcoming", "What changes next", LAW),
    NavigationLink("/ask/diff", "What changed", LAW),
    NavigationLink("/ask/claims", "Claims and promises", LAW),
    NavigationLink("/screen", "Screen a name", PARTIES),
    NavigationLink("/vendors", "Screen a table", PARTIES),
    NavigationLink("/lists", "Lists and changes", PARTIES),
    NavigationLink("/owners", "Owners", PARTIES),
    NavigationLink("/ask/licence", "Licence", PARTIES),
    NavigationLink("/ask/items", "Controlled items", PARTIES),
    NavigationLink("/minerals", "Minerals", EFFECTS),
    NavigationLink("/supply", "Figures of minerals", EFFECTS),
    NavigationLink("/ask/impact_partial", "Imports and prices", EFFECTS),
    NavigationLink("/ask/impact_equilibrium", "Trade and welfare", EFFECTS),
    NavigationLink("/ask/impact_households", "Households", EFFECTS),
    NavigationLink("/ask/scoreboard", "Scoreboard", EFFECTS),
    NavigationLink("/ask/impact_critical", "Loss of an input", EFFECTS),
    NavigationLink("/ask", "Every question", MORE),
    NavigationLink("/ledger", "Check a record", MORE),
    NavigationLink("/docs", "Guide", MORE),
    NavigationLink("/v1/", "API", MORE),
    NavigationLink("/not-modelled", "Not modelled", MORE),
)
"""The pages of the navigation, in its order; those of one menu stand together."""


def menus(places: Iterable[NavigationLink]) -> dict[str, list[NavigationLink]]:
    """Places by their menu, in order."""
    found: dict[str, list[NavigationLink]] = {}
    for place in places:
        found.setdefault(place.menu, []).append(place)
    return found


CITATIONS = 4000
"""Citations whose links are kept."""


class Site:
    """The service that is asked, and what makes pages of its answers.

    Attributes:
        service: where questions are answered.
        menus: pages of the navigation by the menu in which they stand.
        renderer: makes pages of templates.
    """

    def __init__(self, service: Service, places: Iterable[NavigationLink] = PLACES) -> None:
        """Read the templates and what all pages share."""
        self.service = service
        self.menus = menus(places)
        self._cites: dict[str, Markup] = {}
        by_day: dict[str, list[str]] = {}
        for area in service.register.areas.values():
            by_day.setdefault(area.reviewed_through, []).append(area.name)
        self.renderer = Renderer(
            register=service.sha256[:STATED],
            areas=[(day, by_day[day]) for day in sorted(by_day, reverse=True)],
            countries=service.register.countries,
            sides=self.sides,
            titles=service.titles,
            menus=self.menus,
            here="",
            cite=self.cite,
            cites=self.cites,
            long_day=long_day,
            day_words=day_words,
            through_words=through_words,
            lacks_some=lacks_some,
            days_words=days_words,
            state_words=state_words,
            unconfirmed_words=unconfirmed_words,
            zh_marked=marked,
            counted=counted,
            read_words=read_words,
            licence_words=outcome,
            state_class=state_class,
        )

    @property
    def sides(self) -> dict[str, str]:
        """Sides that act, with the words for each; both together last."""
        countries = self.service.register.countries
        return {by: countries.get(by, "Both sides") for by in self.service.register.zones}

    @property
    def source(self) -> str:
        """Where the figures of a drawing are from."""
        return f"Source: Détente {__version__}, register {self.service.sha256[:STATED]}."

    def cite(self, citation: str | None) -> Markup:
        """A citation as a link where an address is known, with a copy of what may be moved."""
        if not citation:
            return Markup("")
        made = self._cites.get(citation)
        if made is None:
            if len(self._cites) > CITATIONS:
                self._cites.clear()
            made = self._cites[citation] = self._linked(citation)
        return made

    def _linked(self, citation: str) -> Markup:
        parts = citations_in(self.service.register, citation)
        return Markup("; ").join(self._cited(each) for each in parts)

    def cites(self, citations: Iterable[str]) -> Markup:
        """Citations with semicolons between."""
        return Markup("; ").join(self.cite(each) for each in citations)

    def _cited(self, citation: str) -> Markup:
        several = citation.split(", ")
        if len(several) > 1 and all(self.link(each) for each in several):
            return Markup(", ").join(self._cited(each) for each in several)
        url = self.link(citation)
        if url is None:
            return escape(citation)
        addresses = self.service.register.addresses
        search = ' title="A search at the publisher"' if addresses.is_search(url) else ""
        # `format` escapes what is put in, so nothing from outside may stand in the pattern.
        link = Markup(f'<a href="{{}}" rel="noopener external"{search}>{{}}</a>')
        copy = None if search else addresses.copy_of(url)
        words = link.format(url, citation)
        if copy is None:
            return words
        return words + Markup(' (<a href="{}" rel="noopener external">copy</a>)').format(copy)

    def link(self, citation: str) -> str | None:
        """Where a citation can be read; None where no address is known."""
        return link_of(self.service.register, citation)

    def page(
        self,
        template: str,
        here: str,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **context: Any,
    ) -> Response[bytes]:
        """A page of a template; `here` is the address of its place in the navigation."""
        return html(self.renderer.page(template, here=here, **context), status, headers)

    def framed(self, part: str, drawing: object, title: str, whole: str, **context: Any) -> bytes:
        """A drawing alone, for a frame of another site, in UTF-8.

        Args:
            part: the template that draws it.
            drawing: what is drawn.
            title: what it shows.
            whole: the address of the page in which it stands.
            context: what else the template names.
        """
        return self.renderer.page(
            "embed_drawing.html",
            part=part,
            drawing=drawing,
            title=title,
            source=self.source,
            whole=whole,
            **context,
        )

    def record(self, template: str, here: str, filters: Filters, **context: Any) -> bytes:
        """A page of the register, with its link: the day that is shown stands in it.

        Args:
            template: its template.
            here: the address of its place in the navigation.
            filters: what was asked.
            context: what the template names; ``path`` where the page has another address.
        """
        path = context.pop("path", here)
        pinned = {"on": context["on"]} if "on" in context else {}
        return self.renderer.page(
            template,
            here=here,
            filters=filters,
            other_register=filters.other(self.service.sha256),
            link=filters.link(path, self.service.sha256, **pinned),
            **context,
        )

    def cached(
        self, request: AnyRequest, key: str, make: Callable[[], bytes], media: str = ""
    ) -> Response[bytes]:
        """What the register alone decides: from memory, and 304 to those who hold it.

        Args:
            request: the request.
            key: all that decides the bytes beside the register and the templates.
            make: makes the bytes.
            media: media type; a page where none is given.
        """
        text = "\0".join((__version__, self.service.sha256, self.renderer.state, key))
        tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
        if unchanged(request, tag):
            return not_modified(tag)
        body = self.service.remembered.made(f"page {tag}", make)
        if not media:
            return html(body, 200, {"etag": tag})
        return Response(body, media_type=media, headers={"etag": tag, "cache-control": REVALIDATE})


def html(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A page as a response that is asked for anew."""
    return Response(
        body,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"cache-control": REVALIDATE, **(headers or {})},
    )
