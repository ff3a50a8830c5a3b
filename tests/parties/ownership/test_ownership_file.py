"""Files of holdings: what is read, and what is said of bad input."""

from __future__ import annotations

import base64
import os
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from detente.core.figures import percent
from detente.core.tables.percents import untold_percentage
from detente.parties.ownership.file import notes_on_size, read_all
from detente.parties.ownership.importing import read_foreign
from detente.parties.ownership.model import Holdings
from detente.parties.ownership.shares import Share, decimal_text, share_of
from tests.parties.ownership.ownership_support import answer, holding, ids, seed

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def written(text: str | bytes, name: str = "holdings.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("50", Fraction(1, 2), Fraction(1, 2)),
        ("50%", Fraction(1, 2), Fraction(1, 2)),
        ("1/3", Fraction(1, 3), Fraction(1, 3)),
        ("33.33-49.99", Fraction(3333, 10000), Fraction(4999, 10000)),
        ("50–67%", Fraction(1, 2), Fraction(67, 100)),
        ("50—67", Fraction(1, 2), Fraction(67, 100)),
        ("50 to 67 percent", Fraction(1, 2), Fraction(67, 100)),
        ("50,5", Fraction(101, 200), Fraction(101, 200)),
        ("0,0625 %", Fraction(1, 1600), Fraction(1, 1600)),
        ("60 per cent", Fraction(3, 5), Fraction(3, 5)),
        ("６０．５％", Fraction(121, 200), Fraction(121, 200)),
        ("unknown", Fraction(0), Fraction(1)),
        ("0.5", Fraction(1, 200), Fraction(1, 200)),
        (".5", Fraction(1, 200), Fraction(1, 200)),
        ("5.", Fraction(1, 20), Fraction(1, 20)),
        ("33.333333333333333333", Fraction(33333333333333333333, 10**20), None),
    ],
)
def test_a_share_is_read_exactly(text: str, lo: Fraction, hi: Fraction | None) -> None:
    assert share_of(text)[:2] == (lo, lo if hi is None else hi)


@pytest.mark.parametrize(
    ("text", "slack"),
    [("50", 0), ("50.1", 0), ("50.12", Fraction(1, 20_000)), ("50.123%", Fraction(1, 200_000))],
)
def test_a_percentage_of_two_decimals_may_be_rounded_by_half_of_the_last(
    text: str, slack: Fraction
) -> None:
    assert share_of(text).slack == slack


@pytest.mark.parametrize(
    ("text", "share"),
    [("1e-07", "1/1000000000"), ("5e-05", "1/2000000"), ("2.5E-3", "1/40000")],
)
def test_a_share_far_below_a_percent_is_read_as_numbers_come_out_of_parquet_and_frames(
    text: str, share: str
) -> None:
    assert share_of(text) == Share(Fraction(share), Fraction(share))


@pytest.mark.parametrize(
    "text",
    ["e-5", "1e-", "1e+5", "half", "-5", "1e2", "50-", "1/0", "50,", "1/3%", "1_0", "−5", "٦٠"],
)
def test_what_is_no_share_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="is not a share: write a percentage"):
        share_of(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the share is empty: write unknown"),
        ("12,500", "may be a share or thousands: write its decimals after a point"),
        (">50%", "write what is more than half as 50-100"),
        ("≥ 50", "write what is more than half as 50-100"),
        ("more than 50", "write what is more than half as 50-100"),
    ],
)
def test_a_share_that_may_be_meant_in_two_ways_is_refused_with_how_to_write_it(
    text: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        share_of(text)


@pytest.mark.parametrize("text", ["100.01", "101%", "3/2", "50-120", "100,5"])
def test_a_share_above_the_whole_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="above 100 percent"):
        share_of(text)


def test_a_range_that_runs_backward_is_refused() -> None:
    with pytest.raises(ValueError, match="runs backward"):
        share_of("60-50")


