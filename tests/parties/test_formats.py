"""Formats of lists stand in one table, from which everything that knows them follows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from detente.cli.main import main
from detente.parties.lists import lists
from detente.parties.lists.lists import Format, format_names, guess_format, is_published_whole
from detente.parties.lists.model import Entry, Name, Reading

BEGIN = b"<ZORBLAX_LIST"


def read_zx(path: str) -> Reading:
    """A reader of a further format: one name a line, after the first."""
    names = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    entries = tuple(Entry(list="ZX", key=name, names=(Name(name),)) for name in names)
    return Reading("zx", "2026-08-01", entries, len(entries), (), ())


@pytest.fixture
def further(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A format that is registered as any other: a module of readers and a row of the table."""
    module = ModuleType("detente.parties.lists.readers.zx")
    module.read_zx = read_zx  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    row = Format("zx", ("zx", "read_zx"), lambda head: head.startswith(BEGIN), whole=True)
    monkeypatch.setattr(lists, "FORMATS", (row, *lists.FORMATS))
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = tmp_path / "zx.xml"
    path.write_text(f"{BEGIN.decode()}>\nZorblax Quantum Widgets\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [["--format", "zx"], []])
def test_a_row_of_the_table_makes_a_format_one_that_is_imported_and_guessed(
    further: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lists", "import", str(further), *words]) == 0
    assert "1 rows as zx" in capsys.readouterr().out
    assert main(["screen", "Zorblax Quantum Widgets", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["status"], result["hits"][0]["list"]) == ("hit", "ZX")


def test_help_errors_and_what_is_published_whole_follow_from_the_row(
    further: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["lists", "import", "--help"])
    assert f"{{{','.join(format_names())}}}" in "".join(capsys.readouterr().out.split())
    further.write_text("nothing that is known")
    with pytest.raises(ValueError, match=r"--format \(zx, ftm, bods, .*, csv\)"):
        guess_format(str(further))
    assert format_names()[0] == "zx"
    assert [is_published_whole(name) for name in ("zx", "csl", "csv")] == [True, True, False]


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


def test_a_list_of_ones_own_may_be_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    book = openpyxl.Workbook()
    for row in (["name", "id", "countries"], ["Zorblax Quantum Widgets", 17, "CN"], [None, 18]):
        book.active.append(row)
    path = tmp_path / "house.xlsx"
    book.save(path)
    assert main(["lists", "import", str(path), "--as-of", "2026-08-01", "--name", "HOUSE"]) == 0
    told = capsys.readouterr().out
    assert "2 rows as csv, 1 entries" in told
    assert "line 3: no name" in told
    assert main(["screen", "Zorblax Quantum Widgets", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["status"], result["hits"][0]["list"]) == ("hit", "HOUSE")
