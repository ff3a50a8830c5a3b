"""The red flags of the export regulations, matched to what a transaction states.

A flag is ``seen`` where the answer itself bears its sign; of all others nothing is known from a
question, and the record says that they are to be asked. Kept in our words.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.control_list import ControlList

if TYPE_CHECKING:
    from detente.answers.assess import RedFlag
    from detente.answers.licence import Licence
    from detente.licence.query import LicenceQuery

CITATION = "15 CFR part 732, Supplement No. 3"
SEEN, ASK = "seen", "to be asked"
PARTY = "party_found"
"""The sign that is a flag by itself; the others say where a question is most needed."""

UNFOUND = "nothing_found"
"""The sign that names were screened, and none was found."""


def red_flags(answer: Licence, query: LicenceQuery) -> list[RedFlag]:
    """Every red flag with ``state`` and, where it is seen, by what.

    Args:
        answer: a licence answer under the keys of the interface.
        query: its question.
    """
    seen_flags = _seen_flags(answer, query)
    return [
        {
            "key": key,
            "text": text,
            "state": SEEN if seen == PARTY and seen in seen_flags else ASK,
            "why": seen_flags.get(seen) or (seen_flags.get(UNFOUND, "") if seen == PARTY else ""),
            "citation": CITATION,
        }
        for key, text, seen in ControlList().red_flags()
    ]


def _seen_flags(answer: Licence, query: LicenceQuery) -> dict[str, str]:
    """The signs that an answer bears, each with what shows it."""
    found: dict[str, str] = {}
    if answer["parties"]:
        hits = "; ".join(f"{each['entry']} ({each['list']})" for each in answer["parties"])
        found[PARTY] = f"screening found {hits}"
    elif query.end_user or query.parties:
        found[UNFOUND] = "the names were screened without a hit; see Parties for what was read"
    if not query.end_use and "end_use" not in query.params:
        found["no_end_use"] = "no end use is stated"
    if not query.end_user and not query.parties:
        found["no_end_user"] = "no end user is named"
    for each in answer["open_questions"]:
        if each["fact"] == "headquarters":
            found["headquarters_open"] = "the question of headquarters is open"
        if each["fact"] in ("us_technology", "direct_product_input"):
            found["direct_product_open"] = "the question of the direct product is open"
    return found
