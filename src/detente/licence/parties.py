"""Parties of a transaction as controls name them: by a word, by a list, or by screening a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.law import ControlLaw
from detente.controls.model import PartyFinding
from detente.core.clock import day_number, day_text
from detente.core.vocabulary import UnknownWordError, near_miss
from detente.licence.listing_days import listing_of
from detente.parties.lists.announced import cites
from detente.register.country_words import QuestionError
from detente.register.words import list_word

if TYPE_CHECKING:
    from detente.answers.licence import PartyFound
    from detente.licence.lists import DayLists
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.hits import NameHit
    from detente.register.control_terms import PartyClass

SURE = 0.9
"""Score from which a hit of the screening is decided on; a weaker one is an open question."""


class PartyFindings(NamedTuple):
    """What was found about one party: classes that controls name, and the hits behind them.

    ``use`` is a word of end use where the party was given by such a word; ``by_name`` says that it
    was given by its name, and screened.
    """

    name: str
    role: str
    findings: tuple[PartyFinding, ...]
    hits: tuple[PartyFound, ...]
    use: str = ""
    by_name: bool = False


def find_party(law: ControlLaw, name: str, role: str, lists: DayLists) -> PartyFindings:
    """What a party is to the controls of both sides.

    Args:
        law: the controls, with the classes of parties that they name.
        name: a word of end use (``military``), a class (``EL-FN5``), or the name of a party.
        role: ``end_user`` or ``exporter``.
        lists: the lists as of the day.

    Raises:
        ValueError: the name has no letter and no digit, or is a slip of such a word or class.
    """
    word = name.strip().lower().replace("-", "_").replace(" ", "_")
    if role == "end_user" and word in law.facts["end_use"].words:
        return PartyFindings(name, role, (), (), word)
    classes = {each.name.lower(): each for side in law.regimes for each in side.terms.parties}
    stated = classes.get(name.strip().lower()) or classes.get(_list_titled(law, name).lower())
    # A class called as a party of its own, such as ZTE, is that party's name: it is screened too.
    if stated is not None and not any(_bears(name, listed) for listed in stated.names):
        wider = classes.get(stated.list.lower()) if not stated.instead else None
        words = dict.fromkeys(each.name for each in (stated, wider) if each is not None)
        found = tuple(PartyFinding(f"the {role.replace('_', ' ')}", role, each) for each in words)
        return PartyFindings(name, role, found, ())
    named = tuple(_named(law, name, role))
    if not named:
        _refuse_slip(law, name, role, [each.name for each in classes.values()])
    screened, hits = _screened(law, name, role, lists)
    return PartyFindings(name, role, (*named, *screened), hits, by_name=True)


def _list_titled(law: ControlLaw, name: str) -> str:
    """The list of parties that a title such as ``Entity List`` names, "" for none."""
    try:
        return list_word(name, law.register.spoken, ())
    except UnknownWordError:
        return ""


def _refuse_slip(law: ControlLaw, name: str, role: str, classes: list[str]) -> None:
    """Refuse what is nearly a word of end use, a class or a list: as a name it would clear.

    Raises:
        QuestionError: it is.
    """
    titles = [word for words in law.register.spoken.lists.values() for word in words]
    uses = law.facts["end_use"].words if role == "end_user" else ()
    spaced = [each.replace("_", " ") for each in uses]
    meant = near_miss(name.strip(), (*uses, *spaced, *classes, *law.register.spoken.lists, *titles))
    if meant is not None:
        raise QuestionError(
            f"{name!r} is neither a word of end use nor a class of parties: did you mean {meant}? "
            "If it is the name of a company, write it in full, such as Civic Trading Ltd",
            role,
        )


def _named(law: ControlLaw, name: str, role: str) -> Iterator[PartyFinding]:
    """Classes that name their parties themselves."""
    for side in law.regimes:
        for each in side.terms.parties:
            if any(_bears(name, listed) for listed in each.names):
                yield PartyFinding(name, role, each.name, entry=each.title)


def _bears(name: str, listed: str) -> bool:
    """Whether a name holds another as whole words."""
    if not listed.isascii():
        return listed in name
    # A name may end in a bracket, after which there is no edge of a word.
    return re.search(rf"(?<!\w){re.escape(listed)}(?!\w)", name, re.IGNORECASE) is not None


def _screened(
    law: ControlLaw, name: str, role: str, lists: DayLists
) -> tuple[tuple[PartyFinding, ...], tuple[PartyFound, ...]]:
    found: list[PartyFinding] = []
    hits: list[PartyFound] = []
    for hit in lists.hits(name):
        words = list(classes_of(law, hit.entry))
        if not words:
            continue
        findings = [_finding(law, name, role, hit, word, lists) for word in words]
        found.extend(findings)
        listing = listing_of(law, hit.entry, lists.known_from(hit.entry))
        # What today's list says is not said of a day before its last change.
        younger = lists.is_younger(hit.entry) or lists.day < hit.entry.changed
        hits.append(
            {
                "name": name,
                "role": role,
                "entry": hit.entry.names[0].text,
                "list": hit.entry.list,
                "score": str(hit.score),
                "why": list(hit.why),
                "classes": words,
                "requirement": None if younger else hit.entry.requirement_text or None,
                "policy_text": None if younger else hit.entry.policy_text or None,
                "citation": hit.entry.citation or None,
                "listed_on": None
                if listing.since is None or listing.certain is not None
                else day_text(listing.since),
                "decided_on": hit.is_close(SURE),
            }
        )
    return tuple(found), tuple(hits)


def classes_of(law: ControlLaw, entry: ListedEntry) -> Iterator[str]:
    """The classes of parties that an entry of a list belongs to."""
    for side in law.regimes:
        fits = [each for each in side.terms.parties if _fits(each, entry)]
        instead = any(each.instead for each in fits)
        for each in fits:
            if not (instead and each.name == entry.list):
                yield each.name


def _fits(each: PartyClass, entry: ListedEntry) -> bool:
    if not each.list or each.list != entry.list:
        return False
    if each.cited and not any(cites(entry.citation, cited) for cited in each.cited):
        return False
    return not each.requirement or any(
        words in entry.requirement_text for words in each.requirement
    )


def _finding(
    law: ControlLaw, name: str, role: str, hit: NameHit, word: str, lists: DayLists
) -> PartyFinding:
    """What an entry means for its party; what today's list says is not said of an earlier day."""
    entry = hit.entry
    listing = listing_of(law, entry, lists.known_from(entry), word in _footnotes(law))
    return PartyFinding(
        name=name,
        role=role,
        word=word,
        policy="" if lists.is_younger(entry) or lists.day < entry.changed else entry.policy,
        entry=entry.names[0].text,
        citation=entry.citation,
        since=listing.since,
        until=day_number(entry.until) if entry.until else None,
        likely=hit.is_close(SURE),
        certain=listing.certain,
    )


def _footnotes(law: ControlLaw) -> set[str]:
    """Classes that a party belongs to by words of its entry, which may have come later than it."""
    return {
        each.name
        for side in law.regimes
        for each in side.terms.parties
        if each.requirement and not each.settled
    }
