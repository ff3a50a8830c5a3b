"""The average duty on a country's goods, day by day, whole or in layers."""

from typing import Annotated, TypedDict

from detente.answers.duty import RegisterUsed
from detente.answers.shared import Coverage

AverageQuestionRow = TypedDict(
    "AverageQuestionRow",
    {
        "origin": Annotated[str, "Country of origin; EU, several with commas, or all."],
        "destination": Annotated[str, "Country of import, ISO 3166."],
        "from": Annotated[str, "First day."],
        "to_date": Annotated[str, "Last day."],
        "known_on": Annotated[str | None, "Answered as known at the end of this day."],
        "facts": Annotated[dict[str, str], "Facts of every entry that were stated, by key."],
        "band": Annotated[str | None, "Share of metal contents for a second average."],
        "base": Annotated[str | None, "Ordinary duty of all goods, where it was given."],
        "layer": Annotated[
            str | None, "statutory, claimed, collected or all; null for one origin as a whole."
        ],
        "every": Annotated[str | None, "change, month or year; null likewise."],
        "by": Annotated[str | None, "origin, family or hs2; null for neither."],
    },
)
AverageQuestionRow.__doc__ = "The question as it was understood."


class Equivalents(TypedDict):
    """Rates that are not ad valorem."""

    share: Annotated[str, "Part of the weight that has one."]
    rule: Annotated[str, "How it is turned into a share of the value."]


class Weighting(TypedDict):
    """What is weighed, and by which rule."""

    title: Annotated[str, "What the weights are."]
    rule: Annotated[str, "What weighs how much."]
    value: Annotated[str, "Dollars of all weights."]
    lines: Annotated[int, "Codes that weigh something."]
    remapped: Annotated[
        dict[str, str] | None, "Parts of the weight placed otherwise than by code; null in layers."
    ]
    ad_valorem_equivalents: Annotated[Equivalents | None, "Null in layers."]


class AverageEnd(TypedDict):
    """The average at one share of metal contents."""

    contents: Annotated[str, "The share."]
    average: Annotated[str | None, "The average."]
    covered_share: Annotated[str, "Part of the weight that has a rate."]


class LayerStep(TypedDict):
    """What a step from the statutory to the claimed average changes."""

    step: Annotated[str, "parts, contents, exclusion, preference or usmca."]
    change: Annotated[str, "Change of the average."]
    by_family: Annotated[dict[str, str], "The same by family of duties."]


Shares = dict[str, str | None]


class AveragePoint(TypedDict):
    """A point of the series, or a row of it by origin, family or chapter."""

    on: Annotated[str, "First day of the figures."]
    through: Annotated[str | None, "Last day of a month or year; null for a day of change."]
    origin: Annotated[str | None, "Country of the row, where rows are by origin."]
    hs2: Annotated[str | None, "Chapter of the row, where rows are by chapter."]
    family: Annotated[str | None, "Family of duties, where rows are by family."]
    average: Annotated[str | None, "The average, a fraction of one; null where nothing is covered."]
    average_low: Annotated[str | None, "With metal contents at the band, if one was asked."]
    average_high: Annotated[str | None, "With what lists leave open as listed, if they may."]
    band: Annotated[list[AverageEnd] | None, "Both averages by metal contents, the lower first."]
    by_family: Annotated[Shares | None, "What each family of duties adds; null by family."]
    refundable: Annotated[str | None, "Part of it that was never owed."]
    covered_share: Annotated[str, "Part of the weight that has a rate."]
    mixed_share: Annotated[str | None, "Part of the weight for which the two ends differ."]
    unresolved: Annotated[
        dict[str, str] | None, "Parts of the weight without a rate, by measure; null for none."
    ]
    claimed: Annotated[str | None, "The claimed average; null where none is in hand."]
    claimed_by_family: Annotated[Shares | None, "The same by family."]
    claimed_covered_share: Annotated[str | None, "Part of the weight that has one."]
    steps: Annotated[list[LayerStep] | None, "From statutory to claimed, in order."]
    collected: Annotated[str | None, "Calculated duty over value; null where not in hand."]
    collected_of: Annotated[str | None, "The period of that."]
    tracker: Annotated[str | None, "Another published average of all partners."]
    gap: Annotated[str | None, "From claimed to collected."]


class LeftOut(TypedDict):
    """A code or chapter that weighs something and is not in the average."""

    code: Annotated[str, "Its digits."]
    value: Annotated[str, "Dollars that it weighs."]
    why: Annotated[str, "Why it is left out."]


class WithoutRate(LeftOut):
    """A line whose duty is not known as a share of the value."""

    on: Annotated[str, "The first such day."]


class PartnerWeight(TypedDict):
    """A partner, and what it weighs."""

    origin: Annotated[str, "Country or group."]
    name: Annotated[str, "Its name."]
    value: Annotated[str, "Dollars of its goods."]
    share: Annotated[str, "Its part of the weight."]


class OneAverage(TypedDict):
    """The average of one direction of trade."""

    question: AverageQuestionRow
    register: RegisterUsed
    status: Annotated[str, "ok, partly, or unknown where no day has a figure."]
    weights: Annotated[str, "Name of the weights."]
    averaged: Annotated[str | None, "What is averaged, if not all duties."]
    weighting: Weighting
    partners: Annotated[list[PartnerWeight], "The partners, the heaviest first; empty for one."]
    series: Annotated[list[AveragePoint], "The points, in order of time."]
    unmatched: Annotated[list[LeftOut], "Codes without a line, the heaviest first."]
    unresolved: Annotated[list[WithoutRate], "Lines without a rate, the heaviest first."]
    coverage: Annotated[list[Coverage], "What the average rests on."]
    notes: Annotated[list[str], "What must be known beside it."]


class Average(OneAverage):
    """The average, and that of the other direction where it was asked."""

    other_side: Annotated[OneAverage | None, "The other direction; null where it was not asked."]
