"""Damaged files of every format: an error that says what to do, or a row told; never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.parties.lists.lists import read_list
from detente.parties.lists.model import ListReading
from detente.parties.ownership.graph import graph_on
from detente.parties.ownership.importing import read_foreign
from detente.parties.ownership.shares import UNKNOWN
from detente.parties.screening.importing import import_list
from detente.parties.screening.losses import LossError

HELD = {
    "statementId": "s2",
    "recordId": "r2",
    "recordType": "relationship",
    "recordStatus": "new",
    "source": {"assertedBy": [{"name": "registry"}]},
    "recordDetails": {
        "subject": "r1",
        "interestedParty": "p",
        "interests": [
            {"type": "shareholding", "share": {"exact": 60}, "startDate": "2020-01-01"},
            {"type": "votingRights", "share": {"minimum": 25, "exclusiveMaximum": 50}},
        ],
    },
}
BODS = [
    {
        "statementId": "s1",
        "recordId": "r1",
        "recordType": "entity",
        "statementDate": "2024-01-01",
        "recordDetails": {
            "name": "Acme",
            "alternateNames": ["Acme A"],
            "jurisdiction": {"code": "CN"},
        },
    },
    HELD,
]
CSL = {
    "results": [
        {
            "name": "Acme",
            "alt_names": ["B"],
            "source": "Entity List (EL)",
            "addresses": [{"country": "CN"}],
            "programs": ["X"],
            "license_policy": "Presumption of denial",
            "start_date": "2025-01-02",
        }
    ]
}
SHORT = {
    "fieldKey": {},
    "tables": {"sources": ["Entity List (EL)"], "licencePolicies": ["denial"]},
    "entries": [{"n": "Acme", "s": 0, "lp": 0, "c": ["CN"]}],
}
FTM = {
    "id": "a",
    "schema": "Company",
    "properties": {"name": ["Acme"], "country": ["cn"], "alias": ["A"]},
}
FTM_HELD = {
    "id": "o",
    "schema": "Ownership",
    "properties": {"owner": ["b"], "asset": ["a"], "percentage": ["51%"]},
}
DOCUMENTS: tuple[tuple[str, Any], ...] = (
    ("bods", BODS),
    ("csl", CSL),
    ("csl", SHORT),
    ("ftm", FTM),
    ("ftm", FTM_HELD),
)
ODD: tuple[Any, ...] = (None, 5, 1.5, "x", "", [], {}, [1], {"a": 1}, True, ["x", None])


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document, from the outside inward."""
    inside: list[Any] = (
        list(value) if isinstance(value, dict) else list(range(len(value)))
        if isinstance(value, list) else []
    )  # fmt: skip
    return [before, *(place for key in inside for place in places(value[key], (*before, key)))]


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A copy of a document with something else at a place."""
    if not place:
        return value
    copy = json.loads(json.dumps(document))
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return copy


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_value_that_is_something_else_is_an_error_or_told_and_never_a_crash(
    tmp_path: Path, data: st.DataObject
) -> None:
    form, document = data.draw(st.sampled_from(DOCUMENTS))
    place = data.draw(st.sampled_from(places(document)))
    odd = changed(document, place, data.draw(st.sampled_from(ODD)))
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(odd), encoding="utf-8")
    for read in (lambda: read_list(str(file), form), lambda: read_foreign(file)):
        try:
            found = read()
        except ValueError:
            continue
        assert not isinstance(found, ListReading) or found.rows >= len(found.entries)


def test_a_null_among_texts_is_no_name_and_no_programme(tmp_path: Path) -> None:
    row = CSL["results"][0] | {
        "alt_names": ["B; C", None], "programs": [None, "X"], "countries": None,
        "addresses": [{"country": None}, {"country": "CN"}], "citizenships": [None],
    }  # fmt: skip
    file = tmp_path / "csl.json"
    file.write_text(json.dumps({"results": [row]}), encoding="utf-8")
    (entry,) = read_list(str(file)).entries
    assert [each.text for each in entry.names] == ["Acme", "B", "C"]
    assert (entry.programme, entry.countries) == ("X", ("CN",))


@pytest.mark.parametrize(
    ("document", "place", "fault"),
    [
        (BODS, (0, "recordDetails", "name"), "statement 1, line 1: an entity without a name"),
        (
            BODS,
            (1, "recordDetails", "interests"),
            "statement 2, line 1: `interests` is not a list of objects",
        ),
        (CSL, ("results", 0, "name"), "entry 1, line 1: no name"),
        (CSL, ("results", 0, "addresses"), "entry 1, line 1: `addresses` is not a list of objects"),
        (CSL, ("results", 0, "alt_names"), "entry 1, line 1: `alt_names` is not a list of texts"),
        (CSL, ("results", 0, "programs"), "entry 1, line 1: `programs` is not a list of texts"),
        (FTM, ("properties", "name"), "line 1: `name` is not a list of texts"),
        (FTM_HELD, ("properties", "asset"), "line 1: `asset` is not a list of texts"),
    ],
)
def test_a_row_that_was_not_understood_says_where_and_why(
    tmp_path: Path, document: Any, place: tuple[Any, ...], fault: str
) -> None:
    odd = changed(document, place, "" if place[-1] == "name" and document is not FTM else 7)
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(odd), encoding="utf-8")
    reading = read_list(str(file))
    assert reading.not_understood == (fault,)
    assert reading.rows == len(odd if isinstance(odd, list) else [odd])


def test_of_several_statements_on_a_record_the_last_counts_and_a_closed_one_is_left_out(
    tmp_path: Path,
) -> None:
    renamed = changed(BODS[0], ("recordDetails", "name"), "Acme New")
    gone = changed({**BODS[0], "recordId": "r9"}, ("recordStatus",), "closed")
    file = tmp_path / "bods.json"
    file.write_text(json.dumps([BODS[0], renamed, gone]), encoding="utf-8")
    reading = read_list(str(file))
    assert [entry.names[0].text for entry in reading.entries] == ["Acme New"]
    assert reading.rows == 3


def test_a_branch_is_a_part_of_its_company_and_consolidation_is_an_unknown_share(
    tmp_path: Path,
) -> None:
    head = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus"
    )
    branch, child, parent = "B" * 20, "C" * 20, "P" * 20
    file = tmp_path / "rr.csv"
    file.write_text(
        f"{head}\n{branch},{parent},IS_INTERNATIONAL_BRANCH_OF,ACTIVE\n"
        f"{child},{parent},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
        f"{child},{branch},IS_DIRECTLY_CONSOLIDATED_BY,INACTIVE\n"
    )
    read = read_foreign(file)
    assert read.entities[branch].branch_on("2026-03-01") == parent
    (row,) = read.rows
    assert (row.owner, row.owned, row.share) == (parent, child, UNKNOWN)
    assert row.source == "gleif: consolidated by accounting rules, no share stated"
    assert "1 row was not understood" in read.notes[0]
    assert "INACTIVE" in read.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("alt.csv", '36,12,"aka","AERO-CARIBBEAN",-0-\n', "sdn.csv, and the other files are read"),
        (
            "c.csv",
            "name,alt_names,federal_register_notice\nx,y,z\n",
            "its header lacks addresses, source",
        ),
        ("deep.json", "[" * 100_000, "nested too deeply|not JSON"),
        ("x.ftm.json", b'{"id": "\xff", "schema": "Company", "properties": {}}', "not UTF-8"),
        ("x.csv", "who,what\n1,2\n", "begins like no list that is known"),
    ],
)
def test_a_file_that_is_something_else_says_what_to_do(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=message):
        read_list(str(file))


def test_a_list_that_is_imported_again_is_a_difference_and_an_older_day_stays_to_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.parties.screening.importing import import_list
    from detente.parties.screening.store import listed

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))

    def written(*rows: tuple[str, str]) -> str:
        file = tmp_path / "house.csv"
        lines = [f"{number},{name}" for number, name in rows]
        file.write_text("\n".join(["id,name", *lines, ""]), encoding="utf-8")
        return str(file)

    first = written(("1", "Acme One"), ("2", "Acme Two"))
    _, changes = import_list(first, source_date="2026-08-01")
    assert len(changes["HOUSE"].added) == 2
    second = written(("1", "Acme One"), ("2", "Acme Twos"), ("3", "Acme Three"))
    _, changes = import_list(second, source_date="2026-09-01")
    change = changes["HOUSE"]
    assert change.before == "2026-08-01"
    assert [entry.key for entry in change.added] == ["3"]
    assert [entry.names[0].text for entry in change.changed] == ["Acme Twos"]
    assert not change.removed
    _, again = import_list(second, source_date="2026-09-01")
    assert again["HOUSE"][1:4] == ((), (), ())
    house = {
        on: next(each for each in listed(on) if each.list == "HOUSE") for on in ("2026-08-15", None)
    }
    assert house["2026-08-15"].entries == 2
    assert house[None].entries == 3
    assert house[None].versions == ("2026-08-01", "2026-09-01")


def _download(rows: list[str], head: str = '"search_performed_at": "2026-08-01T00:00:00Z"') -> str:
    return f"{{{head},\n" + '"results": [\n' + ",\n".join(rows) + "\n]}\n"


GOOD = (
    '{"name": "Acme %d", "source": "Entity List (EL)", "addresses": [{"city": "X"}, {"city": "Y"}]}'
)


def test_a_record_that_is_no_json_is_told_with_its_line_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    file = tmp_path / "csl.json"
    broken = '{"name": "Bad", "source": , "addresses": [{"city": "X"}, {"city": "Y"}]}'
    file.write_text(_download([GOOD % 1, broken, GOOD % 2, "7"]), encoding="utf-8")
    found = read_list(str(file), "csl")
    assert [entry.names[0].text for entry in found.entries] == ["Acme 1", "Acme 2"]
    assert (found.rows, found.source_date) == (4, "2026-08-01")
    # The array begins in line 2, so the second record stands in line 4 and the fourth in line 6.
    assert found.not_understood[0].startswith("entry 2, line 4: not JSON")
    assert found.not_understood[1] == "entry 4, line 6: not an object"


BROKEN = '{"name": "Bad", "source": , "addresses": [{"city": "X"}, {"city": "Y"}]}'
OTHER_ORDER = '{"source": "Entity List (EL)", "addresses": [{"city": "Z"}], "name": "Acme %d"}'


@pytest.mark.parametrize(
    ("rows", "kept", "lines"),
    [
        ([BROKEN, GOOD % 1, GOOD % 2], [1, 2], [3]),
        ([GOOD % 1, GOOD % 2, BROKEN], [1, 2], [5]),
        ([BROKEN, GOOD % 1, BROKEN], [1], [3, 5]),
        ([GOOD % 1, BROKEN, OTHER_ORDER % 2, GOOD % 3], [1, 2, 3], [4]),
        ([BROKEN, OTHER_ORDER % 1, BROKEN, GOOD % 2], [1, 2], [3, 5]),
        ([GOOD % 1, BROKEN, BROKEN], [1], [4]),
    ],
)
@pytest.mark.parametrize("form", ["csl", "one array"])
def test_wherever_a_broken_record_stands_the_others_are_read(
    tmp_path: Path, rows: list[str], kept: list[int], lines: list[int], form: str
) -> None:
    from detente.parties.lists.readers.json_stream import RecordStream

    file = tmp_path / "csl.json"
    if form == "csl":
        tail = ', "sources": [{"name": "EL"}, {"name": "UVL"}]}'
        file.write_text(_download(rows).rstrip("}\n") + tail, encoding="utf-8")
        found = read_list(str(file), "csl")
        assert [entry.names[0].text for entry in found.entries] == [f"Acme {at}" for at in kept]
        assert [each.partition(":")[0][-1] for each in found.not_understood] == list(
            map(str, lines)
        )
        return
    file.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")
    read = list(RecordStream(str(file)))
    assert [row["name"] for _, row in read if isinstance(row, dict)] == [
        f"Acme {at}" for at in kept
    ]
    assert [line for line, row in read if not isinstance(row, dict)] == [at - 1 for at in lines]


def test_it_is_told_how_much_is_passed_over_with_a_broken_record(tmp_path: Path) -> None:
    file = tmp_path / "csl.json"
    file.write_text(_download([GOOD % 1, BROKEN, BROKEN, GOOD % 2]), encoding="utf-8")
    size = 2 * len(BROKEN + ",\n")
    told = f"not JSON (Expecting value): {size} characters through line 6 are passed over"
    assert read_list(str(file), "csl").not_understood == (f"entry 2, line 4: {told}",)


@pytest.mark.parametrize("form", ["csl", "ftm", "bods"])
def test_a_letter_that_is_no_utf_8_takes_its_own_record_alone(tmp_path: Path, form: str) -> None:
    def row(at: int) -> str:
        made: dict[str, Any] = {
            "csl": {"name": f"Acme {at}", "source": "Entity List (EL)"},
            "ftm": FTM | {"id": str(at), "properties": {"name": [f"Acme {at}"]}},
            "bods": BODS[0] | {"recordId": str(at), "recordDetails": {"name": f"Acme {at}"}},
        }[form]
        return json.dumps(made)

    rows = [row(at) for at in (1, 2, 3)]
    text = _download(rows) if form == "csl" else "\n".join(rows) + "\n"
    file = tmp_path / "list.json"
    file.write_bytes(text.encode().replace(b"Acme 2", b"Acm\xe9 2"))
    found = read_list(str(file), form)
    assert [entry.names[0].text for entry in found.entries] == ["Acme 1", "Acme 3"]
    (fault,) = found.not_understood
    line = 4 if form == "csl" else 2
    assert fault.endswith(f"line {line}: a letter of it is not UTF-8")
    file.write_bytes(text.encode().replace(b"Acme", b"Acm\xe9"))
    with pytest.raises(ValueError, match="is not UTF-8, as most of it is not: download it again"):
        read_list(str(file), form)


def test_a_download_that_ends_early_is_kept_as_far_as_it_is_whole_by_whoever_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    file = tmp_path / "csl.json"
    for cut in (-40, -4):
        file.write_text(_download([GOOD % 1, GOOD % 2])[:cut], encoding="utf-8")
        with pytest.raises(LossError, match="breaks off here: who stood behind it is not in it"):
            import_list(str(file), "csl", "2026-08-20", "OURS")
        reading, _ = import_list(str(file), "csl", "2026-08-20", "OURS", True, fewer=True)
        assert (reading.entries[0].names[0].text, len(reading.not_understood)) == ("Acme 1", 1)


def test_a_download_is_read_a_piece_at_a_time_and_beyond_what_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.parties.lists.readers import common, json_stream

    file = tmp_path / "csl.json"
    file.write_text(_download([GOOD % number for number in range(300)]), encoding="utf-8")
    whole = read_list(str(file), "csl")
    monkeypatch.setattr(common.check_size, "__defaults__", (1000,))  # a whole file of so many bytes
    for size in (70, 97, 1000):
        monkeypatch.setattr(json_stream, "CHUNK", size)
        assert read_list(str(file)) == whole
    assert len(whole.entries) == 300


TARGETS = "id,schema,name,aliases,program_ids\n"
UK_HEADER = "Last Updated,Unique ID,Name 6,Name 1,Name type\n"
XML = '<?xml version="1.0" encoding="{}"?>\n<CONSOLIDATED_LIST dateGenerated="2026-02-27"/>\n'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (XML.format("aTF-8"), "in an encoding that is not read"),
        (XML.format("shift_jis"), "in an encoding that is not read"),
        (f"Report Date: 1/2/2026\n{UK_HEADER[:-1]}{'x' * 200_000}\n", "header cannot be read"),
        (TARGETS.encode() + "a,Company,ソルブラクス,,\n".encode("shift_jis"), "--encoding"),
        (TARGETS.encode() + "a,Company,ЗОРБЛАКС,,\n".encode("cp1251"), "--encoding"),
    ],
)
def test_what_cannot_be_decoded_is_an_error_with_the_file_and_what_to_do(
    tmp_path: Path, content: str | bytes, what: str
) -> None:
    path = tmp_path / ("odd.xml" if "<?xml" in str(content) else "odd.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=what) as refused:
        read_list(str(path))
    assert str(path) in str(refused.value)


def test_a_day_of_a_report_that_is_none_leaves_the_day_open_and_keeps_the_rows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "uk.csv"
    row = "1/1/2026,GBR0001,Zorblax,,Primary name\n"
    path.write_text(f"Report Date: 31/31/2026\n{UK_HEADER}{row}", encoding="utf-8")
    reading = read_list(str(path))
    assert (reading.source_date, len(reading.entries)) == ("", 1)
    eu = tmp_path / "eu.csv"
    head = "fileGenerationDate;Entity_EU_ReferenceNumber;NameAlias_WholeName\n"
    eu.write_text(f"{head}31/31/2026;EU.1;Zorblax\n05/08/2026;EU.2;Quux\n", encoding="utf-8")
    reading = read_list(str(eu))
    assert (reading.source_date, len(reading.entries)) == ("2026-08-05", 2)


SDN_ROW = '{},"ZORBLAX {}",-0-,"CUBA",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\n'


def test_a_line_of_ofac_that_is_no_row_is_told_here_and_in_the_files_beside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sdn.csv"
    # Whoever saves the file again puts a mark before it; the last line is a mark of its end.
    path.write_text(
        f"\ufeff{SDN_ROW.format(36, 1)}garbage\n{SDN_ROW.format(37, 2)}\x1a\n", encoding="utf-8"
    )
    (tmp_path / "alt.csv").write_text(
        '36,1,"aka","QUUX",-0-\n36;2;"aka";"LOST";-0-\n37,3,"aka"\n', encoding="utf-8"
    )
    (tmp_path / "add.csv").write_text('36,1,-0-,"Havana","Cuba",-0-\n', encoding="utf-8")
    reading = read_list(str(path))
    assert [each.key for each in reading.entries] == ["36", "37"]
    assert [each.text for each in reading.entries[0].names] == ["ZORBLAX 1", "QUUX"]
    assert reading.not_understood == (
        "alt.csv, line 2: 1 cell, not 5", "alt.csv, line 3: 3 cells, not 5",
        "line 2: 1 cell, not 12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        # What a server sends instead of a file, and the other file under its name.
        ("alt.csv", "<html>\n<body>Access denied</body>\n"),
        ("alt.csv", '36,1,"1 Road","Havana","Cuba",-0-\n'),
        ("add.csv", '36,1,"aka","QUUX",-0-\n'),
    ],
)
def test_a_file_of_further_names_that_is_another_is_refused_and_loses_no_name(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / "sdn.csv").write_text(SDN_ROW.format(36, 1), encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{name} is no file that OFAC gives beside its list"):
        read_list(str(tmp_path / "sdn.csv"))


def bods_statements(*relations: dict[str, Any]) -> list[dict[str, Any]]:
    entities = [
        {"statementId": f"s{name}", "recordId": name, "recordType": "entity",
         "recordDetails": {"name": name}}
        for name in ("Owner", "Owned")
    ]  # fmt: skip
    return [*entities, *relations]


def relation(day: str, status: str, *interests: dict[str, Any]) -> dict[str, Any]:
    details = {"subject": "Owned", "interestedParty": "Owner", "interests": list(interests)}
    return {"statementId": f"r{day}{status}", "recordId": "r", "recordType": "relationship",
            "recordStatus": status, "statementDate": day, "recordDetails": details}  # fmt: skip


def interest(kind: str, exact: int) -> dict[str, Any]:
    return {"type": kind, "share": {"exact": exact}}


@pytest.mark.parametrize(
    ("relations", "shares"),
    [
        # The later statement counts, whichever stands first in the file.
        ([("2026-06-01", "updated", 60), ("2025-01-01", "new", 10)], ["60"]),
        ([("2025-01-01", "new", 10), ("2026-06-01", "updated", 60)], ["60"]),
        ([("2026-06-01", "closed", 60), ("2025-01-01", "new", 10)], []),
        ([("2026-06-01", "new", 60), ("2026-06-01", "updated", 70)], ["70"]),
        ([("2026-06-01", "new", 60), ("", "updated", 70)], ["70"]),
    ],
)
def test_of_statements_on_a_relationship_the_latest_counts(
    tmp_path: Path, relations: list[tuple[str, str, int]], shares: list[str]
) -> None:
    rows = [relation(day, status, interest("shareholding", at)) for day, status, at in relations]
    path = tmp_path / "bods.json"
    path.write_text(json.dumps(bods_statements(*rows)), encoding="utf-8")
    assert [each.share for each in read_list(str(path)).holdings] == shares
    rows = read_foreign(path).rows
    assert [str(each.share.lo * 100) for each in rows if not each.until] == shares


@pytest.mark.parametrize(
    ("last", "day", "held"),
    [
        # what was stated counts until the next statement, and what came before the first with it
        (("2026-06-01", "updated", 60), "2024-12-31", [10]),
        (("2026-06-01", "updated", 60), "2026-05-31", [10]),
        (("2026-06-01", "updated", 60), "2026-06-01", [60]),
        (("2026-06-01", "closed", 60), "2026-05-31", [10]),
        (("2026-06-01", "closed", 60), "2026-06-01", []),
        (("2025-01-01", "closed", 60), "2026-06-01", [10]),  # the last of one day in the file
    ],
)
def test_of_statements_on_a_relationship_that_of_the_day_counts(
    tmp_path: Path, last: tuple[str, str, int], day: str, held: list[int]
) -> None:
    rows = [
        relation(on, status, interest("shareholding", at))
        for on, status, at in (last, ("2025-01-01", "new", 10))
    ]
    path = tmp_path / "bods.json"
    path.write_text(json.dumps(bods_statements(*rows)), encoding="utf-8")
    graph = graph_on(read_foreign(path), day)
    assert [tie.shares[0].lo * 100 for tie in graph.by_owned.get("Owned", ())] == held


def test_a_relationship_ends_on_the_day_that_its_closing_states(tmp_path: Path) -> None:
    ended = interest("shareholding", 10) | {"endDate": "2026-03-31", "startDate": "2020-02-01"}
    row = relation("2026-06-01", "closed", ended)
    path = tmp_path / "bods.json"
    path.write_text(json.dumps(bods_statements(row)), encoding="utf-8")
    (held,) = read_foreign(path).rows
    assert (held.since, held.until) == ("2020-02-01", "2026-03-31")


@pytest.mark.parametrize("turned", [False, True])
def test_equity_and_votes_of_one_statement_are_one_holding(tmp_path: Path, turned: bool) -> None:
    both = [interest("shareholding", 75), interest("votingRights", 80)]
    row = relation("2026-01-01", "new", *(both[::-1] if turned else both))
    path = tmp_path / "bods.json"
    path.write_text(json.dumps(bods_statements(row)), encoding="utf-8")
    (held,) = read_foreign(path).rows
    assert held.votes is not None
    assert (held.share.lo * 100, held.votes.lo * 100) == (75, 80)


@pytest.mark.parametrize("status", ["ANNULLED", "DUPLICATE"])
def test_a_relationship_that_was_taken_back_is_told_and_not_kept(
    tmp_path: Path, status: str
) -> None:
    head = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
    head += "Relationship.RelationshipType,Registration.RegistrationStatus"
    child, parent = "C" * 20, "P" * 20
    path = tmp_path / "rr.csv"
    path.write_text(f"{head}\n{child},{parent},IS_DIRECTLY_CONSOLIDATED_BY,{status}\n")
    reading = read_list(str(path))
    assert reading.holdings == ()
    assert reading.not_understood == (f"line 2: registration {status}",)


def test_a_column_that_stands_twice_is_refused_and_none_of_the_two_is_taken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "targets.csv"
    path.write_text(f"{TARGETS[:-1]},name\n1,Company,Zorblax,,,Quux\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the column name stands twice"):
        read_list(str(path))


def test_an_end_before_the_beginning_is_told_and_the_party_counts(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,since,until\nZorblax,2026-05-01,2026-04-01\n", encoding="utf-8")
    reading = read_list(str(path))
    assert (reading.entries[0].since, reading.entries[0].until) == ("2026-05-01", "")
    assert "until 2026-04-01 is not after since 2026-05-01" in reading.not_understood[0]


def test_names_that_a_list_prints_in_one_cell_are_names_each(tmp_path: Path) -> None:
    row = {"name": "Zorblax", "source": "Entity List (EL) - Bureau of Industry and Security",
           "alt_names": ["Quux 24;Quux Circuit Institute; Quux Ltd", "Blorf;"]}  # fmt: skip
    path = tmp_path / "csl.json"
    path.write_text(json.dumps({"results": [row]}), encoding="utf-8")
    (entry,) = read_list(str(path)).entries
    assert [each.text for each in entry.names] == [
        "Zorblax", "Quux 24", "Quux Circuit Institute", "Quux Ltd", "Blorf",
    ]  # fmt: skip


def test_former_names_and_abbreviations_of_followthemoney_are_names_of_the_party(
    tmp_path: Path,
) -> None:
    told = {"name": ["Zorblax"], "previousName": ["Old Zorb"], "abbreviation": ["ZBX"]}
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"id": "a", "schema": "Organization", "properties": told}))
    (entry,) = read_list(str(path)).entries
    assert [name.text for name in entry.names] == ["Zorblax", "Old Zorb", "ZBX"]


@pytest.mark.parametrize("day", ["17/10/2025", "17-Oct-2025", "17 October 2025", "2025-10-17"])
def test_a_day_of_the_list_of_the_united_kingdom_is_read_in_each_of_its_forms(
    tmp_path: Path, day: str
) -> None:
    path = tmp_path / "uk.csv"
    head = "Unique ID,Name 6,Name type,Date Designated"
    lines = [f"Report Date: {day},,,", head, f"A1,Zorblax,Primary Name,{day}"]
    path.write_text("\n".join([*lines, "A2,Plugh,Primary Name,in spring"]), encoding="utf-8")
    found = read_list(str(path))
    assert found.source_date == "2025-10-17"
    assert [(each.names[0].text, each.since) for each in found.entries] == [
        ("Zorblax", "2025-10-17"), ("Plugh", ""),
    ]  # fmt: skip
    (told,) = found.not_understood
    assert "Plugh: since 'in spring' is not a day; the party is kept without" in told


def test_equity_and_votes_of_other_days_follow_on_each_other_and_differ_in_nothing(
    tmp_path: Path,
) -> None:
    def interest(kind: str, exact: int, *days: str) -> dict[str, Any]:
        return {"type": kind, "share": {"exact": exact},
                **dict(zip(("startDate", "endDate"), days, strict=False))}  # fmt: skip

    def held(*interests: dict[str, Any]) -> list[tuple[str, str, float, float | None]]:
        statement = changed(HELD, ("recordDetails", "interests"), list(interests))
        file = tmp_path / "held.json"
        file.write_text(json.dumps([statement]), encoding="utf-8")
        found = read_foreign(file)
        assert not found.flags
        return [
            (row.since, row.until, float(row.share.lo), row.votes and float(row.votes.lo))
            for row in found.rows
        ]

    shares, votes = ("shareholding", 30), ("votingRights", 60)
    assert held(interest(*shares, "2020-05-01"), interest(*votes, "2021-06-01")) == [
        ("2020-05-01", "2021-06-01", 0.3, None), ("2021-06-01", "", 0.3, 0.6),
    ]  # fmt: skip
    assert held(interest(*votes, "2020-05-01", "2022-01-01"), interest(*shares, "2021-06-01")) == [
        ("2020-05-01", "2021-06-01", 0, 0.6), ("2021-06-01", "2022-01-01", 0.3, 0.6),
        ("2022-01-01", "", 0.3, None),
    ]  # fmt: skip
    assert held(interest(*shares), interest(*votes)) == [("", "", 0.3, 0.6)]
    assert held(
        interest(*shares, "2018-01-01", "2020-01-01"), interest(*shares, "2020-01-01"),
        interest(*votes, "2020-01-01"),
    ) == [("2018-01-01", "2020-01-01", 0.3, None), ("2020-01-01", "", 0.3, 0.6)]  # fmt: skip


def test_a_company_in_statements_has_its_addresses(tmp_path: Path) -> None:
    places = [{"address": "Elm St 1, Zug", "postCode": "6300", "country": {"name": "Switzerland"}},
              {"address": "Bern", "country": "CH"}, {}]  # fmt: skip
    file = tmp_path / "company.json"
    file.write_text(json.dumps(changed(BODS, (0, "recordDetails", "addresses"), places)))
    (entry,) = read_list(str(file)).entries
    assert entry.addresses == ("Elm St 1, Zug, 6300, Switzerland", "Bern, CH")
