"""Tables of owners as open sources publish them: other headings, percentages or none.

The ownership tables of the Global Energy Monitor (CSV or Parquet with percentages), exhibits 8.1
and 21 of filings with the SEC and lists of subsidiaries in annual reports (one owner, often no
percentage), BODS, FollowTheMoney and GLEIF relations. Companies are joined by their names without
legal forms, since such tables share no number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.reading import open_table
from detente.core.vocabulary import UnknownWordError
from detente.parties.names.names import parts, squashed
from detente.parties.ownership.file import notes_on_size
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import UNKNOWN, Share, share_of

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

NATIVE = ("relationship.startnode.nodeid", "relationship.startnode.nodeid.nodeid")
STRUCTURED = (".json", ".jsonl", ".ndjson", ".xml")
NO_SHARE = ("", "-", "–", "n/a", "na", "not disclosed", "unknown")


class OwnerSource(NamedTuple):
    """What one file says, and what it is.

    Attributes:
        name, sha256: of the file.
        rows: that name an owner and a company.
        with_share: of these, how many say how much is held.
        left_out: rows that do not, each with its line and why.
        holdings: what they say.
    """

    name: str
    sha256: str
    rows: int
    with_share: int
    left_out: tuple[str, ...]
    holdings: Holdings


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
    if path.suffix.lower() in STRUCTURED or _is_gleif(path, encoding):
        from detente.parties.ownership.importing import read_foreign

        held = read_foreign(path)
        known = sum(row.share.known for row in held.rows)
        return OwnerSource(path.name, digest, len(held.rows), known, held.notes, held)
    with open_table(path, encoding or None, percentages=True) as table:
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
        Holdings(tuple(read.rows), (), read.entities, tuple(read.flags), tuple(notes)),
    )  # fmt: skip


def _is_gleif(path: Path, encoding: str) -> bool:
    if path.suffix.lower() != ".csv":
        return False
    with open_table(path, encoding or None) as table:
        return any(each.strip().lower() in NATIVE for each in table.columns)


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
        self.entities: dict[str, Entity] = {}
        self.flags: list[Flag] = []
        self.left_out: list[str] = []

    def add(self, cells: Sequence[str], line: int) -> None:
        """Take a row, or say why it is left out."""

        def text(what: str) -> str:
            place = self._places.get(what)
            return "" if place is None else cells[place].strip()

        owner, owned = self._entity(text("owner") or self._owner), self._entity(text("owned"))
        if not owner or not owned:
            self.left_out.append(f"{self._name}, line {line}: no owner or no company is named")
            return
        try:
            share = self._share(text("share"))
        except ValueError as error:
            self.left_out.append(f"{self._name}, line {line}: {error}")
            return
        if place := text("country"):
            self._placed(owned, place)
        source = f"{self._name}, line {line}"
        if described := text("source"):
            source = f"{source}: {described}"
        self.rows.append(
            Holding(owner, owned, share, _day(text("from")), "", source, "", None, None, False)
        )

    def _entity(self, name: str) -> str:
        """The id of a company: its name without legal form, written together."""
        key = squashed(parts(name, self._tables)) if name else ""
        if key:
            self.entities.setdefault(key, Entity(key, name))
        return key

    def _placed(self, key: str, place: str) -> None:
        from detente.parties.screening.screening import known_country

        try:
            code = known_country(place) or ""
        except UnknownWordError:
            return  # a province or a state: the name of the company stands without it
        self.entities[key] = self.entities[key]._replace(country=code)

    def _share(self, text: str) -> Share:
        return UNKNOWN if text.lower() in NO_SHARE else share_of(text)


def _day(text: str) -> str:
    """The day from which a holding is told, where the cell is an ISO day; else none."""
    from detente.core.clock import day_number

    try:
        day_number(text)
    except ValueError:
        return ""
    return text


def together(sources: Sequence[OwnerSource]) -> Holdings:
    """All files as one set of holdings; a company keeps the first name and country that is told."""
    entities: dict[str, Entity] = {}
    for source in sources:
        for key, entity in source.holdings.entities.items():
            known = entities.setdefault(key, entity)
            if not known.country and entity.country:
                entities[key] = known._replace(country=entity.country)
    return Holdings(
        tuple(row for source in sources for row in source.holdings.rows),
        (),
        entities,
        tuple(flag for source in sources for flag in source.holdings.flags),
        tuple(note for source in sources for note in source.holdings.notes),
    )
