"""Every question has a page: its form, its answer, and the answer as files."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from detente.chart.bars import Bar, BarPicture, bars_chart
from detente.chart.impact import households_picture, welfare_picture
from detente.questions import addressed, find
from detente.questions.parameters import EVERYWHERE
from detente.web.frame.plain import lay_out
from detente.web.frame.waterfall import change_bars
from tests.served import Client

NAMES = [each.name for each in addressed()]
"""Questions that an address can ask; those of whole files have pages that take files."""


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_page_that_asks_all_it_can_be_asked(client: Client, name: str) -> None:
    question = find(name)
    page = client.get(f"/ask/{question.operation}")
    assert page.status_code == 200
    for each in question.parameters_in(EVERYWHERE):
        assert f'name="{each.name}"' in page.text
    assert not re.search(r"<label[^>]*>\s*</label>", page.text)
    assert len(page.text) < 100_000


@pytest.mark.parametrize("name", [each for each in NAMES if not each.startswith("impact")])
def test_a_question_asked_with_its_examples_is_answered_on_its_page(
    client: Client, name: str
) -> None:
    question = find(name)
    page = client.get(f"/ask/{question.operation}", params=question.sample())
    assert page.status_code == 200, page.text[:400]
    assert "Link to this page" in page.text
    assert len(page.text.encode()) < 100_000


def test_rows_come_as_csv_with_a_column_for_each_part(client: Client) -> None:
    response = client.get("/ask/average?origin=CN&on=2025-11-12&format=csv")
    row = next(csv.DictReader(io.StringIO(response.text)))
    described = client.get("/v1/average?origin=CN&on=2025-11-12").json()["series"][0]
    assert row["average"] == described["average"]
    assert row["by_family.ieepa"] == described["by_family"]["ieepa"]


def test_an_answer_without_the_rows_of_its_question_offers_no_csv(client: Client) -> None:
    # Without a mineral the answer lists minerals, and has no stages.
    page = client.get("/ask/supply?on=2025-11-12")
    assert page.status_code == 200
    assert "format=csv" not in page.text
    assert "format=csv" in client.get("/ask/supply?mineral=gallium").text
    refused = client.get("/ask/supply?on=2025-11-12&format=csv")
    assert (refused.status_code, "Take the JSON" in refused.text) == (422, True)


def test_listings_are_drawn_by_year_in_the_page_as_files_and_in_a_frame(client: Client) -> None:
    asked = "listings?list=CN-UEL&on=2026-08-01"
    page = client.get(f"/ask/{asked}").text
    assert "Parties put on lists, by year" in page
    assert f'src="/embed/ask/{asked}"'.replace("&", "&amp;") in page.replace("&#34;", '"')
    rows = list(csv.DictReader(io.StringIO(client.get(f"/ask/{asked}&format=csv").text)))
    counted = {row["year"]: row["entries"] for row in rows if row["year"]}
    spec = client.get(f"/ask/{asked}&format=vega").json()
    bars = spec["vconcat"][0]["layer"][0]["data"]["values"]
    assert {bar["name"]: f"{bar['entries']:.0f}" for bar in bars if bar["entries"]} == counted
    assert client.get(f"/ask/{asked}&format=png").content.startswith(b"\x89PNG")
    framed = client.get(f"/embed/ask/{asked}")
    assert "Parties put on lists, by year" in framed.text


def test_welfare_is_a_range_over_worlds_and_the_farthest_countries_are_drawn() -> None:
    welfare = {"CHN": ["-0.4056", "-0.1196"], "FRA": ["0.0004", "0.0044"], "TUR": ["0.0", "0.0"]}
    answer = {"welfare": welfare, "scenario": "threat-100", "worlds": [{}, {}], "data": "all"}
    picture = welfare_picture(answer)
    assert picture.bars == (
        ("CHN", -0.4056, -0.1196, "−0.41% to −0.12%"),
        ("FRA", 0.0004, 0.0044, "+0.0004% to +0.0044%"),
    )
    assert "range over 2 worlds" in picture.what
    assert welfare_picture({**answer, "worlds": [{}]}).what.endswith("; data all")
    assert bars_chart(picture, "Source.")["description"].endswith("−0.41% to −0.12%.")
    named = welfare_picture({**answer, "welfare": {"CHN": "-0.4"}}, {"CHN": "China"}.__getitem__)
    assert named.bars[0].name == "China"
    with pytest.raises(ValueError, match="nothing to draw"):
        bars_chart(welfare_picture({**answer, "welfare": None}), "Source.")


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        # A step of a tenth is the least round one of which at most five fit into 0.49.
        ((-0.41, 0.08), ["−0.4", "−0.3", "−0.2", "−0.1", "0"]),
        ((0.0, 1383.89), ["0", "500", "1,000"]),
        ((0.0, 66.0), ["0", "20", "40", "60"]),
    ],
)
def test_bars_in_a_page_have_an_axis_of_round_values_at_their_places(
    ends: tuple[float, float], ticks: list[str]
) -> None:
    low, high = ends
    drawn = change_bars(BarPicture("x", "y", "Percent", (Bar("a", low, high, "a"),)), "Source.")
    assert drawn is not None
    assert [words for _, words in drawn.ticks] == ticks
    assert drawn.unit == "Percent"
    place = {words: x for x, words in drawn.ticks}["0"]
    assert float(place.rstrip("%")) == pytest.approx(-low / (high - low) * 100, abs=0.001)


def test_welfare_of_a_page_names_countries_in_its_bars_and_its_table(client: Client) -> None:
    page = client.get("/ask/impact_equilibrium?data=icio2019&scenario=threat-100&draws=0").text
    assert ">China</text>" in page
    assert ">United States</td>" in page
    assert "CHN" not in page.split('class="waterfall"')[1].split("</table>")[0]


def test_what_households_pay_runs_from_the_poorest_to_the_richest() -> None:
    deciles = [
        {"cost": "173.52", "share_of_income": "0.004682"},
        {"cost": "1383.89", "share_of_income": "0.002764"},
    ]
    asked = {"from": "2025-01-01", "to_date": "2025-09-03"}
    picture = households_picture({"question": asked, "deciles": deciles})
    assert [(bar.name, bar.end, bar.words) for bar in picture.bars] == [
        ("1, the poorest", 173.52, "$173.52, 0.47% of income"),
        ("2, the richest", 1383.89, "$1,383.89, 0.28% of income"),
    ]


def test_a_mistake_stands_beside_its_field(client: Client) -> None:
    page = client.get("/ask/average?origin=Atlantis")
    assert page.status_code == 422
    assert "Atlantis" in page.text
    assert 'role="alert"' in page.text


def test_a_question_that_is_not_there_is_refused_with_a_way_on(client: Client) -> None:
    page = client.get("/ask/nothing")
    assert page.status_code == 404
    assert "/ask" in page.text


def test_several_values_of_one_field_come_apart_at_semicolons(client: Client) -> None:
    page = client.get("/ask/screen", params={"name": "Huawei; Pottery of Nowhere"}).text
    assert 'Results <span class="quiet">(2)' in page


def test_no_field_of_an_answer_is_left_out_without_being_counted() -> None:
    rows = [{"code": f"{number:04}", "value": "1234567"} for number in range(50)]
    layout = lay_out({"rows": rows, "total": {"average": "0.125"}}, {}, "rows")
    assert layout.first is not None
    assert (layout.first.number, len(layout.first.rows)) == (50, 40)
    # A code is a name and stays as it is; the value is the same in all rows and is said once.
    assert layout.first.rows[0][0].text == "0000"
    assert layout.first.left_out == ()
    assert [(name, cell.text) for name, cell in layout.first.common] == [("Value", "1,234,567")]
    assert layout.facts[0].rows[0][1].text == "12.5%"


def test_figures_of_the_same_countries_are_one_table_with_a_row_for_each() -> None:
    codes = ("ARG", "AUS", "AUT", "BRA")
    welfare = {code: f"0.{number}" for number, code in enumerate(codes)}
    bands = {"welfare": {code: ["0.1", "0.2"] for code in codes}, "draws": 200}
    layout = lay_out({"welfare": welfare, "prices": welfare, "bands": bands}, {})
    assert [table.title for table in layout.tables] == ["Welfare, prices"]
    table = layout.tables[0]
    assert table.columns == ("Of", "Welfare", "Prices")
    assert [cell.text for cell in table.rows[1]] == ["AUS", "0.1", "0.1"]


def test_a_page_says_days_places_and_counts_in_words_and_leaves_commands_as_they_are() -> None:
    names = {"CN": "China"}
    row = {
        "id": "a.2026-01-01",
        "title": "A",
        "on": "2026-01-01",
        "origin": "CN",
        "owed_ad_valorem": "0.034",
        "why": "in force since 2026-01-01; see `detente truce --on 2026-01-01`",
    }
    answer = {
        "rows": [
            row,
            {**row, "id": "b", "on": "2026-02-03", "owed_ad_valorem": "0.5", "title": "B"},
        ],
        "needs": ["wh_per_kg"],
        "needs_in_words": ["energy density"],
        "rate_texts": {"ad_valorem": 369, "specific": 2},
    }
    layout = lay_out(answer, {}, "rows", name=lambda code: names.get(code, code))
    assert layout.first is not None
    assert layout.first.columns == ("Title", "On", "Owed ad valorem")
    assert [cell.text for cell in layout.first.rows[0]] == ["A", "1\u00a0January\u00a02026", "3.4%"]
    assert [(name, cell.text) for name, cell in layout.first.common] == [
        ("Origin", "China"),
        ("Why", "in force since 1 January 2026; see `detente truce --on 2026-01-01`"),
    ]
    assert [(name, cell.text) for part in layout.facts for name, cell in part.rows] == [
        ("Needs", "energy density"),
        ("Ad valorem", "369"),
        ("Specific", "2"),
    ]


def test_what_names_no_month_stays_as_it_was_written() -> None:
    layout = lay_out({"on": "2025-13-01", "why": "read of 2025-13-45, on 2025-12-01"}, {})
    assert [cell.text for _, cell in layout.facts[0].rows] == [
        "2025-13-01",
        "read of 2025-13-45, on 1 December 2025",
    ]


def test_a_place_that_is_named_beside_its_code_stands_once() -> None:
    names = {"CN": "China", "DE": "Germany"}
    rows = [
        {"origin": code, "name": names[code], "value": str(at)} for at, code in enumerate(names)
    ]
    layout = lay_out({"rows": rows}, {}, "rows", name=lambda code: names.get(code, code))
    assert layout.first is not None
    assert layout.first.columns == ("Origin", "Value")
    assert [cell.text for cell in layout.first.rows[1]] == ["Germany", "1"]
    others = [{**row, "name": "another"} for row in rows]
    kept = lay_out({"rows": others}, {}, "rows", name=lambda code: names.get(code, code)).first
    assert kept is not None
    assert "Name" in (*kept.columns, *(name for name, _ in kept.common))


def test_a_change_in_dollars_is_not_written_as_percent() -> None:
    rows = [{"origin": "DO", "change": "-272"}, {"origin": "SA", "change": "-5"}]
    shares = [{"origin": "DO", "change": "-0.043"}, {"origin": "SA", "change": "-1"}]
    layout = lay_out({"diverted": rows, "by_origin": shares}, {})
    assert [[row[1].text for row in table.rows] for table in layout.tables] == [
        ["-272", "-5"],
        ["-4.3%", "-100.0%"],
    ]


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("share", "0.0099", "0.99%"),
        ("share", "0.01", "1.0%"),
        ("share", "-0.005", "-0.50%"),
        ("share", "0", "0.0%"),
        ("share", "19.9", "1990.0%"),
        ("share", "20", "20"),
        ("total_ad_valorem", "0.25", "25.0%"),
        ("value", "1234", "1234"),
        ("value", "12345", "12,345"),
        ("value", "-1234", "-1234"),
        ("value", "-1234567.5", "-1,234,567.5"),
        ("value", "01234", "01234"),
        ("value", "1234567890123456789", "1,234,567,890,123,456,789"),
        ("value", "12345678901234567890", "12345678901234567890"),
        ("value", "1.2.3", "1.2.3"),
        ("code", "85076000", "85076000"),
        ("origin", "CN", "China"),
        ("origin", "Atlantis", "Atlantis"),
        ("what", "CN", "CN"),
        ("state", "in_force", "in force"),
        ("state", "In_force", "In_force"),
        ("why", "a_b c", "a_b c"),
        ("covered", True, "yes"),
        ("covered", False, "no"),
        ("why", "w" * 160, "w" * 160),
        ("why", f"{'w' * 100} {'v' * 60}", f"{'w' * 100} \u2026"),
        ("items", ["3A090"], "3A090"),
        ("items", [], None),
        ("why", None, None),
        ("why", "", None),
        ("grade", "read", None),
    ],
)
def test_a_value_is_written_as_what_it_is(key: str, value: Any, shown: str | None) -> None:
    layout = lay_out({key: value}, {}, name=lambda code: {"CN": "China"}.get(code, code))
    cells = [cell.text for part in layout.facts for _, cell in part.rows]
    assert cells == ([] if shown is None else [shown])


@pytest.mark.parametrize(
    ("key", "value", "links"),
    [
        ("measure", "us-a", (("A", "/measures/us-a"),)),
        ("measures", ["us-a", "us-b"], (("A", "/measures/us-a"),)),
        ("what", "us-a", ()),
        ("url", "https://a.example/b", (("a.example", "https://a.example/b"),)),
        ("url", "http://a.example/b", ()),
        ("source", "90 FR 1", (("90 FR 1", "/cited/90 FR 1"),)),
        ("sources", ["90 FR 1", "a letter"], (("90 FR 1", "/cited/90 FR 1"),)),
        ("why", "90 FR 1", ()),
    ],
)
def test_what_a_value_names_is_linked(key: str, value: Any, links: tuple[Any, ...]) -> None:
    layout = lay_out(
        {key: value},
        {"us-a": "A"},
        link=lambda text: f"/cited/{text}" if text.startswith("90") else None,
    )
    found = [link for part in layout.facts for _, cell in part.rows for link in cell.links]
    found += [link for part in layout.texts for cell in part.rows for link in cell.links]
    assert tuple(found) == links


def columns_of(**columns: list[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that are shown of a table, and those that there is no room for."""
    names, cells = list(columns), zip(*columns.values(), strict=True)
    table = lay_out({"rows": [dict(zip(names, row, strict=True)) for row in cells]}, {}, "rows")
    assert table.first is not None
    return table.first.columns, table.first.left_out


