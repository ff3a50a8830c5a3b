"""Taking a bundle of law into use, whole or not at all, and going back to the one before.

    law/current             the name of the bundle in use, and the release that it was made for
    law/previous            the same of the one before it; empty for the law of the package
    law/NAME/…              its files and its manifest
    law/trusted.tsv         public keys whose bundles are taken

A bundle is unpacked and checked under a name that nobody reads; it is then renamed, and becomes the
law by the replacement of one small file. Whatever stops in between leaves the law that was in use.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from detente._shapes import NamedTuple
from detente._version import __version__
from detente.freshness.bundles import (
    BundleError,
    Manifest,
    OpenedBundle,
    digest_of,
    open_bundle,
    read_member,
    shape_of,
)
from detente.freshness.forgotten import forgotten
from detente.freshness.trust import trusted
from detente.register.book import Register
from detente.store import files
from detente.store.files import CURRENT, LAW
from detente.store.home import home
from detente.store.signing import fits
from detente.store.whole import write_whole

PREVIOUS = "previous"
STORED_MANIFEST = "manifest.json"
PART = ".part"


class Taken(NamedTuple):
    """What became of an update.

    Attributes:
        manifest: of the bundle.
        signed_by: whose key signed it.
        before: the name of the law that was in use; "" for that of the package.
        forgotten: what the new law no longer knows and was taken all the same.
    """

    manifest: Manifest
    signed_by: str
    before: str
    forgotten: list[str]


def folder() -> Path:
    """Where bundles lie; it need not exist yet."""
    return Path(home(), LAW)


def in_use() -> str:
    """The name of the bundle in use; "" where the law of the package answers."""
    return _read(CURRENT)


def _read(name: str) -> str:
    """The bundle that a small file names, where it is there and made for this release."""
    try:
        text = (folder() / name).read_text(encoding="utf-8").rstrip("\n")
    except FileNotFoundError:
        return ""
    bundle, _, version = text.partition("\t")
    return bundle if version == __version__ and bundle and (folder() / bundle).is_dir() else ""


def file_in_use(name: str) -> Path:
    """The file of the law that is in use now, whatever this process began with."""
    bundle = in_use()
    for place in (folder() / bundle if bundle else None, Path(files.CARRIER), Path(files.DATA)):
        if place is not None and (place / name).is_file():
            return place / name
    raise FileNotFoundError(f"{name} is missing: install the package again")


def take(
    path: Path,
    *,
    force: bool = False,
    dry_run: bool = False,
    look: Callable[[Register, Register, Path], None] = lambda *_: None,
) -> Taken:
    """Check a bundle and take it into use.

    Args:
        path: the file.
        force: take it though it is older, or forgets something.
        dry_run: check it, and keep nothing.
        look: is given the register in use, the new one, and the folder of the new files.

    Raises:
        BundleError: it may not be taken; the law in use is left as it was.
        SigningError: the library that checks signatures is missing.
        FileNotFoundError: there is no such file.
    """
    opened = open_bundle(path)
    try:
        signer = _signer(opened)
        manifest, before = opened.manifest, in_use()
        if manifest.made_for != __version__:
            raise BundleError(
                f"the bundle is for release {manifest.made_for} of the program, and this is "
                f"{__version__}: install that release, or take a bundle for this one"
            )
        if manifest.name == before:
            raise BundleError(f"{manifest.name} is in use already")
        with _unpacked(opened) as part:
            lost = _compare(manifest, before, part, force, look)
            if not dry_run:
                _put_in_place(manifest, part, before)
        return Taken(manifest, signer, before, lost)
    finally:
        opened.packed.close()


def _signer(opened: OpenedBundle) -> str:
    """Who signed it, of those whom the user trusts."""
    name = trusted().get(opened.key)
    if name is None:
        raise BundleError(
            f"it is signed by {opened.key}, which is not trusted here: if you have that key from "
            'its owner, write `detente update --trust KEY "NAME"`'
        )
    if not fits(opened.key, opened.signature, opened.manifest.text):
        raise BundleError("its signature does not fit: it was changed after it was signed")
    return name


@contextmanager
def _unpacked(opened: OpenedBundle) -> Iterator[Path]:
    """The files of a bundle in a folder that nobody reads, each checked; removed at the end."""
    manifest = opened.manifest
    part = folder() / f"{manifest.name}{PART}"
    # Left over from a process that was killed.
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        for name, described in manifest.files.items():
            target = part / name
            if described["included"]:
                body = read_member(opened.packed, name, described["bytes"])
                if hashlib.sha256(body).hexdigest() != described["sha256"]:
                    raise BundleError(f"{name} in the bundle is not what the manifest says")
                _write(target, body)
            else:
                _bring(name, described["sha256"], target, manifest.after)
            _check_shape(name, described["shape"], target)
        _write(part / STORED_MANIFEST, manifest.text.encode())
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _bring(name: str, digest: str, target: Path, after: str) -> None:
    """A file that the bundle leaves out, from the law in use."""
    held = file_in_use(name)
    if digest_of(held) != digest:
        raise BundleError(
            f"the bundle leaves out {name}, as {after} has it, and the law in use has another: "
            f"take {after} first, or a whole bundle"
        )
    _write(target, held.read_bytes())


def _write(target: Path, body: bytes) -> None:
    """Write a file down to the disk: what names it later may be there before it otherwise."""
    with target.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _check_shape(name: str, shape: str, path: Path) -> None:
    """That this program can read the file: it has the shape that its own has."""
    if shape_of(path) != shape:
        raise BundleError(f"{name} in the bundle is not of the shape that the manifest says")
    own = Path(files.DATA, name)
    if own.is_file() and shape_of(own) != shape:
        raise BundleError(
            f"{name} in the bundle is written for another state of the program: update the "
            "program first, or take a bundle that was made for it"
        )


def _compare(
    manifest: Manifest,
    before: str,
    part: Path,
    force: bool,
    look: Callable[[Register, Register, Path], None],
) -> list[str]:
    """What the new law forgets, and whether that is refused."""
    old = Register.load(file_in_use("register.sqlite"))
    new = Register.load(part / "register.sqlite")
    try:
        lost = forgotten(old, new)
        day = before[: len("2026-10-10")]
        if day and manifest.day < day:
            lost.insert(0, f"it is of {manifest.day}, and the law in use is of {day}")
        for name, described in manifest.areas.items():
            area = new.areas.get(name)
            if area is None or area.reviewed_through != described:
                raise BundleError(
                    f"its manifest says {name} is read through {described}; it is not"
                )
        if lost and not force:
            raise BundleError(
                f"it forgets what is known here: {'; '.join(lost)}. With --force it is taken"
            )
        look(old, new, part)
        return lost
    finally:
        old.close()
        new.close()


def _put_in_place(manifest: Manifest, part: Path, before: str) -> None:
    """Rename the checked folder, and let the small file name it."""
    place = folder() / manifest.name
    shutil.rmtree(place, ignore_errors=True)
    os.replace(part, place)
    # In this order: whoever is stopped in between still has the old law in use.
    write_whole(folder() / PREVIOUS, _line(before))
    write_whole(folder() / CURRENT, _line(manifest.name))
    _tidy({manifest.name, before})


def _line(name: str) -> bytes:
    return f"{name}\t{__version__}\n".encode()


def _tidy(needed: set[str]) -> None:
    """Remove the bundles that are neither in use nor the one before."""
    for each in folder().iterdir():
        if each.is_dir() and each.name not in needed:
            shutil.rmtree(each, ignore_errors=True)


def roll_back() -> tuple[str, str]:
    """Go back to the law before the last update; gives the names before and after.

    The next roll back returns to where this one began. "" is the law of the package.

    Raises:
        BundleError: there was no update.
    """
    now, before = in_use(), _read(PREVIOUS)
    if now == before:
        raise BundleError("there is no law before this one: no bundle was taken since")
    write_whole(folder() / CURRENT, _line(before))
    write_whole(folder() / PREVIOUS, _line(now))
    return now, before
