"""Elasticities of substitution between origins: a table at hand, a file, or one number.

A file is CSV. Its first column of codes is named ``hs6``, ``hs4``, ``hs3``, ``hs`` or ``code``, its
column of numbers ``sigma`` or ``elasticity``. The file of CEPII (ProTEE: ``HS6, zero, positive,
sigma``) is read as it is published: its numbers are elasticities of trade to the duty, which are
the elasticities of substitution with a minus sign.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.accounts.sheets import built_in, csv_rows, shortened
from detente.impact.economy import Array
from detente.impact.errors import ImpactError

BUILT_IN = "elasticities"
NAMED = {
    "broda-weinstein": ("Broda-Weinstein", "sigmas", ""),
    "protee": (
        "ProTEE",
        "protee",
        "ProTEE prints no standard errors; where an elasticity was not significant it has the mean "
        "of the heading.",
    ),
}
"""Tables at hand: name, sheet, and what is said of it."""
DEFAULT = "broda-weinstein"
CODES = ("hs6", "hs4", "hs3", "hs", "code")
NUMBERS = ("sigma", "elasticity")
FLAGS = ("zero", "positive")


class Elasticities(NamedTuple):
    """A table of elasticities by code.

    Attributes:
        name: the table's name, file or number.
        table: elasticity by digits of a code, of any number of digits; empty for one number.
        middle: the number that serves codes which the table does not reach.
        notes: what was left out of the file, and why.
    """

    name: str
    table: Mapping[str, float]
    middle: float
    notes: tuple[str, ...] = ()

    def of_lines(self, codes: Sequence[str]) -> tuple[Array, Array]:
        """(L,) elasticities of lines, and (L,) digits of the key that gave each; 0 for none.

        The longest key that a code begins with decides. Failing that, the mean of the keys that
        share the most of its first digits, down to a chapter, and last the median of the table.
        """
        found = np.full(len(codes), self.middle)
        digits = np.zeros(len(codes))
        lengths = sorted({len(key) for key in self.table}, reverse=True)
        means = _means(self.table)
        for place, code in enumerate(codes):
            # The longest code wins; a mean over a heading only stands in where no code fits.
            size = next((size for size in lengths if code[:size] in self.table), 0)
            if size:
                found[place], digits[place] = self.table[code[:size]], size
                continue
            size = next((size for size in (4, 2) if code[:size] in means), 0)
            if size:
                found[place] = means[code[:size]]
        return found, digits


def _means(table: Mapping[str, float]) -> dict[str, float]:
    """The mean of the keys under each heading and chapter."""
    groups: dict[str, list[float]] = {}
    for key, sigma in table.items():
        for size in (4, 2):
            if len(key) > size:
                groups.setdefault(key[:size], []).append(sigma)
    return {key: sum(values) / len(values) for key, values in groups.items()}


def find_elasticities(text: str | None) -> Elasticities:
    """Elasticities as asked for: None for the usual table, else a table's name, a number or a file.

    Raises:
        ImpactError: it is not a number above 0 and no file that can be read.
    """
    if text is None or text.strip().casefold() in NAMED:
        name, key, stated = NAMED[(text or DEFAULT).strip().casefold()]
        sheet = built_in(BUILT_IN)[key]
        table = {words[0]: sigma for words, sigma in zip(sheet.words, sheet.numbers, strict=True)}
        middle = float(np.median(list(table.values())))
        return Elasticities(name, table, middle, (stated,) if stated else ())
    try:
        number = float(text)
    except ValueError:
        return read_elasticities(Path(text))
    if not (math.isfinite(number) and number > 0):
        raise ImpactError(f"a sigma of {text} is none: write a number above 0, or a file")
    return Elasticities(text, {}, number)


def read_elasticities(path: Path) -> Elasticities:
    """A table from a CSV file.

    Rows without a number, and in the layout of CEPII those whose elasticity has the wrong sign, are
    left out and counted in a note; lines under them take the mean of their heading.

    Raises:
        ImpactError: a column is missing, or a row holds no code or no elasticity.
    """
    if not path.is_file():
        raise ImpactError(
            f"{str(path)!r} is neither a number nor a file: write --sigma 3, {' or '.join(NAMED)}, "
            "or a CSV file with the columns hs6 and sigma"
        )
    table: dict[str, float] = {}
    empty = wrong = 0
    rows = csv_rows(path)
    first = next(rows, (1, []))[1]
    head = [cell.strip().lower() for cell in first]
    code_at = next((head.index(name) for name in CODES if name in head), None)
    sigma_at = next((head.index(name) for name in NUMBERS if name in head), None)
    if code_at is None or sigma_at is None:
        raise ImpactError(
            f"{path}, line 1: no column of codes ({', '.join(CODES)}) or of elasticities "
            f"({', '.join(NUMBERS)}); the line is {shortened(','.join(first))}"
        )
    size = int(head[code_at][2:]) if head[code_at][2:].isdigit() else 0
    signed = all(flag in head for flag in FLAGS)
    for line, row in rows:
        where = f"{path}, line {line}"
        if len(row) != len(head):
            raise ImpactError(f"{where}: {len(row)} cells, and the first line has {len(head)}")
        code = _code(row[code_at], size, where)
        if code in table:
            raise ImpactError(f"{where}: the code {code} stands twice")
        sigma = _sigma(row[sigma_at], where)
        if math.isnan(sigma):
            empty += 1
            continue
        # ProTEE prints elasticities of trade to the duty, which are negative.
        sigma = -sigma if signed else sigma
        if signed and sigma <= 0:
            wrong += 1
            continue
        if sigma <= 0:
            raise ImpactError(
                f"{where}: sigma is {sigma:g}, and an elasticity of substitution is above 0; "
                "negative elasticities of trade need CEPII's columns zero and positive"
            )
        table[code] = sigma
    if not table:
        raise ImpactError(f"{path} has no row with an elasticity")
    return Elasticities(
        path.name, table, float(np.median(list(table.values()))), _left_out(path, empty, wrong)
    )


def _left_out(path: Path, empty: int, wrong: int) -> tuple[str, ...]:
    counts = [f"{empty} without a number"] if empty else []
    counts += [f"{wrong} of the wrong sign"] if wrong else []
    if not counts:
        return ()
    words = " and ".join(counts)
    return (f"Rows of {path.name} left out: {words}; such lines take the mean of their heading.",)


def _code(cell: str, size: int, where: str) -> str:
    """The digits of a code, with the zeros in front that a spreadsheet takes away."""
    code = cell.strip().replace(".", "")
    if not (code.isascii() and code.isdigit() and 2 <= max(len(code), size) <= 10):
        raise ImpactError(f"{where}: {cell!r} is not a code of the schedule")
    if size and len(code) > size:
        raise ImpactError(f"{where}: {cell!r} has more than {size} digits")
    return code.zfill(size)


def _sigma(cell: str, where: str) -> float:
    if cell.strip().lower() in ("", "na", "nan", "."):
        return math.nan
    try:
        number = float(cell)
    except ValueError:
        raise ImpactError(f"{where}: {cell!r} is not a number") from None
    if not math.isfinite(number):
        raise ImpactError(f"{where}: {cell!r} is not a number")
    return number
