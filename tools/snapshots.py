"""What the register gives, as tables that git can compare: a change of law is read as a diff.

`python tools/snapshots.py` writes its tables into snapshots/; with `--check` it only says whether
they are what the register gives today.

us-imports.tsv: the basket of goods on every day on which its duty changes.
states.tsv: every provision of every record, of both sides and of all kinds, on the days of
days.tsv; a row stands for the first of these days on which the provision shows what it shows.
provisions.tsv: of every provision what it reaches and on what condition; periods.tsv: what it shows
from which day to which; stacking.tsv: who gives way to whom; lists.tsv: how many codes a list has,
and a hash of them; records.tsv: what a record says of itself; events.tsv: what was announced when,
from which day; ground.tsv: entry facts, places, deadlines, areas, families, what scenarios suppose.
Together they hold all of the register that an answer can rest on.
feed-ids.tsv: the name of every event with its id in the feed. Ids that were published last: a name
that is gone is a fault, unless `--forget` takes it out, and new ones are added.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from detente.applicability.equivalence import Memory
from detente.applicability.scope import edges, narrow
from detente.core.clock import MINUTES, day_text, last_minute_of, start_of
from detente.core.figures import percent, rate
from detente.duty.answer import filing
from detente.duty.case import build_case
from detente.duty.effect import question
from detente.goods.codes import CodeError, TariffCode
from detente.goods.schedule import Schedule
from detente.register.book import BUILT_IN, Register
from detente.register.model import BasketGood, Measure, Provision
from detente.register.runs import run_at, run_words
from detente.register.views.feed import event_names, id_of
from detente.register.views.standing import standing
from detente.store.files import open_read_only

FOLDER = Path(__file__).resolve().parent.parent / "snapshots"
IMPORTS, STATES, IDS = "us-imports.tsv", "states.tsv", "feed-ids.tsv"
FORGET = "--forget"
DAYS = FOLDER / "days.tsv"
FIRST = "2018-01-01"
NOTHING = "nothing yet"
HEADER = "code\torigin\tfrom\ttotal\tfile as"


def import_rows(register: Register) -> Iterator[str]:
    """The lines of the table of the basket, the header first."""
    schedule, memory = Schedule(), Memory(register)
    yield HEADER
    for good in register.basket:
        yield from _history(register, schedule, good, memory)


def _history(
    register: Register, schedule: Schedule, good: BasketGood, memory: Memory
) -> Iterator[str]:
    """One good: a line for each day on which its total or its headings become others."""
    scope = narrow(register, TariffCode.parse(good.code).digits, good.origin, "US")
    first = start_of(FIRST) // MINUTES
    days = {first, *(edge // MINUTES for edge in edges(scope))}
    days.update(start_of(edition.start.isoformat()) // MINUTES for edition in schedule.editions)
    before: tuple[str, str] | None = None
    for day in sorted(day for day in days if day >= first):
        now = _answer(register, schedule, good, day_text(day), memory)
        if now != before:
            yield "\t".join((good.code, good.origin, day_text(day), *now))
        before = now


def _answer(
    register: Register, schedule: Schedule, good: BasketGood, day: str, memory: Memory
) -> tuple[str, str]:
    try:
        case = build_case(register, schedule, question(good, day), memory)
    except CodeError:
        return "", "no such line"
    figures = case.figures(case.stack)
    return percent(rate(figures.share)), " ".join(filing(case, figures)[:-1])


def state_rows(register: Register) -> Iterator[str]:
    """The lines of the table of states, the header first."""
    days = [line.split("\t")[0] for line in DAYS.read_text(encoding="utf-8").splitlines()[1:]]
    yield "record\tprovision\tby\tkind\tfrom\tshows"
    for measure in map(Measure.as_read, register.measures()):
        for provision in (None,) if not measure.provisions else measure.provisions:
            before = None
            for day in days:
                now = _shown(measure, provision, last_minute_of(day))
                if now != (before or NOTHING):
                    name = "" if provision is None else provision.id
                    yield "\t".join((measure.id, name, measure.by, measure.kind, day, now))
                before = now


def _shown(measure: Measure, provision: Provision | None, minute: int) -> str:
    """What a provision shows at a minute: value, state, heading, and whether it was never owed."""
    if provision is None:
        return standing(measure, minute).state.replace("_", " ")
    run = run_at(provision, minute)
    words = run_words(run, headed=True) or NOTHING
    void = run.value is not None and any(
        provision.id in each.provisions
        and each.start <= minute
        and (each.until is None or minute < each.until)
        for each in measure.voids
    )
    return f"{words}, held never owed" if void else words


def provision_rows(register: Register) -> Iterator[str]:
    """The lines of the table of provisions, the header first."""
    yield "record\tprovision\theading\tgoods\twithout\tplaces\twhen\tbase\tmore"
    for measure in register.measures():
        for provision in measure.provisions:
            when = [f"{test.fact} {test.operator} {_words(test.value)}" for test in provision.when]
            more = {
                "at_cap": provision.at_cap,
                "group": provision.group,
                "rest_heading": provision.rest_heading,
                "possible": provision.possible,
                **provision.control,
            }
            parts = (provision.goods, provision.not_goods, provision.places or measure.places)
            yield "\t".join(
                (
                    measure.id,
                    provision.id,
                    provision.heading or "",
                    *map(_words, parts),
                    "; ".join(when),
                    _words(provision.base),
                    _json({k: v for k, v in more.items() if v}),
                )
            )


def period_rows(register: Register) -> Iterator[str]:
    """The lines of the table of effective periods, the header first."""
    yield "record\tprovision\tannounced\tfrom\tuntil\tshows"
    for measure in register.measures():
        for provision in measure.provisions:
            for period in (*provision.periods, *provision.announced):
                duty = period.duty
                shown = [
                    "" if duty is None else f"{duty.form} {duty.text} {duty.rate}",
                    "" if period.heading is None else f"heading {period.heading}",
                    period.state,
                    f"suspends {period.suspends}" if period.suspends else "",
                    period.boundary,
                    *(f"reading: {each.text} ({each.holds})" for each in period.readings),
                ]
                days = (day_text(period.announced), _minute(period.start), _minute(period.until))
                yield "\t".join((measure.id, provision.id, *days, "; ".join(filter(None, shown))))
        for void in measure.voids:
            days = (day_text(void.announced), _minute(void.start), _minute(void.until))
            yield "\t".join((measure.id, _words(void.provisions), *days, "never owed"))


def stacking_rows(register: Register) -> Iterator[str]:
    """The lines of the table of stacking rules, the header first."""
    columns = ("yielding", "provisions", "prevailing", "provisions of it", "basis", "heading")
    yield "\t".join((*columns, "announced", "from", "until"))
    for row in register.stacking_rows:
        days = (day_text(row.announced), _minute(row.start), _minute(row.until))
        yield "\t".join(
            (
                row.yielding,
                _words(row.yielding_provisions),
                row.prevailing,
                _words(row.prevailing_provisions),
                row.basis,
                row.heading or "",
                *days,
            )
        )


def list_rows(register: Register) -> Iterator[str]:
    """The lines of the table of lists of codes, the header first."""
    yield "list\tcodes\tsha256"
    found: dict[str, list[str]] = {}
    with closing(open_read_only(BUILT_IN)) as kept:
        for row in kept.execute(
            "SELECT * FROM member ORDER BY list, code, start, until, announced"
        ):
            found.setdefault(row[1], []).append(repr((row[0], *row[3:])))
    for name, rows in found.items():
        digest = sha256("\n".join(sorted(rows)).encode()).hexdigest()
        yield f"{name}\t{len(rows)}\t{digest[:16]}"


def record_rows(register: Register) -> Iterator[str]:
    """The lines of the table of records, the header first."""
    yield "record\tby\tkind\tfamily\tarea\tauthority\tanswers\tplaces\tmore"
    for measure in register.measures():
        parts = (measure.authority, measure.answers, measure.places)
        more = {"ownership": measure.ownership, "terms": measure.terms}
        yield "\t".join(
            (
                *(measure.id, measure.by, measure.kind, measure.family, measure.area),
                *map(_words, parts),
                _json({key: value for key, value in more.items() if value}),
            )
        )


def event_rows(register: Register) -> Iterator[str]:
    """The lines of the table of events, the header first."""
    yield "record\tannounced\tfrom\tuntil\tanswers\tsources\tonly announced"
    for measure in register.measures():
        for event in measure.events:
            days = (day_text(event.announced), _minute(event.start), _minute(event.until))
            parts = map(_words, (event.answers, event.sources))
            yield "\t".join((measure.id, *days, *parts, "yes" if event.announced_only else ""))


def ground_rows(register: Register) -> Iterator[str]:
    """The lines of the table of everything else that decides an answer, the header first."""
    yield "part\tname\tas read"
    named: dict[str, Mapping[str, Any]] = {
        "fact": register.facts,
        "base": register.bases,
        "family": register.families,
        "place": register.places,
        "clock": register.zones,
        "area": register.areas,
        "deadline": {each.id: each for each in register.deadlines},
    }
    for part, rows in named.items():
        yield from (f"{part}\t{name}\t{_json(value)}" for name, value in rows.items())
    for name, text in register.scenarios.items():
        acts = [line.strip() for line in text.splitlines() if line.strip().startswith("- {do:")]
        yield from (f"scenario\t{name}\t{act}" for act in acts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _words(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _minute(value: int | None) -> str:
    """A day, or an instant where it is not the beginning of one."""
    if value is None:
        return ""
    day = day_text(value // MINUTES)
    return day if value % MINUTES == 0 else f"{day}+{value % MINUTES}min"


def id_rows(register: Register) -> Iterator[str]:
    """The lines of the table of ids: those that stand in it, in their order, then new ones.

    Raises:
        ValueError: an event that was published has another name now.
    """
    kept = (FOLDER / IDS).read_text(encoding="utf-8").splitlines()[1:] if _has(IDS) else []
    names = event_names(register)
    gone = [line for line in kept if line.split("\t")[0] not in set(names)]
    if gone and FORGET not in sys.argv[1:]:
        raise ValueError(
            f"{IDS}: {gone[0].partition(chr(9))[0]} was published and is gone. Give the record its "
            f"id and day again, or, where nobody has read it yet, run this with {FORGET}."
        )
    kept = [line for line in kept if line not in gone]
    seen = {line.split("\t")[0] for line in kept}
    yield "event\tid"
    yield from kept
    yield from (f"{name}\t{id_of(f'event/{name}')}" for name in names if name not in seen)


def _has(name: str) -> bool:
    return (FOLDER / name).is_file()


LAW = {
    "provisions.tsv": provision_rows,
    "periods.tsv": period_rows,
    "stacking.tsv": stacking_rows,
    "lists.tsv": list_rows,
    "records.tsv": record_rows,
    "events.tsv": event_rows,
    "ground.tsv": ground_rows,
}
"""Tables that hold the law itself, row by row."""


def main() -> int:
    """Write or check the tables; returns the exit code."""
    register = Register.built_in()
    stale = 0
    tables = (
        (IMPORTS, import_rows),
        (STATES, state_rows),
        *LAW.items(),
        (IDS, id_rows),
    )
    for name, rows in tables:
        try:
            text = "\n".join(rows(register)) + "\n"
        except ValueError as error:
            print(error)
            return 1
        if "--check" not in sys.argv[1:]:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}: {text.count(chr(10)) - 1} rows")
        elif not _has(name) or (FOLDER / name).read_text(encoding="utf-8") != text:
            print(f"{name} is not what the register gives: run `make snapshots`, read the diff")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
