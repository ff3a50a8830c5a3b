"""Answers of ``detente impact`` for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.cli.wrapped import wrapped
from detente.core.figures import counted, percent
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from typing import Final, Literal

    from detente.answers import impact as typed

    BandKey = Literal["value_after", "change", "duty_after", "buyers_lose"]
    Figure = Literal[
        "welfare",
        "terms_of_trade",
        "volume_of_trade",
        "real_wage",
        "prices",
        "revenue_share",
        "imports_change",
    ]

ORIGINS = 12
LINES = 8
CAVEAT = "A planning aid, neither legal advice nor a forecast."


def show_partial(answer: typed.PartialImpact) -> str:
    """Totals, static beside behavioural; origins; lines; the band; notes."""
    parts = [
        _question(answer),
        _totals(answer),
        _sources(answer),
        _origins(answer["by_origin"]),
        _diverted(answer["diversion"]),
        _lines(answer["lines"]),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
        rests_on(answer),
        CAVEAT,
    ]
    return "\n\n".join(part for part in parts if part)


def _question(answer: typed.PartialImpact) -> str:
    question, demand, flows = answer["question"], answer["elasticities"], answer["flows"]
    what = (
        f"Scenario {question['scenario']} on {question['to_date']} beside the law of "
        f"{question['from']}"
        if question["scenario"]
        else f"Duties of {question['to_date']} in place of those of {question['from']}"
    )
    own = demand["own_share"]
    matched = "" if own is None else f", of its own for {percent(own, 1)} of the value"
    only = [f"duties of goods of {', '.join(question['origins'])}"] if question["origins"] else []
    only += [f"codes {', '.join(question['codes'])}"] if question["codes"] else []
    return "\n".join(
        [
            wrapped(f"{what}{': ' + '; '.join(only) if only else ''}", ""),
            wrapped(
                f"{flows['title']}: {flows['lines']:,} lines, {flows['partners']} partners, "
                f"{_billions(flows['value'])} bn dollars, "
                f"{percent(flows['covered_share'], 1)} with a resolved duty",
                "",
            ),
            wrapped(
                f"Sigma {demand['source']} (median {demand['median']}{matched}), eta "
                f"{demand['eta']}, pass-through {demand['pass_through']}",
                "",
            ),
        ]
    )


def _totals(answer: typed.PartialImpact) -> str:
    totals, bands = answer["totals"], answer["bands"]
    lower = bands["low_sigma"] if bands else None
    upper = bands["high_sigma"] if bands else None

    def band(key: BandKey) -> str:
        if lower is None or upper is None:
            return ""
        ends = sorted((float(lower[key]), float(upper[key])))
        if key == "change":
            return f"{100 * ends[0]:.1f}% to {100 * ends[1]:.1f}%"
        return f"{ends[0] / 1e9:.1f} to {ends[1] / 1e9:.1f}"

    average = totals["average_after"]
    rows = [
        ["bn dollars", "before", "static", "with behaviour", "band of sigma" if bands else ""],
        [
            "imports",
            _billions(totals["value_before"]),
            _billions(totals["value_before"]),
            _billions(totals["value_after"]),
            band("value_after"),
        ],
        ["change", "", "", percent(totals["change"], 1), band("change")],
        [
            "duty",
            _billions(totals["duty_before"]),
            _billions(totals["duty_static"]),
            _billions(totals["duty_after"]),
            band("duty_after"),
        ],
        [
            "average duty",
            percent(totals["average_before"], 1),
            percent(totals["average_static"], 1),
            "-" if average is None else percent(average, 1),
            "",
        ],
        ["buyers lose", "", "", _billions(totals["buyers_lose"]), band("buyers_lose")],
        ["more duty less that", "", "", _billions(totals["revenue_less_loss"]), ""],
    ]
    return lined_up(rows)


def _sources(answer: typed.PartialImpact) -> str:
    """The ends of every source of doubt alone, and of all together."""
    found = answer["bands_by_source"]
    rows = [["what moves", "between", "imports change", "duty", "buyers lose"]]
    for each in found["sources"]:
        ends = [[each["low"][key], each["high"][key]] for key in BAND_KEYS]
        rows.append([each["source"], " and ".join(each["ends"]), *_ends_of(ends)])
    rows.append(["all together", "", *_ends_of([found["together"][key] for key in BAND_KEYS])])
    still = ", ".join(found["not_moved"])
    return lined_up(rows) + (f"\n(not moved: {still}; --vary KEY=VALUE)" if still else "")


BAND_KEYS: Final = ("change", "duty_after", "buyers_lose")


def _ends_of(ends: list[list[str]]) -> list[str]:
    """The change in percent, then billions, each from its least to its most."""
    change, *money = [sorted(pair, key=float) for pair in ends]
    return [
        f"{percent(change[0], 1)} to {percent(change[1], 1)}",
        *(f"{_billions(low)} to {_billions(high)}" for low, high in money),
    ]


def _origins(rows: list[typed.OriginResponse]) -> str:
    cells = [
        ["origin", "imports", "after", "change", "duty", "static", "after", "rate", "rate after"]
    ]
    cells += [
        [
            row["name"],
            _billions(row["value_before"]),
            _billions(row["value_after"]),
            percent(row["change"], 1),
            _billions(row["duty_before"]),
            _billions(row["duty_static"]),
            _billions(row["duty_after"]),
            percent(row["average_before"], 1),
            percent(row["average_static"], 1),
        ]
        for row in rows[:ORIGINS]
    ]
    more = f"\nand {len(rows) - ORIGINS} more (--json shows all)" if len(rows) > ORIGINS else ""
    return lined_up(cells) + more


def _diverted(diversion: typed.Diversion) -> str:
    if diversion["won_share"] is None:
        return "No origin loses imports."
    won = [row for row in diversion["by_origin"] if float(row["change"]) > 0][:6]
    to = ", ".join(f"{row['origin']} {_billions(row['change'])}" for row in won)
    return wrapped(
        f"Origins that lose imports lose {_billions(diversion['lost'])} bn; others gain "
        f"{_billions(diversion['won'])} bn ({percent(diversion['won_share'], 1)} of it)"
        + (f": {to}." if to else "."),
        "",
    )


def _lines(rows: list[typed.LineResponse]) -> str:
    if not rows:
        return "No line's imports change."
    cells = [["line", "imports", "after", "duty change", "price", "sigma"]]
    cells += [
        [
            row["code"],
            _billions(row["value_before"], 2),
            _billions(row["value_after"], 2),
            _billions(row["duty_change"], 2),
            percent(row["price"], 1),
            row["sigma"],
        ]
        for row in rows[:LINES]
    ]
    return lined_up(cells)


def _billions(dollars: str, places: int = 1) -> str:
    return f"{float(dollars) / 1e9:,.{places}f}"


def _change(answer: typed.Equilibrium) -> str:
    """What changes: a scenario, two days, or the loss of inputs alone."""
    if answer["scenario"]:
        return str(answer["scenario"])
    if answer["from"] is None:
        return "the loss of inputs alone"
    return f"{answer['from']} to {answer['to_date']}"


def show_equilibrium(answer: typed.Equilibrium) -> str:
    """A row a country; the data's year first where it is not that of the question."""
    if "residuals" not in answer:
        return show_worlds(answer)
    notes = list(answer["notes"])
    head = notes.pop(0) if notes and notes[0].startswith("The data are of") else ""
    what = _change(answer)
    days = f" on {answer['to_date']}" if answer["scenario"] and answer["to_date"] else ""
    bands = answer["bands"]
    columns: list[Figure] = ["welfare", "terms_of_trade", "volume_of_trade", "real_wage", "prices"]
    columns += ["revenue_share", "imports_change"]
    titles = [name.replace("_", " ") for name in columns]
    titles[titles.index("imports change")] = "imports"
    titles[titles.index("revenue share")] = "revenue"
    rows = [["", titles[0], *(["5 to 95% of draws"] if bands else []), *titles[1:]]]
    for country in answer["welfare"]:
        band = [" to ".join(bands["welfare"][country])] if bands else []
        figures = [answer[name][country] for name in columns]
        rows.append([country, figures[0], *band, *figures[1:]])
    parts = [
        wrapped(head, "") if head else "",
        wrapped(
            f"{answer['data']}, {what}{days}: {answer['welfare_measure']} welfare, deficits "
            f"{answer['closure']} (percent; {answer['iterations']} steps, {answer['seconds']} s, "
            f"largest residual {max(answer['residuals'].values(), key=float)})",
            "",
        ),
        lined_up(rows),
        _wedges(answer["caps"]),
        "\n".join(wrapped(note, "", "- ") for note in notes),
        rests_on(answer),
        CAVEAT,
    ]
    return "\n\n".join(part for part in parts if part)


