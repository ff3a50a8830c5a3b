"""Tables of partners that are kept in the user's folder, to be screened again when lists change."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.lists.standing import otherwise
from detente.parties.masters.columns import FIRST_ROW
from detente.parties.masters.decisions import CLEARED, LAPSED
from detente.store.home import home
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from detente.parties.lists.versions import ListsRead
    from detente.parties.masters.screened import ScreenedRow
    from detente.parties.screening.list_changes import ListedChanges
    from detente.parties.screening.store import Screen

CLOSE_NOW, CLOSE_THEN = "comes close now, and was listed then", "came close, and is listed still"
"""What is said of a party that came to a row, or went from one, while its listing stayed."""

FOLDER, STATE, TABLE = "masters", "state.json", "table"
ID = re.compile(r"[0-9a-f]{12}")
SETTLED = ("clear", "partly", "not_screened", "unresolved")
"""Statuses of a row that no listed party comes close to."""


class Master(NamedTuple):
    """A table that is kept.

    Attributes:
        id: its name here.
        name: the name that the file had.
        encoding, column, country, sheet: how it is read; see ``columns.columns_of``.
        screened: ISO day on which it was screened last, "" for never.
        lists: which lists that was, as ``Screen.sha256`` tells it.
        read: the days and the files of these; see ``Screen.read``. None of a table that was kept
            before that was.
        counts: rows by status.
        parties: parties that came close, by row.
        entries: keys of all their entries, by row.
        lapsed: rows of which the clearance that is shown had lapsed.
        standings: how the entries of the parties stood that nobody had cleared, by row; see
            ``screened.entry_standings``. None of a table that was kept before that was.
    """

    id: str
    name: str
    encoding: str = ""
    column: str = ""
    country: str = ""
    screened: str = ""
    lists: str = ""
    counts: dict[str, int] = {}  # noqa: RUF012
    parties: dict[str, list[str]] = {}  # noqa: RUF012
    entries: dict[str, list[str]] = {}  # noqa: RUF012
    lapsed: list[int] = []  # noqa: RUF012
    standings: dict[str, dict[str, str]] | None = None
    sheet: str = ""
    read: ListsRead | None = None


def new_id() -> str:
    """An id for a table that is to be kept."""
    return secrets.token_hex(6)


def body_of(master: Master) -> bytes:
    """The state of a kept table as JSON."""
    return json.dumps(master._asdict(), ensure_ascii=False).encode()


def state_of(body: bytes) -> Master:
    """The state of a kept table out of JSON; what another version wrote beside it is left out.

    Raises:
        ValueError, TypeError, AttributeError: it is not one.
    """
    state = json.loads(body)
    return Master(**{key: value for key, value in state.items() if key in Master._fields})


class RowChange(NamedTuple):
    """What is new of a row since it was screened last.

    Attributes:
        at: place of the row in its file; see ``ScreenedRow``.
        name: as the table writes it.
        came, went: parties.
        lapsed: why a clearance counts no longer; "" where none lapsed.
        stands: which listings of its parties stand otherwise by now; "" for none.
    """

    at: int
    name: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    lapsed: str = ""
    stands: str = ""

    @property
    def row(self) -> int:
        """Its row in the file, as a spreadsheet counts them."""
        return self.at + FIRST_ROW


class Masters:
    """The tables of the user's folder."""

    def __init__(self, folder: str = "") -> None:
        """Look into a folder, that of the user where none is named."""
        self._folder = Path(folder or os.path.join(home(), FOLDER))

    def all(self) -> list[Master]:
        """Every table that is kept, by name."""
        if not self._folder.is_dir():
            return []
        found = [self._read(each) for each in self._folder.iterdir() if ID.fullmatch(each.name)]
        return sorted((each for each in found if each is not None), key=lambda each: each.name)

    def get(self, master: str, newest: bool = False) -> Master:
        """A table that is kept, by its id or by the name of its file.

        Args:
            master: the one or the other; a path stands for the name at its end.
            newest: take the one that was kept last where several have that name.

        Raises:
            ValueError: there is none, or several have that name.
        """
        found = self.called(master)
        if newest:
            found = [max(found, key=lambda each: self.table(each).stat().st_mtime_ns)]
        if len(found) != 1:
            told = "; ".join(f"{each.id}, screened {each.screened or 'never'}" for each in found)
            raise ValueError(
                f"{master!r} is the name of several: write an id, or --all for every one; kept: "
                f"{told}"
            )
        return found[0]

    def called(self, master: str) -> list[Master]:
        """The tables that are kept under an id or a name; at least one; see ``get``.

        Raises:
            ValueError: there is none.
        """
        kept = self.all()
        # Whoever keeps a table names its path, and will name it so again.
        name = os.path.basename(master)
        found = [each for each in kept if master in (each.id, each.name)]
        found = found or [each for each in kept if each.name == name]
        if not found:
            known = ", ".join(f"{each.name} ({each.id})" for each in kept) or "none"
            raise ValueError(f"{master!r} is not kept; kept: {known}")
        return found

    def alike(self, master: Master) -> int:
        """How many other tables that are kept have the name of one."""
        return sum(each.name == master.name and each.id != master.id for each in self.all())

    def keep(self, name: str, source: Path, master: Master | None = None, id_: str = "") -> Master:
        """Keep a copy of a table.

        Args:
            name: that its file had.
            source: the file.
            master: how it is read.
            id_: see ``new_id``; whoever is interrupted and keeps the table again under the same one
                keeps it once. "" for a new one.
        """
        id_ = id_ or new_id()
        folder = self._folder / id_
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.copyfile(source, folder / f"{TABLE}{source.suffix.lower()}")
        made = (master or Master("", ""))._replace(id=id_, name=name)
        self._write(made)
        return made

    def table(self, master: Master) -> Path:
        """The file of a table."""
        return next((self._folder / master.id).glob(f"{TABLE}*"))

    def remember(
        self, master: Master, day: str, read: ListsRead, found: Iterable[ScreenedRow]
    ) -> Master:
        """Keep what was found of a table, so that the next time tells what is new."""
        from detente.parties.masters.screened import counted, parties_of

        rows = list(found)
        parties = {str(at): list(each) for at, each in parties_of(rows).items()}
        entries = {str(each.at): list(each.keys) for each in rows if each.keys}
        lapsed = sorted(each.at for each in rows if _is_lapsed(each))
        standings = {str(each.at): dict(each.standings) for each in rows if each.standings}
        made = master._replace(
            screened=day, lists=read["sha256"], read=read, counts=counted(rows), parties=parties,
            entries=entries, lapsed=lapsed, standings=standings,
        )  # fmt: skip
        self._write(made)
        return made

    def remove(self, master: Master) -> None:
        """Remove a table and what was found of it; decisions stay."""
        shutil.rmtree(self._folder / master.id)

    def _write(self, master: Master) -> None:
        write_whole(self._folder / master.id / STATE, body_of(master))

    def _read(self, folder: Path) -> Master | None:
        try:
            return state_of((folder / STATE).read_bytes())
        except (OSError, ValueError, TypeError, AttributeError):
            return None


