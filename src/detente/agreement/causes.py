"""Causes of disagreement that someone has decided: which cells each explains, and who is right.

A cause is a pattern over cells, in YAML; the first that fits a cell explains it. The words of a
pattern are few, so that a cause stays something a reader can check against the text it cites.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.agreement.beside import (
    FAMILY_OF,
    LAYERS,
    OURS,
    REASON,
    ROW,
    THEIRS,
)
from detente.agreement.peer import CODE, MILLION, ON, ORIGIN
from detente.core.clock import last_minute_of
from detente.register.lists import membership, prefixes

if TYPE_CHECKING:
    import polars

    from detente.register.book import Register
    from detente.register.load.yaml_reader import YamlNode
    from detente.register.model import Member

CAUSE = "cause"
RIGHT = ("ours", "theirs", "neither", "question")
"""Who is right: our rate, the other's, neither, or either by a fact that the two suppose apart."""

REQUIRED = ("id", "right", "families", "title", "why", "sources")
PATTERN = (
    "origins", "except_origins", "codes", "lists", "from", "until", "theirs", "ours", "share",
    "follows", "measures", "asks", "our_rate",
)  # fmt: skip
OURS_UNKNOWN = "unknown"
"""What ``ours`` says of a cell in which we have no rate."""


SIDES = {"lower": operator.lt, "higher": operator.gt}
"""Words for our rate beside the other's."""


class Cause(NamedTuple):
    """One decided cause.

    Attributes:
        id: its name.
        right: one of ``RIGHT``.
        families: the families of duties whose cells it explains.
        title: what differs, in a line.
        why: the decision, with its reason.
        sources: where the text that decides is found.
        pattern: which cells, by the words of ``PATTERN``.
    """

    id: str
    right: str
    families: tuple[str, ...]
    title: str
    why: str
    sources: tuple[str, ...]
    pattern: Mapping[str, tuple[str, ...]]


def read_causes(path: Path) -> list[Cause]:
    """The causes of a file.

    Raises:
        ValueError: a fault, with the file, the line and what to do.
    """
    from detente.register.load.yaml_reader import RegisterError, read_yaml

    try:
        causes = [_cause(item) for item in read_yaml(path).items()]
    except RegisterError as error:
        raise ValueError(str(error)) from None
    names = [cause.id for cause in causes]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"{path}: the cause {' and '.join(doubled)} stands twice: rename one")
    return causes


def _cause(item: YamlNode) -> Cause:
    parts = item.mapping((*REQUIRED, *PATTERN), REQUIRED)
    pattern = {
        key: tuple(each.raw.strip() for each in parts[key].one_or_many())
        for key in PATTERN
        if key in parts
    }
    return Cause(
        parts["id"].text(),
        parts["right"].word(RIGHT),
        tuple(each.raw.strip() for each in parts["families"].one_or_many()),
        parts["title"].text(),
        parts["why"].text(),
        tuple(each.text() for each in parts["sources"].one_or_many()),
        pattern,
    )


def explained(
    register: Register, unequal: polars.DataFrame, causes: Iterable[Cause]
) -> polars.DataFrame:
    """Unequal cells with a column `cause`: the first that fits, null where none does.

    Raises:
        ValueError: a cause names a list, a fact or a family that there is not.
    """
    import polars

    causes = list(causes)
    for cause in causes:
        _check(register, cause)
    chosen = polars.lit(None, dtype=polars.String)
    frame = _with_memberships(register, unequal, causes)
    # From the last, each laid over those after it: so the first cause that fits decides.
    for cause in reversed(causes):
        chosen = (
            polars.when(_fits(register, cause, unequal))
            .then(polars.lit(cause.id))
            .otherwise(chosen)
        )
    return frame.with_columns(chosen.alias(CAUSE)).select(*unequal.columns, CAUSE)


def _check(register: Register, cause: Cause) -> None:
    known: dict[str, Container[str]] = {
        "lists": register.lists,
        "asks": register.facts,
        "measures": register.names(),
        "follows": register.families,
        "our_rate": SIDES,
        "origins": register.countries,
        "except_origins": register.countries,
    }
    for key, names in known.items():
        for word in cause.pattern.get(key, ()):
            if word not in names:
                raise ValueError(f"the cause {cause.id} names {key} {word!r}, which is not there")


