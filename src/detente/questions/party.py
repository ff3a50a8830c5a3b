"""One listed party whole: its lists, days, names, relations and sources."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, LISTS_ON, READING, REGISTER
from detente.questions.declare import Question
from detente.questions.parameters import Parameter
from detente.questions.screen import list_day

if TYPE_CHECKING:
    from detente.answers.parties import PartyRecord
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> PartyRecord:
    from detente.parties.screening.party import answer_party
    from detente.parties.screening.store import Screen

    screen = Screen(list_day(ask), ask.today(), ask.text("reading"))
    return answer_party(ask.register, screen, ask.text("party"), screen.day)


QUESTION = Question(
    "party",
    "One listed party: every list it stands on, since when, and what follows.",
    (
        Parameter(
            "party",
            "a name in any script, or a key such as EL-1a2b3c4d",
            example="SMIC",
            needed=True,
            spelled=("party",),
        ),
        LISTS_ON,
        READING,
        REGISTER,
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente party SMIC
  detente party 中芯国际 --on 2025-06-01 --json

status: found; near (only names like it are listed: they are offered); else what screening says of a
name that nobody comes close to. A requirement and a policy are told of no day before their last
change. `follows` is what the register says of the list as a whole.""",
    tool="`near` are likenesses, not the party. `days` are those that the lists or their notices "
    "print; owners with shares are not held.",
    rows="lists",
    typed="parties.PartyRecord",
)
