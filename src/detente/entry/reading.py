"""An entry summary out of a file, a text, or lines in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.duty.question import QuestionError
from detente.entry.summary import Summary, of_object, of_rows

if TYPE_CHECKING:
    from typing import Any

JSON = ".json"


def of_file(
    path: Path, header: Mapping[str, str], encoding: str | None = None, sheet: str = ""
) -> Summary:
    """An entry summary from a table or from JSON.

    Args:
        path: JSON by its suffix, else a table of any kind.
        header: facts of the header that are given beside the file; they come first.
        encoding: of a table of lines; by its mark where none is named, else UTF-8.
        sheet: of a workbook; "" for the only one that has cells.

    Raises:
        ValueError: it cannot be read; the message names the file and says what to do.
        FileNotFoundError: there is no such file.
    """
    from detente.core.tables.reading import no_sheets, read_table

    if path.suffix.lower() == JSON:
        if sheet:
            raise no_sheets(path)
        # utf-8-sig reads a file with a byte order mark and one without.
        return of_text(path.read_text(encoding or "utf-8-sig"), header, str(path))
    columns, rows = read_table(path, encoding, sheet)
    return of_rows(columns, rows, header)


def of_text(text: str, header: Mapping[str, str], name: str) -> Summary:
    """An entry summary from JSON.

    Raises:
        QuestionError: it is none; the message names what is wrong.
    """
    return of_object(_parsed(text, name), header)


def of_lines(lines: Iterable[str], header: Mapping[str, str]) -> Summary:
    """An entry summary from lines in words: KEY=VALUE between commas, or a JSON object.

    Raises:
        QuestionError: a line is neither.
    """
    return of_object({"lines": [_line(each) for each in lines]}, header)


def _line(text: str) -> Any:
    if text.lstrip().startswith("{"):
        return _parsed(text, "a line")
    found: dict[str, str] = {}
    for part in text.split(","):
        key, equals, value = part.partition("=")
        if not equals:
            raise QuestionError(
                f"a line is KEY=VALUE between commas, such as code=8507.60.00.10,origin=CN,"
                f"value=10000, not {part!r}: write amounts without commas"
            )
        if key.strip() in found:
            raise QuestionError(f"a line gives {key.strip()} twice: keep one")
        found[key.strip()] = value.strip()
    return found


def _parsed(text: str, name: str) -> Any:
    """JSON whose numbers stay the text that was written: 0.1 is a tenth, not a float near it."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise QuestionError(
            f"{name} is not JSON: {error}; check quotes and commas there"
        ) from error


def _once(rows: list[tuple[str, Any]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in rows:
        if key in found:
            raise QuestionError(f"the key {key!r} stands twice: keep one", key)
        found[key] = value
    return found
