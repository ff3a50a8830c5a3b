"""Who bears a name of several: the brand that a name begins with, the body whose name stands in it.

A brand is that of the listed parties that bear it and no other; a body has institutes, in whose
listed names its whole name stands (`Institute of Physics, Chinese Academy of Sciences`). A ship
that is listed by one word has the name of a company that is called so (`Glory, Ltd.`).

The table is made when lists are built or imported, so that a row of a file costs a look-up;
`related` asks it.
"""

from __future__ import annotations

from array import array
from collections import Counter

from detente._shapes import TYPE_CHECKING
from detente.parties.names.kinds import BRAND, FILLER, LEGAL, NUMBER, PLACE, SLIGHT
from detente.parties.names.names import NameWord, is_han, parts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from detente.parties.names.names import NameTables

SCHEMA = """
CREATE TABLE IF NOT EXISTS bearers (borne TEXT PRIMARY KEY, entries BLOB NOT NULL) WITHOUT ROWID;
"""

SHORTEST, SHORTEST_HAN = 4, 2
"""Letters, or characters, of the shortest brand that is looked for."""

MOST_BORNE = 300
"""Listed names that may bear a brand; a word of more of them tells nobody."""

FEW_BORNE = 16
"""Listed names that may bear a brand by which alone a list calls a party, however the others do."""

LEAST_LEADING = 0.5
"""Share of the listed names with such a brand that must be of companies and begin with it, where
more bear it: Gazprom Neft is of Gazprom, and Elena Ivanova of nobody's brand."""

LEAST_ALONE = 0.4
"""Share of the listed names with a word that bear it as their only brand: a word that most have
beside others (Africa, John) is nobody's brand. Chosen on the tuning half of names as documents
carry them, where it leaves all subsidiaries and half of the innocents that had a related party."""


def leading(form: Sequence[NameWord], houses: Collection[str] = ()) -> str:
    """The brand that a name begins with, after places; "" for none that is long enough.

    Args:
        form: the words of the name.
        houses: shorter brands that are known as those of one house.
    """
    first = next((part for part in form if part.kind not in (PLACE, FILLER, LEGAL)), None)
    return first.text if first is not None and _is_long_enough(first, houses) else ""


def only_brand(form: Sequence[NameWord], houses: Collection[str] = ()) -> str:
    """The brand of a listed name that has no other and begins with it, after places; else "".

    Args:
        form: the words of the name.
        houses: as in `leading`.
    """
    first = next((part for part in form if part.kind not in (PLACE, LEGAL)), None)
    if first is None or not _is_long_enough(first, houses):
        return ""
    return "" if any(each.kind == BRAND and each != first for each in form) else first.text


LEAST_WITHIN = 2
"""Listed names in which the name of a body must stand."""

LEAST_WORDS, LEAST_BRANDED = 3, 2
"""Words of the name of a body without and with a brand of its own."""


def whole_name(form: Sequence[NameWord]) -> str:
    """A name as that of a body: its words without those that fill and legal forms, in order.

    The order is not that of the name: Chinese puts what a body is last, and English first.
    """
    return " ".join(sorted(text for kind, text in form if kind not in (FILLER, LEGAL)))


def bodies_within(form: Sequence[NameWord], bodies: Collection[str]) -> Iterator[str]:
    """The names of bodies that stand in a listed name beside other words.

    The name of a body begins a listed name, or begins with a place or a brand. It ends the listed
    name, or another body, a place, a number or an acronym begins behind it: in the name of the
    Beijing Institute of Physics stands no Beijing Institute. It has a place or a brand of its own.

    Args:
        form: the words of the listed name.
        bodies: words for what a body is.
    """
    return (whole_name(run) for run in _bodies(form, bodies) if _is_told(run))


def _bodies(form: Sequence[NameWord], bodies: Collection[str]) -> Iterator[tuple[NameWord, ...]]:
    """The words of the names that may be those of bodies; see `bodies_within`."""
    ends = [at + 1 for at, part in enumerate(form) if part.kind not in (FILLER, LEGAL)]
    for start, first in enumerate(form):
        if first.kind in (FILLER, LEGAL) or (start and first.kind not in (PLACE, BRAND)):
            continue
        for end in ends:
            run = tuple(part for part in form[start:end] if part.kind not in (FILLER, LEGAL))
            branded = any(part.kind == BRAND for part in run)
            if (
                (LEAST_BRANDED if branded else LEAST_WORDS) <= len(run) < len(ends)
                and any(part.text in bodies for part in run)
                and _ends_body(form, end, bodies)
            ):
                yield run


def _is_told(run: Sequence[NameWord]) -> bool:
    """Whether the name of a body has a place or a brand, and so is not that of any such body."""
    return any(part.kind in (PLACE, BRAND) for part in run)


def _ends_body(form: Sequence[NameWord], end: int, bodies: Collection[str]) -> bool:
    """Whether the name of a body can end before a word of a listed name."""
    if end == len(form):
        return True
    last, (kind, text) = form[end - 1], form[end]
    if last.kind == PLACE:
        return False  # it is rather the first word of what follows
    begins = kind in (PLACE, NUMBER, BRAND) or text in bodies
    return begins or (last.text in bodies and kind not in (FILLER, LEGAL))


def _is_long_enough(part: NameWord, houses: Collection[str]) -> bool:
    least = SHORTEST_HAN if is_han(part.text[0]) else SHORTEST
    return part.kind == BRAND and (len(part.text) >= least or part.text in houses)


