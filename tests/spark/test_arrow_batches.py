"""What a worker does with one Arrow batch, without a session: every column, every refusal."""

from __future__ import annotations

from types import SimpleNamespace

import polars
import pytest

pyarrow = pytest.importorskip("pyarrow")

from detente import spark  # noqa: E402
from detente.batch.answer import Batch  # noqa: E402
from detente.batch.frame import TextColumns, answer_columns  # noqa: E402
from detente.goods.schedule import Schedule  # noqa: E402
from detente.register.book import Register  # noqa: E402
from detente.spark import screening  # noqa: E402

ENTRIES = {
    "id": ["a", "b", "c", "d"],
    "code": ["8507.60.00.10", "8507600010", "9503.00.00.73", "85"],
    "origin": ["CN", "DE", "VN", "CN"],
    "on": ["2025-11-12"] * 4,
    "value": ["10000", "333.33", "", "1"],
    "fact.auto_part": ["", "false", "", ""],
}


def answered(facts):
    batch = pyarrow.RecordBatch.from_pydict(ENTRIES)
    (found,) = spark.arrow_batches(facts)(iter([batch]))
    return found


@pytest.mark.parametrize("facts", [{}, {"auto_part": "true"}])
def test_a_batch_comes_back_with_what_this_machine_answers(facts):
    entries = polars.DataFrame(ENTRIES)
    columns = answer_columns(
        Batch(Register.load(), Schedule(), facts).answer(entries), TextColumns()
    )
    expected = entries.with_columns(
        column.cast(polars.String) if column.dtype == polars.Categorical else column
        for column in columns
    )
    found = polars.from_arrow(answered(facts))
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_a_fact_of_every_row_counts_where_a_row_says_nothing():
    without, part = (polars.from_arrow(answered(facts)) for facts in ({}, {"auto_part": "true"}))
    at = without.columns.index("total_amount")
    first, second = without.row(0)[at], part.row(0)[at]
    assert first != second  # the part of a vehicle owes another duty
    assert without.row(1)[at] == part.row(1)[at]  # its row says that it is none


def test_texts_are_in_the_type_that_spark_reads():
    kinds = {field.type for field in answered({}).schema}
    assert kinds == {pyarrow.string(), pyarrow.decimal128(12, 6), pyarrow.decimal128(18, 2)}


def test_the_law_is_read_once_for_the_facts_of_a_process(monkeypatch):
    answered({})
    monkeypatch.setattr(Register, "load", lambda: pytest.fail("read again"))
    assert answered({}).num_rows == 4
    assert spark.arrow_batches({})(iter([])) is not None


def asking(**more):
    lists = screening_lists()
    return screening.ScreeningBroadcast(
        **{"column": "name", "country": None, "top": 2, "on": "2026-08-01", "day": lists.day,
           "lists": lists.identity(), **more}
    )  # fmt: skip


def screening_lists():
    from detente.parties.screening.store import Screen

    return Screen("2026-08-01")


NAMES = {"name": ["Huawei Technologies", "Acme Toys of Ohio", None, "Huawei Technologies"]}


def test_names_come_back_with_the_columns_of_the_command_and_nothing_where_there_is_no_hit():
    pytest.importorskip("numba")
    batch = pyarrow.RecordBatch.from_pydict(NAMES)
    (found,) = screening.arrow_batches(asking())(iter([batch]))
    from detente.parties.screening.rows import output_columns

    assert found.schema.names == ["name", *output_columns(2)]
    rows = found.to_pylist()
    assert [row["status"] for row in rows] == ["hit", "partly", "unresolved", "hit"]
    assert rows[0] == rows[3]
    assert rows[0]["score"] == 1.0
    assert rows[1]["score"] is None
    assert found.schema.field("score").type == pyarrow.float64()
    assert found.schema.field("score_2").type == pyarrow.float64()
    assert found.schema.field("entry_2").type == pyarrow.string()


def test_a_country_and_a_city_of_the_row_are_read():
    pytest.importorskip("numba")
    more = {"country": ["CN", None, "", "US"], "city": ["Shenzhen", None, None, None]}
    batch = pyarrow.RecordBatch.from_pydict({**NAMES, **more})
    (found,) = screening.arrow_batches(asking(country="US"))(iter([batch]))
    rows = found.to_pylist()
    assert [row["status"] for row in rows] == ["hit", "partly", "unresolved", "hit"]
    assert rows[0]["why"] != rows[3]["why"]  # one is where the listed party is, one is not


def test_lists_of_another_day_are_kept_apart():
    pytest.importorskip("numba")
    batch = pyarrow.RecordBatch.from_pydict({"name": ["Skydio"]})
    found = []
    for on in ("2026-08-01", None):
        from detente.parties.screening.store import Screen

        lists = Screen(on)
        asked = asking(on=on, day=lists.day, lists=lists.identity())
        (answer,) = screening.arrow_batches(asked)(iter([batch]))
        found.append(answer.to_pylist()[0]["screened"])
    assert found[0] != found[1]


@pytest.mark.parametrize(
    ("more", "given", "refusal"),
    [
        ({}, {"column": "nme"}, "no column 'nme', but name, c1, c2, c3, c4, c5, c6, c7$"),
        ({"name": "long"}, {}, "column 'name' is bigint: screening needs texts"),
        ({"country": "long"}, {}, "column 'country' is bigint"),
        ({"city": "double"}, {}, "column 'city' is double"),
        ({}, {"top": 0}, "top is 0: ask for at least 1"),
        ({"score_2": "double"}, {"top": 1, "country": "Atlantis"}, "Atlantis"),
    ],
)
def test_a_table_that_cannot_be_screened_is_refused_before_a_session_is_needed(
    more, given, refusal
):
    types = pytest.importorskip("pyspark.sql.types")
    kinds = {"string": types.StringType(), "long": types.LongType(), "double": types.DoubleType()}
    columns = {"name": "string", **{f"c{at}": "string" for at in range(1, 9)}, **more}
    schema = types.StructType()
    for name, kind in columns.items():
        schema.add(name, kinds[kind])
    table = SimpleNamespace(columns=list(columns), schema=schema)
    with pytest.raises(ValueError, match=refusal):
        screening.screen(table, **{"column": "name", **given})


def test_a_row_has_the_columns_of_one_hit_where_nothing_is_said(monkeypatch):
    types = pytest.importorskip("pyspark.sql.types")
    from detente.parties.screening.rows import output_columns

    schema = types.StructType()
    for name in ("score_2", "name"):
        schema.add(name, types.StringType())
    table = SimpleNamespace(columns=["score_2", "name"], schema=schema)
    monkeypatch.setattr(screening, "mapped", lambda df, function, found: (df, found))
    for more, top in (({}, 1), ({"top": 2}, 2)):
        df, found = screening.screen(table, on="2026-08-01", **more)
        assert df is table
        # A column of the table that is called as one of the output is kept beside it.
        own = "own_score_2" if top == 2 else "score_2"
        assert found.names == [own, "name", *output_columns(top)]
        kinds = {name: found[name].dataType for name in output_columns(top)}
        doubles = {name for name, kind in kinds.items() if kind == types.DoubleType()}
        assert doubles == {"score", "score_2"} & {*kinds}
        assert found[own].dataType == types.StringType()
