"""An answer about a mineral as text for a person."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.core.figures import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers import supply as typed

SHOWN_COUNTRIES = 5
FAR = 1.2
"""How many times one edition's figure must be the other's for a line of its own; --json has all."""
VERDICTS = {"met": "met", "not_met": "not met", "unknown": "not known"}


def show(answer: typed.Supply) -> str:
    """A mineral, or the minerals that there are."""
    return show_minerals(answer) if "minerals" in answer else show_supply(answer)


def show_minerals(answer: typed.MineralList) -> str:
    """The minerals that there are, with their stages."""
    lines = []
    for each in answer["minerals"]:
        within = f", within {each['within']}" if each["within"] else ""
        lines.append(f"{each['mineral']}  {each['name_zh']}  ({', '.join(each['stages'])}{within})")
    return "\n".join(lines)


def show_supply(answer: typed.MineralAnswer) -> str:
    """Stage by stage, then reliance, stocks and prices; figures of wider groups stand apart."""
    known = f", as known on {answer['known_on']}" if answer["known_on"] else ""
    lines = [f"{answer['name']} {answer['name_zh']}".rstrip() + known]
    if answer["verdict"] and len(answer["stages"]) > 1:
        covers = [stage["covers"] for stage in answer["stages"] if stage["covers"]]
        stated = any(each["need"] is not None for each in covers)
        whose = "the need, at every stage" if stated else "the needs in hand, all of them"
        lines.append(f"{whose}: {VERDICTS[answer['verdict']]}")
    for stage in answer["stages"]:
        lines += ["", stage["title"], *(f"  {line}" for line in _stage(stage, answer))]
    if answer["uses"]:
        lines += ["", "Uses", *(f"  {_use(each)}" for each in answer["uses"])]
    lines += _elements(answer)
    lines += _ways(answer)
    lines += _controls(answer)
    for title, rows in _lists(answer):
        if rows:
            lines += ["", title, *(f"  {_figure(each)}" for each in _latest(rows))]
    for row in answer["inside_outside"]:
        lines.append(
            f"  {row['year']}: outside over inside {_ends(row['ratio'])} times "
            f"({_ends(row['outside'])} against {_ends(row['inside'])} {row['unit']})"
        )
    if answer["of_groups"]:
        groups = " and ".join(each.replace("-", " ") for each in answer["within"])
        lines += ["", f"Of {groups} together, not of {answer['name']} alone"]
        lines += [f"  {_title(each)}: {_figure(each)}" for each in _latest(answer["of_groups"])]
    lines += ["", *(f"  {note}" for note in answer["notes"])]
    open_ = rests_on(answer)
    return "\n".join([*lines, "", open_] if open_ else lines)


def _lists(answer: typed.MineralAnswer) -> tuple[tuple[str, Sequence[typed.MineralFigure]], ...]:
    """The figures beside those of the stages, each list under its title."""
    return (
        ("Net import reliance of the United States", answer["reliance"]),
        ("Share of a country in US imports", answer["import_shares"]),
        ("Stocks", answer["stocks"]),
        ("Recycled", answer["recycling"]),
        ("Capacity as tables have it", answer["capacities"]),
        ("Prices", answer["prices"]),
        ("Exports", answer["exports"]),
        ("Time to build", answer["lead_times"]),
    )


def _stage(stage: typed.MineralStage, answer: typed.MineralAnswer) -> Iterator[str]:
    if not stage["known"]:
        yield from _unknown(stage, answer)
    for year in stage["years"]:
        named = list(year["shares"].items())
        shown = ", ".join(
            f"{country} {_share(share)}" for country, share in named[:SHOWN_COUNTRIES]
        )
        more = f", {len(named) - SHOWN_COUNTRIES} more" if len(named) > SHOWN_COUNTRIES else ""
        rest = f", not named {_share(year['rest'])}" if float(year["rest"]) else ""
        total = f" of {int(float(year['total'])):,} {year['unit']}" if year["total"] else ""
        mark = " estimated," if year["estimated"] else ""
        note = f" ({year['note']})" if year["note"] else ""
        yield f"{year['year']}{total}:{mark} {shown}{more}{rest}{note} [{year['grade']}]"
        for other in year["other_editions"]:
            yield from _edition(year, other)
    for each in stage["outlooks"]:
        ends = _amount(each["value"])
        yield f"outlook {each['year']}: {each['country']} {ends}% [{each['source']}]"
    yield from _projections(stage, answer)
    if stage["concentration"]:
        found = stage["concentration"]
        yield f"concentration {found['year']}: {_ends(found['hhi'])} of 10,000"
        yield from _criticality(stage["criticality"])
    left = stage["left_without"]
    if left and left["without"]:
        ends = " to ".join(dict.fromkeys(_share(each) for each in left["share"]))
        missing = ", ".join(left["not_named"])
        why = f"; the source names no share of {missing}" if missing else ""
        without = left["without"].replace(",", ", ")
        yield f"without {without}: {ends} of the world is left ({left['year']}{why})"
    if left is None or stage["carried"]["share"] != left["share"]:
        yield _carried(stage)
    for each in _latest(stage["consumption"]):
        yield f"use, {_figure(each)}"
    if stage["capacity_outside"]:
        yield from _capacity(stage["capacity_outside"], answer["cut"].replace(",", ", "))
    if stage["covers"]:
        yield from _covers(stage["covers"])
    for row in stage["tests"]:
        yield _test(row)
        yield from (f"  {sentence}" for sentence in row["because"])


def _edition(year: typed.MakersOfYear, other: typed.OtherEdition) -> Iterator[str]:
    """Another edition of a year, and where it says something else of a country."""
    named = list(other["shares"].items())[:SHOWN_COUNTRIES]
    shown = ", ".join(f"{country} {_share(share)}" for country, share in named)
    yield f"  another edition: {shown} [{'; '.join(other['sources'])}]"
    far = [row for row in other["differs"] if row["times"] is None or float(row["times"]) >= FAR]
    for row in far:
        yield (
            f"  {row['country']} {year['year']}: {row['here']} or {row['there']} {year['unit']}, "
            "by edition"
        )


def _carried(stage: typed.MineralStage) -> str:
    """What the cut leaves once the stages before it are cut too."""
    found = stage["carried"]
    ends = " to ".join(dict.fromkeys(_share(each) for each in found["share"]))
    unknown = ", ".join(found["unknown_stages"])
    why = f"; not known: {unknown}" if unknown else f", limited by {found['limited_by']}"
    return f"carried down from the stages before it: {ends} is left{why}"


def _use(each: typed.MineralUse) -> str:
    whose = "the world" if each["whose"] == "world" else each["whose"]
    year = f", {each['year']}" if each["year"] else ""
    return f"{each['sector']}, {whose}{year}: {_share(each['share'])} [{each['grade']}]"


def _elements(answer: typed.MineralAnswer) -> list[str]:
    """The needs of every mineral that is counted within this one."""
    if not answer["by_element"]:
        return []
    lines = ["", f"By element of {answer['name']}"]
    for each in answer["by_element"]:
        lines.append(f"  {each['name']}: {VERDICTS[each['verdict']]}")
        lines += [f"    {_test(row)}" for row in each["tests"]]
        lines += [f"    {sentence}" for sentence in each["because"]]
    return lines


def _test(row: typed.NeedTested) -> str:
    """A need in hand, what stands against it, and the first year that suffices."""
    whose = "the world" if row["whose"] == "world" else row["whose"]
    least = "at least " if row["at_least"] else ""
    low, high = row["supply"]
    most = "not bounded" if high is None else high
    year = row["first_year"] or "none counted"
    supply = "added outside" if row["basis"] == "added" else "made outside"
    return (
        f"{row['stage']}, {row['of']}, {whose}, {row['need_year']}: {least}{row['need']} "
        f"{row['unit']}; {supply} by {row['by']} {low} to {most} ({row['kind']}): "
        f"{VERDICTS[row['verdict']]}; first year that suffices: {year} [{row['grade']}]"
    )


def _ways(answer: typed.MineralAnswer) -> list[str]:
    """The flows from country to country, and what of a sender is not traced."""
    if answer["flows"] is None:
        return []
    lines = ["", "Flows"]
    for each in answer["flows"]:
        lines.append(f"  {_flow(each)}")
    for row in answer["not_traced"] or ():
        others = f", or of {', '.join(row['other_editions'])} by edition" * bool(
            row["other_editions"]
        )
        of_made = f"of {row['made']} {row['unit']} made"
        stated = f"{row['not_traced']} {of_made} are not traced"
        if row["more_than_made"] != "0":
            stated = (
                f"flows come to {row['traced']}, {row['more_than_made']} more than {of_made[3:]}"
            )
        lines.append(f"  {row['country']}, {row['stage']}, {row['year']}: {stated}{others}")
    if answer["flows_of_groups"]:
        lines.append("  of the groups together, not of it alone:")
        lines += [f"    {each['mineral']}: {_flow(each)}" for each in answer["flows_of_groups"]]
    if answer["flows_unknown"]:
        lines.append(f"  no flow is held out of: {', '.join(answer['flows_unknown'])}")
    return lines


def _controls(answer: typed.MineralAnswer) -> list[str]:
    """The provisions that touch its flows, by state, with what they stop of a buyer's imports."""
    if answer["controls"] is None:
        return []
    lines = ["", "Controls"]
    for row in answer["controls"]:
        until = f" until {row['until']}" if row["until"] else ""
        lines.append(
            f"  {row['by']}, {row['measure']}/{row['limb']}: {row['title']}; {row['decision']}, "
            f"{row['state'].replace('_', ' ')}{until}; items {', '.join(row['items'])}"
        )
        codes = dict.fromkeys(f"{each['schedule']} {each['code']}" for each in row["codes"])
        if codes:
            lines.append(f"    tariff codes beside them: {', '.join(codes)}")
        lines += [f"    {_touched(each, row)}" for each in row["stages"]]
    if not answer["controls"]:
        lines.append("  none that is recorded names a product of it")
    for each in answer["under_controls"] or ():
        if each["provisions"]:
            lines.append(f"  together, {each['stage']}: {_stopped(each['stopped'])}")
    lines += [
        f"  users: {each['name']} ({each['code']}), {_share(each['share_of_use'])} of use, "
        f"{each['note']} [{each['grade']}]"
        for each in answer["exposed"] or ()
    ]
    return [*lines, f"  {answer['controls_note']}"]


