"""Weights: how much each line, and each chapter, counts in an average.

    weights by lines     w(line) = value(line)
    weights by products  w(subheading) = value(subheading)
    weights by chapters  w(line) = value(chapter) x value of lines' year(line) / their sum in it
    where no line is at hand  w(subheading) = value(chapter) / number of subheadings in it

Weights are whole dollars, or whole cents where a file of one's own has cents; the parts of a
chapter add up to the chapter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from detente._shapes import NamedTuple
from detente.trade.flows import Flows, FlowWeighting, Partner
from detente.trade.weights_file import WeightError as WeightError
from detente.trade.weights_file import read_weights

CODES = (8, 10)
SUBHEADING = 6
"""Digits down to which the tariffs of all countries agree; a destination may be asked by them."""


class Weights(NamedTuple):
    """What an average is weighted by.

    Attributes:
        name: the weighting's name, or the file.
        title: what is weighed, in words.
        rule: how a line gets its weight.
        lines: units of weight by code of eight or ten digits, or of six where no longer is known.
        units: how many units make a dollar.
        without_line: units of weight of chapters under which no line is at hand, by chapter.
        notes: what a reader must know.
        of_group: the group whose imports stand in for the origin's own, in words; "" where none.
    """

    name: str
    title: str
    rule: str
    lines: dict[str, int]
    units: int
    without_line: dict[str, int]
    notes: tuple[str, ...]
    of_group: str = ""

    @property
    def total(self) -> int:
        """All units of weight, those without a line too."""
        return sum(self.lines.values()) + sum(self.without_line.values())


def find_weights(flows: Flows, name: str | None, origin: str, destination: str) -> Weights:
    """The weights of a name or file.

    Args:
        flows: flows at hand.
        name: a weighting, a CSV file, or None for the destination's own.
        origin: ISO country whose goods are weighed.
        destination: ISO country of import.

    Raises:
        WeightError: there is no such weighting or file, or it does not know the origin.
    """
    known = {each.name: each for each in flows.weightings()}
    if name is None:
        fitting = [each for each in known.values() if each.destination == destination]
        chosen = next((each for each in fitting if each.preset), None)
        if chosen is None:
            raise WeightError(
                f"there are no weights at hand for imports into {destination}: give a CSV file "
                "with the columns code and value"
            )
        name = chosen.name
    if name not in known:
        # Lines of the United States have eight or ten digits; other tariffs agree down to six.
        sizes = CODES if destination == "US" else (SUBHEADING, *CODES)
        return _of_file(Path(name), sorted(known), sizes)
    weighting = known[name]
    if weighting.destination != destination:
        raise WeightError(
            f"{name} weighs imports into {weighting.destination}, not into {destination}: "
            "leave --weights out, or give a CSV file with the columns code and value"
        )
    if weighting.kind == "lines":
        return _of_lines(flows, weighting, origin)
    if weighting.kind == "products":
        return _of_products(flows, weighting, origin, destination)
    return _of_chapters(flows, weighting, origin, destination)


def _of_lines(flows: Flows, weighting: FlowWeighting, origin: str) -> Weights:
    partner = _partner(flows, origin)
    return Weights(
        name=weighting.name,
        title=_titled(weighting.title, partner, origin),
        rule="each line weighs its own value",
        lines=flows.values(partner.id),
        units=1,
        without_line={},
        notes=_stands_in(partner, origin),
        of_group=_group(partner),
    )


def _of_products(flows: Flows, weighting: FlowWeighting, origin: str, destination: str) -> Weights:
    """Exports of the United States by subheading, which weigh its own goods alone."""
    if origin != "US":
        raise WeightError(
            f"{weighting.name} weighs goods of the United States, not of {origin}: give a CSV file "
            "with the columns code and value"
        )
    return Weights(
        name=weighting.name,
        title=weighting.title,
        rule="each subheading weighs its own exports",
        lines=flows.products(weighting.flow, weighting.year, destination),
        units=1,
        without_line={},
        notes=(
            "The statistics tell no products of civil aircraft, engines and parts: their number "
            "880000 is of no subheading, and stands among what is not matched.",
        ),
    )


def _of_chapters(flows: Flows, weighting: FlowWeighting, origin: str, destination: str) -> Weights:
    """Chapters of one year, inside each the lines of another."""
    partner = origin if weighting.flow == "imports" else destination
    chapters = flows.chapters(weighting.flow, weighting.year, partner)
    # Exports of the United States are weights for its own goods alone.
    if not chapters or (weighting.flow == "exports" and origin != "US"):
        raise WeightError(
            f"{weighting.name} is not at hand for goods of {origin}: use weights by line, or give "
            "a CSV file with the columns code and value"
        )
    if weighting.flow == "exports":
        return _of_subheadings(flows, weighting, chapters)
    own = _partner(flows, origin)
    inside: dict[str, dict[str, int]] = {}
    for code, value in flows.values(own.id).items():
        inside.setdefault(code[:2], {})[code] = value
    return Weights(
        name=weighting.name,
        title=_titled(weighting.title, own, origin),
        rule="a chapter weighs its value, and inside it each line its share of the imports by line "
        "at hand: product-level weights of the chapters' year are missing",
        lines=_spread_inside(chapters, inside),
        units=1,
        without_line={name: value for name, value in chapters.items() if name not in inside},
        notes=_stands_in(own, origin),
        of_group=_group(own),
    )


def _of_subheadings(flows: Flows, weighting: FlowWeighting, chapters: Mapping[str, int]) -> Weights:
    """Chapters of one year, inside each every subheading of that year alike."""
    inside: dict[str, dict[str, int]] = {}
    for code in flows.subheadings(weighting.year):
        inside.setdefault(code[:2], {})[code] = 1
    return Weights(
        name=weighting.name,
        title=weighting.title,
        rule="a chapter weighs its value, and inside it every subheading of six digits the same: "
        "exports by product are not at hand",
        lines=_spread_inside(chapters, inside),
        units=1,
        without_line={name: value for name, value in chapters.items() if name not in inside},
        notes=(),
    )


def _spread_inside(
    chapters: Mapping[str, int], inside: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """The value of every chapter on what is inside it."""
    spread: dict[str, int] = {}
    for chapter, value in chapters.items():
        spread.update(_spread(value, inside.get(chapter, {})))
    return spread


def _spread(value: int, lines: Mapping[str, int]) -> dict[str, int]:
    """A chapter's value over its lines, in proportion, adding up to it to the dollar."""
    total = sum(lines.values())
    spread = {}
    seen = before = 0
    for code, own in lines.items():
        seen += own
        # Sums are rounded and not the parts, so what rounding takes from one goes to the next.
        upto = value * seen // total
        spread[code] = upto - before
        before = upto
    return spread


