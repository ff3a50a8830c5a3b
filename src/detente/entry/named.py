"""What lines may owe beside duty and the general fees: taxes, fees of commodities, remedies.

No amount of these is held. They are named for the lines they touch, and counted where the filer
gives the amount; a line that is silent leaves its total open, and never adds a zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import dollars, fraction
from detente.core.figures import money
from detente.duty.question import QuestionError
from detente.duty.rates.amount import round_half_up
from detente.entry.duties import AssessedLine

if TYPE_CHECKING:
    from detente.answers.entry import EntryFees, NamedAmount, NamedFees, PossibleOrder
    from detente.entry.tables import EntryType, FeeTables, Order, UnheldTax

TAX, NONE = "tax", "none"
COTTON, OTHER = "cotton_fee", "other_fees"
DOCUMENT = "https://www.federalregister.gov/d/{}"
PAGE = "https://www.federalregister.gov/citation/{}"


def named_rows(known: FeeTables, key: str, lines: Sequence[AssessedLine]) -> list[NamedAmount]:
    """What lines owe, or may owe, of a tax or of fees: amounts as the filer gives them.

    Args:
        known: the tables.
        key: ``tax, cotton_fee`` or ``other_fees``.
        lines: the lines of the entry.

    Raises:
        FactError: an amount that is given cannot be read.
    """
    rows = []
    for each in lines:
        touched = [row for row in known.named_for(each.digits) if row.key == key]
        amount = each.line.filed.get(key)
        if amount is None and not touched:
            continue
        cents = None if amount is None else dollars(amount, f"line {each.line.id}, {key}")
        rows.append(_named(each, touched, cents))
    return rows


def _named(each: AssessedLine, touched: list[UnheldTax], cents: int | None) -> NamedAmount:
    certain = any(row.certain == "due" for row in touched)
    names = "; ".join(dict.fromkeys(row.name for row in touched)) or "as the filer gives it"
    base = "; ".join(dict.fromkeys(row.base for row in touched))
    why = "as the filer gives it"
    if cents is None:
        why = f"{'due' if certain else 'may be due'} {base}: the amount is not held, give it"
    return {
        "line": each.line.id,
        "class": "; ".join(dict.fromkeys(row.code for row in touched if row.code)) or None,
        "name": names,
        "due": "yes" if certain or cents else "may_be" if cents is None else "no",
        "amount": money(cents),
        "why": why,
        "source": "; ".join(dict.fromkeys(row.source for row in touched)) or None,
    }


def named_fees(owed: EntryFees) -> list[NamedFees]:
    """The fees of commodities that some line owes, or may owe."""
    return [each for each in (owed["cotton_fee"], owed["other_fees"]) if each is not None]


def sum_of(rows: Sequence[NamedAmount]) -> int | None:
    """Cents of rows together; None where one of them is not known."""
    return sum_cents([row["amount"] for row in rows], "amount")


def sum_cents(amounts: Sequence[str | None], what: str) -> int | None:
    """Cents of amounts together; None where one of them is not known."""
    cents = [None if amount is None else dollars(amount, what) for amount in amounts]
    known = [each for each in cents if each is not None]
    return sum(known) if len(known) == len(cents) else None


def remedies(
    known: FeeTables, kind: EntryType, declared: bool, lines: Sequence[AssessedLine]
) -> list[PossibleOrder]:
    """Antidumping and countervailing orders: those that lines may fall under, and those answered.

    Args:
        known: the tables.
        kind: the type of entry; one may declare that there are none.
        declared: whether the filer gave the type.
        lines: the lines of the entry.

    Raises:
        ValueError: a case, a rate or a deposit cannot be read.
    """
    return [row for each in lines for row in _of_line(known, kind, declared, each)]


def _of_line(
    known: FeeTables, kind: EntryType, declared: bool, each: AssessedLine
) -> Iterator[PossibleOrder]:
    origin = each.line.origin.strip().upper()
    if each.answer is not None:
        origin = each.answer["question"]["origin"]
    possible = {order.case: order for order in known.orders_for(each.digits, origin)}
    answers = _answers(each)
    if answers is None:
        state = "not_declared" if declared and kind.remedies == "no" else "possible"
        for order in possible.values():
            yield _row(each, order.case, order, state)
        return
    for case, (rate, cents) in answers.items():
        yield _row(each, case, known.orders.get(case), "subject", rate, cents)
    for order in possible.values():
        if order.case not in answers:
            yield _row(each, order.case, order, "not_subject", None, 0)


def _answers(each: AssessedLine) -> dict[str, tuple[str, int | None]] | None:
    """Cases that the filer names, each with its rate and cents; None where nothing is said."""
    text = each.line.filed.get("adcvd")
    if text is None:
        if {"adcvd_rate", "adcvd_deposit"} & set(each.line.filed):
            raise QuestionError(f"line {each.line.id}, name the case of the rate under adcvd")
        return None
    if text.strip().lower() in (NONE, "no", "false", "0"):
        # No case is an answer too, which None would leave open.
        return {}
    cases = [_case(part) for part in text.split(";") if part.strip()]
    rates = _parts(each, "adcvd_rate", len(cases))
    deposits = _parts(each, "adcvd_deposit", len(cases))
    found: dict[str, tuple[str, int | None]] = {}
    for case, rate, deposit in zip(cases, rates, deposits, strict=True):
        what = f"line {each.line.id}, the rate of {case}"
        cents = round_half_up(_rate(rate, what) * each.value * 100) if rate else None
        # Dollars that are declared stand over what the rate would come to.
        if deposit:
            cents = dollars(deposit, f"line {each.line.id}, the deposit of {case}")
        found[case] = (rate, cents)
    return found


def _rate(text: str, what: str) -> Fraction:
    share = fraction(text, what)
    # 33.95 without its sign would be read as thirty-four times the value.
    if share > 1 and not text.endswith("%"):
        raise QuestionError(f"{what} is {text}: write a percentage with its sign, such as 33.95%")
    return share


def _case(text: str) -> str:
    """A case number as orders have it: A-570-979 of A570979000."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    if len(plain) < 7 or plain[0] not in "AC" or not plain[1:7].isdigit():
        raise QuestionError(f"{text.strip()!r} is not a case: write one such as A-570-979, or none")
    return f"{plain[0]}-{plain[1:4]}-{plain[4:7]}"