def test_a_page_has_room_for_seven_texts_or_eleven_numbers() -> None:
    texts = {f"t{at}": ["a", "b"] for at in range(8)}
    assert columns_of(**texts) == (tuple(f"T{at}" for at in range(7)), ("T7",))
    numbers = {f"n{at}": ["1", "2"] for at in range(12)}  # 0.6 of a text each, 6.6 of 7 together
    assert columns_of(**numbers) == (tuple(f"N{at}" for at in range(11)), ("N11",))
    # Lists come last, and digits that are a name need the room of a text.
    listed = {"of": [["a"], ["b"]], **texts}
    assert columns_of(**listed)[1] == ("Of", "T7")
    named = {"code": ["1", "2"], **{f"n{at}": ["1", "2"] for at in range(10)}}
    assert columns_of(**named) == (("Code", *(f"N{at}" for at in range(10))), ())
    assert columns_of(**named, n10=["1", "2"])[1] == ("N10",)


@pytest.mark.parametrize(
    ("thin", "left"),
    [(["a", "b", "", ""], ("T6", "T7")), (["a", "", "", ""], ("Thin", "T7"))],
)
def test_a_column_that_is_mostly_empty_gives_way_to_a_full_one(
    thin: list[str], left: tuple[str, ...]
) -> None:
    full = {f"t{at}": list("abcd") for at in range(8)}
    assert columns_of(thin=thin, **full)[1] == left


