"""What was said, by whom, and what the register answers."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import WHOSE, asked_of
from detente.questions.declare import Question

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking


def _answer(ask: Asking) -> dict[str, Any]:
    from detente.compare.claims import claims

    asked = ask.query()
    return claims(ask.register, ask.schedule, asked.known_on, ask.on, asked.by)


QUESTION = Question(
    "claims",
    "What was said, by whom, and what the register answers.",
    (
        WHOSE._replace(help="the side of the speaker", text="The side of the speaker: US or CN."),
        *asked_of("the day for tests that name none"),
    ),
    cited(_answer),
    """  detente claims
  detente claims --by CN
  detente claims --on 2025-11-02 --known-on 2025-11-02 --json""",
    rows="claims",
)