def test_shares_are_shown_without_pretending_to_be_exact() -> None:
    assert decimal_text(Fraction(1, 3)) == "0.333333333333"
    assert decimal_text(Fraction(1, 3), up=True) == "0.333333333334"
    assert percent(Fraction(1, 3)) == "about 33.3333%"
    assert percent(Fraction(4999, 10000)) == "49.99%"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("owner,owned\nX,T\n", r", line 1: no column share; the header needs owner, owned, share"),
        ("owner,owned,share,share\nX,T,5,5\n", ": the column share stands twice"),
        ("owner,owned,share\nX,T,101\n", ", line 2: share: the share 101 is above 100 percent"),
        ("owner,owned,share\nX,,10\n", ", line 2: the column owned is empty"),
        ("owner,owned,share\nX,T\n", ", line 2: 2 cells under 3 columns"),
        ("owner,owned,share\nX,T,\n", ", line 2: share: the share is empty: write unknown"),
        ("owner,owned,share,from\nX,T,5,2020-13-01\n", ", line 2: from '2020-13-01' is not a day"),
        ("owner,owned,share,from,until\nX,T,5,2020-01-02,2020-01-02\n", "is not after from"),
        ("owner,owned,share,contract_control\nX,T,5,maybe\n", "neither true nor false"),
        ("owner,owned,share\nX,T,5\n\xe9,T,5\n".encode("latin-1"), ", line 3: this is not UTF-8"),
    ],
)
def test_a_fault_is_an_error_with_file_and_line(write, text, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        read_all(write(text))


def test_other_encodings_and_separators_are_read(write) -> None:  # type: ignore[no-untyped-def]
    text = "owner;owned;share\n甲公司;乙公司;50\n"
    rows = read_all(write(text)).rows
    assert rows == read_all(write(text.encode("GB18030"), "gb.csv"), encoding="GB18030").rows
    assert rows == read_all(write(text.encode("utf-16"), "u16.csv")).rows
    assert rows[0].owner == "甲公司"


def test_a_name_composed_in_two_ways_is_one_owner(write) -> None:  # type: ignore[no-untyped-def]
    rows = read_all(write("owner,owned,share\nCafe\u0301,T,5\nCaf\u00e9,U,5\n")).rows
    assert rows[0].owner == rows[1].owner


def test_ids_that_the_entities_do_not_have_are_told(write) -> None:  # type: ignore[no-untyped-def]
    entities = write("id,name,country\nX,X Ltd,CN\n", "entities.csv")
    read = read_all(write("owner,owned,share\nX,T,50\n"), None, entities)
    assert "1 id of the holdings is not in entities.csv: T" in read.notes


def test_a_file_of_fractions_read_as_percentages_is_told(write) -> None:  # type: ignore[no-untyped-def]
    read = read_all(write("owner,owned,share\nX,T,0.5\nT,U,1\n"))
    assert any("every share is 1 percent or less" in note for note in read.notes)


def test_holdings_of_other_days_are_left_out_and_told(write) -> None:  # type: ignore[no-untyped-def]
    text = "owner,owned,share,from,until\nX,T,50,2025-01-01,2025-10-01\nX,U,50,2025-10-01,\n"
    held = read_all(write(text))._replace(seeds=(seed("X", "EL"),))
    assert ids(answer(held, "bis", "2025-09-30")["covered"]) == {"T"}
    found = answer(held, "bis", "2025-10-01")
    assert ids(found["covered"]) == {"U"}
    assert "1 of 2 holdings is not of 2025-10-01: left out" in found["notes"]


def test_columns_that_are_not_read_are_told(write) -> None:  # type: ignore[no-untyped-def]
    held = write("owner,owned,share,Start Date,end_date,,source\nX,A,60,2010,2020,,s\n")
    seeds = write("id,list,note\nX,EL,n\n", "seeds.csv")
    entities = write("id,name,country,parent\nA,Zork,CN,P\n", "entities.csv")
    assert [each for each in read_all(held, seeds, entities).notes if "not read" in each] == [
        "holdings.csv: 2 columns were not read (Start Date, end_date)",
        "seeds.csv: 1 column was not read (note)",
        "entities.csv: 1 column was not read (parent)",
    ]


def test_an_owner_of_itself_is_flagged_and_not_counted() -> None:
    held = Holdings((holding("X", "T", "49"), holding("T", "T", "2")), (seed("X", "EL"),))
    found = answer(held, "bis")
    assert not found["covered"]
    assert any("of itself" in flag["why"] for flag in found["red_flags"])


def test_holdings_that_add_up_to_more_than_the_whole_are_flagged_and_never_shown_above_it() -> None:
    held = Holdings(
        (holding("X", "T", "70"), holding("Y", "T", "60")), (seed("X", "EL"), seed("Y", "EL"))
    )
    found = answer(held, "bis")
    assert found["covered"][0]["share"] == ["1", "1"]
    assert any("add up to 130%" in flag["why"] for flag in found["red_flags"])


def test_sources_that_differ_give_the_largest_with_a_flag_and_a_key_adds_blocks_up() -> None:
    rows = (holding("X", "T", "30", "one"), holding("X", "T", "25", "two"))
    found = answer(Holdings(rows, (seed("X", "EL"),)), "bis")
    assert not found["covered"]
    assert any("the sources differ" in flag["why"] for flag in found["red_flags"])
    rows = (holding("X", "T", "30", "one", "class A"), holding("X", "T", "25", "one", "class B"))
    (row,) = answer(Holdings(rows, (seed("X", "EL"),)), "bis")["covered"]
    assert row["share"] == ["0.55", "0.55"]


def test_an_unknown_share_beside_a_known_one_possibly_covers_until_a_key_joins_them() -> None:
    def told(key: str) -> dict[str, Any]:
        rows = (holding("X", "T", "unknown", "one", key), holding("X", "T", "40", "two", key))
        return answer(Holdings(rows, (seed("X", "EL"),)), "bis")

    found = told("")
    assert (found["status"], found["covered"]) == ("possibly", [])
    (row,) = found["possibly_covered"]
    assert (row["id"], row["share"]) == ("T", ["0.4", "1"])
    assert {
        "id": "T",
        "why": "what X holds is known in one row and unknown in another (an unknown share by one, "
        "40% by two): at least 40% is counted, and the unknown share may come on top; give the "
        "rows one key if they tell of one holding",
    } in found["red_flags"]
    joined = told("A shares")
    assert (joined["covered"], joined["possibly_covered"]) == ([], [])
    assert not any("unknown" in flag["why"] for flag in joined["red_flags"])


def test_an_unknown_share_has_only_what_others_leave_of_the_company() -> None:
    # X has 10% and something unknown, Y 61%: X can have 39% at the most, which is below half.
    rows = (holding("X", "T", "10"), holding("X", "T", "unknown"), holding("Y", "T", "61"))
    found = answer(Holdings(rows, (seed("X", "EL"),)), "bis")
    assert (found["covered"], found["possibly_covered"]) == ([], [])
    assert any(
        "X holds 10% to 39%" in flag["why"] for flag in found["red_flags"] if flag["id"] == "T"
    )


def test_an_interest_that_is_no_share_and_one_that_is_indirect_are_flagged(write) -> None:  # type: ignore[no-untyped-def]
    import json

    def statement(record: str, kind: str, how: str) -> dict[str, object]:
        interest = {"type": kind, "directOrIndirect": how, "share": {"exact": 60}}
        details = {"subject": "T", "interestedParty": "X", "interests": [interest]}
        return {"statementId": record, "recordId": record, "recordType": "relationship",
                "recordDetails": details}  # fmt: skip

    rows = [statement("1", "boardMember", "direct"), statement("2", "shareholding", "indirect")]
    read = read_foreign(write(json.dumps(rows), "bods.json"))
    assert not read.rows
    assert [flag.id for flag in read.flags] == ["T", "T"]


def test_a_party_is_screened_by_each_of_its_names_and_what_one_settles_is_not_left_open(
    write,  # type: ignore[no-untyped-def]
) -> None:
    import json

    from detente.parties.ownership.screened_names import with_listed
    from detente.parties.screening.store import Screen

    company = {"id": "X", "schema": "Company", "properties": {
        "name": ["Zorblax Plugh"], "alias": ["Quux"],
        "previousName": ["Semiconductor Manufacturing International Corporation"]}}  # fmt: skip
    lines = [json.dumps(company), ownership(percentage="60")]
    read = with_listed(
        read_foreign(write("\n".join(lines), "a.ftm.json")),
        Screen("2025-11-05", "2025-11-05"),
        ("EL",),
    )
    assert [(seed.id, seed.list) for seed in read.seeds] == [("X", "EL")]
    assert any(
        "X was screened by its name Semiconductor Manufacturing International Corporation as"
        in note
        for note in read.notes
    )
    assert not [flag for flag in read.flags if flag.id == "X"]


@pytest.mark.parametrize(
    ("country", "told"), [("CN", False), ("DE", True), ("", False), ("China", False)]
)
def test_a_listed_name_in_another_country_than_the_list_has_it_in_is_told(
    write,  # type: ignore[no-untyped-def]
    country: str,
    told: bool,
) -> None:
    from detente.parties.ownership.screened_names import with_listed
    from detente.parties.screening.store import Screen

    rows = write("owner,owned,share\nA,B,60\n", "h.csv")
    known = write(
        f"id,name,country\nA,Yangtze Memory Technologies,{country}\nB,Plugh,CN\n", "e.csv"
    )
    read = with_listed(read_all(rows, None, known), Screen("2025-11-05", "2025-11-05"), ("EL",))
    (note,) = [note for note in read.notes if note.startswith("A was screened by name")]
    assert ("which the list has in CN and not DE" in note) is told


def ownership(**properties: str) -> str:
    import json

    told = {"owner": ["X"], "asset": ["T"], **{key: [text] for key, text in properties.items()}}
    return json.dumps({"id": "r", "schema": "Ownership", "properties": told})


def test_a_share_that_is_none_is_unknown_and_the_others_of_its_file_are_read(write) -> None:  # type: ignore[no-untyped-def]
    for text in ("about half", "150", ""):
        lines = [ownership(percentage=text), ownership(percentage="60", asset="U")]
        read = read_foreign(write("\n".join(lines), "a.ftm.json"))
        assert [row.share.known for row in read.rows] == [False, True]
        (flag,) = read.flags
        assert (flag.id, repr(text) in flag.why) == ("T", True)
        found = answer(read._replace(seeds=(seed("X", "EL"),)), "bis")
        assert [row["id"] for row in found["possibly_covered"]] == ["T"]
        assert [row["id"] for row in found["covered"]] == ["U"]


@pytest.mark.parametrize(
    ("since", "until", "on", "status"),
    [
        # Of a year or a month it is open on which of its days a holding begins or ends.
        ("2025", "", "2024-12-31", "no"),
        ("2025", "", "2025-10-15", "possibly"),
        ("2024", "", "2025-10-15", "covered"),
        ("", "2025", "2025-10-15", "possibly"),
        ("", "2025-10", "2025-10-15", "possibly"),
        ("", "2026", "2025-10-15", "covered"),
        ("", "2025-09", "2025-10-15", "no"),
        ("2025", "2025", "2025-10-15", "possibly"),
        ("2025-10-01T08:00:00", "2025-10-20", "2025-10-15", "covered"),
        # What is no day, or an end before the beginning, is flagged and left out.
        ("", "soon", "2025-10-15", "covered"),
        ("early", "", "2025-10-15", "covered"),
        ("2025-10-01", "2025-09-01", "2025-10-15", "covered"),
    ],
)
def test_a_holding_of_which_a_year_is_told_may_be_held_within_it(
    write,
    since: str,
    until: str,
    on: str,
    status: str,  # type: ignore[no-untyped-def]
) -> None:
    days = {"startDate": since, "endDate": until}
    told = {key: text for key, text in days.items() if text}
    read = read_foreign(write(ownership(percentage="60", **told), "a.ftm.json"))
    found = answer(read._replace(seeds=(seed("X", "EL"),)), "bis", on)
    held = {
        "covered": bool(found["covered"]),
        "possibly": bool(found["possibly_covered"]),
        "no": not found["covered"] and not found["possibly_covered"],
    }
    assert [name for name, is_so in held.items() if is_so] == [status]
    odd = {"soon", "early"} & {since, until} or since > until > ""
    assert bool(read.flags) is bool(odd)


@pytest.mark.parametrize(
    ("day", "branches", "note"),
    [
        ("2025-10-15", {"current", "moved"}, ["1 of 3 branches is none on 2025-10-15"]),
        ("2015-10-15", {"former", "current"}, []),
        ("2009-12-31", set(), ["3 of 3 branches are none on 2009-12-31"]),
    ],
)
def test_a_branch_is_one_on_the_days_that_its_file_tells(  # type: ignore[no-untyped-def]
    write, day: str, branches: set[str], note: list[str]
) -> None:
    house, other, *numbers = (f"549300ZORBLAX{at:07}" for at in range(5))
    former, current, moved = numbers
    relation, period = "Relationship", "Relationship.Period.1"
    held = read_foreign(write(
        f"{relation}.StartNode.NodeID,{relation}.EndNode.NodeID,{relation}.RelationshipType,"
        f"{relation}.RelationshipStatus,{period}.startDate,{period}.endDate,{period}.periodType\n"
        f"{former},{house},IS_INTERNATIONAL_BRANCH_OF,INACTIVE,2010-01-01,2020-01-01,"
        "RELATIONSHIP_PERIOD\n"
        f"{current},{house},IS_INTERNATIONAL_BRANCH_OF,ACTIVE,2010-01-01,,RELATIONSHIP_PERIOD\n"
        f"{moved},{house},IS_INTERNATIONAL_BRANCH_OF,ACTIVE,2020-01-01,,RELATIONSHIP_PERIOD\n"
        # What it was before stands below, and takes nothing away from what it is.
        f"{moved},{other},IS_INTERNATIONAL_BRANCH_OF,INACTIVE,2010-01-01,2020-01-01,"
        "RELATIONSHIP_PERIOD\n"
    ))  # fmt: skip
    found = answer(held._replace(seeds=(seed(house, "EL"),)), "bis", day)
    names = dict(zip(numbers, ("former", "current", "moved"), strict=True))
    assert {names[each] for each in ids(found["covered"])} == branches
    assert [each for each in found["notes"] if "branches" in each] == note


def test_an_upper_end_that_does_not_belong_to_its_range_stays_out(write) -> None:  # type: ignore[no-untyped-def]
    import json

    share = {"minimum": 25, "exclusiveMaximum": 50}
    details = {"subject": "T", "interestedParty": "X",
               "interests": [{"type": "shareholding", "share": share}]}  # fmt: skip
    row = {"statementId": "1", "recordId": "1", "recordType": "relationship",
           "recordDetails": details}  # fmt: skip
    read = read_foreign(write(json.dumps([row]), "bods.json"))
    assert read.rows[0].share.hi < Fraction(1, 2)
    found = answer(read._replace(seeds=(seed("X", "EL"),)), "bis")
    assert not found["possibly_covered"]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")
def test_every_example_of_the_standard_is_read_and_answered_and_nobody_holds_more_than_all() -> (
    None
):
    folder = Path(REFERENCE) / "parties" / "bods-0.4-examples"
    files = sorted(folder.glob("*.json"))
    assert len(files) == 19
    shares = 0
    for path in files:
        read = read_foreign(path)
        owners = sorted({row.owner for row in read.rows})
        found = answer(read._replace(seeds=tuple(seed(each, "EL") for each in owners[:1])), "bis")
        for row in [*found["covered"], *found["possibly_covered"]]:
            shares += 1
            assert 0 <= Fraction(row["share"][0]) <= Fraction(row["share"][1]) <= 1
    assert shares > 0


def test_a_share_knows_whether_anything_is_known_of_it() -> None:
    assert not Share(Fraction(0), Fraction(1)).known
    assert share_of("0-50").known


def test_a_share_that_a_workbook_shows_as_a_percentage_is_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["owner", "owned", "share"])
    for at, (share, kind) in enumerate([(0.6, "0%"), (0.6, "General"), ("50%", "0%")], 2):
        book.active.append(["A", f"B{at}", share])
        book.active.cell(row=at, column=3).number_format = kind
    book.save(tmp_path / "held.xlsx")
    found = [row.share for row in read_all(tmp_path / "held.xlsx").rows]
    assert [each.lo for each in found] == [Fraction(3, 5), Fraction(6, 1000), Fraction(1, 2)]


