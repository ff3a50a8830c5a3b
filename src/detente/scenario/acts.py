"""What a short word periods: which provisions of a record it reaches, and what shows on them then.

A record charges by some provisions and exempts by others. A rate changes those that charge; what
exempts goes on exempting. Where a record charges several rates, the word names its provisions.
A word that reaches nothing is refused: a scenario that changes nothing would be read as one that
changes little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detente._shapes import NamedTuple
from detente.register.load.forms import duty_of
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision
from detente.register.periods import period_at, timeline
from detente.scenario.changes import NOTHING

CHARGING = ("add", "cap", "specific", "minimum_price", "quota", "flat", "column")
"""Forms of duty that charge; ``free`` exempts, and ``unknown`` says neither."""

SUSPENDED = ("suspended", "ceased", "not_enforced")
UNALTERED_FORMS = ("add", "cap")
"""Forms that a rate fits: another rate of a cap is a cap."""


class ShortEvent(NamedTuple):
    """A short word on its record: its keys, and the minutes ``[start, until)`` that it covers."""

    word: str
    measure: Measure
    entries: dict[str, YamlNode]
    start: int
    until: int | None


PeriodsByProvision = dict[str, Sequence[EffectivePeriod]]


def periods_of(act: ShortEvent) -> PeriodsByProvision:
    """The periods of a word by provision.

    Raises:
        RegisterError: it reaches nothing, or a provision that it names has nothing to go on.
    """
    if act.word in ("set_rate", "enact"):
        return _rated(act)
    provisions = _named(act)
    reached = provisions if provisions is not None else _reached(act)
    found = {provision.id: _periods(act, provision) for provision in reached}
    for name, periods in found.items():
        if not periods and provisions is not None:
            act.entries["provision"].fail(
                f"nothing to {act.word} on `{name}` on this day", "Check the day and the provision"
            )
    if not any(found.values()):
        act.entries["do"].fail(
            f"nothing to {act.word} on this day", "Check the day, the measure and the provision"
        )
    return found


def _named(act: ShortEvent) -> list[Provision] | None:
    """The provisions that an event names; None when it names none."""
    if "provision" not in act.entries:
        return None
    found = []
    for each in act.entries["provision"].one_or_many():
        try:
            found.append(act.measure.provision(each.text()))
        except KeyError:
            known = ", ".join(provision.id for provision in act.measure.as_read().provisions)
            each.fail(f"unknown provision `{each.text()}`", f"The provisions here are {known}")
    return found


def _reached(act: ShortEvent) -> Sequence[Provision]:
    """The provisions that a word without any reaches.

    To revive is to take a suspension away: from those that are suspended on the day or were until
    it. Where the whole record has ended, what stood on its last day comes back; what had ended
    before that stays ended.
    """
    provisions = [provision for provision in act.measure.as_read().provisions if provision.periods]
    if act.word != "revive":
        return provisions
    suspended = [
        provision
        for provision in provisions
        if any(_state(provision, minute) in SUSPENDED for minute in (act.start, act.start - 1))
    ]
    if suspended or any(
        _state(provision, act.start) not in (None, *NOTHING) for provision in provisions
    ):
        return suspended
    last = _last(provisions, act.start, lambda period: period.state not in NOTHING)
    if last is None:
        return ()
    return [
        provision for provision in provisions if _state(provision, last) not in (None, *NOTHING)
    ]


def _state(provision: Provision, minute: int) -> str | None:
    shown = period_at(provision.periods, minute)
    return None if shown is None else shown.state


def _periods(act: ShortEvent, provision: Provision) -> Sequence[EffectivePeriod]:
    """The periods that a word without a rate stands for; none where there is nothing to go on."""
    start, until = act.start, act.until
    if act.word == "extend":
        shown = period_at(provision.periods, start - 1)
        if shown is None or shown.state in NOTHING:
            return ()
        # The doubt about the old last day does not go over to the new one.
        return [shown._replace(start=start, until=until, boundary="")]
    if act.word == "revive":
        return list(_beneath(provision, start, until))
    # What the law ends on this very day is ended here too, should another event have moved that.
    shows = (
        segment.period is not None and segment.period.state not in NOTHING
        for segment in timeline(provision)
        if (segment.until is None or segment.until >= start)
        and (until is None or segment.start is None or segment.start < until)
    )
    return [EffectivePeriod(0, start, until, None, None, "ended", "", "", ())] if any(shows) else ()


def _beneath(provision: Provision, start: int, until: int | None) -> Iterator[EffectivePeriod]:
    """What is in force over some days once suspensions are taken away, with its own steps."""
    bare = provision._replace(
        periods=tuple(each for each in provision.periods if each.state == "in_force")
    )
    if period_at(bare.periods, start) is None:
        return
    for segment in timeline(bare):
        first = start if segment.start is None else max(segment.start, start)
        ends = [end for end in (segment.until, until) if end is not None]
        last = min(ends, default=None)
        if segment.period is not None and (last is None or first < last):
            yield segment.period._replace(start=first, until=last, boundary="")


def _rated(act: ShortEvent) -> PeriodsByProvision:
    """The periods of ``set_rate`` and ``enact``."""
    if "rate" not in act.entries:
        next(iter(act.entries.values())).fail("this event needs a rate", 'Add rate: "25%"')
    # Read before anything else, so that a rate that is none is refused whatever it would reach.
    duty_of("add", act.entries["rate"])
    named = _named(act)
    provisions = named if named is not None else act.measure.as_read().provisions
    charging = {
        provision.id: shown
        for provision in provisions
        if (shown := _charge(provision, act.start)) is not None
    }
    if act.word == "set_rate":
        _check_charging(act, named, charging)
    elif named is not None:
        found: PeriodsByProvision = {}
        for provision in named:
            minute = _reference([provision], act.start)
            shown = None if minute is None else _charge(provision, minute)
            found[provision.id] = [_charged(act, shown)]
        return found
    unaltered: PeriodsByProvision = {}
    if not charging:
        charging, unaltered = _last_standing(act)
    if named is None:
        _check_one_rate(act, charging)
    return {**unaltered, **{name: [_charged(act, shown)] for name, shown in charging.items()}}


def _charge(provision: Provision, minute: int) -> EffectivePeriod | None:
    """The period by which a provision charges at a minute."""
    shown = period_at(provision.periods, minute)
    return shown if shown is not None and _charges(shown) else None


def _charges(period: EffectivePeriod) -> bool:
    return period.duty is not None and period.duty.form in CHARGING


def _charged(act: ShortEvent, shown: EffectivePeriod | None) -> EffectivePeriod:
    """A rate over the days of the event, of the form and under the heading that stood there."""
    form = shown.duty.form if shown is not None and shown.duty is not None else "add"
    duty: DutyRate = duty_of(form if form in UNALTERED_FORMS else "add", act.entries["rate"])
    heading = None if shown is None else shown.heading
    if "heading" in act.entries:
        heading = act.entries["heading"].quoted("the heading")
    return EffectivePeriod(0, act.start, act.until, duty, heading, "in_force", "", "", ())


def _check_charging(
    act: ShortEvent, named: list[Provision] | None, charging: dict[str, EffectivePeriod]
) -> None:
    """Refuse to set a rate where none is charged: it would charge what is exempt or suspended."""
    idle = [provision.id for provision in named or () if provision.id not in charging]
    if idle:
        act.entries["provision"].fail(
            f"`{idle[0]}` charges nothing on this day that another rate could replace",
            "Write `revive` to end a suspension, or `enact` to charge it",
        )
    if not charging:
        act.entries["measure"].fail(
            f"`{act.measure.id}` charges nothing on this day that another rate could replace",
            "Write `revive` to end a suspension, or `enact` to charge it again",
        )


def _check_one_rate(act: ShortEvent, charging: dict[str, EffectivePeriod]) -> None:
    rates: dict[str, str] = {}
    for name, shown in charging.items():
        assert shown.duty is not None
        rates.setdefault(shown.duty.text, name)
    if len(rates) > 1:
        described = ", ".join(f"{text} ({name})" for text, name in rates.items())
        act.entries["measure"].fail(
            f"`{act.measure.id}` charges several rates, {described}",
            "Name the provisions that the rate is for with `provision: […]`",
        )


def _last_standing(act: ShortEvent) -> tuple[dict[str, EffectivePeriod], PeriodsByProvision]:
    """What charged when the record last did, or first will, and what exempted beside it then.

    To enact what has ended brings back its exemptions with it.
    """
    provisions = act.measure.as_read().provisions
    minute = _reference(provisions, act.start)
    if minute is None:
        act.entries["measure"].fail(
            f"`{act.measure.id}` never charged anything", "Name a record that charges a duty"
        )
    charging = {
        provision.id: shown
        for provision in provisions
        if (shown := _charge(provision, minute)) is not None
    }
    unaltered: PeriodsByProvision = {}
    for provision in provisions:
        shown = period_at(provision.periods, minute)
        if provision.id not in charging and shown is not None and shown.state not in NOTHING:
            unaltered[provision.id] = [
                shown._replace(start=act.start, until=act.until, boundary="")
            ]
    return charging, unaltered


def _reference(provisions: Sequence[Provision], start: int) -> int | None:
    """The minute of a charge to go by: now, else the last before, else the first after."""
    if any(_charge(provision, start) is not None for provision in provisions):
        return start
    last = _last(provisions, start, _charges)
    if last is not None:
        return last
    later = [
        segment.start
        for provision in provisions
        for segment in timeline(provision)
        if segment.period is not None and _charges(segment.period) and segment.start is not None
    ]
    return min(later, default=None)


def _last(
    provisions: Sequence[Provision], start: int, wanted: Callable[[EffectivePeriod], bool]
) -> int | None:
    """The last minute before another at which some provision shows what is wanted."""
    found = [
        (start if segment.until is None else min(segment.until, start)) - 1
        for provision in provisions
        for segment in timeline(provision)
        if segment.period is not None
        and wanted(segment.period)
        and (segment.start is None or segment.start < start)
    ]
    return max(found, default=None)
