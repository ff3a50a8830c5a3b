"""The history of a line for a person to read: steps with their acts, and origins side by side."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.cli.wrapped import wrapped
from detente.core.figures import dotted, long_day, percent
from detente.core.tables.printing import lined_up
from detente.duty.history_rows import change_words
from detente.register.confirmed import unconfirmed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.history import DutyHistory, OriginCompared, Segment


def show(answer: DutyHistory) -> str:
    """Steps of each origin, what comes next, and the notes."""
    question, line = answer["question"], answer["line"]
    words = f", {line['description']}" if line else ""
    parts = [f"{dotted(question['code'])} into {question['destination']}{words}"]
    if len(answer["side_by_side"]) > 1:
        parts.append(_side_by_side(answer["side_by_side"]))
    for origin in dict.fromkeys(row["origin"] for row in answer["segments"]):
        rows = [row for row in answer["segments"] if row["origin"] == origin]
        parts.append(f"From {origin}:\n" + "\n".join(_step(row) for row in rows))
    parts += [words for row in answer["side_by_side"] for words in _cheaper(row)]
    parts.append("\n".join(wrapped(note, "", "- ") for note in answer["notes"]))
    return "\n\n".join(part for part in (*parts, rests_on(answer)) if part)


def _step(row: Segment) -> str:
    total = "not known" if row["ad_valorem"] is None else percent(row["ad_valorem"])
    never = row["owed_ad_valorem"] not in (None, row["ad_valorem"])
    owed = f" ({percent(row['owed_ad_valorem'])} owed)" if never else ""
    sure = "" if row["confirmed"] else f"  {unconfirmed_words(row['confirmed_through'])}"
    head = f"  {row['from']}  {total}{owed}{sure}"
    if row["why"]:
        return f"{head}\n{wrapped(row['why'], '              ')}"
    lines = [head]
    for each in row["changed"]:
        acts = ", ".join(source["citation"] for source in each["sources"])
        lines.append(
            wrapped(f"{change_words(each)}{f' [{acts}]' if acts else ''}", "              ")
        )
    return "\n".join(lines)


def _side_by_side(rows: list[OriginCompared]) -> str:
    head = ["origin", "duty", f"on {rows[0]['later_on']}", "open", ""]
    table = [
        [
            row["origin"],
            percent(row["ad_valorem"]),
            percent(row["later_ad_valorem"]),
            str(row["open"]),
            "lowest" if row["lowest"] else "",
        ]
        for row in rows
    ]
    return lined_up([head, *table])


def _cheaper(row: OriginCompared) -> Iterator[str]:
    found = row["cheaper_if_later"]
    if found is None:
        return
    sure = "" if found["confirmed"] else f"; {unconfirmed_words(found['confirmed_through'])}"
    yield wrapped(
        f"From {row['origin']} it is cheaper from {long_day(found['on'])}: "
        f"{percent(found['ad_valorem'])}, {percent(found['saves'])} less{sure}.",
        "",
    )
