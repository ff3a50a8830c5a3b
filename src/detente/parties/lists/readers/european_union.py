"""What the files of the European Union say of a party, XML as CSV: its days and its addresses.

A file names the last regulation on a party, which is seldom the one that listed it: that may be
years older. Names and addresses name the regulations that brought them.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.parties.lists.readers.common import day_if_any, written_out

FORMS = ("%Y-%m-%d", "%d/%m/%Y")
"""How its files write days."""
CHANGING = frozenset(("amendment", "repealing", "corrigendum"))
"""Types of regulations that may change an entry that stood there before."""
DESIGNATED = "designation"
"""What stands for the regulation that listed a party, where the file names a later one alone."""
AT_THE_LATEST = "listed at the latest on {}: the file has no day of designation"


class Regulation(NamedTuple):
    """A regulation as it is named beside a party, a name or an address of it.

    Attributes:
        title: its number.
        in_force: first day, or "".
        published: day of the Official Journal, or "".
        type: such as `amendment`.
    """

    title: str
    in_force: str
    published: str
    type: str = ""

    def day(self) -> str:
        """The day from which it holds, as far as it is told."""
        return day_of(self.in_force) or day_of(self.published)


class EuDays(NamedTuple):
    """Since when a party is listed, what changed it, and what must be known of the day."""

    since: str
    changes: str
    note: str

    def behind(self, remark: str) -> str:
        """What must be known of the day behind what the file remarks."""
        if not (remark and self.note):
            return remark or self.note
        return f"{remark.rstrip('.')}. {self.note}"


def day_of(text: str) -> str:
    """A day as ISO; the text itself where it is none."""
    day = text.partition("T")[0]
    return day_if_any(day, *FORMS) or day


def eu_days(designated: str, own: Regulation, others: Iterable[Regulation]) -> EuDays:
    """The days of a party.

    Args:
        designated: day of its designation, or "".
        own: the regulation that the file names for the party itself.
        others: those that it names for its names and addresses.
    """
    found = (own, *others)
    first = min(filter(None, (each.day() for each in found)), default="")
    since, note = day_of(designated), ""
    if not since:
        since = first
        # What amends may also be what lists, so that the first day is that at the latest.
        note = AT_THE_LATEST.format(since) if since and own.type in CHANGING else ""
    days = {each.title: each.day() for each in reversed(found) if each.title and each.day()}
    dated = sorted((day, title) for title, day in days.items())
    if since and since < first:
        dated.insert(0, (since, DESIGNATED))
    changes = "; ".join(f"{title}={day}" for day, title in dated) if len(dated) > 1 else ""
    return EuDays(since, changes, note)


def eu_address(
    street: str, po_box: str, place: str, postal_code: str, city: str, region: str, country: str
) -> str:
    """An address as one line; a place or region that stands in its street or city is said there."""
    said = f"{street}, {city}"
    place, region = (text if text not in said else "" for text in (place, region))
    return written_out((street, po_box, place, postal_code, city, region, country))


PARTS_OF_ADDRESS = (
    "Street", "PoBox", "Place", "ZipCode", "City", "Region", "CountryDescription",
)  # fmt: skip
"""What both files call the parts of an address, in the order of `eu_address`."""
