"""Averages over one partner, several or all, in layers: statutory, claimed, collected.

    statutory   the duty as the law reads, with facts at their defaults
    claimed     the same with the shares in hand of what goods are and what importers claim
    collected   duty that customs calculated over customs value, as the statistics have it

Each gap is told: statutory to claimed by step and family of duty, claimed to collected as a whole.
The average of several partners is that of their goods together, so it is the weighted mean of
theirs to the last digit. Goods of a country whose imports are not in hand by themselves are
refused; no other country's weights stand in for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.cases import SCALE
from detente.average.classes import Classes
from detente.average.followed import PARTS, LineFollower
from detente.average.law import AverageLaw, law_days
from detente.average.layered.claim_steps import STEPS, Shares
from detente.average.layered.collected import Collections, Tracked
from detente.average.layered.field import field_of
from detente.average.layered.halves import charges_of
from detente.average.layered.layer_coverage import coverage_of, layer_notes
from detente.average.layered.layered_question import ALL as ALL
from detente.average.layered.layered_question import (
    COLLECTED,
    STATUTORY,
    LayeredQuestion,
    check_layered,
)
from detente.average.layered.partner_sums import Calculation, PartnerCharges, PartnerGoods
from detente.average.question import HELD
from detente.average.spans import WeighedSpan, find_spans
from detente.average.stacks import Stacks
from detente.average.sums import Sums, average_of, point_of, same_figures
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number, day_text
from detente.core.collector import without_collector
from detente.core.coverage import verdict, vouched
from detente.core.figures import rate
from detente.duty.answer import register_block

if TYPE_CHECKING:
    from detente.answers.average import (
        AveragePoint,
        LayerStep,
        LeftOut,
        OneAverage,
        PartnerWeight,
        Weighting,
    )
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.trade.flows import Flows, Partner


@without_collector()
def answer_layers(
    register: Register, schedule: Schedule, flows: Flows, question: LayeredQuestion
) -> OneAverage:
    """Averages in layers, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule of the United States.
        flows: trade flows, with weights and claims.
        question: the question.

    Raises:
        QuestionError: the question cannot be understood.
        WeightError: imports from an origin are not in hand by themselves.
        FactError: a fact cannot be read.
    """
    query, partners, weighting = check_layered(register, flows, question)
    shares = Shares(flows.claims()) if question.layer != STATUTORY else None
    days = _days(register, schedule, partners, question, shares)
    law = AverageLaw(register, query.destination, days, query.known_on)
    classes = Classes(register, query.destination, schedule)
    values = {each.id: flows.values(each.id) for each in partners}
    codes = sorted(set().union(*values.values()))
    editions = [schedule.edition_on(date.fromisoformat(day_text(day))).number for day in days]
    followed = LineFollower(schedule, flows).over(codes, editions[0], editions[-1] + 1)
    field = field_of(followed, classes, codes, editions, chapters=question.by == "hs2")
    stacks = Stacks(ClassTimelines(law, classes))
    calculation = Calculation(field, stacks, days, query.facts, shares=shares)
    weighed = [
        PartnerGoods(partner, _pays(law, partner), values[partner.id]) for partner in partners
    ]
    # Goods of partners that no row tells apart are summed together.
    rows_of = (
        {each.partner.id: (each,) for each in weighed}
        if question.by == "origin"
        else {"": tuple(weighed)}
    )
    charged = charges_of(calculation, rows_of)
    spans = find_spans(question.every, days, day_number(question.last))
    beside = Collections(flows), Tracked(flows)
    rows = LayerRows(question, spans, beside, register, shares)
    series = list(rows.of(weighed, charged))
    coverage = coverage_of(
        register, schedule, flows, weighting, question, stacks, query.facts, weighed,
        [*charged.values()], series, shares,
    )  # fmt: skip
    answer: OneAverage = {
        "question": question.block(),
        "register": register_block(register, schedule, query),
        "status": verdict("ok", "partly", coverage),
        "weights": weighting.name,
        "averaged": None,
        "weighting": _weighting(weighting.title, weighed, len(codes)),
        "partners": _shares_of(weighed),
        "series": series,
        "unmatched": _lost(field.lost, weighed),
        "unresolved": [],
        "coverage": coverage,
        "notes": layer_notes(register, question, shares),
    }
    return vouched(answer)


def _weighting(title: str, weighed: Sequence[PartnerGoods], lines: int) -> Weighting:
    return {
        "title": title,
        "rule": "each line weighs its own value, of each partner its own",
        "value": str(sum(sum(each.values.values()) for each in weighed)),
        "lines": lines,
        "remapped": None,
        "ad_valorem_equivalents": None,
    }


def _days(
    register: Register,
    schedule: Schedule,
    partners: Sequence[Partner],
    question: LayeredQuestion,
    shares: Shares | None,
) -> tuple[int, ...]:
    """The first day, and those after it on which law, schedule or shares can change."""
    first, last = day_number(question.start), day_number(question.last)
    changes: set[int] = set()
    if first != last:
        single = len(partners) == 1 and partners[0].id in partners[0].countries
        changes |= law_days(register, partners[0].id if single else None, HELD)
        changes |= {day_number(edition.start.isoformat()) for edition in schedule.editions}
        if shares is not None:
            months = (f"{period}-01" for period in shares.periods if len(period) > 4)
            changes |= {day_number(day) for day in (shares.start, *months)}
    return tuple(sorted({first, *(day for day in changes if first < day <= last)}))


def _pays(law: AverageLaw, partner: Partner) -> str:
    """The country whose duties a partner's goods pay: its own, or those of most of its members."""
    if partner.id in partner.countries:
        return partner.id
    by_law: dict[str, list[str]] = {}
    for country in partner.countries:
        by_law.setdefault(law.alike(country), []).append(country)
    return max(by_law.values(), key=len)[0]


