"""Weights: how much each line, and each chapter, counts in an average.

    weights by lines     w(line) = value(line)
    weights by products  w(subheading) = value(subheading)
    weights by chapters  w(line) = value(chapter) x value of lines' year(line) / their sum in it
    where no line is at hand  w(subheading) = value(chapter) / number of subheadings in it
    weights of the world  w(subheading) = value to all(chapter) x value to one(subheading) / its sum

Weights are whole dollars, or whole cents where a file of one's own has cents; the parts of a
chapter add up to the chapter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detente._shapes import NamedTuple
from detente.trade.flows import Flows, FlowWeighting, Partner
from detente.trade.spread import by_chapter, in_groups, spread_inside
from detente.trade.weights_file import WeightError as WeightError
from detente.trade.weights_file import read_weights

AIRCRAFT = (
    "The statistics tell no products of civil aircraft, engines and parts: their number 880000 is "
    "of no subheading, and stands among what is not matched."
)

CODES = (8, 10)
EVERYBODY = "*"
"""The partner under which flows with all the world stand."""

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
    if weighting.flow == "exports":
        _only_own(weighting, origin)
    if weighting.kind == "products":
        return _of_products(flows, weighting, destination)
    if weighting.kind == "world":
        return _of_world(flows, weighting, destination)
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


def _only_own(weighting: FlowWeighting, origin: str) -> None:
    """Refuse exports of the United States as weights of another country's goods."""
    if origin != "US":
        raise WeightError(
            f"{weighting.name} weighs goods of the United States, not of {origin}: give a CSV file "
            "with the columns code and value"
        )


def _of_products(flows: Flows, weighting: FlowWeighting, destination: str) -> Weights:
    """Exports of the United States to a country by subheading."""
    return Weights(
        name=weighting.name,
        title=weighting.title,
        rule="each subheading weighs its own exports",
        lines=flows.products(weighting.flow, weighting.year, destination),
        units=1,
        without_line={},
        notes=(AIRCRAFT,),
    )


def _of_world(flows: Flows, weighting: FlowWeighting, destination: str) -> Weights:
    """Exports of the United States to all the world, by chapter; inside it, those to one country.

    A chapter whose groups of goods are published, such as its fuels, is first divided by them.
    """
    chapters = flows.chapters(weighting.flow, weighting.year, EVERYBODY)
    inside = by_chapter(flows.products(weighting.flow, weighting.year, destination))
    lines = spread_inside(chapters, inside)
    groups = flows.groups(weighting.flow, weighting.year, EVERYBODY)
    divided = sorted({group.chapter for group in groups})
    for chapter in divided:
        own = [group for group in groups if group.chapter == chapter]
        lines.update(in_groups(chapters[chapter], inside.get(chapter, {}), own))
    parted = ", ".join(f"{group.percent}% {group.name}" for group in groups)
    spread = {name: sum(units.values()) for name, units in by_chapter(lines).items()}
    left = {name: value - spread.get(name, 0) for name, value in chapters.items()}
    return Weights(
        name=weighting.name,
        title=weighting.title,
        rule="a chapter weighs its exports to all the world, and inside it each subheading its "
        f"share of those to {destination}: by product they are not at hand; chapter "
        f"{', '.join(divided)} is first divided as published ({parted})",
        lines=lines,
        units=1,
        without_line={name: value for name, value in left.items() if value},
        notes=(*_beside(flows, weighting), AIRCRAFT),
    )


def _beside(flows: Flows, weighting: FlowWeighting) -> Iterator[str]:
    """The weightings of the same year by what the one country bought."""
    names = [
        each.name
        for each in flows.weightings()
        if (each.destination, each.year) == (weighting.destination, weighting.year)
        and each != weighting
    ]
    if names:
        yield (
            f"These weights are what all the world bought; by what {weighting.destination} bought "
            f"the average is another: ask for the weights {' or '.join(names)}."
        )


def _of_chapters(flows: Flows, weighting: FlowWeighting, origin: str, destination: str) -> Weights:
    """Chapters of one year, inside each the lines of another."""
    partner = origin if weighting.flow == "imports" else destination
    chapters = flows.chapters(weighting.flow, weighting.year, partner)
    if not chapters:
        raise WeightError(
            f"{weighting.name} is not at hand for goods of {origin}: use weights by line, or give "
            "a CSV file with the columns code and value"
        )
    if weighting.flow == "exports":
        return _of_subheadings(flows, weighting, chapters)
    own = _partner(flows, origin)
    inside = by_chapter(flows.values(own.id))
    return Weights(
        name=weighting.name,
        title=_titled(weighting.title, own, origin),
        rule="a chapter weighs its value, and inside it each line its share of the imports by line "
        "at hand: product-level weights of the chapters' year are missing",
        lines=spread_inside(chapters, inside),
        units=1,
        without_line={name: value for name, value in chapters.items() if name not in inside},
        notes=_stands_in(own, origin),
        of_group=_group(own),
    )


def _of_subheadings(flows: Flows, weighting: FlowWeighting, chapters: Mapping[str, int]) -> Weights:
    """Chapters of one year, inside each every subheading of that year alike."""
    inside = by_chapter(dict.fromkeys(flows.subheadings(weighting.year), 1))
    return Weights(
        name=weighting.name,
        title=weighting.title,
        rule="a chapter weighs its value, and inside it every subheading of six digits the same: "
        "exports by product are not at hand",
        lines=spread_inside(chapters, inside),
        units=1,
        without_line={name: value for name, value in chapters.items() if name not in inside},
        notes=(),
    )


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
