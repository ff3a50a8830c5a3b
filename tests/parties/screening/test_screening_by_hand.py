"""Parts of screening over entries that are written here: what is kept, joined, counted and told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from detente.cli.parties.show_screen import _hit
from detente.core.coverage import READ, Coverage
from detente.core.vocabulary import UnknownWordError
from detente.parties.lists.listed_days import is_reworded
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.names.document_words import words_of
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, PLACE
from detente.parties.names.names import NameWord, tables_of
from detente.parties.screening import by_year as counting
from detente.parties.screening import list_changes
from detente.parties.screening.answer import address_of, on_lists, shown, strictest
from detente.parties.screening.by_year import by_year
from detente.parties.screening.crowd import AT_ONCE, in_chunks, one
from detente.parties.screening.hits import BestNames, NameHit, one_a_list
from detente.parties.screening.list_changes import (
    ADDED,
    EntryChange,
    ListedChanges,
    changes_between,
    news_since,
)
from detente.parties.screening.listed.bearers import (
    FEW_BORNE,
    MOST_BORNE,
    NameBearers,
    all_borne,
    bearers,
    leading,
    only_brand,
)
from detente.parties.screening.queries import NameQuery, known_country, query_of
from detente.parties.screening.related import NameHits, Related, in_short
from detente.parties.screening.rows import (
    OF_HIT,
    OF_ROW,
    RowsWriter,
    cells_of,
    output_columns,
)
from detente.parties.screening.since_recorded import _lists, _names, recorded_screening
from detente.parties.screening.store import MOST_OTHERS, Screen

if TYPE_CHECKING:
    from detente.parties.lists.versions import ListsRead


def entry(on: str = "EL", name: str = "Zorblax", key: str = "1", **more: Any) -> ListedEntry:
    return ListedEntry(on, key, (Name(name),), **more)


def hit(score: float = 0.9, on: str = "EL", *others: ListedEntry, **more: Any) -> NameHit:
    return NameHit(
        entry(on, **more), "Zorblax Ltd", score, ("agree: zorblax", "other form"), others
    )


# --- names and hits ------------------------------------------------------------------------------


def test_of_each_party_the_best_name_is_kept_and_below_the_threshold_none() -> None:
    best = BestNames()
    for score, party, number in (
        (0.8199, 1, 10),  # below
        (0.82, 2, 20),  # just a hit
        (0.9, 3, 30),
        (0.9, 3, 31),  # as good: the first stays
        (0.95, 3, 32),
        (0.85, 3, 33),
    ):
        best.add(score, party, number, 7)
    assert best.found == {2: (0.82, 20, 7), 3: (0.95, 32, 7)}


@pytest.mark.parametrize(
    ("top", "left"),
    [
        (1, [1, 2]),  # equal once rounded to three places: either may come first
        (2, [1, 2]),
        (3, [1, 2, 3]),
        (4, [1, 2, 3, 4]),
        (9, [1, 2, 3, 4]),
        (0, [1, 2, 3, 4]),  # all are wanted
    ],
)
def test_parties_that_cannot_be_among_the_first_are_dropped(top: int, left: list[int]) -> None:
    best = BestNames()
    for party, score in ((4, 0.83), (3, 0.9), (2, 0.9501), (1, 0.9504)):
        best.add(score, party, party, 0)
    best.keep_first(top)
    assert sorted(best.found) == left


@pytest.mark.parametrize(
    ("given", "query"),
    [
        (("Acme", " CN ", " Wuhan ", None), NameQuery("Acme", "CN", "Wuhan")),
        (("Acme", "China", "", "US"), NameQuery("Acme", "CN")),
        (("Acme", " ", None, " US "), NameQuery("Acme", "US")),
        ((None, None, " ", None), NameQuery("")),
        (("", "", "", ""), NameQuery("")),
    ],
)
def test_a_row_asks_with_its_own_country_or_else_with_the_one_for_all(
    given: tuple[Any, ...], query: NameQuery
) -> None:
    assert query_of(*given) == query


def test_a_country_that_nobody_knows_is_told_with_the_row() -> None:
    query = query_of("Acme", "Atlantis", None)
    assert (query.name, query.country) == ("Acme", None)
    assert "'Atlantis'" in query.note
    assert query.note.endswith("the name was screened without a country")
    assert (known_country(" china "), known_country(" "), known_country(None)) == ("CN", None, None)
    with pytest.raises(UnknownWordError, match="Atlantis"):
        known_country("Atlantis")


def test_one_name_is_its_hits_or_why_it_is_none() -> None:
    asked: list[tuple[Any, ...]] = []

    class Lists:
        def parties(self, *words: Any) -> list[NameHit]:
            asked.append(words)
            if words[0] == "???":
                raise ValueError("no letter")
            return [hit()]

        lists = (SimpleNamespace(forms=lambda name: [name]),)

    near = Related(entry("UVL"), "a brand")
    lists: Any = Lists()
    beside: Any = SimpleNamespace(
        told=lambda query, forms, found, top: NameHits(
            found[:top], [near] if forms == [query.name] == ["Acme"] else []
        )
    )
    found = one(lists, NameQuery("Acme", "CN", "Wuhan"), 3, beside)
    assert isinstance(found, NameHits)
    assert (found, found.related) == ([hit()], [near])
    assert asked == [("Acme", "CN", 3 + MOST_OTHERS, "Wuhan", "")]
    assert one(lists, NameQuery("???"), 3, beside) == "no letter"


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, [1]), (AT_ONCE, [AT_ONCE]), (AT_ONCE + 1, [AT_ONCE, 1])],
)
def test_names_come_so_many_at_a_time(count: int, sizes: list[int]) -> None:
    names = [NameQuery(str(at)) for at in range(count)]
    chunks = list(in_chunks(iter(names), AT_ONCE))
    assert [len(each) for each in chunks] == sizes
    assert [name for chunk in chunks for name in chunk] == names


def screen_of_files() -> Screen:
    """A screen of which the sanctions come before everything else."""
    screen = Screen.__new__(Screen)
    screen._order = lambda entry: ({"SDN": 0}.get(entry.list, 1),)  # type: ignore[attr-defined]
    screen._tables = tables_of({}, {}, {}, words_of(()))  # type: ignore[attr-defined]
    return screen


def test_hits_of_two_files_that_share_an_entry_are_one_party() -> None:
    screen = screen_of_files()
    together = (entry("SDN"), entry("EL"))
    first, second = (hit(score, "SDN", together[1]) for score in (0.9, 0.95))
    (best,) = screen.best_of([[first], [], [second]], "Zorblax", None, 5)
    assert (best.score, [each.list for each in best.entries]) == (0.95, ["SDN", "EL"])
    apart = [[hit(0.9, "EL", key="a")], [hit(0.95, "SDN", key="b")]]
    assert [each.score for each in screen.best_of(apart, "Zorblax", None, 5)] == [0.95, 0.9]


def test_hits_of_files_stand_in_the_order_of_one_file_and_are_cut_to_so_many() -> None:
    screen = screen_of_files()
    hits = [hit(0.9, key="a"), hit(0.85, key="b")]
    assert screen.best_of([], "Zorblax", None, 5) == []
    assert screen.best_of([[], []], "Zorblax", None, 5) == []
    assert screen.best_of([hits, []], "Zorblax", None, 1) is hits
    # Of equal scores first that in the country, then the stricter one, then that on more lists.
    equal = [hit(0.9, "SDN", key="c"), hit(0.9, "EL", entry("OWN"), key="d", countries=("CN",))]
    keys = {"CN": "dca", None: "cda"}
    for country, order in keys.items():
        found = screen.best_of([hits[:1], equal], "Zorblax", country, 5)
        assert "".join(each.entry.key for each in found) == order
    assert len(screen.best_of([hits, equal], "Zorblax", None, 1)) == 1


def test_of_equal_names_of_a_party_the_one_that_its_strictest_list_prints_is_shown() -> None:
    screen = screen_of_files()
    main = entry("SDN")
    other = NameHit(main, "Zorblax elsewhere", 0.9, ())
    own = NameHit(main, main.names[0].text, 0.9, ())
    assert screen.best_of([[other], [own]], "Quux", None, 5) == [own]
    assert screen.best_of([[own], [other]], "Quux", None, 5) == [own]


def test_a_party_on_several_lists_is_a_hit_on_each() -> None:
    party = hit(0.9, "SDN", entry("EL"), entry("OWN"))
    found = list(one_a_list([party, hit(0.8, "UVL")]))
    assert [(each.entry.list, each.score, each.others) for each in found] == [
        ("SDN", 0.9, ()), ("EL", 0.9, ()), ("OWN", 0.9, ()), ("UVL", 0.8, ()),
    ]  # fmt: skip


# --- what is told of a hit -----------------------------------------------------------------------

FULL = entry(
    countries=("CN",),
    programme="P",
    requirement="all",
    requirement_text="All items",
    policy="deny",
    policy_text="Denial",
    citation="90 FR 1",
    source="https://x/y",
    since="2025-01-01",
    until="2027-01-01",
    suspended_from="2026-01-01",
    suspended_until="2026-06-01",
    note="a note",
    maybe_since="2024-12-30",
    changed="2026-03-01",
    changes="89 FR 5=2025-01-01; 90 FR 1=; X",
    doubt="why",
    addresses=("A road",),
)


EL_IN_LAW = "15 CFR 744.16 and Supplement No. 4 to Part 744"


def test_everything_that_a_list_says_of_an_entry_stands_under_its_own_key() -> None:
    cited = {"EL": EL_IN_LAW}
    hit_of_all = NameHit(FULL, "Zorblax Ltd", 0.9, ("agree",))
    found = strictest(hit_of_all, lambda each: each.list, cited=cited)
    assert found == {
        "entry": "Zorblax", "list": "EL", "name": "Zorblax Ltd", "score": "0.9", "why": ["agree"],
        "standing": "EL", "listed_on": "2025-01-01", "removed_on": "2027-01-01",
        "requirement": "All items", "requirement_normal": "all", "policy": "deny",
        "policy_text": "Denial", "programme": "P", "countries": ["CN"], "citation": "90 FR 1",
        "list_citation": EL_IN_LAW, "source": "https://x/y", "url": "https://x/y",
        "grade": "official", "since": "2025-01-01",
        "until": "2027-01-01", "suspended_from": "2026-01-01", "suspended_until": "2026-06-01",
        "announced": None, "note": "a note", "listed_perhaps_from": "2024-12-30",
        "changed_on": "2026-03-01",
        "changes": [
            {"citation": "89 FR 5", "on": "2025-01-01"}, {"citation": "90 FR 1", "on": None},
            {"citation": "X", "on": None},
        ],
        "standing_unknown_because": "why", "addresses": ["A road"],
    }  # fmt: skip
    (beside,) = on_lists(NameHit(FULL, "", 0.9, ()), lambda each: each.key, cited=cited)
    assert beside == {
        "list": "EL", "entry": "Zorblax", "standing": "1", "listed_on": "2025-01-01",
        "changed_on": "2026-03-01", "removed_on": "2027-01-01", "suspended_from": "2026-01-01",
        "suspended_until": "2026-06-01", "announced": None, "listed_perhaps_from": "2024-12-30",
        "standing_unknown_because": "why", "requirement": "All items", "policy": "deny",
        "policy_text": "Denial", "programme": "P", "citation": "90 FR 1",
        "list_citation": EL_IN_LAW, "source": "https://x/y", "url": "https://x/y",
        "note": "a note", "changes": found["changes"], "addresses": ["A road"],
    }  # fmt: skip


def test_each_listing_of_a_party_is_told_in_the_words_of_its_list() -> None:
    other = FULL._replace(list="MEU", policy_text="Refused.", note="beside")
    row: Any = shown(NameHit(FULL, "", 0.9, (), (other,)), lambda each: "in_force")
    told = list(_hit(row, "2026-08-01"))
    assert [each.strip() for each in told if "policy: " in each] == [
        "licence: All items; policy: Denial", "licence: All items; policy: Refused."
    ]  # fmt: skip
    assert told[-1].endswith("; beside")


def test_what_a_list_does_not_say_is_null_and_never_empty_text() -> None:
    found: dict[str, Any] = {**strictest(hit(), lambda each: "in_force")}
    (beside,) = on_lists(hit(), lambda each: "in_force")
    for row in (found, dict(beside)):
        assert "" not in row.values()
    assert (found["changes"], found["countries"], found["addresses"]) == ([], [], [])
    assert address_of(entry(source="the gazette")) is None


@pytest.mark.parametrize(("day", "told"), [("2026-02-28", False), ("2026-03-01", True), ("", True)])
def test_requirement_and_policy_are_told_from_the_day_of_the_last_change_on(
    day: str, told: bool
) -> None:
    found = strictest(NameHit(FULL, "", 0.9, ()), lambda each: "in_force", day)
    keys = ("requirement", "requirement_normal", "policy", "policy_text")
    assert all((found[key] is not None) is told for key in keys)  # type: ignore[literal-required]
    untold = "requirement and policy are held as changed on 2026-03-01 only"
    assert found["note"] == ("a note" if told else f"a note; {untold}")
    bare = NameHit(FULL._replace(note=""), "", 0.9, ())
    assert strictest(bare, lambda each: "", "2026-01-01")["note"] == untold
    (row,) = on_lists(bare, lambda each: "", day)
    assert (row["policy"] == "deny") is told


def test_a_row_of_a_table_has_a_cell_for_every_column() -> None:
    read: Any = SimpleNamespace(
        status_of=lambda hits: "hit" if hits else "partly",
        reason_of=lambda status, hits=(): f"because {status}",
        standing=lambda entry: f"{entry.list} stands",
        heard=lambda entry: None,
    )
    two = [
        hit(0.9, "SDN", entry("EL"), entry("EL"), since="2025-01-01"),
        hit(0.85, "UVL", name="Acme"),
    ]
    close = [hit(0.89, "DPL", entry("MEU"), name="Zorblax Zwei")]
    columns = output_columns(2)
    assert columns == (*OF_ROW, *OF_HIT, *(f"{each}_2" for each in OF_HIT))
    assert output_columns(1) == (*OF_ROW, *OF_HIT)
    cells = cells_of(read, "in short", NameHits(two, (), close))
    assert dict(zip(columns, cells, strict=True)) == {
        "status": "hit", "reason": "because hit", "screened": "in short", "related": "",
        "others": "DPL; MEU Zorblax Ltd 0.89",
        "score": "0.9", "entry": "Zorblax", "list": "SDN", "listed_name": "Zorblax Ltd",
        "why": "agree: zorblax; other form", "lists": "SDN; EL", "standing": "SDN stands",
        "listed_on": "2025-01-01", "score_2": "0.85", "entry_2": "Acme", "list_2": "UVL",
        "listed_name_2": "Zorblax Ltd", "why_2": "agree: zorblax; other form", "lists_2": "UVL",
        "standing_2": "UVL stands", "listed_on_2": "",
    }  # fmt: skip
    none = NameHits([], [Related(entry(), "bears the brand zorblax too")])
    beside = "bears the brand zorblax too: Zorblax (EL)"
    assert cells_of(read, "in short", none) == ["partly", "because partly", "in short", beside, ""]
    assert cells_of(read, "in short", "no letter") == [
        "unresolved",
        "no letter",
        "in short",
        "",
        "",
    ]


# --- what changed, and how many ------------------------------------------------------------------


def test_a_change_is_told_by_its_days_and_place() -> None:
    assert EntryChange(ADDED, FULL).row() == {
        "what": "added", "list": "EL", "entry": "Zorblax", "on": "2025-01-01",
        "listed_on": "2025-01-01", "listed_perhaps_from": "2024-12-30", "changed_on": "2026-03-01",
        "removed_on": "2027-01-01", "suspended_from": "2026-01-01",
        "suspended_until": "2026-06-01", "announced": None, "citation": "90 FR 1",
        "url": "https://x/y",
    }  # fmt: skip
    bare = EntryChange(ADDED, entry(source="the gazette")).row()
    assert [key for key, value in bare.items() if value is None] == [
        "on", "listed_on", "listed_perhaps_from", "changed_on", "removed_on", "suspended_from",
        "suspended_until", "announced", "citation", "url",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "differs"),
    [
        ("names", (Name("Other"),), True), ("requirement_text", "x", True),
        ("policy_text", "x", True), ("programme", "x", True), ("suspended_from", "x", True),
        ("note", "x", True), ("citation", "x", True), ("addresses", ("x",), False),
    ],
)  # fmt: skip
def test_another_wording_is_another_text_of_what_it_means(
    field: str, value: Any, differs: bool
) -> None:
    assert is_reworded(FULL, FULL._replace(**{field: value})) is differs


@pytest.mark.parametrize("last", ["2026-01-01", "2025-12-31"])
def test_days_in_the_wrong_order_are_refused(last: str) -> None:
    with pytest.raises(ValueError, match="2026-01-01 does not lie before"):
        changes_between("2026-01-01", last)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lists as of a day, with entries of some years."""
    bodies = [
        entry(since="2024-05-01", until="2025-01-01", countries=("CN",)),
        entry(since="2024-06-01", until="2026-08-01", countries=("CN", "HK"), kind="entity"),
        entry(since="2024-07-01", until="2026-08-02", kind="vessel"),
        entry(since="2025-01-01"),
        entry(),
        entry("SDN", since="2025-02-01", kind="individual", countries=("HK",)),
    ]

    def of_lists(lists: Any = ()) -> list[tuple[int, Any]]:
        return [pair for pair in enumerate(bodies) if not lists or pair[1].list in lists]

    row = Coverage("EL", None, None, "", READ)
    monkeypatch.setattr(counting, "lists_read", lambda screen: {"EL": row})
    monkeypatch.setattr(counting, "lists_beside", lambda screen: {"SDN": row._replace(what="SDN")})
    return SimpleNamespace(
        day="2026-08-01",
        counting={"EL": 1, "SDN": 1, "UVL": 1},
        facts={"EL": SimpleNamespace(title="Entity List")},
        lists=[SimpleNamespace(bodies=of_lists)],
    )


