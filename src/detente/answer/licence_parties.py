"""Parties of a transaction as controls name them: by a word, by a list, or by screening a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.law import Law
from detente.controls.model import PartyFinding
from detente.register.clock import day_number

if TYPE_CHECKING:
    from typing import Any

    from detente.parties.model import Entry
    from detente.parties.screening import Hit
    from detente.register.control_terms import PartyClass

SURE = 0.9
"""Score from which a hit of the screening is decided on; a weaker one is an open question."""


FEDERAL_REGISTER = 1935
"""Volume 1 of the Federal Register is of the year after this one; each year is a volume."""


class Screened(NamedTuple):
    """What was found about one party: classes that controls name, and the hits behind them.

    ``use`` is a word of end use where the party was given by such a word.
    """

    name: str
    role: str
    findings: tuple[PartyFinding, ...]
    hits: tuple[dict[str, Any], ...]
    use: str = ""


def find_party(law: Law, name: str, role: str) -> Screened:
    """What a party is to the controls of both sides.

    Args:
        law: the controls, with the classes of parties that they name.
        name: a word of end use (``military``), a class (``EL-FN5``), or the name of a party.
        role: ``end_user`` or ``exporter``.

    Raises:
        ValueError: the name has no letter and no digit.
    """
    word = name.strip().lower().replace("-", "_").replace(" ", "_")
    if role == "end_user" and word in law.facts["end_use"].words:
        return Screened(name, role, (), (), word)
    classes = {each.name.lower(): each for side in law.regimes for each in side.terms.parties}
    if (given := classes.get(name.strip().lower())) is not None:
        wider = classes.get(given.list.lower()) if not given.instead else None
        words = dict.fromkeys(each.name for each in (given, wider) if each is not None)
        found = tuple(PartyFinding(f"the {role.replace('_', ' ')}", role, each) for each in words)
        return Screened(name, role, found, ())
    named = tuple(_named(law, name, role))
    screened, hits = _screened(law, name, role)
    return Screened(name, role, (*named, *screened), hits)


def _named(law: Law, name: str, role: str) -> Iterator[PartyFinding]:
    """Classes that name their parties themselves."""
    for side in law.regimes:
        for each in side.terms.parties:
            if any(_bears(name, listed) for listed in each.names):
                yield PartyFinding(name, role, each.name, entry=each.title)


def _bears(name: str, listed: str) -> bool:
    """Whether a name holds another as whole words."""
    if not listed.isascii():
        return listed in name
    return re.search(rf"\b{re.escape(listed)}\b", name, re.IGNORECASE) is not None


def _screened(
    law: Law, name: str, role: str
) -> tuple[tuple[PartyFinding, ...], tuple[dict[str, Any], ...]]:
    from detente.parties.store import Screen

    found: list[PartyFinding] = []
    hits: list[dict[str, Any]] = []
    for hit in Screen().hits(name):
        words = list(classes_of(law, hit.entry))
        if not words:
            continue
        found.extend(_finding(name, role, hit, word) for word in words)
        hits.append(
            {
                "name": name,
                "role": role,
                "entry": hit.entry.names[0].text,
                "list": hit.entry.list,
                "score": str(hit.score),
                "why": list(hit.why),
                "classes": words,
                "decided_on": hit.score >= SURE,
            }
        )
    return tuple(found), tuple(hits)


def classes_of(law: Law, entry: Entry) -> Iterator[str]:
    """The classes of parties that an entry of a list belongs to."""
    for side in law.regimes:
        fits = [each for each in side.terms.parties if _fits(each, entry)]
        instead = any(each.instead for each in fits)
        for each in fits:
            if not (instead and each.name == entry.list):
                yield each.name


def _fits(each: PartyClass, entry: Entry) -> bool:
    if not each.list or each.list != entry.list:
        return False
    if each.cited and not any(_cites(entry.citation, cited) for cited in each.cited):
        return False
    return not each.requirement or any(
        words in entry.requirement_text for words in each.requirement
    )


def _cites(citation: str, cited: str) -> bool:
    """Whether a citation names another, and not a longer number that begins like it."""
    return re.search(rf"(?<![0-9]){re.escape(cited)}(?![0-9])", citation) is not None


def first_cited(citation: str) -> int | None:
    """The first day of the year of the earliest volume of the Federal Register that is cited.

    The Entity List does not say when it listed a party, but cites where it did. None where no
    volume is cited.
    """
    volumes = [int(volume) for volume in re.findall(r"\b(\d{1,3}) FR \d", citation)]
    return day_number(f"{FEDERAL_REGISTER + min(volumes)}-01-01") if volumes else None


def _finding(name: str, role: str, hit: Hit, word: str) -> PartyFinding:
    entry = hit.entry
    return PartyFinding(
        name=name,
        role=role,
        word=word,
        policy=entry.policy,
        entry=entry.names[0].text,
        citation=entry.citation,
        since=day_number(entry.since) if entry.since else first_cited(entry.citation),
        until=day_number(entry.until) if entry.until else None,
        likely=hit.score >= SURE,
    )
