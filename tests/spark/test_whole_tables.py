"""Spark gives what this machine gives: thousands of rows, compared cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars
import pytest

from detente.duty.question import QuestionError
from tests.entries import random_entries, scaled

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS = scaled(8_000)
DIFFERENT = scaled(2_000)
"""Parties among the rows that are screened; each comes four times."""


@pytest.mark.filterwarnings("ignore")  # pyspark and py4j warn of each other's deprecations
def test_spark_answers_as_this_machine_does(session: SparkSession) -> None:
    from detente.batch.answer import Batch
    from detente.batch.frame import TextColumns, answer_columns
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.spark import batch

    entries = random_entries(ROWS, seed=5, with_facts=0.02)
    entries = entries.with_columns(id=polars.int_range(ROWS))
    expected = entries.with_columns(
        answer_columns(Batch(Register.load(), Schedule()).answer(entries), TextColumns())
    )
    spread = session.createDataFrame(entries.to_pandas()).repartition(2)
    found = polars.DataFrame(polars.from_arrow(batch(spread).toArrow())).sort("id")
    assert found.columns == expected.columns
    texts = [name for name, kind in expected.schema.items() if kind == polars.Categorical]
    expected = expected.with_columns(polars.col(texts).cast(polars.String))
    assert found.height == ROWS
    assert found.select(expected.columns).equals(expected)


@pytest.mark.filterwarnings("ignore")
def test_a_table_that_lacks_a_column_is_refused_before_anything_runs(session: SparkSession) -> None:
    from detente.spark import batch

    entries = session.createDataFrame([("8507600010", "CN")], "code string, origin string")
    with pytest.raises(QuestionError, match="the column on is missing"):
        batch(entries)


@pytest.mark.filterwarnings("ignore")
def test_spark_finds_the_hits_that_this_machine_finds(session: SparkSession) -> None:
    pytest.importorskip("numba")
    from benchmarks.screening_names import asked
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.queries import query_of
    from detente.parties.screening.rows import as_values, output_columns
    from detente.parties.screening.store import Screen, open_built_in
    from detente.spark import screen

    listed = [row[0] for row in open_built_in().execute("SELECT text FROM names ORDER BY id")]
    names = [each.text for each in asked(listed, DIFFERENT - 3)] + ["", None, "--"]
    places = ("CN", " ir ", "", None)
    parties = [
        (name, places[number % 4], "Shenzhen" if number % 3 else None)
        for number, name in enumerate(names)
    ]
    rows = [(number, *parties[number % DIFFERENT]) for number in range(ROWS)]
    spread = session.createDataFrame(
        polars.DataFrame(rows, ["id", "party", "country", "city"], orient="row").to_pandas(),
        "id long, party string, country string, city string",
    ).repartition(4)
    found = screen(spread, "party", country="US", top=2).toArrow().sort_by("id")
    questions = [query_of(name, country, city, "US") for name, country, city in parties]
    screen_here = Screen()
    show = as_values(screened(screen_here))
    expected = list(screen_all(screen_here, questions, 2, show))
    columns = output_columns(2)
    assert found.column_names == ["id", "party", "country", "city", *columns]
    assert found["party"].to_pylist() == [row[1] for row in rows]
    cells = list(zip(*(found[name].to_pylist() for name in columns), strict=True))
    width = len(columns)
    filled = [(*each, *[None] * (width - len(each))) for each in expected]
    assert cells == [filled[number % DIFFERENT] for number in range(ROWS)]
    assert sum(each[0] == "hit" for each in cells) > ROWS // 2
    assert [each[0] for each in cells[-3:]] == ["unresolved"] * 3


@pytest.mark.filterwarnings("ignore")
def test_a_table_that_cannot_be_screened_is_refused_before_anything_runs(
    session: SparkSession,
) -> None:
    from detente.spark import screen

    dotted = session.createDataFrame([("Acme", "x")], "name string, `a.remark` string")
    (row,) = screen(dotted).collect()
    assert (row["a.remark"], row["status"]) == ("x", "partly")
    names = session.createDataFrame([("Acme", 1)], "name string, score int")
    with pytest.raises(ValueError, match="no column 'party', but name, score"):
        screen(names, "party")
    with pytest.raises(ValueError, match="column 'score' is int: screening needs texts"):
        screen(names, "score")
    (row,) = screen(names).collect()
    assert (row["own_score"], row["score"], row["status"]) == (1, None, "partly")
    with pytest.raises(ValueError, match="top is 0"):
        screen(names, top=0)


def test_a_worker_with_other_lists_than_the_driver_refuses() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from detente.parties.screening.store import Screen
    from detente.spark.screening import ScreeningBroadcast, arrow_batches

    batch = pyarrow.RecordBatch.from_pydict({"name": ["Acme"]})
    day = "2026-08-01"
    same = ScreeningBroadcast("name", None, 1, day, day, Screen(day, day).identity())
    (answered,) = arrow_batches(same)(iter([batch]))
    assert answered.num_rows == 1
    with pytest.raises(ValueError, match="not those of the driver"):
        list(arrow_batches(same._replace(lists="the driver's"))(iter([batch])))
