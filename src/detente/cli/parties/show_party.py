"""One listed party, for a person to read."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from detente._shapes import TYPE_CHECKING
from detente.cli.parties.show_screen import show_coverage
from detente.cli.wrapped import wrapped
from detente.core.clock import day_before
from detente.core.figures import without_stop
from detente.parties.lists.standing import ENDED, IN_FORCE, NOT_YET, SUSPENDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers.parties import PartyIdentity, PartyOnList, PartyRecord

NAMES = 12
"""Names that are printed before the rest is counted."""

ADDRESSES = 4
"""Addresses likewise."""


def show(answer: PartyRecord) -> str:
    """The party with its lists, days and relations."""
    return "\n".join(_rows(answer))


def _rows(answer: PartyRecord) -> Iterator[str]:
    party = answer["party"]
    if party is None:
        yield f"No listed party of this name as of {answer['on']}: {answer['status']}"
        if answer["reason"]:
            yield wrapped(f"{without_stop(answer['reason'])}.", "  ")
    else:
        places = f" ({', '.join(party['countries'])})" if party["countries"] else ""
        yield wrapped(f"{party['entry']}{places}", "  ", f"{party['key']} ")
        yield from _names(party, answer["lists"])
        if at := party["addresses"]:
            more = f" and {len(at) - ADDRESSES} more" if len(at) > ADDRESSES else ""
            yield wrapped(f"at {'; '.join(at[:ADDRESSES])}{more}", "    ", "  ")
        for row in answer["lists"]:
            yield from _list(row, answer["on"])
        if answer["days"]:
            yield "Days"
            for day in answer["days"]:
                cited = f", {day['citation']}" if day["citation"] else ""
                yield wrapped(f"{day['list']}: {day['what']}{cited}", "      ", f"  {day['on']} ")
        if answer["namesakes"]:
            yield "Prints the same name"
            for each in answer["namesakes"]:
                yield wrapped(f"{each['entry']} ({each['list']}): {each['why']}", "      ",
                              f"  {each['key']} ")  # fmt: skip
    if answer["related"]:
        yield "Related, as the lists print it or by name"
        for why, others in groupby(answer["related"], itemgetter("why")):
            parties = "; ".join(f"{each['entry']} ({each['list']})" for each in others)
            yield wrapped(f"{why}: {parties}", "      ", "  ")
    yield from filter(None, [wrapped(answer["owners"] or "", "", "")])
    if answer["near"]:
        yield "Near"
        for near in answer["near"]:
            yield wrapped(f"{near['entry']} ({near['list']}): {near['why']}", "      ",
                          f"  {near['score']} {near['key']} ")  # fmt: skip
    yield show_coverage(answer["on"], answer["coverage"], answer["beside"])


def _names(party: PartyIdentity, lists: Sequence[PartyOnList]) -> Iterator[str]:
    """Its other names, apart by the lists that print them where it stands on several."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in party["names"]:
        if each["text"] != party["entry"]:
            groups.setdefault(tuple(each["lists"]), []).append(each["text"])
    for codes, names in sorted(groups.items(), key=lambda group: not group[0]):
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        where = f" on {', '.join(codes)}" if codes else ", which no list prints"
        if codes and len({row["list"] for row in lists}) == 1:
            where = ""  # nothing else prints it
        yield wrapped(f"also{where}{':' * bool(where)} {'; '.join(names[:NAMES])}{more}", "    ",
                      "  ")  # fmt: skip


def _standing(row: PartyOnList, day: str) -> str:
    """How a party stands on a list, with its days: "ended, listed from … through …"."""
    standing, first = row["standing"], row["listed_on"]
    words = standing.replace("_", " ")
    through = f" through {day_before(row['removed_on'])}" if row["removed_on"] else ""
    if standing == NOT_YET:
        return f"{words} listed, from {first}{through}"
    if standing == ENDED:
        return f"{words}, listed{f' from {first}' if first else ''}{through}"
    until = row["suspended_until"]
    if standing == SUSPENDED:
        ends = f" through {day_before(until)}" if until else ""
        words += f" from {row['suspended_from']}{ends}"
        return f"{words}{f', listed since {first}' if first else ''}{through}"
    again = until if standing == IN_FORCE else None
    if again and again <= day:
        return f"{words} since {again}, listed{f' since {first}' if first else ''}{through}"
    return f"{words}{f' since {first}' if first else ''}{through}"


def _list(row: PartyOnList, day: str) -> Iterator[str]:
    yield wrapped(f"{row['title'] or row['entry']}: {_standing(row, day)}", "      ",
                  f"  {row['list']} ")  # fmt: skip
    if row["requirement"]:
        said = row["policy_text"] or row["policy"] or ""
        policy = f"; policy: {without_stop(said)}" if said else ""
        yield wrapped(f"licence: {without_stop(row['requirement'])}{policy}", "      ", "      ")
    if row["announced"]:
        yield wrapped(row["announced"]["text"], "      ", "      ! ")
    for each in row["follows"]:
        decision = f"{each['decision']}: " if each["decision"] else ""
        named = ", ".join(filter(None, (each["title"], each["citation"])))
        yield wrapped(f"{decision}{each['what']} ({named})", "      ", "      ")
    cited = row["citation"] or row["list_citation"]
    for text in (cited, row["note"], row["standing_unknown_because"]):
        if text:
            yield wrapped(text, "      ", "      ")
