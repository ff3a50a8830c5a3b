"""Whose bundles of law the user takes: public keys and names, in the user's folder."""

from __future__ import annotations

import os

from detente.store.files import LAW
from detente.store.home import home
from detente.store.signing import PREFIX, SigningError
from detente.store.whole import write_whole

TRUSTED = "trusted.tsv"


def trusted() -> dict[str, str]:
    """Names by public key."""
    try:
        with open(os.path.join(home(), LAW, TRUSTED), encoding="utf-8") as file:
            rows = [line.rstrip("\n").partition("\t") for line in file if line.strip()]
    except FileNotFoundError:
        return {}
    return {key: name for key, _, name in rows}


def trust(key: str, name: str) -> None:
    """Take the bundles that a key signs from now on.

    Raises:
        SigningError: it is not a public key, or is trusted already.
    """
    name = " ".join(name.split())
    if not key.startswith(PREFIX) or len(key) != len(PREFIX) + 44:
        raise SigningError(f"{key!r} is not a public key: one is {PREFIX} and 44 characters")
    if not name:
        raise SigningError("a key is trusted under the name of its owner: write one")
    known = trusted()
    if key in known:
        raise SigningError(f"this key is trusted already, as that of {known[key]}")
    rows = "".join(f"{each}\t{who}\n" for each, who in {**known, key: name}.items())
    folder = os.path.join(home(), LAW)
    os.makedirs(folder, exist_ok=True)
    write_whole(os.path.join(folder, TRUSTED), rows.encode())
