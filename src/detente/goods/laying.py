"""Laying an imported edition over the built-in ones: one more edition at the end of a file.

What is written is one whole file of the schedule, the built-in one with more editions behind it:
whatever reads the schedule reads these too. It remembers over which tables it was laid. Nothing is
ever half there: a file is made beside the old one and takes its place in one step.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from detente._shapes import NamedTuple
from detente.goods.ancestry import path_of
from detente.goods.codes import RATE_LINE, TariffCode
from detente.goods.export import EditionRow, WordGroups
from detente.goods.lines import IMPORTED
from detente.goods.moves import moves_between_trees, moves_of_editions
from detente.goods.schedule import CHANGES, COMPILED, imported_file
from detente.goods.storing import FOREVER, insert
from detente.store.whole import sync_folder

FIELDS = ("parent", "description", "units", "general", "special", "other", "headings")
TABLE = """
CREATE TABLE IF NOT EXISTS imported (
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, footnotes INTEGER NOT NULL, file TEXT NOT NULL
)
"""
BASIS = "Read from {file}; the day was given on import, and later editions are not at hand."
NO_FOOTNOTES = (
    " The file has no footnotes: codes of the edition before keep theirs, and for new codes it is "
    "not known which headings of chapter 99 they point to."
)

Lines = dict[str, EditionRow]


class ImportRefused(ValueError):  # noqa: N818 - it says what is the matter
    """An edition that cannot be added as asked; the message says why and what to do."""


class Imported(NamedTuple):
    """One edition that a user adds.

    Attributes:
        id: Its name.
        start: The first day on which it is used.
        rows: Digits of a code to its row, chapter 99 included.
        groups: Id of a group to its parent and text.
        footnotes: Whether the file had footnotes.
        file: The name of the file that it was read from.
        sha256: Over name, day and content.
    """

    id: str
    start: date
    rows: Lines
    groups: Mapping[str, tuple[str, str]]
    footnotes: bool
    file: str
    sha256: str


@contextmanager
def laid_over(
    imported: Sequence[Imported], folder: str, base: str | os.PathLike[str] | None = None
) -> Iterator[Path]:
    """A file of the schedule with editions laid over the built-in ones, gone at the end.

    Args:
        imported: The editions, by day.
        folder: Where the file is made; `keep` may then move it within the folder.
        base: The built-in file.

    Raises:
        ImportRefused: An edition is built in, begins too early, or is not a whole schedule.
        OSError: The folder cannot be written.
    """
    os.makedirs(folder, exist_ok=True)
    handle, name = tempfile.mkstemp(".new", "goods-", folder)
    os.close(handle)
    path = Path(name)
    try:
        shutil.copyfile(base or COMPILED, path)
        with closing(sqlite3.connect(path)) as database:
            # The file has no name yet and goes if anything fails, so a journal would guard nothing.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            with database:
                database.execute(TABLE)
                for each in imported:
                    _lay(database, each)
                _seal(database, imported)
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(made: Path, file: str | None = None) -> None:
    """Let a file that was laid over take the place of the user's file, in one step."""
    # The bytes must be on the disk before the name leads to them.
    with made.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(made, file or imported_file())
    sync_folder(file or imported_file())


def _seal(database: sqlite3.Connection, imported: Sequence[Imported]) -> None:
    """Store one checksum over all that was imported."""
    digest = hashlib.sha256("\0".join(each.sha256 for each in imported).encode()).hexdigest()
    database.execute("INSERT INTO meta VALUES ('imported', ?)", (digest,))


def _lay(database: sqlite3.Connection, edition: Imported) -> None:
    """Add one edition behind the last one of a database."""
    number, before_name, before_day = database.execute(
        "SELECT n + 1, id, start FROM editions ORDER BY n DESC LIMIT 1"
    ).fetchone()
    before, headings = edition_rows(database, number - 1), heading_rows(database, number - 1)
    _check(database, edition, before_day, {**before, **headings})
    groups = WordGroups((name, *rest) for name, rest in group_rows(database).items())
    after = _renamed(edition, groups, before)
    texts = {name: (parent, text) for name, parent, text in groups.rows()}
    goods = {code: row for code, row in after.items() if not code.startswith(CHANGES)}
    _add_edition(database, edition, number)
    _add_lines(database, number, before, goods, texts)
    _add_headings(database, number, headings, after)
    names = (before_name, edition.id)
    moves = [
        *moves_between_trees(*names, before, goods),
        *moves_of_editions(names, (before, goods), groups),
    ]
    steps = ((m.from_code, m.to_code, number - 1, number, m.kind, m.grade) for m in moves)
    insert(database, "moves", steps)


def _check(database: sqlite3.Connection, edition: Imported, before_day: str, before: Lines) -> None:
    """Refuse an edition that is there already, begins too early, or is not whole."""
    taken = database.execute("SELECT start FROM editions WHERE id = ?", (edition.id,)).fetchone()
    if taken:
        raise ImportRefused(
            f"{edition.id} is one of the built-in editions, used from {taken[0]}: there is nothing "
            "to import; if the file is another edition, give its --name"
        )
    if edition.start.isoformat() < before_day:
        raise ImportRefused(
            f"{edition.id} would be used from {edition.start}, before the edition that it follows, "
            f"which is used from {before_day}: give a later --from"
        )
    missing = sorted({code[:2] for code in before} - {code[:2] for code in edition.rows})
    if missing:
        raise ImportRefused(
            f"{edition.file} lacks chapter {', '.join(missing)}, which the edition before has: "
            "export the whole schedule, not a part of it"
        )
    lines = _rate_lines(before)
    common = lines & _rate_lines(edition.rows)
    if 2 * len(common) < len(lines):
        raise ImportRefused(
            f"{edition.file} has {len(common):,} of the {len(lines):,} rate lines of the edition "
            "before: export the whole schedule, not a part of it"
        )


