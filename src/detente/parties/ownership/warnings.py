"""What wants a look though nobody is covered: minorities, unknown shares, near misses, rings."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from detente.core.figures import percent
from detente.parties.ownership.closure import holding_each_other_up
from detente.parties.ownership.found import CONTRACT, CoveredCompany, Coverings
from detente.parties.ownership.graph import KINDS, OF_KIND, Graph, Tie
from detente.parties.ownership.model import Flag
from detente.parties.ownership.regimes import ALONE, OwnershipRegime
from detente.parties.ownership.seeds import Start
from detente.parties.ownership.shares import ZERO, Share, span_text
from detente.parties.ownership.sums import compared, summed


def ambiguous(rule: OwnershipRegime, graph: Graph, found: CoveredCompany) -> set[str]:
    """Companies that hold each other up, under any group of a rule of whole holdings."""
    unsure: set[str] = set()
    for reach in found.low:
        unsure |= holding_each_other_up(graph, reach, rule.threshold)
    return unsure - found.covered.tiers.keys()


def red_flags(
    rule: OwnershipRegime, graph: Graph, begin: Start, found: CoveredCompany
) -> list[Flag]:
    """A flag for each company in which an owner that counts holds less than suffices."""
    flags = []
    covered, certain = found.covered.tiers, begin.certain
    below: dict[str, list[int]] = {}
    owned_by = graph.ties.owned
    for owner in found.owners:
        for tie in graph.ties_of.get(owner, ()):
            owned = owned_by[tie]
            if owned not in covered and owned not in certain:
                below.setdefault(owned, []).append(tie)
    known: dict[int, str] = {}
    for owned, numbers in sorted(below.items()):
        ties = [graph.ties[each] for each in numbers]
        described = [words for tie in ties if (words := _minority(tie, known))]
        if described:
            advice = _advice(rule, owned in found.possible, ties)
            flags.append(Flag(owned, f"{'; '.join(sorted(described))}: {advice}"))
    if rule.proportionate and rule.measure:
        flags.extend(
            _several(rule, row) for row in found.covered.values() if _only_several(rule, row)
        )
        flags.extend(_joint(rule, each) for each in found.joint)
    return flags


def _minority(tie: Tie, known: dict[int, str]) -> str:
    """What an owner has of a company, in words; "" where that is nothing.

    Args:
        tie: the holding.
        known: words of shares by identity: the same few shares stand in most rows of a file.
    """
    words = []
    for share, name in zip(tie.shares, map(OF_KIND.__getitem__, KINDS), strict=True):
        if share is not None and share.hi:
            # By identity, as few shares stand in most rows, and the rows keep them alive.
            described = known.get(id(share))
            if described is None:
                described = known[id(share)] = _share_words(share)
            words.append(f"{described}{name}")
    told = [f"holds {' and '.join(words)}"] if words else []
    if tie.contract:
        told.append("has effective control by contract")
    return f"{tie.owner} {' and '.join(told)}" if told else ""


def _share_words(share: Share) -> str:
    if share.lo == ZERO and share.hi > ZERO:
        limit = "" if share.hi == 1 else f" of at most {percent(share.hi)}"
        return f"an unknown share{limit}"
    return span_text(share.lo, share.hi)


def _advice(rule: OwnershipRegime, possible: bool, ties: list[Tie]) -> str:
    counting = [share for tie in ties for share in tie.shares[: rule.kinds] if share is not None]
    if possible or any(not share.lo and share.hi for share in counting):
        return "find out how much and of whom, get a licence, or do not proceed"
    limit = percent(rule.threshold)
    if not rule.proportionate:
        return _not_covered(rule, ties, limit)
    if max((share.lo for share in counting), default=ZERO) >= rule.threshold:
        # What is held reaches the threshold, and what counts of it does not.
        return (
            "this counts in proportion to what is held in the owner, and comes to less than "
            f"{limit} in that way: not covered, and a reason to look closer"
        )
    return f"not covered below {limit}, and a reason to look closer"


def _not_covered(rule: OwnershipRegime, ties: list[Tie], limit: str) -> str:
    """Why less than suffices is held by a rule of whole holdings, whatever else is."""
    beside = any(
        tie.contract or any(share is not None and share.hi for share in tie.shares[rule.kinds :])
        for tie in ties
    )
    alone = rule.aggregate == ALONE and len(ties) > 1
    if not (beside or alone):
        return f"not covered below {limit}, and a reason to look closer"
    counts = " and ".join(["counts equity alone"] * beside + ["adds up no owners"] * alone)
    held = f"none holds {limit}" if alone else f"less than {limit} of it is held"
    return f"not covered, since the rule {counts}, and {held}; a reason to look closer"


def _only_several(rule: OwnershipRegime, row: Coverings) -> bool:
    """Whether no single direct owner reaches the threshold, and only their sum does."""
    if row.kind == CONTRACT:
        return False
    kind = KINDS.index(row.kind)
    single = [share.lo * counted for tie, counted in row.ties if (share := tie.shares[kind])]
    return len(single) > 1 and max(single) < rule.threshold


def _joint(rule: OwnershipRegime, company: str) -> Flag:
    level = percent(rule.whole_from or ZERO)
    return Flag(
        company,
        f"only several owners together hold {level} of it: whether what it holds counts in full, "
        "as that of one parent would, or in proportion, is open",
    )


def _several(rule: OwnershipRegime, row: Coverings) -> Flag:
    limit = percent(rule.threshold)
    return Flag(row.id, f"only several owners together reach {limit}; none does alone")


def rounding(rule: OwnershipRegime, found: CoveredCompany, begin: Start, graph: Graph) -> list[str]:
    """Notes on sums that the last digits of the shares could carry over the threshold."""
    if rule.proportionate:
        return []
    notes = []
    owned_by, covered, several = graph.ties.owned, found.covered.tiers, graph.several
    # What is reported of one holding is taken as it is: who is covered by it alone is left out.
    ties = [
        tie
        for owner in found.owners
        for tie in graph.ties_of.get(owner, ())
        if (owned := owned_by[tie]) in several or owned not in covered
    ]
    rounded = {owned_by[tie] for tie in ties if graph.shares.is_rounded(graph.ties.share[tie])}
    touched = dict.fromkeys(map(owned_by.__getitem__, ties)) if rounded else {}
    owner, share_in, table = graph.ties.owner, graph.ties.share, graph.shares
    for owned in touched:
        if owned not in rounded or owned in begin.certain:
            continue
        # Few shares stand in most rows, and so many times one of them is one part.
        times = Counter(share_in[at] for at in graph.ties_in(owned) if owner[at] in found.owners)
        shares = [(table.share(number), count) for number, count in times.items()]
        several_owners = sum(times.values()) > 1
        held = [share.lo * count for share, count in shares]
        if not several_owners and held[0] >= rule.threshold:
            continue
        if compared(held, rule.threshold) < 0:
            slack = [share.slack * count for share, count in shares]
            if compared([*held, *slack], rule.threshold) >= 0:
                notes.append(_near(owned, summed(held)[0], "below", rule.threshold))
        elif several_owners:
            least = [(share.lo - share.slack) * count for share, count in shares]
            if compared(least, rule.threshold) < 0:
                notes.append(_near(owned, summed(held)[0], "at or above", rule.threshold))
    return notes


def _near(owned: str, held: Fraction, side: str, threshold: Fraction) -> str:
    return (
        f"{owned}: the shares as reported add up to {percent(held)}, {side} "
        f"{percent(threshold)} but within rounding of threshold"
    )
