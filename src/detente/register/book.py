"""The register as an engine reads it: measures, lists by code, yields, facts, places.

``Register.load()`` opens the compiled register that ships with the package; a folder of YAML
works the same way. Nothing here knows today's date.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from functools import cache, cached_property

from detente._lean import read_json, sqlite
from detente._shapes import TYPE_CHECKING
from detente.register import codec
from detente.register.lists import prefixes
from detente.register.model import (
    EVERYBODY,
    LAW,
    Area,
    Base,
    BasketGood,
    CodeList,
    Confined,
    Deadline,
    EntryFact,
    Gap,
    Measure,
    Member,
    OfGoods,
    Place,
    Source,
    StackingRule,
)
from detente.store.files import BUNDLE, data_file, open_read_only
from detente.store.home import home

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, TypeVar

    from detente.register.addresses import Addresses
    from detente.register.control_terms import ControlTerms
    from detente.register.documents import Document, Index, Topic, Unwatched, Watched
    from detente.register.words import CountryWords, Spoken

    Shape = TypeVar("Shape")
    Window = tuple[int, int | None, str]

BUILT_IN = data_file("register.sqlite")


MEMBER = "code, list, start, until, announced, excepted, unknown, note, end_announced"


SHORTEST = 2
"""Digits of a chapter, the widest goods that a row of imports names."""

_YIELDING, _PREVAILING = map(StackingRule._fields.index, ("yielding", "prevailing"))
"""Where a compiled row of a stacking rule names its two sides."""


def _member(row: tuple[Any, ...]) -> Member:
    """A row of a list as it is stored."""
    code, name, start, until, announced, excepted, unknown, note, end_announced = row
    flags = (bool(excepted), bool(unknown))
    return Member(code, name, start, until, announced, *flags, note, end_announced)


class Register:
    """A compiled register, read on use.

    Attributes:
        local: ids of the user's own records and of records that the user amended.
        left_out: ids of local records that the built-in register has itself by now.
        stamp: what sets this register apart from its file, such as a scenario; "" for nothing.
        supposed: names of what is supposed in it and has not happened.
        reading: one of ``READINGS``; see ``reading``.
        bundle: the name of the bundle of law that it came with; "" for the law of the package or a
            register of one's own.
        other_reading: the same register by its other reading, once it was made.
        named_items: what names goods of a code that come in; ``applicability.incoming`` keeps it.
        beneath: the register in which nothing is changed, where some records are.
    """

    supposed: tuple[str, ...] = ()
    bundle: str = ""
    reading: str = LAW
    other_reading: Register | None = None
    beneath: Register | None = None

    def __init__(
        self,
        connection: sqlite.Connection,
        changed: dict[str, Measure] | None = None,
        local: tuple[str, ...] = (),
        left_out: tuple[str, ...] = (),
        stamp: str = "",
    ) -> None:
        self._connection = connection
        self._changed = changed or {}
        self._decoded: dict[tuple[str | None, str | None], tuple[Measure, ...]] = {}
        self._sets_of: dict[str, frozenset[str]] = {}
        self._singly: dict[tuple[str, str], Any] = {}
        self._rows: dict[int, StackingRule] = {}
        self._of_all: dict[tuple[int, str], StackingRule] = {}
        self._others: dict[str, Set[str]] = {}
        self.named_items: dict[tuple[str, str], Any] = {}
        self.local = local
        self.left_out = left_out
        self.stamp = stamp

    @classmethod
    def load(cls, path: Path | None = None) -> Register:
        """The register with the user's local records, or the one in a folder of YAML.

        Raises:
            FileNotFoundError: the package was not built, or the folder is not there.
            RegisterError: the folder holds a fault, or a local record does not fit a new release.
        """
        if path is not None and os.path.isdir(path):
            from detente.register.load.compile import folder_hash, in_memory
            from detente.register.load.loader import load_folder

            return cls(in_memory(load_folder(path), folder_hash(path)))
        if path is not None:
            return cls(open_read_only(path))
        compiled = os.path.join(home(), "register.sqlite")
        if os.path.isfile(compiled):
            return cls._with_local_records(compiled)
        return cls.built_in()

    @classmethod
    def built_in(cls) -> Register:
        """The register that ships with the package, without any local record."""
        register = cls(open_read_only(BUILT_IN))
        register.bundle = BUNDLE
        return register

    @classmethod
    def _with_local_records(cls, compiled: str) -> Register:
        """The local register, compiled again first when the built-in one is another by now."""
        base = cls.built_in().sha256
        register = cls(open_read_only(compiled))
        if register._meta("base") != base:
            from pathlib import Path

            from detente.register.local.overlay import refresh

            refresh(Path(home()))
            register = cls(open_read_only(compiled))
        register.bundle = BUNDLE
        register.local = tuple(read_json(register._meta("local")))
        register.left_out = tuple(read_json(register._meta("left_out")))
        return register

    def close(self) -> None:
        """Close the file: of this register, and of those that were made of it."""
        self._connection.close()

    def with_measures(self, measures: Iterable[Measure], stamp: str) -> Register:
        """The same register with some records replaced or added; this one is left as it is.

        Args:
            measures: records that stand instead of those of the same id, or beside them.
            stamp: what the change is, for the register's hash.
        """
        changed = {**self._changed, **{measure.id: measure for measure in measures}}
        stamps = f"{self.stamp} {stamp}".strip()
        made = Register(self._connection, changed, self.local, self.left_out, stamps)
        made.supposed = self.supposed
        made.reading = self.reading
        made.bundle = self.bundle
        # Always the lowest one, since `changed` holds every change above it.
        made.beneath = self.beneath or self
        return made

    @property
    def changed(self) -> dict[str, Measure]:
        """The records that stand instead of those beneath, or beside them, by id."""
        return self._changed

    def _meta(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def _common(self, key: str) -> str:
        row = self._connection.execute("SELECT body FROM common WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the files that this register was compiled from, and over its stamp."""
        if not self.stamp:
            return self._meta("sha256")
        from hashlib import sha256

        return sha256(f"{self._meta('sha256')}\0{self.stamp}".encode()).hexdigest()

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries by ISO 3166 alpha-2 code."""
        return dict(read_json(self._common("countries")))

    @cached_property
    def spoken(self) -> Spoken:
        """Other words for countries, groups, lists of parties and programs."""
        from detente.register.words import Spoken

        *named, programmes, within = read_json(self._common("words"))
        countries, groups, lists, parts = (
            {name: tuple(words) for name, words in part.items()} for part in (*named, within)
        )
        return Spoken(countries, groups, lists, tuple(programmes), parts)

    @cached_property
    def country_words(self) -> CountryWords:
        """Countries by every word that names one."""
        from detente.register.words import CountryWords

        return CountryWords(self.countries, self.spoken, self.places)

    @cached_property
    def zones(self) -> dict[str, str]:
        """Time zones of the sides that act."""
        return dict(read_json(self._common("zones")))

    @cached_property
    def places(self) -> dict[str, Place]:
        """Sets of countries by name."""
        return {
            name: Place(name, tuple(countries), everywhere)
            for name, countries, everywhere in self._places
        }

    @cached_property
    def _places(self) -> list[list[Any]]:
        """The same as compiled, in the order of `Place`: most answers ask of one country alone."""
        return list(read_json(self._common("places")))

    @cached_property
    def facts(self) -> dict[str, EntryFact]:
        """Entry facts by key."""
        found: dict[str, EntryFact] = self._by_name("facts", EntryFact)
        for key, fact in found.items():
            if fact.goods:
                goods = tuple([OfGoods._make(each) for each in fact.goods])
                found[key] = fact._replace(goods=goods)
        return found

    @cached_property
    def bases(self) -> dict[str, Base]:
        """Named parts of the value."""
        return self._by_name("bases", Base)

    @cached_property
    def families(self) -> dict[str, tuple[str, int]]:
        """Title and filing order of each family of duties."""
        rows = read_json(self._common("families"))
        return {name: (title, order) for name, title, order in rows}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Citations by key."""
        return self._all_named("source", Source)

    @cached_property
    def citations_zh(self) -> str:
        """Every Chinese citation, one a line."""
        return "\n".join(source.citation_zh for source in self.sources.values())

    def source(self, key: str) -> Source | None:
        """One citation; None where the register has none of that key."""
        return self._named("source", key, Source)

    def citation(self, key: str) -> str:
        """The words of a citation.

        Raises:
            KeyError: the register has no citation of that key.
        """
        found = self.source(key)
        if found is None:
            raise KeyError(key)
        return found.citation

    @cached_property
    def addresses(self) -> Addresses:
        """How citations become addresses."""
        from detente.register.addresses import Addresses, AddressForm

        rows = read_json(self._common("addresses"))
        return Addresses(AddressForm._make(row) for row in rows)

    def cited(self, citation: str) -> Source | None:
        """One citation by its words; None where none on record has them."""
        return self._named("citation", citation, Source)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Until when something may be asked of an entry."""
        return [Deadline._make(row) for row in read_json(self._common("deadlines"))]

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Areas and how far each was read."""
        found: dict[str, Area] = self._by_name("areas", Area)
        for key, area in found.items():
            if area.unread:
                unread = tuple([Confined._make(each) for each in area.unread])
                found[key] = area._replace(unread=unread)
        return found

    def documents(self) -> list[Document]:
        """Every document that can change the register, and what became of it."""
        rows = self._connection.execute("SELECT * FROM document ORDER BY source, published, id")
        from detente.register.documents import Document

        return [Document._make(row) for row in rows]

    @cached_property
    def indexes(self) -> dict[str, Index]:
        """The official indexes, and how far each was gone through."""
        from detente.register.documents import Index

        return self._by_name("indexes", Index)

    @cached_property
    def watched(self) -> tuple[Watched, ...]:
        """The answers of official indexes that are looked at for new documents."""
        from detente.register.documents import Watched

        return tuple(codec.rows(self._common("watched"), Watched))

    @cached_property
    def unwatched(self) -> tuple[Unwatched, ...]:
        """Official documents that can change the register and that no answer lists."""
        from detente.register.documents import Unwatched

        return tuple(codec.rows(self._common("unwatched"), Unwatched))

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """What documents are about, and which areas of law each topic bears on."""
        from detente.register.documents import Topic

        return self._by_name("topics", Topic)

    @cached_property
    def lists(self) -> dict[str, CodeList]:
        """Dated code lists by name."""
        return self._all_named("list", CodeList)

    def code_list(self, name: str) -> CodeList:
        """One dated code list.

        Raises:
            KeyError: the register has no list of that name.
        """
        found = self._named("list", name, CodeList)
        if found is None:
            raise KeyError(name)
        return found

    @cached_property
    def unread(self) -> dict[str, tuple[Window, ...]]:
        """Days over which the state of a list is not in hand, for the lists that have some."""
        rows = read_json(self._common("unread"))
        return {name: tuple([tuple(each) for each in windows]) for name, windows in rows.items()}

    @cached_property
    def controls(self) -> dict[str, ControlTerms]:
        """The words of export control, by side."""
        return {row[0]: codec.control_terms(row) for row in read_json(self._common("controls"))}

    @cached_property
    def scenarios(self) -> dict[str, str]:
        """The scenarios that come with the register: their files' text by name."""
        return dict(read_json(self._common("scenarios")))

    @cached_property
    def announced_only(self) -> tuple[str, ...]:
        """Ids of the records of which something was announced and no instrument was read."""
        found = {*read_json(self._common("announced"))} - self._changed.keys()
        found.update(name for name, each in self._changed.items() if each.has_announcements())
        return tuple(sorted(found))

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is not modelled, and why."""
        return codec.gaps(self._common("gaps"))

    @cached_property
    def basket(self) -> list[BasketGood]:
        """Goods on which the effect of a change of law is shown."""
        return codec.rows(self._common("basket"), BasketGood)

    @cached_property
    def stacking_rows(self) -> list[StackingRule]:
        """Who gives way to whom, as written: the yielding side may be everybody (``EVERYBODY``)."""
        return [self._stacking_row(number) for number in range(len(self._stacking))]

    @cached_property
    def _stacking(self) -> list[Any]:
        return list(read_json(self._common("yields")))

    def _stacking_row(self, number: int) -> StackingRule:
        """A row, the same object each time: a doubt is turned over by the row that raised it."""
        if number not in self._rows:
            self._rows[number] = codec.yield_row(self._stacking[number])
        return self._rows[number]

    @cached_property
    def stacking_rules(self) -> list[StackingRule]:
        """Who gives way to whom, a row for each that yields."""
        numbers = range(len(self._stacking))
        return [each for number in numbers for each in self._yielding(number, None)]

    def stacking_among(self, names: Set[str]) -> tuple[StackingRule, ...]:
        """Who of some measures gives way to whom of them; the other rows are not decoded."""
        yielding = {*names, EVERYBODY}
        return tuple([
            each
            for number, row in enumerate(self._stacking)
            if row[_PREVAILING] in names and row[_YIELDING] in yielding
            for each in self._yielding(number, names)
        ])  # fmt: skip

    def _yielding(self, number: int, names: Set[str] | None) -> list[StackingRule]:
        """A row by number: where everybody gives way one for each measure, or for each of some."""
        row = self._stacking_row(number)
        if row.yielding != EVERYBODY:
            return [row]
        beside = self._beside(row.prevailing)
        found = []
        for name in sorted(beside if names is None else beside & names):
            if (number, name) not in self._of_all:
                self._of_all[number, name] = row._replace(yielding=name)
            found.append(self._of_all[number, name])
        return found

    def _beside(self, prevailing: str) -> Set[str]:
        """The other measures of a measure's area, which all give way to it."""
        if prevailing in self._others:
            return self._others[prevailing]
        rows = self._connection.execute(
            "SELECT id FROM record WHERE kind = 'measure' AND area ="
            " (SELECT area FROM record WHERE id = ?)",
            (prevailing,),
        )
        names = {name for (name,) in rows}
        area = self.measure(prevailing).area if self._changed else ""
        names.update(
            name
            for name, measure in self._changed.items()
            if measure.area == area and measure.kind == "measure"
        )
        found = self._others[prevailing] = names - {prevailing}
        return found

    def _by_name(self, key: str, shape: type[Shape]) -> dict[str, Shape]:
        return {row[0]: row for row in codec.rows(self._common(key), shape)}

    def _all_named(self, kind: str, shape: type[Shape]) -> dict[str, Shape]:
        rows = self._connection.execute("SELECT name, body FROM named WHERE kind = ?", (kind,))
        return {name: codec.row(body, shape) for name, body in sorted(rows)}

    def _named(self, kind: str, name: str, shape: type[Shape]) -> Shape | None:
        """One shape by its name: an answer asks for a few of hundreds."""
        if (kind, name) not in self._singly:
            found = self._connection.execute(
                "SELECT body FROM named WHERE kind = ? AND name = ?", (kind, name)
            ).fetchone()
            if found is None:
                return None
            self._singly[kind, name] = codec.row(found[0], shape)
        kept: Shape = self._singly[kind, name]
        return kept

    def measures(self, area: str | None = None, kind: str | None = None) -> list[Measure]:
        """Records, of one area (``us/tariff``) or kind if asked, in order of id; decoded once."""
        if (area, kind) not in self._decoded:
            self._decoded[area, kind] = tuple(self._decode(area, kind))
        return list(self._decoded[area, kind])

    def shares_lists(self, other: Register) -> bool:
        """Whether another register is made of the same file, and so has the same lists."""
        return self._connection is other._connection

    def _decode(self, area: str | None, kind: str | None) -> list[Measure]:
        if self.beneath is not None:
            # What is not changed is the same object here and beneath, and is decoded once.
            found = {each.id: each for each in self.beneath.measures(area, kind)}
        else:
            found = self._compiled(area, kind)
        for name, measure in self._changed.items():
            found.pop(name, None)
            if area in (None, measure.area) and kind in (None, measure.kind):
                found[name] = measure
        return [found[name] for name in sorted(found)]

    def _compiled(self, area: str | None, kind: str | None) -> dict[str, Measure]:
        """Records as they were compiled, by id."""
        wanted = {"area": area, "kind": kind}
        where = "(:area IS NULL OR area = :area) AND (:kind IS NULL OR kind = :kind)"
        provisions: dict[str, list[str]] = {}
        for name, body in self._connection.execute(
            f"SELECT measure, body FROM limb WHERE {where} ORDER BY measure, number", wanted
        ):
            provisions.setdefault(name, []).append(body)
        rows = self._connection.execute(
            f"SELECT id, body, events FROM record WHERE {where}", wanted
        )
        return {
            name: codec.measure(body, provisions.get(name, []), events)
            for name, body, events in rows
            if name not in self._changed
        }

    def measure(self, name: str) -> Measure:
        """One record.

        Raises:
            KeyError: the register has no record of that id.
        """
        if name in self._changed:
            return self._changed[name]
        row = self._connection.execute(
            "SELECT body, events, area, kind FROM record WHERE id = ?", (name,)
        ).fetchone()
        if row is None:
            raise KeyError(name)
        body, events, area, kind = row
        provisions = self._connection.execute(
            "SELECT body FROM limb WHERE area = ? AND kind = ? AND measure = ? ORDER BY number",
            (area, kind, name),
        )
        return codec.measure(body, [text for (text,) in provisions], events)

    def touching(self, area: str, origin: str, lists: Iterable[str]) -> list[Measure]:
        """Measures of an area that may touch goods, without the provisions that cannot.

        A provision is left out when its place is not the origin's or its list does not hold the
        goods; events are left out too. The caller looks closer: a provision with several lists
        comes along.

        Args:
            area: such as ``us/tariff``.
            origin: ISO country.
            lists: names of the lists that name the goods, or a part of them, on any day.
        """
        # A list of which some days are not in hand may hold goods that none of its rows names.
        fit = {
            "place": ["", "*", *self.sets_with(origin)],
            "goods": ["", "*", *lists, *self.unread],
        }
        marks = {key: ",".join("?" * len(names)) for key, names in fit.items()}
        rows = self._connection.execute(
            "SELECT measure, body FROM limb WHERE area = ? AND kind = 'measure'"
            f" AND place IN ({marks['place']}) AND goods IN ({marks['goods']})"
            " ORDER BY measure, number",
            (area, *fit["place"], *fit["goods"]),
        )
        provisions: dict[str, list[str]] = {}
        for name, body in rows:
            provisions.setdefault(name, []).append(body)
        heads = self._connection.execute(
            f"SELECT id, body FROM record WHERE id IN ({','.join('?' * len(provisions))})",
            tuple(provisions),
        )
        found = [codec.measure(body, provisions[name]) for name, body in heads]
        unchanged = [measure for measure in found if measure.id not in self._changed]
        # Changed records are not in the file's index, so they come along whole.
        own = [
            measure
            for measure in self._changed.values()
            if measure.area == area and measure.kind == "measure"
        ]
        return sorted([*unchanged, *own], key=lambda measure: measure.id)

    def names(self) -> list[str]:
        """Ids of all records."""
        rows = self._connection.execute("SELECT id FROM record")
        return sorted({name for (name,) in rows} | self._changed.keys())

    def members(self, code: str) -> dict[str, list[Member]]:
        """The rows of every list that name the code or a shorter prefix of it."""
        wanted = prefixes(code)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(
            f"SELECT {MEMBER} FROM member WHERE code IN ({marks})",
            wanted,
        )
        found: dict[str, list[Member]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(_member(row))
        return found

    def incoming(self, side: str, code: str) -> list[tuple[str, str]]:
        """What the law of a side says beside a code of goods that come in: often nothing.

        Returns:
            The row of the code with its item's tests, and the provisions that name the item, each
            as compiled; ``applicability.incoming`` reads them.
        """
        shorter = [code[:digits] for digits in range(SHORTEST, len(code))]
        marks = ",".join("?" * len(shorter))
        return self._connection.execute(
            "SELECT code.body, item.body FROM import_code AS code"
            " JOIN import_item AS item USING (side, item)"
            # A colon comes after every digit, so the codes that begin with this one lie between.
            f" WHERE side = ? AND (code IN ({marks}) OR (code >= ? AND code < ?))"
            " ORDER BY number",
            (side, *shorter, code, f"{code}:"),
        ).fetchall()

    def unnamed(self, headings: Iterable[str]) -> tuple[str, ...]:
        """Those headings of chapter 99 that no measure, no yield and no gap names, in order.

        A range ("9903.52.00-9903.52.26") counts as named where a heading within it is.
        """
        elsewhere = [each for gap in self.gaps for each in gap.headings]
        for measure in self._changed.values():
            elsewhere.extend(measure.headings())
        found = []
        for word in headings:
            first, _, last = word.partition("-")
            last = last or first
            row = self._connection.execute(
                "SELECT 1 FROM heading WHERE heading BETWEEN ? AND ? LIMIT 1", (first, last)
            ).fetchone()
            if row is None and not (
                any(first <= each <= last for each in elsewhere)
                or any(gap.names(first) for gap in self.gaps)
            ):
                found.append(word)
        return tuple(found)

    def inside(self, places: Iterable[str], country: str) -> bool:
        """Whether a country lies in any of the named sets or is itself named."""
        return not self.sets_with(country).isdisjoint(places)

    def sets_with(self, country: str) -> frozenset[str]:
        """The sets in which a country lies, by name, and its own."""
        found = self._sets_of.get(country)
        if found is None:
            found = self._sets_of[country] = frozenset(
                name
                for name, countries, everywhere in self._places
                # A set that is everywhere names its exceptions, so it is read the other way round.
                if (country in countries) != everywhere
            ) | {country}
        return found

    def listed_below(self, code: str) -> list[tuple[str, str]]:
        """Longer codes under a code that some list names, with the list."""
        rows = self._connection.execute(
            # ":" is the character after "9", so it ends the range of all longer codes.
            "SELECT code, list FROM member WHERE code > :code AND code < :code || ':'",
            {"code": code},
        )
        return [(digits, name) for digits, name in rows]

    def below(self, code: str) -> list[str]:
        """Longer codes under a code that some list or provision names, in order."""
        rows = self._connection.execute(
            "SELECT code FROM member WHERE code > :code AND code < :code || ':' UNION"
            " SELECT code FROM named_code WHERE code > :code AND code < :code || ':'",
            {"code": code},
        )
        found = {digits for (digits,) in rows}
        # Records laid over the compiled ones, a scenario's own first of all, name codes too.
        for measure in self._changed.values():
            for provision in measure.provisions:
                names = (*provision.goods, *provision.not_goods)
                found.update(each for each in names if each[0].isdigit() and each != code)
        return sorted(each for each in found if each.startswith(code))

    def codes_of(self, name: str) -> list[Member]:
        """The rows of one list of goods, in order of code and day."""
        rows = self._connection.execute(
            f"SELECT {MEMBER} FROM member WHERE list = ? ORDER BY code, number", (name,)
        )
        return [_member(row) for row in rows]

    def list_days(self) -> list[tuple[str, int | None, int | None]]:
        """Each list with the minutes at which a row of it starts and ends."""
        rows = self._connection.execute("SELECT DISTINCT list, start, until FROM member")
        return rows.fetchall()

    def kinds_of_rows(self, lists: Iterable[str]) -> tuple[list[Member], dict[str, list[int]]]:
        """The rows of some lists, where all that say the same of a code are of one kind.

        Returns:
            A row of each kind, and the kinds of the rows of each code, in the order of `members`.
        """
        samples, all_by_code = self._kinds
        wanted = self._kinds_in(lists)
        by_code = {}
        for code, numbers in all_by_code.items():
            found = [number for number in numbers if number in wanted]
            if found:
                by_code[code] = found
        return samples, by_code

    def codes_in(self, lists: Iterable[str]) -> set[str]:
        """The codes that some lists name."""
        names = tuple({*lists})
        rows = self._connection.execute(
            f"SELECT DISTINCT code FROM member WHERE list IN ({','.join('?' * len(names))})", names
        )
        return {code for (code,) in rows}

    @cached_property
    def _kinds(self) -> tuple[list[Member], dict[str, list[int]]]:
        """A row of each kind, and the kinds of the rows of each code, of all lists."""
        kinds, by_code = read_json(self._common("kinds"))
        # Of the code only its length counts, so zeros stand for the digits.
        return [_member(("0" * size, *row[:-1], "", row[-1])) for size, *row in kinds], by_code

    def _kinds_in(self, lists: Iterable[str]) -> set[int]:
        names = {*lists}
        return {number for number, row in enumerate(self._kinds[0]) if row.list in names}

    def all_members(self) -> list[Member]:
        """The rows of every list."""
        rows = self._connection.execute(f"SELECT {MEMBER} FROM member ORDER BY list, code, number")
        return [_member(row) for row in rows]


@cache
def built_in_countries() -> CountryWords:
    """The words for countries of the register that ships, where no other register is at hand."""
    register = Register.built_in()
    words = register.country_words
    register.close()
    return words
