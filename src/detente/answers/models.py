"""Worlds of the model, published estimates beside ours, and headings of chapter 99."""

from typing import Annotated, TypedDict


class WorldSummary(TypedDict):
    """What a world is."""

    data: Annotated[str, "Its name."]
    title: Annotated[str, "Its title; empty for a world of the user's own."]
    year: Annotated[str | None, "The year of its data."]
    countries: Annotated[int, "Countries in it."]
    sectors: Annotated[int, "Sectors in it."]
    draws: Annotated[bool, "Whether it has draws of elasticities."]
    tariffs: Annotated[bool, "Whether it has tariffs."]


class Worlds(TypedDict):
    """The worlds at hand."""

    worlds: Annotated[list[WorldSummary], "The worlds."]


class WorldSector(TypedDict):
    """A sector with its elasticity."""

    sector: Annotated[str, "Its name."]
    divisions: Annotated[str, "Divisions of the industrial classification."]
    theta: Annotated[str, "The elasticity that is used."]
    estimate: Annotated[str | None, "The estimate from which draws are made."]
    error: Annotated[str | None, "Its standard error; 0 for one that is assumed."]


class WorldShown(WorldSummary):
    """A world's countries and sectors."""

    country_ids: Annotated[list[str], "Its countries."]
    sector_rows: Annotated[list[WorldSector], "Its sectors."]
    notes: Annotated[list[str], "What was done to its data."]


class MeasuredCause(TypedDict):
    """A part of a cause, measured by asking otherwise."""

    what: Annotated[str, "What was asked otherwise."]
    commands: Annotated[list[str], "The commands that ask so."]
    gap: Annotated[str, "What is left of the gap."]
    ours: Annotated[str, "Our figure then."]


class EstimateBeside(TypedDict):
    """A published estimate beside ours."""

    id: Annotated[str, "Its id."]
    study: Annotated[str, "The study."]
    day: Annotated[str, "When it was published."]
    figure: Annotated[str, "What is estimated."]
    definition: Annotated[str, "How the study defines it."]
    window: Annotated[str, "The time that it covers."]
    published: Annotated[str, "The published figure."]
    unit: Annotated[str, "Its unit."]
    ours: Annotated[str | None, "Our figure, or both ends of a range; null for none."]
    gap: Annotated[str | None, "Ours less what is published."]
    why: Annotated[str, "Why the two differ."]
    measured: Annotated[list[MeasuredCause], "What of that is measured."]
    cause: Annotated[str | None, "`measured in part` or `reasoning`; null where nothing is set."]
    commands: Annotated[list[str], "Commands that give ours."]
    source: Annotated[str, "Where it was published."]
    grade: Annotated[str, "How well it is known."]


class Scoreboard(TypedDict):
    """Published estimates beside ours."""

    rows: Annotated[list[EstimateBeside], "The estimates."]
    beside: Annotated[int, "Those that ours stand beside."]
    notes: Annotated[list[str], "What must be known beside it."]


class HeadingCovered(TypedDict):
    """Where a heading of chapter 99 stands in the register."""

    heading: Annotated[str, "The heading, with dots."]
    measure: Annotated[str | None, "The first record that names it; null where it is not modelled."]
    not_modelled: Annotated[str | None, "Why it is not modelled; null where it is."]
    gap: Annotated[str | None, "Id of that reason."]


class HeadingCounts(TypedDict):
    """Headings of a subchapter, counted."""

    headings: Annotated[int, "All."]
    modelled: Annotated[int, "Those that some record names."]
    not_modelled: Annotated[int, "Those that are listed with a reason."]
    unmodelled: Annotated[int, "Those in neither."]


class HeadingsCovered(TypedDict):
    """Where each heading of an edition stands in the register."""

    edition: Annotated[str, "Edition of the schedule."]
    headings: Annotated[list[HeadingCovered], "The headings that are modelled or listed."]
    unmodelled: Annotated[list[str], "Headings in neither."]
    counts: Annotated[dict[str, HeadingCounts], "Counts by subchapter: 9903 and other."]


class RegisterCoverage(HeadingsCovered):
    """Where each heading stands, and how rates are written."""

    rate_texts: Annotated[dict[str, int], "Texts of rates by form, the most frequent first."]