def _shares_of(weighed: Sequence[PartnerGoods]) -> list[PartnerWeight]:
    """The partners, the heaviest first, with what they weigh."""
    totals = {each.partner.id: sum(each.values.values()) for each in weighed}
    whole = sum(totals.values())
    ordered = sorted(weighed, key=lambda each: -totals[each.partner.id])
    return [
        {
            "origin": each.partner.id,
            "name": each.partner.name,
            "value": str(totals[each.partner.id]),
            "share": rate(Fraction(totals[each.partner.id], whole)),
        }
        for each in ordered
    ]


def _lost(lost: Mapping[str, str], weighed: Sequence[PartnerGoods]) -> list[LeftOut]:
    """Codes without a line or a rate on some of the days, the heaviest first."""
    found = []
    for code, why in lost.items():
        value = sum(each.values.get(code, 0) for each in weighed)
        found.append((value, code, why))
    found.sort(key=lambda row: (-row[0], row[1]))
    return [{"code": code, "value": str(value), "why": why} for value, code, why in found]


class StepSums(NamedTuple):
    """Sums of a row: by step, of some goods, with what these weigh."""

    steps: tuple[str, ...]
    sums: dict[str, list[Sums]]
    value: int


class LayerRows:
    """The rows of an answer."""

    def __init__(
        self,
        question: LayeredQuestion,
        spans: Sequence[WeighedSpan],
        beside: tuple[Collections, Tracked],
        register: Register,
        shares: Shares | None,
    ) -> None:
        """Take what is asked for."""
        self._question, self._spans = question, spans
        self._collections, self._tracked = beside
        self._claims_from = day_number(shares.start) if shares is not None else None
        self._families = sorted(
            register.families, key=lambda name: (name != "base", register.families[name][1])
        )

    def of(
        self, weighed: Sequence[PartnerGoods], charged: Mapping[str, PartnerCharges]
    ) -> Iterator[AveragePoint]:
        """The rows, in order of time.

        Args:
            weighed: the goods of every partner.
            charged: what goods are charged: of each partner by origin, else of all under "".
        """
        parts = dict(self._parts(weighed, charged))
        before: dict[tuple[str, str | None], AveragePoint] = {}
        for span in self._spans:
            for name, part in parts.items():
                for row in self._split(self._row(span, name, part, weighed)):
                    last = before.get((name, row["family"]))
                    if self._question.every == "change" and last and same_figures(last, row):
                        continue
                    before[name, row["family"]] = row
                    yield row

    def _parts(
        self, weighed: Sequence[PartnerGoods], charged: Mapping[str, PartnerCharges]
    ) -> Iterator[tuple[str, StepSums]]:
        if self._question.by == "origin":
            for each in weighed:
                value = sum(each.values.values())
                yield each.partner.id, _part(charged[each.partner.id], value, None)
        elif self._question.by == "hs2":
            values: dict[str, int] = {}
            for each in weighed:
                for code, dollars in each.values.items():
                    values[code[:2]] = values.get(code[:2], 0) + dollars
            for chapter in sorted(values):
                yield chapter, _part(charged[""], values[chapter], chapter)
        else:
            value = sum(sum(each.values.values()) for each in weighed)
            yield "", _part(charged[""], value, None)

    def _row(
        self, span: WeighedSpan, name: str, part: StepSums, weighed: Sequence[PartnerGoods]
    ) -> AveragePoint:
        figures = _figures(span, part.sums[STATUTORY])
        weight = part.value * PARTS * (span.until - span.first)
        row = point_of(
            span.on,
            figures.average,
            self._of_families(figures),
            rate(Fraction(figures.covered, weight)),
        )
        if self._question.every != "change":
            row["through"] = span.through
        if self._question.by == "origin":
            row["origin"] = name
        elif self._question.by == "hs2":
            row["hs2"] = name
        row["refundable"] = average_of(figures.refundable, figures.covered)
        if figures.unresolved:
            row["unresolved"] = {
                key: rate(Fraction(units, weight))
                for key, units in sorted(figures.unresolved.items())
            }
        if self._question.layer != STATUTORY:
            self._claimed(row, span, part, figures)
        if self._question.layer in (COLLECTED, ALL):
            origins = [each.partner.id for each in weighed]
            self._collected(row, span, name, origins)
        return row

    def _of_families(self, figures: LayerSums) -> dict[str, str | None]:
        return {
            name: average_of(figures.families[name], figures.covered)
            for name in self._families
            if figures.families.get(name)
        }

    def _claimed(
        self, row: AveragePoint, span: WeighedSpan, part: StepSums, figures: LayerSums
    ) -> None:
        """The claimed layer, and the gap to it by step and family."""
        if self._claims_from is None or span.first < self._claims_from:
            return
        steps: list[LayerStep] = []
        before = figures
        for name in part.steps:
            after = before.plus(_figures(span, part.sums.get(name, [])))
            if after != before:
                steps.append(_change(name, self._families, before, after))
            before = after
        row["claimed"] = before.average
        row["claimed_by_family"] = self._of_families(before)
        weight = part.value * PARTS * (span.until - span.first)
        row["claimed_covered_share"] = rate(Fraction(before.covered, weight))
        row["steps"] = steps

    def _collected(
        self, row: AveragePoint, span: WeighedSpan, name: str, origins: Sequence[str]
    ) -> None:
        """What the statistics have for the span, and the gap to it."""
        by = self._question.by
        chapter = name if by == "hs2" else ""
        whose = [name] if by == "origin" else origins
        everybody = self._question.origins.strip().lower() == ALL and by != "origin"
        # All imports have a total of their own: the partners in hand may add up to less.
        found = self._collections.of(span, [ALL] if everybody else whose, chapter)
        row["collected"] = None if found is None else rate(Fraction(found.duty, found.value))
        row["collected_of"] = None if found is None else found.period
        if everybody and not by:
            row["tracker"] = rate(self._tracked.of(span))
        collected, claimed = row["collected"], row["claimed"]
        if collected is not None and claimed is not None:
            row["gap"] = rate(Fraction(collected) - Fraction(claimed))

    def _split(self, row: AveragePoint) -> Iterator[AveragePoint]:
        """The row, or one for each family of duty."""
        if self._question.by != "family":
            yield row
            return
        statutory, claimed = row["by_family"] or {}, row["claimed_by_family"] or {}
        for name in dict.fromkeys((*statutory, *claimed)):
            one = point_of(row["on"], statutory.get(name, "0"), None, row["covered_share"])
            one["through"], one["family"] = row["through"], name
            if row["claimed"] is not None:
                one["claimed"] = claimed.get(name, "0")
            yield one