def show_worlds(answer: typed.EquilibriumInAll) -> str:
    """The range over worlds first, each with its year and sectors, then what each answers."""
    worlds = answer["worlds"]
    what = _change(answer)
    count = counted(len(worlds), "world")
    named = "; ".join(
        f"{each['data']} ({each['year'] or 'no year'}, {each['sectors']} sectors)"
        for each in worlds
    )
    rows = [["", "welfare", *(f"{each['data']}" for each in worlds)]]
    for country, (low, high) in answer["welfare"].items():
        own = [_with_band(each, country) for each in worlds]
        rows.append([country, low if low == high else f"{low} to {high}", *own])
    parts = [
        wrapped(
            f"{what}: range over {count}: {named}. {answer['welfare_measure'].capitalize()} "
            f"welfare, percent, deficits {answer['closure']}; in brackets 5 to 95% of draws of "
            "elasticities. --world NAME gives one world and its other figures.",
            "",
        ),
        lined_up(rows),
        "\n".join(
            wrapped(f"{each['data']}: {each['why']}", "", "- ") for each in answer["without"]
        ),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
        rests_on(answer),
        CAVEAT,
    ]
    return "\n\n".join(part for part in parts if part)


def _with_band(world: typed.WorldAnswer, country: str) -> str:
    own, bands = world["welfare"][country], world["bands"]
    return f"{own} [{' to '.join(bands['welfare'][country])}]" if bands else str(own)


