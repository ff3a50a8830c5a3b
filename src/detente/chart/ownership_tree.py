"""The tree of an ownership answer as SVG: listed parties on the left, what they reach to the right.

Written without a library: boxes in columns by tier, lines with the share on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from xml.sax.saxutils import escape

from detente._shapes import TYPE_CHECKING
from detente.core.figures import percent
from detente.parties.ownership.graph import OF_KIND

if TYPE_CHECKING:
    from detente.answers.owners import OwnedCompany, Owners, Step

BOX, LINE, COLUMN, MARGIN, HEAD = 150, 44, 290, 16, 64
ARRIVAL = 15
"""Height of the line of one owner among several that arrive at a box."""
FITS = 22
"""Signs of a name that fit into a box."""
MOST = 120
"""Companies that are drawn; more would be no picture."""
FILLS = {"listed": "#D55E00", "covered": "#0072B2", "possible": "#FFFFFF"}
STROKES = {"listed": "#D55E00", "covered": "#0072B2", "possible": "#0072B2"}


def ownership_tree(answer: Owners) -> str:
    """An SVG of the companies of an answer and the holdings on the paths to them.

    Args:
        answer: what ``detente owners --json`` prints.
    """
    rows = [*answer["covered"], *answer["possibly_covered"]]
    shown = sorted(rows, key=lambda row: (row["tier"], row["id"]))[:MOST]
    steps = _steps(shown)
    column = _columns(steps, shown)
    standing = {row["id"]: "covered" for row in answer["covered"]}
    standing.update({row["id"]: "possible" for row in answer["possibly_covered"]})
    names = {row["id"]: row["name"] for row in rows}
    arriving: dict[str, list[Step]] = {}
    for step in sorted(steps.values(), key=lambda step: (column[step["owner"]], step["owner"])):
        arriving.setdefault(step["owned"], []).append(step)
    place = _places(column, arriving)
    height = max((y for _, y in place.values()), default=HEAD) + LINE + ARRIVAL * 2 + MARGIN
    width = 2 * MARGIN + COLUMN * max(column.values(), default=0) + BOX
    title = f"{answer['regime']} on {answer['on']}: who is covered through owners"
    more = f"; {len(rows) - MOST} more are not drawn" if len(rows) > MOST else ""
    covered, perhaps = (f"{len(answer[each])}" for each in ("covered", "possibly_covered"))
    counts = f"{covered} covered, {perhaps} possibly covered"
    if answer["in_force"] is False:
        counts = f"not in force; {covered} would be covered, and perhaps {perhaps} more"
    described = f"{counts}{more}. Threshold {_percent(answer['threshold'])}."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{max(width, 560)}" '
        f'height="{height}" viewBox="0 0 {max(width, 560)} {height}" font-family="sans-serif">',
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>",
        '<rect width="100%" height="100%" fill="white"/>',
        _text(MARGIN, 24, title, "#000000", 15),
        _text(MARGIN, 44, described, "#444444", 12),
        *(
            _edge(step, number, place)
            for group in arriving.values()
            for number, step in enumerate(group)
        ),
        *(
            _box(
                each,
                names.get(each, ""),
                standing.get(each, "listed"),
                at,
                len(arriving.get(each, ())),
            )
            for each, at in place.items()
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _steps(rows: Iterable[OwnedCompany]) -> dict[tuple[str, str], Step]:
    """Holdings on the paths, each once."""
    return {
        (step["owner"], step["owned"]): step
        for row in rows
        for way in row["holdings"]
        for step in way
    }


def _columns(steps: dict[tuple[str, str], Step], rows: list[OwnedCompany]) -> dict[str, int]:
    """The column of each box: its tier, and 0 for those that began."""
    column = {row["id"]: int(row["tier"]) for row in rows}
    for owner, owned in steps:
        column.setdefault(owner, 0)
        column.setdefault(owned, column[owner] + 1)
    return column


def _places(column: dict[str, int], arriving: dict[str, list[Step]]) -> dict[str, tuple[int, int]]:
    """The upper left corner of each box; several owners that arrive at one need more room."""
    filled: dict[int, int] = {}
    place = {}
    for each in sorted(column, key=lambda each: (column[each], each)):
        y = filled.get(column[each], HEAD)
        place[each] = (MARGIN + column[each] * COLUMN, y)
        filled[column[each]] = y + LINE + ARRIVAL * max(0, len(arriving.get(each, ())) - 1)
    return place


def _box(each: str, name: str, standing: str, at: tuple[int, int], arriving: int) -> str:
    """A company; as high as the lines that arrive at it need."""
    high = 15 + ARRIVAL * max(1, arriving)
    x, y = at
    ink = "#000000" if standing == "possible" else "#FFFFFF"
    dash = ' stroke-dasharray="4 3"' if standing == "possible" else ""
    label = name or each
    short = label if len(label) <= FITS else each if len(each) <= FITS else f"{each[: FITS - 1]}…"
    return (
        f"<g><title>{escape(f'{each} {name}'.strip())}: {standing}</title>"
        f'<rect x="{x}" y="{y}" width="{BOX}" height="{high}" rx="4" fill="{FILLS[standing]}" '
        f'stroke="{STROKES[standing]}"{dash}/>{_text(x + 8, y + 19, short, ink, 12)}</g>'
    )


def _edge(step: Step, number: int, place: dict[str, tuple[int, int]]) -> str:
    """The line of a holding, with its share; past a tier it is dashed and names its owner."""
    x1, y1 = place[step["owner"]]
    x2, y2 = place[step["owned"]]
    share = step["share"]
    word = "?" if share == "unknown" else _percent(share)
    if step["share_to"] and share != "unknown":
        word += f"–{_percent(step['share_to'])}"
    word += OF_KIND[step["kind"]].removeprefix(" of the")
    far = x2 - x1 > COLUMN
    if far:
        word += f" {step['owner'][:12]}"
    dash = ' stroke-dasharray="5 3"' if far else ""
    x1, y1, y2 = x1 + BOX, y1 + 15, y2 + 15 + ARRIVAL * number
    middle = x2 - (COLUMN - BOX) // 2 - 30
    return (
        f'<path d="M{x1} {y1} C{middle} {y1} {middle} {y2} {x2 - 100} {y2} L{x2} {y2}" '
        f'fill="none" stroke="#999999"{dash}/>{_text(x2 - 96, y2 - 3, word, "#000000", 11)}'
    )


def _percent(share: str) -> str:
    return percent(Fraction(share))


def _text(x: int, y: int, words: str, ink: str, size: int) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}">{escape(words)}</text>'
