"""`detente check FILE`: each row has what the single questions say of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import detente
from detente.check import goods as made
from detente.check.job import read_file
from detente.check.parties import PlacedName, screen_names
from detente.cli.main import main

GOODS = """SKU,HTS Code,Country of Origin,Customs Value,Vendor,Vendor Country,Remarks
A1,8507.60.00.10,CN,"10,000",Huawei Technologies,CN,first
A2,9503.00.00.73,CN,$5000,Little Toy Works,HK,
A3,8112.92.10.00,CN,1000,,,
A4,1234,CN,80,Little Toy Works,HK,
"""
DAY = "2025-11-12"


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    path = tmp_path / "goods.csv"
    path.write_text(GOODS, encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, object]:
    assert main(["check", *map(str, words), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    from detente.core.tables.reading import read_table

    return read_table(path)[1]


def test_a_row_owes_what_the_question_about_it_says(
    goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    found = asked(capsys, goods, "--on", DAY, "-o", out)
    first = rows_of(out)[0]
    single = detente.duty("8507.60.00.10", origin="CN", on=DAY, value="10000")
    assert first["duty"] == single.total["amount"]
    assert first["status"] == single.status
    assert first["Remarks"] == "first", "columns that were not read are kept"
    assert found["rows"] == 4


def test_a_code_that_is_none_has_no_amount_and_is_counted(
    goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    found = asked(capsys, goods, "--on", DAY, "-o", out)
    last = rows_of(out)[3]
    assert (last["status"], last["duty"]) == ("unresolved", "")
    assert last["reason"]
    assert found["goods"]["by_status"]["unresolved"] == 1  # type: ignore[index]
    assert found["goods"]["without_amount"] == 1  # type: ignore[index]
    assert found["status"] != "ok"


def test_waiting_names_the_first_cheapest_day_and_the_one_that_ends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # On 30 October 2025 goods of China pay 20 points for fentanyl; from 10 November 10 points.
    path, out = tmp_path / "one.csv", tmp_path / "rows.csv"
    path.write_text("code,origin,value\n9503.00.00.73,CN,1000\n", encoding="utf-8")
    asked(capsys, path, "--on", "2025-10-30", "--ahead", "30", "-o", out)
    (row,) = rows_of(out)
    then = detente.duty("9503.00.00.73", origin="CN", on="2025-11-10", value="1000")
    now = detente.duty("9503.00.00.73", origin="CN", on="2025-10-30", value="1000")
    assert row["cheaper_from"] == "2025-11-10"
    assert float(row["rate_then"]) == float(then.total["ad_valorem"])
    assert float(row["saves_then"]) == float(now.total["amount"]) - float(then.total["amount"])


def test_nothing_is_cheaper_where_no_day_ahead_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "one.csv", tmp_path / "rows.csv"
    path.write_text("code,origin,value\n9503.00.00.73,CN,1000\n", encoding="utf-8")
    asked(capsys, path, "--on", DAY, "--ahead", "0", "-o", out)
    (row,) = rows_of(out)
    assert (row["cheaper_from"], row["saves_then"]) == ("", "")


def test_the_cheapest_origin_is_the_least_of_those_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "one.csv", tmp_path / "rows.csv"
    path.write_text("code,origin,value\n8507.60.00.10,CN,1000\n", encoding="utf-8")
    asked(capsys, path, "--on", DAY, "--origins", "VN,IN,JP", "-o", out)
    (row,) = rows_of(out)
    rates = {
        place: float(detente.duty("8507.60.00.10", origin=place, on=DAY).total["ad_valorem"])
        for place in ("VN", "IN", "JP")
    }
    assert row["cheapest_origin"] == min(rates, key=lambda place: rates[place])
    assert float(row["rate_there"]) == min(rates.values())


def test_names_are_screened_once_each_and_hits_are_told(
    goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    found = asked(capsys, goods, "--on", "2026-07-31", "-o", out)
    assert found["parties"]["names"] == 2  # type: ignore[index]
    assert found["status"] == "hit"
    rows = rows_of(out)
    assert rows[0]["screened"] == "hit"
    assert "Huawei" in rows[0]["listed"]
    assert rows[1]["screened"] != "hit"
    assert rows[2]["screened"] == "", "a row without a name says nothing of names"


@pytest.mark.parametrize("suffix", ["", ".md", ".xlsx"])
def test_why_rows_and_names_are_not_settled_is_told_with_how_many_they_are(
    suffix: str, goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    found = asked(capsys, goods, "--on", DAY, "-o", out)
    for part, status, reason in (
        ("goods", "status", "reason"),
        ("parties", "screened", "screened_because"),
    ):
        reasons: list[dict[str, object]] = found[part]["reasons"]  # type: ignore[index]
        assert reasons
        given = [row[reason] for row in rows_of(out) if row[status] not in ("ok", "hit", "clear")]
        assert {each["reason"] for each in reasons} == {each for each in given if each}
        counts = [each["count"] for each in reasons]
        assert counts == sorted(counts, reverse=True)  # type: ignore[type-var]
        shown = tmp_path / f"report{suffix}"
        assert (
            main(["check", str(goods), "--on", DAY, *(["-o", str(shown)] if suffix else ())]) == 0
        )
        text = capsys.readouterr().out
        if suffix == ".md":
            text = shown.read_text(encoding="utf-8")
        elif suffix:
            import fastexcel

            summary = fastexcel.read_excel(shown).load_sheet("Summary").to_polars()
            text = " ".join(map(str, summary["found"]))
        assert str(reasons[0]["reason"]) in " ".join(text.split())


def test_a_code_of_a_controlled_item_is_flagged(
    goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    asked(capsys, goods, "--on", DAY, "-o", out)
    rows = rows_of(out)
    assert "gallium" in rows[2]["controlled"].lower() or rows[2]["controlled"].startswith("CN ")
    assert rows[1]["controlled"] == ""


def test_reports_of_every_kind_are_written(
    goods: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("r.xlsx", "r.md", "r.csv", "r.parquet", "r.json"):
        assert main(["check", str(goods), "--on", DAY, "-o", str(tmp_path / name)]) == 0
    capsys.readouterr()
    import fastexcel

    book = fastexcel.read_excel(tmp_path / "r.xlsx")
    assert book.sheet_names[:2] == ["Summary", "Rows"]
    memo = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "8507.60.00.10" in memo
    assert "not legal advice" in memo


def test_a_file_in_gb18030_is_read_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "供应商.csv"
    path.write_bytes("供应商名称,国家\n中芯国际,CN\n".encode("gb18030"))
    found = asked(capsys, path, "--on", "2026-07-31")
    assert found["parties"]["hit"] == 1  # type: ignore[index]
    assert found["goods"] is None


def test_a_bad_file_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "bad.csv", tmp_path / "out.csv"
    path.write_text("code,origin,on\n8507.60.00.10,CN,yesterday\n", encoding="utf-8")
    assert main(["check", str(path), "-o", str(out)]) == 2
    assert "row 1: 'yesterday' is not a day" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("word", "value", "near"),
    [("--origins", "VMN", "VMN"), ("--facts", "postel=true", "postal")],
)
def test_a_word_that_nobody_knows_is_refused_and_not_passed_over(
    goods: Path, capsys: pytest.CaptureFixture[str], word: str, value: str, near: str
) -> None:
    assert main(["check", str(goods), word, value]) == 2
    assert near in capsys.readouterr().err


def test_a_name_is_screened_once_and_a_hit_is_told_with_all_its_lists() -> None:
    names = [PlacedName("Huawei Technologies", "CN"), PlacedName("Little Toy Works")]
    names.append(names[0])
    read = screen_names(names, DAY, DAY)
    assert list(read.found) == names[:2]
    (hit, _) = read.found.values()
    answer = detente.screen("Huawei Technologies", country="CN", on=DAY)
    first = answer.results[0]["hits"][0]
    assert hit[0] == "hit"
    assert hit[2].startswith(f"{first['entry']} (")
    assert read.found[names[1]][2] == ""
    assert read.coverage == answer.coverage
    assert screen_names([], DAY, DAY) == ({}, [])


def test_where_goods_come_from_decides_what_stands_beside_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ("8112.92.10", "China", "CN gallium-metal", ""),
        ("8112.92.10", "DE", "", ""),
        ("1201.90.00", "CA", "", ""),
        ("1201.90.00", "US", "", ""),
        ("8703.23.01", "JP", "", "us-connected-vehicles"),
        ("5201.00.14", "CN", "", "us-uflpa"),
        ("9403.60.80", "VN", "", ""),
    ]
    path, out = tmp_path / "goods.csv", tmp_path / "rows.csv"
    path.write_text("\n".join(["code,origin", *(f"{code},{of}" for code, of, _, _ in rows)]))
    found = asked(capsys, path, "--on", "2026-07-01", "-o", out)
    for row, (code, of, controlled, touched) in zip(rows_of(out), rows, strict=True):
        assert row["controlled"].startswith(controlled), (code, of)
        assert bool(row["controlled"]) == bool(controlled), (code, of)
        assert row["touched"] == touched, (code, of)
    goods = found["goods"]
    assert (goods["controlled"], goods["touched"]) == (1, 2)  # type: ignore[index]
    assert [(each["measure"], each["rows"]) for each in goods["touches"]] == [  # type: ignore[index]
        ("us-connected-vehicles", 1),
        ("us-uflpa", 1),
    ]
    notes = " ".join(found["notes"])  # type: ignore[arg-type]
    assert "Goods of any code of China, Hong Kong or Macau: Was it made wholly or in part" in notes


def test_what_is_stated_of_a_row_is_not_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("code,origin\n5201.00.14,CN\n")
    fact = ("--facts", "made_in_xinjiang=false")
    found = asked(capsys, path, "--on", "2026-07-01", *fact)
    assert found["goods"]["touches"] == []  # type: ignore[index]
    assert "Goods of any code" not in " ".join(found["notes"])  # type: ignore[arg-type]


def test_a_name_is_screened_with_the_country_of_its_party() -> None:
    names = [PlacedName("Huawei Technologies", place) for place in ("CN", "Atlantis")]
    known, unknown = (screen_names(names, DAY, DAY).found[each] for each in names)
    assert known[0] == "hit"
    assert (known[1], unknown[0]) == ("", "hit")
    assert "'Atlantis'" in unknown[1]
    assert "screened without a country" in unknown[1]


@pytest.mark.parametrize("suffix", ["csv", "md"])
def test_rows_are_screened_by_their_addresses_as_a_table_of_vendors_is(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "Room 803, Chevalier House, 45-51 Chatham Road South"
    path, out = tmp_path / "v.csv", tmp_path / f"out.{suffix}"
    path.write_text(
        f'Vendor,Country,Address 1,Address 2\nKim Trading,HK,"{at}",Tsim Sha Tsui\n'
        f'Kim Trading,HK,5 Long Road,\n,HK,"{at}",\n,HK,5 Long Road,\n,,,\n'
    )
    found = asked(capsys, path, "--on", "2026-07-31", "-o", out)
    hits = found["parties"]["hits"]  # type: ignore[index]
    assert [(each["name"], each["address"], each["listed"]) for each in hits] == [
        ("Kim Trading", f"{at}, Tsim Sha Tsui", "Address 04 (EL)"),
        ("", at, "Address 04 (EL)"),
    ]
    if suffix == "md":
        assert f"| {at} | HK | Address 04 (EL) |" in out.read_text()
        return
    rows = rows_of(out)
    assert [each["screened"] for each in rows] == ["hit", "partly", "hit", "unresolved", ""]
    assert rows[2]["listed"] == f"{at}: Address 04 (EL)"
    assert main(["vendors", "screen", str(path), "-o", str(out), "--on", "2026-07-31"]) == 0
    vendors = {each["row"]: each["status"] for each in rows_of(out)}
    assert [vendors[str(row)] for row in range(2, 6)] == ["hit", "partly", "hit", "unresolved"]


def test_a_table_that_was_screened_has_its_names_as_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, screened = tmp_path / "vendors.csv", tmp_path / "screened.csv"
    source.write_text("Vendor\n=Huawei Technologies\n'n Quux Pottery\n")
    assert main(["vendors", "screen", str(source), "-o", str(screened)]) == 0
    capsys.readouterr()
    assert "'=Huawei" in screened.read_text()
    parties = asked(capsys, screened)["parties"]
    assert [each["name"] for each in parties["hits"]] == ["=Huawei Technologies"]  # type: ignore[index]
    read = read_file(screened).rows
    assert {each["Vendor"] for each in read} == {"=Huawei Technologies", "'n Quux Pottery"}


def test_further_names_are_screened_with_the_column_of_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "vendors.csv"
    source.write_text(
        "Vendor Name,DBA,Importer,Notes\nZorbix,Huawei Technologies,Quux,Huawei\nQuux,n/a,,SMIC\n"
    )
    found = asked(capsys, source)
    assert "DBA, Importer: the names that stand there were screened" in " ".join(found["notes"])  # type: ignore[arg-type]
    meant = {each["column"]: each["meaning"] for each in found["columns"]}  # type: ignore[attr-defined]
    assert (meant["DBA"], meant["Notes"]) == ("further_name", None)
    out = tmp_path / "out.csv"
    assert main(["check", str(source), "-o", str(out)]) == 0
    first, second = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert first["listed"].startswith("Huawei Technologies (DBA): Huawei")
    assert second["screened"] == "partly", "what is no name says nothing of the party"
    capsys.readouterr()
    said = asked(capsys, source, "--column", "DBA=-", "--column", "Importer=-")
    assert said["status"] == "partly"
    goods = tmp_path / "goods.csv"
    goods.write_text("code,origin,Parent Company\n8507.60.00.10,CN,Huawei Technologies\n")
    told = "Parent Company: what stands there was not screened"
    assert told in " ".join(asked(capsys, goods)["notes"])  # type: ignore[arg-type]


def test_a_subsidiary_is_told_as_related_in_every_form_of_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text("supplier\nRosneft Deutschland GmbH\nPlain Toys of Ohio\n", encoding="utf-8")
    out, memo = tmp_path / "rows.csv", tmp_path / "memo.md"
    found = asked(capsys, path, "--on", "2026-07-31", "-o", out)
    subsidiary, stranger = rows_of(out)
    assert (subsidiary["screened"], subsidiary["listed"]) != ("hit", "")
    assert "ROSNEFT" in subsidiary["related"].upper()
    assert stranger["related"] == ""
    parties = found["parties"]
    assert parties["related"] == len(parties["related_to"]) == 1  # type: ignore[index]
    assert main(["check", str(path), "--on", "2026-07-31", "-o", str(memo)]) == 0
    assert "Related to listed parties, which is no hit: 1 name" in capsys.readouterr().out
    assert "Rosneft Deutschland GmbH" in memo.read_text(encoding="utf-8")


def test_a_listed_name_is_related_to_those_that_its_list_prints_with_it() -> None:
    # Of a name with a hit too: the lists print Huawei's affiliates, which it is not.
    name = PlacedName("Huawei Cloud Computing Technologies Co., Ltd.", "CN")
    found = screen_names([name], DAY, DAY).found[name]
    assert "HUAWEI" in (found.listed + found.related).upper()


@pytest.mark.parametrize("more", [(), ("--scenario", "threat-100"), ("--facts", "auto_part=false")])
def test_few_rows_are_told_the_same_as_lists_and_as_a_frame(
    more: tuple[str, ...],
    goods: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    found = []
    for most in (made.LISTED, 0):
        monkeypatch.setattr(made, "LISTED", most)
        out = tmp_path / f"{most}.csv"
        found.append((asked(capsys, goods, "--on", DAY, "-o", out, *more), out.read_bytes()))
    assert found[0] == found[1]
