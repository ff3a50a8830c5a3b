"""Names of a firm's partners beside the lists: each name once, whatever its rows."""

from __future__ import annotations

from collections.abc import Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.answers.shared import Coverage

HIT, UNRESOLVED = "hit", "unresolved"


class PlacedName(NamedTuple):
    """A name with where its row says that the party is; "" for what it does not say."""

    name: str
    country: str = ""
    city: str = ""
    address: str = ""

    @property
    def told(self) -> str:
        """What it is told as: an address where nobody is named."""
        return self.name or self.address


class NameOutcome(NamedTuple):
    """What the lists say of one name.

    Attributes:
        status: of the name.
        reason: of the status.
        listed: the first hit as "entry (lists)"; empty where there is none.
        related: listed parties that it has to do with without being them, each with why, in one
            line.
    """

    status: str
    reason: str
    listed: str
    related: str


class ScreenedNames(NamedTuple):
    """Names beside the lists.

    Attributes:
        found: by name and place.
        coverage: the lists, as rows of coverage.
    """

    found: dict[PlacedName, NameOutcome]
    coverage: list[Coverage]


def screen_names(names: Sequence[PlacedName], on: str, today: str) -> ScreenedNames:
    """Screen names, each once with where its party is; one may be empty beside an address."""
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.queries import query_of
    from detente.parties.screening.rows import OF_ROW, as_cells, noted, output_columns
    from detente.parties.screening.store import Screen

    distinct = list(dict.fromkeys(names))
    if not distinct:
        return ScreenedNames({}, [])
    screen = Screen(on, today)
    read = screened(screen)
    columns = output_columns(1)
    entry, lists, related = map(columns.index, ("entry", "lists", "related"))
    queries = [query_of(*each[:3], address=each.address) for each in distinct]
    found = {}
    answers = screen_all(screen, queries, 1, as_cells(read))
    for key, query, answer in zip(distinct, queries, answers, strict=True):
        cells = noted(answer, query.note)
        described = f"{cells[entry]} ({cells[lists]})" if len(cells) > len(OF_ROW) else ""
        found[key] = NameOutcome(cells[0], cells[1], described, cells[related])
    return ScreenedNames(found, list(read.rows))
