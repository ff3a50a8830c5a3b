from __future__ import annotations

import pytest

from detente.impact.accounts.layout import crosswalk, find_layout, read_layout
from detente.impact.accounts.plain import sheets_of, tables_of
from detente.impact.errors import ImpactError
from detente.trade.flows import Flows

NAMES = ("cp2015", "uschina2017", "wiod2014")
TEXT = (
    "kind\tname\tmembers\tnote\ntitle\tTwo\t\t\nyear\t2020\t\t\nclassification\tisic4\t\t\n"
    "country\tA\tUS\t\ncountry\tB\t*\t\nsector\tfarms\t01 02\t\nsector\trest\t\t\n"
)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_and_subheading_with_trade_has_a_sector_or_a_reason(name: str) -> None:
    flows, layout, table = Flows(), find_layout(name), crosswalk()
    codes = {flow.code for each in flows.partners() for flow in flows.lines(each.id)}
    codes |= set(flows.subheadings("2017"))
    left_out = {code[:2] for code in codes if layout.sectors_of((code,), table)[0] is None}
    assert left_out == {"97", "98", "99"} & {code[:2] for code in codes}
    goods = {layout.sectors_of((code,), table)[0] for code in codes} - {None}
    with_goods = {sector for sector, divisions in layout.sectors.items() if divisions}
    # No sector with divisions stays without a line.
    assert goods == with_goods


@pytest.mark.parametrize("name", NAMES)
def test_every_partner_of_the_flows_stands_behind_a_country(name: str) -> None:
    layout = find_layout(name)
    assert layout.country_of(("US",)) == ("USA",)
    assert layout.country_of(("CN",)) == ("CHN",)
    assert all(layout.country_of(each.countries) for each in Flows().partners())


def test_the_layout_of_the_built_in_data_has_its_countries_and_sectors_in_order() -> None:
    layout, tables = find_layout("cp2015"), tables_of(sheets_of("cp2015"))
    assert tuple(layout.countries) == tables.countries
    assert tuple(layout.sectors) == tables.sectors


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("8507600020", "electrical"),
        ("8471300100", "office"),
        ("7208101500", "basic-metals"),
        ("7308903000", "metal-products"),
        ("8703230190", "auto"),
        ("8701950000", "machinery"),
        ("2709001000", "mining"),
        ("2710191100", "petroleum"),
    ],
)
def test_goods_come_into_the_sector_that_makes_them(code: str, sector: str) -> None:
    assert find_layout("cp2015").sectors_of((code,), crosswalk())[0] == sector


def test_a_line_that_the_crosswalk_does_not_reach_is_an_error() -> None:
    with pytest.raises(ImpactError, match="no sector for the line 7700000000"):
        find_layout("cp2015").sectors_of(("7700000000",), crosswalk())[0]


def test_a_division_without_a_sector_is_an_error() -> None:
    table = crosswalk("code\tisic4\treason\n84\t28\tMachinery\n")
    with pytest.raises(ImpactError, match="of division 28 of isic4, and no sector"):
        read_layout(TEXT, "mine").sectors_of(("8401100000",), table)[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind\tname", "sort\tname", "the column kind is missing"),
        ("country\tB", "land\tB", "line 6: 'land' is none of"),
        ("country\tB", "country\tA", "line 6: the country A stands twice"),
        ("year\t2020\t\t\n", "", "has no row of the kind year"),
        ("rest\t\t", "rest\t02\t", "the division 02 is in the sectors farms and rest"),
        ("rest\t\t\n", "rest\n", "line 8: cells are missing"),
    ],
)
def test_a_layout_that_is_wrong_says_where(old: str, new: str, message: str) -> None:
    with pytest.raises(ImpactError, match=message):
        read_layout(TEXT.replace(old, new), "mine")


def test_data_without_a_layout_say_what_to_write() -> None:
    with pytest.raises(ImpactError, match=r"has no layout\.tsv"):
        find_layout("nowhere")
