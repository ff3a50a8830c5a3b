"""What the page of a screened table shows: its rows with what is decided of them by now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.refusals import refuse
from detente.parties.masters.decisions import CLEARED, LAPSED, TRUE_MATCH, Decisions
from detente.parties.masters.hits import HITS, hits_at, hits_read
from detente.parties.masters.screened import decided
from detente.parties.screening.answer import consequences
from detente.store.jobs.state import JobGoneError
from detente.web.frame.filters import Filters, has_words

if TYPE_CHECKING:
    from detente.parties.masters.screened import ScreenedRow
    from detente.parties.screening.answer import Consequence
    from detente.register.book import Register
    from detente.store.jobs.shelf import Jobs
    from detente.store.jobs.state import Job

PAGE = 50
"""Rows on one page."""

OPEN, EVERY = "open", "all"
STATES = (OPEN, LAPSED, TRUE_MATCH, CLEARED, EVERY)
"""What rows may be picked by: a lapsed decision leaves a row open, and can be picked apart."""

FILTERS = ("show", "list", "text", "page")
"""Filters of the page of a screened table."""

ROWS_PAGE = re.compile(r"/jobs/([0-9a-f]{32})(\?[\w=&%+.-]*)?(#[\w-]+)?")
"""The address of a page of rows, to which a decision leads back."""


class RowsPage(NamedTuple):
    """The rows that a page shows.

    Attributes:
        states: how many rows stand so, by state.
        lists: how many open rows have a party on a list, by its short name.
        show, code, text: what was picked; ``code`` is the short name of a list.
        total: how many rows that is.
        page, pages: which of them are shown, from 1.
        rows: the rows, the gravest first, by column.
        follows: what standing on a list means, by its short name.
    """

    states: dict[str, int]
    lists: dict[str, int]
    show: str
    code: str
    text: str
    total: int
    page: int
    pages: int
    rows: list[dict[str, object]]
    follows: Mapping[str, list[Consequence]]


def rows_page(
    jobs: Jobs, job: Job, filters: Filters, register: Register, today: str
) -> RowsPage | None:
    """The rows of a screened table that are asked for; None where the job keeps none.

    Raises:
        RefusedError: a filter has no such value.
    """
    try:
        path = jobs.beside(job.id, HITS)
    except JobGoneError:
        return None
    show, code, text = filters.get("show") or OPEN, filters.get("list"), filters.get("text")
    if show not in STATES:
        raise refuse(422, f"No rows stand so: {show!r}.", "show", f"Write {', '.join(STATES)}.")
    decisions = Decisions()
    states, lists = dict.fromkeys(STATES, 0), dict[str, int]()
    picked = []
    for place, hits in hits_read(path):
        row = decided(hits, decisions, today)
        stands, cells = _states_of(row), row.by_column()
        named = _lists_of(cells)
        for each in stands:
            states[each] += 1
        if OPEN in stands:
            lists.update({each: lists.get(each, 0) + 1 for each in named})
        wanted = show in stands and (not code or code in named)
        if wanted and has_words(text, row.name, str(cells["entry"]), f"row {cells['row']}"):
            picked.append((row.rank, row.at, place))
    pages = max(1, -(-len(picked) // PAGE))
    page = _page_of(filters, pages)
    places = [place for _, _, place in sorted(picked)[(page - 1) * PAGE : page * PAGE]]
    rows = [decided(hits, decisions, today).by_column() for hits in hits_at(path, places)]
    codes = sorted({each for row in rows for each in _lists_of(row)})
    follows = {each: consequences(register, {each}, today) for each in codes}
    return RowsPage(states, lists, show, code, text, len(picked), page, pages, rows, follows)


def _lists_of(row: Mapping[str, object]) -> list[str]:
    """The lists of the party that a row shows, the strictest first."""
    return str(row["lists"]).split("; ")


def _states_of(row: ScreenedRow) -> tuple[str, ...]:
    """The states by which a row can be picked."""
    state = row.standing.state
    if state == LAPSED:
        return OPEN, LAPSED, EVERY
    return state or OPEN, EVERY


def _page_of(filters: Filters, pages: int) -> int:
    text = filters.get("page") or "1"
    if not text.isdecimal() or text == "0":
        raise refuse(422, f"{text!r} is not a page.", "page", f"Write 1 to {pages}.")
    # Decisions empty the last pages: whoever comes back to one is shown what is left.
    return min(int(text), pages)


def has_row(jobs: Jobs, address: str, name: str, country: str) -> bool:
    """Whether the screened table of a page of rows has a row with a name and a country.

    Args:
        jobs: where its hits are.
        address: of the page; "" for none.
        name: as the table writes it.
        country: ISO code or "".
    """
    page = ROWS_PAGE.fullmatch(address)
    if page is None:
        return False
    try:
        path = jobs.beside(page[1], HITS)
    except JobGoneError:
        return False
    return any((row.name, row.country) == (name, country) for _, row in hits_read(path))
