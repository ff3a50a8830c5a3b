"""A cited count from files of owners as open sources publish them."""

from __future__ import annotations

import gzip
import json
import os
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.cli.main import main
from detente.cli.parties.show_owners_count import show
from detente.parties.ownership.counted.company_names import JoiningNames
from detente.parties.ownership.counted.counting import count
from detente.parties.ownership.counted.open_sources import OwnerSource, read_source
from detente.parties.screening.store import Screen
from detente.register.book import Register

if TYPE_CHECKING:
    from detente.answers.owners import OwnersCount

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
DAY = "2025-11-05"
"""Within the days of the affiliates rule."""

EXHIBIT = "Name of Subsidiary,Jurisdiction,Percentage of Ownership\nSMIC Testing Fab Ltd.,CN,60%\n"


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(DAY, DAY)


def read(path: Path, text: str, screen: Screen, owner: str = "") -> OwnerSource:
    path.write_text(text, encoding="utf-8")
    return read_source(path, screen.lists[0].tables, owner)


def test_a_list_of_subsidiaries_takes_its_one_owner_from_the_user(
    tmp_path: Path, screen: Screen
) -> None:
    file = tmp_path / "ex21.csv"
    with pytest.raises(ValueError, match="no column names the owners"):
        read(file, EXHIBIT, screen)
    source = read(file, EXHIBIT, screen, "SMIC")
    assert (source.rows, source.with_share, source.left_out) == (1, 1, ())
    assert source.sha256 == sha256(file.read_bytes()).hexdigest()
    found = count(Register.built_in(), [source], screen, "bis", DAY, ("CN",))
    (row,) = found["companies"]
    assert (row["company"], row["share_from"], row["owners"]) == (
        "SMIC Testing Fab Ltd.", "0.6", "SMIC",
    )  # fmt: skip
    assert row["sources"] == "ex21.csv, line 2"
    assert found["reach"]["entries"] > 1000
    assert "not a count of all" in found["sentence"]


def test_on_a_day_without_the_rule_nobody_is_covered_and_it_is_said_whom_it_would_cover(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    suspended, (path, seeds) = "2025-11-12", (tmp_path / "own.csv", tmp_path / "seeds.csv")
    source = read(path, "owner,owned,share\nSMIC,Quux,60\nSMIC,Plugh,30-60\n", screen)
    found = count(Register.built_in(), [source], screen, "bis", suspended)
    assert "nobody is covered, since it is not in force then" in found["sentence"]
    assert "it would cover 1 company through 1 listed party" in found["sentence"]
    assert "perhaps 1 more" in found["sentence"]
    seeds.write_text("id,list\nSMIC,EL\n")
    words = ["owners", str(path), "--seeds", str(seeds), "--chart", str(tmp_path / "tree.svg")]
    assert main([*words, "--on", suspended]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "overed (" in line] == [
        "Would be covered (1)", "Would perhaps be covered (1)",
    ]  # fmt: skip
    assert any("it covers nobody then" in line for line in lines)
    drawn = (tmp_path / "tree.svg").read_text(encoding="utf-8")
    assert "not in force; 1 would be covered, and perhaps 1 more" in drawn
    for day, ways in (
        (suspended, ["would be covered", "would perhaps be covered"]),
        (DAY, ["covered", "possibly covered"]),
    ):
        table = tmp_path / "t.csv"
        assert main([*words, "--on", day, "-o", str(table), "--columns", "status,id"]) == 0
        rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()]
        assert rows == [["status", "id"], [ways[0], "Quux"], [ways[1], "Plugh"]]
        count_words = ["owners", "count", str(path), "--on", day, "--columns", "status,company"]
        assert main([*count_words, "-o", str(table)]) == 0
        rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()]
        assert rows[1:] == [[ways[0], "Quux"], [ways[1], "Plugh"]]
    assert "\nCovered (1)\n" in capsys.readouterr().out


def test_a_row_without_a_percentage_is_an_unknown_share_and_never_covers(
    tmp_path: Path, screen: Screen
) -> None:
    text = "Subsidiary,Jurisdiction\nSMIC Testing Fab Ltd.,Shanghai\n"
    source = read(tmp_path / "list.csv", text, screen, "SMIC")
    assert source.with_share == 0
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert (found["counts"]["covered"], found["counts"]["possibly_covered"]) == (0, 1)


