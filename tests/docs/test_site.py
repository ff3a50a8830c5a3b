"""The guide as a site: every page is reached, and what is made from the code is there."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from detente.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]


def _targets(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _targets(value)
    elif isinstance(nav, list):
        for each in nav:
            yield from _targets(each)


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_program", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(program: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    assert program.assemble(folder) > 20
    return folder


def test_every_page_is_in_the_navigation_and_every_entry_is_a_page(pages: Path) -> None:
    with (ROOT / "zensical.toml").open("rb") as file:
        named = list(_targets(tomllib.load(file)["project"]["nav"]))
    made = sorted(page.relative_to(pages).as_posix() for page in pages.rglob("*.md"))
    assert sorted(named) == made


def test_every_command_is_in_the_reference_with_examples(pages: Path) -> None:
    text = (pages / "reference/commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        _, _, part = text.partition(f"\n## {name}\n")
        assert part, name
        part = part.partition("\n## ")[0]
        assert "examples:" in part, name
        assert f"detente {name}" in part, name


def test_the_api_reference_has_an_example_for_every_parameter(pages: Path) -> None:
    text = (pages / "reference/api.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows
    for row in rows:
        assert row.rstrip(" |").endswith("`"), row


def test_what_is_not_modelled_stands_with_its_reason(pages: Path) -> None:
    text = (pages / "reference/not-modelled.md").read_text(encoding="utf-8")
    assert "antidumping and countervailing duties" in text


def test_every_fact_that_a_duty_reads_stands_with_its_decision(pages: Path) -> None:
    text = (pages / "reference/entry-facts.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    for fact, default, asked, because in rows:
        assert default, fact
        assert not asked.startswith("not asked") or because.strip(" |"), fact
    assert "true for: Goods that are informational materials as a rule" in text
