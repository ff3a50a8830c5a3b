"""The agreement of a release with its peers, as a section of ``docs/agreement.md``.

The section of the release at hand is written anew, and those of other releases stay as they were
published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from detente import __version__
from detente.cli.duties.show_agree import WORDS
from detente.core.clock import long_day
from detente.core.figures import percent
from detente.register.book import Register

PAGE = Path(__file__).resolve().parents[2] / "docs" / "agreement.md"
HEAD = """\
# Agreement by release

Nobody has to believe us. For each release our rates were worked out for every line and origin
that an independent encoding has, and held against it: how many are equal, why each other one
differs, and how many have no cause that was found. The causes are read again when a count changes;
`make check` fails where a rate has none. To do the same with a file of yours, see
[Compare rates with ours](guides/agreement.md). Made by `python -m benchmarks.agreement --page`.
"""
DECIMALS = 3


def section(found: Iterable[dict[str, Any]]) -> str:
    """The section of this release, from the answers about its peers."""
    register = Register.built_in()
    through = register.areas["us/tariff"].reviewed_through
    parts = [
        f"## {__version__}",
        f"Duties of the United States, read through {long_day(through)}; register "
        f"`{register.sha256[:12]}`.",
    ]
    for answer in found:
        parts += _of_peer(answer)
    return "\n\n".join(parts) + "\n"


def _of_peer(answer: dict[str, Any]) -> Iterator[str]:
    totals = answer["totals"]
    yield f"### {Path(answer['peer']).stem}"
    yield (
        f"{totals['lines']:,} lines and origins, {totals['cells']:,} rates: "
        f"{percent(totals['agreement'], DECIMALS)} equal, "
        f"{percent(totals['agreement_with_causes'], DECIMALS)} equal or explained, "
        f"{totals['unexplained']:,} unexplained."
    )
    families: dict[str, list[int]] = {}
    for row in answer["rows"]:
        sums = families.setdefault(row["family"], [0, 0, 0, 0])
        for place, name in enumerate(("cells", "equal", "explained", "unexplained")):
            sums[place] += row[name]
    lines = ["| family | rates | equal | explained | unexplained |", "|---|--:|--:|--:|--:|"]
    lines += [
        f"| {name} | {' | '.join(f'{count:,}' for count in sums)} |"
        for name, sums in families.items()
    ]
    yield "\n".join(lines)
    yield "\n".join(["| cause | rates | who is right |", "|---|--:|---|", *_causes(answer)])


def _causes(answer: dict[str, Any]) -> Iterator[str]:
    for cause in answer["causes"]:
        count = sum(cause["cells"].values())
        if count:
            why = " ".join(cause["why"].split()).replace("|", "/")
            yield f"| {cause['title']}. {why} | {count:,} | {WORDS[cause['right']]} |"


def with_section(page: str, made: str) -> str:
    """A page with the section of a release in its place, the newest release first."""
    release = made.partition("\n")[0]
    others = re.findall(r"(?ms)^## .*?(?=^## |\Z)", page)
    kept = [each.rstrip() for each in others if each.partition("\n")[0] != release]
    return "\n\n".join([HEAD.rstrip(), made.rstrip(), *kept]) + "\n"


def write(found: Iterable[dict[str, Any]]) -> None:
    """Write the section of this release into the page."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else HEAD
    PAGE.write_text(with_section(page, section(found)), encoding="utf-8")