@pytest.mark.parametrize(
    ("cell", "share", "is_told"),
    [
        ("wholly-owned", (1, 1), False),
        ("Wholly owned subsidiary", (1, 1), False),
        ("全资子公司", (1, 1), False),
        ("100%(1)", (1, 1), False),
        ("100.00% (a)", (1, 1), False),
        ("62.5%*", ("5/8", "5/8"), False),
        ("62.5% (20)", ("5/8", "5/8"), False),
        ("62.5% [note 3]*", ("5/8", "5/8"), False),
        ("49 (51)", (0, 1), True),
        ("60% (21)", (0, 1), True),
        ("60 (0)", (0, 1), True),
        (">50", ("1/2", 1), False),
        ("more than 50%", ("1/2", 1), False),
        ("up to 50%", (0, "1/2"), False),
        ("less than 50%", (0, Fraction(1, 2) - Fraction(1, 10**12)), False),
        ("—", (0, 1), False),
        ("NaN", (0, 1), False),
        ("none", (0, 1), False),
        ("approximately 60%", (0, 1), True),
        ("> a lot", (0, 1), True),
        ("140", (0, 1), True),
    ],
)
def test_a_share_is_read_as_open_sources_state_it_and_never_costs_the_row(
    tmp_path: Path, screen: Screen, cell: str, share: tuple[str, str], is_told: bool
) -> None:
    source = read(tmp_path / "own.csv", f'owner,owned,share\nSMIC,Zork,"{cell}"\n', screen)
    (row,) = source.holdings.rows
    assert (row.share.lo, row.share.hi) == (Fraction(share[0]), Fraction(share[1]))
    assert bool(source.holdings.flags) is is_told
    assert source.left_out == ()


def test_nobody_is_covered_only_where_every_row_was_read(tmp_path: Path, screen: Screen) -> None:
    whole = "owner,owned,share\nSMIC,Zork,10\nFund,Zork,90\n"
    answers = {
        text: count(
            Register.built_in(), [read(tmp_path / "own.csv", text, screen)], screen, "bis", DAY
        )
        for text in (whole, f"{whole},,\n", f"{whole}SMIC,,60\n", f"{whole}Fund,Quux,unclear\n")
    }
    states = [
        (row["state"], row["scope"])
        for found in answers.values()
        for row in found["coverage"]
        if row["what"] == "holdings"
    ]
    assert [state for state, _ in states] == ["read", "read", "partly", "partly"]
    assert "1 row was left out (own.csv, line 4: no owner or no company is named)" in states[2][1]


def test_rows_that_are_left_out_are_all_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, table = tmp_path / "own.csv", tmp_path / "counted.csv"
    file.write_text("owner,owned,share\nSMIC,Zork,60\n" + "SMIC,,60\n" * 5, encoding="utf-8")
    words = ["owners", "count", str(file), "--on", DAY, "-o", str(table)]
    assert main([*words, "--columns", "status,company,sources"]) == 0
    told = capsys.readouterr().out
    assert "5 left out" in told
    assert "and 2 more; --json and -o FILE give them all" in told
    rows = table.read_text(encoding="utf-8").splitlines()[1:]
    assert [row.partition(",")[0] for row in rows] == ["covered", *["left out"] * 5]
    assert rows[-1] == 'left out,,"own.csv, line 7: no owner or no company is named"'
    assert main(["owners", "count", str(file), "--on", DAY, "--json"]) == 0
    (stated,) = json.loads(capsys.readouterr().out)["files"]
    assert (stated["left_out"], len(stated["left_out_rows"])) == (5, 5)


def test_the_headings_of_ownership_tables_are_read_and_files_are_joined_by_name(
    tmp_path: Path, screen: Screen
) -> None:
    one = read(
        tmp_path / "gem.csv",
        "Subject Entity Name,Interested Party Name,% Share of Ownership,Data Source URL\n"
        'Quux Power Co. Ltd.,"Semiconductor Manufacturing International Corporation",55,u1\n'
        "Broken Row,Somebody,140,u2\n",
        screen,
    )
    two = read(tmp_path / "own.csv", "owner,owned,share\nQUUX POWER,Zork Grid,50\n", screen)
    assert one.left_out == ()
    assert one.holdings.flags[0].why.startswith(
        "gem.csv, line 3: the share 140 is above 100 percent"
    )
    found = count(Register.built_in(), [one, two], screen, "bis", DAY)
    assert [row["company"] for row in found["companies"]] == ["Quux Power Co. Ltd.", "Zork Grid"]
    assert [row["tier"] for row in found["companies"]] == [1, 2]
    assert found["companies"][0]["sources"] == "gem.csv, line 2: u1"


def test_headings_that_belong_together_are_read_together(tmp_path: Path, screen: Screen) -> None:
    source = read(
        tmp_path / "gem.csv",
        "Owner,Share,Subject Entity ID,Subject Entity Name,Interested Party ID,"
        "Interested Party Name,% Share of Ownership\n"
        "Zork SPV,100,E1,Zork Power Ltd,E9,SMIC,60\n"
        "Shell Fund,100,E2,Quux Power Ltd,E8,Plugh Fund,100\n"
        "Fred SPV,100,,,,,\n",
        screen,
    )
    assert [(row.owner, row.owned, str(row.share.lo)) for row in source.holdings.rows] == [
        ("E9", "E1", "3/5"), ("E8", "E2", "1"),
    ]  # fmt: skip
    assert source.left_out == ("gem.csv, line 4: no owner or no company is named",)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == ["Zork Power Ltd"]


