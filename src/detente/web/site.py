"""What every page shares: the register asked, the frame around it, and how a page is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from litestar import MediaType, Request, Response

from detente._shapes import NamedTuple
from detente._version import __version__
from detente.api.desk import Desk
from detente.api.responses import REVALIDATE, not_modified, unchanged
from detente.core.figures import long_day
from detente.licence.words import outcome
from detente.register.confirmed import unconfirmed_words
from detente.web.asked import STATED
from detente.web.rendering import Renderer
from detente.web.words import day_words, days_words, state_class, state_words

AnyRequest = Request[Any, Any, Any]


class Place(NamedTuple):
    """A page that the navigation leads to: its address, and what the link says."""

    path: str
    words: str


PLACES = (
    Place("/", "Duty"),
    Place("/assess", "Transaction"),
    Place("/measures", "Measures"),
    Place("/timeline", "Timeline"),
    Place("/truce", "Truce"),
    Place("/screen", "Screen"),
    Place("/owners", "Owners"),
    Place("/compare", "Compare"),
    Place("/supply", "Minerals"),
    Place("/docs", "Guide"),
    Place("/v1/", "API"),
)
"""The pages of the navigation, in its order."""


class Site:
    """The desk that is asked, and what makes pages of its answers.

    Attributes:
        desk: where questions are answered.
        renderer: makes pages of templates.
    """

    def __init__(self, desk: Desk, places: Iterable[Place] = PLACES) -> None:
        """Read the templates and what all pages share."""
        self.desk = desk
        by_day: dict[str, list[str]] = {}
        for area in desk.register.areas.values():
            by_day.setdefault(area.reviewed_through, []).append(area.name)
        self.renderer = Renderer(
            register=desk.sha256[:STATED],
            areas=[(day, by_day[day]) for day in sorted(by_day, reverse=True)],
            countries=desk.register.countries,
            sides=self.sides,
            places=tuple(places),
            here="",
            long_day=long_day,
            day_words=day_words,
            days_words=days_words,
            state_words=state_words,
            unconfirmed_words=unconfirmed_words,
            licence_words=outcome,
            state_class=state_class,
        )

    @property
    def sides(self) -> dict[str, str]:
        """Sides that act, with the words for each; both together last."""
        countries = self.desk.register.countries
        return {by: countries.get(by, "Both sides") for by in self.desk.register.zones}

    @property
    def source(self) -> str:
        """Where the figures of a drawing are from."""
        return f"Source: Détente {__version__}, register {self.desk.sha256[:STATED]}."

    def page(
        self,
        template: str,
        here: str,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **given: Any,
    ) -> Response[bytes]:
        """A page of a template; `here` is the address of its place in the navigation."""
        return html(self.renderer.page(template, here=here, **given), status, headers)

    def kept(
        self, request: AnyRequest, key: str, make: Callable[[], bytes], media: str = ""
    ) -> Response[bytes]:
        """What the register alone decides: from memory, and 304 to those who hold it.

        Args:
            request: the request.
            key: all that decides the bytes beside the register and the templates.
            make: makes the bytes.
            media: media type; a page where none is given.
        """
        text = "\0".join((__version__, self.desk.sha256, self.renderer.state, key))
        tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
        if unchanged(request, tag):
            return not_modified(tag)
        name = f"page {tag}"
        body = self.desk.remembered.get(name)
        if body is None:
            body = make()
            self.desk.remembered.keep(name, body)
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
