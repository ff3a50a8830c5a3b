"""Arrow's own file in and out, and how files by column are packed."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest

from detente.batch.columns import COMPRESSIONS
from detente.batch.files import BatchJob, answer_file
from detente.register.book import Register
from tests.entries import random_entries

READERS = {".parquet": polars.read_parquet, ".arrow": polars.read_ipc}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arrow") / "entries.parquet"
    random_entries(600, 21, with_facts=0.2).write_parquet(path)
    return path


def answered(source: Path, target: Path, compression: str = "") -> polars.DataFrame:
    answer_file(Register.built_in(), BatchJob(source, target, {}, compression=compression))
    frame: polars.DataFrame = READERS[target.suffix](target)
    return frame


@pytest.fixture(scope="module")
def expected(source: Path) -> polars.DataFrame:
    return answered(source, source.with_name("expected.parquet"))


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("compression", ["", *COMPRESSIONS])
def test_every_way_to_pack_holds_the_same(
    source: Path, expected: polars.DataFrame, tmp_path: Path, suffix: str, compression: str
) -> None:
    found = answered(source, tmp_path / f"duties{suffix}", compression)
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_an_arrow_file_is_answered_as_the_same_parquet(
    source: Path, expected: polars.DataFrame, tmp_path: Path
) -> None:
    arrow = tmp_path / "entries.arrow"
    polars.read_parquet(source).write_ipc(arrow)
    assert answered(arrow, tmp_path / "duties.arrow").equals(expected)


@pytest.mark.once
def test_packed_files_are_smaller(source: Path, tmp_path: Path) -> None:
    sizes = []
    for compression in COMPRESSIONS:
        target = tmp_path / f"{compression}.arrow"
        answered(source, target, compression)
        sizes.append(target.stat().st_size)
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_text_is_not_compressed(source: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"only .parquet and .arrow are compressed here"):
        answer_file(
            Register.built_in(), BatchJob(source, tmp_path / "a.csv", {}, compression="zstd")
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"ARROW1 but no more", b"PAR1" * 9])
def test_what_is_no_arrow_file_is_told(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "entries.arrow"
    source.write_bytes(content)
    with pytest.raises(ValueError, match="is not an Arrow file"):
        answer_file(Register.built_in(), BatchJob(source, tmp_path / "duties.arrow", {}))
    assert [each.name for each in tmp_path.iterdir()] == ["entries.arrow"]


def test_a_missing_arrow_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        answer_file(
            Register.built_in(), BatchJob(tmp_path / "none.arrow", tmp_path / "duties.arrow", {})
        )
