"""One broken file an error, and the whole message with which it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError
from detente.scenario.forks import leaves, read_tree
from detente.scenario.scenario import read_scenario, with_scenario

HERE = Path(__file__).parent


def _cases(folder):
    lines = (HERE / folder / "expected.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def register():
    return Register.built_in()


@pytest.mark.parametrize(("name", "message"), _cases("bad"))
def test_a_broken_scenario_is_refused_with_file_line_and_what_to_do(register, name, message):
    with pytest.raises(RegisterError) as refused:
        with_scenario(register, read_scenario(HERE / "bad" / name))
    assert str(refused.value) == message


@pytest.mark.parametrize(("name", "message"), _cases("bad_trees"))
def test_a_broken_tree_is_refused_with_file_line_and_what_to_do(register, name, message):
    with pytest.raises(RegisterError) as refused:
        leaves(register, read_tree(register, HERE / "bad_trees" / name).fork)
    assert str(refused.value) == message


@pytest.mark.parametrize("folder", ["bad", "bad_trees"])
def test_every_broken_file_has_its_message(folder):
    files = {path.name for path in (HERE / folder).glob("*.yaml")}
    assert files == {name for name, _ in _cases(folder)}
