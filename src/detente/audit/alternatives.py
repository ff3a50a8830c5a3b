"""Where a wrong declaration came from: the question that it would have been right for.

The same entry on the days around each change nearby, with a fact that was not stated, of another
origin, as the law was known on the day; of a total, with a duty left out or put in as well (see
``audit_cuts``). The alternative whose headings and amounts are those declared is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from detente.applicability.entry_facts import EntryFacts, FactError, witness
from detente.applicability.scope import edges, narrow
from detente.applicability.stack import AsOf, Uncertainty, resolve
from detente.audit.cuts import Alternative, operated
from detente.audit.entries import DeclaredEntry
from detente.audit.history import Headings, day_words, headings_of
from detente.audit.owed import EntryComparison, compare
from detente.core.clock import MINUTES
from detente.core.figures import dotted
from detente.duty.amounts import MILLION
from detente.duty.case import DutyCase
from detente.duty.outlook import charges
from detente.duty.rates.amount import round_half_up
from detente.register.model import Test

NEARBY = 14
"""Changes at most this many days away are tried."""

MOST_OF_A_PLACE = 4
"""Places that a set of at most this many puts together are taken for one another."""

MOST = 3
"""At most this many alternatives are named."""


def fitting(
    entry: DeclaredEntry, case: DutyCase, headings: Headings, seen: EntryComparison
) -> list[Alternative]:
    """The alternatives under which the declaration would be right, the likeliest kind first.

    One that explains every heading goes before those that explain the amounts alone.
    """
    exact: list[Alternative] = []
    money: list[Alternative] = []
    for each in _tried(entry, case, headings, seen):
        try:
            found = compare(entry, each.case, each.case.figures(each.case.stack))
        except FactError:
            continue  # the facts tried do not fit this value
        if found.clean:
            exact.append(each)
        elif found.cents_agree:
            money.append(each)
    if seen.cents_agree:
        return exact[:MOST]
    fits = exact or money
    if entry.total is not None and seen.charges_named:
        # No heading tells what was left out or put in.
        far = [each for each in fits if each.reason == "other_origin"]
        near = [each for each in fits if each.reason != "other_origin"]
        fits = [*near, *operated(entry, case, (1,) if fits else (1, 2)), *far]
    return fits[:MOST]


def _tried(
    entry: DeclaredEntry, case: DutyCase, headings: Headings, seen: EntryComparison
) -> Iterator[Alternative]:
    yield from _as_known(case, headings)
    yield from _with_facts(entry, case, seen)
    yield from _of_suffixes(case)
    yield from _on_days(case, headings)
    yield from _of_origins(case)
    yield from _by_readings(case)


def _moved(case: DutyCase, as_of: AsOf) -> DutyCase:
    question = case.query._replace(facts=as_of.facts)
    return case._replace(as_of=as_of, query=question, stack=resolve(case.scope, as_of))


def _as_known(case: DutyCase, headings: Headings) -> Iterator[Alternative]:
    """The law as it was known on the entry day, before an act that reaches back."""
    day = case.as_of.minute // MINUTES
    if case.as_of.known_on is not None and case.as_of.known_on <= day:
        return
    other = _moved(case, case.as_of._replace(known_on=day))
    if charges(other.stack) != charges(case.stack):
        later = [term for term in case.stack.terms if term.period.announced > day]
        sources = headings.cite(tuple(key for term in later for key in term.period.sources))
        names = " and ".join(term.measure.title for term in later) or "a list"
        why = f"right as known on {day_words(case.as_of.minute)}; {names} changed afterwards"
        yield Alternative("retroactive", why, sources, "", other)


def _with_facts(
    entry: DeclaredEntry, case: DutyCase, seen: EntryComparison
) -> Iterator[Alternative]:
    """A fact turned that the law asks about, or that a declared heading rests on."""
    facts = case.as_of.facts
    tried: set[tuple[tuple[str, str], ...]] = {tuple(sorted(facts.texts.items()))}
    for other in (*_declared_facts(entry, case), *_doubted(case), *_contents(case, seen)):
        texts = tuple(sorted(other.texts.items()))
        if texts in tried:
            continue
        tried.add(texts)
        new = {key: text for key, text in texts if facts.texts.get(key) != text}
        words = " and ".join(f"{key} is {text}" for key, text in new.items())
        why = f"right if {words}, which is not stated"
        moved = _moved(case, case.as_of._replace(facts=other))
        yield Alternative(
            "open_fact", why, (), " ".join(f"{key}={text}" for key, text in new.items()), moved
        )


def _declared_facts(entry: DeclaredEntry, case: DutyCase) -> Iterator[EntryFacts]:
    """Facts under which the provisions whose headings were declared fit: all at once, then each."""
    filed = {line.key for line in entry.lines} | set(entry.headings or ())
    provisions = [
        scoped.provision
        for candidate in case.scope.candidates
        for scoped in candidate.provisions
        if headings_of(scoped.provision) & filed and scoped.provision.when
    ]
    together: EntryFacts | None = case.as_of.facts
    for provision in provisions:
        together = together and satisfying(together, provision.when, case.scope.listed)
        alone = satisfying(case.as_of.facts, provision.when, case.scope.listed)
        if alone is not None:
            yield alone
    if together is not None:
        yield together


def _doubted(case: DutyCase) -> Iterator[EntryFacts]:
    facts = case.as_of.facts
    for doubt in case.stack.doubts:
        if doubt.provision is None or not isinstance(doubt.what, Test):
            continue
        if doubt.holds:
            value = witness(doubt.what, False)
            other = None if value is None else facts.with_value(doubt.what.fact, value)
        else:
            other = satisfying(facts, doubt.provision.when, case.scope.listed)
        if other is not None:
            yield other


def _contents(case: DutyCase, seen: EntryComparison) -> Iterator[EntryFacts]:
    """A content that was not stated, as the declared amount and the rate imply it."""
    facts, register = case.as_of.facts, case.register
    for match in seen.matches:
        layer = match.owed.layer if match.owed is not None else None
        if layer is None or match.cents is None or layer.term.duty.form != "add" or match.agrees:
            continue
        for name in layer.term.provision.base:
            fact = register.facts.get(register.bases[name].fact)
            if fact is None or fact.raised != "named" or facts.is_stated(fact.key):
                continue
            if layer.term.duty.rate and fact.type == "money_or_share":
                part = round_half_up(Fraction(match.cents * MILLION, layer.term.duty.rate))
                yield facts.with_value(fact.key, f"{part // 100}.{part % 100:02d}")


def satisfying(
    facts: EntryFacts, tests: tuple[Test, ...], listed: tuple[str, ...]
) -> EntryFacts | None:
    """Facts under which every test holds, changing only what was not stated; None if none do."""
    for test in tests:
        if facts.holds(test, listed):
            continue
        value = witness(test, True)
        if facts.is_stated(test.fact) or value is None:
            return None
        facts = facts.with_value(test.fact, value)
    return facts if all(facts.holds(test, listed) for test in tests) else None


def _of_suffixes(case: DutyCase) -> Iterator[Alternative]:
    """A statistical number below the eight digits given that the law names."""
    if len(case.code) != len("85076000"):
        return
    origin, to = case.scope.origin, case.scope.destination
    for code in case.register.below(case.code):
        scope = narrow(case.register, code, origin, to)
        stack = resolve(scope, case.as_of)
        if charges(stack) != charges(case.stack):
            why = f"right if the statistical number is {dotted(code)}"
            other = case._replace(scope=scope, stack=stack)
            yield Alternative("open_fact", why, (), f"code={dotted(code)}", other)


def _on_days(case: DutyCase, headings: Headings) -> Iterator[Alternative]:
    """The day before a change that has come, and the day of one that is to come."""
    minute = case.as_of.minute
    near = [each for each in edges(case.scope) if abs(each - minute) <= NEARBY * MINUTES]
    met = [charges(case.stack)]
    for edge in sorted(near, key=lambda each: abs(each - minute)):
        past = edge <= minute
        # An edge belongs to what begins there, so what ended shows in the minute before.
        at = edge - 1 if past else edge
        other = _moved(case, case.as_of._replace(minute=at))
        if charges(other.stack) in met:
            continue
        met.append(charges(other.stack))
        which = "before" if past else "from"
        names, sources = _changed(case, edge, headings)
        why = f"right {which} {day_words(edge)}, when {names} changed"
        yield Alternative("another_day", why, sources, "", other)


def _changed(case: DutyCase, edge: int, headings: Headings) -> tuple[str, tuple[str, ...]]:
    """Which measures change at a minute, and by which acts."""
    before = resolve(case.scope, case.as_of._replace(minute=edge - 1))
    after = resolve(case.scope, case.as_of._replace(minute=edge))
    old, new = charges(before), charges(after)
    changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    keys: list[str] = []
    for candidate in case.scope.candidates:
        if candidate.measure.id not in changed:
            continue
        for scoped in candidate.provisions:
            for period in scoped.provision.periods:
                if edge in (period.start, period.until):
                    keys.extend(period.sources)
    names = " and ".join(headings.titles[name] for name in changed)
    return names or "a list", headings.cite(tuple(keys))


def _of_origins(case: DutyCase) -> Iterator[Alternative]:
    """Origins that some of the register's sets of places put together with this one."""
    register, origin, to = case.register, case.scope.origin, case.scope.destination
    neighbors: dict[str, None] = {}
    for place in register.places.values():
        if (
            not place.everywhere
            and origin in place.countries
            and len(place.countries) <= MOST_OF_A_PLACE
        ):
            neighbors.update(dict.fromkeys(place.countries))
    members = case.inherited.members if case.inherited else None
    for other in neighbors:
        if other in (origin, to):
            continue
        scope = narrow(register, case.code, other, to, members)
        stack = resolve(scope, case.as_of)
        if charges(stack) != charges(case.stack):
            why = f"right for goods of {register.countries[other]}"
            moved = case._replace(scope=scope, stack=stack)
            yield Alternative("other_origin", why, (), "", moved)


def _by_readings(case: DutyCase) -> Iterator[Alternative]:
    """The other reading of a disputed text, an unclear day, a list not in hand."""
    for doubt in case.stack.doubts:
        if doubt.kind == "fact":
            continue
        other = _moved(case, case.as_of._replace(flipped=doubt.what))
        why = f"right if the open question of {_kind(doubt)} on {doubt.measure.title} is answered"
        yield Alternative("open_law", f"{why} the other way", (), "", other)


def _kind(doubt: Uncertainty) -> str:
    return {"list": "a list", "boundary": "the last day"}.get(doubt.kind, "law")