def _partner(flows: Flows, origin: str) -> Partner:
    partner = flows.partner_of(origin)
    if partner is None or partner.id != origin:
        raise WeightError(not_in_hand(flows, origin))
    return partner


def not_in_hand(flows: Flows, country: str) -> str:
    """Why goods of a country have no weights, and what to ask instead.

    Weights of a group, or of a neighbor, are never those of one country.
    """
    partner = flows.partner_of(country)
    own = "give the country's own as a CSV file with the columns code and value (--weights FILE)"
    if partner is not None:
        return (
            f"imports of goods of {country} by line are not in hand, only those of {partner.name} "
            f"together: ask for --origin {partner.id}, or {own}"
        )
    ids = ", ".join(each.id for each in flows.partners())
    return f"imports of goods of {country} by line are not in hand, but those of {ids}; or {own}"


def _group(partner: Partner) -> str:
    """The name of a partner that is several countries, "" for one."""
    return partner.name if len(partner.countries) > 1 else ""


def _titled(title: str, partner: Partner, origin: str) -> str:
    """What is weighed, and of whom where that is not the origin alone."""
    group = _group(partner)
    return (
        f"{title}, of all imports from the group {group} and not from {origin} alone"
        if group
        else title
    )


def _stands_in(partner: Partner, origin: str) -> tuple[str, ...]:
    if len(partner.countries) == 1:
        return ()
    return (
        f"The weights are those of all imports from {partner.name}, not of {origin} alone, and the "
        f"duties those on goods of {origin}.",
    )


def _of_file(path: Path, known: Iterable[str], sizes: Sequence[int]) -> Weights:
    """Weights of one's own: a CSV file with the columns code and value."""
    if not path.is_file():
        raise WeightError(
            f"{str(path)!r} is neither a weighting nor a file: write {', '.join(known)}, or the "
            "path of a CSV file with the columns code and value"
        )
    lines = read_weights(path, sizes)
    return Weights(
        name=str(path),
        title=f"values in {path.name}",
        rule="each line weighs its own value",
        lines={code: cents for code, cents in lines.items() if cents},
        units=100,
        without_line={},
        notes=(),
    )
