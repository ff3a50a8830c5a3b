"""A question as a page's form and address write it, and the one address that each question has."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.answer.question import DutyQuestion
from detente.api.asking import PARAMETERS, encoded, from_query, to_parameters, unknown
from detente.api.refusals import refuse

FACT, QUANTITY = "fact.", "quantity."
"""Beginnings of a form's fields that give one fact, or the quantity in one unit."""

STATED = 12
"""Digits of the register's hash that a link states."""

FEWEST = 8
"""Digits of it that a link must state at least."""

NAMES = (*PARAMETERS, "register")


class Asked(NamedTuple):
    """What a page was asked.

    Attributes:
        parameters: names and values as an address writes them, those without a value left out.
        register: beginning of the hash of the register that the link was made with; "" for none.
    """

    parameters: list[tuple[str, str]]
    register: str

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


def read(given: Iterable[tuple[str, str]]) -> Asked:
    """What the fields of a form, or an address, ask.

    Raises:
        RefusedError: a field is unknown, or `register` is no beginning of a hash.
    """
    parameters: list[tuple[str, str]] = []
    register = ""
    for name, text in given:
        text = " ".join(text.split())
        if name.startswith(FACT):
            name, text = "fact", f"{name.removeprefix(FACT)}={text}" if text else ""
        elif name.startswith(QUANTITY):
            name, text = "quantity", f"{text}{name.removeprefix(QUANTITY)}" if text else ""
        if name not in NAMES:
            raise unknown(name, NAMES, "parameter")
        if name == "register":
            register = text.lower()
        elif text:
            parameters.append((name, text))
    if register and not _is_hash(register):
        do = f"Give {FEWEST} or more hexadecimal digits, or leave it out."
        raise refuse(422, f"{register!r} is no beginning of a hash.", "register", do)
    return Asked(parameters, register)


def _is_hash(text: str) -> bool:
    return FEWEST <= len(text) <= 64 and all(mark in "0123456789abcdef" for mark in text)


def address(question: DutyQuestion, register: str = "") -> str:
    """The one address of a question, with the beginning of a register's hash if given."""
    stated = [("register", register[:STATED])] if register else []
    return f"/?{encoded([*to_parameters(question), *stated])}"


def with_fact(question: DutyQuestion, key: str, value: str) -> DutyQuestion:
    """The question with one more fact, or one changed."""
    return question._replace(facts={**question.facts, key: value})


def without_fact(question: DutyQuestion, key: str) -> DutyQuestion:
    """The question without a fact."""
    left = {name: text for name, text in question.facts.items() if name != key}
    return question._replace(facts=left)
