"""The page of a whole entry: its form, its worksheet, and what it says of a mistake."""

from __future__ import annotations

import csv
import io

from tests.served import Client, words

BATTERY = "code=8507.60.00.10&origin=CN&value=10000&quantity=&unit=&adcvd=none&facts="
HEADER = "entry_type=01&entry_date=2025-11-12&mode=ocean"


def test_the_page_adds_up_duty_and_fees_to_the_cent(client: Client) -> None:
    read = words(client.get(f"/entry?{HEADER}&{BATTERY}").text)
    # 48.4% of 10,000 is 4,840.00; 0.3464% is 34.64 and 0.125% is 12.50.
    assert "$4,887.14 owed on an entered value of $10,000" in read
    assert "Merchandise processing fee $34.64" in read
    assert "Harbor maintenance fee $12.50" in read
    assert "$2,000.00 of it was assessed and never owed" in read


def test_two_lines_are_two_tables_and_their_fields_are_kept(client: Client) -> None:
    nails = "code=7318.15.20.61&origin=TW&value=2500&quantity=&unit=&adcvd=&facts=melt_country%3DTW"
    page = client.get(f"/entry?{HEADER}&{BATTERY}&{nails}").text
    assert page.count('<table class="layers">') == 2
    assert 'value="melt_country=TW"' in page
    assert 'value="7318.15.20.61"' in page


def test_empty_lines_of_the_form_are_no_lines(client: Client) -> None:
    blank = "code=&origin=&value=&quantity=&unit=&adcvd=&facts="
    one = client.get(f"/entry?{HEADER}&{BATTERY}").text
    two = client.get(f"/entry?{HEADER}&{BATTERY}&{blank}").text
    assert words(one)[:400] == words(two)[:400]


def test_without_lines_the_page_asks_and_answers_nothing(client: Client) -> None:
    page = client.get("/entry").text
    assert 'id="owed"' not in page
    assert page.count("<fieldset>") == 2
    assert client.get("/entry?lines=7").text.count("<fieldset>") == 7


def test_an_order_that_is_possible_leaves_the_total_open_and_says_so(client: Client) -> None:
    nails = "code=7317.00.55.02&origin=CN&value=1000&quantity=&unit=&adcvd=&facts="
    read = words(client.get(f"/entry?entry_date=2025-11-12&mode=ocean&{nails}").text)
    assert "Not known yet" in read
    assert "A-570-909" in read


def test_a_value_that_is_none_is_told_and_the_form_kept(client: Client) -> None:
    response = client.get(f"/entry?{HEADER}&{BATTERY.replace('10000', 'much')}")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert 'value="much"' in response.text


def test_a_fact_that_is_none_and_a_name_that_is_unknown_are_told(client: Client) -> None:
    response = client.get(f"/entry?{HEADER}&{BATTERY}auto_part")
    assert response.status_code == 422
    assert "is not a fact" in words(response.text)
    response = client.get(f"/entry?{HEADER}&{BATTERY}&color=red")
    assert response.status_code == 422


def test_names_that_do_not_stand_once_a_line_are_told(client: Client) -> None:
    response = client.get(f"/entry?{BATTERY}&code=8507.60.00.20")
    assert response.status_code == 422
    assert "stands 1 time, others 2" in words(response.text)


def test_the_worksheet_can_be_taken_as_csv_and_json(client: Client) -> None:
    text = client.get(f"/entry?{HEADER}&{BATTERY}&format=csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["kind"] for row in rows} == {"duty", "fee", "total"}
    assert rows[-1]["amount"] == "4887.14"
    answer = client.get(f"/entry?{HEADER}&{BATTERY}&format=json").json()
    assert answer["totals"]["owed"] == "4887.14"
