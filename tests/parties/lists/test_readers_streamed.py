"""Files read record by record: lines of faults, progress, and statements one a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from detente.core.watched import BLOCK, watching
from detente.parties.lists.lists import read_list
from detente.parties.lists.readers.common import BREAKS_OFF
from detente.parties.ownership.importing import read_foreign
from detente.parties.screening.importing import KEEPING, READING, import_list


def entity(number: int, **more: Any) -> dict[str, Any]:
    details = {"name": f"Zorblax {number}"}
    return {"statementId": f"s{number}", "recordId": f"r{number}", "recordType": "entity",
            "statementDate": "2026-08-20", "recordDetails": details} | more  # fmt: skip


def share(number: int, owner: str, owned: str, percent: int, **more: Any) -> dict[str, Any]:
    held = {"type": "shareholding", "share": {"exact": percent}}
    details = {"subject": owned, "interestedParty": owner, "interests": [held]}
    return {"statementId": f"s{number}", "recordId": "held", "recordType": "relationship",
            "recordDetails": details} | more  # fmt: skip


def lines(path: Path, *rows: dict[str, Any] | str) -> str:
    text = "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in rows)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_statements_may_stand_one_a_line_as_well_as_in_an_array(tmp_path: Path) -> None:
    rows = [entity(1), entity(2), share(3, "r1", "r2", 60)]
    one_a_line = read_list(lines(tmp_path / "a.jsonl", *rows))
    array = tmp_path / "a.json"
    array.write_text(json.dumps(rows, indent=1))
    assert one_a_line == read_list(str(array))
    assert [entry.key for entry in one_a_line.entries] == ["r1", "r2"]
    (held,) = read_foreign(tmp_path / "a.jsonl").rows
    assert (held.owner, held.owned, held.share.lo) == ("r1", "r2", held.share.hi)


def test_a_broken_statement_is_told_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", entity(1), '{"statementId": oops}', "5", entity(4), "")
    reading = read_list(path)
    assert [entry.key for entry in reading.entries] == ["r1", "r4"]
    assert reading.not_understood == (
        "statement 2, line 2: not JSON (Expecting value)",
        "statement 3, line 3: not an object",
    )


def test_a_line_in_which_a_download_breaks_off_is_told(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", entity(1), json.dumps(entity(2))[:-5])
    reading = read_list(path)
    assert [entry.key for entry in reading.entries] == ["r1"]
    assert [each.partition(":")[0] for each in reading.not_understood] == ["statement 2, line 2"]


@pytest.mark.parametrize("last", [share(4, "r1", "r2", 20), share(4, "r1", "r2", 0) | {
    "recordStatus": "closed"}])  # fmt: skip
def test_a_later_statement_on_a_share_takes_the_place_of_the_former(
    tmp_path: Path, last: dict[str, Any]
) -> None:
    path = lines(tmp_path / "a.jsonl", entity(1), entity(2), share(3, "r1", "r2", 60), last)
    held = [each.share for each in read_list(path).holdings]
    assert held == ([] if "recordStatus" in last else ["20"])
    now = [each for each in read_foreign(Path(path)).rows if not each.until]
    assert len(now) == len(held)


def test_packed_statements_are_read_for_owners_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    text = "\n".join(map(json.dumps, [entity(1), entity(2), share(3, "r1", "r2", 60)]))
    path.write_bytes(gzip.compress(text.encode()))
    assert len(read_foreign(path).rows) == 1


@pytest.mark.parametrize("cut", [
    lambda text: text[:-1],
    lambda text: text[:-5],
    lambda text: text[: text.rindex("{")] + "]",
])  # fmt: skip
def test_an_array_that_does_not_end_gives_what_is_whole_and_tells_that_it_breaks_off(
    tmp_path: Path, cut: Any
) -> None:
    path = tmp_path / "a.json"
    path.write_text(cut(json.dumps([entity(1), entity(2)])))
    reading = read_list(str(path))
    assert reading.entries[0].key == "r1"
    assert [each.endswith(BREAKS_OFF) for each in reading.not_understood] == [True]


def test_an_array_in_which_nothing_is_whole_is_refused_and_one_of_nothing_too(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    path.write_text("[ ")
    with pytest.raises(ValueError, match="ends in line 1, within the array: download"):
        read_list(str(path), "bods")
    path.write_text("[]")
    with pytest.raises(ValueError, match="it holds no statement"):
        read_list(str(path), "bods")


def page(*numbers: int, **more: Any) -> str:
    """A page of results, as an interface gives them."""
    rows = [{"name": f"Zorblax {each}", "source": "Entity List (EL) - Bureau"} for each in numbers]
    return json.dumps({"results": rows, **more})


@pytest.mark.parametrize("text", [
    page(1, 2) + "\n" + page(3, total=3),
    page(1) + page(2) + page(3),
    page(1, 2, 3).replace("}, {", "}], {", 1),
    page(1)[:-1] + ', "results": ' + json.dumps(json.loads(page(2, 3))["results"]) + "}",
])  # fmt: skip
def test_records_behind_the_end_of_an_array_are_read_and_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    reading = read_list(str(path), "csl")
    assert [entry.names[0].text[-1] for entry in reading.entries] == ["1", "2", "3"]
    assert all("more records stand behind it" in each for each in reading.not_understood)
    assert reading.not_understood


def test_what_else_may_stand_behind_the_records_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"data": {page(1, more=[{"results": []}])}, "search_performed_at": '
                    '"2026-08-20", "sources": [{"name": "Zorblax"}]}\n')  # fmt: skip
    reading = read_list(str(path), "csl")
    assert (len(reading.entries), reading.not_understood) == (1, ())
    assert reading.source_date == "2026-08-20"
    path.write_text(page(1, more=[1])[:-3])
    (fault,) = read_list(str(path), "csl").not_understood
    assert fault.endswith("what stands behind it is not the end of the file")


GLEIF = """<rr:RelationshipData xmlns:rr="http://x">
<rr:Header><rr:ContentDate>2026-08-20T08:00:00Z</rr:ContentDate></rr:Header>
<!-- <rr:RelationshipRecord> in a comment is none -->
<rr:RelationshipRecords>
<rr:RelationshipRecord>
  <rr:Relationship/>
