"""The sentences that the schedule says: notes beside a line, and errors that offer a way on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from detente.goods.codes import RATE_LINE, TariffCode
from detente.goods.lines import Edition, Move, SuggestedLine

NAMED = 6  # how many codes a sentence names; all of them are in the error's attributes
SHORT = 70  # characters of a candidate's words in a sentence

NEAREST = (
    "The schedule of {day} is not at hand: this is the nearest, {edition}, and rates, words and "
    "statistical numbers may have been others."
)
NEAREST_HAS_RATE = (
    "The schedule of {day} is not at hand: the nearest, {edition}, has the ordinary rate of that "
    "day, and words and statistical numbers may have been others."
)
SUFFIX_UNCHECKED = "The last two digits of {code} were not checked; its first eight are known."
NO_SUFFIXES = (
    "{edition} prints no statistical lines under the first eight digits of {code}: its last two "
    "digits were not checked."
)
BETWEEN = "{code} stands in {other}, not in {used}, the edition used on {day}, and is accepted."

DAMAGED = "{file} is damaged ({error}): remove it, then import the editions again"
FROM_IMPORT = "From an imported edition: {edition}, used from {start}. {basis}"


def incomplete(code: TariffCode, candidates: tuple[SuggestedLine, ...]) -> str:
    """Say that a code names several lines, and which."""
    lines = "1 rate line" if len(candidates) == 1 else f"{len(candidates)} rate lines"
    return (
        f"{code} has {len(code.digits)} digits and covers {lines}; give 8 or 10 digits. "
        f"{listed(candidates)}"
    )


def too_short(code: TariffCode, country: str) -> str:
    """Say that a code is wider than a subheading."""
    return (
        f"{code} is too short: goods into {country} are asked by the subheading of six digits, or "
        "by a longer code of its tariff"
    )


def unknown(
    code: TariffCode,
    used: Edition,
    nearest: tuple[SuggestedLine, ...],
    became: Sequence[Move],
    was: Sequence[Move],
) -> str:
    """Say that an edition does not have a code, and what may be meant."""
    if code.chapter == "99":
        return (
            f"{code} is a heading of chapter 99, which changes the duty of goods and names none: "
            "give the code of the goods in chapters 1 to 98"
        )
    sentences = [f"{code} is not in {used.id}, the edition used from {used.start}."]
    if became:
        sentences.append(f"It became {_codes(move.to_code for move in became)}.")
    if was:
        sentences.append(f"On earlier days it was {_codes(move.from_code for move in was)}.")
    if nearest:
        sentences.append(listed(nearest))
    elif not became and not was:
        sentences.append("Nothing there begins with its first four digits; search by words.")
    return " ".join(sentences)


def _codes(digits: Iterable[str]) -> str:
    codes = [TariffCode(each).dotted for each in dict.fromkeys(digits)]
    shown = codes[:NAMED]
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return ", ".join(shown) + more


@lru_cache(maxsize=1024)
def listed(candidates: tuple[SuggestedLine, ...]) -> str:
    """Name the first candidates, as the end of a message."""
    kind = "Rate lines" if len(candidates[0].code.digits) == RATE_LINE else "Lines"
    shown = "; ".join(f"{each.code} {_short(each.text)}" for each in candidates[:NAMED])
    more = f"; and {len(candidates) - NAMED} more" if len(candidates) > NAMED else ""
    return f"{kind} there: {shown}{more}."


def _short(text: str) -> str:
    """Keep the end of a text: what sets a line apart from its neighbors stands there."""
    return text if len(text) <= SHORT else f"…{text[1 - SHORT :]}"
