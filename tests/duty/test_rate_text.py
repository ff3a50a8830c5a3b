"""Forms of duty rates: what is read, what is needed, what it costs."""

from __future__ import annotations

import csv
import gzip
import io
import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.duty.rates.amount import amount_of, round_half_up
from detente.duty.rates.form import AdValorem, Limit, PerDegree, RateForm, Specific
from detente.duty.rates.text import (
    EmptyRateError,
    clean_rate,
    count_forms,
    parse_rate,
    parse_special,
)
from detente.duty.rates.units import UnitError, convert, read_unit

SUGAR = (
    "3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees "
    "(and fractions of a degree in proportion) but not less than 3.143854¢/kg"
)
WATCH_PLATE = (
    "4.3% + 1.7¢/jewel + 0.2¢ for each other piece or part, but if consisting in part of a plate "
    "or a set of plates the total duty shall not exceed the duty for the complete movement"
)


def cents(text: str, value_cents: int | None = None, quantities=None, components=None):
    """The exact duty in cents, which must lack nothing."""
    amount = amount_of(parse_rate(text), value_cents, quantities, components)
    assert amount.missing == ()
    return amount.total


# --- what each form costs


def test_a_free_rate_costs_nothing_and_needs_nothing():
    form = parse_rate("Free")
    assert form.needs() == ()
    assert amount_of(form, None).total == 0
    assert form.ad_valorem() == 0


def test_an_ad_valorem_rate_is_a_share_of_the_value():
    # 6.4% of $1,000.00 = $64.00
    assert cents("6.4%", 100_000) == 6400
    assert parse_rate("6.4%").ad_valorem() == Fraction(64, 1000)


def test_thirty_three_and_a_third_percent_is_exactly_a_third():
    # a third of $100.00 = 3333 1/3 cents
    assert cents("33 1/3%", 10_000) == Fraction(10_000, 3)
    assert parse_rate("33 1/3%").ad_valorem() == Fraction(1, 3)


def test_a_compound_rate_adds_its_terms_before_it_rounds_once():
    # 100 kg x 3.3¢ = $3.30; 6.4% of $1,000.00 = $64.00; together $67.30
    assert cents("3.3¢/kg + 6.4%", 100_000, {"kg": 100}) == 6730
    # 1 kg x 0.3¢ + 1 kg x 0.4¢ would be 0 + 0 rounded apart; together 0.7¢ = 1 cent
    amount = amount_of(parse_rate("0.3¢/kg + 0.4¢/kg"), None, {"kg": 1})
    assert (amount.total, amount.cents) == (Fraction(7, 10), 1)


@pytest.mark.parametrize(
    ("text", "quantities", "expected"),
    [
        ("$1.035/kg + 13.6%", {"kg": 10}, 1035 + 1360),  # 10 x 103.5¢ = 1035; 13.6% of 10000¢
        ("68¢/head", {"No.": 3}, 204),  # 3 x 68
        ("$40/kg of anhydrous morphine content", {"kg amc": "0.25"}, 1000),  # 0.25 x 4000
        ("19.2¢/1000", {"No.": 5000}, 96),  # 5 x 19.2
        ("10¢/1,000 pins + 3.5%", {"thousand (pins)": 2}, 20 + 350),  # 2 x 10; 3.5% of 10000
        ("1.7¢/kg on lead content", {"Pb kg": 100}, 170),  # 100 x 1.7
        ("18.7¢/clean kg", {"cy kg": 10}, 187),  # 10 x 18.7
        ("0.2¢/kg, including weight of container", {"kg (including weight of container)": 50}, 10),
        ("0.18¢/line/ gross + 2.5%", {"gr.lines": 100}, 18 + 250),  # 100 x 0.18; 2.5% of 10000
        ("$1.58/pr. + 35%", {"prs.": 2}, 316 + 3500),  # 2 x 158; 35% of 10000
        ("$1.27/m<sup>3</sup>", {"m3": 2}, 254),  # 2 x 127
        ("18.5¢/ liter + $1.32/pf. liter on ethyl alcohol content", {"liters": 2, "pf.liters": 1},
         169),  # 2 x 18.5 + 132
        ("13.5¢/kg + 6.3% + 1.9¢/article", {"kg": 2, "No.": 10}, 27 + 630 + 19),
    ],
)  # fmt: skip
def test_money_a_unit_is_multiplied_by_the_quantity(text, quantities, expected):
    assert cents(text, 10_000, quantities) == expected


