"""Thousands of entries at once against one question at a time: not a cent apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.applicability.scope import Scope, narrow
from detente.applicability.stack import AsOf, resolve
from detente.batch.answer import Batch
from detente.batch.columns import FAMILIES, OUTPUT
from detente.batch.rows import answer_rows, question_of
from detente.batch.table import MISSING, STATUSES, Answers
from detente.core.figures import money, rate
from detente.duty.amounts import Amounts, ColumnRates, amounts
from detente.duty.question import check
from detente.goods.codes import TariffCode
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.entries import random_entries, scaled
from tests.small_register import DUTY, FILES, small_register

ROWS, SAMPLE, PAIRS = scaled(8_000), scaled(1_000), scaled(1_800)
SEEDS = (1, 4)
"""Sixteen thousand entries in two halves, which two processes can share."""


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="module")
def built_in_schedule() -> Schedule:
    return Schedule()


def as_texts(answers: Answers) -> Iterator[dict[str, str]]:
    """Answers of a table as the single path writes them."""
    headings = answers.headings
    for row in range(len(answers.status)):
        found = {
            "status": STATUSES[answers.status[row]],
            "reason": answers.texts[answers.reason[row]],
            "headings": headings[row],
            "layers": answers.texts[answers.layers[row]],
            "announced_because": answers.texts[answers.because[row]],
        }
        for name, numbers in answers.numbers.items():
            number = int(numbers[row])
            if number == MISSING:
                found[name] = ""
            elif name.endswith("_ad_valorem"):
                found[name] = rate(Fraction(number, 10**6)) or ""
            else:
                found[name] = money(number) or ""
        yield {name: found[name] for name in OUTPUT}


class Reference:
    """The single path's figures, with what is the same for many rows kept."""

    def __init__(self, register: Register, schedule: Schedule) -> None:
        self.register = register
        measures = register.measures("us/tariff", "measure")

        @cache
        def rates_on(code: str, day: str) -> ColumnRates:
            line = schedule.line(TariffCode(code), date.fromisoformat(day))
            return ColumnRates(line.general, line.other, line.special)

        @cache
        def scope_of(code: str, origin: str) -> Scope:
            return narrow(register, code, origin, "US", None, measures)

        self.rates_on, self.scope_of = rates_on, scope_of

    def figures(self, row: Mapping[str, str]) -> Amounts:
        question = check(self.register, question_of(row, {}))
        code = TariffCode.parse(row["code"])
        rates = self.rates_on(code.digits, question.day)
        as_of = AsOf(question.minute, None, question.facts)
        stack = resolve(self.scope_of(code.digits, question.origin), as_of)
        return amounts(stack, rates, question.entry_value, question.facts, self.register.bases)


def paired(entries: polars.DataFrame) -> polars.DataFrame:
    """The same entries on so many pairs of code and origin that each is met several times."""
    draw = Random(11)
    pairs = entries.select("code", "origin").head(PAIRS)
    return entries.with_columns(pairs[[draw.randrange(PAIRS) for _ in range(len(entries))]])


@pytest.mark.once
@pytest.mark.parametrize("seed", SEEDS)
def test_no_cent_of_difference_over_all_lines_origins_days_and_facts(
    register: Register, built_in_schedule: Schedule, seed: int
) -> None:
    entries = paired(random_entries(ROWS, seed=seed, with_facts=0.3))
    answers = Batch(register, built_in_schedule).answer(entries)
    reference = Reference(register, built_in_schedule)
    shares, totals = answers.numbers["total_ad_valorem"], answers.numbers["total_amount"]
    families = {name.removeprefix("duty_"): answers.numbers[name] for name in FAMILIES}
    resolved = 0
    for row, cells in enumerate(entries.iter_rows(named=True)):
        try:
            figures = reference.figures(cells)
        except ValueError:
            assert STATUSES[answers.status[row]] == "unresolved", cells
            continue
        if STATUSES[answers.status[row]] == "unresolved":
            # A question about the other side of a doubt can fail where the amounts do not.
            (single,) = answer_rows(register, built_in_schedule, [cells], {})
            assert single["status"] == "unresolved", cells
            continue
        resolved += 1
        share = None if figures.share is None else round(figures.share * 10**6)
        assert (MISSING if share is None else share) == shares[row], cells
        assert (MISSING if figures.cents is None else figures.cents) == totals[row], cells
        if figures.cents is not None:
            owed = dict.fromkeys(families, 0)
            for layer in figures.layers:
                owed[layer.term.measure.family] += layer.cents or 0
            assert owed == {name: cents[row] for name, cents in families.items()}, cells
    assert resolved > 0.9 * ROWS
    assert answers.single < 0.2 * ROWS


