"""What the importer says of an entry, read by the types that the register gives each fact."""

from __future__ import annotations

from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_number, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente._exact import Fraction
    from detente.register.model import EntryFact, Test

MOST_DIGITS = 20
"""Of dollars before the point: more than anything is worth."""

THOUSANDS = 3
"""Digits of a group in a large number."""

COMPONENT = "component."
"""Prefix of the facts that give the value of a part for component rates: component.battery."""


class FactError(ValueError):
    """A fact that is unknown or cannot be read; the message says what to write.

    Attributes:
        where: the part of the question that is wrong, as a request names it; "" where unknown.
    """

    where = ""


class ValuePart(NamedTuple):
    """A part of the value: cents, or a share of it."""

    cents: int | None
    share: Fraction | None


Value = bool | str | int | ValuePart | None
"""bool, word, country or ISO day as text, money in cents, a part of the value, unknown."""


class EntryFacts:
    """Facts given with an entry; a fact that is not given answers with its default."""

    def __init__(self, known: Mapping[str, EntryFact], texts: Mapping[str, str]) -> None:
        """Read the facts that were given.

        Raises:
            FactError: a key is not an entry fact, or its value is not of its type.
        """
        self.known = known
        self.texts = dict(texts)
        self.values: dict[str, Value] = {}
        for key, text in texts.items():
            try:
                self.values[key] = _read(_named(known, key, texts), text)
            except FactError as error:
                error.where = f"fact {key}"
                raise

    def with_value(self, key: str, text: str) -> EntryFacts:
        """The same facts with one more, or one changed."""
        return _with_value(self, key, text)

    def is_stated(self, key: str) -> bool:
        """Whether the importer said something of this fact."""
        return key in self.values

    def value(self, key: str, listed: Iterable[str] = ()) -> Value:
        """The value of a fact, or its default.

        Args:
            key: an entry fact of the register.
            listed: names of the lists that hold the goods, for defaults that depend on goods.
        """
        if key in self.values:
            return self.values[key]
        fact = self.known[key]
        of_goods = fact.of_goods(listed)
        default = fact.default if of_goods is None or of_goods.value is None else of_goods.value
        if default is None or isinstance(default, bool):
            return default
        return _default(fact, default)

    def stated(self, key: str, listed: Iterable[str] = ()) -> bool:
        """Whether the importer said something of a fact, or the code itself does."""
        if key in self.values:
            return True
        found = self.known[key].of_goods(listed)
        return found is not None and found.state == "states"

    def holds(self, test: Test, listed: Iterable[str] = ()) -> bool | None:
        """Whether a test holds: true, false, or None where the fact is unknown."""
        if test.operator == "given":
            return self.is_stated(test.fact) is test.value
        value = self.value(test.fact, listed)
        return None if value is None else _compare(value, test)

    def components(self) -> dict[str, int]:
        """Values of parts in cents, by the part's name as rates write it."""
        found = {}
        for key, value in self.values.items():
            if key.startswith(COMPONENT) and isinstance(value, int):
                found[key.removeprefix(COMPONENT)] = value
        return found


@lru_cache(maxsize=1024)
def _with_value(facts: EntryFacts, key: str, text: str) -> EntryFacts:
    """Facts with one more: the questions of many entries turn the same facts over."""
    return EntryFacts(facts.known, {**facts.texts, key: text})


def with_claims(known: Mapping[str, EntryFact], texts: Mapping[str, str]) -> dict[str, str]:
    """Facts given, and everything claimed that an importer need only claim."""
    return {**{key: "true" for key, fact in known.items() if fact.claim}, **texts}


def _named(known: Mapping[str, EntryFact], key: str, beside: Iterable[str]) -> EntryFact:
    if key.startswith(COMPONENT):
        from detente.register.model import EntryFact

        return EntryFact(key, "money", None, (), "", "", (), "named")
    if key in known:
        return known[key]
    from detente.core.vocabulary import hint_of

    # All that are unknown at once, so that nobody mends them one by one.
    others = [each for each in beside if each not in known and each != key]
    others = [f"{each!r}: {hint_of(each, known)}" for each in others if COMPONENT not in each]
    also = "".join(f"; unknown too is {each}" for each in others)
    raise FactError(f"unknown fact {key!r}: {hint_of(key, known)}{also}")


@lru_cache(maxsize=512)
def _default(fact: EntryFact, text: str) -> Value:
    """The value of a default: asked for on every day that an answer looks at."""
    return _read(fact, text)


def _read(fact: EntryFact, text: str) -> Value:
    text = text.strip()
    if fact.type == "bool":
        if text.lower() not in ("true", "false"):
            raise FactError(f"{fact.key} is true or false, not {text!r}")
        return text.lower() == "true"
    if fact.type == "word":
        if text not in fact.words:
            raise FactError(f"{fact.key} is one of {', '.join(fact.words)}, not {text!r}")
        return text
    if fact.type == "date":
        try:
            return day_text(day_number(text))
        except ValueError:
            raise FactError(f"{fact.key} is a day written YYYY-MM-DD, not {text!r}") from None
    if fact.type == "country":
        if len(text) != 2 or not (text.isascii() and text.isalpha()):
            raise FactError(f"{fact.key} is a country as two letters, such as CN, not {text!r}")
        return text.upper()
    return _read_number(fact, text)


