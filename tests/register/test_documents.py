"""How far an area was read follows from its documents, and an unread one opens what it touches."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.register.book import Register
from detente.register.documents import Document, through
from detente.register.load.loader import load_folder
from detente.register.model import Confined
from tests.small_register import DOCUMENTS, READ, write_register

ROOT = Path(__file__).parents[2]
FIRST = date(2025, 1, 1)


def document(published: str, effect: str = "", touches: str = "", number: str = "1") -> Document:
    return Document(
        "orders", number, published, "", "An order", "", "", "duties", effect, touches, "", "", ""
    )


days = st.integers(0, 400).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
documents = st.builds(
    document, days, st.sampled_from(["", "none: nothing"]), st.sampled_from(["", "code:8507"])
)
logs = st.tuples(st.lists(days, min_size=1, max_size=4), st.lists(documents, max_size=8))


@given(logs, days)
def test_a_document_that_is_not_read_never_moves_the_day_forward(
    log: tuple[list[str], list[Document]], day: str
) -> None:
    listed, known = log
    assert through(listed, [*known, document(day)]) <= through(listed, known)


@given(logs, days)
def test_reading_a_document_never_moves_the_day_back(
    log: tuple[list[str], list[Document]], day: str
) -> None:
    listed, known = log
    read = through(listed, [*known, document(day, effect="none: nothing")])
    assert read >= through(listed, [*known, document(day)])
    assert read == through(listed, known)


@given(logs)
def test_every_document_that_holds_nothing_back_was_read_or_says_what_it_touches(
    log: tuple[list[str], list[Document]],
) -> None:
    listed, known = log
    day = through(listed, known)
    before = [each for each in known if each.published <= day]
    assert all(each.is_read or each.touches for each in before)
    assert day <= min(listed)


def test_the_day_is_the_last_one_before_the_first_document_that_was_not_read() -> None:
    # 10 October is the end of the index; the order of 4 August was not read: 3 August.
    orders = [document("2026-06-01", "none: nothing"), document("2026-08-04")]
    assert through(["2026-10-10"], orders) == "2026-08-03"


def test_a_document_known_by_its_month_counts_from_the_first_day_of_it() -> None:
    assert through(["2026-10-10"], [document("2026-08")]) == "2026-07-31"


def test_an_effective_day_before_publication_counts() -> None:
    order = document("2026-08-06")._replace(effective="2026-08-01")
    assert through(["2026-10-10"], [order]) == "2026-07-31"


def unread(row: str) -> dict[str, str]:
    """The small register with one more row among its documents."""
    return {**READ, "read/orders.tsv": DOCUMENTS + row}


def test_an_area_is_read_through_the_day_that_its_documents_tell(tmp_path: Path) -> None:
    row = "2026-00009\t2026-08-06\t\tAnother order\t\t\tduties\n"
    contents = load_folder(write_register(tmp_path, unread(row)))
    assert contents.areas["us/tariff"].reviewed_through == "2026-08-05"
    assert contents.areas["us/other"].reviewed_through == "2026-10-10"


def test_a_document_that_bears_on_no_area_holds_none_back(tmp_path: Path) -> None:
    row = "2026-00009\t2026-08-06\t\tA letter\t\t\ttalk\n"
    contents = load_folder(write_register(tmp_path, unread(row)))
    assert contents.areas["us/tariff"].reviewed_through == "2026-10-10"


def test_a_document_that_says_what_it_touches_is_kept_with_the_area(tmp_path: Path) -> None:
    row = "2026-00009\t2026-08-06\t\tBatteries\t\t\tduties\t\tcode:8507 place:CN\n"
    register = Register.load(write_register(tmp_path, unread(row)))
    area = register.areas["us/tariff"]
    assert area.reviewed_through == "2026-10-10"
    touches = (("code", "8507"), ("place", "CN"))
    assert area.unread == (Confined("orders 2026-00009", "2026-08-06", "Batteries", touches),)
    assert [each.id for each in register.documents()] == ["2025-00001", "2026-00009"]


BATTERIES = Confined("x", "2026-08-06", "Batteries", (("code", "8507"), ("place", "CN")))
HEADING = Confined("x", "2026-08-06", "A heading", (("heading", "9903.88.03"),))


@pytest.mark.parametrize(
    ("each", "day", "code", "origin", "names", "reached"),
    [
        (BATTERIES, "2026-08-06", "8507600010", "CN", [], True),
        (BATTERIES, "2026-08-05", "8507600010", "CN", [], False),
        (BATTERIES, "2026-08-06", "8507600010", "JP", [], False),
        (BATTERIES, "2026-08-06", "8508600010", "CN", [], False),
        (HEADING, "2026-08-06", "8508600010", "JP", [("heading", "9903.88.03")], True),
        (HEADING, "2026-08-06", "8508600010", "JP", [("heading", "9903.88.04")], False),
    ],
)
def test_an_unread_document_reaches_what_it_names_and_nothing_else(
    each: Confined,
    day: str,
    code: str,
    origin: str,
    names: list[tuple[str, str]],
    reached: bool,
) -> None:
    assert each.reaches(day, code, origin, names) is reached


def test_the_days_of_the_shipped_register_are_those_of_its_documents() -> None:
    areas = load_folder(ROOT / "register").areas
    assert {name: area.reviewed_through for name, area in areas.items()} == {
        "both": "2026-08-07",  # declared: no index feeds context
        "cn/control": "2026-08-05",  # the announcements after it were not gone through
        "cn/ownership": "2026-08-04",  # Orders 2 and 3 of 5 August were not read for it
        "cn/tariff": "2026-10-08",
        "us/control": "2026-08-03",  # FR Doc. 2026-16078 of 4 August is known by its title alone
        "us/ownership": "2026-08-07",  # declared
        "us/tariff": "2026-10-10",
    }


def test_tables_that_documents_became_lie_in_the_repository() -> None:
    for each in load_folder(ROOT / "register").read_log.documents:
        if each.kind == "table":
            path, _, row = each.words.partition(" ")
            assert not row or f"\n{row}\t" in (ROOT / path).read_text(encoding="utf-8")
            assert (ROOT / path).is_file()
