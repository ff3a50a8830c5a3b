"""The duty of each line, asked of the one engine, as the headings of an entry summary."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import dollars, fraction
from detente.core.figures import digits_of, money
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion, QuestionError
from detente.duty.rates.amount import round_half_up
from detente.entry.cells import is_special

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.answers.duty import Duty, Layer
    from detente.answers.entry import FiledHeading
    from detente.applicability.equivalence import Memory
    from detente.entry.deciding import Deciding
    from detente.entry.summary import SummaryLine
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

CHAPTER_98, REMEDY = "chapter98", "us_remedy"
PART, SHARE_OF_VALUE = "money_or_share", ("us_content",)
"""Facts that are parts of the value, which an entry summary files in whole dollars."""


class LineContext(NamedTuple):
    """What every line is asked over."""

    register: Register
    schedule: Schedule
    known_on: str | None
    memory: Memory | None


class SplitPart(NamedTuple):
    """One of two lines on which an article is filed.

    Attributes:
        part: the fact whose part of the value it is, or ``rest``.
        entered_value: whole dollars, as text.
        headings: to file on it.
        duty: dollars, as text.
    """

    part: str
    entered_value: str
    headings: list[FiledHeading]
    duty: str


class AssessedLine(NamedTuple):
    """A line with what it owes.

    Attributes:
        line: as given.
        digits: of its code.
        value: entered value in whole dollars.
        deciding: the day that decided.
        facts: entry facts as they were asked, parts of the value in whole dollars.
        answer: of the question about duty; None where nothing was asked.
        cents: the duty; None where it is not known.
        split: the two lines on which the article is filed; empty where it is filed on one.
    """

    line: SummaryLine
    digits: str
    value: int
    deciding: Deciding
    facts: Mapping[str, str]
    answer: Duty | None
    cents: int | None
    split: Sequence[SplitPart] = ()


def whole_dollars(text: str, what: str) -> int:
    """Whole dollars of an amount; half a dollar and more is a dollar, as the form has it.

    Raises:
        FactError: the text is not such a amount.
    """
    return round_half_up(Fraction(dollars(text, what), 100))


def assess_line(
    over: LineContext, line: SummaryLine, deciding: Deciding, header: Mapping[str, str]
) -> AssessedLine:
    """A line with the duty of its deciding day.

    Raises:
        ValueError: something of the line cannot be read; the message names the line.
    """
    try:
        value = whole_dollars(line.value, "the value")
        facts = _facts(over.register, line, value, header)
        digits = digits_of(line.code)
        if deciding.day is None:
            cents = 0 if not deciding.missing else None
            return AssessedLine(line, digits, value, deciding, facts, None, cents)
        answer = ask(over, line, deciding.day, value, facts)
    except ValueError as error:
        raise QuestionError(f"line {line.id}, {error}", getattr(error, "where", "")) from error
    amount = answer["total"]["amount"]
    cents = None if amount is None else dollars(amount, "the duty")
    return AssessedLine(line, digits, value, deciding, facts, answer, cents)


def ask(
    over: LineContext, line: SummaryLine, day: str, value: int, facts: Mapping[str, str]
) -> Duty:
    """The answer about duty of a line on a day."""
    question = DutyQuestion(
        code=line.code,
        origin=line.origin,
        on=day,
        known_on=over.known_on,
        value=str(value),
        quantities=line.quantities,
        facts=facts,
        base=line.base,
    )
    return answer_duty(over.register, over.schedule, question, over.memory)


def _facts(
    register: Register, line: SummaryLine, value: int, header: Mapping[str, str]
) -> dict[str, str]:
    """Entry facts, with parts of the value in whole dollars and what headings and header say."""
    facts = {}
    for key, text in line.facts.items():
        fact = register.facts.get(key)
        if fact is not None and fact.type == PART:
            text = str(_part(text, value, key))
        elif key in SHARE_OF_VALUE and value:
            whole = round_half_up(fraction(text, key) * value)
            # The exact share of the whole dollars that are filed, which the engine does not round
            # again.
            text = str(Fraction(whole, value))
        facts[key] = text
    if "import_date" in header:
        # What the line states of itself goes before the header.
        facts.setdefault("imported_on", header["import_date"])
    for code in line.stated:
        if digits_of(code).startswith("98"):
            facts.setdefault(CHAPTER_98, _provision(register, code))
    if REMEDY in register.facts:
        # Orders are told of the entry itself, by case and rate, and not asked a second time.
        facts.setdefault(REMEDY, "false")
    return facts


def _part(text: str, value: int, key: str) -> int:
    if text.endswith("%"):
        return round_half_up(fraction(text, key) * value)
    return whole_dollars(text, key)


def _provision(register: Register, code: str) -> str:
    digits = digits_of(code)[:8].ljust(8, "0")
    dotted = f"{digits[:4]}.{digits[4:6]}.{digits[6:]}"
    return dotted if dotted in register.facts[CHAPTER_98].words else "other"


def headings_of(answer: Duty) -> list[FiledHeading]:
    """Each heading to file with its rate, the part of the value it falls on, and its duty."""
    rows: list[FiledHeading] = []
    code = answer["filing"][-1]
    layers: dict[str, list[Layer]] = {}
    for layer in answer["layers"]:
        layers.setdefault(layer["heading"] or code, []).append(layer)
    not_applied = {each["heading"]: each for each in answer["not_applied"] if each["heading"]}
    for heading in [*answer["filing"], *(key for key in layers if key not in answer["filing"])]:
        for layer in layers.pop(heading, []):
            rows.append(
                {
                    "heading": heading,
                    "measure": layer["measure"],
                    "rate": layer["rate"],
                    "value": layer["base"],
                    "duty": layer["amount"],
                    "refundable": layer["refundable"],
                    "part": None,
                    "why": layer["why"],
                }
            )
        if not any(row["heading"] == heading for row in rows):
            reason = not_applied.get(heading)
            why = reason["why"] if reason else "filed without a duty"
            if heading == code:
                why = "the ordinary rate is free"
            rows.append(
                {
                    "heading": heading,
                    "measure": reason["measure"] if reason else None,
                    "rate": "free",
                    "value": None,
                    "duty": money(0),
                    "refundable": False,
                    "part": None,
                    "why": why,
                }
            )
    return rows


def filed_otherwise(line: SummaryLine, answer: Duty) -> list[str]:
    """Headings that the file states and the law does not ask for, and the reverse; as sentences."""
    stated = {digits_of(code)[:8] for code in line.stated if is_special(code)}
    if not stated:
        return []
    wanted = {digits_of(code)[:8]: code for code in answer["filing"][:-1]}
    extra = [code for code in line.stated if digits_of(code)[:8] not in wanted]
    lacking = [code for digits, code in wanted.items() if digits not in stated]
    found = []
    if extra:
        found.append(f"{', '.join(extra)} as filed: not among the headings worked out")
    if lacking:
        found.append(f"{', '.join(lacking)}: worked out, and not among the headings as filed")
    return found
