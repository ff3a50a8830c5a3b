"""Which reader reads a file."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from detente.parties.lists.model import Reading
from detente.parties.lists.readers.common import check_size

READERS = {
    "csl": ("csl", "read_csl"),
    "ofac": ("ofac", "read_ofac"),
    "bods": ("bods", "read_bods"),
    "gleif": ("gleif", "read_gleif"),
    "ftm": ("ftm", "read_ftm"),
    "csv": ("table", "read_table"),
}
"""Formats, each with its module and function."""


def read_list(path: str, form: str | None = None) -> Reading:
    """Read a list.

    Args:
        path: the file.
        form: one of `READERS`; guessed from the file's first characters when None.

    Raises:
        ValueError: the file is not of that format, or of none that is known.
    """
    form = form or guess_format(path)
    if form not in READERS:
        raise ValueError(f"unknown format {form!r}: one of {', '.join(READERS)}")
    module, function = READERS[form]
    read: Callable[[str], Reading] = getattr(
        import_module(f"detente.parties.lists.readers.{module}"), function
    )
    return read(path)


def guess_format(path: str) -> str:
    """The format of a file, from its first characters.

    Raises:
        ValueError: they are those of no format that is known.
    """
    check_size(path)
    with open(path, "rb") as file:
        head = file.read(65536).lstrip(b"\xef\xbb\xbf \r\n\t")
    if head[:1] in (b"{", b"["):
        if b'"schema"' in head and b'"properties"' in head and head[:1] == b"{":
            return "ftm"
        if b'"statementId"' in head or b'"statementID"' in head:
            return "bods"
        return "csl"
    if b"Relationship.StartNode" in head:
        return "gleif"
    first = head.partition(b"\n")[0]
    if b"-0-" in first and first.split(b",")[0].isdigit():
        return "ofac"
    if b"federal_register_notice" in first and b"alt_names" in first:
        raise ValueError(
            f"{path} is the CSV form of the Consolidated Screening List, whose addresses and "
            "names are not in columns: download its JSON form"
        )
    if b"name" in first.lower():
        return "csv"
    raise ValueError(
        f"{path} begins like no list that is known: name its format with --format "
        f"({', '.join(READERS)}); a CSV needs a header with `name`"
    )
