"""From duties as the law reads to duties as goods are entered: shares of claims, in steps.

    rate(line after a step) = sum over facts of share(facts, line, period) x rate(line, facts)

The statutory rate has all facts at their defaults. A step takes the goods of a line apart: into
those to which a fact applies, and the rest. Facts of goods come first (parts of vehicles, contents
of metals), which may raise or lower a duty; then what importers claim (exclusions, preferences),
which only lowers it. Contents enter in proportion: a line of which a fifth is steel pays as if a
fifth of its value were all steel, since each layer is linear in its part of the value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.flow_rates import claim_of
from detente.core.clock import day_number
from detente.trade.claims import METALS, NONE, WHOLE, Claims

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    import numpy

    from detente.applicability.partition import GoodsClasses
    from detente.register.book import Register
    from detente.register.model import Measure
    from detente.trade.claims import ClaimKind
    from detente.trade.flows import Partner

    Column = numpy.ndarray

Facts = tuple[tuple[str, str], ...]
"""Entry facts beside those of the question, in order of name."""

PARTS, CONTENTS, EXCLUSION, PREFERENCE, USMCA = (
    "parts", "contents", "exclusion", "preference", "usmca",
)  # fmt: skip
STEPS = (PARTS, CONTENTS, EXCLUSION, PREFERENCE, USMCA)
"""Kinds of facts and claims, in the order in which they are taken into account."""

NOTHING: Facts = ()


class ClaimPortion(NamedTuple):
    """A part of a line: its facts, and parts of `WHOLE`."""

    facts: Facts
    share: int


class LineClaims(NamedTuple):
    """What a partner's importers claim line by line, after all else is known of the goods.

    Attributes:
        name: of the step.
        facts: what is claimed.
        by_period: whether there is a share for each period; else one stands for all days.
        row_of: the row of each code among the shares; -1 where nothing is claimed.
        shares: parts of `WHOLE`, codes by periods.
    """

    name: str
    facts: Facts
    by_period: bool
    row_of: Column
    shares: Column


Taking = Callable[[str, int, Facts], "list[ClaimPortion] | None"]
"""Takes goods of a line apart: ten digits, as the weights have them; the class of the goods on the
days in question; what earlier steps said of them."""


class Shares:
    """The tables of claims, read once for all partners."""

    def __init__(self, claims: Claims) -> None:
        """Read them."""
        self.kinds = claims.kinds()
        self.periods = claims.periods()
        self.contents = claims.contents()
        self.exclusions = claims.exclusions()
        self.parts = claims.parts()
        self._claims = claims
        self.lists: dict[tuple[int, str], frozenset[str]] = {}
        self._part_of: dict[str, int] = {}
        self._of_contents: dict[str, list[ClaimPortion]] = {}
        self._splits: dict[object, list[ClaimPortion]] = {}

    def kinds_of(self, partner: Partner) -> dict[str, ClaimKind]:
        """The kinds of claims that a partner's goods may have."""
        return {
            name: each
            for name, each in self.kinds.items()
            if not each.partners or partner.id in each.partners
        }

    def steps(self, partner: Partner) -> tuple[str, ...]:
        """The steps of a partner, in order."""
        kinds = self.kinds_of(partner)
        # Where shares by line and period are in hand, those by chapter are not counted beside them.
        return tuple(
            name for name in STEPS if name in kinds and not (name == PREFERENCE and USMCA in kinds)
        )

    def part_of(self, code: str) -> int:
        """The share of a line that is parts, by the longest heading that is known; else all."""
        found = self._part_of.get(code)
        if found is None:
            begins = (code[:size] for size in range(len(code), 1, -1))
            known = self.parts
            found = next((known[each] for each in begins if each in known), WHOLE)
            self._part_of[code] = found
        return found

    def of_contents(self, code: str, contents: Sequence[int]) -> list[ClaimPortion]:
        """The parts of a line by the metal that is all of its value, and what is of none."""
        if code not in self._of_contents:
            names = [f"{metal}_value" for metal in METALS]
            none = dict.fromkeys(names, "0%")
            found = [
                ClaimPortion(tuple(sorted({**none, name: "100%"}.items())), share)
                for name, share in zip(names, contents, strict=True)
                if share
            ]
            rest = WHOLE - sum(contents)
            if rest:
                found.append(ClaimPortion(tuple(sorted(none.items())), rest))
            self._of_contents[code] = found
        return self._of_contents[code]

    def split(self, facts: Facts, more: Facts, share: int) -> list[ClaimPortion] | None:
        """Goods with further facts, and the rest; None where none of them has any."""
        if not share:
            return None
        key = (facts, more, share)
        if key not in self._splits:
            self._splits[key] = _split(facts, more, share)
        return self._splits[key]

    def lines(self, partner: str) -> dict[str, array[int]]:
        """Shares by line and period, with what a period lacks filled from the nearest before it."""
        found = self._claims.lines(partner)
        for shares in found.values():
            _fill(shares)
        return found

    def chapters(self, partner: str) -> dict[str, int]:
        """Shares by chapter."""
        return self._claims.chapters(partner)

    @property
    def start(self) -> str:
        """The first day for which preferences are in hand."""
        return max(self.kinds[name].start for name in (PREFERENCE, USMCA))

    @property
    def until(self) -> str:
        """The day after the last for which they are in hand; then the last period stands."""
        return min(each.until for each in self.kinds.values())

    def runs(self, days: Sequence[int]) -> list[tuple[int, int]]:
        """Days ``[first, until)`` of each period, as places among the days asked.

        The first period reaches back to the first day, the last one on to the last.
        """
        begins = [day_number(f"{each}-01-01" if len(each) == 4 else f"{each}-01")
                  for each in self.periods]  # fmt: skip
        marks = [0, *(bisect_left(days, begin) for begin in begins[1:]), len(days)]
        return list(pairwise(marks))


