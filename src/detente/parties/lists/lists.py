"""The formats of lists, each registered here and nowhere else, and which of them a file is in.

A new format is a module of `readers` and a row of FORMATS: the command, its help, the guess and
what counts as an authority's own publication all follow from the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from detente._shapes import NamedTuple
from detente.core.tables.reading import check_encoding
from detente.parties.lists.listed_days import with_days
from detente.parties.lists.model import ListReading
from detente.parties.lists.readers.common import LARGEST_STREAMED, check_size, no_uk_xml
from detente.parties.lists.readers.packed import beginning, packed_otherwise, unpacked

HEAD = 65536
"""Bytes from the beginning of a file by which its format is told."""

MARKS = b"\xef\xbb\xbf \r\n\t"
"""A byte order mark and blanks, which say nothing of a format."""

UK_XML = b"<Designations"
"""The first element of the list of the United Kingdom as XML."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins."""

NAME_ALONE = re.compile(rb'(?:^|[,;\t|])\s*"?name"?\s*(?:[,;\t|]|$)', re.IGNORECASE)
"""A cell of a heading that is `name` and no more."""

ABOVE = 11
"""Lines of which one may be the heading of a table."""

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, the newer kinds and the older one."""


PLAIN_TABLE = "csv"
"""The format of a list that people make themselves."""


class Format(NamedTuple):
    """A format in which somebody publishes a list.

    Attributes:
        name: as ``--format`` takes it, and as a version remembers it.
        reader: module of ``readers``, and function in it.
        begins: whether a file that begins so is in it; the first row that says yes has it.
        whole: whether an authority publishes a list whole in it, so that nobody else stands there.
        encoded: whether its files are text in an encoding that they do not say.
        as_held: whether what is held tells how its parties are called: they have no number, and
            names that run together with addresses or are spelled as it comes; see `as_held`.
        by_day: whether a file is what its publisher had on a day that was asked for, so that
            whoever fetches it later sees nothing of the days since.
        sheets: whether its files may be workbooks, of which a sheet can be named.
        beside: whether files that stand beside the one that is named are read with it, so that the
            reader must know its name where it is packed.
        registers: whether its files are registers, which do not say that they restrict anybody.
    """

    name: str
    reader: tuple[str, str]
    begins: Callable[[bytes], bool]
    whole: bool = False
    encoded: bool = False
    as_held: bool = False
    by_day: bool = False
    sheets: bool = False
    beside: bool = False
    registers: bool = False


def _is_ftm(head: bytes) -> bool:
    return head[:1] == b"{" and b'"schema"' in head and b'"properties"' in head


def _is_bods(head: bytes) -> bool:
    return _is_json(head) and (b'"statementId"' in head or b'"statementID"' in head)


def _is_json(head: bytes) -> bool:
    return head[:1] in (b"{", b"[")


def _is_gleif(head: bytes) -> bool:
    return b"Relationship.StartNode" in head


def _is_ofac(head: bytes) -> bool:
    # Without a header, a number in front and the mark of an empty cell are all that tells it; the
    # first row may be damaged.
    rows = head.split(b"\n", 10)[:10]
    return any(b"-0-" in row and row.split(b",")[0].isdigit() for row in rows)


def _is_xml_with(*marks: bytes) -> Callable[[bytes], bool]:
    """Whether a file is XML and one of some marks stands in its beginning."""
    return lambda head: head[:1] == b"<" and any(mark in head for mark in marks)


def _has_columns(*columns: bytes) -> Callable[[bytes], bool]:
    """Whether the first line of a file names all of some columns."""
    return lambda head: all(column in head.partition(b"\n")[0] for column in columns)


def _is_uk(head: bytes) -> bool:
    # Some downloads print the day of the report in a line above the header.
    first, _, second = head.partition(b"\n")
    return b"Unique ID" in first or (b"Report Date" in first and b"Unique ID" in second)


def _is_targets(head: bytes) -> bool:
    # Older files have no column of programmes, and newer ones may be cut down to few.
    return any(
        _has_columns(b"schema", b"aliases", column)(head)
        for column in (b"program_ids", b"first_seen", b"last_change")
    )


def _is_page_of(*titles: bytes) -> Callable[[bytes], bool]:
    """Whether a file is a page, by its title."""
    return lambda head: head[:1] == b"<" and any(title in head for title in titles)


def _is_meti(head: bytes) -> bool:
    # Its headings have two lines each, so they are not all in the first one.
    return b"<" not in head[:1] and b"Company or Organization" in head[:1000]


def _is_table(head: bytes) -> bool:
    if head.startswith(WORKBOOKS) or b"name" in head.partition(b"\n")[0].lower():
        return True
    # What names the separator, or a title, may stand above the heading.
    return any(map(NAME_ALONE.search, re.split(rb"\r\n?|\n", head)[:ABOVE]))


FORMATS = (
    Format("ftm", ("ftm", "read_ftm"), _is_ftm),
    Format("bods", ("bods", "read_bods"), _is_bods, registers=True),
    Format("csl", ("csl", "read_csl"), _is_json, whole=True),
    Format("gleif", ("gleif", "read_gleif"), _is_gleif, encoded=True, registers=True),
    Format("ofac", ("ofac", "read_ofac"), _is_ofac, whole=True, encoded=True, beside=True),
    Format(
        "uflpa-page",
        ("uflpa_page", "read_uflpa_page"),
        _is_page_of(b"UFLPA Entity List", b"Uyghur Forced Labor Prevention Act Entity List"),
        whole=True,
        encoded=True,
    ),
    Format(
        "fcc-page",
        ("fcc_page", "read_fcc_page"),
        _is_page_of(b"supplychain/coveredlist", b"Date of Inclusion on Covered List"),
        encoded=True,  # affiliates that it does not name are covered too, so it is never whole
        as_held=True,
    ),
    Format(
        "ofac-xml", ("ofac_xml", "read_ofac_xml"), _is_xml_with(b"<sdnList", b"<Sanctions"), True
    ),
    Format(
        "ecfr",
        ("ecfr", "read_ecfr"),
        _is_xml_with(
            b'<DIV5 N="744"',
            b'N="Supplement No. 4 to Part 744"',
            b'N="Supplement No. 7 to Part 744"',
        ),
        whole=True,
        as_held=True,
        by_day=True,
    ),
    Format("un", ("sanctions_xml", "read_un"), _is_xml_with(b"<CONSOLIDATED_LIST"), True),
    Format("eu", ("sanctions_xml", "read_eu"), _is_xml_with(b"eu.europa.ec/fpi/fsd/export"), True),
    Format(
        "gleif-xml", ("gleif", "read_gleif_xml"), _is_xml_with(b"RelationshipData"), registers=True
    ),
    Format("lei-xml", ("gleif", "read_lei_xml"), _is_xml_with(b"LEIData"), registers=True),
    Format(
        "lei",
        ("gleif", "read_lei"),
        _has_columns(b"LEI", b"Entity.LegalName"),
        encoded=True,
        registers=True,
    ),
    Format(
        "csl-csv", ("rows", "read_csl_csv"), _has_columns(b"federal_register_notice"), True, True
    ),
    Format(
        "dpl", ("rows", "read_dpl"), _has_columns(b"Effective_Date", b"Expiration_Date"), True, True
    ),
    Format(
        "eu-csv", ("rows", "read_eu_csv"), _has_columns(b"Entity_EU_ReferenceNumber"), True, True
    ),
    Format("uk", ("rows", "read_uk"), _is_uk, True, True),
    Format("meti", ("meti", "read_meti"), _is_meti, True, True, as_held=True, sheets=True),
    Format("targets", ("rows", "read_targets"), _is_targets, encoded=True),
    Format(PLAIN_TABLE, ("table", "read_table"), _is_table, encoded=True, sheets=True),
)
"""Every format, the more particular ones before those that would take their files too."""


def format_names() -> tuple[str, ...]:
    """The names of the formats."""
    return tuple(each.name for each in FORMATS)


def is_published_whole(name: str) -> bool:
    """Whether an authority publishes a list whole in a format."""
    return any(each.whole for each in FORMATS if each.name == name)


def is_register(name: str) -> bool:
    """Whether a format is one of registers, which do not say that they restrict anybody."""
    return any(each.registers for each in FORMATS if each.name == name)


def is_encoded(name: str) -> bool:
    """Whether files in a format are text in an encoding that they do not say."""
    return any(each.encoded for each in FORMATS if each.name == name)


def is_told_as_held(name: str) -> bool:
    """Whether what is held tells how the parties of a format are called."""
    return any(each.as_held for each in FORMATS if each.name == name)


def is_by_day(name: str) -> bool:
    """Whether a file in a format is of a day that was asked for."""
    return any(each.by_day for each in FORMATS if each.name == name)


def read_list(
    path: str, form: str | None = None, encoding: str | None = None, sheet: str = ""
) -> ListReading:
    """Read a list.

    Args:
        path: the file.
        form: the name of a format; told from the file's beginning when None.
        encoding: of a table, such as GB18030; None for its mark, else UTF-8.
        sheet: of a workbook; "" for the only one that has cells.

    Raises:
        ValueError: the file is not of that format, or of none that is known.
    """
    check_size(path, LARGEST_STREAMED)
    if encoding is not None:
        check_encoding(encoding)
    form = form or guess_format(path, encoding)
    found = next((each for each in FORMATS if each.name == form), None)
    if found is None:
        raise ValueError(f"unknown format {form!r}: one of {', '.join(format_names())}")
    module, function = found.reader
    # By name, so that a command which reads no list imports none of the readers.
    read: Callable[..., ListReading] = getattr(
        import_module(f"detente.parties.lists.readers.{module}"), function
    )
    if encoding is not None and not is_encoded(form):
        raise ValueError(f"a file of format {form} says its encoding itself: leave --encoding out")
    if sheet and not found.sheets:
        raise ValueError(f"a file of format {form} has no sheets: leave --sheet out")
    stated = {"encoding": encoding, "sheet": sheet, "named": path if found.beside else ""}
    how = {name: value for name, value in stated.items() if value}
    with unpacked(path) as content:
        try:
            return with_days(read(content, **how))
        except UnicodeError as error:
            from detente.core.tables.reading import NAME_ENCODING

            raise ValueError(
                f"{path} is not the text that it begins as ({error}): {NAME_ENCODING}"
            ) from None


def guess_format(path: str, encoding: str | None = None) -> str:
    """The format of a file, from its first characters.

    Args:
        path: the file.
        encoding: of a text; None for its mark, else UTF-8.

    Raises:
        ValueError: they are those of no format that is known, or the encoding is not known.
    """
    check_size(path, LARGEST_STREAMED)
    if encoding is not None:
        check_encoding(encoding)
    head = beginning(path, HEAD)
    if packing := packed_otherwise(head):
        raise ValueError(
            f"{path} is packed ({packing}) in a way that is not read: unpack it, and name the file "
            "that is the list"
        )
    if head[:2] in UTF_16:
        head = head.decode("utf-16", "ignore").encode()
    elif encoding is not None and not head.startswith(WORKBOOKS):
        head = head.decode(encoding, "ignore").encode()
    head = head.lstrip(MARKS)
    if head[:1] == b"<" and UK_XML in head:
        raise no_uk_xml(path)
    for each in FORMATS:
        if each.begins(head):
            return each.name
    if head.startswith(b"%PDF"):
        raise ValueError(
            f"{path} is a PDF, which is not read: take its table out as a workbook or CSV, in a "
            "spreadsheet program that reads tables of PDF, and name its format with --format"
        )
    raise ValueError(
        f"{path} begins like no list that is known: name its format with --format "
        f"({', '.join(format_names())}); a CSV needs a header with `name`"
    )
