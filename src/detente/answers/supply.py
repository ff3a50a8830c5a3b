"""A critical mineral, stage by stage: who makes it, and what is left without some countries."""

from typing import Annotated, TypedDict, final

from detente.answers.shared import Coverage

Ends = list[str | None]
StageKey = Annotated[str, "Key of the stage."]
Unit = Annotated[str, "Unit of the quantities; empty where none was printed."]
Country = Annotated[str, "Country, ISO 3166; world, other or outside."]
MakerShares = Annotated[dict[str, str], "Shares of countries, fractions of one, by country."]
Unnamed = Annotated[str, "The share for which no country is named."]
Citations = Annotated[list[str], "Citations of the sources, each once."]
Graded = Annotated[str, "How well it is known: primary, secondary or background."]
Link = Annotated[str | None, "Where the source can be read."]
Stopped = Annotated[Ends, "Part of the imports that is stopped: least and most; null: not known."]


class NamedMineral(TypedDict):
    """A mineral that is held."""

    mineral: Annotated[str, "Its key."]
    name: Annotated[str, "Its name."]
    name_zh: Annotated[str, "Its name in Chinese."]
    within: Annotated[str | None, "The group that it is counted within."]
    stages: Annotated[list[str], "Keys of its stages, the first first."]


class MineralList(TypedDict):
    """The minerals that are held, where none was named."""

    minerals: Annotated[list[NamedMineral], "The minerals."]


class EditionDifference(TypedDict):
    """A country of which two editions give different quantities."""

    country: Country
    here: Annotated[str, "Quantity by the leading edition."]
    there: Annotated[str, "Quantity by the other edition."]
    times: Annotated[str | None, "How many times the smaller the larger is; null where one is 0."]


class OtherEdition(TypedDict):
    """Another edition of a year."""

    total: Annotated[str | None, "The world's total."]
    unit: Unit
    shares: MakerShares
    rest: Unnamed
    sources: Citations
    grade: Graded
    differs: Annotated[list[EditionDifference], "Countries on which the two differ."]


class MakersOfYear(TypedDict):
    """Who makes what share in a year."""

    year: Annotated[str, "The year."]
    total: Annotated[str | None, "The world's total."]
    unit: Unit
    shares: MakerShares
    rest: Unnamed
    estimated: Annotated[bool, "Whether a figure of it is an estimate."]
    sources: Citations
    grade: Graded
    note: Annotated[str, "What the figures say of themselves; empty for nothing."]
    other_editions: Annotated[list[OtherEdition], "Other editions of the same year."]


class MineralFigure(TypedDict):
    """One published figure."""

    mineral: Annotated[str, "Key of the mineral, or of the group, that it is of."]
    stage: Annotated[str | None, "Key of the stage; null where it is of no stage."]
    what: Annotated[str, "What is counted: price, stock, reliance, demand and so on."]
    country: Country
    of: Annotated[str, "Of what, or to whom, in a word."]
    year: Annotated[str, "Year, month or span of months."]
    value: Annotated[Ends, "Lower and upper end, as printed; null for an end that is open."]
    unit: Unit
    estimated: Annotated[bool, "Whether it is an estimate."]
    source: Annotated[str, "Citation of the source."]
    url: Link
    grade: Graded
    note: Annotated[str, "What is to be known beside it; empty for nothing."]


class StockFigure(MineralFigure):
    """A stock, and how long it lasts."""

    months: Annotated[str | None, "Months of the country's use; null where that is not known."]


class NotBorrowed(TypedDict):
    """A figure of a group, which is not the mineral's own and is not used."""

    mineral: Annotated[str, "Key of the group."]
    year: Annotated[str, "The year."]
    country: Country
    share: Annotated[str, "Its share of the group."]
    sources: Citations
    grade: Graded
    text: Annotated[str, "The same in a sentence."]


class Largest(TypedDict):
    """The largest maker."""

    country: Country
    share: Annotated[str, "Its share."]


class Concentration(TypedDict):
    """How concentrated a stage is."""

    year: Annotated[str, "The year."]
    hhi: Annotated[list[str], "Herfindahl-Hirschman index, 0 to 10,000: lower and upper end."]
    largest: Largest


