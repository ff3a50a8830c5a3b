"""Two processes that share the partners of an average or of flows give the answer that one does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from detente.average.sums import Sums

BEGINNING = """
from detente.core import apart
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows

copies, make = [], apart.made_apart

def counted(items):
    copies.append(items)
    return make(items)

apart.made_apart = counted
"""

AVERAGES = """
from detente.average.layered.layered_question import LayeredQuestion
from detente.average.layered.layers import answer_layers

for origins, by in (("all", "hs2"), ("CA,CN,EU,MX,JP,KR,VN,IN,TW", "origin")):
    found = []
    for may in (True, False):
        apart.may_part = lambda: may
        asked = LayeredQuestion(
            origins, "2025-06-01", "2025-08-12", layer="all", every="month", by=by
        )
        found.append(answer_layers(Register.built_in(), Schedule(), Flows(), asked))
    print(by, found[0] == found[1], [*found[0]] == [*found[1]], len(copies))
"""

FLOWS = """
import numpy
from detente.average.flow_rates import Choice, Side, flow_rates

law = Register.built_in()
sides = Side(law, "2025-01-01"), Side(law, "2025-11-12")
found = []
for may in (True, False):
    apart.may_part = lambda: may
    choice = Choice(codes=("85", "2402"), claimed={"MX": 0.5}, ordinary=False)
    found.append(flow_rates(Schedule(), Flows(), sides, choice))
one, other = found
alike = [numpy.array_equal(*each, equal_nan=True) for each in zip(one[2:], other[2:])]
print(one[:2] == other[:2], alike, len(one.line) > 1_000, len(copies))
"""


def printed(program: str) -> str:
    """What a process prints whose library for sums starts no threads, as that of the command."""
    run = subprocess.run(
        [sys.executable, "-c", BEGINNING + program],
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        timeout=300,
    )
    assert run.stderr == ""
    return run.stdout


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@on_linux
def test_an_average_by_two_processes_is_that_of_one() -> None:
    assert printed(AVERAGES) == "hs2 True True 1\norigin True True 2\n"


@on_linux
def test_rates_of_flows_by_two_processes_are_those_of_one() -> None:
    assert printed(FLOWS) == "True [True, True, True, True, True] True 1\n"


def test_sums_of_two_halves_are_added_by_day_and_name() -> None:
    one, other = Sums(2), Sums(2)
    one.covered, other.covered = [3, 5], [1, 2]
    one.refundable, other.refundable = [0, 1], [0, 0]
    one.families = {"base": [10, 20]}
    other.families = {"301": [7, 0], "base": [1, -20]}
    other.doubtful = {"a list": [4, 4]}
    found = one.plus(other)
    assert found.covered == [4, 7]
    assert found.refundable == [0, 1]
    assert found.families == {"base": [11, 0], "301": [7, 0]}
    assert found.doubtful == {"a list": [4, 4]}
    assert one.families == {"base": [10, 20]}
