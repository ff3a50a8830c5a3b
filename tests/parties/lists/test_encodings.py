"""A list in any encoding: its letters tell it, and a line that is in another one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.reading import check_encoding
from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListReading

TARGETS = "id,schema,name,aliases,program_ids\n"
UK = "Report Date: 02-Jan-2026\nUnique ID,Name 6,Name type\n"
ODD = b"b,Company,Firm \xe9\x9d,,\n"


def rows(name: str, count: int, first: int = 0) -> str:
    return "".join(f"{at},Company,{name} {at},,\n" for at in range(first, first + count))


def put(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "house.csv"
    path.write_bytes(content)
    return str(path)


def names(reading: ListReading) -> list[str]:
    return [each.names[0].text for each in reading.entries]


@pytest.mark.parametrize("before", [0, 40_000])
def test_a_line_that_is_no_utf_8_is_told_and_the_others_are_read(
    tmp_path: Path, before: int
) -> None:
    text = TARGETS + rows("Zorblax", before) + rows("佐尔布", 2, before)
    reading = read_list(put(tmp_path, text.encode() + ODD + rows("Quux é", 1).encode()))
    assert names(reading)[before:] == [f"佐尔布 {before}", f"佐尔布 {before + 1}", "Quux é 0"]
    assert reading.not_understood == (f"line {before + 4}: a letter of it is not UTF-8",)
    assert (reading.rows, reading.notes) == (before + 4, ())


@pytest.mark.parametrize(
    ("name", "encoding", "told"),
    [
        ("佐尔布厂有限公司", "gb18030", "GB18030"),
        ("MÜLLER & SÖHNE", "cp1252", "Windows-1252"),
        ("Société “Zorb”", "cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("before", [0, 40_000])
def test_a_table_that_is_no_utf_8_is_read_as_its_letters_tell_and_says_so(
    tmp_path: Path, name: str, encoding: str, told: str, before: int
) -> None:
    text = TARGETS + rows("Zorblax", before) + rows(name, 3, before)
    reading = read_list(put(tmp_path, text.encode(encoding)))
    assert names(reading)[-1] == f"{name} {before + 2}"
    assert reading.not_understood == ()
    assert reading.notes == (
        f"it does not say its encoding and is read as {told}, as its letters tell",
    )


def test_the_list_of_the_united_kingdom_is_read_so_too(tmp_path: Path) -> None:
    text = UK + "1,佐尔布厂有限公司,Primary Name\n"
    reading = read_list(put(tmp_path, text.encode("gb18030")))
    assert (names(reading), reading.source_date) == (["佐尔布厂有限公司"], "2026-01-02")
    assert len(reading.notes) == 1


@pytest.mark.parametrize("name", ["utf-8", "UTF-8", "utf_8_sig"])
@pytest.mark.parametrize("text", [TARGETS + rows("佐尔布", 1), UK + "1,佐尔布,Primary Name\n"])
def test_a_mark_is_no_part_of_a_text_whose_encoding_is_named(
    tmp_path: Path, name: str, text: str
) -> None:
    reading = read_list(put(tmp_path, text.encode("utf-8-sig")), None, name)
    assert names(reading)[0].startswith("佐尔布")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read_when_it_is_named(tmp_path: Path, mark: str) -> None:
    content = (mark + TARGETS + rows("佐尔布", 1)).encode("utf-16-le")
    assert names(read_list(put(tmp_path, content), None, "utf-16-le")) == ["佐尔布 0"]


def test_a_table_in_another_encoding_than_is_named_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, (TARGETS + rows("佐尔布厂有限公司", 3)).encode("gb18030"))
    with pytest.raises(
        ValueError, match="line 2: this is not UTF-8, as most of it is not: name the"
    ):
        read_list(path, None, "utf-8")


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "raw_unicode_escape"])
def test_what_no_file_is_written_in_is_no_encoding(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, (TARGETS + rows("Zorblax", 1)).encode())
    with pytest.raises(ValueError, match="is not known: write one such as UTF-8 or GB18030"):
        read_list(path, None, name)


@pytest.mark.parametrize("name", ["utf-8", "GB18030", "Windows-1252", "utf-16-le", "big5", "utf-7"])
def test_encodings_of_files_are_known(name: str) -> None:
    check_encoding(name)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("台灣積體電路製造股份有限公司", "big5"), ("華為技術有限公司", "big5"),
        ("長榮海運", "big5"), ("三菱重工業株式会社", "shift_jis"), ("ソニー", "shift_jis"),
        ("川崎重工業", "cp932"),
    ],
)  # fmt: skip
def test_what_is_big5_or_shift_jis_is_not_read_as_latin_letters(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = put(tmp_path, (TARGETS + rows(name, 3)).encode(encoding))
    with pytest.raises(ValueError, match="nor in letters that tell what it is: name the file's"):
        read_list(path)
    assert names(read_list(path, encoding=encoding))[0] == f"{name} 0"


@pytest.mark.parametrize(
    "name",
    ["Müller & Söhne®", "Zorb € 5 für Ål", "“Quux” – l’Été", "Ål Äpple", "Núñez £ Gómez Peña Ñu"],
)
def test_latin_letters_and_their_signs_are_still_told(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, (TARGETS + rows(name, 3)).encode("cp1252"))
    assert names(read_list(path))[0] == f"{name} 0"


def test_a_line_of_a_list_of_a_house_that_is_no_utf_8_is_told_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    text = "name,country\nZorblax é,CH\n佐尔布,CN\n".encode() + b"Caf\xe9,FR\nQuux,US\n"
    reading = read_list(put(tmp_path, text))
    assert names(reading) == ["Zorblax é", "佐尔布", "Quux"]
    assert (reading.rows, reading.not_understood) == (4, ("line 4: a letter of it is not UTF-8",))
    most = b"name,country\nCaf\xe9,FR\nM\xfcller,DE\n" + "Zorblax é,CH\n".encode()
    with pytest.raises(ValueError, match="line 2: this is not UTF-8, as most of it is not: name"):
        read_list(put(tmp_path, most))
    heading = read_list(put(tmp_path, b"name,pa\xefs\nZorblax,CH\n"))
    assert (names(heading), heading.not_understood) == (["Zorblax"], ("column 'pa?s'",))
    with pytest.raises(ValueError, match=r"no column `name`, but pa\?s, x\. Name its format"):
        read_list(put(tmp_path, b"pa\xefs,x\nZorblax,CH\n"), "csv")
