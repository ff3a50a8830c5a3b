"""Drafts quote and compare; recording a decision moves the day of an area, or keeps nothing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from detente.freshness.drafting import write_drafts
from detente.freshness.drafts import edition_changes, listed_entries
from detente.freshness.found import FormatError
from detente.freshness.recording import find, go_through, holders, record
from detente.freshness.touching import Touching, amendments
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.load.loader import load_folder
from detente.register.load.yaml_reader import RegisterError, parse_yaml
from tests.small_register import DOCUMENTS, READ, write_register

INDEXES = """\
indexes:
  orders:
    title: "Orders"
    listed: {us/tariff: 2026-10-10}
topics:
  duties: {title: "Duties", areas: [us/tariff]}
"""
UNREAD = "2026-00009\t2026-08-06\t\tAnother order\t\t\tduties\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    files = {**READ, "read/_sources.yaml": INDEXES, "read/orders.tsv": DOCUMENTS + UNREAD}
    return write_register(tmp_path, files)


def test_reading_a_document_moves_the_area_that_it_held_back(small: Path) -> None:
    document = find(small, "2026-00009")
    assert document is not None
    decided = document._replace(
        effect="source: order-2", reader="a reader", day="2026-10-11", grade="primary"
    )
    recorded = record(small, decided)
    assert recorded.moved == {"us/tariff": ("2026-08-05", "2026-10-10")}
    assert find(small, "2026-00009") == decided


def test_a_decision_that_leads_nowhere_is_not_kept(small: Path) -> None:
    table = small / "read" / "orders.tsv"
    before = table.read_bytes()
    document = find(small, "2026-00009")
    assert document is not None
    with pytest.raises(RegisterError, match=r"no `order-9` in sources\.yaml"):
        record(
            small,
            document._replace(
                effect="source: order-9", reader="r", day="2026-10-11", grade="primary"
            ),
        )
    assert table.read_bytes() == before


def test_an_index_that_was_gone_through_moves_its_areas(small: Path) -> None:
    document = find(small, "2026-00009")
    assert document is not None
    record(small, document._replace(touches="code:8507"))
    moved = go_through(small, "orders", {"us/tariff": "2026-10-14"})
    assert moved == {"us/tariff": ("2026-10-10", "2026-10-14")}
    with pytest.raises(ValueError, match="gone through to 2026-10-14 already"):
        go_through(small, "orders", {"us/tariff": "2026-10-13"})
    assert load_folder(small).areas["us/tariff"].reviewed_through == "2026-10-14"


def test_an_area_that_does_not_move_says_what_holds_it(small: Path) -> None:
    areas = ("us/tariff", "of nobody")
    assert holders(small, areas) == ["us/tariff stays at 2026-08-05: orders 2026-00009 is unread."]
    document = find(small, "2026-00009")
    assert document is not None
    record(small, document._replace(touches="code:8507"))
    assert holders(small, areas) == [
        "us/tariff stays at 2026-10-10: orders was gone through no further."
    ]


RULE = """<RULE><GPOTABLE><BOXHD><CHED>Country</CHED></BOXHD>
<ROW><ENT>CHINA, PEOPLE'S REPUBLIC OF</ENT><ENT>Example Optics Co., Ltd.,
 a.k.a., Example Photonics.</ENT><ENT>All items subject to the EAR.</ENT>
