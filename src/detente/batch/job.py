"""Tables of entries and panels of rates, worked out in the background."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.store.jobs.work import Work

BATCH, PANEL = "duties", "panel"
"""Names of the files that are written, without their suffix."""


def answer_table(work: Work) -> None:
    """The job: the duty of every row of the table that was sent."""
    from detente.batch.files import BatchJob, answer_file
    from detente.core.figures import counted
    from detente.core.tables.encodings import encoding_of
    from detente.scenario.opened import law_of

    options = work.options
    facts = dict(pair.split("=", 1) for pair in options["facts"].split(";") if pair)

    def tell(rows: int) -> None:
        work.budget.check_rows(rows, 1)
        work.progress(rows, 0, f"{counted(rows, 'row')} answered")

    tell(0)
    register = law_of(options)
    encoding = options["encoding"] or encoding_of(work.source) or None
    job = BatchJob(
        work.source, work.file(f"{BATCH}{options['kind']}"), facts, encoding, tell,
        options["dates"], sheet=options.get("sheet", ""),
    )  # fmt: skip
    work.finish(answer_file(register, job).described(register))


def write_rates(work: Work) -> None:
    """The job: the rate of every line from the origins that were named, over a span of days."""
    from detente.batch.panels.panel_file import PanelSpan
    from detente.batch.panels.panel_labels import labels_of, write_kind
    from detente.goods.schedule import Schedule
    from detente.scenario.opened import law_of

    options = work.options
    work.progress(0, 0, "working out the rates")
    register, target = law_of(options), work.file(f"{PANEL}{options['kind']}")
    origins = options["origins"].split(",")
    span = PanelSpan(origins, options["from"], options["to"])
    count = write_kind(register, Schedule(), span, target)
    names = ["code", "origin", "from", "until", "ad_valorem"]
    work.finish(
        {
            "rows": count,
            "origins": origins,
            "from": options["from"],
            "to": options["to"],
            "labels": [[name, *words] for name, words in labels_of(register, names).items()],
        }
    )
