"""What stands before every route: whom the server talks to, and the headers of every response."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from html import escape
from http import HTTPStatus
from typing import Any

import msgspec
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from detente.api.buckets import Buckets, caller_of
from detente.api.keys import Keys as Keys
from detente.api.keys import key_in
from detente.api.limits import Limits as Limits
from detente.api.metering import Meter
from detente.api.packing import GzipWriter, takes_gzip
from detente.api.processes import Processes
from detente.api.refusals import Refusal, RefusedError

OPEN_PATHS = ("/healthz",)
"""Paths that answer without a key: what a watchdog asks tells nothing about questions."""

READING = ("GET", "HEAD", "OPTIONS")

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
    (b"vary", b"accept-encoding"),
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
        buckets: Buckets | None = None,
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
            buckets: how often each caller asked; those of other processes too, if shared.
        """
        self._app = app
        self._hosts = None if hosts is None else frozenset(hosts)
        self._keys = keys
        self._limits = limits
        self._buckets = buckets or Buckets(time.monotonic)
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
        answered = GzipWriter(send_with_headers) if takes_gzip(headers) else send_with_headers
        refusal = self._refusal(scope, headers)
        try:
            if refusal is None:
                refusal = await self._answer(scope, receive, answered)
            # Once a status went out there is no place left for a refusal.
            if refusal is not None and not status:
                await _send(refusal, send_with_headers, _reads_pages(scope["path"], headers))
        finally:
            if self._meter is not None:
                seconds = time.perf_counter() - began
                self._meter.note(method, scope["path"], status, seconds)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> Refusal | None:
        """Answer here or in a process; the refusal where a budget was used up."""
        request = scope["method"], scope["path"], scope["query_string"]
        if self._processes is None or not self._processes.takes(*request):
            await self._app(scope, receive, send)
            return None
        try:
            await self._processes.answer(scope, receive, send)
        except RefusedError as error:
            return error.refusal
        return None

    def _refusal(self, scope: HTTPScope, headers: Mapping[bytes, bytes]) -> Refusal | None:
        path = scope["path"]
        # Latin-1 reads every byte, so that an odd header is refused for what it names.
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
        caller = caller_of(client[0] if client else "")
        if self._keys is not None:
            key = key_in(headers.get(b"authorization", b"").decode("latin-1"))
            wrong, most = f"wrong {caller}", self._limits.wrong_keys
            # Also to a right key: who guesses is not to learn which of the guesses it was.
            if key and (seconds := self._buckets.wait(wrong, most, take=False)):
                return _too_often("Too many wrong keys came from your address.", "", seconds)
            holder = self._keys.holder(key)
            if holder is None:
                # Without a key nothing was guessed: browsers ask so before they show their dialog.
                if key:
                    self._buckets.wait(wrong, most)
                return _no_key()
            caller = f"key {holder}"
        a_minute = self._limits.a_minute
        seconds = self._buckets.wait(caller, a_minute) if a_minute else 0
        if seconds:
            do = "; for many rows at once use /v1/batch"
            return _too_often("Too many requests came from you in a short time.", do, seconds)
        return None


def _too_often(what: str, do: str, seconds: int) -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        what,
        "",
        f"Ask again in {seconds} seconds{do}.",
        seconds=seconds,
    )


def _no_key() -> Refusal:
    return Refusal(
        HTTPStatus.UNAUTHORIZED,
        "A key is needed here.",
        "Authorization",
        "Send `Authorization: Bearer KEY`, or type the key as the password in a browser.",
    )


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


def headers_of(path: str) -> tuple[tuple[bytes, bytes], ...]:
    """The headers that a response at an address has beside its own."""
    return FRAMED_HEADERS if path.startswith(EMBEDDED) else HEADERS


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