def _touched(each: typed.StageTouched, row: typed.MineralControl) -> str:
    if each["covers"] == "means":
        return f"{each['stage']}: {'; '.join(each['notes'])}: no flow of the product is touched"
    part = "all of the product" if each["covers"] == "whole" else "a part of the product"
    count = len(each["flows"])
    return (
        f"{each['stage']}: {part}, {count} flow{'s' * (count != 1)} to {row['to']} held; "
        f"{_stopped(each['stopped'])}"
    )


def _stopped(ends: typed.Ends) -> str:
    """What is stopped of a country's imports of 2021 to 2024, between its ends."""
    if ends[0] is None or ends[1] is None:
        return "what part of the imports it stops is not known"
    shown = " to ".join(dict.fromkeys(_share(each) for each in ends if each is not None))
    return f"{shown} of the imports of 2021 to 2024 stopped"


def _flow(each: typed.MineralFlowRow) -> str:
    low, high = each["amount"]
    amount = f"{_ends([low, high])} {each['unit']}" if low else "an amount that is not known"
    year = f", {each['year']}" if each["year"] else ""
    return (
        f"{each['stage']}: {each['from']} to {each['to']}{year}: {amount}, {each['form']} "
        f"[{each['source']}, {each['grade']}]"
    )


def _projections(stage: typed.MineralStage, answer: typed.MineralAnswer) -> Iterator[str]:
    """What an agency projects of a stage, by year: the largest shares of its own total."""
    years: dict[str, dict[str, float]] = {}
    cited = ""
    for each in answer["projections"]:
        low = each["value"][0]
        if each["stage"] == stage["stage"] and low is not None:
            years.setdefault(each["year"], {})[each["country"]] = float(low)
            cited = f"{each['note']} [{each['source']}]"
    for year, amounts in years.items():
        total = amounts.pop("world", 0.0)
        largest = sorted((each for each in amounts if each != "other"), key=lambda c: -amounts[c])
        shown = [f"{c} {_share(str(round(amounts[c] / total, 4)))}" for c in largest[:4] if total]
        if shown:
            yield f"projected {year}: {', '.join(shown)}; {cited}"


