"""Fetching a file from an address: whole, of a bounded size, or not at all."""

from __future__ import annotations

import os

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is fetched unless somebody says otherwise."""

SECONDS = 60
"""How long a server may be silent."""

AGENT = "detente"
"""What the program calls itself; some publishers refuse what calls itself a browser."""

OF_THIS_MACHINE = ("http://127.0.0.1", "http://localhost", "http://[::1]")
"""Beginnings of addresses that need no encryption."""


def fetch(address: str, path: str, largest: int = LARGEST, seconds: float = SECONDS) -> str:
    """Fetch a file; says why it could not be, or "" where it was.

    Args:
        address: https, or http on this machine.
        path: where to write it.
        largest: bytes after which it is given up.
        seconds: how long the server may be silent.
    """
    from http.client import HTTPException
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    if not address.startswith(("https://", *OF_THIS_MACHINE)):
        return f"{address} is not an https address"
    size = 0
    try:
        request = Request(address, headers={"User-Agent": AGENT})
        with urlopen(request, timeout=seconds) as answer, open(path, "wb") as file:
            expected = int(answer.headers.get("Content-Length") or 0)
            while block := answer.read(1 << 20):
                size += len(block)
                if size > largest:
                    return f"{address} is larger than {largest} bytes"
                file.write(block)
    except (URLError, HTTPException, OSError, ValueError) as error:
        return f"{address} could not be fetched: {error}"
    if expected and size != expected:
        return f"{address} broke off: {size} of {expected} bytes came"
    return "" if size else f"{address} is empty"


def is_address(text: str) -> bool:
    """Whether somebody gave an address and not the name of a file or folder."""
    return "://" in text and not os.path.exists(text)
