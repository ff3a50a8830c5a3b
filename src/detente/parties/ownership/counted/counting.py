"""How many companies a rule covers by files of owners and the lists: cited, with its coverage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import LISTS, READ
from detente.core.figures import counted
from detente.parties.lists.standing import IN_FORCE
from detente.parties.ownership.answer import owners
from detente.parties.ownership.counted.joined import together
from detente.parties.ownership.coverage import OPEN
from detente.parties.ownership.file import programmes_of
from detente.parties.ownership.paths import NO_PATHS
from detente.parties.ownership.regimes import regime
from detente.parties.ownership.screened_names import STANDING, with_listed
from detente.parties.ownership.seeds import takes
from detente.parties.ownership.words import Vocabulary

if TYPE_CHECKING:
    from detente.answers.owners import (
        CountedCompany,
        OwnedCompany,
        OwnerCounts,
        OwnerReach,
        Owners,
        OwnersCount,
    )
    from detente.parties.ownership.counted.open_sources import OwnerSource
    from detente.parties.ownership.model import Holdings, Seed
    from detente.parties.ownership.regimes import OwnershipRegime
    from detente.parties.screening.store import Screen
    from detente.register.book import Register

COMPANIES = "", "entity"
"""Kinds of entries that are companies, or may be."""

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
        (those covered, each with its share and the rows that say so), ``reach`` (how many entries
        of companies of these places, on the lists of the rule as of the day, stand in any file),
        ``files`` with checksums, ``status`` and ``coverage`` of the answer about owners,
        ``sentence``.
    """
    law = regime(register, rule)
    of_day = [each._replace(holdings=each.holdings.with_branches_of(on)) for each in sources]
    joined = together(of_day, screen.lists[0].tables)
    holdings = with_listed(joined, screen, law.seeds, partial(_called, joined))
    answer = owners(register, holdings, rule, on, None, NO_PATHS)
    programme = Vocabulary(register).programme
    begin = [
        seed
        for seed in holdings.seeds
        if seed.list in law.seeds and takes(law, seed.list, list(map(programme, seed.programmes)))
    ]
    certain = [seed for seed in begin if not seed.doubt]
    by_country = [
        each.name for each in holdings.entities.values() if each.country in law.seed_places
    ]
    reach = _reach(law, screen, begin, places, programme)
    counts: OwnerCounts = {
        "companies": len(holdings.entities),
        "listed": len({seed.party for seed in certain}),
        "by_country": len(by_country),
        "covered": len(answer["covered"]),
        "possibly_covered": len(answer["possibly_covered"]),
        "holdings": len(holdings.rows),
        "with_share": sum(source.with_share for source in sources),
    }
    days = sorted({row.since for row in holdings.rows if row.since})
    sentence = " ".join((_found(answer, counts, law, _told_by(sources, days)), _within(reach, law)))
    return {
        "on": on,
        "rule": rule,
        "status": answer["status"],
        "sentence": sentence,
        "counts": counts,
        "reach": reach,
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
        "listed_names": sorted({_called(holdings, seed.id) for seed in certain}),
        "by_country": sorted(by_country),
        "red_flags": answer["red_flags"],
        "ambiguous": answer["ambiguous"],
        "notes": answer["notes"],
        "coverage": answer["coverage"],
    }  # fmt: skip


def _reach(
    law: OwnershipRegime,
    screen: Screen,
    begin: Sequence[Seed],
    places: Collection[str],
    programme: Callable[[str], str],
) -> OwnerReach:
    """How many companies on the lists of a rule, as of the day, stand in the files.

    Args:
        law: the rule.
        screen: the lists as of the day.
        begin: the parties in the files that it takes.
        places: countries of the companies; all for none.
        programme: a program in the words of the register.
    """
    standing: dict[tuple[str, str], str] = {}
    for file in screen.lists:
        for _, entry in file.bodies(law.seeds) if law.seeds else ():
            if (
                entry.kind in COMPANIES
                and (not places or set(places) & set(entry.countries))
                and takes(law, entry.list, list(map(programme, programmes_of(entry.programme))))
                and (stands := screen.standing(entry)) in STANDING
            ):
                standing[entry.list, entry.key] = stands
    named, perhaps = (
        standing.keys()
        & {(seed.list, key) for seed in begin if bool(seed.doubt) is open_ for key in seed.keys}
        for open_ in (False, True)
    )
    return {
        "places": list(places),
        "entries": len(standing),
        "open": sum(each != IN_FORCE for each in standing.values()),
        "named_in_files": len(named),
        "perhaps_in_files": len(perhaps - named),
        "in_no_file": len(standing.keys() - named - perhaps),
    }


def _told_by(sources: Sequence[OwnerSource], days: Sequence[str]) -> str:
    these = "this file" if len(sources) == 1 else f"these {len(sources)} files"
    return f"By {these}, holdings as told of {days[0]} to {days[-1]}," if days else f"By {these}"


def _found(answer: Owners, counts: OwnerCounts, law: OwnershipRegime, told_by: str) -> str:
    """How many are covered, and through whom."""
    parties = counted(counts["listed"], "listed party", "listed parties")
    begin = [f"{parties} that the files name"] if law.seeds and not law.seed_places else []
    if law.seed_places:
        companies = counted(counts["by_country"], "company", "companies")
        begin.append(
            f"{companies} of {', '.join(law.seed_places)} (their country makes them begin)"
        )
    through = f"through {' and '.join(begin)}"
    of_rule = f"{told_by} and the rule {law.name} on {answer['on']}"
    if answer["in_force"] is False:
        would = counted(counts["covered"], "company", "companies")
        nobody = "nobody is covered, since it is not in force then"
        if answer["status"] == OPEN:
            nobody = "whether anybody is covered is open, since it is open whether it is in force"
        return (
            f"{of_rule}, {nobody}; in force, it would "
            f"cover {would} {through}, and perhaps {counts['possibly_covered']:,} more."
        )
    if answer["status"] == OPEN:
        rests = "; ".join(
            f"{row['what']}: {row['scope']}"
            for row in answer["coverage"]
            if row["state"] != READ and not row["what"].startswith(LISTS)
        )
        unread = f" Not read in full: {rests}." if rests else ""
        return (
            f"{of_rule}, no company is found to be covered, and whether one is, is open. The count "
            f"begins from {' and '.join(begin)}.{unread}"
        )
    covered = counted(counts["covered"], "company is", "companies are")
    return (
        f"{of_rule}, {covered} covered {through}, and {counts['possibly_covered']:,} more may be."
    )


def _within(reach: OwnerReach, law: OwnershipRegime) -> str:
    """What the count is not: how much of the lists stands in no file."""
    if law.seed_places and not reach["entries"]:
        return "Companies of that country which are in no file are not counted."
    where = f" of {', '.join(reach['places'])}" if reach["places"] else ""
    entries = counted(reach["entries"], "entry", "entries")
    open_ = f" (of {reach['open']:,} it is open whether they stood then)" if reach["open"] else ""
    perhaps = f" and perhaps {reach['perhaps_in_files']:,}" if reach["perhaps_in_files"] else ""
    return (
        f"The lists of the rule have {entries} of companies{where}{open_}; the files name "
        f"{reach['named_in_files']:,}{perhaps} of them, and {reach['in_no_file']:,} stand in no "
        "file at all: what these own is not here, so this is not a count of all."
    )


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
