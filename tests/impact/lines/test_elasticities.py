from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.impact.accounts.thetas import with_thetas
from detente.impact.accounts.worlds import open_world
from detente.impact.errors import ImpactError
from detente.impact.lines.elasticities import find_elasticities, read_elasticities


def file(folder: Path, text: str) -> Path:
    path = folder / "sigmas.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_built_in_table_is_that_of_three_digits() -> None:
    found = find_elasticities(None)
    assert len(found.table) == 168
    assert all(len(code) == 3 and sigma > 1 for code, sigma in found.table.items())


def test_one_number_serves_every_line() -> None:
    sigma, digits = find_elasticities("3").of_lines(("0101210010", "9999999999"))
    assert sigma.tolist() == [3, 3]
    assert digits.tolist() == [0, 0]


def test_the_longest_key_decides_then_the_mean_of_the_heading_then_the_median(
    tmp_path: Path,
) -> None:
    path = file(tmp_path, "hs6,sigma\n010121,2\n010129,4\n020110,9\n")
    sigma, digits = read_elasticities(path).of_lines(
        ("0101210010", "0101300000", "0102000000", "0300000000")
    )
    # 010121's own; heading 0101's mean (2 + 4) / 2; chapter 01's mean; the median of 2, 4, 9.
    assert sigma.tolist() == [2, 3, 3, 4]
    assert digits.tolist() == [6, 0, 0, 0]


def test_the_file_of_cepii_is_read_as_it_is_published(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "HS6,zero,positive,sigma\n10121,0,0,-3.5\n10129,1,0,\n10130,0,1,2.5\n",
    )
    found = read_elasticities(path)
    # Zeros in front come back; the elasticity of trade turns its sign.
    assert found.table == {"010121": 3.5}
    assert found.notes == (
        "Rows of sigmas.csv left out: 1 without a number and 1 of the wrong sign; such lines take "
        "the mean of their heading.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hs6,value\n010121,2\n", "line 1: no column of codes .* or of elasticities"),
        ("hs6,sigma\n010121,2\n010121,3\n", "line 3: the code 010121 stands twice"),
        ("hs6,sigma\n010121,-2\n", "line 2: sigma is -2"),
        ("hs6,sigma\n010121,two\n", "line 2: 'two' is not a number"),
        ("hs6,sigma\nabc,2\n", "line 2: 'abc' is not a code"),
        ("hs6,sigma\n0101210000,2\n", "line 2: '0101210000' has more than 6 digits"),
        ("hs6,sigma\n010121\n", "line 2: 1 cells, and the first line has 2"),
        ("hs6,sigma\n010121,\n", "has no row with an elasticity"),
    ],
)
def test_a_file_that_is_wrong_names_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImpactError, match=message):
        read_elasticities(file(tmp_path, text))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("0", "a sigma of 0 is none"),
        ("nan", "a sigma of nan"),
        ("no.csv", "is neither a number nor a file"),
    ],
)
def test_a_word_that_is_none_says_what_to_write(given: str, message: str) -> None:
    with pytest.raises(ImpactError, match=message):
        find_elasticities(given)


# --- ProTEE ---------------------------------------------------------------------------------------


def test_protee_is_at_hand_by_name_and_says_that_it_prints_no_errors() -> None:
    found = find_elasticities("protee")
    assert found.name == "ProTEE"
    assert len(found.table) == 4566
    assert "no standard errors" in found.notes[0]
    assert min(found.table.values()) > 0


@pytest.mark.reference
def test_the_table_at_hand_is_the_published_one_with_another_sign() -> None:
    reference = os.environ.get("DETENTE_REFERENCE")
    if not reference:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    own = find_elasticities("protee").table
    published = read_elasticities(Path(reference) / "econ/elasticities/ProTEE_0_1.csv").table
    assert own.keys() == published.keys()
    assert max(abs(own[code] / published[code] - 1) for code in own) < 1e-5


def test_thetas_of_a_world_are_means_over_products_with_the_error_of_the_mean() -> None:
    world, stated = with_thetas(open_world("icio2019"), "protee")
    at = world.economy.sector("A")
    # Divisions 01, 02 and 03 have 192, 12 and 37 products with 7.984, 17.51 and 13.99.
    mean = (192 * 7.984 + 12 * 17.51 + 37 * 13.99) / 241
    error = ((192 * 0.6488) ** 2 + (12 * 3.821) ** 2 + (37 * 2.083) ** 2) ** 0.5 / 241
    assert world.economy.theta[at] == pytest.approx(mean, rel=1e-4)
    assert world.sheets["errors"].numbers[3 * at + 1] == pytest.approx(error, rel=1e-4)
    assert "none is published" in stated[0]
    # A sector without goods keeps its own.
    services = world.economy.sector("K")
    assert world.economy.theta[services] == open_world("icio2019").economy.theta[services]


def test_a_source_of_elasticities_that_there_is_not_is_refused() -> None:
    with pytest.raises(ImpactError, match="own or protee"):
        with_thetas(open_world("icio2019"), "gtap")
