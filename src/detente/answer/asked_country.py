"""What every question has: a country to read, and a way to say that it cannot be understood."""

from __future__ import annotations

from detente.register.book import Register


class QuestionError(ValueError):
    """A question that cannot be understood; the message says what was wrong and what to do.

    Attributes:
        where: the part of the question that is wrong, as a request names it; "" for the whole.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.where = where


def country_of(register: Register, text: str) -> str:
    """The ISO code of a country named by its code or its name.

    Raises:
        QuestionError: there is none of that name; the message offers near ones.
    """
    code = text.strip().upper()
    if code in register.countries:
        return code
    named = [
        key for key, name in register.countries.items() if name.lower() == text.strip().lower()
    ]
    if named:
        return named[0]
    from difflib import get_close_matches

    names = {name.lower(): key for key, name in register.countries.items()}
    near = get_close_matches(text.strip().lower(), list(names), 3, 0.6)
    hint = ", ".join(f"{names[name]} {register.countries[names[name]]}" for name in near)
    raise QuestionError(
        f"unknown country {text!r}: write two letters of ISO 3166, such as CN"
        + (f"; perhaps {hint}" if hint else ""),
        "origin",
    )