def rows_of(answer: Any) -> list[tuple[str, str | None, int, int]]:
    return [(*each.values(),) for each in answer["rows"]]


def test_entries_are_counted_by_the_year_of_their_day_and_whether_they_still_stand(
    counted: Any,
) -> None:
    answer = by_year(counted)
    assert rows_of(answer) == [
        ("EL", None, 1, 1),
        ("EL", "2024", 3, 1),  # who ends on the day itself stands no more
        ("EL", "2025", 1, 1),
        ("SDN", "2025", 1, 1),
    ]
    later = (
        "who was removed before the list's first version here is in no count, so a past year may "
        "have had more"
    )
    assert answer["lists"] == [
        {
            "list": "EL", "title": "Entity List", "entries": 5, "undated": 1,
            "lacks": f"1 entry carries no day and stands under no year; {later}",
        },
        {"list": "SDN", "title": "", "entries": 1, "undated": 0, "lacks": later},
    ]  # fmt: skip
    assert [each["what"] for each in answer["coverage"]] == ["EL", "SDN"]
    assert (answer["on"], answer["country"], answer["companies"]) == ("2026-08-01", None, False)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"country": "HK"}, [("EL", "2024", 1, 0), ("SDN", "2025", 1, 1)]),
        ({"lists": ["SDN"]}, [("SDN", "2025", 1, 1)]),
        ({"lists": ["UVL"]}, []),
        (
            {"companies": True},
            [("EL", None, 1, 1), ("EL", "2024", 2, 0), ("EL", "2025", 1, 1)],
        ),
    ],
)
def test_entries_are_counted_of_a_country_of_lists_or_of_companies_alone(
    counted: Any, asked: dict[str, Any], rows: list[Any]
) -> None:
    answer = by_year(counted, **asked)
    assert rows_of(answer) == rows
    assert [each["list"] for each in answer["lists"]] == sorted(
        {each[0] for each in rows} | set(asked.get("lists", ()))
    )


