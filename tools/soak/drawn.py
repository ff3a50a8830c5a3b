"""Requests drawn at random from the API's own description, and answers held against it.

Half of them are drawn by schemathesis from the types of the description; half begin as what the
description shows and have some of their parts changed (``varied``). They go to an application in
each of several processes, as nearly all of the time is that of its answers. An operation that has
used up its seconds leaves its further share to the others.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import Random
from typing import Any, NamedTuple

from tools.soak.varied import known_values, varied_body, varied_query

CHECKED = ("response_schema_conformance", "status_code_conformance", "content_type_conformance")
"""What of an answer is held against the description, by schemathesis's names."""

ROUND = 50
"""Requests of one operation before the next one is tried."""

SECONDS = 30.0
"""That one operation may take in a process: a few long ones would else take half of a run."""

APART = 1_000_000
"""Between the seeds of two processes: a round adds one, and none comes to those of another."""

PATIENCE = 600.0
"""Seconds after which an answer that does not come is a fault."""


class Drawn(NamedTuple):
    """What a number of requests found.

    Attributes:
        requests: how many were sent.
        statuses: how many answers had each status.
        faults: answers with a fault of the server, with their requests.
        differing: answers that the description does not allow, in words, with how often.
    """

    requests: int
    statuses: Counter[int]
    faults: list[str]
    differing: Counter[str]


def draw(app: Any, requests: int, seed: int, seconds: float = SECONDS) -> Drawn:
    """Send so many requests, shared out over all operations in rounds.

    Args:
        app: the application.
        requests: how many, at least a round for each operation that has seconds left.
        seed: decides which.
        seconds: that one operation may take.
    """
    import schemathesis

    described: Any = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    operations = [each.ok() for each in described.get_all_operations()]
    known = known_values(each.definition.raw for each in operations)
    left = dict.fromkeys(range(len(operations)), seconds)
    found = Drawn(0, Counter(), [], Counter())
    sent = number = 0
    while sent < requests and left:
        number += 1
        for at in list(left):
            size = min(ROUND, max(1, requests // len(operations)), requests - sent)
            began = time.monotonic()
            sent += _round(operations[at], size, seed + number, known, found)
            left[at] -= time.monotonic() - began
            if left[at] <= 0:
                del left[at]
    return found._replace(requests=sent)


def application() -> Any:
    """The pages and the API over the register that ships, on a day that stays the same."""
    from detente.api.service import Service
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.web.app import create_app

    return create_app(Service(Register.built_in(), Schedule(), lambda: "2026-08-01"))


def draw_in_processes(requests: int, seed: int, processes: int, seconds: float = SECONDS) -> Drawn:
    """Send so many requests from several processes, each with an application and a lot of its own.

    Args:
        requests: how many, by all processes together.
        seed: decides which.
        processes: how many.
        seconds: that one operation may take in a process.
    """
    shares = [requests * (at + 1) // processes - requests * at // processes
              for at in range(processes)]  # fmt: skip
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        parts = [
            pool.submit(_draw_alone, share, seed + at * APART, seconds)
            for at, share in enumerate(shares)
        ]
        drawn = [part.result() for part in parts]
    return Drawn(
        sum(each.requests for each in drawn),
        sum((each.statuses for each in drawn), Counter()),
        [fault for each in drawn for fault in each.faults],
        sum((each.differing for each in drawn), Counter()),
    )


def _draw_alone(requests: int, seed: int, seconds: float) -> Drawn:
    return draw(application(), requests, seed, seconds)


def _round(
    operation: Any, count: int, seed: int, known: Mapping[str, list[str]], found: Drawn
) -> int:
    """Send so many requests of one operation; returns how many they were."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    if count < 1:
        return 0
    sent, random = 0, Random(f"{seed} {operation.label}")

    def drawn(case: Any) -> None:
        nonlocal sent
        _send(case, found)
        _vary(case, known, random)
        _send(case, found)
        sent += 2

    seeding: Any = seeded
    seeding = seeding(seed)
    bounded: Any = settings(
        max_examples=max(1, count // 2),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    drawing: Any = given(operation.as_strategy())
    bounded(seeding(drawing(drawn)))()
    return sent


def _vary(case: Any, known: Mapping[str, list[str]], random: Random) -> None:
    """Put what the description shows, somewhat changed, in the place of what was drawn."""
    described = case.operation.definition.raw
    query = dict(case.query or {}) if isinstance(case.query, Mapping) else {}
    case.query = varied_query(described, known, query, random)
    body = described.get("requestBody", {}).get("content", {}).get(case.media_type or "", {})
    if "example" in body:
        case.body = varied_body(body["example"], random)


def _send(case: Any, found: Drawn) -> None:
    try:
        response = case.call(timeout=PATIENCE)
    except Exception as error:  # an answer that breaks off is a fault of the server too
        _fails(f"{type(error).__name__}: {error}", case, found)
        return
    found.statuses[response.status_code] += 1
    if response.status_code >= 500:
        _fails(str(response.status_code), case, found)
        return
    if response.status_code == 422:
        assert json.loads(response.content)["error"]["what"]
    _hold(case, response, found)


def _fails(what: str, case: Any, found: Drawn) -> None:
    found.faults.append(f"{what} {case.as_curl_command()}"[:2000])
    print(f"    {found.faults[-1]}", flush=True)


def _hold(case: Any, response: Any, found: Drawn) -> None:
    """Hold an answer against the description."""
    from schemathesis import checks

    known: Any = checks.CHECKS
    for name in CHECKED:
        check: Any = known.get_one(name)
        try:
            case.validate_response(response, checks=[check])
        except AssertionError as error:
            _differs(case, name, error, found)
        except BaseExceptionGroup as several:
            for each in several.exceptions:
                _differs(case, name, each, found)


def _differs(case: Any, name: str, error: BaseException, found: Drawn) -> None:
    operation = f"{case.method} {case.operation.path}"
    found.differing[f"{operation}: {name}: {str(error)[:160]}"] += 1
