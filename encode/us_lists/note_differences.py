"""Compare the lists of a new edition's notes with those of the register, line by line.

Run it in a checkout, with the text of chapter 99 of the new edition::

    python -m encode.us_lists.note_differences CHAPTER99.TXT --on DAY --before OLD.TXT

A list of the register says in its `place` which note it is. Its codes on the day are held against
the codes of that subdivision in the text: what the text has and the list lacks, and the other way.
With the text of the edition before, what differed already is left out: a note that describes goods
in words names codes that its list has elsewhere. What a text does not have, or has in a form that
is not read, is said, and never taken as equal.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from detente.core.clock import start_of
from detente.register.load.contents import Contents
from detente.register.load.loader import load_folder
from encode.us_lists.legal_text import (
    Note,
    TextError,
    codes_in_prose,
    codes_in_rows,
    notes,
    read_lines,
)

REGISTER = Path(__file__).parents[2] / "register"
PLACE = re.compile(r"U\.S\. note (\d+)((?:\([a-z]+\))*) to subchapter III, chapter 99(?:$|[,;])")


@dataclass(frozen=True)
class Difference:
    """What a list and its note do not share on a day."""

    name: str
    place: str
    in_text_alone: tuple[str, ...]
    in_list_alone: tuple[str, ...]
    fault: str = ""


def differences(contents: Contents, lines: list[str], day: str) -> Iterator[Difference]:
    """One row for each list that is a note of its own; equal ones have neither.

    Lists of one place (goods whole, and goods described in words) are held against it together.
    """
    places: dict[str, list[str]] = {}
    for name, listed in contents.lists.items():
        if PLACE.match(listed.place):
            places.setdefault(listed.place, []).append(name)
    wanted = {int(PLACE.match(place)[1]) for place in places}  # type: ignore[index]
    found: dict[int, Note] = {}
    missing = ""
    # One at a time, since a single note that is missing fails all that are asked with it.
    for number in sorted(wanted):
        try:
            found |= notes(lines, {number})
        except TextError as error:
            missing = str(error)
    for place, names in sorted(places.items()):
        mark = PLACE.match(place)
        assert mark is not None
        title = ", ".join(names)
        if int(mark[1]) not in found:
            yield Difference(title, place, (), (), missing)
            continue
        try:
            part = found[int(mark[1])].part(*re.findall(r"\((\w+)\)", mark[2]))
        except TextError as error:
            yield Difference(title, place, (), (), str(error))
            continue
        text = {*codes_in_rows(part), *codes_in_prose(part)}
        ours = _codes(contents, names, day)
        yield Difference(title, place, tuple(sorted(text - ours)), tuple(sorted(ours - text)))


def since(rows: list[Difference], before: list[Difference]) -> list[Difference]:
    """Differences that the text of the edition before did not have."""
    old = {row.place: row for row in before}
    return [
        replace(
            row,
            in_text_alone=_less(row.in_text_alone, old[row.place].in_text_alone),
            in_list_alone=_less(row.in_list_alone, old[row.place].in_list_alone),
            fault="" if row.fault and old[row.place].fault else row.fault,
        )
        for row in rows
    ]


def _less(codes: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in known)


def _codes(contents: Contents, names: list[str], day: str) -> set[str]:
    """The codes of lists on a day."""
    minute = start_of(day)
    return {
        member.code
        for member in contents.members
        if member.list in names
        and not member.excepted
        and (member.start is None or member.start <= minute)
        and (member.until is None or minute < member.until)
    }


def main() -> int:
    """Print the differences; 1 where there is one, or a note could not be read."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("text", type=Path)
    parser.add_argument("--on", required=True, metavar="DAY")
    parser.add_argument("--before", type=Path, metavar="TEXT", help="the edition before")
    given = parser.parse_args()
    contents = load_folder(REGISTER)
    rows = [*differences(contents, read_lines(given.text), given.on)]
    if given.before:
        rows = since(rows, [*differences(contents, read_lines(given.before), given.on)])
    for row in rows:
        if row.fault:
            print(f"{row.name} ({row.place}): not compared: {row.fault}")
        for what, codes in (("text alone", row.in_text_alone), ("list alone", row.in_list_alone)):
            if codes:
                print(f"{row.name} ({row.place}): {what}: {len(codes)}: {' '.join(codes[:40])}")
    equal = [row for row in rows if not (row.fault or row.in_text_alone or row.in_list_alone)]
    print(f"{len(equal)} of {len(rows)} notes are equal.")
    return 0 if len(equal) == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
