"""One provision of a control against one transaction, condition by condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.facts import compare, holds, in_words, plus, ratio, satisfying, value_of
from detente.controls.law import NO_SCOPE, ControlLaw, NamedScope, SideControls
from detente.controls.law import names as names
from detente.controls.model import (
    END_USER,
    EXPORTER,
    LISTING_DAY,
    Condition,
    LicenceQuestion,
    PartyFinding,
)
from detente.controls.place_groups import not_in
from detente.core.clock import MINUTES, minute_text
from detente.core.figures import percent
from detente.register.control_terms import STATED
from detente.register.periods import Segment, state_of, timeline_of

if TYPE_CHECKING:
    from typing import Any

    from detente.register.model import CodeRow, EffectivePeriod, Measure, Provision, Test

CONTENT = "chinese_content"
"""The fact that a provision with ``content`` tests on the shares of the items it names."""

STANDINGS_CACHED = 4096
"""How many periods at a minute are kept with how they stand: a question is decided many times."""


class ProvisionStanding(NamedTuple):
    """How a provision stands at a moment: its state, its days, and whether it came back by date."""

    state: str
    start: int | None
    until: int | None
    revived: bool
    boundary: bool


NOWHERE = ProvisionStanding("", None, None, False, False)
"""The standing of a provision whose days were not read."""


class Tested(NamedTuple):
    """A provision with its conditions but the item's, which differs from world to world.

    ``scope`` is what it names, where it names items at all.
    """

    measure: Measure
    provision: Provision
    standing: ProvisionStanding
    conditions: tuple[Condition, ...]
    scope: NamedScope = NO_SCOPE

    @property
    def false(self) -> list[Condition]:
        """The conditions that do not hold."""
        return [each for each in self.conditions if each.holds is False]

    @property
    def unknown(self) -> list[Condition]:
        """The conditions that cannot be told."""
        return [each for each in self.conditions if each.holds is None]


def word(provision: Provision, key: str) -> str:
    """The one word under a key; empty where there is none."""
    return str(provision.control.get(key, ""))


Scopes = dict[str, Condition]
"""What was found of the measures that provisions stand under: one side, one question."""


NOT_READ = "How applications under it are reviewed was not read."


def reviewed(provision: Provision, to: str, uses: str) -> Provision:
    """A provision of a control list with the review policy of a destination, and its standing."""
    reviews: Any = provision.control.get("reviews")
    if reviews is None:
        return provision
    stated = set(uses.split(","))
    row = next(
        (
            each
            for each in reviews
            if (to in each.to or "all" in each.to)
            and (not each.end_use or stated & {*each.end_use})
        ),
        None,
    )
    control: dict[str, object] = {**provision.control, "review": NOT_READ}
    if row is not None:
        control["review"] = row.text
        if row.policy:
            control["policy"], control["reviewed_by"] = row.policy, row.citation
            control["review_grade"] = row.grade
    return provision._replace(control=control)


def tested(
    law: ControlLaw,
    regime: SideControls,
    measure: Measure,
    provision: Provision,
    question: LicenceQuestion,
    scopes: Scopes,
    scope: NamedScope,
) -> Tested:
    """A provision with all its conditions but the item's."""
    conditions: list[Condition] = []
    failed = 0
    for condition in _conditions(law, regime, provision, question, scopes, scope):
        conditions.append(condition)
        failed += condition.holds is False
        if failed > 1:
            # Neither fires nor nearly does: what else it asks, and its days, need not be read.
            return Tested(measure, provision, NOWHERE, tuple(conditions), scope)
    provision = reviewed(
        provision, counted_as(law, regime, question), question.facts.get("end_use", "")
    )
    standing = standing_of(provision, question.minutes[regime.by], question)
    conditions.insert(0, _state(standing, provision, law, regime))
    return Tested(measure, provision, standing, tuple(conditions), scope)


