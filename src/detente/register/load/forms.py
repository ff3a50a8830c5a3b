"""Duty forms as the register writes them: "25%", "$0.22/W", a cap, a quota, unknown."""

from __future__ import annotations

import re
from fractions import Fraction

from detente.core.figures import millionths_of, percent
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import DutyRate

FORMS = ("free", "add", "cap", "specific", "minimum_price", "quota", "flat", "unknown", "column")
"""Keys of a period that give a duty; at most one may stand in a period."""

COLUMNS = ("general", "other", "special")

_PRICE = re.compile(r"\$([0-9]{1,9})(?:\.([0-9]{1,9}))?/([A-Za-z0-9 ]+)")


def price(text: str) -> tuple[int, str] | None:
    """Billionths of a dollar and the unit of "$0.22/W"; None when the text is not such a price."""
    found = _PRICE.fullmatch(text)
    if found is None:
        return None
    # Digits are filled up to billionths, so that no fraction passes through a float.
    part = (found.group(2) or "").ljust(9, "0")
    return int(found.group(1)) * 1_000_000_000 + int(part), found.group(3).strip()


def read_duty(entries: dict[str, YamlNode]) -> DutyRate | None:
    """The duty that a period gives, or None when it gives none."""
    forms = [form for form in FORMS if form in entries]
    if not forms:
        return None
    if len(forms) > 1:
        entries[forms[1]].fail(
            f"two duty forms in one period, `{forms[0]}` and `{forms[1]}`",
            "Write one period for each",
        )
    form = forms[0]
    return _READERS[form](entries[form], entries)


def duty_of(form: str, item: YamlNode) -> DutyRate:
    """A duty from a form's name and the item that holds its value, as in a table of places."""
    if form not in _READERS:
        item.fail(f"unknown duty form `{form}`", f"Expected one of {', '.join(FORMS)}")
    return _READERS[form](item, {})


def _rate(item: YamlNode) -> int:
    text = item.quoted("the rate")
    rate = millionths_of(text)
    if rate is None:
        item.fail(f'cannot read the rate "{text}"', 'Write a percentage such as "7.5%", or unknown')
    return rate


def _free(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    if not item.boolean():
        item.fail("`free: false` says nothing", "Leave it out, or write the duty that applies")
    return DutyRate("free", "free")


def _add(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    if item.raw == "unknown":
        return DutyRate("unknown", "unknown")
    rate = _rate(item)
    return DutyRate("add", percent(Fraction(rate, 10**6)), rate=rate)


def _cap(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    rate = _rate(item)
    return DutyRate("cap", f"up to {percent(Fraction(rate, 10**6))} with column 1", rate=rate)


def _priced(form: str, item: YamlNode) -> DutyRate:
    text = item.quoted("the price")
    found = price(text)
    if found is None:
        item.fail(f'cannot read the price "{text}"', 'Write dollars a unit, such as "$0.22/W"')
    return DutyRate(form, text, price=found[0], unit=found[1])


def _specific(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    return _priced("specific", item)


def _minimum_price(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    return _priced("minimum_price", item)


def _quota(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    parts = item.mapping(("in", "over"), ("in", "over"))
    inside, over = _rate(parts["in"]), _rate(parts["over"])
    text = f"{percent(Fraction(inside, 10**6))} in quota, {percent(Fraction(over, 10**6))} over"
    return DutyRate("quota", text, rate=inside, over=over)


def _flat(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    return _priced("flat", item)


def _unknown(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    if not item.boolean():
        item.fail("`unknown: false` says nothing", "Leave it out, or write the duty that applies")
    return DutyRate("unknown", "unknown")


def _column(item: YamlNode, entries: dict[str, YamlNode]) -> DutyRate:
    column = item.word(COLUMNS)
    programs: tuple[str, ...] = ()
    if "programs" in entries:
        programs = tuple(each.quoted("the program") for each in entries["programs"].items())
    if column == "special" and not programs:
        item.fail("the special column needs programs", 'Add programs: ["S", "S+"]')
    return DutyRate("column", column, column=column, programs=programs)


_READERS = {
    "free": _free,
    "add": _add,
    "cap": _cap,
    "specific": _specific,
    "minimum_price": _minimum_price,
    "quota": _quota,
    "flat": _flat,
    "unknown": _unknown,
    "column": _column,
}
