"""What every question has: a country to read, and a way to say that it cannot be understood."""

from __future__ import annotations

from detente.core.clock import day_number
from detente.register.book import Register


class QuestionError(ValueError):
    """A question that cannot be understood; the message says what was wrong and what to do.

    Attributes:
        where: the part of the question that is wrong, as a request names it; "" for the whole.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.where = where


def stated_day(text: str, where: str = "") -> int:
    """The number of an ISO day of a question; see ``day_number``.

    Args:
        text: what was written.
        where: the part of the question that it stands in.

    Raises:
        QuestionError: it is not a day of the calendar; the message says how one is written.
    """
    try:
        return day_number(text)
    except ValueError:
        from detente.core.stated_days import how_to_write

        raise QuestionError(
            f"{text!r} is not a day of the calendar: {how_to_write(text)}", where
        ) from None


def country_of(register: Register, text: str, where: str = "origin") -> str:
    """The ISO code of a country, named by its code or by a word for it.

    Args:
        register: where the words stand.
        text: ISO alpha-2 or alpha-3, or a name in English or Chinese.
        where: the parameter or column that it stands in.

    Raises:
        QuestionError: it names none, or a group of them; the message says what to write.
    """
    code = text.strip().upper()
    # Codes come first: the table of words is made only when one must be read.
    if code in register.countries:
        return code
    found = register.country_words.find(text)
    if found is not None:
        return found
    raise QuestionError(str(register.country_words.refusal(text, where)), where)
