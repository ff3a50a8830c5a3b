"""What the page of a transaction cannot read is said beside its form, with what to do."""

from __future__ import annotations

from html import unescape
from urllib.parse import urlencode

import pytest

from tests.served import Client

GOOD = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": "1000"}


@pytest.mark.parametrize(
    ("changes", "status", "stated"),
    [
        ({"code": "9999.99.99"}, 422, "9999.99.99"),
        ({"origin": "Atlantis"}, 422, "Atlantis"),
        ({"on": "2025-02-30"}, 422, "2025-02-30"),
        ({"value": "a lot"}, 422, "a lot"),
        ({"quantity": "many"}, 422, "many"),
        ({"fact": "auto_part"}, 422, "auto_part"),
        ({"fact": "no_such_fact=1"}, 422, "no_such_fact"),
        ({"parameter": "tpp"}, 422, "tpp"),
        ({"format": "xml"}, 422, "'xml' is not a format of this page"),
        ({"no_such": "1"}, 422, "no_such"),
        ({"party": "Alpha", "owners": "Beta"}, 422, "names no owner with a share"),
        ({"party": "Alpha", "owners": "Beta: a half"}, 422, "a half"),
        ({"party": "Alpha", "role": "no_such_role"}, 422, "no_such_role"),
        ({"party": "Alpha", "country": "Atlantis"}, 422, "Atlantis"),
        ({"register": "not a hash"}, 422, "not a hash"),
    ],
)
def test_what_cannot_be_read_is_refused_on_the_page(
    client: Client, changes: dict[str, str], status: int, stated: str
) -> None:
    asked = client.get(f"/assess?{urlencode({**GOOD, **changes})}")
    assert asked.status_code == status
    page = unescape(asked.text)
    assert stated in page
    assert "<form" in page
    assert "Traceback" not in page


@pytest.mark.parametrize("name", ["code", "origin", "on", "value"])
def test_what_is_given_twice_is_refused(client: Client, name: str) -> None:
    twice = urlencode([*GOOD.items(), (name, GOOD[name])])
    asked = client.get(f"/assess?{twice}")
    assert (asked.status_code, f"{name} is given twice" in unescape(asked.text)) == (422, True)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("", "shipment"),
        ("{", "not JSON"),
        ("[]", "object"),
        ('{"code": "8507.60.00.10", "cod": "1"}', "cod"),
        ('{"code": "8507.60.00.10", "code": "1"}', "stands twice"),
        ("code: [", "not YAML"),
        ("code: &a 1", "nchors and aliases"),
        ('{"code": "\\ud800"}', "half a character"),
    ],
)
def test_a_shipment_that_cannot_be_read_is_refused_and_stays_in_the_form(
    client: Client, text: str, stated: str
) -> None:
    origin = str(client.base_url).rstrip("/")
    asked = client.post("/assess", data={"shipment": text}, headers={"origin": origin})
    assert asked.status_code == 422
    assert stated in unescape(asked.text)
    assert text in unescape(asked.text)