@pytest.mark.parametrize(("count", "together"), [(3, False), (4, True)])
def test_figures_of_few_countries_are_facts_and_of_more_a_table(count: int, together: bool) -> None:
    figures = dict.fromkeys(("AA", "BB", "CC", "DD")[:count], "1")
    layout = lay_out({"one": figures, "two": figures}, {}, name=lambda code: f"of {code}")
    assert [table.title for table in layout.tables] == (["One, two"] if together else [])
    assert len(layout.facts) == (0 if together else 2)
    if together:
        assert [row[0].text for row in layout.tables[0].rows][:2] == ["of AA", "of BB"]
        assert not lay_out({"one": figures}, {}).tables
        assert not lay_out({"one": figures, "two": {**figures, "DD": "many"}}, {}).tables
        assert not lay_out({"one": figures, "two": {**figures, "DD": ["1", "2", "3"]}}, {}).tables


def test_six_fields_of_a_form_are_open_and_beside_them_what_was_stated(client: Client) -> None:
    def shown(query: str) -> tuple[list[str], int]:
        page = client.get(f"/ask/licence{query}").text
        form = page[page.index('<form class="filters"') :].partition("</form>")[0]
        open_, _, folded = form.partition("<summary>More details</summary>")
        return re.findall(r'name="(\w+)"', open_), len(re.findall(r'name="(\w+)"', folded))

    six = ["from", "item", "code", "to", "param", "end_user"]
    every = len(find("licence").parameters_in(EVERYWHERE))
    assert shown("") == (six, every - 6)
    asked = "?from=CN&to=US&item=gallium&on=2026-01-01"
    assert shown(asked) == ([*six, "on"], every - 7)
