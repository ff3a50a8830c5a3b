"""What measures do: imports line by line, economies, households, revenue, inputs that are lost."""

from typing import Annotated, TypedDict, final

from detente.answers.duty import RegisterUsed
from detente.answers.models import WorldSummary
from detente.answers.shared import Coverage

Dollars = Annotated[str, "Dollars."]
FirstDay = Annotated[str | None, "The day before; null where days are not compared."]
LastDay = Annotated[str | None, "The day after; null likewise."]
ImpactCoverage = Annotated[list[Coverage], "What the answer rests on."]
ImpactStatus = Annotated[str, "ok or partly."]
ImpactNotes = Annotated[list[str], "What must be known beside it."]
Known = Annotated[str | None, "Answered as known at the end of this day."]
Before = Annotated[str, "Imports before, dollars."]
After = Annotated[str, "Imports after, dollars."]
Change = Annotated[str, "Change of imports, a fraction."]

PartialQuestionRow = TypedDict(
    "PartialQuestionRow",
    {
        "from": Annotated[str, "The day before."],
        "to_date": Annotated[str, "The day after."],
        "scenario": Annotated[str | None, "Name of the scenario, if one was asked."],
        "known_on": Known,
        "origins": Annotated[list[str], "Countries of origin; empty for all."],
        "codes": Annotated[list[str], "Codes, or their beginnings; empty for all."],
        "facts": Annotated[dict[str, str], "Facts of every entry that were stated, by key."],
        "base": Annotated[str, "statutory or paid: the duty that the change is put on."],
        "weights": Annotated[str | None, "Name of the flows, if they were named."],
    },
)
PartialQuestionRow.__doc__ = "The question as it was understood."


class FlowsUsed(TypedDict):
    """Which imports respond."""

    title: Annotated[str, "What they are."]
    lines: Annotated[int, "Lines among them."]
    partners: Annotated[int, "Partners among them."]
    cells: Annotated[int, "Pairs of line and partner."]
    value: Dollars
    covered_share: Annotated[str, "Part of the value whose duty is known on both days."]


class ElasticitiesUsed(TypedDict):
    """How imports are taken to respond."""

    source: Annotated[str, "Name of the table, or the number."]
    median: Annotated[str, "Median elasticity of substitution between origins."]
    own_share: Annotated[str | None, "Part of the value with one of its own; null for one number."]
    eta: Annotated[str, "Elasticity of demand for the goods of a line."]
    pass_through: Annotated[str, "Part of the duty that reaches buyers."]
    spread: Annotated[str, "Factor by which elasticities are moved for a band."]


class ImportsAndDuty(TypedDict):
    """Imports and the duty on them, before and after."""

    value_before: Before
    value_after: After
    change: Change
    duty_before: Annotated[str, "Duty before, dollars."]
    duty_static: Annotated[str, "Duty after, if imports did not move."]
    duty_after: Annotated[str, "Duty after, on what is imported then."]
    average_before: Annotated[str, "Duty over value before."]
    average_static: Annotated[str, "The same after, if imports did not move."]


class PartialTotals(ImportsAndDuty):
    """Imports and duty in all."""

    average_after: Annotated[str | None, "The same after; null where nothing is imported."]
    buyers_lose: Annotated[str, "What buyers lose, dollars."]
    revenue_less_loss: Annotated[str, "More revenue less what buyers lose."]


class Targeted(TypedDict):
    """The goods whose duty rises."""

    value_before: Before
    share: Annotated[str, "Their part of all imports."]
    value_after: After
    change: Annotated[str | None, "Change of imports, a fraction; null where there are none."]
    average_before: Annotated[str | None, "Duty over value before."]
    average_static: Annotated[str | None, "The same after, if imports did not move."]


class OriginResponse(ImportsAndDuty):
    """Imports from an origin."""

    origin: Annotated[str, "Country or group."]
    name: Annotated[str, "Its name."]


class OriginChange(TypedDict):
    """What an origin wins or loses."""

    origin: Annotated[str, "Country or group."]
    change: Annotated[str, "Change of imports, dollars."]


class Diversion(TypedDict):
    """What origins lose, and what others win of it."""

    lost: Dollars
    won: Dollars
    won_share: Annotated[str | None, "The second over the first; null where nothing is lost."]
    by_origin: Annotated[list[OriginChange], "Changes of imports, the largest gain first."]


