"""How many parties each list added, by year."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, LISTS_ON
from detente.questions.declare import Question
from detente.questions.parameters import Parameter
from detente.questions.screen import list_day

if TYPE_CHECKING:
    from detente.answers.parties import Listings
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> Listings:
    from detente.parties.screening.by_year import by_year
    from detente.parties.screening.queries import known_country
    from detente.parties.screening.store import Screen

    screen = Screen(list_day(ask), ask.today())
    names = [each for text in ask.texts("list") for each in text.replace(",", " ").upper().split()]
    country = known_country(ask.text("country") or None) or ""
    return by_year(screen, names, country, bool(ask.values.get("companies")))


QUESTION = Question(
    "listings",
    "How many parties each list added, by year.",
    (
        Parameter(
            "list",
            "short names of lists, such as EL or CN-UEL (default: all)",
            example="EL",
            metavar="LIST",
            many=True,
            spelled=("list",),
        ),
        Parameter("country", "with an address there", example="CN", metavar="CC"),
        Parameter(
            "companies",
            "leave out people, vessels and aircraft",
            example="true",
            kind="flag",
        ),
        LISTS_ON,
        JSON._replace(help="print as JSON"),
    ),
    _answer,
    """  detente listings EL --country CN
  detente listings CN-UEL CN-CONTROL CN-WATCH -o listings.csv

A year is that of the first day on which an entry of today's list was listed; entries without a day
stand under none, and who was removed since is in no count. `still_listed` leaves out those whose
listing ended.""",
    tool="Counts of entries that are held, not of all that ever were: say what `lacks` says.",
    rows="rows",
    typed="parties.Listings",
)
