"""Write the types of the public functions, one a question, from the declarations.

`python tools/python_stub.py` writes `src/detente/__init__.pyi`; with `--check` it leaves with 1
where the file is not what the declarations say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from detente.questions import NAMES, TABLES, find
from detente.questions.declare import Question
from detente.questions.parameters import Parameter
from detente.questions.python import WHOLE, signature
from detente.questions.python import spelled as python_name

TARGET = Path(__file__).resolve().parent.parent / "src" / "detente" / "__init__.pyi"
HEAD = '''"""The public face of the package: a function for each question. Written by a tool."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, overload

from detente._version import __version__ as __version__
from detente.questions.result import Result as Result
from detente.questions.tables import audit as audit
from detente.questions.tables import batch as batch
from detente.questions.tables import owners as owners
from detente.questions.tables import panel as panel
from detente.register.book import Register as Register
from detente.transaction.assessment import Assessment
from detente.transaction.shipment import Shipment as Shipment

Day = str | date
Word = str | int | float | Decimal
Words = Word | Iterable[Word] | Mapping[str, Word | bool]
'''

OF_SHIPMENT = """@overload
def assess(
    shipment: Shipment | Mapping[str, Any],
    register: Register | None = None,
    *,
    on: Day | None = None,
    known_on: Day | None = None,
) -> Assessment: ...
@overload
"""
"""The way to ask about a shipment as Python has it."""


def stub() -> str:
    """The whole file."""
    named = (find(each) for each in NAMES if " " not in each and each not in TABLES)
    return "\n".join([HEAD, *(OF_SHIPMENT + _function(each) if each.name == WHOLE
                              else _function(each) for each in named)])  # fmt: skip


def _function(question: Question) -> str:
    declared = {python_name(each): each for each in question.parameters}
    rows, named = [], False
    for each in signature(question).parameters.values():
        if each.kind is each.KEYWORD_ONLY and not named:
            rows.append("    *,")
            named = True
        default = "" if each.default is each.empty else f" = {_literal(each.default)}"
        rows.append(f"    {each.name}: {_type(declared[each.name], not default)}{default},")
    doc = f'    """{question.summary}"""'
    return "\n".join([f"def {question.name}(", *rows, ") -> Result:", doc, ""])


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _type(each: Parameter, needed: bool) -> str:
    if each.kind == "flag":
        return "bool"
    kind = "int" if each.kind == "number" else "Day" if each.metavar == "DAY" else "Word"
    kind = "Words" if each.many else kind
    return kind if needed or each.default is not None else f"{kind} | None"


def main() -> int:
    """Write the file, or check it."""
    text = stub()
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.name} is not what the questions declare: run python tools/python_stub.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
