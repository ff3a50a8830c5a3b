"""What stands before every route: whom the server talks to, and the headers of every response."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from http import HTTPStatus
from typing import Any

import msgspec
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from detente._shapes import NamedTuple
from detente.api.limits import Limits as Limits
from detente.api.metering import Buckets, Meter
from detente.api.processes import Processes
from detente.api.refusals import Refusal, RefusedError

OPEN_PATHS = ("/healthz",)
"""Paths that answer without a key: what a watchdog asks tells nothing about questions."""

READING = ("GET", "HEAD", "OPTIONS")

SHORTEST_KEY = 20
"""Characters below which a key could be guessed."""

POLICY = (
    # Nothing from elsewhere; no script, style or picture but our own files, and none in a page.
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {0}"
)

EMBEDDED = "/embed/"
"""Where addresses begin that other sites may show in a frame: charts, which ask for nothing."""

COMMON = (
    (b"x-content-type-options", b"nosniff"),
    # The address of an answer holds the whole question, which is nobody else's business.
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

HEADERS = (
    (b"content-security-policy", POLICY.format("'none'").encode()),
    *COMMON,
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
"""The headers of every response but those that may be framed."""

FRAMED_HEADERS = (
    (b"content-security-policy", POLICY.format("*").encode()),
    *COMMON,
    (b"cross-origin-resource-policy", b"cross-origin"),
)
"""The headers of what other sites may show in a frame."""


class KeysError(ValueError):
    """A file of keys that cannot be used; the message says what to do."""


class Keys(NamedTuple):
    """Keys that open the server, kept as hashes, by the name of their holder."""

    hashes: Mapping[str, bytes]

    @classmethod
    def read(cls, text: str, file: str) -> Keys:
        """Read the lines of a file: a name, blanks, a key; "#" begins a comment.

        Raises:
            KeysError: a line holds no key or a short one, a name stands twice, or there is none.
        """
        hashes: dict[str, bytes] = {}
        for number, line in enumerate(text.splitlines(), 1):
            words = line.partition("#")[0].split()
            if not words:
                continue
            place = f"{file}, line {number}"
            if len(words) != 2:
                raise KeysError(f"{place}: write a name and a key with a blank between them")
            name, key = words
            if len(key) < SHORTEST_KEY:
                raise KeysError(
                    f"{place}: the key of {name} is shorter than {SHORTEST_KEY} characters; "
                    "make a random one, such as with `openssl rand -hex 24`"
                )
            if name in hashes:
                raise KeysError(f"{place}: {name} has a key already; use another name")
            hashes[name] = sha256(key.encode()).digest()
        if not hashes:
            raise KeysError(f"{file} holds no key: write a name and a key on a line of it")
        return cls(hashes)

    def holder(self, key: str) -> str | None:
        """Whose key it is; every key is compared, so that time tells nothing."""
        asked = sha256(key.encode()).digest()
        found = None
        for name, known in self.hashes.items():
            if hmac.compare_digest(asked, known):
                found = name
        return found


class Guard:
    """An application behind checks of host and key, whose every response has the headers above."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str] | None = None,
        keys: Keys | None = None,
        limits: Limits = Limits(),  # noqa: B008 - an immutable tuple
        meter: Meter | None = None,
        processes: Processes | None = None,
    ) -> None:
        """Stand before an application.

        Args:
            app: what answers.
            hosts: names by which the server may be called; None for any. On loopback they keep out
                a page of another site whose name was made to point here.
            keys: keys one of which every request must bring; None for none.
            limits: what one caller may take.
            meter: counts the responses; None where nobody reads the counts.
            processes: answer what is not quick; None where the application answers everything.
        """
        self._app = app
        self._hosts = None if hosts is None else frozenset(hosts)
        self._keys = keys
        self._buckets = Buckets(limits.a_minute, time.monotonic) if limits.a_minute else None
        self._meter = meter
        self._processes = processes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        began, status, method = time.perf_counter(), 0, scope["method"]
        if method == "HEAD":  # the answer to GET without its body
            scope = {**scope, "method": HttpMethod.GET}

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                held = list(message.get("headers", ()))
                message["headers"] = [*held, *headers_of(scope["path"])]
            elif method == "HEAD" and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers)
        try:
            if refusal is None:
                refusal = await self._answer(scope, receive, send_with_headers)
            if refusal is not None and not status:
                await _send(refusal, send_with_headers, _reads_pages(scope["path"], headers))
        finally:
            if self._meter is not None:
                seconds = time.perf_counter() - began
                self._meter.note(method, scope["path"], status, seconds)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> Refusal | None:
        """Answer here or in a process; the refusal where a budget was used up."""
        asked = scope["method"], scope["path"], scope["query_string"]
        if self._processes is None or not self._processes.takes(*asked):
            await self._app(scope, receive, send)
            return None
        try:
            await self._processes.answer(scope, receive, send)
        except RefusedError as error:
            return error.refusal
        return None

    def _refusal(self, scope: HTTPScope, headers: Mapping[bytes, bytes]) -> Refusal | None:
        path = scope["path"]
        host = headers.get(b"host", b"").decode("latin-1")
        if self._hosts is not None and _name(host) not in self._hosts:
            return Refusal(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"This server is not {host or 'a nameless host'}.",
                "Host",
                f"Call it {' or '.join(sorted(self._hosts))}, or start it with another --host.",
            )
        if path in OPEN_PATHS:
            return None
        if scope["method"] not in READING and _from_elsewhere(headers, host):
            return Refusal(
                HTTPStatus.FORBIDDEN,
                "A page of another site sent this.",
                "Origin",
                "Send it from a page of this server, or from a program.",
            )
        client = scope.get("client")
        caller = client[0] if client else ""
        if self._keys is not None:
            key = _key(headers.get(b"authorization", b"").decode("latin-1"))
            holder = self._keys.holder(key)
            if holder is None:
                return self._no_key()
            caller = f"key {holder}"
        seconds = 0 if self._buckets is None else self._buckets.wait(caller)
        if seconds:
            return Refusal(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Too many requests came from you in a short time.",
                "",
                f"Ask again in {seconds} seconds; for many rows at once use /v1/batch.",
                seconds=seconds,
            )
        return None

    def _no_key(self) -> Refusal:
        return Refusal(
            HTTPStatus.UNAUTHORIZED,
            "A key is needed here.",
            "Authorization",
            "Send `Authorization: Bearer KEY`, or type the key as the password in a browser.",
        )


