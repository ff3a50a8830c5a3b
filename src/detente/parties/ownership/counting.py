"""How many companies a rule covers by files of owners and the lists: cited, with its coverage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.parties.ownership.answer import owners
from detente.parties.ownership.joined import together
from detente.parties.ownership.paths import NO_PATHS
from detente.parties.ownership.regimes import regime
from detente.parties.ownership.screened_names import with_listed

if TYPE_CHECKING:
    from detente.answers.owners import CountedCompany, OwnedCompany, OwnerCounts, OwnersCount
    from detente.parties.ownership.model import Holdings
    from detente.parties.ownership.open_sources import OwnerSource
    from detente.parties.screening.store import Screen
    from detente.register.book import Register

FIRST = 3
"""Rows of a file that are left out, and stand beside their number for a person."""

BRANCH = "as its branch"
"""What stands for the rows that say how much is held of a company that is a part of its owner."""


def count(
    register: Register,
    sources: Sequence[OwnerSource],
    screen: Screen,
    rule: str,
    on: str,
    places: Collection[str] = (),
) -> OwnersCount:
    """Count who is covered through owners.

    Args:
        register: where the rule stands.
        sources: files of owners.
        screen: the lists as of the day.
        rule: its name, such as ``bis``.
        on: ISO day; holdings are those of that day.
        places: countries of listed parties against which the coverage is told; all for none.

    Returns:
        ``counts`` (companies named, listed by name, covered, possibly covered), ``companies``
        (those covered, each with its share and the rows that say so), ``reach`` (how many listed
        parties of these places stand in any file at all), ``files`` with checksums, ``status``
        and ``coverage`` of the answer about owners, ``sentence``.
    """
    lists = regime(register, rule).seeds
    joined = together(sources, screen.lists[0].tables)
    holdings = with_listed(joined, screen, lists, partial(_called, joined))
    answer = owners(register, holdings, rule, on, None, NO_PATHS)
    listed = {seed.id for seed in holdings.seeds if not seed.doubt}
    entries = {
        (entry.list, entry.key)
        for file in screen.lists
        for _, entry in file.bodies()
        if entry.list in lists and (not places or set(places) & set(entry.countries))
        and entry.kind in ("", "entity")
    }  # fmt: skip
    counts: OwnerCounts = {
        "companies": len(holdings.entities),
        "listed": len(listed),
        "covered": len(answer["covered"]),
        "possibly_covered": len(answer["possibly_covered"]),
        "holdings": len(holdings.rows),
        "with_share": sum(source.with_share for source in sources),
    }
    where = f" of {', '.join(places)}" if places else ""
    days = sorted(row.since for row in holdings.rows if row.since)
    described = f", holdings as told of {days[0]} to {days[-1]}," if days else ""
    these = "this file" if len(sources) == 1 else f"these {len(sources)} files"
    parties = counted(counts["listed"], "listed party", "listed parties")
    through = f"through {parties} that the files name, and"
    if answer["in_force"] is False:
        found = (
            f"nobody is covered, since it is not in force then; in force, it would cover "
            f"{counted(counts['covered'], 'company', 'companies')} {through} perhaps "
            f"{counts['possibly_covered']:,} more."
        )
    else:
        covered = counted(counts["covered"], "company is", "companies are")
        found = f"{covered} covered {through} {counts['possibly_covered']:,} more may be."
    sentence = (
        f"By {these}{described} and the rule {rule} on {on}, {found} The lists have "
        f"{len(entries):,} entries of companies{where}: "
        "what others own is in no file here, so this is not a count of all."
    )
    return {
        "on": on,
        "rule": rule,
        "status": answer["status"],
        "sentence": sentence,
        "counts": counts,
        "reach": {"places": list(places), "entries": len(entries), "named_in_files": len(listed)},
        "files": [
            {"name": each.name, "sha256": each.sha256, "rows": each.rows,
             "with_share": each.with_share, "left_out": len(each.left_out),
             "left_out_first": list(each.left_out[:FIRST]),
             "left_out_rows": list(each.left_out)}
            for each in sources
        ],
        "days": {"first": days[0], "last": days[-1]} if days else None,
        "companies": [_company(row, holdings) for row in answer["covered"]],
        "possibly": [_company(row, holdings) for row in answer["possibly_covered"]],
        "listed_names": sorted(
            (holdings.entities[each].name if each in holdings.entities else each)
            for each in listed
        ),
        "red_flags": answer["red_flags"],
        "ambiguous": answer["ambiguous"],
        "notes": answer["notes"],
        "coverage": answer["coverage"],
    }  # fmt: skip


def _called(holdings: Holdings, key: str) -> str:
    """The name of the company that is joined by a key; the key where nothing names it."""
    entity = holdings.entities.get(key)
    return entity.name if entity is not None and entity.name else key


def _company(row: OwnedCompany, holdings: Holdings) -> CountedCompany:
    return {
        "company": row["name"] or row["id"],
        "country": row["country"] or None,
        "share_from": row["share"][0],
        "share_to": row["share"][1],
        "tier": row["tier"],
        "owners": "; ".join(_called(holdings, each["owner"]) for each in row["because"]),
        "sources": "; ".join(dict.fromkeys(
            source
            for each in row["because"]
            for source in ([BRANCH] if each["branch"] else each["sources"])
        )),
    }  # fmt: skip
