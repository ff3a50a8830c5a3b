"""The pages of minerals and the files of their pictures."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.served import Client
from tests.web.test_register_pages import words


def test_the_index_lists_every_mineral_and_what_is_not_known(client: Client) -> None:
    page = client.get("/minerals")
    assert page.status_code == 200
    shown = words(page.text)
    assert "dysprosium" in shown
    assert "Metals and alloys: not known" in shown
    assert 'href="/minerals/gallium"' in page.text


def test_a_page_has_pictures_with_their_tables_and_controls_on_their_days(client: Client) -> None:
    page = client.get("/minerals/gallium?on=2026-10-10")
    assert page.status_code == 200
    for name in ("flow", "imports", "shares", "prices", "projects", "timeline"):
        assert f'id="{name}"' in page.text
    shown = words(page.text)
    assert "The same as a table" in shown
    assert "1 August 2023" in shown
    assert "Needs in hand, by 2028-10" in shown


def test_a_page_as_known_then_has_no_later_project(client: Client) -> None:
    then = words(client.get("/minerals/ndpr?on=2025-11-02&known_on=2025-11-02").text)
    now = words(client.get("/minerals/ndpr?on=2026-10-10").text)
    assert "Benson (US)" in now
    assert "Benson (US)" not in then


@pytest.mark.parametrize(
    ("kind", "media"), [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv")]
)
def test_each_picture_is_a_file(client: Client, kind: str, media: str) -> None:
    made = client.get(f"/minerals/rare-earths/flow.{kind}?on=2026-10-10")
    assert made.status_code == 200
    assert made.headers["content-type"].startswith(media)
    if kind == "svg":
        assert ElementTree.fromstring(made.text).tag.endswith("svg")


@pytest.mark.parametrize(
    ("path", "status", "stated"),
    [
        ("/minerals/galium", 404, "gallium"),
        ("/minerals/gallium/nothing.svg", 404, "flow.svg"),
        ("/minerals/gallium/flow.pdf", 404, "flow.svg"),
        ("/minerals/gallium?cut=Chna", 422, "China"),
        ("/minerals/gallium?known_on=x", 422, "not a day"),
        ("/minerals/gallium?x=1", 422, "x"),
    ],
)
def test_what_cannot_be_shown_is_said(client: Client, path: str, status: int, stated: str) -> None:
    page = client.get(path)
    assert page.status_code == status
    assert stated in words(page.text)