def _conditions(
    law: ControlLaw,
    regime: SideControls,
    provision: Provision,
    question: LicenceQuestion,
    scopes: Scopes,
    scope: NamedScope,
) -> Iterator[Condition]:
    """What a provision asks beside the item and the day, one after the other."""
    yield from _places(law, regime, provision, question)
    yield from _parties(regime, provision, question)
    for test in provision.when:
        yield _content(regime, provision, test, question, law) or _fact(
            law, provision, test, question
        )
    # Provisions of the same measure are looked at where it is known which of them fire.
    for under in names(provision, "under"):
        if under not in scope.under_own:
            if under not in scopes:
                scopes[under] = under_law(law, regime, under, question)
            yield scopes[under]


def standing_of(provision: Provision, minute: int, question: LicenceQuestion) -> ProvisionStanding:
    """How a provision stands at a minute.

    A day of unclear inclusion counts as the question says.
    """
    periods = provision.periods
    if question.exclude_boundary:
        periods = tuple(_shortened(period, minute) for period in periods)
    return _standing(periods, minute, question.known_on)


@lru_cache(maxsize=STANDINGS_CACHED)
def _standing(
    periods: tuple[EffectivePeriod, ...], minute: int, known_on: int | None
) -> ProvisionStanding:
    before: Segment | None = None
    for segment in timeline_of(periods, known_on):
        if segment.until is None or minute < segment.until:
            break
        before = segment
    state = state_of(periods, minute, known_on)
    revived = state == "in_force" and before is not None and _put_away(before)
    return ProvisionStanding(
        state, segment.start, segment.until, revived, _on_boundary(segment, minute)
    )


def _put_away(segment: Segment) -> bool:
    return segment.period is not None and segment.period.state == "suspended"


def _on_boundary(segment: Segment, minute: int) -> bool:
    """Whether this is a last day whose inclusion the text leaves open."""
    period, until = segment.period, segment.until
    return (
        period is not None
        and period.boundary == "unclear"
        and until is not None
        # Where a later period ends the segment sooner, the open day never comes.
        and until == period.until
        and until - MINUTES <= minute
    )


def _shortened(period: EffectivePeriod, minute: int) -> EffectivePeriod:
    if period.boundary != "unclear" or period.until is None:
        return period
    last = period.until - MINUTES
    return period._replace(until=last) if last <= minute < period.until else period


def _state(
    standing: ProvisionStanding, provision: Provision, law: ControlLaw, regime: SideControls
) -> Condition:
    zone = law.register.zones[regime.by]
    days = ""
    if standing.start is not None:
        first = minute_text(standing.start, zone)
        # A rule older than the register begins where the register does.
        held = regime.terms.read.start == first
        days = f" from the first day held here, {first}" if held else f" since {first}"
    if standing.until is not None:
        days += f" until {minute_text(standing.until, zone)}"
    text = f"{standing.state.replace('_', ' ')}{days}"
    if as_of := word(provision, "as_of"):
        text = f"{standing.state.replace('_', ' ')} in the list as of {as_of}"
    if standing.revived:
        text += ", back by the date on which its suspension ends"
    return Condition("state", standing.state == "in_force", text)


def _places(
    law: ControlLaw, regime: SideControls, provision: Provision, question: LicenceQuestion
) -> Iterator[Condition]:
    to = counted_as(law, regime, question)
    made = question.made_in or question.start
    if places := names(provision, "from"):
        fits = law.inside(places, question.start)
        yield Condition(
            "from", fits, f"leaves {question.start}" + ("" if fits else not_in(law, places))
        )
    if places := names(provision, "to"):
        fits = law.inside(places, to)
        also = f", treated as {to}" if to != question.to else ""
        yield Condition(
            "to",
            fits,
            f"goes to {question.to}{also}" + ("" if fits else not_in(law, places, provision)),
        )
    if places := names(provision, "trade_with"):
        fits = law.inside(places, question.start) or law.inside(places, to)
        yield Condition("to", fits, "trade with " + " or ".join(places))
    if places := names(provision, "made_in"):
        fits = law.inside(places, made)
        text = f"made in {made}" + ("" if fits else not_in(law, places))
        yield Condition("made", fits, text, ways=_origin(law, places, question))
    if places := names(provision, "reach"):
        fits = law.inside(places, question.start) or law.inside(places, made)
        if law.inside(places, question.start):
            text = f"leaves {question.start}"
        else:
            text = f"leaves {question.start}, made in {made}"
        text += "" if fits else not_in(law, places)
        yield Condition("made", fits, text, ways=_origin(law, places, question))
    if places := names(provision, "headquarters"):
        known = question.headquarters
        fits = known is not None and law.inside(places, known)
        text = f"headquarters in {known}" if known else "headquarters of the end user not given"
        text += "" if fits or not known else not_in(law, places)
        ways = () if known else (("headquarters", _one_of(law, places)),)
        yield Condition("headquarters", fits, text, ways=ways)


