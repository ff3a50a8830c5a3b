"""Routes that mirror the commands: the same question as query parameters, the same JSON.

Each row of `MIRRORS` is a command: its parameters in words with an example of each, and how it is
answered. The routes and their part of the OpenAPI document are made from these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from detente._numbers import exact
from detente._shapes import NamedTuple
from detente.api.asking import read_facts
from detente.api.desk import Desk
from detente.core.clock import day_text, named_day
from detente.register.events import Query, read_query
from detente.register.model import KINDS
from detente.transaction.recorded import Recorded, of_answer, of_screening

Given = Mapping[str, list[str]]
Answer = Callable[[Desk, Given], dict[str, Any]]


class Parameter(NamedTuple):
    """A query parameter: its name, meaning and example.

    ``needed`` ones must stand, ``many`` may stand more than once; those ``apart`` are no part of
    the sample question, since they exclude another one.
    """

    name: str
    text: str
    example: str
    needed: bool = False
    many: bool = False
    apart: bool = False


class Mirror(NamedTuple):
    """A command as a route.

    Attributes:
        name: the command, and the last step of the address.
        summary: what it answers, in a sentence.
        parameters: what may be asked.
        answer: gives the answer from the parameters that were given.
        recorded: makes an entry of the ledger of it, where such answers are recorded.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Answer
    recorded: Callable[[Desk, Given, dict[str, Any]], Recorded] | None = None

    def sample(self) -> list[tuple[str, str]]:
        """A question with every parameter that can stand beside the others."""
        return [(each.name, each.example) for each in self.parameters if not each.apart]


ON = Parameter("on", "The day, or an instant with its offset; today where left out.", "2025-11-12")
LISTS_ON = Parameter("on", "Lists as of this day; the newest where left out.", "2026-08-01")
KNOWN_ON = Parameter("known_on", "Answer as known at the end of this day.", "2026-10-10")
BY = Parameter("by", "The side that acts: US, CN or both.", "US")
KIND = Parameter("kind", f"Kinds of record, with commas: {', '.join(KINDS)}.", "measure")
READING = Parameter("reading", "law as read, or announced.", "law")
FROM = Parameter("from", "The first day.", "2025-11-09", needed=True)
TO_DATE = Parameter("to_date", "The last day.", "2025-11-10", needed=True)


def one(given: Given, name: str, otherwise: str = "") -> str:
    """The value of a parameter that stands once, or what is meant without it."""
    return given.get(name, [otherwise])[0]


def day_of(given: Given, name: str) -> int | None:
    """The number of a day that was given.

    Raises:
        ValueError: the text is no day.
    """
    text = one(given, name)
    return named_day(text, name) if text else None


def number_of(given: Given, name: str, least: int) -> int | None:
    """A whole number that was given.

    Raises:
        ValueError: it is none, or too small.
    """
    text = one(given, name)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < least:
        raise ValueError(f"{name} {text!r} is no whole number: write {least} or more")
    return int(text)


def _query(desk: Desk, given: Given) -> Query:
    known_on = day_of(given, "known_on")
    return read_query(desk.register, one(given, "by"), one(given, "kind"), known_on)


