"""Units of quantity that duty rates are charged by, and exact conversion between them.

Reach for this when a rate says "per kilogram" and an entry says "tonnes". A unit is a base unit
with an optional qualifier, written `kg (lead content)`: the qualifier says *which* kilograms, and
no arithmetic turns one qualifier into another. Only conversions that are exact by definition
exist; a pair is not two articles here, because a schedule may already count pairs as articles.
"""

from __future__ import annotations

from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from detente._exact import Fraction


class UnitError(ValueError):
    """A unit that is not known, or two units that no exact conversion joins."""


class RateUnit(NamedTuple):
    """A base unit and the qualifier that says what is measured ("" where nothing narrows it)."""

    base: str
    qualifier: str = ""

    @property
    def name(self) -> str:
        """The one spelling of this unit: `kg`, `clean kg`, `kg (lead content)`."""
        if self.qualifier == "clean":
            return f"clean {self.base}"
        return f"{self.base} ({self.qualifier})" if self.qualifier else self.base


# base unit: what it measures, and its size in that dimension's first unit as numerator, denominator
_UNITS: dict[str, tuple[str, int, int]] = {
    "kg": ("mass", 1, 1),
    "g": ("mass", 1, 1_000),
    "t": ("mass", 1_000, 1),
    "carat": ("mass", 1, 5_000),
    "lb": ("mass", 45_359_237, 100_000_000),
    "No.": ("number", 1, 1),
    "doz.": ("number", 12, 1),
    "hundred": ("number", 100, 1),
    "gross": ("number", 144, 1),
    "thousand": ("number", 1_000, 1),
    "pair": ("pairs", 1, 1),
    "doz. pairs": ("pairs", 12, 1),
    "piece": ("pieces", 1, 1),
    "doz. pieces": ("pieces", 12, 1),
    "liter": ("volume", 1, 1),
    "hl": ("volume", 100, 1),
    "m3": ("volume", 1_000, 1),
    "thousand m3": ("volume", 1_000_000, 1),
    "gal": ("volume", 3_785_411_784, 1_000_000_000),
    "bbl": ("volume", 158_987_294_928, 1_000_000_000),
    "proof liter": ("alcohol", 1, 1),
    "proof gal": ("alcohol", 3_785_411_784, 1_000_000_000),
    "m": ("length", 1, 1),
    "cm": ("length", 1, 100),
    "thousand m": ("length", 1_000, 1),
    "m2": ("area", 1, 1),
    "cm2": ("area", 1, 10_000),
    "square": ("area", 9_290_304, 1_000_000),
    "W": ("power", 1, 1),
    "kW": ("power", 1_000, 1),
    "MWh": ("energy", 1, 1),
    "pack": ("packs", 1, 1),
    "jewel": ("jewels", 1, 1),
    "gross line": ("lines", 1, 1),
    "other piece or part": ("other pieces", 1, 1),
    "plate or set of plates": ("plates", 1, 1),
    "degree": ("polarization", 1, 1),
}

_ALIASES: dict[str, str] = {
    "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "gram": "g", "grams": "g",
    "ton": "t", "tonne": "t", "tonnes": "t", "metric ton": "t", "carats": "carat",
    "no": "No.", "no.": "No.", "number": "No.", "each": "No.", "article": "No.", "head": "No.",
    "doz": "doz.", "dozen": "doz.", "hundreds": "hundred", "1000": "thousand",
    "1,000": "thousand", "thousands": "thousand", "thou- sand": "thousand",
    "pr": "pair", "pr.": "pair", "prs": "pair", "prs.": "pair", "pairs": "pair",
    "doz. prs.": "doz. pairs", "doz.prs.": "doz. pairs",
    "pcs": "piece", "pcs.": "piece", "pieces": "piece", "dz pcs": "doz. pieces",
    "liters": "liter", "litre": "liter", "litres": "liter", "l": "liter",
    "m³": "m3", "thousand m³": "thousand m3", "barrel": "bbl", "barrels": "bbl",
    "pf. liter": "proof liter", "pf.liter": "proof liter", "pf.liters": "proof liter",
    "pf. liters": "proof liter", "proof liters": "proof liter",
    "pf. gal": "proof gal", "proof gallon": "proof gal",
    "lin. m": "m", "meter": "m", "meters": "m", "m²": "m2", "cm²": "cm2",
    "w": "W", "watt": "W", "kw": "kW", "mwh": "MWh", "packs": "pack",
    "jewels": "jewel", "jwls.": "jewel",
    "line/gross": "gross line", "line/ gross": "gross line", "gr.lines": "gross line",
    "gross lines": "gross line", "degrees": "degree",
    "plates or sets of plates": "plate or set of plates",
    "each other piece or part": "other piece or part",
}  # fmt: skip

# The schedule's column of statistical units writes contents by symbol: "Pb kg", "cy kg".
_CONTENTS: dict[str, str] = {
    "Pb": "lead content", "Cu": "copper content", "Zn": "zinc content", "W": "tungsten content",
    "Mo": "molybdenum content", "Mn": "manganese content", "Mg": "magnesium content",
    "Si": "silicon content", "cy": "clean",
}  # fmt: skip
_WHOLE_UNITS: dict[str, str] = {
    "kg ttl sug": "kg (total sugars)",
    "kg amc": "kg (anhydrous morphine content)",
}

