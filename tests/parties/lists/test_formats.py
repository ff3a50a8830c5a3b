"""Formats of lists stand in one table, from which everything that knows them follows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from detente.cli.main import main
from detente.parties.lists import lists
from detente.parties.lists.lists import Format, format_names, guess_format, is_published_whole
from detente.parties.lists.model import ListedEntry, ListReading, Name

BEGIN = b"<FURTHER_LIST"


def read_further(path: str) -> ListReading:
    """A reader of a further format: one name a line, after the first."""
    names = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    entries = tuple(ListedEntry(list="UN", key=name, names=(Name(name),)) for name in names)
    return ListReading("further", "2026-08-01", entries, len(entries), (), ())


@pytest.fixture
def further(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A format that is registered as any other: a module of readers and a row of the table."""
    module = ModuleType("detente.parties.lists.readers.further")
    module.read_further = read_further  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    row = Format(
        "further", ("further", "read_further"), lambda head: head.startswith(BEGIN), whole=True
    )
    monkeypatch.setattr(lists, "FORMATS", (row, *lists.FORMATS))
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = tmp_path / "further.xml"
    path.write_text(f"{BEGIN.decode()}>\nZorblax Quantum Widgets\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [["--format", "further"], []])
def test_a_row_of_the_table_makes_a_format_one_that_is_imported_and_guessed(
    further: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lists", "import", str(further), *words]) == 0
    assert "1 row as further" in capsys.readouterr().out
    assert main(["screen", "Zorblax Quantum Widgets", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["status"], result["hits"][0]["list"]) == ("hit", "UN")


def test_help_errors_and_what_is_published_whole_follow_from_the_row(
    further: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["lists", "import", "--help"])
    names = format_names()
    assert names[0] == "further"
    assert f"{{{','.join(names)}}}" in capsys.readouterr().out
    further.write_text("nothing that is known")
    with pytest.raises(ValueError, match=rf"--format \({', '.join(names)}\)"):
        guess_format(str(further))
    whole = [name for name in names if is_published_whole(name)]
    assert whole[0] == "further"
    assert {"csl", "ofac", "un"} <= set(whole)
    assert not {"csv", "bods", "ftm"} & set(whole)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"id": "a", "schema": "LegalEntity", "properties": {}}', "ftm"),
        ('[{"statementId": "1"}]', "bods"),
        ('{"results": []}', "csl"),
        ("Relationship.StartNode.NodeID,Relationship.EndNode.NodeID\n", "gleif"),
        ('36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\n', "ofac"),
        ("\ufeffid,Name\n", "csv"),
    ],
)
def test_a_format_is_told_from_how_its_files_begin(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / "list"
    path.write_text(text, encoding="utf-8")
    assert guess_format(str(path)) == name
