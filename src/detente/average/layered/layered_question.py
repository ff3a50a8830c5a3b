"""A question for averages over several partners or in layers, checked before computing."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.question import HELD, AverageQuestion, check_average
from detente.average.spans import EVERY
from detente.duty.question import QuestionError, country_of
from detente.trade.weights import WeightError, not_in_hand

if TYPE_CHECKING:
    from detente.answers.average import AverageQuestionRow
    from detente.duty.question import DutyQuery
    from detente.register.book import Register
    from detente.trade.flows import Flows, FlowWeighting, Partner

ALL = "all"
STATUTORY, CLAIMED, COLLECTED = "statutory", "claimed", "collected"
LAYERS = (STATUTORY, CLAIMED, COLLECTED, ALL)
BY = ("origin", "family", "hs2")


class LayeredQuestion(NamedTuple):
    """What is asked, as given.

    Attributes:
        origins: partners by id, countries, or ``all``; commas between several.
        start: the first day.
        last: the last day.
        layer: one of `LAYERS`; each carries those before it.
        every: one of `EVERY`.
        by: one of `BY`, or "" for one figure a row.
        facts: entry facts that hold for every line, as text.
        known_on: answer as known at the end of this day; None for everything known.
        weights: a weighting by lines; None for the preset.
    """

    origins: str
    start: str
    last: str
    layer: str = STATUTORY
    every: str = "change"
    by: str = ""
    facts: Mapping[str, str] = {}
    known_on: str | None = None
    weights: str | None = None

    def block(self) -> AverageQuestionRow:
        """The question as an answer repeats it."""
        return {
            "origin": self.origins,
            "destination": HELD,
            "from": self.start,
            "to_date": self.last,
            "known_on": self.known_on,
            "facts": dict(self.facts),
            "band": None,
            "base": None,
            "layer": self.layer,
            "every": self.every,
            "by": self.by or None,
        }


def check_layered(
    register: Register, flows: Flows, question: LayeredQuestion
) -> tuple[DutyQuery, tuple[Partner, ...], FlowWeighting]:
    """The question in the engine's terms, the partners, and what weighs.

    Raises:
        QuestionError: a word is not one of those there are, or a day or country cannot be read.
        WeightError: imports from an origin are not in hand by themselves, or weights have no lines.
        FactError: a fact cannot be read.
    """
    for name, word, words in (
        ("layer", question.layer, LAYERS),
        ("every", question.every, EVERY),
        ("by", question.by, ("", *BY)),
    ):
        if word not in words:
            known = ", ".join(each for each in words if each)
            raise QuestionError(f"{word!r} is not a word for {name}: write one of {known}", name)
    partners = _partners(register, flows, question.origins)
    own = AverageQuestion(
        partners[0].countries[0], question.start, question.last,
        facts=question.facts, known_on=question.known_on,
    )  # fmt: skip
    return check_average(register, own), partners, _weighting(flows, question.weights)


def _weighting(flows: Flows, name: str | None) -> FlowWeighting:
    fitting = [
        each for each in flows.weightings() if each.destination == HELD and each.kind == "lines"
    ]
    for each in fitting:
        if name == each.name or (name is None and each.preset):
            return each
    raise WeightError(
        f"{name} has no imports by line and partner, which this average is weighed by: write "
        f"{', '.join(each.name for each in fitting)}, or leave --weights out"
    )


def _partners(register: Register, flows: Flows, text: str) -> tuple[Partner, ...]:
    known = {each.id: each for each in flows.partners()}
    if text.strip().lower() == ALL:
        return tuple(each for each in known.values() if not each.within)
    found: dict[str, Partner] = {}
    for word in filter(None, (part.strip() for part in text.split(","))):
        name = word.upper() if word.upper() in known else country_of(register, word)
        if name not in known:
            raise WeightError(not_in_hand(flows, name))
        found[name] = known[name]
    if not found:
        raise QuestionError("name an origin, such as CN, EU or all", "origin")
    inside = [each for each in found.values() if each.within in found]
    if inside:
        raise QuestionError(
            f"{inside[0].id} is part of {inside[0].within}: its goods would weigh twice; name one",
            "origin",
        )
    return tuple(found.values())
