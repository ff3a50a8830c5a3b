"""Compiling: the same folder gives the same bytes, and what is read back is what was loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.register.book import Register
from detente.register.load.compile import build_register, folder_hash
from detente.register.load.loader import load_folder
from detente.register.load.yaml_reader import RegisterError
from tests.small_register import DUTY, write_register

RICH = """\
id: us-rich
title: Every shape that a record can have
title_zh: 所有形式
by: US
family: "232"
authority: [order-1, order-2]
answers: [cn-something]
places: [china, JP]
provisions:
  - id: first
    heading: "9903.99.11"
    at_cap: "9903.99.12"
    group: pair
    goods: [small-list, "7208"]
    not_goods: "7208.10"
    when: {exported_on: {before: 2025-03-01}, use: {in: [civil, military]}, auto_part: {is: false}}
    base: [steel, other]
  - {id: second, group: pair, places: JP, note: "Japan alone"}
events:
  - announced: 2025-02-01
    source: [order-1, order-2]
    title: "The first act"
    periods:
      - provision: pair
        from: "2025-02-04T00:01-05:00"
        until: 2026-01-01
        quota: {in: "20%", over: "50%"}
      - {provision: first, from: 2026-01-01, column: special, programs: ["S", "S+"]}
  - announced: 2025-03-01
    source: order-3
    readings:
      - {text: "It covers both", source: order-3, holds: true}
      - {text: "It covers one", source: order-2, holds: false}
    periods:
      - {provision: second, from: 2025-04-01, until: 2025-05-01, specific: "$0.22/W",
         boundary: unclear}
  - {announced: 2025-06-01, source: order-3, void: {from: 2025-02-04, provision: second}}
verified: {day: 2026-10-10, grade: secondary}
"""
YIELDS = """\
- yielding: us-duty
  prevailing: "us-rich/[first]"
  basis: content
  heading: "9903.99.13"
  announced: 2025-02-01
  from: 2025-02-04
  until: 2026-01-01
  source: order-1
"""
FILES = {"us/tariff/rich.yaml": RICH, "yields.yaml": YIELDS}


def test_the_same_folder_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    folder = write_register(tmp_path, FILES)
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    build_register(folder, first)
    build_register(folder, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_order_of_files_on_the_disk_does_not_matter(tmp_path: Path) -> None:
    one = write_register(tmp_path / "one", FILES)
    other = write_register(tmp_path / "other", dict(reversed(FILES.items())))
    build_register(one, tmp_path / "one.sqlite")
    build_register(other, tmp_path / "other.sqlite")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "other.sqlite").read_bytes()


def test_a_record_read_back_is_the_record_that_was_loaded(tmp_path: Path) -> None:
    folder = write_register(tmp_path, FILES)
    build_register(folder, tmp_path / "register.sqlite")
    contents, register = load_folder(folder), Register.load(tmp_path / "register.sqlite")
    assert {measure.id: measure for measure in register.measures()} == contents.measures
    assert register.stacking_rules == contents.stacking_rules
    assert register.facts == contents.facts
    assert register.places == contents.places
    assert register.sources == contents.sources
    assert register.lists == contents.lists
    assert register.areas == contents.areas
    assert sorted(register.all_members()) == sorted(contents.members)


def test_a_record_read_back_is_made_of_tuples_all_the_way_down(tmp_path: Path) -> None:
    build_register(write_register(tmp_path, FILES), tmp_path / "register.sqlite")
    measure = Register.load(tmp_path / "register.sqlite").measure("us-rich")
    hash(
        (
            measure.provisions[0].periods,
            measure.provisions[0].when,
            measure.voids,
            measure.authority,
        )
    )


def test_a_group_paints_each_of_its_limbs(tmp_path: Path) -> None:
    measure = load_folder(write_register(tmp_path, FILES)).measures["us-rich"]
    assert [period.duty and period.duty.form for period in measure.provision("first").periods] == [
        "quota",
        "column",
    ]
    assert [period.duty and period.duty.form for period in measure.provision("second").periods] == [
        "quota",
        "specific",
    ]


def test_a_register_with_a_fault_leaves_the_compiled_one_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "register.sqlite"
    build_register(write_register(tmp_path / "good"), out)
    before = out.read_bytes()
    broken = write_register(
        tmp_path / "bad", {"us/tariff/duty.yaml": DUTY.replace("china", "chna")}
    )
    with pytest.raises(RegisterError, match="unknown place `chna`"):
        build_register(broken, out)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.sqlite*")) == ["register.sqlite"]


def test_the_hash_of_a_register_changes_with_any_of_its_files(tmp_path: Path) -> None:
    hashes = {
        folder_hash(write_register(tmp_path / name, files))
        for name, files in {
            "as it is": None,
            "a rate": {"us/tariff/duty.yaml": DUTY.replace("10%", "11%")},
            "a code": {"lists/small-list.tsv": "# title: a list\n# source: order-1\ncode\n"},
            "a name": {"us/tariff/duty.yaml": None, "us/tariff/duties.yaml": DUTY},
        }.items()
    }
    assert len(hashes) == 4  # three changes and none


def test_a_register_of_a_folder_answers_as_the_compiled_one(tmp_path: Path) -> None:
    folder = write_register(tmp_path, FILES)
    build_register(folder, tmp_path / "register.sqlite")
    compiled, loaded = Register.load(tmp_path / "register.sqlite"), Register.load(folder)
    assert loaded.measures() == compiled.measures()
    assert loaded.members("8507600010") == compiled.members("8507600010")
    assert loaded.sha256 == compiled.sha256


def test_a_name_that_the_register_does_not_have_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="us-nothing"):
        Register.load(write_register(tmp_path)).measure("us-nothing")