def test_each_named_part_of_a_watch_pays_its_own_rate():
    text = "51¢ each + 6.25% on the case and strap, band or bracelet + 5.3% on the battery"
    form = parse_rate(text)
    assert form.kind == "component"
    assert form.needs() == ("No.", "case and strap, band or bracelet", "battery")
    assert form.ad_valorem() is None
    # 10 x 51¢ = 510; 6.25% of $80.00 = 500; 5.3% of $10.00 = 53; together 1063
    parts = {"case and strap, band or bracelet": 8000, "battery": 1000}
    assert cents(text, 20_000, {"No.": 10}, parts) == 1063


def test_a_rate_on_the_entire_set_is_one_on_the_customs_value():
    # 6.5% of $100.00 = $6.50
    assert cents("6.5% on the entire set", 10_000) == 650
    assert parse_rate("6.5% on the entire set").ad_valorem() == Fraction(65, 1000)


def test_a_sight_that_may_be_absent_must_be_said_to_be_absent():
    text = "3.1% on the value of the rifle + 13% on the value of the telescopic sight, if any"
    missing = amount_of(parse_rate(text), 50_000, None, {"rifle": 50_000}).missing
    assert [(lack.kind, lack.name) for lack in missing] == [("component", "telescopic sight")]
    # 3.1% of $500.00 = $15.50; 13% of nothing
    assert cents(text, 50_000, None, {"rifle": 50_000, "telescopic sight": 0}) == 1550


def test_sugar_loses_its_step_for_each_degree_and_part_of_one():
    # at 96.5 degrees: 3.6606 - 3.5 x 0.020668 = 3.588262¢; x 1000 kg = 3588.262¢
    found = cents(SUGAR, None, {"kg": 1000, "degree": "96.5"})
    assert found == Fraction("3588.262")


def test_sugar_never_pays_less_than_its_floor():
    # at 70 degrees: 3.6606 - 30 x 0.020668 = 3.04056¢, below 3.143854¢; x 1 t = 3143.854¢
    assert cents(SUGAR, None, {"t": 1, "degree": 70}) == Fraction("3143.854")


def test_sugar_above_a_hundred_degrees_pays_the_full_rate():
    # 3.6606¢ x 100 kg = 366.06¢
    assert cents(SUGAR, None, {"kg": 100, "degree": 101}) == Fraction("366.06")


def test_a_minimum_and_a_maximum_hold_the_sum_between_them():
    # 5% of $10.00 = 50¢, but not less than 2 kg x 40¢ = 80¢
    assert cents("5% but not less than 40¢/kg", 1000, {"kg": 2}) == 80
    # 50% of $10.00 = 500¢, but not more than 80¢
    assert cents("50% but not more than 40¢/kg", 1000, {"kg": 2}) == 80
    # 10% of $10.00 = 100¢ lies between 80¢ and 160¢
    both = "10% but not less than 40¢/kg but not more than 80¢/kg"
    assert cents(both, 1000, {"kg": 2}) == 100
    assert parse_rate("5% but not less than 40¢/kg").kind == "minimum"
    assert parse_rate("50% but not more than 40¢/kg").kind == "maximum"
    assert parse_rate(both).ad_valorem() is None


def test_a_plate_brings_in_the_duty_for_the_complete_movement_as_ceiling():
    counts = {"jewel": 10, "other piece or part": 5}
    # 4.3% of $10.00 = 43; 10 x 1.7 = 17; 5 x 0.2 = 1; together 61
    assert cents(WATCH_PLATE, 1000, {**counts, "plate or set of plates": 0}) == 61
    with_plate = {**counts, "plate or set of plates": 1}
    assert cents(WATCH_PLATE, 1000, with_plate, {"duty for the complete movement": 40}) == 40
    assert cents(WATCH_PLATE, 1000, with_plate, {"duty for the complete movement": 70}) == 61
    missing = amount_of(parse_rate(WATCH_PLATE), 1000, with_plate).missing
    assert [lack.name for lack in missing] == ["duty for the complete movement"]


def test_half_a_cent_is_rounded_up():
    # 5% of 10¢ = 0.5¢ -> 1; 5% of 9¢ = 0.45¢ -> 0
    assert amount_of(parse_rate("5%"), 10).cents == 1
    assert amount_of(parse_rate("5%"), 9).cents == 0
    assert [round_half_up(Fraction(n, 2)) for n in (1, 2, 3, 5)] == [1, 1, 2, 3]