class OriginConcentration(TypedDict):
    """Herfindahl index of origins, a line weighing its imports before."""

    before: Annotated[str, "Before, 0 to 1."]
    after: Annotated[str, "After."]


class LineResponse(TypedDict):
    """Imports of a line."""

    code: Annotated[str, "Ten digits."]
    value_before: Before
    value_after: After
    duty_change: Annotated[str, "Change of duty, dollars."]
    price: Annotated[str, "Change of the price of its goods, a fraction."]
    sigma: Annotated[str, "Elasticity of substitution between origins."]


class BandTotals(TypedDict):
    """Totals at an end of a band."""

    value_after: After
    change: Change
    duty_after: Annotated[str, "Duty after, dollars."]
    buyers_lose: Annotated[str, "What buyers lose, dollars."]


class PartialBands(TypedDict):
    """Totals with all elasticities lower and higher."""

    spread: Annotated[str, "The factor."]
    low_sigma: BandTotals
    high_sigma: BandTotals


class SourceTotals(BandTotals):
    """Totals at an end of one source of doubt."""

    revenue_less_loss: Annotated[str, "More revenue less what buyers lose."]


class SourceBand(TypedDict):
    """One source of doubt, moved alone."""

    source: Annotated[str, "What is moved."]
    ends: Annotated[list[str], "Its two ends, in words or numbers."]
    low: SourceTotals
    high: SourceTotals
    why: Annotated[str, "Where the ends are from."]


class TotalEnds(TypedDict):
    """Least and most of each total, with all sources moved together."""

    value_after: Annotated[list[str], "Imports after, dollars."]
    change: Annotated[list[str], "Change of imports, a fraction."]
    duty_after: Annotated[list[str], "Duty after, dollars."]
    buyers_lose: Annotated[list[str], "What buyers lose, dollars."]
    revenue_less_loss: Annotated[list[str], "More revenue less what buyers lose."]


class BandsBySource(TypedDict):
    """Totals at the ends of each source of doubt, and of all together."""

    sources: Annotated[list[SourceBand], "Each source alone."]
    together: TotalEnds
    not_moved: Annotated[list[str], "Sources that were not moved."]


class PartialSeconds(TypedDict):
    """How long the parts took."""

    rates: Annotated[str, "Seconds for the duties of both days."]
    elasticities: Annotated[str, "Seconds for the elasticities."]
    response: Annotated[str, "Seconds for the response."]


class PartialAnswer(TypedDict):
    """How imports and duty respond, but for the question."""

    register: RegisterUsed
    status: ImpactStatus
    coverage: ImpactCoverage
    flows: FlowsUsed
    elasticities: ElasticitiesUsed
    base: Annotated[str, "statutory or paid."]
    totals: PartialTotals
    targeted: Targeted
    by_origin: Annotated[list[OriginResponse], "By origin, the largest before first."]
    diversion: Diversion
    concentration: OriginConcentration
    lines: Annotated[list[LineResponse], "Lines whose imports change most."]
    bands: Annotated[PartialBands | None, "Null where no spread was asked."]
    bands_by_source: BandsBySource
    seconds: PartialSeconds
    notes: ImpactNotes


class PartialImpact(PartialAnswer):
    """How imports and duty respond, line by line."""

    question: PartialQuestionRow


ByCountry = dict[str, str]
RangeByCountry = dict[str, list[str]]


class EquilibriumFigures(TypedDict):
    """Changes by country, in percent."""

    welfare: Annotated[ByCountry, "Welfare, by the measure that was asked."]
    terms_of_trade: Annotated[ByCountry, "First-order part of welfare: terms of trade."]
    volume_of_trade: Annotated[ByCountry, "First-order part of welfare: volume of trade."]
    real_wage: Annotated[ByCountry, "Wage over the price of final spending."]
    prices: Annotated[ByCountry, "Price of final spending, over world value added."]
    revenue_share: Annotated[ByCountry, "Tariff revenue after, in percent of income."]
    imports_change: Annotated[ByCountry, "Value of imports before tariffs."]


class EquilibriumRanges(TypedDict):
    """Lowest and highest changes by country, in percent."""

    welfare: Annotated[RangeByCountry, "Welfare, by the measure that was asked."]
    terms_of_trade: Annotated[RangeByCountry, "First-order part of welfare: terms of trade."]
    volume_of_trade: Annotated[RangeByCountry, "First-order part of welfare: volume of trade."]
    real_wage: Annotated[RangeByCountry, "Wage over the price of final spending."]
    prices: Annotated[RangeByCountry, "Price of final spending, over world value added."]
    revenue_share: Annotated[RangeByCountry, "Tariff revenue after, in percent of income."]
    imports_change: Annotated[RangeByCountry, "Value of imports before tariffs."]