class CriticalityUS(TypedDict):
    """Parts of the index of the United States that are open."""

    index: Annotated[str | None, "The index, 0 to 1; null, since its weights are not held."]
    index_at_most: Annotated[str | None, "Its upper end."]
    trade_exposure: Annotated[Ends | None, "Net import reliance, a fraction: its two ends."]
    disruption_potential: Annotated[str | None, "Null, since its weights are not held."]
    disruption_potential_at_most: Annotated[str | None, "Its upper end."]
    economic_vulnerability: Annotated[str | None, "Null, since its inputs are not held."]
    missing: Annotated[list[str], "What is missing, in words."]


class CriticalityEU(TypedDict):
    """Parts of the index of the European Union that are open."""

    supply_risk: Annotated[str | None, "Null, since its inputs are not held."]
    global_part_at_most: Annotated[str | None, "Upper end of its global part, 0 to 10."]
    recycled_in_use_us: Annotated[str | None, "Part of the use of the US that is made from scrap."]
    missing: Annotated[list[str], "What is missing, in words."]


class Criticality(TypedDict):
    """How critical a stage is by published methods, as far as their inputs are open."""

    hhi: Annotated[list[str] | None, "As in `concentration`."]
    us: CriticalityUS
    eu: CriticalityEU


class LeftWithout(TypedDict):
    """What is left of the world at a stage without some countries."""

    year: Annotated[str, "The year."]
    without: Annotated[str, "The countries, with commas."]
    share: Annotated[list[str], "What is left, a fraction of one: lower and upper end."]
    not_named: Annotated[list[str], "Countries among them that no figure names."]


class CarriedDown(TypedDict):
    """What a cut leaves at a stage once the stages before it are cut too."""

    share: Annotated[list[str], "What is left, a fraction of one: lower and upper end."]
    limited_by: Annotated[str, "The stage that limits it."]
    unknown_stages: Annotated[list[str], "Stages before it of which no share is known."]


class CapacityYear(TypedDict):
    """Capacity of a year outside the countries that are cut."""

    year: Annotated[str, "The year."]
    announced: Annotated[str, "All that is announced."]
    expected: Annotated[str, "The part of it that comes, as asked."]


class ProjectState(TypedDict):
    """A state of a project, from a day."""

    on: Annotated[str, "Day, month or year."]
    state: Annotated[str, "announced, funded, building, producing and so on."]
    source: Annotated[str, "Citation of the source."]
    grade: Graded
    note: Annotated[str, "What is to be known beside it; empty for nothing."]


class MineralProject(TypedDict):
    """A plant or mine."""

    project: Annotated[str, "Its name."]
    owner: Annotated[str, "Who owns it."]
    country: Country
    minerals: Annotated[list[str], "Keys of the minerals that it makes."]
    capacity: Annotated[str | None, "What it makes in a year at the full rate."]
    unit: Unit
    first_output: Annotated[str | None, "Day, month or year of its first output."]
    full_rate: Annotated[str | None, "When it reaches the full rate."]
    status: Annotated[str, "Its latest state."]
    support: Annotated[str, "Public support; empty for none known."]
    offtake: Annotated[str | None, "Who has agreed to buy."]
    known_from: Annotated[str | None, "Since when it was public."]
    status_on: Annotated[str | None, "When its state was read."]
    states: Annotated[list[ProjectState], "Its states, in order of time."]
    source: Annotated[str, "Citation of the source."]
    grade: Graded
    note: Annotated[str, "What is to be known beside it; empty for nothing."]


class CountedProject(MineralProject):
    """A project whose capacity is counted."""

    counts_from: Annotated[str, "The first year in which it counts."]
    full_from: Annotated[str, "The first year in which it counts whole."]


class UncountedProject(MineralProject):
    """A project that is not counted."""

    why: Annotated[str, "Why, in words."]


class CapacityOutside(TypedDict):
    """Announced capacity outside the countries that are cut."""

    unit: Unit
    years: Annotated[list[CapacityYear], "The years, in order; empty where nothing is counted."]
    projects: Annotated[list[CountedProject], "Projects that are counted."]
    not_counted: Annotated[list[UncountedProject], "Projects that are not, with the reason."]


