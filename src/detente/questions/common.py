"""Parameters that several questions share."""

from __future__ import annotations

from detente.questions.parameters import PROGRAMS, SHELL, Parameter


def on(what: str) -> Parameter:
    """The day that is asked about; `what` says whose day it is."""
    return Parameter(
        "on",
        f"{what}, or an instant with offset (default: today)",
        "The day, or an instant with its offset; today where left out.",
        "2025-11-12",
        "DAY",
    )


KNOWN_ON = Parameter(
    "known_on",
    "answer with what was known at the end of this day",
    example="2026-10-10",
    metavar="DAY",
)
SCENARIO = Parameter(
    "scenario",
    "answer under a scenario; `detente scenario list` names those at hand",
    "Answer under a scenario: its name.",
    "truce-lapses",
    "NAME|FILE",
    apart=True,
)
READING = Parameter(
    "reading",
    "the law as read (default), or with what was only announced",
    "The law as read, or with what was only announced: law or announced.",
    "law",
    "law|announced",
)
REGISTER = Parameter("register", "use the register in this folder", metavar="DIR", where=PROGRAMS)
JSON = Parameter("json", "print the answer as JSON", kind="flag", where=SHELL)
RECORD = Parameter(
    "record", "record the question and the answer in the ledger", kind="flag", where=SHELL
)
WHOSE = Parameter(
    "by", "the side that acts (default: all)", "The side that acts: US, CN or both.", "US", "CC"
)


def kind(shown: str) -> Parameter:
    """Of which kind records are; `shown` says which are shown without it."""
    return Parameter(
        "kind",
        "measure, threat, proposal, agreement, commitment, claim, event, or several with "
        f"commas (default: {shown})",
        example="measure",
        metavar="KIND",
    )


def first_day(help: str, *, needed: bool = False) -> Parameter:
    """The first day of a span."""
    return Parameter(
        "from", help, "The first day.", "2025-11-09", "DAY", needed=needed,
        spelled=("--from", "--from-date"),
    )  # fmt: skip


def last_day(help: str, *, needed: bool = False) -> Parameter:
    """The last day of a span."""
    return Parameter("to_date", help, "The last day.", "2025-11-10", "DAY", needed=needed)


def output(help: str) -> Parameter:
    """A file to write."""
    return Parameter("output", help, metavar="FILE", spelled=("-o", "--output"), where=SHELL)


FOUND_OUT = "found out"
"""How a text is read of which nobody says the encoding, where its bytes are looked at."""


def encoding(of: str, where: str = PROGRAMS, usual: str = "by its mark, else UTF-8") -> Parameter:
    """How a text file is encoded; `of` says which, and `usual` how it is read where none says."""
    return Parameter("encoding", f"of {of} (default: {usual})", where=where)


def sheet(where: str = PROGRAMS) -> Parameter:
    """Which sheet of a workbook has the table."""
    return Parameter(
        "sheet",
        "of a workbook (default: the one that has cells)",
        example="Entries",
        metavar="NAME",
        where=where,
    )


def dates(usual: str) -> Parameter:
    """How days that may be two are read; ``usual`` says what happens where nobody says."""
    return Parameter(
        "dates",
        f"how days such as 03/04/2026 are read (default: {usual})",
        choices=("month-first", "day-first"),
        where=SHELL,
    )


WHOSE_TARIFF = Parameter(
    "to",
    "whose tariff: US or CN (default: US)",
    "Whose tariff: US or CN, or a name of the country.",
    "US",
    "CC",
)
LISTS_ON = Parameter(
    "on", "lists as of a day (default: the newest)", example="2026-08-01", metavar="DAY"
)
CHART = Parameter(
    "chart", "draw it: .svg, .png, .json (Vega-Lite), .csv", metavar="OUT", where=SHELL
)
STRICT = Parameter("strict", "exit with 3 if the answer is not settled", kind="flag", where=SHELL)


def day_parameters(what: str) -> tuple[Parameter, ...]:
    """When it is asked, what is known, what is supposed, and which register answers."""
    return (*((on(what),) if what else ()), KNOWN_ON, SCENARIO, READING, REGISTER, JSON)
