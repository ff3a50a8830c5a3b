"""Lists, countries and programs of an ownership file in the words of the register.

A word that none of them knows is refused with the nearest: dropped, it would clear somebody. Only a
program may be new, since lists coin them; what it means for a rule is then open.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import UnknownWordError, nearest
from detente.parties.ownership.model import Entity, Holdings, Seed
from detente.parties.ownership.regimes import lists_of_rules, programmes_of_rules
from detente.register.words import folded, list_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.register.book import Register


class Vocabulary:
    """The words that ownership files may use, with a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._programmes = {
            folded(word): word
            for word in (*register.spoken.programmes, *programmes_of_rules(register))
        }
        self._lists: dict[str, str] = {}

    def list(self, text: str) -> str:
        """The short name of a list.

        Raises:
            UnknownWordError: it is not a list of the register, of its rules or of the user.
        """
        found = self._lists.get(text)
        if found is None:
            found = self._lists[text] = known_list(self.register, text)
        return found

    def country(self, text: str) -> str:
        """The ISO code of a country, "" for none.

        Raises:
            UnknownWordError: it names none.
        """
        if not text or text in self.register.countries:
            return text
        return self.register.country_words.code(text, "country")

    def countries(self, text: str) -> tuple[str, ...]:
        """The ISO codes of the countries that a text may mean, a part of one too (`US-DE`).

        Raises:
            UnknownWordError: it names none.
        """
        try:
            return (self.country(text),)
        except UnknownWordError:
            parts = text.upper().replace("_", "-")
            if found := self.register.country_words.of_jurisdiction(parts):
                return found
            raise

    def programme(self, text: str) -> str:
        """A program as the list writes it; a word that no list wrote stays as it is."""
        return self._programmes.get(folded(text), text)

    def knows(self, programme: str) -> bool:
        """Whether a program is one that the register knows, within a rule or outside of all."""
        return folded(programme) in self._programmes

    def near(self, programme: str) -> str:
        """The programs that an unknown one may be, as an aside; "" where none is like it."""
        words = nearest(programme, self._programmes.values(), 2, 0.7)
        return f" (it may be {' or '.join(words)})" if words else ""


def known_list(register: Register, text: str, where: str = "list") -> str:
    """The short name of a list of parties: of the register, of its rules, or imported.

    Raises:
        UnknownWordError: it is none.
    """
    rules = lists_of_rules(register)
    try:
        return list_word(text, register.spoken, rules, where)
    except UnknownWordError:
        return list_word(text, register.spoken, dict.fromkeys((*rules, *_others(register))), where)


def _others(register: Register) -> Iterator[str]:
    """Lists that controls name, and those that the user imported."""
    from detente.parties.screening.store import listed

    for side in register.controls.values():
        yield from (each.list for each in side.parties if each.list)
    yield from (each.list for each in listed())


def in_known_words(holdings: Holdings, words: Vocabulary) -> Holdings:
    """Holdings whose seeds and entities use the register's words.

    Raises:
        ValueError: a list or a country is unknown; the message says where, and the nearest words.
    """
    notes = list(holdings.notes)
    seeds = _seeds(holdings.seeds, words)
    entities: dict[str, Entity] = {}
    foreign: dict[str, None] = {}
    for key, entity in holdings.entities.items():
        if entity.country or entity.perhaps:
            entity = _with_countries(entity, words, foreign)
        entities[key] = entity
    if foreign:
        notes.append(
            f"{', '.join(foreign)}: no country of today: such companies count as of none that is "
            "known"
        )
    return holdings._replace(seeds=seeds, entities=entities, notes=tuple(notes))


def _with_countries(entity: Entity, words: Vocabulary, foreign: dict[str, None]) -> Entity:
    """An entity with the codes of its country, or of those of one of which it is.

    Args:
        entity: as a file has it.
        words: those of the register.
        foreign: takes what is no country, of a file that tells of no line.

    Raises:
        UnknownWordError: a row of a table names none.
    """
    found: dict[str, None] = {}
    for text in (entity.country,) if entity.country else entity.perhaps:
        try:
            found.update(dict.fromkeys(words.countries(text)))
        except UnknownWordError as error:
            if _is_row(entity.place):
                raise _placed(error, entity.place) from None
            foreign[text] = None
    alone = next(iter(found)) if len(found) == 1 else ""
    perhaps = tuple(found) if len(found) > 1 else ()
    if (alone, perhaps) == (entity.country, entity.perhaps):
        return entity
    return entity._replace(country=alone, perhaps=perhaps)


def _is_row(place: str) -> bool:
    """Whether a place is a row of a table, whose line says where to mend it."""
    return place.rpartition(":")[2].isdecimal()


def _seeds(seeds: tuple[Seed, ...], words: Vocabulary) -> tuple[Seed, ...]:
    # What a row says beside its id is said by most, so it is looked up once.
    met: dict[tuple[str, tuple[str, ...], str], tuple[str, tuple[str, ...], str]] = {}
    found = []
    for seed in seeds:
        said = seed[1:4]
        known = met.get(said)
        if known is None:
            known = met[said] = _seed(seed, words)
        # All fields are given, so the tuple is made as it is: there may be many.
        found.append(seed if known == said else tuple.__new__(Seed, (seed.id, *known, *seed[4:])))
    return tuple(found)


def _seed(seed: Seed, words: Vocabulary) -> tuple[str, tuple[str, ...], str]:
    """List, programs and country of a listed party, in the words of the register."""
    try:
        name, country = words.list(seed.list), words.country(seed.country)
    except UnknownWordError as error:
        raise _placed(error, seed.place or f"the listed party {seed.id}") from None
    return name, tuple(map(words.programme, seed.programmes)), country


def _placed(error: UnknownWordError, place: str) -> UnknownWordError:
    return UnknownWordError(f"{place}: {error.where}: {error}", error.where)
