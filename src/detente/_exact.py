"""`Fraction` without the patterns that its module compiles as soon as it is imported.

They read a fraction from a text, which a cold answer does not do, and `re`, which makes them, took
a tenth of its time. Here they are made when a text is first read with them. It is the module
`fractions` all the same: whoever imports it by its name has the same class.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from fractions import Fraction
    from types import ModuleType
    from typing import Any

__all__ = ["Fraction"]


class _Flags(tuple[str, ...]):
    """Flags of a pattern, by name."""

    def __or__(self, other: _Flags) -> _Flags:
        return _Flags((*self, *other))


class _Pattern:
    """A pattern that is compiled when a text is first read with it."""

    def __init__(self, pattern: str, flags: _Flags | None = None) -> None:
        self._pattern, self._flags = pattern, flags or ()
        self._made: re.Pattern[str] | None = None

    def _compiled(self) -> re.Pattern[str]:
        if self._made is None:
            import re

            flags = re.RegexFlag(0)
            for name in self._flags:
                flags |= re.RegexFlag[name]
            self._made = re.compile(self._pattern, flags)
        return self._made

    def match(self, text: str) -> re.Match[str] | None:
        return self._compiled().match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._compiled().fullmatch(text)


class _NumberPatterns:
    """What stands in for `re` while `fractions` is loaded."""

    compile = _Pattern

    def __getattr__(self, name: str) -> _Flags:
        return _Flags((name,))


def _fractions() -> ModuleType:
    """The module, loaded as Python loads it but for its patterns.

    Raises:
        ImportError: it is no file among those of Python.
    """
    import builtins
    from _frozen_importlib import module_from_spec
    from _frozen_importlib_external import PathFinder

    def load(name: str, *where: Any) -> Any:
        return _NumberPatterns() if name == "re" else __import__(name, *where)

    spec = PathFinder.find_spec("fractions")
    if spec is None or spec.loader is None:
        raise ImportError("the module fractions is no file of Python")
    module = module_from_spec(spec)
    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": load}
    spec.loader.exec_module(module)
    # Another thread may have loaded it meanwhile: there is one.
    return sys.modules.setdefault("fractions", module)


if not TYPE_CHECKING:
    try:
        # Where either is loaded already there is nothing to save.
        if not sys.modules.keys().isdisjoint({"re", "fractions"}):
            raise ImportError
        Fraction = _fractions().Fraction
    except (ImportError, AttributeError, TypeError):
        from fractions import Fraction
