"""What an entry should have declared, heading by heading, and how a declaration differs from it.

    difference = declared - assessed        over where positive, under where negative

A declared heading is set beside the owed one of the same key. Where no amount is declared it
follows from the declared rate on the base that the law gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.applicability.stack import void_measures
from detente.audit.cells import LINE
from detente.audit.entries import Declared, DeclaredEntry
from detente.core.figures import dotted, rate
from detente.duty.amounts import MILLION, Amounts, DutyLayer
from detente.duty.answer import heading_of, nothing_left, rest_heading
from detente.duty.case import DutyCase
from detente.duty.rates.amount import round_half_up

CENT = 1
"""Two ways to round a layer differ by at most this."""


class OwedHeading(NamedTuple):
    """One heading that the entry should carry.

    ``layer`` is None where the heading says only that a measure gives way; ``share`` is None
    where the duty is not ad valorem, ``cents`` where it cannot be reckoned.
    """

    key: str
    heading: str
    measure: str
    family: str
    rate: str
    share: Fraction | None
    cents: int | None
    layer: DutyLayer | None
    void: bool


class Match(NamedTuple):
    """A heading as declared beside the same as owed; one of the two may be missing.

    ``cents`` is the declared amount, reckoned from the rate where only that was given.
    """

    declared: Declared | None
    owed: OwedHeading | None
    cents: int | None
    rate_agrees: bool

    @property
    def difference(self) -> int | None:
        """Declared less owed, in cents; None where one of them is not known."""
        owed = 0 if self.owed is None else self.owed.cents
        return None if owed is None or self.cents is None else self.cents - owed

    @property
    def agrees(self) -> bool:
        """The heading is owed and declared, at the same rate and, to a cent, the same amount."""
        if self.owed is None or self.declared is None or not self.rate_agrees:
            return False
        return self.difference is None or abs(self.difference) <= CENT


class EntryComparison(NamedTuple):
    """An entry beside what it owes.

    Attributes:
        matches: by heading, declared ones first; for a total without headings, owed ones alone.
        declared: declared cents; None where they do not follow from what was declared.
        owed: assessed cents; None without a value, or where something is missing.
        share: declared share of the value, as far as there is one.
        owed_share: the same of what is owed.
        cents_agree: no heading, or for a total the total, is off by more than rounding.
        headings_agree: the headings filed are those to be filed.
        charges_named: of a total, no heading filed is wrong and none that charges is left out.
        whole: the declared amount is that of the entry and not of a heading.
    """

    matches: tuple[Match, ...]
    declared: int | None
    owed: int | None
    share: Fraction | None
    owed_share: Fraction | None
    cents_agree: bool
    headings_agree: bool
    charges_named: bool
    whole: bool

    @property
    def difference(self) -> int | None:
        """Declared less owed, in cents; None where one of them is not known."""
        return None if self.declared is None or self.owed is None else self.declared - self.owed

    @property
    def clean(self) -> bool:
        """Nothing differs."""
        return self.cents_agree and self.headings_agree


def owed_headings(case: DutyCase, figures: Amounts) -> tuple[OwedHeading, ...]:
    """The headings to declare, in the order of the measures; see ``duty_answer.filing``."""
    void = void_measures(case.stack, case.as_of)
    found: dict[str, OwedHeading] = {}
    for layer in figures.layers:
        measure = layer.term.measure
        if measure.family == "base":
            found[LINE] = _owed(LINE, dotted(case.code), layer, False)
        own = heading_of(layer)
        free = layer.term.duty.form == "free"
        if own and not nothing_left(layer):
            nothing = measure.family == "base"
            each = _exempt(own, measure.id, measure.family) if nothing else None
            found[own] = each or _owed(own, own, layer, measure.id in void)
            if rest := rest_heading(case, layer):
                found.setdefault(rest, _exempt(rest, measure.id, measure.family))
        elif not own and not free and measure.family != "base" and not nothing_left(layer):
            found[measure.id] = _owed(measure.id, "", layer, measure.id in void)
        for heading in layer.term.less_headings:
            # Never over a heading of the same number that charges something.
            found.setdefault(heading, _exempt(heading, measure.id, measure.family))
    for out in case.stack.not_applied:
        if out.reason == "yields" and out.heading:
            each = _exempt(out.heading, out.measure.id, out.measure.family)
            found.setdefault(out.heading, each)
    return tuple(found.values())


def _owed(key: str, heading: str, layer: DutyLayer, void: bool) -> OwedHeading:
    measure = layer.term.measure
    share, cents = layer.share, layer.cents
    return OwedHeading(
        key, heading, measure.id, measure.family, layer.rate, share, cents, layer, void
    )


def _exempt(heading: str, measure: str, family: str) -> OwedHeading:
    return OwedHeading(heading, heading, measure, family, "free", Fraction(0), 0, None, False)


def compare(entry: DeclaredEntry, case: DutyCase, figures: Amounts) -> EntryComparison:
    """An entry beside the stack of a case."""
    owed = owed_headings(case, figures)
    if entry.total is None:
        found = _by_heading(entry, case, owed, figures)
        if found.cents_agree or len(entry.lines) > 1 or not _only_heading(entry):
            return found
        # A row that stands alone under one heading may carry the total of the entry.
        total = entry.lines[0]._replace(heading="")
        whole = _in_total(total, (entry.lines[0].key,), case, owed, figures)
        return whole if whole.cents_agree else found
    return _in_total(entry.total, entry.headings, case, owed, figures)


def _only_heading(entry: DeclaredEntry) -> bool:
    return len(entry.lines) == 1 and entry.lines[0].cents is not None


def _by_heading(
    entry: DeclaredEntry, case: DutyCase, owed: tuple[OwedHeading, ...], figures: Amounts
) -> EntryComparison:
    left = {each.key: each for each in owed}
    value = case.query.entry_value.cents
    matches = [_match(line, left.pop(line.key, None), value) for line in entry.lines]
    matches.extend(Match(None, each, 0, False) for each in left.values())
    cents = [match.cents for match in matches]
    known = [each for each in cents if each is not None]
    shares = [match.declared.share for match in matches if match.declared is not None]
    return EntryComparison(
        tuple(matches),
        sum(known) if len(known) == len(cents) else None,
        figures.cents,
        sum((share for share in shares if share is not None), Fraction(0)),
        figures.share,
        all(map(_money_agrees, matches)),
        all(match.agrees or _idle(match) for match in matches),
        False,
        False,
    )


def _match(declared: Declared, owed: OwedHeading | None, value: int | None) -> Match:
    cents = declared.cents
    if cents is None and declared.share is not None:
        # At the owed rate the owed amount is meant: worked out again it could differ by its
        # rounding.
        if owed is not None and _same_rate(declared, owed):
            cents = owed.cents
        else:
            base = value if owed is None or owed.layer is None else owed.layer.base
            cents = None if base is None else round_half_up(declared.share * base)
    nothing = not declared.rate and (owed is None or owed.layer is None or owed.rate == "free")
    if cents is None and nothing:
        cents = 0
    agrees = owed is not None and (not declared.rate or _same_rate(declared, owed))
    return Match(declared, owed, cents, agrees)


def _same_rate(declared: Declared, owed: OwedHeading) -> bool:
    """Whether a declared rate is the owed one: as a share, as written, or as the cap it reaches."""
    if declared.share is None:
        return declared.rate == owed.rate or declared.rate == _read_again(owed.rate)
    written = _rate_of_duty(owed)
    return any(
        share is not None and rate(share) == rate(declared.share)
        for share in (owed.share, written, _effective(owed))
    )


def _read_again(text: str) -> str:
    from detente.duty.rates.text import parse_rate

    return parse_rate(text).text()


def _rate_of_duty(owed: OwedHeading) -> Fraction | None:
    """The rate as the law writes it, where the term is charged on a part or lifts to a cap."""
    layer = owed.layer
    if layer is None:
        return None
    if layer.term.duty.form in ("add", "cap"):
        return Fraction(layer.term.duty.rate, MILLION)
    if layer.term.duty.form == "column" and layer.rate.endswith("%"):
        from detente.duty.rates.text import parse_rate

        return parse_rate(layer.rate).ad_valorem()
    return None


def _effective(owed: OwedHeading) -> Fraction | None:
    """Amount over base, for duties that are not ad valorem."""
    layer = owed.layer
    if layer is None or layer.share is not None or not layer.base or layer.cents is None:
        return None
    return Fraction(layer.cents, layer.base)


def _money_agrees(match: Match) -> bool:
    difference = match.difference
    if match.declared is not None and match.declared.cents is not None and difference is not None:
        return abs(difference) <= CENT
    if match.owed is not None and match.declared is not None:
        return match.rate_agrees
    if difference is not None:
        return difference == 0
    # Without a value only the rates tell: a heading left out or put in counts unless it is free.
    if match.owed is None:
        return match.declared is not None and not match.declared.share
    return match.owed.share == 0


def _idle(match: Match) -> bool:
    """The ordinary duty need not be declared where it is free."""
    owed = match.owed
    if match.declared is not None or owed is None or owed.key != LINE:
        return False
    return owed.cents == 0 or owed.share == 0


def _in_total(
    total: Declared,
    headings: tuple[str, ...] | None,
    case: DutyCase,
    owed: tuple[OwedHeading, ...],
    figures: Amounts,
) -> EntryComparison:
    value = case.query.entry_value.cents
    cents = total.cents
    same_rate = total.share is not None and rate(total.share) == rate(figures.share)
    if cents is None and total.share is not None and value is not None:
        cents = figures.cents if same_rate else round_half_up(total.share * value)
    layers = sum(1 for each in owed if each.cents)
    if total.cents is None or figures.cents is None:
        agrees = same_rate
    else:
        # The layers are rounded one by one, a total may be rounded once.
        agrees = abs(total.cents - figures.cents) <= max(CENT, (layers + 1) // 2)
        agrees = agrees and (not total.rate or same_rate)
    keys = None if headings is None else {key for key in headings if key != LINE}
    named = keys is None or keys == {each.key for each in owed if each.key != LINE}
    return EntryComparison(
        tuple(_beside_total(keys, owed, agrees)),
        cents,
        figures.cents,
        total.share,
        figures.share,
        agrees,
        named,
        _charges_named(keys, owed),
        True,
    )


def _beside_total(
    keys: set[str] | None, owed: tuple[OwedHeading, ...], agrees: bool
) -> Iterator[Match]:
    """Headings owed and listed, without amounts: those stand with the total."""
    for each in owed:
        if keys is None or each.key in keys or each.key != LINE:
            yield Match(_listed(each, keys), each, None, agrees)
    for key in sorted((keys or set()) - {each.key for each in owed}):
        declared = Declared(key, key, None, "", None, ())
        yield Match(declared, None, 0 if agrees else None, False)


def _charges_named(keys: set[str] | None, owed: tuple[OwedHeading, ...]) -> bool:
    """Whether headings listed beside a total are owed, and hold every one that charges."""
    if keys is None:
        return True
    charging = {each.key for each in owed if each.cents != 0 and each.share != 0}
    return charging - {LINE} <= keys <= {each.key for each in owed}


def _listed(owed: OwedHeading, keys: set[str] | None) -> Declared | None:
    if keys is None or owed.key not in keys:
        return None
    return Declared(owed.key, owed.heading, None, "", None, ())
