"""What the register holds is what its snapshots say: each change of law is a change of both.

A rate, a day, a code, a heading, a condition or a stacking rule that somebody changes by mistake is
seen here, whether or not a worked example happens to need it.
"""

from __future__ import annotations

import pytest

from detente.register.book import Register
from tools import snapshots


@pytest.mark.parametrize("name", snapshots.LAW)
def test_the_register_is_what_its_snapshot_says(register: Register, name: str) -> None:
    kept = (snapshots.FOLDER / name).read_text("utf-8").splitlines()
    now = list(snapshots.LAW[name](register))
    gone, new = sorted(set(kept) - set(now)), sorted(set(now) - set(kept))
    assert (gone[:3], new[:3]) == ([], []), "run `make snapshots`, and read the diff"
    assert kept == now


def rows(register: Register, name: str) -> list[list[str]]:
    return [line.split("\t") for line in snapshots.LAW[name](register)]


def test_the_tables_tell_the_washers_of_every_year(register: Register) -> None:
    # Proclamation 9694: 20, 18 and 16 percent in quota, 50, 45 and 40 over it; Proclamation 10133
    # goes on with 15 and 14, and 35 and 30.
    periods = [row for row in rows(register, "periods.tsv") if row[0] == "us-201-washers"]
    shown = {
        provision: [row[5].split()[1] for row in periods if row[1] == provision and "%" in row[5]]
        for provision in ("washers-in-quota", "washers", "parts")
    }
    assert shown["washers-in-quota"] == ["20%", "18%", "16%", "15%", "14%"]
    assert shown["washers"] == shown["parts"] == ["50%", "45%", "40%", "35%", "30%"]


def test_the_share_of_us_content_is_a_fifth_in_every_provision_that_asks_for_it(
    register: Register,
) -> None:
    tests = {
        test
        for row in rows(register, "provisions.tsv")
        for test in row[6].split("; ")
        if test.startswith("us_content ") and row[2] == "9903.01.34"
    }
    assert len(tests) == 1
    assert "20%" in tests.pop()
