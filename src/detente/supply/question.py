"""What is asked of a mineral, its words held against what is known."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import UnknownWordError, nearest

if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.supply.tables import Mineral, Minerals, Stage


class SupplyQuestion(NamedTuple):
    """What is asked of a mineral.

    Attributes:
        mineral: a key, name, symbol or Chinese name.
        on: the ISO day from which years ahead are counted.
        stage: one stage alone; "" for all.
        cut: the countries that are cut off together, codes or names with commas between.
        year: figures of one year alone; "" for all.
        need: a quantity a year, in the unit of the stage's projects; None for none.
        delay: years by which projects that do not produce yet are late.
        success: the part of those projects that is expected to come.
        within: months for the test whether the need is covered in time; None for no test.
    """

    mineral: str
    on: str
    stage: str = ""
    cut: str = "CN"
    year: str = ""
    need: Fraction | None = None
    delay: int = 0
    success: Fraction = Fraction(1)
    within: int | None = None


def countries_cut(register: Register, text: str) -> tuple[str, ...]:
    """The codes of countries named with commas between, each once.

    Raises:
        QuestionError: one of them is no country; the message offers near ones.
    """
    from detente.register.asked_country import QuestionError, country_of

    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise QuestionError(f"no country before or after a comma in {text!r}: write CN,MM", "cut")
    try:
        return tuple(dict.fromkeys(country_of(register, word) for word in words))
    except QuestionError as error:
        raise QuestionError(str(error), "cut") from None


def stages_asked(tables: Minerals, mineral: Mineral, stage: str) -> list[Stage]:
    """The stages of a mineral, or the one that is asked about.

    Raises:
        UnknownWordError: it has none of that name.
    """
    stages = tables.stages[mineral.key]
    wanted = stage.strip().casefold()
    found = [each for each in stages if wanted in ("", each.key, each.title.casefold())]
    if not found:
        keys = [each.key for each in stages]
        near = nearest(wanted, keys)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise UnknownWordError(
            f"no stage {stage!r} of {mineral.name}: {hint}write one of {', '.join(keys)}", "stage"
        )
    return found


def check_year(tables: Minerals, mineral: Mineral, year: str) -> None:
    """Refuse a year of which no figure of the mineral is held.

    Raises:
        ValueError: there is none; the message says which years there are.
    """
    known = sorted({each.year for each in tables.about(mineral.key)})
    if year and year not in known:
        held = f"write one of {', '.join(known)}" if known else "none of any year is held"
        raise ValueError(f"no figure of {mineral.name} is of {year}: {held}")
