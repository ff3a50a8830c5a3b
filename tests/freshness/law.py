"""Small bundles of law, with a key for tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from detente.freshness.bundles import Manifest, build
from detente.freshness.trust import trust
from detente.register.book import Register
from detente.register.load.compile import build_register
from detente.store import files
from detente.store.signing import SigningKey, make_key
from tests.small_register import write_register

NAMES = ("register.sqlite",)
"""What a small bundle holds."""


def key_of(folder: Path) -> SigningKey:
    """A key made for tests, in a folder of its own."""
    before = os.environ["DETENTE_HOME"]
    os.environ["DETENTE_HOME"] = str(folder)
    try:
        return make_key()
    finally:
        os.environ["DETENTE_HOME"] = before


def compiled(folder: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A folder with a small register, compiled."""
    folder.mkdir(parents=True)
    source = write_register(folder, dict(changed or {}))
    build_register(source, folder / "register.sqlite")
    return folder


def bundle(
    folder: Path,
    key: SigningKey,
    day: str = "2026-10-14",
    changed: Mapping[str, str | bytes | None] | None = None,
    after: Manifest | None = None,
) -> Path:
    """A small bundle, of a register that is compiled beside it."""
    data = compiled(folder, changed)
    register = Register.load(data / "register.sqlite")
    areas = {name: area.reviewed_through for name, area in register.areas.items()}
    register.close()
    build(data, folder / "small.law", day, areas, key, after, NAMES)
    return folder / "small.law"


def package(folder: Path, monkeypatch: object) -> None:
    """Let a small register be the law of the package."""
    data = compiled(folder)
    monkeypatch.setattr(files, "DATA", str(data))  # type: ignore[attr-defined]
    monkeypatch.setattr(files, "CARRIER", str(folder / "none"))  # type: ignore[attr-defined]


def trusting(key: SigningKey) -> None:
    """Let the user trust a key."""
    trust(key.public, "Test key")
