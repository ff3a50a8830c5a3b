"""What ``detente feed`` writes: the feed, and how many entries it has."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted

if TYPE_CHECKING:
    from typing import Any, TextIO, TypedDict

    from detente.questions.request import QuestionRequest

    class FeedWritten(TypedDict):
        """The answer once its feed is in a file."""

        file: str
        entries: int


def write(ask: QuestionRequest, answer: dict[str, Any]) -> None:
    """Write the feed; what is printed names the file in place of its text."""
    from detente.store.whole import write_whole

    target = ask.text("output")
    write_whole(target, answer.pop("atom").encode())
    count = answer.pop("entries")
    answer.update(file=target, entries=count)


def show(answer: FeedWritten) -> str:
    """The file and its entries."""
    return f"Wrote {answer['file']}: {counted(answer['entries'], 'entry', 'entries')}."


def write_json(answer: FeedWritten, out: TextIO) -> None:
    """The same as JSON, on one line."""
    import json

    print(json.dumps(answer), file=out)
