"""Whether a transaction needs a licence: a question in, an answer under the keys of the interface.

answer_licence(register, LicenceAsked(start="CN", to="US", item="gallium", on="2026-08-01"))
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.deciding import decide
from detente.controls.law import law_of
from detente.controls.model import LicenceAnswer, LicenceQuestion
from detente.core.coverage import vouched
from detente.core.figures import without_fraction
from detente.licence.ahead import changes_ahead
from detente.licence.described import notes, tell
from detente.licence.lists import DayLists
from detente.licence.parties import PartyFindings, find_party
from detente.licence.query import LicenceQuery as LicenceQuery
from detente.licence.readings import announced, mark_ahead, scheduled
from detente.licence.transfer import DEEMED_EXPORT, check_transfer, is_deemed, subject, transfer_of
from detente.licence.words import headline
from detente.register.country_words import QuestionError, country_of, stated_day
from detente.register.views.law_by_day import as_of

if TYPE_CHECKING:
    from detente.answers.licence import Licence
    from detente.answers.licence import LicenceQuestion as Row
    from detente.register.book import Register


def answer_licence(
    register: Register, query: LicenceQuery, lists: DayLists | None = None
) -> Licence:
    """What the controls of both sides decide about a transaction.

    Args:
        register: the register asked.
        query: the transaction.
        lists: the lists as of the day, where the caller keeps them for many questions.

    Raises:
        ValueError: the question cannot be understood; the message says what to do.
    """
    law = law_of(register, query.item or "", _earliest_day(query))
    lists = lists or DayLists(query.on[:10])
    screened = [
        find_party(law, name, role, lists)
        for name, role in ((query.end_user, "end_user"), (query.exporter, "exporter"))
        if name
    ]
    question = read_question(register, query, screened)
    by_name = {each.role for each in screened if each.by_name}
    held = {(role, short): row for role in sorted(by_name) for short, row in lists.held.items()}
    question = question._replace(screened=frozenset(by_name), lists=held)
    found = decide(question, law)
    decided = tell(register, law, question, found)
    through = decided["register"]["reviewed_through"]
    ahead = changes_ahead(question, law, found)
    mark_ahead(register, law, question, ahead)
    parties = [hit for each in screened for hit in each.hits]
    described: Licence = {
        "question": _question_row(query, question, found),
        **decided,
        "transfer": transfer_of(query, question),
        "subject": subject(law, question),
        "reading": register.reading,
        "announced": announced(register, law, question, found),
        "scheduled": scheduled(register, law, question, through),
        "changes_ahead": ahead,
        "parties": parties,
        "headline": headline(decided, register.countries),
        "notes": list(notes(register, law, question, found, parties, through)),
    }
    return vouched(described, "decision")


def _earliest_day(query: LicenceQuery) -> str:
    """The day by which the law is read: an answer as once known knows no later list."""
    return min(query.on[:10], query.known_on or query.on[:10])


def read_question(
    register: Register, query: LicenceQuery, screened: list[PartyFindings]
) -> LicenceQuestion:
    """The question in the terms of the engine.

    Raises:
        QuestionError: a country, a day, the code or the choice of item and code is wrong.
    """
    if (query.item is None) == (query.code is None):
        raise QuestionError("name either an item with --item, or a tariff code with --code", "item")
    start, to = _country(register, query.start, "from"), _destination(register, query)
    check_transfer(query, start)
    if start == to:
        raise QuestionError(
            f"goods that stay in {register.countries[start]} are not exports: check --from "
            "and --to",
            "to",
        )
    facts = dict(query.params)
    headquarters = facts.pop("headquarters", "")
    uses = [*query.end_use, *(each.use for each in screened if each.use)]
    if "end_use" in facts:
        uses.append(facts.pop("end_use"))
    if uses:
        facts["end_use"] = ",".join(uses)
    if is_deemed(query):
        facts[DEEMED_EXPORT] = "true"
    return LicenceQuestion(
        start=start,
        to=to,
        minutes=_as_of(register, query.on),
        item=query.item,
        code=None if query.code is None else _digits(query.code),
        facts=facts,
        made_in=_country(register, query.made_in, "made_in") if query.made_in else None,
        content=query.content,
        headquarters=_country(register, headquarters, "headquarters") if headquarters else None,
        parties=(*query.parties, *(found for each in screened for found in each.findings)),
        end_user_known=bool(query.end_user) or bool(query.parties),
        exporter=query.exporter,
        owners_known=query.owners_known,
        known_on=None if query.known_on is None else stated_day(query.known_on, "known_on"),
    )


def _destination(register: Register, query: LicenceQuery) -> str:
    """Where it goes; for a deemed export the country of the person to whom it is released."""
    if query.deemed_to:
        return _country(register, query.deemed_to, "deemed_to")
    if not query.to:
        raise QuestionError("say where it goes (to), or to whom it is released (deemed_to)", "to")
    return _country(register, query.to, "to")


def _country(register: Register, text: str, where: str) -> str:
    try:
        return country_of(register, text)
    except QuestionError as error:
        error.where = where
        raise


def _as_of(register: Register, on: str) -> dict[str, int]:
    try:
        return as_of(register, on)
    except ValueError as error:
        raise QuestionError(str(error), "on") from None


def _digits(code: str) -> str:
    digits = without_fraction(code).replace(".", "").replace(" ", "")
    if not digits.isdigit() or not digits.isascii() or not 4 <= len(digits) <= 10:
        raise QuestionError(
            f"{code!r} is not a tariff code: write 4 to 10 digits, such as 8112.92.10", "code"
        )
    return digits


def _question_row(query: LicenceQuery, question: LicenceQuestion, found: LicenceAnswer) -> Row:
    return {
        "from": question.start,
        "to": question.to,
        "on": query.on,
        "known_on": query.known_on,
        "item": query.item,
        "code": question.code,
        "params": dict(found.facts),
        "end_user": query.end_user or None,
        "end_use": list(query.end_use),
        "made_in": question.made_in,
        "content": dict(question.content),
        "exporter": query.exporter or None,
        "deemed_to": question.to if is_deemed(query) else None,
    }
