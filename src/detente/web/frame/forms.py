"""Forms that are sent with files: the body read within its limits, then taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from multipart import MultipartError, MultipartParser, parse_options_header

from detente._shapes import NamedTuple
from detente.api.bodies import read_body
from detente.api.guard import Limits
from detente.api.parameters import unknown
from detente.api.refusals import RefusedError, as_sentence, refuse
from detente.core.tables.encodings import text_of
from detente.parties.lists.readers.packed import OverLimitError, unpacked_bytes

AnyRequest = Request[Any, Any, Any]


class Sent(NamedTuple):
    """What a form sent: texts by field, and for fields with a file the name that it had."""

    texts: dict[str, str]
    files: dict[str, str]

    def get(self, name: str) -> str:
        """The text of a field; "" where it was left empty."""
        return self.texts.get(name, "")


NOTHING = Sent({}, {})
"""What a form has before anything is typed into it."""


async def read_form(request: AnyRequest, limits: Limits, names: Iterable[str]) -> Sent:
    """The fields of a form; a file chosen for ``name_file`` stands in place of ``name``.

    Of a packed file what is in it was chosen: together they may take as much as the body may.

    Args:
        request: the request.
        limits: what its body may take.
        names: the fields of the form.

    Raises:
        RefusedError: the body is too large or broken, a field is unknown, or a file is not text, or
            is packed and cannot be unpacked within what the body may take.
    """
    media, options = parse_options_header(request.headers.get("content-type", ""))
    body = await read_body(request, limits)
    texts: dict[str, str] = {}
    files: dict[str, str] = {}
    names, room = list(names), limits.body
    for field, file, raw in _fields(media, options.get("boundary", ""), body):
        name = field.removesuffix("_file") if field.removesuffix("_file") in names else field
        if name not in names:
            raise unknown(name, names, "field")
        if file and raw:
            files[name], content = _unpacked(file, raw, name, room)
            if content is not raw:
                room -= len(content)
            texts[name] = _text(content, name)
        elif not file and name not in files and field == name:
            texts[name] = _text(raw, name).replace("\r\n", "\n")
    return Sent(texts, files)


class Upload(NamedTuple):
    """A file that a form sent, with the texts of its other fields.

    Attributes:
        name: name that the file had.
        body: its bytes.
        texts: the other fields.
    """

    name: str
    body: bytes
    texts: dict[str, str]

    def check_chosen(self, field: str) -> None:
        """Refuse a form without a file, or with an empty one.

        Args:
            field: of the file.

        Raises:
            RefusedError: no file was chosen, or it is empty.
        """
        if not self.body:
            what = f"The file {self.name} is empty." if self.name else "No file was chosen."
            do = "Choose one that is not empty, and send the form again."
            raise refuse(422, what, field, do)


async def read_upload(
    request: AnyRequest, limits: Limits, file: str, names: Iterable[str]
) -> Upload:
    """The file of a form as it is, of any kind and encoding, or the one that is packed in it.

    Args:
        request: the request.
        limits: what its body may take.
        file: the field of the file.
        names: the other fields.

    Raises:
        RefusedError: the body is too large or broken, a field is unknown, or the file is packed and
            cannot be unpacked within what the body may take. Whether a file was chosen is for
            whoever has the texts: see ``Upload.check_chosen``.
    """
    media, options = parse_options_header(request.headers.get("content-type", ""))
    body = await read_body(request, limits)
    names = [file, *names]
    sent, texts = ("", b""), {}
    for field, name, raw in _fields(media, options.get("boundary", ""), body):
        if field not in names:
            raise unknown(field, names, "field")
        if field == file:
            sent = _unpacked(name, raw, file, limits.body)
        else:
            texts[field] = _text(raw, field).replace("\r\n", "\n")
    return Upload(sent[0] or ("file" if sent[1] else ""), sent[1], texts)


def _fields(media: str, boundary: str, body: bytes) -> Iterable[tuple[str, str, bytes]]:
    if media == "application/x-www-form-urlencoded":
        for name, text in parse_qsl(body.decode("latin-1"), keep_blank_values=True):
            yield name, "", text.encode()
        return
    if media != "multipart/form-data" or not boundary:
        raise refuse(415, "This is not a form.", "Content-Type", "Send the form of the page.")
    try:
        for part in MultipartParser(BytesIO(body), boundary, len(body), memory_limit=len(body) + 1):
            yield part.name, part.filename or "", part.raw
    except MultipartError as error:
        raise _broken() from error


def _broken() -> RefusedError:
    return refuse(400, "The form broke off or is none.", "body", "Send it again from the page.")


def _unpacked(file: str, raw: bytes, name: str, room: int) -> tuple[str, bytes]:
    """Name and bytes of the file of a field, or of the one that is packed in it."""
    try:
        return unpacked_bytes(file, raw, room)
    except OverLimitError as error:
        what = f"The file {file} unpacks to more than {room:,} bytes, which this server takes."
        do = "Send it in parts, or run the command in a shell, which takes any size."
        raise refuse(413, what, name, do) from error
    except ValueError as error:
        # A file keeps its name as it is, and a form names none of the files in it.
        what, _, do = str(error).rpartition(": ")
        do = as_sentence(do)
        if do.startswith("Unpack"):
            do = "Unpack it, and send the file that has the table."
        raise refuse(422, f"The file {what}.", name, do) from error


def _text(raw: bytes, name: str) -> str:
    try:
        return text_of(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        do = "Save it as CSV in UTF-8, and send it again."
        raise refuse(422, f"Line {line} of the file is not {error.encoding}.", name, do) from error
