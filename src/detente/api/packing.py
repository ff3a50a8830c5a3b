"""Bodies packed with gzip for callers that take them so: pages, JSON, tables, drawings as text."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache

from litestar.types import HTTPResponseStartEvent, Message, Send

LEAST = 1024
"""Bytes from which on packing is worth its time."""

MOST = 1 << 22
"""Bytes up to which a body is packed: larger ones would keep others waiting."""

LEVEL = 5
NOT_MODIFIED = 304
MOST_CACHED = 128
"""Packed bodies that are kept, of those small enough to be kept at all."""

SMALL = 1 << 18
"""Bytes up to which a packed body is kept."""

TEXTS = (b"text/", b"application/json", b"application/atom+xml", b"image/svg+xml")
"""How the media types of what shrinks begin; JSON's own kinds end in ``+json``."""


def takes_gzip(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a caller takes gzip."""
    for each in headers.get(b"accept-encoding", b"").split(b","):
        name, _, weight = each.strip().partition(b";")
        if name.strip().lower() in (b"gzip", b"*"):
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


class GzipWriter:
    """Sends a response on, packed where it is one body of text."""

    def __init__(self, send: Send) -> None:
        """Keep where messages go."""
        self._send = send
        self._start: HTTPResponseStartEvent | None = None

    async def __call__(self, message: Message) -> None:
        """Hold the head until the body is there, which decides how both are sent."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] == "http.response.body" and self._start is not None:
            start, self._start = self._start, None
            body = message["body"]
            if not message["more_body"] and LEAST <= len(body) <= MOST and _shrinks(start):
                message["body"] = packed = _packed(body)
                start["headers"] = [
                    (b"content-encoding", b"gzip"),
                    (b"content-length", str(len(packed)).encode()),
                    *_weak(start, without=b"content-length"),
                ]
            # A caller of a packed body holds the weak tag, and this must name the same one.
            elif start["status"] == NOT_MODIFIED:
                start["headers"] = _weak(start)
            await self._send(start)
        await self._send(message)


def _shrinks(start: HTTPResponseStartEvent) -> bool:
    headers = {name.lower(): value.lower() for name, value in start["headers"]}
    media = headers.get(b"content-type", b"").partition(b";")[0].strip()
    known = media.startswith(TEXTS) or media.endswith(b"+json")
    return known and start["status"] == 200 and b"content-encoding" not in headers


def _weak(start: HTTPResponseStartEvent, without: bytes = b"") -> list[tuple[bytes, bytes]]:
    """Headers with a weak tag, since the packed bytes are others than those it was made of."""
    return [
        (name, b"W/" + value.removeprefix(b"W/") if name.lower() == b"etag" else value)
        for name, value in start["headers"]
        if name.lower() != without
    ]


def _packed(body: bytes) -> bytes:
    return _cached_gzip(body) if len(body) <= SMALL else _gzip(body)


def _gzip(body: bytes) -> bytes:
    # Adding 16 makes zlib write the gzip format, without the time that `gzip.compress` puts in.
    maker = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return maker.compress(body) + maker.flush()


_cached_gzip = lru_cache(MOST_CACHED)(_gzip)
