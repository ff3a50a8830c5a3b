"""Small lists of the house: a word is as rare as in all lists, and persons are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameWord
from detente.parties.screening import crowd, many
from detente.parties.screening.importing import import_list
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import RelatedParties
from detente.parties.screening.store import Screen

NAMES = (
    "Nursultan Zorblayev", "Mikhail Quuxmanov", "Xenia Blorfsky", "Vladimir Zubrov",
    "Andrei Petrovich Krivulin", "Zorblax Hangzhou Trading Co., Ltd.", "Kranz Vorlik",
)  # fmt: skip


@pytest.fixture(params=["kind", "type", "remark"])
def heading(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def house(heading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A list of seven parties, with or without what they are."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    file = tmp_path / "house.csv"
    kinds = ("company" if "Trading" in name else "person" for name in NAMES)
    rows = [f'"{name}",{kind}' for name, kind in zip(NAMES, kinds, strict=True)]
    file.write_text("\n".join([f"name,{heading}", *rows, ""]), encoding="utf-8")
    import_list(str(file), source_date="2026-01-01", name="HOUSE")
    return Screen()


def found(screen: Screen, name: str) -> list[str]:
    hits = screen.hits(name)
    return [hit.name for hit in hits if any(entry.list == "HOUSE" for entry in hit.entries)]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("N. Zorblayev", "Nursultan Zorblayev"),
        ("Zorblayev N.", "Nursultan Zorblayev"),
        ("Mikhail Igorevich Quuxmanov", "Mikhail Quuxmanov"),
        ("Vladimir Olegovich Zubrov", "Vladimir Zubrov"),
        ("Xenia Anna Blorfsky", "Xenia Blorfsky"),
        ("Zorblax Trading", "Zorblax Hangzhou Trading Co., Ltd."),
    ],
)
def test_a_person_of_a_small_list_is_found_as_one_of_a_long_list_is(
    house: Screen, asked: str, listed: str
) -> None:
    assert found(house, asked) == [listed]


@pytest.mark.parametrize(
    "asked",
    [
        "Andrei Olegovich Krivulin",  # another father's son
        "Vladimir Olegovich Petrov",
        "Nursultan Trading Co., Ltd.",
        "Kranz Industries GmbH",
    ],
)
def test_who_shares_a_part_of_the_name_alone_is_another(house: Screen, asked: str) -> None:
    assert found(house, asked) == []


def test_many_names_at_once_are_answered_as_each_alone(house: Screen) -> None:
    names = ["N. Zorblayev", "Mikhail Igorevich Quuxmanov", "Andrei Olegovich Krivulin",
             "Trading Zorblax Ltd", "Kranz Vorlik Trading", "Huawei Technologies"]  # fmt: skip
    asked = [NameQuery(name) for name in names]
    beside = RelatedParties(house)
    assert many.ready(house)(asked, 3) == [crowd.one(house, each, 3, beside) for each in asked]


@pytest.mark.parametrize("word", ["vladimir", "zorblayev"])
def test_a_word_is_as_rare_in_a_small_list_as_in_the_built_in_ones(
    house: Screen, word: str
) -> None:
    built_in, own = house.lists
    part = NameWord(BRAND, word)
    assert own.weight(part) == pytest.approx(built_in.weight(part), rel=0.1)
