"""What nobody has read: known documents without a decision, and those that an index lists beyond.

``watch`` goes through the answers of the official indexes and compares them with the documents of
the register. Without an answer it says what is known to be unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_before
from detente.freshness.answers import AnswerCompared, Fetcher, see
from detente.freshness.found import IndexedDocument
from detente.freshness.known import Known
from detente.freshness.touching import Touching
from detente.register.documents import Document, of_area, through

if TYPE_CHECKING:
    from detente.freshness.watch_answer import UnreadRow, WatchedArea, WatchingAnswer
    from detente.register.book import Register


class UnreadDocument(NamedTuple):
    """A document that nobody read.

    Attributes:
        source: the index that lists it.
        topic: what it is taken to be about.
        known: whether it stands in ``register/read`` already.
        found: the document.
    """

    source: str
    topic: str
    known: bool
    found: IndexedDocument


class Watching(NamedTuple):
    """What a look at the indexes gave.

    Attributes:
        unread: documents to read, the newest first.
        quiet: how many known documents are unread and bear on no area, by topic.
        seen: what became of each answer.
        read: how many documents of the answers are known.
        queried_on: the day on which the publishers were asked, ISO; "" of saved answers.
    """

    unread: list[UnreadDocument]
    quiet: Counter[str]
    seen: list[AnswerCompared]
    read: int
    queried_on: str = ""


def since_of(register: Register, index: str, documents: list[Document]) -> str:
    """The first day of which an index is asked: the last through which it was gone through.

    One that was not is asked from the newest document that is known of it on, and without any from
    the first day that the register holds for.
    """
    listed = dict(register.indexes[index].listed).values()
    newest = [each.published for each in documents if each.source == index]
    if not listed and not newest:
        return min(each.start for each in register.areas.values() if each.start)
    return min(listed) if listed else max(newest)


def watch(
    register: Register,
    read: Fetcher | None = None,
    since: str = "",
    *,
    every: bool = False,
    queried_on: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Watching:
    """Go through the indexes.

    Args:
        register: the register.
        read: gives the answers; None for a look at what is known alone.
        since: the first day asked, ISO; "" for each index the last day it was gone through.
        every: list known documents that bear on no area and touch nothing, too.
        queried_on: the day on which the publishers are asked, ISO; "" for saved answers.
        progress: is told each answer that is looked at.
    """
    documents = register.documents()
    known = Known(documents)
    found: dict[tuple[str, str], UnreadDocument] = {}
    quiet: Counter[str] = Counter()
    seen: list[AnswerCompared] = []
    met = 0
    for each in documents:
        if each.is_read or each.start < since:
            continue
        if every or each.touches or register.topics[each.topic].areas:
            found[each.source, each.id] = UnreadDocument(
                each.source, each.topic, True, _found(each)
            )
        else:
            quiet[each.topic] += 1
    for watched in register.watched if read is not None else ():
        progress(watched.file)
        first = since or since_of(register, watched.source, documents)
        assert read is not None
        one = see(watched, read, known, first, documents, queried_on)
        seen.append(one)
        for row in one.found:
            document = known.find(watched.source, row)
            met += document is not None
            if document is None:
                key = (watched.source, row.id)
                found.setdefault(key, UnreadDocument(watched.source, watched.topic, False, row))
    rows = sorted(found.values(), key=lambda row: (row.found.published, row.found.id), reverse=True)
    return Watching(rows, quiet, seen, met, queried_on)


def _found(document: Document) -> IndexedDocument:
    return IndexedDocument(
        document.id,
        document.published,
        document.title,
        document.address,
        document.citation,
        document.effective,
        document.touches,
    )


def areas(register: Register, watching: Watching) -> list[WatchedArea]:
    """How far each area was read, and how far it could be if all that is listed were read.

    An index that was seen whole counts to the day before it was asked, or of saved answers to the
    newest day that it lists; one that was not counts to the day through which it was gone through
    before.
    """
    documents = register.documents()
    newest: dict[str, str] = {}
    faulty = {each.watched.source for each in watching.seen if each.fault}
    for each in watching.seen:
        index = each.watched.source
        day = day_before(watching.queried_on) if watching.queried_on else each.newest
        newest[index] = max(newest.get(index, ""), day)
    rows: list[WatchedArea] = []
    for name, area in register.areas.items():
        listed = {
            index: day
            for index, each in register.indexes.items()
            for key, day in each.listed
            if key == name
        }
        ahead = [
            day if index in faulty else max(day, newest.get(index, ""))
            for index, day in listed.items()
        ]
        bearing = [row for row in watching.unread if name in register.topics[row.topic].areas]
        rows.append(
            {
                "area": name,
                "through": area.reviewed_through,
                "could_be": min(ahead, default=area.reviewed_through),
                "unread": len(bearing),
                "holding": _holding(of_area(name, documents, register.topics), ahead),
            }
        )
    return rows


def _holding(documents: Iterable[Document], listed: list[str]) -> list[str]:
    """The ids of the documents that hold the day of an area back."""
    if not listed:
        return []
    rows = [*documents]
    day = through(listed, rows)
    open_ = [each for each in rows if not each.is_read and not each.touches and each.start]
    return [each.id for each in open_ if day < min(listed) and each.start[:10] > day][:20]


def answer(register: Register, watching: Watching, touching: Touching) -> WatchingAnswer:
    """The look as an answer, under the keys of the interface."""
    return {
        "unread": [_row(register, each, touching) for each in watching.unread],
        "quiet": dict(sorted(watching.quiet.items())),
        "areas": areas(register, watching),
        "indexes": [
            {
                "index": each.watched.source,
                "answer": each.watched.file,
                "listed": len(each.found),
                "passed": each.passed,
                "newest": each.newest or None,
                "fault": each.fault or None,
            }
            for each in watching.seen
        ],
        "unwatched": [
            {
                "name": each.name,
                "title": each.title,
                "why": each.why,
                "touches": each.touches,
                "instead": each.instead,
                "source": each.source,
            }
            for each in register.unwatched
        ],
        "gaps": {name: list(each.gaps) for name, each in register.indexes.items() if each.gaps},
    }


def _row(register: Register, each: UnreadDocument, touching: Touching) -> UnreadRow:
    found = each.found
    touched = touching.of(f"{found.title} {found.citation} {found.text}")
    own = {found.citation, found.id}
    return {
        "source": each.source,
        "document": found.id,
        "published": found.published or None,
        "effective": found.effective or None,
        "title": found.title,
        "citation": found.citation or None,
        "url": found.address or None,
        "text_url": found.full or None,
        "topic": each.topic,
        "areas": list(register.topics[each.topic].areas),
        "known": each.known,
        "touches": [
            {"kind": row.kind, "name": row.name, "ours": list(row.ours)}
            for row in touched
            if row.name not in own
        ],
    }
