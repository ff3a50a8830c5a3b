"""The rate of every line from many origins over a span of days."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import READING, REGISTER, SCENARIO
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.tables import PanelWritten
    from detente.questions.request import QuestionRequest
    from detente.register.book import Register

EVERY = "all"
DESTINATION = "US"
"""Whose panel it is: the one side whose schedule the product holds."""


def _answer(ask: QuestionRequest) -> PanelWritten:
    """Write the file; the answer is what it came to."""
    from pathlib import Path

    from detente.batch.extra import NEEDS_EXTRA, has_extra
    from detente.batch.panels.panel_labels import check_kind, write_kind
    from detente.core.tables.writing import PARQUET

    target = Path(ask.text("output"))
    kind = check_kind(target)
    if not has_extra():
        raise ValueError(f"a panel {NEEDS_EXTRA}")
    from detente.average.flow_coverage import of_editions, of_gaps
    from detente.batch.panels.panel_file import PanelSpan, write_panel
    from detente.core.clock import day_number, day_text

    register, first, until = ask.register, ask.text("from"), ask.text("to")
    origins = origins_of(register, ask.text("origins"))
    span, schedule = PanelSpan(origins, first, until), ask.schedule
    columns = ask.text("columns")
    if kind == PARQUET and not columns:
        count = write_panel(register, schedule, span, target)
    else:
        count = write_kind(register, schedule, span, target, columns)
    area = register.areas[f"{DESTINATION.lower()}/tariff"]
    last = day_text(day_number(until) - 1)
    editions = of_editions(schedule, area, first, last)
    gaps = of_gaps(register, DESTINATION, origins, first, last)
    return {
        "file": str(target),
        "rows": count,
        "origins": origins,
        "from": first,
        "last": last,
        "reviewed_through": area.reviewed_through,
        "coverage": [each.row() for each in (editions, *gaps)],
    }


def origins_of(register: Register, text: str) -> list[str]:
    """The countries named, each once; with `all` among them every one but the importing country.

    Raises:
        QuestionError: a country is not known, or it is that of import.
    """
    from detente.duty.question import QuestionError, country_of

    words = [word.strip() for word in text.split(",")]
    named = [country_of(register, word) for word in words if word.lower() != EVERY]
    if DESTINATION in named:
        raise QuestionError("goods of the country of import are not imports: leave it out")
    if len(named) < len(words):
        return [code for code in register.countries if code != DESTINATION]
    return list(dict.fromkeys(named))


QUESTION = Question(
    "panel",
    "The rates on every line from many origins, day by day.",
    (
        Parameter("origins", "countries, or all", metavar="CC,…", needed=True),
        Parameter("from", "first day", metavar="DAY", needed=True),
        Parameter("to", "the day after the last", metavar="DAY", needed=True),
        Parameter(
            "output",
            "file to write: .parquet, .csv, .xlsx, .dta",
            needed=True,
            spelled=("-o", "--output"),
            where=PROGRAMS,
        ),
        SCENARIO,
        READING,
        REGISTER,
    ),
    _answer,
    """  detente panel --origins all --from 2025-01-01 --to 2026-01-01 -o panel.parquet
  detente panel --origins CN,HK,MO --from 2018-01-01 --to 2026-11-01 -o china.parquet
  detente panel --origins CN --from 2025-01-01 --to 2026-11-01 -o china.dta

A .csv file has a codebook beside it (panel.codebook.csv: column, label, unit), and a .dta file for
Stata or R carries the labels in itself; it needs pandas (`pip install detente[stata]`).

columns: code, origin, from, until, ad_valorem, and a rate for each family of duties. Days run from
--from until the day before --to, and each row until the day before its own `until`. A rate is
the answer for an entry of which nothing else is known; null where a duty is not a share of the
value.

A line has rows on the days on which the edition of the schedule in use prints its number and
nothing below it; editions that print no statistical numbers have their lines of eight digits. Where
one number gives way to another, one of them has the day. `detente duty` also answers for a number
that only the edition beside it prints, and says so.
""",
    tool=None,
    where=PROGRAMS,
    typed="tables.PanelWritten",
)
