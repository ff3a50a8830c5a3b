"""Texts read in columns: the rows that the reader of rows gives, as far as lines need no care."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from detente.core.tables import plain_text
from detente.core.tables.reading import TableError, open_table

HEAD = "code,origin,on\n"

PLAIN = (
    "1,CN,2025-11-12\n2,MX,\n,,\n3, DE ,x y\n",
    "1,CN,a\r\n2,MX,b\n3,DE,c\r\n",
    "1,CN,a\n2,MX,last line without an end",
    "1,鋼,ü\n2,é,NULL\n",
    "# 1,',\\\n-1,=A1,+2\n1e5,nan,null\n",
    "",
)
UNPLAIN = (
    '1,"C,N",a\n2,MX,b\n',
    '1,CN,a\n2,M"X,b\n',
    "1,CN,a\r2,MX,b\n",
    "1,CN,a\n\n2,MX,b\n",
    "\n1,CN,a\n",
    "1,CN,a\n2,MX,b\n\n",
    "1,CN\n2,MX,b,c\n",
    "1,CN,a\n2,MX\n",
    "1,CN,a\n2,MX,b,c\n",
)


def _read(made: Generator[Any, None, tuple[int, bool]]) -> tuple[list[Any], int, bool]:
    """The rows of the frames, and what the generator returns."""
    frames = []
    while True:
        try:
            frames.append(next(made))
        except StopIteration as end:
            read, whole = end.value
            return [row for frame in frames for row in frame.rows()], read, whole


def _plain(path: Path, size: int = 3, encoding: str | None = None) -> tuple[list[Any], int, bool]:
    return _read(plain_text.plain_frames(path, encoding, ["code", "origin", "on"], size))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("text", PLAIN)
def test_plain_lines_are_the_rows_of_the_other_reader(text: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"{mark}{HEAD}{text}".encode())
    with open_table(path) as rows:
        expected = [tuple(row) for row in rows]
    assert _plain(path) == (expected, len(expected), True)


@pytest.mark.parametrize("text", UNPLAIN)
def test_lines_that_need_care_are_left_to_the_other_reader(text: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"{HEAD}{text}".encode())
    assert _plain(path) == ([], 0, False)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"1,\xff,a\n", None),
        (b"1,a\0,b\n", None),
        (b"1,CN,a\n", "cp1252"),
        (b"1,CN,a\n", "gb18030"),
    ],
)
def test_nothing_but_utf_8_is_plain(body: bytes, encoding: str | None, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(HEAD.encode() + body)
    assert _plain(path, encoding=encoding) == ([], 0, False)


@pytest.mark.parametrize(
    "head", ['"code",origin,on\n', f"\n{HEAD}", f"sep=,\n{HEAD}", f"\ufeffsep=,\n{HEAD}"]
)
def test_a_first_line_that_needs_care_leaves_the_whole_text(head: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(head + "1,CN,a\n")
    assert _plain(path) == ([], 0, False)
    with open_table(path) as rows:
        assert [rows.columns, *rows] == [["code", "origin", "on"], ["1", "CN", "a"]]


def test_a_line_that_is_too_long_is_left_to_the_other_reader(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"{HEAD}1,CN,a\n2,MX,{'x' * 140_000}\n3,DE,b\n")
    assert _plain(path) == ([], 0, False)
    with pytest.raises(TableError, match="field larger than field limit"), open_table(path) as rows:
        list(rows)


def test_blocks_end_where_lines_do_and_frames_are_of_the_size_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, path = Random(5), tmp_path / "t.csv"
    lines = [(str(at), "x" * draw.randrange(30), str(draw.random())) for at in range(400)]
    path.write_text(HEAD + "".join(",".join(line) + "\r\n" for line in lines))
    for block in (1, 7, 64, 1000, 1 << 20):
        monkeypatch.setattr(plain_text, "BLOCK", block)
        made = plain_text.plain_frames(path, None, ["code", "origin", "on"], 37)
        sizes = [len(frame) for frame in made]
        assert sizes == [37] * 10 + [30]
        assert _plain(path, 37) == (lines, 400, True)


def test_what_stands_before_the_first_odd_part_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEAD + "1,CN,a\n" * 10 + '2,"MX",b\n' + "3,DE,c\n" * 10)
    monkeypatch.setattr(plain_text, "BLOCK", 20)
    rows, read, whole = _plain(path)
    assert rows == [("1", "CN", "a")] * read
    assert 0 < read <= 10
    assert not whole