# --- what is missing, wrong or not understood


def test_everything_missing_is_named_and_there_is_no_total():
    amount = amount_of(parse_rate("3.3¢/kg + 6.4%"), None, {"No.": 4})
    assert [(lack.kind, lack.name) for lack in amount.missing] == [
        ("quantity", "kg"),
        ("value", "value"),
    ]
    assert amount.missing[0].why == "3.3¢/kg needs the quantity in kg; given: No."
    assert amount.total is None
    assert amount.cents is None


def test_a_thing_needed_twice_is_missing_once():
    missing = amount_of(parse_rate(SUGAR), None).missing
    assert [lack.name for lack in missing] == ["kg", "degree"]


def test_kilograms_do_not_stand_in_for_kilograms_of_content():
    missing = amount_of(parse_rate("1.7¢/kg on lead content"), None, {"kg": 100}).missing
    assert [lack.name for lack in missing] == ["kg (lead content)"]


def test_an_empty_text_is_an_error_of_its_own():
    for text in ("", "\n", " ", "<u></u>", "&nbsp;"):
        with pytest.raises(EmptyRateError, match="take the rate of the row's subheading"):
            parse_rate(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0.022", "'0.022' is neither a percentage nor money a unit: write 5%, 5¢/kg or $5 each"),
        ("5¢/firkin", "unit 'firkin' is not known"),
        ("5¢/kg on but content", "'but content' does not say what is measured"),
        ("6% on the 2nd", "'2nd' names no part of the value"),
        ("0.00001%", "0.00001 has more decimal places than the 4 that are kept"),
        ("1/0%", "divides by zero"),
        ("5% but not less than 1% but not less than 2%", "says twice"),
        ("Free (A+,AU)", "neither a percentage nor money a unit"),
        ("5% + something", "'something' is neither"),
    ],
)
def test_words_that_fit_no_form_are_kept_with_the_reason(text, reason):
    form = parse_rate(text)
    assert (form.kind, form.text()) == ("unparsed", text)
    assert reason in form.reason
    amount = amount_of(form, 10_000, {"kg": 1})
    assert [(lack.kind, lack.name) for lack in amount.missing] == [("rate", text)]
    assert amount.total is None


@pytest.mark.parametrize(
    ("text", "settled_by"),
    [
        ("The rate applicable to the natural juice in heading 2009", ("rate_from_heading",)),
        ("See additional U.S. note 1", ("rate_from_heading",)),
        ("See 9822.04.25", ("rate_from_heading",)),
        ("No change", ("rate_from_heading",)),
        ("The duty provided in the applicable subheading + 25%", ("rate_from_heading",)),
        ("The duty rate provided in such subheading minus 0.5%", ("rate_from_heading",)),
        ("The rate applicable in the absence of this heading", ("rate_from_heading",)),
        (
            "The rate applicable in the absence of this subheading on the cost of such parts",
            ("rate_from_heading", "cost of such parts"),
        ),
        (
            "A duty upon the value of the repairs or alterations (see U.S. note 3 of this "
            "subchapter)",
            ("rate_from_heading", "value worked on abroad"),
        ),
    ],
)
def test_a_rate_set_elsewhere_says_what_settles_it(text, settled_by):
    form = parse_rate(text)
    assert (form.kind, form.text(), form.needs()) == ("derived", text, settled_by)
    missing = amount_of(form, 10_000).missing
    assert tuple(lack.name for lack in missing) == settled_by
    assert all("give" in lack.why for lack in missing)


def test_misprints_of_one_phrase_are_one_rate():
    phrase = "The rate applicable to each garment in the ensemble if separately entered"
    assert (
        parse_rate(phrase)
        == parse_rate("The rate ap plicable to each gar ment in the ensemble if separately entered")
        == parse_rate("The rate applicable tp eacj gar ment in the ensemble if separately entered")
        == parse_rate("The rate applicable to each garment in the ensemble if entered separately")
    )


def test_a_condition_of_a_free_rate_is_kept():
    form = parse_rate("Free, under bond, as prescribed in U.S. note 1 to this subchapter")
    assert form.kind == "free_conditional"
    assert form.words == "under bond, as prescribed in U.S. note 1 to this subchapter"


