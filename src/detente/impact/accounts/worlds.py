"""An economy by the name of data at hand, or from a folder in one of three layouts.

A folder is told apart by a file that only its layout has; see `published` for the two of
publications, and `sheets` for the plain one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.accounts.layout import find_layout, has_layout
from detente.impact.accounts.plain import sheets_of, tables_of
from detente.impact.accounts.published import read_seven, read_wiod
from detente.impact.accounts.sheets import DataSheet, built_in_names, errors_of
from detente.impact.economy import Array, Economy, calibrate
from detente.store.home import home

if TYPE_CHECKING:
    from detente.answers.models import WorldSector, WorldShown, WorldSummary


LONG = "TradeFlow2017.csv"
LONG_LAYOUT = "uschina2017"
MATRICES = "Din2014.txt"
MATRICES_LAYOUT = "wiod2014"


class ModelWorld(NamedTuple):
    """An economy as its data have it, before deficits are closed.

    Attributes:
        name: the name under which its layout is found.
        economy: the economy.
        sheets: its tables, where it has the plain layout; scenarios among them.
        draws: (draws, J) elasticities, where the data have some.
    """

    name: str
    economy: Economy
    sheets: Mapping[str, DataSheet]
    draws: Array | None


FOLDER = "worlds"
"""Inside the user's own folder: what `detente world build` wrote."""


def own_folder(name: str = "") -> Path:
    """The folder of the user's own worlds, or of one of them."""
    return Path(home()) / FOLDER / name


def world_names() -> tuple[str, ...]:
    """The names of the data that ship with the package, and of those that the user built."""
    folder = own_folder()
    own = (each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else ()
    shipped = built_in_names("flows")
    # A world that ships keeps its name, whatever folder the user has.
    return (*shipped, *sorted(name for name in own if name not in shipped))


def world_block(world: ModelWorld) -> WorldSummary:
    """What a world is: its name, year, and numbers of countries and sectors."""
    layout = find_layout(world.name) if has_layout(world.name) else None
    return {
        "data": Path(world.name).name,
        "title": layout.title if layout else "",
        "year": layout.year if layout else None,
        "countries": len(world.economy.countries),
        "sectors": len(world.economy.sectors),
        "draws": world.draws is not None or "errors" in world.sheets,
        "tariffs": bool((world.economy.tau != 1).any()),
    }


def world_rows(world: ModelWorld) -> WorldShown:
    """A world's countries and sectors, under the keys of the interface.

    Each sector has its elasticity, and the estimate with its standard error from which draws are
    made where there is one; an error of 0 is an elasticity that is assumed.
    """
    drawn = errors_of(world.sheets)
    layout = find_layout(world.name) if has_layout(world.name) else None
    rows: list[WorldSector] = []
    for sector, theta in zip(world.economy.sectors, world.economy.theta.tolist(), strict=True):
        estimate, error, _ = drawn.get(sector, (None, None, None))
        rows.append(
            {
                "sector": sector,
                "divisions": " ".join(layout.sectors.get(sector, ())) if layout else "",
                "theta": f"{theta:g}",
                "estimate": None if estimate is None else f"{estimate:g}",
                "error": None if error is None else f"{error:g}",
            }
        )
    return {
        **world_block(world),
        "country_ids": list(world.economy.countries),
        "sector_rows": rows,
        "notes": list(world.economy.notes),
    }


def open_world(data: str) -> ModelWorld:
    """The economy of data at hand by name, or of a folder.

    Raises:
        ImpactError: there is neither, or the tables are no economy.
        FileNotFoundError: a file of the layout is missing.
    """
    if data not in built_in_names("flows") and own_folder(data).is_dir():
        data = str(own_folder(data))
    folder = Path(data)
    if (folder / LONG).is_file():
        return ModelWorld(LONG_LAYOUT, calibrate(read_seven(folder)), {}, None)
    if (folder / MATRICES).is_file():
        names = tuple(find_layout(MATRICES_LAYOUT).countries)
        economy, draws = read_wiod(folder, names)
        return ModelWorld(MATRICES_LAYOUT, economy, {}, draws)
    sheets = sheets_of(data)
    return ModelWorld(data, calibrate(tables_of(sheets)), sheets, None)
