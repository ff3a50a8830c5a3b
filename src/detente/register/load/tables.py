"""Tab-separated tables of the register: dated code lists, tables of places."""

from __future__ import annotations

import re

import yaml

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, start_of
from detente.core.figures import counted
from detente.register.addresses import ARCHIVE, KINDS, Addresses, AddressForm
from detente.register.load.yaml_reader import RegisterError, YamlNode
from detente.register.model import GRADES, BasketGood, CodeList, Member

LIST_COLUMNS = ("code", "from", "until", "announced", "except")
LIST_KEYS = (
    "title",
    "source",
    "place",
    "heading",
    "metal",
    "limit",
    "count",
    "grade",
    "unknown",
    "note",
    "read",
    "edition",
)


class RegisterRow(NamedTuple):
    """One row of a table, its cells by column, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def item(self, column: str) -> YamlNode:
        """The cell as an item, so that readers of YAML can complain about it."""
        cell = self.cells[column]
        # Cells count as quoted, so that codes and rates pass; only these words are read as plain.
        typed = cell in ("true", "false", "unknown")
        mark = yaml.Mark(self.file, 0, self.line - 1, 0, None, 0)
        node = yaml.ScalarNode(
            "tag:yaml.org,2002:str", cell, mark, mark, style="" if typed else '"'
        )
        return YamlNode(node, self.file)

    def fail(self, expected: str, do: str) -> RegisterError:
        """The error that points at this row, for the caller to raise."""
        return RegisterError(self.file, self.line, expected, do)


def read_rows(
    text: str, file: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> list[RegisterRow]:
    """Rows below the header of a table; lines that begin with # are notes.

    Raises:
        RegisterError: a column is missing or unknown, or a row has too many cells.
    """
    header: list[str] | None = None
    rows: list[RegisterRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            _check_header(header, file, number, required, optional)
            continue
        if len(cells) > len(header):
            raise RegisterError(
                file,
                number,
                f"{counted(len(cells), 'cell')} under {counted(len(header), 'column')}",
                "Separate cells by one tab, and leave empty cells empty",
            )
        cells += [""] * (len(header) - len(cells))
        rows.append(RegisterRow(file, number, dict(zip(header, cells, strict=True))))
    if header is None:
        raise RegisterError(file, 1, "the table is empty", f"Begin with {' '.join(required)}")
    return rows


def _check_header(
    header: list[str], file: str, line: int, required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    for column in required:
        if column not in header:
            raise RegisterError(
                file, line, f"the column `{column}` is missing", "Separate columns by tabs"
            )
    for column in header:
        if column not in required and column not in optional:
            raise RegisterError(
                file,
                line,
                f"unknown column `{column}`",
                f"The columns here are {', '.join((*required, *optional))}",
            )


def read_list(text: str, file: str, name: str) -> tuple[CodeList, list[Member]]:
    """A dated code list: what it is, and its rows."""
    notes, unknown = _read_notes(text, file)
    for key in ("title", "source"):
        if key not in notes:
            raise RegisterError(
                file, 1, f"`# {key}:` is missing", "Say what the list is, and whence"
            )
    # A grade may go on in words: "primary for the codes, background for the first day".
    grade = notes.get("grade", "primary")
    if grade.split()[0].rstrip(",;:") not in GRADES:
        raise RegisterError(
            file, 1, f"unknown grade `{grade}`", f"Begin with one of {', '.join(GRADES)}"
        )
    rows = read_rows(text, file, LIST_COLUMNS, ("state", "note", "metal", "end_announced"))
    members = [_read_member(row, name) for row in rows]
    listed = CodeList(
        name=name,
        title=notes["title"],
        sources=tuple(key.strip() for key in notes["source"].split(",")),
        place=notes.get("place", ""),
        grade=grade,
        unknown=tuple(unknown),
    )
    return listed, members


def read_basket(text: str, file: str) -> list[BasketGood]:
    """The goods on which the effect of a change of law is shown."""
    return [
        BasketGood(**row.cells)
        for row in read_rows(text, file, ("code", "origin", "facts", "what"), ())
    ]


def read_addresses(text: str, file: str) -> list[AddressForm]:
    """How citations become addresses; each row makes the address of its own example.

    Raises:
        RegisterError: a pattern is broken, or a row makes another address of its example.
    """
    found = []
    for row in read_rows(text, file, AddressForm._fields, ()):
        form = AddressForm(**row.cells)
        if form.kind not in KINDS:
            raise row.fail(f"the kind `{form.kind}` is unknown", f"Write {', '.join(KINDS)}")
        table = Addresses([form])
        try:
            made = table.copy_of(form.example) if form.kind == ARCHIVE else table.of(form.example)
        except (re.error, IndexError) as error:
            raise row.fail(f"the pattern does not work: {error}", "Mend the pattern") from error
        if made != form.example_address:
            raise row.fail(
                f"the row makes {made} of its example", "Give the example the address it makes"
            )
        found.append(form)
    return found


def _read_notes(text: str, file: str) -> tuple[dict[str, str], list[tuple[int, int | None, str]]]:
    notes: dict[str, str] = {}
    unknown: list[tuple[int, int | None, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        key, _, value = line[1:].partition(":")
        key, value = key.strip(), value.strip()
        if key not in LIST_KEYS:
            raise RegisterError(
                file, number, f"unknown note `{key}`", f"Expected {', '.join(LIST_KEYS)}"
            )
        if key == "unknown":
            start, until, why = [*value.split(None, 2), "", "", ""][:3]
            try:
                end = None if until in ("", "-") else start_of(until)
                unknown.append((start_of(start), end, why))
            except ValueError as error:
                raise RegisterError(
                    file, number, str(error), "Write `# unknown: FROM UNTIL reason`, - for no end"
                ) from error
        else:
            notes[key] = value
    return notes, unknown


def _read_member(row: RegisterRow, name: str) -> Member:
    cells = row.cells
    code = cells["code"]
    if not code.isdigit() or not 2 <= len(code) <= 10:
        raise row.fail(f"`{code}` is not a code", "Write two to ten digits without dots")
    if cells["except"] not in ("", "1"):
        raise row.fail(f"`{cells['except']}` in except", "Write 1 for a code taken out, or nothing")
    if cells.get("state", "") not in ("", "unknown"):
        raise row.fail(f"`{cells['state']}` in state", "Write unknown, or nothing")
    start, until = _time(row, "from"), _time(row, "until")
    if start is not None and until is not None and until <= start:
        raise row.fail("`until` is not after `from`", "`until` is the first day without it")
    return Member(
        code=code,
        list=name,
        start=start,
        until=until,
        announced=_day_number(row, "announced"),
        excepted=cells["except"] == "1",
        unknown=cells.get("state", "") == "unknown",
        note=cells.get("note", ""),
        end_announced=_day_number(row, "end_announced"),
    )


def _day_number(row: RegisterRow, column: str) -> int | None:
    """A day as a number; None where the cell is empty or the table lacks the column."""
    if not row.cells.get(column):
        return None
    minute = _time(row, column)
    return None if minute is None else minute // MINUTES


def _time(row: RegisterRow, column: str) -> int | None:
    text = row.cells[column]
    if not text:
        return None
    try:
        return start_of(text)
    except ValueError as error:
        raise row.fail(f"`{text}` in {column} is not a day", "Write YYYY-MM-DD") from error
