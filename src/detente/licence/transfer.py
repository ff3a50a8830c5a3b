"""How goods move, and whether that makes them subject to the law of a side.

An export leaves the country whose law is asked; a reexport leaves another one; a deemed export is
the release of technology or source code to a foreign person inside the country, and counts as an
export to the country of that person.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.deciding import named_item
from detente.controls.items import is_code, normal
from detente.controls.provisions import names, under_law
from detente.register.country_words import QuestionError

if TYPE_CHECKING:
    from detente.answers.licence import SubjectTo
    from detente.controls.law import ControlLaw, SideControls
    from detente.controls.model import LicenceQuestion
    from detente.licence.query import LicenceQuery

EXPORT, REEXPORT, DEEMED = "export", "reexport", "deemed"
TRANSFERS = (EXPORT, REEXPORT, DEEMED)
DEEMED_BY = "US"
"""The side whose law knows a deemed export that is recorded here."""

DEEMED_EXPORT = "deemed_export"
"""The entry fact that says so, for rules that leave deemed exports out."""

RELEASED = "DE"
"""Product groups of a control list that can be released to a person: software and technology."""


def is_deemed(query: LicenceQuery) -> bool:
    """Whether a deemed export is asked about."""
    return bool(query.deemed_to) or query.transfer == DEEMED


def check_transfer(query: LicenceQuery, start: str) -> None:
    """Refuse a way of moving that contradicts the rest of the question.

    Raises:
        QuestionError: it does; the message says what to do.
    """
    if query.transfer and query.transfer not in TRANSFERS:
        raise QuestionError(
            f"{query.transfer!r} is not a transfer: write {', '.join(TRANSFERS)}", "transfer"
        )
    if is_deemed(query):
        _check_deemed(query, start)
    elif query.transfer == EXPORT and start != DEEMED_BY:
        raise QuestionError(
            f"what leaves {start} is a reexport to the law of {DEEMED_BY}: leave --transfer out",
            "transfer",
        )
    elif query.transfer == REEXPORT and start == DEEMED_BY:
        raise QuestionError(f"what leaves {start} is an export: leave --transfer out", "transfer")


def _check_deemed(query: LicenceQuery, start: str) -> None:
    if not query.deemed_to:
        raise QuestionError(
            "a deemed export goes to a person: say whose citizenship with --deemed-to", "deemed_to"
        )
    if query.transfer not in ("", DEEMED):
        raise QuestionError("--deemed-to asks about a deemed export", "transfer")
    if start != DEEMED_BY:
        raise QuestionError(
            f"a deemed export is a release inside the {DEEMED_BY}: write --from {DEEMED_BY}", "from"
        )
    item = normal(query.item or "")
    if is_code(item) and item[1] not in RELEASED:
        raise QuestionError(
            f"{item} is a commodity, and none is released to a person: name the number of its "
            f"technology or software, such as {item[0]}E{item[2:5]}",
            "item",
        )


def transfer_of(query: LicenceQuery, question: LicenceQuestion) -> str:
    """``export``, ``reexport`` or ``deemed``."""
    if is_deemed(query):
        return DEEMED
    return EXPORT if question.start == DEEMED_BY else REEXPORT


def subject(law: ControlLaw, question: LicenceQuestion) -> list[SubjectTo]:
    """Whether the goods are subject to the law of each side that says so in words of its own.

    A row a side with ``subject`` true, false or null, and why: the doors through which its
    controls reach goods, one of which must be open.
    """
    return [row for regime in law.regimes if (row := _subject(law, regime, question))]


def _subject(law: ControlLaw, regime: SideControls, question: LicenceQuestion) -> SubjectTo | None:
    scope = regime.terms.read.scope
    if not scope:
        return None
    base = under_law(law, regime, scope, question)
    if base.holds:
        return {"by": regime.by, "subject": True, "why": base.text}
    others = [under_law(law, regime, door, question) for door in _doors(law, regime, question)]
    # One door that is surely open settles it; only then does one that may be open count.
    for holds in (True, None):
        for each in (base, *others):
            if each.holds is holds:
                return {"by": regime.by, "subject": holds, "why": each.text}
    measure = regime.measure(scope)
    ways = "; ".join(provision.title for provision in measure.provisions)
    return {"by": regime.by, "subject": False, "why": f"{base.text}: none of these holds: {ways}"}


def _doors(law: ControlLaw, regime: SideControls, question: LicenceQuestion) -> list[str]:
    """The measures that say what is subject, of the controls that may reach the goods."""
    item = named_item(law, regime, question.item or "")
    within = regime.catalogue.closure(item) if item else frozenset()
    measures = {each.id for each in regime.measures}
    found = [
        door
        for measure in regime.measures
        for provision in measure.provisions
        if item is None or within & {*names(provision, "items")}
        for door in names(provision, "under")
        if door in measures
    ]
    return list(dict.fromkeys(found))