def _criticality(found: typed.Criticality) -> Iterator[str]:
    """The parts of the published indices that are open."""
    exposure = found["us"]["trade_exposure"]
    if exposure is not None:
        ends = " to ".join(dict.fromkeys(_share(each) for each in exposure if each is not None))
        most = found["us"]["index_at_most"]
        bound = "" if most is None else f", so that it is at most {most} of 1"
        yield (
            f"index of the United States: trade exposure {ends}{bound}; the weights of its other "
            "parts are not open"
        )
    recycled = found["eu"]["recycled_in_use_us"]
    if recycled is not None:
        yield f"made from scrap: {_share(recycled)} of the use of the United States"


def _unknown(stage: typed.MineralStage, answer: typed.MineralAnswer) -> Iterator[str]:
    if stage["held_years"]:
        held = ", ".join(stage["held_years"])
        yield f"shares: not known of that year; figures of {held} are held"
        return
    yield f"shares: not known; no source at hand gives any of {answer['name']}"
    if stage["not_borrowed"]:
        yield f"not used: {stage['not_borrowed']['text']}"


def _capacity(outside: typed.CapacityOutside, cut: str) -> Iterator[str]:
    if outside["years"]:
        ahead = ", ".join(
            f"{year['year']} {year['announced']}"
            + (f" ({year['expected']})" if year["expected"] != year["announced"] else "")
            for year in outside["years"]
        )
        yield f"announced outside {cut}, {outside['unit']} a year: {ahead}"
    for project in outside["projects"]:
        climbs = project["full_from"] != project["counts_from"]
        full = f", whole from {project['full_from']}" if climbs else ""
        yield (
            f"  {project['project']} ({project['country']}): {project['capacity']} from "
            f"{project['counts_from']}{full}, {project['status']}{_states(project)} "
            f"[{project['grade']}]"
        )
    for other in outside["not_counted"]:
        yield (
            f"  {other['project']} ({other['country']}): not counted, {other['why']}"
            f"{_states(other)}"
        )


