"""A question as a page's form and address write it, and the one address that each question has."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.api.parameters import PARAMETERS, encoded, from_query, to_parameters, unknown
from detente.api.refusals import refuse
from detente.duty.question import DutyQuestion

FACT, QUANTITY = "fact.", "quantity."
"""Beginnings of a form's fields that give one fact, or the quantity in one unit."""

STATED = 12
"""Digits of the register's hash that a link states."""

FEWEST = 8
"""Digits of it that a link must state at least."""

NAMES = (*PARAMETERS, "register", "seen")

Seen = tuple[tuple[str, str], ...]
"""Layers as a link tells that they were seen: measure and share of the value, or rate."""


class PageQuery(NamedTuple):
    """What a page was asked.

    Attributes:
        parameters: names and values as an address writes them, those without a value left out.
        register: beginning of the hash of the register that the link was made with; "" for none.
        seen: what that register answered, as the link tells; empty where it does not.
    """

    parameters: list[tuple[str, str]]
    register: str
    seen: Seen = ()

    def one(self, name: str) -> str:
        """The first value of a parameter; "" where it is not given."""
        return next((text for key, text in self.parameters if key == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [text for key, text in self.parameters if key == name]

    def question(self, today: str) -> DutyQuestion:
        """The question.

        Raises:
            RefusedError: a parameter is missing, given twice or cannot be read.
        """
        return from_query(self.parameters, today)


def read(pairs: Iterable[tuple[str, str]]) -> PageQuery:
    """What the fields of a form, or an address, ask.

    Raises:
        RefusedError: a field is unknown, or `register` is not a beginning of a hash.
    """
    parameters: list[tuple[str, str]] = []
    register = ""
    seen: Seen = ()
    for name, text in pairs:
        text = " ".join(text.split())
        if name.startswith(FACT):
            name, text = "fact", f"{name.removeprefix(FACT)}={text}" if text else ""
        elif name.startswith(QUANTITY):
            name, text = "quantity", f"{text}{name.removeprefix(QUANTITY)}" if text else ""
        if name not in NAMES:
            raise unknown(name, NAMES, "parameter")
        if name == "register":
            register = text
        elif name == "seen":
            seen = _seen(text)
        elif text:
            parameters.append((name, text))
    return PageQuery(parameters, checked_hash(register), seen)


def checked_hash(text: str) -> str:
    """The beginning of a register's hash in small letters, as a link states it; "" for none.

    Raises:
        RefusedError: it is none.
    """
    text = text.lower()
    is_hash = FEWEST <= len(text) <= 64 and all(mark in "0123456789abcdef" for mark in text)
    if text and not is_hash:
        do = f"Give {FEWEST} or more hexadecimal digits, or leave it out."
        raise refuse(422, f"{text!r} is not a beginning of a hash.", "register", do)
    return text


def _seen(text: str) -> Seen:
    """Layers from a link, written MEASURE:SHARE with semicolons between."""
    found = []
    for part in filter(None, text.split(";")):
        measure, colon, share = part.partition(":")
        if not colon:
            do = "Take the link as it was given, or leave seen out."
            raise refuse(422, f"{part!r} is not a layer with its share.", "seen", do)
        found.append((measure, share))
    return tuple(found)


def address(question: DutyQuestion, register: str = "", seen: Seen = ()) -> str:
    """The one address of a question, with the beginning of a register's hash if given.

    Args:
        question: the question.
        register: hash of the register that answered it.
        seen: the layers of its answer, so that another register can say what became of them.
    """
    stated = [("register", register[:STATED])] if register else []
    if seen:
        stated.append(("seen", ";".join(f"{measure}:{share}" for measure, share in seen)))
    return f"/?{encoded([*to_parameters(question), *stated])}"


def with_fact(question: DutyQuestion, key: str, value: str) -> DutyQuestion:
    """The question with one more fact, or one changed."""
    return question._replace(facts={**question.facts, key: value})


def without_fact(question: DutyQuestion, key: str) -> DutyQuestion:
    """The question without a fact."""
    left = {name: text for name, text in question.facts.items() if name != key}
    return question._replace(facts=left)
