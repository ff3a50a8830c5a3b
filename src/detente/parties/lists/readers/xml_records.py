"""XML files of lists, one record at a time: nothing is held but the record, no entity is resolved.

A document type is refused, since it can define entities that read other files or grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers.expat import ParserCreate

from detente.core.watched import open_bytes
from detente.parties.lists.listed_days import has_odd_days
from detente.parties.lists.model import ListedEntry
from detente.parties.lists.readers.common import LARGEST_STREAMED, check_size, wrong_file

PROLOG = 1 << 20
"""Bytes in which a file must come to its first element."""

ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
"""Comments and instructions, in which anything may stand, the beginning of an element too."""


def refuse_document_type(path: str, what: str) -> None:
    """Refuse a file with a document type.

    Raises:
        ValueError: it has one, or does not come to its first element.
    """
    with open(path, "rb") as file:
        head = file.read(PROLOG)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # In UTF-16 a zero byte stands between the letters that are looked for below.
        head = head.decode("utf-16", "replace").encode()
    head = ASIDE.sub(b"", head)
    first = re.search(rb"<[A-Za-z_]", head)
    if first is None:
        raise wrong_file(path, what, "it has no element in its first megabyte")
    # Only before the first element: a name of a party may hold these letters too.
    if b"<!DOCTYPE" in head[: first.start()]:
        raise ValueError(
            f"{path} has a document type, which a {what} does not need and which can read other "
            "files: take the file from its publisher again"
        )


def records(path: str, what: str, names: Collection[str]) -> Iterator[tuple[str, Element]]:
    """The elements of some names, without namespaces, each dropped once it was given.

    Args:
        path: the file.
        what: what it is expected to be.
        names: local names of the records; one that stands in another is not given by itself.

    Yields:
        The local name, and the element, whose own names are local too.

    Raises:
        ValueError: the file is not a XML, or has a document type; the message says the line.
    """
    check_size(path, LARGEST_STREAMED)
    refuse_document_type(path, what)
    open_records, path_to = 0, []
    file = open_bytes(path)
    try:
        for event, element in iterparse(file, ("start", "end")):
            if event == "start":
                element.tag = local(element.tag)
                path_to.append(element)
                open_records += element.tag in names
                continue
            path_to.pop()
            if element.tag not in names:
                # Elements that nobody wants must go as well, or the tree grows with the file.
                if not open_records and path_to:
                    path_to[-1].remove(element)
                continue
            open_records -= 1
            if not open_records:
                yield element.tag, element
                if path_to:
                    path_to[-1].remove(element)
    except ParseError as error:
        line = error.position[0]
        raise ValueError(f"{path}, line {line}: no XML ({error}), so it is no {what}") from None
    except (LookupError, ValueError) as error:
        raise unreadable(path, error) from None
    finally:
        file.close()


def with_lines(
    path: str, names: Collection[str], faults: Collection[tuple[int, str]]
) -> tuple[str, ...]:
    """What is wrong with some records, each with the line in which the record begins.

    The tree knows no lines, so the file is passed through once more where there is any fault.

    Args:
        path: the file, which was read whole.
        names: local names of the records; see `records`.
        faults: number of each record among them, from 1, and what is wrong with it.
    """
    lines = _lines_of(path, names, {number for number, _ in faults})
    return tuple(f"line {lines[number]}{fault}" for number, fault in faults)


def places_of(
    path: str, names: Collection[str], entries: Sequence[ListedEntry], numbers: Sequence[int]
) -> tuple[str, ...]:
    """Where the entries stand of whose days something must be told; none where there is no such.

    Args:
        path: the file, which was read whole.
        names: local names of the records; see `records`.
        entries: what was read.
        numbers: the number of the record that states the days of each.
    """
    odd = {number for entry, number in zip(entries, numbers, strict=True) if has_odd_days(entry)}
    if not odd:
        return ()
    lines = _lines_of(path, names, odd)
    return tuple(
        f"line {lines[number]} ({entry.key})" if number in odd else ""
        for entry, number in zip(entries, numbers, strict=True)
    )


def _lines_of(path: str, names: Collection[str], wanted: Collection[int]) -> dict[int, int]:
    """The lines in which some records begin, by their numbers."""
    lines: dict[int, int] = {}
    if not wanted:
        return lines
    count = depth = 0
    parser = ParserCreate()

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal count, depth
        if tag.rpartition(":")[2] in names:
            if not depth:
                count += 1
                if count in wanted:
                    lines[count] = parser.CurrentLineNumber
            depth += 1

    def end(tag: str) -> None:
        nonlocal depth
        depth -= tag.rpartition(":")[2] in names

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with open(path, "rb") as file:
        parser.ParseFile(file)
    return lines


def unreadable(path: str, error: Exception) -> ValueError:
    """The error for a XML whose first line names an encoding that is none, or is not read."""
    return ValueError(f"{path} is in an encoding that is not read ({error}): save it as UTF-8")


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def text_of(element: Element, path: str) -> str:
    """The text of the first element under a path, blanks trimmed; "" where there is none."""
    found = element.find(path)
    return " ".join((found.text or "").split()) if found is not None else ""


def texts_of(element: Element, path: str) -> list[str]:
    """The texts of the elements under a path, those with any."""
    found = (" ".join((each.text or "").split()) for each in element.iterfind(path))
    return [text for text in found if text]


def root_of(path: str, what: str) -> Element:
    """The first element of a file, with its attributes alone.

    Raises:
        ValueError: the file is not a XML, or has a document type.
    """
    check_size(path, LARGEST_STREAMED)
    refuse_document_type(path, what)
    try:
        for _, element in iterparse(path, ("start",)):
            first: Element = element
            first.tag = local(first.tag)
            return first
    except ParseError as error:
        raise ValueError(f"{path}, line {error.position[0]}: no XML ({error})") from None
    except (LookupError, ValueError) as error:
        raise unreadable(path, error) from None
    raise wrong_file(path, what, "it has no element")