def test_a_list_that_is_not_at_hand_is_refused_with_a_near_one(counted: Any) -> None:
    with pytest.raises(UnknownWordError, match="'SDM' is not a list at hand; known: SDN"):
        by_year(counted, ["EL", "SDM"])


# --- since a recorded screening ------------------------------------------------------------------


def ledger_entry(number: int, kind: str = "screen") -> Any:
    return SimpleNamespace(number=number, kind=kind)


def test_the_screening_that_is_asked_about_is_the_one_named_or_the_last() -> None:
    rows = {1: ledger_entry(1), 2: ledger_entry(2, "duty")}
    asked: list[tuple[str, int]] = []

    def last(kind: str, most: int) -> list[Any]:
        asked.append((kind, most))
        return [rows[1]] if rows else []

    ledger: Any = SimpleNamespace(entry=rows.__getitem__, entries=last)
    assert recorded_screening(ledger, 1) is rows[1]
    assert asked == []
    assert recorded_screening(ledger).number == 1
    assert asked == [("screen", 1)]
    with pytest.raises(ValueError, match="entry 2 of the ledger is of duty, not of screen"):
        recorded_screening(ledger, 2)
    rows.clear()
    with pytest.raises(ValueError, match="no screening was recorded"):
        recorded_screening(ledger)


