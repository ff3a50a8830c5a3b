"""Modules that bear the name of a question, and can be asked by it: ``detente.duty("8507…", …)``.

The room and the function share one name, so the room is both: its module is called as the function
is. Nothing is imported for that before it is called.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Room(ModuleType):
    """A module that asks the question of its name when it is called."""

    def __call__(self, *words: Any, **named: Any) -> Any:
        return _function(self.__name__)(*words, **named)

    def __getattr__(self, name: str) -> Any:
        try:
            return _function(f"{self.__name__} {name}")
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None

    @property
    def __signature__(self) -> Any:
        import inspect

        return inspect.signature(_function(self.__name__))


def module_of(name: str) -> Any:
    """A module by its name: a cold answer would load importlib for this alone."""
    __import__(name)
    return sys.modules[name]


def _function(room: str) -> Any:
    # By name, since this file lies below all rooms and the questions above them.
    name = room.removeprefix("detente.").replace(".", " ")
    return module_of("detente.questions.python").function(name)


def ask_by_name(room: str) -> None:
    """Let a room be asked the question of its name."""
    sys.modules[room].__class__ = _Room
