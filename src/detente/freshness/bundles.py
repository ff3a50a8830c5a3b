"""A bundle of law: the compiled register, lists and goods in one signed file, named by day.

The file is a zip with ``manifest.json``, ``signature.json`` and the data. The manifest names every
file with its size, its SHA-256 and its shape, so a bundle may leave out what a bundle before it
had; the signature is over the bytes of the manifest. The same data, day and key give the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterable
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente._version import __version__
from detente.core.clock import day_number
from detente.register import control_terms, documents, model
from detente.store.files import open_read_only
from detente.store.signing import SigningKey
from detente.store.whole import written_whole

if TYPE_CHECKING:
    from typing import TypedDict

    class BundleFile(TypedDict):
        """A file of a bundle; one that is not included is that of the bundle before."""

        bytes: int
        sha256: str
        shape: str
        included: bool


FORMAT = 1
"""Of the file: how manifest, signature and data stand in it."""

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
SUFFIX = ".law"

LAW_FILES = (
    "cells.sqlite",
    "controls.sqlite",
    "entry.sqlite",
    "goods.sqlite",
    "parties.sqlite",
    "register.sqlite",
    "tariff-cn.sqlite",
)
"""What is law or a list: data of trade and of models travels with the program."""

LARGEST_BUNDLE = 1024 * 1024 * 1024
"""Bytes of all files of a bundle, unpacked, at most."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the first that a zip can say."""


class BundleError(ValueError):
    """A file is not a bundle, or not one that may be taken; the message says why and what to do."""


class Manifest(NamedTuple):
    """What a bundle says of itself.

    Attributes:
        name: its day and the beginning of the hash over its files.
        day: ISO, the day of the law.
        made_for: the release of the program whose data this is.
        after: the name of the bundle whose files it leaves out; "" for a whole one.
        areas: by area of law, the day through which it was read.
        files: by name, size, ``sha256``, ``shape`` and whether it is ``included``.
        text: the manifest as it is signed.
    """

    name: str
    day: str
    made_for: str
    after: str
    areas: dict[str, str]
    files: dict[str, BundleFile]
    text: str


def shape_of(path: str | os.PathLike[str]) -> str:
    """What a program must know to read a compiled file: its tables, and for law its records."""
    connection = open_read_only(path)
    try:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        parts = sorted(str(sql) for (sql,) in rows)
    except sqlite3.DatabaseError as error:
        raise BundleError(f"{os.path.basename(path)} is not a database: {error}") from error
    finally:
        connection.close()
    if os.path.basename(path) in ("register.sqlite", "cells.sqlite"):
        parts += _records()
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _records() -> list[str]:
    """The fields of every shape in which law is compiled, by name."""
    return [
        f"{name}({', '.join(each._fields)})"
        for module in (control_terms, documents, model)
        for name, each in sorted(vars(module).items())
        if isinstance(each, type) and hasattr(each, "_fields")
    ]


