"""What holds of every small register: order is nothing, and what is added takes nothing away."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.duty.question import DutyQuestion
from detente.register.book import Register
from tests.small_register import Reckoned, reckon, small_register

NAMES = "abcde"
RATES = ("free: true", 'add: "5%"', 'add: "10%"', 'add: "25%"', 'cap: "15%"')
BASES = ("", ", base: steel", ", base: not_steel")


class Law(NamedTuple):
    """A small register as generated: the provisions of each measure, and rows of who gives way."""

    provisions: tuple[tuple[tuple[str, str, str], ...], ...]
    rows: tuple[str, ...]

    def register(self) -> Register:
        """The law compiled, over the small register."""
        files: dict[str, str | bytes | None] = {"us/tariff/duty.yaml": None}
        files["yields.yaml"] = "".join(self.rows) or "[]\n"
        for name, provisions in zip(NAMES, self.provisions, strict=False):
            files[f"us/tariff/{name}.yaml"] = measure(name, provisions)
        with TemporaryDirectory() as folder:
            return small_register(Path(folder), files)

    def ask(self) -> Reckoned:
        """What an entry of 1,000 dollars with 30% of steel owes over a column 1 rate of 2.5%."""
        asked = DutyQuestion(
            "8507.60.00", "CN", "2025-07-01", value="1000", facts={"steel_value": "30%"}
        )
        return reckon(self.register(), asked)


def measure(name: str, provisions: tuple[tuple[str, str, str], ...]) -> str:
    written = [f"{{id: l{n}{when}{base}}}" for n, (when, base, _) in enumerate(provisions)]
    periods = [
        f"{{provision: l{n}, from: 2025-02-04, {gives}}}"
        for n, (_, _, gives) in enumerate(provisions)
    ]
    return (
        f'id: us-{name}\ntitle: Duty {name}\nby: US\nfamily: "232"\nplaces: china\n'
        f"provisions: [{', '.join(written)}]\nevents:\n"
        f"  - {{announced: 2025-02-01, source: order-1, periods: [{', '.join(periods)}]}}\n"
        "verified: {day: 2026-10-10, grade: primary}\n"
    )


LIMB = st.tuples(
    st.sampled_from(["", ", when: {use: {is: military}}"]),
    st.sampled_from(BASES),
    st.sampled_from(RATES),
)
LIMBS = st.lists(LIMB, min_size=1, max_size=2).map(tuple)


@st.composite
def laws(draw: st.DrawFn, basis: str | None = None) -> Law:
    """Two to four measures; a measure gives way only to later ones, so never in a circle."""
    provisions = tuple(draw(st.lists(LIMBS, min_size=2, max_size=4)))
    rows = []
    for yielding in range(len(provisions)):
        for prevailing in range(yielding + 1, len(provisions)):
            if draw(st.booleans()):
                continue
            named = f"/[l{len(provisions[prevailing]) - 1}]" if draw(st.booleans()) else ""
            kind = basis or draw(st.sampled_from(["article", "content"]))
            rows.append(
                f'- {{yielding: us-{NAMES[yielding]}, prevailing: "us-{NAMES[prevailing]}{named}", '
                f"basis: {kind}, "
                "announced: 2025-02-01, from: 2025-02-04, source: order-2}\n"
            )
    return Law(provisions, tuple(rows))


def charged(reckoned: Reckoned) -> dict[str, int | None]:
    return {layer.term.measure.id: layer.cents for layer in reckoned.amounts.layers}


# Content is left at most once here: with two contents of the same steel the rest could be negative,
# which is an error of the facts and not of the order.
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_the_rows_changes_no_stack_and_no_total(data: st.DataObject) -> None:
    law = data.draw(laws(basis="article"))
    shuffled = law._replace(rows=tuple(data.draw(st.permutations(law.rows))))
    first, second = law.ask(), shuffled.ask()
    assert charged(first) == charged(second)
    assert first.amounts == second.amounts


@settings(max_examples=40, deadline=None)
@given(laws(basis="article"), LIMBS)
def test_a_measure_that_no_row_names_lowers_no_total(
    law: Law, more: tuple[tuple[str, str, str], ...]
) -> None:
    before, after = law.ask(), law._replace(provisions=(*law.provisions, more)).ask()
    assert before.amounts.share is not None
    assert after.amounts.share is not None
    assert after.amounts.share >= before.amounts.share
    assert charged(before).items() <= charged(after).items()


@settings(max_examples=40, deadline=None)
@given(laws(basis="article"))
def test_who_is_gone_was_displaced_by_one_who_stands(law: Law) -> None:
    reckoned = law.ask()
    standing = {term.measure.id for term in reckoned.stack.terms}
    for kept in reckoned.stack.not_applied:
        if kept.reason == "yields":
            assert kept.prevailing is not None
            assert kept.prevailing.measure.id in standing
            assert kept.measure.id not in standing


@settings(max_examples=40, deadline=None)
@given(laws(basis="article"))
def test_a_limb_that_charges_nothing_displaces_only_where_it_is_named(law: Law) -> None:
    for kept in law.ask().stack.not_applied:
        if kept.prevailing is not None and kept.prevailing.duty.form == "free":
            other = kept.prevailing
            named = f'prevailing: "{other.measure.id}/[{other.provision.id}]"'
            pair = f"yielding: {kept.measure.id}, {named}"
            assert any(pair in row for row in law.rows)


@settings(max_examples=40, deadline=None)
@given(laws(basis="article"))
def test_layers_add_up_to_the_total_and_shares_to_the_share(law: Law) -> None:
    figures = law.ask().amounts
    assert figures.cents == sum(layer.cents or 0 for layer in figures.layers)
    assert figures.share == sum(
        (layer.share or Fraction(0) for layer in figures.layers), Fraction(0)
    )
    assert figures.extra_share is not None
    assert figures.share == figures.extra_share + Fraction(25, 1000)  # column 1 is 2.5%
