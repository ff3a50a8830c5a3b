"""The cells of the law, worked out by the build: every line, place and day without facts.

The situation of each cell is found as it is for an entry, once for all line classes and regimes
that the law treats alike at a place. Situations of which everything is equal that a table of
answers can show are then one. See `Kept` for the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Sequence
from random import Random

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.compiled import ALIKE, write
from detente.batch.engine.distinct import Distinct
from detente.batch.engine.engine import Engine
from detente.batch.named import NamedCodes
from detente.batch.panels.panel import Panel
from detente.batch.readings import AnnouncedReading
from detente.batch.stated import stated_of, stated_tables
from detente.batch.texts import CaseMaker, OutcomeText, OutcomeTexts
from detente.core.clock import MINUTES, day_text
from detente.duty.coverage import ban_words
from detente.duty.outlook import charges
from detente.goods.rate_table import distinct_steps
from detente.goods.schedule import COMPILED, Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    from pathlib import Path

    import numpy

    from detente.batch.engine.situations import Situation

    Column = numpy.ndarray

DRAWN = 5
"""Place classes that are drawn to be compiled again."""


def build_cells(source: Path, target: Path) -> None:
    """Work out the cells of the built-in register and schedule, which are compiled before.

    Args:
        source: the folder of the register, of which the compiled one is read.
        target: the file to make.
    """
    register, schedule = Register.built_in(), Schedule(COMPILED)
    engine = Engine(register, schedule)
    _write(engine, range(len(engine.law.places)), target)


def build_some_cells(source: Path, target: Path) -> None:
    """Work out the cells of a few places alone, to see that the same law gives the same bytes.

    These are the place that most measures name, and others drawn by the hash of the register: from
    law to law each has its turn.

    Args:
        source: as for `build_cells`.
        target: the file to make; no batch can read it.
    """
    engine = Engine(Register.built_in(), Schedule(COMPILED))
    law = engine.law
    inside = [law.inside(name).tolist() for each in law.measures for name in each.places]
    named = [sum(column) for column in zip(*inside, strict=True)]
    drawn = Random(law.register.sha256).sample(range(len(named)), min(DRAWN, len(named)))
    _write(engine, sorted({named.index(max(named)), *drawn}), target)


def _write(engine: Engine, places: Sequence[int], target: Path) -> None:
    """Work out and write the cells of place classes."""
    # All lines are met before the first grid: a class met later would have no row in it.
    engine.law.line_classes([*engine.table.index])
    numbers, cells = _grids(engine, places)
    distinct, stated, renumbered = _merged(engine)
    numbers["grid"] = _smallest(renumbered[cells])
    stated_numbers, texts, lists = stated_tables(stated)
    numbers |= stated_numbers | _of_situations(engine, distinct) | _of_lines(engine)
    numbers["bars"], texts["barring"] = _bars(engine, distinct)
    numbers |= _ways(engine, distinct, numbers["said"])
    # What only open questions read is a column too.
    for column in dict.fromkeys(total.column for each in stated for total in each.depends.totals):
        engine.ordinary.column_number(column)
    texts["columns"], texts["forms"], forms = engine.ordinary.compiled()
    numbers["forms"] = _smallest(forms)
    texts["charged"] = engine.reckoner.rate_vectors.kinds
    texts["alone"] = _alone(engine, places, renumbered)
    texts["place_class"] = engine.law.place_class
    texts["announcing"] = [measure.id for measure in engine.law.announcing]
    texts["forbidding"] = [*dict.fromkeys(measure.id for measure, _ in engine.law.forbidding)]
    forbidding = [provision for _, provision in engine.law.forbidding]
    texts["barred_codes"] = NamedCodes(engine.law.register, forbidding, []).named()
    texts["heard_codes"] = AnnouncedReading(engine, engine.schedule, {}).codes.named()
    texts["line_codes"] = engine.law.classes.codes
    lists["rates"] = engine.table.rates
    register, schedule = engine.law.register, engine.schedule
    meta = {"register": register.sha256, "goods": schedule.tables_sha256}
    connection = sqlite3.connect(target)
    try:
        write(connection, meta, numbers, texts, lists)
        connection.execute("VACUUM")
    finally:
        connection.close()


def _grids(engine: Engine, places: Sequence[int]) -> tuple[dict[str, Column], Column]:
    """The rows and columns of each place, and the situations of all places one after the other."""
    import numpy

    law, cells = engine.law, engine.cells
    regimes = numpy.arange(len(law.marks) + 1)
    found = [cells.grid(place, regimes) for place in places]
    ends = numpy.cumsum([0, *(each.size for each, _, _ in found)])
    numbers = {
        "rows": _smallest(numpy.array([row for _, row, _ in found])),
        "columns": _smallest(numpy.array([column for _, _, column in found])),
        "starts": ends,
    }
    return numbers, numpy.concatenate([each.reshape(-1) for each, _, _ in found])


def _merged(engine: Engine) -> tuple[list[int], list[OutcomeText], Column]:
    """The first of all situations that are told alike, what is said of each, and the new numbers.

    A situation whose figures only the single path has stays apart by its stack.
    """
    import numpy

    maker = CaseMaker(engine.law.register, engine.law.destination, engine.cells.resolve)
    texts = OutcomeTexts(maker, engine.situation, engine.reckoner.parts)
    engine.reckoner.extend()
    known: dict[Hashable, int] = {}
    by_group: dict[int, int] = {}
    distinct, stated = [0], []
    renumbered = numpy.zeros(len(engine.cells.situations), numpy.int64)
    for number in range(1, len(renumbered)):
        group = texts.group(number)
        if group not in by_group:
            situation, charged = engine.situation(number), engine.reckoner.charged[number]
            found = stated_of(texts, number, engine.reckoner.capped[number], charged is not None)
            apart = id(situation.stack) if charged is None else charged
            bars = situation.stack and ban_words(situation.stack)
            key = (found, apart, situation.void, _charges(situation), bars)
            by_group[group] = known.setdefault(key, len(distinct))
            if by_group[group] == len(distinct):
                distinct.append(number)
                stated.append(found)
        renumbered[number] = by_group[group]
    return distinct, stated, renumbered


def _alone(engine: Engine, places: Sequence[int], renumbered: Column) -> list[list[int | None]]:
    """Situation, rates and shares of what only the single path has, on all days: see `Panel`."""
    first = min(edition.start for edition in engine.schedule.editions).isoformat()
    until = day_text(engine.law.marks[-1] // MINUTES + 2)
    found = Panel(engine, first, until).alone(places)
    rows = {
        (int(renumbered[situation]), rates): shares for (situation, rates), shares in found.items()
    }
    if any(rows[int(renumbered[each]), rates] != found[each, rates] for each, rates in found):
        raise AssertionError("situations that are told alike have one rate")
    return [[*key, *shares] for key, shares in sorted(rows.items())]


def _charges(situation: Situation) -> Hashable:
    """What the measures charge: an open question about the last digits compares it."""
    return None if situation.stack is None else tuple(sorted(charges(situation.stack).items()))


def _of_situations(engine: Engine, distinct: list[int]) -> dict[str, Column]:
    """One cell of each situation, and which charges it has."""
    import numpy

    cells = [(0, 0, 0), *(engine.situation(number).cell[:3] for number in distinct[1:])]
    return {
        "cells": _smallest(numpy.array(cells)),
        "charged": _smallest(engine.reckoner.kind[distinct[1:]]),
    }


def _bars(engine: Engine, distinct: list[int]) -> tuple[Column, list[tuple[str, ...]]]:
    """What forbids importation in each situation: the place of its words, 0 for nothing."""
    import numpy

    words: Distinct[tuple[str, ...]] = Distinct([()])
    stacks = [engine.situation(number).stack for number in distinct[1:]]
    found = [words.number(() if stack is None else ban_words(stack)) for stack in stacks]
    return _smallest(numpy.array(found)), words.things


def _ways(engine: Engine, distinct: list[int], stated: Column) -> dict[str, Column]:
    """Which situations ask alike, and the first of each way to ask: see ``EntryGroups``."""
    import numpy

    column, capped = (
        each[distinct[1:]] for each in (engine.reckoner.column, engine.reckoner.capped)
    )
    # A cap lacks what the ordinary duty lacks, and says so in the words of its layer.
    filed = numpy.where(capped[:, None], stated[:, 6:], -1)
    combined = numpy.concatenate([stated[:, :6], column[:, None], filed], axis=1)
    _, first, way = numpy.unique(combined, axis=0, return_index=True, return_inverse=True)
    return {"way": _smallest(way.reshape(-1)), "way_first": _smallest(first)}


def _of_lines(engine: Engine) -> dict[str, Column]:
    """Codes, the line class of each, its rates in each edition; and the marks of the law."""
    import numpy

    law, table = engine.law, engine.table
    codes, alike = [*table.index], distinct_steps(table)
    small = alike._replace(
        line=_smallest(alike.line),
        steps=alike.steps.astype(numpy.min_scalar_type(-1 - len(table.rates))),
    )
    return {
        "codes": numpy.array(codes, numpy.bytes_),
        "class_of": _smallest(numpy.array(law.line_classes(codes))),
        **dict(zip(ALIKE, small, strict=True)),
        "marks": numpy.array(law.marks),
    }


def _smallest(table: Column) -> Column:
    """The same whole numbers, none below nothing, in the least room."""
    import numpy

    most = int(table.max(initial=0))
    return table.astype(numpy.min_scalar_type(most))
