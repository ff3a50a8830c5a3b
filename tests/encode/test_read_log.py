"""The tables of what was read are what the program makes of the lists of documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.register.load.documents import render
from encode.read_log import REGISTER, TARGET, build, rules, source

reference = pytest.mark.reference


@pytest.fixture(scope="module")
def folder() -> Path:
    named = os.environ.get("DETENTE_REFERENCE")
    if not named:
        pytest.skip("DETENTE_REFERENCE is not set")
    return Path(named)


@reference
def test_the_committed_tables_are_what_the_program_makes(folder: Path) -> None:
    tables = build(folder, REGISTER, TARGET)
    for name, rows in tables.items():
        assert (TARGET / f"{name}.tsv").read_text(encoding="utf-8") == render(rows), name
    assert (TARGET / "SOURCE.yaml").read_text(encoding="utf-8") == source(folder, tables)


@reference
def test_what_somebody_decided_by_hand_outlives_the_program(folder: Path, tmp_path: Path) -> None:
    for path in TARGET.glob("*.tsv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "bis.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    (row,) = [each for each in lines if each.startswith("2026-16078\t")]
    cells = row.split("\t")
    cells[7:] = ["none: it allocates sales at home", "", "a maintainer", "2026-11-20", "primary"]
    decided = "\t".join(cells)
    table.write_text("\n".join([*(decided if each == row else each for each in lines), ""]))
    assert f"{decided}\n" in render(build(folder, REGISTER, tmp_path)["bis"])


def test_every_rule_that_passes_a_document_over_says_why() -> None:
    for rule in rules():
        assert bool(rule.effect) == bool(rule.grade and rule.reader)
        assert bool(rule.effect) != bool(rule.touches)
