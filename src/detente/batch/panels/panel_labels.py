"""A panel for Stata or R: CSV with a codebook beside it, or a .dta file that carries its labels.

Rates are fractions of customs value as plain numbers, days are dates, and what has no rate is
missing. The Parquet file keeps exact decimals; these are for programs that have none.
"""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.batch.panels.panel_file import PanelSpan, write_panel
from detente.core.tables.columns import RATE, TEXT, Column, chosen
from detente.core.tables.writing import (
    LIBRARIES,
    MOST_ROWS,
    PARQUET,
    WORKBOOK,
    csv_text,
    need,
    open_target,
)
from detente.store.whole import write_whole, written_whole

if TYPE_CHECKING:
    import polars

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

CSV, STATA = ".csv", ".dta"
KINDS = (PARQUET, CSV, WORKBOOK, STATA)
LABELS = {
    "code": ("Line of the tariff schedule, digits", ""),
    "origin": ("Country of origin, ISO 3166 alpha-2", ""),
    "from": ("First day of the rate", "day"),
    "until": ("Day after the last day of the rate", "day"),
    "ad_valorem": ("All duties", "fraction of customs value"),
}
PLACES = ("code", "origin")
STATA_LABEL = 80
"""Signs of a label that the format keeps."""


def check_kind(target: Path) -> str:
    """The kind of file that a name asks for.

    Raises:
        ValueError: it asks for none, or what writes it is not installed.
    """
    kind = target.suffix.lower()
    if kind not in KINDS:
        raise ValueError(f"{target}: a panel is a {', '.join(KINDS)} file, by its suffix")
    if kind == STATA and not all(map(find_spec, ("pandas", "pyarrow"))):
        raise ValueError(
            f"a {STATA} file needs pandas: pip install 'detente[stata]', or write {CSV} with its "
            "codebook"
        )
    need(target, kind, {WORKBOOK: LIBRARIES[WORKBOOK]})
    return kind


def write_kind(
    register: Register, schedule: Schedule, span: PanelSpan, target: Path, columns: str = ""
) -> int:
    """Write a panel as CSV with its codebook, as a workbook, or for Stata; how many rows.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        span: origins and days.
        target: the file; its suffix says which kind.
        columns: those to write, between commas; all where it is empty.

    Raises:
        ValueError: the name of the file ends in nothing that is known, there is no such column, or
            there are more rows than a sheet holds.
    """
    import polars

    kind = check_kind(target)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / f"panel{PARQUET}"
        count = write_panel(register, schedule, span, exact)
        frame = polars.scan_parquet(exact)
        shown, _ = chosen([Column(each) for each in frame.collect_schema().names()], columns)
        names = [each.name for each in shown]
        frame = frame.select(names)
        if kind == PARQUET:
            with written_whole(target) as beside:
                frame.sink_parquet(beside)
            return count
        if kind == WORKBOOK:
            _write_workbook(frame, count, target)
            return count
        labels = labels_of(register, names)
        plain = frame.with_columns(
            polars.col([name for name in names if name in PLACES]).cast(polars.String),
            polars.col([name for name in names if _is_rate(name)]).cast(polars.Float64),
        )
        if kind == CSV:
            with written_whole(target) as beside:
                plain.sink_csv(beside)
            rows = ((name, *labels[name]) for name in names)
            book = csv_text(("column", "label", "unit"), rows)
            write_whole(target.with_suffix(".codebook.csv"), book.encode())
        else:
            _write_stata(plain.collect(), labels, target)
    return count


def _write_workbook(frame: polars.LazyFrame, count: int, target: Path) -> None:
    """Write one sheet: rates as percentages, days as texts."""
    import polars

    if count >= MOST_ROWS:
        raise ValueError(
            f"{target}: a sheet holds {MOST_ROWS - 1:,} rows and there are {count:,}: write "
            f"{PARQUET} or {CSV}"
        )
    names = frame.collect_schema().names()
    columns = [Column(name, RATE if _is_rate(name) else TEXT) for name in names]
    with (
        written_whole(target) as beside,
        open_target(beside, WORKBOOK, columns) as add,
    ):
        for row in frame.with_columns(polars.all().cast(polars.String)).collect().iter_rows():
            add(row)


def labels_of(register: Register, names: list[str]) -> dict[str, tuple[str, str]]:
    """The label and the unit of each column."""
    found = dict(LABELS)
    for name in names:
        if name not in found:
            family = name.removeprefix("rate_")
            title = register.families[family][0] if family in register.families else family
            found[name] = (f"Duty of the family: {title}", "fraction of customs value")
    return {name: found[name] for name in names}


def _is_rate(name: str) -> bool:
    return name == "ad_valorem" or name.startswith("rate_")


def _write_stata(frame: object, labels: dict[str, tuple[str, str]], target: Path) -> None:
    """Write the file of Stata 14 and later."""
    import pandas
    import polars

    assert isinstance(frame, polars.DataFrame)
    table = frame.to_pandas()
    days = ("from", "until")
    for name in (each for each in days if each in table):
        table[name] = pandas.to_datetime(table[name])
    # Names of columns are words of Stata's language: `from` is not one, but is easy to mistake.
    with written_whole(target) as beside:
        table.to_stata(
            beside,
            write_index=False,
            version=118,
            convert_dates={name: "td" for name in days if name in table},
            variable_labels={name: label[:STATA_LABEL] for name, (label, _) in labels.items()},
            data_label="Detente: rates of duty by line, origin and day",
        )