<ENT>Presumption of denial.</ENT><ENT>91 FR [INSERT FR PAGE NUMBER]</ENT></ROW>
<ROW><ENT/><ENT>Example Lasers</ENT><ENT>All items subject to the EAR.</ENT>
<ENT>Presumption of denial.</ENT><ENT>91 FR [INSERT FR PAGE NUMBER]</ENT></ROW>
<ROW><ENT>a row of another table</ENT></ROW></GPOTABLE></RULE>"""


def test_the_table_of_a_rule_gives_the_entries_to_add() -> None:
    rows = listed_entries(RULE)
    assert [row[:2] for row in rows] == [
        ("CHINA, PEOPLE'S REPUBLIC OF", "Example Optics Co., Ltd., a.k.a., Example Photonics."),
        ("CHINA, PEOPLE'S REPUBLIC OF", "Example Lasers"),
    ]
    with pytest.raises(FormatError, match="not whole XML"):
        listed_entries(RULE[:200])


TEXT = """Section 1. Purpose. Imports of robots threaten the national security. Sec. 2. The HTSUS is
amended by inserting heading 9903.77.01 in numerical sequence. Goods of 8479.50.00 pay 25 percent
on or after 12:01 a.m. eastern standard time on November 30, 2026. Nothing else is of interest."""


ORDER = {
    "document": "2026-99990",
    "known": False,
    "topic": "tariff",
    "areas": ["us/tariff"],
    "title": "Adjusting Imports of Robots",
    "citation": "91 FR 70000",
    "url": "https://example.org/robots",
    "published": "2026-11-20",
}


def test_a_draft_of_an_order_quotes_what_amends_law_and_is_a_template(tmp_path: Path) -> None:
    (tmp_path / "2026-99990.txt").write_text(TEXT)
    touching = Touching(Register.built_in())
    target = tmp_path / "drafts"
    target.mkdir()
    names = write_drafts(Register.built_in(), [ORDER], touching, tmp_path, target)
    text = (target / names[0]).read_text(encoding="utf-8")
    assert "# touches heading 9903.77.01: new here" in text
    assert "# > The HTSUS is amended by inserting heading 9903.77.01" in text
    assert 'citation: "91 FR 70000"' in text
    assert parse_yaml(text.encode(), "draft.yaml").entries()["area"].raw == "us/tariff"


def test_a_text_that_is_not_saved_is_fetched_and_a_draft_without_one_quotes_nothing(
    tmp_path: Path,
) -> None:
    fetched: list[tuple[str, str]] = []

    def reader(name: str, address: str) -> str:
        fetched.append((name, address))
        if "robots" not in address:
            raise OSError("nobody answers")
        return TEXT

    touching = Touching(Register.built_in())
    row = {**ORDER, "text_url": "https://example.org/robots.txt"}
    for changes, quoted in ((row, True), ({**row, "text_url": "https://example.org/x"}, False)):
        (name,) = write_drafts(Register.built_in(), [changes], touching, None, tmp_path, reader)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert ("# > The HTSUS is amended by inserting heading 9903.77.01" in text) is quoted
    assert [name for name, _ in fetched] == ["2026-99990.txt"] * 2
    (name,) = write_drafts(Register.built_in(), [ORDER], touching, None, tmp_path)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "# >" not in text
    assert "None" not in text


def test_sentences_that_only_explain_are_not_quoted() -> None:
    assert [each[:24] for each in amendments(TEXT)] == [
        "The HTSUS is amended by ",
        "Goods of 8479.50.00 pay ",
    ]


def test_an_edition_shows_lines_that_changed_and_headings_that_nobody_models(
    tmp_path: Path,
) -> None:
    schedule = Schedule()
    held = schedule.editions[-1]
    rows = [
        {"htsno": "0101", "indent": "0", "description": "Live horses, asses, mules and hinnies:"},
        {"htsno": "9903.99.98", "indent": "0", "description": "Articles of robots"},
    ]
    full = [
        {**dict.fromkeys(("general", "special", "other"), ""), "units": [], "footnotes": [], **row}
        for row in rows
    ]
    path = tmp_path / "2026HTSRev22.json.gz"
    path.write_bytes(gzip.compress(json.dumps(full).encode()))
    changes = edition_changes(Register.built_in(), schedule, path)
    new = [each for each in changes if each.what == "new"]
    assert [(each.code, each.modelled) for each in new] == [("9903.99.98", "")]
    gone = {each.code: each.modelled for each in changes if each.what == "gone"}
    assert "0101210010" in gone, held.id
    assert gone["9903.88.03"] == "us-301-technology"


def test_an_area_is_held_by_what_ends_at_its_day_and_by_nothing_later(tmp_path: Path) -> None:
    more = '  rules:\n    title: "Rules"\n    listed: {us/tariff: 2026-10-11}\n'
    later = UNREAD + "2026-00010\t2026-08-07\t\tA later order\t\t\tduties\n"
    files = {
        **READ,
        "read/_sources.yaml": INDEXES.replace("topics:", f"{more}topics:"),
        "read/orders.tsv": DOCUMENTS + later,
        "read/rules.tsv": f"{DOCUMENTS.splitlines()[0]}\n",
    }
    folder = write_register(tmp_path, files)
    unread = "us/tariff stays at 2026-08-05: orders 2026-00009 is unread."
    assert holders(folder, ["us/tariff"]) == [unread]
    for number in ("2026-00009", "2026-00010"):
        document = find(folder, number)
        assert document is not None
        record(folder, document._replace(touches="code:8507"))
    stays = "us/tariff stays at {}: {} was gone through no further"
    assert holders(folder, ["us/tariff"]) == [f"{stays.format('2026-10-10', 'orders')}."]
    go_through(folder, "orders", {"us/tariff": "2026-10-11"})
    both = f"{stays.format('2026-10-11', 'orders')}, rules was gone through no further."
    assert holders(folder, ["us/tariff"]) == [both]
    go_through(folder, "orders", {"us/tariff": "2026-10-12"})
    assert holders(folder, ["us/tariff"]) == [f"{stays.format('2026-10-11', 'rules')}."]
    assert go_through(folder, "orders", {"us/tariff": "2026-10-12"}) == {}, "the same day again"


def test_a_number_that_two_tables_have_is_found_only_by_its_index(tmp_path: Path) -> None:
    more = '  rules:\n    title: "Rules"\n    listed: {us/tariff: 2026-10-11}\n'
    files = {
        **READ,
        "read/_sources.yaml": INDEXES.replace("topics:", f"{more}topics:"),
        "read/orders.tsv": DOCUMENTS + UNREAD,
        "read/rules.tsv": f"{DOCUMENTS.splitlines()[0]}\n{UNREAD}",
    }
    folder = write_register(tmp_path, files)
    with pytest.raises(ValueError, match="2026-00009 stands in orders, rules: name --index"):
        find(folder, "2026-00009")
    for source in ("orders", "rules"):
        document = find(folder, "2026-00009", source)
        assert document is not None
        assert document.source == source
    assert find(folder, "2026-0000") is None
    assert find(folder, "2025-00001", "rules") is None
