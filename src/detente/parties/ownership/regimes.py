"""Ownership rules, read from the register: who begins, what share, what passes on, on which days.

A rule is a record with an ``ownership`` part; its ``name`` is the word that people ask for. One
word names no law: ``economic-interest`` multiplies shares along every path, as an analyst would,
and no rule of either country asks for it with listed parties.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import MINUTES, day_number, minute_text
from detente.core.vocabulary import UnknownWordError, one_of
from detente.parties.ownership.shares import share_of
from detente.register.book import Register
from detente.register.confirmed import confirmed_row, unconfirmed_words
from detente.register.periods import period_at
from detente.register.runs import run_at
from detente.register.views.law_by_day import about, as_of
from detente.register.views.two_readings import of_provision

if TYPE_CHECKING:
    from detente.answers.shared import Consulted
    from detente.register.model import Measure, Provision

ECONOMIC_INTEREST = "economic-interest"
HALF = Fraction(1, 2)
ACROSS, WITHIN, ALONE = "across lists", "within programme", "each owner alone"
AGGREGATES = (ACROSS, WITHIN, ALONE)

PROGRAMMED_LIST = "SDN"
"""The list whose entries bear programmes, which a rule may choose among."""


class OwnershipRegime(NamedTuple):
    """A rule of ownership.

    Attributes:
        name: the word that people ask for.
        measure: id of the record; "" for a test that no law knows.
        title: of the record.
        seeds: lists whose parties begin.
        programmes: of list SDN, those that begin; empty for all.
        seed_places: countries whose entities begin without standing on a list.
        seed_doubt: countries of which it is open whether their entities begin.
        threshold: share of one.
        aggregate: one of ``AGGREGATES``.
        proportionate: whether a company below half passes on in proportion, and not nothing.
        whole_from: direct holding from which a company passes on in full; None for never.
        kinds: how many kinds of holding count: 1 equity alone, 3 votes and seats too.
        contract: whether effective control by contract suffices.
        leaves_out: countries whose entities are not reached, though they pass on.
        scope: what the rule is about, in words.
        consequence: what it means to be covered.
        strictness: words of requirements, the strictest first; empty where all bear the same.
    """

    name: str
    measure: str
    title: str
    seeds: tuple[str, ...]
    programmes: tuple[str, ...]
    seed_places: tuple[str, ...]
    seed_doubt: tuple[str, ...]
    threshold: Fraction
    aggregate: str
    proportionate: bool
    whole_from: Fraction | None
    kinds: int
    contract: bool
    leaves_out: tuple[str, ...]
    scope: str
    consequence: str
    strictness: tuple[str, ...]


class RuleStanding(NamedTuple):
    """Whether a rule stands on a day; ``in_force`` is None for a test that no law knows.

    ``unclear`` is whether the text leaves open if the day still belongs to the state it tells of;
    ``state`` is that state in words, with the day on which it ends.
    """

    in_force: bool | None
    notes: tuple[str, ...]
    register: Consulted
    unclear: bool = False
    state: str = ""


def regime_names(register: Register) -> dict[str, str]:
    """Words for the rules of the register, and the record of each."""
    found = {ECONOMIC_INTEREST: ""}
    for measure in register.measures():
        name = str(measure.ownership.get("name", ""))
        if name:
            found[name] = measure.id
    return found


def lists_of_rules(register: Register) -> tuple[str, ...]:
    """The lists whose parties begin under some rule."""
    return _stated_by_rules(register, "seeds")


def programmes_of_rules(register: Register) -> tuple[str, ...]:
    """The programs that some rule names."""
    return _stated_by_rules(register, "programmes")


def _stated_by_rules(register: Register, key: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for measure in register.measures():
        found.update(dict.fromkeys(_words(measure.ownership, key)))
    return tuple(found)


def regime(register: Register, name: str) -> OwnershipRegime:
    """The rule of that name.

    Raises:
        ValueError: there is none, or its record does not say what a rule must.
    """
    names = regime_names(register)
    if name not in names:
        known = one_of(name, sorted(names))
        raise UnknownWordError(f"{name!r} is not an ownership rule: {known}", "regime")
    if not names[name]:
        return _economic_interest(register)
    return _from_record(register.measure(names[name]), name)


def _from_record(measure: Measure, name: str) -> OwnershipRegime:
    stated = measure.ownership
    passing = stated.get("pass_on")
    passing = passing if isinstance(passing, dict) else {}
    below = str(passing.get("below_half", "nothing"))
    aggregate = str(stated.get("aggregate", ""))
    if aggregate not in AGGREGATES or below not in ("nothing", "proportionate"):
        raise ValueError(
            f"{measure.id}: aggregate is one of {', '.join(AGGREGATES)}, and below_half is "
            f"nothing or proportionate, not {aggregate!r} and {below!r}"
        )
    also = _words(stated, "also")
    return OwnershipRegime(
        name=name,
        measure=measure.id,
        title=measure.title,
        seeds=_words(stated, "seeds"),
        programmes=_words(stated, "programmes"),
        seed_places=_words(stated, "seed_places"),
        seed_doubt=_words(stated, "seed_doubt"),
        threshold=share_of(str(stated["threshold"]).strip("'\"")).lo,
        aggregate=aggregate,
        proportionate=below == "proportionate",
        whole_from=HALF if passing.get("from_half") == "whole" else None,
        kinds=3 if {"votes", "board_seats"} & set(also) else 1,
        contract="contract_control" in also,
        leaves_out=_words(stated, "leaves_out"),
        scope=str(stated.get("scope", "")),
        consequence=str(stated.get("consequence", "")),
        strictness=_words(stated, "strictness"),
    )


def _words(stated: dict[str, object], key: str) -> tuple[str, ...]:
    value = stated.get(key, [])
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _economic_interest(register: Register) -> OwnershipRegime:
    """Shares multiplied along every path, from the parties that any rule begins with."""
    return OwnershipRegime(
        name=ECONOMIC_INTEREST,
        measure="",
        title="Economic interest: shares multiplied along every path (no legal test)",
        seeds=lists_of_rules(register),
        programmes=(),
        seed_places=(),
        seed_doubt=(),
        threshold=HALF,
        aggregate=ACROSS,
        proportionate=True,
        whole_from=None,
        kinds=1,
        contract=False,
        leaves_out=(),
        scope="",
        consequence="none: no legal test",
        strictness=(),
    )


def standing_on(
    register: Register, rule: OwnershipRegime, on: str, known_on: int | None = None
) -> RuleStanding:
    """Whether a rule is in force on a day or at an instant, and what should be said of it."""
    minutes = as_of(register, on)
    if not rule.measure:
        note = "no legal test: no rule multiplies shares in this way"
        return RuleStanding(None, (note,), about(register, ()))
    measure = register.measure(rule.measure)
    zone = register.zones[measure.by]
    day = len(on) <= len("2025-11-10")
    minute = minutes[measure.by]
    provision = measure.provisions[0]
    run = run_at(provision, minute, known_on)
    notes = []
    heard = of_provision(register, measure, provision, minute, known_on)
    if heard is not None:
        notes.append(heard["text"])
    row = confirmed_row(register, measure, run.start, (provision,))
    if not row["confirmed"]:
        state = run.state.replace("_", " ")
        notes.append(f"{state}: {unconfirmed_words(row['confirmed_through'])}")
    in_force = run.state == "in_force"
    until = f" until {minute_text(run.until, zone)}" if run.until is not None else ""
    state = run.state.replace("_", " ") + until
    if not in_force:
        notes.append(f"not in force on {on} ({state}): what follows is what the rule would reach")
    unclear = day and _unclear(provision, day_number(on), known_on)
    if unclear:
        notes.append(f"whether the text includes {on} is open: the other answer is possible too")
    described = about(register, [measure])
    if described["reviewed_through"] and on[:10] > described["reviewed_through"]:
        notes.append(
            f"the law was read to {described['reviewed_through']}: an extension or an end "
            "announced later is not known here"
        )
    notes.extend(_neighbors(register, rule, minute, known_on) if not in_force else ())
    return RuleStanding(in_force, tuple(notes), described, unclear, state)


def _unclear(provision: Provision, day: int, known_on: int | None) -> bool:
    """Whether the text leaves open if this day, the last of a stroke, still belongs to it."""
    after = (day + 1) * MINUTES
    period = period_at(provision.periods, after - 1, known_on)
    return period is not None and bool(period.boundary) and period.until == after


def _neighbors(
    register: Register, rule: OwnershipRegime, minute: int, known_on: int | None
) -> list[str]:
    """Rules of the same lists that do stand at the minute."""
    found = []
    for name, measure_id in regime_names(register).items():
        if not measure_id or name == rule.name:
            continue
        measure = register.measure(measure_id)
        same = set(_words(measure.ownership, "seeds")) == set(rule.seeds)
        if same and run_at(measure.provisions[0], minute, known_on).state == "in_force":
            found.append(f"at that time the rule {name} stood")
    return found
