"""An economy by the name of data at hand, or from a folder in one of three layouts.

A folder is told apart by a file that only its layout has; see `detente.impact.published` for the
two of publications, and `detente.impact.sheets` for the plain one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from detente._shapes import NamedTuple
from detente.impact.economy import Array, Economy, calibrate
from detente.impact.layout import find_layout
from detente.impact.plain import sheets_of, tables_of
from detente.impact.published import read_seven, read_wiod
from detente.impact.sheets import Sheet, built_in_names

LONG = "TradeFlow2017.csv"
LONG_LAYOUT = "uschina2017"
MATRICES = "Din2014.txt"
MATRICES_LAYOUT = "wiod2014"


class World(NamedTuple):
    """An economy as its data have it, before deficits are closed.

    Attributes:
        name: the name under which its layout is found.
        economy: the economy.
        sheets: its tables, where it has the plain layout; scenarios among them.
        draws: (draws, J) elasticities, where the data have some.
    """

    name: str
    economy: Economy
    sheets: Mapping[str, Sheet]
    draws: Array | None


def world_names() -> tuple[str, ...]:
    """The names of the data that ship with the package."""
    return built_in_names("flows")


def open_world(data: str) -> World:
    """The economy of data at hand by name, or of a folder.

    Raises:
        ImpactError: there is neither, or the tables are no economy.
        FileNotFoundError: a file of the layout is missing.
    """
    folder = Path(data)
    if (folder / LONG).is_file():
        return World(LONG_LAYOUT, calibrate(read_seven(folder)), {}, None)
    if (folder / MATRICES).is_file():
        names = tuple(find_layout(MATRICES_LAYOUT).countries)
        economy, draws = read_wiod(folder, names)
        return World(MATRICES_LAYOUT, economy, {}, draws)
    sheets = sheets_of(data)
    return World(data, calibrate(tables_of(sheets)), sheets, None)
