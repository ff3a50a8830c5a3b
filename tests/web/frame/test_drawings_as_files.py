"""Every drawing of a page is taken away as a picture, and embedded where a frame may show it."""

from __future__ import annotations

import pytest

from tests.served import BATTERY, Client

PLACES = (
    f"/charts/duty?{BATTERY}",
    "/measures/us-ieepa-fentanyl-china?on=2025-11-12",
    "/timeline?from=2025-10-01&to_date=2025-11-30",
    "/compare?scenario=threat-100&code=8507.60.00.10&on=2026-11-12&to_date=2027-02-01",
    "/supply?mineral=gallium",
    "/trees?code=8507.60.00.10&at=2026-11-10&p.law=60%25&p.threat-100=40%25",
)
FRAMES = (
    (f"/embed/duty?{BATTERY}", "How the duty adds up"),
    ("/embed/measures/us-ieepa-fentanyl-china?on=2025-11-12", "The days of"),
    ("/embed/compare?scenario=truce-lapses&code=8507.60.00.10&on=2025-11-12&to_date=2026-10-10",
     "truce-lapses"),
    ("/embed/timeline?by=CN", "Announcements of each side"),
    ("/embed/minerals/gallium/flow?on=2026-10-10", "The same as a table"),
    ("/embed/supply?mineral=gallium&on=2026-10-10", "Gallium: shares of the world by stage"),
    ("/embed/trees?code=8507.60.00.10&at=2026-11-10&p.law=60%25&p.threat-100=40%25",
     "by day of arrival"),
    ("/embed/ask/average?origin=CN&from=2025-01-01&to_date=2025-06-01", "Average duty"),
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_drawing_is_taken_as_a_picture_and_as_numbers(client: Client, place: str) -> None:
    svg = client.get(f"{place}&format=svg")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.text.startswith("<svg")
    png = client.get(f"{place}&format=png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert client.get(f"{place}&format=csv").text.count("\n") > 1


@pytest.mark.parametrize(("place", "words"), FRAMES)
def test_a_drawing_alone_may_stand_in_a_frame_and_leads_to_its_page(
    client: Client, place: str, words: str
) -> None:
    framed = client.get(place)
    assert framed.status_code == 200
    assert words in framed.text
    assert "The whole page with its sources" in framed.text
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert len(framed.content) < 40_000


def test_what_cannot_be_drawn_is_refused_in_a_frame(client: Client) -> None:
    one = "/embed/compare?scenario=threat-100&code=8507.60.00.10&on=2026-11-12"
    assert client.get(one).status_code == 422
    assert client.get("/embed/measures/us-no-such-measure").status_code == 404
    assert client.get("/embed/minerals/gallium/nothing").status_code == 404
    assert client.get("/embed/timeline?text=nothing+has+these+words").status_code == 404
    assert client.get("/embed/ask/average?origin=CN").status_code == 422
    assert client.get("/embed/ask/truce").status_code == 422


def test_a_page_of_a_question_draws_its_answer_and_gives_the_drawing_away(client: Client) -> None:
    asked = "/ask/average?origin=CN&from=2025-01-01&to_date=2025-06-01"
    page = client.get(asked).text
    assert 'src="/embed/ask/average?' in page
    assert client.get(f"{asked}&format=svg").text.startswith("<svg")
    assert client.get(f"{asked}&format=vega").json()["$schema"].startswith("https://vega")
    partial = "/ask/impact_partial?code=0101&from=2024-01-01&to_date=2025-05-01"
    assert "Change of US imports by origin" in client.get(f"/embed{partial}").text
