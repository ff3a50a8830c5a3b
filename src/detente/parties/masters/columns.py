"""The columns of a table of partners that hold name, country and city, and its encoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.encodings import encoding_of
from detente.core.tables.reading import open_table

if TYPE_CHECKING:
    from detente.core.tables.reading import TableRows

HEADINGS = {
    "name": (
        "name", "vendor name", "supplier name", "customer name", "company name", "party name",
        "partner name", "business partner name", "account name", "legal name", "entity name",
        "name 1", "name1", "vendor", "supplier", "customer", "company", "party", "partner",
        "供应商名称", "客户名称", "公司名称", "企业名称", "单位名称", "名称", "供应商",
        "客户", "公司",
    ),
    "country": (
        "country", "country code", "country key", "country/region", "country of origin", "cty",
        "国家", "国别", "国家/地区", "国家代码",
    ),
    "city": ("city", "town", "location", "城市", "市"),
}  # fmt: skip
"""Headings, in small letters, under which systems export a column; the first found is read."""


class ColumnPlaces(NamedTuple):
    """Places of the columns that are read; None for one that the table does not have."""

    name: int
    country: int | None
    city: int | None


def columns_of(headings: Sequence[str], name: str = "") -> ColumnPlaces:
    """The columns of a table.

    Args:
        headings: of its first line.
        name: the heading of the column with the names; "" to find it.

    Raises:
        ValueError: no column is known to hold names; the message lists what stands there.
    """
    plain = [" ".join(each.replace("_", " ").lower().split()) for each in headings]

    def place(what: str) -> int | None:
        return next((plain.index(each) for each in HEADINGS[what] if each in plain), None)

    asked = " ".join(name.replace("_", " ").lower().split())
    found = plain.index(asked) if asked in plain else None if asked else place("name")
    if found is None:
        shown = ", ".join(filter(None, headings[:12]))
        what = f"no column {name!r}" if name else "no column that is known to hold names"
        raise ValueError(f"{what}, but {shown}: name the column of the partners")
    return ColumnPlaces(found, place("country"), place("city"))


@contextmanager
def open_master(path: Path, encoding: str = "") -> Iterator[tuple[TableRows, str]]:
    """The rows of a table of any kind, and the encoding that its text was read in ("" for none).

    Raises:
        ValueError: see ``open_table``.
    """
    used = encoding or encoding_of(path)
    with open_table(path, used or None) as rows:
        yield rows, used
