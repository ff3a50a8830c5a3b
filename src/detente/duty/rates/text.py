"""Reads the schedule's words for a duty rate into an exact `RateForm`.

Reach for this at the border: texts of the columns "general" and "other" of chapters 1 to 98, and
the programs of a text of the column "special". What the words do not say is never guessed: an
empty text is an error, a rate that another provision sets is `derived` with the fact that settles
it, and words that fit no form stay as `unparsed` with the reason.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from detente._numbers import is_plain
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.rates.form import AdValorem, Limit, PerDegree, RateForm, Specific, Term

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable


MOST_DIGITS = 60
"""Of a sum of terms: more than any rate has."""


class EmptyRateError(ValueError):
    """A rate text with nothing in it: the rate stands on another row, or is lost."""


class SpecialRate(NamedTuple):
    """One rate of the column "special" and the programs that may claim it (none: anyone)."""

    rate: RateForm
    programs: tuple[str, ...]


class _UnreadError(ValueError):
    """Why a text is not a sum of terms; becomes the reason of an unparsed form."""


_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)"
_PROGRAM = r"[A-Z]{1,2}[+*]?"


class _Patterns:
    """The patterns, each made when it is first read: most rates, `Free` or `2.5%`, need few."""

    tag: re.Pattern[str]
    superscript: re.Pattern[str]
    cents: re.Pattern[str]
    tail: re.Pattern[str]
    percent: re.Pattern[str]
    money: re.Pattern[str]
    bound: re.Pattern[str]
    degrees: re.Pattern[str]
    limit: re.Pattern[str]
    free_if: re.Pattern[str]
    programs: re.Pattern[str]

    def __getattr__(self, name: str) -> re.Pattern[str]:
        import re

        if name not in _SOURCES:
            raise AttributeError(name)
        flags = re.ASCII | re.IGNORECASE if name == "free_if" else re.ASCII
        compiled = re.compile(_SOURCES[name], flags)
        setattr(self, name, compiled)
        return compiled


_SOURCES = {
    "tag": r"<[^<>]*>",
    "superscript": r"<sup>\s*([23])\s*</sup>",
    "cents": r"\s*(?:\bcents?\b|¢)",
    # a footnote's mark "1/" at the end, and stray punctuation
    "tail": r"(?:\s+\d+/|\s*[,/;])+$",
    "percent": rf"(?:{_NUMBER}|(?:(\d+) )?(\d+)/(\d+)) ?(?:%|percent\b)(?: ?(?:on|of) (.+))?",
    "money": rf"(?:\$ ?{_NUMBER}|{_NUMBER}¢)(?: ?/ ?| per | for | (?=each$))(.+)",
    "bound": r",? but not (less|more)(?: than)? ",
    "degrees": (
        r" less ([^+]+?) for each degree under (\d+) degrees"
        r" \(and fractions of a degree in proportion\)"
    ),
    "limit": (
        r", but if consisting in part of a (plate or (?:a )?set of plates)"
        r" (?:the total duty shall not exceed|not more than) the (duty for .+)"
    ),
    "free_if": r"free(?:, | \()((?:under|for|see)\b.*?)\)?",
    "programs": rf"\(\s*({_PROGRAM}(?:[\s,.]+{_PROGRAM})*)[\s,]*(?:\({_PROGRAM}\))?\)",
}
_PATTERNS = _Patterns()


def clean_rate(text: str) -> str:
    """The text without markup, entities, repeated blanks, footnote marks; cents written `¢`."""
    cleaned = _clean_once(text)
    while cleaned != text:  # what one pass takes away can join into what the next one must
        text, cleaned = cleaned, _clean_once(cleaned)
    return cleaned


def _clean_once(text: str) -> str:
    if "&" in text:
        import html

        text = html.unescape(text)
    patterns = _PATTERNS
    if "<" in text:
        text = patterns.tag.sub("", patterns.superscript.sub(r"\1 ", text))
    text = " ".join(text.replace("²", "2").replace("³", "3").split())
    # Most texts have nothing that the two could find, and then they are not even made.
    if "cent" in text or "¢" in text:
        text = patterns.cents.sub("¢", text)
    return patterns.tail.sub("", text) if text.endswith((",", "/", ";")) else text


@lru_cache(maxsize=4096)
def parse_rate(text: str) -> RateForm:
    """The form of one duty rate.

    Args:
        text: a rate as the columns "general" and "other" write it.

    Returns:
        The form; `derived` or `unparsed` with a reason where the text alone gives no amount.

    Raises:
        EmptyRateError: if nothing is left of the text after cleaning.
    """
    cleaned = clean_rate(text)
    if not cleaned:
        raise EmptyRateError(
            f"the rate text {text!r} is empty: take the rate of the row's subheading above it"
        )
    if cleaned.lower() == "free":
        return RateForm(free=True)
    condition = cleaned[:4].lower() == "free" and _PATTERNS.free_if.fullmatch(cleaned)
    if condition:
        return RateForm(free=True, words=condition[1])
    try:
        return _read_charge(cleaned)
    except _UnreadError as why:
        from detente.duty.rates.reference import read_reference

        return read_reference(cleaned) or RateForm(words=cleaned, reason=str(why))


@lru_cache(maxsize=4096)
def parse_special(text: str) -> tuple[SpecialRate, ...]:
    """The rates of a text of the column "special", each with its program codes.

    "Free (AU,CL) 5% (JP)" gives Free for AU and CL, and 5% for JP.

    Raises:
        EmptyRateError: if there is no rate, or none before a list of programs.
    """
    cleaned = clean_rate(text)
    rates: list[SpecialRate] = []
    start = 0
    for found in _PATTERNS.programs.finditer(cleaned):
        codes = tuple(found[1].replace(",", " ").replace(".", " ").split())
        rates.append(SpecialRate(parse_rate(cleaned[start : found.start()]), codes))
        start = found.end()
    if cleaned[start:].strip() or not rates:
        rates.append(SpecialRate(parse_rate(cleaned[start:]), ()))
    return tuple(rates)


@lru_cache(maxsize=4096)
def rates_by_program(text: str) -> dict[str, tuple[int, RateForm]]:
    """The place and the rate that a text of the column "special" has for each program code.

    Raises:
        EmptyRateError: as `parse_special`.
    """
    found: dict[str, tuple[int, RateForm]] = {}
    for place, special in enumerate(parse_special(text)):
        for program in special.programs:
            found.setdefault(program, (place, special.rate))
    return found


def count_forms(texts: Iterable[str]) -> dict[str, int]:
    """How many of the texts have each form; empty ones count as `empty`. Most frequent first."""
    counts: Counter[str] = Counter()
    for text in texts:
        try:
            counts[parse_rate(text).kind] += 1
        except EmptyRateError:
            counts["empty"] += 1
    return dict(counts.most_common())


def _read_charge(text: str) -> RateForm:
    """A sum of terms with its floor, ceiling and limit."""
    patterns = _PATTERNS
    limit = None
    found = "plate" in text and patterns.limit.search(text)
    if found and found.end() == len(text):
        when = found[1].replace("or a set", "or set")
        limit, text = Limit(when, found[2]), text[: found.start()]
    main, *bounds = patterns.bound.split(text) if " but not " in text else [text]
    held: dict[str, tuple[Term, ...]] = {}
    for word, bound in zip(bounds[::2], bounds[1::2], strict=True):
        if word in held:
            raise _UnreadError(f"{text!r} says twice what the duty is not {word} than")
        held[word] = _read_sum(bound)
    terms = _read_sum(main)
    return RateForm(terms, held.get("less", ()), held.get("more", ()), limit)


def _read_sum(text: str) -> tuple[Term, ...]:
    """Terms joined by "+", with one "less … for each degree" at the end of the last."""
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        raise _UnreadError("it has more digits than any rate")
    terms: list[Term] = []
    degrees = " degree" in text and _PATTERNS.degrees.search(text)
    if degrees:
        if degrees.end() != len(text):
            raise _UnreadError(f"{text[degrees.end() :]!r} after the degrees is not understood")
        text = text[: degrees.start()]
    terms += [_read_term(piece.strip()) for piece in text.split("+")]
    if degrees:
        step = _read_term(degrees[1])
        if not isinstance(step, Specific):
            raise _UnreadError(f"{degrees[1]!r} for each degree is not a sum of money a unit")
        terms.append(PerDegree(step.billionths, step.unit, int(degrees[2])))
    return tuple(terms)


def _read_term(text: str) -> Term:
    if text[-1:] == "%" and is_plain(text[:-1]):
        return AdValorem(_scaled(text[:-1], 4), 1, "")
    patterns = _PATTERNS
    share = patterns.percent.fullmatch(text)
    if share:
        millionths, divisor = _read_percent(share)
        return AdValorem(millionths, divisor, _read_part(share[5]) if share[5] else "")
    money = patterns.money.fullmatch(text)
    if money:
        dollars, cents, unit = money.groups()
        # A cent is ten million billionths of a dollar, hence two places fewer.
        billionths = _scaled(dollars, 9) if dollars else _scaled(cents, 7)
        return Specific(billionths, _read_unit(unit))
    raise _UnreadError(
        f"{text!r} is neither a percentage nor money a unit: write 5%, 5¢/kg or $5 each"
    )


def _read_unit(text: str) -> str:
    """The name of a unit; the table of units is loaded for the first rate that has one."""
    from detente.duty.rates.units import UnitError, read_unit

    try:
        return read_unit(text).name
    except UnitError as error:
        raise _UnreadError(str(error)) from error


def _read_percent(share: re.Match[str]) -> tuple[int, int]:
    """Millionths and divisor of "6.4", "33 1/3", "1/3" percent."""
    decimal, whole, numerator, denominator = share.groups()[:4]
    if decimal:
        return _scaled(decimal, 4), 1
    from math import gcd

    divisor = int(denominator)
    if not divisor:
        raise _UnreadError(f"{share[0]!r} divides by zero")
    millionths = (int(whole or 0) * divisor + int(numerator)) * 10_000
    # In lowest terms, so that one rate has one form however the fraction was printed.
    common = gcd(millionths, divisor)
    return millionths // common, divisor // common


def _scaled(number: str, places: int) -> int:
    """A decimal number as an integer of `places` decimal places, exactly."""
    whole, _, part = number.replace(",", "").partition(".")
    part = part.rstrip("0")
    if len(part) > places:
        raise _UnreadError(f"{number} has more decimal places than the {places} that are kept")
    return int((whole or "0") + part.ljust(places, "0"))


# Words that join clauses; a part's name has none of them.
_STRUCTURE = frozenset({"but", "less", "not", "plus", "minus", "than", "exceed"})
# Words of one part that the schedule prints in several ways.
_PART_MISPRINTS: dict[str, str] = {"thebattery": "battery"}


def _read_part(text: str) -> str:
    """The name of a part of the value: "the value of the telescopic sight, if any" and the like."""
    part = _PART_MISPRINTS.get(text, text).removeprefix("the ").removeprefix("value of ")
    part = part.removeprefix("the ").removesuffix(", if any")
    words = part.replace(",", " ").replace("-", " ").split()
    if not all(word.isalpha() for word in words) or not _STRUCTURE.isdisjoint(words):
        raise _UnreadError(f"{part!r} names no part of the value")
    return part
