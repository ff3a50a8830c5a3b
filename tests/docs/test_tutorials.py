"""Every command of the tutorials is run, and prints what the page says, in that order."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.cli.main import ANSWERED, main
from detente.web.guide import ADDRESS
from tests.served import Client, client_of, make_service

ROOT = Path(__file__).parents[2]
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
READERS = ["broker", "compliance", "economist", "journalist"]
ANY_DAY = r"20\d\d-\d\d-\d\d|--scenario nafta|examples/|^screen|memo\.md"
"""What a command names whose printed lines are the same on every day."""

FEW = 4
"""Pages that every tutorial names at least."""

SLOW = ("/ask/average", "/ask/claims", "/ask/impact_equilibrium", "/charts", "/timeline")
"""Pages of seconds, which tests of their own ask."""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with client_of(make_service()) as made:
        yield made


def _commands(page: Path) -> list[tuple[str, list[str]]]:
    """Each command of a console block, with the lines that it must print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
        for line in block.splitlines():
            if line.startswith("$ detente "):
                found.append((line.removeprefix("$ detente "), []))
            elif line.strip():
                found[-1][1].append(line)
    return found


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples, as a reader who follows the page would have."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_the_commands_of_a_tutorial_print_what_the_page_says(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, lines in _commands(page):
        assert main(shlex.split(command)) == ANSWERED, command
        printed = " ".join(capsys.readouterr().out.split())
        place = 0
        for line in lines:
            wanted = " ".join(line.split())
            found = printed.find(wanted, place)
            assert found >= 0, f"{command}: not printed, or not in this order: {wanted}"
            place = found + len(wanted)


def test_there_is_a_tutorial_for_each_reader() -> None:
    assert [page.stem for page in TUTORIALS] == READERS


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_ends_with_what_it_is_not(page: Path) -> None:
    assert "not legal advice" in page.read_text(encoding="utf-8").rstrip().splitlines()[-1]


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_no_printed_line_leans_on_the_day_it_is_read(page: Path) -> None:
    for command, lines in _commands(page):
        assert not lines or re.search(ANY_DAY, command), command


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_the_pages_that_a_tutorial_names_are_there_and_answer(page: Path, client: Client) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("On a page:") >= FEW
    addresses = [each for each in re.findall(r"`(/[^`\s]*)`", text) if ADDRESS.fullmatch(each)]
    assert len(addresses) >= FEW
    shown = client.get(f"/docs/tutorials/{page.stem}").text
    for address in addresses:
        assert f'<a href="{html.escape(address)}">' in shown
        if not address.startswith(SLOW):
            assert client.get(address).status_code in (200, 303), address
