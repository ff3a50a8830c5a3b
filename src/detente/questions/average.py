"""The average duty on a country's goods, weighted, day by day."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import CHART, day_parameters, first_day, last_day, output
from detente.questions.declare import Question
from detente.questions.parameters import Parameter

if TYPE_CHECKING:
    from detente.answers.average import Average, OneAverage
    from detente.questions.request import QuestionRequest


LAYERED = ("layer", "every", "by")
"""Parameters that ask for an average in layers or in other rows than changes."""


def days(ask: QuestionRequest) -> tuple[str, str]:
    """The first and the last day asked for.

    Raises:
        ValueError: one day and a series are asked for at once, or a last day without a first.
    """
    on, first, last = (ask.spelled(each) for each in ("on", "from", "to_date"))
    if ask.text("on"):
        if ask.text("from") or ask.text("to_date"):
            raise ValueError(f"{on} asks for one day, {first} and {last} for a series: take one")
        return ask.text("on"), ask.text("on")
    if not ask.text("from"):
        if ask.text("to_date"):
            raise ValueError(f"{last} needs {first}; for one day, write {on}")
        return ask.today(), ask.today()
    return ask.text("from"), ask.text("to_date") or max(ask.today(), ask.text("from"))


def layered(ask: QuestionRequest) -> bool:
    """Whether several partners are asked about, or layers, rows by period, or rows by kind."""
    several = "," in ask.text("origin") or ask.text("origin").strip().upper() in ("ALL", "EU")
    return several or any(ask.text(name) for name in LAYERED)


def _layers(ask: QuestionRequest) -> OneAverage:
    from detente.average.layered.layered_question import LayeredQuestion
    from detente.average.layered.layers import answer_layers
    from detente.trade.flows import Flows

    for name in ("both", "band", "base"):
        if ask.values.get(name):
            raise ValueError(
                f"{ask.spelled(name)} is for one origin without layers and rows: leave it out, or "
                f"leave out {', '.join(map(ask.spelled, LAYERED))}"
            )
    if ask.text("to").upper() != "US":
        raise ValueError(
            f"layers and several origins are of imports into US: {ask.spelled('to')} "
            f"{ask.text('to')} has neither claims nor partners in hand"
        )
    start, last = days(ask)
    one = start == last
    question = LayeredQuestion(
        origins=ask.text("origin"),
        start=start,
        last=last,
        layer=ask.text("layer") or ("all" if one else "statutory"),
        every=ask.text("every") or "change",
        by=ask.text("by"),
        facts=ask.pairs("fact", "a fact"),
        known_on=ask.text("known_on") or None,
        weights=ask.text("weights") or None,
    )
    return answer_layers(ask.register, ask.schedule, Flows(), question)


def _answer(ask: QuestionRequest) -> Average:
    from detente.average.answer import HELD, AverageQuestion, answer_average, other_side
    from detente.trade.flows import Flows

    if layered(ask):
        return {**_layers(ask), "other_side": None}
    start, last = days(ask)
    flows, both, base = Flows(), ask.values["both"], ask.text("base") or None
    destination = ask.text("to")
    question = AverageQuestion(
        origin=ask.text("origin"),
        start=start,
        last=last,
        destination=destination,
        weights=ask.word("weights", [each.name for each in flows.weightings()]),
        facts=ask.pairs("fact", "a fact"),
        known_on=ask.text("known_on") or None,
        band=ask.text("band") or None,
        # The schedule in hand has its own ordinary duties; the rate is then for the way back.
        base=None if both and destination.upper() == HELD else base,
    )
    back = other_side(ask.register, question, base) if both else None
    answer = answer_average(ask.register, ask.schedule, flows, question)
    if back is None:
        return {**answer, "other_side": None}
    return {**answer, "other_side": answer_average(ask.register, ask.schedule, flows, back)}


QUESTION = Question(
    "average",
    "The weighted average duty on a country's goods, at every change.",
    (
        Parameter(
            "origin",
            "country of origin; EU, several with commas, or all",
            "Country of origin; EU, several with commas, or all partners together.",
            "CN",
            "CC|EU|all",
            needed=True,
        ),
        Parameter(
            "to", "country of import (default: US)", example="US", metavar="CC", default="US"
        ),
        first_day("first day of a series"),
        last_day("last day of a series (default: today)"),
        Parameter(
            "weights", "the weights of the lines", example="us-imports-2024", metavar="NAME|FILE"
        ),
        Parameter(
            "fact",
            "a fact of every entry; contents in percent",
            "A fact of every entry, KEY=VALUE; contents in percent.",
            "steel_value=25%",
            "KEY=VALUE",
            many=True,
        ),
        Parameter(
            "band",
            "a second average, with metal contents that are not given at a share such as 25%%",
            example="25%",
            metavar="SHARE",
            apart=True,
        ),
        Parameter(
            "base",
            "the ordinary duty of all goods into China, such as 8%%",
            example="8%",
            metavar="RATE",
            apart=True,
        ),
        Parameter(
            "layer",
            "statutory, claimed, collected, or all beside each other (default: all for one day)",
            example="all",
            metavar="LAYER",
            choices=("statutory", "claimed", "collected", "all"),
            apart=True,
        ),
        Parameter(
            "every",
            "a row for each change (default), month or year: the mean of its days",
            example="month",
            metavar="PERIOD",
            choices=("change", "month", "year"),
            apart=True,
        ),
        Parameter(
            "by",
            "a row for each origin, family of duty or chapter (hs2)",
            example="origin",
            metavar="KIND",
            choices=("origin", "family", "hs2"),
            apart=True,
        ),
        Parameter(
            "both",
            "the other direction too, with its own weights",
            example="true",
            kind="flag",
            apart=True,
        ),
        CHART,
        output("write the rows: .csv, .xlsx, .parquet"),
        Parameter(
            "on",
            "the day of a single average (default: today)",
            example="2025-11-12",
            metavar="DAY",
            apart=True,
        ),
        *day_parameters(""),
    ),
    _answer,
    """  detente average --origin CN --on 2025-11-12
  detente average --origin CN --from 2018-01-01 --to-date 2026-11-10 --chart average.svg
  detente average --origin CN --on 2025-11-12 --band 25%
  detente average --origin CN --on 2025-11-12 --fact steel_value=40% --fact aluminum_value=40%
  detente average --origin VN --from 2025-01-01 --weights mine.csv --json
  detente average --origin US --to CN --from 2018-01-01 --to-date 2026-11-10
  detente average --origin CN --from 2018-01-01 --to-date 2026-11-10 --both --chart both.svg

  detente average --origin all --on 2025-12-10
  detente average --origin all --from 2018-01-01 --every month --layer all -o average.csv
  detente average --origin CN --from 2018-01-01 --every month --by hs2 -o china-by-chapter.xlsx
  detente average --origin all --on 2025-12-10 --by origin --layer claimed

Layers: statutory is the duty as the law reads with facts at their defaults; claimed takes in the
shares in hand of what goods are (parts of vehicles, contents of metals) and of what importers claim
(preferences by line and month, exclusions); collected is calculated duty over customs value, for
the months in hand. Each gap is told by step and family. A country whose imports are not in hand by
themselves, such as a member of the European Union, is refused: no other weights stand in for it.

weights: us-imports-2024 (lines), us-imports-2017-chapters; into China us-exports-world-2017 (what
all the world buys), us-exports-2017-chapters, us-exports-2013 to us-exports-2020 (what China buys,
by product); or a CSV file in UTF-8 with the columns code (8 or 10 digits; into China also 6) and
value (dollars; proportions alone count). A point stands on the first day and on every day of
change. What weighs and has no line or no rate is listed.

Metal contents that are not given are the whole value, as customs takes them; --band shows the
average with them at a share beside that. More content is more duty on some days and less on others:
the two are contents, not a lower and an upper end.

Goods into China: its ordinary duties are held in part, so additional duties alone are averaged, or
those and --base. Where it is open whether goods are on one of its lists, two ends are shown:
average, and average_high with what is open taken as listed.""",
    rows="series",
    typed="average.Average",
)
