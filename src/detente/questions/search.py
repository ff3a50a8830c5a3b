"""Tariff codes by words."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking

HOME = "US"
"""The country whose schedule is held whole."""

MOST = 200
"""Hits that are given at most."""


def _answer(ask: Asking) -> dict[str, Any]:
    from detente.goods.search import search

    words, limit = " ".join(ask.texts("words")), ask.number("limit")
    most = min(20 if limit is None else limit, MOST)
    place = (ask.given.get("to") or HOME).upper()
    if place != HOME:
        from detente.goods.partner_search import search_partner

        return {"hits": search_partner(place, words, ask.day, most, ask.schedule)}
    hits = search(ask.schedule, words, ask.day, most)
    rows = [{"code": hit.code.digits, "text": hit.text, "path": list(hit.path)} for hit in hits]
    return {"hits": rows}


QUESTION = Question(
    "search",
    "Find tariff codes by words, or by their first digits.",
    (
        Parameter(
            "words",
            "words of the description, or digits",
            example="lithium-ion batteries",
            needed=True,
            many=True,
            spelled=("words",),
        ),
        Parameter(
            "on",
            "day of the schedule (default: today)",
            example="2025-11-12",
            metavar="DAY",
        ),
        Parameter(
            "limit",
            "at most this many (default: 20)",
            "At most this many, up to 200.",
            "20",
            kind="number",
            least=1,
        ),
        Parameter(
            "to", "whose tariff: US or CN (default: US)", "Whose tariff: US or CN.", "US", "CC"
        ),
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente search lithium ion battery
  detente search 8507 electric
  detente search soybeans --to CN
  detente search "rare earth" magnets --on 2025-06-01 --json""",
    rows="hits",
)