def test_companies_with_numbers_are_joined_by_them_and_with_other_files_by_name(
    tmp_path: Path, screen: Screen
) -> None:
    one = read(
        tmp_path / "gem.csv",
        "Subject Entity ID,Subject Entity Name,Interested Party ID,Interested Party Name,"
        "% Share of Ownership\n"
        "E1,Zork Power,E9,SMIC,60\n"
        "E2,Quux Power,E1,Zork Electric Power,60\n"  # the same number
        "E3,Zork Power,E7,Plugh Fund,60\n"  # another one of this name
        "E4,Fred Power,E9,SMIC,60\n",
        screen,
    )
    other = read(
        tmp_path / "own.csv",
        "owner,owned,share\nFRED POWER Ltd,Garply,60\nZork Power,Waldo,60\n",
        screen,
    )
    found = count(Register.built_in(), [one, other], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == [
        "Zork Power", "Fred Power", "Garply", "Quux Power",
    ]  # fmt: skip
    assert any("a name that stands under several numbers" in note for note in found["notes"])


def test_who_stands_for_unnamed_owners_is_no_company(tmp_path: Path, screen: Screen) -> None:
    text = (
        "owner,owned,share\n"
        "SMIC,small shareholder(s),70\n"
        "small shareholder(s),Zork,100\n"
        "unknown,Quux,60\n"
        "SMIC,Quux,10\n"
    )
    source = read(tmp_path / "own.csv", text, screen)
    assert source.left_out == ("own.csv, line 2: no owner or no company is named",)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert (found["companies"], found["possibly"]) == ([], [])
    assert any("2 rows name no owner but others, small holders" in note for note in found["notes"])
    (scope,) = [row["scope"] for row in found["coverage"] if row["what"] == "holdings"]
    assert "the owners of 1 company are named in part (Quux)" in scope


def test_a_share_that_is_imputed_is_stated_by_nobody(tmp_path: Path, screen: Screen) -> None:
    source = read(
        tmp_path / "gem.csv",
        "Subject Entity Name,Interested Party Name,% Share of Ownership,Share Imputed?\n"
        "Zork Power,SMIC,50,imputed value\n"
        "Quux Power,SMIC,60,\n"
        "Plugh Power,SMIC,60,No\n"
        "Fred Power,SMIC,,imputed value\n",
        screen,
    )
    assert source.with_share == 2
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [row["company"] for row in found["companies"]] == ["Plugh Power", "Quux Power"]
    assert [row["company"] for row in found["possibly"]] == ["Fred Power", "Zork Power"]
    assert (
        "gem.csv: 1 share is imputed, as in line 2, and stated by nobody: taken as unknown"
        in found["notes"]
    )


def test_states_are_read_as_their_country_and_unknown_places_are_told(
    tmp_path: Path, screen: Screen
) -> None:
    text = (
        "Subsidiary,Jurisdiction,Ownership %\n"
        "Zork Inc,Delaware,100\n"
        'Quux Inc,"State of Nevada, USA",100\n'
        "Plugh Co,Georgia,100\n"
        'Waldo Co,"Wilmington, DE",100\n'
        'Xyzzy Co,"Chicago, IL",30\n'
        "Fred Co,Zorkshire,100\n"
        "Garply Co,CN,100\n"
    )
    source = read(tmp_path / "ex21.csv", text, screen, "SMIC")
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [(each["company"], each["country"]) for each in found["companies"]] == [
        ("Fred Co", None), ("Garply Co", "CN"),
    ]  # fmt: skip
    # The rule leaves the United States out, and these may be of there.
    assert [each["company"] for each in found["possibly"]] == ["Plugh Co", "Waldo Co"]
    assert found["counts"]["possibly_covered"] == 2
    told = "\n".join(found["notes"])
    assert "ex21.csv: Georgia may be in GE or US: such companies count as of no country" in told
    assert "ex21.csv: 1 place of no country that is known (Zorkshire)" in told
    assert "the country of 1 covered company is not given" in told
    assert "Waldo Co is of DE or US: it is possibly covered at most, since the rule" in told
    # Another rule leaves nobody out.
    found = count(Register.built_in(), [source], screen, "economic-interest", DAY)
    assert {"Plugh Co", "Waldo Co"} <= {each["company"] for each in found["companies"]}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Zork Power Ltd", "ZORK POWER", True),
        ("Zork Power Co., Ltd.", "Zork Power GmbH", True),
        ("Zork S.R.L", "Zork srl", True),
        ("PT Zork Grid", "Zork Grid", True),
        ("深圳佐克有限公司", "深圳佐克股份有限公司", True),
        ("華佐克有限公司", "华佐克", True),
        ("Zork Holding Co., Ltd.", "Zork Co., Ltd.", False),
        ("Zork Group Ltd", "Zork Ltd", False),
        ("深圳佐克控股有限公司", "深圳佐克有限公司", False),
        ("深圳佐克集团有限公司", "深圳佐克有限公司", False),
        ("深圳佐克有限公司广州分公司", "深圳佐克有限公司广州", False),
        ("Zork Telecom Co., Ltd.", "Zork Communications Corp.", False),
        ("Zork Trading Ltd", "Zork Trade Ltd", False),
        ("Zork Plant 1 12", "Zork Plant 11 2", False),
        ("Ltd", "Co", False),
        ("Zork S.à r.l.", "Zork SARL", True),
        ("Zork Sp. z o.o.", "Zork Spółka z ograniczoną odpowiedzialnością", True),
        ("Zork sp.z.o.o.", "Zork", True),
        ("Zork A/S", "Zork AS", True),
        ("Zork S/A", "Zork S.A.", True),
        ("Zork spol. s r.o.", "Zork s.r.o.", True),
        ("Zork d.d.", "Zork", True),
        ("Zork e.K.", "Zork", True),
        ("Zork G.K.", "Zork Godo Kaisha", True),
        ("PT Zork Tbk", "PT. Zork", True),
        ("上海佐克有限合伙企业", "上海佐克（有限合伙）", True),
        ("㈱佐久", "佐久株式会社", True),
        ("株式会社 佐久", "株式会社佐久", True),
        ("(株)佐久", "佐久", True),
        ("有限会社佐久", "佐久合同会社", True),
        ("(주)가나다", "주식회사 가나다", True),
        ("㈜가나다", "가나다주식회사", True),
        ("주식회사가나다", "가나다 주식회사", True),
        ("가나다(주)", "가나다", True),
        ("유한회사 가나다", "가나다유한책임회사", True),
        ("บริษัท ฟูบาร์ จำกัด", "ฟูบาร์", True),
        ("บริษัทฟูบาร์ จำกัด (มหาชน)", "ฟูบาร์ จำกัด", True),
        ("Zork GmbH & Co. KG", "Zork GmbH und Co KG", True),
        ("Zork UG (haftungsbeschränkt) & Co. KG", "Zork GmbH & Co. KG", True),
        # The partnership is another company than the one that is liable in it.
        ("Zork GmbH & Co. KG", "Zork GmbH", False),
        ("Zork AG & Co. KGaA", "Zork AG", False),
        # What is a form behind a name is part of it in front.
        ("A S Zork Ltd", "Zork Ltd", False),
        ("EK Zork", "Zork", False),
        ("Plan A SA", "Plan SA", False),
        ("AB Zork Ltd", "Zork Ltd", False),
        ("公司宝佐克有限公司", "宝佐克有限公司", False),
        ("가나다총회사", "가나다", False),
        ("가나다기술유한공사", "가나다유한회사", False),
        ("주가나다", "가나다", False),
    ],
)
def test_names_that_differ_in_their_legal_forms_alone_are_one_company_and_no_others(
    screen: Screen, one: str, other: str, *, is_one: bool
) -> None:
    names = JoiningNames(screen.lists[0].tables)
    assert (names.key(one) == names.key(other)) is is_one


