"""Accounts of two countries and two sectors: every number that is made of them is done by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.impact.accounts.building import _elasticity, estimates, texts_of
from detente.impact.accounts.icio_file import IcioFile, divisions_of, is_icio, read_icio
from detente.impact.accounts.inter_country import OWN, Accounts, tables_of_accounts
from detente.impact.accounts.plain import (
    ordinary_of,
    scenario_shock,
    scenarios,
    sheets_of,
    tables_of,
)
from detente.impact.accounts.published import read_seven, read_wiod
from detente.impact.accounts.sheets import errors_of, number, read_sheet, shortened
from detente.impact.economy import PublishedYear, calibrate
from detente.impact.errors import ImpactError
from tests.impact.small_world import tables

AB = ("A", "B")


# --- tables of the OECD --------------------------------------------------------------------------


def icio(tmp_path: Path, text: str, name: str = "x.csv") -> IcioFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_icio(path)


def test_sales_go_where_row_and_column_say_and_parts_are_added(tmp_path: Path) -> None:
    found = icio(
        tmp_path,
        "V1,USA_A01_02,USA_C24A,CN1_A01_02,CN2_C24B,USA_HFCE,CHN_GGFC,OUT\n"
        "USA_A01_02,1,2,3,4,5,6,99\n"
        "USA_C24A,7,8,9,10,11,12,99\n"
        "USA_C24B,100,0,0,0,0,0,99\n"
        "CN1_A01_02,13,14,15,16,17,18,99\n"
        "CN2_C24A,19,20,21,22,23,24,99\n"
        "TLS,1,1,1,1,1,1,1\n",
    )
    accounts = found.accounts
    assert (accounts.countries, accounts.sectors) == (("USA", "CHN"), ("A01_02", "C24"))
    # from (country, sector) to (country, sector): both parts of metals of the United States in one
    assert accounts.inputs[0, 0].tolist() == [[1, 2], [3, 4]]
    assert accounts.inputs[0, 1].tolist() == [[107, 8], [9, 10]]
    assert accounts.inputs[1, 0].tolist() == [[13, 14], [15, 16]]
    assert accounts.inputs[1, 1].tolist() == [[19, 20], [21, 22]]
    assert accounts.final.tolist() == [[[5, 6], [11, 12]], [[17, 18], [23, 24]]]
    assert found.divisions == {"A01_02": ("01", "02"), "C24": ("24",)}
    assert found.notes == (
        "C24A, C24B are added together as C24.", "CN1, CN2 are added to their countries.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sector", "divisions"),
    [
        ("A01_02", ("01", "02")), ("C10T12", ("10", "11", "12")), ("C24A", ("24",)), ("T", ()),
        ("C302T309", ("30",)), ("B05_06", ("05", "06")), ("C16", ("16",)), ("C301", ("30",)),
    ],
)  # fmt: skip
def test_a_label_names_its_divisions(sector: str, divisions: tuple[str, ...]) -> None:
    assert divisions_of(sector) == divisions


@pytest.mark.parametrize("label", ["X9", "A1", "24", "C10-12", ""])
def test_what_is_no_label_of_a_sector_is_refused(label: str) -> None:
    with pytest.raises(ImpactError, match="is not a sector such as A01_02, C10T12, C24A or T"):
        divisions_of(label)


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("x.csv", "V1,USA_A01_02\n", True),
        ("x.CSV", "\ufeffV1,USA_C24A\n", True),
        ("x.txt", "V1,USA_A01_02\n", False),
        ("x.csv", "V1,USA_9\n", False),
        ("x.csv", "V1,USA\n", False),
        ("x.csv", "V1\n", False),
        ("x.csv", "", False),
    ],
)
def test_a_file_is_told_by_its_second_column(
    tmp_path: Path, name: str, text: str, is_one: bool
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert is_icio(tmp_path / name) is is_one


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("V1,USA_A01_02,USA_HFCE\nTLS,1,2\n", "has no row named COUNTRY_SECTOR"),
        ("V1,USA_A01_02,USA_HFCE\nUSA_A01_02,1,2\nUSA_A01_02,1,2\n", "a row stands twice"),
        ("V1,USA_A01_02\nUSA_A01_02,1\n", "no column of final uses, or none of inputs"),
        ("V1,USA_HFCE\nUSA_A01_02,1\n", "no column of final uses, or none of inputs"),
        ("V1,USA_A01_02,USA_HFCE\n\nUSA_A01_02,1,x\n", "line 3: a cell is not a number"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ImpactError, match=told):
        icio(tmp_path, text)


# --- what accounts come to -----------------------------------------------------------------------


def test_the_shares_of_accounts_are_done_by_hand() -> None:
    # from A and B (each of w and x) to A's w and x, and to B's
    inputs = np.zeros((2, 2, 2, 2))
    inputs[0, 0, 0] = [1, 2]
    inputs[0, 1, 0] = [3, 0]
    inputs[1, 0, 0] = [0, 4]
    inputs[1, 1, 1] = [5, 6]
    final = np.array([[[10.0, 20.0], [30.0, 0.0]], [[0.0, 40.0], [1.0, 50.0]]])
    built = tables_of_accounts(Accounts(AB, ("w", "x"), inputs, final), [3, 4])
    made = built.tables
    # sector, buyer, seller: all that A buys of w is 1 + 2 of inputs and 10 from itself, 4 from B
    assert made.flows[0].tolist() == [[13, 4], [20, 40]]
    assert made.flows[1].tolist() == [[33, 1], [0, 61]]
    # output: A's w 1+2+30, A's x 3+30, B's w 4+40, B's x 11+51; inputs bought: 4, 6, 5, 6
    assert made.value_added == pytest.approx(
        np.array([[1 - 4 / 33, 1 - 5 / 44], [1 - 6 / 33, 1 - 6 / 62]])
    )
    # country, input, sector: A's w takes 1 of w and 3 of x, its x takes 2 + 4 of w
    assert made.inputs[0] == pytest.approx(np.array([[1 / 4, 1], [3 / 4, 0]]))
    assert made.inputs[1].tolist() == [[0, 0], [1, 1]]
    assert made.final == pytest.approx(np.array([[10 / 41, 60 / 110], [31 / 41, 50 / 110]]))
    assert made.theta.tolist() == [3, 4]
    assert not made.tariff.any()
    assert built.notes == (
        "Tariffs of the base are zero: the accounts have none by sector and partner.",
    )


def test_what_cannot_be_is_mended_by_as_much_as_it_takes() -> None:
    inputs, final = np.zeros((2, 2, 2, 2)), np.full((2, 2, 2), 8.0)
    final[0, 0] = [-2.0, -1.0]  # A's w: nothing is left of it
    final[:, 1, 1] = 0.0  # nobody in B buys x
    inputs[1, 0, 1, 1] = 40.0  # B's x takes 40 and makes 8
    made, notes = tables_of_accounts(Accounts(AB, ("w", "x"), inputs, final), [3, 4])
    least = OWN * 56  # of the largest output: 40 + 8 + 8
    assert made.flows[0, 0].tolist() == pytest.approx([least, 8])
    assert made.flows[1, 1, 1] == pytest.approx(OWN * 8)  # of what A buys of it, at home
    assert made.value_added.tolist()[1] == pytest.approx([1, 0])  # B's x adds nothing
    assert made.inputs[0].tolist() == [[0.5, 0.5], [0.5, 0.5]]  # nothing is bought: any shares
    assert notes == (
        "Tariffs of the base are zero: the accounts have none by sector and partner.",
        "2 flows below zero (3 in all) are set to zero, such as what stocks lose.",
        "1 sectors of a country that sell nothing sell 5.6e-08.",
        "1 sectors of a country spend more on inputs than they make (the least -4.000 of output): "
        "value added is set to zero, inputs scaled.",
    )
    assert final[0, 0].tolist() == [-2, -1]  # the caller's own stay as they are


def test_accounts_of_another_shape_are_refused() -> None:
    with pytest.raises(ImpactError, match=r"need inputs of shape \(2, 1, 2, 1\) and final uses of"):
        tables_of_accounts(Accounts(AB, ("w",), np.ones((2, 1, 2, 2)), np.ones((2, 1, 2))), [4])
    with pytest.raises(ImpactError, match="accounts of 2 countries and 1 sectors"):
        tables_of_accounts(Accounts(AB, ("w",), np.ones((2, 1, 2, 1)), np.ones((2, 2, 2))), [4])


def test_an_elasticity_is_ones_own_that_of_the_divisions_or_of_a_pool() -> None:
    table = estimates()
    services, pooled = table["services"], table["manufacturing"]
    assert _elasticity((), None) == services
    assert _elasticity(("24",), None) == table["24"]
    assert _elasticity(("24", "no such"), None) == pooled
    pair = next(each for each in table if each.isdecimal() and table[each] != table["24"])
    assert _elasticity(("24", pair), None) == pooled
    # one's own has no error, and no draw below it, or below that of services
    assert _elasticity(("24",), 9.5) == (9.5, 0.0, services[2])
    assert _elasticity(("24",), services[2] / 2) == (services[2] / 2, 0.0, services[2] / 2)


# --- the plain layout ----------------------------------------------------------------------------


def plain(tmp_path: Path, texts: dict[str, str]) -> str:
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path)


def whole() -> PublishedYear:
    random = np.random.default_rng(3)
    return tables(7)._replace(
        final=random.dirichlet([1, 1], 3).T,
        income=random.uniform(1, 2, 3),
        groups=np.array([False, True, False]),
    )


def test_tables_written_down_are_read_again_in_twelve_digits(tmp_path: Path) -> None:
    before = whole()
    after = tables_of(sheets_of(plain(tmp_path, texts_of(before))))
    for field in PublishedYear._fields:
        one, other = getattr(before, field), getattr(after, field)
        if isinstance(one, tuple):
            assert one == other
        elif one.dtype == bool:
            assert one.tolist() == other.tolist()
        else:
            np.testing.assert_allclose(other, one, rtol=1e-11, err_msg=field)


def test_what_a_table_does_not_say_is_not_written(tmp_path: Path) -> None:
    bare = whole()._replace(final=None, income=None, groups=None, tariff=np.zeros((2, 3, 3)))
    assert set(texts_of(bare)) == {"sectors.csv", "flows.csv", "value_added.csv", "inputs.csv"}
    nothing = bare._replace(groups=np.zeros(3, dtype=bool))
    assert "places.csv" not in texts_of(nothing)
    read = tables_of(sheets_of(plain(tmp_path, texts_of(bare))))
    assert (read.final, read.income, read.groups) == (None, None, None)
    assert not read.tariff.any()
    grouped = texts_of(bare._replace(groups=np.array([False, True, False])))["places.csv"]
    assert grouped == "country,income,within\nC0,0,0\nC1,0,1\nC2,0,0\n"


def test_rows_and_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    texts = texts_of(whole())
    head, *rows = texts["flows.csv"].splitlines()
    texts["flows.csv"] = "\n".join([head, *reversed(rows)]) + "\n"
    columns = texts["value_added.csv"].splitlines()
    turned = [",".join([line.split(",")[0], *reversed(line.split(",")[1:])]) for line in columns]
    texts["value_added.csv"] = "\n".join(turned) + "\n"
    found = tables_of(sheets_of(plain(tmp_path, texts)))
    np.testing.assert_allclose(found.flows, whole().flows, rtol=1e-11)
    np.testing.assert_allclose(found.value_added, whole().value_added, rtol=1e-11)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("sectors.csv", "sector,theta", "sector,sigma", "the columns must be sector, theta"),
        ("places.csv", "country,income,within", "country,within,income", "columns must be country"),
        ("places.csv", "C1,1.", "C1,0,1\nC9,1.", "'C9' in the row C9 is unknown: known are C0, C1"),
        ("value_added.csv", "sector,C0", "sector,C9", "column 'C0' is unknown or missing"),
        ("value_added.csv", "S1,", "S9,", "'S9' in the row S9 is unknown: known are S0, S1"),
        ("inputs.csv", "C1,S1", "C1,S0", "C1, S0 stands twice"),
        ("final.csv", "S1,", "S1 ,", None),
    ],
)
def test_a_sheet_that_does_not_fit_names_what_it_lacks(
    tmp_path: Path, name: str, old: str, new: str, told: str | None
) -> None:
    texts = texts_of(whole())
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new, 1)
    place = plain(tmp_path, texts)
    if told is None:
        tables_of(sheets_of(place))
        return
    with pytest.raises(ImpactError, match=told):
        tables_of(sheets_of(place))


def test_a_row_that_is_left_out_is_zero_of_flows_and_missing_of_shares(tmp_path: Path) -> None:
    texts = texts_of(whole())
    without = [line for line in texts["flows.csv"].splitlines() if not line.startswith("S1,C2,")]
    found = tables_of(sheets_of(plain(tmp_path, texts | {"flows.csv": "\n".join(without) + "\n"})))
    assert found.flows[1, 2].tolist() == [0, 0, 0]
    lines = [line for line in texts["inputs.csv"].splitlines() if not line.startswith("C1,S1,")]
    with pytest.raises(ImpactError, match=r"inputs\.csv: the row C1, S1 is missing"):
        tables_of(
            sheets_of(plain(tmp_path, texts | {"inputs.csv": "\n".join(lines) + "\n"}))
        )  # fmt: skip
    some = texts["places.csv"].splitlines()
    some[2] = "C1,0,1"
    with pytest.raises(ImpactError, match="C1 has no income, and others do: give all or none"):
        tables_of(sheets_of(plain(tmp_path, texts | {"places.csv": "\n".join(some) + "\n"})))


def test_ordinary_tariffs_are_those_of_their_sheet_or_of_the_data(tmp_path: Path) -> None:
    texts = texts_of(whole())
    economy = calibrate(whole())
    assert ordinary_of(economy, {}) is economy.tau
    texts["ordinary.csv"] = "sector,importer,C0,C1,C2\nS1,C2,0.5,0,0\n"
    found = ordinary_of(economy, sheets_of(plain(tmp_path, texts)))
    assert found[1, 2].tolist() == [1.5, 1, 1]
    assert found.sum() == pytest.approx(18.5)


# --- scenarios of a table ------------------------------------------------------------------------


def shock(tmp_path: Path, text: str, name: str = "mine.csv") -> object:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return scenario_shock(calibrate(whole()), {}, str(tmp_path / name))


def test_later_rows_win_and_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    economy = calibrate(whole())
    found = scenario_shock(
        economy, {},
        plain(tmp_path, {"mine.csv": "sector,importer,exporter,tariff,iceberg,cap,value_cap\n"
                                     "*,C0,*,0.25,,,\n"
                                     "S1,C0,C1,,1.5,,\n"
                                     "S1,C0,C2,0.75,,0.5,\n"
                                     "S0,C2,C1,,,,0.125\n"}) + "/mine.csv",
    )  # fmt: skip
    tau = economy.tau.copy()
    tau[:, 0, 1:] = 1.25
    tau[1, 0, 2] = 1.75
    assert found.tau is not None
    assert found.iceberg is not None
    assert np.array_equal(found.tau, tau)
    assert np.argwhere(found.iceberg != 1).tolist() == [[1, 0, 1]]
    assert found.iceberg[1, 0, 1] == 1.5
    assert found.caps == ((1, 0, 2, 0.5, False), (0, 2, 1, 0.125, True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sector,importer,exporter,tariff\n*,C0,C0,1\n", "sales at home have no tariff and no cap"),
        ("sector,importer,exporter,tarif\n*,C0,C1,1\n", "column 'tarif' is not one of"),
        ("sector,importer,exporter,tariff\n*,C0,C1,\n", "changes nothing: every cell of numbers"),
        ("sector,importer,exporter,tariff\nS9,C0,C1,1\n", "row S9, C0, C1: no sector 'S9'"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ImpactError, match=told):
        shock(tmp_path, text)


def test_scenarios_are_named_without_their_prefix(tmp_path: Path) -> None:
    texts = texts_of(whole()) | {
        "scenario-up.csv": "sector,importer,exporter,tariff\n*,C0,C1,1\n", "other.csv": "x\n",
    }  # fmt: skip
    sheets = sheets_of(plain(tmp_path, texts))
    assert scenarios(sheets) == ("up",)
    economy = calibrate(whole())
    found = scenario_shock(economy, sheets, "up")
    assert found.tau is not None
    assert found.tau[:, 0, 1].tolist() == [2, 2]
    with pytest.raises(ImpactError, match="'down' is neither a scenario nor a file: up, or a CSV"):
        scenario_shock(economy, sheets, "down")
    with pytest.raises(ImpactError, match="none in this data, or a CSV file"):
        scenario_shock(economy, {}, "down")
    with pytest.raises(ImpactError, match="'nowhere' is neither a world at hand nor a folder"):
        sheets_of("nowhere")


# --- cells ---------------------------------------------------------------------------------------


def test_a_number_of_a_cell_is_finite_and_may_lack_only_where_that_is_said() -> None:
    assert number(" 1e3 ", "x") == 1000
    assert np.isnan(number(" ", "x", may_lack=True))
    for cell in ("", "inf", "nan", "1,5", "-inf"):
        with pytest.raises(ImpactError, match=r"^x: .* is not a number$"):
            number(cell, "x")
    assert shortened("a" * 80) == repr("a" * 80)
    assert shortened("a" * 81) == repr("a" * 80 + "…")
    with pytest.raises(ImpactError, match=f"x: '{'a' * 40}…' is not a number"):
        number("a" * 41, "x")


def test_a_sheet_of_errors_has_three_numbers_a_sector(tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"
    path.write_text("sector,estimate,error,least\nw,4,0.5,1\nx,5,0,2\n", encoding="utf-8")
    sheet = read_sheet(path)
    assert errors_of({"errors": sheet}) == {"w": (4, 0.5, 1), "x": (5, 0, 2)}
    assert errors_of({}) == {}
    with pytest.raises(ImpactError, match="must have the columns sector, estimate, error, least"):
        errors_of({"errors": sheet._replace(columns=("estimate", "least", "error"))})


# --- the two layouts of publications -------------------------------------------------------------


def test_the_long_layout_is_read_by_its_words_and_its_shares_are_made_whole(tmp_path: Path) -> None:
    pairs = [(i, n, j) for i in AB for n in AB for j in ("2", "10")]
    value = {key: float(at + 1) for at, key in enumerate(pairs)}
    rows = "".join(f"{i},{n},{j},{value[i, n, j]}\n" for i, n, j in reversed(pairs))
    rates = "".join(f"{i},{n},{j},{value[i, n, j] / 100}\n" for i, n, j in pairs)
    plain(tmp_path, {
        "TradeFlow2017.csv": f"iso_o,iso_d,indcode,tradevalue\n{rows}",
        "tariff_prewar2017.csv": f"iso_o,iso_d,indcode,AHS_simple\n{rates}",
        "vashare.csv": "iso_o,indcode,vashare\nA,2,0.5\nA,10,0.25\nB,2,0.75\nB,10,1\n",
        "IOshare.csv": "iso_o,input_ind,output_ind,valueshare\n" + "".join(
            f"{n},{k},{j},{share}\n" for n in AB for k, j, share in
            (("2", "2", 1), ("10", "2", 3), ("2", "10", 2), ("10", "10", 2))),
        "finalshare.csv": "iso_o,input_ind,finalshare\nA,2,1\nA,10,4\nB,2,2\nB,10,2\n",
        "cal_elasticities.csv": "industry,\\theta\n10,6\n2,5\n",
    })  # fmt: skip
    found = read_seven(tmp_path)
    assert (found.countries, found.sectors) == (AB, ("2", "10"))  # in order of number, not of text
    assert found.theta.tolist() == [5, 6]
    for at, j in enumerate(("2", "10")):
        # sector, buyer, seller
        assert found.flows[at].tolist() == [[value[i, n, j] for i in AB] for n in AB]
        assert found.tariff[at].tolist() == [[value[i, n, j] / 100 for i in AB] for n in AB]
    assert found.value_added.tolist() == [[0.5, 0.75], [0.25, 1]]
    assert found.inputs[0].tolist() == [[0.25, 0.5], [0.75, 0.5]]
    assert found.final is not None
    assert found.final.tolist() == [[0.2, 0.5], [0.8, 0.5]]


def test_the_matrix_layout_is_read_by_its_place_and_its_shares_are_made_whole(
    tmp_path: Path,
) -> None:
    plain(tmp_path, {
        "Din2014.txt": "1,3\n2,2\n1,1\n0,5\n",
        "tariffs2014.txt": "0.5,1.2\n1.1,1\n1,1\n1,1.5\n",
        "G.txt": "4,0\n1,2\n0,5\n0,5\n",
        "B.txt": "0.5,0.25\n1,0\n",
        "alphas.txt": "1,2\n3,-1\n",
        "VA_n.txt": "6\n7\n", "S_n.txt": "1\n3\n", "X0.txt": "8,9\n10,11\n",
        "bltau_draws.txt": "head\n-4 3\n-6 1\n",
    })  # fmt: skip
    economy, draws = read_wiod(tmp_path, AB)
    assert (economy.countries, economy.sectors) == (AB, ("01", "02"))
    assert economy.theta.tolist() == [5, 2]
    assert draws.tolist() == [[4, 3], [6, 1]]
    # by sector and importer, from either exporter
    assert economy.share.tolist() == [[[0.25, 0.75], [0.5, 0.5]], [[0.5, 0.5], [0, 1]]]
    # no tariff is below nothing
    assert economy.tau.tolist() == [[[1, 1.2], [1.1, 1]], [[1, 1], [1, 1.5]]]
    assert economy.value_added.tolist() == [[0.5, 0.25], [1, 0]]
    # country, input, sector: whole columns, less what value added takes; B's first buys nothing
    assert economy.inputs.tolist() == [[[0.4, 0], [0.1, 0]], [[0, 0.5], [0, 0.5]]]
    assert economy.final.tolist() == [[0.25, 1], [0.75, 0]]
    assert economy.income.tolist() == [6, 7]
    assert economy.deficit.tolist() == [1, -1]  # what is above or below the mean of 2
    assert economy.spending.tolist() == [[8, 9], [10, 11]]