def headers_of(path: str) -> tuple[tuple[bytes, bytes], ...]:
    """The headers that a response at an address has beside its own."""
    return FRAMED_HEADERS if path.startswith(EMBEDDED) else HEADERS


def _from_elsewhere(headers: Mapping[bytes, bytes], host: str) -> bool:
    """Whether a browser says that a page of another site sent the request."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        # What no page can forge; the origin of our own forms is "null", as no referrer is sent.
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin", b"").decode("latin-1")
    return bool(origin) and origin.partition("://")[2].lower() != host.lower()


def _name(host: str) -> str:
    """The name of a Host header without its port; an address of IP version 6 keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def _key(header: str) -> str:
    """The key in an Authorization header: a bearer's, or the password that a browser asks for."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(rest, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return ""
        return pair.partition(":")[2]
    return ""


def _reads_pages(path: str, headers: Mapping[bytes, bytes]) -> bool:
    """Whether whoever asks reads pages: a browser, outside the API."""
    return not path.startswith("/v1/") and b"text/html" in headers.get(b"accept", b"")


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{what} – Détente</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{what}</h1><p>{do}</p></main></body></html>
"""
"""A refusal as a page; it needs no style, since a refused caller is given no file either."""


async def _send(refusal: Refusal, send: Any, as_page: bool = False) -> None:
    body = msgspec.json.encode(refusal.as_json())
    if as_page:
        body = PAGE.format(what=escape(refusal.what), do=escape(refusal.do)).encode()
    kind = b"text/html; charset=utf-8" if as_page else b"application/json"
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if refusal.seconds:
        headers.append((b"retry-after", str(refusal.seconds).encode()))
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b'Basic realm="detente", charset="UTF-8"'))
    start = {"type": "http.response.start", "status": int(refusal.status), "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