def _rate_lines(rows: Lines) -> set[str]:
    return {
        code[:RATE_LINE] for code in rows if len(code) >= RATE_LINE and not code.startswith(CHANGES)
    }


def _renamed(edition: Imported, groups: WordGroups, before: Lines) -> Lines:
    """The rows of an edition with the ids that groups have in the database.

    Where the file had no footnotes, a code keeps the headings that it had.
    """
    names: dict[str, str] = {}

    def name(parent: str) -> str:
        if ":" not in parent:
            return parent
        if parent not in names:
            above, text = edition.groups[parent]
            names[parent] = groups.id_of(name(above), text)
        return names[parent]

    rows = {}
    for code, row in edition.rows.items():
        headings = row.headings
        if not edition.footnotes and code in before:
            headings = " ".join(sorted({*headings.split(), *before[code].headings.split()}))
        rows[code] = row._replace(indent="", parent=name(row.parent), headings=headings)
    return rows


def _add_edition(database: sqlite3.Connection, edition: Imported, number: int) -> None:
    basis = BASIS.format(file=edition.file) + ("" if edition.footnotes else NO_FOOTNOTES)
    start = edition.start.isoformat()
    insert(database, "editions", [(number, edition.id, start, "", "", "", "", IMPORTED, basis)])
    insert(database, "imported", [(number, edition.sha256, int(edition.footnotes), edition.file)])


def _add_lines(
    database: sqlite3.Connection,
    number: int,
    before: Lines,
    after: Lines,
    groups: Mapping[str, tuple[str, str]],
) -> None:
    """End the runs of lines that went or changed, begin new ones, and index their words."""
    ended = [(number, code) for code, row in before.items() if after.get(code) != row]
    database.executemany(f"UPDATE lines SET until = ? WHERE code = ? AND until = {FOREVER}", ended)

    def above(code: str, _: int) -> tuple[str, str] | None:
        row = after.get(code)
        return row and (row.parent, row.description)

    begun = [(code, after[code]) for code in sorted(after) if before.get(code) != after[code]]
    wanted: set[str] = set()
    first = database.execute("SELECT coalesce(max(id), 0) + 1 FROM lines").fetchone()[0]
    lines, words = [], []
    for at, (code, row) in enumerate(begun, start=first):
        lines.append((at, code, number, FOREVER, *(getattr(row, name) for name in FIELDS)))
        if len(code) >= RATE_LINE:
            path = "\n".join(path_of(row.parent, number, above, groups.get))
            words.append((at, row.description, path))
        parent = row.parent
        while ":" in parent and parent not in wanted:
            wanted.add(parent)
            parent = groups[parent][0]
    insert(database, "lines", lines)
    database.executemany("INSERT INTO words (rowid, text, path) VALUES (?, ?, ?)", words)
    database.executemany(
        "INSERT OR IGNORE INTO groups VALUES (?, ?, ?)",
        [(name, *groups[name]) for name in sorted(wanted)],
    )


def _add_headings(database: sqlite3.Connection, number: int, before: Lines, after: Lines) -> None:
    """End and begin the runs of the headings of chapter 99."""
    new = {code: _as_heading(row) for code, row in after.items() if code.startswith(CHANGES)}
    ended = [
        (number, TariffCode(code).dotted) for code, row in before.items() if new.get(code) != row
    ]
    database.executemany(
        f"UPDATE headings SET until = ? WHERE heading = ? AND until = {FOREVER}", ended
    )
    begun = [(code, row) for code, row in sorted(new.items()) if before.get(code) != row]
    rows = (
        (
            TariffCode(code).dotted,
            number,
            FOREVER,
            row.description,
            row.general,
            row.special,
            row.other,
        )
        for code, row in begun
    )
    insert(database, "headings", rows)


def _as_heading(row: EditionRow) -> EditionRow:
    """What is kept of a row of chapter 99: its words and its columns."""
    return row._replace(indent="", parent="", units="", headings="")


def edition_rows(database: sqlite3.Connection, number: int) -> Lines:
    """The rows of chapters 1 to 98 that an edition prints, by digits."""
    rows = database.execute(
        f"SELECT code, '', {', '.join(FIELDS)} FROM lines WHERE first <= ? AND ? < until"
        " ORDER BY code",
        (number, number),
    )
    return {code: EditionRow(*cells) for code, *cells in rows}


def heading_rows(database: sqlite3.Connection, number: int) -> Lines:
    """The headings of chapter 99 that an edition prints, by digits."""
    rows = database.execute(
        "SELECT heading, description, general, special, other FROM headings"
        " WHERE first <= ? AND ? < until ORDER BY heading",
        (number, number),
    )
    return {
        heading.replace(".", ""): EditionRow("", "", words, "", general, special, other, "")
        for heading, words, general, special, other in rows
    }


def group_rows(database: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """The groups of every edition: id to parent and text."""
    return {
        name: (parent, text)
        for name, parent, text in database.execute("SELECT id, parent, text FROM groups")
    }
