"""From the border to households: what a change of duty adds to spending, by decile and in all.

    cost(decile) = pass x sum over China and the others of content(decile) x rise of the average
    price level  = pass x sum over both of content / spending x rise of the average

Content is what households spend on imports directly, some 2.4 percent of consumption. Imported
inputs of goods made at home are not in it, and no substitution is: the figures are ratios for
comparing deciles and days, and not levels of what is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.average.kept import kept
from detente.average.layered.layered_question import LayeredQuestion
from detente.average.layered.layers import answer_layers
from detente.core.coverage import PARTLY, Coverage, verdict, vouched
from detente.core.figures import rate
from detente.impact.accounts.sheets import built_in_rows
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from detente.answers import impact as typed
    from detente.answers.shared import Coverage as CoverageRow
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.trade.flows import Flows

CHINA = "CN"


def table(name: str) -> list[dict[str, str]]:
    """A table of households by its short name.

    Raises:
        ImpactError: the compiled data lack it.
    """
    return built_in_rows(f"households-{name}")


def answer_households(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    days: tuple[str, str],
    pass_through: Fraction,
    known_on: str | None = None,
) -> typed.Households:
    """What a change of duty between two days adds to households' spending.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        flows: trade flows, with claims.
        days: the day before and the day after.
        pass_through: the part of the duty that reaches retail prices, 0 to 1.
        known_on: as known at the end of this day.

    Raises:
        QuestionError: a day cannot be understood.
        ImpactError: the pass-through is not a share.
    """
    if not 0 <= pass_through <= 1:
        raise ImpactError("a pass-through is a share from 0 to 1, such as 0.2 or 1")
    rises, coverage = _rises(register, schedule, flows, days, known_on)
    (content,) = table("content")
    spending = Fraction(content["spending"])
    price = _cost(content, rises) / spending
    deciles: list[typed.Decile] = []
    for row in table("deciles"):
        cost = pass_through * _cost(row, rises)
        deciles.append(
            {
                "decile": row["decile"],
                "cost": f"{float(cost):.2f}",
                "share_of_income": rate(cost / Fraction(row["income"])),
                "share_of_spending": rate(cost / Fraction(row["spending"])),
            }
        )
    rows = [
        *coverage,
        Coverage(
            "households/content", f"{content['year']}-01-01", f"{content['year']}-12-31",
            "direct import content of consumption, own computation from input-output accounts and "
            "the distribution of consumption; imported inputs of goods made at home are missing",
            PARTLY,
        ).row(),
    ]  # fmt: skip
    lowest, highest = (Fraction(deciles[at]["share_of_income"] or 0) for at in (0, -1))
    answer: typed.Households = {
        "question": {
            "from": days[0],
            "to_date": days[1],
            "known_on": known_on,
            "pass_through": rate(pass_through),
        },
        "status": verdict("ok", "partly", rows),
        "coverage": rows,
        "rise": {name: rate(rise) for name, rise in rises.items()},
        "price_level": rate(pass_through * price),
        "price_level_at_border": rate(price),
        "deciles": deciles,
        "regressivity": f"{float(lowest / highest):.2f}" if highest else None,
        "pass_through": _published(),
        "industries": _industries(rises[CHINA]),
        "notes": NOTES,
    }
    return vouched(answer)


def _published() -> list[typed.PassThroughPublished]:
    """Published estimates of pass-through, as the table has them."""
    return [
        {
            "stage": row["stage"],
            "study": row["study"],
            "day": row["day"],
            "share": row["share"],
            "low": row["low"],
            "high": row["high"],
            "what": row["what"],
            "source": row["source"],
            "grade": row["grade"],
        }
        for row in table("passthrough")
    ]


NOTES = [
    "Claimed layer of the average duty, of China and of all others, by the weights: every "
    "household's imports are taken to bear the average of their origin.",
    "Direct imports alone: what rises because inputs cost more, or because makers at home follow, "
    "is missing, and so is what buyers save by buying something else.",
    "Pass-through is yours to give; published estimates stand beside it by stage.",
]


def _rises(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    days: tuple[str, str],
    known_on: str | None,
) -> tuple[dict[str, Fraction], list[CoverageRow]]:
    """The rise of the claimed average of China and of all others, and what it rests on."""
    sides: list[dict[str, Fraction]] = []
    rows: dict[str, CoverageRow] = {}
    for day in days:
        question = LayeredQuestion("all", day, day, "claimed", by="origin", known_on=known_on)
        answer = kept(answer_layers, register, schedule, flows, question)
        for read in answer["coverage"]:
            # Both days rest on much the same rows; a dict cannot be a key, but its text can.
            rows.setdefault(str(sorted(read.items(), key=str)), read)
        weights = {each["origin"]: Fraction(each["value"]) for each in answer["partners"]}
        own = [
            (row["origin"], row["claimed"])
            for row in answer["series"]
            if row["origin"] is not None and row["claimed"] is not None
        ]
        if not own:
            raise ImpactError(
                f"no claims are in hand for {day}, so what was paid is not known: name a later day"
            )
        sums = {CHINA: [Fraction(0), Fraction(0)], "others": [Fraction(0), Fraction(0)]}
        for origin, claimed in own:
            part = sums[CHINA if origin == CHINA else "others"]
            part[0] += weights[origin] * Fraction(claimed)
            part[1] += weights[origin]
        sides.append({name: charged / value for name, (charged, value) in sums.items()})
    return {name: sides[1][name] - sides[0][name] for name in sides[0]}, list(rows.values())


def _cost(content: Mapping[str, str], rises: Mapping[str, Fraction]) -> Fraction:
    """Dollars that the rise adds to what is spent on imports directly."""
    chinese = Fraction(content["chinese"])
    return chinese * rises[CHINA] + (Fraction(content["imported"]) - chinese) * rises["others"]


def _industries(rise: Fraction) -> list[typed.IndustryCost]:
    """Industries by the cost of their Chinese inputs, the most exposed first."""
    found: list[typed.IndustryCost] = []
    for row in table("industries"):
        part = Fraction(row["chinese_inputs"]) / Fraction(row["output"])
        found.append(
            {
                "industry": row["industry"],
                "name": row["name"],
                "chinese_inputs": rate(part),
                "cost_of_output": rate(part * rise),
            }
        )
    return sorted(found, key=lambda each: -Fraction(each["chinese_inputs"] or 0))


def answer_revenue(
    register: Register,
    schedule: Schedule,
    flows: Flows,
    year: str,
    offset: Fraction | None = None,
) -> typed.Revenue:
    """Duty of a calendar year: as customs calculated it, and as the law of its days would have it.

    A year is a mix of days: the rates of the law are means over them.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        flows: trade flows.
        year: four digits.
        offset: the part by which receipts from other taxes fall; None where it is not asked for.

    Raises:
        QuestionError: the year cannot be understood.
        ImpactError: the offset is not a share.
    """
    if offset is not None and not 0 <= offset < 1:
        raise ImpactError("an offset is a share from 0 to 1, such as 25%")
    question = LayeredQuestion("all", f"{year}-01-01", f"{year}-12-31", "all", "year")
    answer = kept(answer_layers, register, schedule, flows, question)
    (row,) = answer["series"]
    months = [each for each in flows.claims().collected("all") if each.month.startswith(year)]
    whole = len(months) == 12
    # With a month missing there is no sum of the year: the weights stand in, and `imports_of` says
    # so.
    imports = sum(each.value for each in months) if whole else int(answer["weighting"]["value"])
    collected = sum(each.duty for each in months) if whole else None
    statutory, claimed = (
        None if share is None else f"{float(Fraction(share) * imports):.0f}"
        for share in (row["average"], row["claimed"])
    )
    best = int(claimed or statutory or 0) if collected is None else collected
    (content,) = table("content")
    found: typed.RevenueOfYear = {
        "year": year,
        "imports": str(imports),
        "imports_of": year if whole else "the weights",
        "collected": None if collected is None else str(collected),
        "rates": {
            "average": row["average"],
            "claimed": row["claimed"],
            "collected": row["collected"],
        },
        "statutory": statutory,
        "claimed": claimed,
        "per_household": f"{best / int(content['households']):.0f}",
        "net_of_offset": None if offset is None else f"{float(best * (1 - offset)):.0f}",
    }
    revenue: typed.Revenue = {
        "question": {"year": year, "offset": None if offset is None else rate(offset)},
        "status": answer["status"],
        "coverage": answer["coverage"],
        "years": [found],
        "notes": [
            "Collected is calculated duty of entries of the year; the Treasury receives it up "
            "to a month later, less drawback and refunds.",
            "Statutory and claimed are means of the law over the days of the year, on imports "
            f"of {found['imports_of']}: what trade would owe if it had not moved.",
            "Net of offset: duties lower the incomes that other taxes fall on; the share is "
            "yours to give.",
        ],
    }
    return vouched(revenue)
