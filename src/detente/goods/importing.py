"""Editions that a user adds: read from an official export, kept in a file of the user's own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from detente.goods.export import WordGroups, read_export
from detente.goods.laying import (
    Imported,
    ImportRefused,
    edition_rows,
    group_rows,
    heading_rows,
    keep,
    laid_over,
)
from detente.goods.lines import Edition
from detente.goods.schedule import COMPILED, Schedule, imported_file
from detente.store.files import open_read_only

NAME_MARKS = "_.-"
NAME_LENGTH = 64
SUFFIXES = (".gz", ".json", ".csv")


def name_of(path: Path) -> str:
    """The name of an edition by the name of its file."""
    name = path.name
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def read_imported(path: Path, name: str, start: date) -> Imported:
    """Read an export as an edition.

    Raises:
        FileNotFoundError: There is no such file.
        ExportError: It is not an export; see `read_export`.
        ImportRefused: The name cannot be one.
    """
    plain = name.translate(str.maketrans("", "", NAME_MARKS))
    if not (plain.isascii() and plain.isalnum() and len(name) <= NAME_LENGTH):
        raise ImportRefused(
            f"{name!r} cannot name an edition: give --name in letters, digits, _, . and -, "
            f"at most {NAME_LENGTH} of them, such as hts_2026_rev_11"
        )
    groups = WordGroups()
    rows, footnotes = read_export(path, groups)
    texts = {each: (parent, text) for each, parent, text in groups.rows()}
    content = json.dumps([name, start.isoformat(), footnotes, rows, texts], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Imported(name, start, rows, texts, footnotes, path.name, digest)


def added(held: Sequence[Imported], new: Iterable[Imported]) -> list[Imported]:
    """The imported editions with more of them, by day; one of the same name takes its place."""
    by_name = {each.id: each for each in (*held, *new)}
    return sorted(by_name.values(), key=lambda each: each.start)


def built_in_editions(base: str | os.PathLike[str] | None = None) -> tuple[Edition, ...]:
    """The editions that the package has, in order."""
    with closing(Schedule(base or COMPILED)) as schedule:
        return schedule.editions


def held_editions(file: str | None = None) -> list[Imported]:
    """The editions that the user's file holds, in order; none where there is no file."""
    file = file or imported_file()
    if not os.path.isfile(file):
        return []
    with closing(open_read_only(file)) as database:
        groups = group_rows(database)
        rows = database.execute(
            "SELECT n, id, start, sha256, footnotes, file FROM imported JOIN editions USING (n)"
            " ORDER BY n"
        ).fetchall()
        return [
            Imported(
                name,
                date.fromisoformat(start),
                {**edition_rows(database, number), **heading_rows(database, number)},
                groups,
                bool(footnotes),
                origin,
                digest,
            )
            for number, name, start, digest, footnotes, origin in rows
        ]


def renew(file: str | None = None, base: str | os.PathLike[str] | None = None) -> list[str]:
    """Lay the editions of the user's file over the built-in ones of a new release.

    Returns:
        The names of those left out, since the release has them or later ones itself.
    """
    file = file or imported_file()
    built_in = built_in_editions(base)
    names, last = {each.id for each in built_in}, built_in[-1].start
    held = held_editions(file)
    still = [each for each in held if each.id not in names and each.start >= last]
    store(still, file, base)
    return [each.id for each in held if each not in still]


def store(
    imported: Sequence[Imported],
    file: str | None = None,
    base: str | os.PathLike[str] | None = None,
) -> None:
    """Let the user's file hold exactly these editions; without any there is no file.

    Raises:
        ImportRefused: As `laid_over` does; the file is left as it was.
    """
    file = file or imported_file()
    if not imported:
        Path(file).unlink(missing_ok=True)
        return
    with laid_over(imported, os.path.dirname(file), base) as made:
        keep(made, file)
