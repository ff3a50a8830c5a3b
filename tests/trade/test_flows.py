"""Flows as compiled: totals of the Census, partners, the pool of general rates."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.trade.compile import build_trade
from detente.trade.flows import Flows

TABLES = Path(__file__).resolve().parents[2] / "data" / "trade"


def test_imports_from_china_add_up_to_the_total_of_the_census(flows: Flows) -> None:
    lines = flows.lines("CN")
    value, duty = sum(line.value for line in lines), sum(line.duty for line in lines)
    assert len(lines) == 14_422
    assert value == 429_425_828_419
    assert duty == 46_661_215_871
    # 46.661 / 429.426 = 10.866%
    assert round(100 * duty / value, 3) == 10.866
    assert flows.total("CN") == value


def test_every_partner_has_lines_in_order_of_code(flows: Flows) -> None:
    partners = flows.partners()
    assert len(partners) == 51
    count = 0
    for partner in partners:
        codes = [line.code for line in flows.lines(partner.id)]
        assert codes == sorted(set(codes)), partner.id
        assert all(len(code) == 10 for code in codes), partner.id
        count += len(codes)
    assert count == 209_616


def test_a_country_is_served_by_its_own_partner_before_a_group(flows: Flows) -> None:
    german, slovak, fijian = (flows.partner_of(country) for country in ("DE", "SK", "FJ"))
    assert german is not None
    assert german.id == "EU"
    assert slovak is not None
    assert (slovak.id, slovak.within) == ("SK", "EU")
    assert fijian is None


def test_an_unknown_partner_is_an_error(flows: Flows) -> None:
    with pytest.raises(KeyError, match="XX"):
        flows.lines("XX")


def test_the_pool_holds_only_lines_on_which_duty_was_paid_at_general_rates(flows: Flows) -> None:
    pool = flows.equivalents()
    assert all(duty > 0 for _, duty in pool.values())
    code = "6403996075"  # footwear, 10%
    paid = [
        line
        for partner in flows.partners()
        if partner.general
        for line in flows.lines(partner.id)
        if line.code == code and line.duty
    ]
    assert pool[code] == (sum(line.value for line in paid), sum(line.duty for line in paid))


def test_chapters_of_2017_add_up_to_the_totals_of_the_census(flows: Flows) -> None:
    imports = flows.chapters("imports", "2017", "CN")
    exports = flows.chapters("exports", "2017", "CN")
    assert sum(imports.values()) == 503_651_580_046
    assert sum(exports.values()) == 129_997_227_243
    assert flows.chapters("imports", "2016", "CN") == {}


def test_compiling_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        build_trade(TABLES, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_row_with_a_cell_too_few_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "partners.tsv").write_text("partner\tcensus\nCN\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"partners\.tsv:2: 1 cell, but the header names 2"):
        build_trade(tmp_path, tmp_path / "out")
