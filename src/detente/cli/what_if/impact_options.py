"""Options of ``detente impact`` that its kinds share, and how they are read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add_reading_option

if TYPE_CHECKING:
    import argparse

    from detente.average.flow_rates import Side


def add_states(options: argparse.ArgumentParser) -> None:
    """Two days, or a scenario: what is compared, by which register."""
    options.add_argument(
        "--from", dest="start", metavar="DAY",
        help="duties before: the law on this day (with a scenario: its own day)",
    )  # fmt: skip
    options.add_argument(
        "--to-date", metavar="DAY",
        help="duties after: on this day (with a scenario: the day of its last change)",
    )  # fmt: skip
    add_reading_option(options)
    options.add_argument("--known-on", metavar="DAY", help="as known at the end of this day")
    options.add_argument("--register", metavar="DIR", help="a register in a folder")


def states(given: argparse.Namespace, scenario: str | None) -> tuple[Side, Side]:
    """The two states that the options name.

    Raises:
        ValueError: they name none, or too many.
    """
    from detente.average.flow_sides import beside_scenario, two_days
    from detente.cli.options import load_register

    register = load_register(given.register, reading=given.reading)
    if scenario is None:
        return two_days(register, given.start, given.to_date)
    changed = load_register(given.register, scenario, given.reading)
    return beside_scenario(register, changed, given.start, given.to_date)


def number(text: str, option: str) -> float:
    """A number given with an option.

    Raises:
        ValueError: it is none.
    """
    import math

    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"{option} {text!r} is no number")
    return found