class EquilibriumBands(EquilibriumRanges):
    """Bands over draws of elasticities."""

    source: Annotated[str, "Where the draws are from."]
    draws: Annotated[int, "How many were solved."]
    failed: Annotated[int, "How many could not be."]
    percentiles: Annotated[list[str], "The percentiles of both ends."]
    seconds: Annotated[str, "How long it took."]


class SectorTariff(TypedDict):
    """An additional duty on a sector that changes."""

    sector: Annotated[str, "The sector."]
    importer: Annotated[str, "The country that imports, ISO alpha-3."]
    exporter: Annotated[str, "The country that exports."]
    before: Annotated[str, "The duty before, a fraction."]
    after: Annotated[str, "The duty after."]
    weight: Annotated[str, "Dollars that it weighs."]


class InputLost(TypedDict):
    """An input that is lost."""

    input: Annotated[str, "Its key."]
    cut: Annotated[str, "The part of supply that stops."]
    bound: Annotated[str, "Which end of the loss enters: lower or upper."]
    loss: Annotated[str, "Loss of value added of its users."]
    unit: Annotated[str, "Unit of the loss."]


class NoAnswer(TypedDict):
    """A world that cannot answer."""

    data: Annotated[str, "Its name."]
    why: Annotated[str, "Why it cannot."]


EquilibriumDays = TypedDict("EquilibriumDays", {"from": FirstDay, "to_date": LastDay})


class EquilibriumSolved(EquilibriumFigures, EquilibriumDays):
    """What one world answers."""

    converged: Annotated[bool, "Whether every equation is solved."]
    iterations: Annotated[int, "Steps that the solution took."]
    residuals: Annotated[ByCountry, "The largest gap of each kind of equation."]
    seconds: Annotated[str, "How long it took."]
    caps: Annotated[list[str], "Ad valorem equivalents of caps; empty where there are none."]
    bands: Annotated[EquilibriumBands | None, "Bands over draws; null where none were drawn."]
    notes: ImpactNotes
    data_year: Annotated[str | None, "Year of the data, where duties of the register enter."]
    theta: Annotated[str | None, "Which elasticities: own, or a named set."]
    lost: Annotated[list[InputLost] | None, "Inputs that are lost; null where none were asked."]
    lost_by_sector: Annotated[
        ByCountry | None, "Loss by sector, a fraction of the country's income; null likewise."
    ]


class WorldAnswer(WorldSummary, EquilibriumSolved):
    """A world, and what it answers."""


class EquilibriumShared(TypedDict):
    """What all worlds have in common."""

    scenario: Annotated[str | None, "Name of the scenario, if one was asked."]
    status: ImpactStatus
    coverage: ImpactCoverage
    data: Annotated[str, "Name of the world, or all."]
    closure: Annotated[str, "How deficits close."]
    welfare_measure: Annotated[str, "exact or cp2015-linear."]
    rents: Annotated[str, "Who keeps rents of caps."]
    unit: Annotated[str, "Unit of the changes."]


class EquilibriumInWorld(EquilibriumShared, EquilibriumSolved):
    """The world economy before and after, in one world."""

    register: Annotated[RegisterUsed | None, "Null where the scenario is one of tables."]
    tariffs: Annotated[
        list[SectorTariff] | None, "Additional duties by sector that change; null likewise."
    ]
    worlds: Annotated[
        list[WorldAnswer] | None, "The world itself, where all were asked and one alone answers."
    ]
    without: Annotated[list[NoAnswer] | None, "Worlds that cannot answer; null for one world."]


@final
class EquilibriumInAll(EquilibriumShared, EquilibriumRanges, EquilibriumDays):
    """The world economy before and after, as a range over worlds."""

    converged: Annotated[bool, "Whether every world is solved."]
    worlds: Annotated[list[WorldAnswer], "What each world answers."]
    without: Annotated[list[NoAnswer], "Worlds that cannot answer."]
    notes: ImpactNotes


Equilibrium = EquilibriumInWorld | EquilibriumInAll