class Steps:
    """What each step does to the goods of one partner."""

    def __init__(
        self,
        shares: Shares,
        register: Register,
        measures: Iterable[Measure],
        partner: Partner,
        origin: str,
        group: GoodsClasses,
    ) -> None:
        """Find which lines a step can touch.

        Args:
            shares: the tables.
            register: the register asked.
            measures: those that can touch goods of the origin.
            partner: the partner of the statistics.
            origin: the country whose duties its goods pay.
            group: classes of codes that are entered under no claim of chapter 98.
        """
        self._shares = shares
        kinds = shares.kinds_of(partner)
        claim = claim_of(register, origin)
        self._claim: Facts = () if claim is None else (claim,)
        self.names = shares.steps(partner)
        measures = tuple(measures)
        self._facts = {name: _facts(each.facts) for name, each in kinds.items()}
        self._touched = {
            name: _named(register, measures, group, dict(self._facts[name]), shares.lists)
            for name in (PARTS, CONTENTS)
            if name in kinds
        }
        self._chapters = shares.chapters(partner.id) if PREFERENCE in self.names else {}
        self._lines = shares.lines(partner.id) if USMCA in self.names else {}
        self._whole = kinds[CONTENTS].without if CONTENTS in kinds else ()

    @property
    def common(self) -> tuple[str, ...]:
        """The steps whose shares are the same for many partners, in order: all but the last."""
        return tuple(name for name in self.names if name not in (PREFERENCE, USMCA))

    @property
    def alike(self) -> object:
        """Equal for partners whose goods those steps take apart alike."""
        return self.common, *(frozenset(self._touched.get(name, ())) for name in (PARTS, CONTENTS))

    def taking(self, name: str) -> Taking:
        """How a step in `common` takes goods of a line apart; None where it leaves them whole."""
        return {
            PARTS: self._of_parts,
            CONTENTS: self._of_contents,
            EXCLUSION: self._of_exclusions,
        }[name]

    def touching(self, code: str) -> list[str]:
        """The steps in `common` that may take goods of a line apart, whatever their class."""
        shares = self._shares
        may = set()
        if self._touched.get(PARTS):
            may.add(PARTS)
        if code in shares.contents and self._touched.get(CONTENTS):
            may.add(CONTENTS)
        if code in shares.exclusions:
            may.add(EXCLUSION)
        return [name for name in self.common if name in may]

    def by_line(self, codes: Sequence[str]) -> LineClaims | None:
        """What is claimed of each code in the last step; None where there is none.

        Args:
            codes: digits of the lines.
        """
        import numpy

        if USMCA in self.names:
            name, facts = USMCA, self._facts[USMCA]
            shares: Iterable[Sequence[int]] = self._lines.values()
            places = {code: place for place, code in enumerate(self._lines)}
            rows = [places.get(code, -1) for code in codes]
        elif PREFERENCE in self.names and self._claim:
            name, facts = PREFERENCE, self._claim
            shares = [(share,) for share in self._chapters.values()]
            places = {chapter: place for place, chapter in enumerate(self._chapters)}
            rows = [places.get(code[:2], -1) for code in codes]
        else:
            return None
        columns = numpy.array([*shares], numpy.int64)
        return LineClaims(name, facts, name == USMCA, numpy.array(rows, numpy.intp), columns)

    def _of_parts(self, code: str, place: int, _: Facts) -> list[ClaimPortion] | None:
        if place not in self._touched[PARTS]:
            return None
        return self._shares.split(NOTHING, self._facts[PARTS], self._shares.part_of(code))

    def _of_contents(self, code: str, place: int, facts: Facts) -> list[ClaimPortion] | None:
        contents = self._shares.contents.get(code)
        # What an earlier step took as parts of vehicles is not taken apart by metals as well.
        if contents is None or facts or place not in self._touched[CONTENTS]:
            return None
        if self._whole and code.startswith(self._whole):
            return None
        return self._shares.of_contents(code, contents)

    def _of_exclusions(self, code: str, _: int, facts: Facts) -> list[ClaimPortion] | None:
        share = self._shares.exclusions.get(code, 0)
        return self._shares.split(facts, self._facts[EXCLUSION], share)


