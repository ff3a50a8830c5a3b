"""Where another's rates and ours agree, and where not: by family, by origin, by decided cause."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import STRICT, day_parameters, output
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, SHELL, Parameter

if TYPE_CHECKING:
    from detente.agreement.peer import Peer
    from detente.answers.tables import RatesAgreement
    from detente.questions.request import QuestionRequest


def _peer(ask: QuestionRequest) -> Peer:
    """The rates that were given: a file, or lines in words."""
    from pathlib import Path

    from detente.agreement.peer import of_lines, read_peer

    families = tuple(ask.register.families)
    file, lines, percent = ask.text("file"), ask.texts("rates"), bool(ask.values.get("percent"))
    if bool(file) == bool(lines):
        named = f"{ask.spelled('file')}, or each line with {ask.spelled('rates')}"
        raise ValueError(f"give rates to compare: {named}")
    on = ask.day.isoformat() if ask.text("on") else ""
    if file:
        return read_peer(Path(file), families, on, percent)
    return of_lines(lines, families, on or ask.today(), percent)


def _answer(ask: QuestionRequest) -> RatesAgreement:
    from pathlib import Path

    from detente.agreement.answer import agree
    from detente.agreement.causes import read_causes

    causes = read_causes(Path(ask.text("causes"))) if ask.text("causes") else []
    tolerance = ask.quantity("tolerance")
    facts = ask.pairs("facts", "a fact")
    found = agree(ask.register, ask.schedule, _peer(ask), causes, facts, tolerance)
    ask.beside["cells"] = found.cells
    return found.answer


def _code(ask: QuestionRequest, answer: RatesAgreement) -> int:
    return 3 if ask.values["strict"] and answer["totals"]["unexplained"] else 0


QUESTION = Question(
    "agree",
    "Someone else's rates against ours: where they agree, where they do not, and why.",
    (
        Parameter(
            "file",
            "rates by line and origin: .csv, .xlsx or .parquet",
            "A table of rates by line and origin.",
            metavar="FILE",
            spelled=("file",),
            where=PROGRAMS,
        ),
        Parameter(
            "rates",
            "a line, in place of a file; repeat for each",
            "A line of rates as KEY=VALUE between commas; once for each line.",
            "code=8507.60.00.10,origin=CN,base=3.4%,301=25%",
            "KEY=VALUE,…",
            many=True,
        ),
        Parameter("causes", "known causes of disagreement, in YAML", metavar="FILE",
                  where=PROGRAMS),
        Parameter(
            "tolerance",
            "how far rates may differ and still count as equal (default: 0.0005)",
            "How far equal rates may differ, as a fraction; 0.0005 where left out.",
            "0.0005",
            "SHARE",
        ),
        Parameter("percent", "rates without a percent sign are percentages", example="false",
                  kind="flag"),
        Parameter(
            "facts",
            "a fact of every line, where the rates suppose one",
            "A fact of every line as KEY=VALUE, where the rates suppose one.",
            "auto_part=false",
            "KEY=VALUE",
            many=True,
        ),
        output("write every cell that differs: .csv, .xlsx, .parquet; or the answer: .json"),
        Parameter("why", "show what each cause says", kind="flag", where=SHELL),
        STRICT,
        *day_parameters("the day of rates that name none"),
    ),
    _answer,
    """  detente agree rates.csv --on 2025-12-10
  detente agree rates.parquet --causes causes.yaml -o differences.csv
  detente agree --rates code=8507.60.00.10,origin=CN,base=3.4%,301=25% --on 2025-11-12

columns of a table: code, origin, optional on; a rate for each family that is compared: base, 301,
301_forced_labor, ieepa, 122, 232, 201, other, total (also as rate_301, duty_301, mfn). A rate is a
fraction of one, or has a percent sign. An empty cell is not compared. A day in the name of the file
counts where nothing else names one. Ours is the rate of an entry of which nothing is known.""",
    tool=None,
    code=_code,
    rows="rows",
    typed="tables.RatesAgreement",
)  # fmt: skip
