"""China's ordinary rates by code and day, and reading its schedule as people can download it."""

from __future__ import annotations

import csv
import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from detente.cli.main import main
from detente.duty.partner_line import partner_line
from detente.goods.codes import CodeError
from detente.goods.laying import ImportRefused
from detente.goods.lines import IncompleteCode
from detente.goods.partner_import import keep_schedule, read_schedule, split_name
from detente.goods.partner_search import search_partner
from detente.goods.partner_tariff import PartnerTariff, compiled_file, own_file, partner_tariff
from detente.goods.schedule import Schedule
from detente.store.files import open_read_only

FOLDER = "china/2026-11"
DAYS = ("2018-01-01", "2018-05-01", "2018-07-01", "2018-11-01", "2019-01-01")


@pytest.fixture(scope="module")
def tariff() -> PartnerTariff:
    return PartnerTariff(open_read_only(compiled_file("CN")))


def test_the_rate_of_cars_fell_from_25_to_15_percent_on_1_july_2018(tariff: PartnerTariff) -> None:
    before, after = (tariff.rate("87032361", day) for day in ("2018-06-30", "2018-07-01"))
    assert (before.percent, before.until) == ("25", "2018-07-01")
    assert (after.percent, after.start, after.state) == ("15", "2018-07-01", "exact")


def test_a_year_without_a_rate_is_never_filled_in_from_the_years_beside_it(
    tariff: PartnerTariff,
) -> None:
    assert [tariff.rate("87032361", f"{year}-07-01").state for year in (2017, 2020, 2024)] == [
        "none",
        "none",
        "none",
    ]


def test_the_rest_of_2019_and_the_subheadings_of_2025_are_about_right(
    tariff: PartnerTariff,
) -> None:
    for code, day in (("87032361", "2019-08-01"), ("01012900", "2025-08-01")):
        found = tariff.rate(code, day)
        assert found.state == "about"
        assert found.why


def test_lines_of_one_subheading_that_differ_are_a_range_and_not_a_mean(
    tariff: PartnerTariff,
) -> None:
    found = tariff.rate("030541", "2018-07-20")
    assert (found.state, found.percent) == ("range", "")
    assert found.by_line == (("03054110", "14"), ("03054120", "7"))


def test_a_rate_over_a_quota_and_a_duty_by_quantity_are_not_exact(tariff: PartnerTariff) -> None:
    assert "quota" in tariff.rate("10019900", "2018-07-20").why
    assert "quantity" in tariff.rate("02071200", "2018-07-20").why


def test_a_line_of_the_tariff_of_2026_goes_before_its_subheading_of_2025(
    tariff: PartnerTariff,
) -> None:
    """7502.10.90 has a provisional rate in 2026, which is the one that is applied."""
    found = tariff.rate("74081900", "2026-03-01")
    assert (found.state, found.percent) == ("exact", "4")


def test_the_value_added_tax_fell_twice(tariff: PartnerTariff) -> None:
    days = ("2018-04-30", "2018-05-01", "2019-04-01")
    general = [tariff.taxes("84713000", day)[-1].percent for day in days]
    reduced = [tariff.taxes("10019900", day)[-1].percent for day in days]
    assert (general, reduced) == (["17", "16", "13"], ["11", "10", "9"])


@pytest.mark.parametrize(
    ("text", "name", "percent"),
    [
        ("其他机织物 8", "其他机织物", "8"),
        ("破开的或打成的 6∆1", "破开的或打成的", "1"),
        ("其他三线或四线斜纹机织物， 包", "其他三线或四线斜纹机织物， 包", ""),
        ("塑料 6.5", "塑料", "6.5"),
    ],
)
def test_the_rate_stands_behind_the_name_and_a_provisional_one_behind_its_mark(
    text: str, name: str, percent: str
) -> None:
    assert split_name(text) == (name, percent)


