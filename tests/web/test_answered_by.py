"""Every record that answers another is linked from it, and every such link leads to an answer."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from detente.register.book import Register
from tests.served import Client

ANSWERED = re.compile(r'Answered by <a href="/measures/([^"]+)">([^<]+)</a>')
ANSWERS = re.compile(r'Answers <a href="/measures/([^"]+)">')


def answers(register: Register) -> dict[str, set[str]]:
    """By record the records that say that they answer it, out of the register itself."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in register.measures():
        for answered in {*each.answers, *(name for event in each.events for name in event.answers)}:
            found[answered].add(each.id)
    return found


def test_each_record_names_all_that_answer_it_and_nothing_else(
    client: Client, register: Register
) -> None:
    expected = answers(register)
    titles = {each.id: each.title for each in register.measures()}
    assert len(expected) > 20
    shown: dict[str, set[str]] = {}
    for name in titles:
        page = client.get(f"/measures/{name}").text
        links = ANSWERED.findall(page)
        shown[name] = {link for link, _ in links}
        assert {link for link, _ in links} <= titles.keys()
        own = next(each for each in register.measures() if each.id == name)
        described = {*own.answers, *(each for event in own.events for each in event.answers)}
        # What answers a side and no record of it names the side, and has no page to lead to.
        assert set(own.answers) & titles.keys() <= set(ANSWERS.findall(page)) <= described
    by_record = {name: shown[name] for name in titles if shown[name]}
    wanted = {name: found for name, found in expected.items() if name in titles}
    missing = {name: found - by_record.get(name, set()) for name, found in wanted.items()}
    extra = {name: found - wanted.get(name, set()) for name, found in by_record.items()}
    assert {name: found for name, found in missing.items() if found} == {}
    assert {name: found for name, found in extra.items() if found} == {}


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.built_in()
