"""GLEIF's golden copies: shares, addresses, and records that were taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.parties.lists.lists import read_list

ALPHA, BETA = "ALPHA000000000000000", "BETA0000000000000000"
RELATION = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType"


@pytest.mark.parametrize("heads", ["Quantifiers", "RelationshipQuantifiers"])
def test_a_share_is_read_under_the_heading_of_golden_copies(tmp_path: Path, heads: str) -> None:
    path = tmp_path / "rr.csv"
    path.write_text(
        f"{RELATION},Relationship.{heads}.1.QuantifierAmount\n"
        f"{ALPHA},{BETA},IS_DIRECTLY_CONSOLIDATED_BY,60.5\n"
        f"{BETA},{ALPHA},IS_DIRECTLY_CONSOLIDATED_BY,\n"
    )
    assert [each.share for each in read_list(str(path)).holdings] == ["60.5", "unknown"]


def test_relations_are_read_in_the_encoding_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rr.csv"
    text = f"{RELATION}\n{ALPHA},{BETA},IS_DIRECTLY_CONSOLIDATED_BY\n"
    path.write_text(text, encoding="utf-16-le")
    assert len(read_list(str(path), None, "utf-16-le").holdings) == 1


ROWS = (
    (ALPHA, "Zorblax AG", "PUBLISHED", "2026-01-02T03:04", ("Elm St 1", "2nd floor", "Zug", "CH")),
    (BETA, "Quux AG", "DUPLICATE", "2026-09-09T00:00", ("", "", "", "CH")),
    ("GAMMA000000000000000", "Plod AG", "ANNULLED", "2026-09-09T00:00", ("", "", "", "")),
    ("DELTA000000000000000", "Vexo AG", "LAPSED", "2025-01-01T00:00", ("", "", "", "DE")),
)


def of_csv(tmp_path: Path) -> str:
    parts = ("FirstAddressLine", "AdditionalAddressLine.1", "City", "Country")
    heads = ",".join(f"Entity.LegalAddress.{part}" for part in parts)
    path = tmp_path / "lei.csv"
    path.write_text(
        f"LEI,Entity.LegalName,Registration.RegistrationStatus,Registration.LastUpdateDate,{heads},"
        "Entity.HeadquartersAddress.City,Entity.HeadquartersAddress.Country\n"
        + "".join(f"{','.join((*row[:4], *row[4]))},Bern,CH\n" for row in ROWS)
    )
    return str(path)


def of_xml(tmp_path: Path) -> str:
    path = tmp_path / "lei.xml"
    tags = ("FirstAddressLine", "AdditionalAddressLine", "City", "Country")
    rows = "".join(
        f"<LEIRecord><LEI>{number}</LEI><Entity><LegalName>{name}</LegalName><LegalAddress>"
        + "".join(f"<{tag}>{part}</{tag}>" for tag, part in zip(tags, parts, strict=True))
        + "</LegalAddress><HeadquartersAddress><City>Bern</City><Country>CH</Country>"
        "</HeadquartersAddress></Entity><Registration>"
        f"<RegistrationStatus>{status}</RegistrationStatus></Registration></LEIRecord>\n"
        for number, name, status, _, parts in ROWS
    )
    header = "<LEIHeader><ContentDate>2026-01-02T08:00:00Z</ContentDate></LEIHeader>"
    path.write_text(f"<LEIData>{header}<LEIRecords>\n{rows}</LEIRecords></LEIData>")
    return str(path)


@pytest.mark.parametrize("put", [of_csv, of_xml])
def test_legal_entities_have_addresses_and_a_day_and_those_taken_back_are_told(
    tmp_path: Path, put: Callable[[Path], str]
) -> None:
    reading = read_list(put(tmp_path))
    assert reading.source_date == "2026-01-02"
    assert [(each.names[0].text, each.countries, each.addresses) for each in reading.entries] == [
        ("Zorblax AG", ("CH",), ("Elm St 1, 2nd floor, Zug, CH", "Bern, CH")),
        ("Vexo AG", ("DE",), ("Bern, CH",)),
    ]
    assert [each.rpartition(": ")[2] for each in reading.not_understood] == [
        "registration DUPLICATE", "registration ANNULLED",
    ]  # fmt: skip
