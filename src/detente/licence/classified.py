"""What a control list says of the item asked about: its reasons, the chart, sentences, exceptions.

An exception is told with whether it is available: ``true`` or ``false`` where the entry, the
country group and the restrictions on all exceptions settle it, ``null`` where its conditions were
not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING
from detente.controls.facts import compare, ratio
from detente.controls.model import LICENCE
from detente.controls.provisions import counted_as, names
from detente.core.clock import MINUTES, day_text
from detente.register.source_links import link_of

if TYPE_CHECKING:
    from detente.answers.licence import Classified, ExceptionRow, QuotedSentence
    from detente.controls.control_list import (
        ControlList,
        Destination,
        EntryControl,
        Gate,
        Offer,
        OfferRule,
    )
    from detente.controls.law import ControlLaw, ListEntry, SideControls
    from detente.controls.model import (
        FiredProvision,
        LicenceAnswer,
        LicenceQuestion,
        RegimeAnswer,
    )

ORDER_VALUE = "order_value"
"""The entry fact that a limit on the value of an order is held against."""

MISSILE = "MT"
NAMED = "named"
"""In place of the items of an exception: those whose entry or rule names it."""

NOT_READ = "Its conditions were not read."


def classified(law: ControlLaw, question: LicenceQuestion) -> Classified:
    """The reasons for control of the item, and its columns that the chart marks at the destination.

    Both are empty where the item is not a number of a control list that is held.
    """
    described: Classified = {"classification": None, "reasons": [], "reasons_if": [], "chart": {}}
    for regime in law.regimes:
        if regime.entry is None:
            continue
        from detente.controls.listed import LENGTH, lines_on

        control_list, item = regime.entry.control_list, regime.entry.item
        entry = control_list.entry(item[:LENGTH])
        lines = lines_on(control_list, item)
        to = counted_as(law, regime, question)
        row = control_list.destination(to)
        sure = [line for line in lines if not line.words]
        described["reasons"] = list(dict.fromkeys(_column(line) for line in sure))
        described["reasons_if"] = [
            {"reason": _column(line), "if": line.words} for line in lines if line.words
        ]
        marks = row.marks if row else ()
        marked = dict.fromkeys(_column(line) for line in sure if line.column in marks)
        described["chart"] = {to: list(marked)}
        described["classification"] = {
            "by": regime.by,
            "item": item,
            "heading": entry.heading if entry else "",
            "related": entry.related if entry else "",
            "held_as_of": control_list.day,
            "groups": control_list.groups_on(to, _day(regime, question)),
            "groups_read": _day(regime, question) >= control_list.day,
            "group_changes": [
                {
                    "group": each.group,
                    "from": each.start or None,
                    "until": each.until or None,
                    "citation": each.citation,
                }
                for each in control_list.group_changes(to)
            ],
        }
    return described


def _day(regime: SideControls, question: LicenceQuestion) -> str:
    """The day on the wall clock of a side, ISO."""
    return day_text(question.minutes[regime.by] // MINUTES)


def _column(line: EntryControl) -> str:
    """The column of a control, or its reason where it names destinations in words: ``NS2``."""
    return (line.column or line.reason).replace(" ", "")


def quoted(
    law: ControlLaw, question: LicenceQuestion, found: LicenceAnswer
) -> list[QuotedSentence]:
    """A sentence of each rule whose text is in the public domain and in hand, with its address."""
    rows: list[QuotedSentence] = []
    for regime, answer in zip(law.regimes, found.regimes, strict=True):
        measures = {measure.id: measure for measure in regime.measures}
        for rule in answer.rules:
            provision = measures[rule.measure].provision(rule.provision)
            # A control of the list has its printed line for a note.
            quote = provision.control.get("quote") or (
                provision.note if "as_of" in provision.control else ""
            )
            if quote:
                rows.append(_quote(law, str(provision.control["citation"]), str(quote)))
        if regime.entry is not None:
            earlier = _day(regime, question) < regime.entry.control_list.day
            rows += _printed(law, regime.entry, bool(_requiring(answer)), earlier)
    # Rows are mappings, which no set can hold.
    return [row for i, row in enumerate(rows) if row not in rows[:i]]


def _printed(
    law: ControlLaw, entry: ListEntry, asks: bool, earlier: bool
) -> Iterator[QuotedSentence]:
    """The text of the paragraph asked about, and the lines that rules of the register decide.

    Args:
        law: both sides' controls.
        entry: the entry of the item.
        asks: whether a rule asks a licence.
        earlier: whether the day is before that of the list, whose text it then may not be.
    """
    from detente.controls.listed import LENGTH, lines_on

    item, control_list = entry
    as_of = f", as of {control_list.day}" if earlier else ""
    sentence = control_list.texts(item[:LENGTH]).get(item[LENGTH + 1 :])
    if sentence:
        yield _quote(law, f"15 CFR part 774, Supplement No. 1, {item}{as_of}", sentence)
    for line in lines_on(control_list, item) if asks else ():
        if line.ruled:
            citation = f"15 CFR part 774, Supplement No. 1, {item[:LENGTH]}; {line.citation}"
            yield _quote(law, f"{citation}{as_of}", line.text)


def _quote(law: ControlLaw, citation: str, sentence: str) -> QuotedSentence:
    url = link_of(law.register, citation)
    return {"citation": citation, "sentence": sentence, "url": url}


def offers(law: ControlLaw, question: LicenceQuestion, found: LicenceAnswer) -> list[EntryOffers]:
    """The exceptions of the control lists that ask a licence."""
    return [
        EntryOffers(law, regime, question._replace(facts=found.facts), answer)
        for regime, answer in zip(law.regimes, found.regimes, strict=True)
        if regime.entry is not None and _requiring(answer)
    ]


def _requiring(answer: RegimeAnswer) -> list[FiredProvision]:
    return [rule for rule in answer.rules if rule.decision == LICENCE and not rule.displaced_by]


class EntryOffers:
    """The exceptions of one entry to one destination, each with whether it is available.

    Exceptions that rules of the register name are told by the rules themselves; of these it is said
    here which are shut (``shut``).
    """

    def __init__(
        self, law: ControlLaw, regime: SideControls, question: LicenceQuestion, answer: RegimeAnswer
    ) -> None:
        from detente.controls.listed import LENGTH, destinations_of, lines_on

        assert regime.entry is not None
        self._list: ControlList = regime.entry.control_list
        self._item = regime.entry.item
        self._eccn = self._item[:LENGTH]
        self._question = question
        self._to = counted_as(law, regime, question)
        self._row: Destination | None = self._list.destination(self._to)
        self._rules = self._list.offer_rules()
        # A list, since every exception goes through it again.
        self._facts = list(self._list.offer_facts())
        self._earlier = _day(regime, question) < self._list.day
        measures = {measure.id: measure for measure in regime.measures}
        requiring_rules = [
            (rule, measures[rule.measure].provision(rule.provision)) for rule in _requiring(answer)
        ]
        self._fired = {rule.measure for rule, _ in requiring_rules}
        self._named: dict[str, list[str]] = {}
        for rule, provision in requiring_rules:
            for name in rule.exceptions:
                self._named.setdefault(name, []).extend(names(provision, "items"))
        self._by_party = any(names(provision, "parties") for _, provision in requiring_rules)
        lines = lines_on(self._list, self._item)
        lines = [
            line for line in lines if self._to in destinations_of(line, self._list, (self._to,))
        ]
        self._reasons = {line.reason for line in lines if not line.words}
        self._perhaps = {line.reason for line in lines} - self._reasons
        entry = self._list.entry(self._eccn)
        self._series = entry.series if entry else ""
        gates = list(self._list.gates())
        self._gates = [gate for gate in gates if self._is_shut_by(gate, gate.items)]
        self._half = [
            gate for gate in gates if gate.perhaps and self._is_shut_by(gate, gate.perhaps)
        ]

    def rows(self) -> Iterator[ExceptionRow]:
        """Every exception but those that rules of the register name."""
        sections = self._list.sections()
        spoken = {each.code: each for each in self._list.offers(self._eccn)}
        for code, section in sections.items():
            if code in self._named:
                continue
            available, why = self._in_part(code, *self._judged(code, spoken.get(code)))
            # What the list prints was read of its own day; rules on parties and uses hold on any.
            if self._earlier and not self._by_rule(code):
                available, why = None, f"Read as of {self._list.day}, and not for this day."
            yield {
                "code": code,
                "name": code,
                "title": section.title,
                "citation": section.citation,
                "available": available,
                "why": why,
                "holds": self._holds(code, available),
                "conditions": self._conditions(code, available),
            }

    def shut(self) -> dict[str, str]:
        """Of the exceptions that rules of the register name, those that do not serve, and why."""
        described = {code: self._by_rule(code) or self._by_fact(code) for code in self._named}
        return {code: why for code, why in described.items() if why}

    def _by_rule(self, code: str) -> str:
        """Why a rule on parties or uses, which holds on any day, shuts an exception out."""
        shut = [
            *(
                (gate.citation, gate.why)
                for gate in self._gates
                if gate.measures and code not in gate.leaves
            ),
            *(
                (fact.citation, fact.why)
                for fact in self._facts
                if fact.code == code and fact.measure in self._fired
            ),
        ]
        return ": ".join(shut[0]) if shut else ""

    def _by_fact(self, code: str) -> str:
        """Why an exception does not serve these goods; empty where nothing says so."""
        for row in self._facts:
            if row.code != code or row.measure or (row.to and self._to not in row.to):
                continue
            named = self._named.get(code, [])
            these = _is_in(self._item, row.items) or (
                bool(named) and all(_is_in(item, row.items) for item in named)
            )
            if these and (not row.fact or self._question.facts.get(row.fact) == row.value):
                return f"{row.citation}: {row.why}"
        return ""

    def _conditions(self, code: str, available: bool | None) -> list[str]:
        """What must hold beside, where the exception is not out of the question."""
        rule = self._rules.get(code)
        if rule is None or available is False or self._earlier:
            return []
        return list(rule.conditions)

    def _holds(self, code: str, available: bool | None) -> str:
        """How a page shows it: what the list decides may serve, what was not read is named."""
        if available is False:
            return "no"
        if self._earlier:
            return "unread"
        rule = self._rules.get(code)
        known = rule is not None and (rule.decides or rule.conditions)
        return "possibly" if available or known else "unread"

    def _in_part(self, code: str, available: bool | None, why: str) -> tuple[bool | None, str]:
        """The same, where a restriction may shut it out by what it is the technology of."""
        half = next((gate for gate in self._half if code not in gate.leaves), None)
        if half is None or available is False:
            return available, why
        return None, f"{why} Not for what {half.citation} names: {half.why}"

    def _judged(self, code: str, offer: Offer | None) -> tuple[bool | None, str]:
        """Whether an exception is available, and why."""
        # What shuts an exception out stands over whatever the entry offers.
        shut = self._by_rule(code) or self._gate(code) or self._by_fact(code)
        if shut:
            return False, shut
        rule = self._rules.get(code)
        excluded = self._exclusion(rule, offer) if rule else ""
        if excluded:
            return False, excluded
        if offer is not None and self._elsewhere(offer):
            return False, f"The entry offers it for other paragraphs: {offer.text}"
        offer = self._for_paragraph(offer)
        if offer is not None and offer.offered == "no":
            return False, f"The entry does not offer it: {offer.text}"
        if rule is not None and not rule.decides and rule.conditions:
            return None, f"{rule.why} The entry says: {offer.text}" if offer else rule.why
        if rule is None or not rule.decides:
            return None, f"{NOT_READ} The entry says: {offer.text}" if offer else NOT_READ
        if offer is None:
            return False, "The entry does not offer it."
        if self._by_party:
            return False, "A rule on the party asks a licence too, which it does not answer."
        if offer.offered == "part":
            return None, f"On conditions: {offer.text}"
        if others := self._perhaps - {*rule.reasons} if rule.reasons else self._perhaps & {MISSILE}:
            return None, f"Not where {', '.join(sorted(others))} asks a licence too. {rule.why}"
        return self._within(offer, rule.why)

    def _for_paragraph(self, offer: Offer | None) -> Offer | None:
        """An offer as it stands for the paragraph asked about, where its text settles that."""
        from detente.controls.listed import LENGTH
        from detente.controls.offer_text import offered_for

        if offer is None or offer.offered != "part":
            return offer
        paragraph = self._item[LENGTH + 1 :]
        says = offered_for(self._eccn, offer.text, paragraph, self._reasons, self._perhaps)
        if says is None:
            return offer
        return offer._replace(offered="yes" if says.offered else "no", limit=says.limit)

    def _elsewhere(self, offer: Offer) -> bool:
        """Whether the entry offers an exception for other paragraphs than the one asked about."""
        from detente.controls.listed import LENGTH, offered_to_others

        return offered_to_others(self._eccn, offer.text, self._item[LENGTH + 1 :])

    def _exclusion(self, rule: OfferRule, offer: Offer | None) -> str:
        """Why an exception cannot reach this item or destination; empty where it can."""
        groups = self._row.groups if self._row else ()
        if rule.kinds and self._item[1:2] not in rule.kinds:
            return f"Not for this kind of item. {rule.why}"
        if rule.groups and not {*groups} & {*rule.groups}:
            return f"{self._to} is not in group {' or '.join(rule.groups)}. {rule.why}"
        others = self._reasons - {*rule.reasons}
        if rule.reasons and others:
            return f"{', '.join(sorted(others))} asks a licence too, which it does not answer."
        if (rule.to and self._to not in rule.to) or self._to in rule.not_to:
            return f"Not for this destination. {rule.why}"
        if rule.items == (NAMED,):
            return "" if offer is not None else f"Neither the entry nor a rule names it. {rule.why}"
        if rule.items and not _is_in(self._item, rule.items):
            return f"Not for this item. {rule.why}"
        return ""

    def _within(self, offer: Offer, why: str) -> tuple[bool | None, str]:
        """An exception that the entry offers as a whole, with a limit on the value or without."""
        if not offer.limit:
            return True, f"The entry offers it: {offer.text}. {why}"
        # A text that is more than the bare limit is quoted: the rest of it may bind too.
        if offer.text.strip("$.").replace(",", "") != offer.limit:
            why = f"{why} The entry says: {offer.text}"
        value = self._question.facts.get(ORDER_VALUE)
        if value is None:
            return None, f"To ${offer.limit} an order: say --param {ORDER_VALUE}=…. {why}"
        fits = compare(ratio(value), ratio(offer.limit)) <= 0
        return fits, f"${value} against the limit of ${offer.limit} an order. {why}"

    def _gate(self, code: str) -> str:
        """The restriction on all exceptions that shuts one out; empty for none."""
        shut = (gate for gate in self._gates if code not in gate.leaves)
        return next((f"{gate.citation}: {gate.why}" for gate in shut), "")

    def _is_shut_by(self, gate: Gate, items: tuple[str, ...]) -> bool:
        """Whether a restriction on items holds here, whatever the exception."""
        if gate.measures and self._fired.isdisjoint(gate.measures):
            return False
        there = {self._to, "all"} & {*gate.to} or (self._question.headquarters in gate.headquarters)
        return bool(there) and (
            (not items or _is_in(self._item, items))
            and (not gate.series or self._series in gate.series)
            and (not gate.reasons or bool(self._reasons & {*gate.reasons}))
        )


def _is_in(item: str, listed: Iterable[str]) -> bool:
    return any(item == each or item.startswith(f"{each}.") for each in listed)
