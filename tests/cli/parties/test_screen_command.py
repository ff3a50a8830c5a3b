from __future__ import annotations

import csv
import gzip
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest

from detente.cli.main import main
from detente.parties.lists.standing import UNKNOWN
from detente.parties.screening.list_coverage import screened
from detente.parties.screening.rows import OF_HIT
from detente.parties.screening.store import Screen


def test_a_screened_name_answers_with_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "Loongson Technology", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["name"] == "Loongson Technology"
    wanted = {"entry", "list", "name", "score", "why", "requirement", "policy", "source"}
    assert wanted <= set(result["hits"][0])


def test_a_file_comes_back_row_by_row_in_its_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,name,country\n7,Loongson Technology,CN\n8,Acme Bakery,US\n9,--,\n")
    assert main(["screen", "--file", str(source), "-o", str(target)]) == 0
    with open(target, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["status"]) for row in rows] == [
        ("7", "hit"),
        ("8", "partly"),
        ("9", "unresolved"),
    ]
    assert "3 rows: 1 hit, 1 partly, 1 unresolved" in capsys.readouterr().err


def test_a_row_with_other_cells_than_columns_is_told_and_the_next_are_screened(
    tmp_path: Path,
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name,country\nHytera\nAcme, Inc.,US\nLoongson Technology,CN\n")
    assert main(["screen", "--file", str(source), "-o", str(target)]) == 0
    with open(target, encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["country"], row["status"]) for row in csv.DictReader(file)]
    assert rows == [
        ("Hytera", "", "unresolved"),
        ("Acme", " Inc., US", "unresolved"),
        ("Loongson Technology", "CN", "hit"),
    ]


