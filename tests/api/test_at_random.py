"""Requests drawn at random from the API's own description: none of them makes the server fail."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from detente.api.document import document
from detente.web.app import create_app
from tests.served import make_service

if TYPE_CHECKING:
    from schemathesis import Case

METHODS = {"get", "post", "put", "patch", "delete"}
NAMES = [
    f"{method.upper()} {path}"
    for path, methods in document(make_service(), examples=False)["paths"].items()
    for method in methods
    if method in METHODS
]


@cache
def operations() -> dict[str, Any]:
    """By name, what is described of each, with the application that it is of.

    What that would answer plays no part. Schemathesis takes longer to load than all else that
    the collection of these tests does, and every process of a run collects them.
    """
    import schemathesis

    service = make_service()
    described: Any = schemathesis.openapi.from_dict(document(service, examples=False))
    described.app = create_app(service)
    found = (each.ok() for each in described.get_all_operations())
    return {f"{each.method.upper()} {each.path}": each for each in found}


ALL = 700
DRAWN = -(-ALL // len(NAMES))
"""Requests for each operation; `make soak` draws more than a hundred times as many."""


def test_every_operation_that_is_described_is_asked() -> None:
    assert list(operations()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_request_makes_the_server_fail(name: str) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    @settings(
        max_examples=DRAWN,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operations()[name].as_strategy())
    def drawn(case: Case) -> None:
        response = case.call(timeout=60)
        assert response.status_code < 500, response.text
        if response.status_code == 422:
            assert response.json()["error"]["what"]

    drawn()
