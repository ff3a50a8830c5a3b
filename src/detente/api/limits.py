"""What a request may take: every limit of the server, with its name, its default and its meaning.

Reach for this module to add a limit: a field of ``Limits`` and its row of ``SETTINGS``. From the
table come ``detente serve --settings``, the words of ``--setting`` and the guide.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente._shapes import NamedTuple
from detente.core.vocabulary import known_word
from detente.store.jobs.budget import Budget

MIB = 2**20


class Limits(NamedTuple):
    """What one request may take, and all of them together; 0 lifts a limit that says so."""

    body: int = 16 * MIB
    question: int = 4 * MIB
    small: int = 64 * 1024
    bodies: int = 64 * MIB
    header: int = 16 * 1024
    url: int = 8 * 1024
    header_seconds: float = 10.0
    seconds: float = 30.0
    idle_seconds: float = 15.0
    connections: int = 512
    depth: int = 32
    rows: int = 100_000
    columns: int = 200
    names: int = 1_000
    name: int = 300
    holdings: int = 20_000
    output: int = 32 * MIB
    wall_seconds: float = 30.0
    memory: int = 1024 * MIB
    processes: int = 2
    waiting: int = 16
    kept: int = 32 * MIB
    a_minute: int = 0
    wrong_keys: int = 10
    job_rows: int = Budget().rows
    job_expanded: int = Budget().expanded
    job_seconds: float = Budget().seconds
    job_memory: int = Budget().memory


class Setting(NamedTuple):
    """One limit as a person sets it.

    Attributes:
        name: field of ``Limits``.
        unit: what its number counts.
        sentence: what is limited, and what an answer says beyond it.
        least: the smallest number that it takes.
    """

    name: str
    unit: str
    sentence: str
    least: int = 1

    @property
    def default(self) -> float:
        """The value where none is set."""
        found: float = getattr(Limits(), self.name)
        return found


SETTINGS = (
    Setting("body", "bytes", "body of a request: a table, a form with files, unpacked (413)"),
    Setting("question", "bytes", "body of a question in JSON or YAML (413)"),
    Setting("small", "bytes", "one question about duty, or a shipment in YAML (413)"),
    Setting("bodies", "bytes", "bodies of all requests that wait or are answered (503)"),
    Setting("header", "bytes", "request line and headers of a request (431)"),
    Setting("url", "bytes", "address of a request (414)"),
    Setting("header_seconds", "seconds", "in which the headers must have arrived (408)"),
    Setting("seconds", "seconds", "in which the body must have arrived (408)"),
    Setting("idle_seconds", "seconds", "after which a connection without a request is closed"),
    Setting("connections", "connections", "open at once; the idle one is closed for a new one"),
    Setting("depth", "levels", "of lists and objects within each other, JSON or YAML (422)"),
    Setting("rows", "rows", "of a table of entries (413)"),
    Setting("columns", "columns", "of a table (422)"),
    Setting("names", "names", "that are screened at once (422)"),
    Setting("name", "characters", "of a name (422)"),
    Setting("holdings", "rows", "of holdings, seeds and entities together (422)"),
    Setting("output", "bytes", "of an answer that is not a table (422)"),
    Setting("wall_seconds", "seconds", "that a question may take to answer (422)"),
    Setting("memory", "bytes", "of a process that answers long questions (422)"),
    Setting("processes", "processes", "that answer long questions; 0: none, and no budget", 0),
    Setting("waiting", "requests", "that wait for such a process (503)", 0),
    Setting("kept", "bytes", "of answers that are kept in the memory of a process", 0),
    Setting("a_minute", "requests", "of one caller in a minute (429); 0: any number", 0),
    Setting("wrong_keys", "attempts", "with a wrong key from one address in a minute (429)"),
    Setting("job_rows", "rows", "of a table that is worked on in the background"),
    Setting("job_expanded", "bytes", "of a workbook of such a table, unpacked (413)"),
    Setting("job_seconds", "seconds", "that such work may take, over all its attempts"),
    Setting("job_memory", "bytes", "of address space of its process"),
)
"""Every limit."""


def limits_of(texts: Iterable[str]) -> Limits:
    """The limits with some set anew.

    Args:
        texts: each NAME=NUMBER.

    Raises:
        ValueError: a name is unknown or given twice, or its number cannot be.
    """
    found: dict[str, Any] = {}
    known = {each.name: each for each in SETTINGS}
    for text in texts:
        name, equals, number = (part.strip() for part in text.partition("="))
        if not equals:
            raise ValueError(f"--setting {text!r} sets nothing: write NAME=NUMBER")
        name = known_word(name, known, "a setting", "setting")
        if name in found:
            raise ValueError(f"--setting {name} is given twice: keep one of them")
        found[name] = _number(known[name], number)
    return Limits()._replace(**found)


def _number(setting: Setting, text: str) -> Any:
    kind = type(setting.default)
    try:
        number = kind(text)
    except ValueError:
        number = kind(-1)
    # NaN fails both comparisons, and is refused with the rest.
    if not setting.least <= number < float("inf"):
        raise ValueError(
            f"--setting {setting.name}={text} is not a number of {setting.unit}"
            f" from {setting.least}"
        )
    return number


def settings_text() -> str:
    """The table for a person: name, default, unit and meaning of every limit."""
    return "\n".join(
        f"{each.name:<15} {_plain(each.default):>10} {each.unit:<12} {each.sentence}"
        for each in SETTINGS
    )


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
