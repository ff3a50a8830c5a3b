"""The lists of parties beside the Consolidated Screening List, against their publications."""

from __future__ import annotations

from pathlib import Path

import pytest

from encode.parties.parties import FIELDS, cells, write
from encode.parties.parties_others import entries, named


def test_the_main_name_stands_first_though_an_alias_repeats_it() -> None:
    row = {"name": "Joint Stock Company A", "aliases": "JSC A; Joint Stock Company  A; AO A; JSC A"}
    assert [(each.text, each.kind) for each in named(row)] == [
        ("Joint Stock Company A", "name"),
        ("JSC A", "aka"),
        ("AO A", "aka"),
    ]


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_table(reference: Path, tmp_path: Path) -> None:
    write(tmp_path / "others.tsv", FIELDS, map(cells, entries(reference)))
    committed = Path("data/parties/others.tsv").read_bytes()
    assert (tmp_path / "others.tsv").read_bytes() == committed