def test_each_row_that_cannot_be_read_is_told_its_own_reason(
    register: Register, built_in_schedule: Schedule
) -> None:
    codes = ["abc", "12x", "85", "", "9999999999999", "8507600010", "99030124", "0101210010"]
    batch = Batch(register, built_in_schedule)
    for chosen in (codes[:4], codes):  # texts met in one table are known in the next
        rows = [{"code": code, "origin": "CN", "on": "2025-05-01"} for code in chosen]
        found = as_texts(batch.answer(polars.DataFrame(rows)))
        for row, got, one in zip(
            rows, found, answer_rows(register, built_in_schedule, rows, {}), strict=True
        ):
            assert got == one, row


@pytest.mark.once
def test_texts_are_those_of_one_question_at_a_time(
    register: Register, built_in_schedule: Schedule
) -> None:
    entries = random_entries(SAMPLE, seed=2, with_facts=0.5)
    found = as_texts(Batch(register, built_in_schedule).answer(entries))
    rows = entries.to_dicts()
    for row, got, one in zip(
        rows, found, answer_rows(register, built_in_schedule, rows, {}), strict=True
    ):
        assert got == one, row


def test_what_was_worked_out_for_one_table_holds_for_the_next(
    register: Register, built_in_schedule: Schedule
) -> None:
    entries = random_entries(400, seed=3, with_facts=0.3)
    batch = Batch(register, built_in_schedule)
    whole = list(as_texts(batch.answer(entries)))
    halves = [*as_texts(batch.answer(entries[:150])), *as_texts(batch.answer(entries[150:]))]
    assert halves == whole
    assert list(as_texts(Batch(register, built_in_schedule).answer(entries[150:]))) == whole[150:]


