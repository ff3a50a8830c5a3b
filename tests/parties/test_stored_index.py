"""What is kept of the lists for many names: made once, made anew when it is not theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.parties.screening.importing import import_list
from detente.parties.screening.screening import NameQuery
from detente.parties.screening.store import Screen

pytest.importorskip("numba")

import numpy as np

from detente.parties.screening import indexed, many

NAMES = ("Zorblax Technology Co Ltd", "深圳佐布拉有限公司", "Kepler Instruments", "第十四研究所")


def hits(screen: Screen) -> list[list[str] | str]:
    found = many.ready(screen)([NameQuery(name) for name in (*NAMES, "Zorbluk Tech", "--")], 5)
    return [each if isinstance(each, str) else [hit.name for hit in each] for each in found]


def house(folder: Path, names: tuple[str, ...], day: str) -> None:
    file = folder / "house.csv"
    file.write_text("\n".join(("name", *names)), encoding="utf-8")
    import_list(str(file), source_date=day, name="HOUSE")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    house(tmp_path, NAMES, "2026-01-01")
    return tmp_path


def test_what_is_kept_gives_the_hits_of_what_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hits(Screen())
    assert len(list(folder.glob("screening-*.npz"))) == 2
    assert not list(folder.glob("*.new"))

    def never(_: object) -> indexed.StoredArrays:
        raise AssertionError("made again")

    monkeypatch.setattr(indexed, "_made", never)
    assert hits(Screen()) == made
    assert made[0] == ["Zorblax Technology Co Ltd"]


def test_lists_that_change_are_made_anew(folder: Path) -> None:
    hits(Screen())
    house(folder, (*NAMES, "Zorbluk Tech"), "2026-02-01")
    assert hits(Screen())[4] == ["Zorbluk Tech"]
    assert "Zorbluk Tech" not in hits(Screen("2026-01-15"))[4]


def test_what_is_kept_serves_every_day(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house(folder, (*NAMES, "Zorbluk Tech"), "2026-02-01")
    earlier = hits(Screen("2026-01-15"))
    monkeypatch.setattr(indexed, "_made", None)
    assert hits(Screen())[4] == ["Zorbluk Tech"]
    assert hits(Screen("2026-01-15")) == earlier
    assert "Zorbluk Tech" not in earlier[4]


def test_a_file_that_is_cut_off_is_made_anew(folder: Path) -> None:
    made = hits(Screen())
    for file in folder.glob("screening-*.npz"):
        file.write_bytes(file.read_bytes()[:5000])
    assert hits(Screen()) == made


def test_a_folder_that_cannot_be_written_still_gives_hits(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    indexed.keep(str(blocked / "kept.npz"), "key", {"one": np.zeros(1)})
    assert indexed.read(str(blocked / "kept.npz"), "key") is None
    assert blocked.read_text() == "no folder"


def test_texts_come_back_as_they_went() -> None:
    texts = ["", "a b", "深圳", "x"]
    assert indexed.texts_from(indexed.texts_into(texts)) == texts
    assert indexed.texts_from(indexed.texts_into([])) == []
