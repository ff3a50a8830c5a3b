"""Fetching a file from an address: whole, of a bounded size, or not at all.

Certificates and proxies are those of the system: ``SSL_CERT_FILE`` names an authority of one's own,
``HTTPS_PROXY`` and ``NO_PROXY`` a way out. Addresses of this machine never go through a proxy.
"""

from __future__ import annotations

import os

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.client import HTTPResponse
    from typing import BinaryIO

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is fetched unless somebody says otherwise."""

SECONDS = 60
"""How long a server may be silent."""

SILENCES = 20
"""How many times that a file may take in all: a server may not be slow for ever."""

TRIES = 3
"""How often a file is asked for, where a server asks for patience or fails."""

PATIENCE = 120
"""Seconds that a server may ask us to wait; one that asks for more is given up, and says so."""

PAUSE = 1.0
"""Seconds before the next try, where the server names none."""

AGENT = "detente"
"""What the program calls itself; some publishers refuse what calls itself a browser."""

OF_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
"""Hosts that need no encryption."""

_BLOCK = 1 << 20
_BUSY = (429, 500, 502, 503, 504)
"""Answers after which the same question may succeed."""


class FetchError(Exception):
    """A file did not come; the message says why.

    Attributes:
        wait: seconds after which it may be asked for again; None where that is of no use.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Fetched(NamedTuple):
    """What came of asking for a file.

    Attributes:
        wrong: why it did not come; "" where it did.
        tag: by which the server knows this state of the file (``ETag``); "" where it gives none.
        unchanged: the server has the state that was named, and sent nothing.
    """

    wrong: str
    tag: str = ""
    unchanged: bool = False


def fetch(
    address: str, path: str, largest: int = LARGEST, seconds: float = SECONDS, pause: float = PAUSE
) -> str:
    """Fetch a file; says why it could not be, or "" where it was.

    Args:
        address: https, or http on this machine.
        path: where to write it.
        largest: bytes after which it is given up, packed and unpacked.
        seconds: how long the server may be silent.
        pause: seconds before another try.
    """
    return fetch_newer(address, path, "", largest, seconds, pause).wrong


def fetch_newer(
    address: str,
    path: str,
    tag: str,
    largest: int = LARGEST,
    seconds: float = SECONDS,
    pause: float = PAUSE,
) -> Fetched:
    """Fetch a file unless the server still has the state that ``tag`` names."""
    from time import sleep

    if not _is_allowed(address):
        return Fetched(f"{address} is not an https address")
    for attempt in range(1, TRIES + 1):
        try:
            return _once(address, path, tag, largest, seconds)
        except FetchError as error:
            if error.wait is None or attempt == TRIES:
                return Fetched(f"{address} {error}")
            if error.wait > PATIENCE:
                return Fetched(f"{address} {error}: it asks to wait {error.wait:.0f} seconds")
            sleep(error.wait or pause)
    raise AssertionError("the last try returns")


