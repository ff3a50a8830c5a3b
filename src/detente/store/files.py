"""Compiled files, opened read only and without locks."""

from __future__ import annotations

import os
import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_data")
"""The folder of what the package was built with."""

# What a file address may not hold as it is; the path separator may.
_ESCAPED = {"%": "%25", "?": "%3f", "#": "%23"}


def open_read_only(file: str | PathLike[str]) -> sqlite3.Connection:
    """A connection to a file that nobody writes: no locks, no journal.

    Raises:
        FileNotFoundError: there is no such file; the message says what to do.
    """
    path = os.path.abspath(file)
    if not os.path.isfile(path):
        raise FileNotFoundError(
            f"{path} is missing: install the package, or run `make data` in a checkout"
        )
    address = "".join(_ESCAPED.get(each, each) for each in path)
    uri = f"file:{address}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
