"""Every field of an answer about duty, in words; the API's document and its page are made of it."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import NamedTuple
from detente.api.schemas import WHERE, Schema, Schemas
from detente.questions.duty import QUESTION
from detente.questions.parameters import EVERYWHERE


class AnswerField(NamedTuple):
    """One field: where it stands ("layers[].rate"), its JSON types, and what it says."""

    path: str
    types: tuple[str, ...]
    text: str


TEXT, LIST = ("string",), ("array",)


def fields_of(schemas: Schemas, name: str, at: str = "") -> Iterator[AnswerField]:
    """Every field of a type that was met, with those of the rows that it holds.

    Args:
        schemas: knows the types.
        name: of the type.
        at: where it stands in the answer.
    """
    for key, schema in schemas.named[name]["properties"].items():
        path = f"{at}{key}"
        parts = schema.get("anyOf", [schema])
        kinds = [kind for part in parts for kind in _kinds(part)]
        below = [_below(schemas, part, path) for part in parts]
        held = schemas.named[parts[0]["$ref"].removeprefix(WHERE)] if "$ref" in parts[0] else {}
        yield AnswerField(
            path, tuple(kinds), schema.get("description") or held.get("description", "")
        )
        for fields in below:
            yield from fields


def _kinds(schema: Schema) -> list[str]:
    kind = schema.get("type", "object")
    return kind if isinstance(kind, list) else [kind]


def _below(schemas: Schemas, schema: Schema, path: str) -> Iterator[AnswerField]:
    rows = "[]" if schema.get("type") == "array" else ""
    reference = (schema.get("items", {}) if rows else schema).get("$ref")
    if reference:
        yield from fields_of(schemas, reference.removeprefix(WHERE), f"{path}{rows}.")


def _of_duty() -> tuple[AnswerField, ...]:
    schemas = Schemas()
    schemas.of_answer(QUESTION.typed)
    return tuple(fields_of(schemas, "Duty"))


DUTY = _of_duty()

PARAMETERS = tuple(
    AnswerField(each.name, LIST if each.many else TEXT, each.sentence)
    for each in QUESTION.parameters_in(EVERYWHERE)
)
"""Parameters of `GET /v1/duty`, as the question declares them."""

EXAMPLES: dict[str, str | list[str]] = {
    each.name: [each.example] if each.many else each.example
    for each in QUESTION.parameters_in(EVERYWHERE)
}
"""A value of each parameter."""
