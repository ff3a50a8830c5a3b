"""Ways to a company are links, written out on demand; names in the files may be screened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.answers.owners import Owners
from detente.cli.parties.show_owners import SHOWN, show
from detente.parties.ownership import owned_rows, paths
from detente.parties.ownership.answer import owners
from detente.parties.ownership.file import read_all
from detente.parties.ownership.model import Entity, Holding, Holdings
from detente.parties.ownership.owned_rows import OwnedRows
from detente.parties.ownership.regimes import regime
from detente.parties.ownership.screened_names import with_listed
from detente.parties.ownership.shares import share_of
from detente.parties.screening.store import Screen
from detente.register.book import Register
from tests.parties.ownership.ownership_support import seed


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


def chain(folder: Path, tiers: int) -> Holdings:
    rows = "\n".join(f"c{at},c{at + 1},60" for at in range(tiers))
    (folder / "holdings.csv").write_text(f"owner,owned,share\n{rows}\n", encoding="utf-8")
    (folder / "seeds.csv").write_text("id,list\nc0,EL\n", encoding="utf-8")
    return read_all(folder / "holdings.csv", folder / "seeds.csv", None)


@pytest.mark.parametrize(("written", "ways"), [("full", 1), ("first", 1), ("none", 0)])
def test_a_way_is_written_out_or_walked_up_by_its_links(
    written: str, ways: int, tmp_path: Path, register: Register
) -> None:
    answer = owners(register, chain(tmp_path, 4), "bis", "2025-10-15", None, written)
    rows = {row["id"]: row for row in answer["covered"]}
    assert len(rows["c4"]["paths"]) == ways
    walked, each = [], "c4"
    while each in rows:
        walked.append(each)
        each = rows[each]["via"]
    assert [*walked, each] == ["c4", "c3", "c2", "c1", "c0"]


def test_a_long_chain_has_links_and_says_that_its_ways_are_not_written_out(
    tmp_path: Path, register: Register
) -> None:
    # 1 + 2 + … + 2000 = 2,001,000 steps, more than are written out.
    answer = owners(register, chain(tmp_path, 2000), "bis", "2025-10-15")
    assert len(answer["covered"]) == 2000
    assert all(row["via"] for row in answer["covered"])
    assert answer["covered"][0]["paths"] == [["c0", "c1"]]
    assert answer["covered"][-1]["paths"] == []
    assert any("too long to be written out" in note for note in answer["notes"])


def test_companies_made_as_they_are_read_are_those_of_the_list_however_often_they_are_read(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "MOST_STEPS", 7)  # of c1 to c3 there is room, of c4 no longer
    held = chain(tmp_path, 5)
    whole = owners(register, held, "bis", "2025-10-15")
    read = owners(register, held, "bis", "2025-10-15", on_demand=True)
    assert [bool(row["paths"]) for row in whole["covered"]] == [True, True, True, False, False]
    for _ in range(2):
        assert list(read["covered"]) == whole["covered"]
    assert read["covered"][3] == whole["covered"][3]
    assert {**read, "covered": whole["covered"]} == whole


NAMES = ("A", 'B "Trading"', "公司", "D\\\t", "Ünternehmen", "F", "G", "H")
SHARES = ("60", "50", "1/3", "16.67", "25", "33.33-60", "unknown", "0", "100")


@st.composite
def odd_files(draw: st.DrawFn) -> Holdings:
    """Holdings as files tell them: odd names, ranges, votes, contracts, days, rows that repeat."""
    part = st.none() | st.sampled_from(SHARES).map(share_of)
    rows = draw(
        st.lists(
            st.builds(
                Holding,
                st.sampled_from(NAMES),
                st.sampled_from(NAMES),
                st.sampled_from(SHARES).map(share_of),
                st.sampled_from(("", "", "2025-01-01")),
                st.sampled_from(("", "", "2027-01-01")),
                st.sampled_from(("", "", 'a "report"', "年报")),
                st.sampled_from(("", "", "ordinary")),
                part,
                part,
                st.booleans(),
            ),
            max_size=14,
        )
    )
    entities = [
        Entity(each, draw(st.sampled_from(("", 'Näme "q"'))), draw(st.sampled_from(("", "SG"))))
        for each in NAMES[3:]
    ]
    if draw(st.booleans()):
        entities.append(Entity("branch", "", "MY", "公司"))
    seeds = (seed("A", "EL"), seed('B "Trading"', "SDN:SDGT"))
    return Holdings(tuple(rows), seeds, {each.id: each for each in entities})


@given(
    odd_files(),
    st.sampled_from(("bis", "ofac", "mofcom-61", "economic-interest")),
    st.sampled_from(paths.WRITTEN),
    st.sampled_from((0, 1, owned_rows.MANY_OWNERS)),
)
@settings(deadline=None, max_examples=150)
def test_a_row_written_as_it_is_made_is_letter_for_letter_its_dictionary_as_json(
    held: Holdings, rule: str, written: str, many: int
) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    read = owners(Register.built_in(), held, rule, "2025-11-09", None, written, on_demand=True)
    for rows in (read["covered"], read["possibly_covered"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owned_rows, "MANY_OWNERS", many)
            text = "".join(rows.json_texts("\n")) if isinstance(rows, OwnedRows) else ""
            lines = text.split("\n") if text else []
        assert lines == list(map(encode, rows))
        assert rows[:2] == list(rows)[:2]


def test_texts_that_were_kept_are_made_anew_where_there_was_no_room(
    tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owned_rows, "MOST_TEXTS", 2)
    rows = owners(register, chain(tmp_path, 6), "bis", "2025-10-15", on_demand=True)["covered"]
    assert isinstance(rows, OwnedRows)
    assert json.loads(f"[{''.join(rows.json_texts(','))}]") == list(rows)


@pytest.mark.parametrize("on_demand", [True, False])
def test_of_a_company_with_many_owners_the_first_ways_are_printed(
    tmp_path: Path, register: Register, *, on_demand: bool
) -> None:
    many = SHOWN + 7
    rows = "".join(f"S{at},C,1/100\n" for at in range(many)) + "S0,D,60\nS1,D,1/100\n"
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{rows}", encoding="utf-8")
    seeds = "".join(f"S{at},EL\n" for at in range(many))
    (tmp_path / "s.csv").write_text(f"id,list\n{seeds}S,EL\n", encoding="utf-8")
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{rows}S,C,30\n", encoding="utf-8")
    held = read_all(tmp_path / "h.csv", tmp_path / "s.csv", None)
    for written, told in (("full", SHOWN), ("first", 1), ("none", 0)):
        answer = owners(register, held, "bis", "2025-10-15", None, written, on_demand)
        lines = show(answer).splitlines()
        assert sum(line.endswith("-> C") for line in lines) == told
        more = [line for line in lines if "more owners" in line]
        assert more == (
            ["      and through 8 more owners; --json gives them all"] if told > 1 else []
        )
        assert len(answer["covered"][0]["because"]) == many + 1


@pytest.mark.parametrize("written", paths.WRITTEN)
def test_of_a_company_that_very_many_own_no_holding_is_made_to_add_them_up_or_write_them(
    tmp_path: Path, register: Register, written: str
) -> None:
    many = 2 * owned_rows.MANY_OWNERS
    rows = "".join(f"S{at},C,0.0{at % 7 + 1}\n" for at in range(1, many)) + "S0,C,40\n"
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{rows}", encoding="utf-8")
    seeds = "".join(f"S{at},EL\n" for at in range(many))
    (tmp_path / "s.csv").write_text(f"id,list\n{seeds}", encoding="utf-8")
    held = read_all(tmp_path / "h.csv", tmp_path / "s.csv", None)
    answer = owners(register, held, "bis", "2025-10-15", None, written, on_demand=True)
    companies = answer["covered"]
    assert isinstance(companies, OwnedRows)
    text = "".join(companies.json_texts("\n"))
    made = sum(tie is not None for tie in companies._graph.ties._made)
    assert made <= 1  # the one through which the company was reached
    assert json.loads(text) == companies[0]


def test_a_word_for_ways_that_is_none_is_refused(tmp_path: Path, register: Register) -> None:
    with pytest.raises(ValueError, match="full, first, none"):
        owners(register, chain(tmp_path, 2), "bis", "2025-10-15", None, "all")


def test_owners_that_are_listed_by_name_begin_and_near_ones_are_told(
    tmp_path: Path, register: Register
) -> None:
    (tmp_path / "h.csv").write_text(
        'owner,owned,share\n"Huawei Technologies Co., Ltd.",Zorblax GmbH,60\n'
        "Hikvision Digital Technology,Quuxly AG,60\n",
        encoding="utf-8",
    )
    screen = Screen("2026-07-31")
    held = with_listed(read_all(tmp_path / "h.csv", None, None), screen, ("EL", "MEU", "SDN"))
    assert [(seed.id, seed.list) for seed in held.seeds] == [
        ("Huawei Technologies Co., Ltd.", "EL")
    ]
    answer = owners(register, held, "bis", "2025-10-15")
    assert [row["id"] for row in answer["covered"]] == ["Zorblax GmbH"]
    flagged = [each["why"] for each in answer["red_flags"] if each["id"].startswith("Hikvision")]
    assert any("may be Hangzhou Hikvision" in why for why in flagged)


@pytest.mark.parametrize(
    "owner", ["SMIC, Americas", "Huawei, Africa", "Huawei Technologies, 12 Some Road, Shenzhen"]
)
def test_a_name_of_which_something_was_cut_away_may_begin_and_is_told(
    tmp_path: Path, register: Register, owner: str
) -> None:
    answer = screened(tmp_path, register, f'"{owner}"', "2025-10-15", "bis")
    assert not answer["covered"]
    assert [row["id"] for row in answer["possibly_covered"]] == ["Quuxly AG"]
    (why,) = [each["why"] for each in answer["red_flags"] if each["id"] == owner]
    assert "on list EL, if its name is read without" in why


@pytest.mark.parametrize(
    "owner", ["SMIC", "Huawei", "Huawei Technologies Co., Ltd. (Huawei)", "Huawei Technologies"]
)
def test_a_name_that_a_list_prints_begins_however_it_is_read(
    tmp_path: Path, register: Register, owner: str
) -> None:
    answer = screened(tmp_path, register, f'"{owner}"', "2025-10-15", "bis")
    assert [row["id"] for row in answer["covered"]] == ["Quuxly AG"]


def test_what_is_required_of_a_party_found_by_name_is_in_the_words_of_its_list_on_the_day(
    tmp_path: Path, register: Register
) -> None:
    # Its entry was last changed on 5 December 2024; its policy of the days before is not held.
    told = {
        day: screened(tmp_path, register, "SMIC", day, "bis")["covered"][0]["requirement"]
        for day in ("2021-03-01", "2025-10-15")
    }
    assert told["2021-03-01"] == "what the listing of SMIC requires (EL)"
    assert told["2025-10-15"].startswith("For all items subject to the EAR")
    assert "200mm wafer" in told["2025-10-15"]


@pytest.mark.parametrize(("owner", "name", "asked"), [("b1", "", False), ("b1", "Zork", True),
                                                      ("华为", "", True)])  # fmt: skip
def test_a_short_id_without_a_name_is_not_screened_and_that_is_told(
    tmp_path: Path, register: Register, owner: str, name: str, *, asked: bool
) -> None:
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{owner},Quuxly AG,60\n", "utf-8")
    (tmp_path / "e.csv").write_text(f"id,name,country\n{owner},{name},\n", "utf-8")
    held = with_listed(
        read_all(tmp_path / "h.csv", None, tmp_path / "e.csv"), Screen("2025-10-15"), ("EL", "SDN")
    )
    assert held.unscreened == (() if asked else (owner,))
    answer = owners(register, held, "ofac", "2025-10-15")
    told = "1 company has a short id such as b1 and no name" in " ".join(answer["notes"])
    assert told is not asked
    (row,) = [each for each in answer["coverage"] if each["what"] == "listed parties"]
    assert ("1 company has no name that can be screened" in row["scope"]) is not asked
    assert (row["state"] == "read") is asked


def test_what_a_party_owns_whose_listing_on_the_day_is_open_is_possibly_covered(
    tmp_path: Path, register: Register
) -> None:
    # CEIEC stands on the SDN list, which is held as of 31 July 2026 and without days.
    name = "China National Electronics Import-Export Company"
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{name},Quuxly AG,55\n", encoding="utf-8")
    for day, key in (("2025-10-15", "possibly_covered"), ("2026-07-31", "covered")):
        held = with_listed(read_all(tmp_path / "h.csv", None, None), Screen(day), ("SDN",))
        answer = owners(register, held, "ofac", day)
        assert [row["id"] for row in answer[key]] == ["Quuxly AG"]
        assert len(answer["covered"]) + len(answer["possibly_covered"]) == 1
        open_ = [each["why"] for each in answer["red_flags"] if each["id"] == name]
        assert ["listed on the day is open" in why for why in open_] == [True] * (day < "2026")


def screened(tmp_path: Path, register: Register, owner: str, day: str, rule: str) -> Owners:
    (tmp_path / "h.csv").write_text(f"owner,owned,share\n{owner},Quuxly AG,100\n", "utf-8")
    lists = regime(register, rule).seeds
    held = with_listed(read_all(tmp_path / "h.csv", None, None), Screen(day), lists)
    return owners(register, held, rule, day)


def test_lists_that_names_were_screened_against_are_told_with_their_day_and_state(
    tmp_path: Path, register: Register
) -> None:
    answer = screened(tmp_path, register, "Huawei Technologies", "2026-11-30", "bis")
    rows = {row["what"]: (row["through"], row["state"]) for row in answer["coverage"]}
    for name in ("EL", "MEU", "SDN"):
        assert rows[f"list/{name}"] == ("2026-07-31", "beyond")
    scopes = {row["what"]: row["scope"] for row in answer["coverage"]}
    assert scopes["listed parties"] == "by their names, screened: 1 of EL, 0 of MEU, 0 of SDN"
    assert scopes["list/EL"].startswith("1 company has the name of a party on it; 3,420 entries")


def test_an_owner_that_is_on_no_list_is_settled_by_lists_that_were_read_alone(
    tmp_path: Path, register: Register
) -> None:
    for day, status, state in (("2026-07-31", "none", "read"), ("2026-11-30", "open", "beyond")):
        answer = screened(tmp_path, register, "Acme Bakery", day, "ofac")
        rows = {row["what"]: row["state"] for row in answer["coverage"]}
        assert (answer["status"], rows["list/SDN"], rows["listed parties"]) == (
            status, state, "read",
        )  # fmt: skip
        told = " ".join((answer["finding"], *answer["notes"]))
        assert "none were given" not in told
        assert "no listed parties were given" not in told


def test_a_rule_that_begins_from_no_list_says_that_nobody_was_screened(
    tmp_path: Path, register: Register
) -> None:
    answer = screened(tmp_path, register, "Acme Bakery", "2026-11-30", "us-301-cranes")
    assert any("no list that names can be screened against" in note for note in answer["notes"])
    assert answer["status"] == "open"
