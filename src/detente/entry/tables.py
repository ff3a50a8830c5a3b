"""The compiled tables of a whole entry: fees, their bounds and exemptions, types, modes, orders."""

from __future__ import annotations

from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import one_of
from detente.duty.question import QuestionError
from detente.store.files import data_file, open_read_only

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = data_file("entry.sqlite")


class Rate(NamedTuple):
    """A fee: the class code of the entry summary, its rate, and where that is from."""

    fee: str
    code: str
    name: str
    rate: str
    start: str
    until: str
    note: str
    source: str
    grade: str


class FeeLimits(NamedTuple):
    """The merchandise processing fee of a fiscal year: least, most, and of an informal entry.

    Amounts are dollars as text.
    """

    start: str
    until: str
    year: str
    least: str
    most: str
    informal: str
    source: str
    grade: str


class Exemption(NamedTuple):
    """What takes a line out of a fee.

    Attributes:
        fee: the fee.
        kind: ``fact, origin, chapter98, status``: what it hangs on.
        key: ``KEY=VALUE`` of a fact, a country, a provision of chapter 98, a zone status.
        effect: empty where nothing is charged; ``asked`` where the filer must confirm it; the name
            of the fact that gives the part of the value that is charged.
        words, source, grade: why, and where it is from.
    """

    fee: str
    kind: str
    key: str
    effect: str
    words: str
    source: str
    grade: str


class EntryType(NamedTuple):
    """A type of entry.

    Attributes:
        kind: ``entry, quota, informal, zone, withdrawal, deferred``.
        remedies: whether it declares antidumping or countervailing duty: ``yes, no, open``.
    """

    type: str
    name: str
    kind: str
    remedies: str
    source: str
    grade: str


class Mode(NamedTuple):
    """A mode of transport, its codes on the entry summary, and whether the harbor fee is due."""

    mode: str
    codes: str
    hmf: str
    name: str
    source: str
    grade: str


class UnheldTax(NamedTuple):
    """A tax or fee that lines under a prefix may owe, and of which no amount is held."""

    kind: str
    key: str
    code: str
    name: str
    prefix: str
    certain: str
    base: str
    source: str
    grade: str


class ZoneRule(NamedTuple):
    """A measure that takes the rate of the day of entry for goods in privileged foreign status."""

    measure: str
    start: str
    words: str
    source: str
    grade: str


class RateDayRule(NamedTuple):
    """A rule on the day that decides the rates of an entry."""

    rule: str
    words: str
    source: str
    grade: str


class Order(NamedTuple):
    """An antidumping (AD) or countervailing (CVD) order, and the notices that were read of it.

    Days are ISO; "" where none is held. ``…_in`` are numbers of the Federal Register, and
    `days_grade` says how well the day of the order is known: primary, secondary or background.
    """

    case: str
    kind: str
    origin: str
    product: str
    codes_as: str
    listed_in: str
    scope_in: str
    read: str
    ordered: str
    ordered_in: str
    continued: str
    continued_in: str
    days_grade: str


class FeeTables(NamedTuple):
    """Everything but the codes of the orders, which are looked up by line."""

    rates: Mapping[str, Rate]
    bounds: tuple[FeeLimits, ...]
    exemptions: tuple[Exemption, ...]
    types: Mapping[str, EntryType]
    modes: tuple[Mode, ...]
    named: tuple[UnheldTax, ...]
    zone: Mapping[str, ZoneRule]
    deciding: Mapping[str, RateDayRule]
    orders: Mapping[str, Order]
    codes: Mapping[str, tuple[str, ...]]
    sha256: str
    orders_through: str

    def type_of(self, text: str) -> EntryType:
        """The type of entry of a code.

        Raises:
            QuestionError: there is none, or it defers the duty.
        """
        found = self.types.get(text.strip().zfill(2)[:2])
        if found is None:
            hint = one_of(text, [f"{each.type} ({each.name})" for each in self.types.values()])
            raise QuestionError(f"entry type {text!r} is not known: {hint}")
        if found.kind == "deferred":
            raise QuestionError(
                f"entry type {found.type} ({found.name}) deposits no duty: ask for the entry or "
                "the withdrawal for consumption that follows it"
            )
        return found

    def mode_of(self, text: str) -> Mode:
        """The mode of transport of a word or a code.

        Raises:
            QuestionError: there is none.
        """
        word = text.strip().lower()
        for each in self.modes:
            if word == each.mode or word in each.codes.split():
                return each
        hint = one_of(word, [f"{each.mode} ({each.codes})" for each in self.modes])
        raise QuestionError(f"mode {text!r} is not known: {hint}")

    def bounds_on(self, day: str) -> FeeLimits | None:
        """The bounds of an ISO day; None where its fiscal year is not held."""
        return next((each for each in self.bounds if each.start <= day < each.until), None)

    def named_for(self, digits: str) -> list[UnheldTax]:
        """Taxes and fees that a code may owe, each once, the certain one first."""
        found: dict[tuple[str, str], UnheldTax] = {}
        for each in sorted(self.named, key=lambda each: each.certain != "due"):
            if digits.startswith(each.prefix):
                found.setdefault((each.key, each.name), each)
        return list(found.values())

    def orders_for(self, digits: str, origin: str) -> list[Order]:
        """The orders on an origin of which a code of the scope fits the goods."""
        cases = {
            case
            for code, of_code in self.codes.items()
            if digits.startswith(code) or code.startswith(digits)
            for case in of_code
        }
        return [self.orders[case] for case in sorted(cases) if self.orders[case].origin == origin]


@lru_cache(1)
def tables() -> FeeTables:
    """The compiled tables; read once, they are small.

    Raises:
        FileNotFoundError: the compiled file is missing.
    """
    database = open_read_only(FILE)

    def rows(name: str) -> list[tuple[str, ...]]:
        return [row[1:] for row in database.execute(f"SELECT * FROM {name} ORDER BY place")]

    codes: dict[str, list[str]] = {}
    for code, case in rows("order_codes"):
        codes.setdefault(code, []).append(case)
    about = dict(database.execute("SELECT key, value FROM about"))
    found = FeeTables(
        rates={row[0]: Rate(*row) for row in rows("rates")},
        bounds=tuple(FeeLimits(*row) for row in rows("bounds")),
        exemptions=tuple(Exemption(*row) for row in rows("exemptions")),
        types={row[0]: EntryType(*row) for row in rows("types")},
        modes=tuple(Mode(*row) for row in rows("modes")),
        named=tuple(UnheldTax(*row) for row in rows("named")),
        zone={row[0]: ZoneRule(*row) for row in rows("zone")},
        deciding={row[0]: RateDayRule(*row) for row in rows("deciding")},
        orders={row[0]: Order(*row) for row in rows("orders")},
        codes={code: tuple(cases) for code, cases in codes.items()},
        sha256=about["sha256"],
        orders_through=about["orders_through"],
    )
    database.close()
    return found
