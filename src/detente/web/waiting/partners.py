"""What the page of a screened table shows: its rows with what is decided of them by now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.keys import lists_in
from detente.parties.masters.decisions import CLEARED, LAPSED, TRUE_MATCH
from detente.parties.masters.following import following, rules_of
from detente.parties.masters.hits import HITS, HitQuery, StoredHits
from detente.store.jobs.state import JobGoneError
from detente.web.frame.filters import Filters

if TYPE_CHECKING:
    from detente.parties.masters.deciding import StatedDecision
    from detente.parties.masters.decisions import ReviewedParty
    from detente.register.book import Register
    from detente.store.jobs.shelf import Jobs
    from detente.store.jobs.state import Job

PAGE = 50
"""Rows on one page."""

OPEN, EVERY = "open", "all"
STATES = (OPEN, LAPSED, TRUE_MATCH, CLEARED, EVERY)
"""What rows may be picked by: a lapsed decision leaves a row open, and can be picked apart."""

STANDS = {OPEN: ("", LAPSED), EVERY: ("", LAPSED, TRUE_MATCH, CLEARED)}
"""How hits stand whose rows are picked by a state that is not one of them."""

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
        rows: the rows, the gravest first, by column; ``following`` is what each list of the party
            leads to, on the day of the screening.
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
    with StoredHits(path, today) as stored:
        counts = stored.counts()
        code = _list_named(code, counts, today)
        picked = HitQuery(
            STANDS.get(show, (show,)),
            {lists for _, lists in counts if not code or code in lists_in(lists)},
            text,
        )
        total = stored.number(picked)
        pages = max(1, -(-total // PAGE))
        page = _page_of(filters, pages)
        found = stored.rows(picked, (page - 1) * PAGE, PAGE)
    codes = {one.list for each in found for one in each.listings}
    day = job.options.get("on") or job.options.get("today") or today
    rules = rules_of(register, codes, day)
    rows = [{**each.by_column(), "following": following(each.listings, rules)} for each in found]
    states = {each: _number(counts, STANDS.get(each, (each,))) for each in STATES}
    return RowsPage(states, _open_lists(counts), show, code, text, total, page, pages, rows)


def _list_named(code: str, counts: Iterable[tuple[str, str]], today: str) -> str:
    """A list as it is called, in small or large letters; "" for none.

    Raises:
        RefusedError: no row has a party on it, and no list is called so.
    """
    from detente.parties.screening.list_rows import check_lists

    shown = {each.casefold(): each for _, lists in counts for each in lists_in(lists)}
    if not code or code.casefold() in shown:
        return shown.get(code.casefold(), "")
    try:
        check_lists([code.upper()], today)
    except UnknownWordError as error:
        raise RefusedError(refusal_of(error)) from error
    return code.upper()


def _number(counts: Mapping[tuple[str, str], int], states: Collection[str]) -> int:
    """How many rows stand in one of some ways."""
    return sum(number for (state, _), number in counts.items() if state in states)


def _open_lists(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """How many open rows have a party on a list, by its short name."""
    found = Counter[str]()
    for (state, lists), number in counts.items():
        if state in STANDS[OPEN]:
            found.update(dict.fromkeys(lists_in(lists), number))
    return dict(found)


def _page_of(filters: Filters, pages: int) -> int:
    text = filters.get("page") or "1"
    if not text.isdecimal() or text == "0":
        raise refuse(422, f"{text!r} is not a page.", "page", f"Write 1 to {pages}.")
    # Decisions empty the last pages: whoever comes back to one is shown what is left.
    return min(int(text), pages)


class ShownRow(NamedTuple):
    """A row of a screened table as a page shows it.

    Attributes:
        on: the day that the table was screened for, ISO; "" for the newest lists.
        parties: that come close to its name, as they were listed when it was screened.
    """

    on: str
    parties: list[ReviewedParty]


def row_shown(jobs: Jobs, back: str, stated: StatedDecision, today: str) -> ShownRow | None:
    """The row of the screened table that a page shows.

    Args:
        jobs: where its hits are.
        back: address of the page; "" for none.
        stated: what is decided of the row.
        today: ISO day.

    Returns:
        None where no table is shown, or none of its rows has the name and the country.
    """
    page = ROWS_PAGE.fullmatch(back)
    if page is None:
        return None
    try:
        path = jobs.beside(page[1], HITS)
        on = jobs.get(page[1]).options.get("on", "")
    except JobGoneError:
        return None
    with StoredHits(path, today) as stored:
        parties = stored.parties(stated.name, stated.country, stated.address)
    return None if parties is None else ShownRow(on, parties)
