"""Why a request was not answered, in one shape for programs and pages: what, where, what to do."""

from __future__ import annotations

from http import HTTPStatus

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import FactError
from detente.core.tables.reading import TableError
from detente.core.vocabulary import UnknownWordError
from detente.duty.question import QuestionError
from detente.goods.codes import CodeError
from detente.goods.lines import IncompleteCode, NoEdition, SuggestedLine, UnknownCode
from detente.goods.wording import listed

SEE = "Correct it and ask again; /v1/ lists what can be asked."


class Refusal(NamedTuple):
    """What is said in place of an answer.

    Attributes:
        status: the HTTP status.
        what: what is wrong, as a sentence.
        where: the parameter, column or line that is wrong; "" where it is the whole request.
        do: what to do about it, as a sentence.
        candidates: codes offered in place of the one that was asked.
        seconds: to wait before it is worth asking again; 0 where waiting changes nothing.
        allow: methods to which the address answers; "" where it is not a matter of the method.
    """

    status: int
    what: str
    where: str
    do: str
    candidates: tuple[SuggestedLine, ...] = ()
    seconds: int = 0
    allow: str = ""

    def as_json(self) -> dict[str, object]:
        """The body of the response, before it is encoded."""
        described: dict[str, object] = {"what": self.what, "where": self.where, "do": self.do}
        if self.candidates:
            described["candidates"] = [
                {"code": each.code.dotted, "text": each.text} for each in self.candidates
            ]
        return {"error": described}


class RefusedError(Exception):
    """A request that is not answered; carries its refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.what)
        self.refusal = refusal


def refuse(status: int, what: str, where: str, do: str) -> RefusedError:
    """The exception of a refusal, to be raised."""
    return RefusedError(Refusal(status, what, where, do))


def refusal_of(error: ValueError) -> Refusal:
    """What an error of the engine says to the one who asked.

    Errors of the engine are one text, "what is wrong: what to do"; those about codes also carry the
    codes that may be meant.
    """
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, IncompleteCode):
        return _with_lines(error, error.candidates, "Choose one of its lines.")
    if isinstance(error, UnknownCode) and error.nearest:
        return _with_lines(error, error.nearest, "Choose a line of that day.")
    if isinstance(error, TableError):
        return Refusal(status, as_sentence(error.what), error.where, as_sentence(error.do))
    # Messages of the engine are written so: what is wrong, a colon, what to do.
    what, _, do = str(error).partition(": ")
    if isinstance(error, NoEdition):
        where = "on"
    elif isinstance(error, CodeError):
        where = "code"
    elif isinstance(error, QuestionError | FactError | UnknownWordError):
        where = error.where
    else:
        where = ""
    return Refusal(status, as_sentence(what), where, as_sentence(do) or SEE)


def _with_lines(error: CodeError, lines: tuple[SuggestedLine, ...], do: str) -> Refusal:
    """The refusal of a code, with the lines beside the message and no longer in it."""
    what = str(error).removesuffix(listed(lines)).strip()
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, what, "code", do, lines)


def as_sentence(text: str) -> str:
    """A text with a capital at its beginning and a stop at its end; a key stays as it is."""
    text = text.strip()
    if not text:
        return ""
    end = "" if text[-1] in ".?!" else "."
    first = text[0] if "_" in text.partition(" ")[0] else text[0].upper()
    return f"{first}{text[1:]}{end}"
