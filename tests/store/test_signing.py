"""Keys and signatures: made once, private, refused where they are not whole or not one's own."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from detente.store import signing
from detente.store.signing import (
    OWN,
    PREFIX,
    SigningError,
    fits,
    know_key,
    known_keys,
    make_key,
    own_key,
    read_key,
    signed_by,
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))


def test_a_key_is_made_once_and_only_its_owner_can_read_it() -> None:
    assert own_key() is None
    made = make_key()
    found = own_key()
    assert found is not None
    assert found.public == made.public
    path = Path(signing.key_file())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(SigningError, match="holds a key already"):
        make_key()
    path.chmod(0o640)
    with pytest.raises(SigningError, match="can be read by others than its owner"):
        own_key()
    path.chmod(0o604)
    with pytest.raises(SigningError, match="can be read by others than its owner"):
        own_key()


def test_a_signature_fits_its_key_and_its_text_and_no_other() -> None:
    key = make_key()
    signature = key.sign("memo 1 深圳")
    assert key.public.startswith(PREFIX)
    assert len(base64.b64decode(key.public.removeprefix(PREFIX))) == 32
    assert len(base64.b64decode(signature)) == 64
    assert fits(key.public, signature, "memo 1 深圳")
    assert not fits(key.public, signature, "memo 2 深圳")
    os.unlink(signing.key_file())
    assert not fits(make_key().public, signature, "memo 1 深圳")


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda text: text[:-4],  # cut off
        lambda text: text + "AAAA",
        lambda text: text[:8] + "\n" + text[8:],  # a sign that decoders pass over
        lambda text: text[:8] + "*" + text[8:],
        lambda text: text.rstrip("="),
        lambda text: "",
        lambda text: "深圳",
    ],
)
def test_a_key_or_signature_that_is_not_whole_fits_nothing(spoiled: object) -> None:
    assert callable(spoiled)
    key = make_key()
    signature = key.sign("memo")
    assert not fits(key.public, spoiled(signature), "memo")
    other = PREFIX + spoiled(key.public.removeprefix(PREFIX))
    assert not fits(other, signature, "memo")
    with pytest.raises(SigningError, match="is not 32 bytes in Base64: copy the whole of it"):
        know_key(other, "Anna")


def test_the_last_sign_of_a_text_carries_no_bits_that_nobody_reads() -> None:
    key = make_key()
    text = key.public.removeprefix(PREFIX)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    next_ = letters[letters.index(text[-2]) + 1]  # 32 bytes leave two bits of it unused
    same = f"{text[:-2]}{next_}="
    assert base64.b64decode(same) == base64.b64decode(text)
    assert not fits(PREFIX + same, key.sign("memo"), "memo")


def test_a_signature_is_told_with_the_name_of_whose_key_it_is() -> None:
    first = make_key()
    signature = first.sign("memo")
    assert signed_by(first.public, signature, "memo") == (first.public, True, OWN)
    os.unlink(signing.key_file())
    assert signed_by(first.public, signature, "memo") == (first.public, True, None)
    know_key(first.public, "  Anna  of\tSales ")
    assert known_keys() == {first.public: "Anna of Sales"}
    assert signed_by(first.public, signature, "other") == (first.public, False, "Anna of Sales")
    second = make_key()
    assert signed_by(first.public, signature, "memo").name == "Anna of Sales"
    for key, name in ((first.public, "Berta"), (second.public, "Anna of Sales")):
        with pytest.raises(SigningError, match="is known already"):
            know_key(key, name)
    with pytest.raises(SigningError, match="under the name of its owner: write one"):
        know_key(second.public, " \t ")
    know_key(second.public, "Berta")
    assert known_keys() == {first.public: "Anna of Sales", second.public: "Berta"}
    with pytest.raises(SigningError, match="is not a public key: one begins with"):
        know_key(second.public.removeprefix(PREFIX), "Clara")


def test_a_file_that_holds_no_such_key_is_told(tmp_path: Path) -> None:
    def written(text: bytes) -> str:
        path = tmp_path / "key.pem"
        path.write_bytes(text)
        path.chmod(0o600)
        return str(path)

    with pytest.raises(SigningError, match="holds no key that could be read"):
        read_key(written(b"nothing"))
    other = ec.generate_private_key(ec.SECP256R1())
    text = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(SigningError, match="holds a key of another kind"):
        read_key(written(text))
    locked = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    with pytest.raises(SigningError, match="holds no key that could be read"):
        read_key(written(locked))
    with pytest.raises(FileNotFoundError):
        read_key(str(tmp_path / "none.pem"))


def test_half_a_key_is_not_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(signing.os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        make_key()
    assert not os.path.exists(signing.key_file())
