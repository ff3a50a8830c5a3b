"""The pages of lists and of owners: what they answer, as what, and what they refuse."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from html import unescape

import pytest

from tests.served import Client, main_of

SEPTEMBER = {"from": "2025-09-01", "to_date": "2025-09-30", "list": "el"}

HOLDINGS = "owner,owned,share\nroot,a,60%\na,b,50%\nroot,c,49%\n"
LISTED = "id,list\nroot,EL\n"


def test_changes_of_a_list_are_a_table_and_an_answer_for_programs(client: Client) -> None:
    sent = client.get("/lists", params={**SEPTEMBER, "format": "csv"})
    assert sent.headers["content-type"].startswith("text/csv")
    table = list(csv.DictReader(sent.text.splitlines()))
    assert [*table[0]] == [
        "name", "what", "list", "entry", "on", "listed_on", "changed_on", "removed_on",
        "suspended_from", "suspended_until", "citation", "url", "listed_perhaps_from",
        "announced",
    ]  # fmt: skip
    assert {row["list"] for row in table} == {"EL"}
    found = json.loads(client.get("/lists", params={**SEPTEMBER, "format": "json"}).text)
    assert (found["from"], found["to"], found["names"]) == ("2025-09-01", "2025-09-30", 0)
    assert found["counts"] == {
        what: sum(row["what"] == what for row in table) for what in {row["what"] for row in table}
    }
    assert [row["entry"] for row in found["changes"]] == [row["entry"] for row in table]
    assert {row["name"] for row in found["changes"]} == {None}
    assert {each["what"] for each in found["coverage"]} == {"EL"}


def test_the_end_of_a_suspension_is_a_row_with_its_day(client: Client) -> None:
    days = {"from": "2026-11-01", "to_date": "2026-11-30", "list": "CN-UEL"}
    shown = main_of(client.get("/lists", params=days).text)
    assert "to 30 November 2026: 11 no longer suspended" in shown
    assert "no longer suspended CN-UEL Skydio Inc. 2026-11-11" in shown
    assert "nothing was compared" in main_of(
        client.get("/lists", params={**days, "from": "2020-01-01"}).text
    )


def test_a_change_has_both_readings_and_the_end_of_what_was_announced_is_one(
    client: Client,
) -> None:
    days = {"from": "2026-11-01", "to_date": "2026-11-30", "list": "CN-UEL"}
    both = "By the law as read in force since 2026-11-11; by what was announced suspended through"
    assert f". {both} 2027-01-10" in main_of(client.get("/lists", params=days).text)
    later = {**days, "from": "2026-12-01", "to_date": "2027-01-11"}
    shown = main_of(client.get("/lists", params=later).text)
    end = "no longer suspended by what was only announced"
    assert f"{end} CN-UEL Skydio Inc. 2027-01-11" in shown
    assert both not in shown


def test_names_of_a_form_are_held_against_the_changes(client: Client) -> None:
    names = "AR Sales Pvt Ltd\n\n  Nobody at all \nAR Sales Pvt Ltd\n"
    shown = main_of(client.post("/lists", data={**SEPTEMBER, "names": names}).text)
    # A name that is written twice is one, and an empty line is none.
    assert "1 of these changes meets one of your 2 names." in shown
    assert "AR Sales Pvt Ltd added EL AR Sales Pvt Ltd. 2025-09-16 90 FR 44496" in shown


@pytest.mark.parametrize("post", [False, True])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"list": "nope"}, "Error: 'NOPE' is not a list. Known are 1260H, 1286,"),
        (
            {"from": "2025-10-01"},
            "Error: 2025-10-01 does not lie before 2025-09-30. Name the earlier day first.",
        ),
    ],
)
def test_days_and_lists_that_cannot_be_are_said_above_the_form(
    client: Client, given: dict[str, str], words: str, post: bool
) -> None:
    asked = {**SEPTEMBER, **given}
    if post:
        response = client.post("/lists", data={**asked, "names": "Acme"})
        assert ">Acme</textarea>" in response.text  # nothing that was typed is lost
    else:
        response = client.get("/lists", params=asked)
    assert response.status_code == 422
    assert words in main_of(response.text)


def test_names_that_are_refused_stay_in_their_form(client: Client) -> None:
    long = "A" * 5_000
    response = client.post("/lists", data={**SEPTEMBER, "names": f"Acme\n{long}"})
    assert response.status_code == 422
    assert f">Acme\n{long}</textarea>" in response.text


def test_without_a_first_day_the_lists_are_shown_and_no_changes(client: Client) -> None:
    shown = main_of(client.get("/lists").text)
    assert "Lists at hand" in shown
    assert "added" not in shown
    assert "Link to this page" not in shown


def test_owners_come_as_a_table_an_answer_and_a_drawing(client: Client) -> None:
    given = {"holdings": HOLDINGS, "seeds": LISTED}
    sent = {
        form: client.post("/owners", data={**given, "format": form})
        for form in ("csv", "json", "svg")
    }
    for form, response in sent.items():
        assert response.status_code == 200
        assert response.headers["content-disposition"] == f'attachment; filename="owners.{form}"'
        assert response.headers["cache-control"] == "no-store"
    head, *lines = sent["csv"].text.splitlines()
    assert head == "status,id,name,country,tier,share_from,share_to,kind,paths,requirement"
    # On the day the rule is suspended, so that it covers nobody.
    assert lines == [
        "would be covered,a,,,1,0.6,0.6,share,root > a,what the listing of root requires (EL)",
        "would be covered,b,,,2,0.5,0.5,share,root > a > b,what the listing of root requires (EL)",
    ]
    page = client.post("/owners", data=given).text
    assert "Would be covered (2)</h2>" in page
    assert "it covers nobody then" in page
    page = client.post("/owners", data={**given, "on": "2025-11-05"}).text
    assert "Covered (2)</h2>" in page
    assert "it covers nobody then" not in page
    answer = json.loads(sent["json"].text)
    assert (answer["regime"], answer["on"]) == ("bis", "2026-08-01")
    assert [row["id"] for row in answer["covered"]] == ["a", "b"]
    assert sent["svg"].text.startswith("<svg ")


def test_owners_are_screened_where_that_is_asked(client: Client) -> None:
    sent = {"holdings": "owner,owned,share\nHuawei Technologies,Maker,60\n",
            "regime": "bis", "on": "2025-11-05", "format": "json"}  # fmt: skip
    assert client.post("/owners", data=sent).json()["covered"] == []
    found = client.post("/owners", data={**sent, "screen": "yes"}).json()
    assert [row["id"] for row in found["covered"]] == ["Maker"]
    told = "Huawei Technologies was screened by name as Huawei Technologies Co., Ltd. (Huawei) (EL)"
    assert told in found["notes"]
    page = client.post("/owners", data={**sent, "screen": "yes", "format": ""}).text
    assert 'name="screen" value="yes" checked' in page


def test_a_rule_is_chosen_by_what_it_is_about(client: Client) -> None:
    page = client.get("/owners").text
    assert "bis: Affiliates of listed parties, owned at 50 percent or more" in page


def test_a_hit_leads_to_the_page_of_its_party(client: Client) -> None:
    page = client.get("/screen", params={"name": "Huawei Technologies"}).text
    assert 'href="/ask/party?party=EL-a107578f"' in page


def test_a_way_names_its_shares_its_sources_and_what_is_not_known(client: Client) -> None:
    holdings = "owner,owned,share,source\nroot,a,60%,register 1\na,b,33.33-60,\nx,d,unknown,\n"
    holdings += "root,x,70%,\n"
    given = {"holdings": holdings, "seeds": "id,list\nroot,SDN\n", "regime": "ofac"}
    shown = main_of(client.post("/owners", data=given).text)
    assert "a 60% held by covered owners , tier 1 root → 60% (register 1) → a" in shown
    assert "root → 60% (register 1) → a → 33.33% to 60% → b" in shown
    assert "root → 70% → x → an unknown share → d" in shown
    assert "Possibly covered (2)" in shown
    table = client.post("/owners", data={**given, "format": "csv"}).text
    found = {row["id"]: row for row in csv.DictReader(table.splitlines())}
    assert {name: row["status"] for name, row in found.items()} == {
        "a": "covered", "x": "covered", "b": "possibly covered", "d": "possibly covered",
    }  # fmt: skip
    assert (found["b"]["share_from"], found["b"]["share_to"]) == ("0.3333", "0.6")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"holdings": " \n"}, "Error: No holdings were given. Write owner,owned,share in the"),
        ({"regime": "nope"}, "Error: 'nope' is not an ownership rule. Write one of bis, economic"),
        (
            {"holdings": "owner,owned,share\nroot,a,160%\n"},
            "Error: Holdings, line 2, share: The share 160% is above 100 percent.",
        ),
        (
            {"holdings": "owner,share\nroot,a\n"},
            "Error: Holdings, line 1: No column owned; the header needs owner, owned, share,",
        ),
        ({"seeds": "id,list\nroot,EL,more\n"}, "Error: Seeds, line 2: "),
        ({"entities": "id,nam\na,A\n"}, "Error: Entities, line 1: "),
    ],
)
def test_a_table_of_owners_that_cannot_be_read_is_told_with_its_place(
    client: Client, given: dict[str, str], words: str
) -> None:
    sent = {"holdings": HOLDINGS, "seeds": LISTED, **given}
    response = client.post("/owners", data=sent)
    assert response.status_code == 422
    shown = main_of(response.text)
    assert words in shown
    assert "/tmp" not in shown
    if given.keys() <= {"regime", "seeds", "entities"}:
        assert "root,a,60%" in response.text  # what was typed stands in the form


@pytest.mark.parametrize(
    ("name", "status"), [("h.csv", 200), ("h.txt", 200), ("../../h.sh", 200), ("h.json", 422)]
)
def test_of_the_name_of_a_file_only_its_ending_counts(
    client: Client, name: str, status: int
) -> None:
    files = {"holdings_file": (name, HOLDINGS.encode())}
    response = client.post("/owners", data={"seeds": LISTED, "format": "csv"}, files=files)
    assert response.status_code == status


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


def test_packed_files_are_taken_as_the_files_in_them(client: Client) -> None:
    sent = {"regime": "bis", "on": "2025-11-05", "format": "json"}
    plain = client.post("/owners", data={**sent, "holdings": HOLDINGS, "seeds": LISTED}).json()
    objects = [dict(zip(("owner", "owned", "share"), row.split(","), strict=True))
               for row in HOLDINGS.split()[1:]]  # fmt: skip
    for holdings in (
        ("h.csv.gz", gzip.compress(HOLDINGS.encode())),
        ("H.JSON.GZ", gzip.compress(json.dumps(objects).encode())),
        ("h.zip", zipped(h_csv=HOLDINGS.encode("utf-16"))),
    ):
        files = {"holdings_file": holdings, "seeds_file": ("s.zip", zipped(s_csv=LISTED.encode()))}
        answer = client.post("/owners", data=sent, files=files).json()
        assert answer["covered"] == plain["covered"], holdings[0]
        assert len(answer["covered"]) == 2


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        (gzip.compress(HOLDINGS.encode())[:-9], 422, "cannot be unpacked"),
        (zipped(a_csv=b"", b_csv=b""), 422, "Unpack it, and send the file that has the table"),
        (gzip.compress(b"A" * (17 << 20)), 413, "unpacks to more than 16,777,216 bytes"),
    ],
)
def test_a_packed_file_that_cannot_be_taken_is_refused_in_its_field(
    client: Client, content: bytes, status: int, told: str
) -> None:
    files = {"holdings_file": ("h.gz", content)}
    refused = client.post("/owners", data={"seeds": LISTED}, files=files)
    assert refused.status_code == status
    assert told in main_of(refused.text)
    assert 'aria-describedby="of-holdings-hint of-holdings-error"' in refused.text


def test_a_list_of_goods_has_a_page_and_a_table_and_no_other_name(client: Client) -> None:
    table = client.get("/lists/goods/us-301-list-1?format=csv").text.splitlines()
    assert table[0] == "code,from,until,except"
    assert "2845.90.00,2018-07-06,2022-01-27,false" in table
    shown = main_of(client.get("/lists/goods/us-301-list-1").text)
    assert f"{len(table) - 1:,}" in shown
    refused = client.get("/lists/goods/nope")
    assert refused.status_code == 404
    assert "There is no list of goods 'nope'." in main_of(refused.text)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/owners", "GET, HEAD, OPTIONS, POST"),
        ("DELETE", "/v1/duty", "GET, HEAD, OPTIONS, POST"),
        ("POST", "/measures", "GET, HEAD, OPTIONS"),
        ("POST", "/lists/goods/us-301-list-1", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_says_to_what_it_answers(
    client: Client, method: str, path: str, allow: str
) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.headers["allow"]) == (405, allow)
    assert f"{path} does not answer to {method}." in unescape(response.text)


@pytest.mark.parametrize("path", ["/nothing/here", "/v1/nothing"])
def test_an_address_that_there_is_not_says_where_to_begin(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert f"There is nothing at {path}." in response.text
    assert response.headers["content-type"].startswith(
        "application/json" if path.startswith("/v1/") else "text/html"
    )
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("on", "day"),
    [("", "2026-08-01"), ("&on=2025-11-12", "2025-11-12")],
)
def test_names_are_screened_as_of_the_day_that_is_named_or_of_today(
    client: Client, on: str, day: str
) -> None:
    found = client.get(f"/screen?name=Huawei+Technologies{on}&format=json").json()
    assert found["on"] == day


def test_a_party_stands_with_its_lists_days_and_what_follows(client: Client) -> None:
    page = client.get("/ask/party", params={"party": "Huawei", "on": "2026-08-01"}).text
    for words in (
        "<h2>Huawei Technologies Co., Ltd. (Huawei)</h2>", "<b>Listed</b> since 16 May 2019",
        "<b>Licence needed</b>", "Policy: Presumption of denial", "<h2 class=\"small\">Owners</h2>",
        "Related, and not the same party", '<td data-label="Notice">',
    ):  # fmt: skip
        assert words in page
    near = client.get("/ask/party", params={"party": "Beijing Skyrizon", "on": "2026-08-01"}).text
    assert "these come close" in near


def test_pages_of_names_and_parties_follow_the_announced_reading(client: Client) -> None:
    asked = {"on": "2026-12-01", "reading": "announced"}
    page = client.get("/screen", params={"name": "Skydio", **asked}).text
    assert "This follows what was announced" in page
    assert "&amp;on=2026-12-01&amp;reading=announced" in page, "the party is told by it, too"
    shown = client.get("/ask/party", params={"party": "Skydio", **asked}).text
    assert "This follows what was announced" in shown
    assert "<b>Listing suspended</b>, listed since 4 April 2025; suspended from" in shown
    assert "This follows what" not in client.get("/screen", params={"name": "Skydio"}).text
    wrong = client.get("/screen", params={"name": "Skydio", "reading": "heard"})
    assert wrong.status_code == 422


def test_a_party_without_a_day_says_so(client: Client) -> None:
    page = client.get("/ask/party", params={"party": "KOMID"}).text
    assert "Days (0)" in page
    assert "No list prints since when it stands there" in page


def test_a_hit_leads_to_its_own_party_as_of_the_day_that_was_asked(client: Client) -> None:
    page = client.get("/screen?name=Huawei%20Technologies&on=2026-08-01").text
    links = {
        unescape(name): unescape(address)
        for address, name in re.findall(r'<a href="(/ask/party[^"]*)">([^<]*)</a>', page)
    }
    # The one in Egypt bears a name that the house in China has too.
    led = client.get(links["Huawei Technology"]).text
    assert links["Huawei Technology"].endswith("&on=2026-08-01")
    described = " in Egypt; key <code>EL-1c353f3e</code>; lists as of 1 August 2026"
    assert described in led
    # So do those that it is related to, and those whose names come close.
    further = re.findall(r'<li><a href="(/ask/party[^"]*)"', led)
    assert further
    assert all(each.endswith("&amp;on=2026-08-01") for each in further)


def test_the_page_of_a_party_has_its_addresses(client: Client) -> None:
    on = {"on": "2026-08-01"}
    page = client.get("/ask/party", params={"party": "EL-21e15bc8", **on}).text
    assert "Address: Room 803, Chevalier House, 45-51 Chatham Road South" in main_of(page)
    assert "Address 05" not in page
    page = client.get("/ask/party", params={"party": "Bank Melli Iran", **on}).text
    assert "] [" not in page
    assert "SDGT; IFSR" in page