def _is_allowed(address: str) -> bool:
    """Whether an address is encrypted, or on this machine."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (
            parts.scheme == "https"
            or (parts.scheme == "http" and parts.hostname in OF_THIS_MACHINE)
        )
    except ValueError:
        return False


def _once(address: str, path: str, tag: str, largest: int, seconds: float) -> Fetched:
    """Ask once.

    Raises:
        FetchError: it did not come whole.
    """
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
    if tag:
        headers["If-None-Match"] = tag
    try:
        request = Request(address, headers=headers)
        with _opener(address)(request, seconds) as answer, open(path, "wb") as file:
            size = _receive(answer, file, largest, seconds)
            found = answer.headers.get("ETag") or ""
    except HTTPError as error:
        error.close()
        if error.code == 304:
            return Fetched("", tag, True)
        wait = _retry_after(error.headers.get("Retry-After")) if error.code in _BUSY else None
        raise FetchError(f"could not be fetched: {' '.join(str(error).split())}", wait) from error
    except (HTTPException, OSError, ValueError) as error:
        raise FetchError(f"could not be fetched: {_reason(error)}", _again(error)) from error
    if not size:
        raise FetchError("is empty")
    return Fetched("", found)


def _opener(address: str) -> Callable[..., HTTPResponse]:
    """What opens an address: no proxy for this machine, and no redirect out of encryption."""
    from urllib.parse import urlsplit
    from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

    class Redirects(HTTPRedirectHandler):
        def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
            """Follow to an encrypted address; to this machine only from this machine."""
            ours = urlsplit(newurl).hostname in OF_THIS_MACHINE
            if not _is_allowed(newurl) or (ours and not here):
                raise FetchError(f"could not be fetched: it leads to {newurl}, which is not safe")
            made: Request | None = super().redirect_request(req, fp, code, msg, headers, newurl)
            return made

    here = urlsplit(address).hostname in OF_THIS_MACHINE
    handlers = [Redirects(), *([ProxyHandler({})] if here else [])]
    opened = build_opener(*handlers).open
    return lambda request, seconds: opened(request, timeout=seconds)


def _receive(answer: HTTPResponse, file: BinaryIO, largest: int, seconds: float) -> int:
    """Write an answer down, unpacked; gives its bytes."""
    from hashlib import sha256
    from time import monotonic

    packed = (answer.headers.get("Content-Encoding") or "identity").strip().casefold()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"came packed as {packed}, which was not asked for")
    until = monotonic() + SILENCES * seconds
    came, digest, stated = 0, sha256(), _stated_digest(answer.headers.get)

    def blocks() -> Iterator[bytes]:
        nonlocal came
        while block := answer.read1(_BLOCK):
            came += len(block)
            digest.update(block)
            yield block
            if monotonic() > until:
                raise FetchError(f"took longer than {SILENCES * seconds:.0f} seconds", 0.0)

    size = 0
    for part in blocks() if packed == "identity" else _unpacked(blocks()):
        size += len(part)
        if max(size, came) > largest:
            raise FetchError(f"is larger than {largest} bytes")
        file.write(part)
    expected = int(answer.headers.get("Content-Length") or 0)
    # `read1` ends an answer that broke off like a whole one, so the bytes are counted.
    if expected and came != expected:
        raise FetchError(f"broke off: {came} of {expected} bytes came", 0.0)
    if stated and digest.digest() != stated:
        raise FetchError("came changed: its SHA-256 is not the one that the server states", 0.0)
    return size


def _stated_digest(header: Callable[[str], str | None]) -> bytes:
    """The SHA-256 of what is sent, as a server states it (RFC 9530, RFC 3230); empty for none."""
    from base64 import b64decode
    from binascii import Error

    for each in ("Content-Digest", "Repr-Digest", "Digest"):
        for part in (header(each) or "").split(","):
            name, _, text = part.strip().partition("=")
            if name.casefold() == "sha-256":
                try:
                    return b64decode(text.strip(":"), validate=True)
                except Error:
                    return b"not a digest"
    return b""


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """A gzip stream in pieces of a bounded size."""
    import zlib

    # 31 asks for the header and the checksum of gzip; by default zlib expects its own.
    reader = zlib.decompressobj(wbits=31)
    try:
        for block in blocks:
            while block:
                yield reader.decompress(block, _BLOCK)
                block = reader.unconsumed_tail
        yield reader.flush()
    except zlib.error as error:
        raise FetchError(f"came damaged: {error}", 0.0) from error
    if not reader.eof:
        raise FetchError("broke off: its packed form has no end", 0.0)


def _retry_after(text: str | None) -> float:
    """Seconds that ``Retry-After`` names, as a number or a day; 0 where it names none."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    if not text:
        return 0.0
    if text.strip().isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else 0.0


def _reason(error: Exception) -> str:
    """Why it failed; a certificate that nobody vouches for says what to do."""
    text = " ".join(str(getattr(error, "reason", "") or error).split()) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return f"{text} (an authority of your own: name its file in SSL_CERT_FILE)"
    return text


def _again(error: Exception) -> float | None:
    """0 where another try may succeed: a connection that broke, no answer in time."""
    cause = getattr(error, "reason", error)
    passing = isinstance(cause, ConnectionError | TimeoutError) or "timed out" in str(cause)
    refused = isinstance(cause, ConnectionRefusedError)
    return 0.0 if passing and not refused else None


def is_address(text: str) -> bool:
    """Whether somebody gave an address and not the name of a file or folder."""
    return "://" in text and not os.path.exists(text)