def test_parts_of_the_value_may_not_exceed_it():
    form = parse_rate("3.1% on the movement + 4.2% on the battery")
    with pytest.raises(ValueError, match="battery, movement add up to 1100 cents, more than"):
        amount_of(form, 1000, None, {"movement": 1000, "battery": 100})
    # a retail value is no part of the customs value: 3% of $20.00 = 60¢
    assert (
        cents("3 percent of the fair retail value", 1000, None, {"fair retail value": 2000}) == 60
    )


def test_negative_inputs_are_refused():
    with pytest.raises(ValueError, match="the customs value is -1 cents"):
        amount_of(parse_rate("5%"), -1)
    with pytest.raises(ValueError, match="quantity -2 kg is negative"):
        amount_of(parse_rate("5¢/kg"), None, {"kg": -2})


def test_a_float_is_refused_because_it_is_not_exact():
    with pytest.raises(TypeError, match="which are exact"):
        amount_of(parse_rate("5¢/kg"), None, {"kg": 0.1})  # type: ignore[dict-item]


def test_quantities_that_disagree_are_refused_and_equal_ones_are_not():
    with pytest.raises(UnitError, match=r"the quantities 2 doz\., 25 No\. disagree"):
        amount_of(parse_rate("5¢ each"), None, {"doz.": 2, "No.": 25})
    # 24 x 5¢ = 120¢
    assert cents("5¢ each", None, {"doz.": 2, "No.": 24}) == 120


# --- units


@pytest.mark.parametrize(
    ("amount", "unit", "to_unit", "expected"),
    [
        (2, "t", "kg", 2000),
        (500, "g", "kg", Fraction(1, 2)),
        (3, "doz.", "No.", 36),
        (2, "gross", "doz.", 24),
        ("1.5", "hl", "liters", 150),
        (1, "m3", "liter", 1000),
        (1, "bbl", "liter", Fraction("158.987294928")),  # 42 gallons of 3.785411784
        (10, "doz. prs.", "pr.", 120),
        (1, "square", "m2", Fraction("9.290304")),  # 100 square feet of 0.3048 m
        (5, "carat", "g", 1),  # 0.2 g each
        (3, "t (lead content)", "Pb kg", 3000),
    ],
)
def test_exact_conversions(amount, unit, to_unit, expected):
    assert convert(amount, unit, to_unit) == expected


@pytest.mark.parametrize(
    ("unit", "to_unit"),
    [("pair", "No."), ("kg", "clean kg"), ("kg", "liter"), ("Pb kg", "Zn kg"), ("pcs", "No.")],
)
def test_units_without_an_exact_conversion_ask_for_the_unit_needed(unit, to_unit):
    with pytest.raises(UnitError, match="give the quantity in"):
        convert(1, unit, to_unit)


def test_spellings_of_a_unit_share_one_name():
    names = {read_unit(text).name for text in ("cy kg", "clean kg", "kg (clean)")}
    assert names == {"clean kg"}
    names = {read_unit(text).name for text in ("Pb kg", "kg on lead content", "kg (lead content)")}
    assert names == {"kg (lead content)"}


# --- cleaning, special rates, counting


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<il>86.1¢/m<sup>2</sup></il> of recording surface", "86.1¢/m2 of recording surface"),
        ("2.2¢/kg  +  33.5%", "2.2¢/kg + 33.5%"),
        ("10.1 cents/kg", "10.1¢/kg"),
        ("18.5 cents/liter + $1.32/pf. liter 1/", "18.5¢/liter + $1.32/pf. liter"),
        ("60%,", "60%"),
        ("37% /", "37%"),
        ("5&cent;/kg&nbsp;+ 2%", "5¢/kg + 2%"),
        ("5%<<u>u>", "5%"),
    ],
)
def test_markup_blanks_and_footnote_marks_are_cleaned_away(text, cleaned):
    assert clean_rate(text) == cleaned


def test_cents_in_words_and_by_sign_are_the_same_rate():
    assert parse_rate("3.3 cents/kg+6.4%") == parse_rate("3.3¢/kg + 6.4%")


def test_a_special_text_gives_each_rate_with_its_programs():
    text = "Free (A+,AU, BH,) 2.4¢/kg + 0.5% (PA) See 9822.04.25 (CO,KR)"
    found = [(one.rate.text(), one.programs) for one in parse_special(text)]
    assert found == [
        ("Free", ("A+", "AU", "BH")),
        ("2.4¢/kg + 0.5%", ("PA",)),
        ("See 9822.04.25", ("CO", "KR")),
    ]
    # a note in parentheses is no list of programs, and a rate without one is for anyone
    note = "Free, under the terms of U.S. note 1(b) to this subchapter"
    assert [one.programs for one in parse_special(note)] == [()]


