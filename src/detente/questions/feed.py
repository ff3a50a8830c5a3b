"""What was announced, as an Atom feed."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import WHOSE, day_parameters, kind, output
from detente.questions.declare import Question

if TYPE_CHECKING:
    from detente.answers.events import Feed
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Feed:
    from detente.register.views.feed import feed

    text = feed(ask.register, ask.query())
    return {"entries": text.count(b"<entry>"), "atom": text.decode()}


QUESTION = Question(
    "feed",
    "Announcements as an Atom feed with permanent ids.",
    (
        output("file to write")._replace(needed=True),
        WHOSE,
        kind("all"),
        *day_parameters(""),
    ),
    _answer,
    """  detente feed -o detente.atom
  detente feed --by CN --kind measure,threat -o china.atom""",
    tool=None,
    tables=False,
    typed="events.Feed",
)
