"""Pages of the register, of parties and of transactions, as a program reads them."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest

from detente.api.guard import Limits
from detente.api.service import Service
from detente.web.chronicle import Happening, happenings
from detente.web.chronicle import draw as draw_months
from detente.web.measure_timeline import draw
from detente.web.parties.ownership import SAMPLE
from tests.served import BATTERY, Client, client_of, make_service, words

OTHER = "0" * 12
"""The beginning of the hash of a register that is not the one asked."""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    "path",
    [
        "/measures?sde=US",
        "/measures?by=FR",
        "/measures?kind=law",
        "/measures?on=soon",
        "/measures?format=pdf",
        "/measures?on=2025-01-01&on=2025-01-02",
        "/timeline?from=2025-02-01&to_date=2025-01-01",
        "/truce?register=xyz",
        "/screen?nme=x",
        "/compare?scenario=nowhere",
        "/supply?mineral=unobtainium",
        "/assess?cod=8507.60.00.10",
        "/assess?code=8507.60.00.10&origin=CN&party=A&owners=nobody",
        "/not-modelled?x=1",
    ],
)
def test_what_a_page_cannot_read_is_said_and_never_left_out(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert "Error" in words(response.text)


@pytest.mark.parametrize(
    "path", ["/measures", "/truce", "/timeline?from=2026-01-01", "/screen?name=Huawei", "/compare"]
)
def test_a_link_of_another_register_says_so(client: Client, path: str) -> None:
    mark = "&" if "?" in path else "?"
    assert "Another register" in client.get(f"{path}{mark}register={OTHER}").text
    assert "Another register" not in client.get(path).text


def test_a_link_to_an_answer_tells_what_another_register_changed(client: Client) -> None:
    seen = "us-mfn:0.034;us-301-technology:0.075;us-gone:0.1"
    page = words(client.get(f"/?{BATTERY}&to=US&register={OTHER}&seen={seen}").text)
    if "Another register" not in page:
        own = client.get(f"/?{BATTERY}&to=US&register={OTHER}&seen={seen}").headers["location"]
        page = words(client.get(own).text)
    assert "Section 301, technology transfer, products of China was 7.5% and is 25%." in page
    assert "us-gone is gone; it was 10%." in page
    assert "IEEPA reciprocal duty, China, Hong Kong and Macau is new: 10%." in page


def test_the_link_of_an_answer_holds_its_layers(client: Client) -> None:
    location = client.get(f"/?{BATTERY}").headers["location"]
    page = unescape(client.get(location).text)
    assert "seen=us-mfn:0.034%3Bus-301-technology:0.25%3B" in page


def test_the_layers_of_an_answer_are_a_table_and_a_picture(client: Client) -> None:
    table = rows(client.get(f"/charts/duty?{BATTERY}&format=csv").text)
    # 3.4 + 25 + 10 + 10 percent, each from where the one before it ends.
    assert [row["end"] for row in table] == ["0.034", "0.284", "0.384", "0.484"]
    assert [row["amount"] for row in table] == ["340.00", "2500.00", "1000.00", "1000.00"]
    spec = client.get(f"/charts/duty?{BATTERY}&format=vega").json()
    assert [row["end"] for row in spec["data"]["values"]] == [0.034, 0.284, 0.384, 0.484]
    assert client.get(f"/charts/duty?{BATTERY}").status_code == 422


def test_the_list_of_records_has_every_record(client: Client) -> None:
    names = set(make_service().register.names())
    page = client.get("/measures").text
    assert names <= set(re.findall(r'href="/measures/([^"?]+)"', page))
    assert {row["id"] for row in rows(client.get("/measures?format=csv").text)} == names
    # What only happened has no state of its own: the day on which it was told stands in its place.
    found = words(client.get("/measures?text=office+machines").text)
    assert "event announced told 5 August 2026" in found
    # As known before, there is no such record.
    assert "No record" in client.get("/measures?text=office+machines&known_on=2026-08-04").text


def test_the_days_of_a_record_are_written_in_words_under_names_of_their_own(client: Client) -> None:
    page = client.get("/measures/cn-precursors?on=2026-11-27").text
    assert '<td data-label="From">22 September 2026</td>' in page
    assert "2026-09-22</td>" not in page
    # No provision of it is filed under a heading, so there is no column of headings.
    assert 'scope="col">Heading<' not in page
    filed = client.get("/measures/us-301-maritime?on=2026-11-27").text
    assert '<td data-label="Heading"><code>9903.91.09</code></td>' in filed
    assert "1 earlier announcement<" in filed


def test_a_controlled_item_links_the_records_that_control_it(client: Client) -> None:
    page = client.get("/ask/items?words=drone-items").text
    assert 'href="/measures/cn-drones"' in page


def test_measures_as_a_table_are_those_of_the_page(client: Client) -> None:
    table = rows(client.get("/measures?by=CN&kind=measure&on=2025-11-12&format=csv").text)
    assert table
    assert {row["by"] for row in table} == {"CN"}
    page = client.get("/measures?by=CN&kind=measure&on=2025-11-12").text
    assert f"{len(table)} of {len(table)} records" in words(page)
    alive = client.get("/measures?by=CN&kind=measure&on=2025-11-12&state=suspended&format=csv")
    assert {row["state"] for row in rows(alive.text)} == {"suspended"}


def test_the_days_of_a_measure_are_a_table_and_a_picture(client: Client) -> None:
    path = "/measures/us-ieepa-fentanyl-china?on=2025-11-12&format="
    main = [row for row in rows(client.get(f"{path}csv").text) if row["limb"] == "main"]
    assert [(row["from"], row["rate"]) for row in main] == [
        ("2025-02-04", "10%"),
        ("2025-03-04", "20%"),
        ("2025-11-10", "10%"),
        ("2026-02-24", ""),
    ]
    spec = client.get(f"{path}vega").json()
    assert len(spec["data"]["values"]) == len(rows(client.get(f"{path}csv").text))
    assert client.get(f"{path}json").json()["id"] == "us-ieepa-fentanyl-china"


def test_pieces_of_a_strip_lie_side_by_side_and_limbs_that_agree_share_one() -> None:
    def provision(name: str, rate: str) -> dict[str, object]:
        runs = [
            {"from": "2025-01-01", "until": "2025-07-01", "state": "in_force", "rate": rate},
            {"from": "2025-07-01", "until": None, "state": "suspended", "rate": rate},
        ]
        return {"id": name, "title": "", "heading": None, "history": runs}

    found = draw(
        {"title": "x", "limbs": [provision("a", "5%"), provision("b", "7%")]}, "2025-12-31"
    )
    assert found is not None
    assert [row.label for row in found.rows] == ["A; B"]
    first, second = found.rows[0].pieces
    assert (first.kind, second.kind) == ("live", "suspended")
    end = float(first.x.rstrip("%")) + float(first.width.rstrip("%"))
    assert end == pytest.approx(float(second.x.rstrip("%")), abs=0.01)
    assert first.words == "in force from 1 January 2025 until 1 July 2025"


def test_months_without_anything_years_before_the_rest_are_not_drawn() -> None:
    def described(day: str, by: str) -> dict[str, object]:
        return {
            "announced": day, "by": by, "kind": "event", "measure": day, "limb": None,
            "title": day, "title_zh": "", "title_zh_own": False, "state": "announced",
            "value": None,
            "effective": None, "until": None, "note": "", "answers": [], "sources": [],
            "announced_only": False, "speaker": None,
        }  # fmt: skip

    days = [
        described("2008-01-01", "US"),
        described("2025-01-05", "US"),
        described("2025-02-05", "CN"),
    ]
    found = draw_months(happenings(days))
    assert found is not None
    assert found.rows == (("2025-01", (1, 0)), ("2025-02", (0, 1)))
    assert "1 earlier one is not drawn" in found.description


def test_the_order_of_announcements_changes_nothing_of_the_drawing() -> None:
    early, late = (
        Happening(day, "", "US", "measure", "a", "A", "", False, "", (), (), ())
        for day in ("2025-01-05", "2025-02-05")
    )
    found = draw_months([late, early])
    assert found == draw_months([early, late])
    assert found is not None
    assert "not drawn" not in found.description


def test_the_month_with_most_announcements_of_a_side_is_drawn_in_full_height() -> None:
    made = [("US", "2025-01", 4), ("CN", "2025-01", 1), ("US", "2025-02", 2), ("CN", "2025-02", 1)]
    every = [
        Happening(f"{month}-{n + 1:02}", "", by, "measure", "a", "A", "", False, "", (), (), ())
        for by, month, count in made
        for n in range(count)
    ]
    found = draw_months(sorted(every, key=lambda each: each.announced))
    assert found is not None
    heights = {(bar.by, bar.x): bar.height for bar in found.bars}
    first, second = sorted({bar.x for bar in found.bars}, key=lambda x: float(x.rstrip("%")))
    whole = heights["US", first]
    assert heights["US", second] == whole / 2
    assert heights["CN", first] == heights["CN", second] == whole / 4
    assert max(heights.values()) == whole


def test_the_feed_and_the_whole_register_are_served(client: Client, service: Service) -> None:
    feed = ElementTree.fromstring(client.get("/feed.atom?by=CN").content)
    terms = {each.get("term") for each in feed.iter("{http://www.w3.org/2005/Atom}category")}
    assert "CN" in terms
    assert "US" not in terms
    first = client.get("/register.json")
    assert first.json()["sha256"] == service.register.sha256
    again = client.get("/register.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_what_a_caller_holds_or_is_kept_is_not_worked_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = "history/8507.60.00.10/CN"
    pages = {
        "/register.json": "detente.web.records.register_json",
        "/measures/us-ieepa-fentanyl-china": "detente.web.records.views.one_measure",
        f"/{line}": "detente.web.history.answer_history",
        f"/{line}?format=csv": "detente.web.history.answer_history",
        f"/embed/{line}": "detente.web.history.answer_history",
    }

    def worked_out_again(*given: object) -> None:
        raise AssertionError(given)

    with client_of(make_service(2**25)) as client:
        first = {path: client.get(path) for path in pages}
        for made in pages.values():
            monkeypatch.setattr(made, worked_out_again)
        for path, answer in first.items():
            assert answer.status_code == 200
            assert client.get(path).content == answer.content
            held = client.get(path, headers={"if-none-match": answer.headers["etag"]})
            assert (held.status_code, held.content) == (304, b"")


def test_every_gap_of_the_register_stands_with_its_reason(client: Client, service: Service) -> None:
    page = client.get("/not-modelled").text
    for gap in service.register.gaps:
        assert f'id="{gap.id}"' in page
    assert "Rates of antidumping and countervailing duties" in page


def test_names_come_back_in_order_with_their_columns_and_no_formula(client: Client) -> None:
    sent = "id,name,note\n1,Huawei Technologies,=cmd\n2,...,x\n3,Pottery of Nowhere,y\n"
    found = client.post("/screen", data={"names": sent, "format": "csv"})
    table = rows(found.text)
    assert [row["status"] for row in table] == ["hit", "unresolved", "partly"]
    assert table[0]["lists"].split("; ")[0] == "EL"
    assert "EL 2026-07-31" in table[2]["screened"]
    assert table[0]["note"] == "'=cmd"
    assert "letter" in table[1]["reason"]


def test_a_table_in_parts_is_read_as_one_and_keeps_columns_of_the_result(client: Client) -> None:
    sent = (
        "Name 1,Name 2,Address 1,Address 2,list,Consignee,别名\nAcme,o/b/o Huawei,,,vip,x,华宇\n"
        ",,803 Chevalier House,45-51 Chatham Rd S,,,\nAcme,,,,,,华为技术有限公司\n"
    )
    found = client.post("/screen", data={"names": sent, "format": "csv"})
    first, second, third = rows(found.text)
    assert (first["status"], first["list"], first["own_list"]) == ("hit", "EL", "vip")
    assert second["status"] == third["status"] == "hit"
    assert "in the column 别名: 华为技术有限公司" in third["why"]
    assert "it stands at a listed address" in second["why"]
    page = words(client.post("/screen", data={"names": sent}).text)
    assert "Read as one: Name 1 + Name 2; Address 1 + Address 2." in page
    assert "Names in the column 别名 were screened, too" in page


def test_a_name_whose_country_is_not_understood_is_screened_and_says_so(client: Client) -> None:
    sent = {"names": "name,country\nHuawei Technologies,Atlantis\nPottery of Nowhere,Brasil\n"}
    first, second = rows(client.post("/screen", data={**sent, "format": "csv"}).text)
    assert first["status"] == "hit"
    assert "'Atlantis'" in first["reason"]
    assert "screened without a country" in first["reason"]
    assert "without a country" not in second["reason"]
    assert client.post("/screen", data=sent).text.count("screened without a country") == 1


@pytest.mark.parametrize(
    ("names", "status", "stated"),
    [
        ("", 422, "No name was given"),
        ('id,name\n1,"Acme" Ltd\n', 422, "Line 2:"),
        ("\n".join(["x"] * 1001), 413, "more than 1000"),
    ],
)
def test_names_that_cannot_be_screened_are_refused_and_kept(
    client: Client, names: str, status: int, stated: str
) -> None:
    response = client.post("/screen", data={"names": names})
    assert response.status_code == status
    assert stated in words(response.text)


def test_owners_come_as_a_table_and_as_a_tree(client: Client) -> None:
    asked = {**SAMPLE, "regime": "bis", "on": "2025-10-15"}
    table = rows(client.post("/owners", data={**asked, "format": "csv"}).text)
    # 30 and 20 percent of listed parties are 50 percent, which is enough.
    assert [(row["id"], row["status"]) for row in table][:2] == [
        ("holding", "covered"),
        ("maker", "covered"),
    ]
    assert (table[0]["share_from"], table[0]["share_to"]) == ("0.5", "0.5")
    tree = client.post("/owners", data={**asked, "format": "svg"})
    assert tree.headers["content-type"].startswith("image/svg+xml")
    assert "Maker" in tree.text


def test_a_form_that_is_too_large_or_broken_is_refused(service: Service) -> None:
    with client_of(service, limits=Limits(body=1000)) as client:
        large = client.post("/owners", data={"holdings": "x" * 2000})
        assert large.status_code == 413
        assert "larger than" in words(large.text)
        broken = client.post(
            "/owners",
            content=b"--x\r\nnothing",
            headers={"content-type": "multipart/form-data; boundary=y"},
        )
        assert broken.status_code == 400
        assert (
            client.post("/owners", content=b"a", headers={"content-type": "a/b"}).status_code == 415
        )


def test_a_transaction_as_json_is_the_assessment(client: Client) -> None:
    asked = "code=8507.60.00.10&origin=CN&to=US&on=2025-11-12&value=10000"
    answer = client.get(f"/assess?{asked}&format=json").json()
    assert answer["duty"]["total"]["amount"] == "4840.00"
    assert len(answer["sha256"]) == 64
    shipment = {"code": "8507.60.00.10", "origin": "CN", "destination": "US", "on": "2025-11-12"}
    page = client.post("/assess", data={"shipment": json.dumps(shipment)})
    assert page.status_code == 200
    assert "48.4%" in words(page.text)
    assert client.post("/assess", data={"shipment": "[1]"}).status_code == 422


def test_a_comparison_gives_both_sides_and_their_difference(client: Client) -> None:
    asked = "scenario=threat-100&code=8507.60.00.10&on=2026-11-12"
    table = rows(client.get(f"/compare?{asked}&format=csv").text)
    total = table[0]
    assert float(total["after"]) - float(total["before"]) == pytest.approx(1)
    assert total["difference"] == "1"


def test_the_guide_lists_its_pages_and_leads_from_one_to_another(client: Client) -> None:
    contents = client.get("/docs").text
    for path in re.findall(r'href="(/docs/[^"]+)"', contents):
        page = client.get(path)
        assert page.status_code == 200
        left = page.text.replace(" defer></script>", "").replace("<script src=", "")
        assert not re.search(r"<script|\sstyle=|javascript:", left)
        for link in set(re.findall(r'(?:href|src)="(/docs/[^"#]+)', page.text)):
            assert client.get(link).status_code == 200, (path, link)
    assert client.get("/docs/../pyproject.toml").status_code == 404


def test_a_record_of_hundreds_of_periods_shows_the_first_and_all_when_asked(client: Client) -> None:
    path = "/measures/us-ieepa-reciprocal?on=2026-08-01"
    page = client.get(path)
    assert len(page.content) < 100_000
    assert "all of them" in page.text
    whole = client.get(f"{path}&rows=all").text
    rows = client.get(f"{path}&format=csv").text.count("\n") - 1
    assert whole.count("<tr>") > rows > page.text.count("<tr>")