def test_more_hits_of_a_row_follow_in_columns_of_their_own(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name,city\nHuawei Technologies,Shenzhen\nAcme Bakery,\n")
    assert main(["screen", "--file", str(source), "-o", str(target), "--top", "3"]) == 0
    with open(target, encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    scores = [float(first[column]) for column in ("score", "score_2", "score_3")]
    assert scores == sorted(scores, reverse=True)
    assert first["entry_3"]
    assert first["why_3"]
    assert second["status"] == "partly"
    assert "DPL" in second["reason"]
    assert "EL 2026-07-31" in second["screened"]
    assert second["entry_3"] == ""


def test_a_file_without_names_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id\n1\n")
    assert main(["screen", "--file", str(source)]) == 2
    assert "no column `name`" in capsys.readouterr().err


def test_a_column_that_is_called_as_one_of_the_output_is_kept_under_another_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name,list,status,own_list\nHuawei,vip,new,x\n")
    assert main(["screen", "--file", str(source), "-o", str(target)]) == 0
    with open(target, encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["own_own_list"], row["own_status"], row["own_list"]) == ("vip", "new", "x")
    assert (row["status"], row["list"]) == ("hit", "EL")
    # And what was written can be screened again.
    assert main(["screen", "--file", str(target), "--columns", "name,status,own_status"]) == 0
    assert "Huawei,hit,new" in capsys.readouterr().out


def test_a_name_and_an_address_in_several_columns_of_a_file_are_read_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(
        "Name 1|Name 2|address 1|address 2|Consignee\nAcme|o/b/o Huawei Technologies|||Quux\n"
        "||803 Chevalier House|45-51 Chatham Rd S|\n"
    )
    columns = "status,list,Name 2"
    assert main(["screen", "--file", str(source), "--columns", columns]) == 0
    printed = capsys.readouterr()
    assert [each.split(",")[:2] for each in printed.out.splitlines()[1:]] == [["hit", "EL"]] * 2
    assert "Read as one: Name 1 + Name 2; address 1 + address 2." in printed.err
    assert "Screened, too: Consignee." in printed.err


def test_a_file_that_was_screened_is_asked_by_its_names_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, screened = tmp_path / "in.csv", tmp_path / "screened.csv"
    source.write_text("name\n@Huawei Technologies\n")
    assert main(["vendors", "screen", str(source), "-o", str(screened)]) == 0
    assert "'@Huawei" in screened.read_text()
    scores = []
    for each in (source, screened):
        capsys.readouterr()
        assert main(["screen", "--file", str(each), "--columns", "score,why"]) == 0
        scores.append(capsys.readouterr().out)
    assert scores[0] == scores[1]


def test_a_file_of_addresses_alone_is_screened_by_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text('Address\n"803 Chevalier House, 45-51 Chatham Rd S"\n5 Quux Road\n')
    assert main(["screen", "--file", str(source), "--columns", "status,list"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[1:] == ["hit,EL", "unresolved,"]
    assert "No column of names: screened by the addresses in Address." in printed.err
    assert main(["vendors", "screen", str(source)]) == 0
    printed = capsys.readouterr()
    assert "party EL-21e15bc8" in printed.out
    assert "2 rows, addresses in 'Address'" in printed.err
    assert main(["check", str(source), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parties"]["by_status"] == {
        "hit": 1, "unresolved": 1,
    }  # fmt: skip
    assert main(["lists", "diff", "--from-date", "2026-01-01", "--file", str(source)]) == 2
    assert "addresses alone, and changes are told by names" in capsys.readouterr().err


def test_further_names_of_the_parties_of_a_file_are_screened_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, again = tmp_path / "in.csv", tmp_path / "again.csv"
    source.write_text(
        "name,Alias,Owner,Ship-to Address\nZorbix,,7,\nQuux,Huawei Technologies,8,x\n"
    )
    assert main(["screen", "--file", str(source), "-o", str(again)]) == 0
    told = capsys.readouterr().err
    assert "Screened, too: Alias." in told
    assert "Not read: Ship-to Address. What stands there was not screened." in told
    without, found = csv.DictReader(again.read_text(encoding="utf-8-sig").splitlines())
    assert (without["status"], found["status"]) == ("partly", "hit")
    assert "in the column Alias: Huawei Technologies" in found["why"]
    # The listed name that an earlier screening found is none of the table's own.
    again.write_text(
        again.read_text(encoding="utf-8-sig").replace("Quux,Huawei Technologies", "Quux,")
    )
    assert main(["screen", "--file", str(again), "--json"]) == 0
    assert [row["status"] for row in json.loads(capsys.readouterr().out)["rows"]] == ["partly"] * 2


def test_a_sheet_and_a_formula_without_a_value_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, book = tmp_path / "in.xlsx", openpyxl.Workbook()
    for cells in (["name"], ["=A3"], ["Huawei"]):
        book.active.append(cells)
    book.create_sheet("Notes").append(["name"])
    book.save(source)
    assert main(["screen", "--file", str(source)]) == 2
    assert "(Sheet, Notes); name the one of the table with --sheet" in capsys.readouterr().err
    words = ["screen", "--file", str(source), "--sheet", "Sheet", "--columns", "status,reason"]
    assert main(words) == 0
    printed = capsys.readouterr()
    assert "unresolved,the cell of the name is a formula with no saved value" in printed.out
    assert "formulas was not saved (A2)" in printed.err


def test_a_file_says_what_follows_of_each_hit_where_that_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("name\nHuawei Technologies\nNobody Knows Ltd\n中芯国际\n", encoding="utf-8")
    line = ["screen", "--file", str(source), "--on", "2026-07-31", "-o", str(out)]
    assert main(line) == 0
    plain = out.read_text(encoding="utf-8-sig").splitlines()
    assert main([*line, "--follows", "--top", "2"]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    added = list(rows[0])[len(plain[0].split(",")) + len(OF_HIT) :]
    assert added == ["follows", "follows_2"]
    # What vendors are told, column for column.
    assert main(["vendors", "screen", str(source), "--on", "2026-07-31", "-o", str(out)]) == 0
    told = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["name"]: row["follows"] for row in told} == {
        row["name"]: row["follows"] for row in rows
    }
    assert rows[0]["follows"].startswith("EL: licence for all_items, presumption_of_denial; ")
    assert (rows[1]["follows"], rows[1]["follows_2"]) == ("", "")
    assert main(["screen", "Huawei", "--follows"]) == 2
    assert "`detente party`" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".zip"])
def test_a_text_in_gb18030_is_found_out_and_told_packed_or_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    raw = "name\n华为技术有限公司\n无人知晓的某家公司\n".encode("gb18030")
    source = tmp_path / f"in{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("partners.csv", raw)
    else:
        source.write_bytes(gzip.compress(raw) if suffix.endswith(".gz") else raw)
    assert main(["screen", "--file", str(source), "--columns", "name,status"]) == 0
    printed = capsys.readouterr()
    assert "华为技术有限公司,hit" in printed.out
    assert "read as GB18030" in printed.err
    # Where it is named nothing is guessed.
    assert main(["screen", "--file", str(source), "--encoding", "gb18030"]) == 0
    assert "read as" not in capsys.readouterr().err


def test_a_text_whose_encoding_is_another_is_asked_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("name\nMüller GmbH\nKöln AG\nGötz KG\n".encode("cp1252"))
    assert main(["screen", "--file", str(source)]) == 2
    assert "--encoding" in capsys.readouterr().err


def test_what_is_too_long_for_a_name_is_told_and_holds_nothing_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A cell of a damaged workbook: of 40,000 letters the nearest were looked for for minutes.
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"name\n{'A' * 40_000}\nHuawei Technologies\n", encoding="utf-8")
    assert main(["screen", "--file", str(source), "-o", str(out)]) == 0
    long, other = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert (long["status"], other["status"]) == ("unresolved", "hit")
    assert long["reason"].endswith("40,000 characters, is too long for a name: 1,000 at most")
    assert len(long["reason"]) < 200
    assert main(["screen", "A" * 1001]) == 2
    assert main(["party", "A" * 1001]) == 2
    assert "too long for a name" in capsys.readouterr().err


def test_lists_are_shown_with_their_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lists", "--json"]) == 0
    lists = {each["list"]: each for each in json.loads(capsys.readouterr().out)["lists"]}
    assert lists["EL"]["source_date"] == "2026-07-31"
    assert lists["EL"]["entries"] > 1000


def test_an_import_prints_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "mine.csv"
    source.write_text("name\nFrobnitz Works\n")
    assert main(["lists", "import", str(source), "--as-of", "2026-01-01"]) == 0
    assert "MINE: 1 added, 0 removed, 0 changed" in capsys.readouterr().out
    assert main(["lists", "import", str(source)]) == 2
    assert "--as-of" in capsys.readouterr().err


def test_one_name_loads_no_heavy_library() -> None:
    program = (
        "import sys\nfrom detente.cli.main import main\nmain(['screen', '华为技术有限公司'])\n"
        "print(*sys.modules, file=sys.stderr, sep='\\n')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in run.stderr.split()}
    assert not loaded & {"numpy", "polars", "rapidfuzz", "yaml"}


AT = "Room 803, Chevalier House, 45-51 Chatham Road South"
"""An address of the Entity List, as it is typed."""


def test_an_address_is_compared_with_listed_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "Kim Trading", "Acme Bakery", "--address", AT, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert [each["hits"][0]["entry"] for each in results] == ["Address 04", "Address 04"]
    assert main(["screen", "Kim Trading", "--address", "Room 9, Elsewhere House", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["hits"] == []


def test_an_address_beside_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("name\nAcme Bakery\n")
    assert main(["screen", "--file", str(source), "--address", AT]) == 2
    assert "a file has a column `address`" in capsys.readouterr().err


def test_a_recorded_screening_with_an_address_is_asked_again_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.parties.screening.since_recorded import recorded_screening, since_recorded
    from detente.store.ledger import Ledger

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    assert main(["screen", "Kim Trading", "--address", AT, "--record"]) == 0
    with Ledger() as ledger:
        found = since_recorded(recorded_screening(ledger), "2026-11-26")
    assert found["names"] == [], "the address is a hit then and now"


@pytest.mark.parametrize("day", ["2022-01-05", "2026-07-31", "2026-11-28"])
def test_each_list_is_named_once_with_the_days_through_which_it_was_read(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", "Acme Bakery", "--on", day]) == 0
    head, _, block = capsys.readouterr().out.partition("Lists, asked for ")
    assert head.startswith("Acme Bakery: ")
    lines = " ".join(block.split())
    found = screened(Screen(day, "2026-11-28"))
    for row in (*found.rows, *found.beside):
        assert len(re.findall(rf"(?<![\w-]){row['what']}(?![\w-])", lines)) == 1, row["what"]
        assert f"from {row['from']} on only" in lines or str(row["through"]) in lines
    assert ("only" in lines) == any(row["state"] in ("beyond", "unread") for row in found.rows)


def test_the_last_day_of_a_listing_is_told_and_not_the_first_without_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["screen", "Skydio", "--on", "2025-06-01"]) == 0
    out = capsys.readouterr().out
    # Off the list on 10 November 2025; back in force on 11 November 2026.
    assert "since 2025-03-04; listed through 2025-11-09" in out
    assert "suspended from 2025-05-14 through 2026-11-10" in out
    assert "until" not in out


def test_a_name_that_nobody_has_is_told_which_lists_are_held_in_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["screen", "UAB Urbo Bankas", "--on", "2026-07-31"]) == 0
    out = capsys.readouterr().out
    assert "UAB Urbo Bankas: partly screened, no hit in what was read" in out
    (part,) = [part for part in out.split("also, held in part") if "1286" in part]
    assert "CN-AFSL 2026-08-07" in part
    assert "no status rests on these: who is not found there is not cleared of them" in part
    # Removals before November 2025 do not bear on this day.
    assert "EL is held but for the text of 11 entries that are addresses.\n" in out


def test_an_address_alone_is_screened(capsys: pytest.CaptureFixture[str]) -> None:
    address = "Room 803, Chevalier House, 45-51 Chatham Road South, Tsim Sha Tsui"
    assert main(["screen", "--address", address, "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["name"], result["hits"][0]["entry"][:7]) == (address, "Address")
    assert main(["screen"]) == 2
    assert "--address" in capsys.readouterr().err


def test_options_of_a_file_are_refused_beside_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.csv"
    assert main(["screen", "Acme Bakery", "-o", str(target), "--sheet", "X"]) == 2
    assert "-o, --sheet: of a file alone" in capsys.readouterr().err
    assert not target.exists()


def test_rows_of_a_file_are_printed_and_written_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, table = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('name,status\nLoongson Technology,x\n"Acme ""Bakery""",y\nn/a,z\n')
    words = ["screen", "--file", str(source), "--top", "2"]
    assert main([*words, "-o", str(table)]) == 0
    with open(table, encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["rows"] == wanted
    assert printed["statuses"] == {"hit": 1, "partly": 1, "unresolved": 1}
    assert {"on", "notes", "coverage", "beside"} <= printed.keys()
    for more in ((), ("--columns", "name,status")):
        for target in (tmp_path / "o.json", tmp_path / "o.csv"):
            assert main([*words, "--json", "-o", str(target), *more]) == 0
            printed = json.loads(capsys.readouterr().out)
            if target.suffix == ".json":
                assert json.loads(target.read_text(encoding="utf-8")) == printed
            else:
                assert len(target.read_text(encoding="utf-8").splitlines()) == 4
            assert (list(printed["rows"][0]) == ["name", "status"]) == bool(more)
    source.write_text("name\n")
    assert main(["screen", "--file", str(source), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


@pytest.mark.parametrize("verb", ["screen", "again"])
def test_columns_of_a_screened_table_need_a_file(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Vendor\nAcme Bakery\n")
    assert main(["vendors", "screen", str(source), "--keep"]) == 0
    for columns in ("status", "foo"):
        assert main(["vendors", verb, str(source), "--columns", columns]) == 2
        assert "-o FILE writes: name a file" in capsys.readouterr().err


def piped(tmp_path: Path, body: bytes) -> Path:
    """A pipe through which a text comes once."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(body,), daemon=True).start()
    return path


def test_a_table_that_comes_through_a_pipe_is_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = piped(tmp_path, "name\n华为技术有限公司\n".encode("gb18030"))
    assert main(["screen", "--file", str(path), "--columns", "name,status"]) == 0
    assert capsys.readouterr().out.split() == ["name,status", "华为技术有限公司,hit"]
    path.unlink()
    path = piped(tmp_path, b"Vendor\nLoongson Technology\n")
    assert main(["vendors", "screen", str(path), "--keep"]) == 2
    assert "can be read once: save it, to keep it" in capsys.readouterr().err
    assert main(["vendors", "screen", str(path)]) == 0
    assert "1 rows, names in 'Vendor'" in capsys.readouterr().err
    path.unlink()
    path = piped(tmp_path, b"name,name\nAcme,Acme\n")
    assert main(["screen", "--file", str(path)]) == 2
    assert f"{path}: the column name stands twice" in capsys.readouterr().err


def test_rows_of_which_it_is_not_known_how_the_party_stands_are_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen()
    listed = (each for lists in screen.lists for _, each in lists.bodies())
    name = next(
        name
        for each in listed
        if screen.standing(each) == UNKNOWN
        for name in (each.names[0].text,)
        if name.isascii() and screen.standing(screen.parties(name)[0].entry) == UNKNOWN
    )
    source = tmp_path / "in.csv"
    source.write_text(f'name\n"{name}"\n"{name}, Inc"\nAcme Bakery\nLoongson Technology\n')
    assert main(["screen", "--file", str(source), "-o", str(tmp_path / "out.csv")]) == 0
    told = capsys.readouterr().err
    assert re.search(
        r"^2 rows without a hit may be a listed party, [12] by its very name", told, re.M
    )
    assert main(["screen", "--file", str(source), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["standing_unknown"] == 2
    source.write_text("name\nAcme Bakery\nLoongson Technology\n")
    assert main(["screen", "--file", str(source), "-o", str(tmp_path / "out.csv")]) == 0
    assert "how it stands" not in capsys.readouterr().err


def test_a_vendor_master_is_told_as_json_with_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "vendors.csv", tmp_path / "out.json"
    source.write_text("Vendor,Country\nLoongson Technology,CN\nAcme Bakery,US\n")
    assert main(["vendors", "screen", str(source), "--keep", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["status"] for row in told["rows"]] == ["hit", "partly"]
    assert told["statuses"] == {"hit": 1, "partly": 1}
    assert (told["column"], told["changed"]) == ("Vendor", None)
    assert {each["what"] for each in told["coverage"]} >= {"EL", "SDN"}
    again = ["vendors", "again", source.name, "-o", str(target), "--columns"]
    assert main([*again, "row,no_such_column"]) == 2
    assert not target.exists()
    assert main([*again, "row,Vendor"]) == 0
    told = json.loads(target.read_text(encoding="utf-8"))
    assert told["rows"][0] == {"row": 2, "Vendor": "Loongson Technology"}
    assert told["changed"] == []
