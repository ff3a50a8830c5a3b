"""A critical mineral, stage by stage: who makes it, and what is left without some countries."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, KNOWN_ON
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.supply import NamedMineral, Supply
    from detente.questions.request import QuestionRequest
    from detente.supply.tables import Minerals


def _answer(ask: QuestionRequest) -> Supply:
    from detente.supply.answer import SupplyQuestion, answer_supply
    from detente.supply.tables import Minerals

    tables = Minerals()
    if not ask.text("mineral"):
        return {"minerals": _minerals(tables)}
    question = SupplyQuestion(
        mineral=ask.text("mineral"),
        on=ask.day.isoformat(),
        stage=ask.text("stage"),
        cut=ask.text("cut"),
        year=ask.text("year"),
        need=ask.quantity("need"),
        delay=ask.number("delay") or 0,
        success=ask.share("success"),
        ramp=ask.number("ramp") or 0,
        within=ask.number("within"),
        by=_day(ask, "by"),
        known_on=_day(ask, "known_on"),
        # Some pictures draw flows and controls, which an answer has only where they are asked for.
        route=bool(ask.values.get("route") or ask.values.get("picture")),
        place=ask.text("place"),
        controls=bool(ask.values.get("controls") or ask.values.get("picture")),
        buyer=ask.text("to") or "US",
    )
    return answer_supply(ask.register, tables, question)


def _day(ask: QuestionRequest, name: str) -> str:
    """A day that was given, as ISO; "" for none.

    Raises:
        ValueError: it is not a day.
    """
    number = ask.day_number(name)
    if number is None:
        return ""
    from detente.core.clock import day_text

    return day_text(number)


def _minerals(tables: Minerals) -> list[NamedMineral]:
    return [
        {
            "mineral": each.key,
            "name": each.name,
            "name_zh": each.name_zh,
            "within": each.within[0] if each.within else None,
            "stages": [stage.key for stage in tables.stages[each.key]],
        }
        for each in tables.minerals.values()
    ]


PICTURES = ("bars", "flow", "imports", "import-shares", "shares", "prices", "projects", "timeline")

QUESTION = Question(
    "supply",
    "Who makes what part of a mineral, and what is left.",
    (
        Parameter(
            "mineral",
            "leave it out to list them all",
            "A key, name or symbol; all are listed where it is left out.",
            "dysprosium",
            "MINERAL",
            spelled=("mineral",),
        ),
        Parameter("stage", "only this stage", example="separation", metavar="STAGE"),
        Parameter(
            "cut",
            "leave these countries out (default: CN); CN@separation for one stage; none",
            "Without these countries together: codes or names, with commas; CN@separation cuts "
            "at one stage alone, none cuts nobody.",
            "CN",
            "CC,…",
            default="CN",
        ),
        Parameter("year", "only figures of this year", example="2024", metavar="YEAR"),
        Parameter(
            "need",
            "a quantity a year, in the unit of the stage",
            example="500",
            metavar="N",
        ),
        Parameter(
            "delay",
            "years by which new projects are late",
            "Years by which new projects are late.",
            "1",
            "YEARS",
            kind="number",
            default=0,
        ),
        Parameter(
            "success",
            "share of new projects that succeed, such as 60%%",
            "The part of new projects that comes.",
            "60%",
            "SHARE",
            default="1",
        ),
        Parameter(
            "ramp",
            "from first output to full rate (0)",
            "Years that new projects take from their first output to the full rate, where no "
            "source tells them.",
            "2",
            "YEARS",
            kind="number",
            default=0,
        ),
        Parameter(
            "within",
            "test whether the need is met within so many months",
            "Months: is the need covered by then?",
            "24",
            "MONTHS",
            kind="number",
        ),
        Parameter(
            "by",
            "test whether the need is met by this day",
            "A day: is the need covered by then? In place of within.",
            "2027-11-02",
            "DAY",
            apart=True,
        ),
        Parameter(
            "route",
            "also show flows from country to country",
            example="true",
            kind="flag",
        ),
        Parameter(
            "place",
            "only flows of this country",
            example="AU",
            metavar="CC",
        ),
        Parameter(
            "controls",
            "the controls of both sides that touch its flows",
            example="true",
            kind="flag",
        ),
        Parameter(
            "to",
            "the country they go to (default: US)",
            example="US",
            metavar="CC",
            default="US",
        ),
        KNOWN_ON,
        Parameter(
            "on", "count from this day (default: today)", example="2025-11-12", metavar="DAY"
        ),
        Parameter("chart", "draw shares: .svg, .png, .json, .csv", metavar="FILE", where=SHELL),
        Parameter(
            "picture",
            "what --chart draws: bars (default), flow, imports, import-shares, shares, prices, "
            "projects, timeline",
            metavar="NAME",
            choices=PICTURES,
            where=SHELL,
        ),
        Parameter(
            "out",
            "write the figures: .csv, .xlsx, .parquet",
            metavar="FILE",
            spelled=("-o", "--out"),
            where=SHELL,
        ),
        JSON,
    ),
    _answer,
    """  detente supply
  detente supply dysprosium
  detente supply rare-earths --stage mine --cut China,MM --year 2025
  detente supply neodymium-praseodymium --stage magnet --need 12000 --delay 1 --success 60%
  detente supply dysprosium --stage separation --within 24 --need 100 --on 2025-11-02
  detente supply rare-earths --route --place AU
  detente supply antimony --controls --on 2025-06-01
  detente supply rare-earths --within 24 --on 2025-11-02 --known-on 2025-11-02
  detente supply rare-earths --chart shares.svg
  detente supply rare-earths --chart flow.svg --picture flow
  detente supply gallium -o gallium.csv""",
    rows="stages",
    typed="supply.Supply",
)
