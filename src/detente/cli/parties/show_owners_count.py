"""A count of who is covered, for a person to read, and as a table of the companies counted."""

from __future__ import annotations

from itertools import chain

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import counted

if TYPE_CHECKING:
    from detente.answers.owners import CountedCompany, OwnersCount
    from detente.questions.request import QuestionRequest

COLUMNS = ("status", "company", "country", "share_from", "share_to", "tier", "owners", "sources")
SHOWN = 20

LEFT_OUT = "left out"
"""The status of a row of a file of which no holding could be made; its source says why."""


def write(ask: QuestionRequest, answer: OwnersCount) -> None:
    """Write who was counted, where that was asked for."""
    if not ask.text("output"):
        return
    from detente.cli.output_file import write_table
    from detente.parties.ownership.coverage import NOT_IN_FORCE, OPEN, standings

    # An open answer names companies only where it is open whether the rule is in force.
    words = standings(lapsed=answer["status"] in (NOT_IN_FORCE, OPEN))
    groups = zip(words, (answer["companies"], answer["possibly"]), strict=True)
    rows = (_cells(status, row) for status, companies in groups for row in companies)
    left_out = (
        (LEFT_OUT, *[None] * (len(COLUMNS) - 2), each)
        for file in answer["files"]
        for each in file["left_out_rows"]
    )
    write_table(ask, answer, COLUMNS, chain(rows, left_out))


def _cells(status: str, row: CountedCompany) -> tuple[object, ...]:
    """A company under the columns."""
    held = row["share_from"], row["share_to"], row["tier"]
    return status, row["company"], row["country"], *held, row["owners"], row["sources"]


def _by(row: CountedCompany) -> str:
    """Who holds it, and who says so where anybody does."""
    return f"{row['owners']} ({row['sources']})" if row["sources"] else row["owners"]


def _held(row: CountedCompany) -> str:
    """What covered owners hold of a company together, in percent."""
    from fractions import Fraction

    from detente.parties.ownership.shares import span_text

    return span_text(Fraction(row["share_from"]), Fraction(row["share_to"] or row["share_from"]))


def show(answer: OwnersCount) -> str:
    """The sentence, the files it rests on, and the first companies, with a ? where it is open."""
    lines = [wrapped(answer["sentence"], "", "")]
    for each in answer["files"]:
        lines.append(
            f"  {each['name']}: {counted(each['rows'], 'row')}, "
            f"{each['with_share']:,} with a share, "
            f"{each['left_out']:,} left out; sha256 {each['sha256'][:16]}"
        )
        lines.extend(f"    {line}" for line in each["left_out_first"])
        if (more := each["left_out"] - len(each["left_out_first"])) > 0:
            lines.append(f"    and {more:,} more; --json and -o FILE give them all")
    for row in answer["companies"][:SHOWN]:
        held = f"{row['company']}: {_held(row)} held by {_by(row)}"
        lines.append(wrapped(held, "  ", "+ "))
    if len(answer["companies"]) > SHOWN:
        lines.append(f"  and {len(answer['companies']) - SHOWN} more; -o FILE writes them all")
    for row in answer["possibly"][:SHOWN]:
        may_be = f"{row['company']}: {_held(row)} held by {_by(row)}"
        lines.append(wrapped(may_be, "  ", "? "))
    if len(answer["possibly"]) > SHOWN:
        lines.append(
            f"  and {len(answer['possibly']) - SHOWN} more that may be; -o FILE writes them too"
        )
    flags = [f"{flag['id']}: {flag['why']}" for flag in answer["red_flags"]]
    lines.extend(_some("Look closer", flags))
    lines.extend(_some("Hold each other up", answer["ambiguous"]))
    lines.extend(wrapped(note, "  ", "! ") for note in answer["notes"])
    return "\n".join(lines)


def _some(title: str, told: list[str]) -> list[str]:
    """What wants a look, the first ones of it."""
    lines = [title, *(wrapped(each, "  ", "") for each in told[:SHOWN])] if told else []
    if len(told) > SHOWN:
        lines.append(f"  and {len(told) - SHOWN:,} more; --json gives them all")
    return lines
