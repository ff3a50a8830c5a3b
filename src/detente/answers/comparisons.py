"""Two registers compared, and scenarios told."""

from typing import Annotated, TypedDict

from detente.answers.shared import Heard

BothRates = Annotated[str | None, "Rate or decision; null for nothing."]


class HeardCompared(Heard):
    """What was only announced, on either side."""

    total_ad_valorem: Annotated[str | None, "The total by the reading announced, of one good."]


class ComparedRow(TypedDict):
    """A figure on both sides."""

    what: Annotated[str, "What it is a figure of."]
    on: Annotated[str | None, "The day; null for figures of a model."]
    unit: Annotated[str, "share of value, dollars or percent."]
    before: Annotated[str | None, "The figure of the base; null where it is not known."]
    after: Annotated[str | None, "The figure of the scenario."]
    difference: Annotated[str | None, "The second less the first."]


class ComparedRegisters(TypedDict):
    """Hashes of the registers that were compared."""

    before: Annotated[str, "Of the base."]
    after: Annotated[str, "Of the scenario."]


class ComparedBy(TypedDict):
    """The model that answered."""

    data: Annotated[str, "Name of the world."]


class Comparison(TypedDict):
    """Two registers beside each other."""

    base: Annotated[str, "Name of the first: law, announced or a scenario."]
    scenario: Annotated[str, "Name of the second."]
    reading: Annotated[str, "The reading of the first: law, or announced."]
    announced: Annotated[HeardCompared | None, "What was only announced, where it differs."]
    rows: Annotated[list[ComparedRow], "Figures of both sides."]
    registers: ComparedRegisters
    notes: Annotated[list[str], "What must be known beside it."]
    model: Annotated[ComparedBy | None, "The model, of an equilibrium; null for duties."]


class RegisterHash(TypedDict):
    """The register that answered."""

    sha256: Annotated[str, "Its hash."]


class ScenarioName(TypedDict):
    """A scenario that comes with the register."""

    name: Annotated[str, "Its name."]
    note: Annotated[str, "What it supposes, in words."]
    events: Annotated[int, "Events that it is made of."]


class Scenarios(TypedDict):
    """The scenarios that come with the register."""

    scenarios: Annotated[list[ScenarioName], "The scenarios."]
    register: RegisterHash


ScenarioChange = TypedDict(
    "ScenarioChange",
    {
        "measure": Annotated[str, "Id of the measure."],
        "limb": Annotated[str, "The provision of it."],
        "by": Annotated[str, "The side that acts."],
        "title": Annotated[str, "Title of provision or measure."],
        "from": Annotated[str, "First day, or instant, that differs."],
        "until": Annotated[str | None, "First day, or instant, that no longer does."],
        "before": BothRates,
        "after": BothRates,
    },
)
ScenarioChange.__doc__ = "Days of a provision on which the scenario differs from the law."


class ScenarioDescribed(TypedDict):
    """What a scenario supposes, and what it changes."""

    name: Annotated[str, "Its name."]
    note: Annotated[str, "What it supposes, in words."]
    assumes: Annotated[list[str], "Assumptions."]
    builds_on: Annotated[list[str], "Scenarios that it begins with."]
    sources: Annotated[list[str], "Citations."]
    events: Annotated[list[dict[str, str | list[str]]], "Its events, as they are written down."]
    changes: Annotated[list[ScenarioChange], "Days of provisions that it changes."]


class ScenarioShown(ScenarioDescribed):
    """A scenario, and the register under it."""

    register: RegisterHash


class BasketEffect(TypedDict):
    """The duty of a good of the basket on a day, by the law and in the scenario."""

    on: Annotated[str, "The day."]
    code: Annotated[str, "Tariff code."]
    origin: Annotated[str, "Country of origin."]
    what: Annotated[str, "What the good is."]
    before: Annotated[str | None, "Total by the law; null where it is not known."]
    after: Annotated[str | None, "Total in the scenario."]
    difference: Annotated[str | None, "The second less the first."]
    filing_before: Annotated[list[str], "Headings to file by the law."]
    filing_after: Annotated[list[str], "Headings to file in the scenario."]


class BasketEffects(TypedDict):
    """What a scenario does to the basket of goods."""

    goods: Annotated[int, "Goods of the basket."]
    effects: Annotated[list[BasketEffect], "Those whose duty changes."]


