"""Controls of a form: what each is called, of which kind it is, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import NamedTuple
from detente.api.refusals import Refusal
from detente.api.service import Service
from detente.applicability.entry_facts import COMPONENT
from detente.register.model import EntryFact
from detente.web.frame.page_query import FACT, QUANTITY, PageQuery

DAY = len("2025-11-12")
YES_NO = (("", "not stated"), ("true", "yes"), ("false", "no"))


class FormField(NamedTuple):
    """One control.

    Attributes:
        name: under which the form sends it.
        id: of the control in the page; a label and an error point to it.
        label: what a reader is asked.
        value: what stands in it.
        kind: ``text``, ``date`` or ``choice``.
        hint: how it is written; "" for nothing.
        options: values and words of a choice.
        list: id of the suggestions of a text; "" for none.
        numeric: whether a telephone shows digits to type it.
        error: what is wrong with it; "" for nothing.
    """

    name: str
    id: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    list: str = ""
    numeric: bool = False
    error: str = ""


class QuestionForm(NamedTuple):
    """The form of a question: what is always asked, what is stated of the goods, and the rest."""

    main: tuple[FormField, ...]
    quantities: tuple[FormField, ...]
    stated: tuple[FormField, ...]
    more: tuple[FormField, ...]


def form(service: Service, query: PageQuery, refusal: Refusal | None = None) -> QuestionForm:
    """The form with what was asked, and with what is wrong beside its control."""
    fields = _Fields(query, refusal)
    # Every second part of three: key and value, without the mark between.
    facts = dict(text.partition("=")[::2] for text in query.all("fact"))
    return QuestionForm(
        main=(
            fields.text(
                "code", "Tariff code, or words for it", "8507.60.00.10, or lithium battery"
            ),
            fields.text("origin", "Country of origin", "two letters or the name", list="countries"),
            fields.choice("to", "Country of import", tuple(_destinations(service)), "US"),
            fields.day("on", "Entry day", service.today()),
            fields.text("value", "Customs value in dollars", "10000.00", numeric=True),
        ),
        quantities=tuple(_quantities(query.all("quantity"), fields)),
        stated=tuple(
            fact_field(service, key, text, f"stated-{key}", fields.wrong(f"fact {key}"))
            for key, text in sorted(facts.items())
        ),
        more=(
            fields.day("known_on", "As known at the end of", ""),
            fields.text("base", "Ordinary rate, where the register has none", "8%"),
        ),
    )


class _Fields:
    """Makes the controls of parameters that are given once."""

    def __init__(self, query: PageQuery, refusal: Refusal | None) -> None:
        self._query = query
        self._refusal = refusal

    def wrong(self, *names: str) -> str:
        if self._refusal is not None and self._refusal.where in names:
            return self._refusal.what
        return ""

    def text(
        self, name: str, label: str, hint: str, list: str = "", numeric: bool = False
    ) -> FormField:
        value = self._query.one(name)
        if name == "origin" and not self._query.parameters:
            value = "CN"
        return FormField(
            name,
            f"ask-{name}",
            label,
            value,
            hint=hint,
            list=list,
            numeric=numeric,
            error=self.wrong(name),
        )

    def choice(
        self, name: str, label: str, options: tuple[tuple[str, str], ...], default: str
    ) -> FormField:
        value = self._query.one(name).upper() or default
        return FormField(
            name, f"ask-{name}", label, value, "choice", options=options, error=self.wrong(name)
        )

    def day(self, name: str, label: str, default: str) -> FormField:
        value = self._query.one(name) or default
        # An instant does not fit a calendar's control.
        kind = "date" if len(value) in (0, DAY) else "text"
        return FormField(name, f"ask-{name}", label, value, kind, error=self.wrong(name))


def _quantities(stated: Iterable[str], fields: _Fields) -> Iterable[FormField]:
    """A control for each quantity given, and an empty one where none is."""
    texts = list(stated) or [""]
    for number, text in enumerate(texts, 1):
        label = "Quantity" if number == 1 else f"Quantity, {number}"
        error = fields.wrong("quantity") if number == 1 else ""
        yield FormField(
            "quantity", f"ask-quantity-{number}", label, text, hint="500kg, or 12 doz.", error=error
        )


def _destinations(service: Service) -> list[tuple[str, str]]:
    sides = (name.partition("/") for name in service.register.areas)
    codes = sorted((side.upper() for side, _, kind in sides if kind == "tariff"), reverse=True)
    return [(code, service.register.countries[code]) for code in codes]


def service_facts(service: Service) -> list[tuple[str, str]]:
    """Every entry fact of the register: its key, and what it asks."""
    return [(key, fact.ask) for key, fact in service.register.facts.items()]


def fact_field(service: Service, key: str, value: str, at: str, error: str = "") -> FormField:
    """The control of an entry fact; `at` is its id in the page."""
    fact = service.register.facts.get(key) or _part(key)
    field = FormField(f"{FACT}{key}", at, fact.ask, value, error=error)
    if fact.type == "bool":
        return field._replace(kind="choice", options=YES_NO, value=value.lower())
    if fact.type == "word":
        words = [(word, word) for word in fact.words]
        return field._replace(kind="choice", options=(("", "not stated"), *words))
    if fact.type == "date":
        return field._replace(kind="date")
    if fact.type == "country":
        return field._replace(list="countries", hint="two letters")
    hints = {"share": "50%", "money": "1250.00", "money_or_share": "1250.00, or 50%"}
    return field._replace(hint=hints.get(fact.type, "a number"))


def quantity_field(unit: str, at: str) -> FormField:
    """The control of a quantity in one unit."""
    return FormField(f"{QUANTITY}{unit}", at, f"Quantity in {unit}", numeric=True)


def _part(key: str) -> EntryFact:
    """A fact that the register does not list: the value of a part, or one that was misspelled."""
    if key.startswith(COMPONENT):
        ask = f"What is the value in dollars of the part: {key.removeprefix(COMPONENT)}?"
        return EntryFact(key, "money", None, (), "", ask, (), "named")
    return EntryFact(key, "unknown", None, (), "", key, (), "named")
