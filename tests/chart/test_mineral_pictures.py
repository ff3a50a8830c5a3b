"""The pictures of minerals: they are XML, their rows are what they draw, and heights add up."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from detente.chart.drawn import WIDTH, csv_bytes, svg_text
from detente.chart.mineral import control_events, pictures
from detente.chart.mineral_flow import TALL, colors
from detente.chart.mineral_projects import LEFT, _row
from detente.chart.mineral_time import Axis, shares_picture
from detente.cli.main import main
from detente.register.book import Register
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(tables, mineral, **given):
    asked = SupplyQuestion(mineral, "2026-10-10", route=True, controls=True, within=24, **given)
    return answer_supply(Register.built_in(), tables, asked)


def drawn(answer):
    return {each.name: each for each in pictures(answer)}


def test_every_picture_of_every_mineral_is_xml_with_a_title_a_description_and_rows(tables):
    seen = set()
    for key in tables.minerals:
        for name, picture in drawn(ask(tables, key)).items():
            root = ElementTree.fromstring(svg_text(picture))
            tags = [each.tag.rpartition("}")[2] for each in root]
            assert tags[:2] == ["title", "desc"]
            assert "script" not in svg_text(picture)
            rows = list(csv.reader(io.StringIO(csv_bytes(picture).decode())))
            assert rows[0] == list(picture.columns)
            assert len(rows) == 1 + len(picture.rows) > 1
            numbers = [float(each) for each in re.findall(r' x="([-\d.]+)"', picture.body)]
            assert all(-1 <= each <= WIDTH for each in numbers)
            seen.add(name)
    assert seen == {
        "flow",
        "imports",
        "import-shares",
        "shares",
        "prices",
        "projects",
        "timeline",
    }


def test_yearly_shares_of_imports_are_a_line_and_one_of_several_years_a_step(tables):
    picture = drawn(ask(tables, "antimony"))["import-shares"]
    by_value = [row for row in picture.rows if row[2] == "import-share-value"]
    assert len(by_value) == 12
    assert picture.body.count("<polyline") == 1
    # Two products, 2021 to 2024 together: from the first day of one year to the last of the other
    assert [row[0] for row in picture.rows if row[2] == "import-share"] == ["2021-2024"] * 2


def test_blocks_of_a_stage_come_to_its_height_and_a_ribbon_to_its_part(tables):
    picture = drawn(ask(tables, "rare-earths"))["flow"]
    shares = {}
    for kind, stage, _, country, _, _, _, share, _ in picture.rows:
        if kind == "share":
            shares.setdefault(stage, {})[country] = float(share)
    for stage in shares.values():
        assert sum(stage.values()) == pytest.approx(1, abs=0.001)
    (burma,) = [row for row in picture.rows if row[0] == "flow" and row[3] == "MM"]
    # 22,000 of 390,000 t
    assert float(burma[7]) == pytest.approx(22_000 / 390_000, abs=1e-4)
    heights = [float(each) for each in re.findall(r'height="([\d.]+)" class="c0"', picture.body)]
    assert max(heights) <= TALL


def test_a_stage_that_nobody_measures_is_an_empty_frame(tables):
    picture = drawn(ask(tables, "rare-earths"))["flow"]
    assert picture.body.count('class="unknown"') == 1
    assert "not known" in picture.body


def test_a_projection_is_dashed_and_told_apart_in_the_rows(tables):
    picture = drawn(ask(tables, "magnet-rare-earths"))["shares"]
    assert {row[4] for row in picture.rows} == {"figure", "projection"}
    assert "ahead" in picture.body


def test_a_price_that_was_only_asked_is_hollow(tables):
    picture = drawn(ask(tables, "yttrium"))["prices"]
    assert "price-ask" in {row[3] for row in picture.rows}
    assert "hollow" in picture.body


def test_controls_stand_on_their_days(tables):
    events = control_events(ask(tables, "gallium"))
    assert [each.number for each in events] == list(range(1, len(events) + 1))
    days = {each.day: each.words for each in events}
    assert days["2023-08-01"].endswith("in force")
    assert days["2025-11-09"].endswith("suspended")
    assert sorted(days) == [each.day for each in events]


def test_a_country_keeps_its_color_in_all_pictures(tables):
    answer = ask(tables, "rare-earths")
    look = colors(answer)["US"]
    for name in ("flow", "shares"):
        assert f'class="c{look}"' in drawn(answer)[name].body


def test_the_command_draws_each_picture(tmp_path, capsys):
    for suffix in ("svg", "csv", "png"):
        path = tmp_path / f"flow.{suffix}"
        words = ["supply", "rare-earths", "--chart", str(path), "--picture", "flow"]
        assert main(words) == 0
        assert path.stat().st_size > 500
    capsys.readouterr()
    assert main(["supply", "rare-earths", "--picture", "flow"]) == 2
    assert "name a file with --chart" in capsys.readouterr().err
    words = ["supply", "cerium", "--chart", str(tmp_path / "x.svg"), "--picture", "flow"]
    assert main(words) == 2
    assert "no figure to draw" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "shown"),
    [("n" * 28, f"{'n' * 28} (AU)"), ("n" * 29, f"{'n' * 27}… (AU)")],
)
def test_a_name_of_a_project_is_cut_after_thirty_three_signs(name, shown):
    project = {
        "project": name,
        "country": "AU",
        "states": [{"on": "2026-01-01", "state": "building", "note": "", "source": "s"}],
        "first_output": "",
        "full_rate": "",
    }
    drawn_row = "".join(_row(Axis(2026, 2030, LEFT), project, 10.0))
    assert f">{shown}</text>" in drawn_row
    assert f"{name} (AU)" in drawn_row  # the whole name is told by the point


def test_countries_stand_in_the_order_of_the_last_figure_and_not_of_a_projection(tables):
    answer = ask(tables, "antimony")
    stage = next(each for each in answer["stages"] if len(each["years"]) > 1)
    shares = {"CN": "0.6", "TJ": "0.3", "RU": "0.1"}
    years = [{**stage["years"][-1], "year": year, "shares": shares} for year in ("2023", "2024")]
    ahead = [
        {"stage": stage["stage"], "year": "2035", "country": country, "value": [amount, amount]}
        for country, amount in (("world", "100"), ("RU", "70"), ("TJ", "20"), ("CN", "10"))
    ]
    only = {**answer, "stages": [{**stage, "years": years}]}
    for projections in ([], ahead):
        drawn_shares = shares_picture({**only, "projections": projections})
        legend = re.findall(r">(CN|TJ|RU)</text>", drawn_shares.body)
        assert legend == ["CN", "TJ", "RU"]
        assert len(drawn_shares.rows) == 6 + (3 if projections else 0)
