"""The commands that show the register: their JSON, their text for a person, their errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import ANSWERED, MISUNDERSTOOD, OPEN, main
from detente.core.clock import long_day
from detente.register.book import Register
from tests.small_register import write_register

MEASURE_KEYS = {
    "id",
    "title",
    "title_zh",
    "by",
    "kind",
    "state",
    "since",
    "until",
    "rate",
    "places",
    "goods",
    "authority",
    "answers",
    "verified",
    "limbs",
}
LIMB_KEYS = {
    "id",
    "heading",
    "state",
    "since",
    "until",
    "rate",
}
EVENT_KEYS = {
    "id",
    "announced",
    "effective",
    "until",
    "by",
    "kind",
    "measure",
    "limb",
    "title",
    "title_zh",
    "state",
    "value",
    "answers",
    "sources",
    "grade",
}


@pytest.fixture(autouse=True)
def no_local_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands answer from the built-in register alone."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What a command prints as JSON."""
    assert main([*words, "--json"]) == ANSWERED
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return printed


def text(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints for a person."""
    assert main(list(words)) == ANSWERED
    return capsys.readouterr().out


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command says about a question that it does not understand."""
    assert main(list(words)) == MISUNDERSTOOD
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_status_has_the_keys_of_the_interface(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "status", "--by", "US", "--on", "2025-11-12")
    assert (found["on"], found["known_on"]) == ("2025-11-12", None)
    for measure in found["measures"]:
        assert measure.keys() >= MEASURE_KEYS
        assert all(provision.keys() >= LIMB_KEYS for provision in measure["limbs"])
    measures = {measure["id"]: measure for measure in found["measures"]}
    fentanyl = measures["us-ieepa-fentanyl-china"]
    assert (fentanyl["state"], fentanyl["rate"]) == ("in_force", "10%")
    assert fentanyl["authority"][0].keys() >= {"citation", "title", "url"}


def test_status_shows_states_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    shown = text(capsys, "status", "--on", "2025-11-12")
    assert shown.startswith("On 12 November 2025:\n\nIn force\n")
    head, _, rest = shown.partition("\nSuspended\n")
    suspended, _, ahead = rest.partition("\nTo come\n")
    assert "us-ieepa-fentanyl-china" in head
    assert "us-ieepa-reciprocal-china" in suspended
    assert "us-122-surcharge" in ahead
    assert max(map(len, shown.splitlines())) <= 96


def test_status_as_known_earlier_does_not_know_what_came(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("status", "--on", "2025-11-12", "--known-on", "2025-11-12")
    shown = text(capsys, *words)
    assert shown.startswith("On 12 November 2025, as known on 12 November 2025:")
    assert "us-122-surcharge" not in shown
    assert "held never owed" not in shown


def test_status_says_when_the_day_lies_after_what_was_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = text(capsys, "status", "--by", "US", "--on", "2031-01-01")
    told = shown[shown.index("! Areas were read so far: ") :].replace("\n   ", "")
    for area, day in read_to("us"):
        assert f"{area} to {day}" in told
    assert told.rstrip().endswith(": what was ordered since is not here.")
    earlier = text(capsys, "status", "--by", "US", "--on", "2025-11-12")
    assert "what was ordered since" not in earlier


def read_to(side: str) -> list[tuple[str, str]]:
    """How far the areas of a side were read, with their days in words."""
    areas = Register.built_in().areas
    found = [
        (name, long_day(area.reviewed_through))
        for name, area in areas.items()
        if name.startswith(side)
    ]
    assert len({day for _, day in found}) > 1
    return found


def test_one_measure_shows_its_limbs_over_time(capsys: pytest.CaptureFixture[str]) -> None:
    shown = text(capsys, "measure", "us-ieepa-reciprocal-china", "--on", "2025-11-12")
    lines = shown.splitlines()
    assert lines[0] == (
        "us-ieepa-reciprocal-china  IEEPA reciprocal duty, China, Hong Kong and Macau"
    )
    assert "  On 12 November 2025: suspended from 2025-05-14 until 2026-02-24, 10%" in lines
    main_provision = lines[lines.index(next(line for line in lines if line.startswith("main  "))) :]
    assert main_provision[1].split()[:3] == ["2025-04-05", "2025-04-09", "10%"]
    assert main_provision[2].split()[:3] == ["2025-04-09", "2025-04-10", "84%,"]


def test_one_measure_has_its_history_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "measure", "us-ieepa-fentanyl-china", "--on", "2025-11-12")
    assert found.keys() >= MEASURE_KEYS
    provision = next(provision for provision in found["limbs"] if provision["id"] == "main")
    assert [(run["from"], run["rate"]) for run in provision["history"]] == [
        ("2025-02-04", "10%"),
        ("2025-03-04", "20%"),
        ("2025-11-10", "10%"),
        ("2026-02-24", None),
    ]


def test_an_unknown_measure_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    stated = complaint(capsys, "measure", "us-ieepa-fentanil-china")
    assert stated.startswith(
        "detente measure: the register has no record 'us-ieepa-fentanil-china': the nearest are "
        "us-ieepa-fentanyl-china"
    )


def test_the_timeline_has_the_keys_of_the_interface(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--by", "US", "--from", "2025-04-08", "--to-date", "2025-04-09")
    events = answer(capsys, "timeline", *words)["events"]
    assert all(event.keys() >= EVENT_KEYS for event in events)
    found = {event["id"]: event for event in events}
    raised = found["us-ieepa-reciprocal-china.main.2025-04-08.2025-04-09"]
    assert (raised["value"], raised["sources"][0]) == ("84%", "Executive Order 14259")


def test_the_timeline_shows_limbs_that_are_painted_alike_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = text(capsys, "timeline", "--from", "2025-04-08", "--to-date", "2025-04-08")
    assert "2025-04-08  US  us-ieepa-reciprocal-china\n" in shown
    assert "            from 2025-04-09: 84%  (us-part, main)\n" in shown


def test_an_empty_timeline_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    shown = text(capsys, "timeline", "--from", "1990-01-01", "--to-date", "1990-12-31")
    assert shown == "Nothing in the register was announced or took effect on these days.\n"


def test_upcoming_shows_what_a_suspension_gives_back(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("upcoming", "--on", "2026-02-19", "--known-on", "2026-02-19", "--days", "300")
    shown = text(capsys, *words, "--by", "US")
    assert shown.startswith("After 19 February 2026, as known on 19 February 2026:")
    day = shown[shown.index("\n2026-11-10\n") :]
    assert "    10%, suspended → 34%  (us-part, main)\n" in day
    events = answer(capsys, *words)["events"]
    assert all(event.keys() >= EVENT_KEYS for event in events)
    # 9 days of February, 275 from March to November, 16 of December: 300.
    assert all("2026-02-19" < event["effective"][:10] <= "2026-12-16" for event in events)


def test_diff_shows_what_changed_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("diff", "--from", "2025-11-09", "--to-date", "2025-11-10", "--by", "US")
    found = answer(capsys, *words)
    assert (found["from"], found["to"]) == ("2025-11-09", "2025-11-10")
    change = next(row for row in found["changes"] if row["measure"] == "us-ieepa-fentanyl-china")
    assert {key: change[key] for key in ("limb", "before", "after", "source")} == {
        "limb": "main",
        "before": "20%",
        "after": "10%",
        "source": "Executive Order 14357",
    }
    assert "  20% → 10%  (main)  [Executive Order 14357]\n" in text(capsys, *words)


def test_two_days_with_one_law_do_not_differ(capsys: pytest.CaptureFixture[str]) -> None:
    shown = text(capsys, "diff", "--from", "2025-12-03", "--to-date", "2025-12-03")
    assert shown == (
        "From 2025-12-03 to 2025-12-03: no provision of the register shows anything else, and no "
        "list has changed.\n"
    )


@pytest.mark.once
def test_diff_counts_what_lists_of_goods_gain_and_lose(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = text(capsys, "diff", "--from", "2025-09-07", "--to-date", "2025-09-08")
    row = next(line for line in shown.splitlines() if "us-reciprocal-annex-ii" in line)
    assert row.endswith(" codes more, 8 codes less")


def test_coverage_accounts_for_every_heading_of_the_newest_edition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "coverage")
    rows = {row["heading"]: row for row in found["headings"]}
    assert not rows.keys() & set(found["unmodelled"])
    assert all(
        (row["measure"] is None) is not (row["not_modelled"] is None) for row in rows.values()
    )
    assert rows["9903.88.03"]["measure"] == "us-301-technology"
    assert rows["9902.01.01"]["not_modelled"]
    count = found["counts"]["9903"]
    assert count["headings"] == count["modelled"] + count["not_modelled"] + count["unmodelled"]
    assert count["unmodelled"] == len(
        [heading for heading in found["unmodelled"] if heading.startswith("9903")]
    )


def test_coverage_ends_with_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    last = text(capsys, "coverage").splitlines()[-1]
    # 501 headings of subchapter III are printed by the tenth revision of 2026.
    assert " of 501 headings of 9903 modelled, " in last
    assert last.endswith(" unmodelled")


def test_coverage_of_a_register_that_leaves_headings_out_is_refused_when_strict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = str(write_register(tmp_path))
    assert main(["coverage", "--register", folder, "--strict"]) == OPEN
    assert "\nIn neither:\n" in capsys.readouterr().out
    assert main(["coverage", "--register", folder]) == ANSWERED


def test_a_register_in_a_folder_answers_instead(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = str(write_register(tmp_path))
    found = answer(capsys, "status", "--register", folder, "--on", "2025-03-01")
    assert [measure["id"] for measure in found["measures"]] == ["us-duty", "us-mfn"]


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("status --by FR", "--by 'FR' is not a side: write one of "),
        ("status --kind rumour", "--kind 'rumour' is not a kind of record: write measure, threat"),
        ("status --on soon", "'soon' is neither a day nor an instant: write 2025-11-12"),
        ("status --known-on 2025-13-01", "--known-on '2025-13-01' is not a day"),
        ("timeline --from 2025-02-30", "--from '2025-02-30' is not a day"),
        (
            "timeline --from 2025-05-01 --to-date 2025-04-01",
            "--to-date 2025-04-01 lies before --from 2025-05-01",
        ),
        ("upcoming --days 0", "--days 0 is too little: write 1 or more"),
        ("diff --from 2025-01-01 --to-date then", "'then' is neither a day nor an instant"),
        ("coverage --edition hts_2026_rev_11", "no edition 'hts_2026_rev_11' is at hand: perhaps"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_do(
    capsys: pytest.CaptureFixture[str], words: str, stated: str
) -> None:
    assert stated in complaint(capsys, *words.split())


@pytest.mark.parametrize(
    "command", ["status", "measure", "timeline", "upcoming", "diff", "coverage"]
)
def test_help_has_examples_that_are_understood(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # an example may write a picture where it is run
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    _, _, examples = capsys.readouterr().out.partition("examples:\n")
    lines = [line.split("   ")[0].split() for line in map(str.strip, examples.splitlines())]
    asked = [line for line in lines if line[:2] == ["detente", command]]
    assert len(asked) >= 2
    for words in asked:
        expected = (ANSWERED, OPEN) if "--strict" in words else (ANSWERED,)
        assert main(words[1:]) in expected
        assert capsys.readouterr().err == ""
