"""``detente licence`` as a person types it: keys, text, exit codes, scenario, other registers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.cli.main import ANSWERED, MISUNDERSTOOD, OPEN

if TYPE_CHECKING:
    from tests.cli.conftest import Run

KEYS = {
    "decision",
    "policy",
    "rules",
    "nearly",
    "exceptions",
    "needs",
    "claims",
    "open_questions",
    "changes_ahead",
    "register",
}
GALLIUM = ("--from", "CN", "--to", "US", "--item", "gallium")


def licence(run: Run, *words: str) -> dict[str, Any]:
    ran = run("licence", *words, "--json")
    assert ran.code == ANSWERED, ran.err
    return dict(json.loads(ran.out))


def test_the_answer_stands_under_the_keys_of_the_interface(run: Run) -> None:
    answer = licence(run, *GALLIUM, "--on", "2026-08-01")
    assert answer.keys() >= KEYS
    assert answer["register"].keys() >= {"sha256", "reviewed_through", "areas"}
    for rule in answer["rules"]:
        assert rule.keys() >= {"measure", "limb", "citation", "why"}
    assert all(claim.keys() >= {"speaker", "text", "source"} for claim in answer["claims"])


def test_the_text_names_decision_rules_and_what_is_ahead(run: Run) -> None:
    ran = run("licence", *GALLIUM, "--on", "2026-08-01")
    text = " ".join(ran.out.split())
    assert ran.code == ANSWERED
    assert "LICENCE NEEDED (ordinary review)" in text
    assert "Gallium and germanium: Eight gallium items" in text
    assert "2026-11-28 licence needed (not permitted in principle):" in text
    assert "scheduled, not confirmed since 5 August 2026" in text
    assert "The White House, 1 November 2025" in text
    assert "Planning aid, not legal advice" in text
    assert "more with --why" in text


def test_a_rule_is_said_to_be_read_as_far_as_its_own_act(run: Run) -> None:
    # No. 34 was read on its day, two days after the earliest area; No. 40 after all of them.
    words = ("--from", "CN", "--to", "US", "--on", "2026-11-01")
    text = " ".join(run("licence", *words, "--item", "precursors-2026").out.split())
    assert "under rules of China read to 22 September 2026; not confirmed since" in text
    assert "scheduled, not confirmed" not in text
    assert "3 August 2026 to 7 August 2026, by the area of law" in text
    text = " ".join(run("licence", *words, "--item", "drone-items").out.split())
    assert "under rules of China read to 5 August 2026; not confirmed since" in text
    assert "scheduled, not confirmed" not in text
    text = " ".join(run("measure", "cn-precursors", "--on", "2026-11-01").out.split())
    assert "2026-09-22 licence [MOFCOM and four other ministries" in text
    assert "Read through 5 August 2026, and acts of this record to 22 September 2026" in text


def test_why_tells_every_limb_that_nearly_fired(run: Run) -> None:
    short = run("licence", *GALLIUM, "--on", "2026-08-01").out
    long = run("licence", *GALLIUM, "--on", "2026-08-01", "--why").out
    assert "Article 1: any dual-use item" not in short
    assert "Article 1: any dual-use item" in long
    assert "cn-mofcom-2023-23/gallium, read: secondary" in long


def test_candidates_say_what_would_settle_it(run: Run) -> None:
    ran = run("licence", "--from", "CN", "--to", "US", "--code", "8505.11", "--on", "2026-08-01")
    text = " ".join(ran.out.split())
    assert "IT DEPENDS ON WHAT THE GOODS ARE" in text
    assert "would settle it: which item it is (item)" in text
    assert (
        "dysprosium-magnet: Neodymium magnet with dysprosium -> licence needed (ordinary review)"
        in text
    )


def test_every_option_of_the_contract_is_taken(run: Run) -> None:
    answer = licence(
        run, "--from", "JP", "--to", "DE", "--item", "dysprosium-magnet", "--made-in", "JP",
        "--content", "dysprosium=0.2%", "--end-use", "civil", "--end-user", "Acme Motors",
        "--exporter", "Acme Magnets", "--param", "chinese_technology=false", "--on", "2026-12-01",
        "--known-on", "2026-08-07",
    )  # fmt: skip
    assert answer["decision"] == "licence"
    assert answer["question"]["content"] == {"dysprosium": "0.2%"}


def test_strict_exits_3_on_what_is_open_or_past_the_reading(run: Run) -> None:
    settled = ("--end-use", "civil", "--end-user", "Acme Chemicals of Ohio", "--strict")
    there = ("--from", "CN", "--to", "DE", "--item", "gallium")
    assert run("licence", *there, "--on", "2026-08-01", *settled[:-1]).code == ANSWERED
    # China's list of countermeasures is held in part and clears nobody.
    assert run("licence", *there, "--on", "2026-08-01", *settled).code == OPEN
    assert run("licence", *there, "--on", "2026-08-06", *settled).code == OPEN
    # Into the United States the list on forced labor counts, and no version of it is held.
    assert run("licence", *GALLIUM, "--on", "2026-08-01", *settled).code == OPEN
    assert run("licence", *GALLIUM, "--on", "2026-08-01", "--strict").code == OPEN
    magnet = ("--from", "CN", "--to", "US", "--code", "8505.11", "--on", "2026-08-01")
    assert run("licence", *magnet, *settled).code == OPEN


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "CN", "--to", "US", "--item", "galium"), "no item 'galium': perhaps gallium"),
        (("--from", "CN", "--to", "US", "--code", "12"), "write 4 to 10 digits"),
        (("--from", "CN", "--to", "US"), "give --item or --code"),
        ((*GALLIUM, "--param", "tpp"), "tpp"),
        ((*GALLIUM, "--code", "8112"), "not allowed with"),
        ((*GALLIUM, "--on", "soon"), "neither a day nor an instant"),
    ],
)
def test_a_bad_question_exits_2_and_says_why(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    ran = run("licence", *words)
    assert ran.code == MISUNDERSTOOD
    assert message in ran.err
    assert ran.out == ""


def test_a_scenario_extends_the_suspension(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "longer.yaml"
    file.write_text(
        "name: longer\nevents:\n"
        "  - {do: extend, measure: cn-mofcom-2024-46, provision: art-2, from: 2026-11-28,"
        " until: 2027-11-28}\n",
        encoding="utf-8",
    )
    on = ("--on", "2026-12-01")
    assert licence(run, *GALLIUM, *on)["policy"] == "not_permitted_in_principle"
    assert licence(run, *GALLIUM, *on, "--scenario", str(file))["policy"] == "normal"


def test_another_register_answers_from_its_own_words(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(Path(__file__).parents[3] / "register", folder)
    file = folder / "cn/control/mofcom-2025-58.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-11-11", "2026-12-11"), "utf-8")
    terms = folder / "cn/control/_terms.yaml"
    text = terms.read_text(encoding="utf-8").replace('at_least: "300"', 'at_least: "350"')
    terms.write_text(text, encoding="utf-8")
    cell = ("--from", "CN", "--to", "US", "--code", "8507.60", "--param", "wh_per_kg=320")
    on = ("--on", "2026-12-20")
    assert licence(run, *cell, *on)["decision"] == "licence"
    milder = run("licence", *cell, *on, "--register", str(folder), "--json")
    assert (milder.code, json.loads(milder.out)["decision"]) == (MISUNDERSTOOD, "not_covered")


def test_help_shows_examples(run: Run) -> None:
    ran = run("licence", "--help")
    assert ran.code == ANSWERED
    assert "detente licence --from CN --to US --item gallium" in ran.out


def test_a_name_that_is_listed_is_printed_with_its_entry(run: Run) -> None:
    ran = run("licence", *GALLIUM, "--on", "2026-08-01", "--end-user", "MP Materials", "--why")
    text = " ".join(ran.out.split())
    assert "PROHIBITED" in text
    assert "MP Materials as MP Materials Corp. (CN-CONTROL" in text
