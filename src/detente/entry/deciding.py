"""The day whose rates an entry pays: of entry, of transit, of withdrawal, of status in a zone."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.stated_days import named_day
from detente.duty.question import QuestionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.entry.summary import SummaryLine
    from detente.entry.tables import EntryType, FeeTables, RateDayRule

PRIVILEGED, NONPRIVILEGED, DOMESTIC = "privileged", "nonprivileged", "domestic"
STATUSES = {
    "p": PRIVILEGED, "pf": PRIVILEGED, "privileged": PRIVILEGED,
    "privileged foreign": PRIVILEGED, "n": NONPRIVILEGED, "npf": NONPRIVILEGED,
    "nonprivileged": NONPRIVILEGED, "non privileged": NONPRIVILEGED,
    "nonprivileged foreign": NONPRIVILEGED, "d": DOMESTIC, "domestic": DOMESTIC,
}  # fmt: skip
"""Status of goods in a foreign-trade zone, as the form and people write it."""


class Deciding(NamedTuple):
    """The day that decides the rates of a line.

    Attributes:
        day: ISO; None where it is not known, or where nothing is due.
        rule: which day that is, in law.
        status: the status in the zone; "" for goods that come from none.
        missing: what the filer must say for the day to be certain; "" where nothing.
    """

    day: str | None
    rule: RateDayRule
    status: str = ""
    missing: str = ""


def checked_days(header: Mapping[str, str]) -> None:
    """Refuse a day of the header that is none.

    Raises:
        ValueError: one is none; the message names it.
    """
    for key in ("entry_date", "import_date", "it_date", "withdrawal_date"):
        if key in header:
            named_day(header[key], key)


def deciding(
    known: FeeTables, kind: EntryType, header: Mapping[str, str], entry_date: str, line: SummaryLine
) -> Deciding:
    """The day that decides the rates of a line.

    Raises:
        ValueError: a zone status or a day is none.
    """
    if kind.kind == "zone":
        return _in_zone(known, entry_date, line)
    for key in ("zone_status", "admission_date"):
        if key in line.filed:
            raise QuestionError(
                f"line {line.id}, {key} is for an entry from a foreign-trade zone, type 06, and "
                f"the type is {kind.type}"
            )
    if kind.kind == "withdrawal":
        return Deciding(header.get("withdrawal_date", entry_date), known.deciding["withdrawal"])
    if "it_date" in header:
        if kind.kind == "quota":
            # Goods under a quota do not go by the day of transit (19 CFR 132.11 in
            # data/entry/deciding.tsv).
            return Deciding(entry_date, known.deciding["quota"])
        return Deciding(header["it_date"], known.deciding["transit"])
    return Deciding(entry_date, known.deciding["entry"])


def _in_zone(known: FeeTables, entry_date: str, line: SummaryLine) -> Deciding:
    text = line.filed.get("zone_status", "")
    word = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    if not word:
        what = "zone_status: privileged, nonprivileged or domestic"
        # The day of entry stands in, and `what` keeps the answer from passing for settled.
        return Deciding(entry_date, known.deciding[NONPRIVILEGED], "", what)
    if word not in STATUSES:
        raise QuestionError(
            f"line {line.id}, zone_status {text!r} is not known: write privileged, nonprivileged "
            "or domestic"
        )
    status = STATUSES[word]
    if status == DOMESTIC:
        return Deciding(None, known.deciding[DOMESTIC], status)
    if status == NONPRIVILEGED:
        return Deciding(entry_date, known.deciding[NONPRIVILEGED], status)
    admitted = line.filed.get("admission_date")
    if admitted is None:
        what = "admission_date: the day on which privileged foreign status was given"
        return Deciding(None, known.deciding[PRIVILEGED], status, what)
    named_day(admitted, f"line {line.id}, admission_date")
    if admitted > entry_date:
        raise QuestionError(
            f"line {line.id}, admission_date {admitted} is after the entry of {entry_date}"
        )
    return Deciding(admitted, known.deciding[PRIVILEGED], status)