</rr:RelationshipRecord>
<rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>{0}</rr:NodeID></rr:StartNode>
  <rr:EndNode><rr:NodeID>{1}</rr:NodeID></rr:EndNode></rr:Relationship></rr:RelationshipRecord>
<rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>{0}</rr:NodeID></rr:StartNode>
  <rr:EndNode><rr:NodeID>{1}</rr:NodeID></rr:EndNode><rr:RelationshipStatus>NULL</rr:RelationshipStatus>
</rr:Relationship></rr:RelationshipRecord>
</rr:RelationshipRecords></rr:RelationshipData>
"""


def test_a_record_of_xml_is_told_with_the_line_in_which_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "rr.xml"
    path.write_text(GLEIF.format("ALPHA000000000000000", "BETA0000000000000000"))
    reading = read_list(str(path))
    assert reading.source_date == "2026-08-20"
    assert len(reading.holdings) == 1
    assert reading.not_understood == (
        "line 5: '' or '' is not an LEI",
        "line 10: status 'NULL'",
    )


def test_names_in_latin_letters_that_gleif_transliterates_are_names(tmp_path: Path) -> None:
    other = "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1"
    path = tmp_path / "lei.csv"
    path.write_text(f"LEI,Entity.LegalName,{other}\nALPHA000000000000000,佐尔布,Zorblax\n")
    (entry,) = read_list(str(path)).entries
    assert [name.text for name in entry.names] == ["佐尔布", "Zorblax"]


def test_it_is_told_how_much_of_a_file_was_read_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = tmp_path / "list.csv"
    rows = "".join(f"Zorblax Quux {at:09}\n" for at in range(10))
    path.write_text(f"source,name,alt_names,addresses,federal_register_notice\n{rows}")
    told: list[tuple[str, int, int]] = []
    lei = tmp_path / "lei.csv"
    text = "LEI,Entity.LegalName\n" + "ALPHA000000000000000,Zorblax Quux\n" * 20_000
    lei.write_text(text)
    read: list[tuple[int, int]] = []
    with watching(lambda *words: read.append(words)):
        read_list(str(lei))
    assert read == sorted(read)
    assert (read[-1], len(read) > 2) == ((len(text), len(text)), len(text) > BLOCK)
    path.write_text(
        "LEI,Entity.LegalName\nALPHA000000000000000,Zorblax\nBETA0000000000000000,Quux\n"
    )
    import_list(
        str(path), source_date="2026-08-20", dry_run=True,
        progress=lambda *words: told.append(words),
    )  # fmt: skip
    size = path.stat().st_size
    assert told[0] == (READING, size, size)
    assert [each for each in told if each[0] == KEEPING] == [(KEEPING, 0, 2), (KEEPING, 1, 2)]