def _wedges(caps: list[str]) -> str:
    if not caps:
        return ""
    return f"Caps, ad valorem equivalent: {', '.join(percent(each, 1) for each in caps)}"


def show_critical(answer: typed.Critical) -> str:
    """Two figures a user, when they begin, how they move, and what others published."""
    if "inputs" in answer:
        return "\n".join(
            f"{each['input']}: {', '.join(each['users'])}" for each in answer["inputs"]
        )
    begins, unit = answer["months_to_impact"], answer["unit"]
    when = "stocks outlast the restriction" if begins is None else f"felt after {begins} months"
    lines = [f"{answer['input']}: {when}", ""]
    lines += [f"{each['name']}: {_between(each)} {unit}".rstrip() for each in answer["users"]]
    lines.append(f"all: {_between(answer)} {unit}".rstrip())
    low, high = answer["lower_band"]
    if low is not None:
        first, last = answer["band"][0], answer["band"][-1]
        lines.append(
            f"lower end over elasticities {first['substitution']} to {last['substitution']}: "
            f"{low} to {high} {unit}".rstrip()
        )
    moved = [
        f"{each['cut']}: {each['lower']} to {each['upper']}"
        for each in answer["by_cut"]
        if each["lower"]
    ]
    if moved:
        lines += ["", f"by cut, elasticity {answer['substitution']}", *moved]
    if "published" in answer:
        lines += [_published(each) for each in answer["published"]]
    notes = "\n".join(wrapped(note, "", "- ") for note in answer["notes"])
    return "\n".join([*lines, "", notes, "", CAVEAT])


def _published(each: typed.PublishedLoss) -> str:
    """An estimate of others, under its own definition."""
    ends = [end for end in (each["low"], each["high"]) if end is not None]
    between = f" ({' to '.join(ends)})" if ends else ""
    value = each["value"] or ""
    return (
        f"published: {each['study']}, {each['published']}, {each['figure']}, "
        f"{each['definition']}: {value}{between} {each['unit']} [{each['grade']}]"
    ).replace(":  (", ": (")


def _between(row: typed.UserLoss | typed.InputLossBounds) -> str:
    """The two bounds; where the lower is not defined, the floor in its place and by its name."""
    if row["lower"] is None:
        return f"no lower bound with substitution (at least {row['floor']}) to {row['upper']}"
    return f"{row['lower']} to {row['upper']}"
