"""One broken cell a case: what is refused when the tables of minerals are compiled."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from detente.supply.balance import check_flows, check_nodes
from detente.supply.compile import build_supply

DATA = Path(__file__).parents[2] / "data/supply"


def built(tmp_path, file, **cells):
    """Compile a copy of the tables in whose first row some cells are others."""
    source = tmp_path / "supply"
    shutil.copytree(DATA, source)
    path = source / file
    head, first, rest = path.read_text("utf-8").split("\n", 2)
    row = dict(zip(head.split("\t"), first.split("\t"), strict=True))
    assert set(cells) <= set(row)
    path.write_text("\n".join([head, "\t".join((row | cells).values()), rest]), "utf-8")
    build_supply(source, tmp_path / "out.sqlite")
    return tmp_path / "out.sqlite"


@pytest.mark.parametrize(
    ("file", "cells", "told"),
    [
        ("minerals.tsv", {"within": "unobtainium"}, "unknown mineral in"),
        ("stages.tsv", {"mineral": "unobtainium"}, "unknown mineral in"),
        ("stages.tsv", {"after": "smelting"}, "no stage smelting of rare-earths"),
        ("official.tsv", {"mineral": "unobtainium"}, "unknown mineral or stage in"),
        ("official.tsv", {"stage": "smelting"}, "unknown mineral or stage in"),
        ("official.tsv", {"source": "hearsay"}, "unknown source, grade or kind in"),
        ("official.tsv", {"grade": "certain"}, "unknown source, grade or kind in"),
        ("official.tsv", {"what": "output"}, "unknown source, grade or kind in"),
        ("official.tsv", {"low": ""}, "no lower figure, or the higher is below it, in"),
        ("official.tsv", {"high": "20999"}, "no lower figure, or the higher is below it, in"),
        ("official.tsv", {"low": "some"}, "'some' is not a number in"),
        ("official.tsv", {"low": "-1"}, "-1 is negative in"),
        ("projects.tsv", {"minerals": "rare-earths;unobtainium"}, "no stage mine of unobtainium"),
        ("projects.tsv", {"stage": "smelting"}, "no stage smelting of rare-earths"),
        ("projects.tsv", {"capacity": "much"}, "'much' is not a number in"),
        ("projects.tsv", {"source": "hearsay"}, "projects.tsv: unknown source or grade in"),
        ("projects.tsv", {"grade": "certain"}, "projects.tsv: unknown source or grade in"),
        ("projects.tsv", {"unit": ""}, "projects.tsv: a capacity without a unit in"),
        ("project_states.tsv", {"stage": "smelting"}, "unknown project, stage or state in"),
        ("project_states.tsv", {"state": "built"}, "unknown project, stage or state in"),
        ("project_states.tsv", {"source": "hearsay"}, "states.tsv: unknown source or grade in"),
        ("project_states.tsv", {"grade": "certain"}, "states.tsv: unknown source or grade in"),
        ("codes.tsv", {"mineral": "unobtainium"}, "codes.tsv: unknown mineral, stage or cover"),
        ("codes.tsv", {"covers": "means"}, "codes.tsv: unknown mineral, stage or cover in"),
        ("units.tsv", {"low": "0"}, "units.tsv: the ends of t are out of order"),
        ("units.tsv", {"low": "2"}, "units.tsv: the ends of t are out of order"),
        ("items.tsv", {"stage": "smelting"}, "items.tsv: unknown mineral, stage or cover in"),
        ("items.tsv", {"covers": "all"}, "items.tsv: unknown mineral, stage or cover in"),
        ("parameters.tsv", {"source": "hearsay"}, "unknown source or grade, or no number, in"),
        ("parameters.tsv", {"grade": "certain"}, "unknown source or grade, or no number, in"),
        ("parameters.tsv", {"value": ""}, "unknown source or grade, or no number, in"),
        ("critical_users.tsv", {"code": "334"}, "critical_industries.tsv: no divisions of 334"),
        ("critical_users.tsv", {"mineral": "unobtainium"}, "unknown mineral, or no share of cost"),
        ("critical_users.tsv", {"cost_share": "0"}, "unknown mineral, or no share of cost, in"),
        ("critical_users.tsv", {"cost_share": "1"}, "unknown mineral, or no share of cost, in"),
        ("critical_published.tsv", {"input": "ether"}, "unknown input or grade in"),
        ("critical_published.tsv", {"grade": "certain"}, "unknown input or grade in"),
        ("flows.tsv", {"stage": "smelting"}, "flows.tsv: unknown mineral or stage in"),
        ("flows.tsv", {"source": "hearsay"}, "flows.tsv: unknown source, grade or measure in"),
        ("flows.tsv", {"grade": "certain"}, "flows.tsv: unknown source, grade or measure in"),
        ("flows.tsv", {"measure": "weight"}, "flows.tsv: unknown source, grade or measure in"),
        ("flows.tsv", {"measure": "unknown"}, "the ends of a flow do not fit its measure in"),
        ("flows.tsv", {"low": "", "high": ""}, "the ends of a flow do not fit its measure in"),
        ("flows.tsv", {"high": "21999"}, "the ends of a flow do not fit its measure in"),
    ],
)  # fmt: skip
def test_a_broken_cell_is_refused_with_what_is_wrong(tmp_path, file, cells, told):
    with pytest.raises(ValueError, match=told) as refused:
        built(tmp_path, file, **cells)
    if "{" in str(refused.value):  # the row itself is in the message
        assert all(repr(cell) in str(refused.value) for cell in cells.values())


def test_a_unit_of_equal_ends_and_a_project_of_unknown_size_compile(tmp_path):
    compiled = built(tmp_path, "projects.tsv", capacity="", unit="")
    with closing(sqlite3.connect(compiled)) as database:
        rows = database.execute("SELECT place, capacity, unit FROM projects ORDER BY place")
        assert next(rows) == (0, "", "")
        lines = (DATA / "projects.tsv").read_text("utf-8").splitlines()
        assert sum(1 for _ in rows) == len(lines) - 2  # the line of names, and the row above
        ends = database.execute("SELECT low, high FROM units WHERE unit = 't'").fetchone()
    assert ends == ("1", "1")


def test_a_compiled_table_holds_the_cells_of_its_file_in_their_order(tmp_path):
    build_supply(DATA, tmp_path / "out.sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        for table in ("minerals", "stages", "flows", "codes", "items", "critical_published"):
            lines = (DATA / f"{table}.tsv").read_text("utf-8").splitlines()[1:]
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            rows = database.execute(f"SELECT * FROM {table} ORDER BY place").fetchall()
            assert columns[0] == "place"
            assert [row[0] for row in rows] == list(range(len(lines)))
            if table != "stages":  # whose columns stand in another order
                assert [list(row[1:]) for row in rows] == [line.split("\t") for line in lines]


# --- the room for rounding: exactly five in a hundred ----------------------------------------


def figure(place, low, **cells):
    row = {"what": "production", "mineral": "gallium", "stage": "refining", "of": "world",
           "year": "2025", "source": "s", "unit": "t", "note": "", "place": place,
           "low": low, "high": low}  # fmt: skip
    return row | cells


@pytest.mark.parametrize("amount", ["95", "100", "105"])
def test_countries_within_five_in_a_hundred_of_the_world_balance(amount):
    check_nodes([figure("CN", amount), figure("world", "100")])


@pytest.mark.parametrize("amount", ["94.9", "105.1"])
def test_countries_farther_off_than_that_do_not(amount):
    told = rf"production of gallium at refining in 2025 \(s\) does not balance: .* to {amount} t"
    with pytest.raises(ValueError, match=told):
        check_nodes([figure("CN", amount), figure("world", "100")])


@pytest.mark.parametrize("note", ["no figure of Japan", "Japan is not read"])
def test_a_world_with_countries_held_back_may_be_larger_but_not_smaller(note):
    check_nodes([figure("CN", "10"), figure("world", "100", note=note)])
    with pytest.raises(ValueError, match="does not balance"):
        check_nodes([figure("CN", "106"), figure("world", "100", note=note)])


@pytest.mark.parametrize(
    "rows",
    [
        [figure("CN", "10")],
        [figure("world", "10")],
        [figure("CN", "1"), figure("world", "10", high="20")],
        [figure("CN", "1", source="a"), figure("world", "10", source="b")],
        [figure("CN", "1", year="2024"), figure("world", "10")],
        [figure("CN", "1", what="demand"), figure("world", "10", what="demand")],
        [figure("CN", "1", of="magnets"), figure("world", "10", of="magnets")],
    ],
    ids=["no world", "no country", "a range", "two sources", "two years", "a demand", "of a use"],
)
def test_what_is_not_one_published_node_is_not_compared(rows):
    check_nodes(rows)


def test_a_country_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="a country stands there twice"):
        check_nodes([figure("CN", "10"), figure("CN", "10"), figure("world", "20")])


def flow(to, low, **cells):
    row = {"mineral": "gallium", "stage": "refining", "from": "CN", "to": to, "year": "2025",
           "unit": "t", "measure": "quantity", "low": low}  # fmt: skip
    return row | cells


def test_what_leaves_may_be_five_in_a_hundred_more_than_the_largest_edition_has():
    made = [figure("CN", "80"), figure("CN", "100", source="b"), figure("CN", "60", source="c")]
    check_flows([flow("JP", "50"), flow("US", "55")], made)
    told = r"105\.1 t leave it, and it makes 100 t"
    with pytest.raises(ValueError, match=told):
        check_flows([flow("JP", "50"), flow("US", "55.1")], made)


def test_what_goes_to_countries_is_held_against_what_goes_to_the_world():
    check_flows([flow("world", "100"), flow("JP", "50"), flow("US", "55")], [])
    with pytest.raises(ValueError, match=r"105\.1 t leave it, and it sends to the world 100 t"):
        check_flows([flow("world", "100"), flow("JP", "50"), flow("US", "55.1")], [])


@pytest.mark.parametrize(
    "other",
    [
        flow("CN", "900"),  # it stays in the country
        flow("US", "900", measure="value"),
        flow("US", "900", unit="kg"),
        flow("US", "900", year="2024"),
        flow("US", "900", stage="wafer"),
        flow("US", "900", **{"from": "JP"}),
    ],
)
def test_other_flows_are_not_added_to_what_leaves(other):
    check_flows([flow("JP", "100"), other], [figure("CN", "100")])
