"""The formats of lists, each registered here and nowhere else, and which of them a file is in.

A new format is a module of `readers` and a row of FORMATS: the command, its help, the guess and
what counts as an authority's own publication all follow from the row.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from detente._shapes import NamedTuple
from detente.parties.lists.model import Reading
from detente.parties.lists.readers.common import check_size

HEAD = 65536
"""Bytes from the beginning of a file by which its format is told."""

MARKS = b"\xef\xbb\xbf \r\n\t"
"""A byte order mark and blanks, which say nothing of a format."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, the newer kinds and the older one."""


class Format(NamedTuple):
    """A format in which somebody publishes a list.

    Attributes:
        name: as ``--format`` takes it, and as a version remembers it.
        reader: module of ``readers``, and function in it.
        begins: whether a file that begins so is in it; the first row that says yes has it.
        whole: whether an authority publishes a list whole in it, so that nobody else stands there.
    """

    name: str
    reader: tuple[str, str]
    begins: Callable[[bytes], bool]
    whole: bool = False


def _is_ftm(head: bytes) -> bool:
    return head[:1] == b"{" and b'"schema"' in head and b'"properties"' in head


def _is_bods(head: bytes) -> bool:
    return _is_json(head) and (b'"statementId"' in head or b'"statementID"' in head)


def _is_json(head: bytes) -> bool:
    return head[:1] in (b"{", b"[")


def _is_gleif(head: bytes) -> bool:
    return b"Relationship.StartNode" in head


def _is_ofac(head: bytes) -> bool:
    first = head.partition(b"\n")[0]
    return b"-0-" in first and first.split(b",")[0].isdigit()


def _is_table(head: bytes) -> bool:
    return head.startswith(WORKBOOKS) or b"name" in head.partition(b"\n")[0].lower()


FORMATS = (
    Format("ftm", ("ftm", "read_ftm"), _is_ftm),
    Format("bods", ("bods", "read_bods"), _is_bods),
    Format("csl", ("csl", "read_csl"), _is_json, whole=True),
    Format("gleif", ("gleif", "read_gleif"), _is_gleif),
    Format("ofac", ("ofac", "read_ofac"), _is_ofac, whole=True),
    Format("csv", ("table", "read_table"), _is_table),
)
"""Every format, the more particular ones before those that would take their files too."""


def format_names() -> tuple[str, ...]:
    """The names of the formats."""
    return tuple(each.name for each in FORMATS)


def is_published_whole(name: str) -> bool:
    """Whether an authority publishes a list whole in a format."""
    return any(each.whole for each in FORMATS if each.name == name)


def read_list(path: str, form: str | None = None) -> Reading:
    """Read a list.

    Args:
        path: the file.
        form: the name of a format; told from the file's beginning when None.

    Raises:
        ValueError: the file is not of that format, or of none that is known.
    """
    form = form or guess_format(path)
    found = next((each for each in FORMATS if each.name == form), None)
    if found is None:
        raise ValueError(f"unknown format {form!r}: one of {', '.join(format_names())}")
    module, function = found.reader
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
        head = file.read(HEAD).lstrip(MARKS)
    first = head.partition(b"\n")[0]
    if b"federal_register_notice" in first and b"alt_names" in first and not _is_json(head):
        raise ValueError(
            f"{path} is the CSV form of the Consolidated Screening List, whose addresses and "
            "names are not in columns: download its JSON form"
        )
    for each in FORMATS:
        if each.begins(head):
            return each.name
    raise ValueError(
        f"{path} begins like no list that is known: name its format with --format "
        f"({', '.join(format_names())}); a CSV needs a header with `name`"
    )
