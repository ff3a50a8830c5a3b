"""A basket of goods from a file, or the one that comes with the register.

Columns: ``code, origin``, and where wanted ``what, destination, value, quantity, base, facts``
(``KEY=VALUE`` words) and one ``fact.KEY`` a fact. A line that begins with # is passed over.
"""

from __future__ import annotations

from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.missing_files import no_file
from detente.core.stated import pairs, quantities
from detente.core.tables.reading import TableRows, open_table
from detente.duty.effect import question
from detente.duty.question import DutyQuestion
from detente.register.book import Register

COLUMNS = ("code", "origin", "what", "destination", "value", "quantity", "base", "facts")
FACT = "fact."
BUILT_IN = "register"


class Good(NamedTuple):
    """One good of a basket: what it is called, and the question about it without its day."""

    name: str
    question: DutyQuestion


def find_basket(register: Register, word: str) -> list[Good]:
    """The basket in a file, or the register's own where the word is ``register``.

    Raises:
        ValueError: the file cannot be read as a basket; the message says row and what to do.
        FileNotFoundError: there is no such file.
    """
    if word == BUILT_IN:
        return [
            Good(f"{each.code} {each.origin} {each.what}", question(each, ""))
            for each in register.basket
        ]
    path = Path(word)
    if not path.is_file():
        do = "name a table of goods, or `register` for its own goods"
        raise FileNotFoundError(no_file(path, do))
    with open_table(path, comments=True) as rows:
        return _read(rows)


def _read(rows: TableRows) -> list[Good]:
    name, columns = rows.name, rows.columns
    for needed in ("code", "origin"):
        if needed not in columns:
            raise ValueError(f"{name}: the column {needed} is missing: give every good both")
    for column in columns:
        if column not in COLUMNS and not column.startswith(FACT):
            raise ValueError(
                f"{name}: unknown column {column!r}: the columns are {', '.join(COLUMNS)} and "
                f"{FACT}KEY"
            )
    goods = []
    for row in rows.by_column():
        cells = {key: cell.strip() for key, cell in row.items()}
        try:
            goods.append(_good(cells))
        except ValueError as error:
            raise ValueError(f"{name}, line {rows.line}: {error}") from error
    return goods


def _good(cells: dict[str, str]) -> Good:
    facts = pairs(cells.get("facts", "").split(), "a fact")
    facts |= {
        key.removeprefix(FACT): cell for key, cell in cells.items() if key[:5] == FACT and cell
    }
    what = f" {cells['what']}" if cells.get("what") else ""
    return Good(
        f"{cells['code']} {cells['origin']}{what}",
        DutyQuestion(
            code=cells["code"],
            origin=cells["origin"],
            on="",
            destination=cells.get("destination") or "US",
            value=cells.get("value") or None,
            quantities=quantities([each for each in cells.get("quantity", "").split(";") if each]),
            facts=facts,
            base=cells.get("base") or None,
        ),
    )
