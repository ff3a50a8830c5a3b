"""A small server on this machine that gives the answers of indexes, and the faults of servers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = bytes | Callable[[BaseHTTPRequestHandler], None]


def silent(handler: BaseHTTPRequestHandler) -> None:
    """A server that never answers within a second."""
    time.sleep(1.0)


def half(handler: BaseHTTPRequestHandler) -> None:
    """A connection that breaks off in the middle of an answer."""
    body = b'{"count": 1, "results": [{"document_number": "2026-1'
    handler.send_response(200)
    handler.send_header("Content-Length", str(10 * len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def refused(handler: BaseHTTPRequestHandler) -> None:
    """A server that asks for patience."""
    handler.send_error(429)


def gone(handler: BaseHTTPRequestHandler) -> None:
    """A server that answers nothing that is HTTP."""
    handler.wfile.write(b"\0\0\0")


@contextmanager
def serving(replies: dict[str, Reply]) -> Iterator[str]:
    """Serve answers by their file names; gives the address under which they stand."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = replies.get(self.path.lstrip("/"))
            if reply is None:
                self.send_error(404)
            elif isinstance(reply, bytes):
                self.send_response(200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)
            else:
                reply(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
