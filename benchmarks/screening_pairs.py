"""How well two names are told to be one company's, on labelled pairs.

    python -m benchmarks.screening_pairs

The pairs (`tests/parties/pairs.tsv`) are names of listed companies in two languages or two forms,
and of different companies that look alike. They were split before anything was chosen: thresholds
and tables were looked at with the half `tune` alone, and `held` is only counted. The two names are
compared by themselves: that a listed entry carries a Chinese name of ours does not help here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from detente.parties.names.comparing import compare
from detente.parties.names.names import is_han
from detente.parties.screening.screening import THRESHOLD, Lists
from detente.parties.screening.store import open_built_in, read_tables

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "parties" / "pairs.tsv"


class Pair(NamedTuple):
    """Two names, whether they are one company's, and the score of comparing them."""

    one: str
    other: str
    same: bool
    score: float


def labelled(half: str) -> list[Pair]:
    """The pairs of a half, each with its score."""
    kept = open_built_in()
    lists = Lists(
        kept, read_tables(kept), dict(kept.execute("SELECT spelling, pinyin FROM cantonese"))
    )
    found = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:]:
        one, other, same, where = line.split("\t")
        if where == half:
            left, right = ([form for form, _ in lists.forms(name)] for name in (one, other))
            score = max(compare(a, b, lists.weight)[0] for a in left for b in right)
            found.append(Pair(one, other, same == "1", score))
    return found


def shares(pairs: list[Pair]) -> tuple[float, float, float]:
    """Precision, recall and share of different companies that alert, at the default threshold."""
    alerts = [pair for pair in pairs if pair.score >= THRESHOLD]
    right = sum(pair.same for pair in alerts)
    different = sum(not pair.same for pair in pairs)
    return (
        right / max(len(alerts), 1),
        right / max(sum(pair.same for pair in pairs), 1),
        (len(alerts) - right) / max(different, 1),
    )


def script(pair: Pair) -> str:
    """The scripts of the two names."""
    chinese = sum(any(map(is_han, name)) for name in (pair.one, pair.other))
    return ("Latin and Latin", "Chinese and Latin", "Chinese and Chinese")[chinese]


def main() -> int:
    """Print both halves, whole and by script."""
    for half in ("tune", "held"):
        pairs = labelled(half)
        for what in ("all", *sorted({script(pair) for pair in pairs})):
            some = [pair for pair in pairs if what in ("all", script(pair))]
            precision, recall, alerts = shares(some)
            same = sum(pair.same for pair in some)
            print(
                f"{half}  {what:<20} {same:>3} same, {len(some) - same:>3} different: "
                f"precision {precision:.3f}, recall {recall:.3f}, alerts on different {alerts:.3f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
