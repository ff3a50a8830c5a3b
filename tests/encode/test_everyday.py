"""The table of everyday words is what its program makes of the list kept by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from encode.goods import everyday

DATA = Path("data/words")


def test_a_fresh_run_gives_the_committed_table(tmp_path: Path) -> None:
    everyday.encode(everyday.WORDS, everyday.GOODS, tmp_path)
    for name in ("everyday.tsv", "SOURCE.yaml"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("8500\tthing\t", r"list.tsv:3: \['8500'\] has no line in hts_"),
        ("8517\tphone\t", "list.tsv:3: 'phone' stands on line 2 too"),
    ],
)
def test_a_word_that_stands_twice_or_nowhere_is_refused_with_its_line(
    tmp_path: Path, row: str, message: str
) -> None:
    words = tmp_path / "list.tsv"
    words.write_text(f"codes\ten\tzh\n8517\tphone\t手机\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        everyday.encode(words, everyday.GOODS, tmp_path / "out")
