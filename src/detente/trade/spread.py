"""The value of a chapter spread over what is inside it, to the dollar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.trade.flows import FlowGroup

WHOLE = 100


def by_chapter(codes: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Values of codes, apart for each chapter."""
    inside: dict[str, dict[str, int]] = {}
    for code, value in codes.items():
        inside.setdefault(code[:2], {})[code] = value
    return inside


def spread_inside(
    chapters: Mapping[str, int], inside: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """The value of every chapter on what is inside it; one with nothing inside is left out."""
    return {
        code: part
        for chapter, value in chapters.items()
        for code, part in spread(value, inside.get(chapter, {})).items()
    }


def spread(value: int, parts: Mapping[str, int]) -> dict[str, int]:
    """A value over its parts, in proportion to theirs, adding up to it to the dollar."""
    total = sum(parts.values())
    found = {}
    seen = before = 0
    for code, own in parts.items():
        seen += own
        # Sums are rounded and not the parts, so what rounding takes from one goes to the next.
        upto = value * seen // total
        found[code] = upto - before
        before = upto
    return found


def in_groups(value: int, inside: Mapping[str, int], groups: Iterable[FlowGroup]) -> dict[str, int]:
    """A chapter's value over its codes, where published shares tell its groups apart.

    Args:
        value: of the chapter.
        inside: what its codes weigh beside each other within a group.
        groups: the chapter's groups, 100 percent together, one of them without codes.

    Returns:
        The value of each code. A group under which no code is at hand is left out.
    """
    named = {group.name: group for group in groups}
    rest = next(group.name for group in named.values() if not group.codes)
    found: dict[str, dict[str, int]] = {name: {} for name in named}
    for code, own in inside.items():
        name = next((each.name for each in named.values() if code.startswith(each.codes)), rest)
        found[name][code] = own
    shares = spread(value, {name: group.percent for name, group in named.items()})
    return spread_inside(shares, found)