BEFORE_2007 = (
    "eNrtWE1oE0EU/may2/zQpklNhVYooWDVWhHx4qVdrdRetFQvigi6NYFKSyKrIHrQas1REDwpXgq9eKl68Qc96M2D"
    "UNGDIAiJHj2JCj20Wd+8na1prdCAFirzhXnz5s18Oy/z5s3+vJlNl6cetlewDH2IoOrH0VBjE1TiYSMF6vd9pYZ1"
    "jIpvsK4Qj1EgG2w8a3odVTFU8a5A4oH1kiTwicoJnMVQsZDPriH62QdXKB96SQrcJUsSbexVC8vTLDewvM8jn7Pc"
    "y5YbLHtpbFkcx6wz1L1H7+JjspP7klDXfcycD2zZhVa8Urv4yk0RjLWxzzvjjq+zjg6rEdOggA7mC3nPHS8jQ5Gd"
    "xg8/C3wPU/hF1tjX1i5A9rml9ugf7DE6a5fbb0kLmIB/ijOipE5jKwj86Dx2qoBzAttA8QIFXtc5qs+Nul6exg4c"
    "3OHSXumnsj+hznPO/9SS/G/ivGgkmUMz62nOjhT5NH/v69tDI8POSbZM8Jkf3Bk2K9/g46piEDnJPZFF2c2M7Syv"
    "8VU3sd7OMkNOU9013KqVA5M85jr3dtE8uxnvnC01+lbSS18OP+kofXa2kT4zWLmUmXnvTKGT1iZHfPWbRI/oEXdu"
    "Kzx1wlroU+Qjy7bfTpSYTGnffX37a8YCEqymWQYttTpisSX1Wim2WIEtmB3R4wWz1bpdlqolyadvmi1XYEtmW5od"
    "RMbWbMlsFb8+2YJHaiidhL+QgIGBgYGBgYGBgYHgZ9bgCd0KXh34GTKqv+ssUKmazyT/LY6gSL/z9J45gALVHi7W"
    "tX82whbhtcQqOeH3QoWjNLuHMYywH2N17196hxO1/2fVxNTfS6F656/W4+c/nv8nWZnQdw=="
)
"""A packed `.xls` of which two shares are shown as 60% and 100%; the numbers kept are 0.6 and 1."""


