"""Parties that the version that counts lacks, and another one has: nobody is lost between two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.parties.lists.keys import key_of, key_of_name
from detente.parties.lists.standing import IN_FORCE, NOT_YET, UNKNOWN
from detente.parties.lists.versions import Version, counting, versions_beside
from detente.parties.names.names import NameWord
from detente.parties.screening.hits import NameHit
from detente.parties.screening.importing import import_list
from detente.parties.screening.list_changes import changes_between, news_since
from detente.parties.screening.store import Screen

SOURCE = "Military End User (MEU) List - Bureau of Industry and Security"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path


def csl(path: Path, day: str, *rows: tuple[str, str]) -> Path:
    """A Consolidated Screening List of a day: names with their first days, or without."""
    results = [
        {"name": name, "source": SOURCE, **({"start_date": since} if since else {})}
        for name, since in rows
    ]
    described = {"search_performed_at": day, "results": results}
    path.write_text(json.dumps(described), encoding="utf-8")
    return path


def built_in() -> list[tuple[str, str]]:
    """The names of the built-in list, with their days."""
    return [
        (entry.names[0].text, entry.since)
        for _, entry in Screen().lists[0].bodies({"MEU"})
        if not entry.until
    ]


def standing(name: str, day: str) -> str:
    screen = Screen(day)
    hits = [hit for hit in screen.parties(name) if hit.score == 1]
    return screen.standing(hits[0].entry) if hits else "nobody"


def test_an_older_file_tells_of_the_days_before_it_and_leaves_those_behind_it_open(
    home: Path,
) -> None:
    gone = [("Zorblax Quuxworks", "2022-01-03"), ("Vantor Frobnitz", "")]
    file = csl(home / "old.json", "2025-01-10", *built_in(), *gone)
    import_list(str(file), history=True, fewer=True)
    days = ["2021-12-26", "2022-01-03", "2024-06-01", "2025-01-10", "2025-01-11", "2026-07-30"]
    stood = [NOT_YET, IN_FORCE, IN_FORCE, IN_FORCE, UNKNOWN, UNKNOWN]
    assert [standing("Zorblax Quuxworks", day) for day in days] == stood
    assert standing("Zorblax Quuxworks", "2026-07-31") == "nobody"
    # Of the other one the file does not say since when.
    assert [standing("Vantor Frobnitz", day) for day in days[2:5]] == [UNKNOWN, IN_FORCE, UNKNOWN]
    (hit,) = [each for each in Screen("2026-02-01").parties("Zorblax Quuxworks") if each.score == 1]
    assert "the version of 2025-01-10 from old.json and not in the one of" in hit.entry.doubt
    # Who may stand there still is not said to have gone; by the day that lacks him he is.
    gone_by = {
        last: {
            each.entry.names[0].text
            for each in changes_between("2024-06-01", last, {"MEU"}).changes
            if each.what == "removed"
        }
        for last in ("2025-03-01", "2026-08-01")
    }
    assert "Zorblax Quuxworks" not in gone_by["2025-03-01"]
    assert "Zorblax Quuxworks" in gone_by["2026-08-01"]


def test_a_file_of_the_day_of_the_built_in_version_loses_nobody_of_it(home: Path) -> None:
    first, *others = built_in()
    day = Screen().counting["MEU"].day
    file = csl(home / "same.json", day, *others, ("Zorblax Quuxworks", "2026-07-01"))
    import_list(str(file), fewer=True)
    assert standing("Zorblax Quuxworks", day) == standing(first[0], day) == IN_FORCE
    # Each of the others stands there once.
    entries = [entry for lists in Screen(day).lists for _, entry in lists.bodies({"MEU"})]
    named = [entry.names[0].text for entry in entries if not entry.until]
    assert sorted(named) == sorted([first[0], "Zorblax Quuxworks", *(name for name, _ in others)])


def version(number: int, day: str, built_in: bool, start: str = "") -> Version:
    return Version(number, "MEU", day, "", "", 1, 0, built_in, start or day, "")


def test_a_version_is_asked_beside_another_only_where_it_may_know_more() -> None:
    package = version(1, "2026-07-31", True, "1997-01-01")
    old, older = version(1, "2025-01-10", False), version(2, "2024-01-10", False)
    new = version(3, "2026-08-20", False)

    def told(on: str | None, *versions: Version) -> list[tuple[Version, bool]]:
        found = counting(versions, on)
        return [(each.version, each.is_past) for each in versions_beside(versions, found, on)]

    every = package, old, older, new
    assert told(None, *every) == told("2026-08-20", *every) == told("2026-07-31", *every) == []
    assert told("2024-06-01", *every) == [(old, False), (older, True)]
    assert told("2025-01-10", *every) == []  # read for the very day
    # Whom the older of two has beside the other had gone by the day of that.
    assert told("2025-06-01", *every) == [(old, True)]
    same = version(4, "2026-07-31", False)
    assert told(None, package, same) == [(package, False)]
    assert told("2026-07-01", package, same) == [(same, False)]
    assert told("2020-01-01", old) == []  # it begins later, and is at hand as a lead


def test_a_copy_of_the_built_in_lists_weighs_words_as_they_do(home: Path) -> None:
    names = [each for each, _ in built_in()]
    plain = Screen()
    words = {part for name in names for form, _ in plain.lists[0].forms(name) for part in form}
    weights = {part: plain.lists[0].weight(part) for part in words}
    csl(home / "copy.json", "2026-10-01", *built_in())
    import_list(str(home / "copy.json"))
    _, own = Screen().lists
    assert {part: own.weight(part) for part in words} == weights
    assert own.weight(NameWord("b", "zzquuxle")) == plain.lists[0].weight(NameWord("b", "zzquuxle"))

    def scored(hits: list[NameHit]) -> list[tuple[float, str]]:
        return [(hit.score, hit.entry.names[0].text) for hit in hits[:1]]

    copied = Screen()
    for name in names[:20]:
        assert scored(copied.parties(name)) == scored(plain.parties(name)), name


def test_a_list_is_no_reason_for_whom_it_had_then_as_now(home: Path) -> None:
    read, before = Screen().read(), built_in()
    rows = [*before[1:], ("Zorblax Quuxworks", "2026-10-01")]
    csl(home / "new.json", "2026-10-01", *rows)
    import_list(str(home / "new.json"), fewer=True)
    news = news_since(read, "2026-11-01", Screen(None, "2026-11-02"))
    assert news.compared >= {"MEU", "EL", "JP-EUL"}
    kept = next(each.entry for each in news.changes if each.what == "added")
    assert kept.names[0].text == "Zorblax Quuxworks"
    (_, stands), *_ = Screen().lists[0].bodies({"EL"})
    assert not news.tells(key_of(stands))
    gone, came = before[0][0], "Zorblax Quuxworks"
    assert all(news.tells(key_of_name("MEU", name)) for name in (gone, came))
    assert news.tells("HOUSE-12345678")  # a list that was not read then
