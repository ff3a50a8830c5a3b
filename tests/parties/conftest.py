"""What the tests of parties share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.parties.lists.model import Name
from detente.parties.names.names import NameTables, NameWord
from detente.parties.screening.listed import index
from detente.parties.screening.store import (
    Screen,
    built_in_state,
    built_in_tables,
    open_built_in,
    read_tables,
)


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
    make = index.forms_of

    def made_once(
        name: Name, party: int, given: NameTables
    ) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
        if given is not built_in_tables(built_in_state()):
            yield from make(name, party, given)
            return
        if (name, party) not in made:
            made[name, party] = [*make(name, party, given)]
        yield from made[name, party]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "forms_of", made_once)
        yield
