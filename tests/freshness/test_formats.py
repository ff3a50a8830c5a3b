"""A row of an index becomes a document with everything that is looked at later."""

from __future__ import annotations

import json

from detente.freshness.formats import FORMATS

ROW = {
    "document_number": "2026-00001",
    "title": "A <i>rule</i>",
    "publication_date": "2026-03-02",
    "html_url": "https://www.federalregister.gov/d/2026-00001",
    "raw_text_url": "https://www.federalregister.gov/documents/full_text/2026-00001.txt",
    "citation": "91 FR 1",
    "effective_on": "2026-03-05",
    "abstract": "Of batteries",
    "agencies": [{"slug": "trade-representative"}],
    "proclamation_number": "12345",
}


def test_a_document_of_the_federal_register_keeps_its_days_addresses_and_words() -> None:
    described = json.dumps({"count": 1, "results": [ROW]})
    (found,) = FORMATS["federal-register"](described).found
    assert (found.id, found.title, found.citation) == ("2026-00001", "A rule", "91 FR 1")
    assert (found.published, found.effective) == ("2026-03-02", "2026-03-05")
    assert (found.address, found.full) == (ROW["html_url"], ROW["raw_text_url"])
    for word in ("Of batteries", "trade-representative", "Proclamation 12345"):
        assert word in found.text


def test_a_document_without_addresses_has_none() -> None:
    bare = {**ROW, "html_url": None, "raw_text_url": None}
    (found,) = FORMATS["federal-register"](json.dumps({"count": 1, "results": [bare]})).found
    assert (found.address, found.full) == ("", "")
