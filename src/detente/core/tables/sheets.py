"""How far the cells of a workbook reach, counted before any library makes room for them.

A small file may hold a sheet of gigabytes, or two cells a million rows apart: what reads workbooks
takes room for every cell between the first and the last one. So the parts with cells are unpacked
piece by piece and thrown away, and whoever limits a table is asked while they are counted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from detente._shapes import NamedTuple

PIECE = 2**20
"""Bytes that are unpacked at once."""

LONGEST_TAG = 2**16
"""Bytes that are kept of a tag which has not ended: a longer one is not of a workbook."""

SHARED = "xl/sharedstrings.xml"
"""The part of a workbook that has the texts of its cells, in small letters."""

OF_TEXT = 32
"""Bytes that a text takes beside its letters."""

LONGEST_CELL = 512
"""Bytes of a cell that shares a text, up to the end of its number."""

OPEN_DOCUMENT = "content.xml"
"""The part of an OpenDocument file that has the cells of all its sheets."""

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""What comes of an archive that cannot be unpacked."""

MOST_ROOM = 40_000_000
"""Cells between the first and the last one of a sheet that is read, by a command and by a job."""

MOST_UNPACKED = 2**31
"""Bytes of a workbook's parts that is read, and of the texts of a sheet."""

_ROW_END = re.compile(rb"</(?:\w{1,20}:)?row>")
_CELL = re.compile(
    rb"""<(?:\w{1,20}:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>"""
)  # a cell without a value ends in its own tag, and takes no room
_FAR = re.compile(rb'<c r="(?:[A-Z]{2}|[A-Z][0-9]{7})')
"""A cell behind column Z or row 999,999, as most programs write it."""
_NAMELESS = re.compile(rb"<(?:\w{1,20}:)?c(?:>|\s(?![^>]*\br\s*=)[^>]*(?<!/)>)")
_SHARED = re.compile(rb"""t=["']s["'][^<]*<(?:\w{1,20}:)?v>\s*([0-9]{1,9})""")
"""A cell whose value is the number of a text that cells share."""
_SHARED_END = re.compile(rb"</(?:\w{1,20}:)?si>|<(?:\w{1,20}:)?si\s*/>")
_ODS = re.compile(rb"<(/?)table:table-(row|cell)\b([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]{1,18})"')


MOST_PACKED, SMALL = 400, 256 << 20
"""How many times its size a workbook may grow that unpacks to more bytes than the small one."""


class SheetExtent(NamedTuple):
    """How much there is of a sheet so far.

    Attributes:
        rows: that have cells.
        cells: that have a value.
        room: cells of the rectangle that holds them all.
        text: bytes that the texts take, each as often as it stands in a cell.
    """

    rows: int = 0
    cells: int = 0
    room: int = 0
    text: int = 0


def is_archive(path: Path) -> bool:
    """Whether a file begins as an archive does: a workbook is one."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    """What comes out of a member, piece by piece, whatever its directory says of its size.

    Raises:
        zipfile.BadZipFile: the directory says another size or another checksum.
    """
    told, size = member.file_size, 0
    # The reader stops where the directory says that the member ends; others read on.
    member.file_size = 2**63
    try:
        with archive.open(member) as part:
            while piece := part.read(PIECE):
                size += len(piece)
                yield piece
    finally:
        member.file_size = told
    if size != told:
        raise zipfile.BadZipFile(f"{member.filename} has another size than the file says")


def too_large(path: Path) -> str:
    """Why a workbook finds no room; "" where it does.

    What reads workbooks ends the program where there is none. So its cells are counted, whatever
    the file says of itself, unless all plainly stand in its first columns and rows.

    Raises:
        one of ``BROKEN``: the archive is broken.
    """
    if not is_archive(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        size = sum(each.file_size for each in archive.infolist())
        if size > MOST_UNPACKED:
            return f"it unpacks to {size:,} bytes, more than the {MOST_UNPACKED:,} that are read"
        packed = path.stat().st_size
        if size > max(SMALL, MOST_PACKED * packed):
            return (
                f"it has {packed:,} bytes and unpacks to {size:,}: such cells are blank, or made "
                "to fill a memory"
            )
        if all(_is_near(archive, each) for each in archive.infolist()):
            return ""
    for extent in extents(path):
        if extent.room > MOST_ROOM:
            return far_apart(extent.room)
        if extent.text > MOST_UNPACKED:
            return (
                f"the texts of a sheet take more than {MOST_UNPACKED:,} bytes, each as often as it "
                "stands in a cell"
            )
    return ""


def _is_near(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part has no cell behind column Z or row 999,999: these find room in any case.

    To count them takes several times as long as to read the sheet. A part that is written in
    another way than most is counted.
    """
    if member.filename == OPEN_DOCUMENT:
        return False
    with closing(whole_tags(unpacked(archive, member))) as pieces:
        return all(
            piece.count(b"<c ") == piece.count(b'<c r="')
            and not any(tag in piece for tag in (b"<c>", b":c ", b":c>"))
            and not _FAR.search(piece)
            for piece in pieces
        )


def far_apart(room: int) -> str:
    """That the cells of a sheet reach so far that there are too many between them."""
    return f"a sheet has cells so far apart that {room:,} find room between them"


def extents(path: Path) -> Iterator[SheetExtent]:
    """How far each sheet of a workbook reaches, told again and again while it is counted.

    A file that is no archive has none: what is not packed is as large as it is.

    Raises:
        zipfile.BadZipFile: the archive is broken, or says another size than it has.
    """
    if not is_archive(path):
        return
    with zipfile.ZipFile(path) as archive:
        texts = array("q")
        for member in archive.infolist():
            if member.filename.lower() == SHARED:
                with closing(whole_tags(unpacked(archive, member))) as pieces:
                    for size in _of_texts(pieces, texts):
                        yield SheetExtent(text=size)
        for member in archive.infolist():
            # A workbook says by itself which of its parts are sheets, so every part is looked at.
            with closing(whole_tags(unpacked(archive, member))) as pieces:
                if member.filename == OPEN_DOCUMENT:
                    yield from _of_open_document(pieces)
                else:
                    yield from _of_sheet(pieces, texts)


def whole_tags(pieces: Iterator[bytes]) -> Generator[bytes, None, None]:
    """The same bytes, cut behind tags."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b">") + 1
        yield text[:cut]
        rest = text[cut:][-LONGEST_TAG:]


def _of_texts(pieces: Iterator[bytes], texts: array[int]) -> Iterator[int]:
    """What the texts that cells share take so far; how long each is goes into the second."""
    size = open_text = 0
    for piece in pieces:
        at = 0
        for end in _SHARED_END.finditer(piece):
            texts.append(open_text + end.start() - at + OF_TEXT)
            size += texts[-1]
            at, open_text = end.end(), 0
        open_text += len(piece) - at
        yield size + open_text


def _of_sheet(pieces: Iterator[bytes], texts: array[int]) -> Iterator[SheetExtent]:
    rows = cells = last = text = 0
    columns: set[bytes] = set()
    rest = b""
    for piece in pieces:
        if texts:
            rest += piece
            cut = max(rest.rfind(b"</c>"), rest.rfind(b":c>")) + 1
            named = map(int, _SHARED.findall(rest[:cut]))
            text += sum([texts[each] for each in named if each < len(texts)])
            rest = rest[cut:][-LONGEST_CELL:]
        rows += len(_ROW_END.findall(piece))
        found = _CELL.findall(piece)
        cells += len(found) + len(_NAMELESS.findall(piece))
        if found:
            letters, numbers = zip(*found, strict=True)
            columns.update(letters)
            last = max(last, max(map(int, set(numbers))))
        width = max(map(_number, columns), default=0)
        yield SheetExtent(rows, cells, max(cells, width * last), text)


def _of_open_document(pieces: Iterator[bytes]) -> Iterator[SheetExtent]:
    rows = cells = width = text = 0
    repeated, counted = 1, False
    alike = 0  # cells for which what is written now stands
    for piece in pieces:
        at = 0
        for tag in _ODS.finditer(piece):
            text += alike * (tag.start() - at)
            at, alike = tag.end(), 0
            ends, kind, attributes = tag.groups()
            if ends or attributes.endswith(b"/"):
                continue
            found = _REPEATED.search(attributes)
            times = int(found[1]) if found else 1
            if kind == b"row":
                # How many rows of cells those that follow stand for is known by the cells.
                repeated, counted = times, False
                continue
            alike = times * repeated
            cells += alike
            text += alike * OF_TEXT
            width = max(width, times)
            if not counted:
                rows, counted = rows + repeated, True
        text += alike * (len(piece) - at)
        yield SheetExtent(rows, cells, max(cells, rows * width), text)


def _number(letters: bytes) -> int:
    """The number of a column, from 1."""
    found = 0
    for each in letters:
        found = found * 26 + each - 64
    return found