class ExistingSupply(TypedDict):
    """What is produced already."""

    year: Annotated[str | None, "The year of the figure; null where none is held."]
    quantity: Annotated[Ends, "Lower and upper end, in the unit; null where it is not known."]


class CoveredInTime(TypedDict):
    """Whether the need is covered by a day."""

    months: Annotated[str | None, "Within so many months; null where a day was asked about."]
    by: Annotated[str, "The month by which."]
    announced: Annotated[Ends, "What is counted by then: surely, and at most."]
    at_most: Annotated[str | None, "All that may be there by then; null where it has no bound."]
    unit: Unit
    verdict: Annotated[str, "Whether it is covered, in words."]


class NeedCovered(TypedDict):
    """Whether a need is covered, in which year and by the day that was asked about."""

    need: Annotated[str | None, "The need that was stated, a year."]
    unit: Unit
    existing: ExistingSupply
    first_year_announced: Annotated[str | None, "First year in which what is announced reaches it."]
    first_year_expected: Annotated[str | None, "The same for the part that comes, as asked."]
    in_time: Annotated[CoveredInTime | None, "The test by a day; null where none was asked."]
    verdict: Annotated[str, "met, not_met or unknown."]
    because: Annotated[list[str], "What the verdict rests on, in sentences."]


class NeedTested(TypedDict):
    """A need in hand, tested by a day."""

    mineral: Annotated[str, "Key of the mineral."]
    stage: StageKey
    whose: Annotated[str, "Whose need: world, or a country."]
    basis: Annotated[str, "all that is used, or added: against additions alone."]
    of: Annotated[str, "What it counts, in words."]
    need: Annotated[str, "The quantity a year."]
    at_least: Annotated[bool, "Whether only a part of the need is known."]
    need_year: Annotated[str, "Year of the figure, or its months."]
    unit: Unit
    kind: Annotated[str, "What the unit weighs: content of the element, or a part made of it."]
    needed: Annotated[list[str], "The need in that kind: lower and upper end."]
    supply: Annotated[Ends, "What stands against it; null for an upper end without a bound."]
    by: Annotated[str, "The month by which."]
    verdict: Annotated[str, "met, not_met or unknown."]
    first_year: Annotated[str | None, "First year that suffices."]
    first_year_possible: Annotated[str | None, "First year that may suffice."]
    unknown_size: Annotated[list[str], "Projects whose size is not known."]
    source: Annotated[str, "Citation of the source of the need."]
    url: Link
    grade: Graded
    because: Annotated[list[str], "What the verdict rests on, in sentences."]


class MineralStage(TypedDict):
    """One stage of a mineral."""

    stage: StageKey
    title: Annotated[str, "Its name."]
    known: Annotated[bool, "Whether shares of it are held, of the year that was asked."]
    status: Annotated[str, "ok, partly or unknown."]
    counted_as: Annotated[str | None, "Key of the mineral whose shares they are."]
    held_years: Annotated[list[str], "Years of which shares are held."]
    not_borrowed: Annotated[NotBorrowed | None, "A group's figure, where it has none of its own."]
    years: Annotated[list[MakersOfYear], "Shares by year, the earliest first."]
    outlooks: Annotated[list[MineralFigure], "Outlooks of agencies."]
    concentration: Annotated[Concentration | None, "Of the latest year; null where none is known."]
    criticality: Criticality
    left_without: Annotated[LeftWithout | None, "What the cut leaves at this stage by itself."]
    carried: CarriedDown
    consumption: Annotated[list[MineralFigure], "What is used."]
    capacity_outside: Annotated[CapacityOutside | None, "Null where no project is held."]
    covers: Annotated[NeedCovered | None, "Null where no need and no day was asked about."]
    tests: Annotated[list[NeedTested], "Needs in hand, tested; empty where nothing is tested."]
    coverage: Annotated[list[Coverage], "What the stage rests on."]


