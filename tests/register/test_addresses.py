"""Addresses made from citations: by the table's patterns, and on record where those cannot."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from detente.register.addresses import ARCHIVE, Addresses
from detente.register.book import Register
from detente.register.documents import Document
from detente.register.load.addresses import add_addresses
from detente.register.load.tables import read_addresses
from detente.register.load.yaml_reader import RegisterError
from detente.register.model import Source
from detente.register.source_links import addresses_of, link_of

TABLE = Path("register/addresses.tsv")
FORMS = read_addresses(TABLE.read_text("utf-8"), str(TABLE))


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.mark.parametrize("form", FORMS, ids=[form.example for form in FORMS])
def test_each_row_makes_the_address_of_its_example_in_the_whole_table(form: object) -> None:
    kind, _, _, _, example, address = form  # type: ignore[misc]
    table = Addresses(FORMS)
    assert (table.copy_of(example) if kind == ARCHIVE else table.of(example)) == address
    assert address.startswith("https://")


def test_numbers_that_were_not_verified_make_no_address() -> None:
    assert Addresses(FORMS).of("90 Fed. Reg. 14046 (page not verified)") is None


def test_a_message_of_customs_has_its_number_in_hexadecimal() -> None:
    # 64,680,374 is 0x3DAF1B6.
    made = Addresses(FORMS).of("CSMS 64680374")
    assert made == "https://content.govdelivery.com/accounts/USDHSCBP/bulletins/3daf1b6"


def test_four_of_five_sources_of_the_law_can_be_opened(register: Register) -> None:
    # What was said is attested by the press, whose addresses are not held.
    stated = {key for claim in register.measures(kind="claim") for key in claim.events[0].sources}
    sources = [each for key, each in register.sources.items() if key not in stated]
    linked = [each for each in sources if each.url]
    assert len(linked) > 0.8 * len(sources)
    assert all(re.match(r"https?://[^\s]+$", each.url) for each in linked)


@pytest.mark.parametrize(
    "form", ["Executive Order", "Fed. Reg.", "CFR", "U.S.C.", "Proclamation", "CSMS", "Pub. L."]
)
def test_every_source_of_a_kind_with_numbers_has_an_address(register: Register, form: str) -> None:
    found = [
        each
        for each in register.sources.values()
        if re.search(rf"{re.escape(form)} \d|\d {re.escape(form)}", each.citation)
        and "not verified" not in each.citation
    ]
    assert found
    assert [each.citation for each in found if not each.url] == []


def test_an_address_on_record_goes_before_one_that_is_made(register: Register) -> None:
    source = register.sources["eo-14195"]
    assert "whitehouse.gov" in source.url
    assert link_of(register, source.citation) == source.url


def test_a_document_of_another_year_is_not_taken_for_a_source(register: Register) -> None:
    # The proclamations of February 2025 have the title of one of January 2021.
    for key in ("proclamation-10895", "proclamation-10896"):
        assert "/2021/" not in register.sources[key].url


def test_a_page_that_its_publisher_may_move_has_a_copy_beside_it(register: Register) -> None:
    rows = addresses_of(register, {"sources": ["MOFCOM Announcement No. 61 of 2025"]})
    assert rows[0]["url"] is not None
    assert "mofcom.gov.cn" in rows[0]["url"]
    assert rows[0]["archive"] == f"https://web.archive.org/web/{rows[0]['url']}"


def test_citations_with_semicolons_between_come_apart(register: Register) -> None:
    rows = addresses_of(register, {"source": "Executive Order 14257; CSMS 64680374"})
    assert [row["citation"] for row in rows] == ["Executive Order 14257", "CSMS 64680374"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("map\t(a)\thttps://x/{0}\tX\ta\thttps://x/a", "the kind `map` is unknown"),
        ("document\t(a\thttps://x/{0}\tX\ta\thttps://x/a", "the pattern does not work"),
        ("document\t(a)\thttps://x/{1}\tX\ta\thttps://x/a", "the pattern does not work"),
        ("document\t(a)\thttps://x/{0}\tX\ta\thttps://x/b", "makes https://x/a of its example"),
    ],
)
def test_a_row_that_does_not_work_is_refused_with_its_line(row: str, says: str) -> None:
    head = "kind\tpattern\taddress\tpublisher\texample\texample_address\n"
    with pytest.raises(RegisterError, match=re.escape(says)) as caught:
        read_addresses(head + row, "addresses.tsv")
    assert "addresses.tsv" in str(caught.value)


@pytest.mark.parametrize(
    ("published", "taken"),
    [
        ("2026-03-02", True),  # 60 days after 1 January
        ("2026-03-03", False),
        ("2025-11-02", True),  # 60 days before it
        ("2025-11-01", False),
        ("2026-03", False),  # no whole day
    ],
)
def test_a_document_gives_its_address_to_a_source_of_about_its_day(
    published: str, taken: bool
) -> None:
    address = "https://example.org/read"
    document = Document(
        *("index", "1", published, "", "A", "", address, "tariff"),
        *("source: s", "", "a reader", published, "primary"),
    )
    source = Source("s", "Some order", "", "", "2026-01-01", "")
    contents: Any = SimpleNamespace(
        addresses=(), sources={"s": source}, read_log=SimpleNamespace(documents=[document])
    )
    add_addresses(contents)
    assert contents.sources["s"].url == (address if taken else "")