def _states(project: typed.MineralProject) -> str:
    """The states of a project that have a day."""
    if not project["states"]:
        return ""
    days = [f"{each['state']} {each['on']}" for each in project["states"]]
    return f" ({', '.join(days)})"


def _covers(found: typed.NeedCovered) -> Iterator[str]:
    if found["need"] is not None:
        need = f"{found['need']} {found['unit']}".rstrip()
        yield f"a need of {need} a year: {VERDICTS[found['verdict']]}"
        none = "in no year shown, by what is counted"
        yield f"  reached, announced: {found['first_year_announced'] or none}"
        yield f"  reached, expected: {found['first_year_expected'] or none}"
    for sentence in found["because"]:
        yield f"  {sentence}"
    test = found["in_time"]
    if test:
        known = test["unit"]
        there = f"{_ends(test['announced'])} {known} counted; " if known else ""
        months = f" ({test['months']} months)" if test["months"] else ""
        yield f"by {test['by']}{months}: {there}{test['verdict']}"


def _figure(each: typed.MineralFigure) -> str:
    amount = _amount(each["value"])
    stock = each.get("months")
    months = f", {stock} months of use" if stock else ""
    about = each["of"] if each["of"] not in ("US", "world", each["country"]) else ""
    note = f"; {each['note']}" if each["note"] else ""
    parts = filter(None, (each["mineral"], about, each["stage"], each["country"], each["year"]))
    unit = each["unit"] if each["unit"] == "%" else f" {each['unit']}"
    return f"{', '.join(parts)}: {amount}{unit}{months}{note} [{each['source']}, {each['grade']}]"


def _amount(ends: typed.Ends) -> str:
    low, high = ends
    return f"more than {low}" if high is None else _ends([low, high])


def _title(each: typed.MineralFigure) -> str:
    return each["what"].replace("-", " ")


def _latest(rows: Sequence[typed.MineralFigure]) -> list[typed.MineralFigure]:
    """Of figures that differ in their year alone, the latest; --json has all."""
    found: dict[tuple[str, ...], typed.MineralFigure] = {}
    for each in rows:
        key = tuple(str(each[name]) for name in ("mineral", "what", "stage", "country", "of"))
        if key not in found or each["year"][-4:] >= found[key]["year"][-4:]:
            found[key] = each
    return list(found.values())


def _share(text: str) -> str:
    """A fraction of one in percent, to one place: the figures are rounded further than that."""
    return percent(str(round(Fraction(text), 3)))


def _ends(values: typed.Ends | list[str]) -> str:
    return " to ".join(dict.fromkeys(each for each in values if each is not None))
