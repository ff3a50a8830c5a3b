"""``detente supply``: a critical mineral, stage by stage."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import load_register, parser, today

if TYPE_CHECKING:
    import argparse
    from fractions import Fraction

EXAMPLES = """  detente supply
  detente supply dysprosium
  detente supply rare-earths --stage mine --cut China,MM --year 2025
  detente supply neodymium-praseodymium --stage magnet --need 12000 --delay 1 --success 60%
  detente supply dysprosium --stage separation --within 24 --need 100 --on 2025-11-02
  detente supply rare-earths --chart shares.svg
  detente supply gallium -o gallium.csv"""


def run(words: list[str]) -> int:
    """Print what is known of a mineral, or the minerals that there are."""
    options = parser("supply", "Who makes what part of a mineral, and what is left.", EXAMPLES)
    options.add_argument("mineral", nargs="?", metavar="MINERAL", help="none: list them")
    options.add_argument("--stage", default="", metavar="STAGE", help="one stage alone")
    options.add_argument(
        "--cut", default="CN", metavar="CC,…", help="without these countries together (CN)"
    )
    options.add_argument("--year", default="", metavar="YEAR", help="figures of one year alone")
    options.add_argument("--need", metavar="N", help="a quantity a year, in the unit of the stage")
    options.add_argument("--delay", type=int, default=0, metavar="YEARS", help="of new projects")
    options.add_argument("--success", default="1", metavar="SHARE", help="of new projects, 60%%")
    options.add_argument("--within", type=int, metavar="MONTHS", help="test: covered by then?")
    options.add_argument("--on", metavar="DAY", help="count from this day (default: today)")
    options.add_argument("--chart", metavar="FILE", help="draw shares: .svg, .png, .json, .csv")
    options.add_argument(
        "-o", "--out", metavar="FILE", help="write the figures: .csv, .xlsx, .parquet"
    )
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)

    from detente.cli.what_if.show_supply import show_minerals, show_supply
    from detente.supply.tables import Minerals

    tables = Minerals()
    if given.mineral is None:
        listed = {
            "minerals": [
                {
                    "mineral": each.key,
                    "name": each.name,
                    "name_zh": each.name_zh,
                    "within": each.within or None,
                    "stages": [stage.key for stage in tables.stages[each.key]],
                }
                for each in tables.minerals.values()
            ]
        }
        reply(listed, given.json, show_minerals)
        return 0
    answer = _answer(given, tables)
    reply(answer, given.json, show_supply)
    return 0


def _answer(given: argparse.Namespace, tables: object) -> dict[str, object]:
    from pathlib import Path

    from detente.core.clock import day_text, named_day
    from detente.supply.answer import SupplyQuestion, answer_supply
    from detente.supply.tables import Minerals

    assert isinstance(tables, Minerals)
    target = Path(given.chart) if given.chart else None
    if target is not None:
        from detente.chart.picture import check_target

        check_target(target)
    asked = SupplyQuestion(
        mineral=given.mineral,
        on=day_text(named_day(given.on or today(), "--on")),
        stage=given.stage,
        cut=given.cut,
        year=given.year,
        need=None if given.need is None else _quantity(given.need),
        delay=given.delay,
        success=_part(given.success),
        within=_months(given.within),
    )
    answer = answer_supply(load_register(None), tables, asked)
    if given.out:
        from detente.supply.file import write_figures

        write_figures(answer, Path(given.out))
    if target is not None:
        from detente.chart.picture import write_picture
        from detente.chart.supply import supply_chart

        write_picture(supply_chart(answer), target)
    return answer


def _quantity(text: str) -> Fraction:
    from detente._numbers import exact

    try:
        need = exact(text)
    except ValueError:
        raise ValueError(f"--need {text!r} is no quantity: write a number such as 1200") from None
    if need < 0:
        raise ValueError("--need must not be negative")
    return need


def _part(text: str) -> Fraction:
    from detente._numbers import exact

    try:
        return exact(text[:-1]) / 100 if text.endswith("%") else exact(text)
    except ValueError:
        raise ValueError(f"--success {text!r} is no part: write 0.6 or 60%") from None


def _months(months: int | None) -> int | None:
    if months is not None and months < 0:
        raise ValueError("--within takes months from 0 on")
    return months
