"""The public face of the package: a function for each question. Written by a tool."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, overload

from detente._version import __version__ as __version__
from detente.questions.result import Result as Result
from detente.questions.tables import audit as audit
from detente.questions.tables import batch as batch
from detente.questions.tables import owners as owners
from detente.questions.tables import panel as panel
from detente.register.book import Register as Register
from detente.transaction.assessment import Assessment
from detente.transaction.shipment import Shipment as Shipment

Day = str | date
Word = str | int | float | Decimal
Words = Word | Iterable[Word] | Mapping[str, Word | bool]

def duty(
    code: Word,
    *,
    origin: Word,
    to: Word = "US",
    value: Word | None = None,
    quantity: Words | None = None,
    fact: Words | None = None,
    base: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """The duty on one line of an entry on a given day, with the working."""

def history(
    code: Word,
    *,
    origin: Words,
    to: Word = "US",
    from_date: Day | None = None,
    to_date: Day | None = None,
    value: Word | None = None,
    quantity: Words | None = None,
    fact: Words | None = None,
    base: Word | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """The duty on a line over time: each change with the act behind it, and origins compared."""

def entry(
    file: Word | None = None,
    *,
    lines: Words | None = None,
    entry_number: Word | None = None,
    entry_type: Word | None = None,
    entry_date: Day | None = None,
    import_date: Day | None = None,
    it_date: Day | None = None,
    withdrawal_date: Day | None = None,
    mode: Word | None = None,
    port: Word | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """What a whole entry owes, to the cent: duty by line, fees, taxes and possible orders."""

def agree(
    file: Word | None = None,
    *,
    rates: Words | None = None,
    causes: Word | None = None,
    tolerance: Word | None = None,
    percent: bool = False,
    facts: Words | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Someone else's rates against ours: where they agree, where they do not, and why."""

