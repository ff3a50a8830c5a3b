"""The page of the question and its answer, as the server sends it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.api.parameters import from_query
from detente.api.service import Service
from detente.duty.question import DutyQuestion
from detente.web.frame.fields import fact_field
from detente.web.frame.page_query import address, read
from tests.served import BATTERY, TODAY, Client, words


def answered(client: Client, query: str) -> str:
    """The page at the one address of a question."""
    response = client.get(f"/?{query}")
    if response.status_code == 303:
        response = client.get(response.headers["location"])
    assert response.status_code == 200
    return response.text


def test_the_form_asks_and_fills_in_today(client: Client) -> None:
    page = client.get("/duty").text
    assert 'action="/"' in page
    assert f'type="date" value="{TODAY}"' in page
    assert 'value="CN"' in page


def test_a_form_leads_to_the_one_address_of_its_question(client: Client, service: Service) -> None:
    form = (
        "code=+8507.60.00.10&origin=cn&to=US&on=2025-11-12&value=10000&quantity=&known_on=&base="
        "&fact.auto_part=true&fact.chapter98=&quantity.kg=500"
    )
    response = client.get(f"/?{form}")
    assert response.status_code == 303
    assert response.headers["location"] == (
        "/?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000&quantity=500kg"
        f"&fact=auto_part=true&register={service.sha256[:12]}"
    )


def test_the_page_shows_the_total_and_every_layer(client: Client) -> None:
    page = answered(client, BATTERY)
    assert '<span class="rate" id="total-rate">48.4%</span>' in page
    assert '<span class="amount" id="total-amount">$4,840.00</span>' in page
    read_out = words(page)
    for heading in ("9903.91.01", "9903.01.24", "9903.01.25"):
        assert heading in read_out
    # The two emergency duties were struck down: 1,000 + 1,000 refundable, 4,840 - 2,000 owed.
    assert "$2,000.00 was assessed and never owed; $2,840.00 is owed" in read_out
    assert "Executive Order 14357" in read_out
    assert "File as" in read_out
    assert "Did not apply" in read_out
    assert "24 February 2026" in read_out


def test_a_link_gives_the_same_page_again_and_its_form_the_same_question(
    client: Client, service: Service
) -> None:
    own = client.get(f"/?{BATTERY}&fact=auto_part=false").headers["location"]
    first, second = client.get(own), client.get(own)
    assert first.status_code == second.status_code == 200
    assert first.text == second.text
    assert f'rel="canonical" href="{own.replace("&", "&amp;")}"' in first.text
    for control in ('name="code" type="text" value="8507.60.00.10"', 'value="2025-11-12"'):
        assert control in first.text
    assert "Stated of the goods" in first.text
    assert "Another register" not in first.text


def test_a_link_of_another_register_says_so_and_keeps_its_address(
    client: Client, service: Service
) -> None:
    old = f"/?code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&register={'0' * 12}"
    response = client.get(old)
    assert response.status_code == 200
    assert "Another register." in response.text
    assert "0" * 12 in response.text
    assert f"register={service.sha256[:12]}" in response.text


@pytest.mark.parametrize("register", ["xyz", "12345", "g" * 12, "0" * 65])
def test_what_is_no_beginning_of_a_hash_is_refused(client: Client, register: str) -> None:
    response = client.get(f"/?{BATTERY}&register={register}")
    assert response.status_code == 422
    assert "hexadecimal" in response.text


def test_a_page_that_the_browser_holds_is_not_sent_again(client: Client) -> None:
    own = client.get(f"/?{BATTERY}").headers["location"]
    tag = client.get(own).headers["etag"]
    again = client.get(own, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    old = client.get(f"{own[: own.index('&register=')]}&register={'0' * 12}")
    assert old.headers["etag"] != tag


def test_an_open_question_is_answered_by_a_link(client: Client) -> None:
    page = answered(client, BATTERY)
    links = re.findall(r'<a class="choice" href="([^"]+)"[^>]*>(\w+) <b>([^<]+)</b>', page)
    assert [(word, rate) for _, word, rate in links] == [("Yes", "63.4%"), ("No", "48.4%")]
    after = client.get(unescape(links[0][0])).text
    assert '<span class="rate" id="total-rate">63.4%</span>' in after
    assert "<code>auto_part=true</code>" in after
    back = re.search(r'href="([^"]+)" aria-label="Take back auto_part"', after)
    assert back is not None
    assert client.get(unescape(back[1])).text == page


def test_every_answer_that_a_page_offers_gives_the_total_beside_it(client: Client) -> None:
    offered = 0
    for query in (
        BATTERY,
        "code=8413.91.90.55&origin=CN&on=2025-12-01&value=10000",
        "code=8413.91.90&origin=CN&on=2025-12-01",
        "code=7326.90.86.88&origin=CN&on=2026-05-01&value=20000",
    ):
        page = answered(client, query)
        for link, rate in re.findall(r'class="choice" href="([^"]+)"[^>]*>[^<]*<b>([^<]+)<', page):
            after = client.get(unescape(link)).text
            assert f'id="total-rate">{rate}</span>' in after, link
            offered += 1
    assert offered >= 8


def test_a_missing_quantity_is_asked_for_in_its_unit(client: Client) -> None:
    page = answered(client, "code=0402.10.50.00&origin=CN&on=2025-11-12&value=2000")
    assert 'name="quantity.kg"' in page
    filled = answered(
        client, "code=0402.10.50.00&origin=CN&on=2025-11-12&value=2000&quantity.kg=500"
    )
    assert 'name="quantity.kg"' not in filled
    assert 'id="total-amount"' in filled


def test_words_in_the_place_of_a_code_find_codes_and_keep_the_rest(client: Client) -> None:
    response = client.get("/?code=lithium+battery&origin=CN&on=2025-11-12&value=10000")
    assert response.status_code == 200
    link = re.search(r'href="(/\?code=8507[^"]+)"', response.text)
    assert link is not None
    kept = dict(parse_qsl(urlsplit(unescape(link[1])).query))
    assert (kept["origin"], kept["on"], kept["value"]) == ("CN", "2025-11-12", "10000")


def test_words_that_no_line_has_say_so(client: Client) -> None:
    assert "No line of the schedule" in client.get("/?code=qwertyuiop").text


@pytest.mark.parametrize(
    ("query", "control", "stated"),
    [
        ("code=8507.60.00.10&origin=Chnia&value=7", "ask-origin", "perhaps CN China"),
        ("code=8507.60.00.10&origin=CN&value=ten", "ask-value", "1250.00"),
        ("code=8507.60.00.10&origin=CN&fact=auto_part=maybe", "stated-auto_part", "true or false"),
        ("code=8507.60&origin=CN", "ask-code", "Choose one of its lines"),
        ("code=8507.60.00.10", "ask-origin", "origin is missing"),
        ("code=lithium&on=soon", "ask-on", "YYYY-MM-DD"),
    ],
)
def test_an_error_keeps_the_form_and_says_what_to_do_at_its_control(
    client: Client, query: str, control: str, stated: str
) -> None:
    response = client.get(f"/?{query}")
    if response.status_code == 303:
        response = client.get(response.headers["location"])
    assert response.status_code == 422
    assert stated in words(response.text)
    assert re.findall(r'id="([^"]+)"[^>]*aria-invalid="true"', response.text) == [control]


def test_a_parameter_that_nobody_reads_is_refused(client: Client) -> None:
    response = client.get(f"/?{BATTERY}&utm_source=x")
    assert response.status_code == 422
    assert "There is no parameter" in response.text


def test_what_a_reader_types_is_shown_as_text(client: Client) -> None:
    attack = "%3Cscript%3Ealert(1)%3C/script%3E"
    for query in (f"code={attack}", f"{BATTERY}&fact=x={attack}", f"{attack}=1", "code=1&origin="):
        page = client.get(f"/?{query}").text
        assert "<script>" not in page
        assert "alert(1)</script>" not in page


def test_no_page_holds_script_or_style_of_its_own_or_from_elsewhere(client: Client) -> None:
    for path in (
        "/",
        "/duty",
        "/ask",
        "/embed/averages",
        "/v1/",
        "/nope",
        f"/?{BATTERY}",
        "/?code=lithium",
    ):
        page = client.get(path)
        if page.status_code == 303:
            page = client.get(page.headers["location"])
        left = re.sub(r'<script src="/static/\w{12}/page\.js" defer></script>', "", page.text)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", left)
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page.text)


def test_the_drawing_has_words_and_a_bar_for_each_layer(client: Client) -> None:
    page = answered(client, BATTERY)
    assert '<title id="waterfall-title">How the duty adds up</title>' in page
    assert "Column 1, general, 3.4%  $340.00" in unescape(page)
    bars = re.findall(r'class="bar (\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', page)
    # Shares of 48.4: 3.4 is 7.025%, 25 is 51.653%, 10 is 20.661%; each begins where the last ended.
    assert bars == [
        ("base", "0.000", "7.025"),
        ("added", "7.025", "51.653"),
        ("refundable", "58.678", "20.661"),
        ("refundable", "79.339", "20.661"),
        ("total", "0.000", "100.000"),
    ]


def test_a_free_good_has_a_total_and_no_drawing(client: Client) -> None:
    page = answered(client, "code=8471.30.01.00&origin=JP&on=2024-06-03&value=100")
    assert 'id="total-amount">$0.00</span>' in page
    assert "<svg" not in page


def test_a_path_that_is_not_there_is_a_page_that_leads_back(client: Client) -> None:
    response = client.get("/nope")
    assert response.status_code == 404
    assert 'href="/"' in response.text
    assert client.get("/static/0/style.css").status_code == 404


def test_static_files_are_kept_for_good_under_an_address_with_their_hash(client: Client) -> None:
    at = re.search(r'href="(/static/\w{12}/style.css)"', client.get("/").text)
    assert at is not None
    response = client.get(at[1])
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
PLAIN = TEXT.map(lambda text: " ".join(text.split()))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    code=PLAIN.filter(bool),
    origin=PLAIN.filter(bool),
    value=PLAIN,
    base=PLAIN,
    facts=st.dictionaries(st.from_regex(r"\A[a-z0-9_.]{1,9}\Z"), PLAIN, max_size=3),
    quantities=st.dictionaries(
        st.sampled_from(["kg", "doz.", "No.", "m²"]),
        st.from_regex(r"\A[0-9]{1,6}(\.[0-9]{1,3})?\Z"),
        max_size=3,
    ),
)
def test_the_address_of_a_question_asks_that_question(
    code: str,
    origin: str,
    value: str,
    base: str,
    facts: dict[str, str],
    quantities: dict[str, str],
) -> None:
    question = DutyQuestion(
        code=code,
        origin=origin,
        on="2025-11-12",
        value=value or None,
        base=base or None,
        facts=facts,
        quantities=quantities,
    )
    own = address(question, "0" * 64)
    given = parse_qsl(own.removeprefix("/?"), keep_blank_values=True)
    again = read(given).question(TODAY)
    assert address(again, "0" * 64) == own
    plain = [(name, text) for name, text in given if name != "register"]
    assert from_query(plain, TODAY) == again


def test_a_page_of_an_entry_into_china_shows_its_taxes_and_the_landed_total(client: Client) -> None:
    """Wine on 1 February 2019: 1,000 + 390 + 154.44 + 247.11 = 1,791.55."""
    query = "code=2204.21.00&origin=US&to=CN&on=2019-02-01&value=1000"
    page = answered(client, query)
    assert "Consumption tax 10%" in page
    assert '<b id="landed-total">$1,791.55</b>' in page


def test_words_lead_to_codes_of_the_country_of_import(client: Client) -> None:
    page = client.get("/?code=soybeans&origin=US&to=CN&on=2025-10-01").text
    assert "1201.90.10" in page
    assert "code=1201.90.10" in page


def test_the_value_of_a_part_has_a_control_that_asks_for_dollars(service: Service) -> None:
    field = fact_field(service, "component.battery", "3.50", "f")
    assert field.label == "What is the value in dollars of the part: battery?"
    assert (field.hint, field.value) == ("1250.00", "3.50")
    unknown = fact_field(service, "no_such_fact", "", "f")
    assert (unknown.label, unknown.hint) == ("no_such_fact", "a number")


def test_an_answer_is_offered_as_a_link_only_where_a_word_gives_it(client: Client) -> None:
    page = unescape(answered(client, "code=8708.29.51.60&origin=DE&on=2026-08-01"))
    links = [dict(parse_qsl(urlsplit(each).query)) for each in re.findall(r'href="([^"]*)"', page)]
    stated = {value for each in links for key, value in each.items() if key.startswith("fact.")}
    stated |= {each["fact"] for each in links if "fact" in each}
    told = " ".join(stated)
    # Russia is a word; a millionth of the weight, with which no duty on metals would be due, is
    # not what anybody would state, and where nothing else differs there is nothing to offer.
    assert "RU" in told
    assert "1/1000000" not in told
    assert "None" not in told
