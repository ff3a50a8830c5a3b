"""A cited count from files of owners and the lists, with its coverage."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import day_parameters, output
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.owners import OwnersCount
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> OwnersCount:
    from pathlib import Path

    from detente.parties.ownership.counted.counting import count
    from detente.parties.ownership.counted.open_sources import read_source
    from detente.parties.screening.queries import known_country
    from detente.parties.screening.store import Screen

    on = ask.on[:10]
    screen = Screen(on, ask.today())
    tables, owner, encoding = screen.lists[0].tables, ask.text("owner"), ask.text("encoding")
    sources = [read_source(Path(each), tables, owner, encoding) for each in ask.texts("files")]
    places = [code for each in ask.texts("country") if (code := known_country(each))]
    return count(ask.register, sources, screen, ask.text("regime"), on, places)


QUESTION = Question(
    "owners count",
    "How many companies are covered, by open sources and the lists.",
    (
        Parameter(
            "files",
            text="Tables of owners and what they hold.",
            metavar="FILE",
            needed=True,
            many=True,
            spelled=("files",),
            where=PROGRAMS,
        ),
        Parameter("owner", "of files that name none", "The owner, of files that name none."),
        Parameter("regime", "default: bis", "The rule; bis where left out.", metavar="RULE",
                  default="bis"),
        Parameter(
            "country", "of the listed parties that coverage is told of", metavar="CC", many=True
        ),
        Parameter("encoding", "of texts (default: UTF-8)", where=PROGRAMS),
        output(".csv, .xlsx, .parquet"),
        *day_parameters("the day"),
    ),
    _answer,
    """  detente owners count ownership.parquet --country CN --country HK
  detente owners count exhibit21.csv --owner "Semiconductor Manufacturing International Corporation"
  detente owners count gem.csv rr.csv --regime ofac -o covered.csv

Files: any table with columns for the owner, the company and the share under the headings of open
sources (the Global Energy Monitor's tables, exhibits 8.1 and 21, annual reports), BODS 0.4,
FollowTheMoney, GLEIF relations with its names (level 1) beside them. A row without a percentage
counts as an unknown share. Companies are joined by name without legal form (a group or a holding is
none), but for those that are said to be of different countries.""",
    tool=None,
    rows="companies",
    typed="owners.OwnersCount",
    where=PROGRAMS,
)  # fmt: skip