def _status(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.law_by_day import status

    return status(desk.register, _query(desk, given), one(given, "on", desk.today()))


def _measure(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.law_by_day import one_measure

    on = one(given, "on", desk.today())
    return one_measure(desk.register, one(given, "id"), on, day_of(given, "known_on"))


def _timeline(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.law_by_day import timeline

    first, last = day_of(given, "from"), day_of(given, "to_date")
    if first is not None and last is not None and last < first:
        raise ValueError("to_date lies before from: exchange them")
    return timeline(desk.register, _query(desk, given)._replace(first=first, last=last))


def _upcoming(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.law_by_day import upcoming

    on, days = one(given, "on", desk.today()), number_of(given, "days", 1)
    return upcoming(desk.register, _query(desk, given), on, days)


def _diff(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.law_by_day import difference

    return difference(desk.register, _query(desk, given), one(given, "from"), one(given, "to_date"))


def _truce(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.truce import truce

    return truce(desk.register, day_of(given, "known_on"), one(given, "on", desk.today()))


def _claims(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.compare.claims import claims

    asked = _query(desk, given)
    on = one(given, "on", desk.today())
    return claims(desk.register, desk.schedule, asked.known_on, on, asked.by)


def _coverage(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.register.views.coverage import coverage

    editions = {edition.id: edition for edition in desk.schedule.editions}
    name = one(given, "edition", desk.schedule.editions[-1].id)
    if name not in editions:
        raise ValueError(f"no edition {name!r} is at hand: such as {desk.schedule.editions[-1].id}")
    printed = [each.heading for each in desk.schedule.headings(editions[name])]
    return coverage(desk.register, name, printed)


def _search(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.goods.search import search

    words = one(given, "words")
    limit = number_of(given, "limit", 1) or 20
    hits = search(desk.schedule, words, _date(desk, given), min(limit, 200))
    rows = [{"code": hit.code.digits, "text": hit.text, "path": list(hit.path)} for hit in hits]
    return {"hits": rows}


def _goods(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.goods.answer import goods_line

    return goods_line(desk.schedule, one(given, "code"), _date(desk, given))


def _screen(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.parties.screening.answer import answer_screen
    from detente.parties.screening.store import Screen

    top = number_of(given, "top", 1) or 10
    day = one(given, "on")
    screen = Screen(_date(desk, given).isoformat() if day else None, desk.today())
    names = given.get("name", [])
    if len(names) > NAMES:
        raise ValueError(f"{len(names)} names are too many for an address: send at most {NAMES}")
    country = one(given, "country") or None
    return answer_screen(screen, names, country, top)


def _screened(desk: Desk, given: Given, answer: dict[str, Any]) -> Recorded:
    on = _date(desk, given).isoformat() if one(given, "on") else None
    country = one(given, "country").upper() or None
    return of_screening(given.get("name", []), country, on, answer)


NAMES = 50
"""Names that one address may ask about."""


def _average(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.average.answer import AverageQuestion, answer_average
    from detente.trade.flows import Flows

    start = one(given, "from", desk.today())
    weights = one(given, "weights") or None
    flows = Flows()
    known = [each.name for each in flows.weightings()]
    if weights is not None and weights not in known:
        raise ValueError(f"no weights {weights!r}: write one of {', '.join(known)}")
    asked = AverageQuestion(
        origin=one(given, "origin"),
        start=start,
        last=one(given, "to_date", start),
        destination=one(given, "to", "US"),
        weights=weights,
        facts=read_facts(given.get("fact", [])),
        known_on=one(given, "known_on") or None,
    )
    return answer_average(desk.register, desk.schedule, flows, asked)


def _supply(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.supply.answer import SupplyQuestion, answer_supply
    from detente.supply.tables import Minerals

    return answer_supply(
        desk.register,
        Minerals(),
        SupplyQuestion(
            mineral=one(given, "mineral"),
            on=_date(desk, given).isoformat(),
            stage=one(given, "stage"),
            cut=one(given, "cut", "CN"),
            year=one(given, "year"),
            need=_fraction(given, "need"),
            delay=number_of(given, "delay", 0) or 0,
            success=_share(given, "success"),
            within=number_of(given, "within", 0),
        ),
    )


def _licence(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.core.given import pairs
    from detente.licence.answer import LicenceAsked, answer_licence

    if bool(given.get("item")) == bool(given.get("code")):
        raise ValueError("a question names one of item and code: item=gallium, or code=8112.92.10")
    return answer_licence(
        desk.register,
        LicenceAsked(
            start=one(given, "from"),
            to=one(given, "to"),
            on=one(given, "on", desk.today()),
            item=one(given, "item") or None,
            code=one(given, "code") or None,
            params=pairs(given.get("param", []), "a parameter"),
            end_user=one(given, "end_user"),
            end_use=tuple(given.get("end_use", [])),
            made_in=one(given, "made_in"),
            content=pairs(given.get("content", []), "a content"),
            exporter=one(given, "exporter"),
            known_on=one(given, "known_on") or None,
        ),
    )


def _licensed(desk: Desk, given: Given, answer: dict[str, Any]) -> Recorded:
    return of_answer("licence", answer)


def _compare(desk: Desk, given: Given) -> dict[str, Any]:
    from detente.compare.answer import compare_good
    from detente.duty.question import DutyQuestion

    asked = DutyQuestion(
        code=one(given, "code"),
        origin=one(given, "origin", "CN"),
        on=one(given, "on", desk.today()),
        destination=one(given, "to", "US"),
        value=one(given, "value") or None,
        facts=read_facts(given.get("fact", [])),
    )
    return compare_good(desk.pair(one(given, "base"), one(given, "scenario")), desk.schedule, asked)


def _date(desk: Desk, given: Given) -> date:
    number = named_day(one(given, "on", desk.today()), "on")
    return date.fromisoformat(day_text(number))


def _fraction(given: Given, name: str) -> Fraction | None:
    text = one(given, name)
    if not text:
        return None
    try:
        number = exact(text)
    except ValueError:
        number = None
    if number is None or number < 0:
        raise ValueError(f"{name} {text!r} is no quantity: write a number such as 1200")
    return number


def _share(given: Given, name: str) -> Fraction:
    text = one(given, name, "1")
    found = _fraction({name: [text.removesuffix("%")]}, name)
    assert found is not None
    return found / 100 if text.endswith("%") else found


MIRRORS = (
    Mirror(
        "status", "Where every measure stands on a day.", (ON, KNOWN_ON, BY, KIND, READING), _status
    ),
    Mirror(
        "measure",
        "One record: where it stands, and its limbs over time.",
        (
            Parameter("id", "The record's id.", "us-affiliates-rule", needed=True),
            ON,
            KNOWN_ON,
            READING,
        ),
        _measure,
    ),
    Mirror(
        "timeline",
        "What was announced, in order, and what it did.",
        (FROM._replace(needed=False), TO_DATE._replace(needed=False), BY, KIND, KNOWN_ON, READING),
        _timeline,
    ),
    Mirror(
        "upcoming",
        "What changes next.",
        (ON, Parameter("days", "Look this many days ahead.", "90"), BY, KIND, KNOWN_ON, READING),
        _upcoming,
    ),
    Mirror(
        "diff",
        "What shows differently on two days.",
        (FROM, TO_DATE, BY, KIND, KNOWN_ON, READING),
        _diff,
    ),
    Mirror("truce", "Every instrument of the truce.", (ON, KNOWN_ON, READING), _truce),
    Mirror(
        "claims",
        "What was said, by whom, and what the register answers.",
        (ON, BY, KNOWN_ON, READING),
        _claims,
    ),
    Mirror(
        "coverage",
        "Which headings of chapter 99 are modelled, and which not.",
        (Parameter("edition", "An edition of the schedule.", "hts_2026_rev_10"),),
        _coverage,
    ),
    Mirror(
        "search",
        "Tariff codes by words.",
        (
            Parameter(
                "words",
                "Words of the description, or digits.",
                "lithium-ion batteries",
                needed=True,
            ),
            ON,
            Parameter("limit", "At most this many, up to 200.", "20"),
        ),
        _search,
    ),
    Mirror(
        "goods",
        "One line of the tariff schedule.",
        (Parameter("code", "8 or 10 digits, dots or not.", "8507.60.00.10", needed=True), ON),
        _goods,
    ),
    Mirror(
        "screen",
        "Which listed parties a name may be, and what the lists were read of.",
        (
            Parameter(
                "name",
                "A name; may stand up to 50 times.",
                "Huawei Technologies",
                needed=True,
                many=True,
            ),
            Parameter("country", "ISO country, to narrow.", "CN"),
            Parameter("top", "At most this many hits a name.", "5"),
            LISTS_ON,
        ),
        _screen,
        _screened,
    ),
    Mirror(
        "licence",
        "Whether a transaction needs a licence, limb by limb.",
        (
            Parameter("from", "The country that the goods leave.", "CN", needed=True),
            Parameter("to", "The country that they go to.", "US", needed=True),
            Parameter("item", "A control code or a plain name.", "gallium"),
            Parameter(
                "code",
                "4 to 10 digits of a tariff, where no item is known.",
                "8112.92.10",
                apart=True,
            ),
            Parameter(
                "param", "A parameter of the goods, K=V.", "purity=99.9%", many=True, apart=True
            ),
            Parameter("end_user", "A name, military, or a list such as EL.", "military"),
            Parameter("end_use", "civil, military, …", "military", many=True),
            Parameter("made_in", "Where it was made.", "CN"),
            Parameter(
                "content",
                "Share of the value that is a Chinese item.",
                "gallium=0.2%",
                many=True,
                apart=True,
            ),
            Parameter("exporter", "A general licence may be its.", "Some Exporter"),
            ON,
            KNOWN_ON,
            READING,
        ),
        _licence,
        _licensed,
    ),
    Mirror(
        "compare",
        "The law and a scenario, or two scenarios, put the same question.",
        (
            Parameter("base", "law, announced, or a scenario by name.", "law", needed=True),
            Parameter("scenario", "A scenario by name, or announced.", "threat-100", needed=True),
            Parameter("code", "8 or 10 digits of the tariff.", "8507.60.00.10", needed=True),
            Parameter("origin", "Country of origin.", "CN"),
            Parameter("to", "Country of import.", "US"),
            Parameter("value", "Customs value in dollars.", "10000"),
            Parameter("fact", "A fact, KEY=VALUE.", "auto_part=false", many=True),
            ON,
            READING,
        ),
        _compare,
    ),
    Mirror(
        "average",
        "The average duty on a country's goods, weighted, on every change.",
        (
            Parameter("origin", "Country of origin.", "CN", needed=True),
            Parameter("to", "Country of import.", "US"),
            Parameter("from", "The first day.", "2025-11-09"),
            Parameter("to_date", "The last day.", "2025-11-10"),
            Parameter("weights", "What lines weigh.", "us-imports-2024"),
            Parameter("fact", "A fact of every entry, KEY=VALUE.", "steel_value=25%", many=True),
            KNOWN_ON,
            READING,
        ),
        _average,
    ),
    Mirror(
        "supply",
        "A critical mineral, stage by stage.",
        (
            Parameter("mineral", "A key, name or symbol.", "dysprosium", needed=True),
            Parameter("stage", "One stage alone.", "separation"),
            Parameter("cut", "Without these countries together: codes or names.", "CN"),
            Parameter("year", "Figures of one year alone.", "2024"),
            Parameter("need", "A quantity a year, in the unit of the stage.", "500"),
            Parameter("delay", "Years by which new projects are late.", "1"),
            Parameter("success", "The part of new projects that comes.", "60%"),
            Parameter("within", "Months: is the need covered by then?", "24"),
            ON,
        ),
        _supply,
    ),
)
"""The commands that have a route of their own beside duty, batch and owners."""