class ElementTested(TypedDict):
    """A mineral that is counted within the one that was asked about, tested."""

    mineral: Annotated[str, "Its key."]
    name: Annotated[str, "Its name."]
    verdict: Annotated[str, "met, not_met or unknown."]
    tests: Annotated[list[NeedTested], "Its needs."]
    because: Annotated[list[str], "Why no need of it is known, in sentences."]


MineralFlowRow = TypedDict(
    "MineralFlowRow",
    {
        "mineral": Annotated[str, "Key of the mineral, or of the group, that it is of."],
        "stage": Annotated[str, "Key of the stage that it comes out of."],
        "from": Annotated[str, "Country that sends, ISO 3166."],
        "to": Annotated[str, "Country that receives; world or other."],
        "into": Annotated[str, "Key of the stage that it goes into, or use."],
        "form": Annotated[str, "In what form, with tariff codes where the source has them."],
        "year": Annotated[str | None, "Year, month or span."],
        "tonnes": Annotated[str | None, "Tonnes; null where the source gives no weight."],
        "amount": Annotated[Ends, "Lower and upper end, as printed."],
        "unit": Unit,
        "measure": Annotated[str, "quantity, value or share."],
        "source": Annotated[str, "Citation of the source."],
        "url": Link,
        "published": Annotated[str | None, "When it was published."],
        "grade": Graded,
        "note": Annotated[str, "What is to be known beside it; empty for nothing."],
    },
)
MineralFlowRow.__doc__ = "A flow from one country to another."


class NotTraced(TypedDict):
    """What of a country's output no flow takes."""

    stage: StageKey
    country: Country
    year: Annotated[str, "The year."]
    made: Annotated[str, "What it makes, by the leading edition."]
    traced: Annotated[str, "What flows take of it."]
    not_traced: Annotated[str, "What they do not."]
    more_than_made: Annotated[str, "What they take beyond what is made; 0 for nothing."]
    unit: Unit
    other_editions: Annotated[list[str], "What it makes by other editions."]


class Routes(TypedDict):
    """Flows from country to country; null where they were not asked for."""

    flows: Annotated[list[MineralFlowRow] | None, "The flows of the mineral."]
    not_traced: Annotated[list[NotTraced] | None, "What of a sender is not traced."]
    flows_of_groups: Annotated[list[MineralFlowRow] | None, "Flows of groups, not of it alone."]
    flows_unknown: Annotated[list[str] | None, "Stages out of which no flow is held."]


class ControlDay(TypedDict):
    """A day on which a provision changes."""

    on: Annotated[str | None, "The day."]
    state: Annotated[str, "Its state from then on."]


class ControlCode(TypedDict):
    """A tariff code beside an item of a control."""

    code: Annotated[str, "Its digits."]
    schedule: Annotated[str, "Whose schedule: us or cn."]
    item: Annotated[str, "The item."]
    covers: Annotated[str, "whole, part, or test where a value decides."]


class StageTouched(TypedDict):
    """A stage whose flows a provision touches."""

    stage: StageKey
    covers: Annotated[str, "whole, part, or means: what the product is made with."]
    notes: Annotated[list[str], "What is to be known of the items."]
    share_of_imports: Annotated[Ends | None, "Part of the buyer's imports: least and most."]
    stopped: Stopped
    flows: Annotated[list[MineralFlowRow], "The flows."]


