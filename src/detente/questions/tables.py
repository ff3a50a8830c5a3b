"""Questions asked of a whole table in Python: frames of pandas, polars and Arrow, in and out.

A frame comes back as the kind that was given; rows given as mappings come back as a polars frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    import polars

    from detente.core.tables.reading import TableRows
    from detente.questions.over import ProgramRequest
    from detente.questions.result import Result
    from detente.register.book import Register

    RegisterLike = Register | str | None
    """A register, or the folder of one; the built-in one, with local records, where None."""

WRONG_TABLE = "give a frame of pandas, polars or Arrow, or rows as mappings"


def batch(
    table: Any,
    *,
    facts: Mapping[str, object] | None = None,
    scenario: str | None = None,
    reading: str | None = None,
    register: RegisterLike = None,
) -> Any:
    """The duty on every row of a table; see `detente batch --help` for its columns.

    Args:
        table: a frame of pandas, polars or Arrow, or rows as mappings, with the columns ``code``,
            ``origin`` and ``on``, and those of the command that may be given.
        facts: entry facts that hold for every row.
        scenario: as if the events of a scenario happened: its name or its file.
        reading: law as read, or as if what was only announced were law.
        register: the register asked, or its folder; the built-in one, with local records, where it
            is left out.

    Returns:
        The table with the output columns of the command beside its own, in the same order; rates
        are fractions and amounts dollars, as exact decimals.

    Raises:
        ValueError: a column is missing, or bears the name of an output column.
    """
    from detente.batch.columns import check_columns

    ask = _request("batch", register, facts=facts, scenario=scenario, reading=reading)
    held = _polars(table)
    frame = _as_texts(held)
    check_columns(frame.columns)
    found = ask.frames(ask.pairs("facts", "a fact")).columns(frame)
    return _like(held.with_columns(found), table)


def panel(
    origins: str | Iterable[str],
    *,
    from_date: str | date,
    to: str | date,
    scenario: str | None = None,
    reading: str | None = None,
    register: RegisterLike = None,
) -> polars.DataFrame:
    """The rate of every line from many origins, day by day; see `detente panel --help`.

    Args:
        origins: countries, or ``all``.
        from_date: the first day.
        to: the day after the last.
        scenario: as if the events of a scenario happened: its name or its file.
        reading: law as read, or as if what was only announced were law.
        register: the register asked, or its folder.

    Returns:
        ``code, origin, from, until, ad_valorem`` and a rate for each family of duties; fractions
        of customs value as decimals of six places, null where a duty is not a share of the value.

    Raises:
        ValueError: a country or a day cannot be understood.
    """
    from detente.batch.panels.panel_file import PanelSpan, panel_of
    from detente.questions.panel import origins_of
    from detente.questions.python import text_of

    named = origins if isinstance(origins, str) else ",".join(origins)
    ask = _request("panel", register, scenario=scenario, reading=reading)
    span = PanelSpan(origins_of(ask.register, named), text_of(from_date), text_of(to))
    return panel_of(ask.register, ask.schedule, span).collect()


def audit(
    table: Any,
    *,
    facts: Mapping[str, object] | None = None,
    known_on: str | date | None = None,
    percent: bool = False,
    scenario: str | None = None,
    reading: str | None = None,
    register: RegisterLike = None,
) -> Result:
    """Declared entries beside what they owed, with reasons; see `detente audit --help`.

    Args:
        table: a frame of pandas, polars or Arrow, or rows as mappings.
        facts: entry facts that hold for every entry.
        known_on: judge as known at the end of this day.
        percent: whether rates without a percent sign are percentages.
        scenario: as if the events of a scenario happened: its name or its file.
        reading: law as read, or as if what was only announced were law.
        register: the register asked, or its folder.

    Raises:
        ValueError: a column is missing or cannot be read.
    """
    from detente.core.tables.reading import Noted
    from detente.questions.audit import audited
    from detente.questions.result import Result

    ask = _request(
        "audit", register, facts=facts, known_on=known_on, percent=percent, scenario=scenario,
        reading=reading,
    )  # fmt: skip
    frame = _as_texts(_polars(table))
    rows = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in frame.iter_rows(named=True)
    ]
    return Result(audited(ask, Noted(frame.columns, rows, [], set())), "rows")


def owners(
    holdings: Any,
    *,
    seeds: Any = None,
    entities: Any = None,
    regime: str = "bis",
    screen: bool = False,
    paths: str = "full",
    on: str | date | None = None,
    known_on: str | date | None = None,
    scenario: str | None = None,
    reading: str | None = None,
    register: RegisterLike = None,
) -> Result:
    """Who is covered because of who owns them; see `detente owners --help` for the columns.

    Args:
        holdings: who holds what: a frame of pandas, polars or Arrow, or rows as mappings.
        seeds: listed parties, likewise.
        entities: names, countries and branches, likewise.
        regime: the rule, such as ``bis`` or ``ofac``.
        screen: whether to screen the names, to know which parties are listed.
        paths: ways written out: ``full``, ``first`` or ``none``.
        on: the day; today where left out.
        known_on: the rule as known at the end of this day.
        scenario: as if the events of a scenario happened: its name or its file.
        reading: law as read, or as if what was only announced were law.
        register: the register asked, or its folder.

    Raises:
        ValueError: a column is missing or cannot be read, or a word is not known.
    """
    from detente.parties.ownership import file
    from detente.parties.ownership.model import Holdings
    from detente.questions.owners import covered
    from detente.questions.result import Result

    ask = _request(
        "owners", register, regime=regime, screen=screen, paths=paths, on=on, known_on=known_on,
        scenario=scenario, reading=reading,
    )  # fmt: skip
    if holdings is None:
        raise TypeError(WRONG_TABLE)
    columns = file.HOLDING_COLUMNS, file.SEED_COLUMNS, file.ENTITY_COLUMNS
    tables = [
        _rows(name, table, needed)
        for (name, table), needed in zip(
            (("holdings", holdings), ("seeds", seeds), ("entities", entities)), columns, strict=True
        )
    ]
    beside = (
        note
        for table, known in zip(tables, columns, strict=True)
        for note in file.unread(table.name, table.columns, known)
    )
    held = Holdings(
        file.read_holdings(tables[0]),
        file.read_seeds(tables[1]),
        file.read_entities(tables[2]),
        notes=tuple(beside),
    )
    return Result(covered(ask, lambda: held), "covered")


def _rows(name: str, table: Any, columns: tuple[Sequence[str], Sequence[str]]) -> TableRows:
    """A table as one that was read from a file; with its needed columns alone where it is none."""
    from detente.core.tables.reading import rows_of_cells

    if table is None:
        return rows_of_cells(name, list(columns[0]), ())
    frame = _as_texts(_polars(table, _in_word))
    cells = (["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows())
    return rows_of_cells(name, frame.columns, cells)


def _in_word(cell: Any) -> Any:
    """A cell, and a fraction as a text: a frame has no place for one, and makes it a decimal.

    One half as a fraction is one half of a company, and 0.5 is one half of a percent.
    """
    return f"{cell.numerator}/{cell.denominator}" if isinstance(cell, Fraction) else cell


def _request(name: str, register: RegisterLike, **named: Any) -> ProgramRequest:
    """A declared question over a register that is given, or that of a folder, or the built-in."""
    from detente.questions import find
    from detente.questions.over import ProgramRequest
    from detente.questions.python import opened, value_of

    question = find(name)
    values = {each.name: value_of(each, named.get(each.name)) for each in question.parameters}
    held, schedule = opened(register if isinstance(register, str) else None)
    over = (held if register is None or isinstance(register, str) else register, schedule)
    return ProgramRequest(
        question.parameters, values, lambda: date.today().isoformat(), over, files=True
    )


def _polars(table: Any, read: Callable[[Any], Any] | None = None) -> polars.DataFrame:
    """A table as a frame of polars.

    Args:
        table: a frame, or rows as mappings.
        read: makes of a cell that is no column's of a frame of polars or Arrow what is kept of it.
    """
    import polars

    if isinstance(table, polars.DataFrame):
        return table
    if isinstance(table, polars.LazyFrame):
        return table.collect()
    if hasattr(table, "columns") and hasattr(table, "to_dict") and not _is_arrow(table):
        return polars.DataFrame(
            {
                str(name): [read(_plain(each)) if read else _plain(each) for each in table[name]]
                for name in table.columns
            },
            strict=False,
        )
    if hasattr(table, "__arrow_c_stream__"):
        return polars.DataFrame(table)
    if isinstance(table, Iterable) and not isinstance(table, Mapping):
        rows = list(table)
        if all(isinstance(row, Mapping) for row in rows):
            # All rows are looked through, since the first may lack what later ones have.
            cells = [
                {name: read(cell) for name, cell in row.items()} if read else dict(row)
                for row in rows
            ]
            return polars.DataFrame(cells, infer_schema_length=None)
    raise TypeError(WRONG_TABLE)


def _is_arrow(table: Any) -> bool:
    return type(table).__module__.startswith("pyarrow")


def _plain(value: Any) -> Any:
    """A cell of pandas; what stands for nothing there is nothing here, a time of day 0 is a day."""
    if value is None or value != value:  # not a number, not a time
        return None
    return value.date() if hasattr(value, "date") and callable(value.date) else value


def _as_texts(frame: polars.DataFrame) -> polars.DataFrame:
    """Every column as the text that a file would have."""
    import polars

    def text(name: str, kind: Any) -> polars.Expr:
        column = polars.col(name)
        if kind == polars.Boolean:
            return polars.when(column).then(polars.lit("true")).otherwise(polars.lit("false"))
        if kind == polars.Datetime:
            return column.dt.date().cast(polars.String)
        return column.cast(polars.String)

    return frame.select(
        # Without it, what is no cell would come as false in a column of truths.
        polars.when(polars.col(name).is_not_null()).then(text(name, kind)).alias(name)
        for name, kind in frame.schema.items()
    )


def _like(frame: polars.DataFrame, table: Any) -> Any:
    """The frame as the kind of table that was given."""
    kind = type(table).__module__.partition(".")[0]
    if kind == "pandas":
        return frame.to_pandas()
    return frame.to_arrow() if kind == "pyarrow" else frame
