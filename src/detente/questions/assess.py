"""A whole transaction: what is owed, who takes part, what needs permission, and what follows."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import RECORD, STRICT, day_parameters
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, SHELL, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from detente.answers.assess import AssessmentAnswer
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft
    from detente.transaction.shipment import ShipmentQuery

DESCRIBING = (
    "code", "item", "origin", "from", "to", "value", "quantity", "party", "end_use", "fact",
    "param", "content", "base", "transfer", "deemed_to", "stated_by",
)  # fmt: skip
"""Parameters that describe a shipment, and that a file therefore leaves no room for."""

STDIN = "-"


def check(ask: QuestionRequest) -> None:
    """Refuse a shipment that is described twice, or not at all.

    Raises:
        ValueError: it is; the message names what to leave out or to write.
    """
    file, stated = ask.text("file"), [each for each in DESCRIBING if ask.values.get(each)]
    if file and stated:
        raise ValueError(
            f"{ask.spelled(stated[0])} and {file} both describe the shipment: leave one out"
        )
    if not file and not stated:
        names = ", ".join(map(ask.spelled, ("code", "origin", "to")))
        what = "name a file with a shipment, or describe it" if ask.files else "describe it"
        raise ValueError(f"{what} with {names}")


def _answer(ask: QuestionRequest) -> Mapping[str, Any]:
    check(ask)
    query = _from_file(ask.text("file"), ask.dashed) if ask.text("file") else _described(ask)
    on = ask.text("on") or query.on or ask.today()
    known_on = ask.text("known_on") or query.known_on
    return ask.assess(query._replace(on=on, known_on=known_on))


def _described(ask: QuestionRequest) -> ShipmentQuery:
    """The shipment that the parameters describe."""
    from detente.core.stated import quantities
    from detente.transaction.shipment import Shipment, ShipmentQuery, party_of

    return ShipmentQuery(
        Shipment(
            code=ask.text("code") or None,
            origin=ask.text("origin") or None,
            value=ask.text("value") or None,
            destination=ask.text("to") or "US",
            quantities=quantities(ask.texts("quantity")),
            facts=ask.pairs("fact", "a fact"),
            item=ask.text("item") or None,
            leaves_from=ask.text("from") or None,
            parties=tuple(map(party_of, ask.texts("party"))),
            end_use=ask.text("end_use") or None,
            parameters=ask.pairs("param", "a parameter"),
            content=ask.pairs("content", "a content"),
            base=ask.text("base") or None,
            transfer=ask.text("transfer") or None,
            deemed_to=ask.text("deemed_to") or None,
            stated_by=ask.text("stated_by") or None,
        )
    )


def _from_file(name: str, shell: bool) -> ShipmentQuery:
    """The shipment of a file; at the shell, that of standard input where the name is a dash."""
    import sys
    from pathlib import Path

    from detente.transaction.shipment import read_shipment

    if shell and name == STDIN:
        return read_shipment(sys.stdin.read(), "standard input")
    try:
        return read_shipment(Path(name).read_text("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text ({error}): save it as UTF-8") from error


def _recorded(ask: QuestionRequest, answer: AssessmentAnswer) -> LedgerDraft:
    from detente.transaction.recorded import of_answer

    return of_answer("assess", answer)


def _code(ask: QuestionRequest, answer: AssessmentAnswer) -> int:
    """3 where it must be settled and something stops the goods, is open, or past its horizon."""
    verdict, horizon = answer["verdict"], answer["register"]["reviewed_through"]
    late = horizon is not None and answer["question"]["on"][:10] > horizon
    unsettled = verdict["stop"] or verdict["resolve"] or late
    return 3 if ask.values["strict"] and unsettled else 0


def _many(name: str, help: str, example: str, metavar: str) -> Parameter:
    return Parameter(name, help, example=example, metavar=metavar, many=True)


QUESTION = Question(
    "assess",
    "A whole transaction: duty, parties, licences and a verdict.",
    (
        Parameter(
            "file", "a shipment, or a table of them", "A file with a shipment.", metavar="FILE",
            spelled=("file",), where=PROGRAMS,
        ),
        Parameter("code", "code of the tariff of the country of import", example="8507.60.00.10"),
        Parameter(
            "item", "controlled item: ECCN, Chinese control code, plain name", example="3A090",
            apart=True,
        ),
        Parameter("origin", "country of origin", example="CN", metavar="CC"),
        Parameter("from", "where the goods leave", example="CN", metavar="CC"),
        Parameter("to", "where they go", "Where the goods go; US where left out.", example="US",
                  metavar="CC"),
        Parameter("value", "customs value", "Customs value in dollars.", "10000", "DOLLARS"),
        _many("quantity", "quantity with its unit", "500kg", "100kg"),
        _many("party", "a party to the transaction", "Some Buyer:consignee:US", "NAME[:ROLE[:CC]]"),
        _many("fact", "an entry fact", "auto_part=false", "KEY=VALUE"),
        _many("param", "a technical parameter of the item", "tpp=2368", "KEY=VALUE")._replace(
            apart=True
        ),
        _many(
            "content", "share of a Chinese item in the value", "dysprosium=0.2%", "ITEM=SHARE"
        )._replace(apart=True),
        Parameter("end_use", "civil, military, …", example="civil", metavar="WORD"),
        Parameter(
            "base", "an ordinary duty, where the register has none", example="3%", metavar="RATE",
            apart=True,
        ),
        Parameter(
            "transfer", "export, reexport or deemed (default: what the countries make it)",
            example="export", metavar="WORD", apart=True,
        ),
        Parameter(
            "deemed_to", "citizenship of the person to whom technology is released", example="CN",
            metavar="CC", apart=True,
        ),
        Parameter(
            "stated_by", "who states the facts, for the record", example="A. Broker, compliance",
            metavar="NAME", apart=True,
        ),
        Parameter("memo", "write the record of it as .md or .html", metavar="OUT", where=SHELL),
        Parameter(
            "output", "table to write: .csv, .xlsx, .parquet", metavar="FILE",
            spelled=("-o", "--output"), where=SHELL,
        ),
        Parameter("why", "show the working of every part", kind="flag", where=SHELL),
        STRICT._replace(help="exit with 3 if anything stops the goods or is unresolved"),
        RECORD,
        *day_parameters("day of the entry"),
    ),
    _answer,
    """  detente assess examples/shipments/ev-battery-to-los-angeles.json
  detente assess shipment.json --memo memo.html --record
  detente assess --code 8507.60.00.10 --origin CN --to US --value 10000 --party "A Co.:maker:CN"
  detente assess --item 3A090 --from US --to CN --param tpp=2368 --end-use civil
  detente assess --item 3E001 --from US --deemed-to CN --party "A. Person:end_user:CN"
  detente assess shipments.csv -o assessed.csv

a file is JSON, YAML, or `-` for standard input, with any of: code, item, origin, from,
destination, on, value, quantities, parties [{name, role, country, address, owners [{name,
share, list, owners}]}], end_use, facts, parameters, content, base,
transfer, deemed_to, stated_by. A table has a row a shipment, with columns
of these names; quantity and unit; fact.KEY; party, party_role, party_country and party_address.
The same rows come out.""",
    tool="`verdict.stop` stands first, then `verdict.resolve`: say both. `verdict.pay` is duty, "
    "not fees and taxes. Nobody is clear whose `status` is not.",
    recorded=_recorded,
    code=_code,
    typed="assess.AssessmentAnswer",
)  # fmt: skip
