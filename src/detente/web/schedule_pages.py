"""The pages of the schedule: sections and chapters, headings, and the rows of a heading."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente._shapes import TYPE_CHECKING
from detente.api.parameters import encoded
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.applicability.incoming import ImportedGoods, touching
from detente.core.clock import last_minute_of
from detente.core.figures import dotted
from detente.goods.browse import browse
from detente.goods.codes import RATE_LINE, CodeError
from detente.web.box import PARTNER
from detente.web.frame.filters import read_filters
from detente.web.frame.site import Site

if TYPE_CHECKING:
    from detente.answers.shared import ImportMeasure

AnyRequest = Request[Any, Any, Any]

HERE, TO = "/browse", "US"


class SchedulePages:
    """The pages of the schedule over a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site."""
        self.site = site
        self.service = site.service

    def page(self, request: AnyRequest, digits: str) -> Response[bytes]:
        """What stands under some digits; all chapters where there are none."""
        on = read_filters(request, ("on",)).get("on") or self.service.today()
        try:
            answer = browse(self.service.schedule, digits, date.fromisoformat(on))
        except CodeError as error:
            raise RefusedError(refusal_of(error)) from error
        except ValueError as error:
            do = "Write it as YYYY-MM-DD, such as 2025-11-12."
            raise refuse(422, f"{on!r} is not a day of the calendar.", "on", do) from error
        rows = [{**row, "link": self._link(row["code"], on)} for row in answer["rows"]]
        touches = self._touches(answer["code"], on) if rows else []
        make = lambda: self.site.renderer.page(  # noqa: E731
            "browse.html", here=HERE, answer=answer, rows=rows, dotted=dotted, touches=touches
        )
        key = f"browse {answer['edition']} {on} {answer['code']}"
        return self.site.cached(request, key, make)

    def _touches(self, digits: str, on: str) -> list[ImportMeasure]:
        """What may touch goods of a heading that come from the partner, beside what they owe."""
        way = (PARTNER, PARTNER, TO)
        goods = ImportedGoods(digits, *way, last_minute_of(on), None)
        return touching(self.service.register, goods, lambda test: None)

    def _link(self, code: str, on: str) -> str:
        """The address of the duty on a line; "" where a row is none."""
        if len(code) < RATE_LINE:
            return ""
        return f"/?{encoded([('code', dotted(code)), ('origin', PARTNER), ('on', on)])}"


def schedule_pages(made: SchedulePages) -> list[HTTPRouteHandler]:
    """The routes of the schedule."""

    @get(HERE, sync_to_thread=False)
    def get_chapters(request: AnyRequest) -> Response[bytes]:
        return made.page(request, "")

    @get(f"{HERE}/{{code:str}}", sync_to_thread=False)
    def get_under(request: AnyRequest) -> Response[bytes]:
        return made.page(request, request.path_params["code"])

    return [get_chapters, get_under]
