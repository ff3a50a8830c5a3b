"""Bars across a page: layers, each beginning where the one before it ends, and changes from zero.

Positions are percentages of the width, so that a drawing fits any page and its words stay as large
as the reader set them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, log10

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted, dollars, percent

if TYPE_CHECKING:
    from detente.answers.duty import Duty, Layer
    from detente.chart.bars import BarPicture
    from detente.chart.vega import ChartRow

ROW, TOP, BAR, LABEL, GAP = 50, 4, 18, 12, 7
"""Pixels: a row, space above the first, a bar, from a row's top to its words, and on to its bar."""

TICKS = 5
"""An axis has at most so many distances between its values."""

LOW_ROW, LOW_BAR, MOST = 36, 10, 12
"""Pixels of a row and of its bar, and rows at most, where many are drawn."""


class WaterfallBar(NamedTuple):
    """One bar: its words, its place (`x`, `width` in percent; the rest in pixels), and its kind.

    `joint` is where a line leads down to the next bar; "" at either edge.
    """

    label: str
    figure: str
    x: str
    width: str
    label_y: int
    bar_y: int
    kind: str
    joint: str


class Waterfall(NamedTuple):
    """A drawing, and what a reader who does not see it is told.

    Attributes:
        height: pixels.
        bars: the layers, then the total.
        bar_height: pixels.
        title: what is drawn.
        description: what it shows, in one sentence.
        hatched: whether a part is drawn as refundable.
        note: of what the figures are; "" where the title says it.
        unit: of the axis; "" where the bars have none.
        ticks: places across and values of the axis.
    """

    height: int
    bars: tuple[WaterfallBar, ...]
    bar_height: int
    title: str
    description: str
    hatched: bool
    note: str = ""
    unit: str = ""
    ticks: tuple[tuple[str, str], ...] = ()


def draw(answer: Duty) -> Waterfall | None:
    """The drawing of an answer; None where nothing is charged or a layer has no figure."""
    layers = answer["layers"]
    sizes = _sizes_of(layers)
    whole = sum(sizes)
    if not whole:
        return None
    bars = []
    reached = Fraction(0)
    for number, (layer, size) in enumerate(zip(layers, sizes, strict=True)):
        kind = "base" if layer["family"] == "base" else "added"
        kind = "refundable" if layer["refundable"] else kind
        label = layer["heading"] or ("Column 1" if layer["family"] == "base" else layer["measure"])
        bars.append(_bar(number, label, _figure(layer), reached / whole, size / whole, kind))
        reached += size
    total = answer["total"]
    words = dollars(total["amount"]) if total["amount"] is not None else ""
    figure = "  ".join(filter(None, (_rate(total["ad_valorem"]), words)))
    bars.append(_bar(len(bars), "Total", figure, Fraction(0), Fraction(1), "total"))
    return Waterfall(
        height=TOP + ROW * len(bars) - (ROW - LABEL - GAP - BAR),
        bars=tuple(bars),
        bar_height=BAR,
        title="How the duty adds up",
        description=_description(layers, figure),
        hatched=any(layer["refundable"] for layer in layers),
    )


LAYER_COLUMNS = ("layer", "measure", "kind", "rate", "start", "end", "amount")


def layer_rows(answer: Duty) -> list[ChartRow]:
    """The layers in order, each with the shares between which it lies; null where not known."""
    rows: list[ChartRow] = []
    reached: Fraction | None = Fraction(0)
    for layer in answer["layers"]:
        share = layer["ad_valorem"]
        start = reached
        reached = None if share is None or reached is None else reached + Fraction(share)
        base = "ordinary duty" if layer["family"] == "base" else "additional duty"
        rows.append(
            {
                "layer": layer["heading"] or layer["name"],
                "measure": layer["measure"],
                "kind": "refundable" if layer["refundable"] else base,
                "rate": layer["rate"],
                "start": None if start is None else float(start),
                "end": None if reached is None else float(reached),
                "amount": layer["amount"],
            }
        )
    return rows


