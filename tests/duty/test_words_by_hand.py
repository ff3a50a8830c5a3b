"""Sentences of an answer, word for word, of rules that are written here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.core.clock import MINUTES, day_number
from detente.core.vocabulary import UnknownWordError
from detente.duty import reasons
from detente.duty.changes import _change_words
from detente.duty.effect import _codes, _origin, days_of, own_goods
from detente.duty.quantity_units import check_units, is_unit, unread_units
from detente.duty.reasons import title_of, why_applies, why_not
from detente.register.model import Test as FactTest


@pytest.mark.parametrize(
    ("fact", "operator", "value", "words"),
    [
        ("usmca", "is", True, "usmca"),
        ("usmca", "is", False, "not usmca"),
        ("origin", "is", "melted", "origin is melted"),
        ("origin", "in", ("a", "b"), "origin is a or b"),
        ("loaded_on", "before", "2025-04-05", "loaded_on before 5 April 2025"),
        ("loaded_on", "from", "2025-04-05", "loaded_on on or after 5 April 2025"),
        ("share", "at_least", "20", "share at least 20"),
        ("share", "more_than", "20", "share more than 20"),
        ("share", "at_most", "20", "share at most 20"),
        ("share", "below", "20", "share below 20"),
    ],
)
def test_a_test_is_told_in_words(fact: str, operator: str, value: Any, words: str) -> None:
    assert reasons.test_words(FactTest(fact, operator, value)) == words


class Facts:
    def __init__(self, **stated: str) -> None:
        self.texts = stated

    def is_stated(self, key: str) -> bool:
        return key in self.texts


def kept_out(**more: Any) -> Any:
    return SimpleNamespace(**{"reason": "", "prevailing": None, "test": None, "state": ""} | more)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"state": "ended"}, "ended before this day"),
        ({"state": "expired"}, "expired before this day"),
        ({"state": "lapsed"}, "lapsed before this day"),
        ({"state": "suspended"}, "suspended on this day"),
        ({"state": "ceased"}, "ceased before this day"),
        ({"state": "not_enforced"}, "not enforced on this day"),
        ({"state": "informal"}, "never put into a legal form"),
        ({"state": "announced"}, "not in force on this day"),
        ({"test": FactTest("usmca", "is", True)}, "only with usmca, which is not stated"),
        ({"test": FactTest("share", "below", "20")}, "only with share below 20; stated: 30"),
        ({"reason": "yields", "state": "ended"}, "ended before this day"),
    ],
)
def test_what_was_kept_out_says_why(row: dict[str, Any], words: str) -> None:
    assert why_not(kept_out(**row), Facts(share="30")) == words  # type: ignore[arg-type]


def test_what_gives_way_names_what_prevails_and_its_heading() -> None:
    prevailing = SimpleNamespace(heading="9903.81.87", measure=SimpleNamespace(title="Steel"))
    row = kept_out(reason="yields", prevailing=prevailing, test=FactTest("x", "is", True))
    assert why_not(row, Facts()) == "gives way to Steel (9903.81.87)"  # type: ignore[arg-type]
    prevailing.heading = None
    assert why_not(row, Facts()) == "gives way to Steel"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (("p", None, "25%"), None, "X ends (was 25%)"),
        (None, ("p", None, "25%"), "X begins: 25%"),
        (("p", "9903.01", "25%"), ("q", "9903.02", "25%"), "X stays 25%, now under 9903.02"),
        (("p", "9903.01", "25%"), ("q", None, "25%"), "X stays 25%, now under no heading"),
        (("p", None, "25%"), ("p", None, "50%"), "X changes from 25% to 50%"),
    ],
)
def test_a_change_is_told_by_what_it_was_and_is(old: Any, new: Any, words: str) -> None:
    assert _change_words("X", old, new) == words


LISTS = {
    "list": SimpleNamespace(title="metals", place="note 16"),
    "bare": SimpleNamespace(title="others", place=""),
}
REGISTER: Any = SimpleNamespace(
    code_list=LISTS.__getitem__,
    countries={"CN": "China"},
    bases={"value": SimpleNamespace(fact=""), "steel_content": SimpleNamespace(fact="steel_value")},
)  # fmt: skip


def term(**more: Any) -> Any:
    provision = SimpleNamespace(
        **{"title": "", "goods": (), "when": (), "base": ()} | more.pop("provision", {})
    )
    period = SimpleNamespace(
        **{"state": "in_force", "suspends": "", "until": None} | more.pop("period", {})
    )
    return SimpleNamespace(
        **{
            "provision": provision, "period": period, "goods": SimpleNamespace(row=None),
            "measure": SimpleNamespace(title="The measure", family="301"), "less": (),
            "portion": None,
        } | more
    )  # fmt: skip


def row(name: str) -> Any:
    return SimpleNamespace(row=SimpleNamespace(list=name, code="85076000"))


DAY = day_number("2026-11-10") * MINUTES


@pytest.mark.parametrize(
    ("found", "stated", "words"),
    [
        (term(goods=row("list")), {}, "8507.60.00 is on the list of metals, note 16"),
        (term(goods=row("bare")), {}, "8507.60.00 is on the list of others"),
        (term(provision={"goods": ("x",)}), {}, "The measure names the code"),
        (term(provision={"goods": ("x",), "title": "Toys"}), {}, "Toys names the code"),
        (term(), {}, "covers all goods of China"),
        (term(measure=SimpleNamespace(title="Column 1", family="base")), {}, "Column 1"),
        (term(provision={"when": (FactTest("usmca", "is", True), FactTest("a", "is", "b"))}),
         {"a": "b"},
         "covers all goods of China; usmca, as a rule for these goods; a is b, as stated"),
        (term(period={"state": "suspended", "suspends": "Part", "until": DAY}), {},
         "covers all goods of China; Part suspended until 10 November 2026"),
        (term(period={"state": "suspended", "suspends": "Part"}), {},
         "covers all goods of China; Part suspended"),
        (term(period={"state": "suspended"}), {}, "covers all goods of China"),
        (term(period={"suspends": "Part"}), {}, "covers all goods of China"),
        (term(less=(SimpleNamespace(measure=SimpleNamespace(title="Steel")),)), {},
         "covers all goods of China; not on the part of the value under Steel"),
        (term(provision={"base": ("steel_content",)}, portion=SimpleNamespace(rest=True)), {},
         "covers all goods of China; what is left of the value is taken as steel_content, which is "
         "not stated"),
        (term(provision={"base": ("steel_content",)}, portion=SimpleNamespace(rest=False)), {},
         "covers all goods of China; none of the value is taken as steel_content, which is not "
         "stated"),
        (term(provision={"base": ("steel_content",)}), {"steel_value": "40%"},
         "covers all goods of China; charged on steel_content"),
        (term(provision={"base": ("steel_content",)}), {}, "covers all goods of China"),
        (term(provision={"base": ("value",)}), {"": "x"}, "covers all goods of China"),
    ],
)  # fmt: skip
def test_what_applies_says_on_what_it_rests(found: Any, stated: dict[str, str], words: str) -> None:
    assert why_applies(REGISTER, found, "CN", Facts(**stated)) == words  # type: ignore[arg-type]


def test_a_duty_is_called_by_its_provision_where_that_has_a_title() -> None:
    assert title_of(term()) == "The measure"
    assert title_of(term(provision={"title": "Toys"})) == "Toys"


# --- goods of a basket ---------------------------------------------------------------------------


def place(*countries: str, everywhere: bool = False) -> Any:
    return SimpleNamespace(everywhere=everywhere, countries=countries)


def measure(name: str, *provisions: Any, places: tuple[str, ...] = ("CN",)) -> Any:
    return SimpleNamespace(id=name, provisions=provisions, places=places)


def provision(name: str, goods: tuple[str, ...] = (), **more: Any) -> Any:
    return SimpleNamespace(
        **{"id": name, "goods": goods, "when": (), "places": (), "title": "", "periods": ()} | more
    )


BOOK: Any = SimpleNamespace(
    places={"two": place("VN", "TH"), "but": place("CN", "VN", everywhere=True)},
    basket=[SimpleNamespace(code="9503.00.00", origin="CN"),
            SimpleNamespace(code="8507.60.00", origin="JP")],
    codes_of=lambda name: [SimpleNamespace(code="72085100"), SimpleNamespace(code="72085200")],
    measure=lambda name: MEASURES[name],
)  # fmt: skip
PERIODS = (
    SimpleNamespace(start=3 * MINUTES + 5, until=5 * MINUTES),
    SimpleNamespace(start=3 * MINUTES, until=None),
)
MEASURES = {
    "one": measure(
        "one",
        provision("exempt", ("9503.00.00", "8501"), when=("x",), title="Exempt"),
        provision("main", ("8501", "steel"), periods=PERIODS),
    ),
    "two": measure("two", provision("p", ("8501",), places=("two",)), provision("none")),
}


def test_an_origin_is_a_country_of_the_places_or_the_first_of_the_basket_outside_them() -> None:
    assert _origin(BOOK, ("CN", "VN")) == "CN"
    assert _origin(BOOK, ("two",)) == "VN"
    assert _origin(BOOK, ("but",)) == "JP"
    assert list(_codes(BOOK, ("8501.10", "steel"))) == ["850110", "72085100"]


def test_goods_of_records_are_one_a_code_and_place_that_the_basket_lacks() -> None:
    found = [(each.code, each.origin, each.what) for each in own_goods(BOOK, ["one", "two"])]
    assert found == [
        # by the provision without tests, whatever stands first
        ("8501", "CN", "one/main"), ("7208.51.00", "CN", "one/main"), ("8501", "VN", "two/p"),
    ]  # fmt: skip
    assert days_of(BOOK, ["one", "two"]) == ["1970-01-04", "1970-01-06"]


# --- units of quantity ---------------------------------------------------------------------------


def test_a_unit_is_one_that_a_rate_reads_or_the_schedule_writes() -> None:
    schedule: Any = SimpleNamespace(units={"jewels", "kg"})
    assert is_unit(schedule, "kg")
    assert is_unit(schedule, "jewels")
    assert not is_unit(schedule, "jewel-ish")
    check_units(schedule, ["kg", "jewels"])
    with pytest.raises(UnknownWordError, match="jewel") as refused:
        check_units(schedule, ["kg", "jewelz"])
    assert refused.value.where == "quantity"


def test_quantities_that_no_rate_reads_are_told() -> None:
    terms: Any = [
        SimpleNamespace(duty=SimpleNamespace(form="specific", unit="kg")),
        SimpleNamespace(duty=SimpleNamespace(form="add", unit=None)),
    ]
    rates: Any = None
    assert unread_units(["t", "liters", "kg"], terms, rates) == ["liters"]
    assert unread_units(["kg"], terms[1:], rates) == ["kg"]