def test_names_that_were_joined_and_names_that_are_alike_are_told(
    tmp_path: Path, screen: Screen
) -> None:
    text = (
        "owner,owned,share\n"
        "SMIC,Zork Telecom Ltd,60\n"
        "ZORK TELECOM,Quux,60\n"  # the same company
        "Zork Communications Ltd,Plugh,60\n"  # perhaps another one
        "SMIC,Xyzzy GmbH,60\n"
        "Xyzzy GmbH & Co. KG,Waldo,60\n"  # another one
        "SMIC,Fred Grid,60\n"
        "Fred  GRID,Garply,60\n"  # the same letters, so that nothing is told
    )
    source = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert {each["company"] for each in found["companies"]} == {
        "Zork Telecom Ltd", "Quux", "Fred Grid", "Garply", "Xyzzy GmbH",
    }  # fmt: skip
    told = [note for note in found["notes"] if "join" in note or "taken for one" in note]
    assert told == [
        "taken for one company by their names without legal forms: Zork Telecom Ltd and ZORK "
        "TELECOM",
        "may be one company, and are not joined: Zork Telecom Ltd and Zork Communications Ltd; "
        "write one name in all rows if they are",
        "may be one company, and are not joined: Xyzzy GmbH and Xyzzy GmbH & Co. KG; write one "
        "name in all rows if they are",
    ]


