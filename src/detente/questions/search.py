"""Tariff codes by words."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, WHOSE_TARIFF
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.goods import Meaning, SearchResult, TakenFor
    from detente.questions.request import QuestionRequest

HOME = "US"
"""The country whose schedule is held whole."""

MOST = 200
"""Hits that are given at most."""


def _answer(ask: QuestionRequest) -> SearchResult:
    from detente.goods.search import search

    words, limit = " ".join(ask.texts("words")), ask.number("limit")
    most = min(20 if limit is None else limit, MOST)
    place = country(ask)
    if place != HOME:
        from detente.goods.partner_search import search_partner

        rows = search_partner(place, words, ask.day, most, ask.schedule)
    else:
        rows = [
            {
                "code": hit.code.digits,
                "text": hit.text,
                "path": list(hit.path),
                "general": hit.general,
            }
            for hit in search(ask.schedule, words, ask.day, most)
        ]
    return {"hits": rows, **meaning(words, bool(rows))}


def country(ask: QuestionRequest) -> str:
    """Whose tariff is asked for, by whatever name it was given."""
    destination: str = (ask.values.get("to") or HOME).strip()
    if destination.upper() == HOME:
        return HOME
    return ask.register.country_words.find(destination) or destination.upper()


def meaning(words: str, found: bool) -> Meaning:
    """What the words were taken for, and words that are spelled alike where nothing was found."""
    from detente.goods.search import everyday

    table = everyday()
    meant = table.meaning(words)
    taken: TakenFor | None = None
    if meant is not None:
        taken = {
            "word": meant.word,
            "headings": list(meant.codes),
            "source": meant.source,
            "grade": meant.grade,
        }
    return {"taken_for": taken, "near": [] if found else table.near(words)}


QUESTION = Question(
    "search",
    "Find tariff codes in plain words, or by their first digits.",
    (
        Parameter(
            "words",
            "everyday words, English or Chinese, words of the description, or digits",
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
        WHOSE_TARIFF,
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente search lithium ion battery
  detente search 8507 electric
  detente search 手机
  detente search soybeans --to China
  detente search "rare earth" magnets --on 2025-06-01 --json""",
    rows="hits",
    typed="goods.SearchResult",
)
