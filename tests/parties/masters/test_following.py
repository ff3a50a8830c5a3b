"""What a listed party leads to is worked out once, and read alike in file, shell and page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from detente.cli.main import main
from detente.parties.lists.standing import ENDED, IN_FORCE, NOT_YET, SUSPENDED, UNKNOWN
from detente.parties.masters.following import PartyListing, following, in_short, rules_of
from detente.register.book import Register

DAY = "2026-08-01"


def short(*listings: PartyListing, day: str = DAY) -> str:
    rules = rules_of(Register.load(), {each.list for each in listings}, day)
    return in_short(following(listings, rules))


@pytest.mark.parametrize(
    ("listing", "cell"),
    [
        (("EL", IN_FORCE, "all_items", "mixed"), "EL: licence for all_items, mixed"),
        (("EL", IN_FORCE, "", ""), "EL: licence"),
        (("SDN", IN_FORCE, "", ""), "SDN: prohibited"),
        (("CN-CONTROL", IN_FORCE, "", ""), "CN-CONTROL: prohibited"),
        (("SDN", SUSPENDED, "", ""), "SDN: prohibited (suspended)"),
        (("SDN", UNKNOWN, "", ""), "SDN: prohibited (not known whether listed then)"),
        (("SDN", NOT_YET, "", ""), "SDN: not yet listed"),
        (("EL", ENDED, "all_items", "mixed"), "EL: no longer listed"),
        # Nothing is held of what follows, and an empty cell would read as harmless.
        (("DPL", IN_FORCE, "", ""), "DPL: what follows is not held"),
        (("My list", IN_FORCE, "", ""), "My list: what follows is not held"),
    ],
)
def test_a_cell_says_of_every_list_what_follows_or_that_it_is_not_held(
    listing: tuple[str, str, str, str], cell: str
) -> None:
    assert short(PartyListing(*listing)) == cell


def test_a_rule_follows_from_the_day_on_which_it_is_in_force() -> None:
    listing = PartyListing("1260H", IN_FORCE, "", "")
    assert short(listing) == "1260H: prohibited"
    assert short(listing, day="2021-06-01") == "1260H: what follows is not held"


def screened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: str) -> dict[str, str]:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    table, out = tmp_path / "v.csv", tmp_path / "out.csv"
    table.write_text("Vendor\nSMIC\n", encoding="utf-8")
    assert main(["vendors", "screen", str(table), "--on", on, "-o", str(out)]) == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    return row


def test_the_file_has_a_column_of_what_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = screened(tmp_path, monkeypatch, "2026-07-31")
    assert row["follows"] == (
        "EL: licence for all_items, mixed; 1260H: prohibited; CMIC: prohibited; "
        "NDAA-5949: not yet listed"
    )
    assert (row["requirement"], row["policy"]) == ("all_items", "mixed")
    capsys.readouterr()
    assert main(["vendors", "screen", str(tmp_path / "v.csv"), "--on", "2026-07-31"]) == 0
    assert f"    {row['follows']}\n" in capsys.readouterr().out


def test_a_day_before_the_last_change_is_not_told_the_policy_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SMIC was listed on 18 December 2020 for items of 10 nm and below; what is held is the text of
    # 2 December 2024.
    row = screened(tmp_path, monkeypatch, "2021-06-01")
    assert (row["entry"], row["listed_on"]) == (
        "Semiconductor Manufacturing International Corporation (SMIC)", "2020-12-18",
    )  # fmt: skip
    assert (row["requirement"], row["policy"]) == ("", "")
    assert row["follows"].startswith("EL: licence; ")
