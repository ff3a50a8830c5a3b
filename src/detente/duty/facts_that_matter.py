"""Which facts of an entry can matter for goods on a day, by the measure that asks for them."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.register.periods import period_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.applicability.scope import ScopedProvision
    from detente.applicability.stack import AsOf
    from detente.duty.case import DutyCase
    from detente.register.book import Register

OVER = ("ended", "expired", "lapsed", "ceased", "never_operated")
"""States in which a provision asks for nothing."""


def facts_that_matter(case: DutyCase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Facts by the title of the measure that looks at them, each where it is first asked.

    A fact matters where a provision that stands on the day names the goods, or may name them, and
    tests the fact or charges a part of the value that the fact tells. What no provision of the
    goods looks at cannot change their duty on the day.
    """
    scope = case.scope
    if scope.equivalence is not None and case.as_of.flipped is None:
        return scope.equivalence.once("facts", case.as_of, lambda: _groups(case))
    return _groups(case)


def _groups(case: DutyCase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    seen: set[str] = set()
    groups = []
    for candidate in case.scope.candidates:
        keys: dict[str, None] = {}
        for scoped in candidate.provisions:
            if _stands(scoped, case.as_of):
                keys.update(dict.fromkeys(_facts(scoped, case.register)))
        new = tuple(key for key in keys if key not in seen and key in case.register.facts)
        seen.update(new)
        if new:
            groups.append((candidate.measure.title, new))
    return tuple(groups)


def _stands(scoped: ScopedProvision, as_of: AsOf) -> bool:
    """Whether a provision shows something on the day and does not leave the goods out."""
    period = period_at(scoped.provision.periods, as_of.minute, as_of.known_on)
    if period is None or period.state in OVER:
        return False
    return scoped.listed(as_of.minute, as_of.known_on).listed is not False


def _facts(scoped: ScopedProvision, register: Register) -> Iterator[str]:
    yield from (test.fact for test in scoped.provision.when)
    for name in scoped.provision.base:
        fact = register.bases[name].fact
        if fact:
            yield fact
