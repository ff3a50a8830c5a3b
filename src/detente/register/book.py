"""The register as an engine reads it: measures, lists by code, yields, facts, places.

``Register.load()`` opens the compiled register that ships with the package; a folder of YAML
works the same way. Nothing here knows today's date.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.register import codec
from detente.register.lists import prefixes
from detente.register.model import (
    Area,
    Base,
    CodeList,
    EntryFact,
    Gap,
    Measure,
    Member,
    Place,
    Source,
    Yield,
)
from detente.store.files import DATA, open_read_only

if TYPE_CHECKING:
    from pathlib import Path

BUILT_IN = os.path.join(DATA, "register.sqlite")


class Register:
    """A compiled register, read on use."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        changed: dict[str, Measure] | None = None,
        local: tuple[str, ...] = (),
    ) -> None:
        self._connection = connection
        self._changed = changed or {}
        self.local = local

    @classmethod
    def load(cls, path: Path | None = None) -> Register:
        """The built-in register, or the one in a folder of YAML.

        Raises:
            FileNotFoundError: the package was not built, or the folder is not there.
            RegisterError: the folder holds a fault.
        """
        if path is not None and os.path.isdir(path):
            from detente.register.compile import folder_hash, in_memory
            from detente.register.loader import load_folder

            return cls(in_memory(load_folder(path), folder_hash(path)))
        return cls(open_read_only(path or BUILT_IN))

    def with_measures(self, measures: Iterable[Measure], local: Iterable[str] = ()) -> Register:
        """The same register with some records replaced or added; this one is left as it is."""
        changed = {**self._changed, **{measure.id: measure for measure in measures}}
        return Register(self._connection, changed, (*self.local, *local))

    def _common(self, key: str) -> str:
        row = self._connection.execute("SELECT body FROM common WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the files that this register was compiled from."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'sha256'").fetchone()
        return str(row[0])

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries by ISO 3166 alpha-2 code."""
        return dict(json.loads(self._common("countries")))

    @cached_property
    def zones(self) -> dict[str, str]:
        """Time zones of the sides that act."""
        return dict(json.loads(self._common("zones")))

    @cached_property
    def places(self) -> dict[str, Place]:
        """Sets of countries by name."""
        return self._by_name("places", Place)

    @cached_property
    def facts(self) -> dict[str, EntryFact]:
        """Entry facts by key."""
        return self._by_name("facts", EntryFact)

    @cached_property
    def bases(self) -> dict[str, Base]:
        """Named parts of the value."""
        return self._by_name("bases", Base)

    @cached_property
    def families(self) -> dict[str, tuple[str, int]]:
        """Title and filing order of each family of duties."""
        rows = json.loads(self._common("families"))
        return {name: (title, order) for name, title, order in rows}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Citations by key."""
        return self._by_name("sources", Source)

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Areas and how far each was read."""
        return self._by_name("areas", Area)

    @cached_property
    def lists(self) -> dict[str, CodeList]:
        """Dated code lists by name."""
        return self._by_name("lists", CodeList)

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is not modelled, and why."""
        return codec.rows(self._common("gaps"), Gap)

    @cached_property
    def yields(self) -> list[Yield]:
        """Who gives way to whom."""
        return [codec.yield_row(row) for row in json.loads(self._common("yields"))]

    def _by_name(self, key: str, shape: Any) -> dict[str, Any]:
        return {row[0]: row for row in codec.rows(self._common(key), shape)}

    def measures(self, area: str | None = None, kind: str | None = None) -> list[Measure]:
        """Records, of one area (``us/tariff``) or kind if asked, in order of id."""
        rows = self._connection.execute(
            "SELECT id, body FROM record WHERE (:area IS NULL OR area = :area)"
            " AND (:kind IS NULL OR kind = :kind)",
            {"area": area, "kind": kind},
        )
        found = {name: codec.measure(body) for name, body in rows if name not in self._changed}
        for name, measure in self._changed.items():
            if area in (None, measure.area) and kind in (None, measure.kind):
                found[name] = measure
        return [found[name] for name in sorted(found)]

    def measure(self, name: str) -> Measure:
        """One record.

        Raises:
            KeyError: the register has no record of that id.
        """
        if name in self._changed:
            return self._changed[name]
        row = self._connection.execute("SELECT body FROM record WHERE id = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return codec.measure(row[0])

    def names(self) -> list[str]:
        """Ids of all records."""
        rows = self._connection.execute("SELECT id FROM record")
        return sorted({name for (name,) in rows} | self._changed.keys())

    def members(self, code: str) -> dict[str, list[Member]]:
        """The rows of every list that name the code or a shorter prefix of it."""
        wanted = prefixes(code)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(
            "SELECT code, list, start, until, announced, excepted, unknown, note FROM member"
            f" WHERE code IN ({marks})",
            wanted,
        )
        found: dict[str, list[Member]] = {}
        for digits, name, start, until, announced, excepted, unknown, note in rows:
            member = Member(
                digits, name, start, until, announced, bool(excepted), bool(unknown), note
            )
            found.setdefault(name, []).append(member)
        return found

    def inside(self, places: Iterable[str], country: str) -> bool:
        """Whether a country lies in any of the named sets or is itself named."""
        for name in places:
            if name == country:
                return True
            place = self.places.get(name)
            if place is not None and (country in place.countries) != place.everywhere:
                return True
        return False

    def below(self, code: str) -> list[tuple[str, str]]:
        """Longer codes under a code that some list names, with the list."""
        rows = self._connection.execute(
            "SELECT code, list FROM member WHERE code > :code AND code < :code || ':'",
            {"code": code},
        )
        return [(digits, name) for digits, name in rows]
