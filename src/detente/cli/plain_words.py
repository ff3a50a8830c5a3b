"""Words of a command line that say all that they must: read as declared, without a parser.

Loading and making a parser takes a tenth of a cold answer, and most command lines need none. What
needs help, a refusal, or more care than is taken here is left to the parser, which reads the same
declarations.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from detente.questions.parameters import Parameter


class _NotPlainError(Exception):
    """Words that are left to the parser."""


def plain_values(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any] | None:
    """What the words of a command line say, as the parser of a question gives it.

    Args:
        parameters: of the question, as declared for the shell.
        words: after the command.

    Returns:
        The values by parameter; None where the words are to be read by the parser.
    """
    if any(each.either for each in parameters):
        return None
    try:
        return _values(parameters, words)
    except _NotPlainError:
        return None


def _values(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any]:
    options = {
        spelled: each for each in parameters if not each.by_place for spelled in each.options
    }
    found: dict[str, Any] = {_key(each): _left_out(each) for each in parameters}
    given, places, ended = set(), list[str](), False
    left = iter(words)
    for word in left:
        if not word.startswith("-"):
            if ended:  # words told by their place are taken together
                raise _NotPlainError
            places.append(word)
            continue
        ended = bool(places)
        spelled, equals, value = word.partition("=")
        each = options.get(spelled)
        if each is None or (equals and (each.kind == "flag" or not word.startswith("--"))):
            raise _NotPlainError
        if each.kind == "flag":
            found[_key(each)] = True
            continue
        if not equals:
            value = next(left, "-")
            if value.startswith("-"):
                raise _NotPlainError
        given.add(each.name)
        if each.many:
            found[_key(each)].append(_read(each, value))
        else:
            found[_key(each)] = _read(each, value)
    _take_places([each for each in parameters if each.by_place], places, found)
    for each in parameters:
        missing = each.kind != "flag" and not each.by_place and each.name not in given
        if missing and each.is_required:
            raise _NotPlainError
    return found


def _take_places(
    parameters: Sequence[Parameter], words: Sequence[str], found: dict[str, Any]
) -> None:
    """Give words to the parameters that are told by their place, in their order."""
    left = list(words)
    for number, each in enumerate(parameters):
        if each.many:
            if number != len(parameters) - 1 or (each.is_required and not left):
                raise _NotPlainError
            found[_key(each)] = [_read(each, word) for word in left]
            return
        if left:
            found[_key(each)] = _read(each, left.pop(0))
        elif each.needed:
            raise _NotPlainError
        if not each.needed and number != len(parameters) - 1:
            raise _NotPlainError
    if left:
        raise _NotPlainError


def _read(each: Parameter, word: str) -> str | int:
    """A word as the value of a parameter."""
    value: str | int = word
    if each.kind == "number":
        try:
            value = int(word)
        except ValueError:
            raise _NotPlainError from None
    if (each.choices and value not in each.choices) or (each.is_day and not word):
        raise _NotPlainError
    return value


def _key(each: Parameter) -> str:
    """Under which key a parser gives a parameter."""
    if each.kind == "flag":
        long = next((name for name in each.options if name.startswith("--")), each.options[0])
        return long.lstrip("-").replace("-", "_")
    return each.options[0] if each.by_place else each.name


def _left_out(each: Parameter) -> Any:
    """What stands for a parameter that is not given."""
    if each.kind == "flag":
        return False
    if each.many:
        return []
    return None if each.by_place else each.default
