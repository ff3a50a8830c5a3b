"""Keys that open a server: a file of names and keys, which its owner alone may read."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from detente._shapes import NamedTuple

SHORTEST_KEY = 20
"""Characters below which a key could be guessed."""


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
        digest = sha256(key.encode()).digest()
        found = None
        for name, known in self.hashes.items():
            if hmac.compare_digest(digest, known):
                found = name
        return found


def read_keys(file: str) -> Keys:
    """The keys of a file.

    Raises:
        KeysError: others than its owner can read it, it is not text, or a line cannot be used.
        OSError: it cannot be read.
    """
    path = Path(file)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeysError(
            f"{file} can be read by others than its owner: write `chmod 600 {file}`, and make new "
            "keys where somebody may have read these"
        )
    try:
        return Keys.read(path.read_text("utf-8"), file)
    except UnicodeDecodeError as error:
        raise KeysError(f"{file} is not UTF-8 text: write a name and a key on a line") from error


def key_in(header: str) -> str:
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