# What the schedule misprints or shortens, and what it writes for the same goods elsewhere.
_MISPRINTS: dict[str, str] = {
    "drained weght": "drained weight",
    "molybde num content": "molybdenum content",
    "tungsten": "tungsten content",
    "weight of container": "including weight of container",
}
_NO_QUALIFIER_WORDS = frozenset(["but", "less", "plus", "not", "minus", "than", "value", "cost"])


def _base(text: str) -> str | None:
    if text in _UNITS:
        return text
    lowered = text.lower()
    return lowered if lowered in _UNITS else _ALIASES.get(lowered)


def _qualified(text: str) -> tuple[str, str]:
    """The base and the qualifier of "kg on lead content", "t, including …", "kg (clean)"."""
    if text.endswith(")") and " (" in text:
        base, _, qualifier = text[:-1].partition(" (")
        return base, qualifier
    if text.startswith("clean "):
        return text[6:], "clean"
    symbol, _, base = text.partition(" ")
    # "W" alone was read as watt before; in front of a unit it is tungsten.
    if symbol in _CONTENTS:
        return base, _CONTENTS[symbol]
    for mark in (", including ", " including ", " on ", " of "):
        base, found, qualifier = text.partition(mark)
        if found:
            return base, f"including {qualifier}" if "including" in mark else qualifier
    for word in ("jewel over", "1,000 pins", "thousand pins"):
        if text.startswith(word):
            base, _, qualifier = text.partition(" ")
            return base, qualifier
    if text.startswith("m2of "):
        return "m2", text[5:]
    return text, ""


@lru_cache(maxsize=1024)
def read_unit(text: str) -> RateUnit:
    """The unit that a text names.

    Args:
        text: a unit as a rate, a schedule's column of units or an entry writes it.

    Raises:
        UnitError: if the base unit is not known or the qualifier is not a qualifier.
    """
    text = " ".join(text.split())
    text = _WHOLE_UNITS.get(text, text)
    whole = _base(text)
    if whole is not None:
        return RateUnit(whole)
    base_text, qualifier = _qualified(text)
    base = _base(base_text.strip())
    if base is None:
        raise UnitError(f"unit {text!r} is not known: write it as the schedule does, such as kg")
    qualifier = qualifier.strip().removeprefix("the ")
    qualifier = _MISPRINTS.get(qualifier, qualifier)
    words = qualifier.replace(",", " ").split()
    if not words or not _NO_QUALIFIER_WORDS.isdisjoint(words) or not _plain(words):
        raise UnitError(f"unit {text!r}: {qualifier!r} does not say what is measured")
    if base == "proof liter" and qualifier == "ethyl alcohol content":
        # A proof liter is a measure of ethyl alcohol: the words narrow nothing.
        return RateUnit(base)
    return RateUnit(base, qualifier)


def known_units() -> list[str]:
    """Every unit as rates write it, and the other words for them."""
    return [*_UNITS, *_ALIASES]


def _plain(words: list[str]) -> bool:
    return words[0].isalpha() and all(word.replace("-", "").isalnum() for word in words)


def exact(number: int | str | Decimal | Fraction) -> Fraction:
    """A number as an exact fraction.

    Raises:
        TypeError: for a float, which has already lost what exactness needs.
        ValueError: for a text that is not a number, or too long for one.
    """
    from detente import _numbers
    from detente._exact import Fraction

    if isinstance(number, float | bool):
        raise TypeError(
            f"{number!r} is a {type(number).__name__}: "
            "give an integer, a Decimal, a Fraction or a text, which are exact"
        )
    return _numbers.exact(number) if isinstance(number, str) else Fraction(number)


def convert(amount: int | str | Decimal | Fraction, unit: str, to_unit: str) -> Fraction:
    """An amount of one unit in another, exactly: 2 t in kg is 2000.

    Raises:
        UnitError: if a unit is not known or no exact conversion joins the two.
    """
    have, want = read_unit(unit), read_unit(to_unit)
    measures, up, down = _UNITS[have.base]
    to_measures, to_up, to_down = _UNITS[want.base]
    if measures != to_measures or have.qualifier != want.qualifier:
        raise UnitError(
            f"{have.name} cannot be turned into {want.name} exactly: "
            f"give the quantity in {want.name}"
        )
    return exact(amount) * (up * to_down) / (down * to_up)


def find_quantity(
    quantities: Mapping[str, int | str | Decimal | Fraction], unit: str
) -> Fraction | None:
    """The quantity of a unit among those given, converted where exact; None if none converts.

    Units that this module does not know are passed over: an entry reports many that no rate uses.

    Raises:
        UnitError: if two of the given quantities say different amounts of the unit.
        ValueError: if the quantity is negative.
    """
    found: dict[str, Fraction] = {}
    for name, amount in quantities.items():
        try:
            found[name] = convert(amount, name, unit)
        except UnitError:
            continue
    if len(set(found.values())) > 1:
        stated = ", ".join(f"{quantities[name]} {name}" for name in found)
        raise UnitError(
            f"the quantities {stated} disagree on the amount in {unit}: give one of them"
        )
    for name, amount in found.items():
        if amount < 0:
            raise ValueError(f"quantity {quantities[name]} {name} is negative")
        return amount
    return None
