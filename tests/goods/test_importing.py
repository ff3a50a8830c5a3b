"""Editions that a user adds: read, checked, laid over the built-in ones, and taken away again."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.core.tables.tsv import read_tsv
from detente.goods import export, importing, laying, schedule
from detente.goods.changes import changes_of
from detente.goods.compile import build_goods
from detente.goods.export import ExportError, WordGroups, read_export
from detente.goods.importing import added, held_editions, name_of, read_imported, store
from detente.goods.laying import Imported, ImportRefused
from detente.goods.lines import Edition, UnknownCode
from detente.goods.schedule import Schedule
from detente.goods.search import search
from tests.goods.conftest import TABLES
from tests.small_schedule import (
    BASE,
    FIRST_DAY,
    NEXT_DAY,
    Printed,
    entries,
    page,
    small_base,
    write_csv,
    write_json,
)

EARLY, LATE = date.fromisoformat(FIRST_DAY), date.fromisoformat(NEXT_DAY)
SODIUM = Printed("8507.60.00.20", 2, "Of sodium salts", ("No.", "kg"))
NEW_HEADING = Printed("9903.99.02", 0, "More articles", (), "The applicable duty + 5%")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small schedule in the place of the built-in one, and a folder for the user's own file."""
    file = small_base(tmp_path / "base")
    use(file, monkeypatch)
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return file


def use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (schedule, importing, laying):
        if hasattr(module, "COMPILED"):
            monkeypatch.setattr(module, "COMPILED", str(file))


def edition(folder: Path, rows: list[Printed], name: str = "second", day: date = LATE) -> Imported:
    return read_imported(write_json(folder / f"{name}.json", rows), name, day)


def home_files(tmp_path: Path) -> list[str]:
    home = tmp_path / "home"
    return sorted(each.name for each in home.iterdir()) if home.exists() else []


def test_an_imported_edition_answers_from_its_day_on_and_says_so(
    base: Path, tmp_path: Path
) -> None:
    dearer = Printed("8507.80.40.00", 2, "Of zinc", ("No.",), "6%", "", "35%")
    store([edition(tmp_path, page(SODIUM, dearer, NEW_HEADING))])
    mine = Schedule()
    assert [each.id for each in mine.editions] == ["first", "second"]
    assert mine.line("8507.80.40.00", EARLY).general == "2%"
    assert mine.line("8507.80.40.00", EARLY).notes == ()
    line = mine.line("8507.80.40.00", LATE)
    assert line.general == "6%"
    assert line.path == ("Electric batteries", "Of other metals")
    assert line.notes == (
        "From an imported edition: second, used from 2026-07-01. Read from second.json; the day "
        "was given on import, and later editions are not at hand.",
    )
    assert mine.line("8507.60.00.20", LATE).general == "3.4%"
    with pytest.raises(UnknownCode):
        mine.line("8507.60.00.20", EARLY)
    assert [each.code for each in mine.base_lines(LATE)] == [
        "85076000",
        "8507600010",
        "8507600020",
        "8507600090",
        "8507804000",
        "8507808000",
    ]
    assert [each.heading for each in mine.headings(mine.editions[-1])] == [
        "9903.99.01",
        "9903.99.02",
    ]
    assert [hit.code.digits for hit in search(mine, "sodium", LATE)] == ["8507600020"]
    assert search(mine, "sodium", EARLY) == ()


def test_without_an_import_the_built_in_schedule_answers(base: Path, tmp_path: Path) -> None:
    assert Schedule().imported_sha256 == ""
    assert [each.id for each in Schedule().editions] == ["first"]
    assert home_files(tmp_path) == []