def now_with(**days: str) -> Any:
    held = {
        name: SimpleNamespace(day=day, is_later=name == "LATER", versions=())
        for name, day in days.items()
    }
    return SimpleNamespace(counting=held, day="2026-08-01")


def test_each_list_then_and_now_says_whether_anything_newer_was_read() -> None:
    days = {"A": "2026-01-01", "B": "2026-07-01", "GONE": "2026-01-01"}
    found = list(_lists(days, now_with(A="2026-07-01", B="2026-07-01", NEW="2026-07-01")))
    assert [(*each.values(),) for each in found] == [
        ("A", "2026-01-01", "2026-07-01", "newer"),
        ("B", "2026-07-01", "2026-07-01", "nothing_newer_was_read"),
        ("GONE", "2026-01-01", None, "not_at_hand"),
        ("NEW", None, "2026-07-01", "not_read_then"),
    ]


def read_then(**days: str) -> ListsRead:
    return {"sha256": "", "lists": days, "versions": {}}


def test_lists_are_compared_from_their_version_then_or_from_the_day_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str, list[str]]] = []

    def between(first: str, last: str, lists: Any, then: str = "") -> Any:
        asked.append((first, last, sorted(lists)))
        assert then in ("", screened_on)
        return SimpleNamespace(changes=[last])

    screened_on = "2026-07-15"
    monkeypatch.setattr(list_changes, "changes_between", between)
    days = {
        "A": "2026-01-01",
        "B": "2026-07-01",
        "C": "",
        "D": "2026-01-01",
        "GONE": "2026-01-01",
        "LATER": "2026-01-01",
    }
    dated = dict.fromkeys("ABCD", "2026-07-01")
    now = now_with(**dated, LATER="2026-09-01")
    assert news_since(read_then(**days), "2026-07-15", now).changes == ["2026-08-01", "2026-08-01"]
    assert asked == [
        ("2026-01-01", "2026-08-01", ["A", "D"]),  # all lists are opened once for them
        ("2026-07-15", "2026-08-01", ["B", "C"]),
    ]
    asked.clear()
    # A screening of today has nothing behind it.
    assert news_since(read_then(B="2026-07-01"), "2026-08-01", now).changes == []
    screened_on = "2026-01-01"
    assert news_since(read_then(A="2026-01-01"), "2026-01-01", now).changes == ["2026-08-01"]
    assert asked == [("2026-01-01", "2026-08-01", ["A"])]