def _origin(
    law: ControlLaw, places: Sequence[str], question: LicenceQuestion
) -> tuple[tuple[str, str], ...]:
    """The origin that would fit, where none was given and the places are countries."""
    if question.made_in is not None or places[0] not in law.countries:
        return ()
    return (("made_in", places[0]),)


def _one_of(law: ControlLaw, places: Sequence[str]) -> str:
    """A country of the places."""
    for place in places:
        if place in law.countries:
            return place
    return law.register.places[places[0]].countries[0]


def counted_as(law: ControlLaw, regime: SideControls, question: LicenceQuestion) -> str:
    """The destination as this side's law counts it: Hong Kong as China, on the days it does."""
    for provision in regime.counting:
        if question.to in names(provision, "to"):
            state = standing_of(provision, question.minutes[regime.by], question).state
            return word(provision, "counts_as") if state == "in_force" else question.to
    return question.to


def coming_in(law: ControlLaw, regime: SideControls, question: LicenceQuestion) -> list[CodeRow]:
    """The rows of a code that speak of goods which come into a side, by their origin.

    Where the facts of a row are asked of goods from elsewhere only, the row counts if they are
    stated.
    """
    made = question.made_in or question.start

    def is_asked(row: CodeRow) -> bool:
        places = (row.asked_of,)
        return not row.asked_of or any(law.inside(places, each) for each in (made, question.start))

    return [
        row if is_asked(row) else row._replace(covers=STATED)
        for row in regime.catalogue.rows_coming_in(question.code or "")
        if not row.of or law.inside((row.of,), made)
    ]


def _parties(
    regime: SideControls, provision: Provision, question: LicenceQuestion
) -> Iterator[Condition]:
    classes = names(provision, "parties")
    if not classes:
        return
    roles = roles_of(provision)
    day = question.minutes[regime.by] // MINUTES
    undated = None
    for found in question.parties:
        if found.role in roles and found.word in classes and found.likely and _listed(found, day):
            entry = f" as {found.entry}" if found.entry and found.entry != found.name else ""
            text = f"{found.name} is {title_of(regime, found.word)}{entry}"
            if found.certain is None or day >= found.certain:
                yield Condition("party", True, text, found.policy)
                return
            undated = undated or f"{text} today; since when, its entry does not say"
    if undated is not None:
        yield Condition("party", None, undated, LISTING_DAY)
        return
    who = "exporter" if roles == (EXPORTER,) else "end user" if roles == (END_USER,) else "party"
    yield Condition("party", False, f"no {who} found that is {titles(regime, classes)}")


def roles_of(provision: Provision) -> tuple[str, ...]:
    """The roles in which a provision looks for its parties."""
    return {"exporter": (EXPORTER,), "either": (END_USER, EXPORTER)}.get(
        word(provision, "role"), (END_USER,)
    )


def _listed(found: PartyFinding, day: int) -> bool:
    """Whether a party may stand on its list on a day."""
    after = found.since is None or found.since <= day
    return after and (found.until is None or day < found.until)


def titles(regime: SideControls, classes: Sequence[str]) -> str:
    """Classes of parties in words; of lists and their parts, only the lists."""
    shown = list(filter(regime.raised, classes)) or classes
    return " or ".join(title_of(regime, name) for name in shown)


