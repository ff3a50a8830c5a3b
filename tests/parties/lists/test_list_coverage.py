"""What of the lists was read, what that settles, and the party that stands on several of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from detente.core.coverage import UnreadError, vouched
from detente.core.tables.tsv import read_tsv
from detente.parties.lists.listed_days import with_first_days
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.readers.csl import read_csl
from detente.parties.lists.standing import Strictness, standing_of
from detente.parties.screening import crowd
from detente.parties.screening.answer import answer_screen
from detente.parties.screening.compile import build_parties
from detente.parties.screening.importing import import_list
from detente.parties.screening.list_coverage import (
    CLEAR,
    NOT_SCREENED,
    PART,
    ListedLater,
    listed_later,
    lists_read,
    screened,
)
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import NameHits
from detente.parties.screening.rows import as_values, output_columns
from detente.parties.screening.store import Screen, listed, open_built_in, read_facts

DATA = Path(__file__).parents[3] / "data" / "parties"
LISTS = {row["list"]: row for row in read_tsv(DATA / "lists.tsv")}
OFFICIAL = list(read_tsv(DATA / "official.tsv"))


def every_list(path: Path, day: str, *names: str) -> str:
    """A Consolidated Screening List with something on every list of the United States."""
    codes = [code for code, row in LISTS.items() if row["by"] == "US" and row["rests"] == "yes"]
    results = [
        {"name": f"Nobody of {code}", "source": f"A list ({code}) - Bureau", "countries": ["XZ"]}
        for code in codes
    ] + [{"name": name, "source": "A list (EL) - Bureau", "countries": ["CN"]} for name in names]
    path.write_text(json.dumps({"search_performed_at": day, "results": results}), encoding="utf-8")
    return str(path)


def test_a_name_is_clear_where_every_list_was_read_whole_for_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = every_list(tmp_path / "csl.json", "2026-08-06", "Zorblax Widgets")
    # Some of the lists came with the package for the day after.
    import_list(path, fewer=True, history=True)
    answer = answer_screen(Screen("2026-08-06"), ["Acme Bakery", "Zorblax Widgets"])
    assert [each["status"] for each in answer["results"]] == [CLEAR, "hit"]
    assert {row["state"] for row in answer["coverage"]} == {"read"}
    later = answer_screen(Screen("2026-08-07"), ["Acme Bakery"])["results"][0]
    assert later["status"] == PART
    assert "read through 2026-08-06 only" in later["reason"]
    before = answer_screen(Screen("2026-08-05"), ["Acme Bakery"])["results"][0]
    # The import is of a later day, and what came with the package of an earlier one.
    assert before["status"] == PART
    assert "read through 2026-07-31 only" in before["reason"]
    assert "read again for 2026-08-06: ask for that day to see who came" in before["reason"]
    assert "read again" not in later["reason"], "nothing newer is held"
    first = answer_screen(Screen("1996-01-01"), ["Acme Bakery"])["results"][0]
    assert first["status"] == NOT_SCREENED


def test_a_day_on_which_a_later_version_has_more_parties_as_listed_is_never_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    path = tmp_path / "house.csv"
    for day, rows in (
        ("2026-08-03", "Quuxly Foundry,2026-01-01,,\n"),
        # Effective on the third, published on the sixth; renamed; and not listed on the day.
        (
            "2026-08-07",
            "Zorblax Widgets,2026-08-03,,\nQuuxly Works,2026-01-01,,Quuxly Foundry\n"
            "Blorf,2026-08-05,,\nKepler,2020-01-01,2021-01-01,\n",
        ),
    ):
        path.write_text(f"name,since,until,aliases\n{rows}", encoding="utf-8")
        import_list(str(path), source_date=day, name="HOUSE")
    found = Screen("2026-08-03")
    told = listed_later(found)
    assert told == {"HOUSE": ListedLater("2026-08-07", ("Zorblax Widgets",))}
    read = screened(found)
    (row,) = [each for each in read.rows if each["what"] == "HOUSE"]
    assert row["state"] == "partly"
    assert "HOUSE as of 2026-08-07 has Zorblax Widgets as listed by 2026-08-03" in read.reason
    for day in ("2026-08-07", "2026-08-06"):
        more = listed_later(Screen(day))
        assert more == (
            {} if day == "2026-08-07"
            else {"HOUSE": ListedLater("2026-08-07", ("Zorblax Widgets", "Blorf"))}
        )  # fmt: skip


def csl_of(path: Path, day: str, *rows: tuple[str, str, str]) -> str:
    """A Consolidated Screening List of a day: of each row the list, the name and its first day."""
    results = [
        {"name": name, "source": f"({code})", "start_date": first, "federal_register_notice": "",
         "addresses": [{"country": "CN"}]}
        for code, name, first in rows
    ]  # fmt: skip
    path.write_text(json.dumps({"search_performed_at": day, "results": results}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("code", "day", "standing"),
    [
        ("EL", "2026-08-16", "not_yet"),
        ("EL", "2026-08-17", "unknown"),
        ("MEU", "2026-08-23", "unknown"),
        ("EL", "2026-08-24", "in_force"),
        ("SDN", "2026-08-23", "not_yet"),  # it prints the day of its act
    ],
)
def test_a_list_of_law_prints_the_day_of_publication_and_may_hold_some_days_before(
    tmp_path: Path, code: str, day: str, standing: str
) -> None:
    path = csl_of(tmp_path / "csl.json", "2026-08-28", (code, "Zorblax Widgets", "2026-08-24"))
    (entry,) = read_csl(path).entries
    assert standing_of(entry, day) == standing


def test_a_day_on_which_somebody_may_have_been_listed_is_never_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    old = ("EL", "Quuxly Foundry", "2026-01-01")
    new = ("EL", "Zorblax Widgets", "2026-08-24")
    for day, rows in (("2026-08-20", [old]), ("2026-08-28", [old, new])):
        path = csl_of(tmp_path / "csl.json", day, *rows)
        import_list(path, source_date=day, fewer=True)
    assert listed_later(Screen("2026-08-20")) == {
        "EL": ListedLater("2026-08-28", (), ("Zorblax Widgets",))
    }
    read = screened(Screen("2026-08-20"))
    assert {row["what"]: row["state"] for row in read.rows}["EL"] == PART
    assert "EL as of 2026-08-28 has Zorblax Widgets as perhaps listed by 2026-08-20" in read.reason
    both = ListedLater("2026-08-28", ("A", "B", "C", "D"), ("E",)).sentence("EL", "2026-08-20")
    assert both.startswith(
        "EL as of 2026-08-28 has A, B, C and 1 party more as listed by 2026-08-20, and E as "
        "perhaps listed by 2026-08-20, and the version"
    )


def test_the_legal_day_that_is_held_stays_before_that_of_the_publication() -> None:
    held = ListedEntry("EL", "1", (Name("Zorblax"),), since="2026-08-20")
    of_file = held._replace(since="2026-08-24", maybe_since="2026-08-17")
    (kept,), _ = with_first_days({"1": held}, [of_file], "2026-08-28")
    assert (kept.since, kept.maybe_since) == ("2026-08-20", "")
    (new,), _ = with_first_days({}, [of_file], "2026-08-28")
    assert (new.since, new.maybe_since) == ("2026-08-24", "2026-08-17")


@pytest.mark.parametrize(
    ("citation", "changes", "changed"),
    [
        ("80 FR 1; 85 FR 2", "80 FR 1=2015-01-02;85 FR 2=2020-01-02", "2020-01-02"),
        # A new notice has no day that is held; the others keep theirs.
        (
            "80 FR 1, 85 F.R. 2, 91 FR 3",
            "80 FR 1=2015-01-02;85 FR 2=2020-01-02;91 FR 3=",
            "2026-08-28",
        ),
        ("80 FR 1", "80 FR 1=2015-01-02", "2020-01-02"),
        ("91 FR 3", "", ""),  # another listing
        ("", "", ""),
    ],
)
def test_each_notice_that_is_still_cited_keeps_the_day_that_is_held(
    citation: str, changes: str, changed: str
) -> None:
    held = ListedEntry(
        "EL", "1", (Name("Zorblax"),), since="2015-01-02", citation="80 FR 1; 85 FR 2",
        changes="80 FR 1=2015-01-02;85 FR 2=2020-01-02", changed="2020-01-02",
    )  # fmt: skip
    of_file = held._replace(since="", citation=citation, changes="", changed="")
    (kept,), _ = with_first_days({"1": held}, [of_file], "2026-07-31", "2026-08-28")
    assert (kept.changes, kept.changed) == (changes, changed)
    # An entry without a first day keeps what is held of when it may have come.
    open_ = held._replace(since="", maybe_since="2021-06-03", doubt="earlier editions are not held")
    same = held._replace(since="", maybe_since="")
    (kept_open,), _ = with_first_days({"1": open_}, [same], "2026-08-28", "2026-09-01")
    assert (kept_open.since, kept_open.maybe_since) == ("", "2021-06-03")
    # Once more the same file says nothing else.
    (again,), _ = with_first_days({"1": kept}, [of_file], "2026-08-28", "2026-09-01")
    assert (again.changes, again.changed) == (changes, changed)


@pytest.mark.parametrize(
    ("day", "standing", "state"),
    # Nobody stood on a list that was not made yet; on an earlier edition anybody may have.
    [("1999-01-01", "not_yet", "unread"), ("2021-06-02", "not_yet", "unread"),
     ("2021-06-03", "unknown", "unread"), ("2026-06-07", "unknown", "unread"),
     ("2026-06-08", "in_force", "read"),
     ("2026-06-09", "in_force", "read"), ("2026-06-11", "in_force", "beyond")],
)  # fmt: skip
def test_an_edition_holds_from_its_own_day_and_not_from_that_of_its_publication(
    day: str, standing: str, state: str
) -> None:
    screen = Screen(day)
    read = screened(screen)
    entries = list(screen.entries(screen.counting["1260H"]))
    assert {screen.standing(each) for each in entries} == {standing}
    assert {row["what"]: row["state"] for row in read.beside}["1260H"] == state
    # The first day that is known is not a day of their listing.
    assert {(each.since, each.maybe_since) for each in entries} == {("", "2021-06-03")}


def test_a_verdict_of_clear_does_not_leave_over_lists_that_were_not_read() -> None:
    read = screened(Screen("2026-07-31"))
    assert read.status == PART
    with pytest.raises(UnreadError, match="EL"):
        vouched({"status": CLEAR, "coverage": read.rows})


def test_a_listing_that_ended_is_shown_and_is_no_hit() -> None:
    (result,) = answer_screen(Screen("2026-07-31"), ["TechInsights Inc."], None, 1)["results"]
    assert result["hits"], "the party is on one of China's lists"
    ended = [each["standing"] for hit in result["hits"] for each in hit["lists"]]
    assert (result["status"] == "hit") == bool({"in_force", "suspended"} & set(ended))


@pytest.mark.parametrize(
    ("later", "since", "day", "standing"),
    [
        ((), "", "2026-01-01", "in_force"),
        (("EL",), "", "2026-01-01", "unknown"),
        (("EL",), "2025-01-01", "2026-01-01", "in_force"),
        (("EL",), "2026-02-01", "2026-01-01", "not_yet"),
        (("CMIC",), "", "2026-01-01", "in_force"),
    ],
)
def test_a_list_that_begins_later_leaves_its_undated_entries_unknown(
    later: tuple[str, ...], since: str, day: str, standing: str
) -> None:
    entry = ListedEntry("EL", "1", (Name("A"),), since=since)
    assert standing_of(entry, day, later) == standing


def test_the_scope_of_each_list_is_that_of_its_entries() -> None:
    counted = Counter(row["list"] for row in OFFICIAL)
    programmes = {row["programme"] for row in read_tsv(DATA / "programmes.tsv")}
    for code, row in LISTS.items():
        places = set(filter(None, row["countries"].split(";")))
        own = [each for each in OFFICIAL if each["list"] == code]
        if places:
            assert row["held"] == "part"
            assert all(places & set(each["countries"].split(";")) for each in own)
            assert "China, Hong Kong or Macau" in row["scope"]
        if row["programmes"]:
            assert all(programmes & set(each["programme"].split("; ")) for each in own)
            assert "programmes" in row["scope"]
        if row["held"] == "none":
            assert not counted[code]
            assert row["source_date"] == ""
        assert row["held"] in ("whole", "part", "none")
        assert row["scope"]


def test_every_list_that_a_rule_names_is_one_that_is_told_of() -> None:
    from detente.controls.law import law_of
    from detente.register.book import Register

    named = {
        each.list
        for side in law_of(Register.built_in()).regimes
        for each in side.terms.parties
        if each.list
    }
    kept = open_built_in()
    assert named <= set(read_facts(kept))
    kept.close()


def test_the_order_of_strictness_is_data_and_names_every_list_and_policy() -> None:
    ranks = [int(row["strictness"]) for row in LISTS.values()]
    assert len(set(ranks)) == len(ranks)
    policies = [row["policy"] for row in read_tsv(DATA / "policies.tsv")]
    assert {"presumption_of_denial", "policy_of_denial", "case_by_case", "mixed"} <= set(policies)


def test_an_order_of_strictness_puts_the_list_before_the_policy() -> None:
    order = Strictness({"A": 1, "B": 2}, {"denial": 1, "mixed": 2})

    def entry(code: str, policy: str) -> ListedEntry:
        return ListedEntry(code, "1", (Name("X"),), policy=policy)

    mixed = [entry("B", "denial"), entry("C", ""), entry("A", "mixed"), entry("A", "denial")]
    found = [(each.list, each.policy) for each in sorted(mixed, key=order.of)]
    assert found == [("A", "denial"), ("A", "mixed"), ("B", "denial"), ("C", "")]


def test_a_table_that_says_a_list_is_held_otherwise_is_refused(tmp_path: Path) -> None:
    for path in DATA.glob("*.tsv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lists = tmp_path / "lists.tsv"
    whole = lists.read_text("utf-8")
    lists.write_text(
        whole.replace("2026-07-31\t\twhole\t\t", "2026-07-31\t\twhole\tHK\t", 1), "utf-8"
    )
    with pytest.raises(ValueError, match=r"lists\.tsv, \w+: .* is of none of"):
        build_parties(tmp_path, tmp_path / "out.sqlite")


PARTIES = (
    "Huawei Technologies", "Hangzhou Hikvision Digital Technology", "Inspur Group",
    "Semiconductor Manufacturing International Corporation", "SZ DJI Technology",
)  # fmt: skip


@pytest.mark.parametrize("name", PARTIES)
def test_all_lists_of_a_party_are_in_one_record_the_strictest_first(name: str) -> None:
    hits = Screen().parties(name, None, 10)
    assert hits[0].entry.list == "EL"
    assert "CMIC" in [entry.list for entry in hits[0].entries]
    shown = [(entry.list, entry.key) for hit in hits for entry in hit.entries]
    assert len(shown) == len(set(shown))


def test_parties_of_one_list_with_different_names_stay_apart() -> None:
    (first, *_) = Screen().parties("Exodus Microelectronics Company Limited", None, 3)
    # Another entry of the list has this name as one of its further names.
    assert [entry.names[0].text for entry in first.entries] == [
        "Exodus Microelectronics Company Limited"
    ]


def test_parties_of_different_countries_with_one_name_stay_apart() -> None:
    for hit in Screen().parties("Hudson Technologies", None, 5):
        assert len({"MY" in entry.countries for entry in hit.entries}) == 1


@pytest.mark.once
def test_every_list_of_a_party_is_shown_however_few_parties_are_asked_for() -> None:
    pytest.importorskip("numba")
    asked = [NameQuery(each) for each in PARTIES] * 3
    screen = Screen()
    one_by_one = [screen.parties(each.name, None, 1) for each in asked]
    together = crowd.answers_of(screen)(asked, 1)
    assert together == one_by_one
    assert all(len(hits) == 1 and hits[0].others for hits in one_by_one)


def test_a_users_list_joins_the_record_of_a_built_in_party(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    file = tmp_path / "house.csv"
    file.write_text('name\n"Inspur Group Co., Ltd."\n')
    import_list(str(file), source_date="2026-08-01")
    (hit,) = Screen().parties("Inspur Group Co., Ltd.", None, 1)
    assert [entry.list for entry in hit.entries] == ["EL", "1260H", "CMIC", "HOUSE"]


def test_a_row_of_a_file_names_all_lists_and_what_was_read() -> None:
    screen = Screen("2026-07-31")
    show = as_values(screened(screen))
    columns = output_columns(1)
    row = dict(zip(columns, show(NameHits(screen.parties(PARTIES[1], None, 1))), strict=True))
    assert (row["status"], row["list"], row["lists"]) == (
        "hit",
        "EL",
        "EL; 1260H; FCC; NDAA-889; CMIC",
    )
    assert "EL 2026-07-31 partly" in str(row["screened"])
    nobody = dict(zip(columns, show(NameHits()), strict=False))
    assert nobody["status"] == PART
    assert "EL is held but for the text of 11 entries" in str(nobody["reason"])


def test_the_lists_at_hand_say_their_days_and_where_they_are_from() -> None:
    found = {each.list: each for each in listed()}
    assert found["CN-UEL"].start == "2023-02-16"
    assert (found["EL"].start, found["EL"].source_date) == ("1997-06-30", "2026-07-31")
    assert found["SDN"].start == found["SDN"].source_date == "2026-07-31"


def entity_list_on(name: str, day: str) -> dict[str, str]:
    (result,) = answer_screen(Screen(day), [name], None, 3)["results"]
    rows = (row for hit in result["hits"] for row in hit["lists"])
    return next(row for row in rows if row["list"] == "EL")


def test_a_listing_is_in_force_from_its_legal_day_and_open_before_a_published_one() -> None:
    smic = "Semiconductor Manufacturing International Corporation"
    assert entity_list_on(smic, "2020-12-17")["standing"] == "not_yet"
    assert entity_list_on(smic, "2020-12-18")["standing"] == "in_force"  # published 22 December
    # No legal day was found of a listing published on 31 October 2011: open from the 24th.
    amaze = "Amaze International"
    days = ("2011-10-23", "2011-10-24", "2011-10-30", "2011-10-31")
    standings = [entity_list_on(amaze, day)["standing"] for day in days]
    assert standings == ["not_yet", "unknown", "unknown", "in_force"]


def test_a_policy_is_not_told_of_a_day_before_its_last_change() -> None:
    smic = "Semiconductor Manufacturing International Corporation"
    before, after = (entity_list_on(smic, day) for day in ("2024-12-04", "2024-12-05"))
    assert (before["policy"], before["requirement"]) == (None, None)
    assert after["policy"] == "mixed"
    assert "734.9(e)" in after["requirement"]


def test_a_past_day_is_partly_read_until_every_removal_since_is_held_by_name() -> None:
    def state(code: str, day: str) -> str:
        found = {**lists_read(Screen(day))}[code].state
        return str(found)

    assert state("MEU", "2025-11-11") == "partly"
    assert state("MEU", "2025-11-12") == "read"
    assert state("UFLPA", "2022-06-21") == "read"  # the additions add up to the list
    assert state("UFLPA", "2022-06-20") == "unread"


def test_denial_orders_that_ended_are_no_hit_and_renewed_ones_are_open() -> None:
    ended = answer_screen(Screen("2026-07-31"), ["REALTEK SEMICONDUCTOR CO., LTD."])["results"][0]
    assert ended["status"] != "hit"
    renewed = answer_screen(Screen("2026-07-31"), ["Mahan Air General Trading LLC"])["results"][0]
    rows = [row for hit in renewed["hits"] for row in hit["lists"] if row["list"] == "DPL"]
    assert {row["standing"] for row in rows} == {"unknown"}


def test_names_of_lists_that_no_verdict_speaks_of_are_hits_all_the_same() -> None:
    answer = answer_screen(Screen("2026-07-31"), ["Contemporary Amperex Technology Co., Ltd."])
    (result,) = answer["results"]
    lists = {row["list"] for hit in result["hits"] for row in hit["lists"]}
    assert {"1260H", "NDAA-154"} <= lists
    assert {row["what"] for row in answer["beside"]} >= {"1260H", "FCC", "JP-EUL", "UN-SC"}


def test_a_line_with_a_listed_address_is_a_hit_whatever_name_it_bears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    place = {"address": "Unit 77, 9/F, Zorblax Centre, 12 Quuxly Street", "city": "Wanchai"}
    row = {"name": "Address 01", "source": "A list (EL) - Bureau", "addresses": [place]}
    file = tmp_path / "csl.json"
    file.write_text(json.dumps({"search_performed_at": "2026-08-20", "results": [row]}), "utf-8")
    import_list(str(file), fewer=True)
    screen = Screen("2026-08-20")
    line = "Vexomatic Ltd, Unit 77, 9/F, Zorblax Centre, 12 Quuxly Street, Wanchai, Hong Kong"
    (hit,) = screen.parties(line)
    assert (hit.entry.names[0].text, hit.score) == ("Address 01", 1.0)
    assert screen.parties(line.replace("Unit 77", "Unit 78")) == []
    assert crowd.answers_of(screen)([NameQuery(line)], 5) == [[hit]]
