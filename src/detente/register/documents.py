"""What was read: the documents that can change the register, and what became of each.

An area of law is read through the last day before which every known document of its sources was
read. A document that was not read holds that day back, unless it says what it touches: then it
opens the answers about those goods and provisions, and no other. What nobody knows of holds
nothing back, so each source says how far its index was gone through, and where it has holes.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_before
from detente.register.model import Confined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SOURCE, WITHIN, GAP, TABLE, NONE = "source", "within", "gap", "table", "none"
"""What became of a document: see ``EFFECTS``."""

EFFECTS = {
    SOURCE: "the register cites it, under these keys of sources.yaml; its events name them",
    WITHIN: "not read itself: a later text that restates the law as it stood was read",
    GAP: "not read, and recorded in not-modelled.yaml, which opens the answers that it touches",
    TABLE: "read into a table of this repository",
    NONE: "it changes nothing here, for the reason given",
}
"""What a document may have become. None of these: it was not read."""

TOUCHES = ("code", "heading", "measure", "place", "list")
"""What an unread document may be confined to: digits of goods, headings, records, countries."""


class Document(NamedTuple):
    """One official document that can change the register.

    Attributes:
        source: whose index lists it, such as ``ustr``: a file of ``register/read``.
        id: its number there; a citation where it has none.
        published: ISO day or month; "" where it is not known.
        effective: the first day that it changes, where that is known.
        title: as it is printed, or what it is about.
        citation: page, number of the order, or number of the announcement.
        address: where it is read; "" where none is known.
        topic: a word of ``_sources.yaml``, which says which areas of law it bears on.
        effect: ``KIND: WORDS`` with a kind of ``EFFECTS``; "" for a document that was not read.
        touches: what an unread document is confined to, ``code:8507 place:CN``; "" for anything.
        reader: who read it, or the rule by which it was passed over.
        day: the day of that, ISO.
        grade: how well: primary, secondary or background.
    """

    source: str
    id: str
    published: str
    effective: str
    title: str
    citation: str
    address: str
    topic: str
    effect: str
    touches: str
    reader: str
    day: str
    grade: str

    @property
    def kind(self) -> str:
        """The kind of its effect; "" where it was not read."""
        return self.effect.partition(":")[0]

    @property
    def words(self) -> str:
        """The keys or the reason of its effect."""
        return self.effect.partition(":")[2].strip()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names that its effect leads to."""
        return tuple(each.strip() for each in self.words.split(",")) if self.words else ()

    @property
    def is_read(self) -> bool:
        """Whether it is known what became of it."""
        return bool(self.effect)

    @property
    def confined(self) -> tuple[tuple[str, str], ...]:
        """What it is confined to while it is unread, as kind and name."""
        pairs = (each.partition(":") for each in self.touches.split())
        return tuple((kind, name) for kind, _, name in pairs)

    @property
    def start(self) -> str:
        """The first day on which it may change an answer; "" where no day is known."""
        days = [first_day(each) for each in (self.published, self.effective) if each]
        return min(days, default="")


class Topic(NamedTuple):
    """What a document may be about; ``why`` says why it bears on no area, where it does not."""

    name: str
    title: str
    areas: tuple[str, ...]
    why: str


class Index(NamedTuple):
    """An official index of documents.

    Attributes:
        name: a file of ``register/read``, without its ending.
        title: whose index it is.
        listed: by area of law, the last day through which it was gone through for that area.
        gaps: what of it is known to be missing, a sentence each.
    """

    name: str
    title: str
    listed: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]


class Watched(NamedTuple):
    """One answer of an index that is looked at for new documents.

    Attributes:
        file: its name among saved answers.
        source: the index it belongs to.
        topic: what its documents are about, unless somebody says otherwise.
        format: a reader of ``freshness.formats``.
        address: where it is fetched; ``{since}`` stands for the first day asked, ``{year}`` for
            each year from then to now.
        expect: words that its own description must have: an index that ignores a condition
            answers with everything; "" where it does not describe itself.
        only: an expression that a title, or what the index says beside it, must fit; "" for all.
        least: of a list of everything, how many documents it has at least; 0 for other lists. One
            that it had and lost is a fault.
        further: the address of the pages after the first, which a list of the latest needs to
            reach back to the day asked; "" where it has none, or names the next one itself.
    """

    file: str
    source: str
    topic: str
    format: str
    address: str
    expect: str
    only: str
    least: int
    further: str = ""


class Unwatched(NamedTuple):
    """Official documents that no answer lists, and that can change the register all the same.

    Attributes:
        name: a short name.
        title: whose documents they are.
        why: why nobody watches them.
        touches: what of the register they can change.
        instead: where somebody can look.
        source: the table of ``register/read`` for them; "" where there is none.
    """

    name: str
    title: str
    why: str
    touches: str
    instead: str
    source: str


class Restatement(NamedTuple):
    """A later text that says the law as it stood on a day, and was read.

    Attributes:
        name: what an effect names.
        day: the day whose law it says.
        what: what of it was read.
    """

    name: str
    day: str
    what: str


class ReadLog(NamedTuple):
    """What was read and what was not: documents, and the indexes and topics that they stand in."""

    documents: list[Document]
    indexes: dict[str, Index]
    topics: dict[str, Topic]
    restated: dict[str, Restatement]
    watched: tuple[Watched, ...] = ()
    unwatched: tuple[Unwatched, ...] = ()


def first_day(text: str) -> str:
    """The first day of an ISO day, month or year."""
    # The pattern is as long as a whole day: what the text lacks is its tail.
    return text + "0000-01-01"[len(text) :]


def through(listed: Iterable[str], documents: Iterable[Document]) -> str:
    """The last day before which every known document was read.

    Args:
        listed: the days through which the indexes were gone through; at least one.
        documents: those that bear on an area; read ones and confined ones hold nothing back.
    """
    held = [
        day_before(each.start)
        for each in documents
        if not each.is_read and not each.touches and each.start
    ]
    return min([*listed, *held])


def of_area(
    area: str, documents: Iterable[Document], topics: Mapping[str, Topic]
) -> list[Document]:
    """The documents that bear on an area of law."""
    return [each for each in documents if area in topics[each.topic].areas]


def confined_to(documents: Iterable[Document]) -> tuple[Confined, ...]:
    """The unread documents that say what they touch."""
    return tuple(
        Confined(f"{each.source} {each.id}", each.start, each.title, each.confined)
        for each in documents
        if not each.is_read and each.touches
    )
