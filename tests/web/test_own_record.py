"""A scenario that enacts a record of its own: in addresses, on pages, and in the background."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import pytest

from detente.api.query_routes import path_of
from detente.api.service import Service
from detente.goods.schedule import Schedule
from detente.questions import addressed
from detente.questions.declare import Question
from detente.register.book import Register
from detente.scenario.opened import LAW, NamedLaw, law_of
from detente.scenario.scenario import read_scenario, with_scenario
from detente.store.jobs.budget import Budget
from detente.store.jobs.shelf import Jobs
from detente.store.jobs.work import Work, do
from detente.web.waiting.background import KINDS
from tests.cli.what_if.test_own_record import SCENARIO
from tests.served import TODAY, Client, client_of

SLOW = ("impact households", "impact revenue", "impact equilibrium", "agree", "check")
"""Seconds each; the command asks them of the same scenario."""

TAKING = [
    each
    for each in addressed()
    if each.name not in SLOW and any(one.name == "scenario" for one in each.parameters)
]
TOY = "code=9503.00.00.73&origin=CN&on=2026-08-01&value=1000"
ENTRY = "code,origin,on,value,declared_amount\n9503.00.00.73,CN,2026-08-01,1000,125\n"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "mine.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def naming() -> Iterator[Client]:
    """A client of a service whose register has the scenario among its own."""
    register = Register.built_in()
    register.scenarios = {**register.scenarios, "mine": SCENARIO}
    with client_of(Service(register, Schedule(), lambda: TODAY)) as client:
        yield client


@pytest.fixture(scope="module")
def under(scenario: Path) -> Iterator[Client]:
    """A client of a service that answers everything under the scenario."""
    register = with_scenario(Register.built_in(), read_scenario(scenario))
    with client_of(Service(register, Schedule(), lambda: TODAY)) as client:
        yield client


@pytest.mark.parametrize("question", TAKING, ids=lambda each: each.name)
def test_an_address_that_takes_a_scenario_takes_one_with_a_record_of_its_own(
    naming: Client, question: Question
) -> None:
    asked = [pair for pair in question.sample() if pair[0] != "scenario"]
    response = naming.get(f"{path_of(question)}?{urlencode([*asked, ('scenario', 'mine')])}")
    assert response.status_code == 200, response.text


def test_the_record_is_charged_and_shown_by_its_address(naming: Client, under: Client) -> None:
    for client, more in ((naming, "&scenario=mine"), (under, "")):
        layers = client.get(f"/v1/duty?{TOY}{more}").json()["layers"]
        # Five percent of $1,000.
        assert {"us-mine": "50.00"}.items() <= {
            each["measure"]: each["amount"] for each in layers
        }.items()
        measure = client.get(f"/v1/measure?id=us-mine&on=2026-08-01{more}").json()
        assert (measure["title"], measure["rate"]) == ("Five percent on toys", "5%")


@pytest.mark.parametrize(
    "page",
    ["/measures", "/measures/us-mine", "/embed/measures/us-mine", "/feed.atom",
     "/history/9503.00.00.73/CN", f"/assess?{TOY}", "/embed/duty?code=9503.00.00.73&origin=CN",
     "/find?q=five+percent"],
)  # fmt: skip
def test_pages_of_a_service_under_a_scenario_show_its_record(under: Client, page: str) -> None:
    response = under.get(page)
    assert response.status_code == 200
    assert "us-mine" in response.text or "Five percent on toys" in response.text


@pytest.mark.parametrize("asked", ["base=law&scenario=mine", "base=mine&scenario=law"])
def test_the_page_that_compares_sets_the_record_against_the_law(naming: Client, asked: str) -> None:
    page = naming.get(f"/compare?{asked}&code=9503.00.00.73&origin=CN&value=1000&on=2026-08-01")
    assert page.status_code == 200
    # 12.5% under section 301 and five percent more.
    assert all(rate in page.text for rate in ("12.5%", "17.5%"))


JOBS = {
    "batch": {"facts": "", "encoding": "", "kind": ".csv", "dates": ""},
    "audit": {"encoding": "", "known_on": "", "percent": "", "dates": ""},
    "check": {"on": TODAY, "today": TODAY, "ahead": "30", "origins": "", "column": ""},
}
"""What a page asks of each kind of work over the register."""


@pytest.mark.parametrize("kind", JOBS)
def test_work_in_the_background_is_done_under_the_law_that_the_server_answers_by(
    scenario: Path, tmp_path: Path, kind: str
) -> None:
    law = NamedLaw(scenario=str(scenario)).options(Register.built_in())
    jobs = Jobs({name: each.run for name, each in KINDS.items()}, tmp_path, common=law)
    job = jobs.submit(kind, "toys.csv", JOBS[kind], ENTRY.encode())
    module, _, name = KINDS[kind].run.partition(":")
    do(Work(tmp_path / job.id, Budget()), getattr(import_module(module), name))
    names = [name for name, _ in jobs.files(job.id) if name.endswith(".csv")]
    (row,) = csv.DictReader(jobs.file(job.id, names[0]).decode().splitlines())
    # 12.5% under section 301 and five percent of $1,000.
    assert {"175.00", "17.5%"} & set(row.values()), row


def test_the_files_of_a_law_are_named_in_full_and_its_own_scenarios_by_name(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(scenario.parent)
    register = Register.built_in()
    assert NamedLaw().options(register) == {}
    described = json.loads(NamedLaw("law", "mine.yaml", "announced").options(register)[LAW])
    here = scenario.parent
    assert described == {
        "register": str(here / "law"),
        "scenario": str(here / "mine.yaml"),
        "reading": "announced",
    }
    shipped = next(iter(register.scenarios))
    assert json.loads(NamedLaw(scenario=shipped).options(register)[LAW])["scenario"] == shipped


def test_a_law_that_is_gone_is_refused_and_never_taken_for_the_law_in_force() -> None:
    with pytest.raises(FileNotFoundError, match="neither a scenario"):
        law_of({LAW: json.dumps({"scenario": "/gone/mine.yaml"})})
    assert law_of({}).supposed == ()
