"""A small valid register that tests write to a folder, and lay other files over.

It has one acting side, the ordinary duty, one additional duty of 10% on goods of China that a
list names, and every common file. ``FILES`` is the whole of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from detente.applicability.scope import narrow
from detente.applicability.stack import AsOf, Stack, Term, resolve
from detente.duty.amounts import Amounts, ColumnRates, amounts
from detente.duty.question import DutyQuestion, check
from detente.register.book import Register
from detente.register.load.measure import read_measure
from detente.register.load.yaml_reader import parse_yaml
from detente.register.model import Measure

PLACES = """\
countries:
  CN: China
  HK: Hong Kong
  JP: Japan
  US: United States
sets:
  china: {countries: [CN]}
  china-hk: {countries: [CN, HK]}
  everywhere: {everywhere: true}
zones: {US: America/New_York, CN: Asia/Shanghai}
"""

FACTS = """\
facts:
  auto_part: {type: bool, default: false, ask: "Is it a part of a passenger vehicle?"}
  exported_on: {type: date, default: unknown, raised: never, ask: "When was it exported?"}
  us_content: {type: share, default: "0", raised: never, ask: "Which share is of US origin?"}
  steel_value: {type: money_or_share, default: unknown, unknown_means: value, ask: "How much?"}
  other_value: {type: money_or_share, default: unknown, unknown_means: value, ask: "How much?"}
  use: {type: word, words: [civil, military], default: civil, ask: "What is it used for?"}
  melted_in: {type: country, default: unknown, raised: never, ask: "Where was it melted?"}
  bandwidth: {type: number, default: unknown, ask: "Which bandwidth does it have?"}
  quota: {type: word, words: [in, over], default: unknown, ask: "Is it in the quota?"}
  price_certificate: {type: bool, default: false, ask: "Is there a certificate of the price?"}
bases:
  steel: {fact: steel_value}
  not_steel: {fact: steel_value, rest: true}
  other: {fact: other_value}
  us_part: {fact: us_content}
  not_us_part: {fact: us_content, rest: true}
"""

FAMILIES = """\
- {id: "301", title: "Section 301"}
- {id: "232", title: "Section 232"}
- {id: base, title: "Ordinary duty"}
"""

SOURCES = """\
order-1: {citation: "Order 1", title: "First order"}
order-2: {citation: "Order 2", title: "Second order"}
order-3: {citation: "Order 3", title: "Third order"}
schedule: {citation: "Schedule", title: "Tariff schedule"}
"""

GAPS = """\
- {id: fees, what: "Fees", why: "They depend on the entry", in_answers: "Fees are not included."}
"""

BASKET = "code\torigin\tfacts\twhat\n8507.60.00\tCN\t\tBatteries\n"

AREA = """\
reviewed_through: 2026-10-10
rates: {edition: hts_2026_rev_10, through: 2026-10-10}
note: "As read to 10 October 2026."
"""

LIST = """\
# title: the small list
# source: order-1
# place: annex 1
code	from	until	announced	except
8507	2025-01-01
85076000	2025-06-01			1
"""

ORDINARY = """\
id: us-mfn
title: Ordinary duty
by: US
family: base
authority: [schedule]
places: everywhere
provisions:
  - {id: main, title: "Column 1"}
events:
  - announced: 2017-01-01
    source: schedule
    periods: [{provision: main, from: 2017-01-01, column: general}]
verified: {day: 2026-10-10, grade: primary}
"""

DUTY = """\
id: us-duty
title: A duty of ten
by: US
family: "301"
authority: [order-1]
places: china
provisions:
  - {id: main, heading: "9903.99.01", goods: small-list}
events:
  - {announced: 2025-02-01, source: order-1,
     periods: [{provision: main, from: 2025-02-04, add: "10%"}]}
verified: {day: 2026-10-10, grade: primary}
"""

INDEXES = """\
indexes:
  orders: {title: "Orders", listed: {us/tariff: 2026-10-10}}
topics:
  duties: {title: "Duties", areas: [us/tariff]}
  elsewhere: {title: "Other duties", areas: [us/other]}
  talk: {title: "Talk", areas: [], why: "It changes nothing"}
restated:
  edition-1: {day: 2025-06-01, what: "The schedule of that day"}
"""

COLUMNS = "id published effective title citation address topic effect touches reader day grade"
DOCUMENTS = (
    "\t".join(COLUMNS.split())
    + "\n2025-00001\t2025-02-03\t\tFirst order\t\t\tduties\tsource: order-1\t\ta reader"
    + "\t2026-10-10\tprimary\n"
)

READ: Mapping[str, str] = {
    "read/_sources.yaml": INDEXES,
    "read/orders.tsv": DOCUMENTS,
    "us/tariff/_area.yaml": 'note: "As read."\n',
    "us/other/_area.yaml": 'reviewed_through: 2026-10-10\nnote: "As read."\n',
}
"""What a register adds that computes how far it was read."""

FILES: Mapping[str, str] = {
    "places.yaml": PLACES,
    "entry-facts.yaml": FACTS,
    "families.yaml": FAMILIES,
    "sources.yaml": SOURCES,
    "yields.yaml": "[]\n",
    "not-modelled.yaml": GAPS,
    "basket.tsv": BASKET,
    "lists/small-list.tsv": LIST,
    "us/tariff/_area.yaml": AREA,
    "us/tariff/mfn.yaml": ORDINARY,
    "us/tariff/duty.yaml": DUTY,
}


def write_register(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the small register under ``folder`` with some files replaced, added or left out.

    Args:
        folder: an empty folder; the register is written to ``register`` inside it.
        files: contents by path; None leaves a file out.
    """
    root = folder / "register"
    for name, content in {**FILES, **(files or {})}.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def small_register(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Register:
    """The small register, compiled, with some files replaced, added or left out."""
    return Register.load(write_register(folder, files))


def record(text: str, area: str = "us/tariff", zone: str = "America/New_York") -> Measure:
    """A record alone, from its text; the names in it are not looked up."""
    return read_measure(parse_yaml(text.encode(), "record.yaml"), area, zone)


class Reckoned(NamedTuple):
    """What the engine finds for an entry, without the schedule of goods."""

    stack: Stack
    amounts: Amounts

    def term(self, measure: str) -> Term | None:
        """The term of a measure, None where it does not apply."""
        found = [term for term in self.stack.terms if term.measure.id == measure]
        return found[0] if found else None


def reckon(
    register: Register,
    asked: DutyQuestion,
    general: str = "2.5%",
    flipped: object | None = None,
) -> Reckoned:
    """The stack and the amounts of a question, with a column 1 rate of one's own.

    Args:
        register: the register asked.
        asked: the question; its code need not stand in any schedule.
        general: the column 1 rate of the line.
        flipped: a doubt to take the other way.
    """
    question = check(register, asked)
    code = asked.code.replace(".", "")
    scope = narrow(register, code, question.origin, question.destination)
    as_of = AsOf(question.minute, question.known_on, question.facts, flipped)
    stack = resolve(scope, as_of)
    rates = ColumnRates(general, general, "")
    return Reckoned(
        stack, amounts(stack, rates, question.entry_value, question.facts, register.bases)
    )
