"""Filters of a page, read strictly: one that is misspelled would filter nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from litestar import Request, Response

from detente._shapes import NamedTuple
from detente.api.parameters import encoded, unknown
from detente.api.refusals import Refusal, RefusedError, refuse
from detente.core.clock import day_number
from detente.register.book import Register
from detente.register.model import KINDS
from detente.web.frame.forms import Sent
from detente.web.frame.page_query import STATED, checked_hash

AnyRequest = Request[Any, Any, Any]


class Filters(NamedTuple):
    """What a page was asked to show.

    Attributes:
        values: values by parameter, those without one left out.
        register: beginning of the hash of the register that the link was made with; "" for none.
    """

    values: Mapping[str, str]
    register: str

    def get(self, name: str) -> str:
        """A value; "" where it is not given."""
        return self.values.get(name, "")

    @property
    def key(self) -> str:
        """All that was asked, as a piece of the name under which a page is kept."""
        return repr((sorted(self.values.items()), self.register))

    def link(self, path: str, sha256: str, **changed: str) -> str:
        """The address that shows the same, with the register that it was made with."""
        values = {**self.values, **changed}
        parameters = [(name, text) for name, text in values.items() if text]
        return f"{path}?{encoded([*parameters, ('register', sha256[:STATED])])}"

    def other(self, sha256: str) -> str:
        """The register of the link, where it is another than the one asked."""
        return "" if sha256.startswith(self.register) else self.register


def read_filters(request: AnyRequest, names: Iterable[str]) -> Filters:
    """The filters of an address.

    Raises:
        RefusedError: a parameter is unknown, or given twice.
    """
    return filters_of(request.query_params.multi_items(), names)


async def answered(
    request: AnyRequest,
    names: Iterable[str],
    answer: Callable[[Filters], Awaitable[Response[bytes]]],
    refused: Callable[[Filters, Refusal], Awaitable[Response[bytes]]],
) -> Response[bytes]:
    """The page that an address asks for, or the same page with why it cannot be shown.

    Args:
        request: the request, whose address has the filters.
        names: the filters that there are.
        answer: makes the page.
        refused: makes the page of a refusal, with the filters as far as they were read.
    """
    filters = Filters({}, "")
    try:
        filters = read_filters(request, names)
        return await answer(filters)
    except RefusedError as error:
        return await refused(filters, error.refusal)


async def answered_form(
    form: Awaitable[Sent],
    apart: Iterable[str],
    names: Iterable[str],
    answer: Callable[[Filters, Sent], Awaitable[Response[bytes]]],
    refused: Callable[[Filters, Sent, Refusal], Awaitable[Response[bytes]]],
) -> Response[bytes]:
    """The page that a form asks for, or the same page with why it cannot be shown.

    Args:
        form: what was sent, still to be read.
        apart: fields that are not filters, such as the text of a table.
        names: the filters that there are.
        answer: makes the page.
        refused: makes the page of a refusal, with filters and fields as far as they were read.
    """
    filters, sent, apart = Filters({}, ""), Sent({}, {}), tuple(apart)
    try:
        sent = await form
        parameters = ((name, text) for name, text in sent.texts.items() if name not in apart)
        filters = filters_of(parameters, names)
        return await answer(filters, sent)
    except RefusedError as error:
        return await refused(filters, sent, error.refusal)


async def or_refused(
    page: Awaitable[Response[bytes]], refused: Callable[[Refusal], Awaitable[Response[bytes]]]
) -> Response[bytes]:
    """A page, or the page of why it cannot be shown: for what is not read as filters."""
    try:
        return await page
    except RefusedError as error:
        return await refused(error.refusal)


def filters_of(parameters: Iterable[tuple[str, str]], names: Iterable[str]) -> Filters:
    """Filters from names and values, in the order of the names; see ``read_filters``."""
    names = [*names, "register"]
    values: dict[str, str] = {}
    for name, text in parameters:
        if name not in names:
            raise unknown(name, names, "parameter")
        if name in values:
            raise refuse(422, f"{name} is given twice.", name, "Keep one of them.")
        values[name] = " ".join(text.split())
    register = checked_hash(values.pop("register", ""))
    return Filters({name: values[name] for name in names if values.get(name)}, register)


def day_of(filters: Filters, name: str, default: str = "") -> str:
    """A day that was asked for, as an ISO day.

    Raises:
        RefusedError: it is not a day of the calendar.
    """
    text = filters.get(name) or default
    if text:
        try:
            day_number(text)
        except ValueError as error:
            do = "Write it as YYYY-MM-DD, such as 2025-11-12."
            raise refuse(422, f"{text!r} is not a day of the calendar.", name, do) from error
    return text


def number_of(day: str) -> int | None:
    """The number of a day; None for ""."""
    return day_number(day) if day else None


def side_of(filters: Filters, register: Register) -> str:
    """The side that was asked for; "" for all.

    Raises:
        RefusedError: no such side acts.
    """
    text = filters.get("by")
    by = next((side for side in register.zones if side.lower() == text.lower()), "")
    if text and not by:
        do = f"Write {' or '.join(register.zones)}, or leave it out."
        raise refuse(422, f"{text!r} is not a side that acts.", "by", do)
    return by


def kinds_of(filters: Filters) -> tuple[str, ...]:
    """The kinds of record that were asked for; empty for the page's own choice.

    Raises:
        RefusedError: there is no such kind.
    """
    text = filters.get("kind")
    kinds = tuple(text.replace(" ", "").split(",")) if text else ()
    for kind in kinds:
        if kind not in KINDS:
            do = f"Write {', '.join(KINDS)}."
            raise refuse(422, f"{kind!r} is not a kind of record.", "kind", do)
    return kinds


def has_words(words: str, *texts: str) -> bool:
    """Whether every word asked for stands in one of some texts, in letters of any size."""
    held = "\n".join(texts).lower()
    return all(word in held for word in words.lower().split())
