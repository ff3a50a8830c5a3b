"""What ``detente watch`` answers, under the keys of the interface."""

from typing import Annotated, NotRequired, TypedDict


class TouchedRow(TypedDict):
    """One thing that a document names."""

    kind: Annotated[str, "heading, code, page, order, name and others."]
    name: Annotated[str, "As the register writes it."]
    ours: Annotated[list[str], "Ids or citations that it leads to; none where it is new."]


class UnreadRow(TypedDict):
    """A document that nobody read."""

    source: Annotated[str, "The index that lists it."]
    document: Annotated[str, "Its number there."]
    published: Annotated[str | None, "ISO day; null where the index has none."]
    effective: Annotated[str | None, "ISO day; null where the index has none."]
    title: Annotated[str, "Its title."]
    citation: Annotated[str | None, "Where it is printed."]
    url: Annotated[str | None, "Where it can be read."]
    text_url: Annotated[str | None, "Where its plain text stands."]
    topic: Annotated[str, "What it is taken to be about."]
    areas: Annotated[list[str], "Areas of law that the topic bears on."]
    known: Annotated[bool, "Whether the register has it, without a decision."]
    touches: Annotated[list[TouchedRow], "What it names."]


class WatchedArea(TypedDict):
    """How far an area of law was read."""

    area: Annotated[str, "The area."]
    through: Annotated[str, "Day through which it was read."]
    could_be: Annotated[str, "The same day if all that is listed were read."]
    unread: Annotated[int, "Documents that bear on it."]
    holding: Annotated[list[str], "Documents that hold the day back."]


class WatchedIndex(TypedDict):
    """An answer of an index that was looked at."""

    index: Annotated[str, "The index."]
    answer: Annotated[str, "File of the answer."]
    listed: Annotated[int, "Documents that it lists."]
    passed: Annotated[int, "Rows that were passed over."]
    newest: Annotated[str | None, "The newest day that it lists."]
    fault: Annotated[str | None, "Why it was not seen whole; null where it was."]


class UnwatchedRow(TypedDict):
    """Official documents that no answer lists."""

    name: str
    title: str
    why: str
    touches: str
    instead: str
    source: str


class WatchingAnswer(TypedDict):
    """A look at the indexes."""

    unread: Annotated[list[UnreadRow], "Documents to read, the newest first."]
    quiet: Annotated[dict[str, int], "Unread and bearing on no area, by topic."]
    areas: Annotated[list[WatchedArea], "Each area."]
    indexes: Annotated[list[WatchedIndex], "Each answer that was looked at."]
    unwatched: Annotated[list[UnwatchedRow], "What nobody watches."]
    gaps: Annotated[dict[str, list[str]], "What an index is known not to list."]
    drafts: NotRequired[Annotated[list[str], "Files of drafts that were written."]]
