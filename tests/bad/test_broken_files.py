"""One broken file for each complaint of the register, with the whole message asserted.

A file stands in the folder of what it replaces in the small register: ``measure`` and ``table``
are added beside its measures, ``list`` beside its list. ``expected.tsv`` holds the messages:
file, line, what was expected, what to do.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from detente.register.load.loader import COMMON, load_folder
from detente.register.load.yaml_reader import MAX_BYTES, RegisterError
from detente.register.model import OfGoods
from tests.small_register import DUTY, FACTS, LIST, READ, SOURCES, write_register

BAD = Path(__file__).parent
BROKEN = "us/tariff/broken.yaml"
TABLE = "us/tariff/broken.tsv"
LAID_OVER = {
    "measure": BROKEN,
    "table": TABLE,
    "list": "lists/broken.tsv",
    "area": "us/tariff/_area.yaml",
    "basket": "basket.tsv",
    "deadlines": "deadlines.yaml",
    "documents": "read/orders.tsv",
    "indexes": "read/_sources.yaml",
}
BY_TABLE = """\
id: broken
title: Rates by country
by: US
family: "301"
places: everywhere
provisions_from: broken.tsv
events: [{announced: 2025-02-01, source: order-1, periods: [{provision: table, from: 2025-02-04}]}]
verified: {day: 2026-10-10, grade: primary}
"""


def expected() -> dict[str, str]:
    """The messages by broken file."""
    lines = (BAD / "expected.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def message_for(folder: Path, files: dict[str, str | bytes | None]) -> str:
    """What the loader says of the small register with some files laid over it."""
    with pytest.raises(RegisterError) as caught:
        load_folder(write_register(folder, files))
    return str(caught.value)


@pytest.mark.parametrize(("name", "message"), [*expected().items()])
def test_a_broken_file_is_refused_with_its_line_and_what_to_do(
    tmp_path: Path, name: str, message: str
) -> None:
    group = name.partition("/")[0]
    files: dict[str, str | bytes | None] = {
        LAID_OVER.get(group, f"{group}.yaml"): (BAD / name).read_bytes()
    }
    if group == "table":
        files[BROKEN] = BY_TABLE
    if group in ("documents", "indexes") or name == "area/read-is-computed.yaml":
        files = {**READ, **files}
    assert message_for(tmp_path, files) == message


def test_every_broken_file_is_expected_to_be_refused() -> None:
    found = {
        path.relative_to(BAD).as_posix()
        for path in BAD.glob("*/*")
        if path.suffix in (".yaml", ".tsv")
    }
    assert found == expected().keys()


def test_the_small_register_that_they_are_laid_over_is_valid(tmp_path: Path) -> None:
    assert sorted(load_folder(write_register(tmp_path)).measures) == ["us-duty", "us-mfn"]


def test_a_table_of_places_that_is_right_is_read(tmp_path: Path) -> None:
    table = "place\theading\tform\trate\nJP\t9903.99.05\tcap\t15%\n"
    contents = load_folder(write_register(tmp_path, {BROKEN: BY_TABLE, TABLE: table}))
    (period,) = contents.measures["broken"].provision("jp").periods
    assert period.duty is not None
    assert (period.duty.form, period.duty.rate) == ("cap", 150_000)  # 15% in millionths


@pytest.mark.parametrize("name", COMMON)
def test_a_register_without_a_common_file_is_refused(tmp_path: Path, name: str) -> None:
    message = message_for(tmp_path, {name: None})
    assert message.endswith(f"{name}:1: the file is missing. A register has all common files")


def test_a_folder_of_measures_that_does_not_say_how_far_it_was_read_is_refused(
    tmp_path: Path,
) -> None:
    assert message_for(tmp_path, {"us/tariff/_area.yaml": None}) == (
        "register/us/tariff/duty.yaml:1: the folder us/tariff has no _area.yaml. "
        "Add one that says how far it was read"
    )


@pytest.mark.parametrize("content", ["", "# nothing but a comment\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    assert message_for(tmp_path, {BROKEN: content}) == (
        "register/us/tariff/broken.yaml:1: the file is empty. Write a record, or remove the file"
    )


@pytest.mark.parametrize(
    ("name", "text"), [(BROKEN, DUTY), ("lists/broken.tsv", LIST), ("sources.yaml", SOURCES)]
)
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str
) -> None:
    lines = text.encode().split(b"\n")
    lines[1] += b" \xb6\xab"  # two bytes of GB18030
    assert message_for(tmp_path, {name: b"\n".join(lines)}) == (
        f"register/{name}:2: this is not UTF-8. Save the file as UTF-8"
    )


def test_a_file_of_more_than_four_megabytes_is_refused(tmp_path: Path) -> None:
    content = DUTY + "#" * (MAX_BYTES + 1 - len(DUTY))
    assert message_for(tmp_path, {BROKEN: content}) == (
        f"register/{BROKEN}:1: the file has 4,000,001 bytes. Split it: 4 MB at most"
    )


def test_a_file_of_just_four_megabytes_is_read(tmp_path: Path) -> None:
    text = DUTY.replace("us-duty", "us-other")
    content = text + "#" * (MAX_BYTES - len(text))
    assert "us-other" in load_folder(write_register(tmp_path, {BROKEN: content})).measures


def test_a_character_that_yaml_does_not_allow_is_refused(tmp_path: Path) -> None:
    message = message_for(tmp_path, {BROKEN: DUTY.replace("A duty", "A\x00duty")})
    assert message.startswith(f"register/{BROKEN}:")
    assert "this is not YAML" in message


def test_aliases_that_would_blow_a_file_up_are_refused_before_they_do(tmp_path: Path) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefghi")]
    assert message_for(tmp_path, {BROKEN: "\n".join(rows)}) == (
        f"register/{BROKEN}:1: anchors and aliases are not part of the register's language. "
        "Write the value out where it is used"
    )


def test_an_ampersand_inside_a_text_is_no_anchor(tmp_path: Path) -> None:
    text = DUTY.replace("us-duty", "us-other").replace("A duty of ten", "Duty & more * less")
    contents = load_folder(write_register(tmp_path, {BROKEN: text}))
    assert contents.measures["us-other"].title == "Duty & more * less"


def test_a_fact_whose_default_is_decided_by_a_list_names_a_list(tmp_path: Path) -> None:
    fact = (
        "  used: {type: bool, default: {goods: small-list, then: true, else: false}, ask: Used?}\n"
    )
    facts = FACTS.replace("bases:\n", f"{fact}bases:\n")
    contents = load_folder(write_register(tmp_path, {"entry-facts.yaml": facts}))
    assert contents.facts["used"].goods == (OfGoods("small-list", True, "likely"),)
