"""The first page: where both sides stand today, and the box that leads everywhere."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.served import TODAY, Client


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_first_page_says_where_both_sides_stand_today(client: Client) -> None:
    page = client.get("/").text
    read = words(page)
    assert "1 August 2026" in read
    assert len(re.findall(r'<p class="score \w+"><span class="rate">\d+\.\d%</span>', page)) == 2
    for title in ("The truce", "What changes next", "What changed lately"):
        assert title in read
    assert 'action="/find"' in page
    assert len(page.encode()) < 100_000


def test_the_averages_of_the_first_page_are_those_of_the_question(client: Client) -> None:
    page = client.get("/").text
    shown = re.findall(r'<span class="rate">(\d+\.\d)%</span>', page)
    for origin, to, rate in (("CN", "US", shown[0]), ("US", "CN", shown[1])):
        asked = f"origin={origin}&to={to}&on={TODAY}"
        point = client.get(f"/v1/average?{asked}").json()["series"][-1]
        assert rate == f"{float(point['average']) * 100:.1f}"


def test_the_chart_has_axes_values_marked_days_and_a_table(client: Client) -> None:
    page = client.get("/").text
    assert "share of customs value" in page
    assert re.search(r'<text class="label"[^>]*>2019</text>', page)
    assert re.search(r'<text class="label"[^>]*>50%</text>', page)
    assert re.search(r'class="strip"[^>]*><title>United States on goods of China \d', page)
    assert "14 May 2025" in words(page)  # the statement of Geneva
    assert re.search(r'<th scope="row" class="day">2025-05-14</th>', page)


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "vega"])
def test_the_chart_can_be_taken_away(client: Client, kind: str) -> None:
    response = client.get(f"/charts/averages?format={kind}")
    assert response.status_code == 200
    begins = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"on,", "vega": b"{"}
    assert response.content.startswith(begins[kind])


def test_the_table_of_the_chart_has_the_points_of_both_sides(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/charts/averages?format=csv").text)))
    names = {row["name"] for row in rows}
    assert {"US on goods of CN", "CN on goods of US"} <= names


def test_examples_are_goods_of_today(client: Client) -> None:
    page = client.get("/").text
    block = page.partition('class="examples"')[2].partition("</ul>")[0]
    links = re.findall(r'href="(/\?code=[^"]+)"', block)
    assert len(links) == 6
    for link in map(unescape, links):
        assert parse_qs(urlsplit(link).query)["on"] == [TODAY]
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("8507.60.00.10", "/?code=8507.60.00.10&origin=CN"),
        ("85076000", "/?code=85076000&origin=CN"),
        ("us-ieepa-fentanyl-china", "/measures/us-ieepa-fentanyl-china"),
        ("", "/"),
    ],
)
def test_what_can_only_mean_one_thing_leads_there(client: Client, asked: str, leads: str) -> None:
    response = client.get("/find", params={"q": asked})
    assert response.status_code == 303
    assert response.headers["location"].startswith(leads)


@pytest.mark.parametrize(
    ("asked", "kind", "hit"),
    [
        ("huawei", "Listed parties", "Huawei Technologies"),
        ("fentanyl", "Measures", "synthetic opioid"),
        ("gallium", "Minerals", "gallium"),
        ("gallium", "Controlled items", "Gallium metal"),
        ("lithium-ion batteries", "Goods", "8507.60.00"),
        ("Viet Nam", "Countries", "Viet"),
        ("claims", "Pages", "Claims and promises"),
    ],
)
def test_the_box_finds_goods_parties_measures_minerals_and_pages(
    client: Client, asked: str, kind: str, hit: str
) -> None:
    page = client.get("/find", params={"q": asked}).text
    section = next(part for part in page.split("<section")[1:] if f">{kind}" in part)
    assert hit in section


def test_nothing_found_is_said_and_a_name_is_not_cleared(client: Client) -> None:
    read = words(client.get("/find", params={"q": "zzxqy qqzzv"}).text)
    assert "Nothing has these words" in read
    assert "is not found here either" in read


def test_words_that_begin_as_what_is_typed_are_offered_with_their_headings(client: Client) -> None:
    words = client.get("/find/words", params={"q": "smartw"}).json()["words"]
    assert {"word": "smartwatch", "headings": ["8517", "9102"]} in words
    chinese = client.get("/find/words", params={"q": "電飯"}).json()["words"]
    assert chinese[0]["word"].startswith("电饭")
    assert client.get("/find/words").json() == {"words": []}


def test_the_schedule_is_browsed_from_chapters_to_the_duty_of_a_line(client: Client) -> None:
    assert 'href="/browse/85"' in client.get("/browse").text
    assert 'href="/browse/8507"' in client.get("/browse/85").text
    heading = client.get("/browse/8507").text
    assert "are not held" in heading
    (link, *_) = re.findall(r'href="(/\?code=8507\.60\.00\.10[^"]+)"', heading)
    assert client.get(unescape(link), follow_redirects=True).status_code == 200
    assert client.get("/browse/8599").status_code == 422


def test_hits_on_the_page_have_their_general_rate(client: Client) -> None:
    assert 'title="General rate">3.4%<' in client.get("/?code=lithium-ion+battery").text