def _split(facts: Facts, more: Facts, share: int) -> list[ClaimPortion]:
    with_claim = ClaimPortion(tuple(sorted((*facts, *more))), share)
    return [with_claim] if share == WHOLE else [with_claim, ClaimPortion(facts, WHOLE - share)]


def _facts(text: str) -> Facts:
    pairs = (each.partition("=") for each in text.split(";") if each)
    return tuple(sorted((key, value) for key, _, value in pairs))


def _fill(shares: array[int]) -> None:
    """Put what is nearest before in place of a period without imports; else what is next."""
    for order in (range(1, len(shares)), range(len(shares) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            if shares[at] == NONE:
                shares[at] = shares[at + step]


def _named(
    register: Register,
    measures: Sequence[Measure],
    group: GoodsClasses,
    facts: Mapping[str, str],
    lists: dict[tuple[int, str], frozenset[str]],
) -> set[int]:
    """Classes of codes that a provision names which reads one of some facts.

    ``lists`` keeps what was found of measures, which origins that are treated alike share.
    """
    names: set[str] = set()
    for measure in measures:
        for fact in facts:
            key = (id(measure), fact)
            if key not in lists:
                lists[key] = frozenset(_reading(register, measure, fact))
            names |= lists[key]
    return {number for name in names for number in group.named(name)}


def _reading(register: Register, measure: Measure, fact: str) -> Iterator[str]:
    """The lists of provisions that read a fact."""
    for provision in measure.provisions:
        tested = any(test.fact == fact for test in provision.when)
        if tested or any(register.bases[name].fact == fact for name in provision.base):
            yield from provision.goods
