"""Fees of the entry as a whole: merchandise processing with its bounds, harbor maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from detente._numbers import exact
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import dollars
from detente.core.figures import money, percent
from detente.duty.question import QuestionError
from detente.duty.rates.amount import round_half_up
from detente.entry.duties import CHAPTER_98, PART, AssessedLine
from detente.entry.tables import Exemption, FeeTables

if TYPE_CHECKING:
    from detente.answers.entry import Fee, HarborFee, ProcessingFee
    from detente.entry.tables import EntryType, Mode, Rate

MPF, HMF, INFORMAL = "mpf", "hmf", "mpf_informal"
TO_CONFIRM, WAIVED = "asked", "hmf_waived"


class LineFee(NamedTuple):
    """What a fee does to one line.

    Attributes:
        base: dollars that it falls on; 0 where the line is exempt.
        cents: rate times base, to the cent.
        exempt: why nothing, or only a part, is charged; "" where all is.
        to_confirm: whether the filer must confirm that.
        source, grade: of the exemption.
        full: dollars that it falls on without the exemption.
    """

    base: int
    cents: int
    exempt: str = ""
    to_confirm: bool = False
    source: str = ""
    grade: str = ""
    full: int = 0


def mpf_of_lines(known: FeeTables, lines: Sequence[AssessedLine]) -> list[LineFee]:
    """The merchandise processing fee of each line, before the bounds of the entry.

    Raises:
        QuestionError: what is said of an exemption is neither true nor false.
    """
    rate = exact(known.rates[MPF].rate)
    return [_of_line(known, each, rate) for each in lines]


def _of_line(known: FeeTables, each: AssessedLine, rate: Fraction) -> LineFee:
    stated = each.line.filed.get("mpf_exempt", "").lower()
    if stated not in ("", "true", "false"):
        raise QuestionError(f"line {each.line.id}, mpf_exempt is true or false, not {stated!r}")
    full = LineFee(each.value, round_half_up(rate * each.value * 100), full=each.value)
    if stated == "false":
        return full
    if stated == "true":
        return LineFee(0, 0, "exempt, as the filer says", full=each.value)
    found = _exemption(known, each)
    if found is None:
        return full
    base = _base(each, found.effect) if found.effect not in ("", TO_CONFIRM) else 0
    return LineFee(
        base, round_half_up(rate * base * 100), found.words, found.effect == TO_CONFIRM,
        found.source, found.grade, each.value,
    )  # fmt: skip


def _exemption(known: FeeTables, each: AssessedLine) -> Exemption | None:
    """The exemption that fits a line: a certain one before one that must be confirmed."""
    origin = each.line.origin.strip().upper()
    if each.answer is not None:
        origin = each.answer["question"]["origin"]
    claims = {f"{key}={value}" for key, value in each.facts.items()}
    provision = each.facts.get(CHAPTER_98, "")
    if each.digits.startswith("98") and not provision:
        provision = f"{each.digits[:4]}.{each.digits[4:6]}.{each.digits[6:8]}"
    keys = {
        "fact": claims,
        "origin": {origin},
        "chapter98": {provision} if provision not in ("", "none") else set(),
        "status": {each.deciding.status},
    }
    fits = [row for row in known.exemptions if row.fee == MPF and row.key in keys[row.kind]]
    # A provision of chapter 98 without a row of its own stands under the one for all others.
    if not fits and keys["chapter98"]:
        fits = [row for row in known.exemptions if row.kind == "chapter98" and row.key == "other"]
    return min(fits, key=lambda row: row.effect == TO_CONFIRM, default=None)


def _base(each: AssessedLine, fact: str) -> int:
    """The part of the value that is charged; the whole where the filer does not say."""
    text = each.facts.get(fact)
    return each.value if text is None else min(each.value, dollars(text, PART) // 100)


def mpf(known: FeeTables, kind: EntryType, day: str, charged: Sequence[LineFee]) -> ProcessingFee:
    """The merchandise processing fee of the entry.

    Args:
        known: the tables.
        kind: the type of entry.
        day: the day of entry, whose fiscal year has the bounds.
        charged: what each line adds.
    """
    rate = known.rates[INFORMAL if kind.kind == "informal" else MPF]
    bounds = known.bounds_on(day)
    raw = sum(each.cents for each in charged)
    answer: ProcessingFee = {
        **_row(rate),
        "min": None,
        "max": None,
        "if_not_exempt": None,
        "fiscal_year": None,
    }
    answer["raw"] = money(raw)
    if bounds is None:
        answer["why"] = f"the amounts of the fiscal year of {day} are not held"
        return answer
    answer["min"], answer["max"] = bounds.least, bounds.most
    answer["fiscal_year"], answer["grade"] = bounds.year, bounds.grade
    answer["source"] = f"{rate.source}; {bounds.source}"
    informal = kind.kind == "informal"
    if informal:
        answer["raw"] = bounds.informal
        answer["min"] = answer["max"] = answer["rate"] = None
    owed, why = _bounded(raw, bounds.least, bounds.most)
    if informal:
        owed, why = dollars(bounds.informal, "the fee"), "one amount an informal entry"
    if not any(each.base for each in charged):
        owed, why = 0, "every line is exempt"
    answer["amount"], answer["why"] = money(owed), why
    if any(each.to_confirm for each in charged):
        whole = sum(
            round_half_up(exact(known.rates[MPF].rate) * each.full * 100)
            if each.to_confirm
            else each.cents
            for each in charged
        )
        other = dollars(bounds.informal, "the fee")
        answer["if_not_exempt"] = money(
            other if informal else _bounded(whole, bounds.least, bounds.most)[0]
        )
    return answer


def _bounded(raw: int, least: str, most: str) -> tuple[int, str]:
    lowest, highest = dollars(least, "the minimum"), dollars(most, "the maximum")
    if raw < lowest:
        return lowest, "the minimum of an entry"
    if raw > highest:
        return highest, "the maximum of an entry"
    return raw, "the sum of the lines"


def hmf(
    known: FeeTables, kind: EntryType, mode: Mode | None, lines: Sequence[AssessedLine]
) -> tuple[HarborFee, list[int]]:
    """The harbor maintenance fee of the entry, and the cents of each line."""
    rate = known.rates[HMF]
    none = [0] * len(lines)
    elsewhere = known.rates.get(f"{HMF}_{kind.kind}")
    if elsewhere is not None:
        return _harbor(elsewhere, "0.00", elsewhere.note), none
    if mode is None or mode.hmf == TO_CONFIRM:
        stated = "the mode of transport is not given" if mode is None else f"{mode.name}: ask"
        return _harbor(rate, None, stated), none
    if mode.hmf == "no":
        return _harbor(rate, "0.00", f"arrived {mode.name}"), none
    share = exact(rate.rate)
    cents = [round_half_up(share * each.value * 100) for each in lines]
    why = f"{percent(rate.rate)} of the entered value, which arrived {mode.name}"
    return _harbor(rate, money(sum(cents)), why), cents


def _harbor(rate: Rate, amount: str | None, why: str) -> HarborFee:
    row: HarborFee = {**_row(rate)}
    row["raw"], row["amount"], row["why"] = amount, amount, why
    return row


def waived(known: FeeTables, row: HarborFee, others: int | None) -> HarborFee:
    """The harbor fee, or nothing where it is small and all that the entry owes."""
    limit = known.rates[WAIVED]
    amount = row["amount"]
    small = amount is not None and 0 < dollars(amount, HMF) <= dollars(limit.rate, HMF)
    if small and others == 0:
        return {**row, "amount": "0.00", "why": limit.note, "source": limit.source}
    return row


def _row(rate: Rate) -> Fee:
    """A fee without its amount."""
    return {
        "class": rate.code,
        "name": rate.name,
        "rate": rate.rate or None,
        "source": rate.source,
        "grade": rate.grade,
        "raw": None,
        "amount": None,
        "why": "",
    }
