"""``detente registry``: a synthetic company registry, to try questions of ownership on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.cli.options import parser
from detente.cli.shell import load_register
from detente.core.figures import counted
from detente.core.tables.writing import csv_writer

EXAMPLES = """  detente registry synth --entities 100000 --seed 1 -o registry
  detente owners registry/holdings.csv --seeds registry/seeds.csv --on 2025-11-09

The draw is calibrated to a published estimate of how many parties are named and how many
companies they reach: both are inputs of the draw, and no finding of it."""


def run(words: list[str]) -> int:
    """Draw a registry and write its three files."""
    command = parser("registry", "A synthetic company registry.", EXAMPLES)
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    synth = verbs.add_parser("synth", help="draw companies, holdings and listed parties")
    synth.add_argument("--entities", type=int, required=True, metavar="N", help="companies")
    synth.add_argument("--seed", type=int, default=0, metavar="S", help="the same draws the same")
    synth.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    options = command.parse_args(words)

    from detente.parties.ownership.regimes import regime
    from detente.parties.ownership.synth import calibration, draw

    register = load_register(None)
    aim = calibration(register.measure(regime(register, "bis").measure))
    drawn = draw(options.entities, options.seed, aim)
    options.output.mkdir(parents=True, exist_ok=True)
    _write(options.output / "entities.csv", ("id", "name", "country"), drawn.entities)
    _write(options.output / "holdings.csv", ("owner", "owned", "share", "source"), drawn.holdings)
    _write(options.output / "seeds.csv", ("id", "list"), drawn.seeds)
    source = register.citation(aim.source)
    companies = counted(len(drawn.entities), "company", "companies")
    print(
        f"Wrote {options.output}: {companies}, {counted(len(drawn.holdings), 'holding')}, "
        f"{len(drawn.seeds)} listed parties.\nThe draw puts {drawn.reached} companies below them "
        f"by half or more. Calibrated to {aim.named} named and {aim.reached} reached ({source}): "
        "inputs of the draw, and no finding."
    )
    return 0


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file)
        writer.writerow(header)
        writer.writerows(rows)