def test_a_workbook_that_does_not_tell_percentages_is_refused_where_they_may_be(
    tmp_path: Path,
) -> None:
    path = tmp_path / "held.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(BEFORE_2007)))
    with pytest.raises(ValueError, match=r"line 2: 0\.6 in column 3 may be shown as a percentage"):
        read_all(path)


@pytest.mark.parametrize(
    ("name", "cell", "place"),
    [
        ("held.xls", "0.6", (1, 2)),
        ("held.xls", "1", (1, 2)),
        ("held.xls", "0.0051", (1, 2)),
        ("held.XLS", "1E-2", (1, 2)),
        ("held.xls", "60%", None),
        ("held.xls", "60", None),
        ("held.xls", "0", None),
        ("held.xlsx", "0.6", None),
    ],
)
def test_a_number_up_to_one_may_be_a_percentage_in_a_workbook_of_before_2007(
    name: str, cell: str, place: tuple[int, int] | None
) -> None:
    held = [["owner", "A"], ["owned", "B"], ["share", cell]]
    assert untold_percentage(Path(name), held) == place


def test_one_share_below_a_percent_is_told_to_be_a_percentage(tmp_path: Path) -> None:
    path = tmp_path / "held.csv"
    path.write_text("owner,owned,share\nA,B,0.6\n", encoding="utf-8")
    (note,) = notes_on_size(read_all(path).rows)
    assert "a plain number is a percentage" in note


