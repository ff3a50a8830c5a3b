"""All pictures of a mineral, with the days of controls above those that have time."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.chart.mineral_flow import flow_picture, imports_picture
from detente.chart.mineral_imports import import_shares_picture
from detente.chart.mineral_projects import timeline_picture
from detente.chart.mineral_time import (
    ControlMark,
    prices_picture,
    projects_picture,
    shares_picture,
)

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.supply import MineralAnswer
    from detente.chart.drawn import Picture

FREE = "none"


def control_events(answer: MineralAnswer) -> list[ControlMark]:
    """The days on which controls that name the mineral change state, in order and numbered."""
    days: dict[tuple[str, str], list[str]] = {}
    for row in answer["controls"] or ():
        for each in row["days"]:
            if each["on"] and row["decision"] != FREE:
                title = f"{row['title']} ({row['by']})"
                days.setdefault((each["on"], each["state"].replace("_", " ")), []).append(title)
    return [
        ControlMark(number, on, f"{'; '.join(dict.fromkeys(titles))}: {state}")
        for number, ((on, state), titles) in enumerate(sorted(days.items()), 1)
    ]


def pictures(answer: MineralAnswer | Any) -> list[Picture]:
    """The pictures that an answer has figures for; it was asked with route, controls and a test."""
    events = control_events(answer)
    made = (
        flow_picture(answer),
        imports_picture(answer),
        import_shares_picture(answer, events),
        shares_picture(answer, events),
        prices_picture(answer, events),
        projects_picture(answer, events),
        timeline_picture(answer, events),
    )
    return [each for each in made if each is not None]
