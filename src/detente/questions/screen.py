"""Which listed parties a name may be."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import FOUND_OUT, JSON, LISTS_ON, READING, RECORD, encoding, sheet
from detente.questions.declare import Question
from detente.questions.parameters import SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.parties import Screening
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft

SHOWN = 10
"""Hits shown of a name; of a row of a file, one."""

MOST = 50
"""Names that one address may ask about."""

ADDRESS = Parameter(
    "address",
    "where the party is, as a document writes it",
    "Where the party is, as a document writes it: compared with listed addresses; may stand alone.",
    "Room 803, Chevalier House, 45-51 Chatham Road South",
    "TEXT",
    apart=True,
)


def list_day(ask: QuestionRequest) -> str | None:
    """The day of which lists are asked, or none for the newest.

    Raises:
        ValueError: the text is not a day.
    """
    return ask.day.isoformat() if ask.text("on") else None


def _answer(ask: QuestionRequest) -> Screening:
    from detente.parties.screening.answer import answer_screen
    from detente.parties.screening.queries import known_country
    from detente.parties.screening.store import Screen

    names = _names(ask)
    # Whoever asks on this machine keeps nobody waiting.
    if not ask.files and len(names) > MOST:
        raise ValueError(f"{len(names)} names are too many for an address: send at most {MOST}")
    screen = Screen(list_day(ask), ask.today(), ask.text("reading"))
    country = known_country(ask.text("country") or None)
    return answer_screen(screen, names, country, ask.number("top") or SHOWN, _addresses(ask))


def _names(ask: QuestionRequest) -> list[str]:
    """The names that are asked; an address alone is asked as one, since a list may have it.

    Raises:
        ValueError: there is no name, and the address is empty.
    """
    names = ask.texts("name") or [each for each in (ask.text("address"),) if each.strip()]
    if not names:
        named = f"{ask.spelled('name')} or {ask.spelled('address')}"
        raise ValueError(f"no name is given, and no address: nothing was screened; write {named}")
    return names


def _addresses(ask: QuestionRequest) -> list[str]:
    """The address of each name: what is said of one is said of all."""
    names = ask.texts("name")
    return [ask.text("address")] * len(names) if names else [""] * len(_names(ask))


def _recorded(ask: QuestionRequest, answer: Screening) -> LedgerDraft:
    from detente.parties.screening.queries import known_country
    from detente.transaction.recorded import of_screening

    country = known_country(ask.text("country") or None)
    return of_screening(_names(ask), country, list_day(ask), answer, _addresses(ask))


QUESTION = Question(
    "screen",
    "Which listed parties a name may be, and why.",
    (
        Parameter(
            "name",
            text="A name; may stand up to 50 times, or be left out where an address is given.",
            example="Huawei Technologies",
            metavar="NAME",
            needed=True,
            many=True,
            spelled=("name",),
            unless=("file", "address"),
        ),
        Parameter(
            "file",
            "table with a column `name`: .csv, .xlsx or .parquet, also packed (.gz, .zip)",
            where=SHELL,
        ),
        Parameter(
            "output",
            "table to write: .csv, .tsv, .xlsx, .parquet or .json (default: standard output, CSV)",
            spelled=("-o", "--output"),
            where=SHELL,
        ),
        encoding("the file", SHELL, FOUND_OUT),
        sheet(SHELL),
        Parameter("country", "where the party is", "Where the party is, to narrow.", "CN", "CC"),
        ADDRESS,
        Parameter(
            "top",
            "parties shown (default: 10 of a name, 1 of a row)",
            "At most this many hits a name; 10 where left out.",
            "5",
            "K",
            kind="number",
            least=1,
        ),
        Parameter(
            "follows",
            "of a file: a column `follows`, what standing on its lists leads to for each hit",
            kind="flag",
            where=SHELL,
        ),
        LISTS_ON,
        READING,
        JSON._replace(help="print as JSON"),
        RECORD,
    ),
    _answer,
    """  detente screen "Huawei Technologies"
  detente screen 华为技术有限公司 --json
  detente screen "Kim Trading" --address "803 Chevalier House, 45-51 Chatham Rd S"
  detente screen --file partners.csv -o hits.csv --country CN

input columns: name; optional id, country, city, address; any others are kept, one that is called as
one of the output as `own_status`; with --json, or into a file .json, each row is an object by its
columns, under `rows`. A name in `name 1`, `name 2` and so on is read as one, and so is an address;
further names of a row (DBA, alias, owner, consignee) are screened, too, and `why` says in which
column one was found. The same rows come out, in their order, with `status`, `reason`, `screened`
(each list with its day and state), `related`, `others`, `score`, `entry`, `list`, `listed_name`,
`why`, `lists`, `standing`, `listed_on`; with --top 3 the second and third party follow as
`score_2`, `entry_2`, and so on; --follows adds `follows`, what standing on the lists of the party
leads to on the day. A country explains and orders hits; a city counts where only the listed name
has one; an address, there, behind a name or with --address, is compared with entries that are
addresses.
status: hit; clear (every list was read whole for the day); partly (no hit in what was read);
not_screened (a list begins after the day); unresolved (no name, and no listed address). A hit is a
reason to look, not a finding; several lists of one party are one hit, the strictest first.
`related` are up to five listed parties that a name has to do with (a shared brand, a relation that
a list prints) without being them: no hit, and a reason to ask who owns it. `others` of a row are
further listed parties that come as close as the ones shown, each with its lists and score.""",
    tool="`status`: `hit`; `clear`, only where every list was read whole for the day; `partly`, no "
    "hit in what was read; `not_screened`, a list begins after the day. Say `reason` and "
    "`coverage` to the person who asks. A hit is a likeness of names with its reasons, not a "
    "finding that it is the same party; owners are a question of their own.",
    recorded=_recorded,
    rows="results",
    typed="parties.Screening",
)