def title_of(regime: SideControls, name: str) -> str:
    """What a class of parties is, in words."""
    found = regime.parties.get(name)
    return found.title if found else name


def _fact(
    law: ControlLaw, provision: Provision, test: Test, question: LicenceQuestion
) -> Condition:
    value = value_of(law.facts[test.fact], question.facts)
    result = holds(test, value)
    described = in_words(test)
    default = "" if test.fact in question.facts else ", as nothing else was said"
    if result is None:
        text = f"{described}: not given"
    elif result:
        text = f"{described}{default}"
    else:
        text = f"{described}, but it is {str(value).replace('_', ' ')}{default}"
    places = names(provision, "raised_for")
    made = question.made_in or question.start
    raised = not places or law.inside(places, made) or law.inside(places, question.start)
    ways = ((test.fact, satisfying(test)),) if raised and test.fact not in question.facts else ()
    return Condition("fact", result, text, test.fact, ways)


def _content(
    regime: SideControls,
    provision: Provision,
    test: Test,
    question: LicenceQuestion,
    law: ControlLaw,
) -> Condition | None:
    """The test on the share of certain items, where a provision counts only those."""
    counted = word(provision, "content")
    if not counted or test.fact != CONTENT:
        return None
    if test.fact in question.facts:
        return _fact(law, provision, test, question)
    sure, perhaps = (0, 1), (0, 1)
    for name, share in question.content.items():
        item = regime.catalogue.find(name)
        if item is None:
            continue
        if counted in regime.catalogue.closure(item):
            sure = plus(sure, ratio(share))
        elif _may_lie_in(regime, item, counted):
            perhaps = plus(perhaps, ratio(share))
    # By the least and by the most that the content may be: where both agree its breadth is
    # harmless.
    low = holds(test, f"{sure[0]}/{sure[1]}")
    total = plus(sure, perhaps)
    high = holds(test, f"{total[0]}/{total[1]}")
    described = f"{in_words(test)}, counting {regime.catalogue.items[counted].title}"
    if low == high:
        shown = _percent(total) if compare(total, (0, 1)) else "nothing given"
        text = described if low else f"{described}, but it is {shown}"
        ways = () if question.content else ((test.fact, satisfying(test)),)
        return Condition("content", low, text, test.fact, ways)
    return Condition(
        "content", None, f"{described}: the content is described too broadly", "content"
    )


def _percent(total: tuple[int, int]) -> str:
    from fractions import Fraction

    return percent(Fraction(*total))


def _may_lie_in(regime: SideControls, item: str, wanted: str) -> bool:
    """Whether something within an item lies within another."""
    return any(
        wanted in regime.catalogue.closure(child) or _may_lie_in(regime, child, wanted)
        for child in regime.catalogue.children(item)
    )


def under_law(
    law: ControlLaw, regime: SideControls, name: str, question: LicenceQuestion
) -> Condition:
    """Whether the law named reaches the goods at all: one of its provisions must hold."""
    scope = regime.measure(name)
    own = {provision.id for provision in scope.provisions}
    ways: list[tuple[str, str]] = []
    perhaps: Condition | None = None
    for provision in scope.provisions:
        # What itself stands under this law cannot bring goods under it.
        if own & set(names(provision, "under")):
            continue
        each = tested(law, regime, scope, provision, question, {}, NO_SCOPE)
        failed = [condition for condition in each.conditions if condition.holds is not True]
        if not failed:
            return Condition("under", True, provision.title or scope.title)
        if len(failed) == 1:
            ways.extend(failed[0].ways)
        if perhaps is None and not each.false:
            text = f"perhaps {provision.title or scope.title}: {failed[0].text}"
            perhaps = Condition("under", None, text, failed[0].fact)
    if perhaps is not None:
        return perhaps
    return Condition("under", False, f"not {scope.title}", ways=tuple(dict.fromkeys(ways)))