def _parts(each: AssessedLine, key: str, count: int) -> list[str]:
    text = each.line.filed.get(key, "")
    parts = [part.strip() for part in text.split(";")] if text else [""] * count
    if len(parts) != count:
        raise QuestionError(
            f"line {each.line.id}, {len(parts)} of {key} for {count} cases: one for each, "
            "between semicolons"
        )
    return parts


def _row(
    each: AssessedLine,
    case: str,
    order: Order | None,
    state: str,
    rate: str | None = None,
    cents: int | None = None,
) -> PossibleOrder:
    return {
        "line": each.line.id,
        "case": case,
        "kind": {"A": "AD", "C": "CVD"}[case[0]],
        "product": None if order is None else order.product,
        "origin": each.line.origin.strip().upper() if order is None else order.origin,
        "state": state,
        "why": _why(each, order, state),
        "ordered_on": None if order is None else order.ordered or None,
        "ordered_url": None if order is None else _link(order.ordered_in),
        "ordered_grade": None if order is None else order.days_grade or None,
        "continued_on": None if order is None else order.continued or None,
        "continued_url": None if order is None else _link(order.continued_in),
        "revoked_on": None,
        "read": None if order is None else order.read or None,
        "listed_in": None if order is None else order.listed_in,
        "url": None if order is None else _link(order.scope_in or order.listed_in),
        "rate": rate or None,
        "deposit": money(cents),
    }


def _link(document: str) -> str | None:
    """Where a notice can be read, by its number or its page; None where none is held."""
    if not document:
        return None
    by_page = " FR " in document
    return PAGE.format(document.replace(" ", "-")) if by_page else DOCUMENT.format(document)


def _why(each: AssessedLine, order: Order | None, state: str) -> str:
    if state == "subject":
        words = "as the filer says"
        return words if order is not None else f"{words}; the order is not among those held"
    assert order is not None
    how = "a code of its scope" if order.codes_as == "listed" else "a subheading of its scope"
    fits = f"{each.line.code} fits {how}; the words of the scope decide, not the code"
    if state == "not_subject":
        return f"{fits}: not subject, as the filer says"
    if state == "not_declared":
        return f"{fits}; the entry is filed under a type that declares no such duty"
    return f"{fits}: answer with the case and its deposit rate, or none"
