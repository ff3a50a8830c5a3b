"""Step charts: what the dictionary says, and what is written from it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from detente.chart import picture
from detente.chart.picture import ChartError, chart_csv, chart_svg, has_han, write_picture
from detente.chart.steps import (
    PALETTE,
    ChartText,
    Horizon,
    RateStep,
    horizon_rules,
    in_colors,
    step_chart,
)

WORDS = ChartText(
    title="Average duty",
    subtitle="Weighted by imports",
    description="Two steps < three.",
    source="Source: a test.",
    axis="Share of value",
    legend="Family",
)
STEPS = (
    RateStep("2025-01-01", "ordinary", 0.03),
    RateStep("2025-02-04", "ordinary", 0.03),
    RateStep("2025-02-04", "emergency", 0.1),
)


def chart(**words: str) -> dict[str, Any]:
    return step_chart(
        STEPS,
        WORDS._replace(**words),
        "2025-03-01",
        in_colors(("ordinary", "emergency")),
        {"sum": STEPS[:1]},
    )


def test_every_name_has_a_row_on_every_day_and_at_the_right_edge() -> None:
    assert chart_csv(chart()) == (
        "on,name,rate\r\n"
        "2025-01-01,ordinary,0.03\r\n"
        "2025-01-01,emergency,0.0\r\n"
        "2025-02-04,ordinary,0.03\r\n"
        "2025-02-04,emergency,0.1\r\n"
        "2025-03-01,ordinary,0.03\r\n"
        "2025-03-01,emergency,0.1\r\n"
        "2025-01-01,sum,0.03\r\n"
        "2025-03-01,sum,0.03\r\n"
    )


def test_rates_are_drawn_in_steps_percent_and_utc() -> None:
    areas, line = chart()["vconcat"][0]["layer"]
    assert areas["mark"]["interpolate"] == line["mark"]["interpolate"] == "step-after"
    assert areas["encoding"]["y"]["axis"]["format"] == "~%"
    assert areas["encoding"]["x"]["scale"] == {"type": "utc"}


def test_nothing_to_draw_and_too_many_names_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        step_chart((), WORDS, "2025-03-01", {})
    names = [f"family {number}" for number in range(len(PALETTE) + 1)]
    with pytest.raises(ValueError, match="9 names and 8 colors"):
        in_colors(names)


def test_small_rates_are_plain_decimals_in_csv() -> None:
    spec = step_chart([RateStep("2025-01-01", "a", 9e-06)], WORDS, "2025-01-01", in_colors(("a",)))
    assert chart_csv(spec) == "on,name,rate\r\n2025-01-01,a,0.000009\r\n"


def test_the_words_of_a_horizon_stand_on_the_side_away_from_the_axis() -> None:
    for day, side in (("2025-01-01", "top"), ("2025-02-20", "bottom")):
        (layer,) = horizon_rules([Horizon(day, "reviewed")], "2025-01-01", "2025-03-01")
        assert layer["layer"][1]["mark"]["baseline"] == side


def test_a_picture_in_svg_carries_its_title_description_and_source() -> None:
    svg = chart_svg(chart())
    root = ElementTree.fromstring(svg)
    spaces = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=spaces) == "Average duty"
    assert root.findtext("s:desc", namespaces=spaces) == "Two steps < three."
    words = "".join(root.itertext())
    assert "Source: a test." in words
    assert "emergency" in words
    assert "10%" in words


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert chart_svg(chart()) == chart_svg(chart())


def test_a_file_is_written_in_the_format_of_its_suffix(tmp_path: Path) -> None:
    for suffix in (".svg", ".png", ".json", ".csv"):
        assert write_picture(chart(), tmp_path / f"out{suffix}") == []
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("on,name,rate\n")
    assert '"vconcat"' in (tmp_path / "out.json").read_text(encoding="utf-8")
    with pytest.raises(ChartError, match=r"out\.gif has no suffix of a picture: write \.svg"):
        write_picture(chart(), tmp_path / "out.gif")


def test_chinese_words_without_a_font_are_told_of_in_png_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "chinese_font_at_hand", lambda: False)
    (warning,) = write_picture(chart(title="平均关税"), tmp_path / "out.png")
    assert "Noto Sans CJK" in warning
    assert write_picture(chart(title="平均关税"), tmp_path / "out.svg") == []
    assert write_picture(chart(), tmp_path / "out.png") == []
    monkeypatch.setattr(picture, "chinese_font_at_hand", lambda: True)
    assert write_picture(chart(title="平均关税"), tmp_path / "out.png") == []
    assert has_han("a税")
    assert not has_han("Détente")


def test_without_the_extra_a_picture_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ChartError, match=r'pip install "detente\[chart\]"'):
        write_picture(chart(), tmp_path / "out.svg")
    assert write_picture(chart(), tmp_path / "out.csv") == []


@pytest.mark.parametrize(
    ("program", "listed", "at_hand"),
    [(None, b"Noto Sans CJK", False), ("fc-list", b" \n", False), ("fc-list", b"Noto\n", True)],
)
def test_a_font_for_chinese_is_at_hand_only_where_the_list_of_fonts_names_one(
    monkeypatch: pytest.MonkeyPatch, program: str | None, listed: bytes, at_hand: bool
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: program)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: SimpleNamespace(stdout=listed))
    assert picture.chinese_font_at_hand() is at_hand


def test_chinese_characters_reach_from_the_first_extension_to_the_last_of_the_block() -> None:
    assert [has_han(sign) for sign in "\u33ff\u3400\u9fff\ua000"] == [False, True, True, False]
