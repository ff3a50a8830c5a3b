"""A basket of goods from a file, or the one that comes with the register.

Columns: ``code, origin``, and where wanted ``what, destination, value, quantity, base, facts``
(``KEY=VALUE`` words) and one ``fact.KEY`` a fact. A file that ends in .tsv has tabs between cells,
another one commas.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.given import pairs, quantities
from detente.duty.effect import question
from detente.duty.question import DutyQuestion
from detente.register.book import Register

COLUMNS = ("code", "origin", "what", "destination", "value", "quantity", "base", "facts")
FACT = "fact."
BUILT_IN = "register"


class Good(NamedTuple):
    """One good of a basket: what it is called, and the question about it without its day."""

    name: str
    asked: DutyQuestion


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
        raise FileNotFoundError(f"no basket {word}: name a file, or `register` for its own goods")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{word} is not UTF-8 text: save it as UTF-8") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise ValueError(f"{word} is empty: begin with a header, code,origin,what,value")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    try:
        return _read(reader.fieldnames or (), reader, word)
    except csv.Error as error:
        raise ValueError(f"{word}, line {reader.line_num + 1}: {error}; check the quotes") from None


def _read(
    columns: Iterable[str], rows: Iterable[Mapping[str, str | None]], name: str
) -> list[Good]:
    columns = list(columns)
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
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise ValueError(f"{name}, row {number}: {len(columns)} cells are expected")
        cells = {key: (cell or "").strip() for key, cell in row.items()}
        try:
            goods.append(_good(cells))
        except ValueError as error:
            raise ValueError(f"{name}, row {number}: {error}") from error
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
