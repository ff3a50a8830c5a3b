"""Who is covered because of who owns them, with the shares, the path and the source."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import CHART, RECORD, day_parameters, sheet
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.answers.owners import Owners
    from detente.parties.ownership.model import Holdings
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft

FILES = {"holdings": "file", "seeds": "seeds", "entities": "entities"}
"""Parts of what is known of owners, and the parameter that names the file of each."""


def _answer(ask: QuestionRequest) -> Owners:
    return covered(ask, lambda: _read(ask))


def covered(ask: QuestionRequest, read: Callable[[], Holdings]) -> Owners:
    """Who is covered.

    Args:
        ask: the question.
        read: gives the holdings, once it is known that there is a register to ask.
    """
    from detente.parties.ownership.answer import owners

    known_on, regime = ask.day_number("known_on"), ask.text("regime")
    register, on_demand = ask.register, bool(ask.beside.get("on demand"))
    # No name here holds what was read, so that what is made anew of it takes its place.
    return owners(
        register, _holdings(ask, read, regime), regime, ask.on, known_on, ask.text("paths"),
        on_demand,
    )  # fmt: skip


def _holdings(ask: QuestionRequest, read: Callable[[], Holdings], rule: str) -> Holdings:
    """What is known of owners, with the parties that stand on lists where they are asked for."""
    return _screened(ask, read(), rule) if ask.values.get("screen") else read()


def _read(ask: QuestionRequest) -> Holdings:
    """What the files say of owners.

    Raises:
        ValueError: one is not a file, or cannot be read.
    """
    from contextlib import nullcontext
    from pathlib import Path

    from detente.core.missing_files import no_file
    from detente.parties.ownership.file import read_all

    named = (ask.text(each) for each in FILES.values())
    paths = [Path(each) if each else None for each in named]
    for path in paths:
        if path is not None and not path.is_file():
            raise ValueError(no_file(path, "name a CSV file with a header"))
    file, seeds, entities = paths
    assert file is not None, "the declaration needs it"
    # A shell shows meanwhile how far it has come.
    with ask.beside.get("while reading", nullcontext)():
        return read_all(file, seeds, entities, ask.text("encoding") or None, ask.text("sheet"))


def _screened(ask: QuestionRequest, holdings: Holdings, rule: str) -> Holdings:
    """The holdings with the parties among them that stand on the lists of a rule."""
    from detente.parties.ownership.regimes import regime
    from detente.parties.ownership.screened_names import with_listed
    from detente.parties.screening.store import Screen

    return with_listed(holdings, Screen(ask.on[:10], ask.today()), regime(ask.register, rule).seeds)


def _recorded(ask: QuestionRequest, answer: Owners) -> LedgerDraft:
    """The names and hashes of the files: with them at hand, the question can be asked again."""
    from hashlib import sha256
    from pathlib import Path

    from detente.transaction.recorded import of_owners

    paths = {part: Path(ask.text(each)) for part, each in FILES.items() if ask.text(each)}
    files = {
        part: {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
        for part, path in paths.items()
    }
    stated: dict[str, object] = {"files": files, "known_on": ask.text("known_on") or None}
    if ask.values.get("screen"):
        stated["screen"] = True
    return of_owners(stated, answer)


QUESTION = Question(
    "owners",
    "Companies covered because of who owns them.",
    (
        Parameter(
            "file",
            "holdings",
            "A table of holdings.",
            needed=True,
            spelled=("file",),
            where=PROGRAMS,
        ),
        Parameter("seeds", "listed parties", "A table of listed parties.", metavar="FILE",
                  where=PROGRAMS),
        Parameter("entities", "names, countries, branches", metavar="FILE", where=PROGRAMS),
        Parameter(
            "regime",
            "bis (the default), ofac, ofac-2013, mofcom-61, us-301-cranes, economic-interest",
            metavar="RULE",
            default="bis",
        ),
        Parameter("encoding", "of the files (default: UTF-8)", where=PROGRAMS),
        sheet()._replace(help="of a workbook of holdings (default: the one that has cells)"),
        Parameter(
            "screen", "screen the names in the files, to know which parties are listed",
            kind="flag",
        ),
        Parameter(
            "paths",
            "how many ownership paths to write out",
            default="full",
            choices=("full", "first", "none"),
        ),
        CHART._replace(help="draw the tree", metavar="OUT.svg"),
        RECORD,
        *day_parameters("the day"),
    ),
    _answer,
    """  detente owners holdings.csv --seeds listed.csv --entities companies.csv
  detente owners holdings.csv --seeds listed.csv --regime ofac --on 2014-08-12 --json
  detente owners holdings.csv --entities companies.csv --screen --paths first
  detente owners holdings.csv --seeds listed.csv --chart tree.svg
  detente owners holdings.csv --seeds listed.csv --record
  detente owners count ownership.parquet exhibit21.csv --country CN

holdings: owner,owned,share and from, until, source, key, board_share, votes_share,
contract_control; a share is 50 or 50% (percent), 1/3 (a fraction of one), 33.33-49.99 (a
range in percent) or unknown. Rows of one owner and company with keys of their own add up, rows
with one key or with none are one holding; an unknown share without a key may come on top.
listed: id,list and programme, country, requirement.
companies: id,name,country and branch_of. Each may be CSV, a workbook, Parquet or JSON: an array
of objects, or one a line. Holdings may also be BODS 0.4, FollowTheMoney or GLEIF relationships.""",
    tool=None,
    recorded=_recorded,
    rows="covered",
    typed="owners.Owners",
    where=PROGRAMS,
)  # fmt: skip
