"""Signatures by Ed25519: the user's own key, the keys of others that they know, and checking.

The key is a file of the user's folder that its owner alone may read. A public key is written
``ed25519:`` and 44 characters; whoever has it from its owner can check what was signed. Reach for
this module to sign or to check; the library is imported when one of them is asked for.
"""

from __future__ import annotations

import base64
import binascii
import os

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.home import home
from detente.store.whole import sync_folder, write_whole

if TYPE_CHECKING:
    from typing import Any

FOLDER, FILE, KNOWN = "signing", "key.pem", "known.tsv"
PREFIX = "ed25519:"
OWN = "this installation"
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64


class SigningError(ValueError):
    """A key cannot be made, read or used; the message says what to do."""


class SigningKey:
    """A key that signs."""

    def __init__(self, private: Any) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._private = private
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = PREFIX + base64.b64encode(raw).decode()

    def sign(self, text: str) -> str:
        """The signature of a text, in Base64."""
        return base64.b64encode(self._private.sign(text.encode())).decode()


class Signed(NamedTuple):
    """By whom something was signed.

    Attributes:
        key: the public key.
        fits: whether the signature is of this key over this text.
        name: who has the key, as the user knows them; None for nobody known.
    """

    key: str
    fits: bool
    name: str | None


def key_file() -> str:
    """Where the user's own key is kept; it need not exist."""
    return os.path.join(home(), FOLDER, FILE)


def make_key() -> SigningKey:
    """Make the user's own key.

    Raises:
        SigningError: there is one already, or the library is missing.
    """
    path = key_file()
    if os.path.exists(path):
        raise SigningError(
            f"{path} holds a key already, by which what it signed is checked: to begin anew, move "
            "it away, and keep its public key with `detente sign know`"
        )
    ed25519, serialization = _library()
    private = ed25519.Ed25519PrivateKey.generate()
    text = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    os.makedirs(os.path.dirname(path), PRIVATE_FOLDER, exist_ok=True)
    # Never over a key: another process may have made one since it was looked for.
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    try:
        with open(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        os.unlink(path)  # half a key would stand in the way of the next one
        raise
    sync_folder(path)
    return SigningKey(private)


def own_key() -> SigningKey | None:
    """The user's own key; None where none was made.

    Raises:
        SigningError: others can read it, or it is damaged.
    """
    path = key_file()
    return read_key(path) if os.path.isfile(path) else None


def read_key(path: str) -> SigningKey:
    """The key of a file.

    Raises:
        FileNotFoundError: there is no such file.
        SigningError: others can read it, or it is damaged.
    """
    if os.name == "posix" and os.stat(path).st_mode & 0o077:
        raise SigningError(
            f"{path} can be read by others than its owner, who could sign in your name: write "
            f"`chmod 600 {path}`; if somebody may have read it, move it away and make another with "
            "`detente sign init`"
        )
    ed25519, serialization = _library()
    with open(path, "rb") as file:
        text = file.read()
    try:
        private = serialization.load_pem_private_key(text, None)
    except (ValueError, TypeError) as error:
        raise SigningError(f"{path} holds no key that could be read: bring back a copy") from error
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise SigningError(f"{path} holds a key of another kind: bring back the one of this place")
    return SigningKey(private)


def know_key(key: str, name: str) -> None:
    """Keep the public key of somebody else.

    Raises:
        SigningError: it is none, or the name or the key stands there already.
    """
    _public(key)
    name = " ".join(name.split())
    if not name:
        raise SigningError("a key is kept under the name of its owner: write one")
    known = known_keys()
    if key in known or name in known.values():
        raise SigningError(f"{name} or this key is known already: `detente sign show` lists them")
    rows = "".join(f"{each}\t{who}\n" for each, who in {**known, key: name}.items())
    folder = os.path.join(home(), FOLDER)
    os.makedirs(folder, PRIVATE_FOLDER, exist_ok=True)
    write_whole(os.path.join(folder, KNOWN), rows.encode(), durable=True)


def known_keys() -> dict[str, str]:
    """Names by public key, of others than this installation."""
    try:
        with open(os.path.join(home(), FOLDER, KNOWN), encoding="utf-8") as file:
            rows = [line.rstrip("\n").partition("\t") for line in file if line.strip()]
    except FileNotFoundError:
        return {}
    return {key: name for key, _, name in rows}


def signed_by(key: str, signature: str, text: str) -> Signed:
    """Whether a signature is of a key over a text, and whose key it is.

    Raises:
        SigningError: the library that checks it is missing.
    """
    name = known_keys().get(key)
    own = own_key()
    if own is not None and own.public == key:
        name = OWN
    return Signed(key, fits(key, signature, text), name)


def fits(key: str, signature: str, text: str) -> bool:
    """Whether a signature is of a key over a text."""
    from importlib import import_module

    ed25519, _ = _library()
    wrong: type[Exception] = import_module("cryptography.exceptions").InvalidSignature
    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(_public(key))
        public.verify(_decoded(signature, SIGNATURE_BYTES), text.encode())
    except (SigningError, wrong):
        return False
    return True


def _public(key: str) -> bytes:
    """The bytes of a public key.

    Raises:
        SigningError: the text is none.
    """
    if not key.startswith(PREFIX):
        raise SigningError(f"{key!r} is not a public key: one begins with {PREFIX}")
    return _decoded(key.removeprefix(PREFIX), PUBLIC_BYTES)


def _decoded(text: str, length: int) -> bytes:
    try:
        found = base64.b64decode(text)
    except (binascii.Error, ValueError):
        found = b""
    # One text for one value: another could hold signs that are passed over, or bits at its end that
    # nobody reads.
    if len(found) != length or base64.b64encode(found).decode() != text:
        raise SigningError(f"{text!r} is not {length} bytes in Base64: copy the whole of it")
    return found


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError as error:
        raise SigningError(
            'signatures need cryptography, which is not installed: pip install "detente[sign]"'
        ) from error
    return ed25519, serialization