def test_companies_of_one_name_in_several_countries_are_kept_apart_by_their_legal_forms(
    tmp_path: Path, screen: Screen
) -> None:
    text = (
        "owner,subsidiary,country,share\n"
        "SMIC,Quux Power Ltd,CN,60\n"
        "Zork,Quux Power Inc,US,10\n"
        "Quux Power Inc,Fred Grid,CN,70\n"  # the one of which SMIC holds nothing
        "Quux Power,Plugh Grid,CN,70\n"  # either
        "SMIC,Xyzzy Ltd,CN,60\n"
        "Zork,Xyzzy Ltd,HK,10\n"  # one printed name is one company
    )
    source = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == ["Quux Power Ltd", "Xyzzy Ltd"]
    assert [each["company"] for each in found["possibly"]] == ["Plugh Grid"]
    told = " ".join(f"{flag['id']}: {flag['why']}" for flag in found["red_flags"])
    assert "companies of several countries are called Quux Power (CN, US)" in told
    assert "Xyzzy Ltd: is said to be of CN, HK: taken for one company, of CN" in told
    assert "Plugh Grid: Quux Power Ltd (CN) holds" in told
    assert "? Plugh Grid: 0% to 70% held by Quux Power Ltd (own.csv, line 5)" in show(found)


def test_numbers_of_companies_get_their_names_and_are_joined_with_tables_by_them(
    tmp_path: Path, screen: Screen
) -> None:
    leis = [f"549300ZORBLAX{at:07}" for at in range(4)]
    relations = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus\n"
        f"{leis[0]},{leis[1]},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
        f"{leis[2]},{leis[1]},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
        f"{leis[3]},{leis[1]},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
    )
    called = ("Quux Power Ltd", "SMIC", "Twin Ltd", "Twin Inc")
    level_1 = "LEI,Entity.LegalName,Entity.LegalAddress.Country\n" + "".join(
        f"{lei},{name},CN\n" for lei, name in zip(leis, called, strict=True)
    )
    table = "owner,owned,share\nQUUX POWER,Fred Grid,60\nTwin,Plugh,60\n"
    rr = read(tmp_path / "rr.csv", relations, screen)
    found = count(Register.built_in(), [rr], screen, "bis", DAY)
    assert found["counts"]["listed"] == 0
    assert any("4 companies are known by LEI alone" in note for note in found["notes"])
    names, own = (
        read(tmp_path / name, text, screen)
        for name, text in (("lei.csv", level_1), ("own.csv", table))
    )
    for sources in ([rr, names, own], [own, names, rr]):
        found = count(Register.built_in(), sources, screen, "bis", DAY)
        assert found["companies"] == []
        assert sorted(each["company"] for each in found["possibly"]) == [
            "Fred Grid", "Quux Power Ltd" if sources[0] is rr else "QUUX POWER",
            "Twin Inc", "Twin Ltd",
        ]  # fmt: skip
        assert any("2 companies have a name that stands under several" in note
                   for note in found["notes"])  # fmt: skip


def test_a_branch_stays_one_where_names_are_given(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    house, branch = (f"549300ZORBLAX{at:07}" for at in range(2))
    relations = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus\n"
        f"{branch},{house},IS_INTERNATIONAL_BRANCH_OF,ACTIVE\n"
    )
    level_1 = (
        "LEI,Entity.LegalName,Entity.LegalAddress.Country\n"
        f"{house},SMIC,CN\n{branch},Quux Branch,DE\n"
    )
    rr, names, own = (
        read(tmp_path / name, text, screen)
        for name, text in (
            ("rr.csv", relations),
            ("lei.csv", level_1),
            ("own.csv", "owner,owned,share\nQuux Branch,Plugh,60\n"),
        )
    )
    for sources in ([rr, names, own], [own, names, rr]):
        found = count(Register.built_in(), sources, screen, "bis", DAY)
        assert [(each["company"], each["sources"]) for each in found["companies"]] == [
            ("Quux Branch", "as its branch"), ("Plugh", "own.csv, line 2"),
        ]  # fmt: skip
    seeds = tmp_path / "seeds.csv"
    seeds.write_text(f"id,list\n{house},EL\n")
    words = ["owners", str(tmp_path / "rr.csv"), "--seeds", str(seeds), "--on", DAY, "--json"]
    for entities in ([], ["--entities", str(tmp_path / "lei.csv")]):
        assert main([*words, *entities]) == 0
        (row,) = json.loads(capsys.readouterr().out)["covered"]
        assert (row["id"], row["branch_of"]) == (branch, house)


