"""The official services on this machine: their hosts, behind a proxy, with an authority of it.

What the program asks goes out unchanged: the true addresses, through ``HTTPS_PROXY``, with
certificates that ``SSL_CERT_FILE`` vouches for. The server packs with gzip, names states
(``ETag``), sends on, asks for patience, and pages, as the services do.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit


class Answer(NamedTuple):
    """What a service says: a status, a body, and what stands in the head besides."""

    status: int
    body: bytes = b""
    head: tuple[tuple[str, str], ...] = ()


Service = Callable[[str, dict[str, list[str]], int], Answer]
"""Answers a path and its query; told how often that was asked before."""


class Officials:
    """Services by host, and what was asked of them."""

    def __init__(self, services: dict[str, Service]) -> None:
        self.services = services
        self.asked: Counter[str] = Counter()
        self.lock = threading.Lock()

    def answer(self, host: str, target: str, tag: str) -> Answer:
        """The answer to one request."""
        address = f"https://{host}{target}"
        with self.lock:
            before = self.asked[address]
            self.asked[address] += 1
        service = self.services.get(host)
        parts = urlsplit(target)
        given = service(parts.path, parse_qs(parts.query), before) if service else Answer(404)
        state = f'"{hashlib.sha256(given.body).hexdigest()[:16]}"'
        if given.status == 200 and tag == state:
            return Answer(304)
        return given._replace(head=(*given.head, ("ETag", state)))


def certificates(folder: Path, hosts: list[str]) -> tuple[Path, Path]:
    """An authority's certificate, and one file with key and certificate for the hosts."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
        for text in ("Authority of this machine", "Hosts of this machine")
    ]

    def signed(at: int, extension: x509.ExtensionType) -> bytes:
        made = (
            x509.CertificateBuilder()
            .subject_name(names[at])
            .issuer_name(names[0])
            .public_key(keys[at].public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(extension, critical=at == 0)
            .sign(keys[0], hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM)

    authority, server = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(signed(0, x509.BasicConstraints(ca=True, path_length=None)))
    key = keys[1].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    given = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    server.write_bytes(key + signed(1, given))
    return authority, server


def _handler(officials: Officials) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = self.headers.get("If-None-Match") or ""
            given = officials.answer(self.headers["Host"], self.path, tag)
            body, head = given.body, dict(given.head)
            if body and "gzip" in (self.headers.get("Accept-Encoding") or ""):
                body, head["Content-Encoding"] = gzip.compress(body), "gzip"
            self.send_response(given.status)
            for name, value in head.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def _pipe(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while block := here.recv(1 << 16):
            there.sendall(block)
    for each in (here, there):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _proxy(port: int, connected: list[str]) -> type[BaseHTTPRequestHandler]:
    """A proxy that takes every host to one port of this machine."""

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            connected.append(self.path)
            self.send_response(200)
            self.end_headers()
            with socket.create_connection(("127.0.0.1", port)) as there:
                back = threading.Thread(target=_pipe, args=(there, self.connection), daemon=True)
                back.start()
                _pipe(self.connection, there)
                back.join()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Proxy


class Running(NamedTuple):
    """Where the services run.

    Attributes:
        proxy: its address, for ``HTTPS_PROXY``.
        authority: the file for ``SSL_CERT_FILE``.
        connected: hosts and ports to which the proxy was asked to go.
    """

    proxy: str
    authority: Path
    connected: list[str]


@contextmanager
def running(officials: Officials, folder: Path) -> Iterator[Running]:
    """Serve until the end."""
    authority, key = certificates(folder, list(officials.services))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(key)
    connected: list[str] = []
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _handler(officials))]
    servers[0].socket = context.wrap_socket(servers[0].socket, server_side=True)
    port = servers[0].server_address[1]
    servers.append(ThreadingHTTPServer(("127.0.0.1", 0), _proxy(port, connected)))
    threads = [threading.Thread(target=each.serve_forever, args=(0.02,)) for each in servers]
    for thread in threads:
        thread.start()
    try:
        where = f"http://127.0.0.1:{servers[1].server_address[1]}"
        yield Running(where, authority, connected)
    finally:
        for each in servers:
            each.shutdown()
            each.server_close()
        for thread in threads:
            thread.join()


AGENCIES = {
    "trade-representative-office-of-united-states": "Trade Representative, Office of United States",
    "u-s-customs-and-border-protection": "U.S. Customs and Border Protection",
    "commerce-department": "Commerce Department",
    "international-trade-commission": "International Trade Commission",
    "international-trade-administration": "International Trade Administration",
    "industry-and-security-bureau": "Industry and Security Bureau",
    "foreign-assets-control-office": "Foreign Assets Control Office",
    "homeland-security-department": "Homeland Security Department",
    "defense-department": "Defense Department",
    "federal-communications-commission": "Federal Communications Commission",
    "state-department": "State Department",
    "treasury-department": "Treasury Department",
}
PAGE = 3
"""Documents of a page of the search: its cap here, where the service's is 1,000."""


def federal_register(rows: list[dict[str, Any]], inspection: bytes) -> Service:
    """The search of the Federal Register over some documents.

    It leaves out conditions that it does not know, pages by a cursor, has no ``results`` where
    nothing was found, and asks the first caller of each agency for patience.
    """

    def search(path: str, query: dict[str, list[str]], before: int) -> Answer:
        if path == "/api/v1/public-inspection-documents/current.json":
            return Answer(200, inspection)
        agency = query.get("conditions[agencies][]", [""])[0]
        if agency == "commerce-department" and not before:
            return Answer(429, b"", (("Retry-After", "0"),))
        words, found = [], rows
        if agency in AGENCIES:
            words.append(f"from {AGENCIES[agency]}")
            found = [row for row in found if agency in _slugs(row)]
        if query.get("conditions[type][]") == ["PRESDOCU"]:
            words.append("of type Presidential Document")
            found = [row for row in found if row.get("type") == "Presidential Document"]
        for term in query.get("conditions[term]", ()):
            words.append(f"matching '{term}'")
            phrase = term.strip('"').casefold()
            found = [row for row in found if phrase in json.dumps(row).casefold()]
        first = query.get("conditions[publication_date][gte]", [""])[0]
        found = [row for row in found if row["publication_date"] >= first]
        described: dict[str, Any] = {
            "count": len(found),
            "description": " ".join(["Documents", *words]),
        }
        at = int(query.get("search_after_cursor", ["0"])[0])
        if found:
            described["results"] = found[at : at + PAGE]
        if at + PAGE < len(found):
            kept = "&".join(f"{key}={value[0]}" for key, value in query.items() if key[0] == "c")
            host = "https://www.federalregister.gov"
            kept = kept.replace(" ", "+").replace('"', "%22")
            described["next_page_url"] = f"{host}{path}?{kept}&search_after_cursor={at + PAGE}"
        return Answer(200, json.dumps(described).encode())

    return search


def _slugs(row: dict[str, Any]) -> list[str]:
    return [str(each.get("slug")) for each in row.get("agencies") or ()]
