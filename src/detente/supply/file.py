"""The figures of an answer about a mineral as a table: one row a figure or a project."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.supply import MineralAnswer

COLUMNS = ("kind", "stage", "country", "year", "low", "high", "unit", "grade", "source", "note")


def figure_rows(answer: MineralAnswer) -> Iterator[tuple[object, ...]]:
    """The figures behind an answer, a row each, by ``COLUMNS``."""
    for stage in answer["stages"]:
        for year in stage["years"]:
            cited = "; ".join(year["sources"])
            for country, share in (*year["shares"].items(), ("not named", year["rest"])):
                ends = (share, share, "of one", year["grade"], cited, year["note"])
                yield ("share", stage["stage"], country, year["year"], *ends)
        outside = stage["capacity_outside"]
        projects = (*outside["projects"], *outside["not_counted"]) if outside else ()
        for project in projects:
            capacity = project["capacity"] or ""
            yield (
                "project",
                stage["stage"],
                project["country"],
                project["first_output"] or "",
                capacity,
                capacity,
                project["unit"],
                project["grade"],
                project["source"],
                f"{project['project']}: {project['status']}",
            )
    for rows in (
        answer["reliance"],
        answer["import_shares"],
        answer["stocks"],
        answer["recycling"],
        answer["capacities"],
        answer["projections"],
        answer["demand"],
        answer["prices"],
        answer["lead_times"],
        answer["exports"],
    ):
        for figure in rows:
            low, high = figure["value"]
            yield (
                figure["what"],
                figure["stage"] or "",
                figure["country"],
                figure["year"],
                low,
                high or "",
                figure["unit"],
                figure["grade"],
                figure["source"],
                figure["note"],
            )