def test_every_row_of_another_format_that_is_not_understood_is_told(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (f"549300ZORBLAX{at:07}" for at in range(2))
    relations = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus\n"
        f"{one},{other},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
        f"{one},{other},IS_DIRECTLY_CONSOLIDATED_BY,NULL\n"
        f",{other},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
    )
    source = read(tmp_path / "rr.csv", relations, screen)
    assert [each.partition(":")[0] for each in source.left_out] == [
        "rr.csv, line 3", "rr.csv, line 4",
    ]  # fmt: skip
    assert main(["owners", str(tmp_path / "rr.csv"), "--on", DAY, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["coverage"]
    (row,) = [each for each in rows if each["what"] == "holdings"]
    assert row["state"] == "partly"
    assert "2 rows were left out (rr.csv, line 3:" in row["scope"]


def test_whose_branch_one_is_may_be_open(tmp_path: Path, screen: Screen) -> None:
    house, branch = (f"549300ZORBLAX{at:07}" for at in range(2))
    relations = (
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus\n"
        f"{branch},{house},IS_INTERNATIONAL_BRANCH_OF,ACTIVE\n"
    )
    level_1 = "LEI,Entity.LegalName\n" + f"{house},Zork\n{branch},Quux Branch\n"
    text = "owner,owned,share,country\nSMIC,Zork Ltd,60,CN\nSMIC,Zork GmbH,60,DE\n"
    sources = [
        read(tmp_path / name, each, screen)
        for name, each in (("rr.csv", relations), ("lei.csv", level_1), ("own.csv", text))
    ]
    found = count(Register.built_in(), sources, screen, "bis", DAY)
    assert [each["company"] for each in found["possibly"]] == ["Quux Branch"]
    assert {
        "id": "Quux Branch",
        "why": "is a branch of one of Zork Ltd (CN), Zork GmbH (DE): each may be its owner",
    } in found["red_flags"]


def flags(found: OwnersCount, company: str) -> list[str]:
    return [flag["why"] for flag in found["red_flags"] if flag["id"] == company]


def test_what_wants_a_look_is_told_with_the_names_of_the_companies(
    tmp_path: Path, screen: Screen
) -> None:
    text = (
        "owner,owned,share\nSMIC,Zork Ltd,49\nSMIC,Quux Ltd,20\n"
        "Plugh Ltd,Quux Ltd,60\nQuux Ltd,Plugh Ltd,60\n"
    )
    source = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert flags(found, "Zork Ltd") == [
        "SMIC holds 49%: not covered below 50%, and a reason to look closer"
    ]
    assert found["ambiguous"] == ["Plugh Ltd", "Quux Ltd"]
    lines = show(found).splitlines()
    assert "  Zork Ltd: SMIC holds 49%: not covered below 50%, and a reason to look closer" in lines
    assert lines[lines.index("Hold each other up") + 1] == "  Plugh Ltd"


def test_of_a_holding_that_one_source_tells_as_of_several_days_the_newer_counts(
    tmp_path: Path, screen: Screen
) -> None:
    text = (
        "owner,owned,share,as of\n"
        "SMIC,Zork,30,2022-12-31\n"
        "SMIC,Zork Ltd,60,2015-12-31\n"  # the same company
        "SMIC,Quux,60,2015-12-31\n"
        "Fund,Quux,30,2022-12-31\n"  # another owner
        "SMIC,Plugh,40,2015-12-31\n"
        "SMIC,Plugh,60,2025-11-06\n"  # after the day
    )
    one = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [one], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == ["Quux"]
    assert any("60% as of 2015-12-31, 30% as of 2022-12-31" in why for why in flags(found, "Zork"))
    assert any("SMIC holds 40%" in why for why in flags(found, "Plugh"))
    # Another source may know better: what differs is told, and the largest counts.
    other = read(tmp_path / "b.csv", "owner,owned,share,as of\nSMIC,Zork,60,2015-12-31\n", screen)
    found = count(Register.built_in(), [one, other], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == ["Quux", "Zork"]


def test_one_source_that_tells_a_holding_twice_is_no_second_source(
    tmp_path: Path, screen: Screen
) -> None:
    text = "owner,owned,share\nSMIC,Zork,30\nSMIC,Zork,30\n"
    one = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [one], screen, "bis", DAY)
    assert found["companies"] == []
    assert any("several rows that agree" in why for why in flags(found, "Zork"))
    assert not [note for note in found["notes"] if "several sources" in note]


def test_how_many_listed_companies_stand_in_no_file_is_told_of_the_day_the_places_and_the_rule(
    tmp_path: Path, screen: Screen
) -> None:
    text = "owner,owned,share\nSMIC,Zork,60\nHuawei,Quux,60\n华为技术有限公司,Plugh,60\n"
    source = read(tmp_path / "own.csv", text, screen)
    register = Register.built_in()
    found = count(register, [source], screen, "bis", DAY, ("CN",))
    assert found["counts"]["listed"] == 2
    reach = found["reach"]
    assert reach["named_in_files"] == 3  # Huawei has two entries on the list
    assert reach["in_no_file"] == reach["entries"] - 3 > 1000
    assert f"{reach['in_no_file']:,} stand in no file at all" in found["sentence"]
    elsewhere = count(register, [source], screen, "bis", DAY, ("JP",))["reach"]
    assert elsewhere["named_in_files"] == 0
    assert 0 < elsewhere["entries"] < reach["entries"]
    early = count(register, [source], Screen("2010-01-01", DAY), "bis", "2010-01-01", ("CN",))
    assert early["reach"]["entries"] < reach["entries"]
    assert early["reach"]["named_in_files"] == early["counts"]["listed"] == 0
    # A rule that takes every program of the list has more to begin with than one that takes some.
    every = count(register, [source], screen, "ofac", DAY)["reach"]
    some = count(register, [source], screen, "bis", DAY)["reach"]
    on_list = sum(
        1
        for file in screen.lists
        for _, entry in file.bodies(["SDN"])
        if entry.kind in ("", "entity")
    )
    assert every["entries"] == on_list
    assert 0 < some["entries"] - reach["entries"] < on_list


def test_a_rule_that_begins_by_country_names_the_companies_that_begin(
    tmp_path: Path, screen: Screen
) -> None:
    text = "owner,owned,share,country\nZork,Quux,60,US\nFund,Zork,100,CN\n"
    source = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [source], screen, "us-301-cranes", "2026-11-20")
    assert [each["company"] for each in found["companies"]] == ["Quux"]
    assert found["by_country"] == ["Zork"]
    assert "through 1 company of CN (their country makes them begin)" in found["sentence"]
    assert found["reach"]["entries"] == 0


def test_one_listed_owner_under_several_names_is_one_owner(
    tmp_path: Path, screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "owner,owned,share\n"
        '"Huawei Technologies Co., Ltd.",Zork,30\n'
        "华为技术有限公司,Zork,30\n"
        "SMIC,Quux,30\n"  # two parties are added up
        "Huawei,Quux,30\n"
        "华为技术有限公司,Plugh,60\n"
    )
    source = read(tmp_path / "own.csv", text, screen)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == ["Plugh", "Quux"]
    assert (
        "Huawei Technologies Co., Ltd. and 华为技术有限公司 are names of one listed party: they "
        "count as one owner, here called Huawei Technologies Co., Ltd."
    ) in flags(found, "Zork")
    assert not [note for note in found["notes"] if "stands nowhere" in note]
    words = ["owners", str(tmp_path / "own.csv"), "--screen", "--on", DAY, "--json"]
    assert main(words) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["covered"]] == [
        "Plugh", "Quux",
    ]  # fmt: skip
    # Of shares that differ the largest counts, and nothing is added.
    source = read(
        tmp_path / "own.csv",
        "owner,owned,share\nHuawei,Zork,30\n华为技术有限公司,Zork,25\n",
        screen,
    )
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert found["companies"] == []
    assert any("the sources differ on what Huawei holds" in why for why in flags(found, "Zork"))


