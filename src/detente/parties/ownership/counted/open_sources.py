"""Tables of owners as open sources publish them: other headings, percentages or none.

The ownership tables of the Global Energy Monitor (CSV or Parquet with percentages), exhibits 8.1
and 21 of filings with the SEC and lists of subsidiaries in annual reports (one owner, often no
percentage), BODS, FollowTheMoney and GLEIF relations, with GLEIF's names beside them. Companies are
joined by their names without legal forms, since such tables share no number; names that differ in
these forms are kept apart where they are of different countries; see `joined`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.core.tables.reading import open_table
from detente.parties.lists.lists import HEAD, MARKS, guess_format
from detente.parties.lists.readers.packed import beginning, unpacked
from detente.parties.ownership.counted.company_names import JoiningNames, folded
from detente.parties.ownership.counted.stated_days import stated_spans
from detente.parties.ownership.counted.stated_shares import stated_share
from detente.parties.ownership.file import NO, YES, notes_on_size, unread_columns
from detente.parties.ownership.importing import foreign_entities, over_spans, read_foreign
from detente.parties.ownership.model import Entity, Flag, Holding, Holdings
from detente.parties.ownership.shares import UNKNOWN, Share

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables

HEADINGS = {
    "owner": (
        "owner", "interested party name", "immediate owner", "owner name", "parent", "parent name",
        "parent company", "parent company name", "parent entity", "shareholder",
        "shareholder name", "investor", "investor name", "股东名称", "股东", "母公司", "母公司名称",
    ),
    "owned": (
        "owned", "subject entity name", "name of subsidiary", "subsidiary", "subsidiaries",
        "subsidiary name", "name of subsidiaries", "subsidiary company", "child", "child name",
        "child company", "investee", "investee name", "entity", "entity name", "name of entity",
        "legal entity", "legal entity name", "owned name", "company", "company name",
        "name of company", "legal name", "name", "子公司名称", "子公司", "被投资单位",
        "被投资单位名称", "被投资企业", "公司名称", "企业名称",
    ),
    "share": (
        "share", "share percent", "% share of ownership", "% ownership", "ownership %",
        "ownership (%)", "percentage", "percentage of ownership", "percent owned", "ownership",
        "ownership interest", "equity interest", "equity interest held", "equity", "interest held",
        "shareholding", "持股比例", "上市公司参股比例",
    ),
    "country": (
        "country", "owned place", "jurisdiction", "state or country", "state", "domicile", "注册地",
    ),
    "imputed": ("share imputed?", "share imputed", "imputed?", "imputed"),
    "from": ("from", "as of", "date"),
    "until": ("until",),
    "source": ("source", "data source url", "source url", "url"),
    "key": ("key",),
    "votes": ("votes share",),
    "board": ("board share",),
    "control": ("contract control",),
}  # fmt: skip
"""Headings in small letters, without underscores; of each the first that stands is read. All those
of a file of holdings (`owners`) are among them."""

TOGETHER = (
    {
        "owned": "subject entity name", "owner": "interested party name",
        "share": "% share of ownership", "imputed": "share imputed?",
        "owned number": "subject entity id", "owner number": "interested party id",
    },
)  # fmt: skip
"""Headings that belong together: where the first two stand, what they name is read from them alone,
whatever other owners and shares a table has beside them."""

NOBODY = frozenset({
    "unknown", "small shareholder(s)", "small shareholders", "natural person(s)",
    "natural persons", "individuals", "other shareholders", "others", "other", "public",
    "public float", "free float", "minority shareholders", "various", "unnamed", "not disclosed",
    "n/a", "自然人", "其他", "其他股东", "社会公众股", "公众股东",
})  # fmt: skip
"""What stands in the place of owners who are not named, and is no company that owns others."""

OF_A_SHARE = re.compile(r"%|\b(?:share|percent(?:age)?|pct|stake|proportion)\b|比例|占比")
NOT_OF_A_SHARE = re.compile(
    r"\b(?:number|no|class|type|capital|price|value|source|url|imputed|voting|votes?|board|"
    r"seats?|revenue|profit)\b|表决|投票"
)
"""What another heading has that says how much is held, and what it has where it says else."""

OF_A_COUNTRY = re.compile(r"\b(?:jurisdictions?|states?|country|countries|places?)\b|国|國|地")
OF_COMING_TO_BE = re.compile(
    r"\b(?:incorp(?:orat\w+)?|organi[sz]ations?|organi[sz]ed|formation|formed|registration|"
    r"registered)\b|注册|注冊|成立"
)
OF_OPERATION = re.compile(r"\boperations?\b|经营|經營")
NOT_OF_A_COUNTRY = re.compile(
    r"\b(?:number|no|date|day|year|id|owners?|parents?|shareholders?|holders?|interested party)\b|"
    r"地址"
)
"""What another heading has that says of which country a company is: a word for places, and one for
how it came to be or, where no heading has such a one, for what it does; and what neither has."""

OF_A_STATE = re.compile(r"\bstates?\b", re.IGNORECASE)
"""What such a heading has where a state may be meant."""

STRUCTURED = (".json", ".jsonl", ".ndjson", ".xml")
OF_OWNERS, OF_NAMES = ("ftm", "bods", "gleif", "gleif-xml"), ("lei", "lei-xml")
"""Formats that say who owns whom by numbers, and those that say how these numbers are called."""


STATED = ("", "no", "n", "false", "0", "not imputed", "reported", "stated")
"""What a cell says of a share that somebody states: others are of one that is imputed."""


COUNTRIES = "country", "country besides"
"""Under what the columns that say the country are known, of which a table may have two."""

PLACES = 5
"""Places of no known country that are told."""


class OwnerSource(NamedTuple):
    """What one file says, and what it is.

    Attributes:
        name, sha256: of the file.
        rows: that name an owner and a company.
        with_share: of these, how many say how much is held.
        left_out: rows that do not, each with its line and why.
        holdings: what they say.
        keys: names without legal form, by the ids of companies that have no number; None where
            all ids are numbers.
        names_only: whether it says how companies are called that other files tell of, and no more.
        as_of: whether a day in it is one as of which a holding is told, and none on which it began.
    """

    name: str
    sha256: str
    rows: int
    with_share: int
    left_out: tuple[str, ...]
    holdings: Holdings
    keys: Mapping[str, str] | None = None
    names_only: bool = False
    as_of: bool = False


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
        named = foreign_entities(path, encoding or None)
        return OwnerSource(path.name, digest, 0, 0, (), Holdings((), (), named), names_only=True)
    if form in OF_OWNERS or path.suffix.lower() in STRUCTURED:
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
        headings = [table.columns[places[each]] for each in COUNTRIES if each in places]
        in_states = any(map(OF_A_STATE.search, headings))
        read = _Rows(path.name, places, tables, owner, in_states=in_states)
        for cells in table:
            read.add(cells, table.line)
        beside = [each for at, each in enumerate(table.columns) if at not in places.values()]
        notes = [*read.notes(), *unread_columns(path.name, beside)]
        if "share" not in places:
            shown = ", ".join(table.columns[:12])
            notes.append(
                f"{path.name}: no column is known to say how much is held, but {shown}: every "
                "share is unknown, so a company is possibly covered at most"
            )
    return OwnerSource(
        path.name, digest, read.taken, read.with_share, tuple(read.left_out),
        Holdings(tuple(read.rows), (), read.entities, tuple(read.flags), tuple(notes)), read.keys,
        as_of=True,
    )  # fmt: skip


def _form(path: Path, encoding: str) -> str:
    """The format of lists that a file is in; "" for none, as most tables of owners are."""
    try:
        return guess_format(str(path), encoding or None)
    except ValueError:
        return ""


def _places(columns: Sequence[str], name: str, owner: str) -> dict[str, int]:
    plain = [" ".join(each.replace("_", " ").lower().split()) for each in columns]
    together: Mapping[str, str] = next(
        (each for each in TOGETHER if {each["owned"], each["owner"]} <= set(plain)), {}
    )
    headings = HEADINGS | {what: (heading,) for what, heading in together.items()}
    found = {
        what: plain.index(each)
        for what, known in headings.items()
        for each in [next((one for one in known if one in plain), "")]
        if each
    }
    if "owned" not in found:
        shown = ", ".join(columns[:12])
        raise ValueError(
            f"{name}: no column is known to hold companies that are owned, but {shown}: "
            "call theirs owned"
        )
    if "owner" not in found and not owner:
        raise ValueError(
            f"{name}: no column names the owners; if all rows are of one owner, as in a list of "
            "subsidiaries, name it with --owner"
        )
    if "share" not in found and not together and (shares := _of_shares(plain)):
        if len(shares) > 1:
            several = ", ".join(columns[each] for each in shares)
            raise ValueError(
                f"{name}: several columns may say how much is held ({several}): name one of them "
                "share"
            )
        found["share"] = shares[0]
    if "country" not in found:
        # A state may have a column, and its country another.
        found |= dict(zip(COUNTRIES, _of_countries(plain), strict=False))
    return found


def _of_countries(plain: Sequence[str]) -> list[int]:
    """The columns whose headings say, in words of their own, of which country a company is."""
    places = [
        (at, each)
        for at, each in enumerate(plain)
        if OF_A_COUNTRY.search(each) and not NOT_OF_A_COUNTRY.search(each)
    ]
    came_to_be = [at for at, each in places if OF_COMING_TO_BE.search(each)]
    return came_to_be or [at for at, each in places if OF_OPERATION.search(each)]


def _of_shares(plain: Sequence[str]) -> list[int]:
    """The columns whose headings say that they hold shares, in words of their own."""
    return [
        at
        for at, each in enumerate(plain)
        if OF_A_SHARE.search(each) and not NOT_OF_A_SHARE.search(each)
    ]


class _Rows:
    """Rows of a table as holdings, by names without legal forms.

    Attributes:
        rows: the holdings; of a row that tells a year several, one after the other.
        taken, with_share: how many rows were taken, and how many of them say how much is held.
    """

    def __init__(
        self,
        name: str,
        places: dict[str, int],
        tables: NameTables,
        owner: str,
        *,
        in_states: bool,
    ) -> None:
        self._name, self._places, self._owner = name, places, owner
        self._in_states = in_states
        self._names = JoiningNames(tables)
        self.rows: list[Holding] = []
        self.keys: dict[str, str] = {}
        self.entities: dict[str, Entity] = {}
        self.flags: list[Flag] = []
        self.left_out: list[str] = []
        self.taken = self.with_share = 0
        self._imputed: list[int] = []
        self._of_nobody: list[int] = []
        self._countries: dict[str, tuple[str, ...]] = {}

    def notes(self) -> list[str]:
        """What is told of the rows together."""
        found = notes_on_size(self.rows)
        if self._imputed:
            shares = counted(len(self._imputed), "share is", "shares are")
            found.append(
                f"{self._name}: {shares} imputed, as in line {self._imputed[0]}, and stated by "
                "nobody: taken as unknown"
            )
        if self._of_nobody:
            rows = counted(len(self._of_nobody), "row names", "rows name")
            found.append(
                f"{self._name}: {rows} no owner but others, small holders or unknown ones, as line "
                f"{self._of_nobody[0]} does: what they hold counts as held by nobody who is named"
            )
        return [*found, *self._on_places()]

    def _on_places(self) -> Iterator[str]:
        for place, codes in self._countries.items():
            if len(codes) > 1:
                yield (
                    f"{self._name}: {place} may be in {' or '.join(codes)}: such companies count "
                    "as of no country that is known, and are possibly covered at most by a rule "
                    "that leaves one of these out"
                )
        if unknown := [place for place, codes in self._countries.items() if not codes]:
            shown = "; ".join(unknown[:PLACES])
            more = "; …" if len(unknown) > PLACES else ""
            yield (
                f"{self._name}: {counted(len(unknown), 'place')} of no country that is known "
                f"({shown}{more}): such companies count as of none"
            )

    def add(self, cells: Sequence[str], line: int) -> None:
        """Take a row, or say why it is left out."""

        def text(what: str) -> str:
            place = self._places.get(what)
            return "" if place is None else cells[place].strip()

        if not any(map(str.strip, cells)):
            return
        named, company = text("owner") or self._owner, text("owned")
        number, of_company = text("owner number"), text("owned number")
        if folded(company) in NOBODY or not ((named or number) and (company or of_company)):
            self.left_out.append(f"{self._name}, line {line}: no owner or no company is named")
            return
        if folded(named) in NOBODY:
            self._of_nobody.append(line)
            return
        owner = self._entity(named, "", number)
        owned = self._entity(company, ", ".join(filter(None, map(text, COUNTRIES))), of_company)
        if not owner or not owned:
            self.left_out.append(f"{self._name}, line {line}: no owner or no company is named")
            return
        source = f"{self._name}, line {line}"
        share = self._share(text("share"), owned, source)
        if share.known and text("imputed").casefold() not in STATED:
            self._imputed.append(line)
            share = UNKNOWN
        self.taken += 1
        self.with_share += share.known
        votes, board = (
            self._share(text(each), owned, source) if text(each) else None
            for each in ("votes", "board")
        )
        spans, unread = stated_spans(text("from"), text("until"))
        if unread:
            self.flags.append(Flag(owned, f"{source}: {unread}"))
        control = text("control").lower()
        if control not in (*YES, *NO):
            why = f"contract_control {control!r} is neither true nor false: taken as false"
            self.flags.append(Flag(owned, f"{source}: {why}"))
        if described := text("source"):
            source = f"{source}: {described}"
        row = Holding(
            owner, owned, share, "", "", source, text("key"), board, votes, control in YES
        )
        self.rows += over_spans(row, spans)

    def _share(self, text: str, owned: str, source: str) -> Share:
        share, unread = stated_share(text)
        if unread:
            self.flags.append(Flag(owned, f"{source}: {unread}; the share is taken as unknown"))
        return share

    def _entity(self, name: str, place: str, number: str) -> str:
        """The id of a company: its number, else as it is written here; "" without either."""
        if number:
            entity = self._described(number, name, place)
            known = self.entities.setdefault(number, entity)
            if name and name not in (known.name, *known.others):
                known = known._replace(others=(*known.others, name))
            self.entities[number] = known.filled_from(entity)
            return number
        key = self._names.key(name) if name else ""
        if not key:
            return ""
        codes = " ".join(self._countries_of(place))
        found = f"{key}\t{codes}\t{folded(name)}"
        if found not in self.keys:
            self.keys[found] = key
            self.entities[found] = self._described(found, name, place)
        return found

    def _countries_of(self, place: str) -> tuple[str, ...]:
        """The codes of the countries that a company is of one of; none where that is not known."""
        if not place:
            return ()
        if place not in self._countries:
            from detente.register.book import built_in_countries

            words = built_in_countries()
            self._countries[place] = words.of_jurisdiction(place, in_states=self._in_states)
        return self._countries[place]

    def _described(self, id_: str, name: str, place: str) -> Entity:
        """A company as a row tells of it."""
        codes = self._countries_of(place)
        if len(codes) == 1:
            return Entity(id_, name, codes[0])
        return Entity(id_, name, perhaps=codes)
