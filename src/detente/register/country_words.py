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
    if code in register.countries:
        return code
    found = register.country_words.find(text)
    if found is not None:
        return found
    raise QuestionError(str(register.country_words.refusal(text, where)), where)
