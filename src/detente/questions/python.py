"""The questions as Python functions: one a question, with the parameters of its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module

from detente._shapes import TYPE_CHECKING
from detente.core.clock import as_stated
from detente.questions import NAMES, TABLES, find
from detente.questions.parameters import EVERYWHERE, PROGRAMS, Parameter

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable
    from typing import Any

    from detente.goods.schedule import Schedule
    from detente.questions.declare import Question
    from detente.questions.result import Result
    from detente.register.book import Register
    from detente.transaction.shipment import Shipment

WHOLE = "assess"
"""The question that is also asked of a shipment as Python has it."""

RESERVED = {"from": ("from_", "from_date")}
"""Names that Python keeps for itself, and what is written in their place: for a place, a day."""


@cache
def function(name: str) -> Callable[..., Result]:
    """The function that asks a question.

    Raises:
        KeyError: there is no question of that name.
    """
    if name in TABLES:
        found: Callable[..., Result] = getattr(import_module("detente.questions.tables"), name)
        return _with_verbs(found, name)
    if name not in NAMES:
        raise KeyError(name)
    question = find(name)

    def operation(*words: Any, **named: Any) -> Result:
        return ask(question, words, named)

    if name == WHOLE:
        operation = _of_shipments(operation)
    operation.__name__ = operation.__qualname__ = question.operation
    operation.__module__ = "detente"
    operation.__doc__ = _doc(question)
    operation.__signature__ = signature(question)  # type: ignore[attr-defined]
    return operation


def _of_shipments(ask_in_words: Callable[..., Any]) -> Callable[..., Any]:
    """The function that takes a shipment too, as well as the parameters of its question."""

    def operation(*words: Any, **named: Any) -> Any:
        from detente.transaction.shipment import Shipment

        given = words[0] if words else named.get("shipment")
        if not isinstance(given, Shipment | Mapping):
            return ask_in_words(*words, **named)
        return assess_shipment(*words, **named)

    return operation


def assess_shipment(
    shipment: Shipment | Mapping[str, Any],
    register: Register | None = None,
    *,
    on: date | str | None = None,
    known_on: date | str | None = None,
) -> Mapping[str, Any]:
    """What a shipment owes, who takes part in it, and what needs permission, on a day.

    Args:
        shipment: the goods, their way and their parties; or a mapping with the keys of a file.
        register: the register to ask; the built-in one, with local records, by default.
        on: the day of the entry, or an instant as text with its offset; the day that the mapping
            names, or else today, where left out.
        known_on: answer as known at the end of this day.

    Raises:
        ValueError: the question cannot be understood; the message says what to do.

    Example:
        >>> a = detente.assess({"code": "8507.60.00.10", "origin": "CN", "destination": "US",
        ...                     "value": "10000"}, on=date(2025, 11, 12))
        >>> a.duty.total.amount
        '4840.00'
    """
    from detente.questions.over import ProgramRequest
    from detente.transaction.shipment import Shipment, ShipmentQuery, shipment_of, text_of_value

    _refuse_empty_day("on", on)
    _refuse_empty_day("known_on", known_on)

    if isinstance(shipment, Shipment):
        value = text_of_value(shipment.value, "value") or None
        query = ShipmentQuery(shipment._replace(value=value))
    else:
        query = shipment_of(shipment)
    today = date.today().isoformat
    held, schedule = opened(None)
    ask = ProgramRequest((), {}, today, (register or held, schedule))
    return ask.assess(
        query._replace(
            on=text_of(on) if on else query.on or today(),
            known_on=text_of(known_on) if known_on else query.known_on,
        )
    )


def _with_verbs(found: Callable[..., Result], name: str) -> Callable[..., Result]:
    """A function with those of the questions that are verbs of it: ``owners.count``."""
    for each in NAMES:
        if each.startswith(f"{name} "):
            setattr(found, each.removeprefix(f"{name} "), function(each))
    return found


def ask(question: Question, words: tuple[Any, ...], named: Mapping[str, Any]) -> Result:
    """The answer to a question.

    Args:
        question: the declaration.
        words: what is told by its place.
        named: what is told by its name; a day may be a `date`, KEY=VALUE texts a mapping.

    Raises:
        TypeError: a name is none of the question's, or something is missing or given twice.
        ValueError: the question cannot be understood; the message says what to write.
    """
    from detente.questions.over import ProgramRequest
    from detente.questions.result import Result

    bound = signature(question).bind(*words, **named)
    folder = bound.arguments.pop("register", None)
    values = {
        each.name: value_of(each, bound.arguments.get(spelled(each)))
        for each in _parameters(question)
        if each.name != "register"
    }
    for each in _parameters(question):
        if each.is_missing(lambda name: values.get(name) not in (None, [])):
            raise ValueError(f"{spelled(each)}: none is given")
    question.check_written(values)
    over = ProgramRequest(
        question.parameters, values, lambda: date.today().isoformat(), opened(folder), files=True
    )
    return Result(question.answer(over), question.rows)


def signature(question: Question) -> inspect.Signature:
    """What a function of a question takes: words by place first, all else by name."""
    import inspect

    found = []
    asked = _parameters(question)
    for each in asked:
        kind: Any = inspect.Parameter.KEYWORD_ONLY
        if each.by_place:
            kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        default: Any = inspect.Parameter.empty
        if not each.is_needed(asked):
            default = False if each.kind == "flag" else each.default
        found.append(inspect.Parameter(spelled(each), kind, default=default))
    # A signature refuses a parameter without a default behind one that has one.
    found.sort(key=lambda each: (each.kind, each.default is not inspect.Parameter.empty))
    return inspect.Signature(found)


def _parameters(question: Question) -> tuple[Parameter, ...]:
    return question.parameters_in(EVERYWHERE, PROGRAMS)


def spelled(each: Parameter) -> str:
    """A parameter as Python writes it."""
    if each.name not in RESERVED:
        return each.name
    place, day = RESERVED[each.name]
    return day if each.is_day else place


def value_of(each: Parameter, value: Any) -> Any:
    """What was given, as the declaration has it: texts, whole numbers and flags.

    Raises:
        TypeError: it is of a type that the parameter does not have.
        ValueError: nothing is given of what is needed, a text holds half a character, or a day is
            empty, which would be read as none, and so as today.
    """
    if each.is_day:
        _refuse_empty_day(spelled(each), value)
    if each.kind == "number":
        return each.default if value is None else _whole(each, value)
    if each.kind == "flag":
        return False if value is None else _flag(each, value)
    if not each.many:
        return each.default if value is None else _text(each, value)
    if value is None:
        return []
    if isinstance(value, Mapping):
        if "=" not in each.metavar and each.name != "quantity":
            raise TypeError(f"{spelled(each)}: write texts, not {_kind(value)}")
        glue = "{1}{0}" if each.name == "quantity" else "{0}={1}"
        return [glue.format(key, text_of(part)) for key, part in value.items()]
    if hasattr(value, "columns"):
        # A frame goes through its names, which nobody means.
        raise TypeError(f"{spelled(each)}: give one column, not a whole {_kind(value)}")
    if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
        return [_text(each, value)]
    return [_text(each, part) for part in value]


def _refuse_empty_day(name: str, day: Any) -> None:
    """Refuse a day that is given and empty, which would be read as none, and so as today."""
    if isinstance(day, str) and not day:
        raise ValueError(f"{name} is empty: write a day as YYYY-MM-DD, or leave it out")


def _text(each: Parameter, value: Any) -> str:
    """A value of a parameter that is a text; a number is one where the example has digits.

    Raises:
        TypeError: it is neither, nor a day, a path or a mapping.
        ValueError: it is no number (NaN), or a text holds half a character.
    """
    from numbers import Number
    from os import PathLike

    takes_numbers = not each.example or any(map(str.isdigit, each.example))
    kinds = (str, date, Mapping, PathLike, *([Number] if takes_numbers else []))
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise TypeError(f"{spelled(each)}: write text, not {_kind(value)}")
    if value != value:
        raise ValueError(f"{spelled(each)}: nan is not a value; leave out what is not known")
    text = text_of(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{spelled(each)}: {text!r} holds half a character, {text[error.start]!r}: read the "
            "text anew in its own encoding"
        ) from None
    return text


def _whole(each: Parameter, value: Any) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{spelled(each)}: write a whole number, not {_kind(value)}")
    return int(value)


def _flag(each: Parameter, value: Any) -> bool:
    # Frames and arrays have truths of their own kind.
    if not _kind(value).startswith("bool"):
        raise TypeError(f"{spelled(each)}: write True or False, not {_kind(value)}")
    return bool(value)


def _kind(value: Any) -> str:
    return "None" if value is None else type(value).__name__


def text_of(value: Any) -> str:
    """A value of a program as it would be written in words."""
    if isinstance(value, Mapping):
        import json

        return json.dumps(value, ensure_ascii=False, default=text_of)
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_stated(value) if isinstance(value, date) else str(value)


def _doc(question: Question) -> str:
    rows = [question.summary, "", "Args:"]
    for each in _parameters(question):
        rows.append(f"    {spelled(each)}: {each.sentence}")
    rows += ["", "Returns:", "    The answer under the keys of the interface, as a `Result`."]
    return "\n".join(rows)


@cache
def opened(folder: str | None) -> tuple[Register, Schedule]:
    """The register with local records, or that of a folder, and the schedule; opened once."""
    from pathlib import Path

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

    return Register.load(Path(folder) if folder else None), Schedule()
