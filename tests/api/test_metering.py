"""Limits on how often a caller may ask, and the counts that a watchdog reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.api.buckets import SLOTS, Buckets, caller_of, make_table
from detente.api.guard import Keys, Limits
from detente.api.metering import Meter
from tests.served import BATTERY, client_of, make_service


@pytest.fixture(scope="module")
def service():
    return make_service()


def test_a_caller_who_asks_too_often_is_told_when_to_come_back(service):
    with client_of(service, limits=Limits(a_minute=3)) as client:
        statuses = [client.get(f"/v1/duty?{BATTERY}").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        refused = client.get(f"/v1/duty?{BATTERY}")
        assert 1 <= int(refused.headers["retry-after"]) <= 20
        assert "Ask again in" in refused.json()["error"]["do"]
        assert client.get("/healthz").status_code == 200


def test_each_holder_of_a_key_has_a_bucket_of_their_own(service):
    keys = Keys.read("ann aaaaaaaaaaaaaaaaaaaaaaaa\nbob bbbbbbbbbbbbbbbbbbbbbbbb\n", "keys")
    with client_of(service, limits=Limits(a_minute=1), keys=keys) as client:

        def status(key):
            return client.get("/v1/truce", headers={"authorization": f"Bearer {key}"}).status_code

        assert [status("a" * 24), status("a" * 24), status("b" * 24)] == [200, 429, 200]


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 20))
def test_no_minute_lets_more_through_than_twice_the_limit(steps, a_minute):
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    let = []
    for step in steps:
        now[0] += step
        if buckets.wait("a", a_minute) == 0:
            let.append(now[0])
    for start in let:
        assert sum(start <= each < start + 60 for each in let) <= 2 * a_minute


def test_the_callers_remembered_are_bounded_and_the_latest_stay():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    for number in range(2 * SLOTS):
        now[0] += 0.0001
        buckets.wait(str(number), 1)
    assert buckets.wait(str(2 * SLOTS - 1), 1) > 0
    # Twice as many as there is room for: of the first half most are forgotten, and may ask anew.
    forgotten = sum(not buckets.wait(str(number), 1, take=False) for number in range(SLOTS))
    assert forgotten > SLOTS / 2


def test_processes_that_share_a_table_count_together(tmp_path):
    make_table(tmp_path / "counts")
    assert (tmp_path / "counts").stat().st_mode & 0o077 == 0
    one, other = (Buckets(lambda: 5.0, tmp_path / "counts") for _ in range(2))
    waits = [each.wait("a", 3) for each in (one, other, one, other, one)]
    # Three a minute at once; after them the next comes in 60 / 3 = 20 seconds.
    assert [bool(each) for each in waits] == [False, False, False, True, True]
    assert waits[3] == 21  # 20 and the second that has begun
    assert other.wait("b", 3) == 0
    one.close()
    other.close()


def test_looking_takes_nothing():
    buckets = Buckets(lambda: 0.0)
    assert [buckets.wait("a", 1, take=False) for _ in range(5)] == [0] * 5
    assert buckets.wait("a", 1) == 0
    assert buckets.wait("a", 1, take=False) > 0


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_caller_is_an_address_or_the_network_that_one_household_has(address, caller):
    assert caller_of(address) == caller


def test_a_post_from_a_page_of_another_site_is_refused(service):
    with client_of(service) as client:
        body = {"code": "8507.60.00.10", "origin": "CN"}
        for headers in ({"origin": "https://other.test"}, {"sec-fetch-site": "cross-site"}):
            assert client.post("/v1/duty", json=body, headers=headers).status_code == 403
        own = {"origin": "http://testserver.local", "sec-fetch-site": "same-origin"}
        assert client.post("/v1/duty", json=body, headers=own).status_code == 200
        assert client.post("/v1/duty", json=body).status_code == 200


def test_the_counts_are_by_route_and_status_and_never_by_id(service):
    with client_of(service) as client:
        client.get(f"/v1/duty?{BATTERY}")
        client.get("/v1/duty?nonsense=1")
        client.get("/nowhere/4711")
        text = client.get("/metrics").text
    assert 'detente_responses_total{method="GET",route="/v1/duty",status="200"} 1' in text
    assert 'detente_responses_total{method="GET",route="/v1/duty",status="422"} 1' in text
    assert 'route="other",status="404"' in text
    assert "4711" not in text
    assert re.search(r'detente_response_seconds_bucket\{le="\+Inf"\} 3\n', text)


def test_seconds_are_counted_within_every_bound_above_them():
    meter = Meter({"/"})
    meter.note("GET", "/", 200, 0.02)
    lines = meter.text("1").splitlines()
    assert 'detente_response_seconds_bucket{le="0.01"} 0' in lines
    assert 'detente_response_seconds_bucket{le="0.025"} 1' in lines


def test_a_browser_that_is_refused_reads_a_page_and_a_program_json(service):
    keys = Keys.read("ann aaaaaaaaaaaaaaaaaaaaaaaa\n", "keys")
    with client_of(service, keys=keys) as client:
        page = client.get("/truce", headers={"accept": "text/html,*/*"})
        assert page.status_code == 401
        assert page.headers["content-type"].startswith("text/html")
        assert "<h1>A key is needed here.</h1>" in page.text
        assert 'lang="en"' in page.text
        described = client.get("/v1/truce", headers={"accept": "text/html,*/*"})
        assert described.json()["error"]["what"] == "A key is needed here."
