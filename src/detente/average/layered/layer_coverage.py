"""What averages in layers rest on, and what a reader must know of each layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.average.flow_coverage import of_editions, of_gaps, of_law, of_lists, of_weights
from detente.average.followed import PARTS
from detente.average.layered.layered_question import ALL, COLLECTED, STATUTORY, LayeredQuestion
from detente.core.clock import day_before
from detente.core.coverage import BEYOND, PARTLY, READ, Coverage
from detente.core.figures import percent
from detente.duty.answer import horizon, local_notes

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint
    from detente.answers.shared import Coverage as CoverageRow
    from detente.applicability.entry_facts import EntryFacts
    from detente.average.layered.claim_steps import Shares
    from detente.average.layered.partner_sums import PartnerCharges, PartnerGoods
    from detente.average.stacks import Stacks
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Measure
    from detente.trade.flows import Flows, FlowWeighting

US = "US"


def coverage_of(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    weighting: FlowWeighting,
    question: LayeredQuestion,
    stacks: Stacks,
    facts: EntryFacts,
    weighed: Sequence[PartnerGoods],
    charged: Sequence[PartnerCharges],
    series: Sequence[AveragePoint],
    shares: Shares | None,
) -> list[CoverageRow]:
    """The law, the schedule, the weights and the claims, and what of them stands open."""
    span = (question.start, question.last)
    covered = _covered(weighed, charged)
    doubtful = {
        name
        for each in charged
        for sums in each.sums.values()
        for name, row in sums.doubtful.items()
        if any(row)
    }
    rows = [
        of_law(register, US, *span),
        of_editions(schedule, register.areas["us/tariff"], *span),
        of_weights(weighting.name, weighting.year, weighting.title, covered),
        *_partners(flows, weighting, question, weighed),
        *_members(stacks, facts, weighed),
        *of_lists(register, sorted(doubtful)),
        *of_gaps(register, US, [each.origin for each in weighed], *span),
        *_claims(question, charged, shares),
        *_collected(question, series),
    ]
    return [row.row() for row in rows]


def _covered(weighed: Sequence[PartnerGoods], charged: Sequence[PartnerCharges]) -> float:
    """The least part of the value, over the days, that has a line and a rate; 0 to 1."""
    sums = [each for one in charged for (step, _), each in one.sums.items() if step == STATUTORY]
    days = min((each.days for each in sums), default=0)
    least = min((sum(each.covered[at] for each in sums) for at in range(days)), default=0)
    return float(Fraction(least, PARTS * sum(sum(each.values.values()) for each in weighed)))


def _partners(
    flows: Flows,
    weighting: FlowWeighting,
    question: LayeredQuestion,
    weighed: Sequence[PartnerGoods],
) -> Iterator[Coverage]:
    """Of all origins: the part of all imports that comes from partners in hand."""
    if question.origins.strip().lower() != ALL:
        return
    own = sum(sum(each.values.values()) for each in weighed)
    months = flows.claims().collected(ALL)
    whole = sum(each.value for each in months if each.month.startswith(weighting.year))
    part = Fraction(own, whole)
    yield Coverage(
        f"weights/{weighting.name}/partners",
        f"{weighting.year}-01-01",
        f"{weighting.year}-12-31",
        f"{len(weighed)} partners with {percent(part, 1)} of all imports; the others' imports by "
        "line are not in hand and do not weigh",
        READ if part >= 1 else PARTLY,
    )


def _members(
    stacks: Stacks, facts: EntryFacts, weighed: Sequence[PartnerGoods]
) -> Iterator[Coverage]:
    """Groups whose members do not pay the same duties on some of the days."""
    for each in weighed:
        partner = each.partner
        if partner.id in partner.countries:
            continue
        own = {measure.id: measure for measure in stacks.law.touching(each.origin)}
        differing: dict[str, None] = {}
        for country in partner.countries:
            for measure in stacks.law.touching(country):
                mine = own.get(measure.id)
                # Most members share the object; only of the others are all timelines compared.
                if mine is not measure and not _equal(stacks, facts, mine, measure):
                    differing[measure.id] = None
        if differing:
            yield Coverage(
                f"weights/{partner.id}",
                None,
                None,
                f"members of {partner.name} pay different duties by {', '.join(differing)} on some "
                f"of the days; all goods count as those of {each.origin}, as of most",
                PARTLY,
            )


def _equal(stacks: Stacks, facts: EntryFacts, first: Measure | None, second: Measure) -> bool:
    """Whether two narrowings of a measure come to the same for all goods and days."""
    if first is None:
        return False
    group = stacks.classes.groups[""]
    one, other = (stacks.timelines.column(each, facts, group) for each in (first, second))
    return one == other


def _claims(
    question: LayeredQuestion, charged: Sequence[PartnerCharges], shares: Shares | None
) -> Iterator[Coverage]:
    """The shares that the claimed layer uses, with their days, source and grade."""
    if shares is None:
        return
    used = dict.fromkeys(step for each in charged for step in each.steps)
    for name in used:
        kind = shares.kinds[name]
        beyond = question.last >= kind.until
        # Shares of one period, or of an industry, are an estimate on every day.
        state = (
            BEYOND
            if beyond
            else READ
            if kind.grade == "A" and question.start >= kind.start
            else PARTLY
        )
        more = "; after their last day they stand as they were" if beyond else ""
        yield Coverage(
            f"claims/{name}",
            kind.start,
            day_before(kind.until),
            f"{kind.title}; {kind.note}{more}; {kind.source}; grade {kind.grade}",
            state,
        )


def _collected(question: LayeredQuestion, series: Sequence[AveragePoint]) -> Iterator[Coverage]:
    if question.layer not in (COLLECTED, ALL):
        return
    found = [row["collected_of"] for row in series if row["collected_of"]]
    missing = sum(row["collected"] is None for row in series)
    yield Coverage(
        "collected",
        f"{min(found)}" if found else None,
        f"{max(found)}" if found else None,
        "calculated duty over customs value, Census Bureau"
        + (f"; not in hand for {missing} of {len(series)} rows" if missing else ""),
        PARTLY if missing else READ,
    )


def layer_notes(register: Register, question: LayeredQuestion, shares: Shares | None) -> list[str]:
    """What a reader must know of the law and of each layer."""
    notes = []
    area = register.areas["us/tariff"]
    if question.last > area.reviewed_through:
        notes.append(horizon(area.reviewed_through, question.last))
    notes.extend(local_notes(register))
    notes.append(
        "Statutory: facts that are not given stand at their defaults: no part of a vehicle, no "
        "claim of a preference, metal contents the whole value. What was or will be assessed is "
        "averaged; refundable is the part voided from the start."
    )
    if shares is not None:
        notes.append(
            f"Claimed: from {shares.start}; steps are taken in order, each told by what it "
            "changes: parts of vehicles and contents of metals, which may raise a duty, then "
            "exclusions and preferences, which only lower it. Content of the United States in "
            "vehicles, first sale, drawback and inventories of bonded goods are not in it."
        )
    if question.layer in (COLLECTED, ALL) and question.layer != STATUTORY:
        notes.append(
            "Collected: weighed by the imports of its own month, not of the year of the weights; "
            "its gap to the claimed layer holds substitution, goods in transit, claims that are "
            "not in hand, and duties on lines whose facts differ from the defaults."
        )
    return notes