def test_a_name_is_told_whose_listings_or_status_are_others() -> None:
    def result(name: str, status: str, *listings: tuple[str, ...]) -> dict[str, Any]:
        rows = [dict(zip(("list", "entry", "standing"), each, strict=False)) for each in listings]
        return {"name": name, "status": status, "hits": [{"lists": rows}]}

    before = [
        result("A", "hit", ("EL", "one"), ("SDN", "one")), result("B", "partly"),
        result("C", "hit", ("EL", "x")), result("D", "hit", ("EL", "y")),
        result("E", "hit", ("CN-UEL", "z", "in_force")), result("F", "hit", ("EL", "v")),
    ]  # fmt: skip
    after = [
        result("A", "hit", ("EL", "one"), ("UVL", "two")), result("B", "clear"),
        result("C", "hit", ("EL", "x")), result("D", "clear"),
        result("E", "hit", ("CN-UEL", "z", "suspended")),
        result("F", "hit", ("EL", "v", "in_force")),
    ]  # fmt: skip
    assert list(_names(before, after, ListedChanges([], frozenset()))) == [
        {"name": "A", "was": "hit", "is": "hit", "came": ["UVL: two"], "went": ["SDN: one"],
         "stands": []},
        {"name": "B", "was": "partly", "is": "clear", "came": [], "went": [], "stands": []},
        {"name": "D", "was": "hit", "is": "clear", "came": [], "went": ["EL: y"],
         "stands": []},
        {"name": "E", "was": "hit", "is": "hit", "came": [], "went": [],
         "stands": ["CN-UEL: z: suspended (in force before)"]},
    ]  # fmt: skip
    # Back by its notice, and not by what was only announced: both are told.
    after[4]["hits"][0]["lists"][0] |= {"standing": "in_force", "announced": {"text": "Both so."}}
    before[4]["hits"][0]["lists"][0]["standing"] = "suspended"
    told = list(_names(before, after, ListedChanges([], frozenset())))
    assert told[-1]["stands"] == ["CN-UEL: z: in force (suspended before). Both so"]
    # Of lists that are held for both days whatever did not change stood there then as well.
    news = ListedChanges([EntryChange(ADDED, entry("UVL", "two"))], frozenset(("UVL", "SDN", "EL")))
    close, gone = "comes close now, and stood on the list then as well", "stands on the list still"
    told = {row["name"]: row for row in _names(before, after, news)}
    assert (told["A"]["came"], told["A"]["went"]) == (["UVL: two"], [])
    assert told["A"]["stands"] == [f"SDN: one: came close then, and {gone}"]
    news = news._replace(changes=[])
    assert told["A"] | {"came": [], "stands": [f"UVL: two: {close}", *told["A"]["stands"]]} == next(
        row for row in _names(before, after, news) if row["name"] == "A"
    )


