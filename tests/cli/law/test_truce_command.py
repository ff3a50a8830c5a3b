"""The commands of the confrontation: truce, claims, feed, and the export of the whole register."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from detente.cli.main import ANSWERED, MISUNDERSTOOD

if TYPE_CHECKING:
    from tests.cli.conftest import Run

INSTRUMENT_KEYS = {
    "measure",
    "limb",
    "by",
    "verb",
    "state",
    "suspended_from",
    "suspended_until",
    "boundary",
    "returns_on",
    "days_left",
    "what_returns",
}
CLAIM_KEYS = {"id", "speaker", "on", "text", "source", "test", "answer"}
ATOM = "{http://www.w3.org/2005/Atom}"


def test_truce_answers_under_the_keys_of_the_interface(run: Run) -> None:
    ran = run("truce", "--on", "2026-11-11", "--json")
    answer = json.loads(ran.out)
    assert ran.code == ANSWERED
    assert answer["on"] == "2026-11-11"
    assert len(answer["instruments"]) == 13
    for row in answer["instruments"]:
        assert row.keys() >= INSTRUMENT_KEYS


def test_truce_tells_a_person_what_returned_and_what_is_left(run: Run) -> None:
    text = " ".join(run("truce", "--on", "2026-11-11").out.split())
    # Its last day lies after what was read, so nothing says that it did return.
    assert "by its own text to return on 2026-11-10: licence for affiliates" in text
    assert "scheduled, not confirmed since 7 August 2026" in text
    assert "by what was announced: suspended until 2027-01-10 (60 days left)" in text
    # 11 to 28 November 2026: 17 days.
    assert "returns on 2026-11-28 (17 days left)" in text
    assert "Said, and not counted on: The truce is extended to 10 January 2027" in text
    assert "nothing was ordered in between" in text


def test_truce_before_any_agreement_says_so(run: Run) -> None:
    ran = run("truce", "--on", "2025-09-01", "--known-on", "2025-09-01")
    assert "no agreement with instruments" in ran.out


def test_a_day_that_is_none_is_a_question_not_understood(run: Run) -> None:
    ran = run("truce", "--on", "tomorrow")
    assert ran.code == MISUNDERSTOOD
    assert "tomorrow" in ran.err


def test_claims_answer_under_the_keys_of_the_interface(run: Run) -> None:
    ran = run("claims", "--on", "2026-10-10", "--json")
    rows = json.loads(ran.out)["claims"]
    assert ran.code == ANSWERED
    for row in rows:
        assert row.keys() >= CLAIM_KEYS
        assert bool(row["test"]) == bool(row["answer"])
    assert [row["on"] for row in rows] == sorted(row["on"] for row in rows)


def test_a_claim_is_tested_as_known_on_the_day_asked_for(run: Run) -> None:
    def answers(*words: str) -> dict[str, str]:
        rows = json.loads(run("claims", "--json", *words).out)["claims"]
        return {row["id"]: row["answer"] for row in rows}

    then = answers("--on", "2025-11-08", "--known-on", "2025-11-02")
    now = answers("--on", "2025-11-08")
    assert "in force since 2025-11-08" in then["claim-bessent-pushback"]
    assert "suspended since 2025-11-07" in now["claim-bessent-pushback"]
    assert "claim-bessent-extension" not in then


def test_claims_of_one_side(run: Run) -> None:
    rows = json.loads(run("claims", "--by", "CN", "--on", "2026-10-10", "--json").out)["claims"]
    assert {row["by"] for row in rows} == {"CN"}
    assert run("claims", "--by", "XX").code == MISUNDERSTOOD


def test_claims_of_a_speaker_on_some_days(run: Run) -> None:
    def stated(*words: str) -> list[tuple[str, str]]:
        rows = json.loads(run("claims", "--on", "2026-10-10", "--json", *words).out)["claims"]
        return [(row["on"], row["speaker"]) for row in rows]

    assert [on for on, _ in stated("--speaker", "schumer")] == [
        "2025-10-29", "2025-10-30", "2025-11-04", "2025-11-12",
    ]  # fmt: skip
    assert stated("--speaker", "new york times", "--to-date", "2025-10-29") == [
        ("2025-10-22", "WireScreen"),
        ("2025-10-29", "Nicholas Kristof"),
    ]
    assert {on for on, _ in stated("--from", "2025-10-31", "--to-date", "2025-11-01")} == {
        "2025-10-31",
        "2025-11-01",
    }


def test_a_speaker_who_said_nothing_here_is_refused_with_those_who_did(run: Run) -> None:
    ran = run("claims", "--speaker", "Nobody")
    assert ran.code == MISUNDERSTOOD
    assert "Chuck Schumer" in ran.err
    assert run("claims", "--from", "2025-11-02", "--to-date", "2025-11-01").code == MISUNDERSTOOD


def test_what_no_command_tests_says_why(run: Run) -> None:
    rows = json.loads(run("claims", "--on", "2026-10-10", "--json").out)["claims"]
    assert all(bool(row["test"]) != bool(row["untested"]) for row in rows)


@pytest.mark.reference
def test_every_quotation_that_was_collected_is_a_claim_of_its_speaker_and_day(run: Run) -> None:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    rows = json.loads(run("claims", "--on", "2026-10-10", "--json").out)["claims"]
    held = {(row["speaker"].split()[-1], row["on"]) for row in rows}
    with (Path(folder) / "econ" / "quotations.csv").open(encoding="utf-8") as file:
        quoted = list(csv.DictReader(file))
    assert len(quoted) == 25
    spoken = {
        "12 Democratic senators": "senators",
        "IEA": "Agency",
        "The New York Times (byline not seen; Swanson NOT confirmed)": "Times",
        "WireScreen (data firm), cited by NYT": "WireScreen",
        "Wall Street Journal, editorial board": "Journal",
        "Washington Post, editorial": "Post",
        "Yomiuri Shimbun, editorial": "Shimbun",
    }
    # Of a month, the day that the register has is in that month; of a span, it is the first.
    for row in quoted:
        name = spoken.get(row["speaker"], row["speaker"].split()[-1])
        day = row["date"].partition("/")[0].partition(" ")[0]
        assert any(who == name and on.startswith(day) for who, on in held), row["id"]


def test_the_feed_is_atom_with_ids_that_are_its_own(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "detente.atom"
    assert run("feed", "-o", str(target)).code == ANSWERED
    root = ElementTree.fromstring(target.read_bytes())
    assert root.tag == f"{ATOM}feed"
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 100
    # A name without a domain: nobody's address is claimed.
    assert all(each.startswith("urn:uuid:") for each in (*ids, root.findtext(f"{ATOM}id") or ""))
    assert all(entry.findtext(f"{ATOM}content") for entry in root.iter(f"{ATOM}entry"))
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in root.iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert root.findtext(f"{ATOM}updated") == updated[0]


def test_ids_of_the_feed_last_when_later_events_are_known(run: Run, tmp_path: Path) -> None:
    early, late = tmp_path / "early.atom", tmp_path / "late.atom"
    run("feed", "--known-on", "2025-12-31", "-o", str(early))
    run("feed", "-o", str(late))

    def ids(path: Path) -> set[str | None]:
        root = ElementTree.fromstring(path.read_bytes())
        return {entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")}

    assert ids(early) < ids(late)


def test_the_feed_can_be_of_one_side_and_kind(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "threats.atom"
    run("feed", "--by", "US", "--kind", "threat", "-o", str(target))
    root = ElementTree.fromstring(target.read_bytes())
    terms = {each.get("term") for each in root.iter(f"{ATOM}category")}
    assert terms == {"US", "threat"}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from detente.register.book import Register
    from detente.register.views.export import export

    folder = tmp_path_factory.mktemp("export")
    for name, data in export(Register.built_in()).items():
        (folder / name).write_bytes(data)
    return folder


def test_the_manifest_has_the_checksum_of_every_file(exported: Path) -> None:
    manifest = json.loads((exported / "manifest.json").read_text(encoding="utf-8"))
    files = {row["file"]: row for row in manifest["files"]}
    assert {*files, "manifest.json"} == {path.name for path in exported.iterdir()}
    for name, row in files.items():
        data = (exported / name).read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_document_and_the_tables_hold_the_same_records(exported: Path) -> None:
    document = json.loads((exported / "register.json").read_text(encoding="utf-8"))
    with (exported / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [record["id"] for record in document["records"]]
    with (exported / "limbs.csv").open(encoding="utf-8", newline="") as file:
        periods = sum(1 for _ in csv.DictReader(file))
    provisions = [provision for record in document["records"] for provision in record["limbs"]]
    assert periods == sum(len(provision["paints"]) for provision in provisions)


def test_register_export_writes_a_folder_and_says_so(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out" / "register"
    ran = run("register", "export", "-o", str(target))
    assert ran.code == ANSWERED
    assert (target / "manifest.json").is_file()
    assert "checksums" in ran.out


def test_register_export_onto_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("kept", encoding="utf-8")
    assert run("register", "export", "-o", str(target)).code == MISUNDERSTOOD
    assert target.read_text(encoding="utf-8") == "kept"


def test_china_asks_for_six_digits_and_says_when_no_ordinary_duty_is_held(run: Run) -> None:
    short = run("duty", "1201", "--origin", "US", "--to", "CN", "--base", "3%")
    assert short.code == MISUNDERSTOOD
    assert "six digits" in short.err
    bare = json.loads(
        run(
            *("duty", "1201.90", "--origin", "US", "--to", "CN", "--on", "2021-05-05", "--json")
        ).out
    )
    assert bare["status"] == "open"
    assert bare["total"]["ad_valorem"] is None
    # List 1 25 and the first batch of 2019 at 2.5; the ordinary rate of 2021 is not held.
    assert bare["total"]["additional_ad_valorem"] == "0.275"
    assert any("base rate" in each["question"] for each in bare["open_questions"])


def test_an_answer_for_china_says_where_its_lists_are_known_from(run: Run) -> None:
    words = ("--origin", "US", "--to", "CN", "--base", "3%", "--on", "2026-08-01")
    answer = json.loads(run("duty", "1201.90", *words, "--json").out)
    assert any("eight digits" in note for note in answer["notes"])
    reasons = [layer["why"] for layer in answer["layers"] if layer["measure"] == "cn-301-list-1"]
    assert "table of tariff lines of 2018 and 2019" in reasons[0]


def test_a_six_digit_question_asks_which_longer_number_a_list_names(run: Run) -> None:
    words = ("--origin", "US", "--to", "CN", "--base", "12%", "--on", "2018-05-01", "--json")
    answer = json.loads(run("duty", "0203.21", *words).out)
    asked = [each for each in answer["open_questions"] if each["kind"] == "list"]
    # 12 + 25 on 0203.21.90 by the notice of April 2018, which does not name 0203.21.10.
    assert {"0203.21.90": "0.37"} in [each.get("by_code") for each in asked]
    # 12 + 15 on 0801.12, whose only line it names.
    whole = json.loads(run("duty", "0801.12", *words).out)
    assert (whole["status"], whole["total"]["ad_valorem"]) == ("ok", "0.27")