def test_codes_move_between_the_last_edition_and_the_new_one(base: Path, tmp_path: Path) -> None:
    # The statistical line for houses is divided; the rate line of zinc gets another number.
    rows = page(
        Printed("8507.60.00.91", 2, "For houses, large", ("No.", "kg")),
        Printed("8507.80.45.00", 2, "Of zinc", ("No.",), "2%", "", "35%"),
        without=("8507.60.00.90", "8507.80.40.00"),
    )
    store([edition(tmp_path, rows)])
    mine = Schedule()
    moves = {
        (each.from_code, each.to_code, each.grade) for each in mine.moves_into(mine.editions[1])
    }
    assert ("8507600090", "8507600091", "line") in moves
    assert ("85078040", "85078045", "likely") in moves
    assert [each.to_code for each in mine.successors("85078040")] == ["85078045"]
    assert [each.from_code for each in mine.predecessors("8507600091")] == ["8507600090"]


def test_what_changed_is_counted_by_kind(base: Path, tmp_path: Path) -> None:
    rows = page(
        SODIUM,
        Printed("8507.60.00.10", 2, "For cars", ("No.", "kg")),
        Printed("8507.80.80.00", 2, "Of iron", ("No.",), "4%", "Free (AU)", "50%"),
        NEW_HEADING,
        Printed("9903.99.01", 0, "Articles of China", (), "The applicable duty + 20%"),
        without=("8507.80.40.00",),
    )
    store([edition(tmp_path, rows)])
    mine = Schedule()
    found = changes_of(mine, mine.editions[-1])
    assert found.before.id == "first"
    assert found.added == ("8507600020",)
    assert found.removed == ("8507804000",)
    assert [(each.code, each.what, each.before, each.after) for each in found.rates] == [
        ("8507808000", "special", "", "Free (AU)"),
        ("8507808000", "other", "45%", "50%"),
    ]
    assert [(each.before, each.after) for each in found.descriptions] == [
        ("For vehicles", "For cars")
    ]
    assert [(each.kind, each.heading) for each in found.headings] == [
        ("changed", "9903.99.01"),
        ("new", "9903.99.02"),
    ]
    with pytest.raises(ValueError, match="first is the first edition"):
        changes_of(mine, mine.editions[0])


def test_json_packed_json_and_csv_give_the_same_rows(tmp_path: Path) -> None:
    plain = read_export(write_json(tmp_path / "a.json", BASE), WordGroups())
    packed = read_export(write_json(tmp_path / "a.json.gz", BASE), WordGroups())
    table = read_export(write_csv(tmp_path / "a.csv", BASE), WordGroups())
    assert plain == packed
    assert plain.footnotes
    assert not table.footnotes
    assert plain.rows["85076000"].headings == "9903.99.01"
    without = {code: row._replace(headings="") for code, row in plain.rows.items()}
    assert table.rows == without


def test_a_table_without_footnotes_leaves_the_known_ones_and_says_so(
    base: Path, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "second.csv", page(SODIUM))
    store([read_imported(file, "second", LATE)])
    line = Schedule().line("8507.60.00", LATE)
    assert line.headings == ("9903.99.01",)
    assert "The file has no footnotes" in line.notes[0]
    mine = Schedule()
    assert changes_of(mine, mine.editions[-1]).added == ("8507600020",)