def test_no_name_of_one_listed_owner_is_said_to_be_missing_and_the_row_that_counts_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holdings, entities = tmp_path / "own.csv", tmp_path / "names.csv"
    holdings.write_text("owner,owned,share\np1,x1,40\np2,x1,60\np3,x2,60\n")
    entities.write_text(
        "id,name,country\np1,SMIC,CN\np2,Semiconductor Manufacturing International Corporation,CN\n"
        "x1,Zork,CN\nx2,Quux,CN\np3,Fund,CN\np9,Plugh,CN\n"
    )
    words = ["owners", str(holdings), "--entities", str(entities), "--screen", "--on", DAY]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (row,) = answer["covered"]
    assert [(each["owner"], each["share"]) for each in row["because"]] == [("p2", "0.6")]
    assert answer["unmatched"] == {"seeds": [], "entities": ["p9"], "perhaps": {}}
    (told,) = (each["why"] for each in answer["red_flags"] if "one owner" in each["why"])
    assert told == (
        "p1 and p2 are names of one listed party: they count as one owner, here called p2"
    )


def test_a_packed_table_is_counted(tmp_path: Path, screen: Screen) -> None:
    file = tmp_path / "own.csv.gz"
    file.write_bytes(gzip.compress(b"owner,owned,share\nSMIC,Zork Grid,50\n"))
    source = read_source(file, screen.lists[0].tables)
    assert (source.name, source.rows, source.with_share) == ("own.csv.gz", 1, 1)


