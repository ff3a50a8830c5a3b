"""The Consolidated Screening List of trade.gov: the download, and a reduced snapshot of it.

The download is `{"results": [{"name", "alt_names", "source", …}]}`. The snapshot names its short
fields in `fieldKey` and keeps repeated texts in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from detente.parties.lists.listed_days import perhaps_since
from detente.parties.lists.model import ALSO, ListedEntry, ListReading, Name
from detente.parties.lists.policy import normal_policy, normal_requirement
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    MalformedError,
    cells_in,
    check_size,
    countries_named,
    day_after,
    kind_of,
    load_json,
    name_fault,
    notes_on_count,
    objects_in,
    text_in,
    unlike,
    written_out,
    wrong_file,
)
from detente.parties.lists.readers.ecfr import LISTS as OF_LAW
from detente.parties.lists.readers.json_stream import RecordStream

WHAT = "Consolidated Screening List"
SHORT = re.compile(r"\(([A-Z][A-Z-]+)\)")
BY_PUBLICATION = frozenset(OF_LAW.values())
"""Lists of law, whose first day is that of the publication in the file."""
BY_HEAD = {"Capta List": "CAP", "CAPTA": "CAP", "Non-SDN Menu-Based": "NS-MBS"}
OF_A_PERSON = ("country", "nationalities", "citizenships")
"""Countries of a party beside those of its addresses."""

DAY = re.compile(
    r'"(?:sourceGeneratedAt|search_performed_at|retrievedAt)"\s*:\s*"(\d{4}-\d\d-\d\d)'
)

TOTAL = re.compile(r'"total"\s*:\s*(\d+)')
"""How many entries an interface has found, of which it may give a page."""


def read_csl(path: str) -> ListReading:
    """Read either form; the download record by record, whatever its size.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path, LARGEST_STREAMED)
    stream = RecordStream(path, "results")
    if stream.is_here():
        rows: Iterable[tuple[str, object]] = (
            (f"entry {number}, line {line}", row) for number, (line, row) in enumerate(stream, 1)
        )
        reading = _read(rows)
        day, total = DAY.search(stream.around), TOTAL.search(stream.around)
        return reading._replace(
            source_date=day[1] if day else "",
            notes=notes_on_count(total[1] if total else "", reading.rows),
        )
    loaded = load_json(path, WHAT)
    if not (isinstance(loaded, Mapping) and "fieldKey" in loaded and "tables" in loaded):
        raise wrong_file(path, WHAT, "it has neither `results` nor `fieldKey`, `tables`, `entries`")
    try:
        expanded, stated_day = _expanded(loaded), _day(loaded)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise wrong_file(path, WHAT, f"its `entries` do not fit its `tables` ({error})") from None
    reading = _read((f"entry {number}", row) for number, row in enumerate(expanded, 1))
    return reading._replace(source_date=stated_day)


def _read(rows: Iterable[tuple[str, object]]) -> ListReading:
    """The entries of rows under the names of the download, each with where it stands."""
    entries, places, faults, count = [], [], [], 0
    for place, row in rows:
        count += 1
        try:
            if isinstance(row, MalformedError):
                raise row
            if not isinstance(row, Mapping):
                raise MalformedError("not an object")
            made = entry_of_row(row)
        except MalformedError as error:
            faults.append(f"{place}: {error}")
            continue
        entries.append(made)
        places.append(place)
    return ListReading(
        "csl", "", tuple(unlike(entries)), count, (), tuple(faults), places=tuple(places)
    )


def _day(loaded: Mapping[str, Any]) -> str:
    for field in ("sourceGeneratedAt", "search_performed_at", "retrievedAt"):
        if loaded.get(field):
            return str(loaded[field])[:10]
    return ""


def _expanded(loaded: Mapping[str, Any]) -> list[dict[str, object]]:
    """The snapshot's entries under the names of the download."""
    tables = loaded["tables"]
    rows = []
    for short in loaded["entries"]:
        row = {
            "name": short["n"],
            "alt_names": short.get("a", []),
            "source": tables["sources"][short["s"]],
            "type": short.get("t", ""),
            "countries": short.get("c", []),
            "entity_number": short.get("e", ""),
            "federal_register_notice": short.get("fr", ""),
        }
        for key, field, table in (
            ("lr", "license_requirement", "licenceRequirements"),
            ("lp", "license_policy", "licencePolicies"),
            ("pg", "programs", "programmes"),
            ("u", "source_list_url", "urls"),
        ):
            row[field] = tables[table][short[key]] if key in short else ""
        rows.append(row)
    return rows


def entry_of_row(row: Mapping[str, Any]) -> ListedEntry:
    """The entry of a row under the names of the download."""
    name = " ".join(text_in(row, "name").split())
    fault = name_fault(name)
    if fault:
        raise MalformedError(fault)
    source = text_in(row, "source")
    mark = SHORT.search(source)
    code = next((code for head, code in BY_HEAD.items() if source.startswith(head)), "")
    if not code and mark is None:
        raise MalformedError(f"source {source!r} names no list")
    code = code or (mark[1] if mark else "")
    requirement = text_in(row, "license_requirement")
    policy = text_in(row, "license_policy")
    citation = " ".join(text_in(row, "federal_register_notice").split())
    addresses = objects_in(row, "addresses")
    countries = cells_in(row, "countries")
    countries = countries or [text_in(each, "country").strip() for each in addresses]
    own = (text for field in OF_A_PERSON for text in cells_in(row, field))
    countries += countries_named(own)
    names = [Name(name)]
    # The list has several names in one cell here and there, with `;` between as in its CSV.
    names += [Name(" ".join(text.split()), ALSO) for text in cells_in(row, "alt_names")]
    since = str(row.get("start_date") or "")[:10]
    return ListedEntry(
        list=code,
        key=text_in(row, "entity_number") or f"{name} [{citation}]",
        names=tuple(dict.fromkeys(each for each in names if not name_fault(each.text))),
        kind=kind_of(str(row.get("type") or "")),
        countries=tuple(dict.fromkeys(filter(None, countries))),
        programme="; ".join(cells_in(row, "programs")),
        requirement=normal_requirement(requirement),
        requirement_text=requirement,
        policy=normal_policy(policy),
        policy_text=policy,
        citation=citation,
        source=str(row.get("source_list_url") or ""),
        since=since,
        maybe_since=perhaps_since(since) if code in BY_PUBLICATION else "",
        until=day_after(str(row.get("end_date") or "")[:10]),
        note=str(row.get("remarks") or ""),
        addresses=tuple(filter(None, map(_address, addresses))),
    )


def _address(row: Mapping[str, Any]) -> str:
    """An address of the download as one line."""
    parts = ("address", "city", "state", "postal_code", "country")
    return written_out(text_in(row, part).strip() for part in parts)