CONTENT = (
    DUTY.replace("us-duty", "us-steel")
    .replace('"301"', '"232"')
    .replace("goods: small-list}", "goods: small-list, base: steel}")
)
CAP = (
    DUTY.replace("us-duty", "us-cap")
    .replace("9903.99.01", "9903.99.05")
    .replace('add: "10%"', 'cap: "5%"')
)
YIELDS = """\
- {yielding: us-duty, prevailing: us-steel, basis: content, heading: "9903.99.08",
   announced: 2025-02-01, from: 2025-02-04, source: order-1}
"""
VOID = "  - {announced: 2026-02-20, source: order-2, void: {from: 2025-02-04}}\nverified"


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A duty on the steel content, a voided one on the rest, and a cap over column 1."""
    files = {
        **FILES,
        "us/tariff/duty.yaml": DUTY.replace("verified", VOID),
        "us/tariff/steel.yaml": CONTENT,
        "us/tariff/cap.yaml": CAP,
        "yields.yaml": YIELDS,
    }
    return small_register(tmp_path_factory.mktemp("parted"), files)


ENTRIES = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["8507.60.00.10", "8507.60.00", "0307.43.00", "9503.00.00", "72"]),
        "origin": st.sampled_from(["CN", "China", "HK", "US", ""]),
        "on": st.sampled_from(["2025-02-03", "2025-02-04", "2025-06-01", "2025-05-01T10:00+08:00"]),
        "value": st.one_of(
            st.integers(0, 10**6).map(lambda cents: f"{cents / 100:.2f}"),
            st.sampled_from(["", "0.01", "1,000.50", "-1", "123456789012.34"]),
        ),
        "fact.steel_value": st.one_of(
            st.integers(0, 100).map(lambda percent: f"{percent}%"),
            st.integers(0, 10**5).map(lambda cents: f"{cents / 100:.2f}"),
            st.sampled_from(["", "33 1/3%", "0.5%", "1/3%"]),
        ),
        "fact.use": st.sampled_from(["", "civil", "military", "other"]),
        "quantity": st.sampled_from(["", "5"]),
        "unit": st.sampled_from(["", "kg"]),
    }
)


@pytest.fixture(scope="module")
def parted_batch(parted: Register, schedule: Schedule) -> Batch:
    return Batch(parted, schedule)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(ENTRIES, min_size=1, max_size=8))
def test_parts_of_the_value_caps_and_yields_agree_to_the_cent(
    parted: Register, schedule: Schedule, parted_batch: Batch, rows: list[dict[str, str]]
) -> None:
    table = polars.DataFrame(rows)  # facts are read in the order of columns, for each row alike
    found = list(as_texts(parted_batch.answer(table)))
    assert found == list(answer_rows(parted, schedule, table.to_dicts(), {}))


def test_parts_are_rounded_first_and_the_rest_is_what_remains(
    parted: Register, schedule: Schedule
) -> None:
    rows = [
        {
            "code": "8507.60.00.10",
            "origin": "CN",
            "on": "2025-05-01",
            "value": "10.01",
            "fact.steel_value": "50%",
        }
    ]
    (answer,) = as_texts(Batch(parted, schedule).answer(polars.DataFrame(rows)))
    # Steel is 5.005, so 5.01, and the rest 5.00: 0.501 is 0.50, and 0.500 is 0.50.
    # The cap lifts 3.4% to 5%: 1.6% of 10.01 is 0.16016, so 0.16; column 1 is 0.34034, so 0.34.
    assert (answer["duty_232"], answer["duty_base"]) == ("0.50", "0.34")
    assert answer["duty_301"] == "0.66"  # 0.50 on the rest and 0.16 of the cap
    assert answer["total_amount"] == "1.50"
    assert answer["refundable_amount"] == "0.50"


def test_a_fact_of_every_row_gives_way_to_the_row_s_own(
    parted: Register, schedule: Schedule
) -> None:
    row = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-05-01", "value": "1000"}
    rows = [{**row, "fact.steel_value": ""}, {**row, "fact.steel_value": "10%"}]
    batch = Batch(parted, schedule, {"steel_value": "50%"})
    answers = list(as_texts(batch.answer(polars.DataFrame(rows))))
    assert [each["duty_232"] for each in answers] == ["50.00", "10.00"]  # 10% of 500, of 100
    assert answers == list(answer_rows(parted, schedule, rows, {"steel_value": "50%"}))


def test_an_amount_that_a_table_cannot_hold_is_unresolved_and_says_so(
    parted: Register, schedule: Schedule
) -> None:
    row = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-05-01"}
    rows = [{**row, "value": "9" * 18}, {**row, "value": "100"}]
    first, second = as_texts(Batch(parted, schedule).answer(polars.DataFrame(rows)))
    assert (first["status"], first["total_amount"]) == ("unresolved", "")
    assert "at most 16 digits" in first["reason"]
    assert second["status"] == "open"


def test_cells_of_other_types_read_as_a_person_would_write_them(
    parted: Register, schedule: Schedule
) -> None:
    texts = polars.DataFrame(
        {
            "code": ["8507600010", "8507600010"],
            "origin": ["CN", "CN"],
            "on": ["2025-05-01", "2025-02-03"],
            "value": ["1000.5", ""],
        }
    )
    typed = texts.with_columns(
        polars.col("code").cast(polars.Int64),
        polars.col("on").str.to_datetime(),
        polars.col("value").cast(polars.Float64, strict=False),
    )
    one, other = (list(as_texts(Batch(parted, schedule).answer(each))) for each in (texts, typed))
    assert one == other
    assert one[0]["total_ad_valorem"]


@pytest.mark.once
def test_a_register_with_other_rates_is_answered_with_those(
    register: Register, built_in_schedule: Schedule
) -> None:
    measure = register.measure("us-301-technology")
    provisions = []
    for provision in measure.provisions:
        periods = tuple(
            period._replace(duty=period.duty._replace(rate=400_000, text="40%"))
            if period.duty is not None and period.duty.form == "add"
            else period
            for period in provision.periods
        )
        provisions.append(provision._replace(periods=periods))
    changed = register.with_measures([measure._replace(provisions=tuple(provisions))], "forty")
    entries = random_entries(300, seed=8).with_columns(origin=polars.lit("CN"))
    found = list(as_texts(Batch(changed, built_in_schedule).answer(entries)))
    assert found == list(answer_rows(changed, built_in_schedule, entries.to_dicts(), {}))
    assert any('"rate": "40%"' in answer["layers"] for answer in found)


def test_a_table_without_rows_has_no_answers(parted: Register, schedule: Schedule) -> None:
    empty = polars.DataFrame(schema=dict.fromkeys(("code", "origin", "on"), polars.String))
    assert list(as_texts(Batch(parted, schedule).answer(empty))) == []
