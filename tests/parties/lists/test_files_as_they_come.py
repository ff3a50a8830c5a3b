"""Files of lists as people have them: packed, in UTF-16, broken off, with odd days, of owners."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from detente.parties.lists.listed_days import is_day, period_of, with_days
from detente.parties.lists.lists import guess_format, read_list
from detente.parties.lists.model import ListedEntry, ListReading, Name
from detente.parties.lists.readers.packed import MOST_PACKED, SMALL
from detente.parties.ownership.file import read_all
from detente.parties.screening.importing import import_list
from detente.parties.screening.updating import from_folder

HEADER = "source,entity_number,name,addresses,alt_names,federal_register_notice,start_date"
ROW = '"Entity List (EL) - BIS",{0},{1},"1 Road, Zug, CH","","90 FR 1",{2}'
CSL = "\n".join([HEADER, ROW.format(1, "Zorblax AG", "2025-01-16"), ""])
LEIS = "549300ZORBLAX0000001", "549300ZORBLAX0000002"
RR = (
    "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
    "Relationship.RelationshipStatus,Relationship.RelationshipQuantifiers.1.QuantifierAmount\n"
    f"{LEIS[1]},{LEIS[0]},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,60\n"
)
LEI_XML = (
    '<?xml version="1.0"?><lei:LEIData xmlns:lei="http://x"><lei:LEIRecords>{0}</lei:LEIRecords>'
    "</lei:LEIData>"
)
RECORD = (
    "<lei:LEIRecord><lei:LEI>{0}</lei:LEI><lei:Entity><lei:LegalName>{1}</lei:LegalName>"
    "<lei:OtherEntityNames><lei:OtherEntityName>Zorb</lei:OtherEntityName></lei:OtherEntityNames>"
    "<lei:LegalAddress><lei:Country>CH</lei:Country></lei:LegalAddress></lei:Entity></lei:LEIRecord>"
)


def put(folder: Path, name: str, content: str, encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return str(path)


def archive(path: Path, **files: bytes) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return str(path)


def names(reading: ListReading) -> list[str]:
    return [entry.names[0].text for entry in reading.entries]


def test_a_list_in_utf_16_is_known_by_its_first_line(tmp_path: Path) -> None:
    path = put(tmp_path, "csl.csv", CSL.replace("Zorblax", "示例"), "utf-16")
    assert guess_format(path) == "csl-csv"
    assert names(read_list(path)) == ["示例 AG"]


def test_a_list_in_an_encoding_that_is_named_is_known_by_its_first_line_in_it(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, "csl.csv", CSL.replace("Zorblax", "示例"), "utf-16-le")
    assert names(read_list(path, None, "utf-16-le")) == ["示例 AG"]
    with pytest.raises(ValueError, match="the encoding 'klingon' is not known"):
        read_list(path, None, "klingon")


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_list_is_read_whatever_stands_between_its_cells(tmp_path: Path, between: str) -> None:
    # As trade.gov gives it with tabs, and a spreadsheet program saves it.
    path = tmp_path / "list.tsv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=between).writerows(csv.reader(CSL.splitlines()))
    found = read_list(str(path))
    assert (found.format, names(found)) == ("csl-csv", ["Zorblax AG"])
    assert found.entries[0].addresses == ("1 Road, Zug, CH",)


@pytest.mark.parametrize("name", ["list.zip", "list.csv.gz"])
def test_a_packed_list_is_read_as_the_file_in_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".zip"):
        archive(path, csl_csv=CSL.encode())
    else:
        path.write_bytes(gzip.compress(CSL.encode()))
    assert guess_format(str(path)) == "csl-csv"
    assert names(read_list(str(path))) == ["Zorblax AG"]


def test_what_is_wrong_within_a_packed_file_is_told_of_the_file_that_was_named(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"x,y\n1,2\n"))
    with pytest.raises(ValueError, match="is no list in a table") as refused:
        read_list(str(path), "csv")
    assert str(refused.value).startswith(f"{path} is no list")


def test_packed_holdings_listed_parties_and_companies_are_read_as_the_files_in_them(
    tmp_path: Path,
) -> None:
    texts = {
        "holdings.csv": "owner,owned,share\nA,示例,60\n",
        "seeds.csv": "id,list\nA,EL\n",
        "entities.json": '[{"id": "A", "name": "Zorblax", "country": "CN"}]',
    }
    packed = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        packed.append(path)
    read = read_all(*packed)
    assert [(row.owner, row.owned) for row in read.rows] == [("A", "示例")]
    assert [seed.place for seed in read.seeds] == [f"{packed[1]}:2"]
    assert read.entities["A"].name == "Zorblax"
    packed[0].write_bytes(gzip.compress(b"owner,owned,share\nA,B,-1\n"))
    with pytest.raises(ValueError, match="'-1' is not a share") as refused:
        read_all(*packed)
    assert str(refused.value).startswith(f"{packed[0]}, line 2")
    packed[0].write_bytes(gzip.compress(texts["holdings.csv"].encode()))
    with pytest.raises(ValueError, match="is no table of listed parties"):
        read_all(packed[0], packed[2])


def test_an_archive_of_several_files_or_a_damaged_one_says_what_to_do(tmp_path: Path) -> None:
    several = archive(tmp_path / "two.zip", a_csv=CSL.encode(), b_csv=CSL.encode())
    with pytest.raises(ValueError, match=r"holds 2 files \(a\.csv, b\.csv\): unpack it"):
        read_list(several)
    whole = Path(archive(tmp_path / "one.zip", a_csv=CSL.encode())).read_bytes()
    for broken in (whole[:60], whole[:40] + b"\0" * 40 + whole[80:]):
        path = tmp_path / "broken.zip"
        path.write_bytes(broken)
        with pytest.raises(ValueError, match="cannot be unpacked"):
            read_list(str(path))
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(CSL.encode() * 9)[:-12])
    with pytest.raises(ValueError, match="cannot be unpacked"):
        read_list(str(cut))


def test_what_programs_leave_in_an_archive_is_no_second_list(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("a/house.csv", "a/.DS_Store", "__MACOSX/a/._house.csv", "._x", "a/"):
            packed.writestr(name, "name\nZorblax\n")
    assert names(read_list(str(path))) == ["Zorblax"]


def test_an_archive_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = Path(archive(tmp_path / "list.zip", house_csv=b"name\nZorblax\n"))
    raw = bytearray(path.read_bytes())
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    raw[6] |= 1
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="is locked by a password: unpack it, and name the file"):
        read_list(str(path))


def packed_by_tar(content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as folder:
        told = tarfile.TarInfo("names.csv")
        told.size = len(content)
        folder.addfile(told, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("pack", "how"),
    [
        (bz2.compress, "bzip2"),
        (lzma.compress, "xz"),
        (lambda content: gzip.compress(gzip.compress(content)), "gzip twice"),
        (packed_by_tar, "tar"),
    ],
)
def test_what_is_packed_in_another_way_is_refused_as_what_it_is(
    tmp_path: Path, pack: Callable[[bytes], bytes], how: str
) -> None:
    path = tmp_path / "house.csv"
    path.write_bytes(pack(b"name,country\nZorblax,CH\n"))
    with pytest.raises(ValueError, match=rf"is packed \({how}\) in a way that is not read: unpack"):
        read_list(str(path))


def test_a_file_that_grows_beyond_all_lists_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.parties.lists.readers.packed.SMALL", SMALL // 64)
    bomb = archive(tmp_path / "bomb.zip", a_csv=b"name\n" + b"A" * (3 << 20))
    assert MOST_PACKED * Path(bomb).stat().st_size < (3 << 20)
    with pytest.raises(ValueError, match="unpacks to more than"):
        read_list(bomb, "csv")


def test_the_row_that_a_download_breaks_off_in_is_told_and_not_taken(tmp_path: Path) -> None:
    whole = CSL + ROW.format(2, "Acme AG", "2025-01-16") + "\n"
    path = put(tmp_path, "csl.csv", whole[: whole.index("Acme AG") + 3])
    reading = read_list(path)
    assert names(reading) == ["Zorblax AG"]
    assert reading.not_understood == ("line 3: fewer cells than columns: the file breaks off here",)
    short = CSL.replace('"90 FR 1",2025-01-16', '"90 FR 1"') + ROW.format(2, "Acme AG", "") + "\n"
    reading = read_list(put(tmp_path, "csl.csv", short))
    assert (names(reading), reading.not_understood) == (["Zorblax AG", "Acme AG"], ())
    assert reading.notes == (
        "1 row has fewer cells than columns, first line 2: what is lacking was read as empty",
    )


def test_a_row_that_is_cut_short_is_told_though_its_party_is_kept(tmp_path: Path) -> None:
    head = "id,schema,name,aliases,birth_date,countries,addresses,program_ids,last_change"
    whole = '"z-{0}","Company","Zorblax {0} AG","","","ch","Elm St","","2024-01-01"\n'
    cut = '"z-{0}","Company","Zorblax "{0}" AG","","","ch","Elm St"\n'
    text = head + "\n" + whole.format(1) + cut.format(2) + whole.format(3) + cut.format(4)
    reading = read_list(put(tmp_path, "targets.csv", text + whole.format(5)))
    assert reading.format == "targets"
    assert [name[:9] for name in names(reading)] == [f"Zorblax {at}" for at in range(1, 6)]
    assert reading.notes == (
        "2 rows have fewer cells than columns, first line 3: what is lacking was read as empty",
    )
    own = read_list(put(tmp_path, "own.csv", "name,countries,note\nAcme AG\nZorblax AG,CH,x\n"))
    assert names(own) == ["Acme AG", "Zorblax AG"]
    assert own.notes == (
        "1 row has fewer cells than columns, first line 2: what is lacking was read as empty",
    )


def test_a_row_without_the_cells_that_its_reader_needs_is_told_and_not_taken(
    tmp_path: Path,
) -> None:
    # An order that lacks its days would stand for ever, and the rest of it be a party of its own.
    head = "Name\tStreet_Address\tEffective_Date\tExpiration_Date\tFR_Citation\n"
    whole = "Zorblax AG\tElm St\t01/02/2020\t01/02/2021\t85 FR 1\n"
    text = head + "Acme AG\tElm\nSt\t01/02/2010\t01/02/2011\t75 FR 1\n" + whole
    reading = read_list(put(tmp_path, "dpl.txt", text))
    assert names(reading) == ["Zorblax AG"]
    assert reading.not_understood == (
        "line 2: fewer cells than columns", "line 3: fewer cells than columns",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2019", ("2019-01-01", "2020-01-01")),
        ("2019-05", ("2019-05-01", "2019-06-01")),
        ("2019-12", ("2019-12-01", "2020-01-01")),
        ("2019-13", None),
        ("0000", None),
        ("May 2019", None),
    ],
)
def test_a_year_or_a_month_is_a_period(text: str, found: tuple[str, str] | None) -> None:
    assert period_of(text) == found


def test_a_day_that_is_none_is_told_and_the_party_kept() -> None:
    def read(**days: str) -> tuple[Any, tuple[str, ...]]:
        entry = ListedEntry("EL", "1", (Name("Zorblax"),), **days)  # type: ignore[arg-type]
        reading = with_days(ListReading("csv", "", (entry,), 1))
        return reading.entries[0], reading.not_understood

    entry, faults = read(since="April", until="2026-02-30")
    assert (entry.since, entry.until) == ("", "")
    assert faults == (
        "Zorblax: since 'April' is not a day; the party is kept without",
        "Zorblax: until '2026-02-30' is not a day; the party is kept without",
    )
    entry, faults = read(since="2019", until="2021-03", suspended_from="2020")
    assert (entry.maybe_since, entry.since, entry.until) == (
        "2019-01-01", "2020-01-01", "2021-04-01",
    )  # fmt: skip
    assert (entry.suspended_from, faults) == ("2020-01-01", ())
    whole, faults = read(since="2019-05-16")
    assert (whole.since, whole.maybe_since, faults) == ("2019-05-16", "", ())
    assert not is_day("2025-W06-1")


def test_a_table_of_ones_own_may_write_its_columns_in_capitals(tmp_path: Path) -> None:
    path = put(tmp_path, "own.csv", "Name,SINCE,Remark\nZorblax,2025-01-01,x\n")
    reading = read_list(path)
    assert (names(reading), reading.entries[0].since) == (["Zorblax"], "2025-01-01")
    assert reading.not_understood == ("column 'Remark'",)


@pytest.mark.parametrize("content", [HEADER + "\n", CSL.replace("Zorblax AG", "")])
def test_a_file_that_gives_no_party_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    with pytest.raises(ValueError, match="holds no party to keep"):
        import_list(put(tmp_path, "csl.csv", content), None, "2026-08-20")


def download(folder: Path, day: str, **lists: int) -> None:
    rows = [
        {"id": f"{code}{at}", "source": f"{code} List ({code}) - X", "name": f"Zorblax {code} {at}"}
        for code, count in lists.items()
        for at in range(count)
    ]
    stated = {"search_performed_at": f"{day}T00:00:00+00:00", "results": rows}
    (folder / "consolidated.json").write_text(json.dumps(stated), "utf-8")


def test_an_update_tells_of_what_is_empty_missing_or_of_another_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "notes.md").write_bytes(b"")
    (folder / "sdn.csv").write_bytes(b"")
    download(folder, "2026-08-20", QQA=3, QQB=2)
    beside = folder / "consolidated.json.sha256"
    beside.write_text("0" * 64 + "  consolidated.json\n", "utf-8")
    wrong, empty = from_folder(str(folder))
    assert "which is not what consolidated.json.sha256 says" in wrong.refused
    assert (empty.file, "is empty" in empty.refused) == ("sdn.csv", True)
    digest = sha256((folder / "consolidated.json").read_bytes()).hexdigest()
    beside.write_text(f"{digest.upper()}  consolidated.json\n", "utf-8")
    taken, _ = from_folder(str(folder))
    assert (taken.refused, sorted(taken.changes)) == ("", ["QQA", "QQB"])
    beside.unlink()
    download(folder, "2026-08-21", QQA=3)
    missing, _ = from_folder(str(folder))
    assert missing.refused.startswith(
        "QQB is not in it, of which it had 2 entries for 2026-08-20. If the file is right"
    )


def test_owners_take_what_an_import_takes(tmp_path: Path) -> None:
    holdings = Path(put(tmp_path, "rr.csv", RR))
    level_1 = put(tmp_path, "lei.xml", LEI_XML.format(RECORD.format(LEIS[0], "Zorblax AG")))
    read = read_all(holdings, entities=Path(level_1))
    # Consolidation names no share: whatever it is, nothing is settled by it.
    (holding,) = read.rows
    assert (holding.owner, holding.owned) == (LEIS[0], LEIS[1])
    assert (holding.share.lo, holding.share.hi) == (0, 1)
    assert holding.source.startswith("gleif: consolidated")
    assert read.entities[LEIS[0]].name == "Zorblax AG"
    packed = tmp_path / "rr.zip"
    archive(packed, rr_csv=RR.encode())
    assert read_all(packed).rows == read_all(holdings).rows
    with pytest.raises(
        ValueError, match=r"list of parties \(csl-csv\), which says nothing of owners"
    ):
        read_all(Path(put(tmp_path, "csl.csv", CSL)))


def test_names_of_legal_entities_are_read_from_the_xml_form(tmp_path: Path) -> None:
    records = RECORD.format(LEIS[0], "Zorblax AG") + RECORD.format("short", "Acme AG")
    reading = read_list(put(tmp_path, "lei.xml", LEI_XML.format(records)))
    (entry,) = reading.entries
    assert (entry.list, entry.key, entry.countries) == ("LEI", LEIS[0], ("CH",))
    assert [name.text for name in entry.names] == ["Zorblax AG", "Zorb"]
    assert reading.not_understood == ("line 1 (short): no LEI or no name",)