def news_of(before: Master, now: Screen) -> ListedChanges | None:
    """What the lists changed since a table was screened last; None where that is not known."""
    from detente.parties.screening.list_changes import news_since

    return news_since(before.read, before.screened, now) if before.read else None


def changes(
    before: Master, found: Iterable[ScreenedRow], news: ListedChanges | None = None
) -> list[RowChange]:
    """Rows of which something is new since a table was screened last.

    A party came to them, or one went, a clearance lapsed, or a listing of a party that nobody
    cleared stands otherwise, since its day has come, such as that of a suspension. A party that is
    told under another of its entries neither came nor went; nor is one known to have gone from a
    row that has as many as are told. One that comes close now and stood on its list then as well,
    or the other way round, is told as such: names are held against other ones.

    Args:
        before: the table as it was kept.
        found: what is found of it now.
        news: what the lists changed; None where that is not known. See ``news_of``.
    """
    rows, lapsed = [], set(before.lapsed)
    for each in sorted(found, key=lambda row: row.at):
        at = str(each.at)
        old, new = set(before.parties.get(at, ())), set(each.parties)
        known = set(before.entries.get(at, ()))
        came = tuple(sorted(party for party in new - old if _key(party) not in known))
        gone = () if each.full else old - new
        went = tuple(sorted(party for party in gone if _key(party) not in each.keys))
        told = ""
        if each.at not in lapsed and _is_lapsed(each):
            told = f"its clearance lapsed: {each.standing.because}"
        other = [_otherwise(before, each)]
        if news is not None:
            came, close_now = _parted(came, news)
            went, close_then = _parted(went, news)
            for some, how in ((close_now, CLOSE_NOW), (close_then, CLOSE_THEN)):
                other += [f"{how}: {', '.join(some)}"] if some else []
        stands = "; ".join(filter(None, other))
        if came or went or told or stands:
            rows.append(RowChange(each.at, each.name, came, went, told, stands))
    return rows


def _parted(
    parties: tuple[str, ...], news: ListedChanges
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties of whom a list may say why they came or went, and the others."""
    told = tuple(each for each in parties if news.tells(_key(each)))
    return told, tuple(each for each in parties if each not in told)


def _otherwise(before: Master, row: ScreenedRow) -> str:
    """Which listings of the parties of a row stand otherwise than they stood."""
    old = (before.standings or {}).get(str(row.at), {})
    told = [
        f"{key.rpartition('-')[0]} {name} {otherwise(old[entry], now)}"
        for entry, now in row.standings.items()
        for key, _, name in (entry.partition(" "),)
        if old.get(entry, now) != now
    ]
    return f"a listing stands otherwise: {', '.join(told)}" if told else ""


def _key(party: str) -> str:
    """The key of a party that is told with its name."""
    return party.split(" ")[0]


def _is_lapsed(row: ScreenedRow) -> bool:
    """Whether the party that is shown of a row was cleared, and that counts no longer."""
    found = row.standing.decision
    return row.standing.state == LAPSED and found is not None and found.verdict == CLEARED
