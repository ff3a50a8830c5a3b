"""Whether a transaction needs permission, and whose."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import RECORD, day_parameters
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.licence import Licence, LicenceCited
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft


def _answer(ask: QuestionRequest) -> Licence:
    from detente.licence.answer import LicenceQuery, answer_licence

    return answer_licence(
        ask.register,
        LicenceQuery(
            start=ask.text("from"),
            to=ask.text("to"),
            on=ask.on,
            item=ask.text("item") or None,
            code=ask.text("code") or None,
            params=ask.pairs("param", "a parameter"),
            end_user=ask.text("end_user"),
            end_use=tuple(ask.texts("end_use")),
            made_in=ask.text("made_in"),
            content=ask.pairs("content", "a content"),
            exporter=ask.text("exporter"),
            transfer=ask.text("transfer"),
            deemed_to=ask.text("deemed_to"),
            known_on=ask.text("known_on") or None,
        ),
    )


def _recorded(ask: QuestionRequest, answer: LicenceCited) -> LedgerDraft:
    from detente.transaction.recorded import of_answer

    return of_answer("licence", answer)


def _code(ask: QuestionRequest, answer: LicenceCited) -> int:
    """2 where the answer is not covered, 3 where it must be settled and is not."""
    if answer["decision"] == "not_covered":
        return 2
    late = ask.on[:10] > (answer["register"]["reviewed_through"] or "")
    unread = any(row["state"] != "read" for row in answer["coverage"])
    open_ = answer["open_questions"] or answer["decision"] == "candidates"
    return 3 if ask.values["strict"] and (open_ or late or unread) else 0


QUESTION = Question(
    "licence",
    "Whether a transaction needs a licence, provision by provision.",
    (
        Parameter(
            "from",
            "country of export",
            "The country that the goods leave.",
            "CN",
            "CC",
            needed=True,
        ),
        Parameter("to", "country of destination", "The country that they go to.", "US", "CC"),
        Parameter(
            "item",
            "a control code or a plain name",
            example="gallium",
            either="what",
        ),
        Parameter(
            "code",
            "4 to 10 digits of a tariff",
            "4 to 10 digits of a tariff, where no item is known.",
            "8112.92.10",
            "HS",
            either="what",
            apart=True,
        ),
        Parameter(
            "param",
            "a parameter of the goods",
            "A parameter of the goods, K=V.",
            "purity=99.9%",
            "K=V",
            many=True,
            apart=True,
        ),
        Parameter(
            "end_user",
            "a name, military, or a list such as EL",
            example="military",
            metavar="NAME|WORD",
        ),
        Parameter(
            "end_use",
            "civil, military, …",
            example="military",
            metavar="WORD",
            many=True,
        ),
        Parameter("made_in", "origin (default: --from)", "Where it was made.", "CN", "CC"),
        Parameter(
            "content",
            "share of the value that is a Chinese item",
            example="gallium=0.2%",
            metavar="ITEM=0.2%",
            many=True,
            apart=True,
        ),
        Parameter(
            "exporter",
            "the exporter, where a general licence may be theirs",
            "The exporter: a general licence may be its.",
            "Some Exporter",
            "NAME",
        ),
        Parameter(
            "transfer",
            "export, reexport or deemed (default: what the countries make it)",
            example="reexport",
            metavar="WORD",
            apart=True,
        ),
        Parameter(
            "deemed_to",
            "citizenship of the person to whom technology is released in the United States",
            example="CN",
            metavar="CC",
            apart=True,
        ),
        Parameter("why", "show conditions, and which rules came close", kind="flag", where=SHELL),
        Parameter(
            "strict",
            "exit with 3 on open questions, or past the day read through",
            kind="flag",
            where=SHELL,
        ),
        RECORD,
        *day_parameters("day of export"),
    ),
    cited(_answer),
    """  detente licence --from CN --to US --item gallium --on 2026-01-01
  detente licence --from CN --to US --code 8505.11 --on 2026-08-01
  detente licence --from CN --to US --code 8507.60 --param wh_per_kg=320 --on 2026-12-01
  detente licence --from US --to CN --item 3A090 --param tpp=15832 --param dram_bandwidth=4800
  detente licence --from US --to CN --item 3B001.c --end-user "SMIC Beijing" --why
  detente licence --from US --deemed-to CN --item 3E001
  detente licence --from JP --to US --item dysprosium-magnet --content dysprosium=0.2%

An item is a control code (3A090.a, 1C905.b) or a plain name (gallium, h200). A tariff code only
suggests items: where that could change the decision, the answer lists what it may be.""",
    tool="Say the `headline` first. `none` is given only where all rows of `coverage` were read; "
    "`not_covered` is not clearance: rules that may ask a licence were not read. `candidates` "
    "means that it depends on a parameter (`needs`), on lists of another day, or on later law. "
    "Claims are shown beside the law and are not law.",
    recorded=_recorded,
    code=_code,
    rows="rules",
    typed="licence.LicenceCited",
)