def test_forms_are_counted_with_the_empty_ones():
    texts = ["Free", "5%", "6%", "5¢/kg", "", "See additional U.S. note 1", "0.022"]
    assert count_forms(texts) == {
        "ad_valorem": 2, "free": 1, "specific": 1, "empty": 1, "derived": 1, "unparsed": 1,
    }  # fmt: skip


# --- properties

_SHREDS = (
    "5", "1/", "2", ".", "%", "¢", "$", "cents", "/kg", "kg", "each", "+", "<u>", "<", ">", "&lt;",
    "&cent;", ",", "on the", "value", "battery", "less", "for each degree under 100 degrees",
    "(and fractions of a degree in proportion)", "but not less than", "Free", "(A+,AU)", "see",
    "See", "under bond", "doz.", "clean", "content",
)  # fmt: skip

_units = st.sampled_from(
    ["kg", "No.", "doz.", "clean kg", "kg (lead content)", "proof liter", "gross line", "m2"]
)
_shares = st.builds(
    lambda percent, on: AdValorem((percent * 10_000).numerator, (percent * 10_000).denominator, on),
    st.one_of(
        st.integers(0, 3_000_000).map(lambda n: Fraction(n, 10_000)),
        st.fractions(0, 300, max_denominator=7),
    ),
    st.sampled_from(["", "battery", "strap, band or bracelet", "entire set", "rifle"]),
)
_specifics = st.builds(Specific, st.integers(0, 10**13), _units)
_sums = st.lists(st.one_of(_shares, _specifics), min_size=1, max_size=4).map(tuple)
_degrees = st.builds(PerDegree, st.integers(0, 10**9), _units, st.integers(1, 200))
_forms = st.builds(
    lambda terms, less, floor, ceiling, limit: RateForm(
        terms + ((less,) if less else ()), floor, ceiling, limit
    ),
    _sums,
    st.none() | _degrees,
    st.just(()) | _sums,
    st.just(()) | _sums,
    st.none() | st.just(Limit("plate or set of plates", "duty for the complete movement")),
)


@given(_forms)
def test_reading_the_canonical_text_gives_the_form_again(form):
    assert parse_rate(form.text()) == form


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(_SHREDS), max_size=12).map("".join)
    | st.lists(st.sampled_from(_SHREDS), max_size=12).map(" ".join)
)
def test_any_text_has_a_form_or_is_empty_and_its_canonical_text_is_a_fixpoint(text):
    try:
        form = parse_rate(text)
    except EmptyRateError:
        assert clean_rate(text) == ""
        return
    assert parse_rate(form.text()) == form


@given(
    _sums,
    st.integers(0, 10**12),
    st.fractions(min_value=0, max_value=10**6, max_denominator=1000),
)
def test_amounts_are_the_exact_sum_of_the_terms(terms, value_cents, quantity):
    names = {term.unit for term in terms if isinstance(term, Specific)}
    parts = {term.on for term in terms if isinstance(term, AdValorem)} - {"", "entire set"}
    components = dict.fromkeys(parts, value_cents // 5)
    form = RateForm(terms)
    # doz. and No. convert into each other, so only equal amounts of both agree
    quantities = {name: quantity / (12 if name == "doz." else 1) for name in names}
    expected = Fraction(0)
    for term in terms:
        if isinstance(term, Specific):
            expected += quantities[term.unit] * Fraction(term.billionths, 10**7)
        else:
            base = components[term.on] if term.on in parts else value_cents
            expected += base * Fraction(term.millionths, term.divisor * 10**6)
    amount = amount_of(form, value_cents, quantities, components)
    assert amount.total == expected
    assert amount.cents is not None
    assert -Fraction(1, 2) < amount.cents - expected <= Fraction(1, 2)


def test_importing_the_reader_loads_no_fractions_entities_or_tables():
    code = (
        "import sys; before = set(sys.modules); import detente.duty.rates.text;"
        "print(*(set(sys.modules) - before), sep=chr(10))"
    )
    source = str(Path(__file__).parents[2] / "src")
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    ).stdout.split()
    assert "detente.duty.rates.form" in found
    assert not {"fractions", "html", "numpy", "polars", "yaml"} & set(found)


# --- the official schedule


