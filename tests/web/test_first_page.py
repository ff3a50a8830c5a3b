"""The first page: where both sides stand today, and the box that leads everywhere."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from detente.api.refusals import refuse
from detente.duty.question import DutyQuestion
from detente.web.today import Today, TodayAverage, _coming, _counted
from tests.served import TODAY, Client, words


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


def _event(effective: str, measure: str, title: str, **more: Any) -> dict[str, Any]:
    row = {"effective": effective, "measure": measure, "title": title, "by": "US", "before": None}
    seen = {"state": "in_force", "value": "10%", "confirmed": True, "confirmed_through": None}
    return {**row, **seen, **more}


def test_changes_ahead_of_a_record_on_a_day_are_one_in_order_of_days_and_records() -> None:
    events = [
        _event("2026-05-02", "b", "A long title"),
        _event("2026-05-01T12:00", "c", "C", before={"value": "5%"}),
        _event("2026-05-02", "b", "Short", value="30%"),
        _event("2026-05-02", "a", "A", before={"value": "10%"}),
        _event("2026-05-02", "b", "Medium title"),
        _event("2026-05-03", "b", "B", value="40%"),
        _event("2026-05-03", "b", "B", value="50%"),
        _event("2026-05-03", "b", "B", value="60%"),
    ]
    assert [(each.on, each.measure, each.title, each.what) for each in _coming(events)] == [
        ("2026-05-01", "c", "C", "5% → 10%"),
        ("2026-05-02", "a", "A", "10%"),
        ("2026-05-02", "b", "Short", "10% and 1 more"),
        ("2026-05-03", "b", "B", "40% and 2 more"),
    ]


@pytest.mark.parametrize(
    ("readings", "announced"),
    [
        ([None], False),
        ([True], False),
        ([False], True),
        ([True, False], True),
        ([None, True], False),
    ],
)
def test_a_change_ahead_is_announced_where_the_other_reading_lacks_a_part_of_it(
    readings: list[bool | None], announced: bool
) -> None:
    events = [
        _event("2026-05-02", "b", "B", **({} if each is None else {"by_other_reading": each}))
        for each in readings
    ]
    (found,) = _coming(events)
    assert found.announced is announced


def test_a_truce_counts_what_has_days_left_what_returned_and_the_nearest_day() -> None:
    rows: list[dict[str, Any]] = [
        {"days_left": None, "returned": [], "announced": None},
        {"days_left": 0, "returned": ["x"], "announced": {"days_left": 9}},
        {"days_left": 3, "returned": [], "announced": {"days_left": 0}},
        {"days_left": None, "returned": [], "announced": {"days_left": None}},
    ]
    counted = {"all": 4, "left": 2, "returned": 1, "announced": 3, "days": 0}
    assert _counted(rows) == counted
    assert _counted(rows[:1])["days"] == -1


def _standing(*rates: str, announced: str | None = None) -> TodayAverage:
    series = [{"on": f"2026-05-{day:02}", "average": rate} for day, rate in enumerate(rates, 1)]
    both: Any = SimpleNamespace(
        series=lambda _: series,
        answers={"US": {"averaged": ""}},
        announced={"US": announced} if announced else {},
    )
    register = SimpleNamespace(countries={"US": "United States", "CN": "China"})
    today: Any = SimpleNamespace(service=SimpleNamespace(register=register))
    return Today._standing(today, both, "US")


@pytest.mark.parametrize(
    ("rates", "since"),
    [
        (("0.1",), "1 May 2026"),
        (("0.1", "0.1", "0.1"), "1 May 2026"),
        (("0.1", "0.2"), "2 May 2026"),
        (("0.1", "0.2", "0.2"), "2 May 2026"),
        (("0.2", "0.1", "0.2", "0.2"), "3 May 2026"),
        (("0.1", "0.2", "0.3"), "3 May 2026"),
    ],
)
def test_an_average_stands_since_the_last_day_on_which_it_changed(
    rates: tuple[str, ...], since: str
) -> None:
    found = _standing(*rates)
    assert (found.since, found.average) == (since, f"{float(rates[-1]):.1%}")
    assert (found.announced, found.note) == ("", "all duties")
    assert _standing(*rates, announced="0.25").announced == "25.0%"


@pytest.mark.parametrize(
    ("goods", "shown"),
    [
        (0, []),
        (5, [5, 4, 3, 2, 1]),
        (6, [6, 5, 4, 3, 2, 1]),
        (10, [10, 9, 8, 7, 6, 5]),
        (11, [11, 9, 7, 5, 3, 1]),
        (12, [12, 10, 8, 6, 4, 2]),
    ],
)
def test_examples_are_six_from_the_highest_duty_down_evenly_spread(
    goods: int, shown: list[int]
) -> None:
    rates = {f"{number:04}": str(number / 100) for number in range(1, goods + 1)}
    unknown: dict[str, str | None] = {**rates, "0099": None}

    def answer(question: DutyQuestion) -> dict[str, Any]:
        if question.code == "0098":
            raise refuse(422, "It has no such code.", "code", "Write another.")
        return {"total": {"ad_valorem": unknown[question.code]}}

    basket = [
        SimpleNamespace(code=code, origin="CN", what=code, facts="") for code in (*unknown, "0098")
    ]
    register = SimpleNamespace(countries={"CN": "China"}, basket=basket)
    service = SimpleNamespace(register=register, answer=answer, sha256="0" * 64)
    today: Any = SimpleNamespace(service=service)
    found = Today._examples(today, "2026-05-01")
    assert [int(each.what) for each in found] == shown
    assert {each.place for each in found} <= {"China"}
