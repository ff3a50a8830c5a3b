"""A question about duty as a request writes it, read strictly, and written in one way only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from detente.api.bodies import read_json
from detente.api.refusals import RefusedError, as_sentence, refuse
from detente.core.stated import pairs, quantities
from detente.core.synonyms import meant
from detente.duty.question import DutyQuestion

ONCE = ("code", "origin", "to", "on", "known_on", "value", "base", "reading")
REPEATED = ("quantity", "fact")
PARAMETERS = (
    "code", "origin", "to", "on", "known_on", "value", "quantity", "fact", "base", "reading"
)  # fmt: skip
"""Parameters of a query, in the order in which an address holds them."""

KEYS = (
    "code", "origin", "destination", "on", "known_on", "value", "quantities", "facts", "base",
    "reading",
)  # fmt: skip
"""Keys of a question in JSON: those of the `question` block of an answer, `base`, `reading`."""

MISUNDERSTOOD = 422
Parameters = Iterable[tuple[str, str]]

READABLE = ":=.,$"
"""Marks that stand as they are in the query of an address, so that people can read it."""

SHORT = 64
"""The longest text whose quoted form is kept."""


def from_query(parameters: Parameters, today: str) -> DutyQuestion:
    """The question that a query asks; a parameter without a value counts as not given.

    Args:
        parameters: names and values, in order.
        today: the day that is meant where none is given.

    Raises:
        RefusedError: a parameter is unknown, missing, given twice or cannot be read.
    """
    once: dict[str, str] = {}
    repeated: dict[str, list[str]] = {name: [] for name in REPEATED}
    for name, text in parameters:
        if name not in PARAMETERS:
            raise unknown(name, PARAMETERS, "parameter")
        text = text.strip()
        if not text:
            continue
        if name in repeated:
            repeated[name].append(text)
        elif name in once:
            raise refuse(MISUNDERSTOOD, f"{name} is given twice.", name, "Keep one of them.")
        else:
            once[name] = text
    _need(once, "code", "the tariff code of the goods: code=8507.60.00.10")
    _need(once, "origin", "the country of origin: origin=CN")
    return DutyQuestion(
        code=once["code"],
        origin=once["origin"],
        on=once.get("on", today),
        destination=once.get("to", "US"),
        known_on=once.get("known_on"),
        value=once.get("value"),
        quantities=read_quantities(repeated["quantity"]),
        facts=read_facts(repeated["fact"]),
        base=once.get("base"),
        reading=once.get("reading"),
    )


def read_facts(texts: list[str]) -> dict[str, str]:
    """Facts given as KEY=VALUE.

    Raises:
        RefusedError: one has no "=" or is given twice.
    """
    try:
        return pairs(texts, "a fact")
    except ValueError as error:
        raise refuse(
            MISUNDERSTOOD, as_sentence(str(error)), "fact", "Write fact=KEY=VALUE once."
        ) from error


def read_quantities(texts: list[str]) -> dict[str, str]:
    """Quantities given as number and unit.

    Raises:
        RefusedError: one has no number or no unit, or its unit is given twice.
    """
    try:
        return quantities(texts)
    except ValueError as error:
        do = "Write a number and its unit, such as quantity=500kg, once a unit."
        raise refuse(MISUNDERSTOOD, as_sentence(str(error)), "quantity", do) from error


def from_json(body: bytes, today: str) -> DutyQuestion:
    """The question in a JSON object with the keys of an answer's `question` block.

    Raises:
        RefusedError: the body is no such object, or a key is unknown, missing or of another type.
    """
    try:
        body_values = read_json(body)
    except ValueError as error:
        do = 'Send an object such as {"code": "8507.60.00.10", "origin": "CN"}.'
        raise refuse(400, f"The body is not JSON: {error}.", "body", do) from error
    if not isinstance(body_values, dict):
        do = 'Send an object such as {"code": "8507.60.00.10", "origin": "CN"}.'
        raise refuse(MISUNDERSTOOD, "The body is not a JSON object.", "body", do)
    for name in body_values:
        if name not in KEYS:
            raise unknown(name, KEYS, "key")
    texts = {
        name: _text(body_values[name], name)
        for name in KEYS
        if name not in ("quantities", "facts") and body_values.get(name) not in (None, "")
    }
    _need(texts, "code", 'the tariff code of the goods: "code": "8507.60.00.10"')
    _need(texts, "origin", 'the country of origin: "origin": "CN"')
    return DutyQuestion(
        code=texts["code"],
        origin=texts["origin"],
        on=texts.get("on", today),
        destination=texts.get("destination", "US"),
        known_on=texts.get("known_on"),
        value=texts.get("value"),
        quantities=_texts(body_values, "quantities"),
        facts=_texts(body_values, "facts"),
        base=texts.get("base"),
        reading=texts.get("reading"),
    )


def to_query(question: DutyQuestion) -> str:
    """A question as the query of an address; equal questions give equal text."""
    return encoded(to_parameters(question))


def to_parameters(question: DutyQuestion) -> list[tuple[str, str]]:
    """A question as names and values of a query, in one order."""
    once: tuple[tuple[str, str | None], ...] = (
        ("code", question.code),
        ("origin", question.origin.upper() if len(question.origin) == 2 else question.origin),
        ("to", question.destination.upper()),
        ("on", question.on),
        ("known_on", question.known_on),
        ("value", question.value),
    )
    return [
        *((name, text) for name, text in once if text),
        *(("quantity", f"{number}{unit}") for unit, number in sorted(question.quantities.items())),
        *(("fact", f"{key}={text}") for key, text in sorted(question.facts.items())),
        *([("base", question.base)] if question.base else []),
        *([("reading", question.reading)] if question.reading else []),
    ]


def encoded(parameters: Parameters) -> str:
    """Names and values as the query of an address that stays readable."""
    return "&".join(f"{_quoted(name)}={_quoted(text)}" for name, text in parameters)


def _quoted(text: str) -> str:
    return _short(text) if len(text) <= SHORT else quote(text, safe=READABLE)


@lru_cache(maxsize=4096)
def _short(text: str) -> str:
    """Kept: the addresses of a page differ in little, and most pages name the same."""
    return quote(text, safe=READABLE)


def unknown(name: str, known: Iterable[str], kind: str) -> RefusedError:
    """The refusal of a name that nobody reads: spelled right, it might change the answer."""
    known = list(known)
    near = meant(name, known)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    do = f"{hint}The {kind}s are {', '.join(known)}."
    return refuse(MISUNDERSTOOD, f"There is no {kind} {name!r}.", name, do)


def _need(texts: Mapping[str, str], name: str, example: str) -> None:
    if name not in texts:
        raise refuse(MISUNDERSTOOD, f"{name} is missing.", name, f"Give {example}.")


def _text(value: object, name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    do = 'Write it as text, such as "10000.00"; quantities and facts are objects of text.'
    raise refuse(MISUNDERSTOOD, f"{name} is neither text nor a number.", name, do)


def _texts(values: Mapping[str, object], name: str) -> dict[str, str]:
    held = values.get(name)
    if held is None:
        return {}
    if not isinstance(held, dict):
        do = 'Write an object, such as {"kg": "500"} or {"auto_part": "true"}.'
        raise refuse(MISUNDERSTOOD, f"{name} is not an object.", name, do)
    return {key: _text(value, f"{name}.{key}") for key, value in held.items() if value is not None}
