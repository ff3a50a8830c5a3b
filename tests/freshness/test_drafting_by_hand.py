"""What a draft takes from files that lie beside the answers, and from the publisher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.freshness import drafting
from detente.freshness.drafting import ENTRY_COLUMNS, _edition, _entries, _fetched, _text, file_name
from detente.freshness.found import FormatError


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("2026-00001", "2026-00001"),
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("SLS 5", "SLS-5"),
        ("-a b-", "a-b"),
        ("x" * 100, "x" * 80),
        ("公告2026年第7号", "公告2026年第7号"),
    ],
)
def test_a_number_names_a_file_of_the_folder_and_no_other_place(number: str, name: str) -> None:
    assert file_name(number) == name


def test_the_text_of_a_document_is_the_first_file_that_is_at_hand(tmp_path: Path) -> None:
    assert _text(None, "a") == _text(tmp_path, "a") == ""
    for suffix, text in ((".html", "<p>page</p>"), (".md", "notes"), (".txt", "a  text\n")):
        (tmp_path / f"a{suffix}").write_text(text, encoding="utf-8")
        assert _text(tmp_path, "a") == {"<p>page</p>": "page", "a  text\n": "a text"}.get(
            text, text
        )
    assert _text(tmp_path, "b") == ""


def test_a_text_is_fetched_where_it_has_an_address_and_comes() -> None:
    asked: list[tuple[str, str]] = []

    def fetch(name: str, address: str) -> str:
        asked.append((name, address))
        if address == "gone":
            raise OSError
        if address == "odd":
            raise FormatError("a page came")
        return "<b>rule</b>"

    def read(address: str | None, reader: Any = fetch) -> str:
        row: Any = {"text_url": address} if address else {}
        return _fetched(row, "stem", reader)

    assert [read(each) for each in ("here", "gone", "odd", None)] == ["rule", "", "", ""]
    assert asked == [("stem.txt", each) for each in ("here", "gone", "odd")]
    assert read("here", None) == ""


def test_entries_and_lines_are_written_as_tables_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = tmp_path / "a.xml"
    xml.write_text("<x/>", encoding="utf-8")
    rows = [tuple(f"{column} 1" for column in ENTRY_COLUMNS)]
    monkeypatch.setattr(drafting, "listed_entries", lambda text: rows if text == "<x/>" else None)
    assert _entries(xml, tmp_path, "a") == ["a-entries.tsv"]
    head, row, rest = (tmp_path / "a-entries.tsv").read_text("utf-8").split("\n")
    assert (head.split("\t"), row.split("\t"), rest) == (list(ENTRY_COLUMNS), [*rows[0]], "")
    rows.clear()
    assert _entries(xml, tmp_path, "b") == []

    def refuse(text: str) -> None:
        raise FormatError("no entries")

    monkeypatch.setattr(drafting, "listed_entries", refuse)
    assert _entries(xml, tmp_path, "b") == []
    assert not (tmp_path / "b-entries.tsv").exists()


def test_a_new_edition_is_compared_where_its_export_is_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none: Any = None
    line = drafting.LineChange(*("x" for _ in drafting.LineChange._fields))
    monkeypatch.setattr(drafting, "edition_changes", lambda register, schedule, export: [line])
    assert _edition(none, none, None, tmp_path, "a") == []
    assert _edition(none, none, tmp_path, tmp_path, "a") == []
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    assert _edition(none, none, tmp_path, tmp_path, "a") == ["a-lines.tsv"]
    head, row, rest = (tmp_path / "a-lines.tsv").read_text("utf-8").split("\n")
    assert (tuple(head.split("\t")), tuple(row.split("\t")), rest) == (line._fields, line, "")
