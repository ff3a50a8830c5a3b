"""What all readers share: limits, and errors that say file, place and what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.core.missing_files import no_file
from detente.core.tables.reading import marked_encoding
from detente.core.tables.records import CUT
from detente.parties.names.names import LONGEST_NAME

if TYPE_CHECKING:
    from typing import Any

    from detente.parties.lists.model import ListedEntry

NAME_ITS_FORMAT = "Name its format with --format"
"""What to do about a file that is read as a list and is none."""

NO_NAME = "no name"
"""What is wrong with a name that has no letter and no digit."""

UNDETERMINED = "undetermined"
"""What OFAC writes where it names no country of an address."""

REGION = "Region: "
"""What OFAC writes before a place that is none of the countries it knows."""

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is read as a whole."""

LARGEST_STREAMED = 16 * 1024 * 1024 * 1024
"""Bytes of the largest file that is read record by record."""

MOST_ROWS = 5_000_000
"""Rows of the longest file that is read."""

KINDS = {
    "entity": "entity",
    "organization": "entity",
    "organisation": "entity",
    "company": "entity",
    "individual": "individual",
    "person": "individual",
    "vessel": "vessel",
    "aircraft": "aircraft",
    "airplane": "aircraft",
    "legalentity": "entity",
    "publicbody": "entity",
    "enterprise": "entity",
    "ship": "vessel",
    "p": "individual",
    "e": "entity",
}


def check_size(path: str, largest: int = LARGEST) -> None:
    """Refuse a file that is missing, empty or larger than any list is.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is empty or too large.
    """
    if not os.path.isfile(path):
        raise FileNotFoundError(no_file(path, "name the file of the list"))
    size = os.path.getsize(path)
    if size == 0:
        raise ValueError(f"{path} is empty: download the list again")
    if size > largest:
        raise ValueError(
            f"{path} has {size} bytes, more than the {largest} that are read: split the list"
        )


def load_json(path: str, what: str) -> object:
    """The content of a JSON file.

    Raises:
        ValueError: it is not JSON; the message says where, and what `what` was expected.
    """
    check_size(path)
    try:
        with open(path, encoding=marked_encoding(Path(path))) as file:
            loaded: object = json.load(file)
    except UnicodeError as error:
        raise ValueError(f"{path} is not UTF-8 text, so it is no {what}") from error
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{path}, line {error.lineno}: no JSON ({error.msg}), so it is no {what}"
        ) from error
    except RecursionError as error:
        raise ValueError(f"{path} is nested too deeply, so it is no {what}") from error
    return loaded


class MalformedError(ValueError):
    """A row is not what its format says; the message names the field, the reader the row."""


BREAKS_OFF = "the file breaks off here"
"""How a fault ends that is of the last row of a file, which may be the half of one."""


def cut_off(fault: str) -> str:
    """The fault of a record of a table, which says of the last one that the file breaks off."""
    return f"{fault}: {BREAKS_OFF}" if fault == CUT else fault


class RowFaults(list[str]):
    """What of a table was left out, each with its line; and what it lacks of what was read.

    Attributes:
        short: rows that were read though they have fewer cells than columns.
        first: the line of the first of them.
        told: what else must be told of how the table was read, in a sentence; or empty.
        doubled: columns that stand in the header more than once.
    """

    short = first = 0
    told = ""
    doubled: tuple[str, ...] = ()

    def are_short(self, line: int) -> None:
        """Count a row that was read without its last cells."""
        self.first = self.first or line
        self.short += 1

    def notes(self) -> tuple[str, ...]:
        """What must be told of the rows that were read."""
        told: tuple[str, ...] = (self.told,) if self.told else ()
        if self.doubled:
            stands = "column stands" if len(self.doubled) == 1 else "columns stand"
            told += (
                f"{len(self.doubled)} {stands} more than once ({', '.join(self.doubled)}): of each "
                "row the first cell that is not empty was read",
            )
        if not self.short:
            return told
        rows = "row has" if self.short == 1 else "rows have"
        return (
            *told,
            f"{self.short:,} {rows} fewer cells than columns, first line {self.first}: what is "
            "lacking was read as empty",
        )