class _Row(msgspec.Struct):
    htsno: str | None = None
    general: str | None = None
    other: str | None = None


@pytest.fixture(scope="module")
def reference() -> Path:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder or not Path(folder).is_dir():
        pytest.skip("DETENTE_REFERENCE names no folder of official publications")
    return Path(folder)


@pytest.fixture(scope="module")
def rows_2017(reference) -> list[dict[str, str]]:
    with zipfile.ZipFile(reference / "tariff-2017" / "tariff_data_2017.zip") as archive:
        text = archive.read("tariff_database_2017.txt").decode("latin-1")
    return [row for row in csv.DictReader(io.StringIO(text)) if not row["hts8"].startswith("99")]


@pytest.mark.once
@pytest.mark.reference
def test_every_rate_of_every_edition_outside_chapter_99_has_a_form(reference):
    general: set[str] = set()
    other: set[str] = set()
    editions = sorted((reference / "hts").glob("*.json.gz"))
    for edition in editions:
        rows = msgspec.json.decode(gzip.decompress(edition.read_bytes()), type=list[_Row])
        for row in rows:
            if not (row.htsno or "").startswith("99"):
                general.add(row.general or "")
                other.add(row.other or "")
    assert len(editions) == 44
    # "" and two texts of nothing but a blank or a line break are the three empty ones
    assert (len(general), len(other)) == (802, 852)
    assert count_forms(general) == {
        "specific": 254, "ad_valorem": 232, "compound": 198, "component": 84, "derived": 23,
        "free_conditional": 3, "empty": 3, "capped": 2, "degrees": 2, "free": 1,
    }  # fmt: skip
    assert count_forms(other) == {
        "specific": 264, "compound": 251, "ad_valorem": 247, "component": 52, "derived": 23,
        "degrees": 6, "free_conditional": 4, "empty": 3, "capped": 1, "free": 1,
    }  # fmt: skip


@pytest.mark.reference
def test_every_rate_of_2017_has_a_form_but_one_bare_number(rows_2017):
    general = {row["mfn_text_rate"] for row in rows_2017}
    other = {row["col2_text_rate"] for row in rows_2017}
    assert count_forms(general) == {
        "specific": 253, "ad_valorem": 201, "compound": 196, "component": 84, "derived": 22,
        "free_conditional": 4, "capped": 2, "degrees": 2, "unparsed": 1, "free": 1, "empty": 1,
    }  # fmt: skip
    assert count_forms(other) == {
        "specific": 254, "ad_valorem": 246, "compound": 236, "component": 52, "derived": 26,
        "free_conditional": 4, "degrees": 2, "capped": 1, "free": 1, "empty": 1,
    }  # fmt: skip
    unparsed = {text for text in general if text and parse_rate(text).kind == "unparsed"}
    assert unparsed == {"0.022"}  # a spreadsheet's 2.2%, subheading 8456.40.90


@pytest.mark.reference
def test_rates_of_2017_agree_with_the_numbers_that_stand_beside_their_texts(rows_2017):
    """The database's own numbers, cut off after the second decimal where they are not small."""
    compared = 0
    differing: set[str] = set()
    for row in rows_2017:
        for text, column in (("mfn_text_rate", "mfn"), ("col2_text_rate", "col2")):
            share, specific, more = (
                float(row[f"{column}_{kind}_rate"] or 0) for kind in ("ad_val", "specific", "other")
            )
            if not row[text] or share > 9000 or not row[f"{column}_ad_val_rate"]:
                continue
            compared += 1
            terms = parse_rate(row[text]).terms
            percent = sum(
                term.millionths / term.divisor / 1e6
                for term in terms
                if isinstance(term, AdValorem)
            )
            money = sum(term.billionths / 1e9 for term in terms if isinstance(term, Specific))
            if abs(percent - share) >= 0.01 or abs(money - specific - more) >= 0.02:
                differing.add(f"{row['hts8']} {row[text]}")
    assert compared == 21_840
    # Fourteen numbers of bulbs are a bulb and not a thousand; seven are slips of the database (a
    # stray 0.3 beside 45%, 0.014 for 14¢, five 0.000154 for 15.4¢); derived texts and the bare
    # number have no terms to compare.
    kinds = count_forms(text.split(" ", 1)[1] for text in differing)
    assert kinds == {"specific": 15, "derived": 13, "compound": 5, "ad_valorem": 1, "unparsed": 1}
