"""An answer laid out for its page: words for figures, links for answers to open questions."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.parameters import encoded, to_query
from detente.api.service import Service
from detente.core.coverage import READ
from detente.core.figures import dollars, dotted, long_day, percent, with_article
from detente.duty.coverage import STATE_WORDS, STATUS_WORDS
from detente.duty.question import DutyQuestion
from detente.register.confirmed import unconfirmed_words
from detente.register.model import ANNOUNCED, LAW, Source
from detente.web.frame.page_query import Seen, address, without_fact
from detente.web.frame.waterfall import Waterfall, draw
from detente.web.frame.words import DAY, day_words, days_words, sentence
from detente.web.questions import Open, open_views

if TYPE_CHECKING:
    from detente.answers.duty import (
        ChangeAhead,
        Duty,
        DutyQuestionRow,
        Layer,
        NotAppliedRow,
        Tax,
        Total,
    )
    from detente.answers.shared import ImportMeasure


class LayerRow(NamedTuple):
    """One row of the table of layers."""

    heading: str
    name: str
    measure: str
    rate: str
    amount: str
    days: str
    base: str
    refundable: bool
    unconfirmed: str
    sources: tuple[str, ...]
    why: str


class AnswerView(NamedTuple):
    """Everything that the page of an answer shows, in words."""

    code: str
    path: tuple[str, ...]
    description: str
    trade: str
    origin: str
    destination: str
    when: str
    rate: str
    amount: str
    value: str
    additional: str
    refundable: str
    owed: str
    taxes: tuple[tuple[str, str, str, str], ...]
    landed: str
    drawing: Waterfall | None
    layers: tuple[LayerRow, ...]
    questions: tuple[Open, ...]
    stated: tuple[tuple[str, str, str], ...]
    filing: tuple[str, ...]
    not_applied: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str, str], ...]
    touches: tuple[ImportMeasure, ...]
    licence: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    edition: str
    reviewed_through: str
    late: bool
    status: str
    status_words: str
    unread: tuple[tuple[str, str, str], ...]
    read: tuple[tuple[str, str], ...]
    other_register: str
    differences: tuple[str, ...]
    compared: bool
    canonical: str
    link: str
    chart: str
    json_link: str
    command: str
    python: str
    follows: str
    announced: str
    otherwise: str
    otherwise_words: str
    scheduled: str


def view(
    service: Service,
    question: DutyQuestion,
    answer: Duty,
    register: str,
    seen: Seen = (),
) -> AnswerView:
    """What the page of an answer shows.

    Args:
        service: where it was answered.
        question: the question.
        answer: its answer.
        register: the beginning of the hash that the link states.
        seen: the layers that the link says were seen then.
    """
    line, understood, total = answer["line"], answer["question"], answer["total"]
    countries = service.register.countries
    refunded = None if total["refundable_amount"] == "0.00" else total["refundable_amount"]
    by_law = answer["reading"] == LAW
    return AnswerView(
        code=line["code"] if line else dotted(understood["code"]),
        path=tuple(line["path"]) if line else (),
        description=line["description"] if line else "",
        trade=(
            f"from {countries[understood['origin']]} into "
            f"{with_article(countries[understood['destination']])}"
        ),
        origin=understood["origin"],
        destination=understood["destination"],
        when=_when(understood),
        rate="" if total["ad_valorem"] is None else percent(total["ad_valorem"]),
        amount=_dollars(total["amount"]),
        value=_dollars(understood["value"]),
        additional=_additional(total),
        refundable=_dollars(refunded),
        owed="" if refunded is None else _dollars(total["owed_amount"]),
        taxes=tuple(_tax(each) for each in answer["taxes"]),
        landed=_dollars(answer["landed_total"]),
        drawing=draw(answer),
        layers=tuple(_layer(each, understood["value"]) for each in answer["layers"]),
        questions=open_views(service, question, answer),
        stated=tuple(
            (key, text, address(without_fact(question, key), service.sha256))
            for key, text in sorted(question.facts.items())
        ),
        filing=tuple(answer["filing"]),
        not_applied=tuple(_not_applied(service, each) for each in answer["not_applied"]),
        changes=tuple(_change(question, service.sha256, each) for each in answer["changes_ahead"]),
        touches=tuple(answer["touches"]),
        licence=_licence(understood),
        notes=tuple(answer["notes"]),
        sources=_sources(service, answer["layers"]),
        edition=answer["edition"] or "",
        reviewed_through=long_day(answer["register"]["reviewed_through"]),
        late=understood["on"][:DAY] > answer["register"]["reviewed_through"],
        status=answer["status"],
        status_words=STATUS_WORDS[answer["status"]],
        unread=tuple(
            (STATE_WORDS[row["state"]], row["what"], row["scope"])
            for row in answer["coverage"]
            if row["state"] != READ
        ),
        read=tuple(
            (row["what"], row["scope"]) for row in answer["coverage"] if row["state"] == READ
        ),
        other_register="" if service.sha256.startswith(register) else register,
        differences=tuple(_differences(service, answer, seen)),
        compared=bool(seen),
        canonical=address(question, service.sha256),
        link=address(question, service.sha256, seen_of(answer)),
        chart=f"/charts/duty?{to_query(question)}",
        json_link=f"/v1/duty?{to_query(question)}",
        command=_command(question),
        python=_python(question),
        follows="" if by_law else "This follows what was announced, which is not the law as read.",
        announced=answer["announced"]["text"] if answer["announced"] else "",
        otherwise=address(question._replace(reading=ANNOUNCED if by_law else LAW), service.sha256),
        otherwise_words="The answer as announced" if by_law else "The answer of the law as read",
        scheduled=answer["scheduled"]["text"] if answer["scheduled"] else "",
    )


def _licence(understood: DutyQuestionRow) -> str:
    """The address of the question what needs permission, for the same goods on their way."""
    way = (("code", dotted(understood["code"])), ("from", understood["origin"]))
    when = (("to", understood["destination"]), ("on", understood["on"][:DAY]))
    return f"/ask/licence?{encoded((*way, *when))}"


def seen_of(answer: Duty) -> Seen:
    """The layers of an answer as a link tells them."""
    return tuple(
        (layer["measure"], layer["ad_valorem"] or layer["rate"]) for layer in answer["layers"]
    )


def _differences(service: Service, answer: Duty, seen: Seen) -> Iterator[str]:
    """What became of the layers that a link says were seen, in words."""
    now = dict(seen_of(answer))
    then = dict(seen)
    for measure in dict.fromkeys((*then, *now)):
        title = service.titles.get(measure, measure)
        before, after = then.get(measure), now.get(measure)
        if before is None and seen:
            yield f"{title} is new: {_share(after)}."
        elif after is None:
            yield f"{title} is gone; it was {_share(before)}."
        elif before is not None and before != after:
            yield f"{title} was {_share(before)} and is {_share(after)}."


def _share(text: str | None) -> str:
    """A share of the value in percent, or a rate as it is written."""
    try:
        return percent(text)
    except ValueError:
        return text or "not known"


def _when(question: DutyQuestionRow) -> str:
    words = f"entered {day_words(question['on'])}"
    return words + (
        f", as known on {day_words(question['known_on'])}" if question["known_on"] else ""
    )


def _dollars(amount: str | None) -> str:
    return "" if amount is None else dollars(amount)


def _tax(tax: Tax) -> tuple[str, str, str, str]:
    """A tax beside the duty: its name, its rate, its amount, and on what and for which goods."""
    base = f"on {dollars(tax['base'])}" if tax["base"] is not None else ""
    words = "; ".join(filter(None, (base, tax["why"])))
    return tax["name"], tax["rate"] or "rate not known", _dollars(tax["amount"]), words


def _additional(total: Total) -> str:
    """How much of the total is additional duty; "" for none, or where it is not known."""
    text = total["additional_ad_valorem"]
    if text in (None, "0"):
        return ""
    return "all" if text == total["ad_valorem"] else percent(text)


def _layer(layer: Layer, value: str | None) -> LayerRow:
    base = layer["base"]
    return LayerRow(
        heading=layer["heading"] or ("column 1" if layer["family"] == "base" else ""),
        name=layer["name"],
        measure=layer["measure"],
        rate=layer["rate"],
        amount=_dollars(layer["amount"]),
        days=days_words(layer["from"], layer["until"]),
        base=dollars(base) if base is not None and base != value else "",
        refundable=layer["refundable"],
        unconfirmed="" if layer["confirmed"] else unconfirmed_words(layer["confirmed_through"]),
        sources=tuple(layer["sources"]),
        why="" if layer["why"] == layer["name"] else sentence(layer["why"]),
    )


def _not_applied(service: Service, row: NotAppliedRow) -> tuple[str, str, str]:
    title = service.titles.get(row["measure"], row["measure"])
    return row["heading"] or "", f"{title}, {row['limb']}", row["why"]


def _change(
    question: DutyQuestion, register: str, change: ChangeAhead
) -> tuple[str, str, str, str]:
    then = address(question._replace(on=change["on"]), register)
    what = change["what"]
    if not change["confirmed"]:
        what += f" ({unconfirmed_words(change['confirmed_through'])})"
    if change["by_other_reading"]:
        other = percent(change["by_other_reading"]["total_ad_valorem"])
        what += f"; by the other reading the total is {other}"
    return day_words(change["on"]), percent(change["total_ad_valorem"]), what, then


def _sources(service: Service, layers: Iterable[Layer]) -> tuple[Source, ...]:
    """The sources of all layers, each once, in the order in which they are named."""
    known = {each.citation: each for each in service.register.sources.values()}
    named = dict.fromkeys(citation for layer in layers for citation in layer["sources"])
    return tuple(known[citation] for citation in named)


def _command(question: DutyQuestion) -> str:
    words = ["detente", "duty", question.code, "--origin", question.origin]
    if question.destination.upper() != "US":
        words += ["--to", question.destination]
    words += ["--on", question.on]
    for option, text in (
        ("--known-on", question.known_on),
        ("--value", question.value),
        ("--base", question.base),
        ("--reading", question.reading),
    ):
        words += [option, text] if text else []
    for unit, number in question.quantities.items():
        words += ["--quantity", f"{number}{unit}"]
    for key, text in question.facts.items():
        words += ["--fact", f"{key}={text}"]
    return shlex.join(words)


def _python(question: DutyQuestion) -> str:
    """The same question from Python; "" where Python's face cannot ask it."""
    if question.base or question.reading:
        return ""
    arguments = [repr(question.code), repr(question.origin)]
    arguments += [repr(question.value)] if question.value else []
    if question.destination.upper() != "US":
        arguments.append(f"destination={question.destination!r}")
    arguments += [f"quantities={dict(question.quantities)!r}"] if question.quantities else []
    arguments += [f"facts={dict(question.facts)!r}"] if question.facts else []
    known = f", known_on={question.known_on!r}" if question.known_on else ""
    return (
        "from detente import Shipment, assess\n"
        f"shipment = Shipment({', '.join(arguments)})\n"
        f"print(assess(shipment, on={question.on!r}{known}).duty.total)"
    )
