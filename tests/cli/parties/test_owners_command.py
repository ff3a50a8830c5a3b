"""``detente owners`` and ``detente registry synth`` as a person types them."""

from __future__ import annotations

import gc
import gzip
import json
import sys
import xml.etree.ElementTree as Tree
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """A listed party above two tiers, one of them held together with another."""
    (tmp_path / "holdings.csv").write_text(
        "owner,owned,share,source,from\n"
        "X,A,50%,registry,2020-01-01\nA,B,1/3,,\nZ,B,1/6,,\nX,D,unknown,,\nX,M,49,,\n"
    )
    (tmp_path / "seeds.csv").write_text("id,list,programme\nX,EL,\nZ,SDN,SDGT\n")
    (tmp_path / "entities.csv").write_text("id,name,country\nA,Alpha Ltd,CN\nB,Beta & Co,SG\n")
    return tuple(str(tmp_path / f"{name}.csv") for name in ("holdings", "seeds", "entities"))


def owners(run: Run, files: tuple[str, ...], *words: str) -> Any:
    held, seeds, entities = files
    return run("owners", held, "--seeds", seeds, "--entities", entities, *words)


def test_whoever_asks_from_python_has_the_collector_back(run: Run, files: tuple[str, ...]) -> None:
    assert gc.isenabled()
    assert owners(run, files, "--on", "2025-11-09").code == 0
    assert gc.isenabled()
    assert owners(run, files, "--on", "no day").code == 2
    assert gc.isenabled()


def test_the_answer_has_the_agreed_keys_shares_paths_and_sources(
    run: Run, files: tuple[str, ...]
) -> None:
    ran = owners(run, files, "--on", "2025-11-09", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    keys = {"regime", "in_force", "on", "covered", "possibly_covered", "red_flags", "ambiguous"}
    assert {*keys, "notes"} <= set(found)
    assert (found["regime"], found["in_force"]) == ("bis", True)
    alpha, beta = found["covered"]
    # 1/3 + 1/6 is one half, exactly.
    assert (beta["id"], beta["tier"], beta["share"]) == ("B", 2, ["0.5", "0.5"])
    assert [each["owner"] for each in beta["because"]] == ["Z", "A"]
    assert beta["paths"] == [["Z", "B"], ["X", "A", "B"]]
    because = alpha["because"][0]
    assert (because["share"], because["sources"], because["from"]) == (
        "0.5",
        ["registry"],
        "2020-01-01",
    )
    assert [row["id"] for row in found["possibly_covered"]] == ["D"]
    assert {flag["id"] for flag in found["red_flags"]} == {"D", "M"}


def test_the_text_gives_percentages_path_and_source_and_speaks_of_nobody_controlling(
    run: Run, files: tuple[str, ...]
) -> None:
    ran = owners(run, files, "--on", "2025-11-09")
    assert ran.code == 0
    assert "X -[50%, registry]-> A -[about 33.3333%]-> B" in ran.out
    assert "X holds 49%" in ran.out
    assert "control" not in ran.out.lower()


def test_the_tree_is_drawn_as_svg_that_can_be_read_aloud(
    run: Run, files: tuple[str, ...], tmp_path: Path
) -> None:
    target = tmp_path / "tree.svg"
    assert owners(run, files, "--on", "2025-11-09", "--chart", str(target)).code == 0
    root = Tree.parse(target).getroot()
    words = "".join(root.itertext())
    assert "2 covered, 1 possibly covered" in words
    assert "Beta & Co" in words
    assert "about 33.3333%" in words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--regime", "bus"),
            "'bus' is not an ownership rule: write one of bis, economic-interest",
        ),
        (("--on", "soon"), "is neither a day nor an instant"),
        (("--chart", "tree.png"), "is not an SVG"),
        (("--encoding", "utf-99"), "is not known: write one such as UTF-8"),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(
    run: Run, files: tuple[str, ...], words: tuple[str, ...], message: str
) -> None:
    ran = owners(run, files, *words)
    assert ran.code == 2
    assert message in ran.err
    assert not ran.out


def test_a_file_that_is_not_there_is_refused(run: Run) -> None:
    ran = run("owners", "nowhere.csv")
    assert ran.code == 2
    assert "there is no file nowhere.csv" in ran.err


def test_a_drawn_registry_reaches_what_it_was_calibrated_to(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    ran = run("registry", "synth", "--entities", "10000", "--seed", "7", "-o", str(folder))
    assert ran.code == 0
    # A tenth of the size at which the estimate holds: 130 named and 2,000 reached.
    assert "10,000 companies" in ran.out
    assert "130 listed parties" in ran.out
    assert "inputs of the draw, and no finding" in ran.out
    files = tuple(str(folder / f"{name}.csv") for name in ("holdings", "seeds", "entities"))
    found = json.loads(owners(run, files, "--on", "2025-11-09", "--json").out)
    assert len(found["covered"]) == 2000
    assert found["red_flags"]
    assert not any("add up" in flag["why"] for flag in found["red_flags"])


def test_the_same_seed_draws_the_same_and_another_draws_another(run: Run, tmp_path: Path) -> None:
    texts = []
    for number, seed in enumerate(("1", "1", "2")):
        folder = tmp_path / str(number)
        assert run(
            "registry", "synth", "--entities", "2000", "--seed", seed, "-o", str(folder)
        ).code == 0  # fmt: skip
        texts.append((folder / "holdings.csv").read_text())
    assert texts[0] == texts[1] != texts[2]


def test_too_few_companies_to_draw_from_are_refused(run: Run, tmp_path: Path) -> None:
    ran = run("registry", "synth", "--entities", "10", "-o", str(tmp_path / "few"))
    assert ran.code == 2
    assert "too few to draw from" in ran.err


def test_how_much_of_the_holdings_was_read_is_shown_on_a_terminal_and_wiped_off(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holdings = tmp_path / "holdings.csv"
    text = "owner,owned,share\nroot,a,60\n"
    holdings.write_text(text)
    assert "bytes read" not in run("owners", str(holdings)).err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    shown = run("owners", str(holdings)).err
    assert f"\r{len(text)} of {len(text)} bytes read " in shown
    assert shown.endswith(f"\r{'':<60}\r")
    holdings.write_text("owner,owned,share\nroot,a,-1\n")
    assert f"{'':<60}\rdetente owners: {holdings}, line 2" in run("owners", str(holdings)).err


def test_packed_holdings_and_listed_parties_are_taken(run: Run, tmp_path: Path) -> None:
    holdings, seeds = tmp_path / "holdings.csv.gz", tmp_path / "seeds.zip"
    holdings.write_bytes(gzip.compress(b"owner,owned,share\nroot,a,60\n"))
    with zipfile.ZipFile(seeds, "w") as archive:
        archive.writestr("seeds.csv", "id,list\nroot,EL\n")
    day = ("--on", "2025-11-05", "--json")
    found = run("owners", str(holdings), "--seeds", str(seeds), *day)
    assert [each["id"] for each in json.loads(found.out)["covered"]] == ["a"]
    with zipfile.ZipFile(holdings, "w") as archive:
        archive.writestr("a.csv", "")
        archive.writestr("b.csv", "")
    refused = run("owners", str(holdings), "--seeds", str(seeds), *day)
    assert (refused.code, "holds 2 files (a.csv, b.csv): unpack it" in refused.err) == (2, True)
