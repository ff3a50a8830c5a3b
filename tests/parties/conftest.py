"""What the tests of parties share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from os.path import samefile

import pytest

from detente.parties.lists.model import Name
from detente.parties.names.names import NameTables, NameWord
from detente.parties.screening import importing, index
from detente.parties.screening.store import FILE, Screen, open_built_in, read_tables
from detente.store.files import data_file


@pytest.fixture(scope="session")
def tables() -> NameTables:
    return read_tables(open_built_in())


@pytest.fixture(scope="session")
def screen() -> Screen:
    return Screen()


@pytest.fixture(scope="session", autouse=True)
def _forms_are_made_once() -> Iterator[None]:
    """The forms of a listed name are made once for all imports that read the built-in tables.

    The same lists are imported into many homes, and half of what that takes is making the forms.
    """
    made: dict[tuple[Name, int], list[tuple[str, tuple[NameWord, ...]]]] = {}
    built_in: list[NameTables] = []
    make, read = index.forms_of, importing.read_tables

    def read_once(database: sqlite3.Connection) -> NameTables:
        ((_, _, path),) = database.execute("PRAGMA database_list")
        if not samefile(path, data_file(FILE)):
            return read(database)
        if not built_in:
            built_in.append(read(database))
        return built_in[0]

    def made_once(
        name: Name, party: int, given: NameTables
    ) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
        if not built_in or given is not built_in[0]:
            yield from make(name, party, given)
            return
        if (name, party) not in made:
            made[name, party] = [*make(name, party, given)]
        yield from made[name, party]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "read_tables", read_once)
        patch.setattr(index, "forms_of", made_once)
        yield
