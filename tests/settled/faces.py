"""One question put to every face that can take it: shell, API, assistant, batch and page.

A question is a mapping: ``question`` names the command, the other keys its parameters as the
command line calls them, with underscores. A face gives back the JSON of its answer, or raises
``Refused`` with the message that its user reads.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from detente.assistant.tools import Tools
from detente.cli.main import main
from tests.served import Client

Ask = Mapping[str, Any]

POSITIONAL = {
    "duty": ("code",),
    "goods": ("code",),
    "screen": ("name",),
    "owners": ("holdings",),
    "assess": ("shipment",),
    "supply": ("mineral",),
    "measure": ("id",),
    "search": ("words",),
    "compare": ("base", "scenario"),
}
"""Parameters that the command line takes without their name."""

SINGULAR = {"facts": "fact", "params": "param", "quantities": "quantity", "parties": "party"}
"""Parameters that repeat on the command line, by the name of the whole."""

TABLES = ("holdings", "seeds", "entities")
"""Parameters that are rows, which the command line reads from a file."""

BODY_ROUTES = ("owners", "assess")
"""Questions that the API takes as a body."""

ASSISTANT = {
    "duty": ("duty", {}),
    "screen": ("screen_party", {}),
    "owners": ("owners", {}),
    "licence": (
        "licence_needed",
        {"from": "exporter_country", "to": "destination", "params": "parameters"},
    ),
    "compare": ("compare_scenario", {}),
    "upcoming": ("what_changes", {}),
}
"""The tool of each command, and parameters that it calls otherwise."""

PAGES = {
    "duty": "/",
    "screen": "/screen",
    "truce": "/truce",
    "supply": "/supply",
    "compare": "/compare",
    "measure": "/measures/",
}
"""Where a page answers the question by its address."""


class RefusedError(Exception):
    """The question was not answered, with what the asker was told."""


def _texts(key: str, value: Any) -> list[str]:
    """A value as the words of the command line, one for each time that it is written."""
    if isinstance(value, Mapping) and key in ("quantity", "quantities"):
        return [f"{number}{unit}" for unit, number in value.items()]
    if isinstance(value, Mapping):
        return [f"{name}={text}" for name, text in value.items()]
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)]


def _table(rows: list[Mapping[str, str]], path: Path) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def words(ask: Ask, folder: Path) -> list[str]:
    """The question as the command line takes it, its tables and shipment in files of a folder."""
    command = str(ask["question"])
    found = [command, "--json"]
    for key, value in ask.items():
        if key == "question":
            continue
        if key in TABLES:
            value = _table(value, folder / f"{key}.csv")
        elif key == "shipment":
            path = folder / "shipment.json"
            path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            value = str(path)
        if key in POSITIONAL.get(command, ()):
            found.extend(_texts(key, value))
            continue
        name = "--" + SINGULAR.get(key, key).replace("_", "-")
        if value == "true" and key in ("strict", "both"):
            found.append(name)
            continue
        for text in _texts(key, value):
            found.append(f"{name}={text}")
    return found


def cli(ask: Ask, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The answer of the command.

    Raises:
        RefusedError: it left with 2 and printed no answer.
    """
    capsys.readouterr()
    try:
        code = main(words(ask, folder))
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    printed = capsys.readouterr()
    if printed.out.startswith("{"):
        answer: dict[str, Any] = json.loads(printed.out)
        refused = code == 2 and "not_covered" not in _verdicts(answer)
        assert not refused, (code, printed.err)
        return answer
    assert code == 2, (code, printed.out, printed.err)
    raise RefusedError(printed.err)


def _verdicts(answer: Mapping[str, Any]) -> set[str]:
    return {str(answer[key]) for key in ("status", "decision") if key in answer}


def api(ask: Ask, client: Client) -> dict[str, Any]:
    """The answer of the route.

    Raises:
        RefusedError: it answered with 4xx.
    """
    command = str(ask["question"])
    given = {key: value for key, value in ask.items() if key != "question"}
    if command in BODY_ROUTES:
        body = given.pop("shipment", given)
        reply = client.post(f"/v1/{command}", json=body)
    else:
        pairs = [
            (SINGULAR.get(key, key), text)
            for key, value in given.items()
            for text in _texts(key, value)
        ]
        reply = client.get(f"/v1/{command}?{urlencode(pairs)}")
    assert reply.status_code < 500, reply.text
    if reply.status_code >= 400:
        raise RefusedError(reply.text)
    answer: dict[str, Any] = reply.json()
    return answer


def assistant(ask: Ask, tools: Tools) -> dict[str, Any]:
    """The answer of the tool; one name screened is put as the command has it.

    Raises:
        RefusedError: the tool could not understand the question.
    """
    command = str(ask["question"])
    name, renamed = ASSISTANT[command]
    given = {renamed.get(key, key): value for key, value in ask.items() if key != "question"}
    if command == "owners":
        given = _as_models(given)
    tool: Callable[..., dict[str, Any]] = getattr(tools, name)
    try:
        answer = tool(**given)
    except ValueError as error:
        raise RefusedError(str(error)) from error
    return {"results": [answer], **answer} if command == "screen" else answer


def _as_models(given: dict[str, Any]) -> dict[str, Any]:
    """Rows as the tool takes them, by the types that it declares."""
    from detente.assistant.tools import HoldingInput, SeedInput

    made = {"holdings": HoldingInput, "seeds": SeedInput}
    return {
        key: [made[key](**row) for row in value] if key in made else value
        for key, value in given.items()
    }


def page(ask: Ask, client: Client) -> str:
    """The page that answers the question, as it is sent.

    Raises:
        RefusedError: it says that the question cannot be understood.
    """
    command = str(ask["question"])
    given = {key: value for key, value in ask.items() if key != "question"}
    path = PAGES[command] + (str(given.pop("id")) if command == "measure" else "")
    pairs = [
        (SINGULAR.get(key, key), text)
        for key, value in given.items()
        for text in _texts(key, value)
    ]
    reply = client.get(f"{path}?{urlencode(pairs)}", follow_redirects=True)
    assert reply.status_code < 500, reply.text
    if reply.status_code >= 400:
        raise RefusedError(reply.text)
    return reply.text


def can_ask(face: str, ask: Ask) -> bool:
    """Whether a face takes the question, as far as its kind and its parameters go."""
    command, given = str(ask["question"]), set(ask) - {"question"}
    if face == "assistant":
        return command in ASSISTANT and (command != "upcoming" or given <= {"on", "known_on"})
    if face == "page":
        return command in PAGES
    if face == "batch":
        row = {"code", "origin", "to", "on", "value", "facts", "quantities"}
        return command == "duty" and given <= row and len(str(ask.get("on", ""))) == 10
    return True
