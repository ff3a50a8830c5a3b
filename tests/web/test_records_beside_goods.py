"""The records that goods of a code may touch are linked from the pages of the code."""

from __future__ import annotations

from html import unescape
from urllib.parse import urlencode

import pytest

from tests.served import Client

BY_CODE = {
    "us-connected-vehicles": ("8703.23.01", "CN", "US"),
    "us-fcc-covered-list": ("8806.22.00", "CN", "US"),
    "us-section-889": ("8525.89.30", "CN", "US"),
    "us-section-5949": ("8542.31.00", "CN", "US"),
    "us-section-154": ("8507.60.00", "CN", "US"),
    "us-defense-magnets": ("8505.11.00", "CN", "US"),
    "us-uflpa": ("2002.90.80", "CN", "US"),
    "cn-farm-suspensions": ("0207.14", "US", "CN"),
    "cn-micron": ("8542.32", "US", "CN"),
}
"""Of each record, a code of goods that come in, the country they are of, and where they go."""

DAY = "2026-07-01"


@pytest.mark.parametrize("record", BY_CODE)
def test_the_page_of_a_duty_links_to_the_record(client: Client, record: str) -> None:
    code, origin, to = BY_CODE[record]
    asked = (("code", code), ("origin", origin), ("to", to), ("on", DAY))
    page = client.get(f"/?{urlencode(asked)}", follow_redirects=True).text
    assert f'href="/measures/{record}"' in page
    assert client.get(f"/measures/{record}").status_code == 200
    # From there it is a step to what needs permission.
    way = (("code", code.replace(".", "")), ("from", origin), ("to", to), ("on", DAY))
    assert "/ask/licence?code=" in page
    assert f'href="/measures/{record}"' in client.get(f"/ask/licence?{urlencode(way)}").text


@pytest.mark.parametrize("record", BY_CODE)
def test_the_page_of_a_transaction_links_to_the_record(client: Client, record: str) -> None:
    code, origin, to = BY_CODE[record]
    asked = (("code", code), ("origin", origin), ("to", to), ("on", DAY))
    assert f'href="/measures/{record}"' in client.get(f"/assess?{urlencode(asked)}").text


@pytest.mark.parametrize("record", [each for each in BY_CODE if each.startswith("us-")])
def test_the_page_of_a_heading_links_to_the_record(client: Client, record: str) -> None:
    heading = BY_CODE[record][0][:4]
    assert f'href="/measures/{record}"' in client.get(f"/browse/{heading}?on={DAY}").text


@pytest.mark.parametrize(
    ("code", "record"),
    [
        ("8806.22.00", "cn-drones"),
        ("2933.36.00", "cn-precursors"),
        ("8505.11.00", "cn-mofcom-2025-18"),
    ],
)
def test_what_holds_goods_back_where_they_leave_is_two_steps_from_their_duty(
    client: Client, code: str, record: str
) -> None:
    asked = (("code", code), ("origin", "CN"), ("to", "US"), ("on", "2026-08-06"))
    page = client.get(f"/?{urlencode(asked)}", follow_redirects=True).text
    link = unescape(page.partition('<a href="/ask/licence?code=')[2].partition('"')[0])
    assert f'href="/measures/{record}"' in client.get(f"/ask/licence?code={link}").text


def test_goods_that_nothing_touches_have_no_such_part(client: Client) -> None:
    asked = (("code", "9403.60.80"), ("origin", "VN"), ("on", DAY))
    assert (
        "What else may touch" not in client.get(f"/?{urlencode(asked)}", follow_redirects=True).text
    )


@pytest.mark.parametrize(
    ("item", "way", "record"),
    [
        ("bulk-data", ("US", "CN"), "us-bulk-data-rule"),
        ("outbound-investment", ("US", "CN"), "us-outbound-investment"),
        ("drone-items", ("CN", "US"), "cn-drones"),
        ("precursors", ("CN", "US"), "cn-precursors"),
        ("xinjiang-goods", ("CN", "US"), "us-uflpa"),
    ],
)
def test_what_has_no_code_is_reached_from_the_page_of_its_item(
    client: Client, item: str, way: tuple[str, str], record: str
) -> None:
    asked = (("item", item), ("from", way[0]), ("to", way[1]), ("on", "2026-08-06"))
    assert f'href="/measures/{record}"' in client.get(f"/ask/licence?{urlencode(asked)}").text


@pytest.mark.parametrize(
    ("code", "day", "record"),
    [
        ("3907.10", "2025-06-01", "cn-antidumping-pom"),
        ("2804.61", "2026-02-01", "cn-antidumping-polysilicon"),
        ("1007.90", "2018-05-01", "cn-antidumping-sorghum"),
        ("1201.90", "2025-06-01", "cn-logs-and-soybeans"),
        ("4403.99", "2025-06-01", "cn-logs-and-soybeans"),
        ("0808.10", "2018-05-01", "cn-232-answer"),
    ],
)
def test_a_record_of_china_is_linked_where_its_layer_or_its_question_stands(
    client: Client, code: str, day: str, record: str
) -> None:
    asked = (("code", code), ("origin", "US"), ("to", "CN"), ("on", day), ("base", "6.5%"))
    page = client.get(f"/?{urlencode(asked)}", follow_redirects=True).text
    assert f'href="/measures/{record}"' in page