def digest_of(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def build(
    data: Path,
    target: Path,
    day: str,
    areas: dict[str, str],
    key: SigningKey,
    after: Manifest | None = None,
    names: Iterable[str] = LAW_FILES,
) -> Manifest:
    """Build a bundle of compiled files.

    Args:
        data: the folder of the compiled files.
        target: the file to write.
        day: ISO, the day of the law.
        areas: by area of law, the day through which it was read.
        key: signs the manifest.
        after: a bundle whose files are left out where they are the same; None for a whole bundle.
        names: the files; all must be there.

    Raises:
        BundleError: a file is missing, the day is none, or nothing differs from ``after``.
    """
    _check_day(day)
    files: dict[str, BundleFile] = {}
    for name in sorted(names):
        path = data / name
        if not path.is_file():
            raise BundleError(f"{path} is missing: run `make data` in a checkout first")
        digest = digest_of(path)
        before = after.files.get(name) if after is not None else None
        same = before is not None and before["sha256"] == digest
        files[name] = {
            "bytes": path.stat().st_size,
            "sha256": digest,
            "shape": shape_of(path),
            "included": not same,
        }
    if not any(each["included"] for each in files.values()):
        raise BundleError("nothing differs from the bundle before: there is nothing to send")
    manifest = _manifest(day, areas, files, after.name if after else "")
    signature = json.dumps({"key": key.public, "signature": key.sign(manifest.text)}, indent=1)
    with (
        written_whole(target) as beside,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        _member(packed, MANIFEST, manifest.text.encode())
        _member(packed, SIGNATURE, signature.encode())
        for name, each in files.items():
            if each["included"]:
                _member(packed, name, (data / name).read_bytes())
    return manifest


def _member(packed: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    # Unix, whatever system this runs on, since the bytes must not depend on it.
    entry.create_system = 3
    packed.writestr(entry, body)


def _manifest(
    day: str, areas: dict[str, str], files: dict[str, BundleFile], after: str
) -> Manifest:
    whole = "\n".join(f"{name} {each['sha256']}" for name, each in sorted(files.items()))
    name = f"{day}-{hashlib.sha256(whole.encode()).hexdigest()[:12]}"
    described = {
        "format": FORMAT,
        "name": name,
        "day": day,
        "made_for": __version__,
        "after": after,
        "areas": dict(sorted(areas.items())),
        "files": files,
    }
    text = json.dumps(described, ensure_ascii=False, indent=1)
    return Manifest(name, day, __version__, after, described["areas"], files, text)  # type: ignore[arg-type]


def _check_day(day: str) -> None:
    try:
        day_number(day)
    except ValueError as error:
        raise BundleError(f"{day!r} is not a day: write it as YYYY-MM-DD") from error


class OpenedBundle(NamedTuple):
    """A bundle that was opened and not yet trusted.

    Attributes:
        manifest: what it says of itself.
        key: the public key that is said to have signed it.
        signature: over the manifest, in Base64.
        packed: the file, from which members are read.
    """

    manifest: Manifest
    key: str
    signature: str
    packed: zipfile.ZipFile


def open_bundle(path: Path) -> OpenedBundle:
    """Open a bundle and read its manifest; the caller closes it.

    Raises:
        BundleError: the file is not a bundle, or not one of this format.
        FileNotFoundError: there is no such file.
    """
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BundleError(f"{path} is not a whole bundle: {error}") from error
    try:
        text = read_member(packed, MANIFEST, 1 << 20).decode()
        signed = json.loads(read_member(packed, SIGNATURE, 1 << 16))
        manifest = _read_manifest(text)
        return OpenedBundle(manifest, str(signed["key"]), str(signed["signature"]), packed)
    except (KeyError, TypeError, UnicodeDecodeError, ValueError) as error:
        packed.close()
        if isinstance(error, BundleError):
            raise
        raise BundleError(f"{path} is not a bundle of law: {error}") from error


def _read_manifest(text: str) -> Manifest:
    described = json.loads(text)
    if described["format"] != FORMAT:
        raise BundleError(
            f"the bundle has format {described['format']}, and this program reads {FORMAT}: "
            "update the program first"
        )
    _check_day(str(described["day"]))
    files: dict[str, BundleFile] = {}
    for name, each in described["files"].items():
        # Files are written under these names, which must not be able to lead out of the folder.
        if name not in LAW_FILES:
            raise BundleError(f"the bundle has a file {name!r}, which this program does not know")
        files[name] = {
            "bytes": int(each["bytes"]),
            "sha256": str(each["sha256"]),
            "shape": str(each["shape"]),
            "included": bool(each["included"]),
        }
    if sum(each["bytes"] for each in files.values()) > LARGEST_BUNDLE:
        raise BundleError(f"the bundle unpacks to more than {LARGEST_BUNDLE} bytes")
    made = _manifest(described["day"], described["areas"], files, described["after"])
    if made.name != described["name"]:
        raise BundleError(
            f"the bundle calls itself {described['name']}, and its files say {made.name}"
        )
    areas = {str(key): str(day) for key, day in described["areas"].items()}
    for_release, after = str(described["made_for"]), str(described["after"])
    return Manifest(made.name, str(described["day"]), for_release, after, areas, files, text)


def read_member(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, of a bounded size whatever it says of itself.

    Raises:
        BundleError: it is missing, larger, or damaged.
    """
    try:
        with packed.open(name) as member:
            body = member.read(most + 1)
    except KeyError as error:
        raise BundleError(f"the bundle has no {name}") from error
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise BundleError(f"{name} in the bundle is damaged: {error}") from error
    except Exception as error:  # zlib tells damage by an error of its own
        raise BundleError(f"{name} in the bundle is damaged: {error}") from error
    if len(body) > most:
        raise BundleError(f"{name} in the bundle is larger than {most} bytes")
    return body
