"""A wheel that carries a bundle of law, so that pip can bring it: ``detente-register``.

It holds one package, ``detente_register``, with the files of the bundle and the small file that
names it; its version is the day of the law. The same bundle gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

from detente.freshness.bundles import BundleError, Manifest
from detente.store.files import CURRENT
from detente.store.whole import written_whole

PACKAGE = "detente_register"
DESCRIPTION = "The law that Détente answers by, as of one day, compiled for one of its releases."


def wheel_name(manifest: Manifest) -> str:
    """The name of the wheel of a bundle."""
    return f"{PACKAGE}-{_version(manifest)}-py3-none-any.whl"


def build_wheel(manifest: Manifest, data: Path, folder: Path) -> Path:
    """Build the wheel of a bundle.

    Args:
        manifest: of the bundle.
        data: the folder of its files, all of them.
        folder: where to write the wheel.

    Raises:
        BundleError: a file is not the one of the bundle.
    """
    stem = f"{PACKAGE}-{_version(manifest)}.dist-info"
    members = {
        f"{PACKAGE}/__init__.py": f'"""{DESCRIPTION}"""\n'.encode(),
        f"{PACKAGE}/{CURRENT}": f"{manifest.name}\t{manifest.made_for}\n".encode(),
        f"{PACKAGE}/manifest.json": manifest.text.encode(),
        f"{stem}/METADATA": _metadata(manifest).encode(),
        f"{stem}/WHEEL": (
            b"Wheel-Version: 1.0\nGenerator: detente\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    for name, described in manifest.files.items():
        body = (data / name).read_bytes()
        if hashlib.sha256(body).hexdigest() != described["sha256"]:
            raise BundleError(f"{data / name} is not the file of {manifest.name}")
        members[f"{PACKAGE}/{name}"] = body
    rows = [f"{name},sha256={_hash(body)},{len(body)}" for name, body in sorted(members.items())]
    record = f"{stem}/RECORD"
    members[record] = "\n".join([*rows, f"{record},,", ""]).encode()
    target = folder / wheel_name(manifest)
    with (
        written_whole(target) as beside,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        for name, body in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.create_system = 3
            packed.writestr(entry, body)
    return target


def _version(manifest: Manifest) -> str:
    """The day, as a version: 2026.10.14."""
    year, month, day = manifest.day.split("-")
    return f"{year}.{int(month)}.{int(day)}"


def _metadata(manifest: Manifest) -> str:
    return (
        f"Metadata-Version: 2.1\nName: detente-register\nVersion: {_version(manifest)}\n"
        f"Summary: {DESCRIPTION}\nLicense: CC-BY-4.0\n"
        f"Requires-Dist: detente=={manifest.made_for}\n"
    )


def _hash(body: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
