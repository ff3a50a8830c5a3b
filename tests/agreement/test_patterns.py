"""Which cells a cause explains, to the last millionth, and how a table of rates is read."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest

from detente.agreement.answer import SHOWN, agree, cell_of
from detente.agreement.beside import codes_of
from detente.agreement.causes import Cause, explained
from detente.agreement.peer import Peer, of_lines, peer_of, read_peer
from detente.core.tables.reading import TableError
from detente.goods.schedule import Schedule
from detente.register.book import Register

CELL = {
    "row": 0, "code": "8507600010", "origin": "CN", "on": "2025-11-12", "family": "301",
    "theirs": 100_000, "ours": 250_000, "status": "open", "reason": "", "layers": "[]",
}  # fmt: skip


def cells(*rows: dict[str, object]) -> polars.DataFrame:
    whole = [CELL | row for row in rows]
    return polars.DataFrame(
        whole, schema_overrides={"theirs": polars.Int64, "ours": polars.Int64}
    )  # fmt: skip


def cause(name: str, families: tuple[str, ...] = ("301",), **pattern: str | list[str]) -> Cause:
    words = {
        key.rstrip("_"): tuple(value) if isinstance(value, list) else (value,)
        for key, value in pattern.items()
    }
    return Cause(name, "ours", families, "", "", (), words)


def fits(register: Register, pattern: dict[str, str | list[str]], **cell: object) -> bool:
    found = explained(register, cells(cell), [cause("it", **pattern)])
    return found["cause"].to_list() == ["it"]


@pytest.mark.parametrize("side", ["theirs", "ours"])
@pytest.mark.parametrize(
    ("word", "fitting", "others"),
    [
        # four digits are printed by most: up to 60 millionths beside the rate named
        ("0.25", [249_940, 250_000, 250_060], [249_939, 250_061]),
        ("1/3", [333_273, 333_333, 333_393], [333_272, 333_394]),
        ("above 0.25", [250_061, 900_000], [250_060, 250_000, 0]),
        ("below 0.25", [249_939, 0], [249_940, 250_000, 900_000]),
    ],
)
def test_a_rate_is_the_one_named_within_the_digits_that_are_printed(
    register: Register, side: str, word: str, fitting: list[int], others: list[int]
) -> None:
    for rate in fitting + others:
        assert fits(register, {side: word}, **{side: rate}) is (rate in fitting), rate


def test_a_rate_of_ours_that_is_not_known_is_a_pattern_of_its_own(register: Register) -> None:
    assert fits(register, {"ours": "unknown"}, ours=None)
    assert not fits(register, {"ours": "unknown"}, ours=0)
    # what cannot be told explains nothing
    for pattern in ({"ours": "0.25"}, {"our_rate": "lower"}, {"share": "0.5"}, {"ours": "above 0"}):
        assert not fits(register, pattern, ours=None)


@pytest.mark.parametrize(
    ("word", "theirs", "ours", "fitting"),
    [
        ("0.4", 100_000, 250_000, True),
        ("0.4", 100_060, 250_000, True),
        ("0.4", 99_940, 250_000, True),
        ("0.4", 100_061, 250_000, False),
        ("0.4", 99_939, 250_000, False),
        ("2/5", 100_000, 250_000, True),
        ("below 1", 1, 250_000, True),
        ("below 1", 0, 250_000, False),
        ("below 1", 250_000, 250_000, False),
        ("below 1", 249_999, 250_000, True),
    ],
)
def test_a_share_is_theirs_of_ours(
    register: Register, word: str, theirs: int, ours: int, fitting: bool
) -> None:
    assert fits(register, {"share": word}, theirs=theirs, ours=ours) is fitting


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ({"origins": ["CN", "HK"]}, {"origin": "HK"}, {"origin": "MO"}),
        ({"except_origins": ["CN", "HK"]}, {"origin": "MO"}, {"origin": "HK"}),
        ({"codes": ["8507.60", "9503"]}, {"code": "9503000073"}, {"code": "8507100000"}),
        ({"from": "2025-11-12"}, {"on": "2025-11-12"}, {"on": "2025-11-11"}),
        ({"until": "2025-11-12"}, {"on": "2025-11-11"}, {"on": "2025-11-12"}),
        ({"our_rate": "lower"}, {"theirs": 250_001}, {"theirs": 250_000}),
        ({"our_rate": "higher"}, {"theirs": 249_999}, {"theirs": 250_000}),
        ({"our_rate": ["lower", "higher"]}, {"theirs": 1}, {"theirs": 250_000}),
        ({"theirs": ["0.1", "0.2"]}, {"theirs": 200_000}, {"theirs": 300_000}),
        ({"measures": "us-232-steel"}, {"layers": '["us-232-steel"]'},
         {"layers": '["us-232-steel-derivatives"]'}),
        # every word of a pattern must fit
        ({"origins": "CN", "theirs": "0.1"}, {}, {"theirs": 200_000}),
    ],
)  # fmt: skip
def test_a_pattern_fits_where_one_of_its_words_does(
    register: Register,
    pattern: dict[str, str | list[str]],
    fitting: dict[str, object],
    others: dict[str, object],
) -> None:
    pattern = {"from_" if key == "from" else key: words for key, words in pattern.items()}
    assert fits(register, pattern, **fitting)
    assert not fits(register, pattern, **others)


def test_a_cause_explains_cells_of_its_families_alone(register: Register) -> None:
    found = explained(
        register,
        cells({"family": "base"}, {"family": "301"}, {"family": "232"}),
        [cause("it", ("base", "232"))],
    )
    assert found["cause"].to_list() == ["it", None, "it"]


def test_the_first_cause_that_fits_decides_and_the_columns_stay(register: Register) -> None:
    table = cells({}, {"row": 1, "origin": "HK"}, {"row": 2, "origin": "MO"})
    causes = [cause("first", origins="HK"), cause("second", origins=["CN", "HK"])]
    found = explained(register, table, causes)
    assert found["cause"].to_list() == ["second", "first", None]
    assert found.columns == [*table.columns, "cause"]
    assert found.drop("cause").equals(table)


def test_a_cell_follows_one_of_another_family_in_its_own_row(register: Register) -> None:
    table = cells({"family": "base"}, {"row": 1}, {"row": 0, "family": "total"})
    found = explained(register, table, [cause("it", ("301", "total"), follows="base")])
    assert found["cause"].to_list() == [None, None, "it"]


def test_a_list_is_looked_up_on_the_day_of_the_cell(register: Register) -> None:
    member = next(
        each for each in register.all_members()
        if each.list == "us-301-note-31b" and len(each.code) >= 8
    )  # fmt: skip
    table = cells(
        {"code": member.code.ljust(10, "0")}, {"code": "9999999999"},
        {"code": member.code.ljust(10, "0"), "on": "2017-01-01"},
    )  # fmt: skip
    found = explained(register, table, [cause("it", lists=["us-301-note-31b", "us-232-copper"])])
    assert found["cause"].to_list() == ["it", None, None]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ({"origins": "XX"}, "origins 'XX'"),
        ({"except_origins": "XX"}, "except_origins 'XX'"),
        ({"follows": "303"}, "follows '303'"),
        ({"asks": "colour"}, "asks 'colour'"),
        ({"measures": "us-303"}, "measures 'us-303'"),
        ({"our_rate": "equal"}, "our_rate 'equal'"),
    ],
)
def test_a_word_that_is_not_there_is_refused_with_its_cause(
    register: Register, pattern: dict[str, str | list[str]], told: str
) -> None:
    with pytest.raises(ValueError, match=f"the cause it names {told}, which is not there"):
        explained(register, cells({}), [cause("it", **pattern)])


def test_a_cell_is_shown_with_rates_in_full_and_without_what_it_lacks() -> None:
    assert cell_of(CELL | {"theirs": 75_500, "ours": None, "reason": "why"}) == {
        "code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "family": "301",
        "theirs": "0.0755", "ours": None, "status": "open", "reason": "why",
    }  # fmt: skip
    assert cell_of(CELL)["reason"] is None


# --- tables of rates ----------------------------------------------------------------------------

FAMILIES = ("301", "232", "base", "301_forced_labor")


def table(**columns: list[object]) -> polars.DataFrame:
    return polars.DataFrame(columns, strict=False)


def rates(*texts: object, percent: bool = False) -> list[int | None]:
    frame = table(code=["1"] * len(texts), origin=["CN"] * len(texts), base=list(texts))
    return peer_of(frame, "x", FAMILIES, "2026-01-01", percent).frame["base"].to_list()


@pytest.mark.parametrize(
    ("cell", "fraction", "percentage"),
    [
        ("0.25", 250_000, 2_500),
        ("25%", 250_000, 250_000),
        (" 3.4 % ", 34_000, 34_000),
        ("Free", 0, 0),
        ("free", 0, 0),
        ("0", 0, 0),
        ("1", 1_000_000, 10_000),
        ("", None, None),
        ("0.0000005", 0, 0),
        ("0.0000016", 2, 0),
        # 0.29 x 1,000,000 is 289,999.99… as a float, and is rounded
        ("0.29", 290_000, 2_900),
    ],
)
def test_a_rate_is_a_fraction_or_a_percentage_in_millionths(
    cell: str, fraction: int | None, percentage: int | None
) -> None:
    assert rates(cell) == [fraction]
    assert rates(cell, percent=True) == [percentage]


def test_numbers_of_a_typed_table_are_read_as_they_stand() -> None:
    assert rates(0.25, None, 0.0) == [250_000, None, 0]
    assert rates(25, 7, percent=True) == [250_000, 70_000]


@pytest.mark.parametrize(("texts", "line"), [(["x", "1"], 2), (["1", "", "1 %%x", "y"], 4)])
def test_the_first_cell_that_is_not_a_rate_is_named_with_its_line(
    texts: list[object], line: int
) -> None:
    with pytest.raises(TableError, match=f"line {line}: .* under base is not a rate"):
        rates(*texts)


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("HTS", "code"), ("hts_10", None), ("HTS8", "code"), ("HTS-Number", "code"),
        ("Country of Origin", "origin"), ("DATE", "on"), ("Day", "on"), ("Column 1", "base"),
        ("General", "base"), ("mfn_rate", "base"), ("rate_301", "301"), ("duty 232", "232"),
        ("Total ad valorem", "total"), ("Statutory-rate", "total"), ("rate", "total"),
        ("301 forced labor", "301_forced_labor"), ("remark", None),
    ],
)  # fmt: skip
def test_a_heading_means_the_column_that_it_is_called_elsewhere(
    heading: str, means: str | None
) -> None:
    named = {"code": "code", "origin": "origin", "base": "base", "on": "on"}
    others = [each for each in named if each != means]
    frame = table(
        **{each: ["2026-01-01"] for each in others if each not in ("base",)},
        **({} if means == "base" else {"base": ["0.1"]}),
        **{heading: ["2026-01-02" if means == "on" else "0.2"]},
    )
    peer = peer_of(frame, "x", FAMILIES)
    if means is None:
        assert peer.notes == (f"not compared: {heading}",)
    else:
        assert peer.notes == ()
        wanted = {"on": "2026-01-02", "code": "02", "origin": "0.2"}.get(means, 200_000)
        assert peer.frame[means].to_list() == [wanted]


@pytest.mark.parametrize(
    ("code", "digits"),
    [("8507.60.00.10", "8507600010"), ("8507600010.0", "8507600010"), (" 8507-60 ", "850760"),
     ("0101.21.0", "0101210")],
)  # fmt: skip
def test_a_code_is_its_digits_and_a_fraction_of_a_number_is_none(code: str, digits: str) -> None:
    peer = peer_of(table(code=[code], origin=["CN"], base=["0"]), "x", FAMILIES, "2026-01-01")
    assert codes_of(peer.frame) == [digits]


def test_families_stand_in_the_order_of_the_register_and_a_day_of_its_own_in_the_row() -> None:
    frame = table(total=["1"], base=["0"], on=["2026-01-02"], code=["1"], origin=["CN"], x=["y"])
    peer = peer_of(frame, "rates_2025-01-01.csv", ("301", "base"), "2026-01-01")
    assert peer.families == ("base", "total")
    assert peer.frame.columns == ["code", "origin", "on", "base", "total"]
    assert peer.frame["on"].to_list() == ["2026-01-02"]
    assert peer.notes == ("not compared: x",)


def test_the_day_of_a_file_is_that_of_its_name_unless_one_is_given() -> None:
    frame = table(code=["1", "2"], origin=["CN", "CN"], base=["0", "0"])
    named = peer_of(frame, "rates_2025-01-02.csv", FAMILIES)
    assert named.frame["on"].to_list() == ["2025-01-02"] * 2
    assert named.notes == ("the day 2025-01-02 is read off the name of the file",)
    given = peer_of(frame, "rates_2025-01-02.csv", FAMILIES, "2026-03-04")
    assert (given.frame["on"].to_list(), given.notes) == (["2026-03-04"] * 2, ())
    with pytest.raises(ValueError, match="rates_12025-01-02: no day: say of which day"):
        peer_of(frame, "rates_12025-01-02", FAMILIES)


def test_a_parquet_file_is_read_and_one_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rates_2025-01-02.parquet"
    table(code=[8507600010], origin=["CN"], base=[0.034]).write_parquet(path)
    peer = read_peer(path, FAMILIES)
    assert peer.frame.rows() == [("8507600010", "CN", "2025-01-02", 34_000)]
    assert peer.name == path.name
    path.write_text("no table")
    with pytest.raises(TableError, match="no Parquet file"):
        read_peer(path, FAMILIES)
    with pytest.raises(FileNotFoundError, match=r"gone\.parquet"):
        read_peer(tmp_path / "gone.parquet", FAMILIES)


def test_lines_in_words_may_name_different_columns() -> None:
    peer = of_lines(["code=1,origin=CN,base=1%", "code=2,origin=HK,301=2%"], FAMILIES, "2026-01-01")
    assert peer.frame.rows() == [
        ("1", "CN", "2026-01-01", None, 10_000), ("2", "HK", "2026-01-01", 20_000, None),
    ]  # fmt: skip
    assert (peer.name, peer.families) == ("rates", ("301", "base"))


def test_an_answer_lists_no_more_than_two_hundred_cells_and_a_file_all(
    register: Register,
) -> None:
    lines = [{"code": "9503000073", "origin": "CN", "on": "2026-01-01", "base": 10_000}] * 201
    peer = Peer("many", polars.DataFrame(lines), ("base",), ("a note",))
    found = agree(register, Schedule(), peer)
    assert len(found.answer["unexplained"]) == SHOWN == 200
    assert (found.answer["totals"]["unexplained"], found.cells.height) == (201, 201)
    assert (found.answer["status"], found.answer["notes"]) == ("differs", ["a note"])
    assert found.answer["totals"]["agreement"] == "0"


def test_the_first_and_the_last_day_are_those_whose_coverage_is_told(register: Register) -> None:
    for days in (["2026-01-01"], ["2026-01-02", "2026-01-01", "2026-01-03"]):
        frame = polars.DataFrame(
            [{"code": "9503000073", "origin": "Germany", "on": day, "base": 0} for day in days]
        )
        found = agree(register, Schedule(), Peer("x", frame, ("base",), ())).answer
        assert found["on"] == sorted(days)
        assert len(found["coverage"]) == min(2, len(days))
        assert [(row["origin"], row["cells"], row["equal"]) for row in found["rows"]] == [
            ("DE", len(days), len(days))
        ]
