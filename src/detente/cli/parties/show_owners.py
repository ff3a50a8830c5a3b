"""Who is covered through owners, for a person to read; and as JSON, a company on a line."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.parties.reading_progress import shown_reading
from detente.core.coverage import LISTS

if TYPE_CHECKING:
    from typing import TextIO

    from detente.answers.owners import OwnedCompany, Owners, Step
    from detente.questions.request import QuestionRequest

SHOWN = 40
"""Companies that are printed before the rest is counted; --json gives them all."""


BETWEEN = ",\n    "
"""What stands between two members of a list in the JSON of an answer."""

ALL_AT_ONCE = ("chart", "record")
"""What wants the companies of an answer together, and not one after the other."""


def begin(ask: QuestionRequest) -> None:
    """Refuse a picture that is not drawn, and make ready for large files, with their progress.

    Raises:
        ValueError: the picture is not an SVG.
    """
    target = ask.text("chart")
    if target and Path(target).suffix.lower() != ".svg":
        raise ValueError(f"{target} is not an SVG: the tree is written as .svg")
    # Rows that are printed or written are made one by one: together they take most of the room.
    ask.beside["on demand"] = not any(map(ask.values.get, ALL_AT_ONCE))
    ask.beside["while reading"] = shown_reading
    # Millions of small tuples and no ring among them: the collector would walk them for nothing.
    gc.disable()


def end(ask: QuestionRequest, answer: Owners) -> None:
    """Draw the tree, and say what the files lack."""
    from detente.parties.ownership.coverage import unmatched_notes

    if ask.text("chart"):
        from detente.chart.ownership_tree import ownership_tree
        from detente.store.whole import write_whole

        write_whole(ask.text("chart"), ownership_tree(answer).encode())
        print(f"Wrote {ask.text('chart')}.", file=sys.stderr)
    for warning in unmatched_notes(answer["unmatched"]):
        print(f"Warning: {warning}.", file=sys.stderr)


def write_json(answer: Owners, out: TextIO) -> None:
    """Write the answer, each company on a line: tens of thousands of them are usual."""
    import json

    from detente.parties.ownership.owned_rows import OwnedRows

    encode, write = json.JSONEncoder(ensure_ascii=False).encode, out.write
    write("{")
    for number, (key, value) in enumerate(answer.items()):
        write(f"{',' if number else ''}\n  {encode(key)}: ")
        if isinstance(value, (list, OwnedRows)) and value:
            write("[\n    ")
            if isinstance(value, OwnedRows):
                # As they are encoded: the text of all would take as much room as the answer.
                for text in value.json_texts(BETWEEN):
                    write(text)
            else:
                write(BETWEEN.join(map(encode, value)))
            write("\n  ]")
        else:
            write(encode(value))
    write("\n}\n")


def companies(answer: Owners) -> dict[str, list[OwnedCompany]]:
    """The rows of a table of an answer, by what the rule makes of each."""
    from detente.parties.ownership.coverage import by_standing

    return by_standing(answer)


def show(answer: Owners) -> str:
    """Covered, possibly covered, what to look at, for a person to read."""
    from detente.cli.show_register import when

    force = {True: "in force", False: "not in force", None: "no legal test"}[answer["in_force"]]
    parts = [
        f"{when({**answer, 'known_on': None})}, {answer['regime']}: {force}\n  {answer['title']}"
    ]
    lapsed = answer["in_force"] is False
    if lapsed:
        parts.append(answer["finding"])
    for title, rows in companies(answer).items():
        lines = [line for row, owners in _brief(rows) for line in _lines(row, owners)]
        if len(rows) > SHOWN:
            lines.append(f"  and {len(rows) - SHOWN} more; --json gives them all")
        if rows:
            parts.append("\n".join([f"{title.capitalize()} ({len(rows)})", *lines]))
    if not lapsed and not answer["covered"] and not answer["possibly_covered"]:
        parts.append(answer["finding"])
    flags = [f"  {flag['id']}: {flag['why']}" for flag in answer["red_flags"]]
    parts.append(_list("Look closer", flags))
    parts.append(_list("Hold each other up", [f"  {each}" for each in answer["ambiguous"]]))
    parts.append(_list("Notes", [f"  {note}" for note in answer["notes"]]))
    if lists := [row for row in answer["coverage"] if row["what"].startswith(LISTS)]:
        from detente.cli.parties.show_screen import show_coverage

        parts.append(show_coverage(answer["on"][:10], lists))
    return "\n\n".join(part for part in parts if part)


def _list(title: str, lines: list[str]) -> str:
    shown = lines[:SHOWN]
    if len(lines) > SHOWN:
        shown.append(f"  and {len(lines) - SHOWN} more; --json gives them all")
    return "\n".join([title, *shown]) if lines else ""


def _brief(rows: list[OwnedCompany]) -> list[tuple[OwnedCompany, int]]:
    """The first companies, each with how many owners it has that count."""
    from detente.parties.ownership.owned_rows import OwnedRows

    if isinstance(rows, OwnedRows):
        return rows.brief(SHOWN, SHOWN)
    return [(row, len(row["holdings"])) for row in rows[:SHOWN]]


def _lines(row: OwnedCompany, owners: int) -> list[str]:
    """A company: its share, the first ways down to it, what follows."""
    from fractions import Fraction

    from detente.parties.ownership.shares import span_text

    share = span_text(*(Fraction(end) for end in row["share_exact"] or row["share"]))
    name = f" {row['name']}" if row["name"] else ""
    place = f" ({row['country']})" if row["country"] else ""
    held = "a branch" if row["branch_of"] else f"{share} held by covered owners"
    if row["kind"] == "contract_control":
        held = "effective control by contract"
    lines = [f"  {row['id']}{name}{place}: {held}"]
    ways = row["holdings"]
    lines.extend(f"      {_way(way)}" for way in ways[:SHOWN])
    # Of ways that are all written out, as many as owners that count.
    if len(ways) >= SHOWN and owners > SHOWN:
        lines.append(f"      and through {owners - SHOWN:,} more owners; --json gives them all")
    lines.append(f"      requirement: {_in_words(row['requirement'])}")
    return lines


def _in_words(requirement: str) -> str:
    """A requirement with the policies in it in words."""
    from detente.licence.words import REVIEWS

    for policy, words in REVIEWS.items():
        if "_" in policy:
            requirement = requirement.replace(policy, words)
    return requirement


def _way(way: list[Step]) -> str:
    """A path with the share and the source of every holding."""
    from fractions import Fraction

    from detente.parties.ownership.graph import OF_KIND
    from detente.parties.ownership.shares import span_text

    words = [way[0]["owner"]]
    for step in way:
        share = step["share"]
        described = (
            share
            if share == "unknown"
            else span_text(Fraction(share), Fraction(step["share_to"] or share))
        )
        source = f", {'; '.join(step['sources'])}" if step["sources"] else ""
        words.append(f"-[{described}{OF_KIND[step['kind']]}{source}]-> {step['owned']}")
    return " ".join(words)