def check(
    file: Word | None = None,
    *,
    row: Words | None = None,
    column: Words | None = None,
    ahead: int | None = None,
    origins: Word | None = None,
    facts: Words | None = None,
    dates: Word | None = None,
    encoding: Word | None = None,
    sheet: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """A file of goods or partners: duty, timing, other origins, lists, controlled items."""

def average(
    *,
    origin: Word,
    to: Word = "US",
    from_date: Day | None = None,
    to_date: Day | None = None,
    weights: Word | None = None,
    fact: Words | None = None,
    band: Word | None = None,
    base: Word | None = None,
    layer: Word | None = None,
    every: Word | None = None,
    by: Word | None = None,
    both: bool = False,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """The weighted average duty on a country's goods, at every change."""

def compare(
    base: Word,
    scenario: Word,
    *,
    reading: Word | None = None,
    code: Word | None = None,
    basket: Word | None = None,
    average: bool = False,
    equilibrium: bool = False,
    origin: Word = "CN",
    to: Word = "US",
    value: Word | None = None,
    quantity: Words | None = None,
    fact: Words | None = None,
    base_rate: Word | None = None,
    data: Word = "cp2015",
    weights: Word | None = None,
    on: Day | None = None,
    from_date: Day | None = None,
    to_date: Day | None = None,
    known_on: Day | None = None,
    register: Word | None = None,
) -> Result:
    """The law against a scenario, or one scenario against another, row by row."""

def status(
    *,
    by: Word | None = None,
    kind: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Where every measure stands on a given day."""

def measure(
    id: Word,
    *,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """One record: where it stands, and its provisions over time."""

def timeline(
    *,
    from_date: Day | None = None,
    to_date: Day | None = None,
    by: Word | None = None,
    kind: Word | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Announcements in order, and what each one did."""

def upcoming(
    *,
    days: int | None = None,
    by: Word | None = None,
    kind: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Changes ahead: scheduled steps, and suspensions that run out."""

def diff(
    *,
    from_date: Day,
    to_date: Day,
    by: Word | None = None,
    kind: Word | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """What changed in the law between two days, provision by provision."""

def truce(
    *,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """The instruments of the truce: status, last day, and what returns."""

def claims(
    *,
    by: Word | None = None,
    speaker: Word | None = None,
    from_date: Day | None = None,
    to_date: Day | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Public claims, who made them, and what the register says."""

def coverage(
    *,
    edition: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Every heading of chapter 99 of an edition: modelled, listed as not modelled, or neither."""

def supply(
    mineral: Word | None = None,
    *,
    stage: Word | None = None,
    cut: Word = "CN",
    year: Word | None = None,
    need: Word | None = None,
    delay: int = 0,
    success: Word = "1",
    ramp: int = 0,
    within: int | None = None,
    by: Day | None = None,
    route: bool = False,
    place: Word | None = None,
    controls: bool = False,
    to: Word = "US",
    known_on: Day | None = None,
    on: Day | None = None,
) -> Result:
    """Who makes what part of a mineral, and what is left."""

def licence(
    *,
    from_: Word,
    to: Word | None = None,
    item: Word | None = None,
    code: Word | None = None,
    param: Words | None = None,
    end_user: Word | None = None,
    end_use: Words | None = None,
    made_in: Word | None = None,
    content: Words | None = None,
    exporter: Word | None = None,
    transfer: Word | None = None,
    deemed_to: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Whether a transaction needs a licence, provision by provision."""

def items(
    words: Words,
    *,
    limit: int | None = None,
    register: Word | None = None,
) -> Result:
    """Find controlled items of both countries by number, words or tariff code."""

def screen(
    name: Words | None = None,
    *,
    country: Word | None = None,
    address: Word | None = None,
    top: int | None = None,
    on: Day | None = None,
    reading: Word | None = None,
) -> Result:
    """Which listed parties a name may be, and why."""

def party(
    party: Word,
    *,
    on: Day | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """One listed party: every list it stands on, since when, and what follows."""

def listings(
    list: Words | None = None,
    *,
    country: Word | None = None,
    companies: bool = False,
    on: Day | None = None,
) -> Result:
    """How many parties each list added, by year."""

def scoreboard(
    *,
    all: bool = False,
) -> Result:
    """Published estimates against ours, with the gap and its cause."""

def search(
    words: Words,
    *,
    on: Day | None = None,
    limit: int | None = None,
    to: Word | None = None,
) -> Result:
    """Find tariff codes in plain words, or by their first digits."""

def goods(
    code: Word,
    *,
    on: Day | None = None,
    to: Word | None = None,
) -> Result:
    """One line of the tariff schedule on a day."""

def browse(
    code: Word | None = None,
    *,
    on: Day | None = None,
) -> Result:
    """The tariff schedule by section, chapter and heading."""

@overload
def assess(
    shipment: Shipment | Mapping[str, Any],
    register: Register | None = None,
    *,
    on: Day | None = None,
    known_on: Day | None = None,
) -> Assessment: ...
@overload
def assess(
    file: Word | None = None,
    *,
    code: Word | None = None,
    item: Word | None = None,
    origin: Word | None = None,
    from_: Word | None = None,
    to: Word | None = None,
    value: Word | None = None,
    quantity: Words | None = None,
    party: Words | None = None,
    fact: Words | None = None,
    param: Words | None = None,
    content: Words | None = None,
    end_use: Word | None = None,
    base: Word | None = None,
    transfer: Word | None = None,
    deemed_to: Word | None = None,
    stated_by: Word | None = None,
    on: Day | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """A whole transaction: duty, parties, licences and a verdict."""

def feed(
    *,
    by: Word | None = None,
    kind: Word | None = None,
    known_on: Day | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Announcements as an Atom feed with permanent ids."""

def verify(
    memo: Word,
    *,
    ledger: Word | None = None,
    scenario: Word | None = None,
    reading: Word | None = None,
    register: Word | None = None,
) -> Result:
    """Whether a memo is unchanged since it was written."""