def test_additional_duties_of_a_table_count_as_footnotes_do(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", BASE)
    text = file.read_text(encoding="utf-8")
    row = '"8507.80.80.00","2","Of iron","[""No.""]","4%","","45%","",""'
    assert row in text
    file.write_text(text.replace(row, row[:-2] + '"9903.99.01"'), encoding="utf-8")
    assert read_export(file, WordGroups()).rows["8507808000"].headings == "9903.99.01"


def test_units_of_a_table_may_be_words_with_commas(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", BASE)
    text = file.read_text(encoding="utf-8").replace('"[""No."", ""kg""]"', '"No., kg"')
    file.write_text(text, encoding="utf-8")
    assert read_export(file, WordGroups()).rows["8507600010"].units == "No.;kg"


def test_marks_that_steer_a_terminal_are_no_part_of_the_words(tmp_path: Path) -> None:
    odd = Printed("8507.60.00.10", 2, "For \x1b[31mvehicles\ud800\x07")
    rows = read_export(write_json(tmp_path / "a.json", page(odd)), WordGroups()).rows
    assert rows["8507600010"].description == "For [31mvehicles"


def json_of(rows: list[dict[str, object]]) -> bytes:
    return json.dumps(rows).encode()


def broken(change: Callable[[list[dict[str, object]]], object]) -> bytes:
    rows = entries(BASE)
    change(rows)
    return json_of(rows)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a page of the web"),
        (b"PK\x03\x04\xff\xfe workbook", "is not text in UTF-8"),
        (gzip.compress(json_of(entries(BASE)))[:-20], "damaged or cut-off gzip"),
        (b"\x1f\x8bno gzip at all", "damaged or cut-off gzip"),
        (json_of(entries(BASE))[:-20], "damaged or cut-off JSON"),
        (b"[" * 100_000, "nested too deeply|damaged or cut-off JSON"),
        (b'{"results": []}', "no list of rows"),
        (b"[]", "no list of rows"),
        (b'[{"name": "x"}]', "row 1 lacks htsno, indent, description, units"),
        (broken(lambda rows: rows[2].update(indent=2)), "row 3 has no text in indent"),
        (broken(lambda rows: rows[2].update(general=2)), "row 3 has no text in general"),
        (broken(lambda rows: rows[2].update(units="kg")), "row 3 has no list of units"),
        (
            broken(lambda rows: rows[2].update(footnotes=[{"value": 1}])),
            "row 3 has a footnote without text",
        ),
        (broken(lambda rows: rows.append("x")), "row 9 is not an object"),  # type: ignore[arg-type]
        (broken(lambda rows: rows[2].update(indent="-1")), "has '-1' for its indentation"),
        (broken(lambda rows: rows[2].update(indent="9999")), "has '9999' for its indentation"),
        (broken(lambda rows: rows[2].update(htsno="8507.6")), "'8507.6' stands twice or is no"),
        (broken(lambda rows: rows.append(rows[2])), "'8507.60.00.10' stands twice"),
        (b"id,day,what\n1,2,3\n", "it lacks HTS Number, .*; columns found: 'id', 'day', 'what'"),
        (
            b"HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,"
            b"Special Rate of Duty,Column 2 Rate of Duty\n",
            "columns and no rows",
        ),
        (
            b"HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,"
            b"Special Rate of Duty,Column 2 Rate of Duty\n0101,0,Horses\n",
            "x:2: 3 cells, but the first line names 7 columns",
        ),
        (
            b"HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,"
            b'Special Rate of Duty,Column 2 Rate of Duty\n0101,0,"Horses',
            "damaged or cut-off CSV",
        ),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_what_was_found(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    with pytest.raises(ExportError, match=message):
        read_export(file, WordGroups())


def test_a_file_that_unpacks_without_end_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 80 MB of blanks in less than 100 kB: reading stops one byte behind the limit.
    file = tmp_path / "bomb.json.gz"
    file.write_bytes(gzip.compress(b" " * (80 << 20), 6))
    assert file.stat().st_size < 100_000
    with pytest.raises(ExportError, match="unpacks to more than 64 MB: reading stopped there"):
        read_export(file, WordGroups())
    monkeypatch.setattr(export, "LIMIT", 1 << 10)
    with pytest.raises(ExportError, match="larger than 0 MB"):
        read_export(file, WordGroups())


def test_more_rows_than_any_edition_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ROW_LIMIT", len(BASE) - 1)
    with pytest.raises(ExportError, match="has 8 rows, more than 7"):
        read_export(write_json(tmp_path / "a.json", BASE), WordGroups())


def only(start: str) -> list[Printed]:
    return [row for row in BASE if row.code.startswith(start)]


@pytest.mark.parametrize(
    ("rows", "name", "day", "message"),
    [
        (list(BASE), "first", LATE, "first is one of the built-in editions"),
        (list(BASE), "second", date(2025, 12, 31), "before the edition that it follows"),
        (only("85"), "second", LATE, "lacks chapter 99"),
        (
            [Printed("8501.10.00.00", 0, "Motors", (), "1%"), *only("99")],
            "second",
            LATE,
            "has 0 of the 3 rate lines",
        ),
    ],
)
def test_an_edition_that_cannot_follow_is_refused_and_nothing_is_kept(
    base: Path, tmp_path: Path, rows: list[Printed], name: str, day: date, message: str
) -> None:
    with pytest.raises(ImportRefused, match=message):
        store([edition(tmp_path, rows, name, day)])
    assert home_files(tmp_path) == []


def test_a_refused_edition_leaves_the_file_of_before_as_it_was(base: Path, tmp_path: Path) -> None:
    good = edition(tmp_path, page(SODIUM))
    store([good])
    kept = (tmp_path / "home" / "goods.sqlite").read_bytes()
    with pytest.raises(ImportRefused, match="lacks chapter 99"):
        store(added([good], [edition(tmp_path, only("85"), "third", date(2026, 8, 1))]))
    assert home_files(tmp_path) == ["goods.sqlite"]
    assert (tmp_path / "home" / "goods.sqlite").read_bytes() == kept


@pytest.mark.parametrize("name", ["", "a b", "../x", "é", "x" * 65, "a\x1b"])
def test_a_name_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    file = write_json(tmp_path / "a.json", BASE)
    with pytest.raises(ImportRefused, match="cannot name an edition"):
        read_imported(file, name, LATE)


def test_an_edition_is_named_by_its_file() -> None:
    names = ("hts_2026_rev_11.json.gz", "hts_2026_rev_11.json", "hts_2026_rev_11.csv")
    assert {name_of(Path("somewhere") / name) for name in names} == {"hts_2026_rev_11"}


def test_forgetting_an_edition_leaves_what_was_there_without_it(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "home" / "goods.sqlite"
    one = edition(tmp_path, page(SODIUM))
    two = edition(tmp_path, page(SODIUM, NEW_HEADING), "third", date(2026, 8, 1))
    store([one])
    before = file.read_bytes()
    store(added(held_editions(), [two]))
    assert [each.id for each in Schedule().editions] == ["first", "second", "third"]
    store([each for each in held_editions() if each.id != "third"])
    assert file.read_bytes() == before
    store([])
    assert home_files(tmp_path) == []
    assert [each.id for each in Schedule().editions] == ["first"]


def test_an_edition_imported_again_takes_the_place_of_the_older_one(
    base: Path, tmp_path: Path
) -> None:
    store([edition(tmp_path, page(SODIUM))])
    store(added(held_editions(), [edition(tmp_path, page(NEW_HEADING))]))
    mine = Schedule()
    assert [each.id for each in mine.editions] == ["first", "second"]
    assert changes_of(mine, mine.editions[1]).added == ()


def test_the_checksum_stands_for_content_name_and_day(base: Path, tmp_path: Path) -> None:
    one = edition(tmp_path, page(SODIUM))
    assert one.sha256 == edition(tmp_path, page(SODIUM)).sha256
    others = [
        edition(tmp_path, page(NEW_HEADING)),
        edition(tmp_path, page(SODIUM), "third"),
        edition(tmp_path, page(SODIUM), day=date(2026, 7, 2)),
    ]
    assert len({one.sha256, *(each.sha256 for each in others)}) == 4
    store([one])
    first = Schedule().imported_sha256
    store([others[0]])
    assert len(first) == 64
    assert Schedule().imported_sha256 not in ("", first)


def test_a_new_release_gets_the_imported_editions_laid_over_it(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([edition(tmp_path, page(SODIUM))])
    dearer = Printed("8507.80.80.00", 2, "Of iron", ("No.",), "5%", "", "45%")
    use(small_base(tmp_path / "release", page(dearer), day="2026-02-01"), monkeypatch)
    mine = Schedule()
    assert [(each.id, str(each.start)) for each in mine.editions] == [
        ("first", "2026-02-01"),
        ("second", "2026-07-01"),
    ]
    # The release says 5%, and the imported edition, as it was exported, 4%.
    assert mine.line("8507.80.80.00", date(2026, 3, 1)).general == "5%"
    assert mine.line("8507.80.80.00", LATE).general == "4%"


def test_a_release_that_has_the_edition_itself_makes_the_import_needless(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store([edition(tmp_path, page(SODIUM))])
    use(small_base(tmp_path / "release", page(SODIUM), "second", NEXT_DAY), monkeypatch)
    assert [(each.id, each.grade) for each in Schedule().editions] == [("second", "primary")]
    assert home_files(tmp_path) == []


def test_a_damaged_file_of_the_user_says_what_to_do(base: Path, tmp_path: Path) -> None:
    store([edition(tmp_path, page(SODIUM))])
    (tmp_path / "home" / "goods.sqlite").write_bytes(b"not a database, and long enough" * 50)
    with pytest.raises(ValueError, match=r"goods\.sqlite is damaged .*: remove it"):
        Schedule()


def tables_before(edition: Edition, schedule: Schedule, folder: Path) -> Path:
    """The committed tables as they were before an edition and all later ones."""
    later = {each.id for each in schedule.editions[edition.number :]}
    shutil.copytree(TABLES, folder)
    for table, column in (
        ("editions.tsv", "edition"),
        ("lines.tsv", "from"),
        ("headings99.tsv", "from"),
        ("moves.tsv", "to_edition"),
    ):
        rows = list(read_tsv(folder / table))
        lines = ["\t".join(rows[0])]
        for row in rows:
            if row[column] not in later:
                until = {"until": ""} if row.get("until") in later else {}
                lines.append("\t".join((row | until).values()))
        (folder / table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.once
@pytest.mark.reference
def test_the_last_built_in_edition_imported_says_what_the_built_in_one_says(
    reference: Path, schedule: Schedule, tmp_path: Path
) -> None:
    last = schedule.editions[-1]
    base = tmp_path / "base.sqlite"
    build_goods(tables_before(last, schedule, tmp_path / "tables"), base)
    read = read_imported(reference / "hts" / f"{last.id}.json.gz", last.id, last.start)
    store([read], str(tmp_path / "goods.sqlite"), base)
    mine = Schedule(tmp_path / "goods.sqlite")
    assert mine.editions[-1].imported
    assert list(mine.base_lines(last.start)) == list(schedule.base_lines(last.start))
    assert mine.headings(mine.editions[-1]) == schedule.headings(last)
    assert mine.moves_into(mine.editions[-1]) == schedule.moves_into(last)
    for line in list(schedule.base_lines(last.start))[::50]:
        built_in, imported = (each.line(line.code, last.start) for each in (schedule, mine))
        assert imported._replace(notes=()) == built_in._replace(notes=())


@pytest.mark.once
@pytest.mark.reference
def test_moves_of_an_imported_edition_are_those_of_the_committed_table(
    reference: Path, schedule: Schedule, tmp_path: Path
) -> None:
    # The edition with most moves of statistical lines, over a schedule of the edition before it.
    printed = [each for each in schedule.editions if each.grade != "derived"]
    counts = {each.number: len(schedule.moves_into(each)) for each in printed[3:]}
    edition = schedule.editions[max(counts, key=lambda number: counts[number])]
    base = tmp_path / "base.sqlite"
    build_goods(tables_before(edition, schedule, tmp_path / "tables"), base)
    read = read_imported(reference / "hts" / f"{edition.id}.json.gz", edition.id, edition.start)
    store([read], str(tmp_path / "goods.sqlite"), base)
    mine = Schedule(tmp_path / "goods.sqlite")
    statistical = [
        each
        for each in mine.moves_into(mine.editions[-1])
        if max(len(each.from_code), len(each.to_code)) == 10
    ]
    assert counts[edition.number] > 200
    assert statistical == list(schedule.moves_into(edition))