def test_parquet_is_read_as_it_is_published(tmp_path: Path, screen: Screen) -> None:
    polars = pytest.importorskip("polars")
    file = tmp_path / "own.parquet"
    frame = polars.DataFrame({"owner": ["SMIC"], "owned": ["Zork Grid"], "share": [50.0]})
    frame.write_parquet(file)
    source = read_source(file, screen.lists[0].tables)
    assert (source.rows, source.with_share) == (1, 1)


def test_a_table_with_other_headings_is_refused_with_those_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["owners", "count", str(file)]) == 2
    assert (
        "no column is known to hold companies that are owned, but a, b" in capsys.readouterr().err
    )


def test_an_exhibit_that_is_a_page_is_told_as_one_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ex21.htm"
    file.write_text("\n<HTML><table><tr><td>Subsidiary</td></tr></table>", encoding="utf-8")
    assert main(["owners", "count", str(file), "--owner", "SMIC"]) == 2
    assert "ex21.htm is a page, as exhibits of filings are" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("heading", "cell", "with_share"),
    [
        ("Share of Ownership", "62.5", 1),
        ("Percent", "62.5%", 1),
        ("Stake (%)", "62.5", 1),
        ("直接持股比例", "62.5", 1),
        # Votes and counts of shares are not how much of the equity is held.
        ("Percent of Voting Rights", "62.5", 0),
        ("Number of shares", "62", 0),
    ],
)
def test_a_share_is_found_by_what_its_heading_says(
    tmp_path: Path, screen: Screen, heading: str, cell: str, with_share: int
) -> None:
    text = f"Owner,Company,{heading}\nSMIC,Zork Grid,{cell}\n"
    source = read(tmp_path / "own.csv", text, screen)
    assert source.with_share == with_share
    told = [note for note in source.holdings.notes if "every share is unknown" in note]
    assert bool(told) is not bool(with_share)


def test_two_columns_that_may_be_shares_are_told_and_none_is_taken(
    tmp_path: Path, screen: Screen
) -> None:
    with pytest.raises(
        ValueError, match=r"several columns .* \(Percent, Stake\): name one of them"
    ):
        read(tmp_path / "own.csv", "Owner,Company,Percent,Stake\nA,B,1,2\n", screen)


def test_fractions_where_percentages_belong_are_told(tmp_path: Path, screen: Screen) -> None:
    text = "Owner,Company,Percent\nSMIC,Zork Grid,0.6\nSMIC,Quux,0.7\n"
    found = count(
        Register.built_in(), [read(tmp_path / "own.csv", text, screen)], screen, "bis", DAY
    )
    assert found["counts"]["covered"] == 0
    assert any("every share is 1 percent or less" in note for note in found["notes"])


def test_consolidation_by_accounting_rules_covers_possibly_and_not_for_certain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Constructed: two made-up LEIs, one of them said to be listed.
    parent, child = "P" * 20, "C" * 20
    relations, seeds = tmp_path / "rr.csv", tmp_path / "seeds.csv"
    relations.write_text(
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,"
        "Relationship.RelationshipType,Relationship.RelationshipStatus\n"
        f"{child},{parent},IS_ULTIMATELY_CONSOLIDATED_BY,ACTIVE\n"
    )
    seeds.write_text(f"id,list\n{parent},EL\n")
    words = ["owners", str(relations), "--seeds", str(seeds), "--on", DAY, "--json"]
    assert main(words) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["covered"] == []
    assert [row["id"] for row in answer["possibly_covered"]] == [child]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="DETENTE_REFERENCE names no folder")
def test_the_real_holdings_are_counted_as_the_page_about_them_says(screen: Screen) -> None:
    (sample,) = Path(REFERENCE).glob("parties/*/ownership_shares_sample.csv")
    source = read_source(sample, screen.lists[0].tables)
    found = count(Register.built_in(), [source], screen, "bis", DAY)
    assert [each["company"] for each in found["companies"]] == [
        "Better Way Enterprises Limited",
        "SMIC Commercial Shanghai Limited Company",
        "SMIC Europe S.R.L",
        "SMIC Japan",
        "Semiconductor Manufacturing International (Solar Cell) Corporation",
    ]
    assert found["counts"]["holdings"] == 12
    smic = [each for each in found["listed_names"] if each.startswith("Semiconductor")]
    assert len(smic) == 4  # SMIC itself, and three subsidiaries that are listed themselves
    assert found["counts"]["possibly_covered"] == 0
    page = " ".join(Path("docs/from-1300-to-20000.md").read_text(encoding="utf-8").split())
    assert "five are covered on 5 November 2025, three are listed themselves" in page
