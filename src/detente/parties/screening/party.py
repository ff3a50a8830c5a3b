"""One listed party whole: every list it stands on, its days, relations, and what follows."""

from __future__ import annotations

import re
from contextlib import closing

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.keys import key_of, key_of_name
from detente.parties.lists.model import OFFICIAL, notices_in
from detente.parties.lists.standing import NOT_LISTED
from detente.parties.names.names import is_han
from detente.parties.screening.answer import SAME, consequences, on_lists
from detente.parties.screening.list_coverage import screened
from detente.parties.screening.related import related
from detente.parties.screening.store import VERDICTS, open_built_in, other_parties

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from detente.answers.parties import (
        NearParty,
        PartyDay,
        PartyIdentity,
        PartyName,
        PartyOnList,
        PartyRecord,
        SharedNameParty,
    )
    from detente.parties.lists.announced import AnnouncedSuspension
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.store import Screen
    from detente.register.book import Register

NEAR = 5
"""Parties that are offered where a name is that of none."""

MARK = re.compile(r"[0-9a-f]{8}")
"""What a key ends with, behind the name of the list."""

OWNERS = (
    "No shares of owners are held: what the lists print of parents and affiliates stands "
    "under related. Say who owns it with `detente owners FILE --screen`."
)
"""What is held of the owners of a listed party."""


def answer_party(register: Register, screen: Screen, text: str, on: str) -> PartyRecord:
    """One party by a name or by a key such as EL-1a2b3c4d.

    Args:
        register: what standing on a list means.
        screen: the lists, opened for the day by the reading of the register.
        text: a name in any script, or a key, in large or small letters.
        on: a day or an instant.

    Returns:
        ``on, reading, status, party, lists, days, related, namesakes, near, sources, coverage``.
        ``status`` is ``found``; ``near`` where only likenesses of the name are held, which stand
        under ``near``; else what screening says of a name that nobody comes close to. ``related``
        are all parties that it has to do with, whether it is listed itself or not.

    Raises:
        ValueError: the text is a key, and no entry of its list has it on the day.
    """
    read = screened(screen)
    hit, others = _hit(screen, text)
    entries = [] if hit is None else list(hit.entries)
    status = "found" if hit is not None else "near" if others else read.status_of([])
    namesakes = list(_namesakes(entries))
    # Said once: what is told apart, or may be the party, does not only bear the brand or come near.
    told = {(each["list"], each["entry"]) for each in namesakes}
    # A body that no list names may stand in the names of others, as an academy does in institutes'.
    name, hits = (text, others) if hit is None else (entries[0].names[0].text, [hit])
    beside = related(screen, name, hits, most=None)
    return {
        "on": screen.day,
        "reading": read.reading,
        "status": status,
        "party": None if hit is None else _party(hit),
        "lists": [] if hit is None else list(_lists(register, screen, read, hit, on)),
        "days": list(_days(entries, screen.pauses)),
        "related": [
            each.row() for each in beside if each.citation or _printed(each.entry) not in told
        ],
        "owners": None if hit is None else OWNERS,
        "namesakes": namesakes,
        "near": [_offered(each) for each in others if _printed(each.entry) not in told],
        "reason": read.reason_of(status) or None,
        "coverage": list(read.rows),
        "beside": list(read.beside),
    }


def _lists(
    register: Register, screen: Screen, read: ListsCoverage, hit: NameHit, on: str
) -> Iterator[PartyOnList]:
    """What each list says of a party, and what standing on it means where it stands there."""
    described = on_lists(hit, read.standing, read.day, read.cited, read.heard)
    for entry, row in zip(hit.entries, described, strict=True):
        yield {
            **row,
            "key": key_of(entry),
            "title": screen.facts[entry.list].title if entry.list in screen.facts else "",
            "grade": entry.grade,
            "follows": [
                {
                    "measure": each.measure,
                    "title": each.title,
                    "limb": each.provision,
                    "what": each.what,
                    "decision": each.decision,
                    "policy": each.policy,
                    "everything": each.everything,
                    "citation": each.citation,
                    "sources": list(each.sources),
                }
                for each in consequences(register, {entry.list}, on)
                if row["standing"] not in NOT_LISTED
            ],
        }


def hit_of_key(screen: Screen, key: str) -> NameHit | None:
    """The listed party with a key such as EL-1a2b3c4d; None where no list has it.

    Args:
        screen: the lists.
        key: as keys are written; see ``key_of_text``.
    """
    return _hit(screen, key)[0] if _name_of_key(screen, key) else None