def means_others(mark: str, typed: bool, names: Sequence[str], tables: NameTables) -> bool:
    """Whether an acronym that a list prints of a party is known for another body.

    It is where the party's names have it beside a brand of their own (``CAS NTSC`` is a center of
    the academy that is known as CAS), and where none has it, though its words were typed in full.

    Args:
        mark: the acronym, as a brand.
        typed: whether its words were typed in full, in Latin letters.
        names: all that the list prints of the party.
        tables: words and characters.
    """
    held = False
    for text in names:
        form = parts(text, tables, known_as=True)
        brands = {part.text for part in form if part.kind == BRAND}
        if mark not in brands or parts(text, tables) == (NameWord(BRAND, mark),):
            continue
        if brands == {mark} and all(part.kind in SLIGHT for part in form if part.text != mark):
            return False  # it is named so in full
        if brands != {mark}:
            return True
        held = True
    return typed and not held


ALONE = "="
"""What a key begins with that is the only word by which a ship or a person is listed."""


def word_alone(form: Sequence[NameWord]) -> str:
    """The one word that a name is, legal forms aside, as a key of the table; "" for another."""
    plain = [part.text for part in form if part.kind not in (LEGAL, FILLER)]
    return ALONE + plain[0] if len(plain) == 1 and len(plain[0]) >= SHORTEST else ""


class NameBearers:
    """The entries whose name has one brand or that of a body in it, gathered name by name."""

    def __init__(self, bodies: Collection[str] = (), houses: Collection[str] = ()) -> None:
        """Begin with none.

        Args:
            bodies: words for what a body is.
            houses: as in `leading`.
        """
        self._bodies, self._houses = bodies, houses
        self._within: dict[str, array[int]] = {}
        self._untold: dict[str, array[int]] = {}
        self._whole: set[str] = set()
        self._found: dict[str, array[int]] = {}
        self._alone: dict[str, array[int]] = {}
        self._called: set[str] = set()
        self._leads: Counter[str] = Counter()

    def add(self, entry: int, form: Sequence[NameWord]) -> None:
        """Take the name of a company."""
        telling = [part for part in form if part.kind not in SLIGHT]
        if telling and telling[0].kind == BRAND:
            self._leads[telling[0].text] += 1
        if brand := only_brand(form, self._houses):
            self._found.setdefault(brand, array("I")).append(entry)
            if all(part.text == brand or part.kind in SLIGHT for part in form):
                self._called.add(brand)
        if not self._bodies:
            return
        self._whole.add(whole_name(form))
        for run in set(_bodies(form, self._bodies)):
            within = self._within if _is_told(run) else self._untold
            within.setdefault(whole_name(run), array("I")).append(entry)

    def add_alone(self, entry: int, form: Sequence[NameWord]) -> None:
        """Take the name of a ship, an aircraft or a person, which is no company's brand."""
        if word := word_alone(form):
            self._alone.setdefault(word, array("I")).append(entry)

    def _is_brand(self, brand: str, alone: int, borne: int) -> bool:
        """Whether a word is the brand of those who bear it.

        Args:
            brand: the word.
            alone: listed names that bear it as their only brand.
            borne: listed names that bear it.
        """
        if brand in self._called:
            leads = self._leads[brand] >= LEAST_LEADING * borne
            return borne <= FEW_BORNE or (leads and borne <= MOST_BORNE)
        return borne <= min(MOST_BORNE, alone / LEAST_ALONE)

    def write(self, database: sqlite3.Connection, borne: Mapping[str, int]) -> None:
        """Keep them in a file of lists, in place of what it had.

        Args:
            database: the file.
            borne: how many names have each word, by its kind and text.
        """
        database.execute(SCHEMA)
        database.execute("DELETE FROM bearers")
        database.executemany(
            "INSERT INTO bearers VALUES (?, ?)",
            (
                (brand, entries.tobytes())
                for brand, entries in sorted(self._found.items())
                if self._is_brand(brand, len(entries), borne[BRAND + brand])
            ),
        )
        database.executemany(
            "INSERT INTO bearers VALUES (?, ?)",
            ((word, entries.tobytes()) for word, entries in sorted(self._alone.items())),
        )
        # A body whose name has neither place nor brand is one that is itself listed by that name.
        for body in self._untold.keys() & self._whole:
            self._within.setdefault(body, array("I")).extend(self._untold[body])
        # A body has two words at least, and a brand one.
        database.executemany(
            "INSERT INTO bearers VALUES (?, ?)",
            (
                (body, entries.tobytes())
                for body, entries in sorted(self._within.items())
                if len(set(entries)) >= LEAST_WITHIN
            ),
        )


def all_borne(database: sqlite3.Connection) -> Iterator[str]:
    """Every brand and every name of a body of a file of lists that somebody bears."""
    # One text of all is read in half the time of a row for each.
    (borne,) = database.execute("SELECT group_concat(borne, char(10)) FROM bearers").fetchone()
    return iter(borne.split("\n") if borne else ())


def bearers(database: sqlite3.Connection, borne: str) -> dict[int, None]:
    """The entries that bear a brand or the name of a body, each once, in the order of the file."""
    row = database.execute("SELECT entries FROM bearers WHERE borne = ?", (borne,)).fetchone()
    numbers = array("I")
    numbers.frombytes(row[0] if row else b"")
    return dict.fromkeys(numbers)
