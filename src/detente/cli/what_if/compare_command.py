"""``detente compare``: the law and a scenario, or two scenarios, put the same question."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import (
    add_reading_option,
    load_register,
    pairs,
    parser,
    quantities,
    today,
)

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.compare.answer import Pair
    from detente.register.book import Register

EXAMPLES = """  detente compare law threat-100 --code 8507.60.00.10 --origin CN --value 10000
  detente compare truce-lapses truce-extended --code 2805.11.00.00 --origin CN \\
      --fact exclusion=true --from 2026-11-01 --to-date 2027-02-01 --chart exclusion.svg
  detente compare law decoupling --basket register --on 2026-11-12 -o basket.csv
  detente compare law back-to-2017 --average --origin CN --on 2026-11-12
  detente compare law decoupling --average --origin US --to CN --on 2026-11-12 --base 8%
  detente compare law threat-100 --equilibrium --on 2026-11-12

BASE and SCENARIO: `law` (the law in force, also `none`), a name of `detente scenario list`, or a
file. Goods of a basket: CSV with code, origin and, where wanted, what, value, quantity, fact.KEY;
`register` is the basket of the register. Rates are shares of the customs value."""


PARTIES = ("US", "CN")
CLOSELY = ("welfare", "real_wage", "terms_of_trade", "imports_change")
"""Figures of the two parties; the first is shown for every country."""

COLUMNS = ("what", "on", "unit", "before", "after", "difference")


def run(words: list[str]) -> int:
    """Compare two registers."""
    options = parser("compare", "Two registers beside each other, row by row.", EXAMPLES)
    options.add_argument("base", metavar="BASE", help="law, or a scenario by name or file")
    options.add_argument(
        "scenario", metavar="SCENARIO", help="a scenario by name or file, or announced"
    )
    add_reading_option(options)
    options.add_argument("--code", help="one good: 8 or 10 digits of the tariff")
    options.add_argument("--basket", metavar="FILE", help="goods of a file, or `register`")
    options.add_argument("--average", action="store_true", help="the average duty of a country")
    options.add_argument("--equilibrium", action="store_true", help="welfare of countries")
    options.add_argument("--origin", metavar="CC", default="CN", help="origin (default: CN)")
    options.add_argument("--to", default="US", metavar="CC", help="country of import (default: US)")
    options.add_argument("--value", metavar="DOLLARS", help="customs value")
    options.add_argument("--quantity", action="append", default=[], metavar="100kg")
    options.add_argument("--fact", action="append", default=[], metavar="KEY=VALUE")
    options.add_argument("--base-rate", "--base", dest="base_rate", metavar="RATE",
                         help="a column 1 rate that the register lacks")  # fmt: skip
    options.add_argument("--data", default="cp2015", metavar="NAME|DIR", help="of the equilibrium")
    options.add_argument("--weights", metavar="NAME|FILE", help="of the average")
    options.add_argument("--on", metavar="DAY", help="one day (default: today)")
    options.add_argument("--from", dest="start", metavar="DAY", help="first day of a series")
    options.add_argument("--to-date", metavar="DAY", help="last day of a series")
    options.add_argument("--known-on", metavar="DAY", help="as known at the end of this day")
    options.add_argument("--register", metavar="DIR", help="a register in a folder")
    options.add_argument("--chart", type=Path, metavar="OUT", help=".svg, .png, .json or .csv")
    options.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the rows: .csv, .xlsx, .parquet"
    )
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)
    _check(given)
    answer = _answer(given)
    if given.output is not None:
        _write(answer["rows"], given.output)
    if given.chart is not None:
        from detente.chart.compare import compared_chart
        from detente.chart.picture import write_picture

        write_picture(compared_chart(answer, given.to_date), given.chart)
    from detente.cli.what_if.show_scenario import show_comparison

    reply(answer, given.json, show_comparison)
    return 0


def _check(given: argparse.Namespace) -> None:
    """Refuse what names no question, or two.

    Raises:
        ValueError: the message says what to write.
    """
    asked = [given.code is not None, given.basket is not None, given.average, given.equilibrium]
    if sum(asked) != 1:
        raise ValueError(
            "say what to compare, one of: --code CODE, --basket FILE, --average, --equilibrium"
        )
    if given.on is not None and (given.start is not None or given.to_date is not None):
        raise ValueError("--on asks for one day, --from and --to-date for a series: take one")
    if (given.start is None) != (given.to_date is None):
        raise ValueError("a series has two ends: write both --from and --to-date")
    if given.basket is not None and given.start is not None:
        raise ValueError("a basket is compared on one day: write --on, or --code for a series")
    if given.output is not None:
        from detente.core.tables.writing import kind_of

        kind_of(given.output)
    if given.chart is not None:
        from detente.chart.picture import check_target

        check_target(given.chart)


def _register(given: argparse.Namespace, word: str) -> tuple[str, Register]:
    """The register that a word stands for, and what it is called."""
    from detente.compare.answer import LAW
    from detente.register.model import ANNOUNCED

    if word in LAW:
        return "law", load_register(given.register, None, given.reading)
    if word == ANNOUNCED:
        return ANNOUNCED, load_register(given.register, None, ANNOUNCED)
    register = load_register(given.register, word, given.reading)
    return register.supposed[-1], register


def _answer(given: argparse.Namespace) -> dict[str, Any]:
    from detente.compare.answer import Pair

    base, before = _register(given, given.base)
    scenario, after = _register(given, given.scenario)
    pair = Pair(base, before, scenario, after)
    if given.equilibrium:
        return _equilibrium(given, pair)
    if given.average:
        return _average(given, pair)
    from detente.goods.schedule import Schedule

    first = given.start or given.on or today()
    if given.basket is not None:
        from detente.compare.answer import compare_basket
        from detente.compare.goods import find_basket

        goods = find_basket(before, given.basket)
        known = [
            each._replace(asked=each.asked._replace(known_on=given.known_on)) for each in goods
        ]
        return compare_basket(pair, Schedule(), known, [first])
    from detente.compare.answer import compare_good
    from detente.duty.question import DutyQuestion

    asked = DutyQuestion(
        code=given.code,
        origin=given.origin,
        on=first,
        destination=given.to,
        known_on=given.known_on,
        value=given.value,
        quantities=quantities(given.quantity),
        facts=pairs(given.fact, "a fact"),
        base=given.base_rate,
    )
    return compare_good(pair, Schedule(), asked, given.to_date)


def _average(given: argparse.Namespace, pair: Pair) -> dict[str, Any]:
    from detente.average.answer import AverageQuestion
    from detente.compare.answer import compare_average
    from detente.goods.schedule import Schedule
    from detente.trade.flows import Flows

    first = given.start or given.on or today()
    asked = AverageQuestion(
        origin=given.origin,
        start=first,
        last=given.to_date or first,
        destination=given.to,
        weights=given.weights,
        facts=pairs(given.fact, "a fact"),
        known_on=given.known_on,
        base=given.base_rate,
    )
    return compare_average(pair, Schedule(), Flows(), asked)


def _equilibrium(given: argparse.Namespace, pair: Pair) -> dict[str, Any]:
    """Both registers as tariffs of a model of the world.

    Raises:
        ValueError: the model's parts are not installed, or its data have no place for the parties.
    """
    from detente.cli.what_if.impact_options import need_numpy

    need_numpy()
    from detente.average.flow_rates import Side
    from detente.compare.answer import compare_equilibrium
    from detente.goods.schedule import Schedule
    from detente.impact.equilibrium_answer import Options, of_register
    from detente.impact.layout import find_layout
    from detente.impact.sector_duties import sector_duties
    from detente.impact.worlds import open_world
    from detente.trade.flows import Flows

    if given.start is not None:
        raise ValueError("an equilibrium is compared on one day: write --on in place of --from")
    day = given.on or today()
    sides = (Side(pair.before, day), Side(pair.after, day))
    world = open_world(given.data)
    layout = find_layout(world.name)
    schedule, flows = Schedule(), Flows()
    duties = sector_duties(schedule, flows, sides, layout, given.known_on, {})
    found = of_register(world, layout, duties, sides, schedule, flows, Options(draws=0))
    parties = [name for by in PARTIES for name in layout.country_of((by,))]
    return compare_equilibrium(pair, found, parties, CLOSELY)


def _write(rows: list[dict[str, Any]], target: Path) -> None:
    """The rows as a table, written beside their place and renamed."""
    from detente.core.tables.writing import table_file
    from detente.store.whole import write_whole

    cells = ([_cell(row[column]) for column in COLUMNS] for row in rows)
    write_whole(target, table_file(target, COLUMNS, cells))


def _cell(value: object) -> str | None:
    return None if value is None else str(value).strip()
