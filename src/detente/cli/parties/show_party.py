"""One listed party, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.parties.show_screen import show_coverage
from detente.cli.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

NAMES = 12
"""Names that are printed before the rest is counted."""


def show(answer: dict[str, Any]) -> str:
    """The party with its lists, days and relations."""
    return "\n".join(_rows(answer))


def _rows(answer: dict[str, Any]) -> Iterator[str]:
    party = answer["party"]
    if party is None:
        yield f"No listed party of this name as of {answer['on']}: {answer['status']}"
        if answer["reason"]:
            yield wrapped(f"{answer['reason']}.", "  ")
    else:
        places = f" ({', '.join(party['countries'])})" if party["countries"] else ""
        yield wrapped(f"{party['entry']}{places}", "  ", f"{party['key']} ")
        names = [each["text"] for each in party["names"] if each["text"] != party["entry"]]
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        if names:
            yield wrapped(f"also {'; '.join(names[:NAMES])}{more}", "    ", "  ")
        for row in answer["lists"]:
            yield from _list(row)
        if answer["days"]:
            yield "Days"
            for row in answer["days"]:
                cited = f", {row['citation']}" if row["citation"] else ""
                yield wrapped(f"{row['list']}: {row['what']}{cited}", "      ", f"  {row['on']} ")
        if answer["related"]:
            yield "Related, as the lists print it or by brand"
            for row in answer["related"]:
                yield wrapped(f"{row['entry']} ({row['list']}): {row['why']}", "      ", "  ")
        yield wrapped(answer["owners"], "", "")
    if answer["near"]:
        yield "Near"
        for row in answer["near"]:
            yield wrapped(f"{row['entry']} ({row['list']}): {row['why']}", "      ",
                          f"  {row['score']} {row['key']} ")  # fmt: skip
    yield show_coverage(answer["on"], answer["coverage"])


def _list(row: dict[str, Any]) -> Iterator[str]:
    since = f" since {row['listed_on']}" if row["listed_on"] else ""
    yield wrapped(f"{row['title'] or row['entry']}: {row['standing'].replace('_', ' ')}{since}",
                  "      ", f"  {row['list']} ")  # fmt: skip
    if row["requirement"]:
        policy = f"; policy {row['policy']}" if row["policy"] else ""
        yield wrapped(f"licence: {row['requirement']}{policy}", "      ", "      ")
    for each in row["follows"]:
        decision = f"{each['decision']}: " if each["decision"] else ""
        yield wrapped(f"{decision}{each['title']}, {each['citation']}", "      ", "      ")
    for key in ("citation", "note", "standing_unknown_because"):
        if row.get(key):
            yield wrapped(row[key], "      ", "      ")
