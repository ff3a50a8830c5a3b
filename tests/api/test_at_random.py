"""Requests drawn at random from the API's own description: none of them makes the server fail."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from detente.api.document import document
from detente.web.app import create_app
from tests.served import make_service


def _described() -> Any:
    """The description with the application that it is of; what it would answer plays no part."""
    service = make_service()
    described: Any = schemathesis.openapi.from_dict(document(service, examples=False))
    described.app = create_app(service)
    return described


OPERATIONS = {
    f"{operation.method.upper()} {operation.path}": operation
    for operation in (each.ok() for each in _described().get_all_operations())
}
ALL = 2_000
DRAWN = -(-ALL // len(OPERATIONS))
"""Requests for each operation; `make soak` draws fifty times as many."""


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_makes_the_server_fail(name: str) -> None:
    @settings(
        max_examples=DRAWN,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(OPERATIONS[name].as_strategy())
    def drawn(case: schemathesis.Case) -> None:
        response = case.call(timeout=60)
        assert response.status_code < 500, response.text
        if response.status_code == 422:
            assert response.json()["error"]["what"]

    drawn()
