"""Until when something may be asked of an entry: the days that run from it."""

from __future__ import annotations

from detente.register.load.checks import require_known
from detente.register.load.contents import Contents
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import GRADES, Deadline

FILE = "deadlines.yaml"
KEYS = ("id", "runs_from", "days", "years", "title", "source", "grade")
RUNS_FROM = ("entry", "liquidation")


def read_deadlines(contents: Contents, root: YamlNode) -> None:
    """Take up the deadlines of a file.

    Raises:
        RegisterError: a length is none, or a source is not known.
    """
    for item in root.items():
        parts = item.mapping(KEYS, ("id", "runs_from", "title", "source", "grade"))
        if ("days" in parts) == ("years" in parts):
            item.fail("a deadline runs days or years", 'Write one of them: days: "180"')
        require_known(item, "source", [parts["source"].text()], contents.sources)
        contents.deadlines.append(
            Deadline(
                parts["id"].text(),
                parts["runs_from"].word(RUNS_FROM),
                _number(parts.get("days")),
                _number(parts.get("years")),
                parts["title"].text(),
                parts["source"].text(),
                parts["grade"].word(GRADES),
            )
        )


def _number(item: YamlNode | None) -> int:
    if item is None:
        return 0
    text = item.quoted("a length")
    if not text.isdecimal() or int(text) == 0:
        item.fail(f"`{text}` is not a length", 'Write a whole number of days or years: "180"')
    return int(text)
