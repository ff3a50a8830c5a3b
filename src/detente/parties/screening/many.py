"""Screen many names at once: the same hits as one by one, many times as fast.

Candidates and scores come from compiled loops (`kernels`) over arrays made once from the file of
the lists; names are read, and hits explained, by the code that does so for one name. Needs the
extra `parties`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from detente.parties.names import kernels
from detente.parties.names.comparing import CEILING
from detente.parties.names.names import NameWord
from detente.parties.names.query_words import QueryForms, QueryWords
from detente.parties.screening.hits import AT_MOST_ELSEWHERE, THRESHOLD, BestNames, NameHit, most_of
from detente.parties.screening.indexed import RULES, Indexed
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import NameHits, RelatedParties, without_name
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import BEHIND, MOST_OTHERS, NEAR

if TYPE_CHECKING:
    from detente.parties.screening.store import Screen

Array = np.ndarray[Any, Any]
Answers = Callable[[Sequence[NameQuery], int], "list[NameHits | str]"]

NEARLY = NEAR + kernels.ROUNDED + 1 - AT_MOST_ELSEWHERE
"""How much less a form of a name may score, where the best is not cut, to be told beside that."""

Form = tuple[tuple[NameWord, ...], str]


class NameAsRead(NamedTuple):
    """A name that is asked, as it is read.

    Attributes:
        name: as it was asked.
        forms: its words as written and as they may be read; empty where it is not a name.
        place: the party's city as a word, or None.
        country: where the party is, or None.
        wrong: why it is not a name, or empty.
    """

    name: str
    forms: list[Form]
    place: NameWord | None
    country: str | None
    wrong: str


def ready(screen: Screen) -> Answers:
    """A function that answers many names over all lists: the hits of each, or why it is none."""
    words = QueryWords()
    screen.lists[0].know_words()  # the built-in file; every file reads names with its tables
    files = [ManyNames(lists, words) for lists in screen.lists]
    files[0].compile_find()
    # What the file with the most names finds leaves the least to be looked for in the others.
    order = sorted(range(len(files)), key=lambda at: -files[at].count)
    beside = RelatedParties(screen, for_many=True)

    def found(
        queries: Sequence[NameQuery], questions: Sequence[NameAsRead], top: int
    ) -> list[list[NameHit]]:
        asked, least = asked_of(questions, words), np.full(len(questions), THRESHOLD)
        some = top + MOST_OTHERS
        of_files: list[list[list[NameHit]]] = [[] for _ in files]
        for at in order:
            of_files[at], least = files[at].screen(asked, top, least)
        return [
            []
            if question.wrong
            else screen.with_addresses(
                screen.best_of(hits, each.name, each.country, some), each.name, each.address, some
            )
            for each, question, *hits in zip(queries, questions, *of_files, strict=True)
        ]

    def answers(queries: Sequence[NameQuery], top: int) -> list[NameHits | str]:
        collecting = gc.isenabled()
        gc.disable()  # nothing here holds itself, and looking for it takes a tenth of the time
        try:
            # Every file reads names with the same tables.
            questions = [read(screen.lists[0], each) for each in queries]
            hits = found(queries, questions, top)
            behind = [at for at, each in enumerate(hits) if screen.may_hide(each, top)]
            if behind:
                again = [queries[at] for at in behind], [questions[at] for at in behind]
                for at, each in zip(behind, found(*again, BEHIND), strict=True):
                    hits[at] = each
            return [
                without_name(screen, query, question.wrong, top)
                if question.wrong
                else beside.told(query, question.forms, each, top)
                for query, question, each in zip(queries, questions, hits, strict=True)
            ]
        finally:
            if collecting:
                gc.enable()

    return answers


def read(lists: Lists, query: NameQuery) -> NameAsRead:
    """A name as it is read."""
    try:
        forms, wrong = lists.forms(query.name), ""
    except ValueError as error:
        forms, wrong = [], str(error)
    place = lists.place(query.city)
    return tuple.__new__(NameAsRead, (query.name, forms, place, query.country, wrong))


class QueryNames(NamedTuple):
    """Names that are asked of every file.

    Attributes:
        names: as they are read.
        owners: of each form the place of its name.
        places: of each form its place among those of the name.
        most: of each form the most that it may score.
        wholes: of each form the place of its name, or -1 where it may score less than it does.
        forms: all of them.
    """

    names: Sequence[NameAsRead]
    owners: list[int]
    places: list[int]
    most: list[float]
    wholes: list[int]
    forms: QueryForms


def asked_of(names: Sequence[NameAsRead], words: QueryWords) -> QueryNames:
    """Names as they are asked of files that number their words so."""
    owners = [at for at, each in enumerate(names) for _ in each.forms]
    places = [place for each in names for place in range(len(each.forms))]
    forms = [form for each in names for form, _ in each.forms]
    most = [most_of(how) for each in names for _, how in each.forms]
    wholes = [at if score == 1 else -1 for at, score in zip(owners, most, strict=True)]
    cities = [each.place for each in names for _ in each.forms]
    return QueryNames(names, owners, places, most, wholes, words.forms(forms, cities))


class FileHits(NamedTuple):
    """What one file says of many names.

    Attributes:
        hits: of each name, best first.
        least: of each name the score below which nothing is wanted of another file.
    """

    hits: list[list[NameHit]]
    least: Array


class ManyNames:
    """One file of lists, ready for many names.

    Attributes:
        count: how many names count.
    """

    def __init__(self, lists: Lists, words: QueryWords | None = None) -> None:
        """Make the arrays.

        Args:
            lists: the lists of one day.
            words: those that are asked of other files as well.
        """
        self._lists, self._asked = lists, words or QueryWords()
        self._indexed = Indexed(lists)
        self._parties = self._indexed.parties
        self.count = int(self._indexed.member.sum())

    def screen(self, asked: QueryNames, top: int, least: Array) -> FileHits:
        """The hits of each name, best first, and a few more that are nearly as close.

        Args:
            asked: the names.
            top: hits that are wanted of each, whatever they score.
            least: of each name the score below which no hit is wanted.
        """
        names, some = asked.names, top + MOST_OTHERS
        best: dict[int, BestNames] = {}
        wanted = least[np.array(asked.owners, np.int64)]
        for at, number, score in self._found(asked.forms, top, wanted, asked.wholes):
            found = best.setdefault(asked.owners[at], BestNames())
            found.add(min(score, asked.most[at]), self._parties[number], number, asked.places[at])
        for found in best.values():
            found.keep_first(some)
        lists = self._lists
        lists.read_entries(
            entry for found in best.values() for entry in lists.entries_of(found.found)
        )
        first = {
            at: lists.first(found, names[at].name, names[at].country, some)
            for at, found in best.items()
        }
        lists.read_names(number for some in first.values() for _, number, _ in some)
        hits = [
            lists.hits(first.get(at, ()), each.name, each.forms, each.place, each.country)
            for at, each in enumerate(names)
        ]
        return FileHits(hits, self._bounded(first, least) if top == 1 else least)

    def _bounded(
        self, first: Mapping[int, Sequence[tuple[float, int, int]]], least: Array
    ) -> Array:
        """The least that is wanted of other files where these are the best names of this one.

        A hit that scores much less is behind: of the same party it would tell nothing more, since
        every hit has the entries of its party in all files. Beside one that is the same as a whole
        only such are told.
        """
        bounded = least.copy()
        for at, names in first.items():
            for score, _, _ in names:
                whole = score > CEILING + 2 * kernels.ROUNDED
                wanted = CEILING + 2 * kernels.ROUNDED if whole else score - NEAR
                bounded[at] = max(bounded[at], wanted)
        return bounded

    def compile_find(self) -> None:
        """Compile what finds names, or read it where it was kept."""
        self._indexed.compile_find()

    def ranked(self, forms: Sequence[tuple[NameWord, ...]]) -> Iterator[tuple[int, int, float]]:
        """Place of the form, entry and score of all that were compared, hits or not."""
        asked = self._asked.forms(forms, [None] * len(forms))
        for at, number, score in self._found(asked, 0):
            yield at, int(self._indexed.entries[number]), score

    def _found(
        self,
        asked: QueryForms,
        top: int,
        least: Array | float = 0.0,
        owners: Sequence[int] | None = None,
    ) -> Iterator[tuple[int, int, float]]:
        """Place of the form, number of the name and score of those from a score on, in order."""
        begins, numbers, scores = self._scores(asked, top, least, owners)
        places = np.repeat(np.arange(len(asked.cities)), np.diff(begins))
        return zip(places.tolist(), numbers.tolist(), scores.tolist(), strict=True)

    def scores(
        self,
        forms: Sequence[tuple[NameWord, ...]],
        cities: Sequence[NameWord | None],
        top: int = 0,
        least: Array | float = 0.0,
        owners: Sequence[int] | None = None,
    ) -> tuple[Array, Array, Array]:
        """Candidates of each form, best candidate first, and their scores.

        Args:
            forms: words of each.
            cities: a city of each, or None.
            top: entries that are wanted of each form, beside those that are nearly as close: a
                score below all of these may be left out; 0 for all.
            least: the lowest score that is wanted, of each form or of all.
            owners: see `Indexed.scores`; None where each form is of its own.

        Returns:
            Where those of each form begin, numbers of names, scores.
        """
        return self._scores(self._asked.forms(forms, cities), top, least, owners)

    def _scores(
        self, asked: QueryForms, top: int, least: Array | float, owners: Sequence[int] | None
    ) -> tuple[Array, Array, Array]:
        """The same of forms by the numbers of their words."""
        count = len(asked.cities)
        names = np.arange(count) if owners is None else np.array(owners, np.int64)
        wanted = np.full(count, least, np.float64)
        queries = self._indexed.queries(self._asked, asked)
        return self._indexed.scores(queries, names, top, NEARLY, wanted, kernels.record_of(RULES))