def _hit(screen: Screen, text: str) -> tuple[NameHit | None, list[NameHit]]:
    """The party of a key or of a name, and those that a name only comes close to."""
    key = key_of_text(screen, text)
    named = key and _name_of_key(screen, key)
    if key and not named:
        code = key.rpartition("-")[0]
        raise ValueError(
            f"no entry of the list {code} has the key {key} on {screen.day}: write a name, or a "
            "key as a screening of that day gives it"
        )
    found = screen.parties(named or text, None, NEAR)
    if named:
        same = [hit for hit in found if key in map(key_of, hit.entries)]
        return (same[0] if same else None), [hit for hit in found if hit not in same]
    if found and found[0].is_close(SAME):
        return found[0], found[1:]
    return None, found


def key_of_text(screen: Screen, text: str) -> str:
    """The key that a text is, as keys are written.

    Args:
        screen: the lists.
        text: a key in large or small letters, or a name.

    Returns:
        "" for what is no key of a list that is held.
    """
    code, _, mark = text.strip().casefold().rpartition("-")
    if not MARK.fullmatch(mark):
        return ""
    codes = (each for each in screen.counting if each.casefold() == code)
    return next((f"{each}-{mark}" for each in codes), "")


def _name_of_key(screen: Screen, key: str) -> str:
    """The first name of the entry with a key, as keys are written; "" for none."""
    code = key.rpartition("-")[0]
    if code not in screen.counting:
        return ""
    for lists in screen.lists:
        for _, entry in lists.bodies():
            if entry.list == code and key_of(entry) == key:
                return entry.names[0].text
    return ""


def _namesakes(entries: Iterable[ListedEntry]) -> Iterator[SharedNameParty]:
    """Entries of other lists that print a name of the party and are not told as it."""
    own = set(map(_printed, entries))
    if not own:
        return
    with closing(open_built_in()) as database:
        pairs = other_parties(database)
    for pair in pairs:
        if found := pair.of(own):
            code, name = found
            yield {"entry": name, "list": code, "key": key_of_name(code, name),
                   "verdict": pair.verdict,
                   "why": f"{VERDICTS[pair.verdict]}: {pair.note}"}  # fmt: skip


def _printed(entry: ListedEntry) -> tuple[str, str]:
    """An entry by its list and the name that stands first there."""
    return entry.list, entry.names[0].text


def _offered(hit: NameHit) -> NearParty:
    return {"entry": hit.entry.names[0].text, "list": hit.entry.list, "key": key_of(hit.entry),
            "score": str(hit.score), "why": "; ".join(hit.why)}  # fmt: skip


def _party(hit: NameHit) -> PartyIdentity:
    names: dict[str, PartyName] = {}
    for entry in hit.entries:
        for each in entry.names:
            row = names.setdefault(
                each.text,
                {"text": each.text, "chinese": is_han(each.text[0]), "grade": each.grade,
                 "read_at": each.place or None, "lists": []},
            )  # fmt: skip
            if each.grade == OFFICIAL:
                row["grade"] = OFFICIAL
            if each.grade == OFFICIAL and entry.list not in row["lists"]:
                row["lists"].append(entry.list)
    kinds = [entry.kind for entry in hit.entries if entry.kind]
    return {
        "entry": hit.entry.names[0].text,
        "key": key_of(hit.entry),
        "kind": kinds[0] if kinds else None,
        "countries": list(dict.fromkeys(each for entry in hit.entries for each in entry.countries)),
        "names": list(names.values()),
        "addresses": list(dict.fromkeys(each for entry in hit.entries for each in entry.addresses)),
    }


def _days(
    entries: list[ListedEntry], pauses: Collection[AnnouncedSuspension]
) -> Iterator[PartyDay]:
    """What happened to the party on the lists, the oldest first."""
    rows = []
    for entry in entries:
        notices = list(notices_in(entry.changes))
        first = notices[0][0] if notices else entry.citation
        if entry.maybe_since:
            listed = first if entry.since else ""  # else an earlier notice, which is not held
            rows.append((entry.maybe_since, entry.list, "may be listed already", listed))
        if entry.since:
            rows.append((entry.since, entry.list, "listed", first))
        rows += [
            (day, entry.list, "changed", citation)
            for citation, day in notices[1:]
            if day and day != entry.since
        ]
        for day, what in (
            (entry.suspended_from, "suspended"),
            (entry.suspended_until, "no longer suspended"),
            (entry.until, "no longer listed"),
            *(
                (each.until, "no longer suspended by what was only announced")
                for each in pauses
                if each.is_of(entry)
            ),
        ):
            if day:
                rows.append((day, entry.list, what, entry.citation))
    # Two entries of one list say the same of one notice.
    for day, code, what, citation in sorted(set(rows)):
        yield {"on": day, "list": code, "what": what, "citation": citation or None}
