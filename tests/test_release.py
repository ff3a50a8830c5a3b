"""What a release is made with: licences, hashes, bill of materials, provenance, safe code."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import pytest

from tools import hashes, release

ROOT = Path(__file__).resolve().parent.parent

PERMISSIVE = (
    "MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "0BSD", "Zlib", "CC0",
    "LLVM-exception", "Unlicense",
)  # fmt: skip
"""Words of licences that ask for a notice at most."""

OTHERS = {"certifi": "Mozilla Public License 2.0 (MPL 2.0)"}
"""Others, each looked at: certificates that are used as they are published."""


def is_permissive(licence: str) -> bool:
    """Whether every part of an expression is; of alternatives one is enough."""
    parts = [part.strip(" ()") for part in licence.replace(" WITH ", " AND ").split(" AND ")]
    return all(
        any(word in choice for choice in part.split(" OR ") for word in PERMISSIVE)
        for part in parts
    )


def test_everything_that_the_product_brings_may_be_used_with_it() -> None:
    stated = {name: release.licence_of(name) for name in release.needed()}
    bad = {name: each for name, each in stated.items() if not is_permissive(each)}
    del stated[release.NAME]
    assert len(stated) > 50
    assert {name: each for name, each in bad.items() if name != release.NAME} == OTHERS


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("BSD-2-Clause AND GPL-2.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("", False),
    ],
)
def test_a_licence_that_asks_for_more_is_found(licence: str, good: bool) -> None:
    assert is_permissive(licence) is good


def test_every_pin_has_its_hashes_and_no_hash_is_of_another_version() -> None:
    pinned = hashes.pins(hashes.CONSTRAINTS.read_text("utf-8"))
    hashed = hashes.HASHES.read_text("utf-8")
    assert hashes.pins(hashed) == pinned, "run tools/hashes.py"
    assert all(hashes.hashes(hashed)[name] for name in pinned)


def test_the_bill_of_materials_names_everything_once_at_its_pinned_version() -> None:
    bill = release.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    pinned = hashes.pins(hashes.CONSTRAINTS.read_text("utf-8"))
    listed = {each["name"]: each["version"] for each in bill["components"]}
    assert len(listed) == len(bill["components"])
    assert listed == {name: pinned[name] for name in listed}
    assert {"litestar", "cryptography", "polars", "pyyaml", "pyspark"} <= listed.keys()
    refs = {each["bom-ref"] for each in bill["components"]} | {
        bill["metadata"]["component"]["bom-ref"]
    }
    for each in bill["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= refs
    assert {each["ref"] for each in bill["dependencies"]} == refs
    assert bill == release.sbom()


def test_provenance_names_the_file_its_hash_and_the_commit(tmp_path: Path) -> None:
    wheel = tmp_path / "detente-1-py3-none-any.whl"
    wheel.write_bytes(b"abc")
    described = release.provenance(wheel)
    # SHA-256 of "abc", as FIPS 180 gives it.
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert described["subject"] == [{"name": wheel.name, "digest": {"sha256": digest}}]
    commit = described["predicate"]["buildDefinition"]["externalParameters"]["commit"]
    assert len(commit) == 40
    assert json.dumps(described)


def test_what_rules_of_security_find_is_explained_and_what_is_explained_is_found() -> None:
    words = [sys.executable, "-m", "ruff", "check", "--preview", "--select", "S", "--ignore-noqa"]
    words += ["--exit-zero", "--no-cache", "--output-format", "json", "src"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {
        (each["code"], Path(each["filename"]).relative_to(ROOT).as_posix())
        for each in json.loads(ran.stdout)
    }
    with (ROOT / "tools" / "security_findings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(row["why"]) > 20 for row in rows)
    explained = {(row["rule"], row["where"]) for row in rows}
    unexplained = {
        each
        for each in found
        if not any(each[0] == rule and fnmatch(each[1], where) for rule, where in explained)
    }
    assert unexplained == set()
    unused = {
        (rule, where)
        for rule, where in explained
        if not any(each == rule and fnmatch(file, where) for each, file in found)
    }
    assert unused == set()


def test_the_versions_here_are_those_that_are_pinned() -> None:
    pinned = hashes.pins(hashes.CONSTRAINTS.read_text("utf-8"))
    here = {name: metadata.version(name) for name in release.needed() if name != release.NAME}
    assert here == {name: pinned[name] for name in here}
