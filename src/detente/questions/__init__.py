"""One file a question: what may be asked, how it is answered, and with which examples.

From a declaration come the command line, the route and its part of the OpenAPI document, the
assistant's tool and the Python function, so that none of them can ask what another cannot. Reach
for it to add a question or a parameter. A declaration imports nothing heavy: what answers is
imported when a question is asked.
"""

from __future__ import annotations

from detente._callable import module_of
from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.questions.declare import Question

NAMES = (
    "duty",
    "history",
    "entry",
    "agree",
    "check",
    "average",
    "compare",
    "status",
    "measure",
    "timeline",
    "upcoming",
    "diff",
    "truce",
    "claims",
    "coverage",
    "supply",
    "licence",
    "items",
    "screen",
    "party",
    "listings",
    "lists diff",
    "vendors decisions",
    "scenario list",
    "scenario show",
    "scenario run",
    "impact partial",
    "impact equilibrium",
    "impact optimal",
    "impact households",
    "impact revenue",
    "scoreboard",
    "impact critical",
    "world list",
    "world show",
    "search",
    "goods",
    "browse",
    "assess",
    "audit",
    "feed",
    "batch",
    "panel",
    "owners",
    "owners count",
    "verify",
    "ledger list",
    "scenario tree",
)
"""The questions that are declared."""

TABLES = ("audit", "batch", "panel", "owners")
"""Functions of Python that take or give a whole table; see ``tables``."""


def find(name: str) -> Question:
    """The declaration of a question by its name; its module is imported when it is first asked."""
    question: Question = module_of(f"detente.questions.{name.replace(' ', '_')}").QUESTION
    return question


def addressed() -> list[Question]:
    """The questions that an address can ask: those that need no file."""
    from detente.questions.parameters import EVERYWHERE

    return [each for each in map(find, NAMES) if each.where == EVERYWHERE]
