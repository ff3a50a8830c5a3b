"""The whole register as open files: one JSON document, tables as CSV, a manifest with checksums.

Days stand as ISO days, instants with their offset, every ``until`` is exclusive. The same register
always gives the same bytes, so a manifest can be compared with one of another day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_text, minute_text
from detente.core.tables.writing import csv_text
from detente.register.book import Register
from detente.register.events import Query
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision, StackingRule
from detente.register.periods import enacted
from detente.register.views.law_by_day import timeline

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.events import Act as ActRow

RECORD = ("id", "title", "title_zh", "by", "kind", "family", "area")
PAINT = ("announced", "from", "until", "state", "form", "duty", "heading", "suspends", "boundary")
EVENT = (
    "id",
    "announced",
    "effective",
    "until",
    "by",
    "kind",
    "measure",
    "limb",
    "title",
    "title_zh",
    "state",
    "value",
    "answers",
    "sources",
    "sources_zh",
    "grade",
    "announced_only",
    "announced_state",
    "speaker",
    "confirmed",
    "confirmed_through",
)
MEMBER = (
    "list",
    "code",
    "from",
    "until",
    "announced",
    "end_announced",
    "excepted",
    "unknown",
    "note",
)
SOURCE = ("key", "citation", "citation_zh", "title", "url", "date")
YIELD = ("loser", "to", "basis", "heading", "announced", "from", "until", "sources")


def export(register: Register) -> dict[str, bytes]:
    """Every file of an export by its name, the manifest last."""
    records, events = _records(register), timeline(register, Query())["events"]
    files = {"register.json": _json(_document(register, records, events))}
    tables: dict[str, tuple[Sequence[str], Iterable[Mapping[str, Any]]]] = {
        "records.csv": ((*RECORD, "places", "authority", "answers", "note", "grade"), records),
        "limbs.csv": (("record", "limb", "title", *PAINT, "sources"), _periods(register)),
        "events.csv": (EVENT, events),
        "lists.csv": (("name", "title", "grade", "place", "sources"), _lists(register)),
        "members.csv": (MEMBER, _members(register)),
        "yields.csv": (YIELD, [_yield(register, row) for row in register.stacking_rows]),
        "sources.csv": (SOURCE, [source._asdict() for source in register.sources.values()]),
    }
    for name, (columns, rows) in tables.items():
        files[name] = csv_text(columns, ([row[key] for key in columns] for row in rows)).encode()
    files["manifest.json"] = _json(_manifest(register, files))
    return files


def register_json(register: Register) -> bytes:
    """The document of an export alone."""
    return _json(_document(register, _records(register), timeline(register, Query())["events"]))


def _records(register: Register) -> list[dict[str, object]]:
    return [_record(register, measure) for measure in register.measures()]


def _document(
    register: Register, records: list[dict[str, object]], events: list[ActRow]
) -> dict[str, object]:
    return {
        "sha256": register.sha256,
        "areas": {name: area.reviewed_through for name, area in register.areas.items()},
        "records": records,
        "events": events,
        "yields": [_yield(register, row) for row in register.stacking_rows],
        "lists": list(_lists(register)),
        "facts": [fact._asdict() for fact in register.facts.values()],
        "places": [place._asdict() for place in register.places.values()],
        "sources": [source._asdict() for source in register.sources.values()],
        "not_modelled": [gap._asdict() for gap in register.gaps],
    }


def _record(register: Register, measure: Measure) -> dict[str, object]:
    zone = register.zones[measure.by]
    return {
        **{key: getattr(measure, key) for key in RECORD},
        "places": list(measure.places),
        "authority": list(measure.authority),
        "answers": list(measure.answers),
        "note": measure.note,
        "verified": measure.verified[0],
        "grade": measure.verified[1],
        "ownership": measure.ownership,
        "terms": measure.terms,
        "limbs": [_provision(provision, zone) for provision in measure.provisions],
        "voids": [
            {
                "announced": day_text(void.announced),
                "from": _time(void.start, zone),
                "until": _time(void.until, zone),
                "limbs": list(void.provisions),
                "sources": list(void.sources),
            }
            for void in measure.voids
        ],
    }


def _provision(provision: Provision, zone: str) -> dict[str, object]:
    return {
        "id": provision.id,
        "title": provision.title,
        "heading": provision.heading,
        "goods": list(provision.goods),
        "not_goods": list(provision.not_goods),
        "places": list(provision.places),
        "when": [test._asdict() for test in provision.when],
        "base": list(provision.base),
        "note": provision.note,
        **provision.control,
        **({"possible": provision.possible} if provision.possible else {}),
        "paints": [_period(period, zone) for period in enacted(provision)],
        "announced": [_period(period, zone) for period in provision.announced],
    }


def _period(period: EffectivePeriod, zone: str) -> dict[str, object]:
    duty = period.duty or DutyRate("", "")
    return {
        "announced": day_text(period.announced),
        "from": _time(period.start, zone),
        "until": _time(period.until, zone),
        "state": period.state,
        "form": duty.form,
        "duty": duty.text,
        "heading": period.heading,
        "suspends": period.suspends,
        "boundary": period.boundary,
        "sources": list(period.sources),
        "readings": [reading._asdict() for reading in period.readings],
    }


def _periods(register: Register) -> Iterator[dict[str, object]]:
    for measure in register.measures():
        for provision in measure.provisions:
            head = {"record": measure.id, "limb": provision.id, "title": provision.title}
            for period in enacted(provision):
                row = _period(period, register.zones[measure.by])
                yield {**row, **head, "heading": period.heading or provision.heading}


def _lists(register: Register) -> Iterator[dict[str, object]]:
    for listed in register.lists.values():
        yield {**listed._asdict(), "sources": list(listed.sources)}


def _members(register: Register) -> Iterator[dict[str, object]]:
    for row in register.all_members():
        yield {
            "list": row.list,
            "code": row.code,
            # Lists are of days; no zone is needed to name them.
            "from": _time(row.start, "UTC"),
            "until": _time(row.until, "UTC"),
            "announced": None if row.announced is None else day_text(row.announced),
            "end_announced": None if row.end_announced is None else day_text(row.end_announced),
            "excepted": row.excepted,
            "unknown": row.unknown,
            "note": row.note,
        }


def _yield(register: Register, row: StackingRule) -> dict[str, object]:
    # The yielding side may be everybody; the prevailing one is always one record.
    zone = register.zones[register.measure(row.prevailing).by]
    return {
        "loser": _side(row.yielding, row.yielding_provisions),
        "to": _side(row.prevailing, row.prevailing_provisions),
        "basis": row.basis,
        "heading": row.heading,
        "announced": day_text(row.announced),
        "from": _time(row.start, zone),
        "until": _time(row.until, zone),
        "sources": list(row.sources),
    }


def _side(measure: str, provisions: tuple[str, ...]) -> str:
    return f"{measure}/[{', '.join(provisions)}]" if provisions else measure


def _time(minute: int | None, zone: str) -> str | None:
    return None if minute is None else minute_text(minute, zone)


def _manifest(register: Register, files: dict[str, bytes]) -> dict[str, object]:
    from detente._version import __version__

    return {
        "version": __version__,
        "register_sha256": register.sha256,
        "local_records": list(register.local),
        "files": [
            {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
