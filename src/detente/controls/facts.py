"""Facts of a transaction as exact values, and the tests of the law on them."""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.register.model import EntryFact, Test

Ratio = tuple[int, int]
"""An exact number: numerator and positive denominator."""

_OPERATORS = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "below": "below",
    "before": "before",
    "from": "from",
    "is": "is",
    "in": "is",
}


class ParameterError(ValueError):
    """A parameter that cannot be read; the message says what to do."""


def ratio(text: str) -> Ratio:
    """An exact number from "0.2", "20%", "1/3" or "30000000000".

    Raises:
        ValueError: the text is none of these.
    """
    word = text.strip().replace("_", "")
    percent = word.endswith("%")
    word = word[:-1].strip() if percent else word
    top, slash, bottom = word.partition("/")
    if slash:
        value = (int(top), int(bottom))
    else:
        whole, _, part = word.partition(".")
        # isdigit alone takes the digits of every script.
        if not (whole + part).isdigit() or not (whole + part).isascii():
            raise ValueError(f"{text!r} is not a number")
        value = (int((whole or "0") + part), 10 ** len(part))
    if value[1] <= 0 or value[0] < 0:
        raise ValueError(f"{text!r} is not a number from 0 on")
    return (value[0], value[1] * 100) if percent else value


def plus(one: Ratio, other: Ratio) -> Ratio:
    """The sum of two numbers."""
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def compare(one: Ratio, other: Ratio) -> int:
    """Negative, zero or positive as the first is smaller, equal or larger."""
    return one[0] * other[1] - other[0] * one[1]


def read(fact: EntryFact, text: str) -> str:
    """The value of a fact as given, checked against its type.

    Raises:
        FactError: it is not a value of that type; the message says what is.
    """
    word = text.strip()
    if fact.type == "bool":
        known = {"true": "true", "yes": "true", "false": "false", "no": "false"}
        if word.lower() not in known:
            raise ParameterError(f"{fact.key}={text!r}: write true or false")
        return known[word.lower()]
    if fact.type == "word":
        return _words(fact, word)
    if fact.type in ("number", "share"):
        try:
            value = ratio(word)
        except (ValueError, ZeroDivisionError):
            form = "a share such as 0.2%" if fact.type == "share" else "a number such as 2400"
            raise ParameterError(f"{fact.key}={text!r}: write {form}") from None
        if fact.type == "share" and compare(value, (1, 1)) > 0:
            raise ParameterError(
                f"{fact.key}={text!r} is more than the whole: write {word}% for percent"
            )
    return word


def _words(fact: EntryFact, text: str) -> str:
    """One word, or several with commas; the default says nothing beside another."""
    words = []
    for each in text.split(","):
        word = each.strip().lower().replace("-", "_").replace(" ", "_")
        if word not in fact.words:
            from detente.core.vocabulary import one_of

            raise ParameterError(f"{fact.key}={each.strip()!r}: {one_of(word, fact.words)}")
        words.append(word)
    described = [word for word in dict.fromkeys(words) if word != fact.default]
    return ",".join(described) or words[0]


def value_of(fact: EntryFact, facts: Mapping[str, str]) -> str | None:
    """The value of a fact: as given, or its default; None where it is not known."""
    if fact.key in facts:
        return facts[fact.key]
    if fact.default is None:
        return None
    return str(fact.default).lower() if isinstance(fact.default, bool) else fact.default


def holds(test: Test, value: str | None) -> bool | None:
    """Whether a test holds; None where the value is not known."""
    if value is None:
        return None
    if test.operator == "is":
        wanted = str(test.value).lower() if isinstance(test.value, bool) else test.value
        return wanted in value.split(",")
    if test.operator == "in" and isinstance(test.value, tuple):
        return any(word in test.value for word in value.split(","))
    if test.operator == "before":
        return value < str(test.value)
    if test.operator == "from":
        return value >= str(test.value)
    order = compare(ratio(value), ratio(str(test.value)))
    return {
        "at_least": order >= 0,
        "more_than": order > 0,
        "at_most": order <= 0,
        "below": order < 0,
    }[test.operator]


def satisfying(test: Test) -> str:
    """A value with which the test holds."""
    if test.operator == "in" and isinstance(test.value, tuple):
        return test.value[0]
    if isinstance(test.value, bool):
        return str(test.value).lower()
    if test.operator == "more_than":
        # Strictly more: the bound itself would not satisfy the test, so a thousandth is added.
        top, bottom = plus(ratio(str(test.value)), (1, 1000))
        return f"{top}/{bottom}"
    if test.operator == "below":
        top, bottom = ratio(str(test.value))
        return f"{max(top * 1000 - bottom, 0)}/{bottom * 1000}"
    return str(test.value)


def in_words(test: Test) -> str:
    """A test as people say it: "tpp at least 4800"."""
    value = test.value
    if isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = " or ".join(value) if isinstance(value, tuple) else value
    return f"{test.fact} {_OPERATORS.get(test.operator, test.operator)} {text}".replace("_", " ")