# --- related parties -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "brand"),
    [
        ([(PLACE, "wuhan"), (BRAND, "zorblax"), (INDUSTRY, "steel")], "zorblax"),
        ([(FILLER, "the"), (LEGAL, "ltd"), (BRAND, "acme")], "acme"),
        ([(BRAND, "abc")], ""),  # shorter than four letters
        ([(BRAND, "华为")], "华为"),
        ([(BRAND, "华")], ""),
        ([(INDUSTRY, "steel"), (BRAND, "zorblax")], ""),  # it does not lead
        ([(PLACE, "wuhan")], ""),
        ([], ""),
    ],
)
def test_the_brand_that_leads_a_name_is_looked_for_where_it_is_long_enough(
    words: list[tuple[Any, str]], brand: str
) -> None:
    assert leading([NameWord(kind, text) for kind, text in words]) == brand


@pytest.mark.parametrize(
    ("words", "brand"),
    [
        ([(PLACE, "wuhan"), (BRAND, "zorblax"), (INDUSTRY, "steel")], "zorblax"),
        ([(BRAND, "zorblax"), (INDUSTRY, "steel"), (BRAND, "zorblax")], "zorblax"),
        ([(BRAND, "zorblax"), (BRAND, "acme")], ""),  # it bears another brand, too
        ([(INDUSTRY, "steel"), (BRAND, "zorblax")], ""),
        ([(FILLER, "of"), (BRAND, "zorblax")], ""),
        ([(BRAND, "zax")], ""),
        ([(LEGAL, "ltd")], ""),
    ],
)
def test_a_listed_name_bears_its_only_brand_where_it_begins_with_it(
    words: list[tuple[Any, str]], brand: str
) -> None:
    assert only_brand([NameWord(kind, text) for kind, text in words]) == brand