class InstrumentCompared(TypedDict):
    """An instrument of an agreement, by the law and in the scenario."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it."]
    by: Annotated[str, "The side that acts."]
    what: Annotated[str, "What it is, in a few words."]
    state_before: Annotated[str, "Its state by the law."]
    state_after: Annotated[str, "Its state in the scenario."]
    value_before: BothRates
    value_after: BothRates
    returns_on_before: Annotated[str | None, "When what was put away returns, by the law."]
    returns_on_after: Annotated[str | None, "The same in the scenario."]


class TruceCompared(TypedDict):
    """The truce on a day, by the law and in the scenario."""

    on: Annotated[str, "The day."]
    instruments: Annotated[list[InstrumentCompared], "Its instruments."]


class ScenarioRun(ScenarioDescribed):
    """What a scenario does to the basket of goods and to the truce."""

    days: Annotated[list[str], "Days on which it differs from the law."]
    basket: BasketEffects
    truce: Annotated[TruceCompared | None, "The truce; null where nothing changes."]
    register: RegisterHash


class TreeBranch(TypedDict):
    """A branch of a tree."""

    at: Annotated[str, "Day of its fork."]
    name: Annotated[str, "Its name."]
    probability: Annotated[str, "The user's probability, as it was written."]
    scenario: Annotated[str, "Name of its scenario; law for none."]
    then: Annotated[list["TreeBranch"], "Branches after it; empty for none."]


class DutyByArrival(TypedDict):
    """The duty of a shipment that arrives on a day; null where a duty is not known."""

    arrive: Annotated[str, "The day."]
    expected: Annotated[str | None, "The mean over the ways."]
    p90: Annotated[str | None, "The least duty that is enough in ways of 90 percent together."]
    lowest: Annotated[str | None, "The lowest of a way that can happen."]
    highest: Annotated[str | None, "The highest."]
    by_way: Annotated[list[str | None], "The duty in each way."]


class BranchEven(TypedDict):
    """The probability at which both days cost the same."""

    break_even: Annotated[str | None, "The probability; null where there is none."]
    exact: Annotated[str | None, "The same as a fraction."]
    why: Annotated[str | None, "Why there is none."]


class BranchBreakEven(BranchEven):
    """A branch, and the probability at which both days cost the same."""

    branch: Annotated[str, "Its name."]
    probability: Annotated[str, "The user's probability."]


class BreakEven(TypedDict):
    """Arriving before the first fork beside arriving on a later day."""

    before: Annotated[str, "The earlier day."]
    after: Annotated[str, "The later day."]
    days_held: Annotated[int, "Days between the two."]
    holding: Annotated[str | None, "What holding the goods costs."]
    cost_before: Annotated[str | None, "Duty and holding, arriving before."]
    cost_after: Annotated[str | None, "Expected duty, arriving after."]
    value_of_before: Annotated[str | None, "The second less the first."]
    branches: Annotated[list[BranchBreakEven], "By branch of the first fork."]


class WayOdds(TypedDict):
    """A way through the tree, and its probability."""

    way: Annotated[str, "Its branches, with slashes."]
    given: Annotated[list[str], "Probabilities of its branches, as they were written."]
    joint: Annotated[str, "Its probability."]
    exact: Annotated[str, "The same as a fraction."]


TreeOdds = TypedDict(
    "TreeOdds",
    {
        "from": Annotated[str, "Whose probabilities they are."],
        "ways": Annotated[list[WayOdds], "The ways."],
    },
)
TreeOdds.__doc__ = "Probabilities of the ways."


class DrawnDuty(TypedDict):
    """The duty over draws, by day of arrival; null where a duty is not known."""

    arrive: Annotated[str, "The day."]
    mean: Annotated[str | None, "The mean."]
    p10: Annotated[str | None, "Tenth percentile."]
    p50: Annotated[str | None, "Median."]
    p90: Annotated[str | None, "Ninetieth percentile."]
    standard_error: Annotated[str | None, "Standard error of the mean."]
    quantity: Annotated[str | None, "Quantity bought, over that before."]


class TreeDraws(TypedDict):
    """Draws over branch, elasticity and pass-through."""

    count: Annotated[int, "How many."]
    seed: Annotated[int, "Seed of the generator."]
    elasticity: Annotated[str, "The distribution of the elasticity, in words."]
    pass_through: Annotated[str, "The same of the pass-through."]
    distribution: Annotated[list[DrawnDuty], "The duty by day of arrival."]


class TreeAnswer(TypedDict):
    """What a shipment costs by day of arrival, over branches."""

    name: Annotated[str, "Name of the tree."]
    note: Annotated[str, "What it supposes, in words."]
    shipment: Annotated[list[str], "The goods."]
    value: Annotated[str | None, "Dollars of the goods, if known."]
    unit: Annotated[str, "share of value, or dollars."]
    branches: Annotated[list[TreeBranch], "Branches of the first fork."]
    ways: Annotated[list[str], "Ways through the tree."]
    distribution: Annotated[list[DutyByArrival], "The duty by day of arrival."]
    break_even: Annotated[list[BreakEven], "Arriving before the fork beside arriving later."]
    probabilities: TreeOdds
    draws: Annotated[TreeDraws | None, "Draws, where they were asked for."]
    registers: Annotated[dict[str, str], "Hash of the register of each way."]
    notes: Annotated[list[str], "What must be known beside it."]
