"""Completion is made of what the commands declare, and each shell gives it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from detente.cli.completion_scripts import SCRIPTS
from detente.cli.completion_tree import FILE, ShellCommand, commands
from detente.cli.main import COMMANDS
from detente.questions import NAMES, find


@pytest.fixture(scope="module")
def found() -> list[ShellCommand]:
    return list(commands())


@pytest.fixture(scope="module")
def scripts(found: list[ShellCommand], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("completion")
    for shell, made in SCRIPTS.items():
        (folder / shell).write_text(made(found))
    return {shell: folder / shell for shell in SCRIPTS}


def test_every_command_and_every_option_of_a_question_is_there(found: list[ShellCommand]) -> None:
    by_path = {each.path: each for each in found}
    assert {path[0] for path in by_path} == set(COMMANDS)
    for name in NAMES:
        options = {word for each in by_path[tuple(name.split())].options for word in each.names}
        for parameter in find(name).at_shell:
            if not parameter.by_place:
                assert set(parameter.options) <= options, name


def test_verbs_that_a_command_reads_by_itself_are_there_with_their_options(
    found: list[ShellCommand],
) -> None:
    by_path = {each.path: each for each in found}
    assert set(by_path[("lists",)].verbs) == {"import", "update", "confirm", "diff", "remove"}
    diff = {word for each in by_path[("lists", "diff")].options for word in each.names}
    assert {"--from-date", "--to-date", "--file"} <= diff


def test_an_option_that_takes_a_file_completes_files_and_one_with_words_its_words(
    found: list[ShellCommand],
) -> None:
    options = {
        word: each for each in {one.path: one for one in found}[("batch",)].options
        for word in each.names
    }  # fmt: skip
    assert options["-o"].words == (FILE,)
    assert options["--dates"].words == ("month-first", "day-first")
    assert options["--reading"].words == ("law", "announced")


BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_detente; printf '%s\\n' "${COMPREPLY[@]}"
"""
ZSH = """
compdef() { :; }; _describe() { print -l -- $found }; _files() { print -l -- *(N) }
source "$1"; shift
words=("$@"); CURRENT=$#; _detente
"""
FISH = 'source $argv[1]; complete -C "$argv[2]"'


def completed(shell: str, script: Path, line: list[str], folder: Path) -> set[str]:
    """The words that a shell offers for the last of a line."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    if shell == "fish":
        words = ["fish", "--no-config", "-c", FISH, str(script), " ".join(line)]
    elif shell == "zsh":
        words = ["zsh", "-f", "-c", ZSH, "zsh", str(script), *line]
    else:
        words = ["bash", "--norc", "-c", BASH, "bash", str(script), *line]
    home = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(words, capture_output=True, text=True, cwd=folder, env=home, check=False)
    assert ran.returncode == 0, ran.stderr
    sign = "\t" if shell == "fish" else ":"
    return {each.split(sign)[0] for each in ran.stdout.split("\n") if each}


@pytest.mark.parametrize("shell", SCRIPTS)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (["detente", "dut"], "duty"),
        (["detente", "impact", "par"], "partial"),
        (["detente", "lists", "upd"], "update"),
        (["detente", "duty", "8507.60", "--orig"], "--origin"),
        (["detente", "lists", "diff", "--from"], "--from-date"),
        (["detente", "duty", "8507.60", "--reading", "ann"], "announced"),
        (["detente", "batch", "ent"], "entries.csv"),
        (["detente", "batch", "entries.csv", "-o", "ent"], "entries.csv"),
    ],
)
def test_a_shell_offers_what_may_follow(
    scripts: dict[str, Path], tmp_path: Path, shell: str, line: list[str], offered: str
) -> None:
    (tmp_path / "entries.csv").write_text("code\n")
    assert offered in completed(shell, scripts[shell], line, tmp_path)
