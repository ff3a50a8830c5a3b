"""Where the user's folder lies, and which law is in use."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from detente._version import __version__
from detente.store import files
from detente.store.digest import sha256_of
from detente.store.home import home


def test_the_folder_is_the_named_one_or_that_of_the_platform(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/somebody")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("DETENTE_HOME", "here")
    assert home() == os.path.join(os.getcwd(), "here")
    monkeypatch.setenv("DETENTE_HOME", "")
    assert home() == "/data/detente"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert home() == "/somebody/.local/share/detente"


def test_a_hash_parts_its_texts_by_a_zero_byte() -> None:
    assert sha256_of("a", "ü") == hashlib.sha256("a\0ü".encode()).hexdigest()
    assert sha256_of("a\0", "") == sha256_of("a", "", "")
    assert sha256_of("ab") != sha256_of("a", "b")
    assert sha256_of() == sha256_of("") == hashlib.sha256(b"").hexdigest()


def named(folder: Path, line: str, *bundles: str) -> None:
    folder.mkdir(parents=True)
    (folder / files.CURRENT).write_text(line)
    for each in bundles:
        (folder / each).mkdir()


@pytest.mark.parametrize(
    ("own", "carried", "found"),
    [
        (None, None, ("", "", "")),
        ("{v}", None, ("own/b1", "b1", "")),
        ("{v}", "{v}", ("own/b1", "b1", "")),
        (None, "{v}", ("carrier", "b2", "")),
        ("0.0.0", None, ("", "", "b1")),  # made for another release
        ("0.0.0", "{v}", ("carrier", "b2", "b1")),
        ("back", None, ("", "", "")),  # the user went back to the law of the package
        ("back", "{v}", ("carrier", "b2", "")),
        ("gone", "0.0.0", ("", "", "b2")),
    ],
)
def test_the_law_in_use_is_the_users_then_the_carriers_then_that_of_the_package(
    own: str | None,
    carried: str | None,
    found: tuple[str, str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(files, "CARRIER", str(tmp_path / "carrier"))
    law = tmp_path / "home" / files.LAW
    if own is not None:
        version = __version__ if own in ("{v}", "back", "gone") else own
        name = "" if own == "back" else "b1"
        named(law, f"{name}\t{version}\n", *([] if own in ("back", "gone") else ["b1"]))
    if carried is not None:
        named(tmp_path / "carrier", f"b2\t{carried.format(v=__version__)}\n")
    where, name, passed = found
    places = {"own/b1": law / "b1", "carrier": tmp_path / "carrier", "": ""}
    assert files._law() == (str(places[where]), name, passed)


def test_data_comes_from_the_bundle_where_it_has_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"")
    monkeypatch.setattr(files, "LAW_FOLDER", str(tmp_path))
    assert files.data_file("register.sqlite") == str(tmp_path / "register.sqlite")
    assert files.data_file("goods.sqlite") == os.path.join(files.DATA, "goods.sqlite")
    monkeypatch.setattr(files, "LAW_FOLDER", "")
    assert files.data_file("register.sqlite") == os.path.join(files.DATA, "register.sqlite")
