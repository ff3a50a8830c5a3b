"""Relations that lists print, as a remark has them: programmes and names are written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.tsv import read_tsv
from encode.parties.party_relations import SOURCE, relations, whole_name

PRINTED = ("ZORBLAX (ASIA) LIMITED", "ZORBLAX (ASIA)-QUUX FORCE", "ZORBLAX (EUROPE) LIMITED")


def test_programmes_between_brackets_are_parted_as_the_list_parts_them(tmp_path: Path) -> None:
    path = tmp_path / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text(
        "list,parent,child,relation,citation\n"
        "US-SDN,ZORBLAX (EUROPE,BLORF.,linked to,ABC] [DEF\nUS-EL,KEPLER.,BLORF,affiliate,89 FR 1\n"
    )
    assert list(relations(tmp_path, PRINTED)) == [
        ("SDN", "ZORBLAX (EUROPE) LIMITED", "BLORF.", "linked to", "ABC; DEF"),
        ("EL", "KEPLER", "BLORF", "affiliate", "89 FR 1"),
    ]


@pytest.mark.parametrize(("name", "found"), [("ZORBLAX (ASIA", 2), ("BLORF (ASIA", 0)])
def test_a_name_that_was_cut_and_is_not_surely_one_of_a_list_is_refused(
    name: str, found: int
) -> None:
    with pytest.raises(ValueError, match=f"begins {found} listed names"):
        whole_name(name, PRINTED)


def test_the_committed_relations_have_no_open_bracket() -> None:
    for row in read_tsv(Path("data/parties/relations.tsv")):
        for cell in row.values():
            assert cell.count("[") == cell.count("]") == 0, row
            assert cell.count("(") == cell.count(")"), row
