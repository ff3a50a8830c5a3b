"""Tables of owners as open sources publish them: other headings, percentages or none.

The ownership tables of the Global Energy Monitor (CSV or Parquet with percentages), exhibits 8.1
and 21 of filings with the SEC and lists of subsidiaries in annual reports (one owner, often no
percentage), BODS, FollowTheMoney and GLEIF relations, with GLEIF's names beside them. Companies are
joined by their names without legal forms, since such tables share no number; names that differ in
these forms are kept apart where they are of different countries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from itertools import product
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.core.tables.reading import open_table
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.lists import HEAD, MARKS, guess_format
from detente.parties.lists.readers.packed import beginning, unpacked
from detente.parties.names.names import parts, squashed
from detente.parties.ownership.file import notes_on_size
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import ZERO
from detente.parties.ownership.stated_shares import stated_share

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables

HEADINGS = {
    "owner": (
        "owner", "interested party name", "immediate owner", "owner name", "parent", "parent name",
        "shareholder", "股东名称", "股东", "母公司",
    ),
    "owned": (
        "owned", "subject entity name", "name of subsidiary", "subsidiary", "subsidiaries",
        "entity", "entity name", "owned name", "company", "子公司名称", "子公司", "被投资单位",
    ),
    "share": (
        "share", "share percent", "% share of ownership", "% ownership", "ownership %",
        "ownership (%)", "percentage", "percentage of ownership", "percent owned", "持股比例",
        "上市公司参股比例",
    ),
    "country": (
        "country", "owned place", "jurisdiction", "jurisdiction of incorporation",
        "place of incorporation", "registration country", "注册地",
    ),
    "from": ("from", "as of", "date"),
    "source": ("source", "data source url", "source url", "url"),
}  # fmt: skip
"""Headings in small letters, without underscores; of each the first that stands is read."""

OF_A_SHARE = re.compile(r"%|\b(?:share|percent(?:age)?|pct|stake|proportion)\b|比例|占比")
NOT_OF_A_SHARE = re.compile(
    r"\b(?:number|no|class|type|capital|price|value|source|url|imputed|voting|votes?|board|"
    r"seats?|revenue|profit)\b|表决|投票"
)
"""What another heading has that says how much is held, and what it has where it says else."""

STRUCTURED = (".json", ".jsonl", ".ndjson", ".xml")
OF_OWNERS, OF_NAMES = ("ftm", "bods", "gleif", "gleif-xml"), ("lei", "lei-xml")
"""Formats that say who owns whom by numbers, and those that say how these numbers are called."""


class OwnerSource(NamedTuple):
    """What one file says, and what it is.

    Attributes:
        name, sha256: of the file.
        rows: that name an owner and a company.
        with_share: of these, how many say how much is held.
        left_out: rows that do not, each with its line and why.
        holdings: what they say.
        keys: names without legal form, by the ids of companies; None where ids are numbers.
    """

    name: str
    sha256: str
    rows: int
    with_share: int
    left_out: tuple[str, ...]
    holdings: Holdings
    keys: Mapping[str, str] | None = None


def read_source(path: Path, tables: NameTables, owner: str = "", encoding: str = "") -> OwnerSource:
    """Read a file of owners in any of the known forms.

    Args:
        path: the file.
        tables: what names are read with, so that companies of several files are joined.
        owner: the owner of all rows, where the file names none.
        encoding: of a text.

    Raises:
        ValueError: no column is known to hold companies, or no owner is named.
    """
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    form = _form(path, encoding)
    if form in OF_NAMES:
        from detente.parties.ownership.importing import foreign_entities

        named = foreign_entities(path, encoding or None)
        return OwnerSource(path.name, digest, 0, 0, (), Holdings((), (), named))
    if form in OF_OWNERS or path.suffix.lower() in STRUCTURED:
        from detente.parties.ownership.importing import read_foreign

        held = read_foreign(path, encoding or None)
        known = sum(row.share.known for row in held.rows)
        return OwnerSource(path.name, digest, len(held.rows), known, held.left_out, held)
    if beginning(str(path), HEAD).lstrip(MARKS).startswith(b"<"):
        raise ValueError(
            f"{path.name} is a page, as exhibits of filings are: open it in a spreadsheet program, "
            "and save the table of subsidiaries as a workbook or CSV"
        )
    with (
        unpacked(str(path)) as content,
        open_table(Path(content), encoding or None, percentages=True) as table,
    ):
        places = _places(table.columns, path.name, owner)
        read = _Rows(path.name, places, tables, owner)
        for cells in table:
            read.add(cells, table.line)
        notes = notes_on_size(read.rows)
        if "share" not in places:
            shown = ", ".join(table.columns[:12])
            notes.append(
                f"{path.name}: no column is known to say how much is held, but {shown}: every "
                "share is unknown, so a company is possibly covered at most"
            )
    return OwnerSource(
        path.name, digest, len(read.rows), sum(row.share.known for row in read.rows),
        tuple(read.left_out),
        Holdings(tuple(read.rows), (), read.entities, tuple(read.flags), tuple(notes)), read.keys,
    )  # fmt: skip


def _form(path: Path, encoding: str) -> str:
    """The format of lists that a file is in; "" for none, as most tables of owners are."""
    try:
        return guess_format(str(path), encoding or None)
    except ValueError:
        return ""


def _places(columns: Sequence[str], name: str, owner: str) -> dict[str, int]:
    plain = [" ".join(each.replace("_", " ").lower().split()) for each in columns]
    found = {
        what: plain.index(each)
        for what, known in HEADINGS.items()
        for each in [next((one for one in known if one in plain), "")]
        if each
    }
    if "owned" not in found:
        shown = ", ".join(columns[:12])
        raise ValueError(
            f"{name}: no column is known to hold companies that are owned, but {shown}"
        )
    if "owner" not in found and not owner:
        raise ValueError(
            f"{name}: no column names the owners; if all rows are of one owner, as in a list of "
            "subsidiaries, name it with --owner"
        )
    if "share" not in found and (shares := _of_shares(plain)):
        if len(shares) > 1:
            several = ", ".join(columns[each] for each in shares)
            raise ValueError(
                f"{name}: several columns may say how much is held ({several}): name one of them "
                "share"
            )
        found["share"] = shares[0]
    return found


def _of_shares(plain: Sequence[str]) -> list[int]:
    """The columns whose headings say that they hold shares, in words of their own."""
    return [
        at
        for at, each in enumerate(plain)
        if OF_A_SHARE.search(each) and not NOT_OF_A_SHARE.search(each)
    ]


class _Rows:
    """Rows of a table as holdings, by names without legal forms."""

    def __init__(self, name: str, places: dict[str, int], tables: NameTables, owner: str) -> None:
        self._name, self._places, self._tables, self._owner = name, places, tables, owner
        self.rows: list[Holding] = []
        self.keys: dict[str, str] = {}
        self.entities: dict[str, Entity] = {}
        self.flags: list[Flag] = []
        self.left_out: list[str] = []

    def add(self, cells: Sequence[str], line: int) -> None:
        """Take a row, or say why it is left out."""

        def text(what: str) -> str:
            place = self._places.get(what)
            return "" if place is None else cells[place].strip()

        if not any(map(str.strip, cells)):
            return
        owner = self._entity(text("owner") or self._owner)
        owned = self._entity(text("owned"), text("country"))
        if not owner or not owned:
            self.left_out.append(f"{self._name}, line {line}: no owner or no company is named")
            return
        source = f"{self._name}, line {line}"
        share, unread = stated_share(text("share"))
        if unread:
            self.flags.append(Flag(owned, f"{source}: {unread}; the share is taken as unknown"))
        if described := text("source"):
            source = f"{source}: {described}"
        self.rows.append(
            Holding(owner, owned, share, _day(text("from")), "", source, "", None, None, False)
        )

    def _entity(self, name: str, place: str = "") -> str:
        """The id of a company as it is written here; "" where it has no name."""
        key = squashed(parts(name, self._tables)) if name else ""
        if not key:
            return ""
        country = _country(place)
        found = f"{key}\t{country}\t{_folded(name)}"
        if found not in self.keys:
            self.keys[found] = key
            self.entities[found] = Entity(found, name, country)
        return found


def _day(text: str) -> str:
    """The day from which a holding is told, where the cell is an ISO day; else none."""
    from detente.core.clock import day_number

    try:
        day_number(text)
    except ValueError:
        return ""
    return text


def _folded(name: str) -> str:
    """A name as it is printed, whatever its case and blanks."""
    return " ".join(name.split()).casefold()


def _country(place: str) -> str:
    """The code of a country; "" for a province or a state, which no company is told apart by."""
    from detente.parties.screening.queries import known_country

    try:
        return known_country(place) or "" if place else ""
    except UnknownWordError:
        return ""


def together(sources: Sequence[OwnerSource], tables: NameTables) -> Holdings:
    """All files as one set of holdings, joined by number or by name without legal form.

    Names that differ in their legal forms alone are kept apart where they are of different
    countries. Where a row says nothing of the country, the name as it is printed decides; where
    that does not either, each may be meant, so the row makes a company possibly covered at most.
    One printed name is one company, and a flag tells where it is said to be of several countries.

    Args:
        sources: the files.
        tables: what names are read with.
    """
    companies = _CompanyIds(sources, tables)
    rows: list[Holding] = []
    flags: dict[Flag, None] = dict.fromkeys(companies.moved())
    for source in sources:
        for row in source.holdings.rows:
            owners, owned = companies.meant(row.owner), companies.meant(row.owned)
            if len(owners) == len(owned) == 1:
                rows.append(row._replace(owner=owners[0], owned=owned[0]))
                continue
            share = row.share._replace(lo=ZERO)
            for one, other in product(owners, owned):
                rows.append(row._replace(owner=one, owned=other, share=share))
                doubt = companies.doubt(row.owner if len(owners) > 1 else row.owned)
                flags[Flag(other, f"{row.source or source.name}: {doubt}")] = None
        for flag in source.holdings.flags:
            for each in companies.meant(flag.id):
                flags[flag._replace(id=each)] = None
    return Holdings(
        tuple(rows),
        (),
        companies.entities,
        tuple(flags),
        (*(note for source in sources for note in source.holdings.notes), *companies.notes),
        left_out=tuple(each for source in sources for each in source.left_out),
    )


class _Company(NamedTuple):
    """One of the companies that have a name: their countries, and the name as it is printed."""

    places: list[str]
    printed: set[str]

    @property
    def place(self) -> str:
        """The country by which it is told apart."""
        return self.places[0]


class _CompanyIds:
    """The companies of several files, each under one id.

    Attributes:
        entities: those that the files tell of, by their ids; a company keeps the first name.
        notes: on what was not joined.
    """

    def __init__(self, sources: Sequence[OwnerSource], tables: NameTables) -> None:
        self.notes: list[str] = []
        self._said = self._described(sources)
        self._keys: dict[str, str] = {}
        for source in sources:
            if source.keys is None:
                self._keys.update(self._numbered(source, tables))
            else:
                self._keys.update(source.keys)
        self._of_key: dict[str, list[_Company]] = {}
        for each, key in self._keys.items():
            entity = self._said[each]
            self._add(self._of_key.setdefault(key, []), entity.country, _folded(entity.name))
        self._meant: dict[str, tuple[str, ...]] = {}
        self.entities: dict[str, Entity] = {}
        for each, entity in self._said.items():
            for found in self.meant(each):
                known = self.entities.setdefault(found, entity._replace(id=found))
                self.entities[found] = known._replace(
                    country=known.country or entity.country,
                    others=tuple(dict.fromkeys((*known.others, *entity.others))),
                )

    def meant(self, each: str) -> tuple[str, ...]:
        """The ids of the companies that an id of a file may mean."""
        if each not in self._meant:
            key = self._keys.get(each)
            self._meant[each] = (each,) if key is None else tuple(self._candidates(each, key))
        return self._meant[each]

    def doubt(self, each: str) -> str:
        """Why an id of a file may mean several companies."""
        places = ", ".join(sorted(found.place for found in self._of_key[self._keys[each]]))
        return (
            f"companies of several countries are called {self._said[each].name} ({places}), and "
            "the row does not say which is meant: each may be"
        )

    def moved(self) -> Iterator[Flag]:
        """What is taken for one company though it is said to be of several countries."""
        for key, found in self._of_key.items():
            for each in found:
                if len(each.places) > 1:
                    id_ = key if len(found) == 1 else f"{key} ({each.place})"
                    told = ", ".join(each.places)
                    of_country = self.entities[id_].country
                    why = f"is said to be of {told}: taken for one company, of {of_country}"
                    yield Flag(id_, why)

    @staticmethod
    def _add(known: list[_Company], country: str, printed: str) -> None:
        """Add a name of a key to the companies that have it; they share no country and no name."""
        if not country:
            return
        same = [each for each in known if country in each.places or printed in each.printed]
        if not same:
            known.append(_Company([country], {printed}))
            return
        first, *others = same
        for each in (*others, _Company([country], {printed})):
            first.places.extend(place for place in each.places if place not in first.places)
            first.printed.update(each.printed)
        known[:] = [each for each in known if each not in others]

    def _candidates(self, each: str, key: str) -> Iterator[str]:
        told, entity = self._of_key[key], self._said[each]
        if len(told) > 1:
            printed = _folded(entity.name)
            found = [one for one in told if entity.country in one.places or printed in one.printed]
            for one in found if len(found) == 1 else told:
                yield f"{key} ({one.place})"
        else:
            yield key

    @staticmethod
    def _described(sources: Sequence[OwnerSource]) -> dict[str, Entity]:
        """What the files say of companies; of names alone those of companies in other files."""
        found: dict[str, Entity] = {}
        for source in sources:
            if source.rows or source.keys is not None:
                for each, entity in source.holdings.entities.items():
                    known = found.setdefault(each, entity)
                    if known.name in ("", each):
                        known = known._replace(name=entity.name, others=entity.others)
                    found[each] = known._replace(country=known.country or entity.country)
        for source in sources:
            if not source.rows and source.keys is None:
                named = source.holdings.entities
                found |= {each: named[each] for each in found.keys() & named.keys()}
        return found

    def _numbered(self, source: OwnerSource, tables: NameTables) -> Iterator[tuple[str, str]]:
        """Ids of a file that are numbers, each with the name by which it is joined with others.

        Companies that have one name under several numbers are joined by none.
        """
        keys = {
            each: squashed(parts(entity.name, tables))
            for each in source.holdings.entities
            if (entity := self._said.get(each)) is not None and entity.name not in ("", each)
        }
        known = Counter(keys.values())
        alone = [each for each, key in keys.items() if known[key] > 1]
        if alone:
            have = counted(len(alone), "company has", "companies have")
            self.notes.append(
                f"{source.name}: {have} a name that stands under several numbers, such as "
                f"{self._said[alone[0]].name}: joined with none of another file"
            )
        for each, key in keys.items():
            if key and known[key] == 1:
                yield each, key