def _with_memberships(
    register: Register, unequal: polars.DataFrame, causes: Iterable[Cause]
) -> polars.DataFrame:
    """The cells with a column of truths for each list that a cause names."""
    import polars

    wanted = sorted({name for cause in causes for name in cause.pattern.get("lists", ())})
    if not wanted:
        return unequal
    named: dict[tuple[str, str], list[Member]] = {}
    for member in register.all_members():
        if member.list in wanted:
            named.setdefault((member.list, member.code), []).append(member)
    pairs = unequal.select(CODE, ON).unique()
    rows = [
        tuple(_listed(named, name, code, last_minute_of(day)) for name in wanted)
        for code, day in pairs.iter_rows()
    ]
    columns = {_list(name): polars.Boolean for name in wanted}
    held = polars.DataFrame(rows, schema=columns, orient="row")
    pairs = polars.concat([pairs, held], how="horizontal")
    return unequal.join(pairs, on=[CODE, ON], how="left", maintain_order="left")


def _listed(
    named: Mapping[tuple[str, str], list[Member]], name: str, code: str, minute: int
) -> bool:
    """Whether a list holds a code at a minute; a membership that is not known counts."""
    rows = [row for each in prefixes(code) for row in named.get((name, each), ())]
    return bool(rows) and membership(rows, minute).listed is not False


def _list(name: str) -> str:
    return f"in {name}"


def _fits(register: Register, cause: Cause, unequal: polars.DataFrame) -> polars.Expr:
    """Whether a cell is one of those that a cause explains."""
    import polars

    tests = [polars.col(FAMILY_OF).is_in(cause.families)]
    make: dict[str, Callable[[tuple[str, ...]], polars.Expr]] = {
        "origins": lambda words: polars.col(ORIGIN).is_in(words),
        "except_origins": lambda words: ~polars.col(ORIGIN).is_in(words),
        "codes": lambda words: _any(polars.col(CODE).str.starts_with(_digits(w)) for w in words),
        "lists": lambda words: _any(polars.col(_list(word)) for word in words),
        "from": lambda words: polars.col(ON) >= words[0],
        "until": lambda words: polars.col(ON) < words[0],
        "theirs": lambda words: _any(_is(polars.col(THEIRS), word) for word in words),
        "ours": lambda words: _any(_is(polars.col(OURS), word) for word in words),
        "share": lambda words: _any(_shares(word) for word in words),
        "follows": lambda words: polars.col(ROW).is_in(
            unequal.filter(polars.col(FAMILY_OF).is_in(words))[ROW].implode()
        ),
        "measures": lambda words: _any(_says(LAYERS, f'"{word}"') for word in words),
        "our_rate": lambda words: _any(
            SIDES[word](polars.col(OURS), polars.col(THEIRS)) for word in words
        ),
        "asks": lambda words: _any(_says(REASON, register.facts[word].ask) for word in words),
    }
    tests += [make[key](words) for key, words in cause.pattern.items()]
    found = tests[0]
    for test in tests[1:]:
        found = found & test
    # Where a test cannot tell, as without a rate of ours, the cause does not explain the cell.
    return found.fill_null(False)


def _any(tests: Iterable[polars.Expr]) -> polars.Expr:
    import polars

    return polars.any_horizontal(list(tests))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


NEAR = 60
"""Millionths by which a rate named in a cause may differ: four digits are printed by most."""


def _is(rate: polars.Expr, word: str) -> polars.Expr:
    """Whether a rate is the one that a word names: "0.25", "above 0.25", or unknown."""
    if word == OURS_UNKNOWN:
        return rate.is_null()
    if word.startswith(("above ", "below ")):
        bound = round(Fraction(word.split()[1]) * MILLION)
        return rate > bound + NEAR if word.startswith("above") else rate < bound - NEAR
    return (rate - round(Fraction(word) * MILLION)).abs() <= NEAR


def _shares(word: str) -> polars.Expr:
    """Whether the other's rate is a share of ours: a number, or any share below one."""
    import polars

    if word == "below 1":
        return (polars.col(THEIRS) < polars.col(OURS)) & (polars.col(THEIRS) > 0)
    share = float(Fraction(word))
    return (polars.col(OURS) * share - polars.col(THEIRS)).abs() <= NEAR


def _says(column: str, words: str) -> polars.Expr:
    import polars

    return polars.col(column).cast(polars.String).str.contains(words, literal=True)
