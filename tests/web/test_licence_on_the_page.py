"""The licence of a transaction on its page and in its memo: one headline, and what it rests on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from detente import assess
from detente.transaction.memo.memo import write_memo
from detente.transaction.shipment import Party, Shipment
from tests.served import Client

UNREAD = (("item", "0A002"), ("from", "US"), ("to", "CN"), ("on", "2026-08-01"))
FREE = (("item", "EAR99"), ("from", "US"), ("to", "CN"), ("on", "2026-08-01"))


@pytest.mark.parametrize(
    ("asked", "says", "state"),
    [
        (UNREAD, "NOT COVERED: no rule read here asks a licence", "<td>unread</td>"),
        (FREE, "NO LICENCE under the rules of the United States and China", "<td>read</td>"),
    ],
)
def test_the_page_shows_the_headline_and_what_it_rests_on(
    client: Client, asked: tuple[tuple[str, str], ...], says: str, state: str
) -> None:
    page = client.get(f"/assess?{urlencode(asked)}").text
    assert says in page
    assert "What this rests on" in page
    assert state in page


def test_the_form_asks_about_technology_released_to_a_person(client: Client) -> None:
    asked = (("item", "3E001"), ("from", "US"), ("deemed_to", "CN"), ("on", "2026-08-01"))
    page = client.get(f"/assess?{urlencode(asked)}").text
    wrong = client.get(f"/assess?{urlencode((*asked, ('transfer', 'smuggle')))}")
    assert "From the United States to China" in page
    assert "LICENCE NEEDED" in page
    assert "15 CFR 742.4(b)(7)" in page  # NS 1 to China: case by case
    assert 'name="transfer"' in page
    assert 'name="deemed_to" type="text" value="CN"' in page
    assert wrong.status_code == 422


def test_a_memo_tells_what_its_licence_rests_on(tmp_path: Path) -> None:
    party = Party("Huawei Technologies Co., Ltd.", "consignee", "CN")
    shipment = Shipment(origin="US", destination="CN", item="EAR99", parties=(party,))
    answer = assess(shipment, on="2019-05-10")
    memo = tmp_path / "memo.md"
    write_memo(str(memo), answer, "2026-11-26T12:00:00Z")
    text = memo.read_text(encoding="utf-8")
    assert "IT DEPENDS ON WHO WAS LISTED ON THAT DAY" in text
    (row,) = [line for line in text.splitlines() if line.startswith("| EL |")]
    assert row.startswith("| EL | Entity List, 3,420 entries: all 3,420 entries of every country")
    assert row.endswith("| 1997-06-30 | 2026-07-31 | partly |")
    # The words of the list of July 2026 are not told of a day of 2019.
    assert "review: Presumption" not in text
    assert answer["verdict"]["stop"] == []


def test_a_link_is_the_same_however_its_question_was_ordered_and_asks_in_words(
    client: Client,
) -> None:
    asked = (("code", "8507.60.00.10"), ("origin", "CN"), ("to", "US"), ("on", "2026-11-12"))
    pages = [client.get(f"/assess?{urlencode(each)}").text for each in (asked, asked[::-1])]
    links = [page.partition(">Link to this answer<")[0].rpartition('href="')[2] for page in pages]
    assert links[0].startswith(
        "/assess?code=8507.60.00.10&amp;origin=CN&amp;to=US&amp;on=2026-11-12"
    )
    assert links[0] == links[1]
    assert "To establish: What is the energy density of the cell or battery" in pages[0]
