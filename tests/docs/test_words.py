"""One type, one name, one meaning; and names made of words that stand in a list or the glossary."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "detente"
GLOSSARY = ROOT / "docs" / "glossary.md"
WORDS = Path(__file__).with_name("words-of-names.txt")
"""Words that names of types are made of: the field's, those of computing, and plain English."""

GIVEN_UP = (
    "limb", "paint", "loser", "kin", "alike", "shelf", "spot", "strip", "stretch", "reckon",
    "reckoner", "worth", "levy", "levies", "sign", "signs", "told", "moment", "desk", "posted",
    "posed", "turned", "asked", "asking", "given", "kept", "yield",
)  # fmt: skip
"""Words of the first version, which customs lawyers and economists do not have."""


@cache
def classes() -> dict[str, list[str]]:
    """Every type by its name, with the files that define one of that name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(SOURCE).as_posix())
    return found


def words_of(name: str) -> list[str]:
    """The words of a name in capitals: LicenceError is licence and error."""
    return [each.lower() for each in re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+", name)]


def test_a_name_of_a_type_stands_for_one_thing():
    assert {name: files for name, files in classes().items() if len(set(files)) > 1} == {}


def test_names_of_types_are_made_of_listed_words_or_terms_of_the_glossary():
    listed = set(WORDS.read_text("utf-8").split())
    terms = re.findall(r"^\*\*([^*]+)\.\*\*", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    known = listed | {word.lower() for term in terms for word in re.findall(r"\w+", term)}
    known |= {each.removesuffix("s") for each in known} | {f"{each}s" for each in known}
    odd = {name for name in classes() if not set(words_of(name)) <= known}
    assert odd == set(), f"say it in the field's words, or add the word to {WORDS.name}"


def test_words_that_were_given_up_name_no_type():
    left = {name for name in classes() if set(words_of(name)) & set(GIVEN_UP)}
    assert left == set()


def test_the_list_is_in_order_and_holds_no_word_that_was_given_up():
    listed = WORDS.read_text("utf-8").split()
    assert listed == sorted(set(listed))
    assert not set(listed) & set(GIVEN_UP)