def _sizes_of(layers: Sequence[Layer]) -> list[Fraction]:
    """What every layer has, so that bars can be compared: a share of the value, or an amount.

    Empty where neither is known of all of them.
    """
    shares = [layer["ad_valorem"] for layer in layers]
    amounts = [layer["amount"] for layer in layers]
    for texts in (shares, amounts):
        known = [text for text in texts if text is not None]
        if len(known) == len(layers):
            return [Fraction(text) for text in known]
    return []


def _bar(
    number: int, label: str, figure: str, start: Fraction, size: Fraction, kind: str
) -> WaterfallBar:
    top = TOP + ROW * number
    return WaterfallBar(
        label=label,
        figure=figure,
        x=_place(start),
        width=_place(size),
        label_y=top + LABEL,
        bar_y=top + LABEL + GAP,
        kind=kind,
        joint="" if start + size in (0, 1) else _place(start + size),
    )


def change_bars(picture: BarPicture, source: str) -> Waterfall | None:
    """Bars in one scale that has a zero; None where there are none.

    Args:
        picture: what is drawn.
        source: where the figures are from.
    """
    if not picture.bars:
        return None
    reach = sorted((max(abs(bar.start), abs(bar.end)) for bar in picture.bars), reverse=True)
    least = reach[min(len(reach), MOST) - 1]
    # Several may reach just as far as the last that fits.
    shown = [bar for bar in picture.bars if max(abs(bar.start), abs(bar.end)) >= least][:MOST]
    ends = [Fraction(end) for bar in shown for end in (bar.start, bar.end)]
    low, high = min([Fraction(0), *ends]), max([Fraction(0), *ends])
    span = (high - low) or Fraction(1)
    bars = []
    for number, (name, start, end, words) in enumerate(shown):
        first, last = sorted((Fraction(start), Fraction(end)))
        kind = "added" if first + last < 0 else "base"
        bar = _bar(number, name, words, (first - low) / span, (last - first) / span, kind)
        top = TOP + LOW_ROW * number
        bars.append(
            bar._replace(
                joint=_place(-low / span) if low < 0 < high else "",
                label_y=top + LABEL,
                bar_y=top + LABEL + GAP,
            )
        )
    described = "; ".join(f"{bar.name} {bar.words}" for bar in shown)
    rest = len(picture.bars) - len(shown)
    stand = "stands" if rest == 1 else "stand"
    more = f" {counted(rest, 'smaller one')} {stand} in the files." if rest else ""
    return Waterfall(
        height=TOP + LOW_ROW * len(bars),
        bars=tuple(bars),
        bar_height=LOW_BAR,
        title=picture.title,
        description=f"{picture.what}. {described}. {source}",
        hatched=False,
        note=f"{picture.what[:1].upper()}{picture.what[1:]}.{more}",
        unit=picture.unit,
        ticks=tuple(_ticks(low, span)),
    )


def _ticks(low: Fraction, span: Fraction) -> Iterator[tuple[str, str]]:
    """Round values of an axis that begins at ``low``, and their places; zero is one of them."""
    power = Fraction(10) ** floor(log10(span / TICKS))
    step = next(power * size for size in (1, 2, 5, 10) if span / (power * size) <= TICKS)
    digits = max(0, -floor(log10(step)))
    for number in range(ceil(low / step), floor((low + span) / step) + 1):
        words = f"{float(abs(number) * step):,.{digits}f}" if number else "0"
        yield _place((number * step - low) / span), f"{'−' if number < 0 else ''}{words}"


def _place(share: Fraction) -> str:
    return f"{float(share) * 100:.3f}%"


def _figure(layer: Layer) -> str:
    words = dollars(layer["amount"]) if layer["amount"] is not None else ""
    return "  ".join(filter(None, (layer["rate"], words)))


def _rate(text: str | None) -> str:
    return "" if text is None else percent(text)


def _description(layers: Sequence[Layer], figure: str) -> str:
    parts = [f"{layer['name']}, {_figure(layer)}" for layer in layers]
    return f"From left to right: {'; '.join(parts)}. Together {figure}."