class MineralControl(TypedDict):
    """A provision that names a product of the mineral."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "Id of the provision."]
    title: Annotated[str, "Its title."]
    by: Annotated[str, "The side whose law it is."]
    decision: Annotated[str, "none, licence or prohibited."]
    policy: Annotated[str | None, "Review policy."]
    state: Annotated[str, "Its state on the day: in_force, suspended, ended, not_known_then …"]
    since: Annotated[str | None, "Since when it is in that state."]
    until: Annotated[str | None, "First day on which it no longer is."]
    days: Annotated[list[ControlDay], "The days on which it changes."]
    to: Annotated[str, "The country that buys."]
    items: Annotated[list[str], "Items that it names."]
    codes: Annotated[list[ControlCode], "Tariff codes beside them."]
    stages: Annotated[list[StageTouched], "Stages whose flows it touches."]
    sources: Citations


class StageUnderControls(TypedDict):
    """All provisions in force on a stage."""

    stage: StageKey
    provisions: Annotated[int, "How many touch it."]
    stopped: Stopped


class ExposedIndustry(TypedDict):
    """An industry of the United States that uses the mineral."""

    input: Annotated[str, "Key of the input."]
    code: Annotated[str, "Code of the industry."]
    name: Annotated[str, "Its name."]
    share_of_use: Annotated[str, "Its part of the use."]
    value_added_bn: Annotated[str | None, "Its value added, billion dollars."]
    cost_share: Annotated[str | None, "Cost of the input over its value added, in percent."]
    grade: Graded
    note: Annotated[str, "What was assumed."]


class MineralControls(TypedDict):
    """Controls of both sides on its flows; null where they were not asked for."""

    controls: Annotated[list[MineralControl] | None, "Provisions that name a product of it."]
    under_controls: Annotated[list[StageUnderControls] | None, "All of them, by stage."]
    exposed: Annotated[list[ExposedIndustry] | None, "Industries that use it."]
    controls_note: Annotated[str | None, "What the controls rest on."]


class MineralUse(TypedDict):
    """A use of a mineral."""

    whose: Annotated[str, "Whose use: world, or a country."]
    sector: Annotated[str, "The sector or industry."]
    code: Annotated[str | None, "Code of the industry."]
    share: Annotated[str, "Its part of the use, a fraction of one."]
    year: Annotated[str | None, "The year."]
    intensity: Annotated[str | None, "Cost of the mineral over value added, in percent."]
    source: Annotated[str, "Where it is from."]
    grade: Graded


class InsideOutside(TypedDict):
    """Prices of a year inside a country that is cut, and outside it."""

    year: Annotated[str, "The year."]
    inside: Annotated[list[str], "Price inside: lower and upper end."]
    outside: Annotated[list[str], "Price outside: lower and upper end."]
    unit: Unit
    product: Annotated[list[str], "The products that are priced, inside and outside."]
    ratio: Annotated[list[str], "Outside over inside: lower and upper end."]
    sources: Citations


@final
class MineralAnswer(Routes, MineralControls):
    """A critical mineral, stage by stage."""

    mineral: Annotated[str, "Its key."]
    name: Annotated[str, "Its name."]
    name_zh: Annotated[str, "Its name in Chinese."]
    within: Annotated[list[str], "Groups that it is counted within, the nearest first."]
    on: Annotated[str, "The day from which was counted."]
    known_on: Annotated[str | None, "Answered as known at the end of this day."]
    cut: Annotated[str, "Countries that are cut at every stage, with commas."]
    cut_at: Annotated[dict[str, str | None], "The stage at which each is cut; null for all."]
    status: Annotated[str, "ok, partly or unknown."]
    verdict: Annotated[str | None, "Whether the need is met at every stage: met, not_met, unknown."]
    stages: Annotated[list[MineralStage], "The stages, the first first."]
    by_element: Annotated[list[ElementTested], "Minerals counted within it, tested."]
    reliance: Annotated[list[MineralFigure], "Net import reliance."]
    import_shares: Annotated[list[MineralFigure], "Shares of countries in imports."]
    stocks: Annotated[list[StockFigure], "Stocks."]
    prices: Annotated[list[MineralFigure], "Prices."]
    recycling: Annotated[list[MineralFigure], "What is recycled."]
    capacities: Annotated[list[MineralFigure], "Capacity as tables have it."]
    projections: Annotated[list[MineralFigure], "What agencies project to be made."]
    demand: Annotated[list[MineralFigure], "What is used, and is projected to be."]
    lead_times: Annotated[list[MineralFigure], "Years to build."]
    exports: Annotated[list[MineralFigure], "Flows in tonnes, by the country that sends."]
    uses: Annotated[list[MineralUse], "Uses, the largest of the world first."]
    inside_outside: Annotated[list[InsideOutside], "Prices inside and outside."]
    of_groups: Annotated[
        list[MineralFigure | StockFigure], "Figures of the groups together, not of it alone."
    ]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "What must be known beside it."]


Supply = MineralList | MineralAnswer