def test_a_brand_of_three_letters_is_looked_for_where_it_is_that_of_a_house() -> None:
    form = [NameWord(PLACE, "wuhan"), NameWord(BRAND, "abc"), NameWord(INDUSTRY, "steel")]
    assert leading(form, {"abc"}) == only_brand(form, {"abc"}) == "abc"
    assert leading(form, {"xyz"}) == only_brand(form, {"xyz"}) == ""


def test_who_bears_a_brand_is_kept_but_for_a_word_of_too_many_names() -> None:
    gathered = NameBearers()
    zorblax, acme = ([NameWord(BRAND, brand)] for brand in ("zorblax", "acme"))
    beside = [*acme, NameWord(INDUSTRY, "trade")]
    for entry, form in ((3, zorblax), (1, zorblax), (3, zorblax), (2, beside)):
        gathered.add(entry, form)
    # a brand by which alone a list calls a party is its own, unless very many names have it
    gathered.add(4, [NameWord(BRAND, "quux")])
    gathered.add(5, [NameWord(BRAND, "common")])
    many = [NameWord(BRAND, "many")]
    for entry in range(MOST_BORNE + 1):
        gathered.add(entry, many)
    # most companies of a group begin with its brand
    gathered.add(6, [NameWord(BRAND, "group")])
    for _ in range(FEW_BORNE):
        gathered.add(7, [NameWord(BRAND, "group"), NameWord(BRAND, "quuxford")])
    with closing(sqlite3.connect(":memory:")) as database:
        # acme stands in two more names beside other brands, so it is nobody's
        borne = {"bzorblax": 7, "bacme": 3, "bquux": 9, "bcommon": FEW_BORNE + 1}
        borne |= {"bmany": MOST_BORNE + 1, "bgroup": 2 * FEW_BORNE, "bquuxford": FEW_BORNE}
        gathered.write(database, borne)
        assert list(bearers(database, "group")) == [6]
        assert list(bearers(database, "zorblax")) == [3, 1]
        assert list(bearers(database, "quux")) == [4]
        for brand in ("acme", "common", "many", "nobody"):
            assert list(bearers(database, brand)) == []
        assert list(all_borne(database)) == ["group", "quux", "zorblax"]
        NameBearers().write(database, {})
        assert list(all_borne(database)) == []