class LayerSums(NamedTuple):
    """Sums over the days of a span: weights times shares."""

    families: dict[str, int]
    covered: int
    refundable: int
    unresolved: dict[str, int]

    @property
    def average(self) -> str | None:
        """The average as a rate; None where nothing is covered."""
        return average_of(sum(self.families.values()), self.covered)

    def plus(self, other: LayerSums) -> LayerSums:
        """Both together."""
        return LayerSums(
            _added(self.families, other.families),
            self.covered + other.covered,
            self.refundable + other.refundable,
            _added(self.unresolved, other.unresolved),
        )


def _added(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    found = {name: first.get(name, 0) + second.get(name, 0) for name in (*first, *second)}
    return {name: sum_ for name, sum_ in found.items() if sum_}


def _figures(span: WeighedSpan, sums: Iterable[Sums]) -> LayerSums:
    families: dict[str, int] = {}
    unresolved: dict[str, int] = {}
    covered = refundable = 0
    for each in sums:
        for at, days in span.days:
            covered += days * each.covered[at]
            refundable += days * each.refundable[at]
        for table, into in ((each.families, families), (each.unresolved, unresolved)):
            for name, row in table.items():
                sum_ = sum(days * row[at] for at, days in span.days)
                if sum_:
                    into[name] = into.get(name, 0) + sum_
    return LayerSums(families, covered, refundable, unresolved)


def _change(step: str, families: Sequence[str], before: LayerSums, after: LayerSums) -> LayerStep:
    """What a step changes, in all and by family."""

    def of(figures: LayerSums, charged: int) -> Fraction:
        return Fraction(charged, SCALE * figures.covered) if figures.covered else Fraction(0)

    by = {
        name: of(after, after.families.get(name, 0)) - of(before, before.families.get(name, 0))
        for name in families
    }
    return {
        "step": step,
        "change": rate(sum(by.values(), Fraction(0))),
        "by_family": {name: rate(part) for name, part in by.items() if rate(part) != "0"},
    }


def _part(charged: PartnerCharges, value: int, chapter: str | None) -> StepSums:
    """The sums of some goods, of one chapter or of all, and their dollars."""
    sums: dict[str, list[Sums]] = {STATUTORY: []}
    for (step, own), found in charged.sums.items():
        if chapter is None or own == chapter:
            sums.setdefault(step, []).append(found)
    return StepSums(tuple(step for step in STEPS if step in charged.steps), sums, value)
