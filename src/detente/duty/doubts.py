"""Open questions: each doubt asked alone, with the total on each side."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts, witness
from detente.applicability.scope import narrow
from detente.applicability.shared_value import shared_out
from detente.applicability.stack import AsOf, Stack, Term, Uncertainty, resolve
from detente.core.clock import MINUTES, day_text
from detente.core.figures import dotted, long_day, percent
from detente.duty.outlook import charges
from detente.duty.reasons import test_words
from detente.goods.codes import RATE_LINE
from detente.register.model import EffectivePeriod, EntryFact, Provision, StackingRule, Test

if TYPE_CHECKING:
    from detente.answers.duty import OpenQuestion
    from detente.duty.amounts import Amounts
    from detente.duty.case import DutyCase
    from detente.duty.rates.amount import Missing

CERTIFICATE = "price_certificate"
"""The entry fact by which a paid price is shown."""

NONE_OF_IT = "0%"
"""Nothing of a part of the value, as a fact states it."""


TEMPLATE: OpenQuestion = {
    "kind": "",
    "fact": None,
    "test": None,
    "measure": None,
    "question": "",
    "if_true": None,
    "if_false": None,
    "value_if_true": None,
    "value_if_false": None,
    "unit": None,
    "list": None,
    "by_code": None,
}
"""A question of which nothing is said yet."""


def open_questions(case: DutyCase, figures: Amounts) -> list[OpenQuestion]:
    """Every doubt that changes the stack, once, and every quantity or part that is missing.

    Args:
        case: the case.
        figures: of its own stack.
    """
    questions = doubtful(case)
    questions.extend(missing(figures))
    questions.extend(_suffixes(case))
    questions.extend(_unseen(case))
    return questions


class AssumptionFlipped(NamedTuple):
    """A doubt the other way: its moment, and the stack then; None where no value does that."""

    doubt: Uncertainty
    as_of: AsOf | None
    stack: Stack | None


def doubtful(case: DutyCase) -> list[OpenQuestion]:
    """Every doubt that changes the stack, once, and what decides an amount and is not given."""
    changing = changed_by(case.stack, flipped_over(case))
    questions = [_question(case, *each) for each in questions_of(case, changing)]
    questions.extend(_contents(case))
    questions.extend(_certificates(case))
    return questions


def flipped_over(case: DutyCase) -> list[AssumptionFlipped]:
    """Each doubt of a case turned over, once.

    Provisions that read one fact in one way are one doubt. The fact is turned alone where that
    changes something; else with what the first provision needs that is reached so, since an
    earlier one may hang on a second fact that nobody asks about.
    """
    found: dict[Hashable, AssumptionFlipped] = {}
    for doubt in case.stack.doubts:
        key = (doubt.kind, doubt.what if isinstance(doubt.what, Test) else id(doubt.what))
        if key in found and _changes(case.stack, found[key]):
            continue
        for as_of in _turns(case, doubt, key not in found):
            flipped = AssumptionFlipped(
                doubt, as_of, None if as_of is None else case.resolve(as_of)
            )
            if key not in found or _changes(case.stack, flipped):
                found[key] = flipped
            if _changes(case.stack, flipped):
                break
    return list(found.values())


def _turns(case: DutyCase, doubt: Uncertainty, first: bool) -> Iterator[AsOf | None]:
    """Ways to turn a doubt over, the one that changes least before."""
    if first and isinstance(doubt.what, Test) and not doubt.holds and doubt.provision is not None:
        value = witness(doubt.what, True)
        if value is not None:
            facts = case.as_of.facts.with_value(doubt.what.fact, value)
            yield case.as_of._replace(facts=facts)
    yield _turn(case, doubt)


def changed_by(stack: Stack, flipped: Iterable[AssumptionFlipped]) -> list[AssumptionFlipped]:
    """Those doubts that change what a stack charges, or on which base."""
    return [each for each in flipped if _changes(stack, each)]


def provisions_in_doubt(case: DutyCase) -> Iterator[Provision]:
    """Provisions of which it is not known whether they are law or name the goods, where it matters.

    One that would give way to another changes nothing, so nothing rests on it.
    """
    for doubt in case.stack.doubts:
        if isinstance(doubt.what, Provision):
            as_of = case.as_of._replace(flipped=doubt.what)
            if _changes(case.stack, AssumptionFlipped(doubt, as_of, case.resolve(as_of))):
                yield doubt.what


def lists_in_doubt(case: DutyCase, provision: Provision) -> list[str]:
    """The lists of a provision in doubt whose state of the day is not in hand for the goods."""
    for candidate in case.scope.candidates:
        for scoped in candidate.provisions:
            if scoped.provision is provision:
                as_of = case.as_of
                return scoped.lists_in_doubt(case.register.unread, as_of.minute, as_of.known_on)
    return []


def _changes(stack: Stack, flipped: AssumptionFlipped) -> bool:
    """Whether the other way charges something else, or on another base."""
    if flipped.stack is None or flipped.stack is stack:
        return False
    return (charges(stack), _bases(stack)) != (charges(flipped.stack), _bases(flipped.stack))


def questions_of(
    case: DutyCase, changing: Iterable[AssumptionFlipped]
) -> Iterator[tuple[Uncertainty, str | None, str | None]]:
    """Which doubts are asked, by the totals that they lead to, each with that if true and if false.

    A fact that is asked of every entry, and which of two readings of the law holds, are asked only
    where money hangs on it. Two tests of one fact that lead to the same totals are one question.
    """
    seen: set[tuple[str | None, ...]] = set()
    for doubt, as_of, stack in changing:
        if as_of is None or stack is None:
            continue
        here, there = case.total(case.stack, case.as_of), case.total(stack, as_of)
        # Two totals that are not known may still differ, so such a question stays.
        if here == there is not None and (for_every_entry(case, doubt) or _disputed(doubt)):
            continue
        ends = (here, there) if doubt.holds else (there, here)
        if isinstance(doubt.what, Test):
            key = (doubt.what.fact, doubt.measure.id, *ends)
            if key in seen:
                continue
            seen.add(key)
        yield doubt, *ends


def _disputed(doubt: Uncertainty) -> bool:
    """Whether a doubt is which of two readings of the law holds."""
    return isinstance(doubt.what, EffectivePeriod | StackingRule) and bool(doubt.what.readings)


def _question(
    case: DutyCase, doubt: Uncertainty, if_true: str | None, if_false: str | None
) -> OpenQuestion:
    """One doubt with both totals."""
    test = doubt.what if isinstance(doubt.what, Test) else None
    return {
        **TEMPLATE,
        "kind": doubt.kind,
        "fact": test and test.fact,
        "test": test and test_words(test),
        "measure": doubt.measure.id,
        "question": words_of_doubt(case, doubt),
        "if_true": if_true,
        "if_false": if_false,
        "value_if_true": test and witness(test, True),
        "value_if_false": test and witness(test, False),
    }


def looked_at(case: DutyCase, flipped: Iterable[AssumptionFlipped]) -> list[tuple[Stack, AsOf]]:
    """What the questions of a case look at beside its own stack, in a fixed order.

    Two cases of one stack that come to the same stacks here ask the same questions.
    """
    found = [(each.stack or case.stack, each.as_of or case.as_of) for each in flipped]
    moments = [_at_other_end(case, *each) for each in _open_parts(case)]
    moments += [_certified(case) for _ in _uncertified(case)]
    return [*found, *((case.resolve(as_of), as_of) for as_of in moments)]


def always_open(case: DutyCase) -> list[str]:
    """The questions of a case that no total decides: parts of the value, and certificates."""
    known = case.register.facts
    parts = [part_words(*each) for each in _open_parts(case)]
    return [*parts, *(known[CERTIFICATE].ask for _ in _uncertified(case))]


def for_every_entry(case: DutyCase, doubt: Uncertainty) -> bool:
    """Whether a fact is asked of every entry: then only where money hangs on it."""
    if not isinstance(doubt.what, Test):
        return False
    return case.register.facts[doubt.what.fact].by_total


def _bases(stack: Stack) -> dict[str, tuple[str, ...]]:
    return {term.measure.id: term.provision.base for term in stack.terms}


def _turn(case: DutyCase, doubt: Uncertainty) -> AsOf | None:
    """The same moment with the doubt the other way; None where no value of the fact does that."""
    if not isinstance(doubt.what, Test):
        return case.as_of._replace(flipped=doubt.what)
    if doubt.holds or doubt.provision is None:
        value = witness(doubt.what, not doubt.holds)
        if value is None:
            return None
        return case.as_of._replace(facts=case.as_of.facts.with_value(doubt.what.fact, value))
    facts = _satisfy(case.as_of.facts, doubt.provision.when, case.scope.listed)
    return None if facts is None else case.as_of._replace(facts=facts)


def _satisfy(
    facts: EntryFacts, tests: tuple[Test, ...], listed: tuple[str, ...]
) -> EntryFacts | None:
    """Facts under which every test holds, by changing only those that were not given."""
    # Before any is turned, since `with_value` makes a turned fact look like a stated one.
    stated = frozenset(facts.values)
    for test in tests:
        if facts.holds(test, listed):
            continue
        # A fact that nobody asks about is not turned to reach a provision.
        fact, of_goods = facts.known[test.fact], facts.known[test.fact].of_goods(listed)
        unasked = fact.raised in ("never", "silent") and of_goods is None
        if facts.stated(test.fact, listed) or test.fact in stated or unasked:
            return None
        together = [each for each in tests if each.fact == test.fact]
        for value in filter(None, (witness(each, True) for each in together)):
            tried = facts.with_value(test.fact, value)
            if all(tried.holds(each, listed) for each in together):
                facts = tried
                break
        else:
            return None
    return facts


def words_of_doubt(case: DutyCase, doubt: Uncertainty) -> str:
    """The question that a doubt asks."""
    what = doubt.what
    if isinstance(what, Test):
        fact = case.register.facts[what.fact]
        words = test_words(what)
        return fact.ask if fact.type == "bool" else f"{fact.ask} What matters: {words}."
    if isinstance(what, Provision) and what.possible:
        return _words_of_gap(case, what)
    if isinstance(what, Provision):
        lists = lists_in_doubt(case, what)
        titles = ", ".join(case.register.code_list(name).title for name in lists)
        return (
            f"Is the code on this list on this day? The state of that day is not in hand: {titles}."
        )
    if isinstance(what, EffectivePeriod) and doubt.kind == "boundary" and what.until is not None:
        # `until` is the first day without it, so the day in doubt is the one before.
        last = day_text(what.until // MINUTES - 1)
        return f"Is {long_day(last)} itself still covered? The text leaves its last day open."
    readings = what.readings if isinstance(what, EffectivePeriod | StackingRule) else ()
    texts = [f"{reading.text} ({case.register.citation(reading.source)})" for reading in readings]
    return f"Which reading holds? Followed here: {texts[0]}. Against it: {'; '.join(texts[1:])}."


def told_of_code(case: DutyCase, questions: list[OpenQuestion]) -> list[OpenQuestion]:
    """Questions with what the rows of the code say, where their fact tells it.

    A row is of the code, and goods that the law treats alike may have others: only an answer about
    one line tells it, and words that a class shares are without it.
    """
    return [
        {**each, "question": " ".join(filter(None, (each["question"], _row_told(case, each))))}
        for each in questions
    ]


def _row_told(case: DutyCase, question: OpenQuestion) -> str:
    fact = case.register.facts.get(question["fact"] or "")
    if fact is None or not fact.told:
        return ""
    measure = case.register.measure(question["measure"] or "")
    names = {name for provision in measure.provisions for name in provision.goods}
    listed = case.register.members(case.code)
    rows = [row for name in names for row in listed.get(name, ()) if row.note]
    return f"Of this code: {max(rows, key=lambda row: len(row.code)).note}." if rows else ""


def _words_of_gap(case: DutyCase, provision: Provision) -> str:
    """What a possible provision asks: its own words, or what is missing and why."""
    gap = next(each for each in case.register.gaps if each.id == provision.possible)
    sentence = (
        provision.note or f"Does this hold: {provision.title}?"
        if provision.title or provision.note
        else ""
    )
    return " ".join(filter(None, (sentence, f"Not in the register: {gap.what}. {gap.why}.")))


def _contents(case: DutyCase) -> list[OpenQuestion]:
    """A part of the value that decides an amount and is not given: asked with both ends."""
    questions: list[OpenQuestion] = []
    for term, fact in _open_parts(case):
        other = _other_end(term)
        flipped = _at_other_end(case, term, fact)
        questions.append(
            {
                **TEMPLATE,
                "kind": "fact",
                "fact": fact.key,
                "measure": term.measure.id,
                "test": f"{fact.key} is {other}",
                "question": part_words(term, fact),
                "if_true": case.total(case.resolve(flipped), flipped),
                "if_false": case.total(case.stack, case.as_of),
                "value_if_true": other,
                "value_if_false": "100%" if other == NONE_OF_IT else NONE_OF_IT,
            }
        )
    return questions


def part_words(term: Term, fact: EntryFact) -> str:
    """The question about a content, and how it is taken where several metals share the value."""
    if term.portion is None:
        return fact.ask
    taken = (
        "all that is not stated of another is taken as" if term.portion.rest else "none is taken as"
    )
    return f"{fact.ask} The metals share one value, and {taken} {fact.key.removesuffix('_value')}."


def shared_value(case: DutyCase) -> list[str]:
    """How contents that are not stated were taken, where several metals share the value."""
    taken = [
        f"{fact.key} {'what is left of the value' if term.portion.rest else 'nothing'}"
        for term, fact in _open_parts(case)
        if term.portion is not None
    ]
    if not taken:
        return []
    return [f"Metals share one value; taken here, since it is not stated: {', '.join(taken)}."]


def _other_end(term: Term) -> str:
    """What a content is turned to: nothing, or all where it is taken as nothing."""
    return NONE_OF_IT if term.portion is None or term.portion.rest else "100%"


def _open_parts(case: DutyCase) -> list[tuple[Term, EntryFact]]:
    """Parts of the value that terms are charged on and that are not given, each once."""
    found: dict[str, tuple[Term, EntryFact]] = {}
    bases, facts = case.register.bases, case.as_of.facts
    for term in shared_out(case.stack.terms, bases, facts):
        for name in term.provision.base:
            fact = case.register.facts.get(case.register.bases[name].fact)
            if fact is None or case.as_of.facts.is_stated(fact.key):
                continue
            if fact.raised == "never" and not _beside(case, fact):
                continue
            found.setdefault(fact.key, (term, fact))
    return list(found.values())


def _beside(case: DutyCase, fact: EntryFact) -> bool:
    """Whether a fact is a question here, since the one that it stands beside is said."""
    if not fact.beside:
        return False
    facts, (other, *values) = case.as_of.facts, fact.beside
    stated = facts.stated(other, case.scope.listed)
    return stated and facts.value(other, case.scope.listed) in values


def _at_other_end(case: DutyCase, term: Term, fact: EntryFact) -> AsOf:
    """The same moment with a part of the value at its other end, and those beside it as taken."""
    facts = case.as_of.facts.with_value(fact.key, _other_end(term))
    for other, part in _open_parts(case):
        # Once one content is stated the rest would be shared out anew: they stay as they were
        # taken.
        if other.portion is not None and not other.portion.rest and part.key != fact.key:
            facts = facts.with_value(part.key, NONE_OF_IT)
    return case.as_of._replace(facts=facts)


def _certificates(case: DutyCase) -> list[OpenQuestion]:
    """A minimum price is owed whole unless a certificate shows the price that was paid."""
    questions: list[OpenQuestion] = []
    for term in _uncertified(case):
        flipped = _certified(case)
        questions.append(
            {
                **TEMPLATE,
                "kind": "fact",
                "fact": CERTIFICATE,
                "measure": term.measure.id,
                "test": CERTIFICATE,
                "question": case.register.facts[CERTIFICATE].ask,
                "if_true": case.total(case.resolve(flipped), flipped),
                "if_false": case.total(case.stack, case.as_of),
                "value_if_true": "true",
                "value_if_false": "false",
            }
        )
    return questions


def _uncertified(case: DutyCase) -> list[Term]:
    """Minimum prices of which it is not said whether a certificate shows the price."""
    if case.as_of.facts.is_stated(CERTIFICATE):
        return []
    return [term for term in case.stack.terms if term.duty.form == "minimum_price"]


def _certified(case: DutyCase) -> AsOf:
    return case.as_of._replace(facts=case.as_of.facts.with_value(CERTIFICATE, "true"))


def lacking_words(rate: str, lack: Missing) -> str:
    """How a layer of a rate asks for what it waits for."""
    return f"{rate}: {lack.why}"


def missing(figures: Amounts) -> list[OpenQuestion]:
    """Quantities, values of parts and rates that a layer waits for."""
    questions: list[OpenQuestion] = []
    for layer in figures.layers:
        for lack in layer.missing:
            fact = {
                "quantity": f"quantity in {lack.name}",
                "component": f"component.{lack.name}",
            }.get(lack.kind, lack.name)
            questions.append(
                {
                    **TEMPLATE,
                    "kind": "fact" if lack.kind in ("quantity", "component") else "law",
                    "fact": fact,
                    "measure": layer.term.measure.id,
                    "question": lacking_words(layer.rate, lack),
                    "unit": lack.name if lack.kind == "quantity" else None,
                }
            )
    return questions


def _suffixes(case: DutyCase) -> list[OpenQuestion]:
    """Digits asked where the law names longer codes below them: which it is may decide.

    A tariff that is not held here is asked by six digits, and its lists may name eight.
    """
    if len(case.code) > RATE_LINE or (len(case.code) < RATE_LINE and case.line is not None):
        return []
    others: dict[str, str | None] = {}
    place = (case.query.origin, case.query.destination)
    equivalence = case.scope.equivalence
    for code in case.register.below(case.code):
        scope = (
            narrow(case.register, code, *place)
            if equivalence is None
            else equivalence.narrow(code, *place)
        )
        stack = resolve(scope, case.as_of)
        if charges(stack) != charges(case.stack):
            others[dotted(code)] = case.total(stack, case.as_of)
    if not others:
        return []
    return [
        {
            **TEMPLATE,
            "kind": "list",
            "fact": "statistical_suffix",
            "test": f"the number is {' or '.join(others)}",
            "question": f"Which {_number(case)} is it? The law names some of them: "
            + "; ".join(f"{code} {percent(total)}" for code, total in others.items()),
            "if_true": next(iter(others.values())),
            "if_false": case.total(case.stack, case.as_of),
            "by_code": others,
        }
    ]


def _number(case: DutyCase) -> str:
    return "statistical number" if len(case.code) == RATE_LINE else "number of the tariff"


def _unseen(case: DutyCase) -> list[OpenQuestion]:
    """A code that the lists have not seen: each list on which it may stand, where that matters."""
    if case.inherited is None:
        return []
    scope, before = case.scope, _charged(case.stack)
    questions: list[OpenQuestion] = []
    for each in case.inherited.open:
        members = {**case.inherited.members, each.list: list(each.rows)}
        listed = narrow(case.register, scope.code, scope.origin, scope.destination, members)
        stack = resolve(listed, case.as_of)
        after = _charged(stack)
        changed = sorted(name for name in before | after if before.get(name) != after.get(name))
        if not changed:
            continue
        title = case.register.code_list(each.list).title
        questions.append(
            {
                **TEMPLATE,
                "kind": "list",
                "list": each.list,
                "measure": changed[0],
                "test": "on that list",
                "question": f"Is {dotted(case.code)} on the list of {title}? {each.because}",
                "if_true": case.total(stack, case.as_of),
                "if_false": case.total(case.stack, case.as_of),
            }
        )
    return questions


def _charged(stack: Stack) -> dict[str, tuple[object, ...]]:
    """What each measure charges, and on which part of the value."""
    bases = _bases(stack)
    return {name: (*charge, bases[name]) for name, charge in charges(stack).items()}
