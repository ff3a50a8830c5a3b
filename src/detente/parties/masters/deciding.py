"""Taking decisions on names and listed parties, as they stand today: one, or those of a table."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.parties.masters.columns import open_master
from detente.parties.masters.decisions import Decision, Decisions, check, party_of
from detente.parties.masters.screened import SHOWN
from detente.parties.screening.addresses import CALLED
from detente.parties.screening.party import hit_of_key
from detente.parties.screening.screening import known_country

if TYPE_CHECKING:
    from detente.parties.masters.decisions import ReviewedParty
    from detente.parties.screening.store import Screen

NEEDED, ALSO = ("name", "party", "verdict", "why", "by"), ("country", "until")
"""Columns of a table of decisions: those that it must have, and those that it may."""


def reviewed(screen: Screen, name: str, country: str, party: str) -> ReviewedParty:
    """The party with a key that a name comes close to, or that is an address.

    Raises:
        ValueError: the name comes close to others alone.
    """
    hits = [party_of(hit) for hit in screen.parties(name, country or None, SHOWN)]
    found = next((each for each in hits if party in (each.key, *each.keys)), None)
    if found is not None:
        return found
    # Whoever stands at a listed address came close to it by no name.
    hit = hit_of_key(screen, party)
    if hit is not None and CALLED.match(hit.entry.names[0].text):
        return party_of(hit)
    near = ", ".join(f"{each.key} ({each.entry})" for each in hits) or "no listed party"
    raise ValueError(f"{name!r} does not come close to {party!r}, but to {near}")


def decide(
    screen: Screen,
    name: str,
    country: str,
    party: str,
    verdict: str,
    why: str,
    by: str,
    today: str,
    until: str = "",
) -> Decision:
    """Keep a decision in the user's folder.

    Args:
        screen: the lists of the day.
        name: as the table writes it.
        country: of its row, ISO code or "".
        party: the key of a listed party that the name comes close to, such as EL-1a2b3c4d.
        verdict: see ``decisions.VERDICTS``.
        why: what it rests on.
        by: who decides.
        today: ISO day.
        until: first day on which it no longer counts; "" for none.

    Raises:
        ValueError: the name does not come close to the party, or see ``Decisions.add``.
    """
    found = reviewed(screen, name, country, party)
    made = Decision(name, country, found, verdict, why, by, today, until)
    Decisions().add(made)
    return made


def decide_all(screen: Screen, path: Path, today: str, encoding: str = "") -> int:
    """Keep the decisions of a table, all of them or none; how many there are.

    Args:
        screen: the lists of the day.
        path: a table with the columns ``NEEDED`` and perhaps ``ALSO``, such as
            `detente vendors decisions` writes; a row without a verdict is passed over.
        today: ISO day.
        encoding: of a text; "" to find it.

    Raises:
        ValueError: a column is missing, or a row cannot be kept; the message names its line.
    """
    made = []
    with open_master(path, encoding) as (rows, _):
        columns = [each.strip().lower() for each in rows.columns]
        if missing := [each for each in NEEDED if each not in columns]:
            raise ValueError(
                f"no column {', '.join(missing)}: write {', '.join((*NEEDED, *ALSO))}, as "
                "`detente vendors decisions -o FILE` does"
            )
        for line, cells in enumerate(rows, 2):
            row = dict(zip(columns, map(str.strip, cells), strict=True))
            if not row["verdict"]:
                continue
            try:
                country = known_country(row.get("country")) or ""
                found = reviewed(screen, row["name"], country, row["party"])
                made.append(
                    Decision(
                        row["name"], country, found, row["verdict"], row["why"], row["by"], today,
                        row.get("until", ""),
                    )
                )  # fmt: skip
                check(made[-1])
            except ValueError as error:
                raise ValueError(f"{path}, line {line}: {error}; nothing was kept") from None
    Decisions().add(*made)
    return len(made)