class BestTariffQuestionRow(TypedDict):
    """The question as it was understood."""

    country: Annotated[str, "The country whose welfare counts, ISO alpha-3."]
    partner: Annotated[str, "Whose goods; all for every country."]
    game: Annotated[bool, "Whether both sides set a tariff."]


class BestInWorld(WorldSummary):
    """The best tariff in one world, or the pair."""

    tariff: Annotated[str, "The country's tariff, a fraction."]
    answer: Annotated[str | None, "The partner's, in a game; null for one side."]
    welfare: Annotated[ByCountry, "Change of welfare by country, percent."]
    solves: Annotated[int, "How often the world was solved."]


class BestTariffs(TypedDict):
    """A country's optimal tariff, or the pair in Nash equilibrium, over worlds."""

    question: BestTariffQuestionRow
    tariff: Annotated[list[str], "Lowest and highest over the worlds, a fraction."]
    answer: Annotated[list[str] | None, "The partner's, in a game; null for one side."]
    worlds: Annotated[list[BestInWorld], "What each world answers."]
    without: Annotated[list[NoAnswer], "Worlds that cannot answer."]
    notes: ImpactNotes


HouseholdsQuestionRow = TypedDict(
    "HouseholdsQuestionRow",
    {
        "from": Annotated[str, "The day before."],
        "to_date": Annotated[str, "The day after."],
        "known_on": Known,
        "pass_through": Annotated[str, "Part of the duty that reaches retail prices."],
    },
)
HouseholdsQuestionRow.__doc__ = "The question as it was understood."


class Decile(TypedDict):
    """Households of a decile of income."""

    decile: Annotated[str, "1 for the lowest incomes, to 10."]
    cost: Annotated[str, "Dollars a year that a household spends more."]
    share_of_income: Annotated[str | None, "The same over its income."]
    share_of_spending: Annotated[str | None, "The same over its spending."]


class PassThroughPublished(TypedDict):
    """A published estimate of pass-through; its texts are empty where it has none."""

    stage: Annotated[str, "border, retail, or payer: who pays."]
    study: Annotated[str, "The study."]
    day: Annotated[str, "When it was published."]
    share: Annotated[str, "The share."]
    low: Annotated[str, "Its lower end."]
    high: Annotated[str, "Its upper end."]
    what: Annotated[str, "What was measured."]
    source: Annotated[str, "Where it was published."]
    grade: Annotated[str, "How well it is known."]


class IndustryCost(TypedDict):
    """What an industry pays more for its Chinese inputs."""

    industry: Annotated[str, "Its code."]
    name: Annotated[str, "Its name."]
    chinese_inputs: Annotated[str | None, "Its Chinese inputs over its output."]
    cost_of_output: Annotated[str | None, "The rise over its output."]


class Households(TypedDict):
    """What a change of duty adds to households' spending."""

    question: HouseholdsQuestionRow
    status: ImpactStatus
    coverage: ImpactCoverage
    rise: Annotated[ByCountry, "Rise of the average duty on China and on all others."]
    price_level: Annotated[str | None, "Rise of the price level, by the pass-through."]
    price_level_at_border: Annotated[str | None, "The same with all of the duty passed on."]
    deciles: Annotated[list[Decile], "By decile of income, the lowest first."]
    regressivity: Annotated[str | None, "The lowest decile's share of income over the highest's."]
    pass_through: Annotated[list[PassThroughPublished], "Published estimates."]
    industries: Annotated[list[IndustryCost], "By industry, the most exposed first."]
    notes: ImpactNotes


class RevenueQuestionRow(TypedDict):
    """The question as it was understood."""

    year: Annotated[str, "The calendar year."]
    offset: Annotated[str | None, "Part by which receipts from other taxes fall, if given."]


class RevenueRates(TypedDict):
    """Rates of a year."""

    average: Annotated[str | None, "Statutory: the mean of the law over its days."]
    claimed: Annotated[str | None, "With what importers claim."]
    collected: Annotated[str | None, "Calculated duty over value."]


class RevenueOfYear(TypedDict):
    """Duty of a calendar year."""

    year: Annotated[str, "The year."]
    imports: Dollars
    imports_of: Annotated[str, "Whose imports: the year's, or those of the weights."]
    collected: Annotated[str | None, "Dollars calculated; null where not every month is held."]
    rates: RevenueRates
    statutory: Annotated[str | None, "Dollars by the law, on those imports."]
    claimed: Annotated[str | None, "Dollars with what importers claim."]
    per_household: Annotated[str, "Dollars a household."]
    net_of_offset: Annotated[str | None, "Dollars less what other taxes lose; null if not asked."]


