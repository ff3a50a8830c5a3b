"""The pages of a history, its files, and its chart alone."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.served import Client, words

TOYS = "/history/9503.00.00.73/CN"


def test_the_page_draws_the_layers_and_links_every_act_that_has_an_address(
    client: Client,
) -> None:
    page = client.get(TOYS).text
    assert 'class="area s' in page
    assert "145%" in words(page)
    assert re.search(
        r'href="https://www\.federalregister\.gov/[^"]+"[^>]*>Executive Order 14298', page
    )
    assert len(page.encode()) < 100_000


@pytest.mark.parametrize("kind", ["csv", "json", "svg", "png", "vega"])
def test_the_history_can_be_taken_away(client: Client, kind: str) -> None:
    response = client.get(f"{TOYS}?format={kind}")
    assert response.status_code == 200
    begins = {"csv": b"origin,", "json": b"{", "svg": b"<svg", "png": b"\x89PNG", "vega": b"{"}
    assert response.content.startswith(begins[kind])


def test_every_rate_change_of_a_product_comes_as_csv_with_its_instrument(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{TOYS}?format=csv").text)))
    assert all(row["instruments"] for row in rows[1:])
    assert rows[-1]["ad_valorem"] == "0.125"


def test_origins_stand_side_by_side(client: Client) -> None:
    read = words(client.get("/history/8507.60.00.10/CN?with=VN,MX").text)
    assert "Origins side by side" in read
    for name in ("China", "Viet", "Mexico"):
        assert name in read


def test_the_form_leads_to_the_address_of_its_question(client: Client) -> None:
    response = client.get("/history?code=9503.00.00.73&origin=CN,VN&to=US")
    assert response.status_code == 303
    assert response.headers["location"] == "/history/9503.00.00.73/CN?to=US&with=VN"


def test_the_embedded_chart_asks_for_nothing_and_links_to_the_page(client: Client) -> None:
    response = client.get(f"/embed{TOYS}")
    assert response.headers["content-security-policy"].endswith("frame-ancestors *")
    assert "<form" not in response.text
    assert f'href="{TOYS}"' in response.text


def test_a_code_that_is_none_is_refused_on_the_page(client: Client) -> None:
    response = client.get("/history/9999.99.99/CN")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert client.get(f"{TOYS}?frm=2018-01-01").status_code == 422
