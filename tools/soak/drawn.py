"""Requests drawn at random from the API's own description, and answers held against it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

CHECKED = ("response_schema_conformance", "status_code_conformance", "content_type_conformance")
"""What of an answer is held against the description, by schemathesis's names."""


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


def draw(app: Any, requests: int, seed: int) -> Drawn:
    """Send so many requests, shared out over all operations.

    Args:
        app: the application.
        requests: how many, at least one for each operation.
        seed: decides which.
    """
    import schemathesis

    described: Any = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    operations = [each.ok() for each in described.get_all_operations()]
    found = Drawn(0, Counter(), [], Counter())
    share = max(1, requests // len(operations))
    sent = 0
    for operation in operations:
        sent += _one(operation, share, seed, found)
    return found._replace(requests=sent)


def _one(operation: Any, count: int, seed: int, found: Drawn) -> int:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    sent = 0

    def drawn(case: Any) -> None:
        nonlocal sent
        response = case.call()
        sent += 1
        found.statuses[response.status_code] += 1
        if response.status_code >= 500:
            found.faults.append(f"{response.status_code} {case.as_curl_command()}"[:2000])
            return
        if response.status_code == 422:
            assert json.loads(response.content)["error"]["what"]
        _hold(case, response, found)

    seeding: Any = seeded
    seeding = seeding(seed)
    bounded: Any = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    drawing: Any = given(operation.as_strategy())
    bounded(seeding(drawing(drawn)))()
    return sent


def _hold(case: Any, response: Any, found: Drawn) -> None:
    """Hold an answer against the description."""
    from schemathesis import checks

    known: Any = checks.CHECKS
    for name in CHECKED:
        check: Any = known.get_one(name)
        try:
            case.validate_response(response, checks=[check])
        except AssertionError as error:
            operation = f"{case.method} {case.operation.path}"
            found.differing[f"{operation}: {name}: {str(error)[:160]}"] += 1
        except BaseExceptionGroup as several:
            operation = f"{case.method} {case.operation.path}"
            for each in several.exceptions:
                found.differing[f"{operation}: {name}: {str(each)[:160]}"] += 1
