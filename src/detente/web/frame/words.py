"""Days and states as a page writes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_before
from detente.core.figures import long_day

if TYPE_CHECKING:
    from detente.register.book import Register

DAY = len("2025-11-12")

OVER = ("ended", "expired", "lapsed", "ceased", "never_operated")
"""States of what is over."""


def day_words(text: str | None) -> str:
    """A day of the interface in words, or an instant with its hour and offset; "" for none."""
    if not text:
        return ""
    day, hour = text[:DAY], text[DAY:].lstrip("T ")
    return f"{long_day(day)}, {_hour_words(hour)}" if hour else long_day(day)


def _hour_words(text: str) -> str:
    """An hour with its offset: "13:01+08:00" is "13:01 (UTC+8)"."""
    at = max(text.rfind("+"), text.rfind("-"))
    if at < 0:
        return text
    hours, _, minutes = text[at + 1 :].partition(":")
    rest = f":{minutes}" if minutes.strip("0") else ""
    return f"{text[:at]} (UTC{text[at]}{int(hours)}{rest})"


def state_words(state: str) -> str:
    """A state of the register in words."""
    return state.replace("_", " ")


def state_class(state: str) -> str:
    """The kind of state that a drawing and a mark tell apart, by color and by pattern."""
    if state in OVER or state == "void":
        return "over"
    return {"in_force": "live", "suspended": "suspended", "not_enforced": "suspended"}.get(
        state, "ahead"
    )


WITH_OPTION = re.compile(r"(,?) with --[a-z-]+(?= ('))?")
"""That something is said with an option of a command, and whether what to write follows."""

OPTION = re.compile(r"(?<!\S)--([a-z-]+)")


def of_form(text: str, name: str = "") -> str:
    """What is wrong with a file as a page says it: it has fields, and no options of a command.

    Args:
        text: as a command says it.
        name: of the file, with which the text may begin: it stays as it is.
    """
    before = name if text.startswith(name) else ""
    rest = WITH_OPTION.sub(_in_form, text[len(before) :])
    return before + OPTION.sub(r"\1", rest)


def _in_form(found: re.Match[str]) -> str:
    return f"{found[1]} in the form" + (":" if found[2] else "")


DAY_WRITTEN = r"\d{4}-(?:0[1-9]|1[0-2])-\d{2}"
"""A day of the interface within a text; what names no month is a text that somebody wrote."""

_DAY_IN_PROSE = re.compile(rf"(?<![\w=./-])(?<!--on )(?<!--from ){DAY_WRITTEN}(?![\w./-]\w)")


def prose(text: str) -> str:
    """A sentence with its days in words; a day within a command or an address stays as it is."""
    return _DAY_IN_PROSE.sub(lambda found: long_day(found[0]), text)


def days_words(start: str | None, until: str | None) -> str:
    """Days in words; the last one is named as the first without, as the register writes it."""
    words = [f"from {day_words(start)}"] if start else []
    return " ".join([*words, *([f"until {day_words(until)}"] if until else [])])


def through_words(until: str) -> str:
    """The last day of what ends on a day, in words."""
    return f"through {day_words(day_before(until))}"


def sentence(text: str) -> str:
    """A text with a capital at its beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


REST = "ROW"
"""The region of a world economy that holds all countries without one of their own."""


def naming(register: Register) -> Callable[[str], str]:
    """What names a country by its code, of two letters or three; other words stay."""
    words = register.country_words

    def name(code: str) -> str:
        return words.named(code) or ("Rest of the world" if code == REST else code)

    return name