def object_in(row: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """The object in a field; an empty one where there is none."""
    value = row.get(field)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise MalformedError(f"`{field}` is not an object")
    return value


def objects_in(row: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """The objects in a field; none where there is none."""
    value = row.get(field)
    if value is None:
        return []
    found = [each for each in value if each is not None] if isinstance(value, list) else None
    if found is None or not all(isinstance(each, Mapping) for each in found):
        raise MalformedError(f"`{field}` is not a list of objects")
    return found


def text_in(row: Mapping[str, Any], field: str) -> str:
    """The text or number in a field as text; "" where there is none."""
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise MalformedError(f"`{field}` is not text")
    return str(value)


def texts_in(row: Mapping[str, Any], field: str) -> list[str]:
    """The texts in a field that holds a list of them, or one."""
    value = row.get(field)
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    found = [each for each in value if each is not None] if isinstance(value, list) else None
    if found is None or not all(isinstance(each, str) for each in found):
        raise MalformedError(f"`{field}` is not a list of texts")
    return found


def notes_on_count(stated: str, rows: int) -> tuple[str, ...]:
    """That a file has another number of records than it states; none where they agree.

    Args:
        stated: what the file says; "" where it does not.
        rows: records that were found in it.
    """
    if not stated.isdecimal() or int(stated) == rows:
        return ()
    return (
        f"the file says that it has {counted(int(stated), 'record')}, and it has {rows:,}: it may "
        "not be whole",
    )


def cells_in(row: Mapping[str, Any], field: str) -> list[str]:
    """The texts in a field, each of which may be several with `;` between; a null is none."""
    value = row.get(field)
    held = [each for each in value if each is not None] if isinstance(value, list) else value
    return [text for cell in texts_in({field: held}, field) for text in texts(cell)]


def wrong_file(path: str, what: str, want: str) -> ValueError:
    """The error for a file that is something else."""
    return ValueError(f"{path} is no {what}: {want}. {NAME_ITS_FORMAT}")


def no_uk_xml(path: str) -> ValueError:
    """The error for the list of the United Kingdom in another form than is read."""
    return ValueError(
        f"{path} is the sanctions list of the United Kingdom as XML or as a page, which is not "
        "read: download it as CSV (UK-Sanctions-List.csv)"
    )


def one_line(text: str) -> str:
    """A text without the breaks of lines that cells and fields may have, and blanks around it."""
    bare = text.strip()
    return bare if len(bare.splitlines()) <= 1 else " ".join(bare.split())


def name_fault(text: str) -> str:
    """Why a name cannot be kept; empty when it can."""
    # Signs alone, such as a dash, stand where there is no name, and nobody finds them.
    if not any(map(str.isalnum, text)):
        return NO_NAME
    if len(text) > LONGEST_NAME:
        return f"a name of {len(text)} characters"
    return ""


def kind_of(text: str) -> str:
    """The kind that a list's word means; empty for none, the word itself for an unknown one."""
    low = text.strip().lower()
    return KINDS.get(low, low)


def iso_day(text: str, form: str) -> str:
    """A day as ISO; "" for an empty one.

    Raises:
        MalformedError: it is not a day in that form.
    """
    if not text.strip():
        return ""
    try:
        return datetime.strptime(text.strip(), form).date().isoformat()
    except ValueError:
        raise MalformedError(f"{text!r} is not a day") from None


def day_if_any(text: str, *forms: str) -> str:
    """The day that a text states in one of some forms, as ISO; "" where it states none."""
    for form in forms:
        try:
            return iso_day(text, form)
        except MalformedError:
            continue
    return ""


def day_after(day: str) -> str:
    """The first day on which an order no longer stands that names its last one; no day stays."""
    try:
        return (date.fromisoformat(day) + timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        return day


def place_of(text: str) -> str:
    """The ISO code of a country that a list names in words; the words where they name none.

    Some print the first words of its name behind the last ones: `Bahamas, The`.
    """
    from detente.register.book import built_in_countries

    words = text.strip()
    countries = built_in_countries()
    bare = words.removeprefix(REGION)
    found = countries.find(bare)
    if found is None:
        first, _, behind = bare.partition(", ")
        found = countries.find(f"{behind} {first}")
    return found or words


def countries_named(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries that a list names in words, each once; what is undetermined is none."""
    named = (text for text in texts if text.strip().lower() != UNDETERMINED)
    return tuple(dict.fromkeys(map(place_of, named)))


def written_out(parts: Iterable[str]) -> str:
    """The parts of an address, its country last, in one line; "" of a country alone, which is none.

    A country that is undetermined is left out.
    """
    *within, country = (each if each.lower() != UNDETERMINED else "" for each in parts)
    return ", ".join(filter(None, (*within, country))) if any(within) else ""


def unlike(entries: Iterable[ListedEntry]) -> Iterator[ListedEntry]:
    """Entries with keys of their own: a list of BIS prints a party twice when two rules did.

    The key of one that has no number is its name.
    """
    used: dict[tuple[str, str], int] = {}
    for entry in entries:
        if not entry.key:
            entry = entry._replace(key=entry.names[0].text)
        count = used[entry.list, entry.key] = used.get((entry.list, entry.key), 0) + 1
        yield entry if count == 1 else entry._replace(key=f"{entry.key}#{count}")


def once(entries: Iterable[ListedEntry]) -> Iterator[ListedEntry]:
    """Entries without those that differ in nothing from one before but for what `unlike` added."""
    seen = set()
    for entry in entries:
        bare = entry._replace(key=entry.key.partition("#")[0])
        if bare not in seen:
            seen.add(bare)
            yield entry


def texts(value: object) -> list[str]:
    """The texts of a list of texts, or of one text with `;` between; what is empty is left out.

    Raises:
        MalformedError: what stands in the list is no text and no number.
    """
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, Iterable):
        return []
    found = [part for part in value if part is not None]
    if any(isinstance(part, bool) or not isinstance(part, str | int | float) for part in found):
        raise MalformedError("what stands in a list of texts is not text")
    return [text for part in found if (text := str(part).strip())]
