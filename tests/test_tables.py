"""Tables in Python: frames of three libraries in, the same kind out, and answers as frames."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import detente
from detente.parties.screening.store import Screen
from detente.questions.over import _CACHE

ROWS: list[dict[str, Any]] = [
    {"code": "8507.60.00.10", "origin": "CN", "on": date(2025, 11, 12), "value": 10000},
    {"code": "9503.00.00.73", "origin": "CN", "on": date(2025, 4, 20), "value": 500},
]
# 3.4% + 25% + 10% + 10% of 10,000; 20% + 125% of 500.
OWED = [Decimal("4840.00"), Decimal("725.00")]


def test_rows_come_back_as_a_frame_of_polars_with_their_amounts() -> None:
    found = detente.batch(ROWS)
    assert found.columns[:4] == ["code", "origin", "on", "value"]
    assert found["total_amount"].to_list() == OWED
    assert found["on"].to_list() == [row["on"] for row in ROWS]


def test_a_frame_of_pandas_comes_back_as_one_with_days_as_it_writes_them() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ROWS)
    frame["on"] = pandas.to_datetime(frame["on"])
    found = detente.batch(frame)
    assert isinstance(found, pandas.DataFrame)
    assert list(found["total_amount"]) == OWED


def test_a_table_of_arrow_comes_back_as_one() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    found = detente.batch(pyarrow.Table.from_pylist(ROWS))
    assert isinstance(found, pyarrow.Table)
    assert found["total_amount"].to_pylist() == OWED


def test_facts_hold_for_every_row_and_a_row_has_its_own() -> None:
    # A part of a vehicle pays 15 points more on top: 63.4%.
    assert detente.batch(ROWS[:1], facts={"auto_part": True})["total_amount"][0] == 6340
    own = [{**ROWS[0], "fact.auto_part": True}, {**ROWS[0], "fact.auto_part": None}]
    assert detente.batch(own)["total_amount"].to_list() == [Decimal("6340.00"), OWED[0]]


def test_a_table_without_a_column_that_is_needed_is_refused() -> None:
    with pytest.raises(ValueError, match="the column on is missing"):
        detente.batch([{"code": "8507.60.00.10", "origin": "CN"}])
    with pytest.raises(TypeError, match="give a frame"):
        detente.batch(7)


def test_declared_entries_are_audited_row_by_row() -> None:
    declared = [{**ROWS[0], "id": "A1", "declared_amount": "5840.00"}]
    found = detente.audit(declared)
    row = found.rows[0]
    # 5,840 declared and 4,840 owed; 1,000 + 1,000 under the emergency act are refundable.
    assert (row.status, row.owed, row.refundable) == ("over", "4840.00", "2000.00")
    assert found.to_frame()["id"].to_list() == ["A1"]


def test_an_answer_is_a_frame_a_table_in_a_notebook_and_a_picture() -> None:
    found = detente.history("9503.00.00.73", origin="CN", to_date="2026-10-10")
    assert found.to_frame()["ad_valorem"].to_list()[-1] == "0.125"
    assert found._repr_html_().startswith("<table>")
    assert found.chart()._repr_svg_().startswith("<svg")
    both = detente.average(origin="CN", from_date="2025-01-01", to_date="2025-06-01", both=True)
    assert "Average duties" in both.chart().spec["title"]["text"]
    with pytest.raises(ValueError, match="no picture"):
        detente.truce().chart()
    with pytest.raises(ValueError, match="leave the name out"):
        found.chart("flow")


def test_a_mineral_has_each_of_its_pictures_in_a_notebook() -> None:
    found = detente.supply("rare-earths", route=True, controls=True, within=24)
    assert found.chart()._repr_svg_().startswith("<svg")
    for name in ("flow", "imports", "shares", "projects", "timeline"):
        assert found.chart(name)._repr_svg_().startswith("<svg")
    with pytest.raises(ValueError, match="there are flow, imports"):
        found.chart("prices")


def test_an_answer_is_a_frame_of_pandas_on_request() -> None:
    pandas = pytest.importorskip("pandas")
    found = detente.timeline(from_date="2025-05-01", to_date="2025-05-31").to_pandas()
    assert isinstance(found, pandas.DataFrame)
    assert len(found) > 5


def test_the_public_face_names_the_functions_of_tables() -> None:
    assert {"batch", "audit", "history", "average"} <= set(dir(detente))


def test_a_panel_in_python_is_that_of_the_command(tmp_path) -> None:
    import polars

    from detente.cli.main import main

    target = tmp_path / "panel.parquet"
    days = {"from": "2025-11-01", "to": "2025-11-15"}
    main(["panel", "--origins", "CN,VN", "--from", days["from"], "--to", days["to"],
          "-o", str(target)])  # fmt: skip
    found = detente.panel(["CN", "VN"], from_date=date(2025, 11, 1), to=days["to"])
    assert found.equals(polars.read_parquet(target))
    line = found.filter(polars.col("code") == "8507600010", polars.col("origin") == "CN")
    # 3.4% + 25% + 20% + 10% until 10 November, then 3.4% + 25% + 10% + 10%
    assert line["ad_valorem"].to_list() == [Decimal("0.584"), Decimal("0.484")]


def test_owners_are_asked_of_frames_as_of_files() -> None:
    holdings = [
        {"owner": "alpha", "owned": "delta", "share": "30"},
        {"owner": "beta", "owned": "delta", "share": "20"},
    ]
    listed = [{"id": "alpha", "list": "EL"}, {"id": "beta", "list": "EL"}]
    found = detente.owners(holdings, seeds=listed, on="2025-10-15")
    # 30% + 20% reach the threshold of 50%
    assert [row.id for row in found.covered] == ["delta"]
    assert detente.owners(holdings, seeds=listed[:1], on="2025-10-15").covered == []


def test_a_fraction_is_of_the_whole_and_a_column_that_is_not_read_is_told() -> None:
    import pandas

    listed = [{"id": "alpha", "list": "EL"}]
    rows = [{"owner": "alpha", "owned": "delta", "share": Fraction(1, 2), "until when": "2020"},
            {"owner": "alpha", "owned": "zeta", "share": Fraction(49, 100)},
            {"owner": "delta", "owned": "eta", "share": 1e-07}]  # fmt: skip
    for holdings in (rows, pandas.DataFrame(rows)):
        found = detente.owners(holdings, seeds=listed, on="2025-10-15")
        # One half of a company, and not 0.5 percent of it.
        assert [(row.id, row.share) for row in found.covered] == [("delta", ["0.5", "0.5"])]
        assert "holdings: 1 column was not read (until when)" in found.notes


def test_a_batch_asks_under_a_scenario_as_the_command_does() -> None:
    rows = [{**ROWS[0], "on": date(2026, 11, 12)}]
    law, supposed = detente.batch(rows), detente.batch(rows, scenario="threat-100")
    assert supposed["total_amount"][0] > law["total_amount"][0]


def test_a_shipment_is_assessed_from_words_as_from_a_shipment() -> None:
    words = detente.assess(code="8507.60.00.10", origin="CN", value=10000, on=date(2025, 11, 12))
    goods = detente.Shipment("8507.60.00.10", "CN", "10000")
    assert words.to_dict() == detente.assess(goods, on=date(2025, 11, 12))


def test_a_shipment_is_assessed_from_a_mapping_as_from_its_file() -> None:
    values = {
        "code": "8507.60.00.10", "origin": "CN", "destination": "US", "value": Decimal(10000),
        "on": date(2025, 11, 12), "parties": ({"name": "Acme Toys", "role": "consignee"},),
    }  # fmt: skip
    found = detente.assess(values)
    assert (found.duty.total.amount, found.question.on) == ("4840.00", "2025-11-12")
    words = detente.assess(
        code="8507.60.00.10", origin="CN", to="US", value=10000, on="2025-11-12",
        party=["Acme Toys:consignee"],
    )  # fmt: skip
    assert found == words.to_dict()
    # A day that is given goes before that of the mapping.
    assert detente.assess(values, on="2025-11-09").duty.total.amount == "5840.00"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"code": "8507.60.00.10", "origin": "CN", "value": 10.5}, "floating number"),
        ({"code": "8507.60.00.10", "orign": "CN"}, "did you mean 'origin'"),
        ({"code": "8507.60.00.10", "origin": "CN", "value": [1]}, "write one value"),
        ({"code": "8507.60.00.10", "origin": "CN", "parties": "Acme"}, "write a list"),
        ({}, "names neither goods nor item"),
    ],
)
def test_a_mapping_that_is_no_shipment_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        detente.assess(values, on="2025-11-12")


def test_tables_asked_one_after_the_other_get_what_each_gets_alone() -> None:
    tables: list[list[dict[str, Any]]] = [
        ROWS,
        [{**ROWS[0], "origin": "VN", "on": "2026-03-01", "value": None}],
        [{**ROWS[1], "code": "nothing"}, {**ROWS[0], "fact.auto_part": True}],
        [{**ROWS[0], "on": f"2025-{month:02}-10"} for month in range(1, 13)],
    ]
    alone = []
    for rows in tables:
        _CACHE.frames.clear()
        alone.append(detente.batch(rows))
    for rows, frame in (*zip(tables, alone, strict=True), *zip(tables, alone, strict=True)):
        assert detente.batch(rows).equals(frame)
        detente.batch(rows, facts={"auto_part": True})
        detente.batch(rows, scenario="threat-100")


def test_what_was_worked_out_for_a_table_serves_the_next() -> None:
    detente.batch(ROWS)
    held = dict(_CACHE.frames)
    detente.batch(ROWS[:1])
    assert dict(_CACHE.frames) == held


def test_a_name_asked_again_has_the_same_hits_and_a_list_of_its_own() -> None:
    screen = Screen("2026-08-01")
    first = screen.parties("Huawei Technologies", None, 3)
    kept = list(first)
    first.clear()
    assert screen.parties("Huawei Technologies", None, 3) == kept
    assert len(screen.parties("Huawei Technologies", None, 1)) == 1
