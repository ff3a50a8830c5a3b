"""One article filed on two lines: the part of the value that a duty falls on, and the rest.

A duty on the metal of an article, or on what is not of the United States, is filed on a line of
its own, with its part of the entered value in whole dollars. Each part is asked of the engine by
itself, so that the duties are those of the lines as they are filed.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import dollars, fraction
from detente.duty.rates.amount import round_half_up
from detente.entry.duties import (
    PART,
    SHARE_OF_VALUE,
    AssessedLine,
    LineContext,
    SplitPart,
    ask,
    headings_of,
)

if TYPE_CHECKING:
    from detente.answers.duty import Duty
    from detente.answers.entry import FiledHeading


BY_VALUE = ("ad_valorem", "free", "cap")
"""Forms of a rate that a part of the value can be charged with, without a quantity of its own."""

WHOLE, NOTHING = "100%", "0%"
REST = "rest"


def with_split(over: LineContext, each: AssessedLine) -> AssessedLine:
    """A line with the two lines on which it is filed, whose duties are then its own."""
    split = _split(over, each)
    if not split:
        return each
    # Each filed line is rounded by itself, so the sum may be a cent off the duty of the whole.
    return each._replace(split=split, cents=sum(dollars(part.duty, PART) for part in split))


def _split(over: LineContext, each: AssessedLine) -> list[SplitPart]:
    """The two filed lines, or none where the article is filed on one."""
    answer, day, value = each.answer, each.deciding.day, each.value
    if answer is None or day is None:
        return []
    parts = [key for key in each.facts if key in SHARE_OF_VALUE or _is_part(over, key)]
    divided = any(layer["base"] not in (None, f"{value}.00") for layer in answer["layers"])
    if len(parts) != 1 or not divided or not _by_value(answer):
        return []
    key = parts[0]
    part = _dollars(key, each.facts[key], value)
    # A part that is all of the value, or none of it, leaves one line to file.
    if not 0 < part < value:
        return []
    rows: list[SplitPart] = []
    for name, amount, share in ((key, part, WHOLE), (REST, value - part, NOTHING)):
        found = ask(over, each.line, day, amount, {**each.facts, key: share})
        duty = found["total"]["amount"]
        if duty is None:
            return []
        rows.append(SplitPart(name, str(amount), _headings(found, name), duty))
    return rows


def _headings(found: Duty, name: str) -> list[FiledHeading]:
    """The headings of one filed line: without those that fall on nothing of it.

    A heading that takes an article out of a measure belongs to the line on which the measure is
    not charged.
    """
    charged = {layer["measure"] for layer in found["layers"] if layer["base"] != "0.00"}
    return [
        {**each, "part": name}
        for each in headings_of(found)
        if (name != REST or each["value"] != "0.00")
        and (each["value"] or _stands(each, found, name, charged))
    ]


def _stands(each: FiledHeading, found: Duty, name: str, charged: set[str]) -> bool:
    """Whether a heading without a duty belongs to a filed line."""
    # The code of the goods, which stands on both lines.
    if each["heading"] == found["filing"][-1]:
        return True
    if each["measure"] is None:
        # A heading that takes out the part under a stronger duty, of which the rest has none.
        return name != REST
    return each["measure"] not in charged


def _is_part(over: LineContext, key: str) -> bool:
    fact = over.register.facts.get(key)
    return fact is not None and fact.type == PART


def _by_value(answer: Duty) -> bool:
    return all(layer["form"] in BY_VALUE for layer in answer["layers"])


def _dollars(key: str, text: str, value: int) -> int:
    """Whole dollars of a part, which the facts have as dollars or as a share."""
    if key in SHARE_OF_VALUE:
        return round_half_up(fraction(text, key) * value)
    return dollars(text, key) // 100