def _read_number(fact: EntryFact, text: str) -> Value:
    """Money in dollars, a share in percent or as a fraction of one, or a plain number."""
    if fact.type == "money":
        return dollars(text, fact.key)
    if fact.type == "money_or_share" and not text.endswith("%"):
        return ValuePart(dollars(text, fact.key), None)
    number = fraction(text, fact.key)
    if fact.type in ("share", "money_or_share") and not 0 <= number <= 1:
        write = "50% or 0.5" if fact.type == "share" else "50%, or dollars such as 1250.00"
        raise FactError(f"{fact.key} is a share from 0% to 100%, not {text!r} (write {write})")
    return ValuePart(None, number)


def dollars(text: str, what: str) -> int:
    """Cents of an amount in dollars with at most two decimals, and commas between thousands.

    Raises:
        FactError: the text is not such a amount, or it is negative.
    """
    written = text.strip().removeprefix("$")
    whole, point, part = written.partition(".")
    plain = whole.replace(",", "")
    if written.startswith("-") and (plain[1:] + part).isdigit():
        raise FactError(f"{what} is {text}: it must not be negative")
    digits = (plain + part).isascii() and plain.isdigit() and (part.isdigit() or not point)
    digits = digits and len(plain) <= MOST_DIGITS
    # A comma anywhere but between thousands may be a decimal one: 550,00 is not 55000.
    grouped = plain == whole or (digits and whole == f"{int(plain):,}")
    # Nor are three digits after a point surely decimals: 10.000 may be ten thousand elsewhere.
    part = part if len(part) == THOUSANDS else part[:2] + part[2:].rstrip("0")
    if not (digits and grouped) or len(part) > 2:
        raise FactError(
            f"{what} is dollars with at most two decimals after a point, such as 1250.00 or "
            f"1,250.00, not {_short(text)!r}"
        )
    return int(plain) * 100 + int(part.ljust(2, "0") or "0")


def _short(text: str) -> str:
    return text if len(text) <= 2 * MOST_DIGITS else f"{text[: 2 * MOST_DIGITS]}…"


def fraction(text: str, what: str) -> Fraction:
    """An exact number from "50%", "0.5", "1/3" or "42".

    Raises:
        FactError: the text is not such a number.
    """
    from detente._numbers import LONGEST, exact

    try:
        return exact(text[:-1].strip()) / 100 if text.endswith("%") else exact(text)
    except ValueError:
        raise FactError(
            f"{what} is a number such as 50%, 0.5 or 1/3, not {text[:LONGEST]!r}"
        ) from None


def _compare(value: bool | str | int | ValuePart, test: Test) -> bool:
    wanted = test.value
    if test.operator == "is":
        return value == wanted
    if test.operator == "in":
        return isinstance(wanted, tuple) and value in wanted
    if test.operator == "before":
        return isinstance(value, str) and value < str(wanted)
    if test.operator == "from":
        return isinstance(value, str) and value >= str(wanted)
    if not isinstance(value, ValuePart) or value.share is None:
        raise FactError(f"{test.fact} must be given as a share or a number here, such as 50%")
    bound = _bound(str(wanted), test.fact)
    if test.operator == "at_least":
        return value.share >= bound
    if test.operator == "more_than":
        return value.share > bound
    if test.operator == "at_most":
        return value.share <= bound
    return value.share < bound


@lru_cache(maxsize=512)
def _bound(text: str, fact: str) -> Fraction:
    """What a test compares with: of the law's own words, so there are few."""
    return fraction(text, fact)


def witness(test: Test, holds: bool) -> str | None:
    """A value of the fact, as text, under which the test holds or not; None if there is none."""
    wanted, operator = test.value, test.operator
    if isinstance(wanted, bool):
        return "true" if wanted is holds else "false"
    if operator == "in":
        return str(wanted[0]) if holds and isinstance(wanted, tuple) else None
    text = str(wanted)
    if operator == "is":
        return text if holds else None
    if operator in ("before", "from"):
        inside = holds == (operator == "from")
        return text if inside else day_text(day_number(text) - 1)
    return _near(text, operator in ("at_least", "more_than"), operator, holds)


def _near(text: str, upward: bool, operator: str, holds: bool) -> str:
    """A number at the bound, or a hair beside it, on the side that is wanted."""
    from detente._exact import Fraction

    bound = fraction(text, "the bound")
    on_bound = operator in ("at_least", "at_most")
    if holds == on_bound:
        return str(bound)
    step = Fraction(1, 10**6)
    up = upward if holds else not upward
    return str(bound + step if up else bound - step)
