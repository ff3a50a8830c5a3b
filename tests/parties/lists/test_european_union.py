"""The European Union: since when a party is listed, which is no amendment, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListedEntry
from detente.parties.lists.readers.european_union import AT_THE_LATEST, PARTS_OF_ADDRESS

XML = """<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-05-13T10:00">
<sanctionEntity euReferenceNumber="EU.1.1" {designated}>{remark}
<regulation regulationType="{kind}" numberTitle="2023/2" entryIntoForceDate="2023-12-05"
 publicationDate="2023-12-06"/><nameAlias wholeName="ZORBLAX">{summary}</nameAlias>
<nameAlias wholeName="QUUX"><regulationSummary regulationType="amendment" numberTitle="2023/2"
 publicationDate="2023-12-06"/></nameAlias></sanctionEntity></export>
"""
Read = Callable[..., ListedEntry]
SUMMARY = '<regulationSummary numberTitle="2021/1" publicationDate="2021-03-23"/>'


def of_xml(
    tmp_path: Path, designated: str, summary: str, kind: str = "amendment", remark: str = ""
) -> ListedEntry:
    path = tmp_path / "eu.xml"
    designated = designated and f'designationDate="{designated}"'
    text = XML.format(designated=designated, summary=summary, kind=kind, remark=remark)
    path.write_text(text, encoding="utf-8")
    (entry,) = read_list(str(path)).entries
    return entry


def of_csv(tmp_path: Path, designated: str, summary: str, kind: str = "amendment") -> ListedEntry:
    path = tmp_path / "eu.csv"
    first, other = ("2021/1;2021-03-23", "2023/2;2023-12-06") if summary else (";", ";")
    own = f"05/08/2026;EU.1.1;{designated};{kind};2023/2;2023-12-05"
    path.write_text(
        "fileGenerationDate;Entity_EU_ReferenceNumber;Entity_DesignationDate;"
        "Entity_Regulation_Type;Entity_Regulation_NumberTitle;"
        "Entity_Regulation_EntryIntoForceDate;NameAlias_WholeName;"
        "NameAlias_Regulation_NumberTitle;NameAlias_Regulation_PublicationDate\n"
        f"{own};ZORBLAX;{first}\n{own};QUUX;{other}\n",
        encoding="utf-8",
    )
    (entry,) = read_list(str(path)).entries
    return entry


@pytest.mark.parametrize("read", [of_xml, of_csv])
@pytest.mark.parametrize(
    ("designated", "summary", "since", "changes", "noted"),
    [
        ("2021-03-22", SUMMARY, "2021-03-22",
         "designation=2021-03-22; 2021/1=2021-03-23; 2023/2=2023-12-05", False),
        ("2021-03-22", "", "2021-03-22", "designation=2021-03-22; 2023/2=2023-12-05", False),
        ("", SUMMARY, "2021-03-23", "2021/1=2021-03-23; 2023/2=2023-12-05", True),
        ("", "", "2023-12-05", "", True),
    ],
)  # fmt: skip
def test_a_party_is_listed_since_its_designation_else_since_the_first_day_that_is_told(
    tmp_path: Path, read: Read, designated: str, summary: str, since: str, changes: str,
    noted: bool,
) -> None:  # fmt: skip
    entry = read(tmp_path, designated, summary)
    assert (entry.since, entry.changes, entry.citation) == (since, changes, "2023/2")
    assert entry.note == (AT_THE_LATEST.format(since) if noted else "")


@pytest.mark.parametrize("read", [of_xml, of_csv])
def test_a_regulation_that_is_no_amendment_is_the_one_that_lists(
    tmp_path: Path, read: Read
) -> None:
    entry = read(tmp_path, "", "", "regulation")
    assert (entry.since, entry.note) == ("2023-12-05", "")


def test_what_is_told_of_the_day_stands_behind_the_remark(tmp_path: Path) -> None:
    entry = of_xml(tmp_path, "", "", remark="<remark>Head of Zorblax.</remark>")
    assert entry.note == f"Head of Zorblax. {AT_THE_LATEST.format('2023-12-05')}"
    entry = of_xml(tmp_path, "2021-03-22", "", remark="<remark>Head of Zorblax.</remark>")
    assert entry.note == "Head of Zorblax."


def test_a_day_of_designation_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "eu.xml"
    text = XML.format(designated='designationDate="soon"', summary="", kind="", remark="")
    path.write_text(text, encoding="utf-8")
    (fault,) = read_list(str(path)).not_understood
    assert "since 'soon' is not a day" in fault


@pytest.mark.parametrize("form", ["xml", "csv"])
@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("1 Road", "7", "Old Town", "100", "Zug", "Canton of Zug", "SWITZERLAND"),
         "1 Road, 7, Old Town, 100, Zug, Canton of Zug, SWITZERLAND"),
        (("", "", "Old Town", "", "Old Town, Zug", "Zug", "SWITZERLAND"),
         "Old Town, Zug, SWITZERLAND"),
    ],
)  # fmt: skip
def test_an_address_has_its_place_and_its_region_once(
    tmp_path: Path, form: str, parts: tuple[str, ...], line: str
) -> None:
    named = dict(zip(PARTS_OF_ADDRESS, parts, strict=True))
    path = tmp_path / f"eu.{form}"
    if form == "xml":
        told = " ".join(f'{part[0].lower()}{part[1:]}="{text}"' for part, text in named.items())
        path.write_text(
            '<export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity logicalId="1">'
            f'<nameAlias wholeName="ZORBLAX"/><address {told}/></sanctionEntity></export>'
        )
    else:
        heads = ";".join(f"Address_{part}" for part in named)
        path.write_text(
            f"fileGenerationDate;Entity_EU_ReferenceNumber;NameAlias_WholeName;{heads}\n"
            f"05/08/2026;EU.1.1;ZORBLAX;{';'.join(parts)}\n"
        )
    (entry,) = read_list(str(path)).entries
    assert entry.addresses == (line,)
