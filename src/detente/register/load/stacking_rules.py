"""Who gives way to whom: rows, and words for provisions that the rows name again and again."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number
from detente.register.load.events import day_of, instant_of, read_readings
from detente.register.model import StackingRule

if TYPE_CHECKING:
    from detente.register.load.yaml_reader import YamlNode

    Party = tuple[str, tuple[str, ...]]
    """A measure, and those of its provisions that are meant; none named means all that charge."""

    Groups = dict[str, YamlNode]

KEYS = (
    "yielding",
    "prevailing",
    "basis",
    "heading",
    "announced",
    "from",
    "until",
    "source",
    "readings",
)
REQUIRED = ("yielding", "prevailing", "basis", "announced", "from", "source")


def read_stacking_rules(root: YamlNode) -> list[tuple[StackingRule, YamlNode]]:
    """Rows of who gives way to whom, with the place where each stands.

    Args:
        root: the rows, or a mapping of ``groups`` (a word for each) and the ``rows`` that use them.
            A row that names several measures on either side is one row for each pair.
    """
    groups: Groups = {}
    if root.is_mapping:
        parts = root.mapping(("groups", "rows"), ("rows",))
        groups = parts["groups"].entries() if "groups" in parts else {}
        for item in groups.values():
            measure_and_provisions(item)
        root = parts["rows"]
    return [row for item in root.items() for row in _rows(item, groups)]


def _rows(item: YamlNode, groups: Groups) -> Iterator[tuple[StackingRule, YamlNode]]:
    """One row as written: a row for each pair of a yielding and a prevailing measure."""
    parts = item.mapping(KEYS, REQUIRED)
    # The zone does not matter for bare days; instants among yields carry their offset.
    start = instant_of(parts["from"], "UTC")
    until = instant_of(parts["until"], "UTC") if "until" in parts else None
    if until is not None and until <= start:
        parts["until"].fail("`until` is not after `from`", "It is the first day without it")
    for yielding, yielding_provisions in _parties(parts["yielding"], groups):
        for prevailing, prevailing_provisions in _parties(parts["prevailing"], groups):
            row = StackingRule(
                yielding=yielding,
                yielding_provisions=yielding_provisions,
                prevailing=prevailing,
                prevailing_provisions=prevailing_provisions,
                basis=parts["basis"].word(("article", "content")),
                heading=parts["heading"].quoted("the heading") if "heading" in parts else None,
                announced=day_number(day_of(parts["announced"])),
                start=start,
                until=until,
                sources=tuple(each.text() for each in parts["source"].one_or_many()),
                readings=read_readings(parts.get("readings")),
            )
            yield row, item


def _parties(item: YamlNode, groups: Groups) -> Iterator[Party]:
    """One name or several, a word of a group standing for what the group says."""
    for each in item.one_or_many():
        yield measure_and_provisions(groups.get(each.text(), each))


def measure_and_provisions(item: YamlNode) -> Party:
    """``us-232-metals`` or ``us-232-metals/[steel, aluminum]``."""
    text = item.text()
    measure, slash, provisions = text.partition("/")
    if not slash:
        return measure, ()
    names = tuple(name.strip() for name in provisions.strip("[]").split(",") if name.strip())
    if not names:
        item.fail(
            f"`{text}` names no provision after the slash", "Write measure/[provision, provision]"
        )
    return measure, names