def test_lines_read_out_of_the_pages_lose_no_line_and_invent_no_rate(tmp_path: Path) -> None:
    """A whole number 0 stands where a rate was lost, and a note repeats a code without one."""
    lines = [
        {"hs_code": "5301.2100", "name": "破开的或打成的 6∆1", "import_tariff": 0.0},
        {"hs_code": "5303.1000", "name": "生的或经沤制的黄麻及其他纺", "import_tariff": 0},
        {"hs_code": "7408.2210", "name": "所涉及的铜镍锌合金 3", "import_tariff": 0},
        {"hs_code": "7408.2100", "name": "铜锌合金 7", "import_tariff": 0.0},
        {"hs_code": "7408.2100", "name": "铜锌合金 8", "import_tariff": 0.0},
    ]
    file = tmp_path / "pages.json"
    file.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    read = read_schedule(file)
    assert [(line.code, line.percent) for line in read.lines] == [("53012100", "1")]
    assert read.without == ["53031000", "74082210"]
    assert read.conflicts == ["74082100"]


def test_a_table_in_chinese_is_read_in_either_encoding(tmp_path: Path) -> None:
    header = "进出口税则\n税则号列,货品名称,最惠国税率(%),暂定税率(%)\n"
    text = f"{header}0101.2900,其他马,10,\n53012100,亚麻,6,1\n"
    for encoding in ("utf-8", "gb18030"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(text.encode(encoding))
        assert [(line.code, line.percent) for line in read_schedule(file).lines] == [
            ("01012900", "10"),
            ("53012100", "1"),
        ]


def test_a_workbook_that_lost_the_zero_before_a_code_is_read(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["税号", "名称", "最惠国税率"], [1012900, "其他马", 10.0]):
        book.active.append(row)
    book.save(tmp_path / "tariff.xlsx")
    (line,) = read_schedule(tmp_path / "tariff.xlsx").lines
    assert line == ("01012900", "其他马", "10")


def test_a_file_without_a_rate_is_refused_with_what_it_needs(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="最惠国税率"):
        read_schedule(file)


def test_an_imported_schedule_goes_first_on_its_days_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    file = tmp_path / "tariff.csv"
    file.write_text("code,name,mfn\n87032361,小轿车,12\n", encoding="utf-8")
    keep_schedule("CN", "tariff-2021", "2021-01-01", "2022-01-01", read_schedule(file))
    held = partner_tariff("CN")
    assert held is not None
    found = held.rate("87032361", "2021-07-01")
    assert (found.state, found.percent, found.source) == ("exact", "12", "tariff-2021")
    assert held.name("87032361", "zh") == "小轿车"
    assert held.fullest_day() == "2019-06-13"  # one imported line is not the whole schedule
    assert held.rate("87032361", "2018-07-01").percent == "15"
    assert held.rate("87032361", "2022-01-01").state == "none"
    Path(own_file("CN")).unlink()
    again = partner_tariff("CN")
    assert again is not None
    assert again.rate("87032361", "2021-07-01").state == "none"


def test_the_fullest_day_is_the_last_from_which_every_line_is_held(tariff: PartnerTariff) -> None:
    day = tariff.fullest_day()
    assert day == "2019-06-13"
    assert len(tariff.lines("", day)) == 8542
    assert len(tariff.lines("", "2026-01-01")) < 100


def _reference() -> Path:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    return Path(folder) / FOLDER


@pytest.mark.once
@pytest.mark.reference
def test_every_line_of_the_table_has_its_rate_on_the_five_days(tariff: PartnerTariff) -> None:
    path = _reference() / "cn_mfn_2018_2019.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["flag"]]
    wrong = [
        (row["code"], day)
        for row in rows
        for day in DAYS
        if tariff.rate(row["code"], day).percent != row[f"mfn_{day.replace('-', '_')}"]
    ]
    assert wrong == []
    assert len(rows) == 11_776


@pytest.mark.reference
def test_the_page_of_2026_is_read_as_a_download_would_be() -> None:
    """64 lines, of which 13 lost their rate and 51 have one."""
    read = read_schedule(_reference() / "cn_mfn_2026_sample_hs8.csv")
    assert (len(read.lines), len(read.without), read.conflicts) == (51, 13, [])


def test_words_lead_to_lines_of_china_by_the_subheading_they_share(schedule: Schedule) -> None:
    hits = search_partner("CN", "soybeans", date(2026, 8, 1), 3, schedule)
    assert {hit["code"][:6] for hit in hits[:3]} <= {"120190", "120110"}
    (wine, *_) = search_partner("CN", "酿造的酒", date(2026, 8, 1), 3, schedule)
    assert wine["code"].startswith("2204")


def test_a_line_whose_rate_was_lost_is_not_spoken_for_by_the_lines_beside_it(
    tariff: PartnerTariff,
) -> None:
    """7410.12.10 and 7502.10.10 lost theirs on the page of 2026; the other lines pay 7 and 1."""
    for code, percent in (("741012", "7"), ("750210", "1")):
        found = tariff.rate(code, "2026-08-01")
        assert (found.state, found.percent) == ("about", percent)
        assert "not read" in found.why
        assert tariff.rate(f"{code}10", "2026-08-01").state == "none"


def test_lines_that_an_import_could_not_read_leave_their_subheading_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    lines = [
        {"hs_code": "8703.2361", "name": "小轿车 15", "import_tariff": 0.0},
        {"hs_code": "8703.2362", "name": "越野车，包括", "import_tariff": 0},
        {"hs_code": "8703.2341", "name": "小轿车 15", "import_tariff": 0.0},
        {"hs_code": "8703.2341", "name": "小轿车 20", "import_tariff": 0.0},
    ]
    file = tmp_path / "pages.json"
    file.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    keep_schedule("CN", "tariff-2021", "2021-01-01", "2022-01-01", read_schedule(file))
    held = partner_tariff("CN")
    assert held is not None
    assert held.rate("87032361", "2021-07-01").state == "exact"
    assert held.rate("87032362", "2021-07-01").state == "none"
    assert held.rate("87032341", "2021-07-01").state == "none"
    assert held.rate("870323", "2021-07-01").state == "about"


@pytest.mark.parametrize("code", ["0203", "02", "020"])
def test_a_code_wider_than_a_subheading_has_no_rate_and_is_refused(
    schedule: Schedule, code: str
) -> None:
    """0203.11 pays 20 percent and 0203.21 pays 12."""
    with pytest.raises(CodeError):
        partner_line("CN", code, "2026-08-01", schedule)


def test_the_refusal_of_a_heading_offers_its_subheadings(schedule: Schedule) -> None:
    with pytest.raises(IncompleteCode) as refused:
        partner_line("CN", "0203", "2026-08-01", schedule)
    offered = [each.code.digits for each in refused.value.candidates]
    assert offered == ["020311", "020312", "020319", "020321", "020322", "020329"]
    assert "Carcasses" in refused.value.candidates[0].text


@pytest.mark.parametrize("packed", [False, True])
def test_a_packed_table_is_read_as_the_table_is(tmp_path: Path, packed: bool) -> None:
    raw = "税则号列,货品名称,最惠国税率（%）,暂定税率（%）\n0203.29.00,其他,12,8\n".encode(
        "gb18030"
    )
    file = tmp_path / ("tariff.csv.gz" if packed else "tariff.csv")
    file.write_bytes(gzip.compress(raw) if packed else raw)
    assert [(line.code, line.percent) for line in read_schedule(file).lines] == [("02032900", "8")]


def test_one_of_two_imported_years_is_forgotten_and_the_other_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    for year, rate in (("2021", "12"), ("2022", "8")):
        file = tmp_path / f"tariff-{year}.csv"
        file.write_text(f"code,name,mfn\n02032900,其他,{rate}\n", encoding="utf-8")
        words = ["goods", "import", str(file), "--country", "CN", "--from", f"{year}-01-01"]
        assert main(words) == 0
    assert main(["goods", "editions"]) == 0
    told = capsys.readouterr().out
    assert "2022-01-01  tariff-2022" in told
    assert "imported, of CN: 1 line, to before 2023-01-01" in told
    assert main(["goods", "forget", "tariff-2021"]) == 2
    assert "add --to CN" in capsys.readouterr().err
    assert main(["goods", "forget", "tariff-2021", "--to", "CN"]) == 0
    held = partner_tariff("CN")
    assert held is not None
    assert held.rate("02032900", "2021-07-01").state == "none"
    assert held.rate("02032900", "2022-07-01").percent == "8"
    assert main(["goods", "forget", "tariff-2021", "--to", "CN"]) == 2
    assert "imported are: tariff-2022" in capsys.readouterr().err
    assert main(["goods", "forget", "tariff-2022", "--to", "CN"]) == 0
    assert not Path(own_file("CN")).exists()