class Revenue(TypedDict):
    """Duty revenue of a calendar year, as collected and as the law would have it."""

    question: RevenueQuestionRow
    status: Annotated[str, "ok, partly or unknown."]
    coverage: ImpactCoverage
    years: Annotated[list[RevenueOfYear], "The year."]
    notes: ImpactNotes


Loss = Annotated[str | None, "Loss with substitution; null where the form has no such bound."]
LossWithout = Annotated[str | None, "Loss without any substitution."]


class NamedCriticalInput(TypedDict):
    """A critical input that is held."""

    input: Annotated[str, "Its key."]
    mineral: Annotated[str, "Key of its mineral."]
    value_bn: Annotated[str, "Value of its use, billion dollars."]
    users: Annotated[list[str], "Industries that use it."]


class CriticalInputs(TypedDict):
    """The critical inputs that are held, where none was named."""

    inputs: Annotated[list[NamedCriticalInput], "The inputs."]


class LossByElasticity(TypedDict):
    """The loss under another elasticity."""

    substitution: Annotated[str, "The elasticity."]
    lower: Loss
    upper: LossWithout


class LossByCut(TypedDict):
    """The loss under another cut."""

    cut: Annotated[str, "The part of supply that stops."]
    lower: Loss
    upper: LossWithout


class UserLoss(TypedDict):
    """What a user of the input loses."""

    name: Annotated[str, "Who uses it."]
    lower: Loss
    upper: LossWithout
    floor: Annotated[str | None, "Loss where all else replaces the input at its cost."]


class IndustryLoss(UserLoss):
    """What an industry loses, and what was assumed of it."""

    code: Annotated[str, "Code of the industry."]
    share_of_use: Annotated[str, "Its part of the use."]
    value_added: Annotated[str, "Its value added, billion dollars."]
    exposed: Annotated[str, "Part of that which cannot do without the input."]
    cost_share: Annotated[str, "Share of the input in its cost."]
    grade: Annotated[str, "How well that is known."]
    note: Annotated[str, "What was assumed."]


class PublishedLoss(TypedDict):
    """A published estimate of the loss."""

    input: Annotated[str, "Key of the input."]
    study: Annotated[str, "The study."]
    published: Annotated[str, "When it was published."]
    figure: Annotated[str, "What is estimated."]
    definition: Annotated[str, "How the study defines it."]
    low: Annotated[str | None, "Its lower end."]
    value: Annotated[str | None, "Its figure."]
    high: Annotated[str | None, "Its upper end."]
    unit: Annotated[str, "Its unit."]
    grade: Annotated[str, "How well it is known."]


class InputLossBounds(TypedDict):
    """Bounds on what the loss of an input costs."""

    input: Annotated[str, "Name of the input."]
    unit: Annotated[str, "Unit of the losses; empty where none was given."]
    cut: Annotated[str, "The part of supply that stops."]
    months: Annotated[str, "For how many months."]
    stock_months: Annotated[str, "Months of whole use on hand."]
    substitution: Annotated[str, "Elasticity between the input and the rest."]
    months_to_impact: Annotated[str | None, "Months until it is felt; null where stocks outlast."]
    lower: Loss
    upper: LossWithout
    floor: Annotated[str | None, "Loss where all else replaces the input at its cost."]
    lower_band: Annotated[list[str | None], "Least and most of the lower end over elasticities."]
    band: Annotated[list[LossByElasticity], "By elasticity."]
    by_cut: Annotated[list[LossByCut], "By cut."]
    notes: ImpactNotes


@final
class FileInput(InputLossBounds):
    """The same of an input that a file describes."""

    users: Annotated[list[UserLoss], "Who loses what."]


@final
class CriticalInput(InputLossBounds):
    """The same of an input that is held, beside what others published."""

    users: Annotated[list[IndustryLoss], "Which industry loses what."]
    status: Annotated[str, "partly: shares of use and exposed parts are assumptions."]
    mineral: Annotated[str, "Key of its mineral."]
    value_bn: Annotated[str, "Value of its use, billion dollars."]
    value_how: Annotated[str, "How that was calculated."]
    published: Annotated[list[PublishedLoss], "Published estimates of the same case."]


Critical = CriticalInputs | CriticalInput | FileInput
