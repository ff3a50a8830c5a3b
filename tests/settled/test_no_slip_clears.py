"""No single-letter slip in a word of a compliance question turns a catch into a clearance.

A catch is a question whose answer stops or covers somebody. One word of it is written with a letter
more, less, other or exchanged. The answer must then be a refusal, or one that settles nothing, or
the same catch. A slip that is itself another word of the vocabulary is another question.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from detente.api.body_routes import BODY_ROUTES, answer_of
from detente.api.refusals import RefusedError
from detente.batch.columns import check_columns
from detente.core.tables.reading import TableRows, rows_of_text
from detente.core.vocabulary import is_slip
from detente.goods.schedule import Schedule
from detente.licence.answer import LicenceQuery, answer_licence
from detente.parties.ownership.answer import owners
from detente.parties.ownership.file import (
    ENTITY_COLUMNS,
    HOLDING_COLUMNS,
    SEED_COLUMNS,
    read_entities,
    read_holdings,
    read_seeds,
)
from detente.parties.ownership.model import Holdings
from detente.parties.screening.queries import query_of
from detente.register.book import Register
from detente.register.words import folded
from detente.transaction.assessment import Assessor
from detente.transaction.shipment import shipment_of
from detente.transaction.shipment_rows import check_shipment_columns
from tests.served import make_service

LETTERS = "aeiklnrst-5"
ON = "2025-10-15"
"""A day on which the affiliates rule was in force."""


law = cache(Register.built_in)
"""The register, read once for the thousands of questions."""


def slips(word: str, most: int = 60) -> Iterator[str]:
    """Words that differ from one by a letter, some of them, the same in every run."""
    found: dict[str, None] = {}
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update((head + letter + tail, None) for letter in LETTERS)
        if tail:
            found[head + tail[1:]] = None
            found.update((head + letter + tail[1:], None) for letter in LETTERS)
        if len(tail) > 1:
            found[head + tail[1] + tail[0] + tail[2:]] = None
    found.pop(word, None)
    chosen = [each for each in found if each.strip()]
    random.Random(word).shuffle(chosen)
    yield from chosen[:most]


def owned(listed: str = "EL", programme: str = "", regime: str = "bis", country: str = "") -> str:
    """The verdict on a company of which two listed parties hold half, or ``refused``."""
    seeds = (
        f"id,list,programme,country\na,{listed},{programme},{country}\nb,{listed},{programme},\n"
    )
    holdings = "owner,owned,share\na,target,30\nb,target,20\nc,target,50\n"
    try:
        held = Holdings(
            read_holdings(rows_of_text(holdings, "h.csv")), read_seeds(rows_of_text(seeds, "s.csv"))
        )
        return str(owners(law(), held, regime, ON)["status"])
    except ValueError:
        return "refused"


def test_a_slip_differs_by_one_letter() -> None:
    assert all(is_slip(each, "list") for each in slips("list", 500))
    assert not is_slip("list", "list")
    assert not is_slip("lists!", "list")


def test_no_slip_in_a_list_clears_its_parties(register: Register) -> None:
    spoken = register.spoken.lists
    known = {folded(each) for name, words in spoken.items() for each in (name, *words)}
    for name in ("EL", "MEU"):
        for word in (name, *spoken[name]):
            assert owned(word) == "covered", word
            wrong = [each for each in slips(word) if folded(each) not in known]
            assert {owned(each) for each in wrong} == {"refused"}


def test_no_slip_in_a_programme_clears_its_parties(register: Register) -> None:
    known = {folded(each) for each in register.spoken.programmes}
    for word in ("SDGT", "RUSSIA-EO14024", "TCO", "UKRAINE-EO13661"):
        assert owned("SDN", word) == "covered", word
        verdicts = {owned("SDN", each) for each in slips(word) if folded(each) not in known}
        assert verdicts <= {"possibly", "covered", "refused"}


def test_no_slip_in_a_regime_or_a_country_is_answered(register: Register) -> None:
    for word in ("bis", "ofac"):
        rules = ("bis", "ofac", "ofac-2013", "mofcom-61", "us-301-cranes", "economic-interest")
        assert all(owned(regime=each) == "refused" for each in slips(word) if each not in rules)
    words = register.country_words
    for word in ("CHN", "China", "Germany", "中国", "Hong Kong"):
        wrong = [each for each in slips(word) if words.find(each) is None]
        assert wrong
        assert {owned(country=each) for each in wrong} == {"refused"}


@pytest.mark.parametrize(
    ("read", "columns"),
    [(read_holdings, HOLDING_COLUMNS), (read_seeds, SEED_COLUMNS), (read_entities, ENTITY_COLUMNS)],
)
def test_no_slip_in_a_column_of_an_ownership_file_drops_it(
    read: Callable[[TableRows], Any], columns: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    known = (*columns[0], *columns[1])
    for word in known:
        for slip in slips(word, 40):
            if slip.strip().lower() in known:
                continue
            header = [slip if each == word else each for each in known]
            with pytest.raises(ValueError, match="column"):
                read(rows_of_text(",".join(header) + "\n", "f.csv"))


def test_no_slip_in_a_column_of_a_table_drops_it() -> None:
    batch = ("code", "origin", "on", "destination", "value", "quantity", "unit", "base_rate")
    rows = ("code", "destination", "origin", "from", "end_use", "party", "party_country", "item")
    for columns, check in ((batch, check_columns), (rows, check_shipment_columns)):
        check(columns)
        for word in columns:
            for slip in slips(word, 40):
                if slip not in columns:
                    with pytest.raises(ValueError, match="column"):
                        check([slip if each == word else each for each in columns])


def test_no_slip_in_a_fact_column_drops_it() -> None:
    for slip in slips("fact", 40):
        with pytest.raises(ValueError, match=r"did you mean fact\.auto_part"):
            check_columns(["code", "origin", "on", f"{slip}.auto_part"])


def licence(**given: Any) -> str:
    asked = {"start": "US", "to": "CN", "on": "2026-07-01", "item": "3A001", **given}
    try:
        return str(answer_licence(law(), LicenceQuery(**asked))["decision"])
    except ValueError:
        return "refused"


SETTLED = "none"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("end_use", ("military", "supercomputer", "weapons_of_mass_destruction")),
        ("end_user", ("military", "EL", "EL-FN4", "Entity List", "MEU")),
        ("item", ("3A090.a", "h200")),
        ("start", ("USA", "United States")),
        ("to", ("China", "PRC")),
        ("made_in", ("China", "Taiwan")),
    ],
)
def test_no_slip_in_a_question_about_a_licence_clears_it(
    register: Register, key: str, words: tuple[str, ...]
) -> None:
    for word in words:
        caught = licence(**{key: (word,) if key == "end_use" else word})
        assert caught not in ("refused", SETTLED), (word, caught)
        for slip in slips(word, 25):
            if key in ("start", "to", "made_in") and register.country_words.find(slip):
                continue
            described = licence(**{key: (slip,) if key == "end_use" else slip})
            assert described != SETTLED, (word, slip)


def test_no_slip_in_a_parameter_is_dropped() -> None:
    for key in ("tpp", "headquarters", "dram_bandwidth"):
        for slip in slips(key, 25):
            assert licence(item="3A090", params={slip: "1"}) == "refused", slip


@pytest.fixture(scope="module")
def assessor(register: Register) -> Assessor:
    return Assessor(register, Schedule())


def assess(assessor: Assessor, on: str = ON, **given: Any) -> Any:
    shipment = shipment_of({"item": "EAR99", "from": "US", "destination": "CN", **given}).shipment
    try:
        return assessor.assess(shipment, on)
    except ValueError:
        return None


def test_no_slip_in_the_owner_of_a_party_clears_it(assessor: Assessor, register: Register) -> None:
    def verdict(listed: str) -> str | None:
        owner = {"name": "Somebody Else", "share": "60", "list": listed}
        party = {"name": "Nobody Known", "role": "end_user", "country": "CN", "owners": [owner]}
        described = assess(assessor, parties=[party])
        if described is None:
            return None
        return next(x["result"] for x in described["parties"][0]["owners"] if x["regime"] == "bis")

    known = {
        folded(each) for name, words in register.spoken.lists.items() for each in (name, *words)
    }
    for word in ("EL", "Entity List"):
        assert verdict(word) == "covered"
        wrong = [each for each in slips(word, 15) if folded(each) not in known]
        assert {verdict(each) for each in wrong} == {None}


@pytest.mark.parametrize("word", ["end_user", "consignee", "intermediary"])
def test_no_slip_in_a_role_is_answered(word: str) -> None:
    for slip in slips(word, 40):
        if folded(slip) == folded(word):
            continue
        with pytest.raises(ValueError, match="is not a role"):
            shipment_of({"item": "EAR99", "parties": [{"name": "X", "role": slip}]})


def test_no_slip_in_a_key_of_a_shipment_is_dropped() -> None:
    for word in ("parties", "end_use", "origin", "item"):
        for slip in slips(word, 40):
            with pytest.raises(ValueError, match="unknown key"):
                shipment_of({"code": "8507.60.00.10", slip: ""})


def test_no_slip_in_a_fact_or_a_country_of_a_shipment_is_dropped(
    assessor: Assessor, register: Register
) -> None:
    assert assess(assessor, facts={"us_content": "10%"}) is not None
    assert all(assess(assessor, facts={x: "10%"}) is None for x in slips("us_content", 25))
    for slip in slips("China", 25):
        if register.country_words.find(slip) is None:
            assert assess(assessor, parties=[{"name": "X", "country": slip}]) is None


def test_no_slip_in_the_country_of_a_row_is_passed_over_in_silence(register: Register) -> None:
    assert query_of("Acme", "PRC", None).country == "CN"
    for slip in slips("China", 60):
        row = query_of("Acme", slip, None)
        assert row.note or register.country_words.find(slip)


def test_no_slip_in_a_key_of_a_body_is_dropped() -> None:
    route = next(each for each in BODY_ROUTES if each.name == "owners")
    service = make_service()
    body = {
        "holdings": [{"owner": "a", "owned": "t", "share": "60"}],
        "seeds": [{"id": "a", "list": "SDN", "programme": "SDGT", "country": "CN"}],
        "regime": "bis",
        "on": ON,
    }
    assert answer_of(service, route, json.dumps(body).encode())["status"] == "covered"
    text = json.dumps(body)
    for word in ("holdings", "seeds", "regime", "owner", "share", "programme", "list", "country"):
        for slip in slips(word, 15):
            with pytest.raises(RefusedError):
                answer_of(service, route, text.replace(f'"{word}"', f'"{slip}"').encode())
