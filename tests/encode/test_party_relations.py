"""Relations that lists print, as a remark has them: programmes and names are written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.tsv import read_tsv
from encode.parties.parties import listed_as
from encode.parties.party_relations import SOURCE, is_printed, relations, whole_name

PRINTED = (
    "ZORBLAX (ASIA) LIMITED", "ZORBLAX (ASIA)-QUUX FORCE", "ZORBLAX (EUROPE) LIMITED", "BLORF.",
    "BLORF (ONE) LTD", "BLORF (TWO) LTD", "QUUX (NORTH) Co., Ltd", "BLORF LTD",
)  # fmt: skip


def test_programmes_between_brackets_are_parted_as_the_list_parts_them(tmp_path: Path) -> None:
    path = tmp_path / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text(
        "list,parent,child,relation,citation\n"
        "US-SDN,ZORBLAX (EUROPE,BLORF.,linked to,ABC] [DEF\nUS-EL,KEPLER.,BLORF,affiliate,89 FR 1\n"
        "US-SDN,BLORF LTD,BLORF LTD,subsidiary,91 FR 1\n"
        'US-SDN,"QUUX Co., Ltd",BLORF.,subsidiary,91 FR 1\n'
        "US-SDN,BLORF.,GONE LTD,linked to,ABC\n"
    )
    affiliate = "KEPLER. Affiliated Entity: BLORF"
    assert list(relations(tmp_path, {"SDN": PRINTED, "EL": [affiliate]})) == [
        ("SDN", "ZORBLAX (EUROPE) LIMITED", "BLORF.", "linked to", "ABC; DEF"),
        ("EL", "KEPLER", "BLORF", "affiliate", "89 FR 1"),
        # A party under itself and one that has left the list are none; brackets are put back.
        ("SDN", "QUUX (NORTH) Co., Ltd", "BLORF.", "subsidiary", "91 FR 1"),
    ]


@pytest.mark.parametrize(("name", "found"), [("ZORBLAX (ASIA", 2), ("BLORF (ASIA", 0)])
def test_a_name_that_was_cut_and_is_not_surely_one_of_a_list_is_refused(
    name: str, found: int
) -> None:
    with pytest.raises(ValueError, match=f"begins {found} listed names"):
        whole_name(name, PRINTED)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("QUUX Co., Ltd", "QUUX (NORTH) Co., Ltd"),
        ("BLORF LTD", "BLORF LTD"),
        ("ZORBLAX LIMITED", "ZORBLAX LIMITED"),  # of two, so of none
    ],
)
def test_a_name_that_lost_its_brackets_is_written_as_the_list_has_it(name: str, found: str) -> None:
    assert listed_as(name, PRINTED) == found


def test_each_committed_relation_is_between_two_parties_that_its_list_prints() -> None:
    printed: dict[str, set[str]] = {}
    for table in ("official.tsv", "others.tsv"):
        for row in read_tsv(Path("data/parties") / table):
            printed.setdefault(row["list"], set()).update(row["names"].split("|"))
    relations = read_tsv(Path("data/parties/relations.tsv"))
    # A list ends some of its names with a dot, and a remark does not.
    bare = {code: {each.rstrip(". ") for each in names} for code, names in printed.items()}
    assert [row for row in relations if row["parent"].rstrip(". ") not in bare[row["list"]]] == []
    assert [row for row in relations if not is_printed(row["child"], printed[row["list"]])] == []
    assert [row for row in relations if row["parent"] == row["child"]] == []


def test_the_committed_relations_have_no_open_bracket() -> None:
    for row in read_tsv(Path("data/parties/relations.tsv")):
        for cell in row.values():
            assert cell.count("[") == cell.count("]") == 0, row
            assert cell.count("(") == cell.count(")"), row
