"""The words of control as files: each mistake is told with its file, its line and what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.register.book import Register
from detente.register.load.check_controls import check_controls
from detente.register.load.contents import Contents
from detente.register.load.controls import read_control_terms
from detente.register.load.loader import load_folder
from detente.register.load.yaml_reader import RegisterError
from tests.small_register import FILES

ITEMS = "items:\n  metal: {title: Metal}\n"
HEAD = "code\titem\tcovers\tschedule\tgrade\tmeant\tnote\n"


def read(folder: Path, terms: str, codes: str = "") -> None:
    (folder / "_terms.yaml").write_text(terms, encoding="utf-8")
    if codes:
        (folder / "_codes.tsv").write_text(codes, encoding="utf-8")
    read_control_terms(folder, "CN", "cn/control")


@pytest.mark.parametrize(
    ("terms", "codes", "line", "message"),
    [
        ("items:\n  metal: {name: Metal}\n", "", 2, "unknown key `name`"),
        ("items:\n  metal: {title: Metal, has: [oxide]}\n", "", 2, "unknown item `oxide` in metal"),
        ("items:\n  a: {title: A, may_be: {b: whole}}\n", "", 2, "unknown item `b` in a"),
        ("items:\n  a: {title: A, may_be: {a: perhaps}}\n", "", 2, "unknown word `perhaps`"),
        ("items:\n  a: {title: A, reach: all}\n", "", 2, "unknown word `all`"),
        ('items:\n  a: {title: A, when: {purity: {over: "1"}}}\n', "", 2, "unknown key `over`"),
        ("parties: {}\n", "", 1, "the key `items` is missing"),
        (ITEMS + "read: {items: []}\n", "", 3, "the key `from` is missing"),
        (
            ITEMS + "read:\n  from: 2017-01-01\n  items:\n"
            '    - {from: 2020-01-01, items: [gold], why: "x"}\n',
            "",
            6,
            "unknown item `gold`",
        ),
        (
            ITEMS + "read:\n  from: 2017-01-01\n  items:\n"
            '    - {from: 2020-01-01, items: [metal, metal], why: "x"}\n',
            "",
            6,
            "`metal` has two first days",
        ),
        (
            ITEMS + 'read:\n  from: 2017-01-01\n  unread:\n    part: {title: "x"}\n',
            "",
            6,
            "the key `citation` is missing",
        ),
        (ITEMS, HEAD + "81\tmetal\twhole\tcn\tsecondary\t\t\n", 2, "`81` is not a code"),
        (ITEMS, HEAD + "8112\tgold\twhole\tcn\tsecondary\t\t\n", 2, "unknown item `gold`"),
        (ITEMS, HEAD + "8112\tmetal\tall\tcn\tsecondary\t\t\n", 2, "`all` in covers"),
        (ITEMS, HEAD + "8112\tmetal\twhole\teu\tsecondary\t\t\n", 2, "`eu` in schedule"),
        (ITEMS, HEAD + "8112\tmetal\twhole\tcn\tsure\t\t\n", 2, "`sure` in grade"),
        (ITEMS, "code\titem\n8112\tmetal\n", 1, "the column `covers` is missing"),
    ],
)
def test_a_mistake_in_the_words_is_told(
    tmp_path: Path, terms: str, codes: str, line: int, message: str
) -> None:
    with pytest.raises(RegisterError) as caught:
        read(tmp_path, terms, codes)
    assert message in str(caught.value)
    assert caught.value.line == line


@pytest.fixture(scope="module")
def contents() -> Contents:
    return load_folder(Path(__file__).parents[2] / "register")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("items", "galium"),
        ("items", ["gallium", "galium"]),
        ("policy", "kind"),
        ("decision", "maybe"),
        ("from", "XX"),
        ("made_in", ["all", "XX"]),
        ("parties", "NOBODY"),
        ("exceptions", ["XYZ"]),
        ("instead_of", "other"),
        ("under", "nothing"),
        ("role", "buyer"),
    ],
)
def test_a_limb_that_names_what_nothing_explains_is_refused(
    contents: Contents, key: str, value: str | list[str]
) -> None:
    name = "cn-mofcom-2023-23"
    measure = contents.measures[name]
    provision = measure.provisions[0]
    broken = provision._replace(control={**provision.control, key: value})
    changed = {**contents.measures, name: measure._replace(provisions=(broken,))}
    with pytest.raises(RegisterError) as caught:
        check_controls(replace(contents, measures=changed))
    wrong = value if isinstance(value, str) else value[-1]
    assert f"unknown word under `{key}` of gallium: `{wrong}`" in str(caught.value)
    assert caught.value.file == "register/cn/control/mofcom-2023-23.yaml"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"to": ("XX",)}, "unknown place `XX`"),
        ({"end_use": ("evil",)}, "unknown end use `evil`"),
    ],
)
def test_what_was_not_read_names_known_places_and_uses(
    contents: Contents, change: dict[str, tuple[str, ...]], message: str
) -> None:
    terms = contents.controls["US"]
    first, *others = terms.read.unread
    read = terms.read._replace(unread=(first._replace(**change), *others))
    changed = {**contents.controls, "US": terms._replace(read=read)}
    with pytest.raises(RegisterError, match=message):
        check_controls(replace(contents, controls=changed))


def test_a_register_without_words_of_control_has_none(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / "register" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert Register.load(tmp_path / "register").controls == {}


def test_every_item_and_class_can_be_asked_for_by_one_name_only(register: Register) -> None:
    for terms in register.controls.values():
        names = [name.lower() for item in terms.items for name in (item.name, *item.also)]
        assert len(names) == len(set(names))


def test_every_claim_beside_the_law_stands_in_the_register(register: Register) -> None:
    for terms in register.controls.values():
        for name, measures in terms.claims:
            assert register.measure(name).kind == "claim"
            assert {register.measure(each).by for each in measures} == {terms.by}


def test_words_survive_compiling(register: Register) -> None:
    folder = Path(__file__).parents[2] / "register"
    for by, terms in register.controls.items():
        area = f"{by.lower()}/control"
        assert read_control_terms(folder / area, by, area) == terms


def test_every_fact_that_tells_items_apart_or_conditions_of_a_licence_has_a_name(
    register: Register,
) -> None:
    tested = {
        test.fact
        for terms in register.controls.values()
        for item in terms.items
        for alternative in item.when
        for test in alternative
    }
    unnamed = {key for key in tested if not register.facts[key].named}
    assert tested
    assert not unnamed


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("8\tmetal\twhole\t\t\tsecondary\t", "`8` is not a code"),
        ("81\tgold\twhole\t\t\tsecondary\t", "unknown item `gold`"),
        ("81\tmetal\tall\t\t\tsecondary\t", "`all` in covers"),
    ],
)
def test_a_mistake_in_the_codes_of_imports_is_told(tmp_path: Path, row: str, message: str) -> None:
    head = "code\titem\tcovers\tof\tasked_of\tgrade\tnote\n"
    (tmp_path / "_imports.tsv").write_text(head + row + "\n", encoding="utf-8")
    with pytest.raises(RegisterError) as caught:
        read(tmp_path, ITEMS)
    assert message in str(caught.value)


def test_a_chapter_may_stand_beside_what_comes_in(tmp_path: Path) -> None:
    head = "code\titem\tcovers\tof\tasked_of\tgrade\tnote\n"
    (tmp_path / "_imports.tsv").write_text(
        head + "81\tmetal\tstated\tUS\t\tsecondary\tof some\n", encoding="utf-8"
    )
    (tmp_path / "_terms.yaml").write_text(ITEMS, encoding="utf-8")
    (row,) = read_control_terms(tmp_path, "CN", "cn/control").imports
    assert (row.code, row.covers, row.of, row.schedule) == ("81", "stated", "US", "cn")