def test_related_parties_stand_in_one_line_by_why() -> None:
    brand, stated = "bears the brand zorblax too", "the EL list prints it as affiliate, of this"
    told = [
        Related(entry(), stated), Related(entry("UVL"), brand), Related(entry("SDN"), brand),
    ]  # fmt: skip
    assert in_short(told) == f"{stated}: Zorblax (EL) | {brand}: Zorblax (UVL); Zorblax (SDN)"
    assert in_short([]) == ""


def test_a_related_party_says_where_the_list_prints_it() -> None:
    assert Related(entry(source="https://x"), "a brand", "90 FR 1").row() == {
        "entry": "Zorblax", "list": "EL", "why": "a brand", "citation": "90 FR 1",
        "url": "https://x",
    }  # fmt: skip
    bare = Related(entry(), "a brand").row()
    assert (bare["citation"], bare["url"]) == (None, None)


def test_a_row_whose_country_is_not_understood_has_hits_and_says_so() -> None:
    read: Any = SimpleNamespace(
        status_of=lambda hits: "hit", reason_of=lambda status, hits=(): "", in_short=lambda: "",
        standing=lambda entry: "", heard=lambda entry: None, status="hit", rows=[],
    )  # fmt: skip
    compose = RowsWriter(read, 1, list, "")
    queries = [query_of("Acme", "Atlantis", None), query_of("Acme", "Brasil", None)]
    written = compose(queries, [NameHits([hit()]), NameHits([hit()])])
    assert [(row[0], "'Atlantis'" in row[1]) for row in written.rows] == [
        ("hit", True),
        ("hit", False),
    ]
    assert written.noted == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("BR", "Brasil BRASIL brazil BRA"),
        ("DE", "Deutschland Allemagne Alemania DEU de"),
        ("GB", "UK U.K. England Scotland gbr"),
        ("VN", "Viet+Nam Việt+Nam vietnam VNM"),
        ("CN", "P.R.+China PR+China P.+R.+China China+(Mainland) chn Chine"),
        ("KR", "S.+Korea 대한민국 Korea,+Republic+of KOR"),
        ("TW", "Taiwan+(ROC) R.O.C."),
        ("RU", "Россия Russian+Fed. Rusia"),
        ("ES", "España espana Espagne"),
        ("CH", "Schweiz Suisse Svizzera"),
        ("JP", "日本 Japon"),
    ],
)
def test_a_country_is_known_by_its_native_and_its_short_names(code: str, words: str) -> None:
    for word in words.split():
        assert known_country(word.replace("+", " ")) == code, word


@pytest.mark.parametrize(
    "word", ["Korea", "Congo", "EU", "N/A", "Worldwide", "XX", "Untied States"]
)
def test_a_word_of_two_countries_or_none_is_no_country(word: str) -> None:
    with pytest.raises(UnknownWordError):
        known_country(word)