def test_objects_in_json_of_other_keys_are_refused_with_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "h.json"
    path.write_text('[{"parent": "A", "child": "C", "percent": "60"}]', encoding="utf-8")
    with pytest.raises(ValueError, match="CSV, xlsx or Parquet with owner, owned and share") as bad:
        read_all(path)
    assert "JSON with objects of these keys" in str(bad.value)
    assert "--format" not in str(bad.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("h.json", '[{"Owner": "A", "owned": "C", "Share": 60}]'),
        ("h.json", '{"on": "", "holdings": [{"owner": "A", "owned": "C", "share": "60%"}]}'),
        ("h.jsonl", '\ufeff{"owner": "A", "owned": "C", "share": "3/5"}\n'),
        ("h.ndjson", '{"owner": "A", "owned": "C", "share": 60, "contract_control": false}\n\n'),
        ("h.json", '{"owner": "A", "owned": "C", "share": 60.0, "key": null}'),
    ],
)  # fmt: skip
def test_rows_in_json_are_a_table_like_any_other(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    seeds, entities = tmp_path / "s.json", tmp_path / "e.json"
    seeds.write_text('[{"id": "A", "list": "EL"}]', encoding="utf-8")
    entities.write_text('[{"id": "C", "name": "Cee", "country": "cn"}]', encoding="utf-8")
    found = read_all(path, seeds, entities)
    assert [(each.owner, each.owned, each.share) for each in found.rows] == [
        ("A", "C", share_of("60"))
    ]
    assert [(each.id, each.list) for each in found.seeds] == [("A", "EL")]
    assert (found.entities["C"].name, found.entities["C"].country) == ("Cee", "CN")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"owner": "A", "owned": "B", "share": 60},\n{"owner": "A", "owned": [1]}]',
         r"h.json, line 2: owned has 1 value where a text or a number stands"),
        ('[{"owner": "A", "owned": "B", "share": 60},\n{"owner": "A", "owned": "C"}]',
         r"h.json, line 2: share: the share is empty"),
        ('[{"owner": "A", "owned": "B", "share": 60},\n{"owner": "A", ',
         r"h.json, line 2: this is not JSON"),
        ('[{"owner": "A", "owned": "B", "share": 60},\n7]', r"line 2: this is not an object"),
        ('[{"owner": "A", "owned": "B", "share": 60}', r"line 1: it ends within the array"),
        ('[{"owner": "A", "owned": "B"}]', r"no column share"),
    ],
)  # fmt: skip
def test_a_fault_in_rows_of_json_is_told_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "h.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        read_all(path)
