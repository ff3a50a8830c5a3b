"""Entries of lists by year, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped

if TYPE_CHECKING:
    from detente.answers.parties import Listings


def show(answer: Listings) -> str:
    """A table for each list, and what it does not count."""
    place = f" with an address in {answer['country']}" if answer["country"] else ""
    rows = [f"Entries{place} by the year in which they were listed, as of {answer['on']}"]
    for each in answer["lists"]:
        rows += ["", wrapped(f"{each['title']}: {each['entries']:,}", "  ", f"{each['list']} ")]
        own = [row for row in answer["rows"] if row["list"] == each["list"]]
        rows += [
            f"  {row['year'] or 'no day':<7}{row['entries']:>7,}"
            + ("" if row["still_listed"] == row["entries"] else f"  {row['still_listed']:,} still")
            for row in own
        ]
        rows.append(wrapped(f"{each['lacks']}.", "    ", "  ! "))
    return "\n".join(rows)
