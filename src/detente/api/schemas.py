"""JSON Schema of answers, made from their types: the one declaration of their keys."""

from __future__ import annotations

from importlib import import_module
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Schema = dict[str, Any]

NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
WHERE = "#/components/schemas/"


class Schemas:
    """Schemas of types by the name of each, each made once.

    Attributes:
        named: the schemas of all types that were met, by module and name.
    """

    def __init__(self, where: str = WHERE) -> None:
        """Begin with none.

        Args:
            where: what stands before the name of a type in a reference to its schema.
        """
        self.where = where
        self.named: dict[str, Schema] = {}

    def of_answer(self, typed: str) -> Schema:
        """The schema of an answer, by the name of its type as a question has it."""
        module, _, name = typed.rpartition(".")
        return self.of(getattr(import_module(f"detente.answers.{module}"), name))

    def of(self, kind: Any) -> Schema:
        """The schema of a type: a reference where it has a name.

        Raises:
            TypeError: JSON has nothing of the kind.
        """
        origin, parts = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(parts[0])
        if origin is Annotated:
            return {**self.of(parts[0]), "description": parts[1]}
        if kind is Any:
            return {}
        if kind in NAMES:
            return {"type": NAMES[kind]}
        if is_typeddict(kind):
            return {"$ref": self.where + self._name(kind)}
        if origin is list:
            return {"type": "array", "items": self.of(parts[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (Union, UnionType):
            return _either([self.of(part) for part in parts])
        raise TypeError(f"an answer holds no {kind}")

    def _name(self, kind: Any) -> str:
        """The name of a type of keys, whose schema is made if it was not met before."""
        room: str = kind.__module__.rpartition(".")[2].title()
        own: str = kind.__name__.strip("_")
        name = own if room in ("Shared", own) else room + own
        if name not in self.named:
            self.named[name] = {}  # it may hold itself
            hints = get_type_hints(kind, include_extras=True)
            self.named[name] = {
                "type": "object",
                "description": (kind.__doc__ or "").partition("\n")[0],
                "properties": {key: self.of(value) for key, value in hints.items()},
                "required": [key for key in hints if key in kind.__required_keys__],
                "additionalProperties": False,
            }
            if not self.named[name]["description"]:
                del self.named[name]["description"]
        return name


def _either(schemas: list[Schema]) -> Schema:
    """One schema of several: a list of types where each is not a more than that."""
    if all(set(each) == {"type"} for each in schemas):
        return {"type": [each["type"] for each in schemas]}
    return {"anyOf": schemas}
