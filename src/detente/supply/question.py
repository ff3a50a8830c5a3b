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
        ramp: years from their first output to their full rate where no source tells them.
        within: months for the test whether the need is covered in time; None for no test.
        by: the ISO day of that test, in place of months; "" for none.
        known_on: answer with what was public at the end of this day; "" for everything.
        route: whether the flows from country to country are asked for.
        place: of these the ones of one country alone; "" for all.
        controls: whether the controls that touch its flows are asked for.
        buyer: the country to which these flows go.
    """

    mineral: str
    on: str
    stage: str = ""
    cut: str = "CN"
    year: str = ""
    need: Fraction | None = None
    delay: int = 0
    success: Fraction = Fraction(1)
    ramp: int = 0
    within: int | None = None
    by: str = ""
    known_on: str = ""
    route: bool = False
    place: str = ""
    controls: bool = False
    buyer: str = "US"


MONTHS = 12
NOBODY = "none"
"""The word for a cut of nobody."""


class SupplierCut(NamedTuple):
    """Who is cut off: codes of countries, and the stage at which, "" for every stage."""

    at: tuple[tuple[str, str], ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes, each once."""
        return tuple(dict.fromkeys(country for country, _ in self.at))

    def of_stage(self, stage: str) -> tuple[str, ...]:
        """Who is cut off at a stage."""
        return tuple(dict.fromkeys(country for country, where in self.at if where in ("", stage)))


def read_cut(register: Register, tables: Minerals, mineral: Mineral, text: str) -> SupplierCut:
    """Who is cut off, by words such as ``CN,MM``, ``CN@separation`` or ``none``.

    Raises:
        QuestionError: a word is not a country, or a stage is none of the mineral's.
    """
    from detente.register.country_words import QuestionError

    if text.strip().casefold() == NOBODY:
        return SupplierCut(())
    words = [word.partition("@") for word in text.split(",")]
    # Each word keeps its country, doubles too, so that its stage can be put beside it.
    countries = countries_cut(register, ",".join(word for word, _, _ in words), once=False)
    at = []
    for country, (_, mark, stage) in zip(countries, words, strict=True):
        if not mark:
            at.append((country, ""))
            continue
        if not stage.strip():
            raise QuestionError(f"no stage after @ in {text!r}: write CN@separation", "cut")
        try:
            (found,) = chosen_stages(tables, mineral, stage)
        except UnknownWordError as error:
            raise QuestionError(str(error), "cut") from None
        at.append((country, found.key))
    return SupplierCut(tuple(at))


def month_of_test(question: SupplyQuestion) -> tuple[int, int] | None:
    """Year and month, from 0, of the day by which a need is to be covered; None for no test.

    Raises:
        QuestionError: both a day and months were given, or the day is before that of the question.
    """
    from detente.register.country_words import QuestionError

    year, month = int(question.on[:4]), int(question.on[5:7]) - 1
    if question.by:
        if question.within is not None:
            raise QuestionError("write --by or --within, and not both", "by")
        # A month or a year may be told, so only as much of the day is compared.
        if question.by < question.on[: len(question.by)]:
            raise QuestionError(
                f"{question.by} is before {question.on}, from which is counted", "by"
            )
        return int(question.by[:4]), int(question.by[5:7]) - 1
    if question.within is None:
        return None
    return divmod(year * MONTHS + month + question.within, MONTHS)


def countries_cut(register: Register, text: str, *, once: bool = True) -> tuple[str, ...]:
    """The codes of countries named with commas between, each once unless every word counts.

    Raises:
        QuestionError: one of them is not a country; the message offers near ones.
    """
    from detente.register.country_words import QuestionError, country_of

    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise QuestionError(f"no country before or after a comma in {text!r}: write CN,MM", "cut")
    try:
        found = [country_of(register, word) for word in words]
    except QuestionError as error:
        raise QuestionError(str(error), "cut") from None
    return tuple(dict.fromkeys(found)) if once else tuple(found)


def chosen_stages(tables: Minerals, mineral: Mineral, stage: str) -> list[Stage]:
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
