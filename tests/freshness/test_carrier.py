"""A wheel carries a bundle: pip can install it, and it is the same bytes each time."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from detente.freshness.bundles import BundleError, open_bundle
from detente.freshness.carrier import build_wheel
from tests.freshness.law import bundle, key_of


def wheel_of(folder: Path) -> Path:
    path = bundle(folder / "law", key_of(folder / "maintainer"))
    opened = open_bundle(path)
    opened.packed.close()
    (folder / "wheels").mkdir()
    return build_wheel(opened.manifest, path.parent, folder / "wheels")


def test_the_record_of_a_wheel_tells_every_file_with_its_hash(tmp_path: Path) -> None:
    wheel = wheel_of(tmp_path)
    assert wheel.name == "detente_register-2026.10.14-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    record = "detente_register-2026.10.14.dist-info/RECORD"
    read = csv.reader(io.StringIO(members[record].decode()))
    rows = {name: (described, size) for name, described, size in read}
    assert rows.keys() == members.keys()
    for name, (described, size) in rows.items():
        if name != record:
            digest = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest())
            assert described == f"sha256={digest.rstrip(b'=').decode()}"
            assert int(size) == len(members[name])


def test_the_same_law_gives_the_same_wheel(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = wheel_of(tmp_path / "a"), wheel_of(tmp_path / "b")
    # The manifest does not name the key, so two maintainers make one wheel.
    assert first.read_bytes() == second.read_bytes()


def test_a_wheel_of_other_files_than_those_of_the_bundle_is_not_made(tmp_path: Path) -> None:
    path = bundle(tmp_path / "law", key_of(tmp_path / "maintainer"))
    opened = open_bundle(path)
    opened.packed.close()
    (path.parent / "register.sqlite").write_bytes(b"other")
    with pytest.raises(BundleError, match="is not the file of 2026-10-14-"):
        build_wheel(opened.manifest, path.parent, tmp_path)


def test_the_law_of_an_installed_wheel_answers(tmp_path: Path) -> None:
    """The wheel is unpacked beside a copy of nothing but links: as pip lays it out."""
    site = tmp_path / "site"
    site.mkdir()
    import detente

    (site / "detente").symlink_to(Path(detente.__file__).parent)
    with zipfile.ZipFile(wheel_of(tmp_path)) as packed:
        packed.extractall(site)
    program = (
        "from detente.store import files;print(files.BUNDLE, files.data_file('register.sqlite'))"
    )
    code = f"import sys; sys.path.insert(0, {str(site)!r}); {program}"
    environment = {**os.environ, "DETENTE_HOME": str(tmp_path / "nobody")}
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    name, path = ran.stdout.split()
    assert name.startswith("2026-10-14-")
    assert path == str(site / "detente_register" / "register.sqlite")
